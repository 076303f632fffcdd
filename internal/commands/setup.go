package commands

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// mostTeamName is the longest name of a team, in characters: a header and a button must hold it.
const mostTeamName = 60

// setup shows the form of a team, or sets up what was typed. Its guard has let managers and admins through;
// a manager may change their own teams only, and only an admin adds one.
func (b *Bot) setup(ctx context.Context, r Request, args []string) Reply {
	p, err := b.role(ctx, r)
	if err != nil {
		return b.failed(r, typed(r), err)
	}
	fresh := len(args) > 0 && strings.EqualFold(args[0], "new")
	if fresh {
		args = args[1:]
	}
	t, no := b.target(r, p, fresh)
	if no != "" {
		return say("%s", no)
	}
	if len(args) == 0 {
		return b.setupForm(r, t)
	}
	want := quota.Setup{ID: t.ID, Name: t.Name, Managers: t.Managers}
	if no := b.parseSetup(ctx, r, args, &want); no != "" {
		return say("%s Nothing changed.", no)
	}
	return b.setUp(ctx, r, want)
}

// target chooses the team that a setup means: a new one, the one of the channel, or the only one. A team
// without an ID is to be added.
func (b *Bot) target(r Request, p role, fresh bool) (quota.Team, slip) {
	t := quota.Team{Name: "Outreach", Managers: []string{r.User}}
	if r.Channel != "" && placeOf(r) == onAnswer {
		t.Channel = r.Channel
	}
	switch i := slices.IndexFunc(p.teams, func(t quota.Team) bool { return t.Channel != "" && t.Channel == r.Channel }); {
	case fresh || len(p.teams) == 0:
		if !p.admin {
			return t, "Only an owner or admin of this Slack workspace can add a team. Ask one of them."
		}
		if fresh {
			t.Name = ""
			if i >= 0 {
				t.Channel = ""
			}
		}
		return t, ""
	case i >= 0:
		t = p.teams[i]
	case len(p.teams) == 1:
		t = p.teams[0]
	default:
		var names []string
		for _, t := range p.teams {
			names = append(names, look.Escape(t.Name))
		}
		return t, slipf("Which team? There are %s. Type this in the channel of the one you mean, or `%s setup new` for another.", look.And(names), b.names.Main)
	}
	if !p.admin && !t.Manages(r.User) {
		return t, slipf("You don't manage the team %s. Ask one of its managers, or an admin of this Slack workspace.", look.Escape(t.Name))
	}
	return t, ""
}

// parseSetup reads "name … channel … managers …", each at most once, in any order.
func (b *Bot) parseSetup(ctx context.Context, r Request, args []string, s *quota.Setup) slip {
	parts := map[string][]string{}
	var part string
	for _, w := range args {
		switch low := strings.ToLower(w); low {
		case "name", "channel", "managers", "manager", "team":
			part = strings.TrimSuffix(strings.Replace(low, "team", "name", 1), "s")
			if _, ok := parts[part]; ok {
				return slipf("I read %s twice. Write it once.", echo(w))
			}
			parts[part] = nil
		default:
			if part == "" {
				return slipf("I don't know %s. Write it like `%s setup name \"Outreach\" channel #outreach managers @mia`.", echo(w), b.names.Main)
			}
			parts[part] = append(parts[part], w)
		}
	}
	if words, ok := parts["name"]; ok {
		s.Name = unescape(strings.Join(words, " "))
	}
	if words, ok := parts["channel"]; ok {
		if len(words) != 1 {
			return "Write one channel, as in `channel #outreach`, or `channel here`."
		}
		id, ok := mention(words[0], "#")
		switch {
		case ok:
			s.Channel = id
		case strings.EqualFold(words[0], "here") && placeOf(r) == onAnswer:
			s.Channel = r.Channel
		default:
			return slipf("%s is not a channel that Slack knows. Pick it from Slack's list after `#`, or type `channel here` in it.", echo(words[0]))
		}
	}
	if words, ok := parts["manager"]; ok {
		s.Managers = nil
		for _, w := range words {
			id, isMention := mention(w, "@")
			if !isMention {
				m, no, err := b.person(ctx, r, w)
				if err != nil || no != "" {
					return slipf("I could not tell who %s is. Pick each manager from Slack's list after `@`.", echo(w))
				}
				id = m.ID
			}
			if !slices.Contains(s.Managers, id) {
				s.Managers = append(s.Managers, id)
			}
		}
	}
	return checkSetup(*s)
}

// checkSetup says what is missing.
func checkSetup(s quota.Setup) slip {
	switch n := len([]rune(s.Name)); {
	case n == 0:
		return "A team needs a name, as in `name \"Outreach\"`."
	case n > mostTeamName:
		return slipf("That name has %d characters; keep it within %d.", n, mostTeamName)
	case len(s.Managers) == 0:
		return "A team needs at least one manager, as in `managers @mia`."
	}
	return ""
}

func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

func (b *Bot) setUp(ctx context.Context, r Request, s quota.Setup) Reply {
	t, err := b.book.SetUp(ctx, who(r), r.ID, r.At, s)
	var taken quota.ChannelTaken
	switch {
	case errors.As(err, &taken):
		return say("That channel belongs to the team “%s” already. Choose another channel; nothing changed.", look.Escape(taken.Team.Name))
	case err != nil:
		return b.failed(r, typed(r), err)
	}
	var managers []string
	for _, m := range t.Managers {
		managers = append(managers, "<@"+m+">")
	}
	channel := "no channel yet"
	if t.Channel != "" {
		channel = "<#" + t.Channel + ">"
	}
	return say("Team “%s” is set up. Channel: %s. Managers: %s. Whoever types `%s` there joins it.", look.Escape(t.Name), channel, look.And(managers), b.names.Sent)
}

func (b *Bot) setupForm(r Request, t quota.Team) Reply {
	name := slack.NewPlainTextInputBlockElement(plain("Outreach"), "name")
	name.InitialValue, name.MaxLength = t.Name, mostTeamName
	channel := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, plain("Choose a channel"), "channel")
	channel.InitialConversation = t.Channel
	channel.Filter = &slack.SelectBlockElementFilter{Include: []string{"public", "private"}, ExcludeBotUsers: true}
	managers := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, plain("Choose people"), "managers")
	managers.InitialUsers = t.Managers
	out := say("Type it: `%s setup name \"Outreach\" channel #outreach managers @mia`.", b.names.Main)
	if placeOf(r) == onCard {
		out = reply(look.Sentences([]string{out.Text}, look.Button{Label: "Open the form", Action: "setup", Value: value(r, onCard, "setup")}))
	}
	out.Modal = form(r, placeOf(r), setupCallback, "Set up a team", "Save",
		input("name", "Team name", "", name),
		input("channel", "Channel", "Whoever logs there for the first time joins this team.", channel),
		input("managers", "Managers", "They see every member's card, and may change this.", managers))
	out.Modal.PrivateMetadata += "&team=" + t.ID
	return out
}

func (b *Bot) submitSetup(ctx context.Context, r Request, f Form, team string) Reply {
	p, err := b.role(ctx, r)
	if err != nil {
		return b.unsaved(b.failed(r, typed(r), err), "name")
	}
	if !p.admin && (team == "" || !p.manages(team, r.User)) {
		return wrong("name", "Only an owner or admin of this Slack workspace, or a manager of the team, can change this.")
	}
	s := quota.Setup{ID: team, Name: f.first("name"), Channel: f.first("channel"), Managers: f.Values["managers"]}
	if no := checkSetup(s); no != "" {
		block := "name"
		if s.Name != "" && len(s.Managers) == 0 {
			block = "managers"
		}
		return wrong(block, unmarked(string(no)))
	}
	out := b.setUp(ctx, r, s)
	if out.Err == nil && strings.HasPrefix(out.Text, "That channel") {
		return wrong("channel", unmarked(out.Text))
	}
	return b.settled(out, "Team set up", "name")
}
