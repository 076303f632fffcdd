package quota

import (
	"fmt"
	"slices"
	"time"
)

// An Intent is one message that is to be said unasked. It is written in the same transaction as its cause, or
// by a tick, under a name that is unique in the workspace for ever, and it moves through states until it is
// posted, held or cancelled:
//
//	Pending → Sending → Posted
//	            ↓ (doubtful)
//	         Uncertain → Looking → Posted, Pending, Uncertain or Held
type Intent struct {
	Name    string    // "digest/1/2026-11-23"; what stands before the first slash is its kind
	To      string    // Slack's id of the channel or person
	Team    string    // whose team it concerns, or ""
	Member  string    // whom it concerns, or ""
	Op      uint64    // the operation that caused it, or 0
	Due     time.Time // when it is to be said
	Expires time.Time // from when on it is of no use; zero: never

	State   State
	Next    time.Time // when it is next to be taken up; for a state that is not final
	Token   uint64    // names the claim that may settle it; 0 while nobody has claimed it
	Tries   int       // how often it was sent
	Looks   int       // how often in a row it was looked for and not found; while Pending, how often in a row it found no words
	Content []byte    // what it says, frozen at the first claim; nil before
	At      Place     // where it stands once it is sent
	Settled time.Time // when it came into its final state
	Reason  string    // for Held and Cancelled: why
}

// A State is how far an intent has come.
type State uint8

// The states. Their numbers are kept on disk.
const (
	Pending   State = 1 // not said yet
	Sending   State = 2 // claimed: somebody is saying it, until Next
	Uncertain State = 3 // nobody knows whether it was said; to be looked for at Next
	Looking   State = 4 // claimed: somebody is looking whether it was said, until Next
	Posted    State = 5
	Held      State = 6 // a person must say whether it was said
	Cancelled State = 7
)

// Final reports whether nothing more happens by itself.
func (s State) Final() bool { return s >= Posted }

// A Hush keeps intents from being claimed for a while: a channel takes a message a second, and Slack may ask
// for patience.
type Hush struct {
	To    string // whom nothing is to be said to; "" is the whole workspace. No claim waits for one that begins with a slash: see Store.Hushed
	Until time.Time
}

// A Refusal is a definite no to something that was to be said: nothing was posted.
type Refusal struct {
	Reason string // Slack's own word: "channel_not_found"
}

func (e Refusal) Error() string { return "Slack refused it: " + e.Reason }

// blockRefusals are Slack's words for blocks that it does not take.
var blockRefusals = []string{"invalid_blocks", "invalid_blocks_format", "invalid_attachments", "msg_blocks_too_long"}

// OfBlocks reports whether it was the blocks that Slack did not take: the same in simpler ones, or as text alone, may do.
func (e Refusal) OfBlocks() bool { return slices.Contains(blockRefusals, e.Reason) }

// Busy says that nothing was posted because Slack asks for patience.
type Busy struct{ For time.Duration }

func (e Busy) Error() string { return fmt.Sprintf("Slack asks to wait %s", e.For) }
