package commands

import (
	"context"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// mostWeeksBack is how many weeks back a closed week is told: about as long as an invite stays open, and as
// the journal is at hand.
const mostWeeksBack = 26

// asksWeek reports whether words behind the card ask for a week that has closed.
func asksWeek(args []string) bool {
	words := dropped(args)
	return len(words) > 0 && (words[0] == "week" || len(words) > 1 && words[0] == "last" && words[1] == "week")
}

// week tells how an earlier week closed for a member: "last week", "week 2026-11-16", by any day of it.
func (b *Bot) week(ctx context.Context, r Request, m quota.Member, args []string) Reply {
	words := dropped(args, "of", "the")
	now := quota.WeekOf(r.At)
	w := now - 1
	if rest := words[1:]; words[0] == "week" && len(rest) > 0 {
		d, n := calendar{quota.DayOf(r.At, b.zone(ctx, r))}.back(rest)
		if n == 0 || n < len(rest) {
			return say("I can't read %s as a day. Write `%s last week`, or `%s week %s` with any day of the week you mean.", echo(rest[n%len(rest)]), b.names.Budget, b.names.Budget, w)
		}
		w = d.Week()
	} else if words[0] == "last" && len(words) > 2 {
		return say("I don't know %s. Write `%s last week`, or `%s week %s` with any day of the week you mean.", echo(words[2]), b.names.Budget, b.names.Budget, w)
	}
	switch {
	case w >= now:
		return say("That week has not closed yet. `%s` shows how it stands, `%s last week` the one before.", b.names.Budget, b.names.Budget)
	case w < now-mostWeeksBack:
		return say("I can tell the last %d weeks, back to the one of %s.", mostWeeksBack, (now - mostWeeksBack).Start().Format("Mon 2 Jan 2006"))
	}
	s, err := b.book.Closed(ctx, whose(r, m), w)
	if err != nil {
		return b.unread(r, err)
	}
	if s.Member.ID != r.User {
		return reply(look.WatchedWeek(s, now))
	}
	return reply(look.Closed(s, now))
}
