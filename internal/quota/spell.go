package quota

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// What is said about a restriction is one message to each of up to four managers, and one to the member once it is over.
// Each is kept true: a new end, its end, and an undo put it into other words or take it away. A restriction that begins
// after another one is over is said anew.

// spellNames are the intents about the restrictions of a member.
func spellNames(member string) []string {
	return append(managerNames(SpellKind, member), BackOnKind+"/"+member)
}

// spell returns what is said when e reports a restriction or its end; was is the restriction as it was before.
func (s Standing) spell(was Restriction, e Entry, known map[string]Intent) []Intent {
	lasts := was.holds(e.At)
	names := spellNames(s.Member.ID)
	back := known[names[managers]]
	if e.Act == Lifted {
		var out []Intent
		for _, name := range names[:managers] {
			if i := known[name]; i.about(was) {
				out = append(out, i.renewed(s.At, i.Op))
			}
		}
		if back.alive() && back.State != Posted {
			out = append(out, back.dropped(s.At))
		}
		return out
	}
	current := make(map[string]Intent)
	for _, name := range names[:managers] {
		if i := known[name]; i.alive() && (i.State != Posted || lasts && i.about(was)) {
			current[name] = i
		}
	}
	var out []Intent
	for n, m := range s.told(names[:managers], current) {
		switch i, there := current[names[n]]; {
		case there:
			out = append(out, i.renewed(s.At, e.Op))
		case m != "":
			out = append(out, s.message(names[n], m, e.Op, s.At))
		}
	}
	return append(out, s.backOn(e.Op))
}

// backOn is what the member is told when the restriction is over.
func (s Standing) backOn(op uint64) Intent {
	return s.message(BackOnKind+"/"+s.Member.ID, s.Member.ID, op, s.awake(s.Member.Restriction.Until))
}

// unspell returns what becomes of what was said about a restriction once a report of it, or of its end, is undone. was
// is the restriction as it was before; the one of s is what the other reports say.
func (s Standing) unspell(was Restriction, undone uint64, known map[string]Intent) []Intent {
	op := undone
	if left := s.Journal.spells(undone); len(left) > 0 && left[len(left)-1].touches(was) {
		op = left[len(left)-1].op
	}
	names := spellNames(s.Member.ID)
	var out []Intent
	for _, name := range names[:managers] {
		switch i := known[name]; {
		case i.alive() && (i.Op == undone || i.about(was)):
			if i.Op == undone {
				i.Op = op
			}
			out = append(out, i.renewed(s.At, i.Op))
		case i.State == Cancelled && i.Tries == 0 && i.Op == op && op != undone && s.Member.Restriction.holds(s.At): // it was over before it was told
			out = append(out, s.message(name, i.To, op, s.At))
		}
	}
	back := known[names[managers]]
	switch {
	case s.Member.Restriction.holds(s.At) && (back.State != Posted || back.At == Place{}):
		out = append(out, s.backOn(op))
	case back.alive() && back.State == Posted && back.Op == undone:
		out = append(out, back.renewed(s.At, op))
	case back.alive() && back.State != Posted:
		out = append(out, back.dropped(s.At))
	}
	return out
}

// about reports whether i may stand in Slack and is about a restriction.
func (i Intent) about(x Restriction) bool {
	return i.alive() && !x.From.IsZero() && !i.Due.Before(x.From)
}

// renewed is i to be said in other words now, because of an operation.
func (i Intent) renewed(at time.Time, op uint64) Intent {
	i = i.anew(at)
	i.Op, i.Due, i.Expires = op, at, at.Add(MessageLife)
	return i
}

// dropped is i, which nobody has said yet, with nothing to say any more.
func (i Intent) dropped(at time.Time) Intent {
	i.State, i.Token, i.Next, i.Content, i.Settled, i.Reason = Cancelled, 0, time.Time{}, nil, at, "there is nothing to come back from"
	return i
}

// A spell is one restriction as the reports tell it.
type spell struct {
	Restriction
	op     uint64 // the latest report of it
	lifted bool   // its end was reported
}

// touches reports whether x is the same restriction with another beginning or end.
func (x spell) touches(y Restriction) bool {
	return x.From.Equal(y.From) || x.Until.Equal(y.Until) || x.From.Before(y.Until) && y.From.Before(x.Until)
}

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
		switch {
		case e.Act == Restricted && lasts:
			out[last].Restriction, out[last].op, out[last].lifted = out[last].with(e), e.Op, false
		case e.Act == Restricted:
			out = append(out, spell{Restriction: Restriction{}.with(e), op: e.Op})
		case lasts:
			out[last].Restriction, out[last].lifted = out[last].with(e), true
		}
	}
	return out
}

// Spelled returns how a member stands under the restriction that an operation reported, as it is told now. Its
// end is the reported one until that has been taken back or corrected; lifted is when it ended early, or zero. The error
// is ErrUndone when no report tells of it any more.
func (b *Book) Spelled(ctx context.Context, who Who, at time.Time, op uint64) (s Standing, lifted time.Time, err error) {
	if s, err = b.Standing(ctx, who, at, Invite); err != nil {
		return Standing{}, time.Time{}, err
	}
	f, err := b.store.Read(ctx, who.Workspace, Need{Members: []Span{{Member: who.ID, From: at.Add(-2 * MaxRestriction)}}})
	if err != nil {
		return Standing{}, time.Time{}, err
	}
	for _, x := range f.Journals[who.ID].spells(0) {
		if x.op == op {
			if x.lifted {
				lifted = x.Until
			}
			s.Member.Restriction = x.Restriction
			return s, lifted, nil
		}
	}
	return Standing{}, time.Time{}, ErrUndone
}
