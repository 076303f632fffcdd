package look

import (
	"fmt"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// dayEcho says which day was understood, whenever it is not simply now, and which week that is, whenever
// it is not simply this one.
func dayEcho(s quota.Standing, o quota.Operation) string {
	var b strings.Builder
	if o.Precision == quota.ByDay || o.At.Before(o.Recorded) {
		b.WriteString(" for " + day(s, o.Day))
		if o.Precision == quota.ByTime {
			b.WriteString(", " + o.At.In(s.Zone).Format("15:04"))
		}
	}
	monday := func(w quota.Week) string { return w.Start().Format("Mon 2 Jan") }
	switch its, now := quota.WeekOf(o.At), quota.WeekOf(s.At); {
	case its == now && its > o.Day.Week() && s.At.Before(its.Start().Add(24*time.Hour)):
		b.WriteString("; it counts in the new week, which began at 00:00 UTC")
	case its > o.Day.Week():
		b.WriteString("; it counts in the week that began " + monday(its) + ", 00:00 UTC")
	case its == now && its < o.Day.Week():
		b.WriteString("; it counts in the week that ends at 00:00 UTC")
	case its == now:
	case its < o.Day.Week():
		b.WriteString("; it counts in the week of " + monday(its) + ", which ended " + monday(its+1) + ", 00:00 UTC")
	case its == now-1:
		b.WriteString(", last week")
	default:
		b.WriteString(", in the week of " + its.Start().Format("Mon 2 Jan"))
	}
	return b.String()
}

// day names a civil day, with today and yesterday as words.
func day(s quota.Standing, d quota.Day) string {
	switch s.Today - d {
	case 0:
		return "today, " + Date(d, s.Today)
	case 1:
		return "yesterday, " + Date(d, s.Today)
	}
	return Date(d, s.Today)
}

// at says when an operation was: "at 10:00" today, "for Mon 23 Nov" when only the day is known, "from memory"
// of the time before the first log.
func at(s quota.Standing, o quota.Operation) string {
	switch {
	case o.Precision == quota.Estimated:
		return "from memory"
	case o.Precision == quota.ByDay:
		return "for " + day(s, o.Day)
	case quota.DayOf(o.At, s.Zone) == s.Today:
		return "at " + Moment(o.At, s)
	}
	return Moment(o.At, s)
}

// Date is a civil day: "Mon 30 Nov", with the year when it is not the year of today.
func Date(d, today quota.Day) string {
	t, now := d.In(time.UTC, 0, 0), today.In(time.UTC, 0, 0)
	if t.Year() != now.Year() {
		return t.Format("Mon 2 Jan 2006")
	}
	return t.Format("Mon 2 Jan")
}

// Moment is a time in the member's zone: "10:00" today, "Wed 10:00" within the next or last six days,
// otherwise "Mon 30 Nov, 10:00".
func Moment(t time.Time, s quota.Standing) string {
	d, clock := quota.DayOf(t, s.Zone), t.In(s.Zone).Format("15:04")
	switch away := d - s.Today; {
	case away == 0:
		return clock
	case away > -7 && away < 7:
		return d.Weekday().String()[:3] + " " + clock
	}
	return Date(d, s.Today) + ", " + clock
}

// yours is a Moment that says whose time it is.
func yours(t time.Time, s quota.Standing) string {
	if inUTC(t, s) {
		return Moment(t, s) + " UTC"
	}
	return Moment(t, s) + " your time"
}

// stopUntil is yours for an end of waiting. A day that is six days off is dated: its name alone reads as the one just past.
func stopUntil(t time.Time, s quota.Standing) string {
	d := quota.DayOf(t, s.Zone)
	if d-s.Today < 6 {
		return yours(t, s)
	}
	dated := Date(d, s.Today) + ", " + t.In(s.Zone).Format("15:04")
	if inUTC(t, s) {
		return dated + " UTC"
	}
	return dated + " your time"
}

// inSentence is a Moment behind a verb: "at 10:00" today, else "Wed 10:00".
func inSentence(t time.Time, s quota.Standing) string {
	if quota.DayOf(t, s.Zone) == s.Today {
		return "at " + Moment(t, s)
	}
	return Moment(t, s)
}

// NewWeek says to a member when the next week begins.
func NewWeek(s quota.Standing) string { return newWeek(s, "your") }

// newWeek is NewWeek for the member or, with "their", for somebody else.
func newWeek(s quota.Standing, whose string) string {
	t := quota.WeekOf(s.At).End()
	d := quota.DayOf(t, s.Zone)
	if inUTC(t, s) {
		return fmt.Sprintf("%s, 00:00 UTC", Date(d, s.Today))
	}
	return fmt.Sprintf("%s, %s %s time (00:00 UTC)", Date(d, s.Today), t.In(s.Zone).Format("15:04"), whose)
}

// upMinute is the first whole minute not before t: whoever comes at the time that is told must not be too early.
func upMinute(t time.Time) time.Time { return t.Add(time.Minute - 1).Truncate(time.Minute) }

func inUTC(t time.Time, s quota.Standing) bool {
	_, offset := t.In(s.Zone).Zone()
	return offset == 0
}

// Weekdays names a set of days: "Mon to Fri", "Mon, Wed and Thu".
func Weekdays(w quota.Workdays) string {
	week := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
	var days []string
	first, last := -1, -1
	for i, d := range week {
		if w.Has(d) {
			if first < 0 {
				first = i
			}
			last = i
			days = append(days, d.String()[:3])
		}
	}
	if len(days) > 2 && last-first+1 == len(days) {
		return days[0] + " to " + days[len(days)-1]
	}
	return And(days)
}

// lastDay names the day on which something ends: a midnight ends the day before it.
func lastDay(t time.Time, s quota.Standing) string {
	return Date(quota.DayOf(t.Add(-1), s.Zone), s.Today)
}
