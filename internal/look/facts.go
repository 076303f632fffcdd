package look

import (
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// A note is a line of a card in its two forms: people who have no name here are mentioned where it is seen, and
// called by what they are where it is read aloud.
type note struct{ plain, marked string }

func plainly(line string) note { return note{line, line} }

// facts tells every limit's figure: "Today 15 of a pace of 20. This week 30 of 75. Last 7 days 75 of about 100."
func facts(s quota.Standing, b quota.Budget) string {
	out := ""
	for i, f := range factList(s, b) {
		if i > 0 {
			out += " "
		}
		out += f.name + " " + f.figure + "."
	}
	return out
}

func factFields(s quota.Standing, b quota.Budget) []*slack.TextBlockObject {
	var out []*slack.TextBlockObject
	for _, f := range factList(s, b) {
		out = append(out, markup("*"+f.name+"*\n"+f.figure, 2000))
	}
	return out
}

type fact struct{ name, figure string }

// factList picks the tightest limit of each window: the day, the week, 24 hours and 7 days, the month. What counts
// within hours is the pace's, and no fact of the week.
func factList(s quota.Standing, b quota.Budget) []fact {
	const hour, day = time.Hour, 24 * time.Hour
	windows := []quota.Window{
		{Kind: quota.CalendarDay}, {Kind: quota.Rolling, Length: day}, {Kind: quota.CalendarWeek}, {Kind: quota.Rolling, Length: 7 * day}, {Kind: quota.CalendarMonth},
	}
	var out []fact
	for _, w := range windows {
		var tight *quota.Gauge
		for i := range b.Gauges {
			g := &b.Gauges[i]
			if g.Kind == b.Kind && g.Window.Kind == w.Kind && (w.Kind != quota.Rolling || g.Window.Length.Truncate(hour) == w.Length) && (tight == nil || g.Room() < tight.Room()) {
				tight = g
			}
		}
		switch _, bound := b.Binding(); {
		case tight != nil:
			out = append(out, fact{Upper(span(tight.Limit)), used(s, *tight)})
		case w.Kind == quota.CalendarWeek && bound:
			week := quota.WeekOf(s.At)
			out = append(out, fact{"This week", fmt.Sprintf("%d sent", s.Journal.Sent(b.Kind, week.Start(), week.End()))})
		}
	}
	return out
}

func used(s quota.Standing, g quota.Gauge) string {
	switch {
	case g.Force == quota.Soft && g.Window.Kind == quota.CalendarDay && g.Part.Of != "":
		return fmt.Sprintf("%d sent", g.Used)
	case g.Force == quota.Soft && g.Window.Kind == quota.CalendarDay:
		return fmt.Sprintf("%d of a pace of %d", g.Used, g.Max)
	case g.Basis == quota.ByAccepted:
		return fmt.Sprintf("%d of %d accepted", g.Used, g.Max)
	}
	return fmt.Sprintf("%d of %s", g.Used, about(s, g))
}

// personal are the lines about what holds for this member alone: the days after a restriction, the ramp of a new
// account, a limit of one's own, too many open invites, since when is counted, a leave.
func personal(s quota.Standing, b quota.Budget) []note {
	var out []note
	add := func(format string, args ...any) { out = append(out, plainly(fmt.Sprintf(format, args...))) }
	_, restricted := restriction(b)
	if n, until, ok := recovery(s, s.At); ok && !restricted {
		g, _ := b.Find(quota.RecoveryName)
		if until.IsZero() {
			add("After the restriction: %d a week.", n)
		} else {
			add("After the restriction: %d a week, %s, until %s.", n, half(s, g), lastDay(until, s))
		}
	}
	if g, ok := b.Find(quota.RampName); ok {
		add("New account: %s.", ramp(s, g))
	}
	if g, ok := b.Find(quota.BudgetName); ok && own(s, g) {
		out = append(out, ownLimit(s, g.By))
	}
	for _, w := range warnings(s, b) {
		add("%s", w)
	}
	if g, ok := b.Find(quota.PendingName); ok {
		if p := pending(s, g); p != "" {
			add("%s", p)
		}
	}
	if thisWeek, lastWeek := s.Asks(); s.Member.Told.IsZero() && (thisWeek || lastWeek) {
		add("Counted since %s.", Moment(s.Member.Joined, s))
	}
	switch away := s.Member.Away; {
	case away.Has(s.Today):
		add("Away until %s.", Date(away.Until, s.Today))
	case away.From > s.Today && away.From == away.Until:
		add("Away on %s.", Date(away.From, s.Today))
	case away.From > s.Today:
		add("Away from %s to %s.", Date(away.From, s.Today), Date(away.Until, s.Today))
	}
	return out
}

// ramp tells the steps still to come: "25 a week, 40 from Mon 30 Nov, then 55 from Mon 7 Dec".
func ramp(s quota.Standing, g quota.Gauge) string {
	out := fmt.Sprintf("%d a week", g.Max)
	if !g.By.At.IsZero() {
		return out
	}
	last := g.Max
	for _, next := range s.Steps() {
		if n := stepMax(s, next); next.At.After(s.At) && n != last {
			out += fmt.Sprintf(", %d from %s", n, Date(quota.DayOf(next.At, s.Zone), s.Today))
			last = n
		}
	}
	return out
}

// ownLimit tells a member's own limit, its end, who set it, and why.
func ownLimit(s quota.Standing, n quota.Number) note {
	line := fmt.Sprintf("Own limit: %d a week", n.Max)
	if n.Max == 0 {
		line = "Invites are paused"
	}
	if !n.Until.IsZero() {
		line += " until " + lastMoment(n.Until, s)
	}
	who := Record{}.who(s, n.By).then(onFor(s, n.At, clip(n.Reason, mostReason)))
	return plainly(line + ", set by ").and(who).then(".")
}

// then is n with more behind it, in both forms.
func (n note) then(rest string) note { return n.and(plainly(rest)) }

// and is n with another note behind it.
func (n note) and(rest note) note { return note{n.plain + rest.plain, n.marked + rest.marked} }

// onFor tells when and why something was done: " on Mon 23 Nov: “event”".
func onFor(s quota.Standing, at time.Time, reason string) string {
	out := " on " + Date(quota.DayOf(at, s.Zone), s.Today)
	if reason != "" {
		out += ": " + quoted(reason)
	}
	return out
}
