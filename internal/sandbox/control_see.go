package sandbox

import (
	"strings"
	"time"
)

// seeModal is /control/modal: the view a person has open, or null.
func (s *Slack) seeModal(c *call) (any, error) {
	p, err := named(c.query.Get("user"))
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.openModal(p.ID), nil
}

// seeHome is /control/home: a person opens the Home tab, and sees what the bot publishes. With peek=1 nothing
// is opened: the view as it was last published, or null.
func (s *Slack) seeHome(c *call) (any, error) {
	p, err := named(c.query.Get("user"))
	if err != nil {
		return nil, err
	}
	if c.query.Get("peek") == "1" {
		s.mu.Lock()
		defer s.mu.Unlock()
		if v := s.homes[p.ID]; v != nil {
			return v.json(), nil
		}
		return nil, nil
	}
	if err := s.ready(c.ctx); err != nil {
		return nil, err
	}
	t := s.begin(p.ID, "home")
	defer s.end(t)
	s.mu.Lock()
	s.front[p.ID] = true
	event := object{"type": "app_home_opened", "user": p.ID, "channel": p.DM, "tab": "home", "event_ts": s.clock.stamp()}
	if v := s.homes[p.ID]; v != nil {
		event["view"] = v.json()
	}
	e := s.eventErrand(event)
	s.mu.Unlock()
	if _, err := s.told(c.ctx, t, e); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.homes[p.ID]
	if v == nil {
		return nil, errSilent
	}
	return v.json(), nil
}

// seeMessages is /control/messages: what stands in a channel or in a person's direct messages, the oldest
// first. Ephemeral messages show only to whom they are for, asked with as=.
func (s *Slack) seeMessages(c *call) (any, error) {
	channel, dm, as := c.query.Get("channel"), c.query.Get("dm"), c.query.Get("as")
	var id string
	switch {
	case (channel == "") == (dm == ""):
		return nil, wrong("say which messages: channel=outreach or dm=ana")
	case channel != "":
		found, ok := channelNamed(channel)
		if !ok {
			return nil, missing("there is no channel %q; channels are %s", channel, channelNames())
		}
		id = found.ID
	default:
		p, ok := person(dm)
		if !ok {
			return nil, missing("there is nobody called %q; people are %s", dm, peopleNames())
		}
		id = p.DM
	}
	viewer := Person{}
	if as != "" {
		var err error
		if viewer, err = named(as); err != nil {
			return nil, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []any{}
	for _, m := range s.rooms[id].messages {
		if m.only != "" && m.only != viewer.ID {
			continue
		}
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
		list = append(list, o)
	}
	return list, nil
}

// seeLog is /control/log: what went over the wire.
func (s *Slack) seeLog(*call) (any, error) { return s.wire.all(), nil }

// seeState is /control/state: the time, who is here, and how the bot is reached.
func (s *Slack) seeState(c *call) (any, error) {
	delivery, connected := "socket", false
	s.mu.Lock()
	sockets, faults := len(s.sockets), s.waiting()
	s.mu.Unlock()
	connected = sockets > 0
	if s.cfg.BotURL != "" {
		delivery, connected = "http", s.readyHTTP(c.ctx)
	}
	s.clock.mu.Lock()
	runs := s.clock.runs
	s.clock.mu.Unlock()
	return object{"now": s.Now(), "clock": map[bool]string{true: "real", false: "standing"}[runs], "connected": connected, "connections": sockets,
		"people": People, "channels": channels, "hints": s.cfg.Hints, "delivery": delivery, "faults": faults,
		"team": TeamID, "bot": object{"id": BotUser, "name": BotName}}, nil
}

// doAdvance is /control/advance: the clock moves, and what is due on the way is done.
func (s *Slack) doAdvance(c *call) (any, error) {
	in := struct{ By, To string }{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	var goal func(now time.Time) time.Time
	switch {
	case (in.By == "") == (in.To == ""):
		return nil, wrong(`say how far: {"by":"60h"} or {"to":"2026-11-30T00:00:00Z"}`)
	case in.By != "":
		by, err := time.ParseDuration(strings.TrimSpace(in.By))
		if err != nil {
			return nil, wrong("by has to be a duration such as 60h, 90m or 30s")
		}
		goal = func(now time.Time) time.Time { return now.Add(by) }
	default:
		to, err := time.Parse(time.RFC3339, in.To)
		if err != nil {
			return nil, wrong("to has to be a time such as 2026-11-30T00:00:00Z")
		}
		goal = func(time.Time) time.Time { return to.UTC() }
	}
	fired, err := s.advance(c.ctx, goal)
	if err != nil {
		return nil, err
	}
	return object{"now": s.Now(), "fired": fired}, nil
}

// doClock is /control/clock: back to real time.
func (s *Slack) doClock(c *call) (any, error) {
	in := struct{ Real bool }{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	if !in.Real {
		return nil, wrong(`say {"real":true}; to move the clock use /control/advance`)
	}
	if err := s.clock.run(); err != nil {
		return nil, err
	}
	return object{"now": s.Now()}, nil
}
