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
	p, err := parseLog(args, r.At)
	if err != nil {
		return say("%s", err.Error())
	}
	return b.record(ctx, r, p)
}

// record logs what was understood, or asks first when it is very much at once.
func (b *Bot) record(ctx context.Context, r Request, p parsedLog) Reply {
	if p.Quantity > quota.DefaultCeiling && !p.confirmed {
		if line := b.askedFrom(ctx, r, p.Kind); p.Quantity > line {
			return b.confirm(r, p, line)
		}
	}
	l, err := b.book.Log(ctx, who(r), r.ID, r.At, p.Log)
	if err != nil {
		return b.failed(ctx, r, err)
	}
	return b.logged(ctx, r, l)
}

// askedFrom returns above how many in one log the bot asks before it records them: the ceiling, or for invites a
// member's own limit that is higher.
func (b *Bot) askedFrom(ctx context.Context, r Request, kind quota.Kind) int {
	s, err := b.book.Standing(ctx, who(r), r.At)
	own := s.Member.Own
	if err != nil || !kind.Counts(quota.Invite) || own.At.IsZero() || !own.Until.IsZero() && !r.At.Before(own.Until) {
		return quota.DefaultCeiling
	}
	return max(quota.DefaultCeiling, own.Max)
}

// tooMuch says what is odd about a log of more than a line from askedFrom.
func tooMuch(kind quota.Kind, line int) string {
	switch {
	case !kind.Counts(quota.Invite):
		return "a lot for one log"
	case line > quota.DefaultCeiling:
		return "more than your own limit of " + strconv.Itoa(line) + " a week"
	}
	return "more than the whole ceiling of about " + strconv.Itoa(line) + " a week"
}

// confirm asks before more than a week's worth is logged at once.
func (b *Bot) confirm(r Request, p parsedLog, line int) Reply {
	m := look.Sentences([]string{
		"Log " + look.Quantity(p.Quantity, p.Kind) + " at once?",
		"That is " + tooMuch(p.Kind, line) + ", so nothing is logged yet.",
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
