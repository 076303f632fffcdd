package quota

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Quiet keeps messages about a member's pace back until a moment; the zero time, or one that has passed, ends that.
// Ceilings and restrictions are told all the same. The error is ErrNotOnTeam.
func (b *Book) Quiet(ctx context.Context, who Who, key string, at, until time.Time) (Member, error) {
	return b.amend(ctx, who, key, at, func(m *Member) { m.Quiet.Until = until.UTC().Truncate(time.Microsecond) })
}

// Wishes say which messages a member wants unasked, and when.
type Wishes struct {
	Wants Wants

	// The quiet hours, as in Quiet: minutes after midnight in the member's zone, from the evening, 1 to 1440, to the
	// morning. At least shortestDay lies between. Both 0 stand for the default.
	From, To int
}

// shortestDay is the shortest time outside quiet hours, in minutes: long enough for what comes at the beginning and
// at the end of a day. Paceline's own number.
const shortestDay = 60

// Valid reports whether the hours of w leave a day.
func (w Wishes) Valid() bool {
	return w.From == 0 && w.To == 0 || w.To >= 0 && w.From <= 24*60 && w.From-w.To >= shortestDay
}

// WishesOf returns what a member wants now.
func WishesOf(m Member) Wishes { return Wishes{Wants: m.Wants, From: m.Quiet.From, To: m.Quiet.To} }

// Hours returns the working day of a member, in minutes after midnight: when messages that can wait begin and end.
func (m Member) Hours() (from, until int) { return m.hours() }

// tooQuiet is the reason of a message that the member's new hours leave no room for.
const tooQuiet = "it would come in quiet hours"

// Wish changes what a member wants to be told unasked. In the same change the next message of each kind is made, or
// moved to where the new hours have it; one that is not wanted any more ends when it is due, so that wishing for it
// again brings it back. Somebody who manages a team without being on one may wish for the overview, which gives
// them a row in the roster that is not on any team; nobody else gets it. The error is ErrNotOnTeam for everybody
// else who is on none.
func (b *Book) Wish(ctx context.Context, who Who, key string, at time.Time, w Wishes) (Member, error) {
	at = at.UTC().Truncate(time.Microsecond)
	m, err := b.wish(ctx, who, key, at, w)
	if err != nil {
		return Member{}, fmt.Errorf("wishes: %w", err)
	}
	return m, nil
}

var errHours = errors.New("quiet hours that leave no day")

func (b *Book) wish(ctx context.Context, who Who, key string, at time.Time, w Wishes) (m Member, err error) {
	if !w.Valid() {
		return Member{}, errHours
	}
	need := Need{Members: []Span{{Member: who.ID}}}
	f, err := b.store.Read(ctx, who.Workspace, need)
	if err != nil {
		return Member{}, err
	}
	after, err := wished(f, who, at, w)
	if err != nil {
		return Member{}, err
	}
	need.Intents = b.askedNames(f, after, at)
	done, err := b.store.Do(ctx, Write{Workspace: who.Workspace, Key: key, At: at, Need: need, Decide: func(f Facts) (Change, error) {
		if m, err = wished(f, who, at, w); err != nil {
			return Change{}, err
		}
		return Change{Members: []Member{m}, Intents: b.rescheduled(m, f, need.Intents, at)}, nil
	}})
	if err == nil && done.Repeat {
		_, m, err = b.Teams(ctx, who)
	}
	return m, err
}

// askedNames are the messages that a change of somebody's row may make, move or end.
func (b *Book) askedNames(f Facts, after Member, at time.Time) []string {
	var names []string
	for _, row := range []Member{f.Members[after.ID], after} {
		for _, i := range b.asked(row, f.Teams, at) {
			names = append(names, i.Name)
		}
	}
	return names
}

// wished returns the row of somebody who wishes.
func wished(f Facts, who Who, at time.Time, w Wishes) (Member, error) {
	m, known := f.Members[who.ID]
	if !known {
		m = Member{ID: who.ID, Workdays: DefaultWorkdays, Left: at}
	}
	leads := slices.ContainsFunc(f.Teams, func(t Team) bool { return t.Manages(who.ID) })
	if !m.Active() && !leads {
		return Member{}, ErrNotOnTeam
	}
	if !leads {
		w.Wants &^= WantsOverview
	}
	m, _ = refreshed(m, who)
	m.Wants, m.Quiet.From, m.Quiet.To = w.Wants, w.From, w.To
	return m, nil
}

// rescheduled returns the intents of some names that a member's new wishes make or change. Those that somebody has
// begun to say are left alone, and so are those that the new hours would have had earlier, where they are still timely.
func (b *Book) rescheduled(m Member, f Facts, names []string, at time.Time) []Intent {
	var out []Intent
	next := b.asked(m, f.Teams, at)
	for _, i := range next {
		if was, known := f.Intents[i.Name]; slices.Contains(names, i.Name) && (!known || was.gives(i)) {
			out = append(out, i)
		}
	}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(names))) {
		was := f.Intents[name]
		if !was.waits() || slices.ContainsFunc(next, func(i Intent) bool { return i.Name == name }) {
			continue
		}
		if slices.ContainsFunc(next, func(i Intent) bool {
			return i.Kind() == was.Kind() && i.Team == was.Team && !(i.Due.After(was.Due) && b.Timely(m, was))
		}) {
			was.State, was.Reason, was.Settled, was.Next = Cancelled, tooQuiet, at, time.Time{}
			out = append(out, was)
		}
	}
	return out
}

// Timely reports whether a message that m asked for is due at a time that m's hours, days and zone allow: a check-in in
// the last hour of a working day, others not before the morning, a cram on a working day.
func (b *Book) Timely(m Member, i Intent) bool {
	zone := b.Zone(m.Zone)
	from, until := m.hours()
	d := DayOf(i.Due, zone)
	begin, end := d.In(zone, from/60, from%60), d.In(zone, until/60, until%60)
	switch i.Kind() {
	case CheckInKind:
		return m.Workdays.Has(d.Weekday()) && !i.Due.Before(end.Add(-time.Hour)) && i.Due.Before(end)
	case CramKind:
		return m.Workdays.Has(d.Weekday()) && !m.worksLater(d) && !i.Due.Before(begin)
	}
	return !i.Due.Before(begin)
}

// gives reports whether i gives way to next, which has its name: it is due at another time and was never sent, or
// ended because the hours left no room for it.
func (i Intent) gives(next Intent) bool {
	return i.waits() && !i.Due.Equal(next.Due) || i.State == Cancelled && i.Tries == 0 && i.Reason == tooQuiet
}

// unsaid reports whether i is still to be said and cannot stand anywhere. Whoever has claimed it gets past the fence with
// its Token alone, so it may be written anew.
func (i Intent) unsaid() bool {
	return i.State != 0 && !i.State.Final() && i.Tries == 0 && i.At == Place{}
}

// waits reports whether nobody has begun to say i.
func (i Intent) waits() bool { return i.State == Pending && i.Content == nil && i.Tries == 0 }
