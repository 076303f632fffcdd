package look

import (
	"fmt"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// Why shows every limit on invites with its figure, its source, how sure that is, and what claims otherwise.
func Why(s quota.Standing) Message {
	b := s.Budget(quota.Invite)
	lines := []string{number(s, b)}
	if g, ok := b.Binding(); ok {
		lines[0] += fmt.Sprintf(" That is the smallest room of the limits below: %s.", lower(Title(g.Limit)))
	}
	blocks := []slack.Block{section(lines[0])}
	for _, g := range b.Gauges {
		head := fmt.Sprintf("%s: %d of %s.", Title(g.Limit), g.Used, about(g))
		if g.Force == quota.Soft {
			head = fmt.Sprintf("%s: %d of %s, a soft line.", Title(g.Limit), g.Used, about(g))
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
	m.Blocks = blocks
	return m
}

func lower(s string) string { return string(s[0]|0x20) + s[1:] }
