package main

import (
	"context"
	"time"

	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/store"
)

// A poking store asks for a tick whenever a write has brought about a message that is due: a member who bursts hears
// it at once, not with the next beat. Nothing depends on it.
type poking struct {
	store.Engine
	poke chan struct{} // holds one
}

func newPoking(e store.Engine) poking { return poking{Engine: e, poke: make(chan struct{}, 1)} }

// Do is described at quota.Store.
func (p poking) Do(ctx context.Context, w quota.Write) (quota.Done, error) {
	due := false
	decide := w.Decide
	w.Decide = func(f quota.Facts) (quota.Change, error) {
		c, err := decide(f)
		due = brings(c, w.At)
		return c, err
	}
	done, err := p.Engine.Do(ctx, w)
	if err == nil && due && !done.Repeat {
		select {
		case p.poke <- struct{}{}:
		default: // somebody has asked already
		}
	}
	return done, err
}

// brings reports whether a change brings about a message that is due at a moment.
func brings(c quota.Change, at time.Time) bool {
	for _, i := range c.Intents {
		if !i.State.Final() && !i.Next.After(at) {
			return true
		}
	}
	return false
}
