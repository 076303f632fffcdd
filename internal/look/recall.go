package look

import (
	"fmt"
	"slices"
	"time"

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
		parts = append(parts, orNone(this)+" "+WeekIn(week, s))
	}
	if last >= 0 {
		parts = append(parts, orNone(last)+" "+WeekIn(week-1, s))
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

// WeekIn names a week and the days of it before the first log, of which alone something is remembered: "this week
// (Mon 23 Nov)", "last week (Mon 16 to Sun 22 Nov)".
func WeekIn(w quota.Week, s quota.Standing) string {
	name := "in the week of your first log"
	switch now := quota.WeekOf(s.At); {
	case w == now:
		name = "this week"
	case w == now-1:
		name = "last week"
	case w < quota.WeekOf(s.Member.Joined):
		name = "in the week before your first log"
	}
	return name + " (" + untold(w, s) + ")"
}

// untold names the days of a UTC week before the day of the first log.
func untold(w quota.Week, s quota.Standing) string {
	monday := quota.DayOf(w.Start(), time.UTC)
	last := min(monday+6, quota.DayOf(s.Member.Joined, s.Zone)-1)
	if last <= monday {
		return Date(monday, s.Today)
	}
	return dated(monday, last)
}

// AskedThis asks what was sent before the first log in the week of it. A week is one of UTC, so that the question
// names its days.
func AskedThis(s quota.Standing) string {
	return "Sent any this week, since " + Date(quota.DayOf(quota.WeekOf(s.Member.Joined).Start(), time.UTC), s.Today) + ", before today?"
}

// AskedLast asks what was sent before the first log in the week before that.
func AskedLast(s quota.Standing) string {
	w := quota.WeekOf(s.Member.Joined) - 1
	if quota.DayOf(s.Member.Joined, s.Zone).Week() == w { // west of UTC, on the evening of a Sunday
		return "Sent any since " + Date(quota.DayOf(w.Start(), time.UTC), s.Today) + ", before today?"
	}
	return "Sent any last week, " + untold(w, s) + "?"
}

// AskedNext asks the same behind the answer to AskedThis.
func AskedNext(s quota.Standing) string {
	w := quota.WeekOf(s.Member.Joined) - 1
	if w == quota.WeekOf(s.At)-1 {
		return "And last week, " + untold(w, s) + "?"
	}
	return "And in the week of " + untold(w, s) + "?"
}
