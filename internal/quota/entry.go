package quota

import (
	"slices"
	"sort"
	"time"
)

// An Act is what an entry says happened.
type Act uint8

// The acts. Their numbers are kept on disk.
const (
	Sent       Act = 1
	Undone     Act = 2 // takes back the operation named by Undoes
	Accepted   Act = 3 // acts 3 to 6 are outcomes: what became of something sent
	Withdrawn  Act = 4
	Declined   Act = 5
	Replied    Act = 6
	Restricted Act = 7 // LinkedIn restricted the account, from At until Until
	Lifted     Act = 8 // the restriction ended early
	Remembered Act = 9 // the member said what had been sent before the first log; what that was stands beside it, as Estimated
)

// Outcome reports whether a says what became of something sent.
func (a Act) Outcome() bool { return a >= Accepted && a <= Replied }

// A Precision says how exactly a member told when something was sent.
type Precision uint8

// The precisions. Their numbers are kept on disk.
const (
	ByTime Precision = 1
	ByDay  Precision = 2 // only the day is known; At is noon of it, or the moment of recording if that is earlier

	// Estimated is what a member remembered of the time before the first log, spread over its days. It
	// counts as every other entry does, and says nothing about pace.
	Estimated Precision = 3
)

// An Entry is one line of a member's journal. Entries are appended and never changed: an undo is an
// entry of its own. Times are UTC, with microseconds.
type Entry struct {
	Seq       uint64    // its number in the workspace, from 1, without gaps
	Op        uint64    // the Seq of the first entry of the operation it came with
	Member    string    // whose journal it stands in
	Act       Act       // what happened
	Kind      Kind      // to which kind of outreach
	Quantity  int       // how many, at least 1
	At        time.Time // when it happened; an undo stands at the time of what it takes back
	Recorded  time.Time // when it was written
	Day       Day       // the civil day of At in the member's zone when it was recorded
	Precision Precision // how exactly At is known
	Person    string    // the canonical profile key, or ""
	Undoes    uint64    // for Undone: the Op it takes back
	Closes    uint64    // for an outcome: the Seq of the Sent entry it closes; 0 when more came back than was open. For Remembered: the Op of the answer in whose place it stands, or 0
	Until     time.Time // for Restricted: when it is to end. For Remembered: Member.Told as it was before
}

// A Journal is the entries of one member, ordered by At and then by Seq.
type Journal []Entry

// Sent returns how many of a kind were sent in [from, until), undone ones taken off. Notes count as invites.
func (j Journal) Sent(kind Kind, from, until time.Time) int {
	return j.sum(stretch{from: from, until: until}, kind, Sent)
}

// SentOn returns how many of a kind were sent on a civil day of the member.
func (j Journal) SentOn(kind Kind, day Day) int {
	return j.sum(stretch{day: day, byDay: true}, kind, Sent)
}

// An Operation is what one log recorded: one entry, or one for each person named; or what one report of an
// outcome recorded: one for each send that it closes; or an answer about the time before the first log. The answer
// that it was nothing, in place of another, is of act Remembered and of quantity 0.
type Operation struct {
	Op        uint64
	Act       Act
	Kind      Kind
	Quantity  int
	At        time.Time
	Recorded  time.Time
	Day       Day
	Precision Precision
	Persons   []string
	Undone    bool
}

// Operations returns the logs and reports in j, the latest recorded first.
func (j Journal) Operations() []Operation {
	at := make(map[uint64]int)
	var ops []Operation
	undone := make(map[uint64]bool)
	for _, e := range j {
		if e.Act == Undone {
			undone[e.Undoes] = true
			continue
		}
		i, ok := at[e.Op]
		if !ok {
			i = len(ops)
			at[e.Op] = i
			ops = append(ops, Operation{Op: e.Op, Act: e.Act, Kind: e.Kind, At: e.At, Recorded: e.Recorded, Day: e.Day, Precision: e.Precision})
		}
		if e.Act == Remembered { // says that there is an answer, and of nothing more than stands beside it
			continue
		}
		ops[i].Quantity += e.Quantity
		if ops[i].Kind != e.Kind { // of the invites it closed some had a note
			ops[i].Kind = ops[i].Kind.widest()
		}
		if e.Person != "" && !slices.Contains(ops[i].Persons, e.Person) {
			ops[i].Persons = append(ops[i].Persons, e.Person)
		}
	}
	for i := range ops {
		ops[i].Undone = undone[ops[i].Op]
	}
	sort.SliceStable(ops, func(a, b int) bool { return ops[a].Op > ops[b].Op })
	return ops
}
