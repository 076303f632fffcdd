package look

import (
	"fmt"

	"github.com/paceline/paceline/internal/quota"
)

const noneBlocked = "Nothing is blocked."

// room says what is left, from which limit, in one or two sentences. The first "<number> left" in it is the
// honest number.
func room(s quota.Standing, b quota.Budget) []string {
	g, ok := b.Binding()
	if !ok {
		week := quota.WeekOf(s.At)
		return []string{fmt.Sprintf("No limit on %s is set here; %d this week.", many(b.Kind), s.Journal.Sent(b.Kind, week.Start(), week.End()))}
	}
	if c, past := pastCeiling(b); past {
		out := []string{"0 left: " + passed(c) + "."}
		if o, ok := s.NextOpening(b); ok {
			out = append(out, "Best to stop until "+yours(o.At, s)+".")
		}
		return out
	}
	of := fmt.Sprintf("%d of a %s of %s", g.Used, g.Name, about(g))
	switch {
	case g.Over() > 0:
		out := fmt.Sprintf("0 left: %d %s, %d over the team %s of %s", g.Used, window(g.Limit), g.Over(), g.Name, about(g))
		switch c, ok := tightestCeiling(b); {
		case ok && c.Room() == 0:
			out += ", at the ceiling of " + about(c)
		case ok:
			out += fmt.Sprintf(", %d under the ceiling of %s", c.Room(), about(c))
		}
		return []string{out + ".", noneBlocked}
	case g.Window.Kind != quota.CalendarWeek:
		out := fmt.Sprintf("%d left now, %d this week (%s: %d of %s).", b.Left, b.Week, span(g.Limit), g.Used, about(g))
		if o, ok := s.NextOpening(b); ok && b.Left == 0 {
			return []string{out, opening(o, s)}
		}
		return []string{out}
	case b.Left == 0:
		return []string{fmt.Sprintf("0 left this week (%s).", of), "New week: " + NewWeek(s) + "."}
	}
	return []string{fmt.Sprintf("%d left this week (%s).", b.Left, of)}
}

func opening(o quota.Opening, s quota.Standing) string {
	verb := "open"
	if o.More == 1 {
		verb = "opens"
	}
	return fmt.Sprintf("%d more %s up %s.", o.More, verb, Moment(o.At, s))
}

// pastCeiling returns the ceiling that is passed by most, if one is.
func pastCeiling(b quota.Budget) (most quota.Gauge, ok bool) {
	for _, g := range b.Gauges {
		if g.Force == quota.Loud && g.Over() > most.Over() {
			most, ok = g, true
		}
	}
	return most, ok
}

// passed tells by how much a ceiling is passed.
func passed(c quota.Gauge) string {
	return fmt.Sprintf("%d %s, %d past the ceiling of %s", c.Used, window(c.Limit), c.Over(), about(c))
}

func tightestCeiling(b quota.Budget) (t quota.Gauge, ok bool) {
	for _, g := range b.Gauges {
		if g.Force == quota.Loud && (!ok || g.Room() < t.Room()) {
			t, ok = g, true
		}
	}
	return t, ok
}

// span names the time over which a limit counts: "this week", "today", "last 7 days".
func span(l *quota.Limit) string {
	switch l.Window.Kind {
	case quota.CalendarWeek:
		return "this week"
	case quota.CalendarDay:
		return "today"
	}
	return lastDays(l.Window.Length)
}

// window is span as it stands in a sentence.
func window(l *quota.Limit) string {
	if l.Window.Kind == quota.Rolling {
		return "in the " + span(l)
	}
	return span(l)
}

// about says the number of a limit: nobody knows LinkedIn's, so the ceiling is "about 100".
func about(l quota.Gauge) string {
	if l.Force == quota.Loud {
		return fmt.Sprintf("about %d", l.Max)
	}
	return fmt.Sprint(l.Max)
}
