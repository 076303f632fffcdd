package quota_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func (o *office) team(managers ...string) quota.Team {
	t, err := o.book.SetUp(o.t.Context(), o.who, o.key(), o.at, quota.Setup{Name: "Outreach", Channel: "C1", Managers: managers})
	return must(o, t, err)
}

func (o *office) wish(w quota.Wishes) quota.Member {
	m, err := o.book.Wish(o.t.Context(), o.who, o.key(), o.at, w)
	return must(o, m, err)
}

// intents returns those whose kind is one of some, by name.
func (o *office) intents(kinds ...string) map[string]quota.Intent {
	out := make(map[string]quota.Intent)
	for name, i := range o.store.workspaces["T"].intents {
		if slices.Contains(kinds, i.Kind()) {
			out[name] = i
		}
	}
	return out
}

// Quiet keeps nudges back until it ends; a ceiling is told all the same.
func TestQuiet(t *testing.T) {
	o := newOffice(t)
	if _, err := o.book.Quiet(t.Context(), o.who, o.key(), o.at, o.at.Add(time.Hour)); !errors.Is(err, quota.ErrNotOnTeam) {
		t.Errorf("quiet of somebody unknown: %v", err)
	}
	o.send(quota.Invite, 1)
	if m, err := o.book.Quiet(t.Context(), o.who, o.key(), o.at, o.at.Add(15*time.Hour)); err != nil || !m.Quiet.Until.Equal(o.at.Add(15*time.Hour)) {
		t.Errorf("%+v, %v", m.Quiet, err)
	}
	o.send(quota.Invite, 30)
	if n := o.intents(quota.NudgeKind); len(n) != 0 {
		t.Errorf("a burst while it is quiet: %+v", n)
	}
	o.send(quota.Invite, 80)
	if n := o.intents(quota.CeilingKind); len(n) != 1 {
		t.Errorf("a ceiling while it is quiet: %+v", n)
	}
	o = newOffice(t)
	o.send(quota.Invite, 1)
	for _, until := range []time.Time{o.at.Add(time.Hour), {}} {
		if m, err := o.book.Quiet(t.Context(), o.who, o.key(), o.at, until); err != nil || !m.Quiet.Until.Equal(until) {
			t.Errorf("%+v, %v", m.Quiet, err)
		}
	}
	o.send(quota.Invite, 30)
	if n := o.intents(quota.NudgeKind); len(n) != 1 {
		t.Errorf("a burst after quiet has ended: %+v", n)
	}
}

// What is wished for is made in the same change, moves with the hours, and is not taken back by second thoughts.
func TestWish(t *testing.T) {
	o := newOffice(t)
	o.team("mia")
	if _, err := o.book.Wish(t.Context(), o.who, o.key(), o.at, quota.Wishes{Wants: quota.WantsRecap}); !errors.Is(err, quota.ErrNotOnTeam) {
		t.Errorf("wishes of somebody unknown: %v", err)
	}
	o.send(quota.Invite, 1)
	for _, w := range []quota.Wishes{{From: 600, To: 600}, {From: 540, To: 1080}, {From: 1441}, {From: 18 * 60, To: -1}, {To: 9 * 60}, {From: 599, To: 540}} {
		if _, err := o.book.Wish(t.Context(), o.who, o.key(), o.at, w); err == nil {
			t.Errorf("%+v was taken", w)
		}
	}
	if m := o.wish(quota.Wishes{Wants: 15}); m.Wants != 7 { // no manager: no overview
		t.Errorf("wants %d", m.Wants)
	}
	due := func(name string, want string) {
		t.Helper()
		i, ok := o.store.workspaces["T"].intents[name]
		if !ok || i.State != quota.Pending || !i.Due.Equal(clock(want)) || !i.Next.Equal(i.Due) || !i.Expires.Equal(i.Due.Add(quota.MessageLife)) {
			t.Errorf("%s: %+v, want due %s", name, i, want)
		}
	}
	due("checkin/ana/2026-11-24", "2026-11-24T17:30:00Z")
	due("recap/ana/2026-11-30", "2026-11-30T09:00:00Z")
	due("cram/ana/2026-11-23", "2026-11-27T09:00:00Z")
	if n := o.intents(quota.OverviewKind); len(n) != 0 {
		t.Errorf("%+v", n)
	}
	m := o.wish(quota.Wishes{Wants: 7, From: 20 * 60, To: 7 * 60})
	if from, until := m.Hours(); from != 7*60 || until != 20*60 {
		t.Errorf("a day from %d to %d", from, until)
	}
	due("checkin/ana/2026-11-24", "2026-11-24T19:30:00Z")
	due("recap/ana/2026-11-30", "2026-11-30T07:00:00Z")
	due("cram/ana/2026-11-23", "2026-11-27T07:00:00Z")
	// Second thoughts, twice.
	o.wish(quota.Wishes{From: 20 * 60, To: 7 * 60})
	o.wish(quota.Wishes{Wants: 7})
	due("checkin/ana/2026-11-24", "2026-11-24T17:30:00Z")
	// A day that is over by the new hours has no check-in any more; what somebody is saying stays as it is.
	o.at = clock("2026-11-24T16:45:00Z")
	o.wish(quota.Wishes{Wants: 7, From: 17 * 60, To: 9 * 60})
	due("checkin/ana/2026-11-25", "2026-11-25T16:30:00Z")
	if i := o.intents(quota.CheckInKind)["checkin/ana/2026-11-24"]; i.State != quota.Cancelled || i.Reason == "" || i.Settled.IsZero() || !i.Next.IsZero() {
		t.Errorf("%+v", i)
	}
	recap := o.intents(quota.RecapKind)["recap/ana/2026-11-30"]
	recap.State, recap.Token = quota.Sending, 5
	o.store.workspaces["T"].intents[recap.Name] = recap
	o.wish(quota.Wishes{Wants: 7, From: 24 * 60})
	if now := o.intents(quota.RecapKind)[recap.Name]; now.State != quota.Sending || now.Token != 5 || !now.Due.Equal(recap.Due) {
		t.Errorf("%+v", now)
	}
	// The same key again changes nothing.
	again := func() quota.Member {
		m, err := o.book.Wish(t.Context(), o.who, "the same", o.at, quota.Wishes{Wants: quota.WantsRecap})
		return must(o, m, err)
	}
	first := again()
	if m := again(); m != first || m.Wants != quota.WantsRecap {
		t.Errorf("%+v, then %+v", first, m)
	}
}

// On Monday morning what comes that day follows too, until it is said; it is not brought back, and not lost.
func TestWishOnMonday(t *testing.T) {
	o := led(t, "ana")
	o.wish(quota.Wishes{Wants: quota.WantsRecap | quota.WantsOverview})
	const recap, overview = "recap/ana/2026-11-30", "overview/ana/1/2026-11-30"
	due := func(name, want string) {
		t.Helper()
		if i := o.store.workspaces["T"].intents[name]; i.State != quota.Pending || !i.Due.Equal(clock(want)) {
			t.Errorf("%s: %+v, want due %s", name, i, want)
		}
	}
	o.at = clock("2026-11-30T05:00:00Z")
	if _, err := o.book.Set(t.Context(), o.who, o.key(), o.at, quota.Settings{Zone: "America/New_York", Workdays: quota.DefaultWorkdays}); err != nil {
		t.Fatal(err)
	}
	due(recap, "2026-11-30T14:00:00Z")
	due(overview, "2026-11-30T14:00:00Z")
	o.wish(quota.Wishes{Wants: quota.WantsRecap | quota.WantsOverview, From: 18 * 60, To: 10 * 60})
	due(recap, "2026-11-30T15:00:00Z")
	// Nine o'clock has passed by then, so ten it stays.
	o.at = clock("2026-11-30T14:30:00Z")
	o.wish(quota.Wishes{Wants: quota.WantsRecap | quota.WantsOverview})
	due(recap, "2026-11-30T15:00:00Z")
	due(overview, "2026-11-30T15:00:00Z")
	due("recap/ana/2026-12-07", "2026-12-07T14:00:00Z")
	// Said, it is not said again.
	i := o.intents(quota.RecapKind)[recap]
	i.State, i.Settled, i.Next = quota.Posted, o.at, time.Time{}
	o.put(i)
	o.wish(quota.Wishes{Wants: quota.WantsRecap, From: 18 * 60, To: 11 * 60})
	o.at = o.at.Add(time.Minute)
	o.schedule()
	if now := o.intents(quota.RecapKind)[recap]; now.State != quota.Posted {
		t.Errorf("%+v", now)
	}
	// Whoever joined this Monday has no week to look back on.
	o.who.ID = "new"
	o.send(quota.Invite, 1)
	o.wish(quota.Wishes{Wants: quota.WantsRecap, From: 24 * 60, To: 23 * 60})
	for name := range o.intents(quota.RecapKind) {
		if name == "recap/new/2026-11-30" {
			t.Error("a recap of a week before the first log")
		}
	}
}

// A manager without a team gets a row that is on none, and the overview.
func TestWishOfManager(t *testing.T) {
	o := newOffice(t)
	team := o.team("mia")
	o.who.ID, o.who.Name, o.who.Zone = "mia", "Mia", "Europe/Berlin"
	m := o.wish(quota.Wishes{Wants: quota.WantsOverview})
	if m.Active() || m.Wants != quota.WantsOverview || m.Name != "Mia" {
		t.Errorf("%+v", m)
	}
	if i := o.intents(quota.OverviewKind)["overview/mia/"+team.ID+"/2026-11-30"]; i.To != "mia" || !i.Due.Equal(clock("2026-11-30T08:00:00Z")) {
		t.Errorf("%+v", i)
	}
	if v, err := o.book.Overview(t.Context(), "T", team.ID, o.at); err != nil || len(v.Members) != 0 {
		t.Errorf("%+v, %v", v.Members, err)
	}
	// A first log joins all the same, and keeps the wish.
	if l := o.send(quota.Invite, 1); !l.Joined || l.Standing.Member.Wants != quota.WantsOverview || l.Standing.Team.ID != team.ID {
		t.Errorf("%+v", l.Standing.Member)
	}
	o.who.ID = "dan"
	if _, err := o.book.Wish(t.Context(), o.who, o.key(), o.at, quota.Wishes{Wants: quota.WantsOverview}); !errors.Is(err, quota.ErrNotOnTeam) {
		t.Errorf("%v", err)
	}
}
