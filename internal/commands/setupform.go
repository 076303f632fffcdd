package commands

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// setupForm is the form of a team.
func (b *Bot) setupForm(r Request, t quota.Team) Reply {
	name := slack.NewPlainTextInputBlockElement(plain("Outreach"), "name")
	name.InitialValue, name.MaxLength = t.Name, mostTeamName
	channel := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, plain("Choose a channel"), "channel")
	channel.InitialConversation = t.Channel
	channel.Filter = &slack.SelectBlockElementFilter{Include: []string{"public", "private"}, ExcludeBotUsers: true}
	managers := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, plain("Choose people"), "managers")
	managers.InitialUsers = t.Managers
	out := b.typing(r, "Type it: `{main} setup name \"Outreach\" channel #outreach managers @mia`.", "setup")
	out.Modal = form(r, setupCallback, "Set up a team", "Save", []string{"team", t.ID},
		input("name", "Team name", "", name),
		input("channel", "Channel", "Whoever logs there for the first time joins this team.", channel),
		input("managers", "Managers", "They see every member's card, and may change this.", managers))
	return out
}

func (b *Bot) submitSetup(ctx context.Context, r Request, f Form, team string) Reply {
	p, err := b.role(ctx, r)
	if err != nil {
		return unsaved(r, "name", err)
	}
	if !p.admin && !p.manages(team) {
		if no := p.unsure("set up a team"); no != "" {
			return wrong("name", no)
		}
		return wrong("name", "Only an owner or admin of this Slack workspace, or a manager of the team, can change this.")
	}
	s := quota.Setup{ID: team, Name: tidy(f.first("name")), Channel: f.first("channel"), Managers: f.Values["managers"]}
	if field, no := checkSetup(s); no != "" {
		return wrong(field, no)
	}
	t, no, err := b.setUp(ctx, r, s)
	switch {
	case err != nil:
		return unsaved(r, "name", err)
	case no != "":
		return wrong("channel", no)
	}
	return noticed("Team set up", b.ready(t))
}
