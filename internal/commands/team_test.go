package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func TestTeamLimitTyped(t *testing.T) {
	const holds = "It holds from now on; closed weeks keep theirs\\. ana sees it in `/budget why`\\.$"
	for _, c := range []struct{ line, want string }{
		{`<@UANA> 40 "new account"`, "^ana: a limit of 40 a week now; before: none of their own\\. Reason: “new account”\\. The team's budget is 75 a week\\. " + holds},
		{`@ana 40 new account`, "^ana: a limit of 40 a week now; .* Reason: “new account”\\."},
		{`ana 40 until 2026-12-18 new account`, "^ana: a limit of 40 a week now until the end of Fri 18 Dec; .* Reason: “new account”\\."},
		{`ana 40 "new account" until fri`, "now until the end of Fri 27 Nov; .* Reason: “new account”\\."},
		{`ana 40 until tue x`, "now until the end of Tue 24 Nov"},
		{`ana 40 until mon x`, "now until the end of Mon 30 Nov"},
		{`ana 40 until 18 dec x`, "now until the end of Fri 18 Dec"},
		{`ana 40 until tomorrow x`, "now until the end of Wed 25 Nov"},
		{`ana 40 "until fri"`, "^ana: a limit of 40 a week now; .* Reason: “until fri”\\."},
		{`ana 40 quiet until the launch`, "^ana: a limit of 40 a week now; .* Reason: “quiet until the launch”\\."},
		{`ana 150 trusted`, "That is more than the ceiling \\(about 100 a week\\) and the ceiling over 7 days \\(about 100 in any 7 days\\): for ana they rise to 150 as well\\."},
		{`ana 0 x`, "^ana: a limit of 0 a week now"},
		{`ana clear x`, "^ana has no limit of their own\\. Nothing changed\\.$"},
		// Slips.
		{``, "^For whom\\? Write it like `/paceline team limit @ana 40 \"new account\"`"},
		{`ana`, "^Which number\\?"},
		{`ana 40`, "^Say why as well: `/paceline team limit @ana 40 \"why\"`"},
		{`ana 40 until fri`, "^Say why as well: `/paceline team limit @ana 40 until fri \"why\"`"},
		{`ana forty "new account"`, "^“forty” is not a number I can set\\. .*or `clear`\\. As in `/paceline team limit @ana 40 \"new account\"`"},
		{`ana off x`, "^“off” is not a number I can set"},
		{`ana 40 until 2026-11-01 x`, "^Sun 1 Nov is over already"},
		{`ana 40 until whenever x`, "can't read the day behind `until`"},
		{`ana 40 new until whenever`, "can't read the day behind `until`"},
		{`ana 40 until`, "can't read the day behind `until`"},
		{`ana clear until fri x`, "leave `until` out"},
		{`ana 40 ` + strings.Repeat("x", 201), "201 characters"},
		{`zoe 40 x`, "I don't know “zoe”"},
		{`<@UDAN> 40 x`, "not on a team here"},
		{`<@UMIA> 40 x`, "^You are not on a team yourself"},
		{`<@UCLEO> 40 x`, "^Only a manager of that team"},
	} {
		t.Run(c.line, func(t *testing.T) {
			s := staged(t)
			was := s.state()
			r := s.slash("UMIA", "/paceline team limit "+c.line)
			s.want(r, c.want)
			if !strings.Contains(r.Text, "It holds from now on") {
				s.want(r, "Nothing changed\\.$")
				s.unchanged(was, c.line)
			}
		})
	}
	s := staged(t)
	s.want(s.slash("UMIA", "/paceline team limt ana 40 x"), "I don't know “limt”\\. Did you mean `limit`\\?")
	s.want(s.slash("UMIA", "/paceline team dance"), "I don't know “dance”\\. `/paceline team` shows your team; behind it may stand `@name`, `page 2`, ")
	s.want(s.slash("UMAX", "/paceline team limit ana 40 x"), "^Only a manager of that team")
	s.want(s.slash("UANA", "/paceline team limit ana 40 x"), "is for owners and admins .* `/budget @name` shows what a teammate has left\\.$")
}

// A limit of their own holds at once and until the end of its last day in the manager's zone.
func TestTeamLimitHolds(t *testing.T) {
	s := staged(t)
	s.slash("UMIA", `/paceline team limit ana 40 "new account" until fri`)
	if left := s.left("UANA"); left != 38 {
		t.Errorf("ana has %d left", left)
	}
	if got, want := s.state().members["UANA"].Own.Until, time.Date(2026, 11, 27, 23, 0, 0, 0, time.UTC); !got.Equal(want) { // midnight in Berlin
		t.Errorf("until %s, want %s", got, want)
	}
	s.want(s.slash("UMIA", `/paceline team limit ana 40 "again" until fri`), "^ana has a limit of 40 a week already\\. Nothing changed\\.$")
	s.want(s.slash("UMIA", "/paceline team"), "\nana · 38 · 2 · 2 · 2 · not recorded · own limit of 40\nben · 73 · 2 ")
	s.want(s.slash("UMIA", "/paceline policy"), "Limits of their own\n• ana: 40 a week until the end of Fri 27 Nov, by mia on Tue 24 Nov: “new account”")
	s.want(s.slash("UMIA", `/paceline policy set budget 60 x`), "1 has a limit of their own, which stays\\.")
	s.want(s.slash("UMIA", `/paceline team limit ana clear "settled in"`), "^ana: no limit of their own now; before: 40; the team's budget is 60 a week\\. Reason: “settled in”\\.")
	if left := s.left("UANA"); left != 58 {
		t.Errorf("ana has %d left", left)
	}
	s.slash("UMIA", `/paceline team account ana free new "first account"`)
	s.want(s.slash("UMIA", `/paceline team limit ana 50 x`), "Lower for now: warm-up, 25\\.")
}

func TestTeamLimitForm(t *testing.T) {
	s := staged(t)
	open := s.press("UMIA", s.slash("UMIA", "/paceline team"), "team_limit").Modal
	values := func(member, number, until, reason string) map[string][]string {
		return map[string][]string{"member": {member}, "number": {number}, "until": {until}, "reason": {reason}}
	}
	was := s.state()
	for _, c := range []struct{ field, want, member, number, until, reason string }{
		{"member", "from Slack's list", "", "40", "", "x"},
		{"member", "from Slack's list", "U1> <!channel", "40", "", "x"},
		{"member", "not on a team here", "UDAN", "40", "", "x"},
		{"member", "Only a manager of that team", "UCLEO", "40", "", "x"},
		{"number", "or clear.", "UANA", "forty", "", "x"},
		{"number", "whole number", "UANA", "off", "", "x"},
		{"until", "over already", "UANA", "40", "2026-11-23", "x"},
		{"until", "from the calendar", "UANA", "40", "fri", "x"},
		{"until", "has no end", "UANA", "clear", "2026-12-18", "x"},
		{"reason", "Say why", "UANA", "40", "", ""},
	} {
		r := s.submit("UMIA", open, values(c.member, c.number, c.until, c.reason))
		if !strings.Contains(r.Errors[c.field], c.want) || strings.Contains(r.Errors[c.field], "`") {
			t.Errorf("%+v: %v", c, r.Errors)
		}
		s.unchanged(was, c.want)
	}
	s.want(s.submit("UMIA", open, values("UANA", "40", "2026-12-18", "new account")), "^ana: a limit of 40 a week now until the end of Fri 18 Dec; before: none of their own\\. Reason: “new account”")
	was = s.state()
	s.want(s.submit("UMIA", open, values("UANA", "40", "2026-12-18", "new account")), "^ana: a limit of 40 a week now")
	s.unchanged(was, "submitting once more")
	open = s.press("UMIA", s.slash("UMIA", "/paceline team"), "team_limit").Modal
	s.want(s.submit("UMIA", open, values("UANA", "clear", "", "x")), "^ana: no limit of their own now")
}

// A large team is cut cleanly: by name, with how many there are besides.
func TestLargeTeam(t *testing.T) {
	s := staged(t)
	for i := range 498 {
		w := quota.Who{Workspace: "T1", ID: fmt.Sprintf("UX%03d", i), Channel: "C1", Name: fmt.Sprintf("person %03d", i)}
		if _, err := s.book.Log(t.Context(), w, fmt.Sprint("many", i), s.at, quota.Log{Kind: quota.Invite, Quantity: 1}); err != nil {
			t.Fatal(err)
		}
	}
	s.want(s.slash("UMIA", "/paceline team"), "^Outreach team, Tue 24 Nov, 10:05: nobody to look at, 500 with room\\.", "page 1 of 10, ana to person 047")
	s.want(s.slash("UMIA", "/paceline policy set budget 60 x"), "for 500 members")
}
