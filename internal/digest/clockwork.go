package digest

import (
	"context"
	"fmt"
	"time"
)

// A Sweeper forgets what has outlived its use. quota.Store is one.
type Sweeper interface {
	Sweep(ctx context.Context, at time.Time) error
}

// Clockwork does what time alone brings about.
type Clockwork struct {
	Keys Sweeper // operation keys outlive their use after quota.KeyLife
}

// Tick does everything that is due at a moment and returns when something is next due. It may be called at
// any moment, any number of times.
func (c Clockwork) Tick(ctx context.Context, at time.Time) (next time.Time, err error) {
	if err := c.Keys.Sweep(ctx, at); err != nil {
		return time.Time{}, fmt.Errorf("digest: %w", err)
	}
	return at.UTC().Truncate(24 * time.Hour).Add(24 * time.Hour), nil
}
