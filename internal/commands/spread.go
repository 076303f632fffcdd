package commands

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// pressSpread notes that the logs of a burst were not sent at once ("spread"), or at once again ("gather"). Its answer to the
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
	now := strconv.FormatUint(s.Operations[0].Op, 10)
	text, back := spreadNoted(s), look.Button{
		Label: "Undo", Action: "gather", Value: value(r, r.on, "gather_"+now, "op", now), Hint: "Undo: they were sent at once",
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

// spreadNoted says what was noted, and what was not.
func spreadNoted(s quota.Spreading) string {
	n := s.Sum()
	what := fmt.Sprintf("%d invites", n)
	if logs := len(s.Operations); logs > 1 {
		what += fmt.Sprintf(" in %d logs", logs)
	}
	text := fmt.Sprintf("Noted: %s were not sent at once. They count for the same day; no number changes.", what)
	if n == 1 {
		text = "Noted: it was not sent at once. It counts for the same day; no number changes."
	}
	if s.Kept > 0 {
		text += fmt.Sprintf(" %d more stay as they were, since something has come of them already.", s.Kept)
	}
	return text
}
