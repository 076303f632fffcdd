package quota

import (
	"context"
	"fmt"
	"time"
)

// Check-ins that find nothing pause until something is logged: the second in a row says so, and is the last. Paceline's
// own numbers; further back nobody looks.
const (
	EmptyCheckIns = 2
	checkInsBack  = 60 // days
)

// CheckedIn returns how many check-ins a member got before the day of a moment and since the latest day on which, or for
// which, something was logged.
func (b *Book) CheckedIn(ctx context.Context, who Who, at time.Time) (int, error) {
	need := Need{Members: []Span{{Member: who.ID, From: at.Add(-checkInsBack * day)}}}
	name := func(d Day) string { return CheckInKind + "/" + who.ID + "/" + d.String() }
	today := DayOf(at.Add(day), time.UTC) // or tomorrow, wherever the member lives
	for d := today - checkInsBack; d <= today; d++ {
		need.Intents = append(need.Intents, name(d))
	}
	f, err := b.store.Read(ctx, who.Workspace, need)
	if err != nil {
		return 0, fmt.Errorf("check-ins: %w", err)
	}
	s := b.standing(f, who, at, f.Next, need.Members[0].From)
	since := today - checkInsBack - 1
	undone := s.Journal.undone()
	for _, e := range s.Journal {
		if e.Act == Sent && !undone[e.Op] {
			since = max(since, e.Day, DayOf(e.Recorded, s.Zone))
		}
	}
	n := 0
	for d := since + 1; d < s.Today; d++ {
		if f.Intents[name(d)].State == Posted {
			n++
		}
	}
	return n, nil
}
