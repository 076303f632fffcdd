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

	// Claim takes up to most intents, of all workspaces, whose Next is not after at, and makes each the
	// caller's until the lease ends: a Pending one becomes Sending, an Uncertain one Looking. One whose claim
	// has run out is taken too, as Looking, since nobody knows how far the other came. Each gets a fresh
	// Token, and Next is the end of the lease. The earliest come first. Of those with the same To in a workspace at
	// most one is claimed at a time, and none while a Hush holds.
	Claim(ctx context.Context, at, lease time.Time, most int) ([]Claimed, error)

	// Settle writes an intent that the caller has claimed, whole, if its claim still holds: the stored one is
	// Sending or Looking with the same Token. Otherwise it changes nothing and returns ErrLost, with one exception: a
	// write that took the claim back (Token 0) meanwhile knows nothing of where the message was posted. So when i is
	// Posted and the stored one has no place yet and is neither Posted nor Held, that one gets At and is Pending
	// from i.Settled on: its new words will be an edit. The hushes are kept in the same transaction, until the
	// longest so far for each To.
	Settle(ctx context.Context, workspace string, i Intent, hushes ...Hush) error

	// Hushed returns until when the hush of a To of a workspace holds, or the zero time if there never was one.
	Hushed(ctx context.Context, workspace, to string) (until time.Time, err error)

	// NextDue returns the earliest moment at which Claim would give something if nothing else happened; ok is
	// false when it never would.
	NextDue(ctx context.Context) (at time.Time, ok bool, err error)

	// Workspaces returns the ids of all workspaces in which something was written, in order.
	Workspaces(ctx context.Context) ([]string, error)

	// Sweep forgets operation keys of writes made more than KeyLife before at, and what Posted and Cancelled
	// intents said (Content) once that is longer ago than IntentLife. Their names are kept for ever.
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

// IntentLife is how long the words of a message are kept once it is said: long enough to edit it or take it
// back, and for a person to ask about it.
const IntentLife = 14 * 24 * time.Hour

// MaxContent is the longest content of an intent, in bytes: Slack takes 50 blocks and 40,000 characters.
const MaxContent = 256 << 10

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

	// Everyone, unless zero, asks for the entries of all members whose At is not before it.
	Everyone time.Time
	Deeds    bool     // every change of the rules
	Intents  []string // the intents of these names
	Open     bool     // every intent that is not Posted or Cancelled
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
	Journals map[string]Journal // by member, for each Span with a From; with Everyone, for each member with entries since
	Deeds    []Deed             // in order
	Intents  map[string]Intent  // by name: those asked for that exist
	NextDeed uint64             // the number that the next deed of the workspace will have
	Persons  map[string][]Entry // by profile key: the entries about that person, of all members, in order of Seq
}

// Change is what a Decide function wants done. Entries must be numbered from Facts.Next on.
type Change struct {
	Entries []Entry
	Members []Member // written whole
	Teams   []Team   // written whole; a new ID appends a team
	Deeds   []Deed   // numbered from Facts.NextDeed on
	Intents []Intent // written whole. Whoever has claimed one keeps it unless its Token is changed here.
	Answer  []byte   // at most MaxAnswer bytes, given back to a repeat
}

// Done is the outcome of a write.
type Done struct {
	Answer []byte
	Repeat bool // the key was known; nothing changed
}

// A Tally is what a store holds.
type Tally struct {
	Workspaces, Teams, Members, Entries, Deeds, Intents int
}

// A Claimed is an intent that the caller has taken up.
type Claimed struct {
	Workspace string
	Intent    Intent
}

// The kinds of errors of a store.
var (
	ErrUnavailable = errors.New("not done")           // nothing was changed; try again
	ErrAmbiguous   = errors.New("may have been done") // try again with the same key
	ErrCorrupt     = errors.New("damaged data")       // stop; restore

	// ErrLost is what Settle returns to somebody whose claim has run out; nothing was changed.
	ErrLost = errors.New("claimed by somebody else")
)
