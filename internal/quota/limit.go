package quota

import "time"

// A Limit is one line that somebody believes in or has set. It is data: a policy is a list of limits.
type Limit struct {
	Name       string // how people and buttons call it
	Kind       Kind   // what it limits; notes count against limits on invites
	Max        int
	Window     Window
	Basis      Basis
	Force      Force
	Claim      string // what is believed, in one sentence
	Source     string // who says so
	Confidence Confidence
	Against    []string // what contradicts it, each with who says so
}

// A WindowKind is the shape of a window.
type WindowKind uint8

// The shapes of windows.
const (
	CalendarWeek WindowKind = 1 // Monday 00:00 UTC to the next
	Rolling      WindowKind = 2 // the last Length: (t − Length, t]
	CalendarDay  WindowKind = 3 // the member's civil day, as it was when each entry was recorded
)

// A Window is the stretch of time over which a limit counts.
type Window struct {
	Kind   WindowKind
	Length time.Duration // of a rolling window
}

// A Basis is what counts against a limit.
type Basis uint8

// BySent counts everything sent, accepted or not, withdrawn or not.
const BySent Basis = 1

// A Force is what a limit does when it is reached.
type Force uint8

// The forces.
const (
	Soft  Force = 1 // a pace: crossing it is mentioned, nothing more
	Binds Force = 2 // what is left is never more than its room
	Loud  Force = 3 // binds, and passing it is said clearly
)

// A Confidence says how well supported a claim is.
type Confidence uint8

// The confidences.
const (
	Low    Confidence = 1
	Medium Confidence = 2
	High   Confidence = 3
	Chosen Confidence = 4 // nobody's belief: the team's own choice
)

// String returns the confidence in words.
func (c Confidence) String() string {
	switch c {
	case Low:
		return "low"
	case Medium:
		return "medium"
	case High:
		return "high"
	case Chosen:
		return "the team's choice"
	}
	return "unknown"
}

// A Policy is the set of limits that a team lives by.
type Policy struct {
	Name   string
	Limits []Limit
}

// Find returns the first limit of a name; ok is false if there is none.
func (p Policy) Find(name string) (l Limit, ok bool) {
	for _, l := range p.Limits {
		if l.Name == name {
			return l, true
		}
	}
	return Limit{}, false
}

// The names of the default limits.
const (
	BudgetName         = "budget"
	CeilingName        = "ceiling"
	RollingCeilingName = "rolling ceiling"
	DailyPaceName      = "daily pace"
)

const ceilingSource = "measured by several tools (Outboundry, linkedapi.io, Allston Labs, LinkedNav); LinkedIn publishes no number"

// Paceline returns the default policy.
func Paceline() Policy {
	return Policy{Name: "paceline", Limits: []Limit{
		{
			Name: BudgetName, Kind: Invite, Max: 75, Window: Window{Kind: CalendarWeek}, Basis: BySent, Force: Binds,
			Claim:      "75 a week is your team's budget, a margin under the ceiling of about 100.",
			Source:     "Paceline's default; outreach guides advise 50 to 75",
			Confidence: Chosen,
		},
		{
			Name: CeilingName, Kind: Invite, Max: 100, Window: Window{Kind: CalendarWeek}, Basis: BySent, Force: Loud,
			Claim:      "LinkedIn limits invites by the week, at about 100 for an ordinary account, accepted or not.",
			Source:     ceilingSource,
			Confidence: Medium,
			Against: []string{
				"some vendors see 150 to 200 a week for trusted or paid accounts, though LinkedIn's Help says that the limit cannot be bought",
				"300 a day and 3,000 a month, in older guides: outdated",
			},
		},
		{
			Name: RollingCeilingName, Kind: Invite, Max: 100, Window: Window{Kind: Rolling, Length: week}, Basis: BySent, Force: Loud,
			Claim:      "The same ceiling, counted over any 7 days: most tools see LinkedIn's week roll rather than reset on Monday.",
			Source:     ceilingSource,
			Confidence: Medium,
			Against: []string{
				"one guide says that the count resets on Monday 00:00 UTC",
				"one vendor (Aimfox) says it may differ from account to account",
			},
		},
		{
			Name: DailyPaceName, Kind: Invite, Max: 20, Window: Window{Kind: CalendarDay}, Basis: BySent, Force: Soft,
			Claim:      "About 20 a day looks like a person at work. A soft line: it never blocks.",
			Source:     "vendors advise 15 (Salesflow) to 35 (lemlist) a day; LinkedIn publishes no daily limit",
			Confidence: Medium,
			Against:    []string{"other guides name no daily limit at all"},
		},
	}}
}
