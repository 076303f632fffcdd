package quota_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

var pacing = []string{quota.NudgeKind, quota.CeilingKind, quota.ToldKind}

// At most one message a day and two a week; logs of the same hour put it into other words.
func TestNudgesAreFew(t *testing.T) {
	o := led(t, "mia")
	now := func(what, want string) { t.Helper(); o.is(what, want, pacing...) }
	o.send(quota.Invite, 19)
	now("20 in an hour", "")
	o.send(quota.Invite, 1)
	now("21", "nudge/ana/2026-11-23/1 at 24 09:00")
	o.say(pacing...)
	o.at = o.at.Add(59 * time.Minute)
	o.send(quota.Invite, 1)
	now("more within the hour", "nudge/ana/2026-11-23/1 again")
	o.say(pacing...)
	o.at = o.at.Add(time.Minute)
	o.send(quota.Invite, 1)
	now("when the hour is full", "nudge/ana/2026-11-23/1 again")
	o.say(pacing...)
	o.at = o.at.Add(time.Microsecond)
	o.send(quota.Invite, 1)
	now("when it is over", "nudge/ana/2026-11-23/1 to ana")
	o.at = o.at.Add(2 * time.Hour)
	o.send(quota.Invite, 25)
	now("another burst that day", "nudge/ana/2026-11-23/1 to ana")
	for range 2 {
		o.at = o.at.Add(24 * time.Hour)
		o.send(quota.Invite, 21)
		o.say(pacing...)
		now("a burst on another day", "nudge/ana/2026-11-23/1 to ana, nudge/ana/2026-11-23/2 to ana")
	}
	o.at = clock("2026-12-04T09:00:00Z")
	o.send(quota.Invite, 25)
	if _, ok := o.intents(quota.NudgeKind)["nudge/ana/2026-11-30/1"]; !ok {
		t.Error("nothing in a new week")
	}
}

// What was taken back leaves the day and the week to another; a cram is one of the day.
func TestNudgesTakenBackAreFree(t *testing.T) {
	o := led(t)
	now := func(what, want string) { t.Helper(); o.is(what, want, pacing...) }
	for range 3 {
		out := o.send(quota.Invite, 25)
		now("a burst", "nudge/ana/2026-11-23/1 at 24 "+o.at.Format("15:04"))
		o.say(pacing...)
		o.at = o.at.Add(2 * time.Hour)
		o.takeBack(out.Operation.Op)
		o.say(pacing...)
		now("taken back", "")
	}
	lost := o.intents(quota.NudgeKind)["nudge/ana/2026-11-23/1"]
	lost.Reason = "it may have been delivered"
	o.put(lost)
	o.send(quota.Invite, 25)
	now("one that may stand there", "")
	nudged := func(want bool) {
		t.Helper()
		if n, err := o.book.Nudged(t.Context(), o.who, o.at); err != nil || n != want {
			t.Errorf("nudged: %v, %v", n, err)
		}
	}
	nudged(true)
	lost.Reason = quota.TakenBack
	o.put(lost)
	cram := quota.Intent{Name: "cram/ana/2026-11-23", To: "ana", Member: "ana", Due: o.at, State: quota.Pending, Next: o.at}
	o.put(cram)
	nudged(false)
	cram.State, cram.Next = quota.Posted, time.Time{}
	o.put(cram)
	o.at = o.at.Add(time.Hour + time.Minute)
	o.send(quota.Invite, 21)
	now("after a cram", "")
}

// The gravest line of the hour is told, and the milder one again when it is undone; midnight ends no hour.
func TestNudgeTellsTheGravest(t *testing.T) {
	o := newOffice(t)
	const one = "nudge/ana/2026-11-23/1"
	op := func(want uint64) {
		t.Helper()
		if i := o.intents(quota.NudgeKind)[one]; i.Op != want || i.State != quota.Pending {
			t.Fatalf("%+v, want operation %d", i, want)
		}
		o.say(pacing...)
	}
	line := func(want quota.Line) {
		t.Helper()
		_, v, err := o.book.Paced(t.Context(), o.who, o.at, o.intents(quota.NudgeKind)[one].Op)
		if err != nil || v.Line != want {
			t.Fatalf("%+v, %v", v, err)
		}
	}
	o.at = clock("2026-11-23T13:00:00Z")
	for range 4 {
		o.send(quota.Invite, 10)
		o.at = o.at.Add(3*time.Hour + 20*time.Minute)
	}
	mild := o.intents(quota.NudgeKind)[one]
	o.say(pacing...)
	line(quota.DayLine)
	o.at = mild.Due.Add(50 * time.Minute) // past midnight
	if o.at.Day() == mild.Due.Day() {
		o.at = mild.Due.Add(59 * time.Minute)
	}
	grave := o.send(quota.Invite, 20).Operation
	op(grave.Op)
	line(quota.BurstLine)
	o.takeBack(grave.Op)
	op(mild.Op)
	line(quota.DayLine)
}

// A day of the member may lie in two weeks.
func TestOneNudgeADayWestOfUTC(t *testing.T) {
	o := newOffice(t)
	o.who.Zone = "America/Los_Angeles"
	o.at = clock("2026-11-29T20:00:00Z") // Sunday noon
	o.send(quota.Invite, 21)
	o.at = clock("2026-11-30T03:00:00Z") // Sunday evening
	o.send(quota.Invite, 30)
	o.is("two weeks, one day", "nudge/ana/2026-11-23/1 at 29 20:00", quota.NudgeKind)
}

// Midnight ends no hour, nor does the end of a week.
func TestNudgeOverMidnight(t *testing.T) {
	o := led(t, "mia")
	o.at = clock("2026-11-29T23:40:00Z")
	o.send(quota.Invite, 101)
	o.say(pacing...)
	o.who.ID = "ben"
	o.send(quota.Invite, 21)
	o.say(pacing...)
	o.at = clock("2026-11-30T00:20:00Z")
	o.send(quota.Invite, 1)
	o.who.ID = "ana"
	o.say(quota.ToldKind)
	o.send(quota.Invite, 1)
	o.is("after midnight", "ceiling/ana/2026-11-23/1 again, nudge/ben/2026-11-23/1 again, told/ana/2026-11-29/1 again", pacing...)
}

func TestNudgesRespectLeaveAndUndo(t *testing.T) {
	o := led(t, "mia")
	today := quota.DayOf(o.at, time.UTC)
	if _, err := o.book.Away(t.Context(), o.who, o.key(), o.at, quota.Away{From: today, Until: today}); err != nil {
		t.Fatal(err)
	}
	o.send(quota.Invite, 30)
	o.is("a burst on leave", "", pacing...)
	o.at = o.at.Add(24 * time.Hour)
	out := o.send(quota.Invite, 30)
	o.say(pacing...)
	o.is("a burst", "nudge/ana/2026-11-23/1 to ana", pacing...)
	o.at = clock("2026-12-01T09:00:00Z")
	o.takeBack(out.Operation.Op)
	o.is("undone in the week after", "nudge/ana/2026-11-23/1 again", pacing...)
	o.say(pacing...)
	o.is("and taken away", "", pacing...)
	backdated := quota.Log{Kind: quota.Invite, Quantity: 40, When: quota.When{Kind: quota.DaysAgo}}
	if _, err := o.book.Log(t.Context(), o.who, o.key(), o.at, backdated); err != nil {
		t.Fatal(err)
	}
	o.is("told by the day", "", pacing...)
}

// A ceiling stands outside all that: the member at once, managers half an hour later and once a day.
func TestCeilingIsTold(t *testing.T) {
	const day = "told/ana/2026-11-24/"
	o := led(t, "ana", "mia", "max")
	now := func(what, want string) { t.Helper(); o.is(what, want, pacing...) }
	if _, err := o.book.Quiet(t.Context(), o.who, o.key(), o.at, o.at.Add(200*time.Hour)); err != nil {
		t.Fatal(err)
	}
	o.send(quota.Invite, 99)
	now("100", "")
	first := o.send(quota.Invite, 1).Operation
	now("101", "ceiling/ana/2026-11-23/1 at 24 09:00, "+day+"1 at 24 09:30, "+day+"2 at 24 09:30")
	o.say(pacing...)
	o.at = o.at.Add(10 * time.Minute)
	o.takeBack(first.Op)
	now("undone at once", "ceiling/ana/2026-11-23/1 again, "+day+"1 at 24 09:30, "+day+"2 at 24 09:30")
	o.say(pacing...)
	again := o.send(quota.Invite, 2).Operation
	now("passed again", "ceiling/ana/2026-11-23/1 at 24 09:10, "+day+"1 at 24 09:40, "+day+"2 at 24 09:40")
	if i := o.intents(quota.ToldKind)[day+"1"]; i.Op != again.Op {
		t.Errorf("%+v is about what was undone", i)
	}
	o.at = o.at.Add(30 * time.Minute)
	o.say(pacing...)
	const said = "ceiling/ana/2026-11-23/1 to ana, " + day + "1 to mia, " + day + "2 to max"
	now("said", said)
	o.send(quota.Invite, 5)
	now("more within the hour", "ceiling/ana/2026-11-23/1 again, "+day+"1 again, "+day+"2 again")
	o.say(pacing...)
	now("said anew", said)
	o.at = o.at.Add(3 * time.Hour)
	o.send(quota.Invite, 1)
	now("more past it is no crossing", said)
	o.takeBack(0)
	now("a part undone that day", "ceiling/ana/2026-11-23/1 again, "+day+"1 again, "+day+"2 again")
	o.say(pacing...)
	now("said anew", said)
	o.takeBack(0)
	o.takeBack(again.Op)
	now("undone when all were told", "ceiling/ana/2026-11-23/1 again, "+day+"1 again, "+day+"2 again")
	o.say(pacing...)
	now("and taken away", "")
	// Undone within the half hour, managers hear of the next one all the same.
	o.send(quota.Invite, 2)
	o.say(pacing...)
	o.takeBack(0)
	o.at = o.at.Add(31 * time.Minute)
	o.say(pacing...)
	now("nobody is told", "")
	o.send(quota.Invite, 2)
	now("until it is passed once more", "ceiling/ana/2026-11-23/1 at 24 13:11, "+day+"1 at 24 13:41, "+day+"2 at 24 13:41")
}

// What waits for working hours comes at their beginning, in the member's zone.
func TestAwake(t *testing.T) {
	weekdays := quota.DefaultWorkdays
	day := func(s string) quota.Day { return quota.DayOf(clock(s+"T00:00:00Z"), time.UTC) }
	for _, c := range []struct {
		name, zone string
		days       quota.Workdays
		quiet      quota.Quiet
		away       quota.Away
		at, want   string
	}{
		{"in the morning", "UTC", weekdays, quota.Quiet{}, quota.Away{}, "2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z"},
		{"before it", "UTC", weekdays, quota.Quiet{}, quota.Away{}, "2026-11-24T08:59:00Z", "2026-11-24T09:00:00Z"},
		{"as the evening begins", "UTC", weekdays, quota.Quiet{}, quota.Away{}, "2026-11-24T18:00:00Z", "2026-11-25T09:00:00Z"},
		{"on Friday evening", "UTC", weekdays, quota.Quiet{}, quota.Away{}, "2026-11-27T19:00:00Z", "2026-11-30T09:00:00Z"},
		{"in Berlin", "Europe/Berlin", weekdays, quota.Quiet{}, quota.Away{}, "2026-11-24T18:00:00Z", "2026-11-25T08:00:00Z"},
		{"on the day the clocks change", "Europe/Berlin", 127, quota.Quiet{}, quota.Away{}, "2026-03-28T20:00:00Z", "2026-03-29T07:00:00Z"},
		{"with hours of one's own", "UTC", weekdays, quota.Quiet{From: 1440, To: 0}, quota.Away{}, "2026-11-24T23:59:00Z", "2026-11-24T23:59:00Z"},
		{"after a leave", "UTC", weekdays, quota.Quiet{}, quota.Away{From: day("2026-11-24"), Until: day("2026-11-26")}, "2026-11-24T10:00:00Z", "2026-11-27T09:00:00Z"},
		{"never", "UTC", 0, quota.Quiet{}, quota.Away{}, "2026-11-24T03:00:00Z", "2026-11-24T03:00:00Z"},
	} {
		z, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		s := quota.Standing{Zone: z}
		s.Member.Workdays, s.Member.Quiet, s.Member.Away = c.days, c.quiet, c.away
		if got := s.Awake(clock(c.at)); !got.Equal(clock(c.want)) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// A cram that is said stays as it is whatever is logged after it, and is the one message of its day.
func TestLogsLeaveACramAlone(t *testing.T) {
	o := led(t)
	o.at = clock("2026-11-27T09:00:00Z")
	cram := quota.Intent{Name: "cram/ana/2026-11-23", To: "ana", Team: "1", Member: "ana", Due: o.at, Expires: o.at.Add(quota.MessageLife),
		State: quota.Posted, Tries: 1, Content: []byte("words"), At: quota.Place{Channel: "ana", TS: "1"}, Settled: o.at}
	o.put(cram)
	for _, minutes := range []time.Duration{10, 100} {
		o.at = cram.Due.Add(minutes * time.Minute)
		o.send(quota.Invite, 25)
		if got := o.intents(quota.CramKind)[cram.Name]; !reflect.DeepEqual(got, cram) {
			t.Fatalf("after %d minutes: %+v", minutes, got)
		}
		o.is("after a burst", "", pacing...)
	}
}
