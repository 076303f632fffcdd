package sandbox

import (
	"strings"
	"time"
)

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
