package quota

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// changesReach is over how many weeks without a digest changes are kept for the next one. Paceline's own number.
const changesReach = 5

// Changes returns the changes of a team's rules that a digest due at a moment tells: those since the last digest was due
// that was said or is on its way, else those of the last seven days, in order. So none is told twice, and none is lost
// to a digest that was not said.
func (b *Book) Changes(ctx context.Context, workspace, team string, due time.Time) ([]Deed, error) {
	need := Need{Deeds: true}
	for n := range changesReach {
		need.Intents = append(need.Intents, digestName(team, WeekOf(due)-Week(n)))
	}
	f, err := b.store.Read(ctx, workspace, need)
	if err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	from := due.Add(-week)
	for _, name := range need.Intents {
		i, known := f.Intents[name]
		if !known || !i.Due.Before(due) {
			continue
		}
		if from = i.Due; i.alive() {
			break
		}
		from = i.Due.Add(-week)
	}
	return slices.DeleteFunc(slices.Clone(f.Deeds), func(d Deed) bool {
		return d.Team != team || d.At.Before(from) || !d.At.Before(due)
	}), nil
}
