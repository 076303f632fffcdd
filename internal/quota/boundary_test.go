package quota_test

import (
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// One send, and the moments between which a window counts it.
func TestEdgesOfWindows(t *testing.T) {
	const micro = time.Microsecond
	for _, c := range []struct {
		name, preset, limit string
		kind                quota.Kind
		account             quota.Account
		zone                string
		from, until         string // the window: its first moment, and the first after it
		opens               bool   // the end is an opening
	}{
		{"week 53", "", quota.BudgetName, quota.Invite, quota.Account{}, "UTC", "2020-12-28T00:00:00Z", "2021-01-04T00:00:00Z", true},
		{"a week with a leap day", "", quota.BudgetName, quota.Invite, quota.Account{}, "UTC", "2024-02-26T00:00:00Z", "2024-03-04T00:00:00Z", true},
		{"the week of spring in Berlin", "", quota.BudgetName, quota.Invite, quota.Account{}, "Europe/Berlin", "2026-03-23T00:00:00Z", "2026-03-30T00:00:00Z", true},
		{"the week of autumn in New York", "", quota.BudgetName, quota.Invite, quota.Account{}, "America/New_York", "2026-10-26T00:00:00Z", "2026-11-02T00:00:00Z", true},
		{"a week 12 hours west", "", quota.BudgetName, quota.Invite, quota.Account{}, "Etc/GMT+12", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z", true},
		{"a week 14 hours east", "", quota.BudgetName, quota.Invite, quota.Account{}, "Pacific/Kiritimati", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z", true},

		{"February", quota.PlansPreset, quota.MonthName, quota.Invite, quota.Account{}, "Pacific/Kiritimati", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", false},
		{"February of a leap year", quota.PlansPreset, quota.MonthName, quota.Invite, quota.Account{}, "UTC", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z", false},
		{"no leap year", quota.PlansPreset, quota.MonthName, quota.Invite, quota.Account{}, "UTC", "2100-02-01T00:00:00Z", "2100-03-01T00:00:00Z", false},
		{"30 days, whatever the billing day", quota.PlansPreset, quota.MonthName, quota.Invite, quota.Account{Billing: 15}, "UTC", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", false},
		{"31 days, over the year", quota.PlansPreset, quota.MonthName, quota.Invite, quota.Account{}, "Etc/GMT+12", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z", false},

		{"billing on the 14th", "", quota.InMailName, quota.InMail, quota.Account{Type: quota.PremiumCareer, Billing: 14}, "UTC", "2026-11-14T00:00:00Z", "2026-12-14T00:00:00Z", true},
		{"billing on the 31st, in February", "", quota.InMailName, quota.InMail, quota.Account{Type: quota.PremiumCareer, Billing: 31}, "UTC", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z", true},
		{"billing on the 31st, until February", "", quota.InMailName, quota.InMail, quota.Account{Type: quota.PremiumCareer, Billing: 31}, "UTC", "2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z", true},
		{"billing on the 31st, in a leap year", "", quota.InMailName, quota.InMail, quota.Account{Type: quota.PremiumCareer, Billing: 31}, "UTC", "2024-02-29T00:00:00Z", "2024-03-31T00:00:00Z", true},
		{"billing on the 30th, in February", "", quota.InMailName, quota.InMail, quota.Account{Type: quota.PremiumCareer, Billing: 30}, "UTC", "2026-02-28T00:00:00Z", "2026-03-30T00:00:00Z", true},
		{"billing on the 31st, in a month of 30 days", "", quota.InMailName, quota.InMail, quota.Account{Type: quota.PremiumCareer, Billing: 31}, "UTC", "2026-04-30T00:00:00Z", "2026-05-31T00:00:00Z", true},
		{"billing over the year", "", quota.InMailName, quota.InMail, quota.Account{Type: quota.PremiumCareer, Billing: 31}, "UTC", "2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z", true},
		{"Sales Navigator grants on the 1st", "", quota.InMailName, quota.InMail, quota.Account{Type: quota.SalesNavigator, Billing: 14}, "UTC", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", true},
		{"no billing day", "", quota.InMailName, quota.InMail, quota.Account{Type: quota.PremiumCareer}, "UTC", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", true},

		{"the day of 23 hours", quota.PlansPreset, quota.DayName, quota.Invite, quota.Account{}, "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", true},
		{"the day of 25 hours", quota.PlansPreset, quota.DayName, quota.Invite, quota.Account{}, "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", true},
		{"the day without its midnight", quota.PlansPreset, quota.DayName, quota.Invite, quota.Account{}, "America/Santiago", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z", true},
		{"the day before it", quota.PlansPreset, quota.DayName, quota.Invite, quota.Account{}, "America/Santiago", "2026-09-05T04:00:00Z", "2026-09-06T04:00:00Z", true},
		{"the day whose last hour comes twice", quota.PlansPreset, quota.DayName, quota.Invite, quota.Account{}, "America/Santiago", "2026-04-04T03:00:00Z", "2026-04-05T04:00:00Z", true},
		{"a day 12 hours west", quota.PlansPreset, quota.DayName, quota.Invite, quota.Account{}, "Etc/GMT+12", "2026-11-24T12:00:00Z", "2026-11-25T12:00:00Z", true},
		{"a day 14 hours east", quota.PlansPreset, quota.DayName, quota.Invite, quota.Account{}, "Pacific/Kiritimati", "2026-11-24T10:00:00Z", "2026-11-25T10:00:00Z", true},
		{"29 February", quota.PlansPreset, quota.DayName, quota.Invite, quota.Account{}, "UTC", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			z := zone(t, c.zone)
			from, until := moment(t, c.from), moment(t, c.until)
			standing := func(sentAt, at time.Time) quota.Standing {
				e := sent(3, c.kind, sentAt, z)
				if c.preset == quota.PlansPreset {
					e.Act = quota.Accepted
				}
				s := under(c.preset, journal(e), at, z)
				s.Member.Account, s.Member.Joined = c.account, from.Add(-micro)
				return s
			}
			for _, x := range []struct {
				sent, at time.Time
				used     int
			}{
				{from, from, 3}, {from, until.Add(-micro), 3}, {until.Add(-micro), until.Add(-micro), 3},
				{from, until, 0}, {from.Add(-micro), from, 0}, {until.Add(-micro), until, 0},
			} {
				s := standing(x.sent, x.at)
				g, ok := s.Budget(c.kind).Find(c.limit)
				if !ok || g.Used != x.used {
					t.Errorf("sent %s, at %s: %d used, want %d", x.sent, x.at, g.Used, x.used)
				}
				if x.at.Before(until) && !g.Ends.Equal(until) {
					t.Errorf("at %s it ends %s", x.at, g.Ends)
				}
			}
			s := standing(from, from)
			o, ok := s.NextOpening(s.Budget(c.kind))
			if c.opens && (!ok || !o.At.Equal(until)) {
				t.Errorf("opening %+v, want one at %s", o, until)
			}
		})
	}
}

// A new zone moves no old day: what was sent on a day counts on that day, however long it lasts for the member.
func TestDaysAcrossAChangeOfZone(t *testing.T) {
	east, west := zone(t, "Pacific/Kiritimati"), zone(t, "Etc/GMT+12")
	e := sent(7, quota.Invite, moment(t, "2026-11-22T10:00:00Z"), east) // Monday 23rd, 00:00
	for _, c := range []struct {
		at   string
		zone *time.Location
		used int
	}{
		{"2026-11-22T10:00:00Z", east, 7},
		{"2026-11-22T10:00:01Z", west, 0}, // flown west: it is Saturday there
		{"2026-11-23T12:00:00Z", west, 7},
		{"2026-11-24T11:59:59.999999Z", west, 7}, // 50 hours later it is still that Monday
		{"2026-11-24T12:00:00Z", west, 0},
		{"2026-11-23T10:00:00Z", east, 0},
	} {
		at := moment(t, c.at)
		s := paceline(journal(e), at, c.zone)
		s.Since = at.Add(-week)
		if n := used(t, s.Budget(quota.Invite), quota.PaceName); n != c.used {
			t.Errorf("%s in %s: %d used, want %d", c.at, c.zone, n, c.used)
		}
	}
}

// The edges of what is a member's own.
func TestEdgesOfRules(t *testing.T) {
	end := moment(t, "2026-11-25T10:00:00Z")
	for _, c := range []struct {
		name          string
		rule          func(*quota.Standing)
		at            time.Time
		before, after int // left a microsecond before, and then
	}{
		{"a restriction begins", func(s *quota.Standing) {
			s.Member.Restriction = quota.Restriction{From: end, Until: end.Add(time.Hour)}
		}, end, 75, 0},
		{"a restriction ends", func(s *quota.Standing) {
			s.Member.Restriction = quota.Restriction{From: end.Add(-time.Hour), Until: end}
		}, end, 0, 37},
		{"one of no time at all", func(s *quota.Standing) { s.Member.Restriction = quota.Restriction{From: end, Until: end} }, end, 75, 37},
		{"the recovery ends", func(s *quota.Standing) {
			s.Member.Restriction = quota.Restriction{From: end.Add(-15 * 24 * time.Hour), Until: end.Add(-14 * 24 * time.Hour)}
		}, end, 37, 75},
		{"an own limit begins", func(s *quota.Standing) { s.Member.Own = quota.Number{Max: 9, At: end} }, end, 75, 9},
		{"an own limit ends", func(s *quota.Standing) { s.Member.Own = quota.Number{Max: 9, At: end.Add(-time.Hour), Until: end} }, end, 9, 75},
		{"a number of the team's ends", func(s *quota.Standing) {
			s.Terms.Numbers = []quota.Number{{Limit: quota.BudgetName, Max: 9, At: end.Add(-time.Hour), Until: end}}
		}, end, 9, 75},
		{"a ramp's step", func(s *quota.Standing) { s.Member.Account.New = end.Truncate(24 * time.Hour) }, moment(t, "2026-11-30T00:00:00Z"), 25, 40},
		{"a ramp's end", func(s *quota.Standing) { s.Member.Account.New = moment(t, "2026-11-08T00:00:00Z") }, moment(t, "2026-11-30T00:00:00Z"), 75, 75},
		{"a ramp's week before it was called new", func(s *quota.Standing) { s.Member.Account.New = end.Truncate(24 * time.Hour) }, moment(t, "2026-11-23T00:00:00Z"), 75, 25},
	} {
		for _, z := range []string{"UTC", "Etc/GMT+12", "Pacific/Kiritimati"} {
			s := paceline(nil, c.at, zone(t, z))
			c.rule(&s)
			if left := s.Budget(quota.Invite).Left; left != c.after {
				t.Errorf("%s, in %s: %d left, want %d", c.name, z, left, c.after)
			}
			s.At = c.at.Add(-time.Microsecond)
			b := s.Budget(quota.Invite)
			if b.Left != c.before {
				t.Errorf("%s, in %s: %d left before, want %d", c.name, z, b.Left, c.before)
			}
			if o, ok := s.NextOpening(b); c.after > c.before && (!ok || !o.At.Equal(c.at) || o.Left != c.after) {
				t.Errorf("%s, in %s: opening %+v", c.name, z, o)
			}
		}
	}
}

// Nothing binds any more: what opens is told by the number that plans go by.
func TestOpeningIntoNoLimit(t *testing.T) {
	at := moment(t, tuesday)
	end := at.Add(24 * time.Hour)
	s := under(quota.InTouchPreset, journal(sent(20, quota.Invite, at, time.UTC)), at, time.UTC)
	s.Member.Own = quota.Number{Max: 10, At: long, Until: end}
	b := s.Budget(quota.Invite)
	if o, ok := s.NextOpening(b); !ok || o != (quota.Opening{At: end, More: 55, Left: 55}) {
		t.Errorf("%+v", o)
	}
	p := s.Lay(quota.Invite, 200, s.Today+3)
	if p.Possible != 55 || p.Reference != 75 {
		t.Errorf("%+v", p)
	}
	s.Terms = quota.Terms{Numbers: []quota.Number{{Limit: quota.PagesName, Max: 0, At: long, Until: end}}}
	if o, ok := s.NextOpening(s.Budget(quota.PageInvite)); !ok || o.Left != 100 {
		t.Errorf("%+v", o)
	}
}
