package look

import (
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// A Question asks what was sent before the first log: a line, and a row of buttons for it.
type Question struct {
	Line string
	Row  []Button
}

// Asked adds a question below an answer and whatever buttons it has.
func (q Question) Asked(m Message) Message {
	m.Text += " " + q.Line
	m.Blocks = append(slices.Clip(m.Blocks), q.Blocks()...)
	return m
}

// Blocks are the line and the row.
func (q Question) Blocks() []slack.Block {
	return append([]slack.Block{small(q.Line)}, row("before", q.Row)...)
}

// Recalled answers what somebody remembers of the time before the first log, and ends with what is left now. this
// and last are what was said of the week of the first log and of the one before, below 0 for one of which nothing
// was said.
func Recalled(r quota.Recalled, this, last int) Message {
	s := r.Standing
	week := quota.WeekOf(s.Member.Joined)
	var parts []string
	if this >= 0 {
		parts = append(parts, fmt.Sprintf("%s %s before %s", orNone(this), weekIn(week, s), Date(quota.DayOf(s.Member.Joined, s.Zone), s.Today)))
	}
	if last >= 0 {
		parts = append(parts, orNone(last)+" "+weekIn(week-1, s))
	}
	first := "Noted: " + And(parts) + "."
	if this == 0 && last == 0 {
		first = "Noted: none before your first log."
	}
	return Sentences(append([]string{first}, room(s, s.Budget(quota.Invite))...))
}

func orNone(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}

// weekIn names a week in a sentence: "this week", "last week", "in the week of Mon 9 Nov".
func weekIn(w quota.Week, s quota.Standing) string {
	switch w - quota.WeekOf(s.At) {
	case 0:
		return "this week"
	case -1:
		return "last week"
	}
	return "in the week of " + w.Start().Format("Mon 2 Jan")
}
