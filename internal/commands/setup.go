package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

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
		return b.unread(r, err)
	}
	target := b.target
	if len(p.teams) == 0 {
		target = b.addition
	}
	if len(args) > 0 && strings.EqualFold(args[0], "new") {
		target, args = b.addition, args[1:]
	}
	t, no := target(r, p)
	if no != "" {
		return say("%s", no)
	}
	if len(args) == 0 {
		return b.setupForm(r, t)
	}
	want := quota.Setup{ID: t.ID, Name: t.Name, Managers: t.Managers, Digest: &t.Digest}
	no, err = b.parseSetup(ctx, r, args, &want)
	switch {
	case err != nil:
		return b.unread(r, err)
	case no != "":
		return say("%s Nothing changed.", no)
	}
	t, no, err = b.setUp(ctx, r, want)
	switch {
	case err != nil:
		return b.failed(ctx, r, err)
	case no != "":
		return say("%s Nothing changed.", no)
	}
	return b.ready(ctx, r, t)
}

// addition is a team to be added: it has no ID yet.
func (b *Bot) addition(r Request, p role) (quota.Team, slip) {
	if !p.admin {
		if no := p.unsure("add a team"); no != "" {
			return quota.Team{}, no
		}
		return quota.Team{}, "Only an owner or admin of this Slack workspace can add a team. Ask one of them."
	}
	t := quota.Team{Managers: []string{r.User}}
	if ofChannel(p.teams, r.Channel) < 0 {
		t.Channel = channelOf(r)
	}
	if len(p.teams) == 0 {
		t.Name = "Outreach"
	}
	return t, ""
}

// target chooses the team that a setup means: the one of the channel, or the only one that this person may
// change.
func (b *Bot) target(r Request, p role) (quota.Team, slip) {
	here := ofChannel(p.teams, r.Channel)
	var may []int
	var names []string
	for i, t := range p.teams {
		if p.admin || t.Manages(r.User) {
			may, names = append(may, i), append(names, look.Escape(t.Name))
		}
	}
	switch {
	case here < 0 && len(may) == 1:
		here = may[0]
	case here < 0:
		return quota.Team{}, slipf("Which team? There are %s. Type this in the channel of the one you mean.", look.And(names))
	}
	t := p.teams[here]
	if !p.admin && !t.Manages(r.User) {
		return t, slipf("You don't manage the team %s. Ask one of its managers, or an admin of this Slack workspace.", look.Escape(t.Name))
	}
	if len(t.Managers) == 0 {
		t.Managers = []string{r.User}
	}
	return t, ""
}

// ofChannel returns the index of the team that has a channel, or -1.
func ofChannel(teams []quota.Team, channel string) int {
	return slices.IndexFunc(teams, func(t quota.Team) bool { return t.Channel != "" && t.Channel == channel })
}

// channelOf returns the channel in which somebody typed or pressed, "" in a direct message.
func channelOf(r Request) string {
	if r.on == onAnswer && isID(r.Channel) && r.Channel[0] != 'D' {
		return r.Channel
	}
	return ""
}

// parseSetup reads "name … channel … managers … digest … shows …", each at most once, in any order.
func (b *Bot) parseSetup(ctx context.Context, r Request, args []string, s *quota.Setup) (slip, error) {
	parts, no := parts(args, map[string]string{"name": "name", "team": "name", "channel": "channel", "managers": "managers", "manager": "managers", "digest": "digest", "shows": "shows"}, "")
	if no != "" {
		return slipf("%s Write it like `%s setup name \"Outreach\" channel #outreach managers @mia`.", no, b.names.Main), nil
	}
	if words, ok := parts["name"]; ok {
		s.Name = tidy(unescape(strings.Join(words, " ")))
	}
	if words, ok := parts["channel"]; ok {
		if s.Channel, no = parseChannel(r, words); no != "" {
			return no, nil
		}
	}
	if words, ok := parts["managers"]; ok {
		var err error
		if s.Managers, no, err = b.parseManagers(ctx, r, words); no != "" || err != nil {
			return no, err
		}
	}
	if words, ok := parts["digest"]; ok {
		if s.Digest.Minute, s.Digest.Zone, no = parseDigestTime(words, b.zone(ctx, r)); no != "" {
			return no, nil
		}
	}
	if words, ok := parts["shows"]; ok {
		if s.Digest.Shows, no = parseShown(words); no != "" {
			return no, nil
		}
	}
	_, no = checkSetup(*s)
	return no, nil
}

// parseManagers reads "@mia @max", with commas too, or names that only one member has.
func (b *Bot) parseManagers(ctx context.Context, r Request, words []string) (ids []string, no slip, err error) {
	for _, w := range words {
		if w = strings.Trim(w, ","); w == "" || strings.EqualFold(w, "and") {
			continue
		}
		id, ok := mention(w, "@")
		if !ok {
			m, no, err := b.person(ctx, r, w, "")
			if err != nil {
				return nil, "", err
			}
			if id = m.ID; no != "" {
				return nil, slipf("I could not tell who %s is. Pick each manager from Slack's list after `@`.", echo(w)), nil
			}
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, "", nil
}

// parseChannel reads "#outreach" or "here".
func parseChannel(r Request, words []string) (string, slip) {
	if len(words) != 1 {
		return "", "Write one channel, as in `channel #outreach`, or `channel here`."
	}
	id, ok := mention(words[0], "#")
	if strings.EqualFold(words[0], "here") {
		id = channelOf(r)
		ok = id != ""
	}
	if !ok {
		return "", slipf("%s is not a channel that Slack knows. Pick it from Slack's list after `#`, or type `channel here` in it.", echo(words[0]))
	}
	return id, ""
}

// checkSetup says what is missing, and in which field of the form.
func checkSetup(s quota.Setup) (field string, no slip) {
	switch n := utf8.RuneCountInString(s.Name); {
	case n == 0:
		return "name", "A team needs a name, as in `name \"Outreach\"`."
	case n > mostTeamName:
		return "name", slipf("That name has %d characters; keep it within %d.", n, mostTeamName)
	case len(s.Managers) == 0:
		return "managers", "A team needs at least one manager, as in `managers @mia`."
	case slices.ContainsFunc(s.Managers, func(id string) bool { return !isID(id) }):
		return "managers", "Pick each manager from Slack's list."
	case s.Channel != "" && !isID(s.Channel):
		return "channel", "Pick the channel from Slack's list."
	}
	return "", ""
}

// setUp makes or changes a team, or says why not.
func (b *Bot) setUp(ctx context.Context, r Request, s quota.Setup) (quota.Team, slip, error) {
	t, err := b.book.SetUp(ctx, who(r), r.ID, r.At, s)
	var taken quota.ChannelTaken
	switch {
	case errors.As(err, &taken):
		return t, slipf("That channel belongs to the team “%s” already. Choose another one.", look.Escape(taken.Team.Name)), nil
	case errors.Is(err, quota.ErrNoSuchTeam):
		return t, "That team is not there any more. Open the form again.", nil
	}
	return t, "", err
}

// ready says how a team is set up now, and what keeps its digest from its channel.
func (b *Bot) ready(ctx context.Context, r Request, t quota.Team) Reply {
	var managers []string
	for _, m := range t.Managers {
		managers = append(managers, "<@"+m+">")
	}
	channel := "none yet"
	next := "Add one with `" + b.names.Main + " setup channel #outreach`."
	if t.Channel != "" {
		channel = "<#" + t.Channel + ">"
		next = "Whoever types `" + b.names.Sent + "` there for the first time joins it."
	}
	if t.Digest != (quota.Digest{}) {
		next = sentences(next, b.digestRule(t), b.unnamed(ctx, r, t))
	}
	if b.Slack.Reach != nil && t.Channel != "" {
		if reason, err := b.Slack.Reach(ctx, r.Workspace, t.Channel); err == nil && reason != "" {
			next += " " + look.Unreachable(t.Channel, reason, b.names)
		}
	}
	return say("Team “%s” is set up. Channel: %s. Managers: %s. %s", look.Escape(t.Name), channel, look.And(managers), next)
}
