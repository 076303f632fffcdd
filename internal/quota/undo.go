package quota

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrNothingToUndo says that there is no log left to undo.
var ErrNothingToUndo = errors.New("there is nothing to undo")

// AlreadyUndone says that an operation was undone before.
type AlreadyUndone struct{ Operation Operation }

func (e AlreadyUndone) Error() string {
	return fmt.Sprintf("operation %d is undone already", e.Operation.Op)
}

// Undid is what came of an undo.
type Undid struct {
	Standing  Standing // right after it
	Operation Operation

	next uint64 // the number behind its last entry
}

// Undo takes back a whole operation: the one numbered op, or with 0 the latest that is not undone yet. What
// was recorded more than MaxBack days ago is not found. A repeated key undoes nothing more and returns what
// the first one returned, as Log does. Errors are ErrNothingToUndo and AlreadyUndone.
func (b *Book) Undo(ctx context.Context, who Who, key string, at time.Time, op uint64) (Undid, error) {
	at = at.UTC().Truncate(time.Microsecond)
	var out Undid
	need := b.undoNeeds(who, at)
	done, err := b.store.Do(ctx, Write{Workspace: who.Workspace, Key: key, At: at, Need: need, Decide: func(f Facts) (Change, error) {
		j := f.Journals[who.ID]
		target, err := undoable(j, op, at)
		if err != nil {
			return Change{}, err
		}
		var c Change
		for _, e := range j {
			if e.Act == Undone || e.Op != target.Op {
				continue
			}
			e.Seq, e.Op, e.Act, e.Undoes, e.Recorded = f.Next+uint64(len(c.Entries)), f.Next, Undone, target.Op, at
			c.Entries = append(c.Entries, e)
		}
		r := receipt{at: at, first: f.Next, last: f.Next + uint64(len(c.Entries)) - 1}
		c.Answer = r.bytes()
		out = b.undid(after(f, c), who, r, need.Members[0].From)
		return c, nil
	}})
	if err == nil && done.Repeat {
		out, err = b.undidBefore(ctx, who, done.Answer)
	}
	if err == nil {
		out.Standing, err = b.settled(ctx, out.Standing, who, out.next, out.Operation.Kind)
	}
	if err != nil {
		return Undid{}, fmt.Errorf("undo: %w", err)
	}
	return out, nil
}

// undoNeeds is what an undo must see: all that was recorded in the last MaxBack days, however far back it
// was sent, and the week of it.
func (b *Book) undoNeeds(who Who, at time.Time) Need {
	return Need{Members: []Span{{Member: who.ID, From: oldest(at.Add(-MaxBack * day)).Add(-week)}}}
}

// undoable returns the operation that an undo means.
func undoable(j Journal, op uint64, at time.Time) (Operation, error) {
	for _, o := range j.Operations() {
		switch {
		case op != 0 && o.Op != op:
		case o.Undone && op != 0:
			return Operation{}, AlreadyUndone{Operation: o}
		case o.Undone || o.Recorded.Before(at.Add(-MaxBack*day)):
		default:
			return o, nil
		}
	}
	return Operation{}, ErrNothingToUndo
}

// undid draws the result of an undo from the entries that it made.
func (b *Book) undid(f Facts, who Who, r receipt, since time.Time) Undid {
	j := f.Journals[who.ID].before(r.last + 1)
	out := Undid{next: r.last + 1}
	for _, e := range j {
		if e.Seq != r.first || e.Act != Undone {
			continue
		}
		for _, o := range j.Operations() {
			if o.Op == e.Undoes {
				out.Operation = o
			}
		}
		out.Standing = b.standing(f, who, e.Recorded, r.last+1, since)
	}
	return out
}

// undidBefore draws the result of an earlier undo again.
func (b *Book) undidBefore(ctx context.Context, who Who, answer []byte) (Undid, error) {
	r, err := parseReceipt(answer)
	if err != nil {
		return Undid{}, err
	}
	need := b.undoNeeds(who, r.at)
	f, err := b.store.Read(ctx, who.Workspace, need)
	if err != nil {
		return Undid{}, err
	}
	out := b.undid(f, who, r, need.Members[0].From)
	if out.Operation.Op == 0 {
		return Undid{}, errReceipt // the key belongs to something that was not this member's undo
	}
	return out, nil
}
