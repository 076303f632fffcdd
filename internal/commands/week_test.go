package commands

import (
	"testing"
	"time"
)

func TestClosedWeek(t *testing.T) {
	s := staged(t)
	s.at = tuesday.Add(-4 * 24 * time.Hour)
	s.slash("UDAN", "/sent 80")
	s.at = tuesday
	was := s.state()
	for line, want := range map[string]string{
		"/budget last week":          "^Last week, Mon 16 to Sun 22 Nov: 80 sent, 5 over the budget of 75 it closed under\\.$",
		"/budget week":               "^Last week, Mon 16 to Sun 22 Nov: 80",
		"/budget week 2026-11-16":    "^Last week, Mon 16 to Sun 22 Nov: 80",
		"/budget week of 18 nov":     "^Last week, Mon 16 to Sun 22 Nov: 80",
		"/budget week sun":           "^Last week, Mon 16 to Sun 22 Nov: 80",
		"/paceline budget last week": "^Last week, Mon 16 to Sun 22 Nov: 80",
		"/budget week 2026-10-28":    "^The week of Mon 26 Oct to Sun 1 Nov: nothing logged\\.$",
		"/budget week today":         "^That week has not closed yet\\. `/budget` shows how it stands",
		"/budget week 2027-01-01":    "^That week has not closed yet",
		"/budget week 2020-01-01":    "^I can tell the last 26 weeks, back to the one of Mon 25 May 2026",
		"/budget week soon":          "^I can't read “soon” as a day\\. Write `/budget last week`, or `/budget week 2026-11-16`",
		"/budget week 16 nov please": "^I can't read “please”",
		"/budget last week please":   "^I don't know “please”",
	} {
		s.want(s.slash("UDAN", line), want)
		s.unchanged(was, line)
	}
	s.want(s.dm("UDAN", "budget last week"), "^Last week, .* 80 sent")
	s.want(s.slash("UOLA", "/budget last week"), "^Last week, Mon 16 to Sun 22 Nov: nothing logged\\.$")
}
