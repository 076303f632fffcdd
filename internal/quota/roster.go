package quota

import "time"

// A Team is a group of members with a channel and managers.
type Team struct {
	ID       string // its number in the workspace: "1", "2", …
	Name     string
	Channel  string   // Slack's id of the team's channel, or "" while it has none
	Managers []string // Slack's ids, in the order in which they were named
	Created  time.Time
}

// Manages reports whether a person is a manager of t.
func (t Team) Manages(person string) bool {
	for _, m := range t.Managers {
		if m == person {
			return true
		}
	}
	return false
}

// A Member is one line of the roster. Somebody who left keeps the line, and with it the journal.
type Member struct {
	ID         string // opaque; Slack's id of the person
	Team       string // the team's ID
	Name       string // how others see the person in Slack
	Zone       string // IANA name; "" is UTC
	ZoneChosen bool   // the member chose the zone; otherwise it follows Slack's profile
	Workdays   Workdays
	Joined     time.Time
	Left       time.Time // zero while on the team
	Card       Place     // where the log card stands in the direct message with the bot
}

// Active reports whether m is on a team.
func (m Member) Active() bool { return m.Left.IsZero() }

// A Place names one message in Slack.
type Place struct {
	Channel string
	TS      string // Slack's timestamp, which names a message within its channel
}

// Workdays is a set of days of the week: bit n stands for time.Weekday n.
type Workdays uint8

// DefaultWorkdays is Monday to Friday.
const DefaultWorkdays Workdays = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday

// Has reports whether d is a working day.
func (w Workdays) Has(d time.Weekday) bool { return w>>uint(d)&1 == 1 }
