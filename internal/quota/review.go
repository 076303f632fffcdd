package quota

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Review is how a team's week went and what the next one brings, as recorded before a moment.
type Review struct {
	Team    Team
	Week    Week // the one that is over
	At      time.Time
	Members []Reviewed // those on the team, by name
	Sent    int        // invites in Week
	Before  int        // and in the week before
	Days    [14]int    // invites by UTC day: the week before, then Week
	Share   Acceptance // of the members who record what was accepted, together
	Records int        // how many of the members do
}

// reviewReach is how far back a review looks: acceptance covers invites sent 7 to 37 days before, and two
// weeks are drawn.
const reviewReach = 44 * day

// A Reviewed is one member in a Review.
type Reviewed struct {
	Standing     // at Review.At, in the new week
	Last     int // invites in the week that is over
	Was, Now int // the number of invites a week under the rules then, and now; a restriction, which is private, left out
}

// Review looks back on the week before the one that holds at, counting only what was recorded before at. It
// says the same however often and however late it is asked, but for the rows of the roster: who is on the team, names,
// zones and leave are those of now. The error is ErrNoSuchTeam.
func (b *Book) Review(ctx context.Context, workspace, team string, at time.Time) (Review, error) {
	from := at.Add(-reviewReach)
	f, err := b.store.Read(ctx, workspace, Need{Roster: true, Everyone: from, Deeds: true})
	if err != nil {
		return Review{}, fmt.Errorf("review: %w", err)
	}
	if long := reported(f.Members, at); len(long) > 0 { // a restriction may be older than what is counted
		if f, err = b.store.Read(ctx, workspace, Need{Roster: true, Everyone: from, Deeds: true, Members: long}); err != nil {
			return Review{}, fmt.Errorf("review: %w", err)
		}
	}
	out := Review{Week: WeekOf(at) - 1, At: at}
	i := slices.IndexFunc(f.Teams, func(t Team) bool { return t.ID == team })
	if i < 0 {
		return Review{}, fmt.Errorf("review: %w", ErrNoSuchTeam)
	}
	out.Team = f.Teams[i]
	out.Team.Terms = rulesAt(f.Deeds, team, Member{}, at).Terms
	for _, m := range f.Members {
		if m.Team != team || !m.Joined.Before(at) || !m.Active() && !m.Left.After(at) {
			continue
		}
		r := Reviewed{Standing: b.standing(f, Who{Workspace: workspace, ID: m.ID}, at, f.Next, from)}
		r.Journal = slices.DeleteFunc(slices.Clone(r.Journal), func(e Entry) bool { return !e.Recorded.Before(at) })
		r.Rules = rulesAt(f.Deeds, team, r.Member, at)
		r.Member.Restriction = latest(r.Journal.spells(0)).Restriction
		r.Last = r.Journal.Sent(Invite, out.Week.Start(), out.Week.End())
		last, free := out.Week.End().Add(-time.Microsecond), r.Member
		free.Restriction = Restriction{}
		r.Was, r.Now = rulesAt(f.Deeds, team, free, last).inWeek(last), rulesAt(f.Deeds, team, free, at).inWeek(at)
		out.Members = append(out.Members, r)
		out.add(r)
	}
	slices.SortFunc(out.Members, func(a, b Reviewed) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Member.Name), strings.ToLower(b.Member.Name)), strings.Compare(a.Member.ID, b.Member.ID))
	})
	return out, nil
}

// reported asks for as much of the journals of those who ever reported a restriction as tells of it.
func reported(members map[string]Member, at time.Time) []Span {
	var out []Span
	for id, m := range members {
		if !m.Restriction.From.IsZero() {
			out = append(out, Span{Member: id, From: at.Add(-2 * MaxRestriction)})
		}
	}
	return out
}

// add counts a member's invites in.
func (r *Review) add(m Reviewed) {
	first := (r.Week - 1).Start()
	for i := range r.Days {
		d := first.Add(time.Duration(i) * day)
		r.Days[i] += m.Journal.Sent(Invite, d, d.Add(day))
	}
	r.Sent += m.Last
	r.Before += m.Journal.Sent(Invite, first, r.Week.Start())
	if a := m.Journal.Acceptance(r.At); a.Recorded {
		r.Records++
		r.Share.Recorded = true
		r.Share.Accepted += a.Accepted
		r.Share.Of += a.Of
	}
}

// inWeek is the smallest number that binds invites over the week at a moment, or Weekly if none does.
func (r Rules) inWeek(at time.Time) int {
	n := r.Weekly(at)
	limits := r.Preset().Limits
	for i := range limits {
		l := &limits[i]
		if l.Kind != Invite || l.Window.Kind != CalendarWeek || l.Force == Soft {
			continue
		}
		if most, _, ok := r.number(l, at); ok {
			n = min(n, most)
		}
	}
	return n
}

// An Overview is how everybody on a team stands at one moment.
type Overview struct {
	Team    Team
	At      time.Time
	Members []Standing // by name. In a workspace of more than MostPending they have no open invites in their budgets.
}

// MostPending is how many members a workspace may have, those who left among them, for an overview to count open invites
// too, which means reading half a year of every one of them, whatever their team. Paceline's own number.
const MostPending = 200

// Overview tells how everybody on a team stands. The error is ErrNoSuchTeam.
func (b *Book) Overview(ctx context.Context, workspace, team string, at time.Time) (Overview, error) {
	_, members, err := b.Roster(ctx, workspace)
	if err != nil {
		return Overview{}, err
	}
	from := at.Add(-reviewReach)
	if len(members) <= MostPending {
		from = earlier(from, at.Add(-PendingLife))
	}
	f, err := b.store.Read(ctx, workspace, Need{Roster: true, Everyone: from})
	if err != nil {
		return Overview{}, fmt.Errorf("overview: %w", err)
	}
	i := slices.IndexFunc(f.Teams, func(t Team) bool { return t.ID == team })
	if i < 0 {
		return Overview{}, fmt.Errorf("overview: %w", ErrNoSuchTeam)
	}
	out := Overview{Team: f.Teams[i], At: at}
	for id, m := range f.Members {
		if m.Team == team && m.Active() {
			out.Members = append(out.Members, b.standing(f, Who{Workspace: workspace, ID: id}, at, f.Next, from))
		}
	}
	slices.SortFunc(out.Members, func(a, b Standing) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Member.Name), strings.ToLower(b.Member.Name)), strings.Compare(a.Member.ID, b.Member.ID))
	})
	return out, nil
}
