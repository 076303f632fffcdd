package quota

import (
	"context"
	"errors"
	"time"
)

// A Store keeps journals and rosters. Each method is one transaction. The unit of atomicity is the
// workspace: writes of one workspace happen one after the other, on every engine, and every Read sees
// all writes that were acknowledged before it began.
//
// Errors other than those a Decide function returned wrap exactly one of ErrUnavailable, ErrAmbiguous
// and ErrCorrupt.
type Store interface {
	// Do makes one write. If the operation key is known (kept at least KeyLife after w.At), nothing is
	// read or changed and the stored answer comes back with Repeat set. Otherwise w.Decide gets the facts
	// that w.Need asks for and returns a change, which is made durable together with the key and the
	// answer before Do returns. An error or a panic of Decide writes nothing and stores no key; the
	// error is returned as it is, a panic wrapped in ErrUnavailable.
	//
	// A context that ends before the write began gives ErrUnavailable; afterwards ErrAmbiguous.
	// After a crash a write is there whole or not at all; one that Do acknowledged is there.
	Do(ctx context.Context, w Write) (Done, error)

	// Read returns the facts that need asks for, as they stood at one moment.
	Read(ctx context.Context, workspace string, need Need) (Facts, error)

	// Sweep forgets operation keys of writes made more than KeyLife before at.
	Sweep(ctx context.Context, at time.Time) error

	// Verify reads everything: checksums, gapless numbers, and the hash that each entry carries of the
	// one before it. It returns what it counted, or ErrCorrupt.
	Verify(ctx context.Context) (Tally, error)

	// Close finishes what is in hand and lets go. Do and Read afterwards give ErrUnavailable.
	Close() error
}

// KeyLife is how long an operation key is remembered: Slack repeats an event for at most a day, a person
// presses a stale button within a weekend.
const KeyLife = 72 * time.Hour

// MaxAnswer is the longest answer that is stored with a key, in bytes.
const MaxAnswer = 64

// A Write is one change of one workspace.
type Write struct {
	Workspace string
	Key       string // names the operation, for ever unique within the workspace; never empty
	At        time.Time
	Need      Need
	// Decide is pure and may be run again. It must not keep or change what Facts holds.
	Decide func(Facts) (Change, error)
}

// Need says what a write or a read must see.
type Need struct {
	Members []Span   // rows and journals of these
	Roster  bool     // the row of every member
	Persons []string // who has been in touch with these profile keys
}

// A Span asks for one member's row and, unless From is zero, the entries whose At is not before From.
type Span struct {
	Member string
	From   time.Time
}

// Facts is what a Decide function sees.
type Facts struct {
	Next     uint64             // the number that the next entry of the workspace will have
	Teams    []Team             // all of the workspace, ordered by when they were first written
	Members  map[string]Member  // the rows asked for that exist
	Journals map[string]Journal // by member, for each Span with a From
	Persons  map[string][]Entry // by profile key: the entries about that person, of all members, in order of Seq
}

// Change is what a Decide function wants done. Entries must be numbered from Facts.Next on.
type Change struct {
	Entries []Entry
	Members []Member // written whole
	Teams   []Team   // written whole; a new ID appends a team
	Answer  []byte   // at most MaxAnswer bytes, given back to a repeat
}

// Done is the outcome of a write.
type Done struct {
	Answer []byte
	Repeat bool // the key was known; nothing changed
}

// A Tally is what a store holds.
type Tally struct {
	Workspaces, Teams, Members, Entries int
}

// The kinds of errors of a store.
var (
	ErrUnavailable = errors.New("not done")           // nothing was changed; try again
	ErrAmbiguous   = errors.New("may have been done") // try again with the same key
	ErrCorrupt     = errors.New("damaged data")       // stop; restore
)
