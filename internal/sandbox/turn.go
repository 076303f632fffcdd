package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// A reply is something the bot showed in answer to one turn.
type reply struct {
	Text         string `json:"text"`
	Blocks       []any  `json:"blocks"`
	ResponseType string `json:"response_type"` // "ephemeral" or "in_channel"
	TS           string `json:"ts"`
	Channel      string `json:"channel"`
	Via          string `json:"via"` // the road it came by: "ack", "response_url", "chat.postMessage" … or "slack" for Slack's own notice
}

// A turn is one thing a person did, from its delivery to its answer.
type turn struct {
	person string
	kind   string // "command", "message", "press", "home press", "submit", "shortcut", "home", "close"

	// What follows is guarded by the Slack's mutex.
	replies  []reply
	answered bool          // seen what answers this kind of turn
	partly   bool          // seen something that may be all there is
	modal    bool          // a modal was opened, changed or closed
	failed   string        // the call that could have answered it, had it not met a fault
	news     chan struct{} // holds a token after something was seen
}

// firm says which roads answer which kind of turn. Anything else that reaches the person only counts when
// nothing better follows within lull, and a Home published along the way only counts where Home was asked for.
var firm = map[string]map[string]bool{
	"command":    {"ack": true, "response_url": true, "views.open": true, "chat.postEphemeral": true, "slack": true},
	"message":    {"chat.postMessage": true, "chat.update": true, "chat.postEphemeral": true, "slack": true},
	"press":      {"response_url": true, "views.open": true, "views.push": true, "views.update": true, "chat.postMessage": true, "chat.update": true, "chat.delete": true, "chat.postEphemeral": true, "slack": true},
	"home press": {"views.open": true, "views.push": true, "views.update": true, "views.publish": true, "chat.postMessage": true, "chat.update": true, "chat.postEphemeral": true, "slack": true},
	"submit":     {"ack": true, "views.open": true, "views.push": true, "views.update": true, "chat.postMessage": true, "chat.update": true, "chat.postEphemeral": true, "views.publish": true, "slack": true},
	"shortcut":   {"views.open": true, "chat.postMessage": true, "chat.postEphemeral": true, "slack": true},
	"home":       {"views.publish": true},
}

const (
	patience = 35 * time.Second // how long a turn waits for its first answer after the acknowledgement
	lull     = 3 * time.Second  // how long it waits for a better one

	secondTry = 5 * time.Second // how long it waits after a fault
)

var errSilent = errors.New("the bot acknowledged but showed nothing within 35 s")

func (s *Slack) begin(personID, kind string) *turn {
	t := &turn{person: personID, kind: kind, replies: []reply{}, news: make(chan struct{}, 1)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turns[t] = true
	return t
}

func (s *Slack) end(t *turn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.turns, t)
}

// saw notes that something reached a person by a road. It belongs to its own turn, where the road leads back to
// one, and to nobody when that is over; otherwise to every turn of that person under way. The mutex must be held.
func (s *Slack) saw(personID string, own *turn, via string, what *reply) {
	if own != nil {
		if s.turns[own] {
			own.note(via, what)
		}
		return
	}
	for t := range s.turns {
		if t.person == personID {
			t.note(via, what)
		}
	}
}

func (t *turn) note(via string, what *reply) {
	if what != nil {
		t.replies = append(t.replies, *what)
	}
	switch via {
	case "views.open", "views.push", "views.update":
		t.modal = true
	}
	t.answered = t.answered || firm[t.kind][via]
	t.partly = t.partly || via != "views.publish"
	select {
	case t.news <- struct{}{}:
	default:
	}
}

// failing notes that a fault met a call, for the turns under way that it could have answered.
func (s *Slack) failing(f *fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for t := range s.turns {
		if !firm[t.kind][f.method] {
			continue
		}
		t.failed = f.method + " (" + f.kind + ")"
		select {
		case t.news <- struct{}{}:
		default:
		}
	}
}

// settle waits until the turn is answered. Late acknowledgements mean that the answer is still being made, so a
// form that closed without a word is over at once unless its acknowledgement was late. After a fault it waits for a
// second try of the bot's, and no longer.
func (s *Slack) settle(ctx context.Context, t *turn, acked time.Duration) error {
	limit := patience
	if t.kind == "submit" && acked < 2*time.Second {
		limit = 0
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	var better, again <-chan time.Time
	for {
		s.mu.Lock()
		answered, partly, failed := t.answered, t.partly, t.failed
		s.mu.Unlock()
		if answered {
			return nil
		}
		if partly && better == nil {
			soft := time.NewTimer(lull)
			defer soft.Stop()
			better = soft.C
		}
		if failed != "" && again == nil {
			second := time.NewTimer(secondTry)
			defer second.Stop()
			again = second.C
		}
		select {
		case <-t.news:
		case <-better:
			return nil
		case <-again:
			return complaint{http.StatusGatewayTimeout, "the bot acknowledged but showed nothing: its call of " + failed + " met a fault"}
		case <-timer.C:
			if t.kind == "submit" {
				return nil
			}
			return errSilent
		case <-ctx.Done():
			return ctx.Err()
		case <-s.ctx.Done():
			return errClosed
		}
	}
}

// outcome is what a control call returns for a turn.
func (s *Slack) outcome(t *turn) object {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := object{"replies": append([]reply{}, t.replies...)}
	if t.modal {
		out["modal"] = s.openModal(t.person)
	}
	return out
}

// openModal is the JSON of the view a person has open, nil for none. The mutex must be held.
func (s *Slack) openModal(personID string) any {
	if stack := s.modals[personID]; len(stack) > 0 {
		return stack[len(stack)-1].json()
	}
	return nil
}

// shown puts a message into a room for a person's eyes or everybody's and returns it as a reply.
func (s *Slack) shown(r *room, m message, via string) *reply {
	kept := s.post(r, m)
	return kept.reply(r, via)
}

func (m *message) reply(r *room, via string) *reply {
	kind := "in_channel"
	if m.only != "" {
		kind = "ephemeral"
	}
	blocks := m.blocks
	if blocks == nil {
		blocks = []any{}
	}
	return &reply{Text: m.text, Blocks: blocks, ResponseType: kind, TS: m.ts, Channel: r.id, Via: via}
}

// notice shows a person a sentence of Slack's own, as when a command failed.
func (s *Slack) notice(t *turn, r *room, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saw(t.person, t, "slack", s.shown(r, message{user: slackbotID, text: text, only: t.person}, "slack"))
}

// content is what a message says, read from a request.
type content struct {
	text        string
	blocks      []any
	attachments []any
	metadata    object
}

// empty reports whether there is nothing to show.
func (c content) empty() bool { return c.text == "" && len(c.blocks) == 0 && len(c.attachments) == 0 }

// contentOf reads text, blocks, attachments and metadata from a request's arguments.
func contentOf(a object) (content, *refusal) {
	c := content{text: cut(stringOf(a, "text"))}
	var ok bool
	if c.blocks, ok = opened(a["blocks"]).([]any); !ok && present(a["blocks"]) {
		return c, refuse("invalid_blocks_format")
	}
	if c.attachments, ok = opened(a["attachments"]).([]any); !ok && present(a["attachments"]) {
		return c, refuse("invalid_attachments")
	}
	if !present(a["metadata"]) {
		return c, nil
	}
	if c.metadata, ok = opened(a["metadata"]).(object); !ok {
		return c, refuse("invalid_metadata_format")
	}
	return c, nil
}

func present(v any) bool { return v != nil && v != "" }

// opened is the value of an argument that a form carries as a string of JSON and a JSON body as it is.
func opened(v any) any {
	text, ok := v.(string)
	if !ok {
		return v
	}
	inner, err := decode([]byte(text))
	if err != nil {
		return nil
	}
	return inner
}

func jsonBytes(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		return []byte("null")
	}
	return raw
}
