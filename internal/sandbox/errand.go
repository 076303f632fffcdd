package sandbox

import (
	"crypto/rand"
	"net/url"
	"strings"
)

// An errand is something the bot is to be told, in the words of both roads: a payload for Socket Mode, and a
// body for HTTP that is the same to the byte each time it is sent.
type errand struct {
	kind    string // the envelope's type: "slash_commands", "interactive" or "events_api"
	path    string // under the bot's URL
	media   string
	body    []byte
	payload object

	person, room string // who did it, and where
	url, trigger string // the response_url's id and the trigger it carries, "" for none
	line         string // the command as typed
}

// verification is Slack's old shared token, still in every payload. Nothing should trust it.
const verification = "sandbox-verification-token"

func randomText() string { return rand.Text() }

// commandErrand is a slash command as Slack sends it. The mutex must be held.
func (s *Slack) commandErrand(p Person, r *room, line string, t *turn) *errand {
	command, text, _ := strings.Cut(line, " ")
	e := &errand{kind: "slash_commands", path: "/slack/commands", media: "application/x-www-form-urlencoded", person: p.ID, room: r.id, line: line}
	e.trigger = s.trigger(p.ID, t)
	answer := s.answerURL(p.ID, r, "", t)
	e.url = answer[strings.LastIndexByte(answer, '/')+1:]
	pairs := [][2]string{
		{"token", verification}, {"team_id", TeamID}, {"team_domain", teamDomain}, {"channel_id", r.id}, {"channel_name", r.shown()},
		{"user_id", p.ID}, {"user_name", p.Name}, {"command", command}, {"text", escape(strings.TrimSpace(text))}, {"api_app_id", AppID},
		{"is_enterprise_install", "false"}, {"response_url", answer}, {"trigger_id", e.trigger},
	}
	e.payload = object{}
	var form []string
	for _, p := range pairs {
		e.payload[p[0]] = p[1]
		form = append(form, p[0]+"="+url.QueryEscape(p[1]))
	}
	e.body = []byte(strings.Join(form, "&"))
	return e
}

// interactionErrand is a press, a form or a shortcut.
func interactionErrand(p Person, payload object) *errand {
	e := &errand{kind: "interactive", path: "/slack/interactions", media: "application/x-www-form-urlencoded", person: p.ID, payload: payload}
	e.body = []byte("payload=" + url.QueryEscape(string(jsonBytes(payload))))
	return e
}

// interaction is what every interaction's payload has.
func (s *Slack) interaction(kind string, p Person, t *turn) object {
	return object{
		"type": kind, "token": verification, "api_app_id": AppID, "trigger_id": s.trigger(p.ID, t), "enterprise": nil, "is_enterprise_install": false,
		"team": object{"id": TeamID, "domain": teamDomain},
		"user": object{"id": p.ID, "username": p.Name, "name": p.Name, "team_id": TeamID},
	}
}

// eventErrand is an event of the Events API. The mutex must be held.
func (s *Slack) eventErrand(event object) *errand {
	payload := object{
		"token": verification, "team_id": TeamID, "context_team_id": TeamID, "context_enterprise_id": nil, "api_app_id": AppID,
		"event": event, "type": "event_callback", "event_id": s.id("Ev"), "event_time": s.clock.now().Unix(), "is_ext_shared_channel": false,
		"authorizations": []any{object{"enterprise_id": nil, "team_id": TeamID, "user_id": BotUser, "is_bot": true, "is_enterprise_install": false}},
		"event_context":  "4-" + s.id("sandbox"),
	}
	return &errand{kind: "events_api", path: "/slack/events", media: "application/json", payload: payload, body: jsonBytes(payload)}
}

// messageEvent is a message.im event about something in direct messages.
func messageEvent(r *room, about object) object {
	event := object{"type": "message", "channel": r.id, "channel_type": "im", "event_ts": about["ts"]}
	for k, v := range about {
		if k != "metadata" { // Slack shows metadata only to those who ask for it
			event[k] = v
		}
	}
	return event
}

// echo tells the bot what it did itself in direct messages. The mutex must be held.
func (s *Slack) echo(r *room, about object) {
	if s.cfg.BotURL == "" && len(s.sockets) == 0 {
		return
	}
	e := s.eventErrand(messageEvent(r, about))
	s.insistHeld(e)
}
