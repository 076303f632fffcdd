package commands

import (
	"testing"
	"time"
)

// A day told with its month is that day wherever something is told, and never a number.
func TestMonthDays(t *testing.T) {
	s := staged(t)
	was := s.state()
	for text, want := range map[string]string{
		"8 dec":               "^I read Tue 8 Dec as the day\\. How many\\? Write that too, as in `5 2026-12-08`\\. Nothing was logged\\.$",
		"dec 8":               "^I read Tue 8 Dec as the day\\.",
		"13 nov":              "^I read Fri 13 Nov as the day\\.",
		"3 8 dec":             "^Tue 8 Dec has not come yet\\. Log it once it is sent; nothing was logged\\.$",
		"3 8 oct":             "^Thu 8 Oct is more than 35 days ago; the oldest day I can take is Tue 20 Oct\\.",
		"3 8 dec 2025":        "^Mon 8 Dec 2025 is more than 35 days ago",
		"5 31 nov":            "^There is no 31 Nov in 2026\\.",
		"accepted 13 nov":     "^I read Fri 13 Nov as the day\\. How many\\? .*Nothing was recorded\\.$",
		"accepted 3 nov 13":   "^Which is the day, 3 or 13\\? .*Nothing was recorded\\.$",
		"they accepted 8 dec": "^How many\\?|Nothing was recorded\\.$",
		"2 31 nov accepted":   "^There is no 31 Nov in 2026\\..*Nothing was recorded\\.$",
		"may I invite Jan":    "^I don't know “may”",
	} {
		s.want(s.dm("UANA", text), want)
		s.unchanged(was, text)
	}
	for text, want := range map[string]string{
		"3 13 nov":            "^Logged 3 for Fri 13 Nov",
		"nov 13 at 14:00 3":   "Which is the day|^Logged 3 for Fri 13 Nov, 14:00",
		"4 23rd nov 2pm":      "^Logged 4 for yesterday, Mon 23 Nov, 14:00",
		"3 accepted 20 nov":   "^Recorded 3 accepted for Fri 20 Nov",
		"accepted 2 nov 20th": "^Recorded 2 accepted for Fri 20 Nov",
	} {
		s.want(s.dm("UANA", text), want)
	}
	// The turn of the year, and of the day where the member lives.
	s.at = time.Date(2027, 1, 1, 23, 30, 0, 0, time.UTC) // 2 January in Berlin
	s.want(s.slash("UANA", "/sent 3 30 dec"), "^Logged 3 for Wed 30 Dec 2026")
	s.want(s.slash("UANA", "/sent 2 2 jan"), "^Logged 2 for today, Sat 2 Jan")
	s.want(s.slash("UANA", "/sent 1 29 feb"), "^There is no 29 Feb in 2027\\. If you mean the last of that month, write `2027-02-28`\\. Nothing was logged\\.$")
}
