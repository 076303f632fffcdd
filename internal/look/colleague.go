package look

import (
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// Colleague is what a member sees of another: what is left, or that they are paused; never why, which the number of
// somebody paused would say.
func Colleague(s quota.Standing) Message {
	b := s.Budget(quota.Invite)
	is := "no fixed limit"
	if p := paused(s); p != "" {
		is = p
	} else if g, ok := b.Binding(); ok {
		is = strings.TrimSuffix(leftOnly(b, g), ".")
	}
	return Sentences([]string{name(s.Member) + ": " + is + "."})
}

// Watched is what a manager sees of a member: the member's own page, with a line that says so, and who "you" is in it.
func Watched(s quota.Standing, m Message) Message {
	return watched(s, m, ": “your” means them, and "+theirTimes(s))
}

// WatchedCard is what a manager sees of a member's card.
func WatchedCard(s quota.Standing) Message {
	text, blocks := cardOf(s, "their")
	return watched(s, Message{Text: text, Blocks: blocks}, "; "+theirTimes(s))
}

// WatchedWeek is what a manager sees of how a member's week closed: Closed.
func WatchedWeek(s quota.Standing, now quota.Week) Message {
	return watched(s, closedWeek(s, now, "their"), "")
}

// theirTimes says whose the times on a member's page are.
func theirTimes(s quota.Standing) string {
	if s.Zone == time.UTC {
		return "times are UTC"
	}
	return fmt.Sprintf("times are theirs (%s)", s.Zone)
}

func watched(s quota.Standing, m Message, read string) Message {
	who := name(s.Member)
	note := who + " sees exactly this" + read + "."
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
