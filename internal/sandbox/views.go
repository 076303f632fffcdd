package sandbox

import (
	"fmt"
	"time"
)

// A view is a modal in a person's stack, or a Home tab. What it holds is replaced as a whole.
type view struct {
	id, person, hash string
	root, previous   string
	body             object            // as the bot sent it, every block with its id
	values           map[string]object // what was filled in, by block id and action id
}

// A trigger is the leave to open one modal within three seconds.
type trigger struct {
	person string
	born   time.Time // on the real clock
	used   bool
	turn   *turn
}

const (
	triggerLife = 3 * time.Second
	stackLimit  = 3
)

// trigger makes a trigger for a person. The mutex must be held.
func (s *Slack) trigger(personID string, t *turn) string {
	id := fmt.Sprintf("%d.%d.%032x", s.next()+1000000, 1234567890, s.next())
	s.triggers.put(id, &trigger{person: personID, born: time.Now(), turn: t})
	return id
}

// exchange uses up a trigger.
func (s *Slack) exchange(id string) (*trigger, *refusal) {
	t, ok := s.triggers.get(id)
	switch {
	case !ok:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case time.Since(t.born) > triggerLife:
		return nil, refuse("expired_trigger_id")
	}
	t.used = true
	return t, nil
}

// json is the view as Slack's API writes it.
func (v *view) json() object {
	o := object{"id": v.id, "team_id": TeamID, "type": v.body["type"], "title": v.body["title"], "close": v.body["close"], "submit": v.body["submit"],
		"blocks": v.body["blocks"], "private_metadata": stringOf(v.body, "private_metadata"), "callback_id": stringOf(v.body, "callback_id"),
		"external_id": stringOf(v.body, "external_id"), "clear_on_close": v.body["clear_on_close"] == true,
		"notify_on_close": v.body["notify_on_close"] == true, "hash": v.hash, "state": object{"values": v.state()},
		"root_view_id": v.root, "previous_view_id": nil, "app_id": AppID, "bot_id": BotID, "app_installed_team_id": TeamID}
	if v.previous != "" {
		o["previous_view_id"] = v.previous
	}
	return o
}

func (v *view) blocks() []any { return listOf(v.body, "blocks") }

// state is every element that keeps a value, with what was filled in or what it began with.
func (v *view) state() object {
	all := object{}
	for _, e := range elementsOf(v.blocks()) {
		kind, block, action := stringOf(e.o, "type"), stringOf(e.block, "block_id"), stringOf(e.o, "action_id")
		if _, keeps := holds[kind]; !keeps {
			continue
		}
		value := initialOf(e.o)
		if filled := v.values[block+"\x00"+action]; filled != nil && filled["type"] == kind {
			value = filled
		}
		if all[block] == nil {
			all[block] = object{}
		}
		all[block].(object)[action] = value
	}
	return all
}

func (v *view) fill(block, action string, value object) {
	values := make(map[string]object, len(v.values)+1)
	for k, x := range v.values {
		values[k] = x
	}
	values[block+"\x00"+action] = value
	v.values = values
}

// show judges a view and puts it into v, which may be new.
func (s *Slack) show(v *view, kind string, body any) *refusal {
	if no := checkView(kind, body); no != nil {
		return no
	}
	own := object{}
	for k, x := range body.(object) {
		own[k] = x
	}
	own["blocks"] = s.labelled(listOf(own, "blocks"))
	if ext := stringOf(own, "external_id"); ext != "" {
		if other := s.viewBy("", ext); other != nil && other != v {
			return refuse("duplicate_external_id")
		}
	}
	if v.id == "" {
		v.id = s.id("V")
		v.root = v.id
	}
	change := "updated"
	if v.hash == "" {
		change = "opened"
	}
	v.body, v.hash = own, fmt.Sprintf("%d.%08x", s.clock.now().Unix(), s.next())
	s.live.tell(notice{Kind: kind, Change: change, Person: v.person})
	return nil
}

// viewBy finds a view that is open or published, by its id or the bot's own id for it.
func (s *Slack) viewBy(id, external string) *view {
	fits := func(v *view) bool {
		return id != "" && v.id == id || external != "" && stringOf(v.body, "external_id") == external
	}
	for _, stack := range s.modals {
		for _, v := range stack {
			if fits(v) {
				return v
			}
		}
	}
	for _, v := range s.homes {
		if fits(v) {
			return v
		}
	}
	return nil
}

func (s *Slack) viewsOpen(a object) (object, *refusal) {
	if no := checkView("modal", opened(a["view"])); no != nil {
		return nil, no
	}
	t, no := s.exchange(stringOf(a, "trigger_id"))
	if no != nil {
		return nil, no
	}
	v := &view{person: t.person}
	if no := s.show(v, "modal", opened(a["view"])); no != nil {
		return nil, no
	}
	s.modals[t.person] = []*view{v}
	s.saw(t.person, t.turn, "views.open", nil)
	return object{"view": v.json()}, nil
}

func (s *Slack) viewsPush(a object) (object, *refusal) {
	if no := checkView("modal", opened(a["view"])); no != nil {
		return nil, no
	}
	t, no := s.exchange(stringOf(a, "trigger_id"))
	if no != nil {
		return nil, no
	}
	v := &view{person: t.person}
	if no := s.push(v, opened(a["view"])); no != nil {
		return nil, no
	}
	s.saw(t.person, t.turn, "views.push", nil)
	return object{"view": v.json()}, nil
}

// push puts a view on top of a person's stack.
func (s *Slack) push(v *view, body any) *refusal {
	stack := s.modals[v.person]
	switch {
	case len(stack) == 0:
		return refuse("not_found")
	case len(stack) >= stackLimit:
		return refuse("push_limit_reached")
	}
	if no := s.show(v, "modal", body); no != nil {
		return no
	}
	v.root, v.previous = stack[0].id, stack[len(stack)-1].id
	s.modals[v.person] = append(append([]*view{}, stack...), v)
	return nil
}

func (s *Slack) viewsUpdate(a object) (object, *refusal) {
	id, external := stringOf(a, "view_id"), stringOf(a, "external_id")
	if (id == "") == (external == "") {
		return nil, &refusal{code: "invalid_arguments", messages: []string{"must provide either `view_id` or `external_id`"}}
	}
	v := s.viewBy(id, external)
	if v == nil {
		return nil, refuse("not_found")
	}
	if hash := stringOf(a, "hash"); hash != "" && hash != v.hash {
		return nil, refuse("hash_conflict")
	}
	kind, _ := v.body["type"].(string)
	if no := s.show(v, kind, opened(a["view"])); no != nil {
		return nil, no
	}
	s.saw(v.person, nil, "views.update", nil)
	return object{"view": v.json()}, nil
}

func (s *Slack) viewsPublish(a object) (object, *refusal) {
	p, ok := person(stringOf(a, "user_id"))
	if !ok || p.ID != stringOf(a, "user_id") {
		return nil, &refusal{code: "invalid_arguments", messages: []string{"invalid `user_id` [json-pointer:/user_id]"}}
	}
	v := s.homes[p.ID]
	if v == nil {
		v = &view{person: p.ID}
	}
	if hash := stringOf(a, "hash"); hash != "" && hash != v.hash {
		return nil, refuse("hash_conflict")
	}
	if no := s.show(v, "home", opened(a["view"])); no != nil {
		return nil, no
	}
	s.homes[p.ID] = v
	s.saw(p.ID, nil, "views.publish", nil)
	return object{"view": v.json()}, nil
}
