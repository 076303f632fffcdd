package quota

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// waitsName names what a manager is told about a digest that waits for a person.
func waitsName(digest, manager string) string {
	return WaitsKind + strings.TrimPrefix(digest, DigestKind) + "/" + manager
}

// Waiting returns the name of the digest that an intent of WaitsKind is about.
func (i Intent) Waiting() string {
	about, _ := strings.CutSuffix(strings.TrimPrefix(i.Name, WaitsKind), "/"+i.To)
	return DigestKind + about
}

// waitsNames are what the managers of a team may be told about a digest.
func waitsNames(t Team, digest string) []string {
	var names []string
	for _, m := range t.Managers {
		names = append(names, waitsName(digest, m))
	}
	return names
}

// WaitsNoMore is the reason of a word about a digest that does not wait any more. It is taken away, and said anew
// when the digest waits again.
const WaitsNoMore = "it waits no more"

// waitsLooked is how long after a digest was released its managers' messages are looked at again: by then it stands
// there, or waits again.
const waitsLooked = 2 * time.Minute

// waits returns what each manager of a team is told about this week's digest while it waits for a person: one message,
// edited when it is held again. Of names that the write did not ask for nothing is known, so those are left alone.
func waits(t Team, at time.Time, known map[string]Intent, asked map[string]bool) []Intent {
	digest := known[digestName(t.ID, WeekOf(at))]
	if digest.State != Held {
		return nil
	}
	var out []Intent
	for _, m := range t.Managers {
		name := waitsName(digest.Name, m)
		switch was := known[name]; {
		case !asked[name]:
		case was.State == 0 || was.State == Cancelled && was.Reason == WaitsNoMore:
			out = append(out, Intent{Name: name, To: m, Team: t.ID, Due: at, Expires: digest.Expires, State: Pending, Next: at})
		case was.State == Posted && was.Settled.Before(digest.Settled):
			out = append(out, was.anew(at))
		}
	}
	return out
}

// released returns what was told of a digest by some names, to be looked at again now that somebody has released it.
func released(digest Intent, names []string, known map[string]Intent, at time.Time) []Intent {
	var out []Intent
	for _, name := range names {
		if i := known[name]; i.State == Posted {
			if i = i.anew(at); digest.State == Pending {
				i.Next = at.Add(waitsLooked)
			}
			out = append(out, i)
		}
	}
	return out
}

// Waits has the managers of a team told about this week's digest if it waits for a person and they were not told yet.
// Whoever settles a digest as Held calls it; where that fails, the next Schedule does the same.
func (b *Book) Waits(ctx context.Context, workspace, team string, at time.Time) error {
	at = at.UTC().Truncate(time.Microsecond)
	f, err := b.store.Read(ctx, workspace, Need{})
	if err != nil {
		return fmt.Errorf("waits: %w", err)
	}
	need, asked := Need{Intents: []string{digestName(team, WeekOf(at))}}, make(map[string]bool)
	for _, t := range f.Teams {
		if t.ID == team {
			need.Intents = append(need.Intents, waitsNames(t, need.Intents[0])...)
		}
	}
	for _, n := range need.Intents {
		asked[n] = true
	}
	_, err = b.store.Do(ctx, Write{Workspace: workspace, Key: "waits/" + team + "/" + at.Format(time.RFC3339Nano), At: at, Need: need, Decide: func(f Facts) (c Change, _ error) {
		for _, t := range f.Teams {
			if t.ID == team {
				c.Intents = waits(t, at, f.Intents, asked)
			}
		}
		return c, nil
	}})
	if err != nil {
		return fmt.Errorf("waits: %w", err)
	}
	return nil
}
