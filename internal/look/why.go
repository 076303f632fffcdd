package look

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// Why shows every limit that binds invites: what is used, what counts, who says so and who says otherwise; then the
// soft lines and the other kinds in a line each, and which guide is followed. s holds what it takes to measure
// every kind. What stands in a line has a page of its own: WhyPace and WhyKind; WhyAdvice has the rest.
func Why(s quota.Standing, r Record) Message {
	m := WhyKind(s, r, quota.Invite)
	var soft, lines, without, unknown []string
	for _, g := range s.Budget(quota.Invite).Gauges {
		if g.Force == quota.Soft {
			soft = append(soft, fmt.Sprintf("%s %d of %d", g.Title, g.Used, g.Max))
		}
	}
	for _, l := range turnedOff(s, quota.Invite) {
		if l.Force == quota.Soft {
			soft = append(soft, l.Title+" off")
		}
	}
	if len(soft) > 0 {
		lines = append(lines, "Soft lines: "+strings.Join(soft, ", ")+".")
	}
	for _, k := range quota.Kinds()[1:] {
		b := s.Budget(k)
		switch _, ok := ownGauge(b); {
		case ok:
			lines = append(lines, kindLine(s, b))
		case len(turnedOff(s, k)) > 0:
			lines = append(lines, Upper(many(k))+": the limit is off.")
		case needsAccount(s, k):
			unknown = append(unknown, many(k))
		default:
			without = append(without, many(k))
		}
	}
	if len(unknown) > 0 {
		lines = append(lines, "No limit on "+And(unknown)+" while your account type is not known here. "+sayAccount(r.Names))
	}
	if len(without) > 0 {
		lines = append(lines, "No limit in force on "+And(without)+".")
	}
	lines = append(lines, ownAcceptance(s))
	return m.and(lines).noted(r.preset(s))
}

// WhyKind shows every limit on one kind in the same way, of invites those that bind; of another kind also those that
// do not hold for this member, and what makes them hold.
func WhyKind(s quota.Standing, r Record, kind quota.Kind) Message {
	b := s.Budget(kind)
	first := kindLine(s, b)
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
			m = m.explained(s, r, g)
		}
	}
	for _, l := range turnedOff(s, kind) {
		if kind != quota.Invite || l.Force != quota.Soft {
			m = m.off(s, r, l)
		}
	}
	if kind == quota.Invite {
		return m
	}
	return m.dormant(s, r, b)
}

// WhyPace shows the soft lines on invites in the same way: they are mentioned, and never in the way.
func WhyPace(s quota.Standing, r Record) Message {
	b := s.Budget(quota.Invite)
	m := Sentences([]string{"Soft lines are mentioned when they are crossed, and never in the way."})
	for _, g := range b.Gauges {
		if g.Force == quota.Soft {
			m = m.explained(s, r, g)
		}
	}
	for _, l := range turnedOff(s, quota.Invite) {
		if l.Force == quota.Soft {
			m = m.off(s, r, l)
		}
	}
	if len(m.Blocks) == 1 {
		m = Sentences([]string{"Your team's guide draws no soft line on invites. Nudges use Paceline's own."})
	}
	return m.and(writes(s)).noted(r.preset(s))
}

// writes says when somebody gets a message about their own pace.
func writes(s quota.Standing) []string {
	when := []string{"a burst"}
	if n := s.Crowded(); n > 0 {
		when = append(when, fmt.Sprintf("%d or more in one day", n))
	}
	if n, last := s.NearlyOut(); n > 0 {
		when = append(when, fmt.Sprintf("%s by %s, of %s", counted(n, quota.Invite), last.Weekday(), measure(s)))
	}
	if _, ok := s.Ceiling(); ok {
		when = append(when, "a pace that would pass the ceiling")
	}
	text := "I write to you alone about " + strings.Join(when, "; ") + ". At most once a day and twice a week, and only about what is logged within the hour."
	if slices.ContainsFunc(s.Budget(quota.Invite).Gauges, func(g quota.Gauge) bool { return g.Force == quota.Loud }) {
		text += " A passed ceiling is always told."
	}
	return []string{text, "Source: Paceline's own; nobody publishes such lines."}
}

// explained adds a limit to a page.
func (m Message) explained(s quota.Standing, r Record, g quota.Gauge) Message {
	lines, sure := []note{plainly(g.Claim)}, claimed(g.Source, g.Confidence, g.Against)
	if !g.By.At.IsZero() {
		end := "."
		if !g.By.Until.IsZero() {
			end = ", until " + lastMoment(g.By.Until, s) + "."
		}
		if n, ok := holds(s, g); ok && n <= g.By.Max {
			end += fmt.Sprintf(" Nothing is carried over then: %s holds at most %d.", accountOf(s.Member.Account.Type), n)
		}
		set := plainly(fmt.Sprintf("%d, set by ", g.By.Max)).and(r.who(s, g.By.By)).then(onFor(s, g.By.At, g.By.Reason) + end)
		lines = []note{set, plainly("Without that: " + g.Claim)}
		if team, ok := without(s, g); ok {
			lines[1], sure = plainly("Without that: "+team), claimed("your team", quota.Chosen, nil)
		}
	}
	if g.Stage == quota.WhileRestricted || g.Stage == quota.AfterRestriction {
		if sent, ok := s.Evidence(); ok {
			lines = append(lines, plainly(fmt.Sprintf("Reported %s; in the 7 days before: %s.", at(s, quota.Operation{At: s.Member.Restriction.From}), counted(sent, quota.Invite))))
		}
	}
	return m.claim(limitHead(s, g), lines, sure)
}

// without says what the team has chosen where a member has a limit of their own; ok is false where that is nothing else
// than what a guide says.
func without(s quota.Standing, g quota.Gauge) (team string, ok bool) {
	n, chosen := numberOf(s.Terms, g.Name, s.At)
	switch {
	case !own(s, g):
		return "", false
	case chosen && n.Max == quota.Off:
		return "none; your team has turned it off.", true
	case chosen:
		return fmt.Sprintf("%d %s, as your team set.", n.Max, Per(g.Limit)), true
	}
	return "none; your team has set no budget.", g.Optional
}

// off adds a limit that the team has turned off, with what held otherwise.
func (m Message) off(s quota.Standing, r Record, l *quota.Limit) Message {
	n, _ := numberOf(s.Terms, l.Name, s.At)
	by := plainly("Turned off by ").and(r.who(s, n.By)).then(onFor(s, n.At, n.Reason) + ".")
	return m.claim(LimitName(l)+": off.", []note{by, plainly("Without that: " + l.Claim)}, claimed(l.Source, l.Confidence, l.Against))
}

// dormant adds the limits on b's kind that do not hold for this member, and what makes them hold.
func (m Message) dormant(s quota.Standing, r Record, b quota.Budget) Message {
	there := len(m.Blocks) > 1
	for i := range s.Preset().Limits {
		l := &s.Preset().Limits[i]
		if _, in := b.Find(l.Name); in || l.Kind != b.Kind || isOff(s, l) {
			continue
		}
		there = true
		held := "Not in force for your account."
		switch {
		case l.Optional:
			held = "Not in force here."
		case s.Member.Account.Type == quota.UnknownAccount:
			held = fmt.Sprintf("Not in force until you say which account you have: `%s settings account %s`.", r.Names.Main, quota.Free)
		}
		m = m.claim(LimitName(l), []note{plainly(l.Claim), plainly(held)}, claimed(l.Source, l.Confidence, l.Against))
	}
	if !there {
		return m.and([]string{fmt.Sprintf("The guide that your team follows, %s, says nothing of them.", s.Preset().Title)})
	}
	return m
}

// claim adds a paragraph under a head, and in small below it who says so.
func (m Message) claim(head string, lines []note, sure string) Message {
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
func WhyAdvice(s quota.Standing, r Record) Message {
	p := s.Preset()
	guide := r.preset(s)
	m := Message{Text: guide.plain, Blocks: []slack.Block{section(guide.marked)}}
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
	out := fmt.Sprintf("%s: %d of %s", LimitName(g.Limit), g.Used, about(s, g))
	if own(s, g) && g.Name == quota.BudgetName {
		out = fmt.Sprintf("Your own limit: %d of %d", g.Used, g.Max)
	}
	out += carried(s, g) + ". " + Upper(counts(s, g))
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
		return "your own limit, " + counts(s, g)
	}
	return inFull(s, g)
}

// claimed is who says so, how sure that is, and what claims otherwise.
func claimed(source string, sure quota.Confidence, against []string) string {
	out := fmt.Sprintf("Source: %s. How sure: %s.", source, sure)
	if len(against) > 0 {
		out += " Others claim: " + strings.Join(against, "; ") + "."
	}
	return out
}

// kindLine says what is left of a kind in one line that names it. An invite with a note counts against limits on
// invites too.
func kindLine(s quota.Standing, b quota.Budget) string {
	g, ok := ownGauge(b)
	switch {
	case !ok && b.Kind == quota.Note:
		return "No limit of their own on " + many(b.Kind) + ". " + headed("As invites", left(s, b)[0])
	case !ok || !limited(b):
		return left(s, b)[0]
	case b.Kind == quota.Note && tightest(b).Kind != quota.Note:
		return fmt.Sprintf("%s: %d of %d %s, and they count as invites.", Upper(many(b.Kind)), g.Used, g.Max, when(g.Limit))
	}
	line := headed(Upper(many(b.Kind)), left(s, b)[0])
	if b.Kind == quota.Note { // whose number names them too
		line = strings.Replace(line, " "+many(b.Kind), "", 1)
		line = strings.Replace(line, " "+KindName(b.Kind), "", 1)
	}
	return line
}

// limited reports whether anything at all limits what is left.
func limited(b quota.Budget) bool {
	_, ok := b.Binding()
	return ok
}

// headed is a line about what is left, with a word in front: one colon is enough.
func headed(word, line string) string {
	return word + ": " + strings.Replace(line, "0 left: ", "0 left; ", 1)
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

// turnedOff returns the limits on a kind itself that the team has turned off, and that do not hold for this member
// in another way.
func turnedOff(s quota.Standing, kind quota.Kind) []*quota.Limit {
	var out []*quota.Limit
	b := s.Budget(kind)
	for i := range s.Preset().Limits {
		l := &s.Preset().Limits[i]
		if _, in := b.Find(l.Name); !in && l.Kind == kind && isOff(s, l) {
			out = append(out, l)
		}
	}
	return out
}

func isOff(s quota.Standing, l *quota.Limit) bool {
	n, ok := numberOf(s.Terms, l.Name, s.At)
	return ok && n.Max == quota.Off
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

// noted adds a paragraph that reads differently aloud.
func (m Message) noted(n note) Message {
	m.Text += "\n\n" + n.plain
	m.Blocks = append(m.Blocks, section(n.marked))
	return m
}
