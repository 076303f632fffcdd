package commands

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// overview shows a team at a glance, with one page of its table, counted from 0.
func (b *Bot) overview(ctx context.Context, r Request, t quota.Team, page int) Reply {
	o, err := b.book.Overview(ctx, r.Workspace, t.ID, r.At)
	switch {
	case errors.Is(err, quota.ErrNoSuchTeam):
		return say("That team is not there any more.")
	case err != nil:
		return b.unread(r, err)
	}
	button := func(label, action string, more ...string) look.Button {
		return look.Button{Label: label, Action: action, Value: value(r, r.on, action, append(more, "team", t.ID)...)}
	}
	a := look.Overview(o, b.names, look.OverviewFrame{
		Zone: b.zone(ctx, r),
		Page: page,
		Look: func(m quota.Member) look.Button {
			return look.Button{Label: "Look", Action: "member", Value: value(r, r.on, "member_"+m.ID, "member", m.ID)}
		},
		Below: func(page, pages int) []look.Button {
			var row []look.Button
			if page > 0 {
				row = append(row, button("Previous", "team_previous", "page", strconv.Itoa(page-1)))
			}
			if page+1 < pages {
				row = append(row, button("Next", "team_next", "page", strconv.Itoa(page+1)))
			}
			limit := button("Set a member's limit", "team_limit")
			limit.Style = slack.StylePrimary
			return append(row, limit, button("Show the rules", "policy"), button("Monday digest", "digest"), button("Set up team", "setup"))
		},
	})
	out := reply(a.Message)
	out.Spare = a.Spare
	if r.on == onHome {
		out.Blocks, out.Spare = a.Spare, nil // it opens as a notice, which takes no tables
	}
	return out
}

// readPage reads the number of a page as people count them, from 1.
func readPage(words []string) (page int, no slip) {
	n := 0
	if len(words) == 1 {
		n, _ = strconv.Atoi(bare(words[0]))
	}
	if n < 1 {
		return 0, "Write the number of the page behind it, as in `team page 2`."
	}
	return n - 1, ""
}

// pressTurn turns a page of the overview.
func (b *Bot) pressTurn(ctx context.Context, r Request, t quota.Team, v url.Values) Reply {
	page, err := strconv.Atoi(v.Get("page"))
	if err != nil || page < 0 {
		return stale()
	}
	return replacing(b.overview(ctx, r, t, page))
}

// pressMember shows one member of an overview closer.
func (b *Bot) pressMember(ctx context.Context, r Request, v url.Values) Reply {
	id := v.Get("member")
	if !isID(id) {
		return stale()
	}
	return b.colleague(ctx, r, "<@"+id+">", "")
}
