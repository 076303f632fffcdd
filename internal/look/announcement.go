package look

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// An Announcement is a message with tables and charts in it. Spare is the same without them, in plain lines, for
// a Slack that refuses those blocks.
type Announcement struct {
	Message
	Spare []slack.Block
}

// With returns a with a row of buttons below it, in both forms; without any it is a.
func (a Announcement) With(buttons ...Button) Announcement {
	a.Message = a.Message.With(buttons...)
	a.Spare = append(slices.Clip(a.Spare), row("", buttons)...)
	return a
}

// shortFrom is the size of a team from which on the text of an announcement leaves its table to the blocks: the text
// is for a phone and for ears, and Slack asks for at most 4,000 characters.
const shortFrom = 60

// longestText is how many characters the text of an announcement has at most.
const longestText = 4000

// A draft is an announcement in the making: what is added stands below what is there.
type draft struct {
	lines  []string
	blocks []slack.Block
	spare  []slack.Block
}

// say adds lines as one paragraph; without any it adds nothing.
func (d *draft) say(lines ...string) {
	if len(lines) == 0 {
		return
	}
	d.lines = append(d.lines, lines...)
	b := section(strings.Join(lines, "\n"))
	d.blocks, d.spare = append(d.blocks, b), append(d.spare, b)
}

// aside adds a small line, unless it is empty.
func (d *draft) aside(line string) {
	if line == "" {
		return
	}
	d.lines = append(d.lines, line)
	b := small(line)
	d.blocks, d.spare = append(d.blocks, b), append(d.spare, b)
}

// tabulate adds a table. Its rows stand in the text too, unless there are too many: then short stands for them.
func (d *draft) tabulate(table slack.Block, lines []string, short string) {
	d.blocks = append(d.blocks, table)
	d.spare = append(d.spare, sections(lines)...)
	if short == "" {
		d.lines = append(d.lines, lines...)
		return
	}
	d.lines = append(d.lines, short)
}

// draw adds a chart, and a line that tells its numbers where it cannot be seen; without a chart it adds nothing.
func (d *draft) draw(chart slack.Block, line string) {
	if chart == nil {
		return
	}
	d.lines = append(d.lines, line)
	d.blocks, d.spare = append(d.blocks, chart), append(d.spare, small(line))
}

func (d *draft) done() Announcement {
	return Announcement{Message: Message{Text: strings.Join(d.lines, "\n"), Blocks: d.blocks}, Spare: d.spare}
}

// sections makes as many sections of lines as Slack's 3,000 characters for each ask for.
func sections(lines []string) []slack.Block {
	var out []slack.Block
	var part []string
	used := 0
	for _, l := range lines {
		n := utf8.RuneCountInString(l) + 1
		if used+n > 3000 {
			out, part, used = append(out, section(strings.Join(part, "\n"))), nil, 0
		}
		part, used = append(part, l), used+n
	}
	if len(part) > 0 {
		out = append(out, section(strings.Join(part, "\n")))
	}
	return out
}

// size is how many characters lines have, with their ends.
func size(lines []string) int {
	n := 0
	for _, l := range lines {
		n += utf8.RuneCountInString(l) + 1
	}
	return n
}

// longestName is how many characters of a name an announcement shows: with a hundred of them in one table, all of
// Slack's 12,000 characters must do.
const longestName = 32

// called is what an announcement calls a member, as mark-up.
func called(m quota.Member) string { return shortName(m.Name, "Somebody") }

// shortName cuts a name so that it is at most longestName characters of mark-up; one that is empty is anon.
func shortName(s, anon string) string {
	s = strings.TrimSpace(bare(Escape(unmarked.Replace(s))))
	out := Escape(s)
	for n := longestName; utf8.RuneCountInString(out) > longestName; n-- {
		out = Escape(clip(s, n))
	}
	if out == "" {
		return anon
	}
	return out
}

// bare is mark-up without mark-up in it, as it is read.
func bare(s string) string {
	return unescaped.Replace(s)
}

// What is left out of names, and what Escape did. Stars and the like would be mark-up; between angle brackets
// mentions stand, and nobody promises that cells of tables make none.
var (
	unmarked  = strings.NewReplacer("*", "", "~", "", "`", "", "<", "", ">", "")
	unescaped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
)
