package quota

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Closed returns how a member stood at the last instant of a week that is over at a moment: under the rules in
// force then, with all that has been recorded of it since. It measures invites.
func (b *Book) Closed(ctx context.Context, who Who, w Week) (Standing, error) {
	last := w.End().Add(-time.Microsecond)
	from := earlier(far(Invite, last), last.Add(-MaxRestriction-Recovery)) // what restricts the week may be long past
	f, err := b.store.Read(ctx, who.Workspace, Need{Members: []Span{{Member: who.ID, From: from}}, Deeds: true})
	if err != nil {
		return Standing{}, fmt.Errorf("closed week: %w", err)
	}
	s := b.standing(f, who, last, f.Next, from)
	s.close(f.Deeds)
	return s, nil
}

// close puts in s the rules that held at s.At, and takes out what came later.
func (s *Standing) close(deeds []Deed) {
	s.Journal = slices.DeleteFunc(slices.Clone(s.Journal), func(e Entry) bool { return e.At.After(s.At) })
	s.Rules = rulesAt(deeds, s.Member.Team, s.Member, s.At) // also of somebody who has left
	s.Member.Restriction = latest(s.Journal.spells(0)).Restriction
	s.Team.Terms = s.Terms
}
