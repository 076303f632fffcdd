package quota

import (
	"slices"
	"time"
)

// An Opening is the next moment at which more is left than now, if nothing is sent until then.
type Opening struct {
	At   time.Time
	More int // how many more than now
	Left int // how many are left then
}

// NextOpening returns the next opening after s.At. What a rolling window frees within one hour is told as one
// opening, at the end of it. Once nothing binds invites any more, what is left of Rules.Weekly counts. ok is false
// when nothing binds now or the whole budget is free already.
func (s Standing) NextOpening(b Budget) (o Opening, ok bool) {
	if b.binds < 0 {
		return Opening{}, false
	}
	var first time.Time
	for _, t := range s.moments(b.Kind, s.At) {
		if ok && (t.Sub(first) > time.Hour || WeekOf(t) != WeekOf(first) || first.Equal(WeekOf(first).Start()) && t.After(first)) {
			break
		}
		left, bound := s.leftAt(b.Kind, t)
		switch {
		case bound:
		case b.Kind.Counts(Invite):
			left = s.reference(t)
		default: // there is no number to tell
			continue
		}
		if left > b.Left+o.More {
			if !ok {
				first, ok = t, true
			}
			o = Opening{At: t, More: left - b.Left, Left: left}
		}
	}
	return o, ok
}

// moments returns the moments after at at which what is left of a kind may grow, in order.
func (s *Standing) moments(kind Kind, at time.Time) []time.Time {
	out := s.turns(at)
	limits := s.Preset().Limits
	for i := range limits {
		l := &limits[i]
		if l.Force == Soft || !kind.Counts(l.Kind) {
			continue
		}
		switch l.Window.Kind {
		case Rolling:
			j := s.Journal
			if l.Pool {
				j = s.Pool
			}
			for k := range j {
				e := &j[k]
				if t := e.At.Add(l.Window.Length); t.After(at) && e.Kind.Counts(l.Kind) {
					out = append(out, t)
				}
			}
		case CalendarWeek, CalendarDay, CalendarMonth:
			ends := s.window(l, at).until
			out = append(out, ends, s.window(l, ends).until) // the second for entries later than at
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// leftAt returns what will be left at t if nothing more is sent until then; ok is false when nothing binds
// then, and left is then more than anybody sends.
func (s *Standing) leftAt(kind Kind, t time.Time) (left int, ok bool) {
	left = unlimited
	limits := s.Preset().Limits
	for i := range limits {
		l := &limits[i]
		if l.Force == Soft || !kind.Counts(l.Kind) {
			continue
		}
		if g, in := s.gauge(l, t); in {
			left, ok = min(left, g.Room()), true
		}
	}
	return left, ok
}

// unlimited is more than any number a limit may have.
const unlimited = 1 << 30
