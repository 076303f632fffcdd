package quota_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

var lineNames = map[quota.Line]string{
	quota.CeilingLine: "ceiling", quota.BurstLine: "burst", quota.DayLine: "day", quota.NearlyOut: "nearly", quota.Projection: "projection", quota.Brisk: "brisk",
}

// crossed is the lines that a log crossed, each with figure and line.
func crossed(l quota.Logged) string {
	var out []string
	for _, v := range l.Standing.Verdicts(l.Operation) {
		out = append(out, fmt.Sprintf("%s %d/%d", lineNames[v.Line], v.Sent, v.Max))
	}
	return strings.Join(out, ", ")
}

// A toldLog is one log: the moment, how many, and the day or time if another.
type toldLog struct {
	at   string // "02 15:04" of November 2026
	n    int
	when quota.When
	want string // the lines crossed
}

func TestVerdicts(t *testing.T) {
	today, yesterday := quota.When{Kind: quota.DaysAgo}, quota.When{Kind: quota.DaysAgo, N: 1}
	clockTime := func(h, m int) quota.When { return quota.When{HasTime: true, Clock: 60*h + m} }
	for _, c := range []struct {
		name   string
		preset string
		zone   string
		works  quota.Workdays
		joined string
		away   string // a day of leave
		logs   []toldLog
	}{
		{name: "the 21st within an hour", logs: []toldLog{{at: "24 09:00", n: 10}, {at: "24 09:20", n: 1, want: "brisk 11/11"}, {at: "24 09:30", n: 9}, {at: "24 09:40", n: 1, want: "burst 21/20"}, {at: "24 09:41", n: 1}}},
		{name: "the 21st after it", logs: []toldLog{{at: "24 09:00", n: 10}, {at: "24 10:00", n: 11, want: "brisk 11/11"}}},
		{name: "the 30th within six", logs: []toldLog{{at: "24 09:00", n: 10}, {at: "24 10:01", n: 10}, {at: "24 11:02", n: 9}, {at: "24 14:59", n: 1, want: "burst 30/29"}, {at: "24 14:59", n: 1}}},
		{name: "the 30th after it", logs: []toldLog{{at: "24 09:00", n: 10}, {at: "24 10:01", n: 10}, {at: "24 11:02", n: 9}, {at: "24 15:00", n: 1}}},
		{name: "sixty on Tuesday", logs: []toldLog{{at: "24 09:00", n: 60, want: "burst 60/20, day 60/40, nearly 60/60"}, {at: "24 09:05", n: 2}}},
		{name: "sixty in four", logs: []toldLog{{at: "24 09:00", n: 15, want: "brisk 15/11"}, {at: "24 09:10", n: 15, want: "burst 30/20"}, {at: "24 09:20", n: 15, want: "day 45/40"}, {at: "24 09:30", n: 15, want: "nearly 60/60"}}},
		{name: "fifteen a day", logs: []toldLog{
			{at: "23 09:00", n: 15, want: "brisk 15/11"}, {at: "24 09:00", n: 8}, {at: "24 15:00", n: 7}, {at: "25 09:00", n: 15, want: "brisk 15/11"},
			{at: "26 09:00", n: 7}, {at: "26 09:30", n: 8, want: "brisk 15/11"}, {at: "27 09:00", n: 15, want: "brisk 15/11"}}},
		{name: "a part-timer on Friday", works: 1<<time.Thursday | 1<<time.Friday, logs: []toldLog{{at: "26 10:00", n: 20, want: "brisk 20/11"}, {at: "27 10:00", n: 20, want: "brisk 20/11"}}},
		{name: "days and backdated logs", logs: []toldLog{{at: "25 09:00", n: 30, when: yesterday}, {at: "25 09:01", n: 30, when: today}, {at: "25 09:02", n: 30, when: clockTime(8, 1)}, {at: "25 09:03", n: 9}}},
		{name: "told within the hour", logs: []toldLog{{at: "25 09:00", n: 9}, {at: "25 09:50", n: 12, when: clockTime(8, 55), want: "burst 21/20"}}},
		{name: "after a restriction of none, the ceiling by day", logs: []toldLog{{at: "25 09:00", n: 100, when: yesterday}, {at: "25 09:01", n: 1, when: today, want: "ceiling 101/100"}, {at: "25 09:02", n: 1}}},
		{name: "nearly out on Wednesday", logs: []toldLog{{at: "25 09:00", n: 10}, {at: "25 23:00", n: 19, want: "brisk 19/11"}}},
		{name: "nearly out", logs: []toldLog{{at: "23 06:00", n: 20, want: "brisk 20/11"}, {at: "23 17:00", n: 18, want: "brisk 18/11"}, {at: "25 09:00", n: 20, want: "brisk 20/11"}, {at: "25 18:00", n: 2, want: "nearly 60/60"}}},
		{name: "no longer on Thursday", logs: []toldLog{{at: "23 06:00", n: 20, want: "brisk 20/11"}, {at: "23 17:00", n: 18, want: "brisk 18/11"}, {at: "25 09:00", n: 20, want: "brisk 20/11"}, {at: "26 09:00", n: 2}}},
		{name: "Thursday has begun in Auckland", zone: "Pacific/Auckland", logs: []toldLog{{at: "23 06:00", n: 20, want: "brisk 20/11"}, {at: "23 17:00", n: 18, want: "brisk 18/11"}, {at: "24 22:00", n: 20, want: "brisk 20/11"}, {at: "25 12:00", n: 2}}},
		{name: "a pace of 21 a day and more", logs: []toldLog{{at: "23 06:00", n: 20, want: "brisk 20/11"}, {at: "23 17:00", n: 9}, {at: "24 09:00", n: 10}, {at: "24 17:00", n: 2, want: "projection 102/100"}}},
		{name: "the same with Friday off", away: "27", logs: []toldLog{{at: "23 06:00", n: 20, want: "brisk 20/11"}, {at: "23 17:00", n: 9}, {at: "24 09:00", n: 10}, {at: "24 17:00", n: 2}}},
		{name: "the days before joining do not count", joined: "25", logs: []toldLog{{at: "25 09:00", n: 20, want: "brisk 20/11"}, {at: "25 17:00", n: 9}, {at: "26 06:00", n: 20, want: "brisk 20/11"}, {at: "26 13:00", n: 19, want: "projection 102/100, brisk 19/11"}}},
		{name: "what is passed is not projected", logs: []toldLog{{at: "23 09:00", n: 60, want: "burst 60/20, day 60/40, nearly 60/60"}, {at: "24 09:00", n: 41, want: "ceiling 101/100, burst 41/20, day 41/40"}}},
		{name: "forty in a day", logs: []toldLog{{at: "26 05:00", n: 20, want: "brisk 20/11"}, {at: "26 12:00", n: 19, want: "brisk 19/11"}, {at: "26 20:00", n: 1, want: "day 40/40"}}},
		{name: "forty in a day under a guide whose own line no day reaches", preset: quota.GuidePreset, logs: []toldLog{{at: "26 05:00", n: 14, want: "brisk 14/11"}, {at: "26 08:30", n: 14, want: "brisk 14/11"}, {at: "26 12:00", n: 14, want: "day 42/40, brisk 14/11"}}},
		{name: "one day says nothing", logs: []toldLog{{at: "24 06:00", n: 20, want: "brisk 20/11"}, {at: "24 17:00", n: 9}}},
		{name: "last week's at the same time", logs: []toldLog{{at: "17 11:00", n: 60, want: "burst 60/20, day 60/40, nearly 60/60"}, {at: "24 10:30", n: 60, want: "burst 60/20, day 60/40, nearly 60/60"}, {at: "24 10:40", n: 1}, {at: "24 11:30", n: 40, want: "ceiling 101/100"}}},
		{name: "last week's a day later", logs: []toldLog{{at: "18 11:00", n: 60, want: "burst 60/20, day 60/40, nearly 60/60"}, {at: "24 10:30", n: 41, want: "ceiling 101/100, burst 41/20, day 41/40"}}},
		{name: "a guide without a burst", preset: quota.InTouchPreset, logs: []toldLog{{at: "24 09:00", n: 20, want: "brisk 20/11"}, {at: "24 09:20", n: 1, want: "burst 21/20"}, {at: "24 09:30", n: 200, want: "day 221/40, nearly 221/60"}}},
	} {
		o := newOffice(t)
		o.at = clock("2026-10-01T09:00:00Z")
		if c.joined != "" {
			o.at = clock("2026-11-" + c.joined + "T00:00:00Z")
		}
		o.who.Zone = c.zone
		o.send(quota.InMail, 1)
		m := o.row()
		if c.works != 0 {
			m.Workdays = c.works
		}
		if c.away != "" {
			d := quota.DayOf(clock("2026-11-"+c.away+"T00:00:00Z"), time.UTC)
			m.Away = quota.Away{From: d, Until: d}
		}
		o.store.workspaces["T"].members["ana"] = m
		o.preset(c.preset)
		for i, l := range c.logs {
			o.at = must2(time.Parse("2006-01-02 15:04", "2026-11-"+l.at))
			out, err := o.book.Log(t.Context(), o.who, o.key(), o.at, quota.Log{Kind: quota.Invite, Quantity: l.n, When: l.when})
			if got := crossed(must(o, out, err)); got != l.want {
				t.Errorf("%s: log %d crossed %q, want %q", c.name, i+1, got, l.want)
			}
		}
	}
}

func TestRestrictedCrossesTheCeilingOnly(t *testing.T) {
	o := newOffice(t)
	o.restrict(24 * time.Hour)
	if got := crossed(o.send(quota.Invite, 70)); got != "" {
		t.Errorf("crossed %q", got)
	}
	if got := crossed(o.send(quota.Invite, 70)); got != "ceiling 140/100" {
		t.Errorf("crossed %q", got)
	}
}

func TestWhatCrossesNothing(t *testing.T) {
	o := newOffice(t)
	if got := crossed(o.send(quota.InMail, 60)); got != "" {
		t.Errorf("InMail crossed %q", got)
	}
	if got := crossed(o.send(quota.Note, 60)); !strings.HasPrefix(got, "burst 60/20") {
		t.Errorf("notes crossed %q", got)
	}
	o.takeBack(0)
	o.send(quota.Invite, 15)
	o.takeBack(0)
	if got := crossed(o.send(quota.Invite, 15)); got != "brisk 15/11" {
		t.Errorf("after an undo crossed %q", got)
	}
	o.takeBack(0)
	if r := o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 60}); len(r.Standing.Verdicts(r.Operation)) > 0 {
		t.Error("an outcome crossed a line")
	}
	if r := o.recall(quota.Memory{ThisWeek: 90}); len(r.Standing.Verdicts(r.Operation)) > 0 {
		t.Error("a recollection crossed a line")
	}
	if got := crossed(o.send(quota.Invite, 9)); got != "" {
		t.Errorf("nine after a recollection crossed %q", got)
	}
	if r := o.recall(quota.Memory{ThisWeek: 92}); len(r.Standing.Verdicts(r.Operation)) != 1 || r.Standing.Verdicts(r.Operation)[0].Line != quota.CeilingLine {
		t.Errorf("%+v", r.Standing.Verdicts(r.Operation))
	}
}

// However a log is split over minutes: the lines come gravest first, each at most once, and over the whole hour each
// is crossed once if the whole crosses it.
func TestSplittingCrossesOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.IntRange(1, 30), 1, 10).Draw(t, "parts")
		whole, all := newOffice(t), 0
		split := newOffice(t)
		for _, o := range []*office{whole, split} {
			o.send(quota.InMail, 1)
			o.at = o.at.Add(time.Hour)
		}
		times := make(map[quota.Line]int)
		for _, n := range parts {
			all += n
			l := split.send(quota.Invite, n)
			vs := l.Standing.Verdicts(l.Operation)
			if !slices.IsSortedFunc(vs, func(a, b quota.Verdict) int { return int(a.Line) - int(b.Line) }) {
				t.Fatalf("not in order: %+v", vs)
			}
			for _, v := range vs {
				times[v.Line]++
				if v.Limit == nil || v.Sent < v.Max {
					t.Fatalf("%+v", v)
				}
			}
			split.at = split.at.Add(time.Minute)
		}
		once := make(map[quota.Line]int)
		l := whole.send(quota.Invite, all)
		for _, v := range l.Standing.Verdicts(l.Operation) {
			once[v.Line]++
		}
		for line := range lineNames {
			if times[line] > 1 || line != quota.Brisk && times[line] != once[line] {
				t.Fatalf("%v: %s crossed %d times, as a whole %d", parts, lineNames[line], times[line], once[line])
			}
		}
	})
}
