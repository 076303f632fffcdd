package look

import (
	"fmt"
	"strings"

	"github.com/paceline/paceline/internal/quota"
)

// CheckIn asks a member, who asked for it, at the end of the day whether anything is missing.
func CheckIn(s quota.Standing, names Names, buttons ...Button) Message {
	var each []string
	for _, k := range []quota.Kind{quota.Invite, quota.InMail, quota.Message, quota.PageInvite} {
		if n := s.Journal.SentOn(k, s.Today); n > 0 {
			each = append(each, Quantity(n, k))
		}
	}
	first := "Nothing logged today."
	if len(each) > 0 {
		first = "Logged " + And(each) + " today."
	}
	return Lines([]string{
		first + " Anything missing?",
		strings.TrimSpace(number(s, s.Budget(quota.Invite)) + fmt.Sprintf(" `%s 5` logs five.", names.Sent)),
	}, buttons...)
}

// LastCheckIn is a CheckIn that finds nothing once more, the last one until something is logged.
func LastCheckIn(s quota.Standing, names Names, buttons ...Button) Message {
	return Lines([]string{
		"Nothing logged today either. I ask again once something is.",
		strings.TrimSpace(number(s, s.Budget(quota.Invite)) + fmt.Sprintf(" `%s 5` logs five.", names.Sent)),
	}, buttons...)
}
