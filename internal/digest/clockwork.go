package digest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

const (
	// lease is how long a claimed intent is left to whoever claimed it. One takes at most three calls of 12 s.
	lease = 2 * time.Minute

	// handful is how many intents are claimed, and then said side by side.
	handful = 8

	// rounds is how many handfuls one Tick takes. Its moment stands still while it works, so it must be over
	// long before a lease is; whoever calls it again brings a fresh moment.
	rounds = 8
)

// A Sweeper forgets what has outlived its use. quota.Store is one.
type Sweeper interface {
	Sweep(ctx context.Context, at time.Time) error
}

// A Queue keeps what is to be said. quota.Store is one, and describes the methods.
type Queue interface {
	Claim(ctx context.Context, at, lease time.Time, most int) ([]quota.Claimed, error)
	Settle(ctx context.Context, workspace string, i quota.Intent, hushes ...quota.Hush) error
	Hushed(ctx context.Context, workspace, to string) (until time.Time, err error)
	NextDue(ctx context.Context) (at time.Time, ok bool, err error)
}

// A Wire leads to Slack. Nothing it does is tried twice by itself. Of its errors, one that wraps quota.Refusal
// or quota.Busy says that nothing was done; after any other one nobody knows. Blocks are a JSON array, or nil.
// Its methods may be called concurrently.
type Wire interface {
	// Post says something to a channel or a person, with a name that Find finds.
	Post(ctx context.Context, workspace, to, name, text string, blocks []byte) (quota.Place, error)

	// Edit puts text and blocks in the place of what stands there. Twice is as good as once.
	Edit(ctx context.Context, workspace string, at quota.Place, text string, blocks []byte) error

	// Delete takes a message away.
	Delete(ctx context.Context, workspace string, at quota.Place) error

	// Find looks for the message that was posted in a channel under a name, at since or later. False means that
	// it is not there; without the right to look there is a quota.Refusal.
	Find(ctx context.Context, workspace, channel, name string, since time.Time) (at quota.Place, found bool, err error)
}

// Clockwork does what time alone brings about. Its methods may be called concurrently, also by other
// processes on the same store.
type Clockwork struct {
	Keys  Sweeper // operation keys outlive their use after quota.KeyLife
	Queue Queue   // nil: nothing is said
	Wire  Wire
	Kinds map[string]Kind // by what stands before the first slash of an intent's name
	Log   *slog.Logger    // nil: silent

	// Now is asked for one thing only: from when on a rest counts that begins with an answer, since a Tick takes its
	// time and its moment stands still. nil: from that moment.
	Now func() time.Time
}

// Tick does what is due at a moment and returns when something is next due: at itself or earlier when more is
// due than one call takes on. It may be called at any moment, any number of times, early, late, and from
// several places at once; everything it writes and compares is as of at, but for the rests that [Clockwork.Now] is there for. When ctx ends it takes nothing more
// up and finishes what it is at, so that a stop leaves no doubt behind. After an error, which leaves nothing
// undone that was not troubled by it, next is of no use: call it again in a while.
func (c Clockwork) Tick(ctx context.Context, at time.Time) (next time.Time, err error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	next = at.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
	if c.Queue != nil {
		due, ok, sayErr := c.sayAll(ctx, at)
		if ok && due.Before(next) {
			next = due
		}
		err = sayErr
	}
	if err = errors.Join(err, c.Keys.Sweep(ctx, at)); err != nil {
		return time.Time{}, fmt.Errorf("digest: %w", err)
	}
	return next, nil
}

// sayAll takes up what can be claimed at a moment, and returns when something can be next, if ever.
func (c Clockwork) sayAll(ctx context.Context, at time.Time) (next time.Time, ok bool, err error) {
	for range rounds {
		if err := ctx.Err(); err != nil {
			return time.Time{}, false, err
		}
		claimed, err := c.Queue.Claim(ctx, at, at.Add(lease), handful)
		if err != nil {
			return time.Time{}, false, err
		}
		if len(claimed) == 0 {
			break
		}
		troubles := make([]error, len(claimed))
		var all sync.WaitGroup
		for n, one := range claimed {
			all.Go(func() { troubles[n] = c.take(context.WithoutCancel(ctx), at, one) })
		}
		all.Wait()
		if err := errors.Join(troubles...); err != nil {
			return time.Time{}, false, err // their leases run out
		}
	}
	return c.Queue.NextDue(ctx)
}
