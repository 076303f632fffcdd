package commands

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// mostReason is the longest reason for a change of rules, in characters.
const mostReason = 200

// itsOwn, in the place of a number, is the one that a limit comes with.
const itsOwn = quota.Off - 1

// policy shows the rules of a team, or changes what was typed.
func (b *Bot) policy(ctx context.Context, r Request, args []string) Reply {
	t, no, err := b.led(ctx, r, "")
	switch {
	case err != nil:
		return b.unread(r, err)
	case no != "":
		return say("%s", no)
	case len(args) == 0:
		return b.rules(ctx, r, t)
	}
	var out Reply
	switch word, words := bare(args[0]), args[1:]; word {
	case "preset":
		out, no, err = b.typedPreset(ctx, r, t, words)
	case "set":
		out, no, err = b.typedNumber(ctx, r, t, words)
	case "reset":
		out, no, err = b.typedReset(ctx, r, t, words)
	default:
		no = b.unknownRule(ctx, r, t, args)
	}
	return b.answered(ctx, r, out, no, err)
}

// unknownRule says what to write for words behind policy that begin with none of its own: most likely with a limit or
// a preset, whose verb was left out.
func (b *Bot) unknownRule(ctx context.Context, r Request, t quota.Team, args []string) slip {
	no := slipf("I don't know %s.", echo(args[0]))
	if l, rest := namedLimit(settable(inForce(t)), args); l != nil {
		return slipf("%s Did you mean `%s`?", no, b.corrected(r, "set", l, rest))
	}
	if p, rest := findPreset(args); p != nil {
		return slipf("%s Did you mean `%s`?", no, line(b.names.Main, "policy preset", p.Name, retyped(r, rest, "")))
	}
	if whole, ok := b.elsewhere(ctx, r, args); ok {
		return slipf("%s Did you mean `%s`?", no, whole)
	}
	if n, ok := nearest(bare(args[0]), []string{"preset", "reset", "set"}); ok {
		no = slipf("%s Did you mean `%s`?", no, n)
	}
	return slipf("%s `%s policy` shows the rules; behind it may stand `preset`, `set` or `reset`.", no, b.names.Main)
}

// answered is what came of a change that was typed.
func (b *Bot) answered(ctx context.Context, r Request, out Reply, no slip, err error) Reply {
	switch {
	case err != nil:
		return b.failed(ctx, r, err)
	case no != "":
		return say("%s Nothing changed.", no)
	}
	return out
}

// led finds the team whose rules somebody may change: the one of an id, out of a button or a form, or for ""
// the one that a setup in the same place would mean.
func (b *Bot) led(ctx context.Context, r Request, id string) (quota.Team, slip, error) {
	p, err := b.role(ctx, r)
	if err != nil {
		return quota.Team{}, "", err
	}
	if len(p.teams) == 0 {
		return quota.Team{}, slipf("No team is set up here yet: an owner or admin of this Slack workspace does it with `%s setup`.", b.names.Main), nil
	}
	if id == "" {
		t, no := b.target(r, p)
		return t, no, nil
	}
	i := slices.IndexFunc(p.teams, func(t quota.Team) bool { return t.ID == id })
	if no := p.mayLead(id); no != "" || i < 0 {
		return quota.Team{}, cmp.Or(no, "That team is not there any more."), nil
	}
	return p.teams[i], "", nil
}

// mayLead says why somebody may not change the rules of a team, or "" when they may.
func (p role) mayLead(team string) slip {
	if p.admin || p.manages(team) {
		return ""
	}
	if no := p.unsure("change a team's rules"); no != "" {
		return no
	}
	return "Only a manager of that team, or an owner or admin of this Slack workspace, can change this. Ask one of them."
}

// house gathers what it takes to show a team to the person who asks.
func (b *Bot) house(ctx context.Context, r Request, t quota.Team) (look.House, error) {
	_, members, err := b.book.Roster(ctx, r.Workspace)
	if err != nil {
		return look.House{}, err
	}
	h := look.House{Team: t, At: r.At, Zone: b.book.Zone(r.Profile.Zone)}
	if m, ok := members[r.User]; ok && m.Zone != "" {
		h.Zone = b.book.Zone(m.Zone)
	}
	for _, m := range members {
		h.Members = append(h.Members, m)
	}
	if _, ok := members[r.User]; !ok {
		h.Members = append(h.Members, quota.Member{ID: r.User, Name: r.Profile.Name, Left: r.At})
	}
	return h, nil
}

// rules shows the rules of a team.
func (b *Bot) rules(ctx context.Context, r Request, t quota.Team) Reply {
	h, err := b.house(ctx, r, t)
	if err != nil {
		return b.unread(r, err)
	}
	deeds, err := b.book.Deeds(ctx, r.Workspace)
	if err != nil {
		return b.unread(r, err)
	}
	return reply(look.Policy(h, deeds, b.names,
		look.Button{Label: "Change a number", Action: "policy_number", Value: value(r, r.on, "policy_number", "team", t.ID), Style: slack.StylePrimary},
		look.Button{Label: "Choose a preset", Action: "policy_preset", Value: value(r, r.on, "policy_preset", "team", t.ID)},
		look.Button{Label: "Set a member's limit", Action: "team_limit", Value: value(r, r.on, "team_limit", "team", t.ID)},
	))
}

// rulesButton shows the rules of a team below a change of them.
func rulesButton(r Request, t quota.Team) look.Button {
	return look.Button{Label: "Show the rules", Action: "policy", Value: value(r, r.on, "policy", "team", t.ID)}
}

// setNumber gives a limit another number, or its own one back.
func (b *Bot) setNumber(ctx context.Context, r Request, t quota.Team, l *quota.Limit, n int, reason string) (Reply, slip, error) {
	h, err := b.house(ctx, r, t) // first, so that nothing that can fail comes after the change
	if err != nil {
		return Reply{}, "", err
	}
	o := quota.Order{Team: t.ID, Reason: reason}
	var g quota.Governed
	if n == itsOwn {
		g, err = b.book.ClearNumber(ctx, who(r), r.ID, r.At, o, l.Name)
	} else {
		g, err = b.book.SetNumber(ctx, who(r), r.ID, r.At, o, l.Name, n)
	}
	var unknown quota.UnknownLimit
	switch {
	case errors.As(err, &unknown):
		return Reply{}, slipf("The preset in force, %s, has no number to choose for the %s.", look.Escape(unknown.Preset.Title), look.Escape(l.Title)), nil
	case errors.Is(err, quota.ErrNoSuchTeam):
		return Reply{}, "That team is not there any more.", nil
	case err != nil:
		return Reply{}, "", err
	}
	h.Team = g.Team
	if g.Deed.Seq == 0 {
		return say("%s. Nothing changed.", already(h, l, n)), "", nil
	}
	return reply(look.NumberChanged(h, g.Deed, b.names, rulesButton(r, t))), "", nil
}

// already says that a limit is what it was asked to be.
func already(h look.House, l *quota.Limit, n int) string {
	for _, rule := range look.Rules(h.Team.Terms, h.At) {
		switch {
		case rule.Name != l.Name:
		case n == itsOwn:
			return look.LimitName(l) + ": that is the number it comes with already, " + rule.Figure()
		default:
			return look.LimitName(l) + ": that is so already, " + rule.Figure()
		}
	}
	return look.LimitName(l) + ": that is so already"
}

// choose makes a preset the team's.
func (b *Bot) choose(ctx context.Context, r Request, t quota.Team, p *quota.Preset, reason string) (Reply, slip, error) {
	h, err := b.house(ctx, r, t)
	if err != nil {
		return Reply{}, "", err
	}
	g, err := b.book.Choose(ctx, who(r), r.ID, r.At, quota.Order{Team: t.ID, Reason: reason}, p.Name)
	switch {
	case errors.Is(err, quota.ErrNoSuchTeam):
		return Reply{}, "That team is not there any more.", nil
	case err != nil:
		return Reply{}, "", err
	case g.Deed.Seq == 0:
		return say("The preset is “%s” already. Nothing changed.", p.Title), "", nil
	}
	h.Team = g.Team
	return reply(look.PresetChanged(h, g.Deed, b.names, rulesButton(r, t))), "", nil
}

// inForce returns the preset of a team.
func inForce(t quota.Team) *quota.Preset { return quota.Rules{Terms: t.Terms}.Preset() }

// readReason reads why something is changed, or says what is wrong with it. again is what to type instead.
func readReason(words []string, again string) (string, slip) {
	reason := tidy(unescape(strings.Join(words, " ")))
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		return "", slipf("Say why as well: `%s`.", again)
	case n > mostReason:
		return "", slipf("That reason has %d characters; keep it within %d.", n, mostReason)
	}
	return reason, ""
}

// readNumber reads a number of a limit: 0 to quota.MaxNumber, off, or for the one that it comes with reset.
func readNumber(word string) (n int, no slip) {
	switch bare(word) {
	case "off":
		return quota.Off, ""
	case "reset":
		return itsOwn, ""
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 0 || n > quota.MaxNumber {
		return 0, slipf("%s is not a number I can set. Write a whole number from 0 to %d in plain digits, or `off`.", echo(word), quota.MaxNumber)
	}
	return n, ""
}

// endOf returns the moment at which a day ends in a zone.
func endOf(d quota.Day, zone *time.Location) time.Time { return (d + 1).In(zone, 0, 0).UTC() }
