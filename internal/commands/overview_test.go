package commands

import (
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// A manager sees the team, and of each member what the member sees.
func TestOverview(t *testing.T) {
	s := staged(t)
	r := s.slash("UMIA", "/paceline team")
	s.want(r, "^Outreach team, Tue 24 Nov, 10:05: nobody to look at, 2 with room\\.\nRoom now: ana 73, ben 73\\.\nName · .*\nana · 73 · 2 · ",
		"\nMembers can see all of this about themselves: `/budget`, `/budget why`\\.$")
	for _, b := range buttons(r) {
		if b.ActionID == "member" && len(b.Value) > 150 {
			t.Errorf("%q does not fit into a menu", b.Value)
		}
	}
	card := s.slash("UMIA", "/budget <@UANA>").Text
	for what, got := range map[string]string{
		"Look": s.press("UMIA", r, "member").Text, "typed": s.slash("UMIA", "/paceline team <@UANA>").Text, "by name": s.slash("UMIA", "/paceline team @ana").Text, "in a direct message": s.dm("UMIA", "team @ana").Text,
	} {
		if got != card {
			t.Errorf("%s: %q, want %q", what, got, card)
		}
	}
	if has(r, "team_next") || has(r, "team_previous") {
		t.Error("one page can be turned")
	}
	s.want(s.slash("UMIA", "/paceline team page 7"), "^Outreach team")
	for _, line := range []string{"team page", "team page x", "team page 0", "team page -1", "team page 2 3"} {
		s.want(s.slash("UMIA", "/paceline "+line), "^Write the number of the page behind it, as in `team page 2`\\.$")
	}
	s.want(s.slash("UMIA", "/paceline team @zoe"), "I don't know “@zoe”")
	s.want(s.press("UMIA", r, "digest"), "^The digest of “Outreach”")
	s.want(s.press("UMIA", r, "setup"), "^Type it")
	// Nobody else: not by typing, not with her buttons.
	for _, user := range []string{"UANA", "UMAX", "UDAN"} {
		s.want(s.slash(user, "/paceline team <@UANA>"), "is for owners and admins|own team only")
		s.want(s.pressValue(user, "team_next", "id=x&team=1&page=0"), "is for owners and admins|Only a manager of that team")
	}
	s.want(s.press("UBEN", r, "member"), "^ana: 73 left this week\\.$") // what a colleague sees
	s.want(s.press("UCLEO", r, "member"), "own team only")
	for _, v := range []string{"", "id=x", "id=x&member=", "id=x&member=%3C!channel%3E", "id=x&member=UZOE"} {
		s.want(s.pressValue("UMIA", "member", v), "too old for me|not on a team here")
	}
	for _, v := range []string{"id=x&team=1", "id=x&team=1&page=x", "id=x&team=1&page=-1"} {
		s.want(s.pressValue("UMIA", "team_next", v), "too old for me")
	}
	s.want(s.pressValue("UMIA", "team_next", "id=x&team=99&page=0"), "Only a manager of that team")
	// On Home it opens as a notice, which holds no tables.
	home := s.check(s.bot.Open(t.Context(), s.request("UMIA", "", "")))
	r = s.press("UMIA", home, "team")
	if r.Modal == nil {
		t.Fatal("nothing is seen of it on Home")
	}
	for _, b := range r.Modal.Blocks.BlockSet {
		switch b.BlockType() {
		case slack.MBTSection, slack.MBTContext:
		default:
			t.Errorf("a %s in a modal", b.BlockType())
		}
	}
	// A read that fails is tried again.
	s.store.reads = []error{nil}
	s.store.reads = []error{quota.ErrUnavailable}
	failed := s.slash("UMIA", "/paceline team")
	s.want(failed, "could not reach my store")
	s.want(s.press("UMIA", failed, "retry"), "^Outreach team")
}

// A large team is turned page by page, in the place of the message.
func TestOverviewPages(t *testing.T) {
	s := staged(t)
	for i := range 118 {
		w := quota.Who{Workspace: "T1", ID: fmt.Sprintf("UX%03d", i), Channel: "C1", Name: fmt.Sprintf("person %03d", i)}
		if _, err := s.book.Log(t.Context(), w, fmt.Sprint("many", i), s.at, quota.Log{Kind: quota.Invite, Quantity: 1}); err != nil {
			t.Fatal(err)
		}
	}
	first := s.slash("UMIA", "/paceline team")
	s.want(first, "page 1 of 3, ana to person 047\\.")
	if has(first, "team_previous") || !has(first, "team_next") {
		t.Error("the first page")
	}
	second := s.press("UMIA", first, "team_next")
	s.want(second, "page 2 of 3, person 048 to person 097\\.")
	third := s.press("UMIA", second, "team_next")
	s.want(third, "page 3 of 3, person 098 to person 117\\.")
	if !second.Replace || !third.Replace || has(third, "team_next") {
		t.Error("the last page")
	}
	s.want(s.press("UMIA", third, "team_previous"), "page 2 of 3")
	if typed := s.slash("UMIA", "/paceline team page 3"); typed.Text != third.Text {
		t.Errorf("%q, want %q", typed.Text, third.Text)
	}
	s.want(s.slash("UMIA", "/paceline team page 99"), "page 3 of 3")
	looks := map[string]bool{}
	for _, b := range buttons(second) {
		if b.ActionID == "member" {
			looks[b.Value] = true
		}
	}
	if len(looks) != 50 {
		t.Errorf("%d to look at", len(looks))
	}
	s.want(s.press("UMIA", second, "member"), "person 048 sees exactly this; times are UTC\\.$")
	home := s.check(s.bot.Open(t.Context(), s.request("UMIA", "", "")))
	if r := s.press("UMIA", home, "team"); !strings.Contains(r.Text, "page 1 of 3") {
		t.Error(r.Text)
	}
}

// The first line speaks of the room that the next ones name, and of nobody where there is nobody.
func TestOverviewHead(t *testing.T) {
	s := staged(t)
	for _, user := range []string{"UANA", "UBEN"} {
		s.slash(user, "/sent 58")
	}
	s.want(s.slash("UMIA", "/paceline team"), "^Outreach team, Tue 24 Nov, 10:05: nobody to look at\\.\nFor information: ana sent 60 .* has 15 left")
	for _, user := range []string{"UANA", "UBEN"} {
		s.slash(user, "/sent 15")
	}
	s.want(s.slash("UMIA", "/paceline team"), "^Outreach team, Tue 24 Nov, 10:05: nobody to look at, nobody with room\\.\n")
	s.slash("UOLA", "/paceline setup new name Third channel <#C3> managers <@UDAN>")
	s.want(s.dm("UDAN", "team"), "^Third team, Tue 24 Nov, [0-9:]+( UTC)?: nobody on it yet\\.")
}
