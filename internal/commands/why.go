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
	look  func(quota.Standing) look.Message
}

// pages lists the parts besides the first, which is what binds invites.
func pages() []page {
	kind := func(k quota.Kind, label string) page {
		return page{k.String(), label, func(s quota.Standing) look.Message { return look.WhyKind(s, k) }}
	}
	return []page{
		{"pace", "Pace", look.WhyPace},
		kind(quota.Note, "Notes"), kind(quota.InMail, "InMail"), kind(quota.Message, "Messages"), kind(quota.PageInvite, "Page invites"),
		{"advice", "Advice", look.WhyAdvice},
	}
}

// why shows every limit with its source, a page at a time.
func (b *Bot) why(ctx context.Context, r Request, args []string) Reply {
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
	s, err := b.book.Standing(ctx, who(r), r.At, quota.Kinds()...)
	if err != nil {
		return b.unread(r, err)
	}
	var row []look.Button
	for _, p := range pages() {
		action := "why_" + p.word
		row = append(row, look.Button{Label: p.label, Action: action, Value: value(r, onAnswer, action), Hint: p.label + ": limits and their sources"})
	}
	return reply(show(s).With(row...))
}
