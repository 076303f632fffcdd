package commands

import (
	"context"
	"net/url"
	"strconv"

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

// placeOf returns the place that a value names; of a word that names none, the answer.
func placeOf(word string) place {
	if p := place(word); p == onCard || p == onHome {
		return p
	}
	return onAnswer
}

// value makes the value of a button or a form: a fresh operation id, where it stands, and what else it needs
// to know.
func value(r Request, on place, action string, more ...string) string {
	v := url.Values{"id": {hash(r.Workspace, r.ID, string(on), action)}}
	if on != onAnswer {
		v.Set("on", string(on))
	}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v.Encode()
}

// standsOnCard reports whether an answer belongs on the log card: the member can have one, and it is not the
// answer to a press on some other message.
func standsOnCard(r Request, m quota.Member) bool {
	return r.on == onCard && !m.Joined.IsZero() && m.Active() && (r.pressed == (quota.Place{}) || r.pressed == m.Card)
}

// place puts what is said of a log or an undo where it belongs: alone with the row, on the log card, or on
// Home. A log card that stands elsewhere is brought up to date. leave is the way out for somebody who has
// just joined.
func (b *Bot) place(ctx context.Context, r Request, m look.Message, s quota.Standing, row, leave []look.Button) Reply {
	switch {
	case r.on == onHome:
		return Reply{Text: m.Text, Home: b.home(ctx, r, m.Text, s, leave), Update: freshCard(r, s)}
	case standsOnCard(r, s.Member):
		return card(look.LogCard(m, s, append(logRow(r, onCard, s), leave...)...))
	}
	out := reply(m.With(append(row, leave...)...))
	out.Update = freshCard(r, s)
	return out
}

// card is an answer that is the log card.
func card(m look.Message) Reply {
	out := reply(m)
	out.Card = true
	return out
}

// freshCard is the member's log card as it reads now, or nil without one.
func freshCard(r Request, s quota.Standing) *Update {
	if s.Member.Card.TS == "" {
		return nil
	}
	m := look.LogCard(look.Message{}, s, logRow(r, onCard, s)...)
	return &Update{At: s.Member.Card, Text: m.Text, Blocks: m.Blocks}
}

// logButton logs n of a kind, sent just now.
func logButton(r Request, on place, n int, kind quota.Kind) look.Button {
	count := strconv.Itoa(n)
	more := []string{"n", count}
	if kind != quota.Invite {
		more = append(more, "kind", kind.String())
	}
	return look.Button{
		Label: "+" + count, Action: "log_" + count, Value: value(r, on, "log_"+count, more...),
		Hint: "+" + count + ": log " + look.Quantity(n, kind) + ", sent just now",
	}
}

func whyButton(r Request) look.Button {
	return look.Button{Label: "Why", Action: "why", Value: value(r, onAnswer, "why"), Hint: "Why: every limit, with its source"}
}

// undoButton takes back one log; whoever pressed another before sees that one named in the answer.
func undoButton(r Request, on place, o quota.Operation) look.Button {
	op := strconv.FormatUint(o.Op, 10)
	what := look.Quantity(o.Quantity, o.Kind)
	if o.Act != quota.Sent {
		what = look.What(o)
	}
	return look.Button{Label: "Undo", Action: "undo", Value: value(r, on, "undo_"+op, "op", op), Hint: "Undo " + what}
}

// logRow is the row to log with: +1 +5 +10 Other Undo.
func logRow(r Request, on place, s quota.Standing) []look.Button {
	var row []look.Button
	for _, n := range []int{1, 5, 10} {
		row = append(row, logButton(r, on, n, quota.Invite))
	}
	row = append(row, look.Button{Label: "Other", Action: "log_other", Value: value(r, on, "log_other"), Hint: "Other: log another number, kind or day"})
	for _, o := range s.Journal.Operations() {
		if !o.Undone && !o.Recorded.Before(s.At.AddDate(0, 0, -quota.MaxBack)) {
			return append(row, undoButton(r, on, o))
		}
	}
	return row
}
