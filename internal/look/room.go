package look

import (
	"fmt"

	"github.com/paceline/paceline/internal/quota"
)

const noneBlocked = "Nothing is blocked."

// room says what is left, from which limit, and what else holds for the member, in a few sentences. The first
// "<number> left" in it is the honest number.
func room(s quota.Standing, b quota.Budget) []string {
	out := left(s, b)
	out = append(out, withNotes(s, b)...)
	if s.Member.Away.Has(s.Today) {
		out = append(out, "You are away until "+Date(s.Member.Away.Until, s.Today)+".")
	}
	return out
}

// left says what is left of one kind, and from which limit.
func left(s quota.Standing, b quota.Budget) []string {
	if _, ok := b.Binding(); !ok {
		return unbound(s, b)
	}
	if x, ok := restriction(b); ok {
		out := []string{"0 left: LinkedIn restricted you until " + Moment(x.Ends, s) + "."}
		return append(out, afterwards(s, b, x)...)
	}
	if c, past := pastCeiling(b); past {
		out := []string{"0 left: " + passed(c, theLimit(s, c, "your own")) + "."}
		if o, ok := s.NextOpening(b); ok {
			out = append(out, "Best to stop until "+stopUntil(upMinute(o.At), s)+".")
		}
		return out
	}
	g := tightest(b)
	switch {
	case held(s, g):
		return heldBack(s, g)
	case none(g):
		out := "0 left: " + accountOf(s.Member.Account.Type) + " comes with no " + many(b.Kind)
		if g.Used > 0 {
			out += fmt.Sprintf("; %d sent %s", g.Used, when(g.Limit))
		}
		return []string{out + "."}
	case g.Over() > 0:
		return over(s, b, g)
	}
	out := []string{leftNow(b, g) + " (" + of(s, g) + ")."}
	switch o, ok := s.NextOpening(b); {
	case b.Left > 0 || !ok:
	case g.Window.Kind == quota.CalendarWeek:
		out = append(out, "New week: "+NewWeek(s)+".")
	default:
		out = append(out, opening(o, s))
	}
	return append(out, warned(s, b, g)...)
}

// held reports whether a limit is a member's own that leaves nothing at all: a pause.
func held(s quota.Standing, g quota.Gauge) bool {
	return own(s, g) && g.Max == 0
}

// heldBack says that a member's invites are paused, by whom, until when and why.
func heldBack(s quota.Standing, g quota.Gauge) []string {
	out := "0 left. Your invites are paused by your manager"
	if g.By.By == s.Member.ID {
		out = "0 left. You have paused your invites"
	}
	if !g.By.Until.IsZero() {
		out += " until " + lastMoment(g.By.Until, s)
	}
	if g.By.Reason != "" {
		out += ": " + quoted(g.By.Reason)
	}
	lines := []string{out + "."}
	if g.Used > 0 {
		lines = append(lines, fmt.Sprintf("What is sent is recorded all the same, %d %s.", g.Used, when(g.Limit)))
	}
	return lines
}

// leftNow is the number with the time for which it holds: "25 left now, 60 this week".
func leftNow(b quota.Budget, g quota.Gauge) string {
	out := fmt.Sprintf("%d left %s", b.Left, whenLeft(g.Limit))
	if g.Pool {
		out += " for the whole team"
	}
	if w, ok := weekly(b); ok && (g.Window.Kind == quota.Rolling || g.Window.Kind == quota.CalendarDay) {
		out += fmt.Sprintf(", %d this week", w.Room())
	}
	return out
}

// unbound says that nothing limits a kind, and what was sent all the same.
func unbound(s quota.Standing, b quota.Budget) []string {
	week := quota.WeekOf(s.At)
	sent := s.Journal.Sent(b.Kind, week.Start(), week.End())
	switch {
	case b.Kind == quota.Invite:
		return []string{fmt.Sprintf("No fixed limit, %d sent this week.", sent), fmt.Sprintf("Plans and nudges use Paceline's %d.", s.Weekly(s.At))}
	case needsAccount(s, b.Kind):
		return []string{fmt.Sprintf("No limit on %s while your account type is not known here; %d sent this week.", many(b.Kind), sent)}
	}
	out := fmt.Sprintf("No fixed limit on %s; %d sent this week", many(b.Kind), sent)
	for _, g := range b.Gauges {
		if g.Kind == b.Kind && g.Window.Kind == quota.CalendarWeek {
			return []string{fmt.Sprintf("%s, with a soft line at %d.", out, g.Max)}
		}
	}
	return []string{out + "."}
}

// afterwards says what a restriction leaves when it ends.
func afterwards(s quota.Standing, b quota.Budget, x quota.Gauge) []string {
	then := s
	then.At, then.Today = x.Ends, quota.DayOf(x.Ends, s.Zone)
	n, until, slow := recovery(s, x.Ends)
	o, more := s.NextOpening(b)
	opens := more && o.At.Equal(x.Ends)
	number, why := fmt.Sprintf("%d a week", n), ""
	if r, ok := then.Budget(b.Kind).Find(quota.RecoveryName); ok && !until.IsZero() {
		number, why = fmt.Sprintf("%d a week for %d weeks", n, int(quota.Recovery.Hours())/(7*24)), ", "+half(then, r)
	}
	var out []string
	switch {
	case slow && opens && o.More < n:
		out = append(out, fmt.Sprintf("Then %s; it is %s%s.", opensUp(o.More, ""), number, why))
	case slow:
		out = append(out, fmt.Sprintf("Then %s%s.", number, why))
	case opens:
		out = append(out, fmt.Sprintf("Then %s.", opensUp(o.More, "")))
	}
	if more && !opens {
		out = append(out, opening(o, s))
	}
	return out
}

// over says by how much the tightest limit, which is not a ceiling, is passed.
func over(s quota.Standing, b quota.Budget, g quota.Gauge) []string {
	sent := fmt.Sprint(g.Used)
	if g.Kind == quota.Note {
		sent = counted(g.Used, g.Kind)
	}
	if g.Basis == quota.ByAccepted {
		sent += " accepted"
	}
	out := fmt.Sprintf("0 left: %s %s, %d over %s", sent, when(g.Limit), g.Over(), theLimit(s, g, "your own"))
	if g.Pool {
		out += " for the whole team"
	}
	if says := saysRange(s, g); says != "" {
		out += " (" + says + ")"
	}
	if g.Window.Kind != quota.CalendarWeek {
		lines := []string{out + ".", noneBlocked}
		if o, ok := s.NextOpening(b); ok {
			lines = append(lines, opening(o, s))
		}
		return lines
	}
	if c, ok := tightestCeiling(b); ok && g.Kind == quota.Invite {
		if c.Room() == 0 {
			out += ", at " + theLimit(s, c, "your own")
		} else {
			out += fmt.Sprintf(", %d under %s", c.Room(), theLimit(s, c, "your own"))
		}
	}
	return []string{out + ".", noneBlocked}
}

// withNotes says the other half about invites with a note: they count against two limits.
func withNotes(s quota.Standing, b quota.Budget) []string {
	if b.Kind != quota.Note {
		return nil
	}
	g, bound := b.Binding()
	if bound && g.Kind == quota.Note {
		lines := left(s, s.Budget(quota.Invite))
		lines[0] = headed("As invites", lines[0])
		return lines
	}
	for _, g := range b.Gauges {
		if g.Kind == quota.Note {
			return []string{fmt.Sprintf("With a note: %d of %d %s.", g.Used, g.Max, when(g.Limit))}
		}
	}
	return nil
}

// warned tells the limits other than g that are close: from where on they are mentioned they say themselves.
func warned(s quota.Standing, b quota.Budget, g quota.Gauge) []string {
	var out []string
	for _, other := range b.Gauges {
		if says := saysRange(s, other); says != "" && other.Force != quota.Soft && other.Name != g.Name {
			out = append(out, fmt.Sprintf("%d %s; %s.", other.Used, when(other.Limit), says))
		}
	}
	return out
}

func opening(o quota.Opening, s quota.Standing) string {
	return opensUp(o.More, "more ") + " " + inSentence(upMinute(o.At), s) + "."
}

// opensUp says that so many open up: "1 more opens up".
func opensUp(n int, more string) string {
	if n == 1 {
		return "1 " + more + "opens up"
	}
	return fmt.Sprintf("%d %sopen up", n, more)
}

// tightest returns the gauge to name for what is left: the one that gives it; of those with nothing left the
// one that is passed by most. Something binds b.
func tightest(b quota.Budget) quota.Gauge {
	t, _ := b.Binding()
	for _, g := range b.Gauges {
		if g.Force != quota.Soft && b.Left == 0 && g.Over() > t.Over() {
			t = g
		}
	}
	return t
}

// restriction returns the gauge of a restriction that lasts and leaves nothing.
func restriction(b quota.Budget) (quota.Gauge, bool) {
	for _, g := range b.Gauges {
		if g.Stage == quota.WhileRestricted && g.Max == 0 {
			return g, true
		}
	}
	return quota.Gauge{}, false
}

// weekly returns the tightest limit that binds the calendar week.
func weekly(b quota.Budget) (t quota.Gauge, ok bool) {
	for _, g := range b.Gauges {
		if g.Force != quota.Soft && g.Window.Kind == quota.CalendarWeek && (!ok || g.Room() < t.Room()) {
			t, ok = g, true
		}
	}
	return t, ok
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

// passed tells by how much a ceiling is passed, which is called limit.
func passed(c quota.Gauge, limit string) string {
	return fmt.Sprintf("%d %s, %d past %s", c.Used, when(c.Limit), c.Over(), limit)
}

func tightestCeiling(b quota.Budget) (t quota.Gauge, ok bool) {
	for _, g := range b.Gauges {
		if g.Force == quota.Loud && (!ok || g.Room() < t.Room()) {
			t, ok = g, true
		}
	}
	return t, ok
}
