package quota

import (
	"slices"
	"time"
)

// A Plan spreads what is left of the week evenly over working days.
type Plan struct {
	PerDay   int // the most on any of its days
	Total    int
	From, To Day
	Days     int // working days from From to To
}

// EasyPlan lays out what is left of b's week over the working days that remain in it: today too, if
// nothing was sent today. It never goes past the daily pace or a rolling window, taken at noon of each day,
// or now if that is later. While the last days leave little room it begins on a later day, if more can be
// sent that way. ok is false when there is nothing left or no working day to use.
func EasyPlan(b Budget, j Journal, zone *time.Location, workdays Workdays) (p Plan, ok bool) {
	if b.binds < 0 || b.Week == 0 {
		return Plan{}, false
	}
	first, pace := DayOf(b.At, zone), b.Week
	for _, g := range b.Gauges {
		if g.Window.Kind == CalendarDay {
			pace = min(pace, g.Max)
		}
	}
	if slices.ContainsFunc(b.Gauges, func(g Gauge) bool { return j.SentOn(g.Kind, first) > 0 }) {
		first++
	}
	var days []Day
	var noons []time.Time
	for d, end := first, WeekOf(b.At).End(); d.In(zone, 12, 0).Before(end); d++ {
		if workdays.Has(d.Weekday()) {
			days, noons = append(days, d), append(noons, later(d.In(zone, 12, 0), b.At))
		}
	}
	f := newForecast(b, j)
	for i := range days {
		n := len(days) - i
		per := min(pace, (b.Week+n-1)/n)
		for per > 0 && !f.fits(noons[i:], per, b.Week) {
			per--
		}
		if total := min(per*n, b.Week); total > p.Total {
			p = Plan{PerDay: per, Total: total, From: days[i], To: days[len(days)-1], Days: n}
		}
	}
	return p, p.Total > 0
}

// fits reports whether per on each of the days with these noons, at most total in all, stays within every
// rolling window.
func (f *forecast) fits(noons []time.Time, per, total int) bool {
	planned := 0
	for _, noon := range noons {
		planned = min(planned+per, total)
		for i, g := range f.gauges {
			if g.Window.Kind == Rolling && f.room(i, noon) < planned {
				return false
			}
		}
	}
	return true
}

// later returns the later of two moments.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
