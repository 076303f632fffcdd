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

// waitsNames are what the managers of a team may be told about the digest of the week of a moment.
func waitsNames(t Team, at time.Time) []string {
	var names []string
	for _, m := range t.Managers {
		names = append(names, waitsName(digestName(t.ID, WeekOf(at)), m))
	}
	return names
}

// waits returns what each manager of a team is told about this week's digest while it waits for a person: once, however
// often it is held. Of names that the write did not ask for nothing is known, so those are left alone.
func waits(t Team, at time.Time, known map[string]Intent, asked map[string]bool) []Intent {
	digest := known[digestName(t.ID, WeekOf(at))]
	if digest.State != Held {
		return nil
	}
	var out []Intent
	for _, m := range t.Managers {
		name := waitsName(digest.Name, m)
		if _, told := known[name]; !told && asked[name] {
			out = append(out, Intent{Name: name, To: m, Team: t.ID, Due: at, Expires: digest.Expires, State: Pending, Next: at})
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
			need.Intents = append(need.Intents, waitsNames(t, at)...)
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
