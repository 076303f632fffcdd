package look

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

const (
	mostPage   = 2900 // characters of a page: Slack advises 4,000, and a phone shows less
	mostReason = 60   // characters of a reason within a list of what is past, and of all when whole ones fill the page
	lastDeeds  = 5

	wholeReason = 1000 // characters of a reason for what is in force: more than anybody may write
)

// A House is a team with what it takes to show its rules.
type House struct {
	Team    quota.Team
	Members []quota.Member // everybody of the workspace whose name may be needed, and all of the team
	At      time.Time
	Zone    *time.Location // of the person who reads
}

// Active returns the members who are on the team, by name.
func (h House) Active() []quota.Member {
	var out []quota.Member
	for _, m := range h.Members {
		if m.Team == h.Team.ID && m.Active() {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b quota.Member) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Called names a person: as the roster does, else as Slack does. Where Slack shows no names, see spoken.
func (h House) Called(id string) string {
	for _, m := range h.Members {
		if m.ID == id && m.Name != "" {
			return name(m)
		}
	}
	return "<@" + id + ">"
}

// mention is how Called names somebody whose name nobody knows here.
var mention = regexp.MustCompile("<@([A-Z0-9]+)>")

// spoken is a text that stands alone: what holds no name for a screen reader becomes a word.
func (h House) spoken(text string) string {
	return mention.ReplaceAllStringFunc(text, func(at string) string {
		id := mention.FindStringSubmatch(at)[1]
		if slices.ContainsFunc(h.Members, func(m quota.Member) bool { return m.ID == id && m.Active() }) {
			return "a colleague"
		}
		return "a manager"
	})
}

// sentences makes a message of sentences about the team.
func (h House) sentences(lines []string, buttons []Button) Message {
	m := Sentences(lines, buttons...)
	m.Text = h.spoken(m.Text)
	return m
}

// date is the civil day of a moment for the person who reads.
func (h House) date(t time.Time) string {
	return Date(quota.DayOf(t, h.Zone), quota.DayOf(h.At, h.Zone))
}

// until names the end of something in the reader's time; "" for something without an end.
func (h House) until(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return " until " + lastMoment(t, quota.Standing{At: h.At, Zone: h.Zone, Today: quota.DayOf(h.At, h.Zone)})
}

// chosen says who chose a number, when and why, with at most so many characters of that.
func (h House) chosen(n quota.Number, most int) string {
	return fmt.Sprintf("by %s on %s: %s", h.Called(n.By), h.date(n.At), quoted(clip(n.Reason, most)))
}

// quoted shows what somebody wrote, between quotes, without mark-up.
func quoted(s string) string {
	return "“" + Escape(strings.NewReplacer("*", "", "~", "", "`", "").Replace(s)) + "”"
}

// Policy shows the rules of a team: the preset, every limit with its number and who chose it, members with
// limits of their own, what waits under other presets, and the last changes.
func Policy(h House, deeds []quota.Deed, names Names, buttons ...Button) Message {
	m := h.policy(deeds, names, wholeReason)
	if utf8.RuneCountInString(m.Text) > longestText {
		m = h.policy(deeds, names, mostReason)
	}
	return m.With(buttons...)
}

// policy is that page, with at most so many characters of the reasons for what is in force.
func (h House) policy(deeds []quota.Deed, names Names, most int) Message {
	preset := presetOf(h.Team.Terms.Preset)
	p := page{}
	head := []string{fmt.Sprintf("Preset: %s (`%s`): %s.", preset.Title, preset.Name, preset.About)}
	if preset.Outdated != "" {
		head = append(head, "Outdated, not advised. "+preset.Outdated)
	}
	p.must("Rules of the team “"+Escape(strings.ReplaceAll(h.Team.Name, "*", ""))+"”", head)
	for _, g := range h.groups(most) {
		p.must(g.title, g.lines)
	}
	foot := fmt.Sprintf("“About”: LinkedIn publishes no number. To change one by typing: `%s policy set %s 60 \"why\"`. Each member sees their own in `%s why`.", names.Main, quota.BudgetName, names.Budget)
	p.left = mostPage - utf8.RuneCountInString(foot)
	p.may("Limits of their own", h.owns(most))
	p.may("Waiting under other presets", h.waiting())
	p.may("Last changes", h.changes(deeds))
	p.must("", []string{foot})
	return Message{Text: h.spoken(strings.Join(p.text, "\n\n")), Blocks: p.blocks}
}

// A page grows by paragraphs, each under a title.
type page struct {
	text   []string
	blocks []slack.Block
	left   int // how long the whole may become, for may
}

func (p *page) must(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	body := strings.Join(lines, "\n")
	if title == "" {
		p.text, p.blocks = append(p.text, body), append(p.blocks, small(body))
		return
	}
	p.text = append(p.text, title+"\n"+body)
	p.blocks = append(p.blocks, sections(append([]string{"*" + title + "*"}, lines...))...)
}

// may adds as many lines as there is room for, and says how many are left out.
func (p *page) may(title string, lines []string) {
	used := utf8.RuneCountInString(strings.Join(p.text, "\n\n") + title)
	for i, line := range lines {
		if used += utf8.RuneCountInString(line) + 2; used > p.left-30 {
			if lines = slices.Clone(lines[:i]); i > 0 {
				lines = append(lines, "and more")
			}
			break
		}
	}
	p.must(title, lines)
}

type group struct {
	title string
	lines []string
}

// groups sorts the limits by what they do.
func (h House) groups(most int) []group {
	out := []group{{title: "Limits on invites"}, {title: "Mentioned, never blocking"}, {title: "At special times"}, {title: "Other outreach"}, {title: "Off"}}
	for _, r := range Rules(h.Team.Terms, h.At) {
		i := 0
		switch {
		case r.Off:
			i = 4
		case r.Stage != quota.Always:
			i = 2
		case r.Kind != quota.Invite:
			i = 3
		case r.Force == quota.Soft:
			i = 1
		}
		out[i].lines = append(out[i].lines, "• "+h.line(r, most))
	}
	return out
}

func (h House) line(r Rule, most int) string {
	word := ""
	if r.Settable() {
		word = " (`" + r.Name + "`)"
	}
	out := LimitName(r.Limit) + word + ": " + r.Figure()
	if r.Off {
		out = LimitName(r.Limit) + word
	}
	if r.By.At.IsZero() {
		return out
	}
	switch was := r.Without(h.Team.Terms, h.At); {
	case was.Grants != nil:
		out += ", instead of a number by account"
	case !was.Off:
		out += ", instead of " + was.Figure()
	}
	return out + ", " + h.chosen(r.By, most)
}

// owns lists the members with limits of their own.
func (h House) owns(most int) []string {
	var out []string
	for _, m := range h.Active() {
		if owns(m, h.At) {
			out = append(out, fmt.Sprintf("• %s: %d a week%s, %s", h.Called(m.ID), m.Own.Max, h.until(m.Own.Until), h.chosen(m.Own, most)))
		}
	}
	return out
}

func owns(m quota.Member, at time.Time) bool {
	return !m.Own.At.IsZero() && (m.Own.Until.IsZero() || at.Before(m.Own.Until))
}

// waiting lists the numbers chosen under presets that are not in force.
func (h House) waiting() []string {
	var out []string
	for _, n := range h.Team.Terms.Numbers {
		p := presetOf(n.Preset)
		if l, ok := p.Find(n.Limit); ok && p != presetOf(h.Team.Terms.Preset) {
			out = append(out, fmt.Sprintf("• %s (`%s`): %s, %s", LimitName(l), p.Name, Rule{Limit: l, Max: n.Max, By: n, Off: n.Max == quota.Off}.Figure(), h.chosen(n, mostReason)))
		}
	}
	return out
}

// changes tells the last deeds, the latest first.
func (h House) changes(deeds []quota.Deed) []string {
	var out []string
	for i := len(deeds) - 1; i >= 0 && len(out) < lastDeeds; i-- {
		if deeds[i].Team == h.Team.ID {
			out = append(out, "• "+h.deed(deeds[i]))
		}
	}
	return out
}

// deed tells one change: "Mia set the team budget from 75 to 60 on Tue 24 Nov: “quarter end”".
func (h House) deed(d quota.Deed) string {
	from := ""
	if d.Was != "" {
		from = " from " + valued(d.Was)
	}
	what := ""
	switch is := valued(d.Is); d.What {
	case quota.PresetChosen:
		what = "chose the preset “" + presetOf(d.Is).Title + "” instead of “" + presetOf(d.Was).Title + "”"
	case quota.NumberChosen:
		what = "set " + h.limit(d.Limit) + from + " to " + is
	case quota.NumberCleared:
		what = "set " + h.limit(d.Limit) + " back" + from + " to " + is
	case quota.OwnChosen:
		what = "set " + h.Called(d.Member) + "'s own limit" + from + " to " + is + h.until(d.Until)
	case quota.OwnCleared:
		what = "took back " + h.Called(d.Member) + "'s own limit" + strings.Replace(from, "from", "of", 1)
	case quota.AccountChanged:
		what = "set " + h.Called(d.Member) + "'s account to " + accountSaid(d.Is, quota.DayOf(h.At, h.Zone))
		if d.By == d.Member {
			what = "said what account they have"
		}
	}
	switch out := h.Called(d.By) + " " + what + " on " + h.date(d.At); {
	case d.By == d.Member && d.What == quota.AccountChanged:
		return out + ": " + accountSaid(d.Is, quota.DayOf(h.At, h.Zone))
	case d.Reason != "":
		return out + ": " + quoted(clip(d.Reason, mostReason))
	default:
		return out
	}
}

// valued is a value of a limit within a sentence: "60", "a number by account type".
func valued(value string) string {
	if value == quota.ByAccount {
		return "a number " + value
	}
	return Escape(value)
}

// severalOf reports whether a limit is called by several of something: "InMail credits".
func severalOf(l *quota.Limit) bool { return l.Kind != quota.Invite || l.Window.Kind == quota.Stock }

// limit is what a limit is called within a sentence, under whichever preset has it.
func (h House) limit(word string) string {
	for _, p := range append([]*quota.Preset{presetOf(h.Team.Terms.Preset)}, quota.Presets()...) {
		l, ok := p.Find(word)
		switch {
		case ok && severalOf(l):
			return l.Title
		case ok:
			return "the " + l.Title
		}
	}
	return Escape(word)
}
