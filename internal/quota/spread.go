package quota

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// A Spreading is what came of telling how logs were sent.
type Spreading struct {
	Standing   Standing    // right after it
	Operations []Operation // the logs as they are noted now, in the order in which they were told
	Kept       int         // so many of the same burst stay as they were: something has come of those logs already

	next uint64
}

// Sum returns how many the logs told of.
func (s Spreading) Sum() int {
	n := 0
	for _, o := range s.Operations {
		n += o.Quantity
	}
	return n
}

// ErrNoPace says that how a log was sent cannot be told any more: pace is not judged on it, it has passed a ceiling,
// or something has come of it already.
var ErrNoPace = errors.New("it says nothing about pace")

// Spread notes that a log was sent over the day and not at once, and with it every log that the message about it tells of:
// those in the window of the line that it crossed. Each is taken back and recorded again at the same time, with the same
// persons, as ByDay, all in one write. No number changes, pace is not judged on them any more, and what was said about it is
// taken back. A repeated key changes nothing and returns what the first one returned. Errors are those of Undo, and
// ErrNoPace.
func (b *Book) Spread(ctx context.Context, who Who, key string, at time.Time, op uint64) (Spreading, error) {
	return b.respread(ctx, who, key, at, op, ByDay)
}

// Gather takes a Spread back, given one of the operations that came of it: its logs count as sent at their time again.
// What was said about pace is not said again. Errors are those of Spread.
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
			for _, o := range f.Journals[who.ID].before(r.last + 1).Operations() {
				if o.Op >= r.first {
					out.Operations = append(out.Operations, o)
				}
			}
			slices.Reverse(out.Operations)
			out.Kept, out.next = r.returned, r.last+1
			out.Standing = b.standing(f, who, r.at, out.next, since)
			out.Standing.Journal = out.Standing.Journal.before(out.next) // of its own: facts are the store's
			return out, len(out.Operations) > 0 && out.Operations[0].Act == Sent && out.Operations[0].Precision == to
		})
	if err == nil {
		out.Standing, err = b.settled(ctx, out.Standing, who, out.next, out.Operations[0].Kind)
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
	past := make(map[uint64]bool) // a ceiling, of which somebody was told
	until := o.Recorded.Add(nudgeEdits)
	for _, i := range f.Intents {
		past[i.Op] = past[i.Op] || i.Kind() == CeilingKind && i.alive()
		if i.Op == op && i.Kind() == NudgeKind && i.alive() {
			until = i.begun().Add(nudgeEdits)
		}
	}
	if !j.spreadable(o, to) || past[op] {
		return Change{}, receipt{}, ErrNoPace
	}
	r := receipt{at: at, first: f.Next}
	var c Change
	for _, x := range b.standing(f, who, at, f.Next, undoFrom(at)).together(o, until) {
		if !j.spreadable(x, to) || past[x.Op] {
			if to == ByDay && x.Precision == ByTime {
				r.returned += x.Quantity
			}
			continue
		}
		next := f.Next + uint64(len(c.Entries))
		c.Entries = append(c.Entries, j.reverse(x.Op, next, at)...)
		for _, e := range j {
			if e.Op == x.Op && e.Act == Sent {
				e.Seq, e.Op, e.Recorded, e.Precision = f.Next+uint64(len(c.Entries)), next, at, to
				c.Entries = append(c.Entries, e)
			}
		}
	}
	if to == ByDay {
		left := b.standing(after(f, c), who, at, f.Next+uint64(len(c.Entries)), undoFrom(at))
		c.Intents = left.afterUndo(f.Intents, op)
	}
	r.last = c.Entries[len(c.Entries)-1].Seq
	return c, r, nil
}

// together returns the logs of invites that a message about o tells of, o among them, in the order in which they were told:
// those in the window of the line that o crossed, told until a moment; and of a log that was noted before, those that were
// noted with it.
func (s Standing) together(o Operation, until time.Time) []Operation {
	v, _ := s.crossed(o.Op)
	noted := s.Journal.noted()
	var out []Operation
	for _, x := range s.Journal.Operations() {
		with := false
		switch {
		case x.Undone || x.Act != Sent || !x.Kind.Counts(Invite):
		case noted[o.Op]:
			with = noted[x.Op] && x.Recorded.Equal(o.Recorded)
		case x.Precision != ByTime || x.Recorded.After(until):
		case v.Line == BurstLine:
			with = x.At.After(o.Recorded.Add(-v.Limit.Window.Length))
		case v.Line == DayLine:
			with = x.Day == o.Day
		}
		if with || x.Op == o.Op {
			out = append(out, x)
		}
	}
	slices.Reverse(out)
	return out
}

// noted returns the operations that took the place of others: by a Spread or a Gather, for logs.
func (j Journal) noted() map[uint64]bool {
	out := make(map[uint64]bool)
	for _, e := range j {
		if e.Act == Undone {
			out[e.Op] = true
		}
	}
	return out
}

// spreadable reports whether an operation that stands can be noted with another precision: a log with a time as one
// without, and one that came of that back again. Outcomes name the entries that they close, so those stay.
func (j Journal) spreadable(o Operation, to Precision) bool {
	from := ByTime
	if to == ByTime {
		from = ByDay
	}
	undone := j.undone()
	closed := make(map[uint64]bool)
	for _, e := range j {
		closed[e.Closes] = closed[e.Closes] || e.Closes != 0 && !undone[e.Op]
	}
	for _, e := range j {
		if e.Op == o.Op && closed[e.Seq] {
			return false
		}
	}
	return o.Act == Sent && o.Precision == from && (to == ByDay || j.noted()[o.Op])
}
