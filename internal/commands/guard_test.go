package commands

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

// Every verb, for everybody who may ask: the first pattern of a row that a reply must match.
func TestGuards(t *testing.T) {
	type asker struct {
		name, user string
		profile    Profile
	}
	askers := []asker{
		{"anyone", "UDAN", Profile{Name: "dan", Known: true}},
		{"member", "UANA", Profile{Name: "ana", Known: true}},
		{"manager of another team", "UMAX", Profile{Name: "max", Known: true}},
		{"manager", "UMIA", Profile{Name: "mia", Known: true}},
		{"admin", "UOLA", Profile{Name: "ola", Admin: true, Known: true}},
		{"operator's admin", "UROOT", Profile{Known: true}},
		{"stranger", "UDAN", Profile{Name: "dan", Admin: true, Stranger: true, Known: true}},
		{"Slack unknown", "UDAN", Profile{}},
		{"manager, Slack unknown", "UMIA", Profile{}},
	}
	const notOnTeam, notYours, admins, unsure = "^You are not on a team yet", "^You don't manage the team Outreach", "is for owners and admins", "could not ask Slack who you are"
	const apart = "^You manage a team without being on one"
	members := map[string]string{}
	for _, who := range askers {
		if who.name != "member" {
			members[who.name] = notOnTeam
		}
	}
	// What the verb's own answer looks like, and who gets another one.
	rows := map[string]struct {
		line, open string
		others     map[string]string
	}{
		"sent":     {"sent 1", "^Logged 1", nil},
		"undo":     {"undo", "^Undid 2|^There is nothing to undo", nil},
		"budget":   {"budget", " left this week", nil},
		"why":      {"why", "Source:", nil},
		"help":     {"help", "keeps your LinkedIn", nil},
		"menu":     {"menu", "^What would you like", nil},
		"accepted": {"accepted 2", "^Recorded 2 accepted", nil}, "withdrawn": {"withdrawn", "^Recorded 1 withdrawn", nil},
		"declined": {"declined", "^Recorded 1 declined", nil}, "replied": {"replied 2", "^Recorded 2 replies", nil},
		"restricted": {"restricted", "^Noted\\. 0 left", nil}, "plan": {"plan 10", "^10 by Sun 29 Nov", nil},
		"before": {"before none", "^Noted: none", members}, "away": {"away fri", "^You are away", members}, "back": {"back", "^Welcome back", members},
		"quiet": {"quiet today", "^Quiet until Wed 00:00", members},
		"settings": {"settings", "^Your time zone", map[string]string{
			"anyone": notOnTeam, "manager of another team": apart, "manager": apart, "admin": notOnTeam, "operator's admin": notOnTeam,
			"stranger": notOnTeam, "Slack unknown": notOnTeam, "manager, Slack unknown": apart,
		}},
		"digest": {"digest", "^The digest of “Outreach” comes on Mondays at 00:00 UTC", map[string]string{
			"anyone": admins, "member": admins, "manager of another team": notYours, "stranger": admins, "Slack unknown": unsure,
		}},
		"setup": {`setup name Renamed`, "^Team “Renamed” is set up", map[string]string{
			"anyone": admins, "member": admins, "manager of another team": notYours, "stranger": admins, "Slack unknown": unsure,
		}},
		"policy": {`policy`, "^Rules of the team “Outreach”", map[string]string{
			"anyone": admins, "member": admins, "manager of another team": notYours, "stranger": admins, "Slack unknown": unsure,
		}},
		"team": {`team`, "^Outreach team, Tue 24 Nov, [0-9:]+( UTC)?: nobody to look at, 2 with room", map[string]string{
			"anyone": admins, "member": admins, "manager of another team": notYours, "stranger": admins, "Slack unknown": unsure,
		}},
	}
	for _, v := range verbs() {
		row, ok := rows[v.name]
		if !ok {
			t.Errorf("no row for the verb %s", v.name)
			continue
		}
		for _, who := range askers {
			t.Run(v.name+"/"+who.name, func(t *testing.T) {
				want, other := row.others[who.name]
				if !other {
					want = row.open
				}
				ways := map[string]func(s *stage) Reply{
					"command": func(s *stage) Reply {
						r := s.request(who.user, "/paceline", row.line)
						r.Profile = who.profile
						return s.check(s.bot.Command(t.Context(), r))
					},
				}
				if slices.Contains([]string{"settings", "setup", "help", "policy", "team", "digest"}, v.name) {
					ways["button"] = func(s *stage) Reply {
						r := s.request(who.user, "", "")
						r.Profile = who.profile
						out := s.check(s.bot.Press(t.Context(), r, Press{Action: v.name, Value: "id=x"}))
						if v.name == "setup" && !other {
							s.want(out, "^Type it")
							out.Text = "Team “Renamed” is set up"
						}
						return out
					}
				}
				for name, ask := range ways {
					s := staged(t)
					was := s.state()
					out := ask(s)
					s.want(out, want)
					if other {
						s.unchanged(was, name)
						if out.Modal != nil {
							t.Error("a form opens all the same")
						}
					}
				}
			})
		}
	}
}

// A form says who may use it when it is submitted, not only when it is opened.
func TestGuardsOfForms(t *testing.T) {
	s := staged(t)
	form := func(team string) *Form {
		return &Form{Callback: setupCallback, Private: "id=f&team=" + team, Values: map[string][]string{"name": {"Taken over"}, "channel": {"C9"}, "managers": {"UANA"}}}
	}
	was := s.state()
	for _, c := range []struct{ user, team, want string }{
		{"UANA", "1", "Only an owner or admin"}, {"UMAX", "1", "Only an owner or admin"}, {"UMIA", "", "Only an owner or admin"},
		{"UMIA", "99", "Only an owner or admin"}, {"UDAN", "", "Only an owner or admin"}, {"UOLA", "99", "not there any more"},
	} {
		r := s.check(s.bot.Submit(t.Context(), s.request(c.user, "", ""), *form(c.team)))
		s.want(r, c.want)
		if len(r.Errors) == 0 {
			t.Errorf("%s on team %q: %+v", c.user, c.team, r)
		}
		s.unchanged(was, fmt.Sprint(c))
	}
	r := s.request("UOLA", "", "")
	r.Profile = Profile{}
	s.want(s.bot.Submit(t.Context(), r, *form("1")), "could not ask Slack")
	s.unchanged(was, "an admin whom Slack does not vouch for")
	s.want(s.check(s.bot.Submit(t.Context(), s.request("UMIA", "", ""), *form("1"))), "^Team “Taken over” is set up")

	// Settings are for members.
	r = s.request("UDAN", "", "")
	s.want(s.bot.Submit(t.Context(), r, Form{Callback: settingsCallback, Private: "id=s", Values: map[string][]string{"zone": {"UTC"}, "days": {"mon"}}}), "not on a team")
}

// Who sees whose card.
func TestColleague(t *testing.T) {
	s := staged(t)
	for _, c := range []struct{ user, line, want string }{
		{"UBEN", "/budget <@UANA>", "^ana: 73 left this week\\.$"},
		{"UBEN", "/budget ana", "^ana: 73 left this week\\.$"},
		{"UBEN", "/budget @Ana", "^ana: 73 left this week\\.$"},
		{"UBEN", "/paceline budget <@UANA|ana>", "^ana: 73 left this week\\.$"},
		{"UMIA", "/budget <@UANA>", "(?s)^ana: 73 left this week\\.\nToday 2 .*01:00 their time \\(00:00 UTC\\)\\.\nana sees exactly this; times are theirs \\(Europe/Berlin\\)\\.$"},
		{"UOLA", "/budget <@UANA>", "ana sees exactly this; times are theirs \\(Europe/Berlin\\)\\.$"},
		{"UROOT", "/budget <@UANA>", "ana sees exactly this; times are theirs \\(Europe/Berlin\\)\\.$"},
		{"UMAX", "/budget <@UANA>", "own team only"},
		{"UCLEO", "/budget <@UANA>", "own team only"},
		{"UDAN", "/budget <@UANA>", "own team only"},
		{"UANA", "/budget <@UANA>", "^73 left this week\\."},
		{"UANA", "/budget ana", "^73 left this week\\."},
		{"UDAN", "/budget <@UDAN>", "^75 left this week\\."},
		{"UBEN", "/budget <@UZOE>", "not on a team here"},
		{"UBEN", "/budget anna", "Nobody here is called “anna”\\. Did you mean “ana”\\?"},
		{"UBEN", "/budget zoe", "I don't know “zoe”"},
		{"UBEN", "/budget <!channel>", "I don't know “!channel”"},
		{"UBEN", `/budget ""`, "I don't know “”"},
		{"UBEN", `/budget @`, "I don't know “@”"},
	} {
		s.want(s.slash(c.user, c.line), c.want)
	}
	if r := s.slash("UBEN", "/budget <@UANA>"); strings.Contains(r.Text, "Today") || len(buttons(r)) != 0 {
		t.Errorf("a colleague sees more than what is left: %q", r.Text)
	}
	// Two of the same name; and somebody whose name nobody knows.
	if _, err := s.book.Log(t.Context(), quota.Who{Workspace: "T1", ID: "UANA2", Name: "Ana"}, "k", s.at, quota.Log{Kind: quota.Invite, Quantity: 1}); err != nil {
		t.Fatal(err)
	}
	s.want(s.slash("UBEN", "/budget ana"), "^2 people here are called “ana”")
	if _, err := s.book.Log(t.Context(), quota.Who{Workspace: "T1", ID: "UNEW"}, "k2", s.at, quota.Log{Kind: quota.Invite, Quantity: 1}); err != nil {
		t.Fatal(err)
	}
	s.want(s.slash("UBEN", "/budget <@UNEW>"), "^Your colleague: 74 left")
	s.want(s.slash("UMIA", "/budget <@UNEW>"), "^Your colleague: 74 left", "Your colleague sees exactly this")
	// Who left is not shown.
	s.pressValue("UANA", "leave", "id=l")
	s.want(s.slash("UBEN", "/budget <@UANA>"), "not on a team here")
}
