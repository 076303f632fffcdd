package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

func (s *Slack) authTest(object) (object, *refusal) {
	return object{"url": "https://" + teamDomain + ".slack.com/", "team": teamName, "user": BotName, "team_id": TeamID,
		"user_id": BotUser, "bot_id": BotID, "is_enterprise_install": false}, nil
}

// openConnection hands out a WebSocket address with a ticket that is good for one connection.
func (s *Slack) openConnection(object) (object, *refusal) {
	at := *s.base
	at.Scheme = "ws"
	if s.base.Scheme == "https" {
		at.Scheme = "wss"
	}
	ticket := randomText()
	s.tickets.put(ticket, time.Now())
	at.Path, at.RawQuery = "/socket", "ticket="+ticket
	return object{"url": at.String()}, nil
}

func (s *Slack) userInfo(a object) (object, *refusal) {
	id := stringOf(a, "user")
	if id == BotUser {
		return object{"user": botAccount()}, nil
	}
	for _, p := range People {
		if p.ID == id {
			return object{"user": p.user(s.clock.now())}, nil
		}
	}
	return nil, refuse("user_not_found")
}

func (s *Slack) userList(a object) (object, *refusal) {
	all := []any{}
	for _, p := range People {
		all = append(all, p.user(s.clock.now()))
	}
	page, meta, no := paged(append(all, botAccount()), a)
	if no != nil {
		return nil, no
	}
	return object{"members": page, "cache_ts": s.clock.now().Unix(), "response_metadata": meta}, nil
}

// dndInfo says that nobody ever asked not to be disturbed.
func (s *Slack) dndInfo(a object) (object, *refusal) {
	if id := stringOf(a, "user"); id != "" {
		if p, ok := person(id); !ok || p.ID != id {
			return nil, refuse("user_not_found")
		}
	}
	return object{"dnd_enabled": false, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, "snooze_enabled": false}, nil
}

func (s *Slack) conversationOpen(a object) (object, *refusal) {
	if r := s.rooms[stringOf(a, "channel")]; r != nil && r.person != "" {
		return object{"channel": object{"id": r.id}}, nil
	}
	users := strings.Split(stringOf(a, "users"), ",")
	if len(users) != 1 || users[0] == "" {
		return nil, refuse("users_list_not_supplied")
	}
	p, ok := person(users[0])
	if !ok || p.ID != users[0] {
		return nil, refuse("user_not_found")
	}
	return object{"channel": object{"id": p.DM}}, nil
}

func (r *room) json() object {
	o := object{"id": r.id, "created": 1700000000, "is_archived": r.archived, "is_im": r.person != "", "is_channel": r.person == "",
		"is_group": false, "is_mpim": false, "is_private": r.person != "", "is_ext_shared": r.shared, "is_shared": r.shared,
		"is_org_shared": false, "context_team_id": TeamID}
	if r.person != "" {
		o["user"] = r.person
		return o
	}
	o["name"], o["name_normalized"], o["is_member"], o["is_general"] = r.name, r.name, r.bot, r.id == GeneralID
	o["num_members"] = len(r.members())
	return o
}

func (r *room) members() []any {
	if r.person != "" {
		return []any{r.person, BotUser}
	}
	var ids []any
	for _, p := range People {
		ids = append(ids, p.ID)
	}
	if r.bot {
		ids = append(ids, BotUser)
	}
	return ids
}

func (s *Slack) conversationInfo(a object) (object, *refusal) {
	r := s.rooms[stringOf(a, "channel")]
	if r == nil {
		return nil, refuse("channel_not_found")
	}
	return object{"channel": r.json()}, nil
}

func (s *Slack) conversationList(a object) (object, *refusal) {
	types := strings.Split(stringOf(a, "types"), ",")
	all := []any{}
	for _, c := range s.channels() {
		if types[0] == "" || slices.Contains(types, "public_channel") {
			all = append(all, s.rooms[c.ID].json())
		}
	}
	for _, p := range People {
		if slices.Contains(types, "im") {
			all = append(all, s.rooms[p.DM].json())
		}
	}
	page, meta, no := paged(all, a)
	if no != nil {
		return nil, no
	}
	return object{"channels": page, "response_metadata": meta}, nil
}

func (s *Slack) conversationMembers(a object) (object, *refusal) {
	r := s.rooms[stringOf(a, "channel")]
	if r == nil {
		return nil, refuse("channel_not_found")
	}
	page, meta, no := paged(r.members(), a)
	if no != nil {
		return nil, no
	}
	return object{"members": page, "response_metadata": meta}, nil
}

// conversationHistory shows messages, the newest first, without ephemeral ones, and without metadata unless
// asked for.
func (s *Slack) conversationHistory(a object) (object, *refusal) {
	r := s.rooms[stringOf(a, "channel")]
	if r == nil {
		return nil, refuse("channel_not_found")
	}
	scope := "channels:history"
	if r.person != "" {
		scope = "im:history"
	}
	if !slices.Contains(s.cfg.Scopes, scope) {
		return nil, &refusal{code: "missing_scope", needed: scope}
	}
	if !r.bot {
		return nil, refuse("not_in_channel")
	}
	oldest, latest := stringOf(a, "oldest"), stringOf(a, "latest")
	inclusive := truth(a["inclusive"])
	all := []any{}
	for _, m := range slices.Backward(r.messages) {
		below := latest != "" && (later(m.ts, latest) || m.ts == latest && !inclusive)
		above := oldest != "" && (later(oldest, m.ts) || m.ts == oldest && !inclusive)
		if m.only != "" || above || below {
			continue
		}
		o := m.json()
		if !truth(a["include_all_metadata"]) {
			delete(o, "metadata")
		}
		all = append(all, o)
	}
	page, meta, no := paged(all, a)
	if no != nil {
		return nil, no
	}
	return object{"messages": page, "has_more": meta["next_cursor"] != "", "pin_count": 0, "response_metadata": meta}, nil
}

// later compares two message times as the numbers they are.
func later(a, b string) bool {
	x, _ := strconv.ParseFloat(a, 64)
	y, _ := strconv.ParseFloat(b, 64)
	return x > y
}

func truth(v any) bool { return v == true || v == "1" || v == "true" }

// paged cuts a list into Slack's pages: limit and cursor in, next_cursor out.
func paged(all []any, a object) ([]any, object, *refusal) {
	limit, start := 100, 0
	if v := a["limit"]; present(v) {
		n, err := strconv.Atoi(text(v))
		if err != nil || n < 0 || n > 1000 {
			return nil, nil, refuse("invalid_limit")
		}
		if n > 0 {
			limit = n
		}
	}
	if cursor := stringOf(a, "cursor"); cursor != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(cursor, "next:"))
		if err != nil || n < 0 || n > len(all) || !strings.HasPrefix(cursor, "next:") {
			return nil, nil, refuse("invalid_cursor")
		}
		start = n
	}
	end, next := start+limit, ""
	if end < len(all) {
		next = "next:" + strconv.Itoa(end)
	}
	return all[start:min(end, len(all))], object{"next_cursor": next}, nil
}
