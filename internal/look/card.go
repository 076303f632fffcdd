package look

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// Card shows a member's budget: the number, a bar, the facts, why, what holds for the member alone, a plan, and
// when the new week begins. A manager reads the same one: WatchedCard.
func Card(s quota.Standing, buttons ...Button) Message {
	text, blocks := cardOf(s, "your")
	return Message{Text: text, Blocks: blocks}.With(buttons...)
}

// aNumberLeft is a number that is left, of whichever kind.
var aNumberLeft = regexp.MustCompile(`\d left\b`)

// LogCard is the card that stays in the direct message with the bot: what was just said, which tells what is
// left, or with nothing said the budget in short; a bar; and the row to log with.
func LogCard(said Message, s quota.Standing, buttons ...Button) Message {
	b := s.Budget(quota.Invite)
	if said.Text == "" {
		m := Message{Text: strings.TrimSpace(number(s, b) + " " + facts(s, b)), Blocks: []slack.Block{numberBlock(s, b)}}
		if f := facts(s, b); f != "" {
			m.Blocks = append(m.Blocks, small(f))
		}
		return m.With(buttons...)
	}
	invites := strings.Index(said.Text, left(s, b)[0])
	first := aNumberLeft.FindStringIndex(said.Text)
	switch g, ok := barred(b); {
	case invites >= 0 && (first == nil || first[0] >= invites): // said of invites
		if ok && len(said.Blocks) > 0 {
			said.Blocks = slices.Insert(slices.Clone(said.Blocks), 1, slack.Block(section(bar(g))))
		}
	case invites >= 0: // said of both
	case first != nil: // said of another kind, which has its own number
		said.Text += "\nInvites: " + number(s, b)
		said.Blocks = append(slices.Clone(said.Blocks), section("Invites: "+number(s, b)))
	default:
		said.Text += "\n" + number(s, b)
		said.Blocks = append(slices.Clone(said.Blocks), numberBlock(s, b))
	}
	return said.With(buttons...)
}

// cardOf is a card for the member or, with "their" time, for somebody else.
func cardOf(s quota.Standing, whose string) (string, []slack.Block) {
	b := s.Budget(quota.Invite)
	lines := []string{number(s, b)}
	if f := facts(s, b); f != "" {
		lines = append(lines, f)
	}
	blocks := []slack.Block{numberBlock(s, b)}
	if f := factFields(s, b); len(f) > 0 {
		blocks = append(blocks, slack.NewSectionBlock(nil, f, nil))
	}
	var notes []note
	if w := whyLeft(s, b); w != "" {
		notes = append(notes, plainly(w))
	}
	notes = append(notes, personal(s, b)...)
	if p := easyPlan(s, b); p != "" {
		notes = append(notes, plainly(p))
	}
	x, restricted := restriction(b)
	if _, ok := weekly(b); ok && !(restricted && x.Ends.After(quota.WeekOf(s.At).End())) {
		notes = append(notes, plainly("New week: "+newWeek(s, whose)+"."))
	}
	for _, n := range notes {
		lines = append(lines, n.plain)
		blocks = append(blocks, small(n.marked))
	}
	return strings.Join(lines, "\n"), blocks
}

// number is the first line of the card: what is left.
func number(s quota.Standing, b quota.Budget) string {
	g, ok := b.Binding()
	if !ok {
		return unbound(s, b)[0]
	}
	if x, ok := restriction(b); ok {
		return "0 left, restricted by LinkedIn until " + Moment(x.Ends, s) + "."
	}
	return leftOnly(b, g)
}

// leftOnly says what is left and nothing else.
func leftOnly(b quota.Budget, g quota.Gauge) string {
	out := fmt.Sprintf("%d left %s", b.Left, whenLeft(g.Limit))
	if g.Pool {
		out += " for the whole team"
	}
	if w, ok := weekly(b); ok && (g.Window.Kind == quota.CalendarDay || whenLeft(g.Limit) == "now") {
		out += fmt.Sprintf(", %d left this week", w.Room())
	}
	return out + "."
}

func numberBlock(s quota.Standing, b quota.Budget) slack.Block {
	line := "*" + strings.TrimSuffix(number(s, b), ".") + "*"
	if g, ok := barred(b); ok {
		line += "\n" + bar(g)
	}
	return section(line)
}

// barred returns the gauge to draw. A restriction has nothing to use up.
func barred(b quota.Budget) (quota.Gauge, bool) {
	if _, ok := b.Binding(); !ok {
		return quota.Gauge{}, false
	}
	g := tightest(b)
	_, restricted := restriction(b)
	return g, !restricted
}

// bar draws how much of a limit is used, in 20 steps: something used shows at least one, something left
// leaves at least one.
func bar(g quota.Gauge) string {
	const steps = 20
	n := steps // of nothing all is used
	if g.Max > 0 {
		n = min(steps, g.Used*steps/g.Max)
	}
	if g.Used > 0 && n == 0 {
		n = 1
	}
	return strings.Repeat("█", n) + strings.Repeat("░", steps-n)
}

// whyLeft says why what is left now is less than what the week leaves, or why nothing is.
func whyLeft(s quota.Standing, b quota.Budget) string {
	if _, ok := b.Binding(); !ok {
		return ""
	}
	if x, ok := restriction(b); ok {
		return strings.Join(afterwards(s, b, x), " ")
	}
	g := tightest(b)
	next := ""
	if o, ok := s.NextOpening(b); ok && (b.Left == 0 || b.Left < b.Week) {
		next = " " + opening(o, s)
	}
	c, past := pastCeiling(b)
	rolling := g.Window.Kind == quota.Rolling
	switch {
	case past:
		return fmt.Sprintf("%s%s. %s, but it is best to stop for now.%s", passed(c, theLimit(s, c, "a personal")), nonePublished(s, c), strings.TrimSuffix(noneBlocked, "."), next)
	case held(s, g):
		return ""
	case g.Over() > 0 && g.Window.Kind == quota.CalendarWeek:
		return fmt.Sprintf("%d over %s. %s", g.Over(), theLimit(s, g, "a personal"), noneBlocked)
	case g.Over() > 0:
		return fmt.Sprintf("%d over %s %s. %s%s", g.Over(), theLimit(s, g, "a personal"), when(g.Limit), noneBlocked, next)
	case rolling && g.Force == quota.Loud && b.Left < b.Week:
		still := fmt.Sprintf("%d sent %s", g.Used, when(g.Limit))
		if week := quota.WeekOf(s.At).Start(); s.Journal.Sent(b.Kind, s.At.Add(time.Microsecond-g.Window.Length), week) > 0 {
			still = "last week's invites still count for a few days"
		}
		return fmt.Sprintf("Why %d: %s, against %s%s.%s", b.Left, still, theLimit(s, g, "a personal"), nonePublished(s, g), next)
	case rolling:
		says := saysRange(s, g)
		if says != "" {
			says = "; " + says
		}
		return fmt.Sprintf("Why %d: %s%s.%s", b.Left, sentOf(s, g), says, next)
	case g.Window.Kind != quota.CalendarWeek && b.Left == 0:
		return strings.TrimSpace(next)
	}
	return ""
}

// sentOf tells the figure of a rolling limit: what was sent, or what that is without the withdrawn ones that it gives back.
func sentOf(s quota.Standing, g quota.Gauge) string {
	sent := s.Journal.Sent(g.Kind, s.At.Add(time.Microsecond-g.Window.Length), s.At.Add(time.Microsecond))
	if g.Basis == quota.SentLessWithdrawn && g.Used < sent {
		return fmt.Sprintf("%d %s, withdrawn ones taken off", g.Used, when(g.Limit))
	}
	return fmt.Sprintf("%d sent %s", g.Used, when(g.Limit))
}

// easyPlan says how to spread what is left of the week, if there is anything to spread.
func easyPlan(s quota.Standing, b quota.Budget) string {
	p, ok := s.EasyPlan(b)
	// A plan for one day alone, far off, would read as if the working days before it were closed.
	if !ok || p.Days == 1 && works(s.Member, s.Today+1, p.From) {
		return ""
	}
	if _, ok := weekly(b); !ok {
		return fmt.Sprintf("Easy plan: %s.", plan(p, fmt.Sprintf(", keeps to Paceline's %d a week", s.Weekly(s.At))))
	}
	if _, ok := restriction(b); ok { // the week's room now is not what there will be
		return "Easy plan: " + plan(p, "") + "."
	}
	return "Easy plan: " + plan(p, uses(p, b.Week)) + "."
}

// works reports whether a member works on any day from one to before another.
func works(m quota.Member, from, before quota.Day) bool {
	for d := from; d < before; d++ {
		if m.Workdays.Has(d.Weekday()) && !m.Away.Has(d) {
			return true
		}
	}
	return false
}

// nonePublished stands behind a ceiling whose number a guide believes in.
func nonePublished(s quota.Standing, g quota.Gauge) string {
	if !believed(s, g) {
		return ""
	}
	return " (LinkedIn publishes none)"
}

// uses says how much of the week's room a plan takes.
func uses(p quota.Plan, week int) string {
	switch {
	case p.Total < week:
		return fmt.Sprintf(", uses %d of %d", p.Total, week)
	case p.Days == 1:
		return ""
	}
	return fmt.Sprintf(", uses all %d", week)
}

// plan says which days a plan takes, and what it makes use of: "15 a day, Wed to Fri, uses all 45", or "5 on Fri".
func plan(p quota.Plan, uses string) string {
	from, to := p.From.Weekday().String()[:3], p.To.Weekday().String()[:3]
	days := from + " to " + to
	switch {
	case p.Days == 1:
		return fmt.Sprintf("%d on %s%s", p.Total, from, uses)
	case int(p.To-p.From)+1 > p.Days:
		days = fmt.Sprintf("on the %d working days from %s to %s", p.Days, from, to)
	case p.Days == 2:
		days = from + " and " + to
	}
	each := fmt.Sprintf("%d a day", p.PerDay)
	if p.Total < p.PerDay*p.Days {
		each = "up to " + each
	}
	return fmt.Sprintf("%s, %s%s", each, days, uses)
}
