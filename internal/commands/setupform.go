package commands

import (
	"context"
	"slices"
	"strings"
	"time"

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
		input("managers", "Managers", "They see every member's card, and may change this.", managers),
		digestTime(t.Digest), digestZone(t.Digest), digestShows(t.Digest))
	return out
}

func digestTime(d quota.Digest) slack.Block {
	at := slack.NewTimePickerBlockElement("time")
	at.InitialTime = clockOf(d.Minute)
	return input("time", "Monday digest at", "It opens a week, so it never comes before Monday 00:00 UTC.", at)
}

func digestZone(d quota.Digest) slack.Block {
	var options []*slack.OptionBlockObject
	var chosen *slack.OptionBlockObject
	zones := likelyZones
	own := d.Zone
	if own == "" {
		own = "UTC"
	}
	if !slices.Contains(zones, own) {
		zones = append([]string{own}, zones...)
	}
	for _, z := range zones {
		o := slack.NewOptionBlockObject(z, plain(strings.ReplaceAll(z, "_", " ")), nil)
		options = append(options, o)
		if z == own {
			chosen = o
		}
	}
	zone := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "zone", options...)
	zone.InitialOption = chosen
	return input("zone", "In the time zone", "", zone)
}

func digestShows(d quota.Digest) slack.Block {
	options := []*slack.OptionBlockObject{
		slack.NewOptionBlockObject("names", plain("By name, last week and what is left"), nil),
		slack.NewOptionBlockObject("room", plain("By name, what is left"), nil),
		slack.NewOptionBlockObject("totals", plain("The team's totals only"), nil),
	}
	shows := slack.NewRadioButtonsBlockElement("shows", options...)
	for _, o := range options {
		if shownWords[o.Value] == d.Shows {
			shows.InitialOption = o
		}
	}
	return input("shows", "The digest shows", "In a channel shared with another company always totals only.", shows)
}

// readDigest reads those fields. A form without them leaves the digest as it is.
func readDigest(f Form, s *quota.Setup) (field string, no slip) {
	if f.first("time") == "" && f.first("zone") == "" && f.first("shows") == "" {
		return "", ""
	}
	clock, err := time.Parse("15:04", f.first("time"))
	if err != nil {
		return "time", "Choose a time."
	}
	zone, no := parseZone(f.first("zone"))
	if no != "" || zone == "" {
		return "zone", "Choose a time zone from the list."
	}
	shows, ok := shownWords[f.first("shows")]
	if !ok {
		return "shows", "Choose what it shows."
	}
	s.Digest = &quota.Digest{Zone: zoneName(zone), Minute: clock.Hour()*60 + clock.Minute(), Shows: shows}
	return "", ""
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
	if field, no := readDigest(f, &s); no != "" {
		return wrong(field, no)
	}
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
	return noticed("Team set up", b.ready(ctx, r, t))
}
