package look

import (
	"github.com/paceline/paceline/internal/quota"
)

// Away answers a leave that has been recorded.
func Away(a quota.Away, today quota.Day) Message {
	return Sentences([]string{
		"You are away " + leave(a, today) + ": no plan uses those days, and I send you no messages about your pace.",
		"What you log counts as always, and a passed ceiling I still tell you; `back` ends it.",
	})
}

// leave names the days of a leave: "on Fri 27 Nov", "until Fri 27 Nov", "from Tue 1 to Sat 5 Dec".
func leave(a quota.Away, today quota.Day) string {
	switch {
	case a.From == a.Until:
		return "on " + Date(a.From, today)
	case a.From <= today:
		return "until the end of " + Date(a.Until, today)
	}
	return "from " + Date(a.From, today) + " to the end of " + Date(a.Until, today)
}

// Back answers the end of a leave.
func Back() Message {
	return Sentences([]string{"Welcome back. Plans use your working days again, and messages come as before."})
}
