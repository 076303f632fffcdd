package commands

import (
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

func TestParseAway(t *testing.T) {
	for in, want := range map[string]quota.Away{
		"until fri": {From: november(24), Until: november(27)}, "fri": {From: november(27), Until: november(27)}, "1 dec to 5 dec": {From: november(31), Until: november(35)}, "today": {From: november(24), Until: november(24)},
		"from 1 dec until 5 dec": {From: november(31), Until: november(35)}, "fri to mon": {From: november(27), Until: november(30)}, "mon to fri": {From: november(30), Until: november(34)}, "1 dec - 5 dec": {From: november(31), Until: november(35)},
		"until 2026-12-04": {From: november(24), Until: november(34)}, "2026-11-20 to 2026-11-25": {From: november(20), Until: november(25)}, "until today": {From: november(24), Until: november(24)}, "on fri": {From: november(27), Until: november(27)},
		"28 dec to 3 jan": {From: november(58), Until: november(64)},
	} {
		if got, err := parseAway(fields(in), november(24)); err != nil || got != want {
			t.Errorf("%q: %s to %s, %v", in, got.From, got.Until, err)
		}
	}
	for in, want := range map[string]string{
		"": "Until when?", "until": "can't read the day behind", "soon": "can't read “soon”", "until soon": "can't read the day behind “until”", "2026-11-01": "is over already", "until 2026-11-01": "comes before|is over",
		"fri to 2026-11-25": "comes before", "fri and mon": "I don't know “and”", "until fri mon": "I don't know “mon”", "until 2028-01-01": "up to a year ahead", "<@UBEN>": "can't read", "2 weeks": "can't read",
	} {
		_, err := parseAway(fields(in), november(24))
		ok := false
		for _, w := range strings.Split(want, "|") {
			ok = ok || err != nil && strings.Contains(err.Error(), w)
		}
		if !ok || !strings.Contains(err.Error(), "Nothing changed") || alive("", err.Error()) != nil {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

func TestAway(t *testing.T) {
	s := staged(t)
	s.want(s.slash("UANA", "/paceline away until fri"), "^You are away until the end of Fri 27 Nov: no plan uses those days, and I send you no messages about your pace\\. What you log counts as always, and a passed ceiling I still tell you; `back` ends it\\.$")
	if a := s.state().members["UANA"].Away; a != (quota.Away{From: november(24), Until: november(27)}) {
		t.Errorf("%+v", a)
	}
	s.want(s.slash("UANA", "/paceline plan 10"), "^0 of 10 by Sun 29 Nov; all 10 by Mon 30 Nov")
	s.want(s.slash("UANA", "/paceline away 1 dec to 5 dec"), "^You are away from Tue 1 Dec to the end of Sat 5 Dec: ")
	s.want(s.dm("UANA", "away fri"), "^You are away on Fri 27 Nov: ")
	was := s.state()
	for line, want := range map[string]string{"away": "^Until when\\?", "away someday": "can't read “someday”", "away?": "your leave", "back to work": "stands alone.*Nothing changed", "back?": "end your leave"} {
		s.want(s.slash("UANA", "/paceline "+line), want)
		s.unchanged(was, line)
	}
	r := s.request("UANA", "/paceline", "back")
	for range 2 {
		s.want(s.check(s.bot.Command(t.Context(), r)), "^Welcome back\\. Plans use your working days again")
	}
	if a := s.state().members["UANA"].Away; a != (quota.Away{}) {
		t.Errorf("%+v", a)
	}
	was = s.state()
	s.want(s.slash("UDAN", "/paceline away fri"), "^You are not on a team yet")
	s.unchanged(was, "the leave of nobody")
}
