package look

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// Logged answers a log: what was recorded, what is left and which limit says so, then what else matters.
// shown turns a profile key into what people read.
func Logged(l quota.Logged, names Names, shown func(key string) string, buttons ...Button) Message {
	s := l.Standing
	lines := loggedLines(l, shown)
	var notes []string
	for _, m := range l.Before {
		who := Escape(m.Name)
		switch {
		case m.Member == s.Member.ID:
			who = "You"
		case who == "":
			who = "A colleague"
		}
		notes = append(notes, fmt.Sprintf("%s sent %s %s before, on %s.", who, shown(m.Person), one(m.Kind), Date(m.Day, s.Today)))
	}
	if l.Twin.Op != 0 {
		notes = append(notes, fmt.Sprintf("You logged the same %s a moment ago, at %s. If this is that one, press Undo.",
			Quantity(l.Twin.Quantity, l.Twin.Kind), l.Twin.Recorded.In(s.Zone).Format("15:04:05")))
	}
	if l.Joined {
		notes = append(notes, joined(l, names))
	}
	m := Message{
		Text:   strings.Join(append(lines, notes...), " "),
		Blocks: []slack.Block{section(strings.Join(lines, " "))},
	}
	for _, n := range notes {
		m.Blocks = append(m.Blocks, small(n))
	}
	m.Blocks = append(m.Blocks, row("", buttons)...)
	return m
}

func loggedLines(l quota.Logged, shown func(key string) string) []string {
	s, o := l.Standing, l.Operation
	first := "Logged " + Quantity(o.Quantity, o.Kind) + persons(o, shown) + dayEcho(s, o) + "."
	if o.Kind == quota.Note {
		first = strings.TrimSuffix(first, ".") + " (counts as an invite too)."
		if o.Quantity > 1 {
			first = strings.Replace(first, "(counts as an invite too)", "(count as invites too)", 1)
		}
	}
	b := s.Budget(o.Kind)
	lines := append([]string{first}, room(s, b)...)
	if g, ok := b.Find(quota.BudgetName); ok && g.Over() > 0 && g.Used-o.Quantity <= g.Max && quota.WeekOf(o.At) == quota.WeekOf(s.At) && !pastCeiling(b) {
		lines = append(lines, overrun(b))
	}
	if p := today(b); p != "" && o.Day == s.Today {
		lines = append(lines, p)
	}
	return lines
}

// room says what is left, from which limit, in one or two sentences. The first "<number> left" in it is the
// honest number.
func room(s quota.Standing, b quota.Budget) []string {
	g, ok := b.Binding()
	if !ok {
		week := quota.WeekOf(s.At)
		return []string{fmt.Sprintf("No limit on %ss is set here; %d this week.", KindName(b.Kind), s.Journal.Sent(b.Kind, week.Start(), week.End()))}
	}
	for _, c := range b.Gauges {
		if c.Force == quota.Loud && c.Over() > 0 {
			out := fmt.Sprintf("0 left: %d %s, %d past the ceiling of %s.", c.Used, window(c.Limit), c.Over(), about(c.Limit))
			if o, ok := quota.NextOpening(b, s.Journal); ok {
				out += " Best to stop until " + Moment(o.At, s) + " your time."
			}
			return []string{out}
		}
	}
	of := fmt.Sprintf("%d of a %s of %s", g.Used, g.Name, about(g.Limit))
	switch {
	case g.Over() > 0:
		out := fmt.Sprintf("0 left: %d %s, %d over the team %s of %s", g.Used, window(g.Limit), g.Over(), g.Name, about(g.Limit))
		switch c, ok := tightestCeiling(b); {
		case ok && c.Room() == 0:
			out += ", at the ceiling of " + about(c.Limit)
		case ok:
			out += fmt.Sprintf(", %d under the ceiling of %s", c.Room(), about(c.Limit))
		}
		return []string{out + ".", "Nothing is blocked."}
	case g.Window.Kind != quota.CalendarWeek:
		out := fmt.Sprintf("%d left now, %d this week (%s: %d of %s).", b.Left, b.Week, lastDays(g.Window.Length), g.Used, about(g.Limit))
		if o, ok := quota.NextOpening(b, s.Journal); ok && b.Left == 0 {
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

// overrun explains, at the first step past it, what the budget is.
func overrun(b quota.Budget) string {
	g, _ := b.Find(quota.BudgetName)
	c, ok := b.Find(quota.CeilingName)
	if !ok {
		return fmt.Sprintf("Going past %d is recorded, never blocked.", g.Max)
	}
	return fmt.Sprintf("%d is your team's budget, a margin under the ceiling of %s (LinkedIn publishes none). Going past %d is recorded, never blocked.",
		g.Max, about(c.Limit), g.Max)
}

func pastCeiling(b quota.Budget) bool {
	for _, g := range b.Gauges {
		if g.Force == quota.Loud && g.Over() > 0 {
			return true
		}
	}
	return false
}

func tightestCeiling(b quota.Budget) (t quota.Gauge, ok bool) {
	for _, g := range b.Gauges {
		if g.Force == quota.Loud && (!ok || g.Room() < t.Room()) {
			t, ok = g, true
		}
	}
	return t, ok
}

func window(l quota.Limit) string {
	switch l.Window.Kind {
	case quota.CalendarWeek:
		return "this week"
	case quota.CalendarDay:
		return "today"
	}
	return "in the " + lastDays(l.Window.Length)
}

// today tells the daily pace, once something was sent today.
func today(b quota.Budget) string {
	g, ok := b.Find(quota.DailyPaceName)
	switch {
	case !ok || g.Used <= 0:
		return ""
	case g.Over() > 0:
		return fmt.Sprintf("Today: %d, past the daily pace of %d; spreading them out is safer.", g.Used, g.Max)
	}
	return fmt.Sprintf("Today: %d of a daily pace of %d.", g.Used, g.Max)
}

// persons names whom a log is about, up to three of them.
func persons(o quota.Operation, shown func(string) string) string {
	if len(o.Persons) == 0 {
		return ""
	}
	var names []string
	for i, p := range o.Persons {
		if i == 3 && len(o.Persons) > 4 {
			names = append(names, fmt.Sprintf("%d more", len(o.Persons)-i))
			break
		}
		names = append(names, shown(p))
	}
	return " (" + And(names) + ")"
}

// dayEcho says which day was understood, whenever it is not simply now, and which week that is, whenever
// it is not simply this one.
func dayEcho(s quota.Standing, o quota.Operation) string {
	var b strings.Builder
	if o.Precision == quota.ByDay || o.At.Before(o.Recorded) {
		b.WriteString(" for " + day(s, o.Day))
		if o.Precision == quota.ByTime {
			b.WriteString(", " + o.At.In(s.Zone).Format("15:04"))
		}
	}
	switch its := quota.WeekOf(o.At); {
	case its > o.Day.Week():
		b.WriteString("; it counts in the new week, which began at 00:00 UTC")
	case its < o.Day.Week():
		b.WriteString("; it counts in the week that ends at 00:00 UTC")
	case its == quota.WeekOf(s.At)-1:
		b.WriteString(", last week")
	case its < quota.WeekOf(s.At):
		b.WriteString(", in the week of " + its.Start().Format("Mon 2 Jan"))
	}
	return b.String()
}

// day names a civil day, with today and yesterday as words.
func day(s quota.Standing, d quota.Day) string {
	switch s.Today - d {
	case 0:
		return "today, " + Date(d, s.Today)
	case 1:
		return "yesterday, " + Date(d, s.Today)
	}
	return Date(d, s.Today)
}

func joined(l quota.Logged, names Names) string {
	if l.Made {
		return fmt.Sprintf("You are the first here: I made the team “%s”. An owner or admin of this Slack workspace can name it and choose its channel and managers: %s setup.",
			Escape(l.Standing.Team.Name), names.Main)
	}
	return fmt.Sprintf("You joined the team “%s”.", Escape(l.Standing.Team.Name))
}

// Undone answers an undo.
func Undone(u quota.Undid, buttons ...Button) Message {
	s, o := u.Standing, u.Operation
	lines := append([]string{fmt.Sprintf("Undid %s logged %s.", Quantity(o.Quantity, o.Kind), at(s, o))}, room(s, s.Budget(o.Kind))...)
	return Sentences(lines, buttons...)
}

// at says when an operation was: "at 10:00" today, "for Mon 23 Nov" when only the day is known.
func at(s quota.Standing, o quota.Operation) string {
	switch {
	case o.Precision == quota.ByDay:
		return "for " + day(s, o.Day)
	case quota.DayOf(o.At, s.Zone) == s.Today:
		return "at " + Moment(o.At, s)
	}
	return Moment(o.At, s)
}

func one(k quota.Kind) string {
	switch k {
	case quota.Invite, quota.Note, quota.InMail:
		return "an " + KindName(k)
	}
	return "a " + KindName(k)
}
