package quota

import (
	"math"
	"time"
)

// A Plan spreads what is left of the week evenly over working days.
type Plan struct {
	PerDay   int // the most on any of its days
	Total    int
	From, To Day
	Days     int // working days from From to To
}

// EasyPlan lays out what is left of b's week over the working days that remain in it: today too, if nothing
// was sent today. It never goes past the daily pace or any limit that binds, taken at noon of each day, now if
// that is later, or once enough opens in the member's hours of that day. While the last days leave little room it begins on a later day,
// if more can be sent that way. ok is false when there is nothing left or no working day to use.
func (s Standing) EasyPlan(b Budget) (p Plan, ok bool) {
	first := s.Today
	if s.Journal.SentOn(b.Kind.widest(), first) > 0 {
		first++
	}
	end := WeekOf(s.At).End()
	days := s.workdays(first, DayOf(end, s.Zone))
	for len(days) > 0 && !days[len(days)-1].noon.Before(end) {
		days = days[:len(days)-1]
	}
	_, until := s.Member.hours()
	for i := range days {
		days[i].end = earlier(days[i].day.In(s.Zone, until/60, until%60), end)
	}
	total := s.weekRoom(b)
	if total == 0 {
		return Plan{}, false
	}
	pace := s.pace(b.Kind, total)
	s = s.planning(b.Kind, len(days))
	for i := range days {
		n := len(days) - i
		top := min(pace, (total+n-1)/n)
		per := most(top, func(per int) bool { return s.fits(b.Kind, days[i:], per, min(per*n, total)) })
		sum := min(per*n, total)
		if per < top { // the last days with fewer
			if more := most(min((per+1)*n, total), func(sum int) bool { return s.fits(b.Kind, days[i:], per+1, sum) }); more > sum {
				per, sum = per+1, more
			}
		}
		if sum > p.Total {
			p = Plan{PerDay: per, Total: sum, From: days[i].day, To: days[len(days)-1].day, Days: n}
		}
	}
	return p, p.Total > 0
}

// A workday is a day on which a plan sends: at noon, now if that is later, or once more opens on it.
type workday struct {
	day       Day
	noon, end time.Time // of the day
}

// workdays returns the days from first to last on which the member works.
func (s *Standing) workdays(first, last Day) []workday {
	var out []workday
	for d := first; d <= last; d++ {
		if s.Member.Workdays.Has(d.Weekday()) && !s.Member.Away.Has(d) {
			noon := d.In(s.Zone, 12, 0)
			if noon.Before(s.At) {
				noon = s.At
			}
			out = append(out, workday{day: d, noon: noon, end: (d + 1).In(s.Zone, 0, 0)})
		}
	}
	return out
}

// pace returns the most that a plan sends on one day, and no more than most: the pace of the preset in force, but
// Paceline's own where that is slower or the preset has none. A number that the team chose holds as it is.
func (s *Standing) pace(kind Kind, most int) int {
	own, _ := presets[0].Find(PaceName)
	if !kind.Counts(own.Kind) {
		return most
	}
	l, ok := s.Preset().Find(PaceName)
	if !ok {
		return min(own.Max, most)
	}
	n, by, ok := s.number(l, s.At)
	switch {
	case !ok: // off
		return most
	case by.At.IsZero():
		n = min(n, own.Max)
	}
	return min(n, most)
}

// weekRoom returns what is left of b's week: where no limit on the week binds, of the number by which
// plans are judged.
func (s *Standing) weekRoom(b Budget) int {
	for _, g := range b.Gauges {
		if g.Force != Soft && g.Window.Kind == CalendarWeek {
			return b.Week
		}
	}
	if !b.Kind.Counts(Invite) {
		return b.Week
	}
	return s.reference(s.At)
}

// reference returns what is left at a moment of the number of invites by which pace and plans are judged.
func (s *Standing) reference(at time.Time) int {
	w := WeekOf(at)
	return max(0, s.Weekly(at)-s.Journal.Sent(Invite, w.Start(), w.End()))
}

// widest returns the widest kind that k counts as.
func (k Kind) widest() Kind {
	if k == Note {
		return Invite
	}
	return k
}

// most returns the largest number up to n that fits, 0 if none does. If a number fits, so do all below it.
func most(n int, fits func(int) bool) int {
	low := 0
	for low < n {
		if mid := (low + n + 1) / 2; fits(mid) {
			low = mid
		} else {
			n = mid - 1
		}
	}
	return low
}

// fits reports whether per on each of some days, at most total in all, stays within every limit that binds.
func (s *Standing) fits(kind Kind, days []workday, per, total int) bool {
	planned := *s
	for _, d := range days {
		n := min(per, total)
		at, left := planned.roomiest(kind, d, n, func(t time.Time) int { left, _ := planned.leftAt(kind, t); return left })
		if left < n {
			return false
		}
		total -= n
		planned.plus(kind, n, d, at)
	}
	return true
}

// roomiest returns the moment of a day, from noon on, at which there is room for n, or else for the most, and for
// how many there is. It is the earliest such moment.
func (s *Standing) roomiest(kind Kind, d workday, n int, room func(time.Time) int) (at time.Time, left int) {
	at, left = d.noon, room(d.noon)
	if left >= n {
		return at, left
	}
	for _, t := range s.moments(kind, d.noon) {
		if left >= n || !t.Before(d.end) {
			break
		}
		if more := room(t); more > left {
			at, left = t, more
		}
	}
	return at, left
}

// planning returns s with journals of its own: no longer than what binds a kind looks at, and with room for so many
// portions.
func (s Standing) planning(kind Kind, portions int) Standing {
	from := near(s.At)
	limits := s.Terms.preset().Limits
	for i := range limits {
		if l := &limits[i]; l.Force != Soft && kind.Counts(l.Kind) {
			from = earlier(from, s.reach(l, s.At))
		}
	}
	own := func(j Journal) Journal {
		j = j[j.index(from):]
		return append(make(Journal, 0, len(j)+portions), j...)
	}
	s.Journal, s.Pool = own(s.Journal), own(s.Pool)
	return s
}

// plus makes s as if n of a kind had been sent at a moment of a day. s comes from planning; what was planned before on
// another copy of it is overwritten.
func (s *Standing) plus(kind Kind, n int, d workday, at time.Time) {
	e := Entry{Seq: math.MaxUint64, Act: Sent, Kind: kind, Quantity: n, At: at, Day: d.day}
	add := func(j Journal) Journal {
		if len(j) > 0 && j[len(j)-1].At.After(e.At) {
			return j.with(e)
		}
		return append(j, e)
	}
	s.Journal, s.Pool = add(s.Journal), add(s.Pool)
}

// A Portion is what a schedule sends on one day.
type Portion struct {
	Day      Day
	Quantity int       // at least 1
	From     time.Time // when that day has room for it, if that is after noon and after now; else zero
}

// A Schedule is so many of a kind laid out over working days, inside every limit.
type Schedule struct {
	Wanted   int
	Possible int // in Portions; below Wanted when it cannot be done in time
	Portions []Portion
	PerDay   int // the most on any day
	By       Day
	// Ready, when Possible is below Wanted, is the day on which the rest would be sent as well; 0 when that is
	// more than FarthestPlan days away.
	Ready Day
	// Reference, if not 0, is the number of invites a week that the schedule keeps to on days on which no limit
	// on the week binds: Rules.Weekly.
	Reference int
}

// FarthestPlan is how many days ahead a plan may reach: a quarter. Paceline's own number.
const FarthestPlan = 92

// Lay spreads n of a kind over the working days until a day, as evenly as the limits and the daily pace
// allow, today too. Days beyond FarthestPlan are not used.
func (s Standing) Lay(kind Kind, n int, by Day) Schedule {
	out := Schedule{Wanted: n, By: by}
	days := s.workdays(s.Today, min(by, s.Today+FarthestPlan))
	for _, d := range days {
		if kind.Counts(Invite) && !s.bindsWeek(d.noon) {
			out.Reference = s.Weekly(d.noon)
			break
		}
	}
	pace := s.pace(kind, n+s.Journal.SentOn(kind.widest(), s.Today))
	out.Possible = sum(s.lay(kind, days, pace, n))
	slack := most(pace, func(k int) bool { return sum(s.lay(kind, days, pace-k, n)) == out.Possible })
	out.Portions = s.lay(kind, days, pace-slack, n)
	for _, p := range out.Portions {
		out.PerDay = max(out.PerDay, p.Quantity)
	}
	if out.Possible < n {
		long := s.lay(kind, s.workdays(s.Today, s.Today+FarthestPlan), pace, n)
		if sum(long) == n {
			out.Ready = long[len(long)-1].Day
		}
	}
	return out
}

// bindsWeek reports whether any limit on the week or on seven days binds invites at a moment.
func (r *Rules) bindsWeek(at time.Time) bool {
	limits := r.Preset().Limits
	for i := range limits {
		l := &limits[i]
		weekly := l.Window.Kind == CalendarWeek || l.Window.Kind == Rolling && l.Window.Length == week
		if !weekly || l.Kind != Invite || l.Force == Soft {
			continue
		}
		if _, _, ok := r.number(l, at); ok {
			return true
		}
	}
	return false
}

// lay sends up to n, each day as many as the limits leave and at most per, with what was sent today.
func (s *Standing) lay(kind Kind, days []workday, per, n int) []Portion {
	planned := s.planning(kind, len(days))
	var out []Portion
	for _, d := range days {
		if n == 0 || per == 0 {
			break
		}
		top := min(per, n)
		if d.day == s.Today {
			top = min(per-s.Journal.SentOn(kind.widest(), d.day), n)
		}
		at, left := planned.roomiest(kind, d, top, func(t time.Time) int {
			left, _ := planned.leftAt(kind, t)
			if kind.Counts(Invite) && !s.bindsWeek(t) {
				left = min(left, planned.reference(t))
			}
			return left
		})
		k := min(left, top)
		if k <= 0 {
			continue
		}
		x := Portion{Day: d.day, Quantity: k}
		if !at.Equal(d.noon) {
			x.From = at
		}
		out, n = append(out, x), n-k
		planned.plus(kind, k, d, at)
	}
	return out
}

func sum(portions []Portion) int {
	n := 0
	for _, p := range portions {
		n += p.Quantity
	}
	return n
}
