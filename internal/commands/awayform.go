package commands

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// awayForm is the form of a leave.
func (b *Bot) awayForm(ctx context.Context, r Request) Reply {
	if verb, ok := find("away"); ok {
		if no, barred := b.barred(ctx, r, verb); barred {
			return no
		}
	}
	from := slack.NewDatePickerBlockElement("from")
	from.InitialDate = quota.DayOf(r.At, b.zone(ctx, r)).String()
	out := say("Until when? Type it: `%s away until fri`, or `away 1 dec to 5 dec`; `%s back` ends it.", b.names.Main, b.names.Main)
	out.Modal = form(r, awayCallback, "Your leave", "Save", nil,
		input("from", "First day", "", from),
		input("until", "Last day", "No plan uses those days, and I send you no messages about your pace. What you log counts as always, and a passed ceiling I still tell you.", slack.NewDatePickerBlockElement("until")))
	return out
}

// submitAway answers that form.
func (b *Bot) submitAway(ctx context.Context, r Request, f Form) Reply {
	today := quota.DayOf(r.At, b.zone(ctx, r))
	var days [2]quota.Day
	for i, field := range []string{"from", "until"} {
		day, ok := parseDay(f.first(field))
		if !ok || day.Kind != quota.OnDate {
			return wrong(field, "Choose a day from the calendar.")
		}
		days[i] = day.Date
	}
	a := quota.Away{From: days[0], Until: days[1]}
	switch {
	case a.Until < a.From:
		return wrong("until", "The last day comes before the first one.")
	case a.Until < today:
		return wrong("until", "That day is over already.")
	case a.Until > today+mostAway:
		return wrong("until", slipf("I can note a leave of up to a year ahead, to %s.", look.Date(today+mostAway, today)))
	}
	_, err := b.book.Away(ctx, who(r), r.ID, r.At, a)
	if no := b.refusal(ctx, r, err); err != nil && no != "" {
		return wrong("until", no)
	}
	if err != nil {
		return unsaved(r, "until", err)
	}
	return noticed("Leave", reply(look.Away(a, today)))
}
