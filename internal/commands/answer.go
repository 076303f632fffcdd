package commands

import (
	"context"
	"net/url"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A place is where an answer stands, and so what may be edited there. It travels in the values of buttons.
type place string

const (
	onAnswer place = ""     // the private answer to a slash command
	onCard   place = "card" // the log card in the direct message
	onHome   place = "home"
)

func placeOf(r Request) place {
	if r.Command == "" {
		return onCard
	}
	return onAnswer
}

// value makes a button's value: a fresh operation id, where it stands, and what else it needs to know.
func value(r Request, on place, action string, more ...string) string {
	v := url.Values{"id": {hash(r.Workspace, r.ID, action)}}
	if on != onAnswer {
		v.Set("on", string(on))
	}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v.Encode()
}

// logRow is the row to log with: +1 +5 +10 Other Undo.
func logRow(r Request, on place, s quota.Standing) []look.Button {
	var row []look.Button
	for _, n := range []string{"1", "5", "10"} {
		row = append(row, look.Button{Label: "+" + n, Action: "log_" + n, Value: value(r, on, "log_"+n, "n", n), Hint: "Log " + n + " sent just now"})
	}
	row = append(row, look.Button{Label: "Other", Action: "log_other", Value: value(r, on, "log_other"), Hint: "Log another number, kind or day"})
	for _, o := range s.Journal.Operations() {
		if !o.Undone && o.At.After(s.At.AddDate(0, 0, -quota.MaxBack)) {
			return append(row, undoButton(r, on, o))
		}
	}
	return row
}

func undoButton(r Request, on place, o quota.Operation) look.Button {
	op := strconv.FormatUint(o.Op, 10)
	return look.Button{Label: "Undo", Action: "undo", Value: value(r, on, "undo_"+op, "op", op), Hint: "Undo " + look.Quantity(o.Quantity, o.Kind)}
}

// answerRow is what stands below a private answer.
func answerRow(r Request, o quota.Operation) []look.Button {
	kind := o.Kind.String()
	return []look.Button{
		undoButton(r, onAnswer, o),
		{Label: "+5", Action: "log_5", Value: value(r, onAnswer, "log_5", "n", "5", "kind", kind), Hint: "Log 5 more, sent just now"},
		{Label: "Why", Action: "why", Value: value(r, onAnswer, "why"), Hint: "Every limit, with its source"},
	}
}

// logged answers a log where it was made.
func (b *Bot) logged(ctx context.Context, r Request, l quota.Logged, on place) Reply {
	row := answerRow(r, l.Operation)
	if on != onAnswer {
		row = nil
	}
	var leave []look.Button
	if l.Joined {
		leave = []look.Button{{Label: "Not you? Leave team", Action: "leave", Value: value(r, on, "leave")}}
	}
	m := look.Logged(l, b.names, shown, append(row, leave...)...)
	return b.place(ctx, r, m, l.Standing, on, leave)
}

// undone answers an undo where it was made.
func (b *Bot) undone(ctx context.Context, r Request, u quota.Undid, on place) Reply {
	row := []look.Button{{Label: "Why", Action: "why", Value: value(r, on, "why"), Hint: "Every limit, with its source"}}
	return b.place(ctx, r, look.Undone(u, row...), u.Standing, on, nil)
}

// place puts what is said of a log or an undo where it belongs: alone, on the log card, or on Home. A log
// card that stands elsewhere is brought up to date.
func (b *Bot) place(ctx context.Context, r Request, m look.Message, s quota.Standing, on place, more []look.Button) Reply {
	switch on {
	case onCard:
		out := reply(look.LogCard(m.Text, s, append(logRow(r, onCard, s), more...)...))
		out.Card, out.Old = true, s.Member.Card
		return out
	case onHome:
		return Reply{Text: m.Text, Home: b.home(ctx, r, m.Text, s), Update: b.freshCard(r, s)}
	}
	out := reply(m)
	out.Update = b.freshCard(r, s)
	return out
}

// freshCard is the member's log card as it reads now, or nil without one.
func (b *Bot) freshCard(r Request, s quota.Standing) *Update {
	if s.Member.Card.TS == "" {
		return nil
	}
	m := look.LogCard("", s, logRow(r, onCard, s)...)
	return &Update{At: s.Member.Card, Text: m.Text, Blocks: m.Blocks}
}

// confirm asks before more than the whole ceiling is logged at once.
func (b *Bot) confirm(r Request, p parsedLog, most int) Reply {
	text := r.Text + " confirm"
	m := look.Sentences([]string{
		"Log " + look.Quantity(p.Quantity, p.Kind) + " at once?",
		"That is more than the whole ceiling of about " + strconv.Itoa(most) + " a week, so nothing is logged yet.",
	},
		look.Button{Label: "Yes, log " + strconv.Itoa(p.Quantity), Action: "confirm", Value: retry{user: r.User, key: r.ID + "/confirm", command: r.Command, text: text}.encode(), Style: slack.StylePrimary},
		look.Button{Label: "No", Action: "cancel", Value: value(r, placeOf(r), "cancel")},
	)
	m.Text += " To say yes by typing, add confirm."
	return reply(m)
}
