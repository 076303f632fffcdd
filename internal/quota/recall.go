package quota

import (
	"context"
	"errors"
	"time"
)

// A Memory is what a member remembers of the time before the first log.
type Memory struct {
	ThisWeek int // sent this week before the day of the first log, 0 to MaxQuantity
	LastWeek int // sent in the week before, 0 to MaxQuantity
}

// Recalled is what came of a memory.
type Recalled struct {
	Standing  Standing
	Operation Operation // Op is 0 when nothing had been sent

	next uint64
}

// Asks reports what a member who has not told yet is to be asked: whether there was time this week before the
// day of the first log, and whether the week before still counts. It asks nothing once Told, or once
// neither week counts any more.
func (s Standing) Asks() (thisWeek, lastWeek bool) { return false, false }

// Recall records what was sent before the first log, spread evenly over the working days of that time, as Estimated. What
// was recalled before is taken back. The error is ErrNotOnTeam for somebody who has not logged yet.
func (b *Book) Recall(ctx context.Context, who Who, key string, at time.Time, m Memory) (Recalled, error) {
	return Recalled{}, errors.New("not built")
}
