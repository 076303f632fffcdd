package quota

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// PassOn has those managers told of a passed ceiling who took the place of somebody that a message of ToldKind is for: each
// manager of its team whom none of the messages about it is for, as far as there are names. The message itself stays as it
// is. A repeat passes on nothing more.
func (b *Book) PassOn(ctx context.Context, workspace string, at time.Time, i Intent) error {
	at = at.UTC().Truncate(time.Microsecond)
	about := strings.TrimPrefix(i.Name[:strings.LastIndexByte(i.Name, '/')], ToldKind+"/")
	names := managerNames(ToldKind, about)
	key := fmt.Sprintf("passon/%s/%d", i.Name, i.Op)
	_, err := b.store.Do(ctx, Write{Workspace: workspace, Key: key, At: at, Need: Need{Intents: names}, Decide: func(f Facts) (c Change, _ error) {
		t := slices.IndexFunc(f.Teams, func(t Team) bool { return t.ID == i.Team })
		if t < 0 {
			return c, nil
		}
		told := []string{i.Member}
		for _, name := range names {
			if known := f.Intents[name]; known.alive() {
				told = append(told, known.To)
			}
		}
		free := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return f.Intents[name].alive() })
		for _, m := range f.Teams[t].Managers {
			if len(free) == 0 || slices.Contains(told, m) {
				continue
			}
			c.Intents = append(c.Intents, Intent{Name: free[0], To: m, Team: i.Team, Member: i.Member, Op: i.Op, Due: at, Expires: at.Add(MessageLife), State: Pending, Next: at})
			free = free[1:]
		}
		return c, nil
	}})
	if err != nil {
		return fmt.Errorf("pass on: %w", err)
	}
	return nil
}
