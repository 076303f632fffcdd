package quota_test

import (
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// The default preset, row by row.
func TestDefaultPreset(t *testing.T) {
	at := moment(t, tuesday)
	monday := quota.WeekOf(at).Start()
	send := func(n int, at time.Time) quota.Entry { return sent(n, quota.Invite, at, time.UTC) }
	gauge := func(t *testing.T, s quota.Standing, kind quota.Kind, name string) quota.Gauge {
		t.Helper()
		g, ok := s.Budget(kind).Find(name)
		if !ok {
			t.Fatalf("no gauge of %s", name)
		}
		return g
	}
	t.Run("budget: 75, week (Monday 00:00 UTC), binds, sent", func(t *testing.T) {
		s := paceline(journal(send(15, monday), send(60, monday.Add(-time.Microsecond))), at, time.UTC)
		if g := gauge(t, s, quota.Invite, quota.BudgetName); g.Max != 75 || g.Used != 15 || g.Force != quota.Binds || g.Ends != quota.WeekOf(at).End() {
			t.Errorf("%+v", g)
		}
		if b := s.Budget(quota.Invite); b.Left != 25 || b.Week != 60 { // the card of product: 25 left now, 60 this week
			t.Errorf("%d left, %d this week", b.Left, b.Week)
		}
	})
	t.Run("ceiling: 100, week, binds, loud", func(t *testing.T) {
		s := without(paceline(journal(send(15, monday), send(60, monday.Add(-time.Microsecond))), at, time.UTC), quota.BudgetName, quota.SevenDaysName)
		if g := binding(t, s.Budget(quota.Invite), quota.CeilingName); g.Max != 100 || g.Used != 15 || g.Force != quota.Loud {
			t.Errorf("%+v", g)
		}
	})
	t.Run("rolling ceiling: 100, rolling 7 days, binds, loud", func(t *testing.T) {
		s := paceline(journal(send(9, at.Add(-week)), send(60, at.Add(-week+time.Microsecond))), at, time.UTC)
		if g := gauge(t, s, quota.Invite, quota.SevenDaysName); g.Max != 100 || g.Used != 60 || g.Force != quota.Loud || !g.Ends.IsZero() {
			t.Errorf("%+v", g)
		}
		// It is the ceiling, so it follows the ceiling, also when that is off by itself.
		if g := gauge(t, numbered(s, 150, quota.CeilingName), quota.Invite, quota.SevenDaysName); g.Max != 150 {
			t.Errorf("%+v", g)
		}
		if g := gauge(t, without(s, quota.CeilingName), quota.Invite, quota.SevenDaysName); g.Max != 100 {
			t.Errorf("%+v", g)
		}
	})
	t.Run("ramp: 25 / 40 / 55 / 75, week by week over the first four weeks", func(t *testing.T) {
		s := paceline(nil, at, time.UTC)
		s.Member.Account.New = moment(t, "2026-11-22T00:00:00Z") // a Sunday: its week counts as the first
		for _, c := range []struct {
			at   string
			left int
		}{
			{"2026-11-22T00:00:00Z", 25}, {"2026-11-22T23:59:59.999999Z", 25}, {"2026-11-23T00:00:00Z", 40}, {"2026-11-30T00:00:00Z", 55},
			{"2026-12-07T00:00:00Z", 75}, {"2026-12-13T23:59:59.999999Z", 75}, {"2026-12-14T00:00:00Z", 75},
		} {
			s.At = moment(t, c.at)
			b := s.Budget(quota.Invite)
			if _, ramps := b.Find(quota.RampName); b.Left != c.left || ramps == (c.at == "2026-12-14T00:00:00Z") {
				t.Errorf("%s: %d left, want %d", c.at, b.Left, c.left)
			}
		}
		if _, ok := paceline(nil, at, time.UTC).Budget(quota.Invite).Find(quota.RampName); ok {
			t.Error("an account that nobody called new warms up")
		}
	})
	t.Run("restriction: 0 while it lasts; floor(budget / 2) for 14 × 24 h after", func(t *testing.T) {
		until := at.Add(6 * time.Hour)
		for _, c := range []struct {
			name string
			s    quota.Standing
			half int
			free int // and afterwards; −1: nothing binds
		}{
			{"the default", paceline(nil, at, time.UTC), 37, 75},
			{"another budget", numbered(paceline(nil, at, time.UTC), 61, quota.BudgetName), 30, 61},
			{"no budget", without(paceline(nil, at, time.UTC), quota.BudgetName), 50, 100},
			{"no budget and no ceilings", without(paceline(nil, at, time.UTC), quota.BudgetName, quota.CeilingName, quota.SevenDaysName), 37, -1},
			{"a guide with a ceiling", under(quota.GuidePreset, nil, at, time.UTC), 50, 100},
			{"a guide without numbers", under(quota.InTouchPreset, nil, at, time.UTC), 37, -1},
			{"numbers by plan", under(quota.PlansPreset, nil, at, time.UTC), 37, 300},
		} {
			c.s.Member.Restriction = quota.Restriction{From: at, Until: until}
			for _, m := range []struct {
				at   time.Time
				left int
			}{{at, 0}, {until.Add(-time.Microsecond), 0}, {until, c.half}, {until.Add(14*24*time.Hour - time.Microsecond), c.half}, {until.Add(14 * 24 * time.Hour), c.free}} {
				c.s.At = m.at
				b := c.s.Budget(quota.Invite)
				if _, binds := b.Binding(); binds != (m.left >= 0) || binds && b.Left != m.left {
					t.Errorf("%s, %s: %d left, want %d", c.name, m.at, b.Left, m.left)
				}
			}
			c.s.At = at
			if o, ok := c.s.NextOpening(c.s.Budget(quota.Invite)); !ok || o.At != until || o.Left != c.half {
				t.Errorf("%s: opening %+v", c.name, o)
			}
			if g := binding(t, c.s.Budget(quota.Invite), quota.RestrictionName); g.Ends != until {
				t.Errorf("%s: ends %s", c.name, g.Ends)
			}
		}
	})
	t.Run("daily pace: 20, the member's day, soft", func(t *testing.T) {
		s := paceline(journal(send(30, at)), at, time.UTC)
		if g := gauge(t, s, quota.Invite, quota.PaceName); g.Max != 20 || g.Over() != 10 || g.Force != quota.Soft || s.Budget(quota.Invite).Left != 45 {
			t.Errorf("%+v", g)
		}
	})
	t.Run("burst: 20 in 60 minutes; 30 in 6 hours, rolling, soft", func(t *testing.T) {
		s := paceline(journal(send(9, at.Add(-6*time.Hour)), send(8, at.Add(-6*time.Hour+time.Microsecond)), send(7, at.Add(-time.Hour)), send(21, at.Add(-time.Hour+time.Microsecond))), at, time.UTC)
		if g := gauge(t, s, quota.Invite, quota.HourName); g.Max != 20 || g.Warn != 11 || g.Used != 21 || g.Over() != 1 || g.Force != quota.Soft { // more than 20
			t.Errorf("%+v", g)
		}
		if g := gauge(t, s, quota.Invite, quota.SixHoursName); g.Max != 29 || g.Used != 36 || g.Over() != 7 || g.Force != quota.Soft { // 30 or more
			t.Errorf("%+v", g)
		}
	})
	t.Run("pending: warn 500, alarm 1,000, soft, sent − accepted − declined − withdrawn − expired at 180 days", func(t *testing.T) {
		old, e := send(40, at.Add(-180*24*time.Hour)), send(100, at.Add(-180*24*time.Hour+time.Microsecond))
		j := journal(old, e, became(quota.Accepted, e, 2, 20, at), became(quota.Declined, e, 2, 10, at), became(quota.Withdrawn, e, 2, 30, at), became(quota.Replied, e, 2, 9, at), sent(5, quota.Note, at, time.UTC))
		if g := gauge(t, paceline(j, at, time.UTC), quota.Invite, quota.PendingName); g.Used != 45 || g.Warn != 500 || g.Max != 1000 || g.Force != quota.Soft {
			t.Errorf("%+v", g)
		}
	})
	t.Run("notes: 5 a month on a free account, none otherwise, calendar month", func(t *testing.T) {
		n := sent(3, quota.Note, moment(t, "2026-11-01T00:00:00Z"), time.UTC)
		was := sent(5, quota.Note, moment(t, "2026-10-31T23:59:59.999999Z"), time.UTC)
		for _, a := range append(quota.AccountTypes(), quota.UnknownAccount) {
			s := paceline(journal(was, n), at, time.UTC)
			s.Member.Account = quota.Account{Type: a, Billing: 20}
			g, ok := s.Budget(quota.Note).Find(quota.NotesName)
			if ok != (a == quota.Free) || ok && (g.Max != 5 || g.Used != 3 || g.Force != quota.Binds || s.Budget(quota.Note).Left != 2) {
				t.Errorf("%s: %+v", a, g)
			}
		}
	})
	t.Run("InMail: 0 free, 5 career, 15 business, 50 Sales Navigator, 30 Recruiter Lite, 100 / 150 Recruiter", func(t *testing.T) {
		for a, n := range map[quota.AccountType]int{quota.Free: 0, quota.PremiumCareer: 5, quota.PremiumBusiness: 15, quota.SalesNavigator: 50, quota.RecruiterLite: 30, quota.Recruiter: 100, quota.RecruiterCorp: 150} {
			s := paceline(nil, at, time.UTC)
			s.Member.Account.Type, s.Member.Joined = a, at
			b := s.Budget(quota.InMail)
			if g := binding(t, b, quota.InMailName); b.Left != n || g.Max != n || g.Carried != 0 {
				t.Errorf("%s: %+v", a, g)
			}
		}
	})
	t.Run("carry-over capped at 15 / 45 / 150 / 120 / 4×", func(t *testing.T) {
		for a, n := range map[quota.AccountType]int{quota.Free: 0, quota.PremiumCareer: 15, quota.PremiumBusiness: 45, quota.SalesNavigator: 150, quota.RecruiterLite: 120, quota.Recruiter: 400, quota.RecruiterCorp: 600} {
			s := paceline(nil, at, time.UTC)
			s.Member.Account.Type = a
			if g := gauge(t, s, quota.InMail, quota.InMailName); g.Max != n || s.Budget(quota.InMail).Left != n {
				t.Errorf("%s: %+v", a, g)
			}
		}
	})
	t.Run("given back when answered within 90 days", func(t *testing.T) {
		e := sent(10, quota.InMail, moment(t, "2026-08-20T12:00:00Z"), time.UTC)
		for _, c := range []struct {
			act      quota.Act
			at       time.Time
			left     int
			quantity int
		}{
			{quota.Replied, e.At.Add(90 * 24 * time.Hour), 4, 4}, {quota.Replied, e.At.Add(90*24*time.Hour + time.Microsecond), 0, 4},
			{quota.Accepted, at.Add(-time.Hour), 0, 4}, {quota.Declined, moment(t, "2026-11-10T00:00:00Z"), 3, 3}, {quota.Withdrawn, moment(t, "2026-11-10T00:00:00Z"), 0, 3},
		} {
			s := paceline(journal(e, became(c.act, e, 1, c.quantity, c.at), sent(50, quota.InMail, moment(t, "2026-11-09T00:00:00Z"), time.UTC)), at, time.UTC)
			s.Member.Account.Type, s.Member.Joined = quota.SalesNavigator, moment(t, "2026-11-02T00:00:00Z")
			b := s.Budget(quota.InMail)
			if g := binding(t, b, quota.InMailName); b.Left != c.left || g.Used+b.Left != g.Max || g.Used < 0 {
				t.Errorf("%d at %s: %d left, want %d; %+v", c.act, c.at, b.Left, c.left, g)
			}
		}
	})
	t.Run("messages: off (100 a week when on), soft", func(t *testing.T) {
		s := paceline(journal(sent(30, quota.Message, at, time.UTC)), at, time.UTC)
		if b := s.Budget(quota.Message); len(b.Gauges) != 0 {
			t.Errorf("%+v", b)
		}
		s = numbered(s, 100, quota.MessagesName)
		if g := gauge(t, s, quota.Message, quota.MessagesName); g.Max != 100 || g.Used != 30 || g.Force != quota.Soft {
			t.Errorf("%+v", g)
		}
		free(t, s.Budget(quota.Message))
	})
	t.Run("Page invites: a pool shared by the Page's admins, 100 unless the team says otherwise, given back on accept, month", func(t *testing.T) {
		mine, hers := sent(30, quota.PageInvite, moment(t, "2026-11-01T00:00:00Z"), time.UTC), sent(50, quota.PageInvite, at.Add(-time.Hour), time.UTC)
		hers.Member = "ben"
		s := paceline(journal(mine), at, time.UTC)
		s.Pool = journal(mine, hers, became(quota.Accepted, hers, 2, 20, at), sent(99, quota.PageInvite, moment(t, "2026-10-31T23:59:59Z"), time.UTC))
		if b := s.Budget(quota.PageInvite); b.Left != 40 || b.Gauges[0].Used != 60 || b.Gauges[0].Max != 100 {
			t.Errorf("%+v", b)
		}
		// A pool that is full takes nothing: what was accepted before the month's first send, and no more than was sent.
		was := sent(40, quota.PageInvite, moment(t, "2026-10-20T12:00:00Z"), time.UTC)
		early := s
		early.Pool = journal(was, became(quota.Accepted, was, 1, 10, moment(t, "2026-11-01T00:00:00Z")), sent(3, quota.PageInvite, at.Add(-2*time.Hour), time.UTC), became(quota.Accepted, was, 1, 1, at.Add(-time.Hour)))
		if b := early.Budget(quota.PageInvite); b.Left != 98 || b.Gauges[0].Used != 2 {
			t.Errorf("%+v", b)
		}
		if b := numbered(s, 80, quota.PagesName).Budget(quota.PageInvite); b.Left != 20 {
			t.Errorf("%+v", b)
		}
	})
}

// A member's own limit replaces the budget; above the ceiling it raises both ceilings too.
func TestOwnLimit(t *testing.T) {
	at := moment(t, tuesday)
	maxima := func(s quota.Standing) (n [3]int) {
		b := s.Budget(quota.Invite)
		for i, name := range []string{quota.BudgetName, quota.CeilingName, quota.SevenDaysName} {
			n[i] = -1
			if g, ok := b.Find(name); ok {
				n[i] = g.Max
			}
		}
		return n
	}
	own := func(s quota.Standing, n int) quota.Standing {
		s.Member.Own = quota.Number{Limit: quota.BudgetName, Max: n, By: "mia", At: at.Add(-time.Hour), Until: at.Add(time.Hour), Reason: "trusted"}
		return s
	}
	for _, c := range []struct {
		name string
		s    quota.Standing
		want [3]int
	}{
		{"below", own(paceline(nil, at, time.UTC), 60), [3]int{60, 100, 100}},
		{"between", own(paceline(nil, at, time.UTC), 90), [3]int{90, 100, 100}},
		{"above", own(paceline(nil, at, time.UTC), 180), [3]int{180, 180, 180}},
		{"none at all", own(paceline(nil, at, time.UTC), 0), [3]int{0, 100, 100}},
		{"above a ceiling of the team's", own(numbered(paceline(nil, at, time.UTC), 150, quota.CeilingName), 180), [3]int{180, 180, 180}},
		{"below a ceiling of the team's", own(numbered(paceline(nil, at, time.UTC), 150, quota.CeilingName), 120), [3]int{120, 150, 150}},
		{"the ceiling is off", own(without(paceline(nil, at, time.UTC), quota.CeilingName), 180), [3]int{180, -1, 180}},
		{"the budget is off", own(without(paceline(nil, at, time.UTC), quota.BudgetName), 60), [3]int{60, 100, 100}},
		{"under a guide without a budget", own(under(quota.GuidePreset, nil, at, time.UTC), 130), [3]int{130, 130, -1}},
		{"under one without numbers", own(under(quota.InTouchPreset, nil, at, time.UTC), 130), [3]int{130, -1, -1}},
		{"a warning stays one", own(under(quota.PlansPreset, nil, at, time.UTC), 130), [3]int{130, -1, 100}},
	} {
		if is := maxima(c.s); is != c.want {
			t.Errorf("%s: %v, want %v", c.name, is, c.want)
		}
	}
	s := own(paceline(nil, at, time.UTC), 180)
	for m, want := range map[time.Time][3]int{
		at.Add(-time.Hour - time.Microsecond): {75, 100, 100}, at.Add(-time.Hour): {180, 180, 180}, at.Add(time.Hour - time.Microsecond): {180, 180, 180}, at.Add(time.Hour): {75, 100, 100},
	} {
		if s.At = m; maxima(s) != want {
			t.Errorf("%s: %v, want %v", m, maxima(s), want)
		}
	}
	s.At = at
	if g, _ := s.Budget(quota.Invite).Find(quota.CeilingName); g.By != s.Member.Own {
		t.Errorf("by %+v", g.By)
	}
	// Half of the own number after a restriction, and the smallest step of a ramp binds all the same.
	s.Member.Restriction = quota.Restriction{From: at.Add(-time.Hour), Until: at.Add(-time.Minute)}
	if b := s.Budget(quota.Invite); b.Left != 90 {
		t.Errorf("%d left", b.Left)
	}
	s.Member.Account.New = at.Truncate(24 * time.Hour)
	if b := s.Budget(quota.Invite); b.Left != 25 {
		t.Errorf("%d left", b.Left)
	}
}
