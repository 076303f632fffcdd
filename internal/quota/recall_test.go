package quota_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

func (o *office) recall(m quota.Memory) quota.Recalled {
	v, err := o.book.Recall(o.t.Context(), o.who, o.key(), o.at, m)
	return must(o, v, err)
}

func (o *office) asks() string {
	this, last := o.standing(quota.Invite).Asks()
	return fmt.Sprint(this, last)
}

func TestRecall(t *testing.T) {
	o := newOffice(t)
	o.who.Zone = "Europe/Berlin"
	o.at = clock("2026-11-26T14:00:00Z") // Thursday
	if _, err := o.book.Recall(t.Context(), o.who, o.key(), o.at, quota.Memory{}); !errors.Is(err, quota.ErrNotOnTeam) {
		t.Errorf("a stranger: %v", err)
	}
	if o.asks() != "false false" {
		t.Error("a stranger is asked")
	}
	o.send(quota.Invite, 5)
	o.at = o.at.Add(time.Hour)
	if o.asks() != "true true" {
		t.Error("a newcomer is not asked")
	}
	out := o.recall(quota.Memory{ThisWeek: 20, LastWeek: 23})
	var got []string
	for _, e := range o.made(out.Operation.Op) {
		if e.Act == quota.Remembered {
			continue
		}
		got = append(got, fmt.Sprint(e.At.Format("02 15:04 "), e.Quantity))
		if e.Precision != quota.Estimated || e.Day != quota.DayOf(e.At, o.book.Zone("Europe/Berlin")) || e.Kind != quota.Invite {
			t.Errorf("%+v", e)
		}
	}
	want := []string{"16 11:00 5", "17 11:00 5", "18 11:00 5", "19 11:00 4", "20 11:00 4", "23 11:00 7", "24 11:00 7", "25 11:00 6"}
	if !slices.Equal(got, want) {
		t.Errorf("recorded %q, want %q", got, want)
	}
	b := out.Standing.Budget(quota.Invite)
	seven, _ := b.Find(quota.SevenDaysName)
	if out.Operation.Quantity != 43 || b.Week != 75-25 || seven.Used != 25+4 || o.asks() != "false false" || !o.row().Told.Equal(o.at) {
		t.Errorf("%+v, %d this week, %+v", out.Operation, b.Week, seven)
	}
	// Told again, it counts instead.
	o.at = o.at.Add(time.Hour)
	again := o.recall(quota.Memory{ThisWeek: 2})
	if b := again.Standing.Budget(quota.Invite); again.Operation.Quantity != 2 || b.Week != 75-7 {
		t.Errorf("%+v, %d this week", again.Operation, b.Week)
	}
	var already quota.AlreadyUndone
	if _, err := o.book.Undo(t.Context(), o.who, o.key(), o.at, out.Operation.Op); !errors.As(err, &already) {
		t.Errorf("undo of what was recalled before: %v", err)
	}
	// Taken back, the answer before holds again; that taken back too, it may be asked again.
	if u := o.takeBack(0); u.Operation.Op != again.Operation.Op || u.Standing.Budget(quota.Invite).Week != 75-25 || !o.row().Told.Equal(o.at.Add(-time.Hour)) || o.asks() != "false false" {
		t.Errorf("%+v, %+v", u.Operation, o.row())
	}
	if u := o.takeBack(0); u.Operation.Quantity != 43 || u.Standing.Budget(quota.Invite).Week != 70 || !o.row().Told.IsZero() || o.asks() != "true true" {
		t.Errorf("%+v, %+v", u.Operation, o.row())
	}
	if out := o.recall(quota.Memory{}); out.Operation.Op != 0 || out.Standing.Budget(quota.Invite).Week != 70 || o.asks() != "false false" {
		t.Errorf("nothing: %+v", out)
	}
	for _, bad := range []quota.Memory{{ThisWeek: -1}, {LastWeek: quota.MaxQuantity + 1}} {
		if _, err := o.book.Recall(t.Context(), o.who, o.key(), o.at, bad); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
	o.at = o.at.Add((quota.MaxBack + 1) * 24 * time.Hour)
	var old quota.TooOld
	if _, err := o.book.Recall(t.Context(), o.who, o.key(), o.at, quota.Memory{LastWeek: 1}); !errors.As(err, &old) {
		t.Errorf("a month later: %v", err)
	}
}

func TestAsks(t *testing.T) {
	for _, c := range []struct{ zone, joined, asked, want string }{
		{"UTC", "2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z", "false true"}, // Monday: no day of this week before
		{"UTC", "2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z", "true true"},
		{"UTC", "2026-11-27T11:00:00Z", "2026-11-27T11:00:00Z", "true true"},  // last Friday still counts
		{"UTC", "2026-11-27T13:00:00Z", "2026-11-27T13:00:00Z", "true false"}, // no more
		{"UTC", "2026-11-24T09:00:00Z", "2026-11-30T11:00:00Z", "true false"},
		{"UTC", "2026-11-24T09:00:00Z", "2026-11-30T13:00:00Z", "false false"},
		{"America/New_York", "2026-11-23T01:00:00Z", "2026-11-23T01:00:00Z", "false true"}, // Sunday evening is in the new week
		{"Pacific/Kiritimati", "2026-11-22T18:00:00Z", "2026-11-22T18:00:00Z", "true false"},
	} {
		o := newOffice(t)
		o.who.Zone, o.at = c.zone, clock(c.joined)
		o.send(quota.Invite, 1)
		o.at = clock(c.asked)
		if got := o.asks(); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	o := newOffice(t)
	o.at = clock("2026-11-23T09:00:00Z")
	o.send(quota.Invite, 1)
	if _, err := o.book.Recall(t.Context(), o.who, o.key(), o.at, quota.Memory{ThisWeek: 1}); err == nil {
		t.Error("a week without a day before was taken")
	}
}

// In every zone what was recalled adds up, lies in its UTC week, before the day of the first log, and goes as it came.
func TestRecollectionLiesInItsWeeks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := newOffice(t)
		o.who.Zone = rapid.SampledFrom([]string{"Etc/GMT+12", "Pacific/Pago_Pago", "America/New_York", "UTC", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Kiritimati", "Etc/GMT-14"}).Draw(t, "zone")
		o.at = clock("2026-03-22T12:00:00Z").Add(time.Duration(rapid.IntRange(0, 10*24*12).Draw(t, "joined")) * 5 * time.Minute) // the clocks of Europe change within
		joined := o.at
		o.send(quota.Invite, 1)
		m := o.row()
		m.Workdays = quota.Workdays(rapid.IntRange(0, 127).Draw(t, "workdays"))
		o.store.workspaces["T"].members["ana"] = m
		o.at = o.at.Add(time.Duration(rapid.IntRange(0, 30*24).Draw(t, "later")) * time.Hour)
		zone := o.book.Zone(o.who.Zone)
		first := quota.DayOf(joined, zone)
		w := quota.WeekOf(joined)
		told := quota.Memory{LastWeek: rapid.IntRange(0, 120).Draw(t, "last week")}
		if first > quota.DayOf(w.Start(), time.UTC) {
			told.ThisWeek = rapid.IntRange(0, 60).Draw(t, "this week")
		}
		if rapid.Bool().Draw(t, "told before") {
			o.recall(quota.Memory{LastWeek: 3})
			m = o.row()
		}
		before := o.standing(quota.Invite)
		key := o.key()
		out := must2(o.book.Recall(t.Context(), o.who, key, o.at, told))
		if again := must2(o.book.Recall(t.Context(), o.who, key, o.at, told)); !reflect.DeepEqual(again, out) {
			t.Fatalf("repeat %+v, first %+v", again, out)
		}
		var sums [2]int
		days := make(map[quota.Day]int)
		for _, e := range o.made(out.Operation.Op) {
			if out.Operation.Op == 0 || e.Act != quota.Sent {
				continue
			}
			i := int(w - quota.WeekOf(e.At))
			if i < 0 || i > 1 || e.Day >= first || !e.At.Before(first.In(zone, 0, 0)) || e.Day != quota.DayOf(e.At, zone) || e.Day.Week() != w-quota.Week(i) {
				t.Fatalf("%+v of a first log at %s", e, joined)
			}
			sums[i] += e.Quantity
			days[e.Day] += e.Quantity
		}
		if sums[0] != told.ThisWeek || sums[1] != told.LastWeek {
			t.Fatalf("recorded %v of %+v", sums, told)
		}
		for d, n := range days {
			for e, k := range days {
				if d.Week() == e.Week() && (n-k > 1 || d < e && n < k || m.Workdays.Has(d.Weekday()) != m.Workdays.Has(e.Weekday())) {
					t.Fatalf("%d on %s, %d on %s", n, d, k, e)
				}
			}
		}
		if !o.row().Told.Equal(o.at) {
			t.Fatalf("told %s", o.row().Told)
		}
		if out.Operation.Op != 0 {
			o.takeBack(out.Operation.Op)
			if now := o.standing(quota.Invite); o.row() != m || !reflect.DeepEqual(now.Budget(quota.Invite), before.Budget(quota.Invite)) {
				t.Fatalf("undo left %+v, before %+v", o.row(), m)
			}
		}
	})
}
