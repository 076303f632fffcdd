package commands

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// pressSpread notes that a log was sent over the day ("spread"), or at once again ("gather"). Its answer to the
// first stands below: the message with the button is taken back.
func (b *Bot) pressSpread(ctx context.Context, r Request, p Press, v url.Values, key string) Reply {
	op, err := strconv.ParseUint(v.Get("op"), 10, 64)
	if err != nil || op == 0 {
		return stale()
	}
	change := b.book.Spread
	if p.Action == "gather" {
		change = b.book.Gather
	}
	s, err := change(ctx, who(r), key, r.At, op)
	switch {
	case errors.Is(err, quota.ErrNothingToUndo):
		return say("I can change your own logs of the last %d days only. Nothing changed.", quota.MaxBack)
	case errors.Is(err, quota.ErrNoPace):
		return say("How that log was sent makes no difference any more. Nothing changed.")
	case err != nil:
		return b.failed(ctx, r, err)
	}
	now := strconv.FormatUint(s.Operation.Op, 10)
	text, back := "Noted: they were sent over the day. Nothing else changed.", look.Button{
		Label: "Undo", Action: "gather", Value: value(r, r.on, "gather_"+now, "op", now), Hint: "Undo: they were sent at once",
	}
	if s.Operation.Quantity == 1 {
		text = "Noted: it was sent over the day. Nothing else changed."
	}
	if p.Action == "gather" {
		text, back = "Noted: sent at once, as before. Nothing else changed.", look.Button{
			Label: "Sent over several days", Action: "spread", Value: value(r, r.on, "spread_"+now, "op", now), Hint: "Sent over several days: they were no burst",
		}
	}
	out := reply(look.Sentences([]string{text}, back))
	out.Update = freshCard(r, s.Standing)
	out.Replace = !isUnasked(v)
	return out
}
