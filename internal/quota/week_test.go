package quota_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/paceline/paceline/internal/quota"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func moment(t testing.TB, s string) time.Time {
	t.Helper()
	m, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestWeekOf(t *testing.T) {
	for _, c := range []struct{ at, monday string }{
		{"1970-01-05T00:00:00Z", "1970-01-05"},
		{"1970-01-04T23:59:59.999999999Z", "1969-12-29"},
		{"1970-01-01T00:00:00Z", "1969-12-29"},
		{"1969-12-28T23:59:59.5Z", "1969-12-22"},
		{"1969-01-01T12:00:00Z", "1968-12-30"},
		{"2000-02-29T12:00:00Z", "2000-02-28"},
		{"2016-12-31T23:59:59Z", "2016-12-26"}, // a leap second followed; Unix time does not know it
		{"2020-12-31T23:59:59Z", "2020-12-28"}, // week 53
		{"2021-01-03T23:59:59.999999Z", "2020-12-28"},
		{"2021-01-04T00:00:00Z", "2021-01-04"},
		{"2024-02-29T00:00:00Z", "2024-02-26"},
		{"2026-11-22T23:59:59.999999Z", "2026-11-16"},
		{"2026-11-23T00:00:00Z", "2026-11-23"},
		{"2026-11-22T19:00:00-05:00", "2026-11-23"}, // Sunday evening in New York is the new week
		{"2026-11-23T12:59:59+13:00", "2026-11-16"}, // Monday noon in Auckland is still the old one
		{"2099-12-31T23:59:59Z", "2099-12-28"},
		{"2100-02-28T23:59:59Z", "2100-02-22"}, // 2100 has no 29 February
		{"2100-03-01T00:00:00Z", "2100-03-01"},
	} {
		if w := quota.WeekOf(moment(t, c.at)); w.String() != c.monday {
			t.Errorf("WeekOf(%s) = %s, want %s", c.at, w, c.monday)
		}
	}
}

// Every day from 1969 to 2100: the weeks are seven days from Monday to Monday, without gaps.
func TestWeekEveryDay(t *testing.T) {
	last := quota.WeekOf(time.Date(1968, 12, 31, 0, 0, 0, 0, time.UTC))
	for at := time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() <= 2100; at = at.AddDate(0, 0, 1) {
		w := quota.WeekOf(at)
		if w != last && (w != last+1 || at.Weekday() != time.Monday) || w == last && at.Weekday() == time.Monday {
			t.Fatalf("%s: week %d after %d", at, w, last)
		}
		last = w
		if s := w.Start(); s.Weekday() != time.Monday || s.After(at) || !at.Before(w.End()) || w.End() != s.AddDate(0, 0, 7) || quota.WeekOf(s) != w {
			t.Fatalf("%s lies in %s to %s", at, s, w.End())
		}
		if d := quota.DayOf(at, time.UTC); d.Week() != w || d.Weekday() != at.Weekday() || d.String() != at.Format(time.DateOnly) {
			t.Fatalf("%s is day %s of week %s", at, d, d.Week())
		}
		if e := at.Add(24*time.Hour - 1); quota.WeekOf(e) != w || quota.DayOf(e, time.UTC) != quota.DayOf(at, time.UTC) {
			t.Fatalf("%s is not the end of its day", e)
		}
	}
}

func TestDayOf(t *testing.T) {
	for _, c := range []struct{ at, zone, day string }{
		{"2026-11-22T23:59:59Z", "UTC", "2026-11-22"},
		{"2026-11-22T12:00:00Z", "Etc/GMT+12", "2026-11-22"}, // UTC−12
		{"2026-11-22T11:59:59Z", "Etc/GMT+12", "2026-11-21"},
		{"2026-11-22T09:59:59Z", "Pacific/Kiritimati", "2026-11-22"}, // UTC+14
		{"2026-11-22T10:00:00Z", "Pacific/Kiritimati", "2026-11-23"},
		{"2026-11-22T18:14:59Z", "Asia/Kathmandu", "2026-11-22"}, // UTC+5:45
		{"2026-11-22T18:15:00Z", "Asia/Kathmandu", "2026-11-23"},
		{"2026-03-28T22:59:59Z", "Europe/Berlin", "2026-03-28"}, // the day of 23 hours
		{"2026-03-28T23:00:00Z", "Europe/Berlin", "2026-03-29"},
		{"2026-03-29T21:59:59Z", "Europe/Berlin", "2026-03-29"},
		{"2026-03-29T22:00:00Z", "Europe/Berlin", "2026-03-30"},
		{"2026-10-24T22:00:00Z", "Europe/Berlin", "2026-10-25"}, // the day of 25 hours
		{"2026-10-25T22:59:59Z", "Europe/Berlin", "2026-10-25"},
		{"2026-10-25T23:00:00Z", "Europe/Berlin", "2026-10-26"},
		{"1969-12-31T23:59:59.999999Z", "UTC", "1969-12-31"},
		{"2024-02-29T12:00:00Z", "America/New_York", "2024-02-29"},
	} {
		if d := quota.DayOf(moment(t, c.at), zone(t, c.zone)); d.String() != c.day {
			t.Errorf("DayOf(%s, %s) = %s, want %s", c.at, c.zone, d, c.day)
		}
	}
}

func TestDayIn(t *testing.T) {
	for _, c := range []struct {
		day, zone    string
		hour, minute int
		want         string
	}{
		{"2026-11-24", "Europe/Berlin", 10, 5, "2026-11-24T09:05:00Z"},
		{"2026-11-24", "Pacific/Kiritimati", 0, 0, "2026-11-23T10:00:00Z"},
		{"2026-11-24", "Etc/GMT+12", 23, 59, "2026-11-25T11:59:00Z"},
		// Skipped times move on, on both sides of Greenwich.
		{"2026-03-29", "Europe/Berlin", 1, 59, "2026-03-29T00:59:00Z"},
		{"2026-03-29", "Europe/Berlin", 2, 30, "2026-03-29T01:30:00Z"}, // shown as 03:30
		{"2026-03-29", "Europe/Berlin", 3, 0, "2026-03-29T01:00:00Z"},
		{"2026-03-08", "America/New_York", 2, 30, "2026-03-08T07:30:00Z"}, // shown as 03:30
		{"2026-03-08", "America/New_York", 3, 0, "2026-03-08T07:00:00Z"},
		{"2026-09-06", "America/Santiago", 0, 30, "2026-09-06T04:30:00Z"}, // midnight is skipped: 01:30
		{"2011-12-30", "Pacific/Apia", 12, 0, "2011-12-30T22:00:00Z"},     // the whole day was skipped
		// Of times that come twice it is the first, on both sides of Greenwich.
		{"2026-10-25", "Europe/Berlin", 2, 30, "2026-10-25T00:30:00Z"},
		{"2026-10-25", "Europe/Berlin", 3, 0, "2026-10-25T02:00:00Z"},
		{"2026-11-01", "America/New_York", 1, 30, "2026-11-01T05:30:00Z"},
		{"2026-11-01", "America/New_York", 2, 0, "2026-11-01T07:00:00Z"},
		{"2026-04-05", "Australia/Lord_Howe", 1, 45, "2026-04-04T14:45:00Z"}, // half an hour comes twice
	} {
		if at := date(t, c.day).In(zone(t, c.zone), c.hour, c.minute); !at.Equal(moment(t, c.want)) {
			t.Errorf("%s %02d:%02d in %s = %s, want %s", c.day, c.hour, c.minute, c.zone, at.UTC(), c.want)
		}
	}
}

func date(t testing.TB, s string) quota.Day { return quota.DayOf(moment(t, s+"T12:00:00Z"), time.UTC) }

// Every hour of a year in every sort of zone: In gives back the time of day, unless the clocks skip it.
func TestDayInEveryHour(t *testing.T) {
	for _, name := range []string{"UTC", "Etc/GMT+12", "America/New_York", "America/Santiago", "America/St_Johns", "Europe/Berlin", "Africa/Casablanca", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Kiritimati"} {
		z := zone(t, name)
		for at := moment(t, "2026-01-01T00:00:00Z"); at.Year() < 2027; at = at.Add(15 * time.Minute) {
			d, local := quota.DayOf(at, z), at.In(z)
			got := d.In(z, local.Hour(), local.Minute())
			if got.After(at) || at.Sub(got) > time.Hour || got.In(z).Hour() != local.Hour() || got.In(z).Minute() != local.Minute() || quota.DayOf(got, z) != d {
				t.Fatalf("%s: %s came back as %s", name, local, got.In(z))
			}
		}
	}
}
