package quota

import "time"

// A Limit is one line that somebody believes in or has set. It is data: a preset is a list of limits. What
// it comes to for one member at one moment is a Gauge.
type Limit struct {
	Name  string // the word people type for it: "budget"
	Title string // what it is called in sentences: "team budget"
	Kind  Kind   // what it limits; notes count against limits on invites

	// Exactly one of these four says how many.
	Max    int
	Grants []Grant // by account type; a type that is not listed is not limited
	Steps  []int   // by week of a new account, from the week in which it was called new; afterwards there is no limit
	Part   Part    // of another limit

	Warn     int // below Max: the figure from which on it is mentioned; 0: none
	Window   Window
	Basis    Basis
	Force    Force
	Stage    Stage
	Pool     bool // counted over the whole team
	Timed    bool // of a rolling window: only what was sent at a known time and told within an hour of it
	Optional bool // in force only once a team gives it a number

	Claim      string // what is believed, in one sentence
	Source     string // who says so
	Confidence Confidence
	Against    []string // what contradicts it, each with who says so
}

// A Grant is how many an account type gets.
type Grant struct {
	Account AccountType
	Max     int
	Most    int // what unused ones may add up to, with the month's own; 0: nothing is carried over
}

// A Part is a share of another limit, rounded down. The number of a limit that is not in force is the one it
// comes with; the budget's is Rules.Weekly.
type Part struct {
	Of       string // the limit's name; "" is no part
	Num, Den int
	Less     int // taken off afterwards
}

// A WindowKind is the shape of a window.
type WindowKind uint8

// The shapes of windows.
const (
	CalendarWeek  WindowKind = 1 // Monday 00:00 UTC to the next
	Rolling       WindowKind = 2 // the last Length: (t − Length, t]
	CalendarDay   WindowKind = 3 // the member's civil day, as it was when each entry was recorded
	CalendarMonth WindowKind = 4 // from the first of the month 00:00 UTC, or from the account's billing day
	Stock         WindowKind = 5 // all that is open; what was sent Length ago or earlier no longer is
	Spell         WindowKind = 6 // as long as the restriction lasts
)

// A Window is the stretch of time over which a limit counts.
type Window struct {
	Kind    WindowKind
	Length  time.Duration // of a rolling window or a stock
	Billing bool          // a month begins on the account's billing day, unless the account is Sales Navigator
}

// A Basis is what counts against a limit.
type Basis uint8

// The bases. A sum that credits lower is never below 0 at any moment, taken in the order of time: what comes back to a
// pool that is full is lost. LinkedIn renews the credits of a Page on the 1st and says of none that it adds up (Help
// a547492). InMail credits add up to a cap (Help a101030), so with SentLessAnswered an answer to what an earlier month
// sent comes on top of this month's.
const (
	BySent            Basis = 1 // everything sent, accepted or not, withdrawn or not
	ByAccepted        Basis = 2 // what was accepted, at the moment of it
	SentLessWithdrawn Basis = 3 // a withdrawal credits at its own moment
	SentLessAccepted  Basis = 4 // an acceptance credits at its own moment
	SentLessAnswered  Basis = 5 // accepted, declined or replied to within AnswerCredit of sending credits at its own moment
	ByPending         Basis = 6 // sent and neither accepted, declined, withdrawn nor expired
)

// AnswerCredit is how long after sending an answer gives an InMail credit back (LinkedIn Help a75).
const AnswerCredit = 90 * day

// A Force is what a limit does when it is reached.
type Force uint8

// The forces.
const (
	Soft  Force = 1 // a pace: crossing it is mentioned, nothing more
	Binds Force = 2 // what is left is never more than its room
	Loud  Force = 3 // binds, and passing it is said clearly
)

// A Stage is when in the life of an account a limit holds.
type Stage uint8

// The stages.
const (
	Always           Stage = 0
	WhileNew         Stage = 1
	WhileRestricted  Stage = 2
	AfterRestriction Stage = 3 // for Recovery after a restriction has ended
)

// Recovery is how long after a restriction an account goes slow. Paceline's own number; LinkedIn says only
// that repeats are restricted for longer (Help a551012).
const Recovery = 14 * day

// A Confidence says how well supported a claim is.
type Confidence uint8

// The confidences.
const (
	Low    Confidence = 1
	Medium Confidence = 2
	High   Confidence = 3
	Chosen Confidence = 4 // nobody's belief: the team's own choice
	// Default is nobody's belief either: what Paceline begins with, until a team chooses.
	Default Confidence = 5
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
	case Default:
		return "Paceline's own number, until a team chooses one"
	}
	return "unknown"
}

// grant returns what an account type gets.
func (l *Limit) grant(a AccountType) (Grant, bool) {
	for _, g := range l.Grants {
		if g.Account == a {
			return g, true
		}
	}
	return Grant{}, false
}
