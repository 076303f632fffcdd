package commands

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

func TestParseSpell(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := tuesday // Tue 24 Nov 10:05 in Berlin
	on := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, berlin) }
	for in, want := range map[string]time.Time{
		"": at.Add(24 * time.Hour), "day": at.Add(24 * time.Hour), "for a day": at.Add(24 * time.Hour), "hours": at.Add(6 * time.Hour), "week": at.Add(7 * 24 * time.Hour),
		"month": at.Add(30 * 24 * time.Hour), "3 days": at.Add(3 * 24 * time.Hour), "1 hour": at.Add(time.Hour), "48 hours": at.Add(48 * time.Hour), "2 weeks": at.Add(14 * 24 * time.Hour),
		"until 18:00": on(24, 18, 0), "until 9:00": on(25, 9, 0), "until today": on(25, 0, 0), "until tomorrow": on(26, 0, 0), "until wed 18:00": on(25, 18, 0), "until tue 09:00": on(31, 9, 0),
		"until tue 12:00": on(24, 12, 0), "until fri": on(28, 0, 0), "until 2026-11-30": on(31, 0, 0), "until 30 nov at 08:30": on(30, 8, 30), "until nov 30th": on(31, 0, 0), "till 1 dec": on(32, 0, 0),
		"until 6pm": on(24, 18, 0), "until 6:30PM": on(24, 18, 30), "until 9am": on(25, 9, 0), "until fri 12am": on(27, 0, 0), "until 12pm": on(24, 12, 0),
		"18h": at.Add(18 * time.Hour), "18 hrs": at.Add(18 * time.Hour), "3days": at.Add(3 * 24 * time.Hour), "2w": at.Add(14 * 24 * time.Hour), "a few hours": at.Add(6 * time.Hour), "some hours": at.Add(6 * time.Hour),
		"until 2027-11-23": time.Date(2027, 11, 24, 0, 0, 0, 0, berlin), "until 23 nov 2027": time.Date(2027, 11, 24, 0, 0, 0, 0, berlin), "until 25 may": time.Date(2027, 5, 26, 0, 0, 0, 0, berlin),
	} {
		got, err := parseSpell(dropped(fields(in), "for", "a"), at, berlin)
		if err != nil || !got.Equal(want) {
			t.Errorf("%q: %v, %v, want %v", in, got, err, want)
		}
	}
	for in, want := range map[string]string{
		"fri": "as how long", "forever": "can't read “forever”", "0 days": "an hour to a year", "-1 days": "an hour to a year", "9999 days": "an hour to a year", "5": "can't read", "3 days hours": "can't read",
		"until": "can't read that as an end", "until soon": "no day or time", "until fri 25:00": "no day or time", "until 2026-11-01": "is over already", "until 2030-01-01": "an hour to a year",
		"until 31 feb": "can't read", "until fri 10:00 11:00": "can't read", "999999999999999999999 days": "can't read",
		"a few days": "Choose a number for “few days”, as in `restricted 3 days`; it can be changed later.", "several weeks": "as in `restricted 3 weeks`", "two days": "as in `restricted 3 days`", "a couple of days": "Choose a number for “couple days”", "couple hours": "as in `restricted 3 hours`",
		"until 23 nov": "Mon 23 Nov is over already. If you mean next year, write `restricted until 2027-11-23`.", "until 23 nov 09:00": "is over already", "until 1 jun": "Mon 1 Jun is over already",
		"until 18h": "“18h” is no day or time that I can read. Write", "until 13pm": "no day or time", "until 0am": "no day or time", "18x": "can't read", "few": "can't read", "few days hours": "can't read", "5m": "can't read", "400d": "an hour to a year",
	} {
		got, err := parseSpell(dropped(fields(in), "a"), at, berlin)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "Nothing was recorded") || alive("", err.Error()) != nil {
			t.Errorf("%q: %v, %v, want %q", in, got, err, want)
		}
	}
}

func TestRestricted(t *testing.T) {
	s := staged(t)
	r := s.slash("UANA", "/paceline restricted until wed 18:00")
	s.want(r, "^Noted\\. 0 left: LinkedIn restricted you until Wed 18:00\\. Then 37 a week until Wed 9 Dec\\. It ends by itself; support cannot lift it\\. Kept with it: 2 sent in the last 7 days\\.$")
	if s.left("UANA") != 0 || !has(r, "lifted") || !has(r, "undo") {
		t.Errorf("%d left", s.left("UANA"))
	}
	lifted := s.press("UANA", r, "lifted")
	s.want(lifted, "^Good, that is over\\. 35 left this week")
	if !lifted.Replace {
		t.Error("it stands below the report")
	}
	was := s.state()
	if again := s.press("UANA", r, "lifted"); again.Text != lifted.Text {
		t.Errorf("a double click: %q", again.Text)
	}
	s.want(s.slash("UANA", "/paceline restricted over"), "^No restriction of yours lasts now.*Nothing changed")
	s.want(s.pressValue("UBEN", "lifted", s.button(r, "lifted").Value), "^No restriction of yours")
	s.unchanged(was, "lifting again")
	s.want(s.press("UANA", lifted, "undo"), "^Undid the end of the restriction")
	s.want(s.press("UANA", r, "undo"), "^Undid the restriction reported at 10:05\\. 73 left")

	for line, want := range map[string]string{"restricted forever": "as how long", "restricted until 1999-01-01": "over already", "restricted?": "LinkedIn restricted you", "restricted help": "LinkedIn restricted you"} {
		was := s.state()
		s.want(s.slash("UANA", "/paceline "+line), want)
		s.unchanged(was, line)
	}
	s.want(s.slash("UDAN", "/paceline restricted week"), "0 left: LinkedIn restricted you until Tue 1 Dec, 10:05", "You joined the team “Outreach”")
	card := s.dm("UBEN", "restricted")
	if !card.Card || !has(card, "lifted") || !has(card, "log_5") || strings.Count(card.Text, " left") != 1 {
		t.Errorf("in a direct message: %q", card.Text)
	}
}

// Past the ceiling the answer asks for a warning, and a form reports it.
func TestReportIt(t *testing.T) {
	s := staged(t)
	if r := s.slash("UANA", "/sent 80"); has(r, "report") || strings.Contains(r.Text, "warning") {
		t.Errorf("past the budget alone: %q", r.Text)
	}
	r := s.slash("UANA", "/sent 20")
	s.want(r, "^Logged 20\\. 0 left: 102 this week, 2 past the ceiling of about 100\\..* Did LinkedIn show a warning\\?$")
	if !has(r, "undo") || !has(r, "report") {
		t.Error("no way to report or to undo")
	}
	if card := s.dm("UANA", "1"); !has(card, "report") || !has(card, "undo") || !has(card, "log_5") {
		t.Error("the log card does not ask")
	}
	form := s.press("UANA", r, "report")
	if form.Modal == nil {
		t.Fatal("no form opens")
	}
	long := form.Modal.Blocks.BlockSet[0].(*slack.InputBlock).Element.(*slack.RadioButtonsBlockElement)
	if len(long.Options) != 5 || long.InitialOption.Value != "day" {
		t.Errorf("%+v", long)
	}
	was := s.state()
	for field, values := range map[string]map[string][]string{
		"long": {"long": {"bogus"}}, "date": {"long": {"until"}},
	} {
		if r := s.submit("UANA", form.Modal, values); r.Errors[field] == "" {
			t.Errorf("%s: %v", field, r.Errors)
		}
	}
	if r := s.submit("UANA", form.Modal, map[string][]string{"long": {"until"}, "date": {"2026-11-01"}}); r.Errors["date"] == "" {
		t.Errorf("a date in the past: %q", r.Text)
	}
	if r := s.submit("UANA", form.Modal, nil); r.Errors["long"] == "" {
		t.Errorf("an empty form: %q", r.Text)
	}
	s.unchanged(was, "a form with mistakes")
	done := s.submit("UANA", form.Modal, map[string][]string{"long": {"until"}, "date": {"2026-11-30"}})
	s.want(done, "0 left: LinkedIn restricted you until Tue 1 Dec, 00:00")
	if done.Modal == nil {
		t.Error("nothing is said")
	}
	was = s.state()
	s.want(s.submit("UANA", form.Modal, map[string][]string{"long": {"week"}}), "until Tue 1 Dec, 00:00")
	s.unchanged(was, "the same form again")
	if r := s.slash("UANA", "/sent 1"); has(r, "report") {
		t.Errorf("asked again though it is known: %q", r.Text)
	}
	if r := s.dm("UANA", "menu"); r.Err != nil {
		t.Error(r.Err)
	}
}
