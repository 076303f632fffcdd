package sandbox

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

var errBackwards = errors.New("time does not run backwards")

// A clock is the time in the workspace: it runs with real time, or stands where it was put.
type clock struct {
	mu   sync.Mutex
	runs bool
	at   time.Time // where it stands
	last int64     // the last message time handed out, in microseconds
	told func()    // is called after the clock moved, stopped or ran; nil: nobody is told
}

func (c *clock) tell() {
	if c.told != nil {
		c.told()
	}
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.read()
}

func (c *clock) read() time.Time {
	if c.runs {
		return time.Now().UTC()
	}
	return c.at
}

// moveTo stops the clock at t. It never moves back.
func (c *clock) moveTo(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.read(); t.Before(now) {
		return fmt.Errorf("%w: it is already %s", errBackwards, now.Format(time.RFC3339))
	}
	c.runs, c.at = false, t.UTC()
	c.tell()
	return nil
}

// stop lets the clock stand where it is, and says where.
func (c *clock) stop() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs, c.at = false, c.read()
	c.tell()
	return c.at
}

// run lets the clock go with real time again, unless it stands in the future.
func (c *clock) run() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.runs {
		return nil
	}
	if real := time.Now(); real.Before(c.at) {
		return fmt.Errorf("%w: the clock stands at %s and real time is only at %s; wait until then, or reset the sandbox",
			errBackwards, c.at.Format(time.RFC3339), real.UTC().Format(time.RFC3339))
	}
	c.runs = true
	c.tell()
	return nil
}

// begin puts the clock where it stood at the start, or lets it run if it ran then. This is the one way back.
func (c *clock) begin(start time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.runs, c.at, c.last = start.IsZero(), start.UTC(), 0
	c.tell()
}

// stamp returns a message's time as Slack writes it: seconds, a point and six digits, unique and increasing.
func (c *clock) stamp() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = max(c.read().UnixMicro(), c.last+100)
	return fmt.Sprintf("%d.%06d", c.last/1e6, c.last%1e6)
}

// maxSameTick bounds how often a tick may say that something is still due at the very moment it was called
// for. More than that is a tick that makes no progress.
const maxSameTick = 20

// advance moves the clock to the target that goal names, stopping at every due time on the way to do what is due then, and
// returns those times. It ticks first where the clock stands and last at the target. What was done before an
// error stays done, and the clock stands where the error happened.
func (s *Slack) advance(ctx context.Context, goal func(now time.Time) time.Time) ([]time.Time, error) {
	select {
	case s.moving <- struct{}{}:
		defer func() { <-s.moving }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	fired := []time.Time{}
	at := s.clock.now()
	target := goal(at)
	if target.Before(at) {
		return fired, fmt.Errorf("%w: it is already %s", errBackwards, at.Format(time.RFC3339))
	}
	if at = s.clock.stop(); target.Before(at) {
		target = at // it was running and has run on
	}
	for same := 0; ; {
		next, err := s.tick(ctx, at)
		if err != nil {
			return fired, fmt.Errorf("tick at %s: %w", at.Format(time.RFC3339), err)
		}
		switch {
		case next.IsZero() || next.After(target):
			if !at.Before(target) {
				return fired, nil
			}
			next = target
		case next.After(at):
			fired = append(fired, next.UTC())
			same = 0
		default:
			if same++; same == maxSameTick {
				return fired, fmt.Errorf("tick at %s says again and again that %s is still due; it makes no progress",
					at.Format(time.RFC3339), next.UTC().Format(time.RFC3339))
			}
			continue
		}
		at = next.UTC()
		if err := s.clock.moveTo(at); err != nil {
			return fired, err
		}
	}
}

func (s *Slack) tick(ctx context.Context, at time.Time) (time.Time, error) {
	if err := ctx.Err(); err != nil {
		return time.Time{}, err
	}
	if s.cfg.Tick == nil {
		return time.Time{}, nil
	}
	return s.cfg.Tick(ctx, at)
}
