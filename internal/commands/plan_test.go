package commands

import (
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// november is a day of November 2026; 31 is 1 December.
func november(day int) quota.Day {
	return quota.DayOf(time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC), time.UTC)
}

func TestCalendar(t *testing.T) {
	c := calendar{november(24)} // a Tuesday
	for in, want := range map[string]struct {
		ahead, back quota.Day
		n           int
	}{
		"tue": {november(24), november(24), 1}, "fri": {november(27), november(20), 1}, "Mon,": {november(30), november(23), 1}, "today": {november(24), november(24), 1},
		"tomorrow": {november(25), november(25), 1}, "2026-12-01": {november(31), november(31), 1}, "2020-02-29": {-1, -1, 1},
		"1 dec": {november(31), november(31 - 365), 2}, "dec 1st": {november(31), november(31 - 365), 2}, "24 nov": {november(24), november(24), 2}, "23 nov": {november(23 + 365), november(23), 2},
		"1 dec 2027": {november(31 + 365), november(31 + 365), 3}, "29 feb": {november(31 + 365 + 31 + 31 + 28), quota.DayOf(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), time.UTC), 2},
		"31 feb": {0, 0, 0}, "": {0, 0, 0}, "soon": {0, 0, 0}, "5": {0, 0, 0}, "dec": {0, 0, 0}, "dec dec": {0, 0, 0}, "0 dec": {0, 0, 0}, "31 nov 2026": {0, 0, 0},
	} {
		d, n := c.ahead(strings.Fields(in), c.today)
		if n != want.n || want.ahead >= 0 && d != want.ahead {
			t.Errorf("%q ahead: %s, %d, want %s, %d", in, d, n, want.ahead, want.n)
		}
		d, n = c.back(strings.Fields(in))
		if n != want.n || want.back >= 0 && d != want.back {
			t.Errorf("%q back: %s, %d, want %s, %d", in, d, n, want.back, want.n)
		}
	}
}

func TestParsePlan(t *testing.T) {
	for in, want := range map[string]wish{
		"60 by fri": {60, quota.Invite, november(27)}, "60": {60, quota.Invite, november(29)}, "by fri 60": {60, quota.Invite, november(27)}, "10 inmail by 2026-12-18": {10, quota.InMail, november(48)},
		"60 by 1 dec": {60, quota.Invite, november(31)}, "60 invites until tomorrow": {60, quota.Invite, november(25)}, "60 before fri": {60, quota.Invite, november(26)}, "5 today": {5, quota.Invite, november(24)},
		"2 invites with a note": {}, "1000 fri": {1000, quota.Invite, november(27)},
	} {
		got, err := parsePlan(fields(in), tuesday, time.UTC)
		if want.n == 0 {
			if err == nil {
				t.Errorf("%q: %+v", in, got)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("%q: %+v, %v", in, got, err)
		}
	}
	for in, want := range map[string]string{
		"": "^How many", "by fri": "How many", "0": "one whole number", "-5": "one whole number", "1001": "one whole number", "60 70": "one whole number", "60 by": "can't read the day", "60 by soon": "can't read the day",
		"60 by 2026-11-01": "is over already", "60 by yesterday": "is over already", "60 by 2027-12-01": "at most 92 days ahead, to Wed 24 Feb 2027", "60 inmail message": "One kind", "60 bananas": "I don't know “bananas”",
		"five": "I don't know", "60 before today": "is over already",
	} {
		if got, err := parsePlan(fields(in), tuesday, time.UTC); err == nil || !strings.Contains(err.Error(), strings.TrimPrefix(want, "^")) || alive("", err.Error()) != nil {
			t.Errorf("%q: %+v, %v, want %q", in, got, err, want)
		}
	}
}

// A plan is for everybody, and records nothing.
func TestPlan(t *testing.T) {
	s := staged(t)
	was := s.state()
	for line, want := range map[string]string{
		"plan 60 by fri":    "^60 by Fri 27 Nov: Tue 14, Wed 16, Thu 16, Fri 14\\. That keeps every limit and a pace of at most 20 a day\\. A plan records nothing\\.$",
		"plan 100 by fri":   "^73 of 100 by Fri 27 Nov; all 100 by Tue 1 Dec\\. The 73: Tue 17, ",
		"plan 10 by 1 dec":  "^10 by Tue 1 Dec: ",
		"plan 5000":         "one whole number",
		"plan":              "^How many\\?",
		"plan help":         "inside all limits",
		"plan 10 messages":  "^10 messages by Sun 29 Nov: .*No limit on messages is set here\\. A plan records nothing",
		"plan 1 by sunday":  "^1 by Sun 29 Nov: Wed 1\\.",
		"plan 10 by sat so": "I don't know “so”",
	} {
		s.want(s.slash("UANA", "/paceline "+line), want)
		s.unchanged(was, line)
	}
	s.want(s.slash("UDAN", "/paceline plan 60"), "^60 by Sun 29 Nov: Tue 15, Wed 15, Thu 15, Fri 15\\.") // ana has sent 2 today
	s.want(s.dm("UANA", "plan 60 by fri"), "^60 by Fri")
	s.unchanged(was, "plans")
}
