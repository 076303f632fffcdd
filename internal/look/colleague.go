package look

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// Colleague is what a member sees of another: what is left, and whether they are paused; never why.
func Colleague(s quota.Standing) Message {
	b := s.Budget(quota.Invite)
	line := name(s.Member) + ": no fixed limit"
	if g, ok := b.Binding(); ok {
		line = name(s.Member) + ": " + strings.TrimSuffix(leftOnly(b, g), ".")
	}
	if x, ok := restriction(b); ok {
		line = name(s.Member) + ": 0 left, paused until " + Date(quota.DayOf(x.Ends, s.Zone), s.Today)
	} else if s.Member.Away.Has(s.Today) {
		line += ", paused until " + Date(s.Member.Away.Until, s.Today)
	}
	return Sentences([]string{line + "."})
}

// Watched is what a manager sees of a member: the member's own card or page, with a line that says so.
func Watched(s quota.Standing, m Message) Message {
	who := name(s.Member)
	note := who + " sees exactly this."
	m.Text = who + ": " + m.Text + "\n" + note
	m.Blocks = append([]slack.Block{section("*" + who + "*")}, append(m.Blocks, small(note))...)
	return m
}

// name is what others call a member.
func name(m quota.Member) string {
	// Stars and the like would end the bold type around the name.
	if n := Escape(strings.NewReplacer("*", "", "~", "", "`", "").Replace(m.Name)); n != "" {
		return n
	}
	return "Your colleague"
}
