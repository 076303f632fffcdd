package quota_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func TestSettings(t *testing.T) {
	d := newDesk(t)
	at := moment(t, "2026-11-24T22:30:00Z")
	set := func(s quota.Settings) (quota.Member, error) {
		return d.book.Set(t.Context(), d.who, d.key(), at, s)
	}
	if _, err := set(quota.Settings{Zone: "Asia/Tokyo"}); !errors.Is(err, quota.ErrNotOnTeam) {
		t.Errorf("settings of somebody unknown: %v", err)
	}
	d.log("2026-11-24T22:30:00Z", quota.Log{Quantity: 1})
	for _, c := range []struct {
		chosen, profile, zone, today string
		isChosen                     bool
	}{
		{"", "", "Europe/Berlin", "2026-11-24", false}, // Slack did not answer: what it said last
		{"Asia/Tokyo", "Europe/Berlin", "Asia/Tokyo", "2026-11-25", true},
		{"", "Europe/Berlin", "Europe/Berlin", "2026-11-24", false},
		{"Nowhere/Else", "Europe/Berlin", "Nowhere/Else", "2026-11-24", true}, // counted in UTC
	} {
		d.who.Zone = c.profile
		m, err := set(quota.Settings{Zone: c.chosen, Workdays: 1 << time.Sunday})
		if err != nil || m.Zone != c.zone || m.ZoneChosen != c.isChosen || !m.Workdays.Has(time.Sunday) || m.Workdays.Has(time.Monday) {
			t.Errorf("%+v: %+v, %v", c, m, err)
		}
		if s, err := d.book.Standing(t.Context(), d.who, at, quota.Invite); err != nil || s.Today.String() != c.today || s.Member != m {
			t.Errorf("%+v: today is %s, %v", c, s.Today, err)
		}
	}
	if z := d.book.Zone("Local"); z != time.UTC {
		t.Errorf("Local is %s", z)
	}
	place := quota.Place{Channel: "D1", TS: "1.2"}
	if old, err := d.book.PlaceCard(t.Context(), d.who, d.key(), at, place); err != nil || old != (quota.Place{}) {
		t.Errorf("%+v, %v", old, err)
	}
	if old, err := d.book.PlaceCard(t.Context(), d.who, d.key(), at, quota.Place{Channel: "D1", TS: "1.3"}); err != nil || old != place {
		t.Errorf("the card before: %+v, %v", old, err)
	}
}

// A new zone moves no old day.
func TestNewZone(t *testing.T) {
	d := newDesk(t)
	d.log("2026-11-24T22:30:00Z", quota.Log{Quantity: 4}) // 23:30 on Tuesday
	d.who.Zone = "Asia/Tokyo"                             // 07:31 on Wednesday
	b := d.log("2026-11-24T22:31:00Z", quota.Log{Quantity: 2}).Standing.Budget(quota.Invite)
	gauges(t, b, 69, 69, 6, 6, 6, 2)
	d.who.Zone = "Europe/Berlin"
	gauges(t, d.budget("2026-11-24T22:32:00Z"), 69, 69, 6, 6, 6, 4)
}

// The member's day is read from its first moment, also over a Monday.
func TestDayReachesBehindTheWeek(t *testing.T) {
	d := newDesk(t)
	d.who.Zone = "Pacific/Kiritimati"
	d.log("2026-11-22T10:00:00Z", quota.Log{Quantity: 4}) // Monday 00:00
	d.who.Zone = "Etc/GMT+12"
	gauges(t, d.budget("2026-11-24T11:59:59Z"), 75, 75, 0, 0, 4, 4) // Monday 23:59:59
	gauges(t, d.budget("2026-11-24T12:00:00Z"), 75, 75, 0, 0, 4, 0)
}

func TestTeams(t *testing.T) {
	d := newDesk(t)
	at := moment(t, "2026-11-24T09:05:00Z")
	setUp := func(key string, s quota.Setup) (quota.Team, error) {
		return d.book.SetUp(t.Context(), d.who, key, at, s)
	}
	d.log("2026-11-24T09:05:00Z", quota.Log{Quantity: 1})
	one, err := setUp("one", quota.Setup{ID: "1", Name: "Sales", Channel: "C1", Managers: []string{"mia"}})
	if err != nil || one.ID != "1" || one.Channel != "C1" || !one.Manages("mia") || one.Manages("ana") {
		t.Fatalf("%+v, %v", one, err)
	}
	two, err := setUp("two", quota.Setup{Name: "Partners", Channel: "C2", Managers: []string{"max"}})
	if err != nil || two.ID != "2" {
		t.Fatalf("%+v, %v", two, err)
	}
	if again, err := setUp("two", quota.Setup{Name: "Partners", Channel: "C2", Managers: []string{"max"}}); err != nil || !reflect.DeepEqual(again, two) {
		t.Errorf("again: %+v, %v", again, err)
	}
	var taken quota.ChannelTaken
	if _, err := setUp(d.key(), quota.Setup{ID: "2", Name: "Partners", Channel: "C1"}); !errors.As(err, &taken) || !reflect.DeepEqual(taken.Team, one) {
		t.Errorf("a channel of another: %v", err)
	}
	if _, err := setUp(d.key(), quota.Setup{ID: "3", Name: "Nobody"}); !errors.Is(err, quota.ErrNoSuchTeam) {
		t.Errorf("no such team: %v", err)
	}
	if _, err := setUp("key 1", quota.Setup{Name: "Nobody"}); err == nil {
		t.Error("the key of a log gave a team")
	}
	if kept, err := setUp(d.key(), quota.Setup{ID: "1", Name: "Sales", Managers: []string{"mia"}}); err != nil || !reflect.DeepEqual(kept, one) {
		t.Errorf("without a channel: %+v, %v", kept, err)
	}
	for channel, want := range map[string]string{"C2": "2", "C1": "1", "D9": "1"} {
		d.as("new in " + channel).who.Channel = channel
		if out := d.log("2026-11-24T09:05:00Z", quota.Log{Quantity: 1}); !out.Joined || out.Made || out.Standing.Team.ID != want {
			t.Errorf("%s: %+v", channel, out.Standing.Team)
		}
	}
	teams, members, err := d.book.Roster(t.Context(), "T1")
	if err != nil || !reflect.DeepEqual(teams, []quota.Team{one, two}) || len(members) != 4 {
		t.Errorf("%+v, %+v, %v", teams, members, err)
	}
}

// Somebody who left keeps the journal; the next log joins again.
func TestLeave(t *testing.T) {
	d := newDesk(t)
	d.log("2026-11-24T09:05:00Z", quota.Log{Quantity: 5})
	at := moment(t, "2026-11-24T10:00:00Z")
	m, err := d.book.Leave(t.Context(), d.who, "leave", at)
	if err != nil || m.Active() || !m.Left.Equal(at) {
		t.Fatalf("%+v, %v", m, err)
	}
	if again, err := d.book.Leave(t.Context(), d.who, "leave", at.Add(time.Second)); err != nil || again != m {
		t.Errorf("again: %+v, %v", again, err)
	}
	if _, err := d.book.Leave(t.Context(), d.who, d.key(), at); !errors.Is(err, quota.ErrNotOnTeam) {
		t.Errorf("left twice: %v", err)
	}
	s, err := d.book.Standing(t.Context(), d.who, at, quota.Invite)
	if err != nil || s.Team.ID != "" || s.Budget(quota.Invite).Left != 70 {
		t.Errorf("%+v, %v", s, err)
	}
	out := d.log("2026-11-24T11:00:00Z", quota.Log{Quantity: 1})
	if !out.Joined || out.Made || !out.Standing.Member.Active() || out.Standing.Budget(quota.Invite).Left != 69 {
		t.Errorf("%+v", out)
	}
	if !out.Standing.Member.Joined.Equal(moment(t, "2026-11-24T11:00:00Z")) {
		t.Errorf("joined %s", out.Standing.Member.Joined)
	}
}
