package commands

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// unsaid stands for a week of which a member has said nothing.
const unsaid = -1

// A recollection is what somebody says of the two weeks before the first log.
type recollection struct{ this, last int }

// before records what was sent before the first log, as it was typed.
func (b *Bot) before(ctx context.Context, r Request, args []string) Reply {
	said, err := parseBefore(args)
	if err != nil {
		return say("%s", err.Error())
	}
	s, err := b.book.Standing(ctx, who(r), r.At, quota.Invite)
	if err != nil {
		return b.unread(r, err)
	}
	if said.this > 0 && !begins(s) {
		return say("Your first log was on the first day of its week, which begins on Monday 00:00 UTC, so nothing comes before it there. Write `before %d last week` if they were sent in the week before. Nothing was recorded.", said.this)
	}
	return b.recall(ctx, r, r.ID, s, said)
}

// begins reports whether the week of the first log has a day before it.
func begins(s quota.Standing) bool {
	return quota.DayOf(s.Member.Joined, s.Zone) > quota.DayOf(quota.WeekOf(s.Member.Joined).Start(), time.UTC)
}

// recall records a recollection. A week of which it says nothing keeps what was said of it before.
func (b *Bot) recall(ctx context.Context, r Request, key string, s quota.Standing, said recollection) Reply {
	got, err := b.remember(ctx, r, key, s, said)
	if err != nil {
		if no := notRemembered(err); no != "" {
			return say("%s", no)
		}
		return b.failed(ctx, r, err)
	}
	row := []look.Button{logButton(r, onAnswer, 5, quota.Invite), whyButton(r)}
	for _, o := range got.Standing.Journal.Operations() {
		if !o.Undone {
			row = append([]look.Button{undoButton(r, onAnswer, o)}, row...)
			break
		}
	}
	return b.place(ctx, r, look.Recalled(got, said.this, said.last), got.Standing, row, nil)
}

func (b *Bot) remember(ctx context.Context, r Request, key string, s quota.Standing, said recollection) (quota.Recalled, error) {
	known := remembered(s)
	if said.this == unsaid {
		said.this = known.this
	}
	if said.last == unsaid {
		said.last = known.last
	}
	return b.book.Recall(ctx, who(r), key, r.At, quota.Memory{ThisWeek: said.this, LastWeek: said.last})
}

// notRemembered says why a recollection was refused, or "" when it was not.
func notRemembered(err error) slip {
	var old quota.TooOld
	if errors.As(err, &old) {
		return slipf("Your first log is more than %d days ago, so what was sent before it counts nowhere any more. Nothing was recorded.", quota.MaxBack)
	}
	return ""
}

// remembered is what a member said earlier of the time before the first log.
func remembered(s quota.Standing) recollection {
	var known recollection
	undone := make(map[uint64]bool)
	for _, e := range s.Journal {
		if e.Act == quota.Undone {
			undone[e.Undoes] = true
		}
	}
	for _, e := range s.Journal {
		switch {
		case e.Act != quota.Sent || e.Precision != quota.Estimated || undone[e.Op]:
		case quota.WeekOf(e.At) == quota.WeekOf(s.Member.Joined):
			known.this += e.Quantity
		default:
			known.last += e.Quantity
		}
	}
	return known
}

const beforeForms = "Write it like `before 12 this week, 50 last week`, `before 50 last week` or `before none`. Nothing was recorded."

// parseBefore reads "12 this week, 50 last week", "12 50", "12" or "none". Errors are slips.
func parseBefore(args []string) (recollection, error) {
	said := recollection{unsaid, unsaid}
	words := dropped(args, "about", "and", "sent", "i", "before", "today", "was", "it", "in", "the", "week", "invites", "~")
	if len(words) == 1 && slices.Contains([]string{"none", "nothing", "no", "0", "zero"}, words[0]) {
		return recollection{}, nil
	}
	var open []int // numbers that no week has been named for yet
	for _, w := range words {
		week := &said.this
		switch n, err := strconv.Atoi(strings.TrimPrefix(w, "~")); {
		case err == nil && n >= 0 && n <= quota.MaxQuantity:
			open = append(open, n)
			continue
		case err == nil || looksLikeNumber(w):
			return said, slipf("%s is no number of invites that I can take here (0 to %d). %s", echo(w), quota.MaxQuantity, beforeForms)
		case w == "none" || w == "nothing":
			open = append(open, 0)
			continue
		case w == "this":
		case w == "last":
			week = &said.last
		default:
			return said, slipf("I don't know %s. %s", echo(w), beforeForms)
		}
		if len(open) != 1 || *week != unsaid {
			return said, slipf("I can't tell which number is for which week. %s", beforeForms)
		}
		*week, open = open[0], nil
	}
	switch {
	case len(open) == 1 && said.this == unsaid:
		said.this = open[0]
	case len(open) == 1 && said.last == unsaid:
		said.last = open[0]
	case len(open) == 2 && said == recollection{unsaid, unsaid}:
		said = recollection{open[0], open[1]}
	case len(open) > 0 || said == recollection{unsaid, unsaid}:
		return said, slipf("I can't tell which number is for which week. %s", beforeForms)
	}
	return said, nil
}
