package look

import (
	"github.com/paceline/paceline/internal/quota"
)

// Quiet says until when a member wants no messages about pace; "" when that is not so at s.At.
func Quiet(s quota.Standing) string {
	until := s.Member.Quiet.Until
	if !until.After(s.At) {
		return ""
	}
	whose := " your time"
	if inUTC(until, s) {
		whose = " UTC"
	}
	return "Quiet until " + Moment(until, s) + whose + ": no messages about your pace. When a ceiling is passed or a restriction ends, I still tell you. `quiet off` ends it."
}

// untilQuietEnds is the same as a paragraph below a message that stands already.
func untilQuietEnds(s quota.Standing) []string {
	if q := Quiet(s); q != "" {
		return []string{"", q}
	}
	return nil
}
