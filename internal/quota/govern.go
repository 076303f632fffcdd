package quota

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Order is one change of a team's rules.
type Order struct {
	Team   string // the team's ID
	Reason string // never empty, but for a preset
}

// Governed is what came of a change of rules.
type Governed struct {
	Team   Team // as it is now
	Member Member
	Deed   Deed // Seq is 0 when nothing had to be changed
}

// UnknownLimit says that the preset in force has no such limit.
type UnknownLimit struct {
	Limit  string
	Preset *Preset
}

func (e UnknownLimit) Error() string {
	return fmt.Sprintf("preset %s has no limit %s", e.Preset.Name, e.Limit)
}

// MaxNumber is the most that a limit may be set to: LinkedIn caps an account at 30,000 connections (Help a551012).
const MaxNumber = 30_000

var errNotBuilt = errors.New("not built")

// Choose makes a preset the team's. Numbers chosen under another one wait there. Errors are ErrNoSuchTeam.
func (b *Book) Choose(ctx context.Context, who Who, key string, at time.Time, o Order, preset string) (Governed, error) {
	return Governed{}, errNotBuilt
}

// SetNumber gives a limit of the preset in force a number of the team's own, 0 to MaxNumber, or Off. Errors are ErrNoSuchTeam and
// UnknownLimit.
func (b *Book) SetNumber(ctx context.Context, who Who, key string, at time.Time, o Order, limit string, n int) (Governed, error) {
	return Governed{}, errNotBuilt
}

// ClearNumber gives a limit the number back that it comes with.
func (b *Book) ClearNumber(ctx context.Context, who Who, key string, at time.Time, o Order, limit string) (Governed, error) {
	return Governed{}, errNotBuilt
}

// SetOwn gives a member a number of invites a week of their own, 0 to MaxNumber, until a moment or, with the zero time, for good.
// Errors are ErrNoSuchTeam and ErrNotOnTeam.
func (b *Book) SetOwn(ctx context.Context, who Who, key string, at time.Time, o Order, member string, n int, until time.Time) (Governed, error) {
	return Governed{}, errNotBuilt
}

// ClearOwn takes a member's own number back.
func (b *Book) ClearOwn(ctx context.Context, who Who, key string, at time.Time, o Order, member string) (Governed, error) {
	return Governed{}, errNotBuilt
}

// SetAccount says what LinkedIn account a member has. The member says so, or a manager with a reason.
func (b *Book) SetAccount(ctx context.Context, who Who, key string, at time.Time, o Order, member string, a Account) (Governed, error) {
	return Governed{}, errNotBuilt
}

// Deeds returns every change of rules in a workspace, in order.
func (b *Book) Deeds(ctx context.Context, workspace string) ([]Deed, error) {
	f, err := b.store.Read(ctx, workspace, Need{Deeds: true})
	if err != nil {
		return nil, fmt.Errorf("deeds: %w", err)
	}
	return f.Deeds, nil
}

// Closed returns how a member stood at the last instant of an earlier week: under the rules in force then, with
// all that has been recorded of it since.
func (b *Book) Closed(ctx context.Context, who Who, at time.Time, w Week) (Standing, error) {
	return Standing{}, errNotBuilt
}
