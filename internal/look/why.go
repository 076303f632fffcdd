package look

import (
	"fmt"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// Why shows every limit on invites with its figure, its source, how sure that is, and what claims otherwise.
func Why(s quota.Standing, buttons ...Button) Message {
	b := s.Budget(quota.Invite)
	lines := []string{number(s, b)}
	if g, ok := b.Binding(); ok {
		lines[0] += fmt.Sprintf(" That is the smallest room of the limits below: %s.", lower(Title(g.Limit)))
	}
	blocks := []slack.Block{section(lines[0])}
	for _, g := range b.Gauges {
		head := fmt.Sprintf("%s: %d of %s.", Title(g.Limit), g.Used, about(g.Limit))
		if g.Force == quota.Soft {
			head = fmt.Sprintf("%s: %d of %s, a soft line.", Title(g.Limit), g.Used, about(g.Limit))
		}
		source := fmt.Sprintf("Source: %s. How sure: %s.", g.Source, g.Confidence)
		lines = append(lines, "", head, g.Claim, source)
		text := "*" + head + "*\n" + g.Claim + "\n" + source
		for _, a := range g.Against {
			lines = append(lines, "Others claim: "+a+".")
			text += "\n• Others claim: " + a + "."
		}
		blocks = append(blocks, slack.NewDividerBlock(), section(text))
	}
	m := Lines(lines)
	m.Blocks = append(blocks, row("", buttons)...)
	return m
}

func lower(s string) string { return string(s[0]|0x20) + s[1:] }

// Colleague is what a member sees of another: what is left, no more.
func Colleague(s quota.Standing) Message {
	b := s.Budget(quota.Invite)
	name := Escape(s.Member.Name)
	if name == "" {
		name = "Your colleague"
	}
	return Sentences([]string{name + ": " + number(s, b)})
}

// Watched is what a manager sees of a member: the card, with a line that says who else sees it.
func Watched(s quota.Standing) Message {
	m := Card(s)
	name := Escape(s.Member.Name)
	m.Text = name + ": " + m.Text + "\n" + name + " sees exactly this."
	m.Blocks = append([]slack.Block{section("*" + name + "*")}, m.Blocks...)
	m.Blocks = append(m.Blocks, small(name+" sees exactly this."))
	return m
}
