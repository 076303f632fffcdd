package commands

import (
	"context"
	"errors"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// refusal says in words what the book refused, or "" when err is no refusal.
func (b *Bot) refusal(ctx context.Context, r Request, err error) slip {
	var old quota.TooOld
	var future quota.InFuture
	var undone quota.AlreadyUndone
	switch {
	case errors.As(err, &old):
		today := quota.DayOf(r.At, b.zone(ctx, r))
		return slipf("%s is more than %d days ago; the oldest day I can take is %s. Nothing was logged.", look.Date(old.Day, today), quota.MaxBack, look.Date(old.Oldest, today))
	case errors.As(err, &future):
		zone := b.zone(ctx, r)
		today, day := quota.DayOf(r.At, zone), quota.DayOf(future.At, zone)
		when := look.Date(day, today)
		if day == today {
			when = future.At.In(zone).Format("15:04")
		}
		return slipf("%s has not come yet. Log it once it is sent; nothing was logged.", when)
	case errors.As(err, &undone):
		return slipf("That log of %s was undone already. Nothing changed.", look.Quantity(undone.Operation.Quantity, undone.Operation.Kind))
	case errors.Is(err, quota.ErrNothingToUndo):
		return slipf("There is nothing to undo: no log of yours in the last %d days is left.", quota.MaxBack)
	case errors.Is(err, quota.ErrNotOnTeam):
		return slipf("You are not on a team. A log puts you on one: `%s`.", b.names.Sent)
	}
	return ""
}

// zone returns where a member lives: as they chose, else as Slack says.
func (b *Bot) zone(ctx context.Context, r Request) *time.Location {
	s, err := b.book.Standing(ctx, who(r), r.At)
	if err != nil {
		return b.book.Zone(r.Profile.Zone)
	}
	return s.Zone
}

// failed answers an error of a write: a refusal with its fix, everything else with what is known about
// whether it was saved.
func (b *Bot) failed(ctx context.Context, r Request, err error) Reply {
	if no := b.refusal(ctx, r, err); no != "" {
		return say("%s", no)
	}
	if r.on == onHome {
		return trouble(r, err, outcome(err, "Press the button again"))
	}
	value, ok := r.again.encode()
	if !ok {
		text := "Not saved: I could not reach my store, and nothing was counted. Type it again in a moment."
		if !errors.Is(err, quota.ErrUnavailable) {
			text = "I cannot tell yet whether this was saved. Look at `" + b.names.Budget + "` before you type it again."
		}
		return trouble(r, err, text)
	}
	return trouble(r, err, outcome(err, "Press Retry"), retryButton(value))
}

// unread answers an error of a read: there was nothing to save.
func (b *Bot) unread(r Request, err error) Reply {
	text := "I could not reach my store just now."
	if value, ok := r.again.encode(); ok && r.on != onHome {
		return trouble(r, err, text+" Press Retry in a moment.", retryButton(value))
	}
	return trouble(r, err, text+" Try again in a moment.")
}

// outcome says whether something was saved, and how to do it again with the same key.
func outcome(err error, again string) string {
	switch {
	case errors.Is(err, quota.ErrUnavailable):
		return "Not saved: I could not reach my store, and nothing was counted. " + again + " in a moment."
	case errors.Is(err, quota.ErrAmbiguous):
		return "I cannot tell yet whether this was saved. " + again + ": it cannot count twice."
	}
	return "Something went wrong on my side. " + again + "; if that does not help, tell whoever runs Paceline."
}

// trouble is an answer with a reference, and the cause for the operator.
func trouble(r Request, err error, text string, buttons ...look.Button) Reply {
	out := reply(look.Sentences([]string{text, "Reference " + r.Reference() + "."}, buttons...))
	out.Err, out.Reference = err, r.Reference()
	return out
}

// unsaved keeps a form open whose content could not be saved: submitting it again is its retry.
func unsaved(r Request, block string, err error) Reply {
	return Reply{
		Errors: map[string]string{block: outcome(err, "Submit again") + " Reference " + r.Reference() + "."},
		Err:    err, Reference: r.Reference(),
	}
}
