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
		return b.logForm(r, onAnswer)
	}
	s, err := b.book.Standing(ctx, who(r), r.At, quota.MaxBack)
	if err != nil {
		out := b.failed(r, retry{}, err)
		out.Blocks = nil
		out.Home = &slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: look.Sentences([]string{
			"I cannot read your budget just now. Open this tab again in a minute.", "Reference " + out.Reference + ".",
		}).Blocks}}
		return out
	}
	return Reply{Home: b.home(ctx, r, "", s)}
}

// home draws the Home tab. said is what was just done there; s is how the member stands after it, with a
// journal that may be too short for the list of logs.
func (b *Bot) home(ctx context.Context, r Request, said string, s quota.Standing) *slack.HomeTabViewRequest {
	if said != "" {
		if long, err := b.book.Standing(ctx, who(r), r.At, quota.MaxBack); err == nil {
			s = long
		}
	}
	menu := []look.Button{
		{Label: "Settings", Action: "settings", Value: value(r, onHome, "settings")},
		{Label: "Help", Action: "help", Value: value(r, onHome, "help")},
	}
	undo := func(o quota.Operation) look.Button { return undoButton(r, onHome, o) }
	blocks := look.Home(said, s, b.names, shown, logRow(r, onHome, s), menu, undo)
	return &slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
}
