package commands

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// logForm is the form to log with.
func (b *Bot) logForm(ctx context.Context, r Request) Reply {
	quantity := slack.NewNumberInputBlockElement(plain("1"), "quantity", false)
	quantity.MinValue, quantity.MaxValue, quantity.InitialValue = "1", strconv.Itoa(b.askedFrom(ctx, r, quota.Invite)), "1"
	var kinds []*slack.OptionBlockObject
	for _, k := range quota.Kinds() {
		name := look.KindName(k)
		kinds = append(kinds, slack.NewOptionBlockObject(k.String(), plain(strings.ToUpper(name[:1])+name[1:]), nil))
	}
	kind := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "kind", kinds...)
	kind.InitialOption = kinds[0]
	day := input("day", "Day", "Leave it empty for just now.", slack.NewDatePickerBlockElement("day"))
	day.Optional = true
	addresses := slack.NewPlainTextInputBlockElement(plain("https://www.linkedin.com/in/…"), "people")
	addresses.Multiline, addresses.MaxLength = true, 3000
	people := input("people", "Profile addresses", "One or several. I tell you if a colleague was there before.", addresses)
	people.Optional = true
	out := b.typing(r, "The form needs a button press; typing does the same: `{sent} 8`, `{sent} 5 yesterday`, `{sent} 2 inmail`.", "log_other")
	out.Modal = form(r, logCallback, "Log what you sent", "Log", nil,
		input("quantity", "How many", "", quantity), input("kind", "Kind", "", kind), day, people)
	return out
}

// typing is what stands where a form cannot open: how to do the same by typing, and in a direct message,
// which opens nothing by itself, a button that opens it.
func (b *Bot) typing(r Request, text, action string) Reply {
	m := look.Sentences([]string{fill(b.names, text)})
	if r.on == onCard {
		m = m.With(look.Button{Label: "Open the form", Action: action, Value: value(r, onCard, action)})
	}
	return reply(m)
}

func (b *Bot) submitLog(ctx context.Context, r Request, f Form) Reply {
	l, bad := b.readLogForm(ctx, r, f)
	if bad != nil {
		return *bad
	}
	logged, err := b.book.Log(ctx, who(r), r.ID, r.At, l)
	if err != nil {
		if no := b.refusal(ctx, r, err); no != "" {
			return wrong("day", no)
		}
		return unsaved(r, "quantity", err)
	}
	m := look.Logged(logged, b.names, shown)
	if asked, asks := question(r, logged.Standing); logged.Joined && asks { // a notice has no buttons
		m = look.Question{Line: asked.Line + fill(b.names, " `{main} before 12 this week, 50 last week` counts them.")}.Asked(m)
	}
	out := Reply{Text: m.Text, Modal: notice("Logged", m.Blocks), Update: freshCard(r, logged.Standing)}
	if r.on == onHome {
		out.Home = b.home(ctx, r, m.Text, logged.Standing, nil)
	}
	return out
}

// readLogForm reads a submitted form, or says what to mend.
func (b *Bot) readLogForm(ctx context.Context, r Request, f Form) (quota.Log, *Reply) {
	mend := func(block, text string) (quota.Log, *Reply) {
		r := wrong(block, text)
		return quota.Log{}, &r
	}
	n, err := parseQuantity(f.first("quantity"))
	if err != nil {
		return mend("quantity", "Write a whole number from 1 to "+strconv.Itoa(b.askedFrom(ctx, r, quota.Invite))+".")
	}
	kind, ok := kindWords[f.first("kind")]
	if !ok {
		return mend("kind", "Choose a kind from the list.")
	}
	l := quota.Log{Kind: kind, Quantity: n}
	if d := f.first("day"); d != "" {
		t, err := time.Parse(time.DateOnly, d)
		if err != nil {
			return mend("day", "Choose a day from the calendar, or leave it empty.")
		}
		l.When = quota.When{Kind: quota.OnDate, Date: quota.DayOf(t, time.UTC)}
	}
	people := fields(f.first("people"))
	if l.Persons, _, err = parsePersons(people); err != nil {
		return mend("people", err.Error())
	}
	switch named := len(l.Persons); {
	case len(people) > 0 && named == 0:
		return mend("people", "I see no profile address there, such as https://www.linkedin.com/in/jane-doe.")
	case n == 1 && named > 1: // 1 is what the field holds before anybody touches it
		l.Quantity = named
	case n < named:
		return mend("quantity", "You named "+strconv.Itoa(named)+" people. Write at least that number.")
	}
	if l.Quantity > quota.DefaultCeiling {
		if line := b.askedFrom(ctx, r, kind); l.Quantity > line {
			return mend("quantity", "That is "+tooMuch(kind, line)+". To log it all the same, type "+
				b.names.Sent+" "+strconv.Itoa(l.Quantity)+" "+kind.String()+" confirm.")
		}
	}
	return l, nil
}
