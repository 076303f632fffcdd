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
	if person, rest, ok := about(args); ok {
		return b.closer(ctx, r, person, rest)
	}
	switch {
	case asksWeek(args):
		return b.week(ctx, r, quota.Member{ID: r.User}, args)
	case len(args) > 0 && (loggable(args) || bare(args[0]) == "undo") && !isMention(args[0]):
		return say("`%s` only shows what is left. To log or undo, use `%s`, as in `%s 5` or `%s undo`. Nothing changed.", b.names.Budget, b.names.Sent, b.names.Sent, b.names.Sent)
	case len(args) == 1:
		return b.colleague(ctx, r, args[0], b.ownCard())
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
// usage is what to write instead of a word that names nobody.
func (b *Bot) colleague(ctx context.Context, r Request, word string, usage slip) Reply {
	m, p, no, err := b.seen(ctx, r, word, usage)
	switch {
	case err != nil:
		return b.unread(r, err)
	case no != "":
		return say("%s", no)
	case m.ID == r.User:
		return b.budget(ctx, r, nil)
	}
	whole := p.admin || p.manages(m.Team)
	s, err := b.book.Standing(ctx, quota.Who{Workspace: r.Workspace, ID: m.ID}, r.At, quota.Invite)
	switch {
	case err != nil:
		return b.unread(r, err)
	case whole:
		why := whyButton(r)
		why.Value = value(r, onAnswer, "why", "member", m.ID)
		return reply(look.WatchedCard(s).With(why))
	}
	return reply(look.Colleague(s))
}

// seen finds the member that a word names, if the person who asks, in the role p, may see anything of them.
func (b *Bot) seen(ctx context.Context, r Request, word string, usage slip) (m quota.Member, p role, no slip, err error) {
	if p, err = b.role(ctx, r); err != nil {
		return m, p, "", err
	}
	m, no, err = b.person(ctx, r, word, usage)
	if err == nil && no == "" && m.ID != r.User && !p.admin && !p.manages(m.Team) && (!p.onTeam() || p.member.Team != m.Team) {
		no = "You can see people of your own team only."
	}
	return m, p, no, err
}

// ownCard is what may stand behind the card.
func (b *Bot) ownCard() slip {
	return slipf("Write `%s` for your own card, `%s why` for its limits, or `%s @name` and pick the name from Slack's list.", b.names.Budget, b.names.Budget, b.names.Budget)
}

// about finds whom words are about that ask for somebody's limits or for a week: "@ana why", "why @ana note", "last
// week @ana".
func about(args []string) (person string, rest []string, ok bool) {
	asks := func(rest []string) bool { return len(rest) > 0 && bare(rest[0]) == "why" || asksWeek(rest) }
	for i, w := range args {
		rest := slices.Delete(slices.Clone(args), i, i+1)
		if (i == 0 && !asks(args) || isMention(w) || strings.HasPrefix(w, "@")) && asks(rest) {
			return w, rest, true
		}
	}
	return "", nil, false
}

// closer shows the limits or a closed week of one member, as that member sees them: to themselves, and to their
// managers and admins.
func (b *Bot) closer(ctx context.Context, r Request, person string, args []string) Reply {
	m, p, no, err := b.seen(ctx, r, person, b.ownCard())
	switch {
	case err != nil:
		return b.unread(r, err)
	case no != "":
		return say("%s", no)
	case m.ID != r.User && !p.admin && !p.manages(m.Team):
		return say("Only managers see that of others. `%s @name` shows what a teammate has left, and `%s why` your own limits.", b.names.Budget, b.names.Budget)
	case asksWeek(args):
		return b.week(ctx, r, m, args)
	}
	return b.whyOf(ctx, r, m, args[1:])
}

// whose is the person whose numbers are read: the one who asks, as Slack knows them, or somebody else.
func whose(r Request, m quota.Member) quota.Who {
	if m.ID == r.User {
		return who(r)
	}
	return quota.Who{Workspace: r.Workspace, ID: m.ID}
}

// person finds the member that a word names: a mention, or a name that Slack did not resolve and that only
// one member has. The slip says what is wrong with the word; usage is what it says to write for one that names nobody.
func (b *Bot) person(ctx context.Context, r Request, word string, usage slip) (m quota.Member, wrong slip, err error) {
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
		return quota.Member{}, slipf("I don't know %s. %s", echo(word), usage), nil
	}
	return quota.Member{}, slipf("%d people here are called %s. Pick the one you mean from Slack's list after `@`.", len(found), echo(word)), nil
}
