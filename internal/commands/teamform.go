package commands

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// limitForm is the form in which a member gets a limit of their own.
func (b *Bot) limitForm(r Request, t quota.Team) Reply {
	member := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain("Choose a member"), "member")
	number := slack.NewPlainTextInputBlockElement(plain("40"), "number")
	number.MaxLength = 10
	until := input("until", "Until", "The end of that day in your time zone. Empty: for good.", slack.NewDatePickerBlockElement("until"))
	until.Optional = true
	out := say("Type it: `%s team limit @ana 40 \"new account\"`, with `until fri` or `until 2026-12-18` behind the number if it is to end, or `%s team limit @ana clear \"why\"`.", b.names.Main, b.names.Main)
	out.Modal = form(r, limitCallback, "Set a member's limit", "Save", []string{"team", t.ID},
		input("member", "Member", "", member),
		input("number", "Invites a week", "A whole number from 0 to "+strconv.Itoa(quota.MaxNumber)+"; or clear, for the team's budget again.", number),
		until, input("reason", "Why", "The member can read it.", reasonField()))
	return out
}

// submitLimit answers that form.
func (b *Bot) submitLimit(ctx context.Context, r Request, f Form, v url.Values) Reply {
	if _, no, err := b.ledByForm(ctx, r, v); err != nil {
		return unsaved(r, "member", err)
	} else if no != "" {
		return wrong("member", no)
	}
	id := f.first("member")
	if !isID(id) {
		return wrong("member", "Choose a member from Slack's list.")
	}
	m, t, no, err := b.ofTeam(ctx, r, []string{"<@" + id + ">"}, "")
	switch {
	case err != nil:
		return unsaved(r, "member", err)
	case no != "":
		return wrong("member", no)
	}
	n, no := readOwn(f.first("number"))
	if no != "" {
		return wrong("number", no)
	}
	var until time.Time
	if d := f.first("until"); d != "" {
		day, ok := parseDay(d)
		if !ok || day.Kind != quota.OnDate {
			return wrong("until", "Choose a day from the calendar, or leave it empty.")
		}
		if n == itsOwn {
			return wrong("until", "A limit that is cleared has no end: leave this empty.")
		}
		if until, no = untilDay(day.Date, r.At, b.zone(ctx, r)); no != "" {
			return wrong("until", no)
		}
	}
	reason, no := readReason(f.Values["reason"], "new account")
	if no != "" {
		return wrong("reason", no)
	}
	out, no, err := b.setOwn(ctx, r, t, m, n, until, reason)
	return formed(r, "Limit", "member", out, no, err)
}
