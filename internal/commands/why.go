package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A page is a part of what there is to say about limits, on a button and as typed.
type page struct {
	word  string
	label string
	look  func(quota.Standing, look.Record) look.Message
}

// pages lists the parts besides the first, which is what binds invites.
func pages() []page {
	kind := func(k quota.Kind, label string) page {
		return page{k.String(), label, func(s quota.Standing, r look.Record) look.Message { return look.WhyKind(s, r, k) }}
	}
	return []page{
		{"pace", "Pace", look.WhyPace},
		kind(quota.Note, "Notes"), kind(quota.InMail, "InMail"), kind(quota.Message, "Messages"), kind(quota.PageInvite, "Page invites"),
		{"advice", "Advice", look.WhyAdvice},
	}
}

// why shows every limit with its source, a page at a time: one's own, or with a name behind it a member's.
func (b *Bot) why(ctx context.Context, r Request, args []string) Reply {
	if person, rest, ok := about(append([]string{"why"}, args...)); ok {
		return b.closer(ctx, r, person, rest)
	}
	return b.whyOf(ctx, r, quota.Member{ID: r.User}, args)
}

// pressWhy turns to a page of one's own, or of a member's.
func (b *Bot) pressWhy(ctx context.Context, r Request, page, member string) Reply {
	switch {
	case member == "" || member == r.User:
		return b.why(ctx, r, fields(page))
	case !isID(member):
		return stale()
	}
	return b.closer(ctx, r, "<@"+member+">", append([]string{"why"}, fields(page)...))
}

// whyOf shows a page of a member's.
func (b *Bot) whyOf(ctx context.Context, r Request, m quota.Member, args []string) Reply {
	show := look.Why
	if len(args) > 0 {
		word := strings.ToLower(bare(args[0]))
		if k, ok := kindWords[word]; ok {
			word = k.String()
		}
		i := slices.IndexFunc(pages(), func(p page) bool { return p.word == word })
		if word != quota.Invite.String() && (i < 0 || len(args) > 1) {
			return say("`%s why` shows every limit on your invites; `why pace`, `note`, `inmail`, `message`, `page` and `advice` show the rest.", b.names.Budget)
		}
		if i >= 0 {
			show = pages()[i].look
		}
	}
	s, err := b.book.Standing(ctx, whose(r, m), r.At, quota.Kinds()...)
	if err != nil {
		return b.unread(r, err)
	}
	record, err := b.annals(ctx, r)
	if err != nil {
		return b.unread(r, err)
	}
	var row []look.Button
	for _, p := range pages() {
		action := "why_" + p.word
		var more []string
		if m.ID != r.User {
			more = []string{"member", m.ID}
		}
		row = append(row, look.Button{Label: p.label, Action: action, Value: value(r, onAnswer, action, more...), Hint: p.label + ": limits and their sources"})
	}
	shown := show(s, record)
	if m.ID != r.User {
		shown = look.Watched(s, shown)
	}
	return reply(shown.With(row...))
}

// annals are who changed which rule here, and what everybody is called: by the roster alone, so that whoever looks
// reads the same.
func (b *Bot) annals(ctx context.Context, r Request) (look.Record, error) {
	deeds, err := b.book.Deeds(ctx, r.Workspace)
	if err != nil {
		return look.Record{}, err
	}
	_, members, err := b.book.Roster(ctx, r.Workspace)
	if err != nil {
		return look.Record{}, err
	}
	people := make(map[string]string, len(members))
	for id, m := range members {
		people[id] = m.Name
	}
	return look.Record{Deeds: deeds, People: people, Names: b.names}, nil
}
