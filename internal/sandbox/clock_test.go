package sandbox

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestStampsAreUniqueAndIncrease(t *testing.T) {
	c := &clock{at: monday}
	if got := []string{c.stamp(), c.stamp()}; got[0] != "1795424400.000000" || got[1] != "1795424400.000100" {
		t.Error(got)
	}
	if err := c.moveTo(monday.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if got := c.stamp(); got != "1795424401.000000" {
		t.Error(got)
	}
}

func TestClockRunsAndStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &clock{runs: true}
		began := c.now()
		time.Sleep(time.Hour)
		if got := c.now().Sub(began); got != time.Hour {
			t.Errorf("ran %v in an hour", got)
		}
		if err := c.moveTo(time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := c.run(); !errors.Is(err, errBackwards) {
			t.Errorf("let go while in the future: %v", err)
		}
		time.Sleep(2 * time.Hour)
		if got := c.now().Sub(began); got != 2*time.Hour {
			t.Errorf("a clock that was moved runs on: %v", got)
		}
		if err := c.run(); err != nil {
			t.Error(err)
		}
		if got := c.now().Sub(began); got != 3*time.Hour {
			t.Errorf("back at real time it reads %v, want 3h", got)
		}
	})
}

// ticks is a Tick with a plan: what is due, and what comes of it.
type ticks struct {
	due  []time.Time
	seen []string
}

func (k *ticks) tick(_ context.Context, at time.Time) (time.Time, error) {
	k.seen = append(k.seen, at.Format("Mon 15:04"))
	for len(k.due) > 0 && !k.due[0].After(at) {
		k.due = k.due[1:]
	}
	if len(k.due) == 0 {
		return time.Time{}, nil
	}
	return k.due[0], nil
}

func TestAdvanceStopsAtEveryDueTime(t *testing.T) {
	k := &ticks{due: []time.Time{monday.Add(time.Hour), monday.Add(90 * time.Minute), monday.Add(100 * time.Hour)}}
	bubble(t, func(c *Config) { c.Tick = k.tick }, func(l *lab) {
		out := l.must("advance", object{"by": "3h"})
		l.want(out["now"], "2026-11-23T12:00:00Z")
		l.want(out["fired"], []string{"2026-11-23T10:00:00Z", "2026-11-23T10:30:00Z"})
		l.want(k.seen, []string{"Mon 09:00", "Mon 10:00", "Mon 10:30", "Mon 12:00"})
		k.due = append([]time.Time{monday.Add(4 * time.Hour)}, k.due...)
		l.want(l.must("advance", object{"by": "1h"})["fired"], []string{"2026-11-23T13:00:00Z"}) // due at the target itself
		out = l.must("advance", object{"to": "2026-11-30T01:00:00+01:00"})
		l.want(out["now"], "2026-11-30T00:00:00Z")
		l.want(out["fired"], []string{"2026-11-27T13:00:00Z"})
		l.want(l.must("advance", object{"by": "0s"})["fired"], []string{})
	})
}

func TestAdvanceRefuses(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		for _, c := range []struct {
			in   object
			want string
		}{
			{object{"by": "-1h"}, "backwards"},
			{object{"to": "2026-11-23T08:59:59Z"}, "backwards"},
			{object{"by": "a while"}, "60h"},
			{object{"to": "Monday"}, "2026-11-30T00:00:00Z"},
			{object{}, "how far"},
			{object{"by": "1h", "to": "2026-11-30T00:00:00Z"}, "how far"},
			{object{"hours": 1}, "JSON"},
		} {
			status, out := l.post("advance", c.in)
			if status != 400 || !strings.Contains(out["error"].(string), c.want) {
				l.Errorf("%v: %d %v, want %q", c.in, status, out, c.want)
			}
		}
		l.want(l.slack.Now(), monday)
	})
}

// A clock that ran stands from the moment it is moved, however long the ticks take.
func TestAdvanceFromARunningClock(t *testing.T) {
	var s *Slack
	bubble(t, func(c *Config) {
		c.Start = time.Time{}
		c.Tick = func(_ context.Context, at time.Time) (time.Time, error) {
			time.Sleep(10 * time.Minute)
			if now := s.Now(); now != at {
				t.Errorf("in a tick at %s it is %s", at, now)
			}
			return at.Add(20 * time.Minute), nil
		}
	}, func(l *lab) {
		s = l.slack
		began := time.Now().UTC()
		out := l.must("advance", object{"by": "1h"})
		l.want([]any{out["now"], len(out["fired"].([]any))}, []any{began.Add(time.Hour), 3})
	})
}

// A tick that says again and again that something is due now ends in an error, not in a loop.
func TestAdvanceWithATickThatMakesNoProgress(t *testing.T) {
	calls := 0
	bubble(t, func(c *Config) {
		c.Tick = func(_ context.Context, at time.Time) (time.Time, error) { calls++; return at.Add(-time.Hour), nil }
	}, func(l *lab) {
		status, out := l.post("advance", object{"by": "1h"})
		if status != 500 || !strings.Contains(out["error"].(string), "no progress") || calls != maxSameTick {
			l.Errorf("%d %v after %d calls", status, out, calls)
		}
	})
}

func TestAdvanceReportsAFailingTick(t *testing.T) {
	bubble(t, func(c *Config) {
		c.Tick = func(_ context.Context, at time.Time) (time.Time, error) {
			if at.After(monday) {
				return time.Time{}, errors.New("disk full")
			}
			return at.Add(time.Minute), nil
		}
	}, func(l *lab) {
		status, out := l.post("advance", object{"by": "1h"})
		l.want([]any{status, out["error"]}, []any{500, "tick at 2026-11-23T09:01:00Z: disk full"})
		l.want(l.slack.Now(), monday.Add(time.Minute))
	})
}

func TestClockCall(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		status, out := l.post("clock", object{"real": true}) // a bubble begins in 2000
		if status != 400 || !strings.Contains(out["error"].(string), "backwards") {
			l.Error(status, out)
		}
		status, _ = l.post("clock", object{"real": false})
		l.want(status, 400)
	})
	bubble(t, func(c *Config) { c.Start = time.Time{} }, func(l *lab) {
		began := time.Now()
		l.want(l.must("advance", object{"by": "1h"})["now"], began.Add(time.Hour).UTC())
		time.Sleep(2 * time.Hour)
		l.want(l.slack.Now(), began.Add(time.Hour).UTC())
		l.must("clock", object{"real": true})
		l.want(l.slack.Now(), began.Add(2*time.Hour).UTC())
	})
}
