package quota

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// A spell is one restriction as the reports tell it.
type spell struct {
	Restriction
	ops    []uint64  // the reports of it, in order; none of its end
	told   time.Time // the moment of the last of them
	lifted bool      // its end was reported
}

// op is the latest report of x. What is said about a restriction says so in Op.
func (x spell) op() uint64 { return x.ops[len(x.ops)-1] }

// spells returns the restrictions that j tells of, in the order in which they were reported, leaving one operation out.
func (j Journal) spells(except uint64) []spell {
	undone := j.undone()
	var reports []Entry
	for _, e := range j {
		if (e.Act == Restricted || e.Act == Lifted) && e.Op != except && !undone[e.Op] {
			reports = append(reports, e)
		}
	}
	slices.SortFunc(reports, func(a, b Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	var out []spell
	for _, e := range reports {
		last := len(out) - 1
		lasts := last >= 0 && out[last].holds(e.At)
		if e.Act == Restricted && !lasts {
			out, last = append(out, spell{}), last+1
		}
		switch {
		case e.Act == Restricted:
			x := &out[last]
			x.Restriction, x.ops, x.told, x.lifted = x.with(e), append(x.ops, e.Op), e.At, false
		case lasts:
			out[last].Restriction, out[last].lifted = out[last].with(e), true
		}
	}
	return out
}

// spellOf returns the restriction that an operation reported; one without operations if there is none.
func spellOf(all []spell, op uint64) spell {
	for _, x := range all {
		if slices.Contains(x.ops, op) {
			return x
		}
	}
	return spell{}
}

// latest returns the last one of some restrictions, one without operations if there is none.
func latest(all []spell) spell {
	if len(all) == 0 {
		return spell{}
	}
	return all[len(all)-1]
}

// heir returns the restriction that what was said because of an operation is about from now on: the one that it reports
// still, or else the one of the report before it that it had been about as well.
func heir(before, after []spell, op uint64) spell {
	if x := spellOf(after, op); x.ops != nil {
		return x
	}
	for _, o := range slices.Backward(spellOf(before, op).ops) {
		if x := spellOf(after, o); o < op && x.ops != nil {
			return x
		}
	}
	return spell{}
}

// same reports whether x tells what y tells, because of the same report.
func (x spell) same(y spell) bool {
	return x.told.Equal(y.told) && x.From.Equal(y.From) && x.Until.Equal(y.Until) && x.lifted == y.lifted && slices.Equal(x.ops, y.ops)
}

// Spelled returns how a member stands under the restriction that an operation reported, as it is told now. Its
// end is the reported one until that has been taken back or corrected; lifted is when it ended early, or zero. The error
// is ErrUndone when no report tells of it any more.
func (b *Book) Spelled(ctx context.Context, who Who, at time.Time, op uint64) (s Standing, lifted time.Time, err error) {
	if s, err = b.Standing(ctx, who, at, Invite); err != nil {
		return Standing{}, time.Time{}, err
	}
	f, err := b.store.Read(ctx, who.Workspace, Need{Members: []Span{{Member: who.ID, From: spellsFrom(at)}}})
	if err != nil {
		return Standing{}, time.Time{}, err
	}
	x := spellOf(f.Journals[who.ID].spells(0), op)
	if x.ops == nil || x.op() != op {
		return Standing{}, time.Time{}, ErrUndone
	}
	if x.lifted {
		lifted = x.Until
	}
	s.Member.Restriction = x.Restriction
	return s, lifted, nil
}
