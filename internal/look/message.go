package look

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slack-go/slack"
)

// A Message is one answer in two forms. Text stands alone: it is what notifications show and screen
// readers read. Blocks say the same for eyes.
type Message struct {
	Text   string
	Blocks []slack.Block
}

// With returns m with a row of buttons below it; without any it is m.
func (m Message) With(buttons ...Button) Message {
	m.Blocks = append(slices.Clip(m.Blocks), row("", buttons)...)
	return m
}

// Names are the slash commands as the operator has named them.
type Names struct {
	Main   string // "/paceline"
	Sent   string // "/sent"
	Budget string // "/budget"
}

// A Button is something to press below a message. Within one row actions differ.
type Button struct {
	Label  string
	Action string
	Value  string
	Style  slack.Style
	Hint   string // for screen readers, where the label alone says too little; it begins with the label, so that voice control finds it
}

// Sentences makes a message of sentences, with buttons below.
func Sentences(lines []string, buttons ...Button) Message {
	text := strings.Join(lines, " ")
	return Message{Text: text, Blocks: []slack.Block{section(text)}}.With(buttons...)
}

// Lines makes a message of lines, one block for each paragraph: lines up to an empty one.
func Lines(lines []string, buttons ...Button) Message {
	m := Message{Text: strings.Join(lines, "\n")}
	for _, p := range strings.Split(m.Text, "\n\n") {
		m.Blocks = append(m.Blocks, section(p))
	}
	return m.With(buttons...)
}

// section is a block of mrkdwn. Slack takes 3,000 characters in it.
func section(text string) *slack.SectionBlock {
	return slack.NewSectionBlock(markup(text, 3000), nil, nil)
}

// small is a line of context below what matters.
func small(text string) *slack.ContextBlock {
	return slack.NewContextBlock("", markup(text, 2000))
}

// markup is text of at most so many characters in which only what we have marked up is alive: Slack makes no
// links and no mentions of its own.
func markup(text string, most int) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, clip(text, most), false, true)
}

// row is a row of buttons, or nothing without any.
func row(id string, buttons []Button) []slack.Block {
	if len(buttons) == 0 {
		return nil
	}
	var elements []slack.BlockElement
	for _, b := range buttons {
		elements = append(elements, button(b))
	}
	return []slack.Block{slack.NewActionBlock(id, elements...)}
}

func button(b Button) *slack.ButtonBlockElement {
	e := slack.NewButtonBlockElement(b.Action, b.Value, slack.NewTextBlockObject(slack.PlainTextType, b.Label, false, false))
	e.Style = b.Style
	e.AccessibilityLabel = b.Hint
	return e
}

// Escape makes text from people safe to stand in one line of mrkdwn: nothing in it is mark-up, and nothing
// turns or hides what stands around it.
func Escape(s string) string {
	s = strings.Map(func(c rune) rune {
		const nonJoiner, joiner = '\u200c', '\u200d' // some scripts and emoji need them
		switch {
		case unicode.IsSpace(c):
			return ' '
		case unicode.IsControl(c), unicode.Is(unicode.Cf, c) && c != nonJoiner && c != joiner:
			return -1
		}
		return c
	}, s)
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// clip cuts text to at most n characters, with an ellipsis.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
