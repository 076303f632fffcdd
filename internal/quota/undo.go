package quota

import (
	"context"
	"errors"
	"fmt"
	"sort"
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
// was recorded more than MaxBack days ago is not found. The member's row follows: a restriction is again what the
// other reports say. Of the answers about the time before the first log the one before holds again; whoever takes the
// first one back may be asked again. An answer that holds again is the latest operation, and can be taken back in turn. A repeated key undoes nothing more
// and returns what the first one returned, as Log does. Errors are ErrNothingToUndo and AlreadyUndone.
func (b *Book) Undo(ctx context.Context, who Who, key string, at time.Time, op uint64) (Undid, error) {
	at = at.UTC().Truncate(time.Microsecond)
	var out Undid
	err := b.lookingBack(ctx, who, at, undoFrom(at), func(h hindsight) (err error) {
		out, err = b.undo(ctx, who, key, at, op, h)
		return err
	})
	if err == nil {
		out.Standing, err = b.settled(ctx, out.Standing, who, out.next, out.Operation.Kind)
	}
	if err != nil {
		return Undid{}, fmt.Errorf("undo: %w", err)
	}
	return out, nil
}

// undo is Undo with what it looks back on.
func (b *Book) undo(ctx context.Context, who Who, key string, at time.Time, op uint64, h hindsight) (out Undid, err error) {
	need := Need{Members: []Span{{Member: who.ID, From: h.from}}, Intents: append(undoNames(who.ID, at), spellNames(who.ID, h.reports...)...)}
	done, err := b.store.Do(ctx, Write{Workspace: who.Workspace, Key: key, At: at, Need: need, Decide: func(f Facts) (Change, error) {
		j := f.Journals[who.ID]
		target, err := undoable(j, op, at)
		if err != nil {
			return Change{}, err
		}
		c := Change{Entries: j.reverse(target.Op, f.Next, at)}
		row := f.Members[who.ID]
		switch {
		case target.Act == Restricted || target.Act == Lifted:
			if !h.suffices(j, at) {
				return Change{}, errShortSighted
			}
			left := j.spells(target.Op)
			row.Restriction = latest(left).Restriction
			c.Intents = append(c.Intents, b.standing(f, who, at, f.Next, h.from).respelled(j.spells(0), left, f.Intents)...)
		case target.recollection():
			told, _ := j.recalled(target.Op)
			c.Entries = append(c.Entries, j.restate(told.Closes, f.Next, f.Next+uint64(len(c.Entries)), at)...)
			row.Told = told.Until
		}
		if row != f.Members[who.ID] {
			c.Members = []Member{row}
		}
		left := b.standing(after(f, c), who, at, f.Next+uint64(len(c.Entries)), h.from)
		c.Intents = append(left.afterUndo(f.Intents, target.Op), c.Intents...)
		r := receipt{at: at, first: f.Next, last: f.Next + uint64(len(c.Entries)) - 1}
		c.Answer = r.bytes()
		f = after(f, c)
		f.Journals[who.ID] = f.Journals[who.ID].since(undoFrom(at)) // as a repeat sees it
		out = b.undid(f, who, r, undoFrom(at))
		return c, nil
	}})
	if err == nil && done.Repeat {
		return b.undidBefore(ctx, who, done.Answer)
	}
	return out, err
}

// reverse returns the entries that take an operation back, numbered from next on.
func (j Journal) reverse(op, next uint64, at time.Time) []Entry {
	var out []Entry
	for _, e := range j {
		if e.Act == Undone || e.Op != op {
			continue
		}
		if e.Act == Remembered { // what it took the place of matters to it alone
			e.Closes, e.Until = 0, time.Time{}
		}
		e.Seq, e.Op, e.Act, e.Undoes, e.Recorded = next+uint64(len(out)), next, Undone, op, at
		out = append(out, e)
	}
	return out
}

// undoFrom is how far back an undo must see: all that was recorded in the last MaxBack days, however far back it
// was sent, and the week of it. A recollection reaches furthest, to the beginning of the week before a first log.
func undoFrom(at time.Time) time.Time { return oldest(at.Add(-MaxBack * day)).Add(-3 * week) }

// since returns the entries of j that do not stand before a moment.
func (j Journal) since(from time.Time) Journal {
	i := sort.Search(len(j), func(i int) bool { return !j[i].At.Before(from) })
	return j[i:]
}

// undoable returns the operation that an undo means.
func undoable(j Journal, op uint64, at time.Time) (Operation, error) {
	for _, o := range j.Operations() {
		switch {
		case op != 0 && o.Op != op:
		case o.Undone && op != 0:
			return Operation{}, AlreadyUndone{Operation: o}
		case o.Undone || j.told(o).Before(at.Add(-MaxBack*day)):
		default:
			return o, nil
		}
	}
	return Operation{}, ErrNothingToUndo
}

// told returns when what o says was first told: an answer that holds again was told before it was recorded.
func (j Journal) told(o Operation) time.Time {
	if e, ok := j.recalled(o.Op); ok {
		return earlier(e.At, o.Recorded)
	}
	return o.Recorded
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
	from := undoFrom(r.at)
	f, err := b.store.Read(ctx, who.Workspace, Need{Members: []Span{{Member: who.ID, From: from}}})
	if err != nil {
		return Undid{}, err
	}
	out := b.undid(f, who, r, from)
	if out.Operation.Op == 0 {
		return Undid{}, errReceipt // the key belongs to something that was not this member's undo
	}
	return out, nil
}
