package commands

import (
	"testing"
	"time"
)

// A day that has just gone by is not taken for one of the next year.
func TestPastDays(t *testing.T) {
	s := staged(t)
	s.at = time.Date(2026, 12, 28, 9, 5, 0, 0, time.UTC)
	was := s.state()
	for line, want := range map[string]string{
		"away 31 dec to 27 dec":                    "^Sun 27 Dec comes before Thu 31 Dec\\. If you mean the year after, write `27 dec 2027`\\. .*Nothing changed\\.$",
		"away 31 dec to nov 10":                    "^Tue 10 Nov comes before Thu 31 Dec\\.",
		"away until 24 dec":                        "^Thu 24 Dec is over already\\. If you mean next year, write `2027-12-24`\\. .*Nothing changed\\.$",
		"away 24 dec":                              "^Thu 24 Dec is over already\\. If you mean next year, write `2027-12-24`\\. .*Nothing changed\\.$",
		"away 21 dec to 24 dec":                    "^Thu 24 Dec is over already\\. If you mean next year, write `2027-12-24`\\. .*Nothing changed\\.$",
		"restricted until 24 dec":                  "^Thu 24 Dec is over already\\. If you mean next year, write `restricted until 2027-12-24`\\. If LinkedIn lets you invite again, .*Nothing was recorded\\.$",
		"restricted until 24 dec 18:00":            "^Thu 24 Dec is over already\\.",
		"restricted until 2026-12-24":              "^That moment is over already\\. If LinkedIn lets you invite again, .*Nothing was recorded\\.$",
		"plan 60 by 24 dec":                        "^Thu 24 Dec is over already\\. Write it like `plan 60 by fri`",
		"plan 60 before 29 sep":                    "^Mon 28 Sep is over already\\.",
		"plan 60 by 20 may":                        "^A plan reaches at most 92 days ahead",
		"team limit @ben 40 until 24 dec \"past\"": "^Thu 24 Dec is over already\\. If you mean next year, write `until 2027-12-24`\\. Nothing changed\\.$",
		"team limit @ben 40 \"past\" until dec 24": "^Thu 24 Dec is over already\\.",
	} {
		who := "UANA"
		if line[0] == 't' {
			who = "UMIA"
		}
		s.want(s.slash(who, "/paceline "+line), want)
		s.unchanged(was, line)
	}
	for _, c := range [][3]string{
		{"UANA", "away 28 dec to 3 jan", "^You are away "},
		{"UANA", "away 31 dec to 1 jun", "^You are away from Thu 31 Dec to the end of Tue 1 Jun 2027"},
		{"UANA", "away 31 dec to 27 dec 2027", "^You are away from Thu 31 Dec to the end of Mon 27 Dec 2027"},
		{"UANA", "away 21 dec to 3 jan", "^You are away .*until the end of Sun 3 Jan 2027|^You are away .*to the end of Sun 3 Jan 2027"},
		{"UANA", "plan 20 by 8 jan", "by Fri 8 Jan 2027"},
		{"UANA", "restricted until 2 jan", "until Sun 00:00"},
		{"UMIA", "team limit @ben 40 until 8 jan \"x\"", "until the end of Fri 8 Jan 2027"},
		{"UMIA", "team limit @ben 50 until 24 dec 2027 \"x\"", "until the end of Fri 24 Dec 2027"},
	} {
		s.want(s.slash(c[0], "/paceline "+c[1]), c[2])
	}
}
