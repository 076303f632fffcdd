package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A wishable is a message that comes only to those who asked for it.
type wishable struct {
	bit          quota.Wants
	word         string // as it is typed
	label, about string // in the form
	name         string // inside a sentence
}

// wishes is the table of them. The last one is for managers.
func wishes() []wishable {
	return []wishable{
		{quota.WantsCheckIn, "checkin", "End-of-day check-in", "What I have for the day, and whether anything is missing.", "an end-of-day check-in"},
		{quota.WantsRecap, "recap", "Weekly recap", "My own week, on Monday morning.", "a weekly recap"},
		{quota.WantsCram, "cram", "Last working day", "When much is left and the last weeks were crammed into one day.", "a word on the last working day when much is left"},
		{quota.WantsOverview, "overview", "Monday overview", "For managers: the team at a glance, on Monday morning.", "the Monday overview of the team"},
	}
}

// settingWords are the words of the settings, each with the name of its part.
func settingWords() map[string]string {
	words := map[string]string{"zone": "zone", "days": "days", "day": "days", "account": "account", "quiet": "quiet", "check-in": "checkin"}
	for _, w := range wishes() {
		words[w.word] = w.word
	}
	return words
}

// managesAny reports whether somebody is a manager of any team.
func (p role) managesAny() bool {
	return slices.ContainsFunc(p.teams, func(t quota.Team) bool { return t.Manages(p.user) })
}

// parseWishes reads "quiet 18:00-09:00", "checkin on" and the like.
func (b *Bot) parseWishes(parts map[string][]string, p role, w *quota.Wishes) (no slip) {
	if words, ok := parts["quiet"]; ok {
		if w.From, w.To, no = parseHours(words); no != "" {
			return no
		}
	}
	for _, x := range wishes() {
		words, ok := parts[x.word]
		switch {
		case !ok:
		case x.bit == quota.WantsOverview && !p.managesAny():
			return "The Monday overview is for managers of a team."
		case len(words) == 1 && bare(words[0]) == "on":
			w.Wants |= x.bit
		case len(words) == 1 && bare(words[0]) == "off":
			w.Wants &^= x.bit
		default:
			return slipf("Write `on` or `off` behind it: `%s settings %s on`.", b.names.Main, x.word)
		}
	}
	return ""
}

const hoursForms = "Quiet hours run from an evening to a morning, with an hour or more between: write `settings quiet 18:00-09:00`. `quiet default` is just that, `quiet off` ends them."

// parseHours reads "18:00-09:00" and "18:00 to 09:00" as minutes after midnight; "off" is none at all.
func parseHours(words []string) (from, to int, no slip) {
	text := strings.NewReplacer("–", " ", "-", " ").Replace(strings.Join(words, " "))
	times := dropped(strings.Fields(text), "to", "until", "from", "hours")
	if len(times) == 1 {
		switch times[0] {
		case "off", "none", "never":
			return 24 * 60, 0, ""
		case "default", "reset":
			return 0, 0, ""
		}
	}
	if len(times) != 2 {
		return 0, 0, slip(hoursForms)
	}
	var minutes [2]int
	for i, w := range times {
		clock, ok := parseClock(w)
		if !ok && w != "24:00" {
			return 0, 0, slipf("%s is not a time I can read. %s", echo(w), hoursForms)
		}
		minutes[i] = clock
	}
	return quietFrom(minutes[0], minutes[1])
}

// quietFrom checks the beginning and the end of quiet hours; a day may last until midnight.
func quietFrom(from, to int) (int, int, slip) {
	if from == 0 {
		from = 24 * 60
	}
	if !(quota.Wishes{From: from, To: to}).Valid() {
		return 0, 0, slip(hoursForms)
	}
	return from, to, ""
}

// wishLines say what is unusual about the messages that a member wants, or differs from before.
func wishLines(m, was quota.Member) []string {
	now, then := quota.WishesOf(m), quota.WishesOf(was)
	var out []string
	if now.From != then.From || now.To != then.To || now.From != 0 {
		out = append(out, "Quiet hours: "+hours(m)+". What can wait comes outside them.")
	}
	if now.Wants != then.Wants || now.Wants != 0 {
		out = append(out, wantsLine(now.Wants))
	}
	return out
}

// hours are the quiet hours of a member in words.
func hours(m quota.Member) string {
	from, until := m.Hours()
	if until-from == 24*60 {
		return "none but days off"
	}
	return fmt.Sprintf("%s to %s and days off", clockOf(until%(24*60)), clockOf(from))
}

// wantsLine says which messages somebody has asked for.
func wantsLine(w quota.Wants) string {
	var names []string
	for _, x := range wishes() {
		if w&x.bit != 0 {
			names = append(names, x.name)
		}
	}
	if names == nil {
		return "No check-in, recap or the like comes."
	}
	return "What comes because you want it: " + look.And(names) + "."
}

// wishInputs are the fields of a form for them.
func wishInputs(p role, m quota.Member) []slack.Block {
	from, until := m.Hours()
	picker := func(id string, minute int) *slack.TimePickerBlockElement {
		t := slack.NewTimePickerBlockElement(id)
		t.InitialTime = clockOf(minute % (24 * 60))
		return t
	}
	var options, on []*slack.OptionBlockObject
	for _, x := range wishes() {
		if x.bit == quota.WantsOverview && !p.managesAny() {
			continue
		}
		o := slack.NewOptionBlockObject(x.word, plain(x.label), plain(x.about))
		options = append(options, o)
		if m.Wants&x.bit != 0 {
			on = append(on, o)
		}
	}
	boxes := slack.NewCheckboxGroupsBlockElement("wants", options...)
	boxes.InitialOptions = on
	wants := input("wants", "Messages I want", "Answers to what I do come anyway.", boxes)
	wants.Optional = true
	return []slack.Block{
		input("quiet_from", "Quiet hours from", "What can wait is not said then, nor on days off.", picker("quiet_from", until)),
		input("quiet_to", "Quiet hours until", "", picker("quiet_to", from)),
		wants,
	}
}

// readWishes reads those fields. A form without them leaves everything as it is.
func readWishes(f Form, w *quota.Wishes) (field string, no slip) {
	if f.first("quiet_from") != "" && f.first("quiet_to") != "" {
		was := quota.Member{Quiet: quota.Quiet{From: w.From, To: w.To}}
		from, to, no := parseHours([]string{f.first("quiet_from"), f.first("quiet_to")})
		if no != "" {
			return "quiet_from", no
		}
		if begin, end := was.Hours(); from != end || to != begin {
			w.From, w.To = from, to
		}
	}
	if values, ok := f.Values["wants"]; ok {
		for _, x := range wishes() {
			w.Wants &^= x.bit
			if slices.Contains(values, x.word) {
				w.Wants |= x.bit
			}
		}
	}
	return "", ""
}

// outsider answers somebody who is on no team: whoever manages one may have its overview sent.
func (b *Bot) outsider(ctx context.Context, r Request, p role, args []string) Reply {
	if !p.managesAny() {
		return say("You are not on a team yet. Your first `%s` puts you on one, and `settings` comes with it.", b.names.Sent)
	}
	w := quota.WishesOf(p.member)
	if len(args) > 0 {
		parts, no := parts(args, map[string]string{"overview": "overview"}, "the setting ")
		if no == "" {
			no = b.parseWishes(parts, p, &w)
		}
		if no != "" {
			return say("%s You are on no team yourself, so there is `%s settings overview on` or `off` alone. Nothing changed.", no, b.names.Main)
		}
		m, err := b.book.Wish(ctx, who(r), r.ID+"/wishes", r.At, w)
		if err != nil {
			return b.failed(ctx, r, err)
		}
		return say("Saved. %s", b.overviewLine(m))
	}
	return say("You manage a team without being on one, so there is one setting. %s Change it with `%s settings overview on` or `off`.", b.overviewLine(p.member), b.names.Main)
}

// overviewLine says whether somebody gets the Monday overview.
func (b *Bot) overviewLine(m quota.Member) string {
	if m.Wants&quota.WantsOverview == 0 {
		return "The Monday overview of your team is off."
	}
	from, _ := m.Hours()
	return fmt.Sprintf("The Monday overview of your team is on: it comes by direct message at %s in %s.", clockOf(from), b.book.Zone(m.Zone))
}
