package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// budget shows the card: one's own, or of a member what the person who asks may see.
func (b *Bot) budget(ctx context.Context, r Request, args []string) Reply {
	switch {
	case asksWeek(args):
		return b.week(ctx, r, args)
	case len(args) > 0 && (loggable(args) || bare(args[0]) == "undo") && !isMention(args[0]):
		return say("`%s` only shows what is left. To log or undo, use `%s`, as in `%s 5` or `%s undo`. Nothing changed.", b.names.Budget, b.names.Sent, b.names.Sent, b.names.Sent)
	case len(args) == 1:
		return b.colleague(ctx, r, args[0])
	case len(args) > 1:
		return say("Ask about one person at a time: `%s @name`, or `%s` alone for yourself.", b.names.Budget, b.names.Budget)
	}
	s, err := b.book.Standing(ctx, who(r), r.At, quota.Invite)
	if err != nil {
		return b.unread(r, err)
	}
	if standsOnCard(r, s.Member) {
		return card(look.Card(s, logRow(r, onCard, s)...))
	}
	return reply(look.Card(s, logButton(r, onAnswer, 1, quota.Invite), logButton(r, onAnswer, 5, quota.Invite), whyButton(r)))
}

func isMention(word string) bool {
	_, ok := mention(word, "@")
	return ok
}

// colleague shows a member: the whole card to themselves, their managers and admins, what is left to others.
func (b *Bot) colleague(ctx context.Context, r Request, word string) Reply {
	p, err := b.role(ctx, r)
	if err != nil {
		return b.unread(r, err)
	}
	m, no, err := b.person(ctx, r, word)
	switch {
	case err != nil:
		return b.unread(r, err)
	case no != "":
		return say("%s", no)
	case m.ID == r.User:
		return b.budget(ctx, r, nil)
	}
	whole := p.admin || p.manages(m.Team)
	if !whole && (!p.onTeam() || p.member.Team != m.Team) {
		return say("You can see people of your own team only.")
	}
	s, err := b.book.Standing(ctx, quota.Who{Workspace: r.Workspace, ID: m.ID}, r.At, quota.Invite)
	switch {
	case err != nil:
		return b.unread(r, err)
	case whole:
		return reply(look.Watched(s))
	}
	return reply(look.Colleague(s))
}

// person finds the member that a word names: a mention, or a name that Slack did not resolve and that only
// one member has. The slip says what is wrong with the word.
func (b *Bot) person(ctx context.Context, r Request, word string) (m quota.Member, wrong slip, err error) {
	_, members, err := b.book.Roster(ctx, r.Workspace)
	if err != nil {
		return quota.Member{}, "", err
	}
	if id, ok := mention(word, "@"); ok {
		if m, ok := members[id]; ok && m.Active() {
			return m, "", nil
		}
		if id == r.User {
			return quota.Member{ID: id}, "", nil
		}
		return quota.Member{}, slipf("That person is not on a team here: nobody is until their first `%s`.", b.names.Sent), nil
	}
	name := strings.ToLower(strings.TrimPrefix(word, "@"))
	var found []string
	for _, x := range members {
		if x.Active() && name != "" && strings.EqualFold(x.Name, name) {
			found = append(found, x.ID)
			m = x
		}
	}
	switch len(found) {
	case 1:
		return m, "", nil
	case 0:
		var names []string
		for _, x := range members {
			if x.Active() && x.Name != "" {
				names = append(names, strings.ToLower(x.Name))
			}
		}
		slices.Sort(names)
		if n, ok := nearest(name, names); ok {
			return quota.Member{}, slipf("Nobody here is called %s. Did you mean %s? Picking the name from Slack's list after `@` is safest.", echo(word), echo(n)), nil
		}
		return quota.Member{}, slipf("I don't know %s. Write `%s` for your own card, `%s why` for its limits, or `%s @name` and pick the name from Slack's list.", echo(word), b.names.Budget, b.names.Budget, b.names.Budget), nil
	}
	return quota.Member{}, slipf("%d people here are called %s. Pick the one you mean from Slack's list after `@`.", len(found), echo(word)), nil
}
