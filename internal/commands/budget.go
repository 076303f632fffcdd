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
	case len(args) == 1:
		return b.colleague(ctx, r, args[0])
	case len(args) > 1:
		return say("Ask about one person at a time: `%s @name`, or `%s` alone for yourself.", b.names.Budget, b.names.Budget)
	}
	s, err := b.book.Standing(ctx, who(r), r.At, 0)
	if err != nil {
		return b.failed(r, typed(r), err)
	}
	if placeOf(r) == onCard && s.Member.Active() && !s.Member.Joined.IsZero() {
		m := look.Card(s)
		return b.place(ctx, r, look.Message{Text: m.Text}, s, onCard, nil)
	}
	row := []look.Button{
		{Label: "+1", Action: "log_1", Value: value(r, onAnswer, "log_1", "n", "1"), Hint: "Log 1 sent just now"},
		{Label: "+5", Action: "log_5", Value: value(r, onAnswer, "log_5", "n", "5"), Hint: "Log 5 sent just now"},
		{Label: "Why", Action: "why", Value: value(r, onAnswer, "why"), Hint: "Every limit, with its source"},
	}
	return reply(look.Card(s, row...))
}

// why shows every limit with its source.
func (b *Bot) why(ctx context.Context, r Request, args []string) Reply {
	if len(args) > 0 {
		return say("`why` stands alone: `%s why` shows every limit on your own budget.", b.names.Budget)
	}
	s, err := b.book.Standing(ctx, who(r), r.At, 0)
	if err != nil {
		return b.failed(r, typed(r), err)
	}
	return reply(look.Why(s))
}

// colleague shows a member: the whole card to themselves, their managers and admins, what is left to others.
func (b *Bot) colleague(ctx context.Context, r Request, word string) Reply {
	p, err := b.role(ctx, r)
	if err != nil {
		return b.failed(r, typed(r), err)
	}
	m, slip, err := b.person(ctx, r, word)
	if err != nil {
		return b.failed(r, typed(r), err)
	}
	if slip != "" {
		return say("%s", slip)
	}
	s, err := b.book.Standing(ctx, quota.Who{Workspace: r.Workspace, ID: m.ID}, r.At, 0)
	if err != nil {
		return b.failed(r, typed(r), err)
	}
	switch {
	case m.ID == r.User:
		return b.budget(ctx, r, nil)
	case p.admin || p.manages(m.Team, r.User):
		return reply(look.Watched(s))
	case p.known && p.member.Team == m.Team:
		return reply(look.Colleague(s))
	}
	return say("You can see people of your own team only.")
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
