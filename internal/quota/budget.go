package quota

import "time"

// A Gauge is one limit measured for one member at one moment.
type Gauge struct {
	*Limit
	Max     int // what the limit allows now, with what was carried over
	Carried int // of an earlier month
	Used    int
	Ends    time.Time // when the window ends; zero for a rolling one and a stock
	By      Number    // who chose the number; its At is zero if nobody did
}

// Room returns how many more fit, never below 0.
func (g Gauge) Room() int { return max(0, g.Max-g.Used) }

// Over returns by how many the limit is passed, never below 0.
func (g Gauge) Over() int { return max(0, g.Used-g.Max) }

// A Budget is what one member has for one kind of outreach at one moment.
type Budget struct {
	Kind   Kind
	At     time.Time
	Gauges []Gauge // the limits in force on the kind, in the order of the preset
	Left   int     // the smallest room over the gauges that bind, never below 0
	Week   int     // Left, once the last 7 days allow it: the same over those that count the week or, beside one, the month
	binds  int     // index of the gauge that gives Left; -1 if nothing binds
}

// Binding returns the gauge that gives Left. When several give the same the first of the preset is named.
// ok is false if nothing binds this kind; Left and Week then mean nothing.
func (b Budget) Binding() (g Gauge, ok bool) {
	if b.binds < 0 {
		return Gauge{}, false
	}
	return b.Gauges[b.binds], true
}

// Find returns the gauge of a limit's name.
func (b Budget) Find(name string) (g Gauge, ok bool) {
	for _, g := range b.Gauges {
		if g.Name == name {
			return g, true
		}
	}
	return Gauge{}, false
}

// Budget measures every limit in force on a kind for which the journal reaches back far enough.
//
// An entry later than s.At still counts: a fact recorded before a clock stepped back stays a fact.
func (s Standing) Budget(kind Kind) Budget {
	limits := s.Terms.preset().Limits
	b := Budget{Kind: kind, At: s.At, Gauges: make([]Gauge, 0, s.inForce(kind)), binds: -1}
	week, month, weekly := unlimited, unlimited, false
	for i := range limits {
		l := &limits[i]
		if !kind.Counts(l.Kind) || !s.stage(l.Stage, s.At) {
			continue
		}
		b.Gauges = append(b.Gauges, Gauge{})
		n := len(b.Gauges) - 1
		g := &b.Gauges[n]
		if !s.measure(g, l, s.At) {
			b.Gauges = b.Gauges[:n]
			continue
		}
		if l.Force == Soft {
			continue
		}
		if b.binds < 0 || g.Room() < b.Gauges[b.binds].Room() {
			b.binds = n
		}
		switch l.Window.Kind {
		case CalendarWeek:
			week, weekly = min(week, g.Room()), true
		case CalendarMonth:
			month = min(month, g.Room())
		}
	}
	if b.binds >= 0 {
		b.Left = b.Gauges[b.binds].Room()
		b.Week = b.Left
	}
	if weekly {
		b.Week = min(week, month)
	}
	return b
}

// gauge measures one limit at a moment, if nothing is recorded until then. ok is false when it is not in
// force then, or the journal is too short for it.
func (s *Standing) gauge(l *Limit, at time.Time) (g Gauge, ok bool) {
	ok = s.measure(&g, l, at)
	return g, ok
}

// inForce returns how many limits on a kind may be in force now.
func (s *Standing) inForce(kind Kind) int {
	n := 0
	limits := s.Terms.preset().Limits
	for i := range limits {
		if l := &limits[i]; kind.Counts(l.Kind) && s.stage(l.Stage, s.At) {
			n++
		}
	}
	return n
}

// measure is gauge into a gauge that is there.
func (s *Standing) measure(g *Gauge, l *Limit, at time.Time) bool {
	n, by, ok := s.number(l, at)
	if !ok {
		return false
	}
	j, since := s.Journal, s.Since
	if l.Pool {
		j, since = s.Pool, s.PoolSince
	}
	if since.IsZero() || s.reach(l, at).Before(since) {
		return false
	}
	w := s.window(l, at)
	*g = Gauge{Limit: l, Max: n, By: by}
	if l.Window.Kind != Rolling && l.Window.Kind != Stock {
		g.Ends = w.until
	}
	switch l.Basis {
	case BySent:
		if l.Window.Kind == Spell {
			g.Used = j.confined(s.Member.Restriction, l.Kind)
			break
		}
		g.Used = j.sum(w, l.Kind, Sent)
	case ByAccepted:
		g.Used = j.sum(w, l.Kind, Accepted)
	case SentLessWithdrawn:
		g.Used = j.credited(w, l.Kind, Withdrawn)
	case SentLessAccepted:
		g.Used = j.credited(w, l.Kind, Accepted)
	case ByPending:
		g.Used = j.Pending(l.Kind, at)
	case SentLessAnswered:
		s.credits(g, at)
	}
	return true
}

// A span of time is what a window covers: the entries with from ≤ At < until, or those of a civil day.
type stretch struct {
	from, until time.Time
	day         Day
	byDay       bool
	timed       bool // only what says something about pace
}

// forever is later than every entry.
var forever = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)

// window returns what a limit counts at a moment.
func (s *Standing) window(l *Limit, at time.Time) stretch {
	switch l.Window.Kind {
	case CalendarWeek:
		w := WeekOf(at)
		return stretch{from: w.Start(), until: w.End()}
	case CalendarDay:
		d := DayOf(at, s.Zone)
		return stretch{day: d, byDay: true, until: (d + 1).In(s.Zone, 0, 0)}
	case CalendarMonth:
		from, until := s.Member.Account.month(l, at)
		return stretch{from: from, until: until}
	case Spell:
		return stretch{until: s.Member.Restriction.Until} // see Journal.confined
	}
	// Entries have whole microseconds, so what is later than at − Length is at least one later.
	return stretch{from: at.Add(-l.Window.Length).Truncate(time.Microsecond).Add(time.Microsecond), until: forever, timed: l.Timed}
}

// month returns the month that holds a moment, of the calendar in UTC or of the account's billing.
func (a Account) month(l *Limit, at time.Time) (from, until time.Time) {
	d := 1
	if l.Window.Billing && a.Billing > 1 && a.Type != SalesNavigator { // Sales Navigator grants on the 1st
		d = int(a.Billing)
	}
	y, m, _ := at.UTC().Date()
	if from = monthly(y, m, d); at.Before(from) {
		return monthly(y, m-1, d), from
	}
	return from, monthly(y, m+1, d)
}

// monthly returns day d of a month, or its last day if it is shorter, 00:00 UTC.
func monthly(y int, m time.Month, d int) time.Time {
	last := time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC)
	return time.Date(last.Year(), last.Month(), min(d, last.Day()), 0, 0, 0, 0, time.UTC)
}

// reach returns how far back a journal must go to measure a limit at a moment.
func (r *Rules) reach(l *Limit, at time.Time) time.Time {
	switch l.Window.Kind {
	case CalendarWeek:
		return WeekOf(at).Start()
	case CalendarDay:
		return at.Add(-51 * time.Hour) // a day of 25 h, and a member who moved from 14 h east of UTC to 12 h west
	case CalendarMonth:
		from, _ := r.Member.Account.month(l, at)
		if l.Basis == SentLessAnswered {
			for range carriedMonths {
				from, _ = r.Member.Account.month(l, from.Add(-1))
			}
			return from.Add(-AnswerCredit)
		}
		return from
	case Spell:
		return at // nothing is counted
	}
	return at.Add(-l.Window.Length)
}
