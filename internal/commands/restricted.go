package commands

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A spell is a word for how long LinkedIn restricts an account.
type spell struct {
	word, label string
	short       []string
	length      time.Duration // of the word alone
	one         time.Duration // of one of them, with a number in front
}

// spells is the table of what LinkedIn says (Help a551012: hours, days, up to a month), as lengths.
func spells() []spell {
	const day = 24 * time.Hour
	return []spell{
		{"hours", "Some hours (counted as 6)", []string{"h", "hr", "hrs"}, 6 * time.Hour, time.Hour},
		{"day", "A day", []string{"d"}, day, day},
		{"week", "A week", []string{"w", "wk"}, 7 * day, 7 * day},
		{"month", "A month (30 days)", nil, 30 * day, 30 * day},
	}
}

// restricted records that LinkedIn has restricted the account, or that this is over.
func (b *Bot) restricted(ctx context.Context, r Request, args []string) Reply {
	words := dropped(args, "for", "a", "an", "the", "about", "by", "linkedin", "is", "was", "it's")
	if len(words) == 1 && slices.Contains([]string{"lifted", "over", "ended", "gone"}, words[0]) {
		return b.lift(ctx, r, r.ID)
	}
	until, err := parseSpell(words, r.At, b.zone(ctx, r))
	if err != nil {
		return say("%s", err.Error())
	}
	c, err := b.book.Restrict(ctx, who(r), r.ID, r.At, until)
	if err != nil {
		return b.failed(ctx, r, err)
	}
	return b.confined(ctx, r, c)
}

// confined answers a restriction.
func (b *Bot) confined(ctx context.Context, r Request, c quota.Confined) Reply {
	lifted := look.Button{Label: "It's lifted", Action: "lifted", Value: value(r, r.on, "lifted"), Hint: "It's lifted: LinkedIn lets you invite again"}
	more := []look.Button{lifted}
	if c.Joined {
		more = append(more, wayOut(r)...)
	}
	return b.place(ctx, r, look.Restricted(c, b.names), c.Standing, []look.Button{undoButton(r, onAnswer, c.Operation)}, more)
}

// lift records that a restriction is over.
func (b *Bot) lift(ctx context.Context, r Request, key string) Reply {
	c, err := b.book.Lift(ctx, who(r), key, r.At)
	switch {
	case errors.Is(err, quota.ErrNotRestricted):
		return say("No restriction of yours lasts now, so there is nothing to lift. Nothing changed.")
	case err != nil:
		return b.failed(ctx, r, err)
	}
	return b.place(ctx, r, look.Lifted(c), c.Standing, []look.Button{undoButton(r, onAnswer, c.Operation), whyButton(r)}, nil)
}

const spellForms = "Write `restricted hours`, `day`, `week` or `month`, `restricted 3 days`, `restricted until 18:00` or `until 8 dec`, or `restricted lifted`. Nothing was recorded."

// parseSpell reads until when a restriction reported at a moment lasts; without words it is a day. Errors are
// slips.
func parseSpell(words []string, at time.Time, zone *time.Location) (time.Time, error) {
	if len(words) == 0 {
		words = []string{"day"}
	}
	if words[0] == "until" || words[0] == "till" {
		return parseEnd(words[1:], at, zone)
	}
	count, number := 0, false
	words = loosened(words)
	if len(words) == 2 && vague(words[0]) && spells()[0].named(words[1]) {
		words = words[1:]
	}
	if n, err := strconv.Atoi(words[0]); err == nil {
		count, number, words = n, true, words[1:]
	}
	if no := uncounted(words); no != "" {
		return time.Time{}, no
	}
	if len(words) != 1 {
		return time.Time{}, slipf("I can't read that as how long. %s", spellForms)
	}
	for _, s := range spells() {
		if !s.named(words[0]) {
			continue
		}
		length := s.length
		if number {
			if count < 1 || count > int(quota.MaxRestriction/s.one) {
				return time.Time{}, tooLongAway
			}
			length = time.Duration(count) * s.one
		}
		return at.Add(length), nil
	}
	return time.Time{}, slipf("I can't read %s as how long. %s", echo(words[0]), spellForms)
}

// named reports whether a word names a spell: in the plural too, or in short.
func (s spell) named(word string) bool {
	return strings.TrimSuffix(word, "s") == strings.TrimSuffix(s.word, "s") || slices.Contains(s.short, word)
}

// loosened parts a number from the unit that is written against it, as in "18h" and "3days".
func loosened(words []string) []string {
	unit := strings.TrimLeft(words[0], "0123456789")
	number := strings.TrimSuffix(words[0], unit)
	if number == "" || !slices.ContainsFunc(spells(), func(s spell) bool { return s.named(unit) }) {
		return words
	}
	return append([]string{number, unit}, words[1:]...)
}

// vague reports whether a word stands for no number in particular. Some hours are the hours that LinkedIn speaks of.
func vague(word string) bool { return slices.Contains([]string{"few", "some", "several"}, word) }

// uncounted says what to write for a length whose number is a word: LinkedIn itself says “a few days”.
func uncounted(words []string) slip {
	said := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "of" })
	if len(said) != 2 || !inWords(said[0]) && !vague(said[0]) {
		return ""
	}
	for _, s := range spells() {
		if s.named(said[1]) {
			return slipf("Choose a number for %s, as in `restricted 3 %ss`; it can be changed later. Nothing was recorded.", echo(strings.Join(said, " ")), strings.TrimSuffix(s.word, "s"))
		}
	}
	return ""
}

const tooLongAway slip = "I can note a restriction of an hour to a year; LinkedIn's own last up to a month. Nothing was recorded."

const nothingToReport = "If LinkedIn lets you invite again, there is nothing to report: the numbers count on by themselves. Nothing was recorded."

// parseEnd reads when a restriction ends: "18:00", "fri", "8 dec 09:00". A day without a time is meant whole.
func parseEnd(words []string, at time.Time, zone *time.Location) (time.Time, error) {
	today := quota.DayOf(at, zone)
	c := calendar{today}
	d, n := c.ahead(words, today)
	if no := c.past(words, "restricted until %s"); no != "" {
		return time.Time{}, slipf("%s %s", no, nothingToReport)
	}
	rest := dropped(words[n:], "at")
	if len(rest) > 1 || n+len(rest) == 0 {
		return time.Time{}, slipf("I can't read that as an end. %s", spellForms)
	}
	end := (d + 1).In(zone, 0, 0)
	if len(rest) == 1 {
		clock, ok := parseClock(rest[0])
		if !ok {
			return time.Time{}, slipf("%s is no day or time that I can read. %s", echo(rest[0]), spellForms)
		}
		if n == 0 {
			d = today
		}
		end = d.In(zone, clock/60, clock%60)
		_, weekday := weekdayWords[words[0]]
		switch {
		case end.After(at):
		case n == 0:
			end = (d + 1).In(zone, clock/60, clock%60)
		case weekday:
			end = (d + 7).In(zone, clock/60, clock%60)
		}
	}
	switch {
	case !end.After(at):
		return time.Time{}, slip("That moment is over already. " + nothingToReport)
	case end.After(at.Add(quota.MaxRestriction)):
		return time.Time{}, tooLongAway
	}
	return end.UTC(), nil
}

// warned asks below a log past the ceiling whether LinkedIn showed a warning.
func warned(r Request, on place) look.Button {
	return look.Button{Label: "Report it", Action: "report", Value: value(r, on, "report"), Hint: "Report it: LinkedIn showed a warning or restricts you"}
}

// restrictedForm is the form to report a restriction with.
func (b *Bot) restrictedForm(r Request) Reply {
	var options []*slack.OptionBlockObject
	for _, s := range spells() {
		options = append(options, slack.NewOptionBlockObject(s.word, plain(s.label), nil))
	}
	options = append(options, slack.NewOptionBlockObject("until", plain("Until the end of a date"), nil))
	long := slack.NewRadioButtonsBlockElement("long", options...)
	long.InitialOption = options[1]
	date := input("date", "Date", "Only if LinkedIn named one.", slack.NewDatePickerBlockElement("date"))
	date.Optional = true
	out := b.typing(r, "The form needs a button press; typing does the same: `{main} restricted day`, or `hours`, `week`, `month`, `until 8 dec`.", "report")
	out.Modal = form(r, restrictedCallback, "LinkedIn restricts me", "Report", nil,
		input("long", "How long?", "If LinkedIn names no time, a day is a good guess. It can be changed later.", long), date)
	return out
}

func (b *Bot) submitRestricted(ctx context.Context, r Request, f Form) Reply {
	words := []string{f.first("long")}
	switch {
	case f.first("long") == "until" && f.first("date") == "":
		return wrong("date", "Choose the date on which it ends.")
	case f.first("long") == "until":
		words = append(words, f.first("date"))
	case !slices.ContainsFunc(spells(), func(s spell) bool { return s.word == words[0] }):
		return wrong("long", "Choose how long from the list.")
	}
	until, err := parseSpell(words, r.At, b.zone(ctx, r))
	if err != nil {
		return wrong("date", "Choose a date from today on, at most a year ahead.")
	}
	c, err := b.book.Restrict(ctx, who(r), r.ID, r.At, until)
	if err != nil {
		return unsaved(r, "long", err)
	}
	m := look.Restricted(c, b.names)
	out := Reply{Text: m.Text, Modal: notice("Noted", m.Blocks), Update: freshCard(r, c.Standing)}
	if r.on == onHome {
		out.Home = b.home(ctx, r, m.Text, c.Standing, nil)
	}
	return out
}
