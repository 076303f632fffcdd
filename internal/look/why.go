package look

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// Why shows every limit that binds invites: what is used, what counts, who says so and who says otherwise; then the
// soft lines and the other kinds in a line each, and which guide is followed. s holds what it takes to measure
// every kind. What stands in a line has a page of its own: WhyPace and WhyKind; WhyAdvice has the rest.
func Why(s quota.Standing) Message {
	m := WhyKind(s, quota.Invite)
	var soft, lines, without, unknown []string
	for _, g := range s.Budget(quota.Invite).Gauges {
		if g.Force == quota.Soft {
			soft = append(soft, fmt.Sprintf("%s %d of %d", g.Title, g.Used, g.Max))
		}
	}
	if len(soft) > 0 {
		lines = append(lines, "Soft lines: "+strings.Join(soft, ", ")+".")
	}
	for _, k := range quota.Kinds()[1:] {
		b := s.Budget(k)
		switch _, ok := ownGauge(b); {
		case ok:
			lines = append(lines, Upper(many(k))+": "+kindLine(s, b))
		case needsAccount(s, k):
			unknown = append(unknown, many(k))
		default:
			without = append(without, many(k))
		}
	}
	if len(unknown) > 0 {
		lines = append(lines, "No limit on "+And(unknown)+" while your account type is not known here.")
	}
	if len(without) > 0 {
		lines = append(lines, "No limit in force on "+And(without)+".")
	}
	return m.and(lines, []string{preset(s)})
}

// WhyKind shows every limit on one kind in the same way, of invites those that bind.
func WhyKind(s quota.Standing, kind quota.Kind) Message {
	b := s.Budget(kind)
	first := Upper(many(kind)) + ": " + kindLine(s, b)
	if kind == quota.Invite {
		first = number(s, b)
	}
	if _, ok := b.Binding(); ok && tightest(b).Kind == kind {
		first += fmt.Sprintf(" That is the smallest room of the limits below: %s.", binding(s, tightest(b)))
	}
	m := Sentences([]string{first})
	for _, g := range b.Gauges {
		// What notes count against as invites stands there.
		if g.Kind == kind && (kind != quota.Invite || g.Force != quota.Soft) {
			m = m.explained(s, g)
		}
	}
	return m
}

// WhyPace shows the soft lines on invites in the same way: they are mentioned, and never in the way.
func WhyPace(s quota.Standing) Message {
	b := s.Budget(quota.Invite)
	m := Sentences([]string{"Soft lines are mentioned when they are crossed, and never in the way."})
	for _, g := range b.Gauges {
		if g.Force == quota.Soft {
			m = m.explained(s, g)
		}
	}
	if len(m.Blocks) == 1 {
		return Sentences([]string{"Your team's guide draws no soft line on invites. Nudges use Paceline's own."})
	}
	return m
}

// explained adds a limit to a page.
func (m Message) explained(s quota.Standing, g quota.Gauge) Message {
	head, lines := limitHead(s, g), []note{plainly(g.Claim)}
	if !g.By.At.IsZero() {
		who, end := whoSet(s, g.By), "."
		if !g.By.Until.IsZero() {
			end = ", until " + lastDay(g.By.Until, s) + "."
		}
		n := fmt.Sprint(g.By.Max)
		lines = []note{{n + who.plain + end, n + who.marked + end}, plainly("Without that: " + g.Claim)}
	}
	sure := claimed(g.Source, g.Confidence, g.Against)
	m.Text += "\n\n" + head
	text := "*" + head + "*"
	for _, l := range lines {
		m.Text += "\n" + l.plain
		text += "\n" + l.marked
	}
	m.Text += "\n" + sure
	m.Blocks = append(m.Blocks, section(text), small(sure))
	return m
}

// WhyAdvice shows what is claimed beside limits: when a person may be invited again, and advice.
func WhyAdvice(s quota.Standing) Message {
	p := s.Preset()
	m := Message{Text: preset(s)}
	m.Blocks = []slack.Block{section(m.Text)}
	add := func(head, claim, claims string) {
		m.Text += "\n\n" + head + claim + "\n" + claims
		text := claim
		if head != "" {
			text = "*" + strings.TrimSpace(head) + "*\n" + claim
		}
		m.Blocks = append(m.Blocks, section(text), small(claims))
	}
	head := "The same person again:\n"
	for _, r := range p.Persons {
		add(head, r.Claim, claimed(r.Source, r.Confidence, r.Against))
		head = ""
	}
	head = "Advice:\n"
	for _, a := range p.Advice {
		add(head, a.Claim, claimed(a.Source, a.Confidence, a.Against))
		head = ""
	}
	return m
}

// limitHead is a limit's first line: what it is called, what is used of it, over what and on which terms.
func limitHead(s quota.Standing, g quota.Gauge) string {
	out := fmt.Sprintf("%s: %d of %s", LimitName(g.Limit), g.Used, about(g))
	if own(s, g) && g.Name == quota.BudgetName {
		out = fmt.Sprintf("Your own limit: %d of %d", g.Used, g.Max)
	}
	if g.Carried > 0 {
		out += carried(s, g)
	}
	out += ". " + Upper(counts(g.Limit))
	if g.Window.Kind == quota.Spell {
		out += ", until " + Moment(g.Ends, s)
	} else {
		out += "; " + basis(g.Basis)
	}
	if g.Pool {
		out += ", the whole team's"
	}
	if g.Force == quota.Soft {
		out += "; a soft line"
	}
	return out + "."
}

// binding names the limit that gives what is left.
func binding(s quota.Standing, g quota.Gauge) string {
	if own(s, g) && g.Name == quota.BudgetName {
		return "your own limit, " + counts(g.Limit)
	}
	return inFull(g.Limit)
}

// claimed is who says so, how sure that is, and what claims otherwise.
func claimed(source string, sure quota.Confidence, against []string) string {
	out := fmt.Sprintf("Source: %s. How sure: %s.", source, sure)
	if len(against) > 0 {
		out += " Others claim: " + strings.Join(against, "; ") + "."
	}
	return out
}

// preset says which guide the team follows.
func preset(s quota.Standing) string {
	p := s.Preset()
	out := fmt.Sprintf("Your team follows %s: %s.", p.Title, strings.TrimSuffix(p.About, "."))
	if p.Outdated != "" {
		out += " Outdated: " + p.Outdated
	}
	return out
}

// kindLine says what is left of a kind in one line. An invite with a note counts against limits on invites too.
func kindLine(s quota.Standing, b quota.Budget) string {
	if g, ok := ownGauge(b); ok && b.Kind == quota.Note && tightest(b).Kind != quota.Note {
		return fmt.Sprintf("%d of %d %s, and they count as invites.", g.Used, g.Max, when(g.Limit))
	}
	return left(s, b)[0]
}

// ownGauge returns a limit on a kind itself: notes have those on invites too.
func ownGauge(b quota.Budget) (quota.Gauge, bool) {
	for _, g := range b.Gauges {
		if g.Kind == b.Kind {
			return g, true
		}
	}
	return quota.Gauge{}, false
}

// and adds paragraphs to a message.
func (m Message) and(paragraphs ...[]string) Message {
	for _, p := range paragraphs {
		if len(p) > 0 {
			m.Text += "\n\n" + strings.Join(p, "\n")
			m.Blocks = append(m.Blocks, section(strings.Join(p, "\n")))
		}
	}
	return m
}
