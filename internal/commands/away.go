package commands

import (
	"context"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// mostAway is how far ahead a leave may reach, in days: a year.
const mostAway = 366

const awayForms = "Write it like `away until fri`, `away fri` or `away 1 dec to 5 dec`; `back` ends it. Nothing changed."

// away records a leave.
func (b *Bot) away(ctx context.Context, r Request, args []string) Reply {
	today := quota.DayOf(r.At, b.zone(ctx, r))
	a, err := parseAway(args, today)
	if err != nil {
		return say("%s", err.Error())
	}
	if _, err := b.book.Away(ctx, who(r), r.ID, r.At, a); err != nil {
		return b.failed(ctx, r, err)
	}
	return reply(look.Away(a, today))
}

// back ends a leave. It says the same to whoever is on none: then it is just as true.
func (b *Bot) back(ctx context.Context, r Request, args []string) Reply {
	if len(dropped(args, "now", "today", "i'm", "am")) > 0 {
		return say("`back` stands alone: it ends your leave. Nothing changed.")
	}
	if _, err := b.book.Away(ctx, who(r), r.ID, r.At, quota.Away{}); err != nil {
		return b.failed(ctx, r, err)
	}
	return reply(look.Back())
}

// parseAway reads "until DAY", "DAY" or "[from] DAY to DAY". Errors are slips.
func parseAway(args []string, today quota.Day) (quota.Away, error) {
	words := dropped(args, "from", "on", "the", "i'm", "am", "through")
	c := calendar{today}
	a := quota.Away{From: today}
	if len(words) == 0 {
		return a, slip("Until when? " + awayForms)
	}
	if words[0] != "until" && words[0] != "till" && words[0] != "to" {
		d, n := c.upcoming(words)
		if n == 0 {
			return a, slipf("I can't read %s as a day. %s", echo(words[0]), awayForms)
		}
		if no := c.past(words, "%s"); no != "" && n == len(words) {
			return a, slipf("%s %s", no, awayForms)
		}
		a.From, a.Until, words = d, d, words[n:]
	}
	if len(words) > 0 {
		d, n := c.ahead(words[1:], max(a.From, today))
		switch {
		case words[0] != "until" && words[0] != "till" && words[0] != "to" && words[0] != "-" && words[0] != "–":
			return a, slipf("I don't know %s. %s", echo(words[0]), awayForms)
		case n == 0:
			return a, slipf("I can't read the day behind %s. %s", echo(words[0]), awayForms)
		case len(words) > 1+n:
			return a, slipf("I don't know %s. %s", echo(words[1+n]), awayForms)
		}
		if no := c.past(words[1:], "%s"); no != "" && a.From <= today {
			return a, slipf("%s %s", no, awayForms)
		}
		if was, over := c.yearBefore(words[1:], max(a.From, today), d); over {
			return a, slipf("%s comes before %s. If you mean the year after, write `%s`. %s", look.Date(was, today), look.Date(max(a.From, today), today), strings.ToLower(d.In(time.UTC, 0, 0).Format("2 Jan 2006")), awayForms)
		}
		a.Until = d
	}
	switch {
	case a.Until < a.From:
		return a, slipf("%s comes before %s. %s", look.Date(a.Until, today), look.Date(a.From, today), awayForms)
	case a.Until < today:
		return a, slipf("%s is over already. %s", look.Date(a.Until, today), awayForms)
	case a.Until > today+mostAway:
		return a, slipf("I can note a leave of up to a year ahead, to %s. Nothing changed.", look.Date(today+mostAway, today))
	}
	return a, nil
}
