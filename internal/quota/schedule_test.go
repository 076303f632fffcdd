package quota_test

import (
	"maps"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func (o *office) schedule() {
	if err := o.book.Schedule(o.t.Context(), "T", o.at); err != nil {
		o.t.Fatalf("%v", err)
	}
}

func (o *office) digestAt(zone string, minute int) {
	_, err := o.book.SetUp(o.t.Context(), o.who, o.key(), o.at, quota.Setup{ID: "1", Name: "Outreach", Digest: &quota.Digest{Zone: zone, Minute: minute}})
	must(o, 0, err)
}

func TestScheduleOwesAndIsIdempotent(t *testing.T) {
	o := led(t)
	now := func(what, want string) { t.Helper(); o.is(what, want, quota.DigestKind) }
	now("created on a Tuesday", "digest/1/2026-11-30 at 30 00:00")
	for range 3 {
		was := o.intents(quota.DigestKind)
		o.schedule()
		o.at = o.at.Add(time.Minute)
		if !maps.EqualFunc(was, o.intents(quota.DigestKind), func(a, b quota.Intent) bool { return a.Name == b.Name && a.Due.Equal(b.Due) }) {
			t.Error("scheduling again changed something")
		}
	}
	o.at = clock("2026-12-08T12:00:00Z") // nobody was there for a week
	clear(o.store.workspaces["T"].intents)
	o.schedule()
	now("owed", "digest/1/2026-12-07 at 07 00:00, digest/1/2026-12-14 at 14 00:00")
	// One that is a week old is not.
	o.at = clock("2026-12-13T23:59:00Z")
	clear(o.store.workspaces["T"].intents)
	o.digestAt("", 0)
	o.schedule()
	now("the next one was made", "digest/1/2026-12-14 at 14 00:00")
}

func TestScheduleWithoutChannel(t *testing.T) {
	o := newOffice(t)
	o.send(quota.Invite, 1)
	o.at = o.at.Add(14 * 24 * time.Hour)
	o.schedule()
	o.is("no channel", "", quota.DigestKind)
}

func TestDigestIsMoved(t *testing.T) {
	o := led(t)
	now := func(what, want string) { t.Helper(); o.is(what, want, quota.DigestKind) }
	o.digestAt("Europe/Berlin", 9*60)
	now("Berlin in winter", "digest/1/2026-11-30 at 30 08:00")
	o.digestAt("Pacific/Auckland", 9*60) // Monday 09:00 there is Sunday in UTC
	now("Auckland", "digest/1/2026-11-30 at 30 00:00")
	o.digestAt("America/Los_Angeles", 9*60)
	now("Los Angeles", "digest/1/2026-11-30 at 30 17:00")
	at := o.at
	o.at = clock("2026-11-30T17:00:00Z")
	o.digestAt("America/Los_Angeles", 10*60)
	now("moved as it is due", "digest/1/2026-11-30 at 30 17:00, digest/1/2026-12-07 at 07 18:00")
	clear(o.store.workspaces["T"].intents)
	o.at = at
	o.digestAt("America/Los_Angeles", 9*60)
	o.at = clock("2026-11-30T12:00:00Z")
	o.digestAt("", 0)
	now("moved to a time that has passed", "digest/1/2026-11-30 at 30 12:00, digest/1/2026-12-07 at 07 00:00")
	team := quota.Team{Digest: quota.Digest{Zone: "Europe/Berlin", Minute: 9 * 60}}
	for _, monday := range []string{"2026-03-23", "2026-03-30", "2026-10-19", "2026-10-26"} { // the clocks change in between
		w := quota.WeekOf(clock(monday + "T00:00:00Z"))
		if due := o.book.DigestDue(team, w).In(o.book.Zone("Europe/Berlin")); due.Hour() != 9 || due.Format(time.DateOnly) != monday {
			t.Errorf("%s", due)
		}
	}
}

// What members ask for comes in their hours, on their days.
func TestAsked(t *testing.T) {
	all := quota.WantsCheckIn | quota.WantsRecap | quota.WantsCram
	kinds := []string{quota.CheckInKind, quota.RecapKind, quota.CramKind, quota.OverviewKind}
	const weekdays = quota.DefaultWorkdays
	for _, c := range []struct {
		name, zone, at string
		days           quota.Workdays
		want           string
	}{
		{"a Tuesday", "UTC", "2026-11-24T09:00:00Z", weekdays, "checkin/ana/2026-11-24 at 24 17:30, cram/ana/2026-11-23 at 27 09:00, recap/ana/2026-11-30 at 30 09:00"},
		{"at the end of it", "UTC", "2026-11-24T17:30:00Z", weekdays, "checkin/ana/2026-11-25 at 25 17:30, cram/ana/2026-11-23 at 27 09:00, recap/ana/2026-11-30 at 30 09:00"},
		{"a Friday", "UTC", "2026-11-27T17:30:00Z", weekdays, "checkin/ana/2026-11-30 at 30 17:30, cram/ana/2026-11-30 at 04 09:00, recap/ana/2026-11-30 at 30 09:00"},
		{"who works on Tuesdays", "UTC", "2026-11-24T18:00:00Z", 1 << time.Tuesday, "checkin/ana/2026-12-01 at 01 17:30, cram/ana/2026-11-30 at 01 09:00, recap/ana/2026-11-30 at 30 09:00"},
		{"who never works", "UTC", "2026-11-24T09:00:00Z", 0, "recap/ana/2026-11-30 at 30 09:00"},
		{"Auckland, where Monday morning is Sunday", "Pacific/Auckland", "2026-11-24T09:00:00Z", 0, "recap/ana/2026-11-30 at 30 00:00"},
	} {
		o := led(t)
		m := o.row()
		m.Zone, m.ZoneChosen, m.Workdays, m.Wants = c.zone, true, c.days, all|quota.WantsOverview // of which only managers get one
		o.store.workspaces["T"].members["ana"] = m
		o.at = clock(c.at)
		o.schedule()
		o.schedule()
		o.is(c.name, c.want, kinds...)
	}
	o := led(t, "ana")
	m := o.row()
	m.Wants = quota.WantsOverview
	o.store.workspaces["T"].members["ana"] = m
	o.schedule()
	o.is("a manager", "overview/ana/1/2026-11-30 at 30 09:00", kinds...)
	m.Left, m.Wants = o.at, m.Wants|all
	o.store.workspaces["T"].members["ana"] = m
	o.at = o.at.Add(time.Minute)
	o.schedule()
	o.is("a manager who left", "overview/ana/1/2026-11-30 at 30 09:00", kinds...)
}

// What was asked for follows the zone and the working days, wherever they change.
func TestAskedFollowsDaysAndZone(t *testing.T) {
	kinds := []string{quota.CheckInKind, quota.CramKind}
	o := led(t)
	o.wish(quota.Wishes{Wants: quota.WantsCheckIn | quota.WantsCram})
	now := func(what, want string) { t.Helper(); o.is(what, want, kinds...) }
	set := func(zone string, days quota.Workdays) {
		t.Helper()
		if _, err := o.book.Set(t.Context(), o.who, o.key(), o.at, quota.Settings{Zone: zone, Workdays: days}); err != nil {
			t.Fatal(err)
		}
	}
	now("asked", "checkin/ana/2026-11-24 at 24 17:30, cram/ana/2026-11-23 at 27 09:00")
	set("America/New_York", quota.DefaultWorkdays)
	now("west", "checkin/ana/2026-11-24 at 24 22:30, cram/ana/2026-11-23 at 27 14:00")
	set("UTC", 1<<time.Wednesday|1<<time.Thursday)
	now("other days", "checkin/ana/2026-11-25 at 25 17:30, cram/ana/2026-11-23 at 26 09:00")
	set("UTC", quota.DefaultWorkdays)
	o.schedule()
	now("and back", "checkin/ana/2026-11-24 at 24 17:30, cram/ana/2026-11-23 at 27 09:00")
	// The zone of a profile changes under one that somebody is about to say.
	m := o.row()
	m.Zone = "America/New_York"
	o.store.workspaces["T"].members["ana"] = m
	o.at = clock("2026-11-24T17:30:00Z")
	i := o.intents(quota.CheckInKind)["checkin/ana/2026-11-24"]
	i.State, i.Token = quota.Sending, 7
	o.put(i)
	if o.book.Timely(m, i) {
		t.Error("noon is the end of the day")
	}
	o.schedule()
	now("moved", "checkin/ana/2026-11-24 at 24 22:30, cram/ana/2026-11-23 at 27 14:00")
	if i = o.intents(quota.CheckInKind)[i.Name]; i.Token != 0 || !o.book.Timely(m, i) {
		t.Errorf("%+v", i)
	}
}

// A check-in comes in the last hour of a working day, not before and not after.
func TestTimelyCheckIn(t *testing.T) {
	o := led(t)
	m := o.row()
	for at, want := range map[string]bool{
		"24T16:59": false, "24T17:00": true, "24T17:59": true, "24T18:00": false, "28T17:30": false, // a Saturday
	} {
		if o.book.Timely(m, quota.Intent{Name: "checkin/ana/x", Due: clock("2026-11-" + at + ":00Z")}) != want {
			t.Errorf("%s", at)
		}
	}
}

// A digest that waits for Slack's patience goes to the new channel in new words.
func TestDigestMovesBeforeItIsSent(t *testing.T) {
	o := led(t)
	const name = "digest/1/2026-11-30"
	i := o.intents(quota.DigestKind)[name]
	o.at = clock("2026-11-30T00:01:00Z")
	i.Content, i.Token, i.Next = []byte("names"), 4, o.at.Add(time.Minute)
	for tries, want := range map[int]string{0: "C2", 1: "C1"} {
		i.Tries = tries
		o.put(i)
		if tries == 1 {
			o.setChannel("C3")
		} else {
			o.setChannel("C2")
		}
		got := o.intents(quota.DigestKind)[name]
		if got.To != want || (got.Content == nil) != (tries == 0) || got.Token != map[int]uint64{0: 0, 1: 4}[tries] || !got.Due.Equal(i.Due) {
			t.Errorf("sent %d times: %+v", tries, got)
		}
	}
}

func (o *office) setChannel(c string) {
	_, err := o.book.SetUp(o.t.Context(), o.who, o.key(), o.at, quota.Setup{ID: "1", Name: "Outreach", Channel: c})
	must(o, 0, err)
}
