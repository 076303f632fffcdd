package quota_test

import (
	"sort"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// sent is an entry as a member in a zone would have made it.
func sent(quantity int, kind quota.Kind, at time.Time, zone *time.Location) quota.Entry {
	return quota.Entry{
		Act: quota.Sent, Kind: kind, Quantity: quantity, At: at.UTC(), Recorded: at.UTC(),
		Day: quota.DayOf(at, zone), Precision: quota.ByTime,
	}
}

// journal numbers entries in the given order, as operations of their own, and puts them in theirs.
func journal(entries ...quota.Entry) quota.Journal {
	j := make(quota.Journal, len(entries))
	for i, e := range entries {
		e.Seq, e.Op = uint64(i+1), uint64(i+1)
		j[i] = e
	}
	sort.SliceStable(j, func(a, b int) bool { return j[a].At.Before(j[b].At) })
	return j
}

// figured are the gauges of the default preset that gauges asserts.
var figured = []string{quota.BudgetName, quota.CeilingName, quota.SevenDaysName, quota.PaceName}

// gauges asserts "left week", then used figures in the order of the default preset. What else is measured is soft.
func gauges(t *testing.T, b quota.Budget, left, week int, used ...int) {
	t.Helper()
	if b.Left != left || b.Week != week {
		t.Errorf("%d left now, %d this week, want %d and %d", b.Left, b.Week, left, week)
	}
	if len(b.Gauges) < len(used) {
		t.Fatalf("%d gauges, want %d", len(b.Gauges), len(used))
	}
	for i, g := range b.Gauges {
		switch {
		case i >= len(used) && g.Force != quota.Soft:
			t.Errorf("%s binds, and nothing was expected of it", g.Name)
		case i < len(used) && (g.Used != used[i] || g.Name != figured[i]):
			t.Errorf("%s: %d used, want %d for %s", g.Name, g.Used, used[i], figured[i])
		}
	}
}

func binding(t *testing.T, b quota.Budget, name string) quota.Gauge {
	t.Helper()
	g, ok := b.Binding()
	if !ok || g.Name != name {
		t.Errorf("%q binds, want %q", g.Name, name)
	}
	return g
}

// A hundred inside two calendar weeks is still a hundred in seven days.
func TestSundayNightAndMondayMorning(t *testing.T) {
	j := journal(
		sent(40, quota.Invite, moment(t, "2026-11-22T23:59:59Z"), time.UTC),
		sent(55, quota.Invite, moment(t, "2026-11-23T00:00:01Z"), time.UTC),
	)
	at := moment(t, "2026-11-23T00:00:02Z")
	b := paceline(j, at, time.UTC).Budget(quota.Invite)
	gauges(t, b, 5, 20, 55, 55, 95, 55)
	if g := binding(t, b, quota.SevenDaysName); g.Room() != 5 || !g.Ends.IsZero() {
		t.Errorf("room %d, ends %s", g.Room(), g.Ends)
	}
	if g, _ := b.Find(quota.BudgetName); g.Room() != 20 || !g.Ends.Equal(moment(t, "2026-11-30T00:00:00Z")) {
		t.Errorf("the week's budget has room for %d and ends %s", g.Room(), g.Ends)
	}
	o, ok := paceline(j, at, time.UTC).NextOpening(b)
	if want := (quota.Opening{At: moment(t, "2026-11-29T23:59:59Z"), More: 15, Left: 20}); !ok || o != want {
		t.Errorf("opening %+v, want %+v", o, want)
	}
}

func TestRollingWindowToTheMicrosecond(t *testing.T) {
	at := moment(t, "2026-11-25T10:00:00Z")
	for _, c := range []struct {
		off  time.Duration
		used int
	}{{-time.Microsecond, 0}, {0, 0}, {time.Microsecond, 7}} {
		j := journal(sent(7, quota.Invite, at.Add(-7*24*time.Hour+c.off), time.UTC))
		b := paceline(j, at, time.UTC).Budget(quota.Invite)
		if g, _ := b.Find(quota.SevenDaysName); g.Used != c.used {
			t.Errorf("7 days%+d µs ago: %d used, want %d", -c.off.Microseconds(), g.Used, c.used)
		}
	}
	for _, c := range []struct {
		off        time.Duration
		used, left int
	}{{-time.Microsecond, 0, 75}, {0, 7, 68}, {time.Microsecond, 7, 68}} {
		j := journal(sent(7, quota.Invite, quota.WeekOf(at).Start().Add(c.off), time.UTC))
		b := paceline(j, at, time.UTC).Budget(quota.Invite)
		if g, _ := b.Find(quota.BudgetName); g.Used != c.used || b.Left != c.left {
			t.Errorf("Monday 00:00%+d µs: %d used, %d left, want %d and %d", c.off.Microseconds(), g.Used, b.Left, c.used, c.left)
		}
	}
}

func TestCountedToTheEndOfTheWeek(t *testing.T) {
	sunday := moment(t, "2026-11-29T23:59:59.999999Z")
	j := journal(sent(7, quota.Invite, sunday, time.UTC))
	for at, used := range map[time.Time]int{sunday: 7, sunday.Add(time.Microsecond): 0} {
		b := paceline(j, at, time.UTC).Budget(quota.Invite)
		gauges(t, b, 75-used, 75-used, used, used, 7, used)
		binding(t, b, quota.BudgetName)
	}
}

// The card of the product: Ana, Tuesday 10:05 in Berlin, after five working days of 15 at 10:00.
func TestAnasCard(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	var sends []quota.Entry
	for _, d := range []string{"16", "17", "18", "19", "20", "23", "24"} {
		sends = append(sends, sent(15, quota.Invite, date(t, "2026-11-"+d).In(berlin, 10, 0), berlin))
	}
	j, at := journal(sends...), moment(t, "2026-11-24T09:05:00Z")
	b := paceline(j, at, berlin).Budget(quota.Invite)
	gauges(t, b, 25, 45, 30, 30, 75, 15)
	binding(t, b, quota.SevenDaysName)
	o, ok := paceline(j, at, time.UTC).NextOpening(b)
	if want := (quota.Opening{At: moment(t, "2026-11-25T09:00:00Z"), More: 15, Left: 40}); !ok || o != want {
		t.Errorf("opening %+v, want %+v", o, want)
	}
	p, ok := paceline(j, at, berlin).EasyPlan(b)
	if want := (quota.Plan{PerDay: 15, Total: 45, From: date(t, "2026-11-25"), To: date(t, "2026-11-27"), Days: 3}); !ok || p != want {
		t.Errorf("plan %+v, want %+v", p, want)
	}
}

func TestKinds(t *testing.T) {
	at := moment(t, "2026-11-24T12:00:00Z")
	j := journal(sent(10, quota.Invite, at, time.UTC), sent(3, quota.Note, at, time.UTC), sent(50, quota.InMail, at, time.UTC))
	s := paceline(j, at, time.UTC)
	s.Member.Account.Type = quota.Free
	gauges(t, s.Budget(quota.Invite), 62, 62, 13, 13, 13, 13)
	b := s.Budget(quota.Note)
	if b.Left != 2 || b.Week != 2 || used(t, b, quota.BudgetName) != 13 || used(t, b, quota.PaceName) != 13 || used(t, b, quota.NotesName) != 3 {
		t.Errorf("%+v", b)
	}
	binding(t, b, quota.NotesName)
	s.Member.Account.Type = quota.UnknownAccount
	free := s.Budget(quota.InMail)
	if _, ok := free.Binding(); ok || len(free.Gauges) != 0 {
		t.Error("something binds InMail")
	}
	if _, ok := s.NextOpening(free); ok {
		t.Error("what nothing binds opens")
	}
	if _, ok := s.EasyPlan(free); ok {
		t.Error("what nothing binds has a plan")
	}
	for _, k := range quota.Kinds() {
		if k.String() == quota.Kind(0).String() {
			t.Errorf("kind %d has no name", k)
		}
	}
}

// A fact recorded before the clock stepped back stays a fact, and openings stay true.
func TestClockSteppedBackOverMonday(t *testing.T) {
	at := moment(t, "2026-11-22T23:00:00Z")
	j := journal(
		sent(75, quota.Invite, moment(t, "2026-11-22T10:00:00Z"), time.UTC),
		sent(10, quota.Invite, moment(t, "2026-11-15T23:30:00Z"), time.UTC),
		sent(20, quota.Invite, moment(t, "2026-11-23T00:30:00Z"), time.UTC),
	)
	b := paceline(j, at, time.UTC).Budget(quota.Invite)
	gauges(t, b, 0, 0, 75, 75, 105, 75)
	o, ok := paceline(j, at, time.UTC).NextOpening(b)
	if want := (quota.Opening{At: moment(t, "2026-11-23T00:00:00Z"), More: 5, Left: 5}); !ok || o != want {
		t.Errorf("opening %+v, want %+v", o, want)
	}
	// Next week's are no part of this week's budget.
	j[0].Quantity, j[1].Quantity, j[2].Quantity = 30, 40, 40
	b = paceline(j, at, time.UTC).Budget(quota.Invite)
	gauges(t, b, 0, 35, 40, 40, 110, 40)
	o, ok = paceline(j, at, time.UTC).NextOpening(b)
	if want := (quota.Opening{At: moment(t, "2026-11-22T23:30:00Z"), More: 20, Left: 20}); !ok || o != want {
		t.Errorf("opening %+v, want %+v", o, want)
	}
}

// One this week and one in the next, already: the week after that is the first with more.
func TestOpeningTheWeekAfterNext(t *testing.T) {
	at := moment(t, "2026-11-22T23:00:00Z")
	j := journal(sent(1, quota.Invite, at, time.UTC), sent(1, quota.Invite, moment(t, "2026-11-23T00:30:00Z"), time.UTC))
	o, ok := paceline(j, at, time.UTC).NextOpening(paceline(j, at, time.UTC).Budget(quota.Invite))
	if want := (quota.Opening{At: moment(t, "2026-11-30T00:00:00Z"), More: 1, Left: 75}); !ok || o != want {
		t.Errorf("opening %+v, want %+v", o, want)
	}
}

func TestOpeningsWithinAnHourAreOne(t *testing.T) {
	at := moment(t, "2026-11-25T09:00:00Z")
	before := func(s string) time.Time { return moment(t, s).Add(-7 * 24 * time.Hour) }
	j := journal(
		sent(5, quota.Invite, before("2026-11-25T09:00:00Z"), time.UTC), // just free
		sent(60, quota.Invite, before("2026-11-25T10:00:00Z"), time.UTC),
		sent(5, quota.Invite, before("2026-11-25T10:40:00Z"), time.UTC),
		sent(5, quota.Invite, before("2026-11-25T11:00:00Z"), time.UTC),
		sent(5, quota.Invite, before("2026-11-25T11:00:00.000001Z"), time.UTC),
		sent(30, quota.Invite, at, time.UTC),
	)
	b := paceline(j, at, time.UTC).Budget(quota.Invite)
	gauges(t, b, 0, 45, 30, 30, 105, 30)
	o, ok := paceline(j, at, time.UTC).NextOpening(b)
	// 5 of the 60 only bring it back to the ceiling, and the week's own room stops it at 45: no later moment adds any.
	if want := (quota.Opening{At: moment(t, "2026-11-25T10:00:00Z"), More: 45, Left: 45}); !ok || o != want {
		t.Errorf("opening %+v, want %+v", o, want)
	}
	j = append(j[:5:5], sent(50, quota.Invite, moment(t, "2026-11-20T10:00:00Z"), time.UTC), j[5])
	j[1].Quantity = 2
	b = paceline(j, at, time.UTC).Budget(quota.Invite)
	o, ok = paceline(j, at, time.UTC).NextOpening(b)
	if want := (quota.Opening{At: moment(t, "2026-11-25T11:00:00Z"), More: 12, Left: 15}); !ok || o != want {
		t.Errorf("opening %+v, want %+v", o, want)
	}
	if _, ok := paceline(nil, at, time.UTC).NextOpening(paceline(nil, at, time.UTC).Budget(quota.Invite)); ok {
		t.Error("a whole budget opens")
	}
}

// A new week is told by itself: what rolls free within the hour after it does not belong to it.
func TestOpeningOfMondayStandsAlone(t *testing.T) {
	at := moment(t, "2026-11-29T12:00:00Z")
	j := journal(sent(60, quota.Invite, moment(t, "2026-11-23T00:30:00Z"), time.UTC), sent(15, quota.Invite, moment(t, "2026-11-25T09:00:00Z"), time.UTC))
	b := paceline(j, at, time.UTC).Budget(quota.Invite)
	o, ok := paceline(j, at, time.UTC).NextOpening(b)
	if want := (quota.Opening{At: moment(t, "2026-11-30T00:00:00Z"), More: 25, Left: 25}); b.Left != 0 || !ok || o != want {
		t.Errorf("%d left, opening %+v, want %+v", b.Left, o, want)
	}
	// From Monday on it is one like any other.
	s := paceline(j, moment(t, "2026-11-30T00:00:00Z"), time.UTC)
	if o, ok := s.NextOpening(s.Budget(quota.Invite)); !ok || o != (quota.Opening{At: moment(t, "2026-11-30T00:30:00Z"), More: 50, Left: 75}) {
		t.Errorf("opening %+v", o)
	}
}

func TestFind(t *testing.T) {
	p, _ := quota.FindPreset(quota.PacelinePreset)
	if _, ok := p.Find("horoscope"); ok {
		t.Error("found a limit that is not there")
	}
	if _, ok := quota.FindPreset("horoscope"); ok {
		t.Error("found a preset that is not there")
	}
	if own, ok := quota.FindPreset(""); !ok || own != p {
		t.Error("no preset is not Paceline's own")
	}
	if _, ok := (quota.Budget{}).Find(quota.BudgetName); ok {
		t.Error("found a gauge that is not there")
	}
}
