package quota

import "time"

// A Deed is one change of the rules: who changed what for whom, and why. Deeds are appended and never
// changed; the rules of any moment can be told from them.
type Deed struct {
	Seq    uint64 // its number among the deeds of the workspace, from 1, without gaps
	At     time.Time
	By     string // Slack's id of who did it
	Team   string // the team's ID
	Member string // whom it is about; "" for the whole team
	What   DeedKind
	Limit  string    // for NumberChosen and NumberCleared: the limit's name
	Was    string    // the value before, as people write it; "" for none
	Is     string    // the value since
	Until  time.Time // for a number with an end
	Reason string
}

// A DeedKind says what a deed changed.
type DeedKind uint8

// The kinds of deeds. Their numbers are kept on disk.
const (
	PresetChosen   DeedKind = 1
	NumberChosen   DeedKind = 2
	NumberCleared  DeedKind = 3
	OwnChosen      DeedKind = 4 // a member's own limit
	OwnCleared     DeedKind = 5
	AccountChanged DeedKind = 6
)
