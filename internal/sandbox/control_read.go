package sandbox

import (
	"net/url"
	"slices"
	"strconv"
)

// A sight is which messages somebody asks for.
type sight struct {
	room         string
	as           Person // whose ephemeral messages show; the zero Person sees none
	only         []string
	from, before string // message times: from this one on, up to but without that one; "" for no bound
	limit        int    // the newest so many; 0 for all
	commands     bool   // with the commands the person typed, which Slack shows to nobody
}

// sightOf reads a query: channel=outreach or dm=ana, as=, and what a page that shows a part asks besides: ts= once
// for each message, from=, before=, limit=, and commands=1.
func (s *Slack) sightOf(q url.Values) (sight, error) {
	see := sight{only: q["ts"], from: q.Get("from"), before: q.Get("before"), commands: q.Get("commands") == "1"}
	channel, dm := q.Get("channel"), q.Get("dm")
	switch {
	case (channel == "") == (dm == ""):
		return see, wrong("say which messages: channel=outreach or dm=ana")
	case channel != "":
		found, ok := s.channel(channel)
		if !ok {
			return see, missing("there is no channel %q; channels are %s", channel, channelNames())
		}
		see.room = found.ID
	default:
		p, _ := person(dm) // nobody has said anything to nobody
		see.room = p.DM
	}
	var err error
	if as := q.Get("as"); as != "" {
		if see.as, err = named(as); err != nil {
			return see, err
		}
	}
	if n := q.Get("limit"); n != "" {
		if see.limit, err = strconv.Atoi(n); err != nil || see.limit < 1 {
			return see, wrong("limit has to be a whole number of at least 1")
		}
	}
	return see, nil
}

func (see sight) shows(m *message) bool {
	switch {
	case m.only != "" && m.only != see.as.ID,
		m.ran != "" && !see.commands,
		see.from != "" && later(see.from, m.ts),
		see.before != "" && !later(see.before, m.ts):
		return false
	}
	return len(see.only) == 0 || slices.Contains(see.only, m.ts)
}

// seeMessages is /control/messages: what stands in a channel or in a person's direct messages, the oldest
// first. Ephemeral messages show only to whom they are for, asked with as=.
func (s *Slack) seeMessages(c *call) (any, error) {
	see, err := s.sightOf(c.query)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []any{}
	room, ok := s.rooms[see.room]
	if !ok {
		return list, nil
	}
	for _, m := range slices.Backward(room.messages) {
		if see.limit > 0 && len(list) == see.limit {
			break
		}
		if see.shows(m) {
			list = append(list, m.seen())
		}
	}
	slices.Reverse(list)
	return list, nil
}

// seen is the message as the control API shows it.
func (m *message) seen() object {
	o := object{"ts": m.ts, "user": m.user, "text": m.text, "blocks": []any{}, "metadata": nil}
	if len(m.blocks) > 0 {
		o["blocks"] = m.blocks
	}
	if m.metadata != nil {
		o["metadata"] = m.metadata
	}
	if m.only != "" {
		o["ephemeral"] = true
	}
	if m.edited != "" {
		o["edited"] = m.edited
	}
	if m.thread != "" {
		o["thread_ts"] = m.thread
	}
	if m.ran != "" {
		o["ran"] = m.ran
	}
	return o
}

// seeLog is /control/log: what went over the wire; with after=12 only what is younger than exchange 12.
func (s *Slack) seeLog(c *call) (any, error) {
	after := 0
	if n := c.query.Get("after"); n != "" {
		var err error
		if after, err = strconv.Atoi(n); err != nil {
			return nil, wrong("after has to be the number of an exchange")
		}
	}
	return s.wire.since(after), nil
}
