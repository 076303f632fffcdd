package quota_test

import (
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// long is earlier than everything that any limit looks at.
var long = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// under is the standing of a member with nothing of their own, in a team that chose a preset.
func under(preset string, j quota.Journal, at time.Time, zone *time.Location) quota.Standing {
	return quota.Standing{
		Rules: quota.Rules{Terms: quota.Terms{Preset: preset}, Member: quota.Member{ID: "ana", Workdays: quota.DefaultWorkdays, Joined: long}},
		At:    at, Zone: zone, Today: quota.DayOf(at, zone), Journal: j, Since: long, Pool: j, PoolSince: long,
	}
}

// paceline is the same under Paceline's own preset.
func paceline(j quota.Journal, at time.Time, zone *time.Location) quota.Standing {
	return under("", j, at, zone)
}

// without takes limits out of force.
func without(s quota.Standing, limits ...string) quota.Standing {
	return numbered(s, quota.Off, limits...)
}

// numbered gives limits a number of the team's own.
func numbered(s quota.Standing, n int, limits ...string) quota.Standing {
	s.Terms.Numbers = append([]quota.Number{}, s.Terms.Numbers...)
	for _, l := range limits {
		s.Terms.Numbers = append(s.Terms.Numbers, quota.Number{Preset: s.Terms.Preset, Limit: l, Max: n, By: "mia", At: long, Reason: "a test"})
	}
	return s
}

// used returns the figure of one gauge.
func used(t *testing.T, b quota.Budget, name string) int {
	t.Helper()
	g, ok := b.Find(name)
	if !ok {
		t.Fatalf("no gauge of %s", name)
	}
	return g.Used
}

// choose makes a preset the team's; the team is made if there is none.
func (d *desk) choose(preset string) {
	d.Helper()
	at := moment(d, "2026-06-01T00:00:00Z")
	teams, _, err := d.book.Teams(d.Context(), d.who)
	if err == nil && len(teams) == 0 {
		_, err = d.book.SetUp(d.Context(), d.who, d.key(), at, quota.Setup{Name: "Outreach"})
	}
	if err == nil {
		_, err = d.book.Choose(d.Context(), mia, d.key(), at, quota.Order{Team: "1", Reason: "a test"}, preset)
	}
	if err != nil {
		d.Fatal(err)
	}
}
