package quota

import (
	"context"
	"errors"
	"time"
)

// An Outcome is what a member says became of things sent.
type Outcome struct {
	Act      Act // Accepted, Withdrawn, Declined or Replied
	Kind     Kind
	Quantity int // at least 1, at most MaxQuantity, and no fewer than Persons
	When     When
	Persons  []string // canonical profile keys, each once
}

// Reported is what came of reporting an outcome.
type Reported struct {
	Standing  Standing // right after it; measures Operation.Kind
	Operation Operation
	Joined    bool // the member joined Standing.Team with this report
	Made      bool // that team was made for it
	Open      int  // how many were open before it
	Unmatched int  // how many of Operation.Quantity closed nothing, because no more was open
	Returned  int  // how much room it gave back: 0 but for limits that credit
	Again     []Early

	next uint64
}

// Report records an outcome. It is never limited and never refused for being too many. With persons it closes the
// member's open sends to them, the latest first; the rest closes the oldest open sends of the kind. What closes nothing is kept
// as unmatched. A repeated key records nothing and returns what the first one returned, as Log does.
// Refusals are TooOld and InFuture.
func (b *Book) Report(ctx context.Context, who Who, key string, at time.Time, o Outcome) (Reported, error) {
	return Reported{}, errors.New("not built")
}
