package look

import (
	"fmt"

	"github.com/paceline/paceline/internal/quota"
)

// Closed tells how a week closed: what was sent, against the number it closed under. s is the member at its last
// instant; now is the week that is current.
func Closed(s quota.Standing, now quota.Week) Message { return closedWeek(s, now, "your") }

// closedWeek is Closed for the member or, with "their" limits, for somebody else.
func closedWeek(s quota.Standing, now quota.Week, whose string) Message {
	w := quota.WeekOf(s.At)
	first, last := w.Start(), w.End().Add(-1)
	days := first.Format("Mon 2 Jan") + " to " + last.Format("Mon 2 Jan")
	if first.Month() == last.Month() {
		days = first.Format("Mon 2") + " to " + last.Format("Mon 2 Jan")
	}
	if first.Year() != now.Start().Year() {
		days += last.Format(" 2006")
	}
	name := "The week of " + days
	if w == now-1 {
		name = "Last week, " + days
	}
	b := s.Budget(quota.Invite)
	return Sentences([]string{fmt.Sprintf("%s: %s.", name, closed(s, b, w, whose))})
}

// closed says what was sent in a week, and by how much that passed what.
func closed(s quota.Standing, b quota.Budget, w quota.Week, whose string) string {
	n := s.Journal.Sent(quota.Invite, w.Start(), w.End())
	out := fmt.Sprintf("%d sent", n)
	g, ok := lowest(b)
	switch {
	case n == 0:
		return "nothing logged"
	case !ok:
		return out + ", under no fixed limit"
	case g.Over() > 0:
		out += fmt.Sprintf(", %d over %s it closed under", g.Over(), theNumber(s, g, whose))
	case g.Force == quota.Loud:
		return out + ", under " + theNumber(s, g, whose)
	default:
		return out + ", within " + theNumber(s, g, whose)
	}
	if c, ok := pastCeiling(b); ok && c.Name != g.Name && c.Window.Kind == quota.CalendarWeek {
		out += fmt.Sprintf(" and %d past %s", c.Over(), theLimit(s, c, whose))
	}
	return out
}

// lowest returns the smallest limit that binds the week.
func lowest(b quota.Budget) (t quota.Gauge, ok bool) {
	for _, g := range b.Gauges {
		if g.Force != quota.Soft && g.Window.Kind == quota.CalendarWeek && (!ok || g.Max < t.Max) {
			t, ok = g, true
		}
	}
	return t, ok
}

// theNumber names the number that a week closed under.
func theNumber(s quota.Standing, g quota.Gauge, whose string) string {
	switch {
	case own(s, g):
		return fmt.Sprintf("%s own limit of %d", whose, g.Max)
	case g.Force == quota.Loud:
		return theLimit(s, g, whose)
	case g.Stage == quota.WhileNew:
		return fmt.Sprintf("the %d of a new account", g.Max)
	case g.Stage == quota.AfterRestriction:
		return fmt.Sprintf("the %d a week after a restriction", g.Max)
	}
	return fmt.Sprintf("the budget of %d", g.Max)
}
