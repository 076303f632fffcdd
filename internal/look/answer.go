package look

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// shownBefore is how many earlier sends to the same people an answer names: more than anybody reads, few
// enough for Slack's 50 blocks.
const shownBefore = 5

// aFew is from how many on there are a few a day for the rest of a week: two on each of three days.
const aFew = 6

// Logged answers a log: what was recorded, what is left and which limit says so, then what else matters.
// shown turns a profile key into what people read.
func Logged(l quota.Logged, names Names, shown func(key string) string) Message {
	lines := loggedLines(l, shown)
	if b := l.Standing.Budget(l.Operation.Kind); !limited(b) && needsAccount(l.Standing, b.Kind) {
		lines = append(lines, sayAccount(names))
	}
	notes := append(early(l, shown), before(l, shown)...)
	if l.Twin.Op != 0 {
		notes = append(notes, fmt.Sprintf("You logged the same %s a moment ago, at %s. If this is that one, press Undo.",
			Quantity(l.Twin.Quantity, l.Twin.Kind), l.Twin.Recorded.In(l.Standing.Zone).Format("15:04:05")))
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
	return m
}

// sayAccount names what brings the limits in force that go by the type of an account.
func sayAccount(names Names) string {
	return fmt.Sprintf("Say which you have: `%s settings account %s`.", names.Main, quota.Free)
}

func loggedLines(l quota.Logged, shown func(key string) string) []string {
	s, o := l.Standing, l.Operation
	first := "Logged " + Quantity(o.Quantity, o.Kind) + persons(o, shown) + dayEcho(s, o)
	switch {
	case o.Kind == quota.Note && o.Quantity == 1:
		first += " (counts as an invite too)"
	case o.Kind == quota.Note:
		first += " (count as invites too)"
	}
	b := s.Budget(o.Kind)
	lines := append([]string{first + "."}, room(s, b)...)
	if firstOverrun(s, o, b) {
		lines = slices.DeleteFunc(lines, func(line string) bool { return line == noneBlocked })
		lines = append(lines, overrun(s, b))
	}
	lines = append(lines, paceOf(l, b)...)
	return append(lines, softly(s, b, o)...)
}

// firstOverrun reports whether this log is the one that went past the week's budget, and nothing graver holds: then
// that is what matters.
func firstOverrun(s quota.Standing, o quota.Operation, b quota.Budget) bool {
	g, ok := b.Find(quota.BudgetName)
	_, past := pastCeiling(b)
	_, restricted := restriction(b)
	return ok && !past && !restricted && !held(s, g) && tightest(b).Name == quota.BudgetName &&
		g.Over() > 0 && g.Used-o.Quantity <= g.Max && quota.WeekOf(o.At) == quota.WeekOf(s.At)
}

// overrun explains, at the first step past it, what the budget is.
func overrun(s quota.Standing, b quota.Budget) string {
	g, _ := b.Find(quota.BudgetName)
	out := fmt.Sprintf("Going past %d is recorded, never blocked.", g.Max)
	what := "your team's budget"
	if own(s, g) {
		what = "your own limit"
	}
	if c, ok := tightestCeiling(b); ok && c.Max > g.Max && believed(s, c) {
		return fmt.Sprintf("%d is %s, a margin under the ceiling of %s. ", g.Max, what, about(s, c)) + out
	}
	return out
}

// paceOf tells the daily pace, once something was sent today, and what this log says about speed: at the log that
// crosses a line what to do, afterwards the figure alone. Past a ceiling, and while nothing may be sent, there
// are graver things to read.
func paceOf(l quota.Logged, b quota.Budget) []string {
	s, o := l.Standing, l.Operation
	_, past := pastCeiling(b)
	_, restricted := restriction(b)
	if past || restricted {
		return nil
	}
	var fast string
	var line quota.Line
	for _, v := range l.Verdicts {
		if said := speed(s, b, v); said != "" {
			fast, line = said, v.Line
			break
		}
	}
	var out []string
	if t := today(b, o); t != "" && o.Day == s.Today {
		g, _ := b.Find(quota.PaceName)
		if crossed := g.Over() > 0 && g.Used-o.Quantity <= g.Max; fast == "" && crossed || line == quota.DayLine {
			t, fast = t+"; spreading them out is safer", ""
		}
		out = append(out, t+".")
	}
	if fast != "" {
		out = append(out, fast)
	}
	return out
}

// speed says a verdict in one sentence; "" when the answer has said it already.
func speed(s quota.Standing, b quota.Budget, v quota.Verdict) string {
	_, bound := b.Binding()
	full := bound && b.Left == 0
	switch {
	case v.Line == quota.BurstLine:
		return fmt.Sprintf("%d in the last %s: sending that fast is what LinkedIn tends to notice.", v.Sent, Stretch(v.Limit.Window.Length))
	case v.Line == quota.DayLine && !full:
		return fmt.Sprintf("%d today; spreading them out is safer.", v.Sent)
	case v.Line == quota.NearlyOut && !full:
		out := fmt.Sprintf("%d of the week's %d by %s", v.Sent, s.Weekly(s.At), s.Today.Weekday().String()[:3])
		if s.Weekly(s.At)-v.Sent < aFew {
			return out + "."
		}
		return out + ": a few a day make the rest last."
	case v.Line == quota.Projection && !full:
		line := fmt.Sprintf("the ceiling of about %d", v.Max)
		if g, ok := b.Find(v.Limit.Name); ok {
			line = theLimit(s, g, "your own")
		}
		return fmt.Sprintf("At this pace it would be %d by the end of the week, past %s.", v.Sent, line)
	case v.Line == quota.Brisk:
		return fmt.Sprintf("%d in the last hour; slower looks more natural.", v.Sent)
	}
	return ""
}

// today is the day's figure against the daily pace; "" past another limit, which matters more.
func today(b quota.Budget, o quota.Operation) string {
	g, ok := b.Find(quota.PaceName)
	if _, bound := b.Binding(); !ok || g.Used <= 0 || bound && tightest(b).Over() > 0 {
		return ""
	}
	crossed := g.Over() > 0 && g.Used-o.Quantity <= g.Max
	switch {
	case g.Part.Of != "" && crossed: // of the week in one day: nothing to count along the way
		return fmt.Sprintf("Today: %d, a whole week's worth", g.Used)
	case g.Part.Of != "":
		return ""
	case g.Over() > 0:
		return fmt.Sprintf("Today: %d, past the daily pace of %d", g.Used, g.Max)
	}
	return fmt.Sprintf("Today: %d of a daily pace of %d", g.Used, g.Max)
}

// persons names whom a log is about: up to four, of more the first three.
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

// early tells whom it was too early to invite again, and from when on it is fine.
func early(l quota.Logged, shown func(string) string) []string {
	s := l.Standing
	var notes []string
	for i, e := range l.Early {
		if i == shownBefore && len(l.Early) > shownBefore+1 {
			notes = append(notes, fmt.Sprintf("And %d more it is too early for.", len(l.Early)-i))
			break
		}
		from := Date(quota.DayOf(e.From, s.Zone), s.Today)
		if e.Rule.After == quota.Withdrawn {
			notes = append(notes, fmt.Sprintf("You withdrew the invite to %s on %s; LinkedIn lets you invite again from %s.", shown(e.Person), Date(e.Since, s.Today), from))
			continue
		}
		notes = append(notes, fmt.Sprintf("You invited %s on %s already; %s says the same person once in %s, so again from %s.",
			shown(e.Person), Date(e.Since, s.Today), s.Preset().Name, Stretch(e.Rule.Wait), from))
	}
	return notes
}

// before tells who had sent something to the same people earlier, but for what early tells.
func before(l quota.Logged, shown func(string) string) []string {
	told := slices.DeleteFunc(slices.Clone(l.Before), func(m quota.Meeting) bool {
		return m.Member == l.Standing.Member.ID && slices.ContainsFunc(l.Early, func(e quota.Early) bool { return e.Person == m.Person })
	})
	var notes []string
	for i, m := range told {
		if i == shownBefore && len(told) > shownBefore+1 {
			notes = append(notes, fmt.Sprintf("And %d more like these.", len(told)-i))
			break
		}
		who := Escape(m.Name)
		switch {
		case m.Member == l.Standing.Member.ID:
			who = "You"
		case who == "":
			who = "A colleague"
		}
		notes = append(notes, fmt.Sprintf("%s sent %s %s before, on %s.", who, shown(m.Person), one(m.Kind), Date(m.Day, l.Standing.Today)))
	}
	return notes
}

func one(k quota.Kind) string {
	switch k {
	case quota.Invite, quota.Note, quota.InMail:
		return "an " + KindName(k)
	}
	return "a " + KindName(k)
}

func joined(l quota.Logged, names Names) string {
	if l.Made {
		return fmt.Sprintf("You are the first here: I made the team “%s”. An owner or admin of this Slack workspace can name it and choose its channel and managers: %s setup.",
			Escape(l.Standing.Team.Name), names.Main)
	}
	return fmt.Sprintf("You joined the team “%s”.", Escape(l.Standing.Team.Name))
}

// Undone answers an undo.
func Undone(u quota.Undid) Message {
	s, o := u.Standing, u.Operation
	line := fmt.Sprintf("Undid %s logged %s.", Quantity(o.Quantity, o.Kind), at(s, o))
	switch {
	case o.Precision == quota.Estimated:
		line = fmt.Sprintf("Undid %s told from memory.", counted(o.Quantity, o.Kind))
	case o.Act == quota.Restricted:
		line = fmt.Sprintf("Undid the restriction reported %s.", at(s, o))
	case o.Act == quota.Lifted:
		line = fmt.Sprintf("Undid the end of the restriction, reported %s.", at(s, o))
	case o.Act.Outcome():
		line = fmt.Sprintf("Undid %s, reported %s.", operation(s, o), at(s, o))
	}
	return Sentences(append([]string{line}, room(s, s.Budget(o.Kind))...))
}
