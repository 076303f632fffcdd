package quota_test

import (
	"errors"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func TestWhenResolve(t *testing.T) {
	const berlin, york, kiribati = "Europe/Berlin", "America/New_York", "Pacific/Kiritimati"
	const tuesday = "2026-11-24T09:05:00Z" // 10:05 in Berlin, 04:05 in New York
	ago := func(n int) quota.When { return quota.When{Kind: quota.DaysAgo, N: n} }
	on := func(d time.Weekday) quota.When { return quota.When{Kind: quota.OnWeekday, Weekday: d} }
	dated := func(s string) quota.When { return quota.When{Kind: quota.OnDate, Date: date(t, s)} }
	clock := func(w quota.When, hour, minute int) quota.When {
		w.HasTime, w.Clock = true, 60*hour+minute
		return w
	}
	for _, c := range []struct {
		name      string
		when      quota.When
		now, zone string
		at, day   string // or, as day, what is wrong
		precision quota.Precision
	}{
		{"just now", quota.When{}, tuesday, berlin, tuesday, "2026-11-24", quota.ByTime},
		{"today before noon is now", ago(0), tuesday, berlin, tuesday, "2026-11-24", quota.ByDay},
		{"today after noon is noon", ago(0), "2026-11-24T15:00:00Z", berlin, "2026-11-24T11:00:00Z", "2026-11-24", quota.ByDay},
		{"today at noon", ago(0), "2026-11-24T11:00:00Z", berlin, "2026-11-24T11:00:00Z", "2026-11-24", quota.ByDay},
		{"yesterday", ago(1), tuesday, berlin, "2026-11-23T11:00:00Z", "2026-11-23", quota.ByDay},
		{"yesterday 18:30", clock(ago(1), 18, 30), tuesday, berlin, "2026-11-23T17:30:00Z", "2026-11-23", quota.ByTime},
		{"today 09:00", clock(quota.When{}, 9, 0), tuesday, berlin, "2026-11-24T08:00:00Z", "2026-11-24", quota.ByTime},
		{"today this minute", clock(ago(0), 10, 5), tuesday, berlin, tuesday, "2026-11-24", quota.ByTime},
		{"today in a minute", clock(ago(0), 10, 6), tuesday, berlin, "", "future", 0},
		{"tomorrow", ago(-1), tuesday, berlin, "", "future", 0},
		{"mon", on(time.Monday), tuesday, berlin, "2026-11-23T11:00:00Z", "2026-11-23", quota.ByDay},
		{"tue is today", on(time.Tuesday), tuesday, berlin, tuesday, "2026-11-24", quota.ByDay},
		{"wed is last week", on(time.Wednesday), tuesday, berlin, "2026-11-18T11:00:00Z", "2026-11-18", quota.ByDay},
		{"mon 14:00", clock(on(time.Monday), 14, 0), tuesday, berlin, "2026-11-23T13:00:00Z", "2026-11-23", quota.ByTime},
		{"tue 10:05 is now", clock(on(time.Tuesday), 10, 5), tuesday, berlin, tuesday, "2026-11-24", quota.ByTime},
		{"tue 14:00 has not come, so last week", clock(on(time.Tuesday), 14, 0), tuesday, berlin, "2026-11-17T13:00:00Z", "2026-11-17", quota.ByTime},
		{"35 days back", ago(35), tuesday, berlin, "2026-10-20T10:00:00Z", "2026-10-20", quota.ByDay},
		{"35 days back at 00:00", clock(ago(35), 0, 0), tuesday, berlin, "2026-10-19T22:00:00Z", "2026-10-20", quota.ByTime},
		{"36 days back", ago(36), tuesday, berlin, "", "old", 0},
		{"a far day back", ago(1 << 32), tuesday, berlin, "", "old", 0},
		{"a far day on", ago(-1 << 32), tuesday, berlin, "", "future", 0},
		{"a date", dated("2026-11-13"), tuesday, berlin, "2026-11-13T11:00:00Z", "2026-11-13", quota.ByDay},
		{"the date of today", dated("2026-11-24"), tuesday, berlin, tuesday, "2026-11-24", quota.ByDay},
		{"the date of tomorrow", dated("2026-11-25"), tuesday, berlin, "", "future", 0},
		{"an old date", dated("2026-10-19"), tuesday, berlin, "", "old", 0},

		{"the skipped hour in Berlin", clock(dated("2026-03-29"), 2, 30), "2026-03-30T08:00:00Z", berlin, "2026-03-29T01:30:00Z", "2026-03-29", quota.ByTime},
		{"the skipped hour in New York", clock(dated("2026-03-08"), 2, 30), "2026-03-09T15:00:00Z", york, "2026-03-08T07:30:00Z", "2026-03-08", quota.ByTime},
		{"the skipped hour, while it is skipped", clock(ago(0), 2, 30), "2026-03-29T01:10:00Z", berlin, "", "future", 0},
		{"the hour that comes twice, the first time", clock(ago(0), 2, 30), "2026-10-25T00:45:00Z", berlin, "2026-10-25T00:30:00Z", "2026-10-25", quota.ByTime},
		{"sun 02:30 likewise", clock(on(time.Sunday), 2, 30), "2026-10-25T00:45:00Z", berlin, "2026-10-25T00:30:00Z", "2026-10-25", quota.ByTime},
		{"noon on the day of 23 hours", dated("2026-03-29"), "2026-03-30T08:00:00Z", berlin, "2026-03-29T10:00:00Z", "2026-03-29", quota.ByDay},
		{"a skipped day was now at the latest", ago(1), "2011-12-30T20:00:00Z", "Pacific/Apia", "2011-12-30T20:00:00Z", "2011-12-30", quota.ByDay},

		{"Monday in Kiritimati is Sunday UTC", ago(0), "2026-11-22T23:30:00Z", kiribati, "2026-11-22T22:00:00Z", "2026-11-23", quota.ByDay},
		{"mon there, on Tuesday", on(time.Monday), "2026-11-24T01:00:00Z", kiribati, "2026-11-22T22:00:00Z", "2026-11-23", quota.ByDay},
		{"Sunday evening in New York is Monday UTC", quota.When{}, "2026-11-23T02:00:00Z", york, "2026-11-23T02:00:00Z", "2026-11-22", quota.ByTime},
		{"sun there", on(time.Sunday), "2026-11-23T02:00:00Z", york, "2026-11-22T17:00:00Z", "2026-11-22", quota.ByDay},
		{"sun 20:30 there counts on Monday UTC", clock(on(time.Sunday), 20, 30), "2026-11-23T02:00:00Z", york, "2026-11-23T01:30:00Z", "2026-11-22", quota.ByTime},
	} {
		t.Run(c.name, func(t *testing.T) {
			at, d, p, err := c.when.Resolve(moment(t, c.now), zone(t, c.zone))
			if c.at == "" {
				var old quota.TooOld
				var future quota.InFuture
				if is := map[string]bool{"old": errors.As(err, &old), "future": errors.As(err, &future)}; !is[c.day] || err.Error() == "" {
					t.Fatalf("got %s, %v, want an error that says %s", at, err, c.day)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !at.Equal(moment(t, c.at)) || at.Location() != time.UTC || d.String() != c.day || p != c.precision {
				t.Errorf("got %s, %s, %d, want %s, %s, %d", at, d, p, c.at, c.day, c.precision)
			}
		})
	}
}

func FuzzWhenResolve(f *testing.F) {
	zones := []string{"UTC", "Etc/GMT+12", "America/New_York", "America/Santiago", "America/St_Johns", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Kiritimati"}
	f.Add(uint8(0), 0, 0, int32(0), 0, false, int64(1795511100), uint8(0))
	f.Add(uint8(1), 35, 0, int32(0), 1439, true, int64(1795511100), uint8(2))
	f.Add(uint8(2), 0, 1, int32(0), 840, true, int64(1795511100), uint8(5))
	f.Add(uint8(3), 0, 0, int32(20781), 150, true, int64(1774748400), uint8(5))
	f.Add(uint8(3), -1, -1, int32(-1), -1, true, int64(-1), uint8(9))
	f.Fuzz(func(t *testing.T, kind uint8, n, weekday int, day int32, clock int, hasTime bool, now int64, zoneIndex uint8) {
		z := zone(t, zones[int(zoneIndex)%len(zones)])
		at := time.Unix(now%(200*365*24*60*60), 0).UTC()
		w := quota.When{Kind: quota.WhenKind(kind % 4), N: n, Weekday: time.Weekday(weekday), Date: quota.Day(day), Clock: clock, HasTime: hasTime}
		got, d, p, err := w.Resolve(at, z)
		if err != nil {
			_ = err.Error()
			return
		}
		today := quota.DayOf(at, z)
		if got.After(at) || p != quota.ByTime && p != quota.ByDay || d < today-quota.MaxBack {
			t.Fatalf("%+v at %s gave %s, %s, %d", w, at, got, d, p)
		}
		if hasTime && (clock < 0 || clock >= 24*60) {
			return // nothing else is promised for what is no time of day
		}
		if off := quota.DayOf(got, z) - d; off != 0 && at.Year() > 2011 && (off != 1 || clock < 22*60) {
			t.Fatalf("%+v at %s gave %s, on the day %s", w, at.In(z), got.In(z), d)
		}
		if at.Sub(got) > (quota.MaxBack+2)*24*time.Hour {
			t.Fatalf("%+v at %s gave %s", w, at, got)
		}
	})
}
