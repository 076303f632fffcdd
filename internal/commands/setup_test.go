package commands

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestParseSetup(t *testing.T) {
	for _, c := range []struct{ user, line, want string }{
		{"UMIA", "name X", "^Team “X” is set up\\. Channel: <#C1>\\. Managers: <@UMIA>\\. Whoever types `/sent` there for the first time joins it\\.$"},
		{"UMIA", `name "Sales EU"`, "^Team “Sales EU”"},
		{"UMIA", "name Sales EU", "^Team “Sales EU”"},
		{"UMIA", "team Sales", "^Team “Sales”"},
		{"UMIA", "name Tom &amp; Jerry &lt;b&gt;", "^Team “Tom &amp; Jerry &lt;b&gt;”"},
		{"UMIA", "name \u202eX\u200b  Y\x00", "^Team “X Y”"},
		{"UMIA", "name " + strings.Repeat("é", 60), "^Team “é{60}”"},
		{"UMIA", "managers <@UANA> <@UMIA|mia>, ben and <@UANA>", "Managers: <@UANA>, <@UMIA> and <@UBEN>\\."},
		{"UMIA", "manager ana", "Managers: <@UANA>\\."},
		{"UMIA", "channel <#C7|x>", "Channel: <#C7>"},
		{"UMIA", "channel here", "Channel: <#C1>"},
		{"UMIA", "CHANNEL here NAME X", "^Team “X”"},
		{"UOLA", `new name "Third" channel <#C3> managers <@UANA>`, "^Team “Third” is set up\\. Channel: <#C3>"},
		{"UOLA", "new name Third", "^Team “Third” is set up\\. Channel: none yet\\. Managers: <@UOLA>\\. Add one with `/paceline setup channel #outreach`\\.$"},
		{"UOLA", "NEW name Third channel <#C2>", "belongs to the team “Sales US” already\\. .*Nothing changed"},
		{"UMIA", "channel <#C2>", "belongs to the team “Sales US” already"},
		{"UMIA", "new name X", "Only an owner or admin"},
		{"UOLA", "new channel <#C9>", "needs a name"},
		{"UMIA", "colour blue", "I don't know “colour”\\. Write it like `/paceline setup name"},
		{"UMIA", "name X name Y", "I read “name” twice"},
		{"UMIA", "manager ana managers ben", "I read “managers” twice"},
		{"UMIA", `name ""`, "needs a name"},
		{"UMIA", "name", "needs a name"},
		{"UMIA", `name " "`, "needs a name"},
		{"UMIA", "name \u200b", "needs a name"},
		{"UMIA", "name " + strings.Repeat("é", 61), "has 61 characters; keep it within 60"},
		{"UMIA", "managers", "at least one manager"},
		{"UMIA", "managers zoe", "could not tell who “zoe” is"},
		{"UMIA", "managers <!channel>", "could not tell who “!channel” is"},
		{"UMIA", "managers <@U1 <!channel>", "could not tell who"},
		{"UMIA", "channel", "Write one channel"},
		{"UMIA", "channel a b", "Write one channel"},
		{"UMIA", "channel general", "“general” is not a channel"},
		{"UMIA", "channel <@UANA>", "is not a channel"},
	} {
		t.Run(c.line, func(t *testing.T) {
			s := staged(t)
			was := s.state()
			r := s.slash(c.user, "/paceline setup "+c.line)
			s.want(r, c.want)
			if !strings.HasPrefix(r.Text, "Team “") {
				s.unchanged(was, c.line)
			}
		})
	}
}

// A channel that the digest cannot reach is told of when the team is set up.
func TestSetupReach(t *testing.T) {
	s := staged(t)
	for reason, want := range map[string]string{
		"":                  "joins it\\.$",
		"odd":               "joins it\\.",
		"not_in_channel":    "joins it\\. I am not in <#C1> yet: type `/invite @paceline` there, so that the digest can come\\.$",
		"channel_not_found": "I am not in <#C1> yet",
		"is_archived":       "<#C1> is archived: choose another channel with `/paceline setup channel #outreach`\\.$",
	} {
		s.bot.Slack.Reach = func(_ context.Context, _, channel string) (string, error) {
			if channel != "C1" {
				t.Errorf("asked of %q", channel)
			}
			return reason, nil
		}
		s.want(s.slash("UMIA", "/paceline setup channel here"), want)
	}
	s.bot.Slack.Reach = func(context.Context, string, string) (string, error) { return "is_archived", errors.New("down") }
	s.want(s.slash("UMIA", "/paceline setup channel here"), "joins it\\.$")
	s.want(s.slash("UOLA", "/paceline setup new name Third"), "Channel: none yet")
}

// Which team is meant.
func TestSetupTarget(t *testing.T) {
	s := staged(t)
	in := func(channel, user, line string) Reply {
		t.Helper()
		command, text, _ := strings.Cut(line, " ")
		r := s.request(user, command, text)
		r.Channel = channel
		return s.check(s.bot.Command(t.Context(), r))
	}
	s.want(in("C1", "UOLA", "/paceline setup name One"), "^Team “One” .*<#C1>")
	s.want(in("C2", "UOLA", "/paceline setup name Two"), "^Team “Two” .*<#C2>")
	s.want(in("C9", "UOLA", "/paceline setup name X"), "^Which team\\? There are One and Two\\.")
	s.want(in("C2", "UMIA", "/paceline setup name X"), "^You don't manage the team Two\\.")
	s.want(in("C9", "UMIA", "/paceline setup name Uno"), "^Team “Uno” .*<#C1>") // the only one she manages
	s.want(in("D9", "UMIA", "/paceline setup channel here"), "“here” is not a channel")
	if r := in("C9", "UMIA", "/paceline setup"); r.Modal == nil || !strings.Contains(r.Modal.PrivateMetadata, "team=1") {
		t.Errorf("%+v", r.Modal)
	}
	s.want(s.dm("UMIA", "setup channel here"), "“here” is not a channel")
	s.want(s.dm("UMIA", " /paceline setup channel here"), "“here” is not a channel")

	s = empty(t)
	s.want(in("C5", "UDAN", "/paceline setup"), "is for owners and admins")
	s.want(in("C5", "UDAN", "/sent"), "I made the team “Outreach”")
	s.want(in("C5", "UOLA", "/paceline setup channel here"), "^Team “Outreach” is set up\\. Channel: <#C5>\\. Managers: <@UOLA>") // it had no manager
	s = empty(t)
	s.want(in("C5", "UOLA", "/paceline setup channel here"), "^Team “Outreach” is set up\\. Channel: <#C5>\\. Managers: <@UOLA>")
	s.want(in("C5", "UOLA", "/paceline setup name X"), "^Team “X”")
	if n := len(s.state().teams); n != 1 {
		t.Errorf("%d teams", n)
	}
}

func TestSetupForm(t *testing.T) {
	s := staged(t)
	form := s.slash("UOLA", "/paceline setup new").Modal
	was := s.state()
	values := func(name, channel string, managers ...string) map[string][]string {
		return map[string][]string{"name": {name}, "channel": {channel}, "managers": managers}
	}
	for _, c := range []struct {
		field, want string
		values      map[string][]string
	}{
		{"name", "needs a name", values("", "C3", "UMIA")},
		{"name", "needs a name", values(" \u200b ", "C3", "UMIA")},
		{"name", "61 characters", values(strings.Repeat("x", 61), "C3", "UMIA")},
		{"managers", "at least one manager", values("X", "C3")},
		{"managers", "from Slack's list", values("X", "C3", "U1> <!channel")},
		{"channel", "from Slack's list", values("X", "C3> <!channel", "UMIA")},
		{"channel", "belongs to the team “Sales US”", values("X", "C2", "UMIA")},
	} {
		r := s.submit("UOLA", form, c.values)
		if !strings.Contains(r.Errors[c.field], c.want) || strings.Contains(r.Errors[c.field], "`") {
			t.Errorf("%v: %v", c.values, r.Errors)
		}
		s.unchanged(was, c.want)
	}
	s.want(s.submit("UOLA", form, values("A <b> & c", "C3", "UMIA", "UANA")), "^Team “A &lt;b&gt; &amp; c” is set up\\. Channel: <#C3>\\. Managers: <@UMIA> and <@UANA>\\.")
	if teams := s.state().teams; len(teams) != 3 || teams[2].Name != "A <b> & c" {
		t.Errorf("%+v", teams)
	}
	// Without a channel the form keeps the one there is.
	s.want(s.submit("UMIA", s.slash("UMIA", "/paceline setup").Modal, values("Mine", "", "UMIA")), "^Team “Mine” is set up\\. Channel: <#C1>")
	if m := s.state().members["UANA"]; m.Team != "1" {
		t.Errorf("%+v", m)
	}
}
