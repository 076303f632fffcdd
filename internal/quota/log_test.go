package quota_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func TestBackdated(t *testing.T) {
	d := newDesk(t)
	const tue = "2026-11-24T09:05:00Z"
	friday := quota.When{Kind: quota.OnWeekday, Weekday: time.Friday}
	out := d.log(tue, quota.Log{Quantity: 30, When: friday})
	gauges(t, out.Standing.Budget(quota.Invite), 70, 75, 0, 0, 30, 0) // last week's count in the last 7 days
	w := quota.WeekOf(out.Operation.At)
	if n := out.Standing.Journal.Sent(quota.Invite, w.Start(), w.End()); w.String() != "2026-11-16" || n != 30 || out.Operation.Precision != quota.ByDay {
		t.Errorf("%d in the week of %s, %+v", n, w, out.Operation)
	}
	gauges(t, d.log(tue, quota.Log{Quantity: 10, When: quota.When{Kind: quota.DaysAgo, N: 1}}).Standing.Budget(quota.Invite), 60, 65, 10, 10, 40, 0)
	old := d.log(tue, quota.Log{Quantity: 5, When: quota.When{Kind: quota.DaysAgo, N: quota.MaxBack}})
	gauges(t, old.Standing.Budget(quota.Invite), 60, 65, 10, 10, 40, 0)
	w = quota.WeekOf(old.Operation.At)
	if n := old.Standing.Journal.Sent(quota.Invite, w.Start(), w.End()); n != 5 {
		t.Errorf("%d in the week of %s", n, w)
	}
	// What can just be logged can be undone.
	if u := d.undo("2026-11-24T23:30:00Z", 0); u.Operation.Op != old.Operation.Op || !u.Operation.Undone {
		t.Errorf("undid %+v", u.Operation)
	}
	var tooOld quota.TooOld
	if _, err := d.book.Log(t.Context(), d.who, d.key(), moment(t, tue), quota.Log{Kind: quota.Invite, Quantity: 1, When: quota.When{Kind: quota.DaysAgo, N: quota.MaxBack + 1}}); !errors.As(err, &tooOld) || tooOld.Day.String() != "2026-10-19" || tooOld.Oldest.String() != "2026-10-20" {
		t.Errorf("error %v", err)
	}
}

// A time on this day may be in last week, and then the answer needs the whole of that.
func TestThisMorningWasLastWeek(t *testing.T) {
	d := newDesk(t)
	d.who.Zone = "Pacific/Auckland"
	d.log("2026-11-16T00:10:00Z", quota.Log{Quantity: 4})
	out := d.log("2026-11-23T00:30:00Z", quota.Log{Quantity: 3, When: quota.When{HasTime: true, Clock: 8 * 60}}) // Monday 13:30
	w := quota.WeekOf(out.Operation.At)
	if n := out.Standing.Journal.Sent(quota.Invite, w.Start(), w.End()); w.String() != "2026-11-16" || n != 7 {
		t.Errorf("%d in the week of %s", n, w)
	}
}

func TestMeetings(t *testing.T) {
	d := newDesk(t)
	const at = "2026-11-24T09:05:00Z"
	jane := quota.Log{Quantity: 1, Persons: []string{"jane"}}
	if out := d.as("Ben").log(at, jane); len(out.Before) != 0 {
		t.Errorf("met %+v", out.Before)
	}
	out := d.as("Ana").log(at, quota.Log{Quantity: 3, Persons: []string{"joe", "jane"}})
	want := []quota.Meeting{{Person: "jane", Member: "Ben", Name: "Ben", Kind: quota.Invite, Day: date(t, "2026-11-24")}}
	if !reflect.DeepEqual(out.Before, want) || !slices.Equal(out.Operation.Persons, []string{"joe", "jane"}) || out.Operation.Quantity != 3 {
		t.Errorf("%+v met %+v, want %+v", out.Operation, out.Before, want)
	}
	gauges(t, out.Standing.Budget(quota.Invite), 72, 72, 3, 3, 3, 3)
	// Each member's latest, the oldest first.
	d.as("Ben").log(at, quota.Log{Quantity: 1, Kind: quota.Note, Persons: []string{"jane"}})
	out = d.as("Cleo").log(at, quota.Log{Quantity: 1, Persons: []string{"jane"}, When: quota.When{Kind: quota.DaysAgo, N: 3}})
	want = []quota.Meeting{
		{Person: "jane", Member: "Ana", Name: "Ana", Kind: quota.Invite, Day: date(t, "2026-11-24")},
		{Person: "jane", Member: "Ben", Name: "Ben", Kind: quota.Note, Day: date(t, "2026-11-24")},
	}
	if !reflect.DeepEqual(out.Before, want) {
		t.Errorf("met %+v, want %+v", out.Before, want)
	}
	want = slices.Insert(want, 0, quota.Meeting{Person: "jane", Member: "Cleo", Name: "Cleo", Kind: quota.Invite, Day: date(t, "2026-11-21")})
	if out := d.as("Dan").log(at, jane); !reflect.DeepEqual(out.Before, want) {
		t.Errorf("met %+v, want %+v", out.Before, want)
	}
	for _, id := range []string{"Ana", "Ben", "Ben", "Cleo", "Dan"} {
		d.as(id).undo(at, 0)
	}
	if out := d.as("Eva").log(at, jane); len(out.Before) != 0 {
		t.Errorf("met %+v, all of which is undone", out.Before)
	}
}

func TestTwin(t *testing.T) {
	five := quota.Log{Quantity: 5}
	told := func(w quota.When) quota.Log { return quota.Log{Quantity: 5, When: w} }
	clock := func(h int) quota.Log { return told(quota.When{HasTime: true, Clock: 60 * h}) }
	for _, c := range []struct {
		name          string
		first, second quota.Log
		after         time.Duration
		twin          bool
	}{
		{"at once", five, five, 0, true},
		{"in a minute", five, five, time.Minute, true},
		{"later", five, five, time.Minute + time.Microsecond, false},
		{"one", quota.Log{Quantity: 1}, quota.Log{Quantity: 1}, 0, false},
		{"fewer", five, quota.Log{Quantity: 4}, 0, false},
		{"another kind", five, quota.Log{Quantity: 5, Kind: quota.Note}, 0, false},
		{"another day", five, told(quota.When{Kind: quota.DaysAgo, N: 1}), 0, false},
		{"the same day", told(quota.When{Kind: quota.DaysAgo}), told(quota.When{Kind: quota.DaysAgo}), time.Second, true},
		{"the same time", clock(8), clock(8), time.Second, true},
		{"another time", clock(8), clock(9), time.Second, false},
		{"a time, then now", clock(8), five, time.Second, false},
		{"the same persons", quota.Log{Quantity: 2, Persons: []string{"jane", "joe"}}, quota.Log{Quantity: 2, Persons: []string{"jane", "joe"}}, 0, true},
		{"another person", quota.Log{Quantity: 2, Persons: []string{"jane", "joe"}}, quota.Log{Quantity: 2, Persons: []string{"jane", "jim"}}, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t)
			at := moment(t, "2026-11-24T09:05:00Z")
			first := d.log(at.Format(time.RFC3339Nano), c.first)
			if first.Twin.Op != 0 {
				t.Errorf("the first has the twin %+v", first.Twin)
			}
			second := d.log(at.Add(c.after).Format(time.RFC3339Nano), c.second)
			if second.Twin.Op != 0 != c.twin || c.twin && second.Twin.Op != first.Operation.Op {
				t.Errorf("the twin is %+v", second.Twin)
			}
			d.undo(at.Format(time.RFC3339Nano), second.Operation.Op)
			d.undo(at.Format(time.RFC3339Nano), first.Operation.Op)
			if third := d.log(at.Format(time.RFC3339Nano), c.first); third.Twin.Op != 0 {
				t.Errorf("a twin that is undone: %+v", third.Twin)
			}
		})
	}
}

// An outcome of as many is no twin of a log.
func TestNoTwinOfAnOutcome(t *testing.T) {
	d := newDesk(t)
	const at = "2026-11-24T09:05:00Z"
	d.log("2026-11-23T09:05:00Z", quota.Log{Quantity: 5})
	if _, err := d.book.Report(t.Context(), d.who, d.key(), moment(t, at), quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 5}); err != nil {
		t.Fatal(err)
	}
	if out := d.log(at, quota.Log{Quantity: 5}); out.Twin.Op != 0 {
		t.Errorf("the twin is %+v", out.Twin)
	}
}

func TestMalformed(t *testing.T) {
	d := newDesk(t)
	at := moment(t, "2026-11-24T09:05:00Z")
	for _, l := range []quota.Log{
		{Kind: quota.Invite}, {Kind: quota.Invite, Quantity: -3}, {Kind: quota.Invite, Quantity: quota.MaxQuantity + 1},
		{Kind: quota.Invite, Quantity: 1, Persons: []string{"jane", "joe"}}, {Quantity: 1}, {Kind: 99, Quantity: 1},
	} {
		if _, err := d.book.Log(t.Context(), d.who, d.key(), at, l); err == nil {
			t.Errorf("%+v was taken", l)
		}
	}
	if _, members, err := d.book.Roster(t.Context(), "T1"); err != nil || len(members) != 0 {
		t.Errorf("%v, %v: somebody joined", members, err)
	}
	d.log(at.Format(time.RFC3339), quota.Log{Quantity: quota.MaxQuantity})
}
