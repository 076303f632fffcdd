package quota

import "time"

// A Week is named by its Monday: it begins Monday 00:00:00 UTC and ends where the next one begins. Its
// value counts weeks from Monday 1970-01-05; earlier weeks are negative.
type Week int32

const (
	day  = 24 * time.Hour
	week = 7 * day
	// epoch is Monday 1970-01-05 00:00 UTC in Unix seconds.
	epoch = 4 * 24 * 60 * 60
)

// WeekOf returns the week that holds t.
func WeekOf(t time.Time) Week {
	return Week(floorDiv(t.Unix()-epoch, int64(week/time.Second)))
}

// Start returns the Monday 00:00 UTC with which w begins.
func (w Week) Start() time.Time {
	return time.Unix(epoch+int64(w)*int64(week/time.Second), 0).UTC()
}

// End returns the Monday 00:00 UTC with which the next week begins.
func (w Week) End() time.Time { return (w + 1).Start() }

// String returns the Monday of w as 2006-01-02.
func (w Week) String() string { return w.Start().Format(time.DateOnly) }

// A Day is a civil day, counted from 1970-01-01. It belongs to no zone.
type Day int32

// DayOf returns the civil day of t in zone.
func DayOf(t time.Time, zone *time.Location) Day {
	y, m, d := t.In(zone).Date()
	return Day(floorDiv(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix(), int64(day/time.Second)))
}

// In returns the moment of d at a given time of day in zone. A time that the clocks skip that day moves
// on by what they skip; of a time that comes twice it is the first. (time.Date promises neither: west of
// Greenwich it moves skipped times back, east of it it takes the second.)
func (d Day) In(zone *time.Location, hour, minute int) time.Time {
	wall := d.utc().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	at := func(offset time.Duration) time.Time { return wall.Add(-offset).In(zone) }
	t := at(offset(wall.Add(-day).In(zone)))
	if u := at(offset(t)); offset(u) == offset(t) {
		return u
	}
	return t
}

// offset returns by how much the clocks at t are ahead of UTC.
func offset(t time.Time) time.Duration {
	_, s := t.Zone()
	return time.Duration(s) * time.Second
}

// Weekday returns the day of the week of d.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// Week returns the week whose seven dates hold d. West and east of UTC it is not always the week of a moment
// on d.
func (d Day) Week() Week { return WeekOf(d.utc()) }

// String returns d as 2006-01-02.
func (d Day) String() string { return d.utc().Format(time.DateOnly) }

func (d Day) utc() time.Time { return time.Unix(int64(d)*int64(day/time.Second), 0).UTC() }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
