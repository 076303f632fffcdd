package quota

import "time"

// A Team is a group of members with a channel and managers.
type Team struct {
	ID       string // its number in the workspace: "1", "2", …
	Name     string
	Channel  string   // Slack's id of the team's channel, or "" while it has none
	Managers []string // Slack's ids, in the order in which they were named
	Created  time.Time
	Terms    Terms // the rules of the team as they are now
	Digest   Digest
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

	Account     Account
	Own         Number      // the member's own limit on invites a week; its At is zero if there is none
	Restriction Restriction // the latest one
	Told        time.Time   // when the member said what had been sent before the first log, or that it was nothing; zero until then
	Away        Away
	Quiet       Quiet
	Wants       Wants
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

// A Digest is how a team wants its Monday digest.
type Digest struct {
	Zone   string // IANA name of the zone of Minute; "" is UTC
	Minute int    // after midnight on Monday, 0 to 1439; a digest never comes before Monday 00:00 UTC
	Shows  Shown
}

// Shown is how much a digest tells about each member.
type Shown uint8

// What a digest may show. Their numbers are kept on disk.
const (
	ShowAll    Shown = 0 // by name: last week, and what is left now
	ShowRoom   Shown = 1 // by name: what is left now
	ShowTotals Shown = 2 // the team's totals only
)

// Quiet is when a member wants no messages that are not the answer to something just done: every day from
// From to To, and always until Until. From and To are minutes after midnight in the member's zone; both 0
// stand for the default, 18:00 to 09:00.
type Quiet struct {
	From, To int
	Until    time.Time
}

// Wants is a set of messages that somebody has asked for.
type Wants uint8

// The messages that come only to those who asked. Their numbers are kept on disk.
const (
	WantsCheckIn  Wants = 1 << 0 // at the end of the day: what was logged, and whether anything is missing
	WantsRecap    Wants = 1 << 1 // on Monday: the member's own week
	WantsCram     Wants = 1 << 2 // much left with one working day to go
	WantsOverview Wants = 1 << 3 // on Monday, for a manager: the team at a glance
)
