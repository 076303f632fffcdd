package quota

import (
	"context"
	"errors"
	"time"
)

// MaxRestriction is how far ahead a restriction may reach. LinkedIn's last up to a month (Help a551012); more
// is a slip of the finger, but for accounts that are closed for good.
const MaxRestriction = 366 * day

// Confined is what came of reporting a restriction, or its end.
type Confined struct {
	Standing  Standing // right after it; measures invites
	Operation Operation
	Joined    bool
	Made      bool
	LastWeek  int // invites sent in the 7 days before the report: what led to it

	next uint64
}

// ErrNotRestricted says that there is no restriction to lift.
var ErrNotRestricted = errors.New("not restricted")

// Restrict records that LinkedIn restricted the member's account, until a moment after at and at most MaxRestriction after
// it. A restriction that is reported again while it lasts keeps its beginning.
// A repeated key records nothing and returns what the first one returned.
func (b *Book) Restrict(ctx context.Context, who Who, key string, at, until time.Time) (Confined, error) {
	return Confined{}, errors.New("not built")
}

// Lift records that the restriction has ended. The error is ErrNotRestricted when none lasts.
func (b *Book) Lift(ctx context.Context, who Who, key string, at time.Time) (Confined, error) {
	return Confined{}, errors.New("not built")
}
