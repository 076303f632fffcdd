package look

import (
	"fmt"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Restricted answers the report of a restriction: until when nothing is left, what comes then, and that it ends by
// itself.
func Restricted(c quota.Confined, names Names) Message {
	s := c.Standing
	lines := []string{"Noted.", left(s, s.Budget(quota.Invite))[0]}
	if n, until, ok := recovery(s, s.Member.Restriction.Until); ok {
		lines = append(lines, "Then "+aWeek(n, until, s)+".")
	}
	lines = append(lines, "It ends by itself; support cannot lift it.")
	if c.LastWeek > 0 {
		lines = append(lines, fmt.Sprintf("Kept with it: %d sent in the last 7 days.", c.LastWeek))
	}
	var notes []string
	if c.Joined {
		notes = append(notes, joined(quota.Logged{Standing: s, Made: c.Made}, names))
	}
	return noted(lines, notes)
}

// Lifted answers the end of a restriction.
func Lifted(c quota.Confined) Message {
	s := c.Standing
	lines := append([]string{"Good, that is over."}, room(s, s.Budget(quota.Invite))...)
	if n, until, ok := recovery(s, s.At); ok && !strings.Contains(strings.Join(lines, " "), "restriction") {
		lines = append(lines, stays(n, until, s))
	}
	return Sentences(lines)
}

// recovery returns how many a week hold after a restriction that ends at a moment, and until when; until is zero when
// a limit that is lower still has an end of its own. ok is false when nothing is held back then, and when the member
// is paused, so that nothing is left all the same.
func recovery(s quota.Standing, end time.Time) (n int, until time.Time, ok bool) {
	if end.After(s.At) {
		s.At, s.Today = end, quota.DayOf(end, s.Zone)
	}
	b := s.Budget(quota.Invite)
	g, ok := b.Find(quota.RecoveryName)
	n, until = g.Max, s.Member.Restriction.Until.Add(quota.Recovery)
	for _, g := range b.Gauges {
		if g.Force != quota.Soft && g.Window.Kind == quota.CalendarWeek && g.Max < n {
			n, until = g.Max, time.Time{}
		}
	}
	return n, until, ok && n > 0
}

// aWeek tells a number a week with its end: "37 a week until Wed 9 Dec".
func aWeek(n int, until time.Time, reader quota.Standing) string {
	out := fmt.Sprintf("%d a week", n)
	if !until.IsZero() {
		out += " until " + lastDay(until, reader)
	}
	return out
}

// stays says what holds now that a restriction is over.
func stays(n int, until time.Time, reader quota.Standing) string {
	return "It stays at " + aWeek(n, until, reader) + ": a second restriction lasts longer."
}

// Past reports whether the log l stands past a ceiling that LinkedIn may have answered to, and nothing says yet that
// it did.
func Past(l quota.Logged) bool {
	s := l.Standing
	b := s.Budget(l.Operation.Kind)
	_, past := pastCeiling(b)
	_, known := restriction(b)
	return past && !known && l.Operation.Kind.Counts(quota.Invite)
}

// Warned adds to the answer to such a log the question whether LinkedIn showed a warning.
func Warned(m Message) Message {
	const question = "Did LinkedIn show a warning?"
	m.Text += " " + question
	m.Blocks = append(m.Blocks[:len(m.Blocks):len(m.Blocks)], small(question))
	return m
}
