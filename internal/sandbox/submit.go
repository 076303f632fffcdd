package sandbox

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// trouble is what Slack's client shows when an answer to a form cannot be used.
const trouble = "We had some trouble connecting. Try again?"

// doSubmit is /control/submit: a person fills in the open modal and submits it.
func (s *Slack) doSubmit(c *call) (any, error) {
	in := struct {
		User   string
		Values object
	}{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	p, err := named(in.User)
	if err != nil {
		return nil, err
	}
	if err := s.ready(c.ctx); err != nil {
		return nil, err
	}
	t := s.begin(p.ID, "submit")
	defer s.end(t)
	s.mu.Lock()
	v, told, err := s.fillIn(p, in.Values)
	var e *errand
	if err == nil && len(told) == 0 {
		e = s.submitErrand(p, t, v)
	}
	s.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if len(told) == 0 {
		began := time.Now()
		ack, err := s.carry(e, 0, "")
		if errors.Is(err, errClosed) {
			return nil, err
		}
		if told = s.submitted(t, v, ack, err); len(told) == 0 {
			if err := s.settle(c.ctx, t, time.Since(began)); err != nil {
				return nil, err
			}
		}
	}
	out := s.outcome(t)
	s.mu.Lock()
	defer s.mu.Unlock()
	out["modal"], out["errors"] = s.openModal(p.ID), told
	return out, nil
}

// fillIn puts values into the open modal. Keys are block ids or action ids, or a block id with an object of
// action ids below it. What the client would not take is told by block id. The mutex must be held.
func (s *Slack) fillIn(p Person, values object) (*view, map[string]string, error) {
	stack := s.modals[p.ID]
	if len(stack) == 0 {
		return nil, nil, missing("%s has no modal open", p.Name)
	}
	v := stack[len(stack)-1]
	if v.body["submit"] == nil {
		return nil, nil, wrong("this modal has no submit button; use /control/press or /control/close")
	}
	used, keys, told := map[string]bool{}, []string{}, map[string]string{}
	for _, e := range elementsOf(v.blocks()) {
		if _, keeps := holds[stringOf(e.o, "type")]; !keeps {
			continue
		}
		block, action := stringOf(e.block, "block_id"), stringOf(e.o, "action_id")
		keys = append(keys, block)
		given, name := givenFor(values, block, action)
		value, _ := v.state()[block].(object)[action].(object)
		if name != "" {
			used[name] = true
			filledIn, complaint, err := filled(e.o, given)
			if err != nil {
				return nil, nil, err
			}
			if complaint != "" {
				told[block] = complaint
				continue
			}
			value = filledIn
			v.fill(block, action, value)
		}
		if stringOf(e.block, "type") == "input" && e.block["optional"] != true && blank(value) {
			told[block] = "Please complete this required field."
		}
	}
	for name := range values {
		if !used[name] {
			return nil, nil, wrong("this modal has no field %q; fields are %s", name, strings.Join(keys, ", "))
		}
	}
	return v, told, nil
}

// givenFor finds what was given for a field, and under which key.
func givenFor(values object, block, action string) (any, string) {
	if given, ok := values[block]; ok {
		inner, nested := given.(object)
		if !nested {
			return given, block
		}
		if one, ok := inner[action]; ok {
			return one, block
		}
	}
	if given, ok := values[action]; ok {
		return given, action
	}
	return nil, ""
}

func (s *Slack) submitErrand(p Person, t *turn, v *view) *errand {
	payload := s.interaction("view_submission", p, t)
	payload["view"], payload["hash"], payload["response_urls"] = v.json(), v.hash, []any{}
	return interactionErrand(p, payload)
}

// submitted does what the acknowledgement of a form asks for and returns what the person is told to mend.
func (s *Slack) submitted(t *turn, v *view, ack any, failed error) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	broken := map[string]string{"view": trouble}
	answer, isObject := ack.(object)
	if failed != nil || ack != nil && !isObject {
		return broken
	}
	t.modal = true
	switch action := stringOf(answer, "response_action"); action {
	case "":
		if stack := s.modals[v.person]; len(stack) > 0 && stack[len(stack)-1] == v {
			s.modals[v.person] = stack[:len(stack)-1]
		}
		s.live.tell(notice{Kind: "modal", Change: "closed", Person: v.person})
		return map[string]string{}
	case "clear":
		delete(s.modals, v.person)
		s.live.tell(notice{Kind: "modal", Change: "closed", Person: v.person})
	case "update":
		if no := s.show(v, "modal", answer["view"]); no != nil {
			return refused(no)
		}
	case "push":
		if no := s.push(&view{person: v.person}, answer["view"]); no != nil {
			return refused(no)
		}
	case "errors":
		told := s.mending(v, objectOf(answer, "errors"))
		s.saw(v.person, t, "ack", nil)
		return told
	default:
		return broken
	}
	s.saw(v.person, t, "ack", nil)
	return map[string]string{}
}

func refused(no *refusal) map[string]string {
	return map[string]string{"view": trouble + " (" + strings.Join(append([]string{no.code}, no.messages...), "; ") + ")"}
}

// mending keeps the errors that stand at an input block. Slack ignores the others, and shows trouble when none
// is left.
func (s *Slack) mending(v *view, given object) map[string]string {
	var inputs []string
	for _, block := range blocksOf(v.blocks()) {
		if stringOf(block, "type") == "input" {
			inputs = append(inputs, stringOf(block, "block_id"))
		}
	}
	told := map[string]string{}
	for block, why := range given {
		if slices.Contains(inputs, block) {
			told[block] = text(why)
		}
	}
	if len(told) == 0 {
		told["view"] = trouble
	}
	return told
}

// doClose is /control/close: a person closes the open modal; the one below it shows again.
func (s *Slack) doClose(c *call) (any, error) {
	in := struct{ User string }{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	p, err := named(in.User)
	if err != nil {
		return nil, err
	}
	t := s.begin(p.ID, "close")
	defer s.end(t)
	s.mu.Lock()
	stack := s.modals[p.ID]
	if len(stack) == 0 {
		s.mu.Unlock()
		return nil, missing("%s has no modal open", p.Name)
	}
	v := stack[len(stack)-1]
	s.modals[p.ID] = stack[:len(stack)-1]
	if v.body["clear_on_close"] == true {
		delete(s.modals, p.ID)
	}
	s.live.tell(notice{Kind: "modal", Change: "closed", Person: p.ID})
	payload := s.interaction("view_closed", p, t)
	delete(payload, "trigger_id")
	payload["view"], payload["is_cleared"] = v.json(), v.body["clear_on_close"] == true
	s.mu.Unlock()
	if v.body["notify_on_close"] == true {
		if _, err := s.carry(interactionErrand(p, payload), 0, ""); errors.Is(err, errClosed) {
			return nil, err
		}
	}
	s.mu.Lock()
	t.modal = true
	s.mu.Unlock()
	return s.outcome(t), nil
}

// doShortcut is /control/shortcut: a person uses a global shortcut.
func (s *Slack) doShortcut(c *call) (any, error) {
	in := struct {
		User     string `json:"user"`
		Callback string `json:"callback_id"`
	}{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	p, err := named(in.User)
	if err != nil {
		return nil, err
	}
	if in.Callback == "" {
		return nil, wrong("callback_id is missing; name the shortcut by its callback_id")
	}
	if err := s.ready(c.ctx); err != nil {
		return nil, err
	}
	t := s.begin(p.ID, "shortcut")
	defer s.end(t)
	s.mu.Lock()
	payload := s.interaction("shortcut", p, t)
	payload["callback_id"], payload["action_ts"] = in.Callback, s.clock.stamp()
	s.mu.Unlock()
	began := time.Now()
	if _, err := s.carry(interactionErrand(p, payload), 0, ""); err != nil {
		if err := s.failedFor(t, s.rooms[p.DM], err, "The shortcut failed"); err != nil {
			return nil, err
		}
	}
	if err := s.settle(c.ctx, t, time.Since(began)); err != nil {
		return nil, err
	}
	return s.outcome(t), nil
}
