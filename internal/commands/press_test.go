package commands

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

// The value of a button comes back as it went out, and names one operation of one place.
func TestButtonValues(t *testing.T) {
	s := staged(t)
	r := s.request("UANA", "/sent", "")
	seen := map[string]string{}
	for _, on := range []place{onAnswer, onCard, onHome} {
		for _, action := range []string{"log_1", "log_5", "undo_7", "a&b=c", "<é>"} {
			v, err := url.ParseQuery(value(r, on, action, "n", "5", "text", "1 & 2 = <3>\n"))
			if err != nil || placeOf(v.Get("on")) != on || v.Get("n") != "5" || v.Get("text") != "1 & 2 = <3>\n" || len(v.Get("id")) != 16 {
				t.Errorf("%q %s: %v, %v", on, action, v, err)
			}
			if was := seen[v.Get("id")]; was != "" {
				t.Errorf("%q %s has the id of %s", on, action, was)
			}
			seen[v.Get("id")] = string(on) + " " + action
			if again := value(r, on, action, "n", "5", "text", "1 & 2 = <3>\n"); again != v.Encode() {
				t.Errorf("the same button, drawn twice: %s and %s", again, v.Encode())
			}
		}
	}
	other := s.request("UANA", "/sent", "")
	if value(r, onCard, "log_1") == value(other, onCard, "log_1") {
		t.Error("two requests draw buttons with the same id")
	}
	for word, want := range map[string]place{"": onAnswer, "card": onCard, "home": onHome, "moon": onAnswer, "CARD": onAnswer} {
		if got := placeOf(word); got != want {
			t.Errorf("placeOf(%q) = %q", word, got)
		}
	}
}

// Every button of every answer does what it says, and a double click does it once.
func TestEveryButton(t *testing.T) {
	for _, c := range []struct {
		from   string
		first  func(s *stage) Reply
		action string
		want   string
		left   int // after it; ana had 73
	}{
		{"answer", func(s *stage) Reply { return s.slash("UANA", "/sent 3") }, "undo", "^Undid 3 logged at 10:05\\. 73 left", 73},
		{"answer", func(s *stage) Reply { return s.slash("UANA", "/sent 3") }, "log_5", "^Logged 5\\. 65 left", 65},
		{"answer", func(s *stage) Reply { return s.slash("UANA", "/sent 3 note") }, "log_5", "^Logged 5 invites with a note \\(count as invites too\\)\\. 65 left", 65},
		{"answer", func(s *stage) Reply { return s.slash("UANA", "/sent 3 inmail") }, "log_5", "^Logged 5 InMails", 73},
		{"answer", func(s *stage) Reply { return s.slash("UANA", "/sent 3") }, "why", "Source:", 70},
		{"card", func(s *stage) Reply { return s.slash("UANA", "/budget") }, "log_1", "^Logged 1\\. 72 left", 72},
		{"card", func(s *stage) Reply { return s.slash("UANA", "/budget") }, "log_5", "^Logged 5\\. 68 left", 68},
		{"card", func(s *stage) Reply { return s.slash("UANA", "/budget") }, "why", "Source:", 73},
		{"log card", func(s *stage) Reply { return s.dm("UANA", "3") }, "log_10", "^Logged 10\\. 60 left", 60},
		{"log card", func(s *stage) Reply { return s.dm("UANA", "3") }, "undo", "^Undid 3", 73},
		{"log card", func(s *stage) Reply { return s.dm("UANA", "budget") }, "undo", "^Undid 2", 75},
		{"log card", func(s *stage) Reply { return s.dm("UANA", "3") }, "log_other", "^The form needs", 70},
		{"menu", func(s *stage) Reply { return s.slash("UANA", "/paceline") }, "card", "^73 left", 73},
		{"menu", func(s *stage) Reply { return s.slash("UANA", "/paceline") }, "settings", "^Your time zone", 73},
		{"menu", func(s *stage) Reply { return s.slash("UANA", "/paceline") }, "help", "keeps your LinkedIn", 73},
		{"menu", func(s *stage) Reply { return s.slash("UANA", "/paceline") }, "log_other", "^The form needs", 73},
		{"home", func(s *stage) Reply { return s.bot.Open(s.t.Context(), s.request("UANA", "", "")) }, "log_1", "^Logged 1\\. 72 left", 72},
		{"home", func(s *stage) Reply { return s.bot.Open(s.t.Context(), s.request("UANA", "", "")) }, "undo", "^Undid 2", 75},
		{"home", func(s *stage) Reply { return s.bot.Open(s.t.Context(), s.request("UANA", "", "")) }, "settings", "^Your time zone", 73},
		{"home", func(s *stage) Reply { return s.bot.Open(s.t.Context(), s.request("UANA", "", "")) }, "help", "keeps your LinkedIn", 73},
		{"home", func(s *stage) Reply { return s.bot.Open(s.t.Context(), s.request("UANA", "", "")) }, "log_other", "^The form needs", 73},
	} {
		t.Run(c.from+"/"+c.action, func(t *testing.T) {
			s := staged(t)
			on := s.check(c.first(s))
			r := s.press("UANA", on, c.action)
			s.want(r, c.want)
			was := s.state()
			if again := s.press("UANA", on, c.action); again.Text != r.Text {
				t.Errorf("a double click says %q, then %q", r.Text, again.Text)
			}
			s.unchanged(was, "a double click")
			if left := s.left("UANA"); left != c.left {
				t.Errorf("%d left, want %d", left, c.left)
			}
			if c.from == "home" && r.Home == nil && r.Modal == nil {
				t.Error("nothing is seen of it on Home")
			}
			for _, b := range append(buttons(r), buttons(on)...) {
				if v, err := url.ParseQuery(b.Value); err != nil || c.from == "home" && v.Get("on") != "home" {
					t.Errorf("value of %s: %q", b.ActionID, b.Value)
				}
			}
		})
	}
}

// Values that are stale, forged or no values at all change nothing.
func TestForgedValues(t *testing.T) {
	s := staged(t)
	bens := s.slash("UBEN", "/sent 3")
	was := s.state()
	values := []string{
		"", "x", "%zz", "id=", "id=&n=5", "n=5", "id=x", "id=x&n=", "id=x&n=0", "id=x&n=-5", "id=x&n=101", "id=x&n=1e9", "id=x&n=5&kind=bogus", "id=x&n=5&kind=", "id=x&op=", "id=x&op=0",
		"id=x&op=-1", "id=x&op=999999", "id=x&op=99999999999999999999", "on=home", "on=card", "on=moon&n=5", "key=k", "user=UANA", "key=k&user=UBEN&command=%2Fsent&text=5", "key=&user=UANA&text=5",
		"key=k&user=UANA&action=retry&value=x", "key=k&user=UANA&action=confirm&value=x", "key=k&user=UANA&action=log_5&value=n%3D5", "key=k&user=UANA&packed=%21%21", "key=k&user=UANA&packed=AAAA",
		"long", strings.Repeat("x", 2000), "\x00", "id=x\x00", s.button(bens, "undo").Value,
	}
	for _, action := range []string{"log_1", "log_5", "log_10", "undo", "leave", "why", "card", "settings", "setup", "policy", "policy_number", "policy_preset", "team", "team_limit", "team_next", "member", "digest", "digest_preview", "digest_held", "digest_post", "held_posted", "held_post", "spread", "gather", "away", "keep", "help", "confirm", "retry", "cancel", "log_other", "log_7", "", "LOG_1", "menu", "sent"} {
		for _, v := range values {
			if action == "leave" && strings.HasPrefix(v, "id=x") || strings.HasPrefix(action, "log_") && strings.Contains(v, "n=5&kind=invite") {
				continue // a real one
			}
			if action == "leave" && strings.Contains(v, "&op=") {
				continue
			}
			r := s.pressValue("UANA", action, v)
			s.unchanged(was, fmt.Sprintf("%s %q (%s)", action, v, r.Text))
		}
	}
	s.want(s.pressValue("UANA", "undo", s.button(bens, "undo").Value), "^I can undo your own logs")
	s.want(s.pressValue("UANA", "sudo", "id=x"), "^That button is too old for me")

	private := []string{"", "x", "%zz", "id=", "on=home", "team=1", "\x00", strings.Repeat("id=x&", 500)}
	for _, callback := range []string{logCallback, settingsCallback, setupCallback, presetCallback, presetSureCallback, numberCallback, limitCallback, awayCallback, "", "bogus"} {
		for _, p := range private {
			for _, values := range []map[string][]string{nil, {}, {"quantity": {"5"}}, {"quantity": {"5"}, "kind": {"bogus"}}, {"quantity": {"+-5"}, "kind": {"invite"}}, {"zone": {"Mars"}, "days": {"mon"}}, {"zone": {"UTC"}, "days": {""}}} {
				s.check(s.bot.Submit(t.Context(), s.request("UANA", "", ""), Form{Callback: callback, Private: p, Values: values}))
				s.unchanged(was, fmt.Sprintf("form %s %q %v", callback, p, values))
			}
		}
	}
}

// Whoever presses acts for themselves, whatever they press.
func TestPressedByAnother(t *testing.T) {
	s := staged(t)
	on := s.slash("UANA", "/sent 3")
	s.want(s.press("UBEN", on, "log_5"), "^Logged 5\\. 68 left") // ben had 73
	if s.left("UANA") != 70 || s.left("UBEN") != 68 {
		t.Errorf("ana has %d left, ben %d", s.left("UANA"), s.left("UBEN"))
	}
	// The same button, pressed by its owner, is not the same operation.
	s.want(s.press("UANA", on, "log_5"), "^Logged 5\\. 65 left")
	was := s.state()
	s.want(s.press("UBEN", on, "undo"), "^I can undo your own logs of the last 35 days only\\. Nothing changed\\.$")
	s.unchanged(was, "another's undo")

	s.store.writes = []fault{{err: quota.ErrUnavailable}}
	failed := s.slash("UANA", "/sent 3")
	was = s.state()
	s.want(s.press("UBEN", failed, "retry"), "too old for me")
	s.unchanged(was, "another's retry")

	form := s.press("UANA", s.slash("UANA", "/paceline"), "log_other").Modal
	s.want(s.submit("UBEN", form, map[string][]string{"quantity": {"4"}, "kind": {"invite"}}), "^Logged 4\\. 64 left")
	s.want(s.submit("UANA", form, map[string][]string{"quantity": {"4"}, "kind": {"invite"}}), "^Logged 4\\. 61 left")
	if m := s.state().members["UCLEO"]; m.Name != "cleo" {
		t.Errorf("%+v", m)
	}
}

// A card that cannot be placed is an error for the edge, and for a member it is remembered.
func TestCardPosted(t *testing.T) {
	s := staged(t)
	at := quota.Place{Channel: "DANA", TS: "1.2"}
	if _, err := s.bot.CardPosted(t.Context(), s.request("UDAN", "", "5"), at); !errors.Is(err, quota.ErrNotOnTeam) {
		t.Errorf("a card of nobody: %v", err)
	}
	r := s.request("UANA", "", "5")
	for range 2 {
		if old, err := s.bot.CardPosted(t.Context(), r, at); err != nil || old != (quota.Place{}) || s.state().members["UANA"].Card != at {
			t.Errorf("%v, %v, %+v", old, err, s.state().members["UANA"])
		}
	}
	// The same message answered twice posts two cards: the last one stays, whoever's request it was.
	later := quota.Place{Channel: "DANA", TS: "1.3"}
	if old, err := s.bot.CardPosted(t.Context(), r, later); err != nil || old != at || s.state().members["UANA"].Card != later {
		t.Errorf("a second card: %v, %v", old, err)
	}
}
