package commands

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// Open answers the opening of Home, and the global shortcut.
func (b *Bot) Open(ctx context.Context, r Request) Reply {
	if r.Text == LogShortcut {
		r.way = way{on: onCard} // where it cannot open a form, the answer comes as a direct message
		return b.logForm(ctx, r)
	}
	r.way = way{on: onHome}
	s, err := b.book.Standing(ctx, who(r), r.At, quota.Invite)
	if err != nil {
		out := trouble(r, err, "I cannot read your budget just now. Open this tab again in a minute.")
		out.Home = tab(out.Blocks)
		return out
	}
	return Reply{Home: b.home(ctx, r, "", s, nil)}
}

// home draws the Home tab. said is what was just done there; s is how the member stands after it, with a
// journal that may be too short for the list of logs. more are buttons for the row at the end.
func (b *Bot) home(ctx context.Context, r Request, said string, s quota.Standing, more []look.Button) *slack.HomeTabViewRequest {
	if said != "" {
		if long, err := b.book.Standing(ctx, who(r), r.At, quota.Invite); err == nil {
			s = long
		}
	}
	menu := append([]look.Button{
		{Label: "Away", Action: "away", Value: value(r, onHome, "away")},
		{Label: "Settings", Action: "settings", Value: value(r, onHome, "settings")},
		{Label: "Help", Action: "help", Value: value(r, onHome, "help")},
	}, more...)
	undo := func(o quota.Operation) look.Button { return undoButton(r, onHome, o) }
	return tab(append(look.Home(said, s, b.names, shown, logRow(r, onHome, s), menu, undo), b.desk(ctx, r)...))
}

// desk is the row of a manager at the end of Home. Somebody who leads several teams types in their channels.
func (b *Bot) desk(ctx context.Context, r Request) []slack.Block {
	p, err := b.role(ctx, r)
	if err != nil || !p.leads() || len(p.teams) == 0 {
		return nil
	}
	t, no := b.target(r, p)
	if no != "" {
		return nil
	}
	var row []look.Button
	for _, x := range []struct{ label, action string }{
		{"Team", "team"}, {"Team's limits", "policy"}, {"Change a number", "policy_number"}, {"Choose a preset", "policy_preset"}, {"Set a member's limit", "team_limit"},
		{"Monday digest", "digest"}, {"Set up team", "setup"},
	} {
		row = append(row, look.Button{Label: x.label, Action: x.action, Value: value(r, onHome, x.action, "team", t.ID)})
	}
	return look.Sentences([]string{"For you as a manager of the team “" + look.Escape(t.Name) + "”:"}, row...).Blocks
}

func tab(blocks []slack.Block) *slack.HomeTabViewRequest {
	return &slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
}
