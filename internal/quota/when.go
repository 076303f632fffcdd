package quota

import (
	"fmt"
	"time"
)

// MaxBack is how many days back a log or an undo may reach: the week before last is long settled by
// then, and a digest looks back 37 days at most. Paceline's own number.
const MaxBack = 35

// farAway is days enough to be out of reach, and few enough to be a Day.
const farAway = 1 << 20

// A WhenKind says which way a member told the day.
type WhenKind uint8

// The ways to tell a day.
const (
	JustNow   WhenKind = 0
	DaysAgo   WhenKind = 1 // N days before today; 0 is today
	OnWeekday WhenKind = 2 // the latest one, today included
	OnDate    WhenKind = 3
)

// A When is a moment as a member told it. It becomes a time only with the member's zone.
type When struct {
	Kind    WhenKind
	N       int          // for DaysAgo
	Weekday time.Weekday // for OnWeekday
	Date    Day          // for OnDate
	Clock   int          // minutes after midnight, with HasTime
	HasTime bool
}

// TooOld says that a time lies further back than MaxBack days.
type TooOld struct{ Day, Oldest Day }

func (e TooOld) Error() string {
	return fmt.Sprintf("%s is more than %d days ago; the oldest day is %s", e.Day, MaxBack, e.Oldest)
}

// InFuture says that a time has not come yet.
type InFuture struct{ At time.Time }

func (e InFuture) Error() string {
	return fmt.Sprintf("%s is in the future", e.At.Format(time.RFC3339))
}

// Resolve returns the moment that w means for somebody in zone at now. Without a time of day it is noon
// of the day, but never later than now, and precise by day only. A weekday with a time of day is the
// latest such moment in the past. Errors are TooOld and InFuture.
func (w When) Resolve(now time.Time, zone *time.Location) (at time.Time, d Day, p Precision, err error) {
	today := DayOf(now, zone)
	switch w.Kind {
	case JustNow:
		d = today
		if !w.HasTime {
			return now.UTC(), today, ByTime, nil
		}
	case DaysAgo:
		d = today - Day(max(-farAway, min(w.N, farAway)))
	case OnWeekday:
		d = today - Day((today.Weekday()-w.Weekday+7)%7)
	case OnDate:
		d = w.Date
	}
	if w.HasTime {
		at, p = d.In(zone, w.Clock/60, w.Clock%60), ByTime
		if w.Kind == OnWeekday && at.After(now) {
			d -= 7
			at = d.In(zone, w.Clock/60, w.Clock%60)
		}
	} else {
		at, p = d.In(zone, 12, 0), ByDay
		if d <= today && at.After(now) {
			at = now
		}
	}
	if at.After(now) {
		return time.Time{}, 0, 0, InFuture{At: at}
	}
	if d < today-MaxBack {
		return time.Time{}, 0, 0, TooOld{Day: d, Oldest: today - MaxBack}
	}
	return at.UTC(), d, p, nil
}
