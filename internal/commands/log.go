package commands

import (
	"context"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// sent logs what was typed.
func (b *Bot) sent(ctx context.Context, r Request, args []string) Reply {
	p, err := parseLog(args)
	if err != nil {
		return say("%s", err.Error())
	}
	return b.record(ctx, r, p)
}

// record logs what was understood, or asks first when it is very much at once.
func (b *Bot) record(ctx context.Context, r Request, p parsedLog) Reply {
	if p.Quantity > quota.DefaultCeiling && !p.confirmed {
		return b.confirm(r, p)
	}
	l, err := b.book.Log(ctx, who(r), r.ID, r.At, p.Log)
	if err != nil {
		return b.failed(ctx, r, err)
	}
	return b.logged(ctx, r, l)
}

// tooMuch says what is odd about a log of more than quota.DefaultCeiling.
func tooMuch(kind quota.Kind) string {
	if kind.Counts(quota.Invite) {
		return "more than the whole ceiling of about " + strconv.Itoa(quota.DefaultCeiling) + " a week"
	}
	return "a lot for one log"
}

// confirm asks before more than the whole ceiling is logged at once.
func (b *Bot) confirm(r Request, p parsedLog) Reply {
	m := look.Sentences([]string{
		"Log " + look.Quantity(p.Quantity, p.Kind) + " at once?",
		"That is " + tooMuch(p.Kind) + ", so nothing is logged yet.",
	})
	buttons := []look.Button{{Label: "No", Action: "cancel", Value: value(r, r.on, "cancel")}}
	yes := typed(r)
	yes.key, yes.text = r.ID+"/confirm", r.Text+" confirm"
	if v, ok := yes.encode(); ok {
		buttons = append([]look.Button{{Label: "Yes, log " + strconv.Itoa(p.Quantity), Action: "confirm", Value: v, Style: slack.StylePrimary}}, buttons...)
	}
	m = m.With(buttons...)
	m.Text += " To say yes by typing, type it again with `confirm` behind it."
	return reply(m)
}

// logged answers a log.
func (b *Bot) logged(ctx context.Context, r Request, l quota.Logged) Reply {
	row := []look.Button{undoButton(r, onAnswer, l.Operation), logButton(r, onAnswer, 5, l.Operation.Kind), whyButton(r)}
	m := look.Logged(l, b.names, shown)
	var more []look.Button
	if look.Past(l) {
		m, more = look.Warned(m), []look.Button{warned(r, r.on)}
		row = []look.Button{undoButton(r, onAnswer, l.Operation), whyButton(r)}
	}
	if l.Joined {
		more = append(more, wayOut(r)...)
	}
	out := b.place(ctx, r, m, l.Standing, row, more)
	if q, asks := question(r, l.Standing); l.Joined && asks {
		out = ask(out, q)
	}
	return out
}

// wayOut is for somebody who has just joined a team.
func wayOut(r Request) []look.Button {
	return []look.Button{{Label: "Not you? Leave team", Action: "leave", Value: value(r, r.on, "leave")}}
}

// undo takes back the latest log.
func (b *Bot) undo(ctx context.Context, r Request, args []string) Reply {
	if len(args) > 0 {
		return say("`undo` stands alone: it takes back your latest log, and again the one before. Nothing was undone. Older logs have an Undo on my Home tab.")
	}
	u, err := b.book.Undo(ctx, who(r), r.ID, r.At, 0)
	if err != nil {
		return b.failed(ctx, r, err)
	}
	return b.undone(ctx, r, u)
}

// undone answers an undo.
func (b *Bot) undone(ctx context.Context, r Request, u quota.Undid) Reply {
	return b.place(ctx, r, look.Undone(u), u.Standing, []look.Button{whyButton(r)}, nil)
}
