package look

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/paceline/paceline/internal/quota"
)

// obstacle says in a few words why a plan is smaller than was wanted: the first thing without which more would fit,
// or "" when there is none.
func obstacle(s quota.Standing, kind quota.Kind, p quota.Schedule) string {
	b := s.Budget(kind)
	without := func(change func(*quota.Standing)) bool {
		other := s
		change(&other)
		return other.Lay(kind, p.Wanted, p.By).Possible > p.Possible
	}
	if x, ok := restriction(b); ok && without(func(o *quota.Standing) { o.Member.Restriction = quota.Restriction{} }) {
		return "LinkedIn restricts you until " + Moment(x.Ends, s) + "."
	}
	if without(func(o *quota.Standing) { o.Member.Away = quota.Away{} }) {
		return "You are away " + leave(s.Member.Away, s.Today) + "."
	}
	if !works(s.Member, s.Today, p.By+1) {
		return "None of these days is a working day of yours."
	}
	gauges := slices.DeleteFunc(slices.Clone(b.Gauges), func(g quota.Gauge) bool {
		return g.Force == quota.Soft && g.Name != quota.PaceName
	})
	slices.SortStableFunc(gauges, func(a, b quota.Gauge) int { // a part first: it grows with the other
		return cmp.Compare(min(len(b.Part.Of), 1), min(len(a.Part.Of), 1))
	})
	for _, g := range gauges {
		if without(func(o *quota.Standing) { lift(o, g) }) {
			return inTheWay(s, g, p)
		}
	}
	all := func(o *quota.Standing) {
		for _, g := range gauges {
			lift(o, g)
		}
	}
	if _, bound := b.Binding(); bound && without(all) { // several limits that only together are in the way
		return inTheWay(s, tightest(b), p)
	}
	if n, ok := planPace(s, b); ok && full(s, kind, p, n) {
		return fmt.Sprintf("More would be past Paceline's daily pace of %d.", n)
	}
	return ""
}

// planPace is the most invites that a plan sends on one day: Paceline's own pace, where the guide has a faster one or
// none at all. ok is false for another kind, and where the team has turned the pace off.
func planPace(s quota.Standing, b quota.Budget) (n int, ok bool) {
	own, _ := quota.Presets()[0].Find(quota.PaceName)
	g, in := b.Find(quota.PaceName)
	switch {
	case !b.Kind.Counts(own.Kind) || !in && isOff(s, own):
		return 0, false
	case !in:
		return own.Max, true
	case g.By.At.IsZero():
		return min(g.Max, own.Max), true
	}
	return g.Max, true
}

// full reports whether a plan sends so many on each of its working days, with what was sent today.
func full(s quota.Standing, kind quota.Kind, p quota.Schedule, most int) bool {
	sent := map[quota.Day]int{s.Today: s.Journal.SentOn(quota.Invite, s.Today)}
	for _, x := range p.Portions {
		sent[x.Day] += x.Quantity
	}
	for d := s.Today; d <= p.By; d++ {
		if works(s.Member, d, d+1) && sent[d] < most {
			return false
		}
	}
	return kind.Counts(quota.Invite)
}

// inTheWay names a limit that more would pass.
func inTheWay(s quota.Standing, g quota.Gauge, p quota.Schedule) string {
	switch {
	case g.Name == quota.PaceName:
		n, _ := planPace(s, s.Budget(g.Kind))
		if n == 0 {
			return "Your team's daily pace is 0, and a plan keeps to it."
		}
		if p.Possible == 0 {
			return fmt.Sprintf("Today's pace of %d is used up.", n)
		}
		return fmt.Sprintf("More would be past the daily pace of %d.", n)
	case held(s, g) && g.By.Until.IsZero():
		return "Your invites are paused by your manager."
	case held(s, g):
		return "Your invites are paused by your manager until " + lastMoment(g.By.Until, s) + "."
	case none(g):
		return fmt.Sprintf("%s comes with no %s.", Upper(accountOf(s.Member.Account.Type)), many(g.Kind))
	case g.Force == quota.Loud && !believed(s, g) && !own(s, g):
		return fmt.Sprintf("More would be past the limit of %d %s your team set.", g.Max, Per(g.Limit))
	case g.Stage == quota.AfterRestriction: // its name tells the week
		return "More would be past " + theLimit(s, g, "your own") + "."
	}
	return fmt.Sprintf("More would be past %s %s.", theLimit(s, g, "your own"), Per(g.Limit))
}

// lift makes a limit as high as one can be.
func lift(s *quota.Standing, g quota.Gauge) {
	if own(*s, g) {
		s.Member.Own = quota.Number{}
	}
	rest := slices.DeleteFunc(slices.Clone(s.Terms.Numbers), func(n quota.Number) bool {
		return n.Limit == g.Name && presetOf(n.Preset) == s.Preset()
	})
	s.Terms.Numbers = append(rest, quota.Number{Preset: s.Terms.Preset, Limit: g.Name, Max: quota.MaxNumber, At: s.At})
}
