package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/paceline/paceline/internal/quota"
)

// A guard says who may use a verb.
type guard uint8

const (
	anyone  guard = iota
	member        // somebody on a team
	manager       // a manager of a team, or an admin
)

// A role is what somebody may do here.
type role struct {
	user   string
	known  bool // Slack told who it is; otherwise an admin may look like anybody
	admin  bool
	teams  []quota.Team
	member quota.Member
}

func (b *Bot) role(ctx context.Context, r Request) (role, error) {
	teams, m, err := b.book.Teams(ctx, who(r))
	if err != nil {
		return role{}, err
	}
	return role{
		user: r.User, known: r.Profile.Known, teams: teams, member: m,
		admin: r.Profile.Admin && !r.Profile.Stranger || slices.Contains(b.admins, r.User),
	}, nil
}

// onTeam reports whether the person is on a team.
func (p role) onTeam() bool { return p.member.ID != "" && p.member.Active() }

// manages reports whether the person is a manager of a team.
func (p role) manages(team string) bool {
	return slices.ContainsFunc(p.teams, func(t quota.Team) bool { return t.ID == team && t.Manages(p.user) })
}

// leads reports whether the person is an admin, or a manager of any team.
func (p role) leads() bool {
	return p.admin || slices.ContainsFunc(p.teams, func(t quota.Team) bool { return t.Manages(p.user) })
}

// unsure is what an admin must be told whom Slack did not vouch for just now, or "" when it did. what is
// what they wanted to do.
func (p role) unsure(what string) slip {
	if p.known {
		return ""
	}
	return slipf("I could not ask Slack who you are, so I cannot let you %s yet. Try again in a minute.", what)
}

// run runs a verb for whoever its guard lets through.
func (b *Bot) run(ctx context.Context, r Request, v verb, args []string) Reply {
	if len(args) > 0 {
		switch sub, ok := find(args[0]); {
		case ok && sub.name == "help" && v.name != "help":
			return b.help(ctx, r, []string{v.name})
		case ok && slices.Contains(v.then, sub.name) && sub.fact && strings.HasSuffix(args[0], "?"):
			return b.help(ctx, r, []string{sub.name})
		case ok && slices.Contains(v.then, sub.name):
			return b.run(ctx, r, sub, args[1:])
		}
	}
	if no, barred := b.barred(ctx, r, v); barred {
		return no
	}
	return v.run(b, ctx, r, args)
}

// barred answers somebody whom a verb's guard does not let through.
func (b *Bot) barred(ctx context.Context, r Request, v verb) (no Reply, barred bool) {
	if v.guard == anyone {
		return Reply{}, false
	}
	p, err := b.role(ctx, r)
	if err != nil {
		return b.unread(r, err), true
	}
	switch {
	case v.guard == member && !p.onTeam():
		return say("You are not on a team yet. Your first `%s` puts you on one, and `%s` comes with it.", b.names.Sent, v.name), true
	case v.guard == manager && !p.leads():
		if no := p.unsure("use " + v.name); no != "" {
			return say("%s", no), true
		}
		return say("`%s %s` is for owners and admins of this Slack workspace and for managers they named. Ask one of them.%s", b.names.Main, v.name, fill(b.names, v.others)), true
	}
	return Reply{}, false
}
