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

// Logged answers a log: what was recorded, what is left and which limit says so, then what else matters.
// shown turns a profile key into what people read.
func Logged(l quota.Logged, names Names, shown func(key string) string) Message {
	lines := loggedLines(l, shown)
	notes := before(l, shown)
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
		lines = append(lines, overrun(b))
	}
	if p := today(b, o); p != "" && o.Day == s.Today {
		lines = append(lines, p)
	}
	return lines
}

// firstOverrun reports whether this log is the one that went past the week's budget, and not past a ceiling
// as well: then the ceiling is what matters.
func firstOverrun(s quota.Standing, o quota.Operation, b quota.Budget) bool {
	g, ok := b.Find(quota.BudgetName)
	_, past := pastCeiling(b)
	return ok && !past && g.Over() > 0 && g.Used-o.Quantity <= g.Max && quota.WeekOf(o.At) == quota.WeekOf(s.At)
}

// overrun explains, at the first step past it, what the budget is.
func overrun(b quota.Budget) string {
	g, _ := b.Find(quota.BudgetName)
	c, ok := b.Find(quota.CeilingName)
	if !ok {
		return fmt.Sprintf("Going past %d is recorded, never blocked.", g.Max)
	}
	return fmt.Sprintf("%d is your team's budget, a margin under the ceiling of %s. Going past %d is recorded, never blocked.",
		g.Max, about(c), g.Max)
}

// today tells the daily pace, once something was sent today, and says at the log that crosses it what to do.
// Past the budget there are graver things to read.
func today(b quota.Budget, o quota.Operation) string {
	g, ok := b.Find(quota.PaceName)
	tight, _ := b.Binding()
	_, past := pastCeiling(b)
	switch {
	case !ok || g.Used <= 0 || past || tight.Over() > 0:
		return ""
	case g.Over() > 0 && g.Used-o.Quantity <= g.Max:
		return fmt.Sprintf("Today: %d, past the daily pace of %d; spreading them out is safer.", g.Used, g.Max)
	case g.Over() > 0:
		return fmt.Sprintf("Today: %d, past the daily pace of %d.", g.Used, g.Max)
	}
	return fmt.Sprintf("Today: %d of a daily pace of %d.", g.Used, g.Max)
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

// before tells who had sent something to the same people earlier.
func before(l quota.Logged, shown func(string) string) []string {
	var notes []string
	for i, m := range l.Before {
		if i == shownBefore && len(l.Before) > shownBefore+1 {
			notes = append(notes, fmt.Sprintf("And %d more like these.", len(l.Before)-i))
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
	return Sentences(append([]string{fmt.Sprintf("Undid %s logged %s.", Quantity(o.Quantity, o.Kind), at(s, o))}, room(s, s.Budget(o.Kind))...))
}
