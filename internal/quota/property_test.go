package quota_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

const week = 7 * 24 * time.Hour

var zoneNames = []string{"UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Etc/GMT+12", "Pacific/Kiritimati", "America/St_Johns"}

// A scene is a member with a journal, at a moment.
type scene struct {
	policy  quota.Policy
	journal quota.Journal
	at      time.Time
	zone    *time.Location
}

func (s scene) measure(at time.Time, more ...quota.Entry) quota.Budget {
	j := append(slices.Clone(s.journal), more...)
	slices.SortStableFunc(j, func(a, b quota.Entry) int { return a.At.Compare(b.At) })
	return quota.Measure(s.policy, j, quota.Invite, at, quota.DayOf(at, s.zone))
}

// scenes draws journals of three weeks, some of it taken back, crowded around the edges of windows.
func scenes(future bool) *rapid.Generator[scene] {
	return rapid.Custom(func(t *rapid.T) scene {
		z, err := time.LoadLocation(rapid.SampledFrom(zoneNames).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		p := quota.Paceline()
		switch rapid.IntRange(0, 4).Draw(t, "policy") {
		case 0: // calendar windows only
			p.Limits = slices.DeleteFunc(p.Limits, func(l quota.Limit) bool { return l.Window.Kind == quota.Rolling })
		case 1: // rolling windows only
			p.Limits = slices.DeleteFunc(p.Limits, func(l quota.Limit) bool { return l.Window.Kind == quota.CalendarWeek })
		case 2: // a second, shorter one
			p.Limits = append(p.Limits, quota.Limit{Name: "a day", Kind: quota.Invite, Max: 25, Window: quota.Window{Kind: quota.Rolling, Length: 24 * time.Hour}, Force: quota.Binds})
		}
		monday := quota.Week(2969).Start()
		s := scene{policy: p, zone: z, at: monday.Add(rapid.OneOf(offsets(0, week), offsets(week-2*time.Hour, week)).Draw(t, "now"))}
		last := s.at
		if future {
			last = last.Add(2 * time.Hour)
		}
		var entries []quota.Entry
		for range rapid.IntRange(0, 14).Draw(t, "entries") {
			at := rapid.Custom(func(t *rapid.T) time.Time {
				edge := rapid.SampledFrom([]time.Time{monday, s.at, s.at.Add(-week), s.at.Add(-24 * time.Hour), monday.Add(-week)}).Draw(t, "edge")
				return edge.Add(rapid.OneOf(offsets(-3, 3), offsets(-2*time.Hour, 2*time.Hour), offsets(-week, week)).Draw(t, "off"))
			}).Filter(func(at time.Time) bool { return !at.After(last) }).Draw(t, "at")
			e := sent(rapid.OneOf(rapid.IntRange(1, 10), rapid.IntRange(1, 60)).Draw(t, "quantity"), rapid.SampledFrom([]quota.Kind{quota.Invite, quota.Invite, quota.Note, quota.InMail}).Draw(t, "kind"), at, z)
			entries = append(entries, e)
			if rapid.IntRange(0, 5).Draw(t, "undone") == 0 {
				e.Act = quota.Undone
				entries = append(entries, e)
			}
		}
		s.journal = journal(entries...)
		return s
	})
}

// offsets draws durations in whole microseconds; a bound below a microsecond stands for as many of them.
func offsets(from, to time.Duration) *rapid.Generator[time.Duration] {
	if -time.Microsecond < from && to < time.Microsecond {
		from, to = from*time.Microsecond, to*time.Microsecond
	}
	return rapid.Map(rapid.Int64Range(from.Microseconds(), to.Microseconds()), func(n int64) time.Duration { return time.Duration(n) * time.Microsecond })
}

// moments are all at which something may open: every end of a window, and the neighbours.
func (s scene) moments(until time.Time) []time.Time {
	var out []time.Time
	add := func(t time.Time) {
		for _, d := range []time.Duration{-time.Microsecond, 0, time.Microsecond} {
			if m := t.Add(d); m.After(s.at) && !m.After(until) {
				out = append(out, m)
			}
		}
	}
	for w := quota.WeekOf(s.at); w.Start().Before(until); w++ {
		add(w.End())
	}
	for _, e := range s.journal {
		for _, l := range s.policy.Limits {
			add(e.At.Add(l.Window.Length))
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

func TestLeftIsTheSmallestRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(true).Draw(t, "scene")
		b := s.measure(s.at)
		least, weekly := 1<<30, 1<<30
		for _, g := range b.Gauges {
			used := 0
			for _, e := range s.journal {
				in := map[quota.WindowKind]bool{
					quota.CalendarWeek: quota.WeekOf(e.At) == quota.WeekOf(s.at),
					quota.Rolling:      s.at.Sub(e.At) < g.Window.Length,
					quota.CalendarDay:  e.Day == quota.DayOf(s.at, s.zone),
				}[g.Window.Kind]
				if in && e.Kind.Counts(g.Kind) {
					used += e.Delta()
				}
			}
			if g.Used != used || g.Room() != max(0, g.Max-used) || g.Over() != max(0, used-g.Max) {
				t.Fatalf("%s: %d used, room %d, over %d; want %d used of %d", g.Name, g.Used, g.Room(), g.Over(), used, g.Max)
			}
			if g.Force == quota.Soft {
				continue
			}
			least = min(least, g.Room())
			if g.Window.Kind == quota.CalendarWeek {
				weekly = min(weekly, g.Room())
			}
		}
		if weekly == 1<<30 {
			weekly = least
		}
		if b.Left != least || b.Week != weekly {
			t.Fatalf("%d left, %d this week, want %d and %d", b.Left, b.Week, least, weekly)
		}
		if g, ok := b.Binding(); !ok || g.Room() != b.Left || b.Left > 0 && g.Used+b.Left != g.Max {
			t.Fatalf("%s binds with %d used of %d, %d left", g.Name, g.Used, g.Max, b.Left)
		}
	})
}

// Nobody sends anything: what is left never shrinks.
func TestLeftNeverShrinksByItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(false).Draw(t, "scene")
		left := s.measure(s.at).Left
		for _, m := range s.moments(s.at.Add(2 * week)) {
			now := s.measure(m).Left
			if now < left {
				t.Fatalf("%d left at %s after %d", now, m, left)
			}
			left = now
		}
	})
}

func TestNextOpeningIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(rapid.Bool().Draw(t, "future")).Draw(t, "scene")
		b := s.measure(s.at)
		var first time.Time
		best, at := b.Left, time.Time{} // the most within the hour, and when it is reached
		for _, m := range s.moments(s.at.Add(2 * week)) {
			left := s.measure(m).Left
			monday := quota.WeekOf(m).Start()
			switch {
			case first.IsZero() && left > b.Left:
				first = m
			case first.IsZero() || m.Sub(first) > time.Hour || quota.WeekOf(m) != quota.WeekOf(first) || first.Equal(monday):
				continue
			}
			if left > best {
				best, at = left, m
			}
		}
		o, ok := quota.NextOpening(b, s.journal)
		if ok == first.IsZero() {
			t.Fatalf("%d left at %s, more at %s, opening %+v", b.Left, s.at, first, o)
		}
		if !ok {
			return
		}
		if want := (quota.Opening{At: at, More: best - b.Left, Left: best}); o != want {
			t.Fatalf("%d left, first opening at %s; got %+v, want %+v", b.Left, first, o, want)
		}
		if left := s.measure(o.At).Left; left != o.Left {
			t.Fatalf("%+v, but %d are left then", o, left)
		}
	})
}

func TestEasyPlanFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(false).Draw(t, "scene")
		workdays := quota.Workdays(rapid.OneOf(rapid.Just(uint8(quota.DefaultWorkdays)), rapid.Uint8Range(0, 127)).Draw(t, "workdays"))
		b := s.measure(s.at)
		p, ok := quota.EasyPlan(b, s.journal, s.zone, workdays)
		today, end := quota.DayOf(s.at, s.zone), quota.WeekOf(s.at).End()
		noon := func(d quota.Day) time.Time {
			if at := d.In(s.zone, 12, 0); at.After(s.at) {
				return at
			}
			return s.at
		}
		pace, _ := b.Find(quota.DailyPaceName)
		if !ok {
			// Then one alone fits on no day.
			for d := today; b.Week > 0 && d.In(s.zone, 12, 0).Before(end); d++ {
				if workdays.Has(d.Weekday()) && (d > today || pace.Used == 0) && s.measure(noon(d)).Left > 0 {
					t.Fatalf("no plan, though there is room on %s", d)
				}
			}
			return
		}
		var done []quota.Entry
		total, days := 0, 0
		for d := p.From; d <= p.To; d++ {
			if !workdays.Has(d.Weekday()) {
				continue
			}
			days++
			if d < today || d == today && pace.Used > 0 {
				t.Fatalf("%+v has %s, today is %s", p, d, today)
			}
			n := min(p.PerDay, p.Total-total)
			if n == 0 {
				continue
			}
			if !d.In(s.zone, 12, 0).Before(end) || !workdays.Has(p.From.Weekday()) || !workdays.Has(p.To.Weekday()) {
				t.Fatalf("%+v ends after %s or on a free day", p, end)
			}
			total += n
			done = append(done, sent(n, quota.Invite, noon(d), s.zone))
			after := s.measure(noon(d), done...)
			for _, g := range after.Gauges {
				if g.Over() > 0 {
					t.Fatalf("%+v: on %s %s is passed by %d", p, d, g.Name, g.Over())
				}
			}
		}
		if total != p.Total || days != p.Days || total > b.Week {
			t.Fatalf("%+v made %d on %d days, %d this week", p, total, days, b.Week)
		}
		if !slices.ContainsFunc(s.policy.Limits, func(l quota.Limit) bool { return l.Window.Kind == quota.Rolling }) {
			if most := min(b.Week, p.Days*pace.Max); total != most {
				t.Fatalf("%+v uses %d of %d", p, total, most)
			}
		}
	})
}
