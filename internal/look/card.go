package look

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// Card shows a member's budget: the number, a bar, three facts, why, a plan, and when the new week begins.
func Card(s quota.Standing, buttons ...Button) Message {
	text, blocks := cardOf(s)
	return Message{Text: text, Blocks: blocks}.With(buttons...)
}

// LogCard is the card that stays in the direct message with the bot: what was just said, which tells what is
// left, or with nothing said the budget in short; a bar; and the row to log with.
func LogCard(said Message, s quota.Standing, buttons ...Button) Message {
	b := s.Budget(quota.Invite)
	if said.Text == "" {
		m := Message{Text: strings.TrimSpace(number(s, b) + " " + facts(b)), Blocks: []slack.Block{numberBlock(s, b)}}
		if f := facts(b); f != "" {
			m.Blocks = append(m.Blocks, small(f))
		}
		return m.With(buttons...)
	}
	if !strings.Contains(said.Text, " left") { // said of a kind that has no limit
		said.Text += "\n" + number(s, b)
		said.Blocks = append(slices.Clone(said.Blocks), numberBlock(s, b))
	} else if g, ok := b.Binding(); ok && len(said.Blocks) > 0 {
		said.Blocks = slices.Insert(slices.Clone(said.Blocks), 1, slack.Block(section(bar(g))))
	}
	return said.With(buttons...)
}

func cardOf(s quota.Standing) (string, []slack.Block) {
	b := s.Budget(quota.Invite)
	lines := []string{number(s, b)}
	if f := facts(b); f != "" {
		lines = append(lines, f)
	}
	var notes []string
	if w := whyLeft(s, b); w != "" {
		notes = append(notes, w)
	}
	// A plan for one day alone, far off, would read as if the days before it were closed.
	if p, ok := s.EasyPlan(b); ok && (p.Days > 1 || p.From <= s.Today+1) {
		notes = append(notes, "Easy plan: "+plan(p, b)+".")
	}
	notes = append(notes, "New week: "+NewWeek(s)+".")
	blocks := []slack.Block{numberBlock(s, b)}
	if f := factFields(b); len(f) > 0 {
		blocks = append(blocks, slack.NewSectionBlock(nil, f, nil))
	}
	for _, n := range notes {
		blocks = append(blocks, small(n))
	}
	return strings.Join(append(lines, notes...), "\n"), blocks
}

// number is the first line of the card: what is left.
func number(s quota.Standing, b quota.Budget) string {
	g, ok := b.Binding()
	switch {
	case !ok:
		return room(s, b)[0]
	case g.Window.Kind == quota.CalendarWeek && b.Left == b.Week:
		return fmt.Sprintf("%d left this week.", b.Left)
	}
	return fmt.Sprintf("%d left now, %d left this week.", b.Left, b.Week)
}

func numberBlock(s quota.Standing, b quota.Budget) slack.Block {
	line := "*" + strings.TrimSuffix(number(s, b), ".") + "*"
	if g, ok := b.Binding(); ok {
		line += "\n" + bar(g)
	}
	return section(line)
}

// bar draws how much of a limit is used, in 20 steps: something used shows at least one, something left
// leaves at least one.
func bar(g quota.Gauge) string {
	const steps = 20
	n := 0
	if g.Max > 0 {
		n = min(steps, g.Used*steps/g.Max)
	}
	if g.Used > 0 && n == 0 {
		n = 1
	}
	return strings.Repeat("█", n) + strings.Repeat("░", steps-n)
}

// facts tells every limit's figure: "Today 15 of a pace of 20. This week 30 of 75. Last 7 days 75 of about 100."
func facts(b quota.Budget) string {
	var out []string
	for _, f := range factList(b) {
		out = append(out, f.name+" "+f.figure+".")
	}
	return strings.Join(out, " ")
}

func factFields(b quota.Budget) []*slack.TextBlockObject {
	var out []*slack.TextBlockObject
	for _, f := range factList(b) {
		out = append(out, markup("*"+f.name+"*\n"+f.figure, 2000))
	}
	return out
}

type fact struct{ name, figure string }

// factList picks the day, the week's tightest limit and the last days, in this order.
func factList(b quota.Budget) []fact {
	var out []fact
	for _, kind := range []quota.WindowKind{quota.CalendarDay, quota.CalendarWeek, quota.Rolling} {
		var tight *quota.Gauge
		for i, g := range b.Gauges {
			if g.Window.Kind == kind && (tight == nil || g.Room() < tight.Room()) {
				tight = &b.Gauges[i]
			}
		}
		if tight == nil {
			continue
		}
		switch kind {
		case quota.CalendarDay:
			out = append(out, fact{"Today", fmt.Sprintf("%d of a pace of %s", tight.Used, about(*tight))})
		case quota.CalendarWeek:
			out = append(out, fact{"This week", fmt.Sprintf("%d of %s", tight.Used, about(*tight))})
		case quota.Rolling:
			out = append(out, fact{"L" + lastDays(tight.Window.Length)[1:], fmt.Sprintf("%d of %s", tight.Used, about(*tight))})
		}
	}
	return out
}

// whyLeft says why what is left now is less than what the week leaves, or why nothing is.
func whyLeft(s quota.Standing, b quota.Budget) string {
	g, ok := b.Binding()
	if !ok {
		return ""
	}
	next := ""
	if o, ok := s.NextOpening(b); ok && (b.Left == 0 || b.Left < b.Week) {
		next = " " + opening(o, s)
	}
	c, past := pastCeiling(b)
	switch {
	case past:
		return fmt.Sprintf("%s (LinkedIn publishes none). Nothing is blocked, but it is best to stop for now.%s", passed(c), next)
	case g.Window.Kind == quota.Rolling && b.Left < b.Week:
		return fmt.Sprintf("Why %d: last week's invites still count for a few days, against the ceiling of %s (LinkedIn publishes none).%s", b.Left, about(g), next)
	case g.Over() > 0:
		return fmt.Sprintf("%d over the team %s of %s. %s", g.Over(), g.Name, about(g), noneBlocked)
	}
	return ""
}

// plan says how to spread what is left: "15 a day, Wed to Fri, uses all 45", or "5 on Fri".
func plan(p quota.Plan, b quota.Budget) string {
	from, to := p.From.Weekday().String()[:3], p.To.Weekday().String()[:3]
	uses := fmt.Sprintf("uses all %d", b.Week)
	if p.Total < b.Week {
		uses = fmt.Sprintf("uses %d of %d", p.Total, b.Week)
	}
	days := from + " to " + to
	switch {
	case p.Days == 1 && p.Total == b.Week:
		return fmt.Sprintf("%d on %s", p.Total, from)
	case p.Days == 1:
		return fmt.Sprintf("%d on %s, %s", p.Total, from, uses)
	case int(p.To-p.From)+1 > p.Days:
		days = fmt.Sprintf("on the %d working days from %s to %s", p.Days, from, to)
	case p.Days == 2:
		days = from + " and " + to
	}
	each := fmt.Sprintf("%d a day", p.PerDay)
	if p.Total < p.PerDay*p.Days {
		each = "up to " + each
	}
	return fmt.Sprintf("%s, %s, %s", each, days, uses)
}
