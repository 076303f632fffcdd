package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A target is an element in front of a person, and where it stands: in a message or in a view.
type target struct {
	slot
	room    *room
	message *message
	view    *view
}

// A wish is how a person, a script or the page names what to press.
type wish struct {
	User      string `json:"user"`
	Action    string `json:"action_id"`
	Block     string `json:"block_id"` // "": in any block
	Value     any    `json:"value"`
	MessageTS string `json:"message_ts"`
	In        string `json:"in"` // "modal", "home" or "message"; "" looks everywhere
}

// doPress is /control/press: a person presses a button or chooses from a menu.
func (s *Slack) doPress(c *call) (any, error) {
	var in wish
	if err := c.read(&in); err != nil {
		return nil, err
	}
	p, err := named(in.User)
	if err != nil {
		return nil, err
	}
	if in.Action == "" {
		return nil, wrong("action_id is missing; name the button by its action_id")
	}
	if !slices.Contains([]string{"", "modal", "home", "message"}, in.In) {
		return nil, wrong("in has to be modal, home or message")
	}
	if err := s.ready(c.ctx); err != nil {
		return nil, err
	}
	t := s.begin(p.ID, "press")
	defer s.end(t)
	s.mu.Lock()
	on, err := s.lookFor(p, in)
	var e *errand
	if err == nil {
		e, err = s.pressErrand(p, t, on, in.Value)
	}
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if _, err := s.carry(e, 0, ""); err != nil {
		r := on.room
		if r == nil {
			r = s.rooms[p.DM]
		}
		if err := s.failedFor(t, r, err, "Pressing "+in.Action+" failed"); err != nil {
			return nil, err
		}
	}
	if err := s.settle(c.ctx, t, time.Since(began)); err != nil {
		return nil, err
	}
	return s.outcome(t), nil
}

// lookFor finds the newest element with an action id in front of a person, however deep in blocks: in the open
// modal, in Home if that is the tab in front, in messages from the newest to the oldest, in Home behind them.
// The mutex must be held.
func (s *Slack) lookFor(p Person, w wish) (target, error) {
	action, value, ts, in := w.Action, w.Value, w.MessageTS, w.In
	var places []target
	if stack := s.modals[p.ID]; len(stack) > 0 && (in == "" || in == "modal") && ts == "" {
		places = append(places, target{view: stack[len(stack)-1]})
	}
	home := s.homes[p.ID]
	if home != nil && s.front[p.ID] && in == "" && ts == "" {
		places = append(places, target{view: home})
	}
	if in == "" || in == "message" {
		places = append(places, s.visible(p, ts)...)
	}
	if home != nil && (in == "" || in == "home") && ts == "" {
		places = append(places, target{view: home})
	}
	var others []string
	for _, place := range places {
		blocks := []any(nil)
		if place.view != nil {
			blocks = place.view.blocks()
		} else {
			blocks = place.message.blocks
		}
		for _, e := range elementsOf(blocks) {
			if stringOf(e.o, "action_id") != action || w.Block != "" && stringOf(e.block, "block_id") != w.Block {
				continue
			}
			if fitsValue(e.o, value) {
				place.slot = e
				return place, nil
			}
			others = append(others, valuesOf(e.o))
		}
	}
	if len(others) > 0 {
		return target{}, missing("%s sees %s, but not with the value %v; values are %s", p.Name, action, value, strings.Join(others, ", "))
	}
	return target{}, missing("%s sees no button or menu with the action_id %q; look at /control/messages, /control/modal and /control/home", p.Name, action)
}

// visible lists the bot's messages a person can see, the newest first, or only the one of a time.
func (s *Slack) visible(p Person, ts string) []target {
	var all []target
	for _, r := range s.rooms {
		if r.person != "" && r.person != p.ID {
			continue
		}
		for _, m := range r.messages {
			if m.bot && (m.only == "" || m.only == p.ID) && (ts == "" || m.ts == ts) {
				all = append(all, target{room: r, message: m})
			}
		}
	}
	slices.SortFunc(all, func(a, b target) int {
		return cmp.Or(cmp.Compare(len(b.message.ts), len(a.message.ts)), cmp.Compare(b.message.ts, a.message.ts))
	})
	return all
}

// fitsValue reports whether a value belongs to an element: a button's own, or one of a menu's options.
func fitsValue(element object, value any) bool {
	if value == nil {
		return true
	}
	switch stringOf(element, "type") {
	case "button", "icon_button", "workflow_button":
		return stringOf(element, "value") == text(value)
	case "feedback_buttons":
		return feedbackOf(element, text(value)) != nil
	case "static_select", "overflow", "radio_buttons":
		return optionOf(element, text(value)) != nil
	}
	return true
}

// feedbackOf is the one of two feedback buttons that has a value.
func feedbackOf(element object, value string) object {
	for _, name := range []string{"positive_button", "negative_button"} {
		if b := objectOf(element, name); b != nil && stringOf(b, "value") == value {
			return b
		}
	}
	return nil
}

// valuesOf names what an element can be pressed with.
func valuesOf(element object) string {
	switch stringOf(element, "type") {
	case "feedback_buttons":
		return fmt.Sprintf("%q, %q", stringOf(objectOf(element, "positive_button"), "value"), stringOf(objectOf(element, "negative_button"), "value"))
	case "static_select", "overflow", "radio_buttons":
		return optionValues(element)
	}
	return fmt.Sprintf("%q", stringOf(element, "value"))
}

// pressErrand is the block_actions payload for a press. What was chosen in a view is remembered there.
func (s *Slack) pressErrand(p Person, t *turn, on target, value any) (*errand, error) {
	kind, block := stringOf(on.o, "type"), stringOf(on.block, "block_id")
	action := object{"type": kind, "action_id": on.o["action_id"], "block_id": block, "action_ts": s.clock.stamp()}
	for _, name := range []string{"text", "value", "style", "placeholder"} {
		if on.o[name] != nil {
			action[name] = on.o[name]
		}
	}
	if kind == "feedback_buttons" {
		chosen := feedbackOf(on.o, text(value))
		if chosen == nil {
			return nil, wrong("value has to be one of %s", valuesOf(on.o))
		}
		action["text"], action["value"] = chosen["text"], chosen["value"]
	}
	if kind == "overflow" {
		option := optionOf(on.o, text(value))
		if option == nil {
			return nil, wrong("value has to be one of the options: %s", optionValues(on.o))
		}
		action["selected_option"] = option
	}
	if h, keeps := holds[kind]; keeps {
		chosen, told, err := filled(on.o, value)
		if err != nil {
			return nil, err
		}
		if told != "" {
			return nil, wrong("%s", told)
		}
		action[h.field] = chosen[h.field]
		if on.view != nil {
			on.view.fill(block, stringOf(on.o, "action_id"), chosen)
		}
	}
	payload := s.interaction("block_actions", p, t)
	payload["actions"] = []any{action}
	if on.view != nil {
		if on.view.body["type"] == "home" {
			t.kind = "home press"
		}
		payload["container"] = object{"type": "view", "view_id": on.view.id}
		payload["view"], payload["hash"] = on.view.json(), on.view.hash
		payload["state"] = object{"values": on.view.state()}
		return interactionErrand(p, payload), nil
	}
	m := on.message
	payload["container"] = object{"type": "message", "message_ts": m.ts, "channel_id": on.room.id, "is_ephemeral": m.only != ""}
	payload["channel"] = object{"id": on.room.id, "name": on.room.shown()}
	payload["state"] = object{"values": (&view{body: object{"blocks": m.blocks}}).state()}
	payload["response_url"] = s.answerURL(p.ID, on.room, m.ts, t)
	if m.only == "" {
		payload["message"] = m.json() // Slack leaves it out for ephemeral messages
	}
	return interactionErrand(p, payload), nil
}

func optionValues(element object) string {
	var values []string
	for _, o := range optionsOf(element) {
		values = append(values, stringOf(o, "value"))
	}
	return strings.Join(values, ", ")
}

// text is a JSON value as a person would have typed it.
func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}
