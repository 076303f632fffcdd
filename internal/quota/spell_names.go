package quota

import (
	"context"
	"errors"
	"time"
)

// What is said about a restriction is named after the moment of the report that made it: of another restriction there is
// another report, and the moment of the one that is being made is known before its number is.

// spellNames are the intents that reports of the restrictions of a member may have made.
func spellNames(member string, reports ...time.Time) []string {
	var names []string
	for _, at := range reports {
		names = append(append(names, managerNames(SpellKind, spellAbout(member, at))...), backOnName(member, at))
	}
	return names
}

func backOnName(member string, at time.Time) string { return BackOnKind + "/" + spellAbout(member, at) }

func spellAbout(member string, at time.Time) string {
	return member + "/" + at.UTC().Format(time.RFC3339Nano)
}

// A hindsight is what a write about a restriction looks back on.
type hindsight struct {
	from    time.Time   // how far its journal goes
	reports []time.Time // which reports may have made what it changes, whether they were undone or not
}

// spellsFrom is how far back the restrictions are told that count at a moment: those of two years are enough.
func spellsFrom(at time.Time) time.Time { return at.Add(-2 * MaxRestriction) }

// errShortSighted says that a write must look back further: it is about a restriction, so what counts is which ones were
// reported before.
var errShortSighted = errors.New("the journal is too short")

// lookingBack makes a write, which returns errShortSighted when it wants to look back further. At first it looks back as
// far as for everything else, which is all that is wanted of whoever was never restricted.
//
// Between the look and the write somebody may report once more. The write sees that report, and that it was not in the
// look; then it changes nothing and all is done anew. So each further turn means that another write went through.
func (b *Book) lookingBack(ctx context.Context, who Who, at, from time.Time, write func(hindsight) error) error {
	err := write(hindsight{from: from})
	for errors.Is(err, errShortSighted) {
		h := hindsight{from: earlier(from, spellsFrom(at))}
		f, failed := b.store.Read(ctx, who.Workspace, Need{Members: []Span{{Member: who.ID, From: h.from}}})
		if failed != nil {
			return failed
		}
		h.reports = f.Journals[who.ID].reports()
		err = write(h)
	}
	return err
}

// suffices reports whether h is all that a write at a moment wants to look back on, given a journal that goes as far.
func (h hindsight) suffices(j Journal, at time.Time) bool {
	if h.from.After(spellsFrom(at)) {
		return false
	}
	known := make(map[int64]bool, len(h.reports))
	for _, r := range h.reports {
		known[r.UnixMicro()] = true
	}
	for _, r := range j.reports() {
		if !known[r.UnixMicro()] {
			return false
		}
	}
	return true
}

// reports returns the moments of the reports of restrictions in j, also of those that were undone.
func (j Journal) reports() []time.Time {
	var out []time.Time
	for _, e := range j {
		if e.Act == Restricted {
			out = append(out, e.At)
		}
	}
	return out
}
