package commands

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A wish is what somebody wants planned.
type wish struct {
	n    int
	kind quota.Kind
	by   quota.Day
}

const planForms = "Write it like `plan 60 by fri`, `plan 60` or `plan 10 inmail by 2026-12-18`."

// plan lays out so many over the days until another. It records nothing.
func (b *Bot) plan(ctx context.Context, r Request, args []string) Reply {
	zone := b.zone(ctx, r)
	w, err := parsePlan(args, r.At, zone)
	if err != nil {
		return say("%s", err.Error())
	}
	s, err := b.book.Standing(ctx, who(r), r.At, w.kind)
	if err != nil {
		return b.unread(r, err)
	}
	return reply(look.Schedule(s, w.kind, s.Lay(w.kind, w.n, w.by)))
}

// parsePlan reads "n [kind] [by DAY]"; without a day it is the end of the week. Errors are slips.
func parsePlan(args []string, at time.Time, zone *time.Location) (wish, error) {
	today := quota.DayOf(at, zone)
	// The week ends at 00:00 UTC: what is sent at noon of its last day must still be in it.
	w := wish{kind: quota.Invite, by: quota.DayOf(quota.WeekOf(at).End().Add(-1), time.UTC)}
	if w.by < today {
		w.by = today
	}
	p := parsedLog{Log: quota.Log{Kind: quota.Invite}}
	c := calendar{today}
	words := dropped(args, "for", "of", "the", "a", "an", "me", "please", "i", "want", "to", "send", "invites")
	for i := 0; i < len(words); i++ {
		word := words[i]
		kind, isKind := kindWords[word]
		switch {
		case slices.Contains([]string{"by", "until", "till", "before"}, word):
			d, n := c.upcoming(words[i+1:])
			if n == 0 {
				return w, slipf("I can't read the day behind %s. %s", echo(word), planForms)
			}
			w.by, i = d, i+n
			if word == "before" {
				w.by--
			}
		case isKind:
			if err := p.readKind(kind); err != nil {
				return w, slip("One kind at a time, please. " + planForms)
			}
		case looksLikeNumber(word):
			n, err := strconv.Atoi(word)
			if w.n != 0 || err != nil || n < 1 || n > quota.MaxQuantity {
				return w, slipf("I need one whole number from 1 to %d, and %s is not it. %s", quota.MaxQuantity, echo(word), planForms)
			}
			w.n = n
		default:
			if d, n := c.upcoming(words[i:]); n > 0 {
				w.by, i = d, i+n-1
				continue
			}
			return w, slipf("I don't know %s. %s", echo(word), planForms)
		}
	}
	w.kind = p.Kind
	switch {
	case w.n == 0:
		return w, slip("How many? " + planForms)
	case w.by < today:
		return w, slipf("%s is over already. %s", look.Date(w.by, today), planForms)
	case w.by > today+quota.FarthestPlan:
		return w, slipf("A plan reaches at most %d days ahead, to %s.", quota.FarthestPlan, look.Date(today+quota.FarthestPlan, today))
	}
	return w, nil
}
