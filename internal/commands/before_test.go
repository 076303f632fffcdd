package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

func TestParseBefore(t *testing.T) {
	for in, want := range map[string]recollection{
		"12 this week, 50 last week": {12, 50}, "50 last week, 12 this week": {12, 50}, "50 last week": {unsaid, 50}, "12 this week": {12, unsaid}, "12": {12, unsaid}, "12 50": {12, 50},
		"none": {}, "0": {}, "nothing": {}, "0 50": {0, 50}, "none this week, 50 last week": {0, 50}, "12 this week and none last week": {12, 0}, "about 20": {20, unsaid}, "~20 last week": {unsaid, 20},
		"12 this week 50": {12, 50}, "1000 1000": {1000, 1000},
	} {
		if got, err := parseBefore(fields(in)); err != nil || got != want {
			t.Errorf("%q: %+v, %v", in, got, err)
		}
	}
	for in, want := range map[string]string{
		"": "which number", "this week": "which number", "1 2 3": "which number", "1 this week 2 this week": "which number", "12 50 last week": "which number", "-5": "(0 to 1000)", "1001": "(0 to 1000)", "1.5": "(0 to 1000)",
		"many": "I don't know “many”", "12 next week": "I don't know “next”", "<@UBEN>": "I don't know",
	} {
		if got, err := parseBefore(fields(in)); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "Nothing was recorded") || alive("", err.Error()) != nil {
			t.Errorf("%q: %+v, %v", in, got, err)
		}
	}
}

// The first log asks, in the way of nothing; each answer is recorded at once and leads to the next question.
func TestFirstLogAsks(t *testing.T) {
	s := staged(t)
	r := s.slash("UDAN", "/sent 5")
	s.want(r, "^Logged 5\\. 70 left .* Sent any this week, since Mon 23 Nov, before today\\?$")
	for _, action := range []string{"undo", "log_5", "why", "leave", "before_0", "before_20", "before_50", "before_type"} {
		if !has(r, action) {
			t.Errorf("no %s below the first log", action)
		}
	}
	one := s.press("UDAN", r, "before_20")
	s.want(one, "^Noted: 20 this week \\(Mon 23 Nov\\)\\. 50 left this week .* And last week, Mon 16 to Sun 22 Nov\\?$")
	if !one.Replace || !has(one, "before_50") || !has(one, "undo") {
		t.Errorf("%+v", one)
	}
	was := s.state()
	if again := s.press("UDAN", r, "before_20"); again.Text != one.Text {
		t.Errorf("a double click: %q", again.Text)
	}
	s.unchanged(was, "a double click")
	two := s.press("UDAN", one, "before_50")
	s.want(two, "^Noted: 50 last week \\(Mon 16 to Sun 22 Nov\\)\\. ")
	if has(two, "before_0") || !two.Replace {
		t.Errorf("it asks on: %q", two.Text)
	}
	st, err := s.book.Standing(t.Context(), quota.Who{Workspace: "T1", ID: "UDAN"}, s.at, quota.Invite)
	if err != nil || remembered(st) != (recollection{20, 50}) {
		t.Errorf("%+v, %v", remembered(st), err)
	}
	if r := s.slash("UDAN", "/sent 5"); has(r, "before_0") {
		t.Errorf("asked twice: %q", r.Text)
	}
	s.want(s.press("UDAN", two, "undo"), "^Undid 70 invites told from memory")

	// None is an answer too.
	s = staged(t)
	r = s.press("UDAN", s.slash("UDAN", "/sent 5"), "before_0")
	s.want(r, "^Noted: none this week \\(Mon 23 Nov\\)\\. 70 left this week .* And last week, Mon 16 to Sun 22 Nov\\?$")
	s.want(s.press("UDAN", r, "before_0"), "^Noted: none last week \\(Mon 16 to Sun 22 Nov\\)\\. 70 left this week [^?]*$")
	// On a Monday only last week is asked about.
	s = staged(t)
	s.at = s.at.Add(-24 * time.Hour)
	r = s.slash("UDAN", "/sent 5")
	s.want(r, "Sent any last week, Mon 16 to Sun 22 Nov\\?$")
	s.want(s.press("UDAN", r, "before_20"), "^Noted: 20 last week \\(Mon 16 to Sun 22 Nov\\)\\. 70 left this week")
	s.want(s.slash("UDAN", "/paceline before 12"), "Your first log was on the first day of its week, which begins on Monday 00:00 UTC.*Write `before 12 last week`.*Nothing was recorded")
	// Others are not asked.
	if r := s.slash("UANA", "/sent 5"); has(r, "before_0") {
		t.Errorf("%q", r.Text)
	}
}

// In the direct message the question stands on the card of the first log; on Home above the card.
func TestFirstLogAsksElsewhere(t *testing.T) {
	s := staged(t)
	r := s.dm("UDAN", "5")
	if !r.Card || !has(r, "log_10") || !has(r, "before_20") {
		t.Errorf("%+v", r)
	}
	at := quota.Place{Channel: "DDAN", TS: "1.1"}
	if _, err := s.bot.CardPosted(t.Context(), s.dmRequest("UDAN", "5"), at); err != nil {
		t.Fatal(err)
	}
	press := func(on Reply, action string) Reply {
		return s.check(s.bot.Press(t.Context(), s.dmRequest("UDAN", ""), Press{Action: action, Value: s.button(on, action).Value, In: at}))
	}
	one := press(r, "before_20")
	s.want(one, "^Noted: 20 .*50 left this week.*And last week, Mon 16 to Sun 22 Nov\\?$")
	if !one.Card || !one.Replace || !has(one, "log_10") {
		t.Errorf("%+v", one)
	}
	two := press(one, "before_0")
	if !two.Card || has(two, "before_0") {
		t.Errorf("%q", two.Text)
	}
	if r := s.dm("UDAN", "5"); has(r, "before_0") {
		t.Errorf("asked again: %q", r.Text)
	}

	s = staged(t)
	home := s.press("UDAN", s.check(s.bot.Open(t.Context(), s.request("UDAN", "", ""))), "log_5")
	if home.Home == nil || !has(home, "before_20") {
		t.Fatalf("Home does not ask: %+v", home)
	}
	one = s.press("UDAN", home, "before_20")
	if one.Home == nil || !has(one, "before_50") {
		t.Errorf("%+v", one)
	}
	if two := s.press("UDAN", one, "before_50"); two.Home == nil || has(two, "before_50") {
		t.Errorf("%+v", two)
	}
	// A form is answered by a notice without buttons: it says what to type.
	s = staged(t)
	form := s.press("UDAN", s.slash("UDAN", "/paceline"), "log_other").Modal
	s.want(s.submit("UDAN", form, map[string][]string{"quantity": {"2"}, "kind": {"invite"}}), "Sent any this week, since Mon 23 Nov, before today\\? `/paceline before 12 this week, 50 last week` counts them")
}

func TestBeforeForm(t *testing.T) {
	s := staged(t)
	r := s.slash("UDAN", "/sent 5")
	form := s.press("UDAN", r, "before_type")
	if form.Modal == nil || len(form.Modal.Blocks.BlockSet) != 2 {
		t.Fatalf("%+v", form.Modal)
	}
	for i, want := range []string{"This week (Mon 23 Nov), before your first log", "Last week (Mon 16 to Sun 22 Nov)"} {
		if in, ok := form.Modal.Blocks.BlockSet[i].(*slack.InputBlock); !ok || in.Label.Text != want {
			t.Errorf("%+v, want %q", form.Modal.Blocks.BlockSet[i], want)
		}
	}
	was := s.state()
	for _, n := range []string{"-1", "1001", "x", "1.5"} {
		if r := s.submit("UDAN", form.Modal, map[string][]string{"this": {n}, "last": {"3"}}); r.Errors["this"] == "" {
			t.Errorf("%s: %+v", n, r)
		}
	}
	s.submit("UDAN", form.Modal, nil)
	s.unchanged(was, "a form with mistakes")
	done := s.submit("UDAN", form.Modal, map[string][]string{"this": {"12"}, "last": {""}})
	s.want(done, "^Noted: 12 this week \\(Mon 23 Nov\\) and none last week \\(Mon 16 to Sun 22 Nov\\)\\. 58 left")
	was = s.state()
	s.submit("UDAN", form.Modal, map[string][]string{"this": {"12"}, "last": {""}})
	s.unchanged(was, "the same form again")
	s.want(s.slash("UDAN", "/paceline before 50 last week"), "^Noted: 50 last week \\(Mon 16 to Sun 22 Nov\\)\\.")
	st, err := s.book.Standing(t.Context(), quota.Who{Workspace: "T1", ID: "UDAN"}, s.at, quota.Invite)
	if err != nil || remembered(st) != (recollection{12, 50}) {
		t.Errorf("a week of which nothing is said forgets: %+v", remembered(st))
	}
	s.want(s.slash("UDAN", "/paceline before none"), "^Noted: none before your first log\\. 70 left")
	s.at = s.at.Add(40 * 24 * time.Hour)
	was = s.state()
	s.want(s.slash("UDAN", "/paceline before 5"), "^Your first log is more than 35 days ago.*Nothing was recorded")
	s.unchanged(was, "much too late")
}

// Values that are forged change nothing.
func TestForgedReports(t *testing.T) {
	s := staged(t)
	was := s.state()
	for _, action := range []string{"before_0", "before_20", "before_50", "before_type", "before_7", "report"} {
		for _, v := range []string{"", "%zz", "id=", "id=x", "id=x&n=20", "id=x&n=21&weeks=this", "id=x&n=-20&weeks=this", "id=x&n=99999&weeks=both", "id=x&weeks=this", "id=x&n=20&weeks=never", "weeks=both&n=20"} {
			r := s.pressValue("UANA", action, v)
			s.unchanged(was, fmt.Sprintf("%s %q (%s)", action, v, r.Text))
		}
	}
	s.want(s.pressValue("UANA", "lifted", "id=x"), "^No restriction of yours")
	s.want(s.pressValue("UDAN", "before_20", "id=x&n=20&weeks=this"), "not on a team|too old")
	s.unchanged(was, "an answer of somebody who has not logged")
	for _, callback := range []string{restrictedCallback, beforeCallback} {
		for _, p := range []string{"", "x", "id=", "on=home"} {
			s.check(s.bot.Submit(t.Context(), s.request("UANA", "", ""), Form{Callback: callback, Private: p, Values: map[string][]string{"long": {"day"}, "this": {"5"}}}))
			s.unchanged(was, callback+" "+p)
		}
	}
	s.want(s.bot.Submit(t.Context(), s.request("UDAN", "", ""), Form{Callback: beforeCallback, Private: "id=f", Values: map[string][]string{"last": {"5"}}}), "not on a team")
	s.unchanged(was, "a form of nobody")
}
