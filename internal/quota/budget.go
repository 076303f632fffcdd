package quota

import (
	"sort"
	"time"
)

// A Gauge is one limit measured at one moment.
type Gauge struct {
	Limit
	Used int
	Ends time.Time // when the window ends; zero for a rolling one
}

// Room returns how many more fit, never below 0.
func (g Gauge) Room() int { return max(0, g.Max-g.Used) }

// Over returns by how many the limit is passed, never below 0.
func (g Gauge) Over() int { return max(0, g.Used-g.Max) }

// A Budget is what one member has for one kind of outreach at one moment.
type Budget struct {
	Kind   Kind
	At     time.Time
	Gauges []Gauge // every limit on the kind, in the order of the policy
	Left   int     // the smallest room over the gauges that bind, never below 0
	Week   int     // the same over those of them that count the calendar week: Left, once the last 7 days allow it
	binds  int     // index of the gauge that gives Left; -1 if nothing binds
}

// Binding returns the gauge that gives Left. When several give the same the first of the policy is named.
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

// Measure measures every limit of p on kind at one moment. today is the member's civil day at that
// moment. The journal must reach back to the start of the week and over the longest rolling window.
//
// An entry later than at still counts: a fact recorded before a clock stepped back stays a fact.
func Measure(p Policy, j Journal, kind Kind, at time.Time, today Day) Budget {
	b := Budget{Kind: kind, At: at, Gauges: make([]Gauge, 0, len(p.Limits)), binds: -1}
	weekly := -1
	w := WeekOf(at)
	for _, l := range p.Limits {
		if !kind.Counts(l.Kind) {
			continue
		}
		g := Gauge{Limit: l}
		switch l.Window.Kind {
		case CalendarWeek:
			g.Used, g.Ends = j.Sent(l.Kind, w.Start(), w.End()), w.End()
		case Rolling:
			g.Used = j.since(l.Kind, at.Add(-l.Window.Length))
		case CalendarDay:
			g.Used = j.SentOn(l.Kind, today)
		}
		b.Gauges = append(b.Gauges, g)
		if l.Force == Soft {
			continue
		}
		i := len(b.Gauges) - 1
		if b.binds < 0 || g.Room() < b.Gauges[b.binds].Room() {
			b.binds = i
		}
		if l.Window.Kind == CalendarWeek && (weekly < 0 || g.Room() < b.Gauges[weekly].Room()) {
			weekly = i
		}
	}
	if b.binds >= 0 {
		b.Left = b.Gauges[b.binds].Room()
		b.Week = b.Left
	}
	if weekly >= 0 {
		b.Week = b.Gauges[weekly].Room()
	}
	return b
}

// since returns how many of a kind were sent after from, undone ones taken off.
func (j Journal) since(kind Kind, from time.Time) int {
	n := 0
	for i := range j {
		if e := &j[i]; e.Kind.Counts(kind) && e.At.After(from) {
			n += e.Delta()
		}
	}
	return n
}

// An Opening is the next moment at which more is left than now, if nothing is sent until then.
type Opening struct {
	At   time.Time
	More int // how many more than now
	Left int // how many are left then
}

// NextOpening returns the next opening after b.At. What a rolling window frees within one hour is told as
// one opening, at the end of it. ok is false when nothing binds or the whole budget is free already. A
// calendar day that binds opens nothing here: when it ends is for the member's zone to say.
func NextOpening(b Budget, j Journal) (o Opening, ok bool) {
	if b.binds < 0 {
		return Opening{}, false
	}
	var moments []time.Time
	for _, g := range b.Gauges {
		switch {
		case g.Force == Soft:
		case g.Window.Kind == CalendarWeek:
			moments = append(moments, g.Ends, g.Ends.Add(week)) // the second for entries later than b.At
		case g.Window.Kind == Rolling:
			for _, e := range j {
				if t := e.At.Add(g.Window.Length); t.After(b.At) && e.Kind.Counts(g.Kind) {
					moments = append(moments, t)
				}
			}
		}
	}
	sort.Slice(moments, func(a, b int) bool { return moments[a].Before(moments[b]) })
	f := newForecast(b, j)
	var first time.Time
	for _, t := range moments {
		if ok && (t.Sub(first) > time.Hour || WeekOf(t) != WeekOf(first) || first.Equal(WeekOf(first).Start()) && t.After(first)) {
			break
		}
		if left := f.left(t); left > b.Left+o.More {
			if !ok {
				first, ok = t, true
			}
			o = Opening{At: t, More: left - b.Left, Left: left}
		}
	}
	return o, ok
}

// A forecast tells what will be left at later moments if nothing more is sent.
type forecast struct {
	gauges []Gauge // those that bind
	at     []time.Time
	total  [][]int // for each gauge, the running total of what was sent, one longer than at
}

func newForecast(b Budget, j Journal) *forecast {
	f := &forecast{}
	for _, g := range b.Gauges {
		if g.Force != Soft {
			f.gauges = append(f.gauges, g)
		}
	}
	f.total = make([][]int, len(f.gauges))
	for i := range f.total {
		f.total[i] = make([]int, 1, len(j)+1)
	}
	for _, e := range j {
		f.at = append(f.at, e.At)
		for i, g := range f.gauges {
			n := f.total[i][len(f.at)-1]
			if e.Kind.Counts(g.Kind) {
				n += e.Delta()
			}
			f.total[i] = append(f.total[i], n)
		}
	}
	return f
}

// left returns the smallest room at t, never below 0. Something must bind.
func (f *forecast) left(t time.Time) int {
	least := f.room(0, t)
	for i := range f.gauges {
		least = min(least, f.room(i, t))
	}
	return max(0, least)
}

// room returns the room of gauge i at t; below 0 when it is passed.
func (f *forecast) room(i int, t time.Time) int {
	g, total := f.gauges[i], f.total[i]
	from, until := f.first(t.Add(-g.Window.Length).Add(1)), len(f.at)
	switch g.Window.Kind {
	case CalendarDay:
		return g.Max - g.Used
	case CalendarWeek:
		from, until = f.first(WeekOf(t).Start()), f.first(WeekOf(t).End())
	}
	return g.Max - (total[until] - total[from])
}

// first returns the index of the first entry that is not before t.
func (f *forecast) first(t time.Time) int {
	return sort.Search(len(f.at), func(k int) bool { return !f.at[k].Before(t) })
}
