package quota_test

import (
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func TestEasyPlan(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	const tue = "2026-11-24T09:05:00Z"
	days := func(per, total, n int, from, to string) quota.Plan {
		return quota.Plan{PerDay: per, Total: total, Days: n, From: date(t, from), To: date(t, to)}
	}
	at := func(quantity int, kind quota.Kind, day string, hour int) quota.Entry {
		return sent(quantity, kind, date(t, day).In(berlin, hour, 0), berlin)
	}
	for _, c := range []struct {
		name     string
		now      string
		kind     quota.Kind
		workdays quota.Workdays
		sends    []quota.Entry
		want     quota.Plan
	}{
		{"a fresh week, today too", tue, quota.Invite, quota.DefaultWorkdays, nil, days(19, 75, 4, "2026-11-24", "2026-11-27")},
		{"not today once something was sent", tue, quota.Invite, quota.DefaultWorkdays, []quota.Entry{at(30, quota.Invite, "2026-11-24", 8)}, days(15, 45, 3, "2026-11-25", "2026-11-27")},
		{"notes are invites sent today", tue, quota.Note, quota.DefaultWorkdays, []quota.Entry{at(30, quota.Invite, "2026-11-24", 8)}, days(15, 45, 3, "2026-11-25", "2026-11-27")},
		{"never past the pace", "2026-11-26T09:05:00Z", quota.Invite, quota.DefaultWorkdays, nil, days(20, 40, 2, "2026-11-26", "2026-11-27")},
		{"a weekend at work", "2026-11-27T19:00:00Z", quota.Invite, 1<<time.Saturday | 1<<time.Sunday, nil, days(20, 40, 2, "2026-11-28", "2026-11-29")},
		{"from the day that leaves room", tue, quota.Invite, quota.DefaultWorkdays, []quota.Entry{at(100, quota.Invite, "2026-11-18", 15)}, days(20, 60, 3, "2026-11-25", "2026-11-27")},
		{"but not from an evening", tue, quota.Invite, quota.DefaultWorkdays, []quota.Entry{at(100, quota.Invite, "2026-11-18", 18)}, days(20, 40, 2, "2026-11-26", "2026-11-27")},
		{"or with the little that there is, if that is more", tue, quota.Invite, quota.DefaultWorkdays, []quota.Entry{at(85, quota.Invite, "2026-11-18", 19)}, days(15, 45, 3, "2026-11-25", "2026-11-27")},
		{"or passing over a day, if that is more", tue, quota.Invite, quota.DefaultWorkdays, []quota.Entry{at(95, quota.Invite, "2026-11-18", 19)}, days(20, 40, 2, "2026-11-26", "2026-11-27")},
		{"the last hour of the week", "2026-11-29T22:30:00Z", quota.Invite, 127, nil, days(20, 20, 1, "2026-11-29", "2026-11-29")},
		{"no working day left", "2026-11-28T09:00:00Z", quota.Invite, quota.DefaultWorkdays, nil, quota.Plan{}},
		{"nothing left", tue, quota.Invite, quota.DefaultWorkdays, []quota.Entry{at(75, quota.Invite, "2026-11-23", 8)}, quota.Plan{}},
		{"no working days at all", tue, quota.Invite, 0, nil, quota.Plan{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			j, now := journal(c.sends...), moment(t, c.now)
			s := paceline(j, now, berlin)
			s.Member.Workdays = c.workdays
			if p, ok := s.EasyPlan(s.Budget(c.kind)); p != c.want || ok != (c.want.Total > 0) {
				t.Errorf("%+v, %t, want %+v", p, ok, c.want)
			}
		})
	}
}

// On Monday afternoon in Kiritimati the week is hours old, and noon was in the last one: today is planned as now.
func TestEasyPlanAfterNoon(t *testing.T) {
	z := zone(t, "Pacific/Kiritimati")
	now := moment(t, "2026-11-23T01:00:00Z") // Monday 15:00
	j := journal(sent(100, quota.Invite, moment(t, "2026-11-16T00:30:00Z"), z))
	s := paceline(j, now, z)
	// Noon of next Monday is there in time for this week too.
	want := quota.Plan{PerDay: 13, Total: 75, From: date(t, "2026-11-23"), To: date(t, "2026-11-30"), Days: 6}
	if p, ok := s.EasyPlan(s.Budget(quota.Invite)); !ok || p != want {
		t.Errorf("%+v, want %+v", p, want)
	}
}

// A calendar day that binds opens at the member's own midnight.
func TestOpeningOfABindingDay(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	now := moment(t, "2026-11-24T09:05:00Z")
	e := sent(300, quota.Invite, now, berlin)
	e.Act = quota.Accepted
	s := under(quota.PlansPreset, journal(e), now, berlin)
	b := s.Budget(quota.Invite)
	if g := binding(t, b, quota.DayName); b.Left != 0 || g.Max != 300 || !g.Ends.Equal(moment(t, "2026-11-24T23:00:00Z")) {
		t.Errorf("%d left, %+v", b.Left, g)
	}
	if o, ok := s.NextOpening(b); !ok || o != (quota.Opening{At: moment(t, "2026-11-24T23:00:00Z").In(berlin), More: 300, Left: 300}) {
		t.Errorf("opening %+v, %t", o, ok)
	}
}
