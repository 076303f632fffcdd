package commands

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// team shows a team at a glance or one member of it, or changes what was typed for one.
func (b *Bot) team(ctx context.Context, r Request, args []string) Reply {
	page := 0
	if len(args) > 0 && bare(args[0]) == "page" {
		var no slip
		if page, no = readPage(args[1:]); no != "" {
			return say("%s", no)
		}
		args = nil
	}
	if len(args) == 0 {
		t, no, err := b.led(ctx, r, "")
		switch {
		case err != nil:
			return b.unread(r, err)
		case no != "":
			return say("%s", no)
		}
		return b.overview(ctx, r, t, page)
	}
	if len(args) == 1 && atName(args[0]) {
		return b.colleague(ctx, r, args[0], slipf("Write `%s team @name` and pick the name from Slack's list.", b.names.Main))
	}
	var out Reply
	var no slip
	var err error
	switch word, words := bare(args[0]), args[1:]; word {
	case "limit":
		out, no, err = b.typedLimit(ctx, r, words)
	case "account":
		out, no, err = b.typedAccount(ctx, r, words)
	default:
		no = slipf("I don't know %s.", echo(args[0]))
		if whole, ok := b.elsewhere(ctx, r, args); ok {
			no = slipf("%s Did you mean `%s`?", no, whole)
			break
		}
		if n, ok := nearest(word, []string{"account", "limit"}); ok {
			no = slipf("%s Did you mean `%s`?", no, n)
		}
		no = slipf("%s `%s team` shows your team; behind it may stand `@name`, `page 2`, `limit` or `account`.", no, b.names.Main)
	}
	return b.answered(ctx, r, out, no, err)
}

// ofTeam finds the member that a word names, and the member's team, if the person who asks may change things
// for them. usage is what to type.
func (b *Bot) ofTeam(ctx context.Context, r Request, words []string, usage string) (m quota.Member, t quota.Team, no slip, err error) {
	if len(words) == 0 {
		return m, t, slipf("For whom? Write it like `%s`.", usage), nil
	}
	m, no, err = b.person(ctx, r, words[0], slipf("Write it like `%s`, and pick the name from Slack's list after `@`.", usage))
	if no != "" || err != nil {
		return m, t, no, err
	}
	if m.Team == "" {
		return m, t, slipf("You are not on a team yourself: nobody is until their first `%s`.", b.names.Sent), nil
	}
	t, no, err = b.led(ctx, r, m.Team)
	return m, t, no, err
}

// typedLimit reads "@ana NUMBER [until DAY] why" and "@ana clear why"; number and name may change places.
func (b *Bot) typedLimit(ctx context.Context, r Request, words []string) (Reply, slip, error) {
	usage := b.names.Main + ` team limit @ana 40 "new account"`
	if len(words) > 1 && !atName(words[0]) && atName(words[1]) { // "40 @ana" can only mean the same
		words = append([]string{words[1], words[0]}, words[2:]...)
	}
	m, t, no, err := b.ofTeam(ctx, r, words, usage)
	if no != "" || err != nil {
		return Reply{}, no, err
	}
	if len(words) == 1 {
		return Reply{}, slipf("Which number? Write it behind the name, as in `%s`, or `clear`.", usage), nil
	}
	n, no := readOwn(words[1])
	if no != "" {
		number, why := numberFirst(words[1:], "40")
		return Reply{}, slipf("%s As in `%s`.", no, line(b.names.Main, "team limit", typedName(m), number, retyped(r, why, `"why"`))), nil
	}
	until, rest, no := takeUntil(words[2:], r.At, b.zone(ctx, r))
	if no != "" {
		return Reply{}, no, nil
	}
	reason, no := readReason(rest, line(b.names.Main, "team limit", typedName(m), words[1], retyped(r, words[2:], ""), `"why"`))
	switch {
	case no != "":
		return Reply{}, no, nil
	case n == itsOwn && !until.IsZero():
		return Reply{}, "A limit that is cleared has no end: leave `until` out.", nil
	}
	return b.setOwn(ctx, r, t, m, n, until, reason)
}

// typedName is how people name a member when they type.
func typedName(m quota.Member) string {
	if m.Name == "" {
		return "@name"
	}
	return "@" + m.Name
}

// readOwn reads a member's own number, or clear.
func readOwn(word string) (int, slip) {
	if slices.Contains([]string{"clear", "reset", "none"}, bare(word)) {
		return itsOwn, ""
	}
	if n, no := readNumber(word); no == "" && n >= 0 {
		return n, ""
	}
	return 0, slipf("%s is not a number I can set. Write a whole number from 0 to %d in plain digits, or `clear`.", echo(word), quota.MaxNumber)
}

// takeUntil takes "until DAY" out of some words, and returns the end of that day. Without it the time is zero.
func takeUntil(words []string, at time.Time, zone *time.Location) (until time.Time, rest []string, no slip) {
	today := quota.DayOf(at, zone)
	for i, w := range words {
		if bare(w) != "until" {
			continue
		}
		c := calendar{today}
		if d, n := c.ahead(words[i+1:], today); n > 0 {
			if no = c.past(words[i+1:], "until %s"); no != "" {
				return until, words, no
			}
			until, no = untilDay(d, at, zone)
			return until, slices.Delete(slices.Clone(words), i, i+1+n), no
		}
		if i == 0 || i+2 >= len(words) {
			return until, words, "I can't read the day behind `until`. Write `until fri`, or a date as `until 2026-12-18`; put quotes around the reason."
		}
	}
	return until, words, ""
}

// untilDay returns the end of a day that is not over.
func untilDay(d quota.Day, at time.Time, zone *time.Location) (time.Time, slip) {
	today := quota.DayOf(at, zone)
	if d < today {
		return time.Time{}, slipf("%s is over already. Write a day from today on.", look.Date(d, today))
	}
	return endOf(d, zone), ""
}

// setOwn gives a member a limit of their own, or takes it back.
func (b *Bot) setOwn(ctx context.Context, r Request, t quota.Team, m quota.Member, n int, until time.Time, reason string) (Reply, slip, error) {
	h, err := b.house(ctx, r, t)
	if err != nil {
		return Reply{}, "", err
	}
	o := quota.Order{Team: t.ID, Reason: reason}
	var g quota.Governed
	if n == itsOwn {
		g, err = b.book.ClearOwn(ctx, who(r), r.ID, r.At, o, m.ID)
	} else {
		g, err = b.book.SetOwn(ctx, who(r), r.ID, r.At, o, m.ID, n, until)
	}
	if no := gone(err); no != "" {
		return Reply{}, no, nil
	}
	switch {
	case err != nil:
		return Reply{}, "", err
	case g.Deed.Seq == 0 && n == itsOwn:
		return say("%s has no limit of their own. Nothing changed.", h.Called(m.ID)), "", nil
	case g.Deed.Seq == 0:
		return say("%s has a limit of %d a week already. Nothing changed.", h.Called(m.ID), n), "", nil
	}
	h.Team = g.Team
	return reply(look.OwnChanged(h, g, b.names, rulesButton(r, t))), "", nil
}

// gone says which of a team and its member is not there any more, or "" for another error or none.
func gone(err error) slip {
	switch {
	case errors.Is(err, quota.ErrNoSuchTeam):
		return "That team is not there any more."
	case errors.Is(err, quota.ErrNotOnTeam):
		return "That person is not on the team any more."
	}
	return ""
}
