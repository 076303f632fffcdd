package quota

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Spreading is what came of telling how a log was sent.
type Spreading struct {
	Standing  Standing  // right after it
	Operation Operation // the log as it is noted now

	next uint64
}

// ErrNoPace says that how a log was sent cannot be told any more: pace is not judged on it, it has passed a ceiling,
// or something has come of it already.
var ErrNoPace = errors.New("it says nothing about pace")

// Spread notes that a log was sent over the day and not at once: it is taken back and recorded again at the same
// time, with the same persons, as ByDay. No number changes, pace is not judged on it any more, and what was said
// about its pace is taken back. A repeated key changes nothing and returns what the first one returned. Errors are
// those of Undo, and ErrNoPace.
func (b *Book) Spread(ctx context.Context, who Who, key string, at time.Time, op uint64) (Spreading, error) {
	return b.respread(ctx, who, key, at, op, ByDay)
}

// Gather takes a Spread back, given the operation that came of it: the log counts as sent at its time again. What was
// said about its pace is not said again. Errors are those of Spread.
func (b *Book) Gather(ctx context.Context, who Who, key string, at time.Time, op uint64) (Spreading, error) {
	return b.respread(ctx, who, key, at, op, ByTime)
}

func (b *Book) respread(ctx context.Context, who Who, key string, at time.Time, op uint64, to Precision) (Spreading, error) {
	at = at.UTC().Truncate(time.Microsecond)
	need := func(at time.Time) Need {
		names := append(nudgeNames(who.ID, at), nudgeNames(who.ID, at.Add(-week))...)
		return Need{Members: []Span{{Member: who.ID, From: undoFrom(at)}}, Intents: names}
	}
	out, err := told(ctx, b.store, Write{Workspace: who.Workspace, Key: key, At: at}, need,
		func(f Facts) (Change, receipt, error) { return b.spreading(f, who, at, op, to) },
		func(f Facts, r receipt, since time.Time) (out Spreading, ok bool) {
			out.Operation, ok = f.Journals[who.ID].before(r.last + 1).operation(r.first)
			out.next = r.last + 1
			out.Standing = b.standing(f, who, r.at, out.next, since)
			out.Standing.Journal = out.Standing.Journal.before(out.next) // of its own: facts are the store's
			return out, ok && out.Operation.Act == Sent && out.Operation.Precision == to
		})
	if err == nil {
		out.Standing, err = b.settled(ctx, out.Standing, who, out.next, out.Operation.Kind)
	}
	if err != nil {
		return Spreading{}, fmt.Errorf("spread: %w", err)
	}
	return out, nil
}

// spreading is the change that a Spread or a Gather makes. What is taken back and what takes its place are one
// operation.
func (b *Book) spreading(f Facts, who Who, at time.Time, op uint64, to Precision) (Change, receipt, error) {
	j := f.Journals[who.ID]
	if op == 0 {
		return Change{}, receipt{}, ErrNothingToUndo
	}
	o, err := undoable(j, op, at)
	if err != nil {
		return Change{}, receipt{}, err
	}
	if !j.spreadable(o, to) {
		return Change{}, receipt{}, ErrNoPace
	}
	for _, i := range f.Intents {
		if i.Kind() == CeilingKind && i.Op == op && i.alive() {
			return Change{}, receipt{}, ErrNoPace
		}
	}
	c := Change{Entries: j.reverse(op, f.Next, at)}
	for _, e := range j {
		if e.Op == op && e.Act == Sent {
			e.Seq, e.Op, e.Recorded, e.Precision = f.Next+uint64(len(c.Entries)), f.Next, at, to
			c.Entries = append(c.Entries, e)
		}
	}
	if to == ByDay {
		left := b.standing(after(f, c), who, at, f.Next+uint64(len(c.Entries)), undoFrom(at))
		c.Intents = left.afterUndo(f.Intents, op)
	}
	return c, receipt{at: at, first: f.Next, last: c.Entries[len(c.Entries)-1].Seq}, nil
}

// spreadable reports whether an operation that stands can be noted with another precision: a log with a time as one
// without, and one that came of that back again. Outcomes name the entries that they close, so those stay.
func (j Journal) spreadable(o Operation, to Precision) bool {
	from, again := ByTime, false
	if to == ByTime {
		from = ByDay
	}
	undone := j.undone()
	closed := make(map[uint64]bool)
	for _, e := range j {
		again = again || e.Op == o.Op && e.Act == Undone
		closed[e.Closes] = closed[e.Closes] || e.Closes != 0 && !undone[e.Op]
	}
	for _, e := range j {
		if e.Op == o.Op && closed[e.Seq] {
			return false
		}
	}
	return o.Act == Sent && o.Precision == from && (to == ByDay || again)
}
