package quota

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// What is said about a restriction is one message to each of up to four managers, and one to the member once it is over.
// Each is kept true: a new end, its end, and an undo put it into other words or take it away. A restriction that begins
// after another one is over is said anew, and what was said about the other one stays.

// respelled returns what becomes of what is said about a member's restrictions, once a report of one or of its end is
// made or undone: before and after are the restrictions without and with that.
func (s Standing) respelled(before, after []spell, known map[string]Intent) []Intent {
	return append(s.toManagers(before, after, known), s.toMember(before, after, known)...)
}

// A telling is what one person reads about the restriction whose latest report is op.
type telling struct {
	to string
	op uint64
}

// toManagers is the part of respelled that managers read.
func (s Standing) toManagers(before, after []spell, known map[string]Intent) []Intent {
	out, told := s.reworded(before, after, known)
	switch last := latest(after); {
	case !last.holds(s.At):
		return out
	case spellOf(before, last.op()).ops == nil:
		return append(out, s.announced(last, told, known)...)
	default:
		return append(out, s.restored(last, told, known)...)
	}
}

// reworded returns the messages to managers that say something else from now on, and what the others and they tell then.
func (s Standing) reworded(before, after []spell, known map[string]Intent) (out []Intent, told map[telling]bool) {
	last := latest(after)
	begins := len(last.ops) == 1 && spellOf(before, last.op()).ops == nil
	own := managerNames(SpellKind, spellAbout(s.Member.ID, last.told)) // left to announced
	told = make(map[telling]bool)
	for _, i := range spelled(SpellKind, after, known) {
		was, x := spellOf(before, i.Op), heir(before, after, i.Op)
		switch {
		case x.ops == nil && was.ops != nil: // undone now
			out = append(out, i.renewed(s.At, i.Op))
		case begins && i.unsaid() && !slices.Contains(own, i.Name):
			out = append(out, i.dropped(s.At, "LinkedIn has restricted the member again"))
		case x.ops == nil: // undone before
		case told[telling{i.To, x.op()}]: // two restrictions have become one; i goes
			out = append(out, i.renewed(s.At, i.Op))
		default:
			told[telling{i.To, x.op()}] = true
			if i.Op != x.op() || !x.same(was) {
				out = append(out, i.renewed(s.At, x.op()))
			}
		}
	}
	return out, told
}

// announced returns what managers who were not told of x yet are told, when a report of it is made: up to four hear of it.
func (s Standing) announced(x spell, told map[telling]bool, known map[string]Intent) []Intent {
	var free []string
	for _, name := range managerNames(SpellKind, spellAbout(s.Member.ID, x.told)) {
		if was := known[name]; was.unsaid() || !was.alive() { // there is one if a report of this very moment was undone
			free = append(free, name)
		}
	}
	n := 0
	for t := range told {
		if t.op == x.op() {
			n++
		}
	}
	var out []Intent
	for _, m := range s.Team.Managers {
		if m != s.Member.ID && !told[telling{m, x.op()}] && n < managers && len(free) > 0 {
			out = append(out, s.message(free[0], m, x.op(), s.At))
			free, n = free[1:], n+1
		}
	}
	return out
}

// restored returns what is said after all about x, which was over before it could be told until that was undone.
func (s Standing) restored(x spell, told map[telling]bool, known map[string]Intent) []Intent {
	var out []Intent
	own := managerNames(SpellKind, spellAbout(s.Member.ID, x.told)) // also those whose later report was undone as well
	for _, name := range slices.Sorted(maps.Keys(known)) {
		i := known[name]
		about := i.Op == x.op() || slices.Contains(own, name)
		if t := (telling{i.To, x.op()}); i.Kind() == SpellKind && i.State == Cancelled && i.Tries == 0 && about && !told[t] {
			told[t] = true
			out = append(out, s.message(name, i.To, x.op(), s.At))
		}
	}
	return out
}

// toMember is the part of respelled that the member reads: that the last restriction is over, unless somebody reported
// that, and from then on in working hours.
func (s Standing) toMember(before, after []spell, known map[string]Intent) []Intent {
	var name string
	var next Intent
	if x := latest(after); x.ops != nil && !x.lifted {
		if due := s.awake(x.Until); due.After(s.At) {
			name = backOnName(s.Member.ID, x.told)
			next = s.message(name, s.Member.ID, x.op(), due)
		}
	}
	var out []Intent
	for _, i := range spelled(BackOnKind, after, known) {
		switch was, is := spellOf(before, i.Op), spellOf(after, i.Op); {
		case i.State == Posted || i.At != Place{}:
			if was.ops != nil && (is.ops == nil || is.op() != i.Op) {
				out = append(out, i.renewed(s.At, i.Op))
			}
			if i.Name == name {
				name = ""
			}
		case i.Name != name:
			out = append(out, i.dropped(s.At, "there is nothing to come back from"))
		case i.Op == next.Op && i.Due.Equal(next.Due) || !i.unsaid():
			name = ""
		}
	}
	if name != "" {
		out = append(out, next)
	}
	return out
}

// spelled returns the intents of a kind that stand or may still come to, in order: those first whose report is the latest
// of a restriction, then those of later reports.
func spelled(kind string, all []spell, known map[string]Intent) []Intent {
	rank := func(i Intent) int {
		if x := spellOf(all, i.Op); x.ops != nil && x.op() == i.Op {
			return 0
		}
		return 1
	}
	out := slices.DeleteFunc(slices.Collect(maps.Values(known)), func(i Intent) bool { return i.Kind() != kind || !i.alive() })
	slices.SortFunc(out, func(a, b Intent) int {
		return cmp.Or(rank(a)-rank(b), cmp.Compare(b.Op, a.Op), strings.Compare(a.Name, b.Name))
	})
	return out
}

// renewed is i to be said in other words now, because of an operation.
func (i Intent) renewed(at time.Time, op uint64) Intent {
	i = i.anew(at)
	i.Op, i.Due, i.Expires = op, at, at.Add(MessageLife)
	return i
}

// dropped is i, which is not to be said any more, and why.
func (i Intent) dropped(at time.Time, why string) Intent {
	i.State, i.Token, i.Next, i.Content, i.Settled, i.Reason = Cancelled, 0, time.Time{}, nil, at, why
	return i
}
