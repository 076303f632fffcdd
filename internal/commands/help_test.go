package commands

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/look"
)

// Help tells of every verb and every word for it, before anything is set up, to everybody.
func TestHelpIsComplete(t *testing.T) {
	s := empty(t)
	all := s.slash("UDAN", "/paceline help")
	usages := Usages(DefaultNames())
	for i, v := range verbs() {
		if u := usages[i]; u.Verb != v.name || u.About == "" || len(u.More) != len(v.more) || strings.ContainsAny(u.Form+u.About+strings.Join(u.More, ""), "{}") {
			t.Errorf("usage of %s: %+v", v.name, u)
		}
		if !strings.Contains(all.Text, "`"+usages[i].Form+"`: "+v.about) {
			t.Errorf("help does not tell of %s:\n%s", v.name, all.Text)
		}
		for _, word := range append(v.alias, v.name, strings.ToUpper(v.name)) {
			one := s.slash("UDAN", "/paceline help "+word)
			if !strings.HasPrefix(one.Text, "`"+usages[i].Form+"`: ") {
				t.Errorf("help %s: %q", word, one.Text)
			}
			for _, m := range usages[i].More {
				if !strings.Contains(one.Text, m) {
					t.Errorf("help %s leaves out %q", word, m)
				}
			}
		}
		for _, then := range v.then {
			if sub, ok := find(then); !ok || sub.name != then {
				t.Errorf("behind %s may stand %s, which is no verb", v.name, then)
			}
		}
		if r := s.slash("UDAN", "/paceline "+v.name+" help"); v.name != "help" && !strings.HasPrefix(r.Text, "`"+usages[i].Form) {
			t.Errorf("%s help: %q", v.name, r.Text)
		}
	}
	if n := len(strings.Fields(all.Text)); n > 260 {
		t.Errorf("help is %d words long", n)
	}
	if r := s.dm("UDAN", "help"); r.Text != all.Text || r.Card {
		t.Errorf("help in a direct message: %q", r.Text)
	}
	// No two verbs share a word.
	seen := map[string]string{}
	for _, v := range verbs() {
		for _, w := range append(v.alias, v.name) {
			if seen[w] != "" {
				t.Errorf("%s stands for %s and %s", w, seen[w], v.name)
			}
			seen[w] = v.name
		}
	}
}

func TestSlashCommands(t *testing.T) {
	list := SlashCommands(look.Names{Main: "/li", Sent: "/li-sent", Budget: "/li-left"})
	if len(list) != 3 || list[0].Command != "/li-sent" || list[1].Command != "/li-left" || list[2].Command != "/li" {
		t.Errorf("%+v", list)
	}
	for _, c := range list {
		if c.Description == "" || len(c.Description) > 2000 || c.Hint == "" || len(c.Hint) > 1000 {
			t.Errorf("%+v", c)
		}
	}
}

// Whatever is asked, the answer names the commands as the operator named them.
func TestRenamedCommands(t *testing.T) {
	names := look.Names{Main: "/li", Sent: "/li-out", Budget: "/li-left"}
	seen := map[string]bool{}
	look := func(s *stage, what string, r Reply) Reply {
		t.Helper()
		s.check(r)
		raw, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"/sent", "/budget", "/paceline", "{sent}", "{budget}", "{main}"} {
			if strings.Contains(string(raw), word) {
				t.Errorf("%s: %s in %s", what, word, raw)
			}
		}
		for _, n := range []string{names.Main, names.Sent, names.Budget} {
			seen[n] = seen[n] || strings.Contains(string(raw), n)
		}
		return r
	}
	lines := []string{
		"", "5", "0", "five", "3 4", "dance", "undo", "undo", "undo", "undo 5", "why", "why 5", "help", "help dance", "menu", "budget", "budget <@UANA>", "budget <@UZOE>", "budget zoe",
		"budget a b", "settings", "settings zone", "settings colour red", "settings zone Mars", "settings days x", "settings zone UTC", "setup", "setup new", "setup name X", "setup name \"\"",
		"setup colour", "setup channel x", "setup channel here", "setup managers", "setup managers zoe", "500", "-3", "99999", "3 2020-01-01", "3 2030-01-01", "linkedin.com/in/a", "linkedin.com/in/",
		"policy set", "policy set budget 60 x", "policy set budgte 60", "policy dance", "policy preset", "policy preset plans", "team limit", "team limit ana x", "team limit ana 40 x", "team account ana", "team dance", "team page 2", "team page x", "team @ana", "settings account", "settings quiet 9", "settings quiet 20:00-08:00", "settings recap on", "settings recap", "settings overview on",
		"quiet", "quiet today", "quiet moon", "quiet off", "digest", "digest preview", "digest held", "digest dance", "digest time", "digest time 09:00 utc", "digest shows room", "digest shows x", "digest post", "digest post",
		"<@UBEN>", "101", strings.Repeat("x", 5000), "monday", "budgte", "",
	}
	for _, v := range verbs() {
		lines = append(lines, "help "+v.name, v.name+" help", v.name)
	}
	for _, user := range []string{"UANA", "UMIA", "UOLA", "UDAN"} {
		s := stagedAs(t, names)
		for _, line := range lines {
			for _, name := range []string{names.Main, names.Sent, names.Budget} {
				look(s, name+" "+line, s.slash(user, name+" "+line))
			}
			look(s, line, s.dm(user, line))
			look(s, line, s.dm(user, " "+names.Main+" "+line))
		}
		home := look(s, "home", s.bot.Open(t.Context(), s.request(user, "", "")))
		for _, b := range buttons(home) {
			look(s, "home "+b.ActionID, s.pressValue(user, b.ActionID, b.Value))
		}
		for _, action := range []string{"log_1", "undo", "leave", "why", "card", "settings", "setup", "policy", "policy_number", "policy_preset", "team", "team_limit", "team_next", "member", "digest", "digest_preview", "digest_held", "digest_post", "away", "quiet_week", "quiet_today", "spread", "gather", "held_post", "keep", "help", "retry", "confirm", "cancel", "nonsense", "log_other"} {
			for _, value := range []string{"", "id=x", "id=y&n=1", "id=z&op=1", "on=home&id=q", "on=card&id=q"} {
				look(s, action, s.pressValue(user, action, value))
			}
		}
		r := s.request(user, "", LogShortcut)
		form := look(s, "shortcut", s.bot.Open(t.Context(), r))
		for _, n := range []string{"", "3", "500"} {
			look(s, "log form", s.submit(user, form.Modal, map[string][]string{"quantity": {n}, "kind": {"invite"}}))
		}
	}
	// A first log ever tells of the set-up.
	s := workspace(t, names)
	look(s, "first log", s.slash("UDAN", "/li-out"))
	s = workspace(t, names)
	look(s, "menu without a team", s.slash("UDAN", "/li"))
	if len(seen) != 3 {
		t.Errorf("only %v were named at all", seen)
	}
}
