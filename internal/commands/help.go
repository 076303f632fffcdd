package commands

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
)

// help works for everyone, always, before any set-up.
func (b *Bot) help(_ context.Context, r Request, args []string) Reply {
	if len(args) > 0 {
		v, ok := find(args[0])
		if !ok {
			return say("I don't know %s. `%s help` lists what I understand.", echo(args[0]), b.names.Main)
		}
		lines := []string{"`" + fill(b.names, v.form) + "`: " + v.about + "."}
		for _, m := range v.more {
			lines = append(lines, fill(b.names, m))
		}
		return reply(look.Lines(lines))
	}
	lines := []string{
		"Paceline keeps your LinkedIn invites inside your team's budget. It never touches LinkedIn: you say what you sent, it tells you what is left.",
		"",
	}
	for _, v := range verbs() {
		lines = append(lines, "`"+fill(b.names, v.form)+"`: "+v.about)
	}
	lines = append(lines, "",
		"The same words work in a direct message to me, without a slash: `8`, `8 yesterday`, `undo`, `budget`, or a profile address. Slack takes no slash commands in threads.",
		"Answers are for your eyes only. More about one: `"+b.names.Main+" help sent`.")
	return reply(look.Lines(lines))
}

// menu is the answer to the bare command.
func (b *Bot) menu(ctx context.Context, r Request, args []string) Reply {
	p, err := b.role(ctx, r)
	if err != nil {
		return b.unread(r, err)
	}
	on := r.on
	buttons := []look.Button{
		{Label: "Log invites", Action: "log_other", Value: value(r, on, "log_other"), Style: slack.StylePrimary},
		{Label: "My card", Action: "card", Value: value(r, on, "card")},
	}
	if p.leads() && len(p.teams) > 0 {
		buttons = append(buttons, look.Button{Label: "Team", Action: "team", Value: value(r, on, "team")})
	}
	buttons = append(buttons,
		look.Button{Label: "Away", Action: "away", Value: value(r, on, "away")},
		look.Button{Label: "Settings", Action: "settings", Value: value(r, on, "settings")},
		look.Button{Label: "Help", Action: "help", Value: value(r, on, "help")})
	text := "What would you like to do? Typing is quicker: `" + b.names.Sent + " 5`, `" + b.names.Budget + "`."
	switch {
	case len(p.teams) > 0:
	case p.leads():
		buttons = append(buttons, look.Button{Label: "Set up team", Action: "setup", Value: value(r, on, "setup")})
	default:
		text += " No team is set up here yet; an owner or admin of this Slack workspace can do it with `" + b.names.Main + " setup`. You can log already."
	}
	return reply(look.Sentences([]string{text}, buttons...))
}
