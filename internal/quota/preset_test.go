package quota_test

import (
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// A day at a desk, told by entries: what became of a send closes it.
func became(act quota.Act, of quota.Entry, seq uint64, quantity int, at time.Time) quota.Entry {
	of.Act, of.Quantity, of.At, of.Recorded, of.Day, of.Closes = act, quantity, at.UTC(), at.UTC(), quota.DayOf(at, time.UTC), seq
	return of
}

// Every row of data says what it claims, who says so and how sure that is.
func TestEveryClaimHasASource(t *testing.T) {
	type row struct {
		name, claim, source string
		confidence          quota.Confidence
	}
	words := map[string]bool{}
	for _, p := range quota.Presets() {
		if p.Name == "" || p.Title == "" || p.About == "" || words[p.Name] {
			t.Errorf("%+v", p)
		}
		words[p.Name] = true
		if found, ok := quota.FindPreset(p.Name); !ok || found != p {
			t.Errorf("%s is not found", p.Name)
		}
		var rows []row
		names := map[string]bool{}
		for _, l := range p.Limits {
			rows = append(rows, row{l.Name, l.Claim, l.Source, l.Confidence})
			if names[l.Name] || l.Name == "" || l.Title == "" {
				t.Errorf("%s: %q twice, or without a title", p.Name, l.Name)
			}
			names[l.Name] = true
			ways := 0
			for _, is := range []bool{l.Max > 0 || l.Window.Kind == quota.Spell, l.Grants != nil, l.Steps != nil, l.Part.Of != ""} {
				if is {
					ways++
				}
			}
			if ways != 1 || l.Kind == 0 || l.Basis == 0 || l.Force == 0 || l.Window.Kind == 0 || (l.Window.Length > 0) != (l.Window.Kind == quota.Rolling || l.Window.Kind == quota.Stock) {
				t.Errorf("%s: %s has %d numbers, %+v", p.Name, l.Name, ways, l)
			}
			if l.Warn != 0 && l.Warn >= l.Max || l.Part.Of != "" && l.Part.Den < 1 {
				t.Errorf("%s: %s warns at %d of %d, part %+v", p.Name, l.Name, l.Warn, l.Max, l.Part)
			}
			for _, g := range l.Grants {
				if g.Most != 0 && g.Most < g.Max {
					t.Errorf("%s: %s of %s adds up to %d", p.Name, l.Name, g.Account, g.Most)
				}
			}
		}
		for _, r := range p.Persons {
			rows = append(rows, row{"person", r.Claim, r.Source, r.Confidence})
			if r.Wait <= 0 || r.After != quota.Sent && r.After != quota.Withdrawn {
				t.Errorf("%s: %+v", p.Name, r)
			}
		}
		for _, a := range p.Advice {
			rows = append(rows, row{"advice", a.Claim, a.Source, a.Confidence})
		}
		for _, r := range rows {
			if r.claim == "" || r.source == "" || r.confidence.String() == quota.Confidence(0).String() {
				t.Errorf("%s: %+v", p.Name, r)
			}
		}
		for _, name := range []string{quota.BudgetName, quota.RestrictionName, quota.RecoveryName} {
			if !names[name] {
				t.Errorf("%s has no %s", p.Name, name)
			}
		}
		for _, l := range p.Limits {
			if l.Part.Of != "" && !names[l.Part.Of] {
				t.Errorf("%s: %s is a part of %s, which is not there", p.Name, l.Name, l.Part.Of)
			}
		}
	}
	if len(words) != 6 {
		t.Errorf("%d presets", len(words))
	}
}

// advises reports whether a preset gives an advice of these words.
func advises(t *testing.T, preset, claim string) {
	t.Helper()
	p, _ := quota.FindPreset(preset)
	for _, a := range p.Advice {
		if a.Claim == claim {
			return
		}
	}
	t.Errorf("%s does not say %q", preset, claim)
}

// free asserts that nothing binds a kind.
func free(t *testing.T, b quota.Budget) {
	t.Helper()
	if g, ok := b.Binding(); ok {
		t.Errorf("%s binds %s at %d", g.Name, b.Kind, g.Max)
	}
}

const tuesday = "2026-11-24T12:00:00Z"

func TestGuide(t *testing.T) {
	at := moment(t, tuesday)
	monday := quota.WeekOf(at).Start()
	t.Run("100 in the UTC week", func(t *testing.T) {
		j := journal(sent(40, quota.Invite, monday, time.UTC), sent(500, quota.Invite, monday.Add(-time.Microsecond), time.UTC))
		b := under(quota.GuidePreset, j, at, time.UTC).Budget(quota.Invite)
		if g := binding(t, b, quota.CeilingName); b.Left != 60 || b.Week != 60 || g.Used != 40 || g.Max != 100 || g.Force != quota.Loud {
			t.Errorf("%d left, %+v", b.Left, g)
		}
	})
	t.Run("back on Monday 00:00 UTC", func(t *testing.T) {
		j := journal(sent(100, quota.Invite, at, time.UTC))
		s := under(quota.GuidePreset, j, at, zone(t, "Pacific/Auckland"))
		if o, ok := s.NextOpening(s.Budget(quota.Invite)); !ok || !o.At.Equal(moment(t, "2026-11-30T00:00:00Z")) || o.More != 100 || o.Left != 100 {
			t.Errorf("opening %+v", o)
		}
		for _, c := range []struct {
			at   string
			left int
		}{{"2026-11-29T23:59:59.999999Z", 0}, {"2026-11-30T00:00:00Z", 100}} {
			if b := under(quota.GuidePreset, j, moment(t, c.at), time.UTC).Budget(quota.Invite); b.Left != c.left {
				t.Errorf("%s: %d left, want %d", c.at, b.Left, c.left)
			}
		}
	})
	t.Run("advice: 50 to 75", func(t *testing.T) { advises(t, quota.GuidePreset, "50 to 75 a week is enough.") })
	t.Run("soft: not the whole week in one day", func(t *testing.T) {
		for n, over := range map[int]int{99: 0, 100: 1} {
			b := under(quota.GuidePreset, journal(sent(n, quota.Invite, at, time.UTC)), at, time.UTC).Budget(quota.Invite)
			if g, _ := b.Find(quota.PaceName); g.Over() != over || g.Force != quota.Soft || g.Window.Kind != quota.CalendarDay || b.Left != 100-n {
				t.Errorf("%d in a day: over by %d, %d left", n, g.Over(), b.Left)
			}
		}
		s := numbered(under(quota.GuidePreset, nil, at, time.UTC), 60, quota.CeilingName)
		if g, _ := s.Budget(quota.Invite).Find(quota.PaceName); g.Max != 59 {
			t.Errorf("of a week of 60 the day's line is %d", g.Max)
		}
	})
}

func TestQuickMail(t *testing.T) {
	at := moment(t, tuesday)
	budget := func(at time.Time, entries ...quota.Entry) quota.Budget {
		return under(quota.QuickMailPreset, journal(entries...), at, time.UTC).Budget(quota.Invite)
	}
	t.Run("25 (it says 20 to 25: soft at 20, binding at 25) in any 24 hours", func(t *testing.T) {
		e := sent(20, quota.Invite, at.Add(-24*time.Hour+time.Microsecond), time.UTC)
		b := budget(at, e)
		if g := binding(t, b, quota.TwentyFourHours); b.Left != 5 || g.Used != 20 || g.Warn != 20 || g.Max != 25 || g.Force != quota.Binds || !g.Ends.IsZero() {
			t.Errorf("%d left, %+v", b.Left, g)
		}
		if b := budget(at.Add(time.Microsecond), e); b.Left != 25 {
			t.Errorf("after 24 hours %d left", b.Left)
		}
		s := under(quota.QuickMailPreset, journal(e, sent(5, quota.Invite, at, time.UTC)), at, time.UTC)
		if o, ok := s.NextOpening(s.Budget(quota.Invite)); !ok || o.Left != 20 || !o.At.Equal(at.Add(time.Microsecond)) {
			t.Errorf("opening %+v", o)
		}
	})
	t.Run("100 in the UTC week", func(t *testing.T) {
		b := budget(at, sent(90, quota.Invite, moment(t, "2026-11-23T00:00:00Z"), time.UTC), sent(300, quota.Invite, moment(t, "2026-11-22T23:59:59Z"), time.UTC))
		if g := binding(t, b, quota.CeilingName); b.Left != 10 || g.Used != 90 || g.Max != 100 {
			t.Errorf("%d left, %+v", b.Left, g)
		}
	})
	t.Run("withdrawing credits room at the moment of withdrawal, never below 0 used", func(t *testing.T) {
		e := sent(25, quota.Invite, at.Add(-3*time.Hour), time.UTC)
		back := became(quota.Withdrawn, e, 1, 10, at)
		for _, c := range []struct {
			name       string
			at         time.Time
			entries    []quota.Entry
			left, used int
		}{
			{"before it", at.Add(-time.Microsecond), []quota.Entry{e}, 0, 25},
			{"at it", at, []quota.Entry{e, back}, 10, 15},
			{"in the week as well", at.Add(22 * time.Hour), []quota.Entry{e, back}, 25, 0},
			{"what was withdrawn of an earlier window", at, []quota.Entry{sent(30, quota.Invite, at.Add(-50*time.Hour), time.UTC), became(quota.Withdrawn, e, 1, 30, at)}, 25, 0},
			{"and sent since", at.Add(time.Hour), []quota.Entry{became(quota.Withdrawn, e, 9, 30, at), sent(5, quota.Invite, at.Add(time.Hour), time.UTC)}, 20, 5},
		} {
			b := budget(c.at, c.entries...)
			if b.Left != c.left || used(t, b, quota.TwentyFourHours) != c.used {
				t.Errorf("%s: %d left, %d used, want %d and %d", c.name, b.Left, used(t, b, quota.TwentyFourHours), c.left, c.used)
			}
		}
		if n := used(t, budget(at.Add(22*time.Hour), e, back), quota.CeilingName); n != 15 {
			t.Errorf("%d of the week, want 15", n)
		}
	})
}

func TestInTouch(t *testing.T) {
	at := moment(t, tuesday)
	t.Run("no fixed number", func(t *testing.T) {
		s := under(quota.InTouchPreset, journal(sent(60, quota.Invite, at, time.UTC)), at, time.UTC)
		free(t, s.Budget(quota.Invite))
		if s.Weekly(at) != 75 {
			t.Errorf("plans go by %d", s.Weekly(at))
		}
		p := s.Lay(quota.Invite, 100, s.Today+10)
		if p.Reference != 75 || p.Possible != 15+75 {
			t.Errorf("%+v", p)
		}
		advises(t, quota.InTouchPreset, "There is no fixed number.")
	})
	t.Run("all sent count, withdrawn or not", func(t *testing.T) {
		e := sent(60, quota.Invite, at, time.UTC)
		s := numbered(under(quota.InTouchPreset, journal(e, became(quota.Withdrawn, e, 1, 60, at)), at, time.UTC), 70, quota.BudgetName)
		if b := s.Budget(quota.Invite); b.Left != 10 {
			t.Errorf("%d left", b.Left)
		}
		advises(t, quota.InTouchPreset, "All sent invites count, withdrawn or not.")
	})
	t.Run("advice: begin with tens a day and increase", func(t *testing.T) { advises(t, quota.InTouchPreset, "Begin with tens a day and increase.") })
	t.Run("pending: act at 1,000", func(t *testing.T) {
		e := sent(1000, quota.Invite, at.Add(-170*24*time.Hour), time.UTC)
		b := under(quota.InTouchPreset, journal(e), at, time.UTC).Budget(quota.Invite)
		if g, ok := b.Find(quota.PendingName); !ok || g.Used != 1000 || g.Room() != 0 || g.Force != quota.Soft || g.Warn != 0 {
			t.Errorf("%+v", g)
		}
	})
	t.Run("a restriction lasts 24 h to a week, longer after repeats", func(t *testing.T) {
		advises(t, quota.InTouchPreset, "A restriction lasts 24 hours to a week, longer after repeats.")
	})
}

func TestPlans(t *testing.T) {
	at := moment(t, tuesday)
	accepted := func(n int, at time.Time, z *time.Location) quota.Entry {
		e := sent(n, quota.Invite, at, z)
		e.Act = quota.Accepted
		return e
	}
	with := func(a quota.AccountType, at time.Time, z *time.Location, entries ...quota.Entry) quota.Standing {
		s := under(quota.PlansPreset, journal(entries...), at, z)
		s.Member.Account.Type = a
		return s
	}
	type plan struct {
		a                quota.AccountType
		day, month, page int
	}
	check := func(plans ...plan) func(*testing.T) {
		return func(t *testing.T) {
			for _, p := range plans {
				s := with(p.a, at, time.UTC)
				b := s.Budget(quota.Invite)
				day, _ := b.Find(quota.DayName)
				month, _ := b.Find(quota.MonthName)
				page := s.Budget(quota.PageInvite)
				if day.Max != p.day || month.Max != p.month || page.Left != p.page || b.Left != p.day {
					t.Errorf("%s: %d a day, %d a month, %d Page invites; want %+v", p.a, day.Max, month.Max, page.Left, p)
				}
				if day.Force != quota.Binds || month.Force != quota.Binds {
					t.Error("they do not bind")
				}
			}
		}
	}
	t.Run("by account: free 300 in a local day and 3,000 in a month", check(plan{quota.Free, 300, 3000, 4}))
	t.Run("Business Plus 500 and 15,000", check(plan{quota.PremiumBusiness, 500, 15000, 25}))
	t.Run("Sales Navigator 500 and 30,000", check(plan{quota.SalesNavigator, 500, 30000, 90}))
	t.Run("other accounts as free", func(t *testing.T) {
		for _, a := range []quota.AccountType{quota.UnknownAccount, quota.PremiumCareer, quota.RecruiterLite, quota.Recruiter, quota.RecruiterCorp} {
			check(plan{a, 300, 3000, 4})(t)
		}
	})
	t.Run("a local day", func(t *testing.T) {
		z := zone(t, "Pacific/Auckland")
		s := with(quota.Free, moment(t, "2026-11-24T10:59:59.999999Z"), z, accepted(300, moment(t, "2026-11-23T11:00:00Z"), z))
		if s.Budget(quota.Invite).Left != 0 {
			t.Error("the day ended before midnight")
		}
		s.At = s.At.Add(time.Microsecond)
		if b := s.Budget(quota.Invite); b.Left != 300 {
			t.Errorf("%d left after midnight", b.Left)
		}
	})
	t.Run("a month", func(t *testing.T) {
		e := accepted(3000, moment(t, "2026-11-01T00:00:00Z"), time.UTC)
		s := with(quota.Free, moment(t, "2026-11-30T23:59:59.999999Z"), time.UTC, e)
		b := s.Budget(quota.Invite)
		binding(t, b, quota.MonthName)
		if o, ok := s.NextOpening(b); b.Left != 0 || !ok || !o.At.Equal(moment(t, "2026-12-01T00:00:00Z")) || o.Left != 300 {
			t.Errorf("%d left, %+v", b.Left, o)
		}
	})
	t.Run("only accepted ones count, when they are accepted", func(t *testing.T) {
		old := sent(400, quota.Invite, moment(t, "2026-10-05T12:00:00Z"), time.UTC)
		s := with(quota.Free, at, time.UTC, sent(1000, quota.Invite, at, time.UTC), old, became(quota.Accepted, old, 2, 40, at.Add(-time.Hour)), became(quota.Accepted, old, 2, 7, at.Add(-24*time.Hour)))
		b := s.Budget(quota.Invite)
		if b.Left != 260 || used(t, b, quota.DayName) != 40 || used(t, b, quota.MonthName) != 47 {
			t.Errorf("%+v", b)
		}
	})
	t.Run("the same person once in 7 days", func(t *testing.T) {
		d := newDesk(t)
		d.choose(quota.PlansPreset)
		jane := quota.Log{Quantity: 1, Persons: []string{"jane"}}
		d.log("2026-11-24T12:00:00Z", jane)
		again := d.log("2026-12-01T11:59:59Z", jane)
		if len(again.Early) != 1 || again.Early[0].Rule.After != quota.Sent || !again.Early[0].From.Equal(moment(t, "2026-12-01T12:00:00Z")) || again.Early[0].Since != date(t, "2026-11-24") {
			t.Errorf("%+v", again.Early)
		}
		if later := d.log("2026-12-08T12:00:00Z", jane); len(later.Early) != 0 {
			t.Errorf("%+v", later.Early)
		}
		if other := d.as("ben").log("2026-12-08T12:00:01Z", jane); len(other.Early) != 0 || len(other.Before) != 1 {
			t.Errorf("somebody else's: %+v", other.Early)
		}
	})
	t.Run("Page invites 4 / 25 / 90 a month", func(t *testing.T) {
		e := sent(4, quota.PageInvite, moment(t, "2026-11-01T00:00:00Z"), time.UTC)
		for a, left := range map[quota.AccountType]int{quota.Free: 0, quota.PremiumBusiness: 21, quota.SalesNavigator: 86} {
			if b := with(a, at, time.UTC, e).Budget(quota.PageInvite); b.Left != left {
				t.Errorf("%s: %d left, want %d", a, b.Left, left)
			}
		}
		if b := with(quota.Free, moment(t, "2026-12-01T00:00:00Z"), time.UTC, e).Budget(quota.PageInvite); b.Left != 4 {
			t.Errorf("%d left in the next month", b.Left)
		}
	})
	t.Run("outdated, not advised", func(t *testing.T) {
		for _, p := range quota.Presets() {
			if (p.Outdated != "") != (p.Name == quota.PlansPreset) {
				t.Errorf("%s: outdated %q", p.Name, p.Outdated)
			}
		}
	})
	t.Run("the last 7 days stay as a warning", func(t *testing.T) {
		b := with(quota.Free, at, time.UTC, sent(101, quota.Invite, at.Add(-week+time.Microsecond), time.UTC)).Budget(quota.Invite)
		if g, ok := b.Find(quota.SevenDaysName); !ok || g.Over() != 1 || g.Force != quota.Soft || b.Left != 300 {
			t.Errorf("%+v, %d left", g, b.Left)
		}
	})
}

func TestEmailChaser(t *testing.T) {
	at := moment(t, tuesday)
	t.Run("100 in the UTC week", func(t *testing.T) {
		b := under(quota.EmailChaserPreset, journal(sent(30, quota.Invite, at, time.UTC), sent(90, quota.Invite, moment(t, "2026-11-22T23:59:59Z"), time.UTC)), at, time.UTC).Budget(quota.Invite)
		if g := binding(t, b, quota.CeilingName); b.Left != 70 || g.Max != 100 {
			t.Errorf("%d left, %+v", b.Left, g)
		}
	})
	t.Run("no daily limit", func(t *testing.T) {
		p, _ := quota.FindPreset(quota.EmailChaserPreset)
		for _, l := range p.Limits {
			if l.Window.Kind == quota.CalendarDay || l.Window.Kind == quota.Rolling && l.Window.Length <= 24*time.Hour {
				t.Errorf("%s", l.Name)
			}
		}
		if b := under(quota.EmailChaserPreset, journal(sent(99, quota.Invite, at, time.UTC)), at, time.UTC).Budget(quota.Invite); b.Left != 1 {
			t.Errorf("%d left", b.Left)
		}
	})
	t.Run("100 messages a week", func(t *testing.T) {
		b := under(quota.EmailChaserPreset, journal(sent(30, quota.Message, at, time.UTC), sent(7, quota.Invite, at, time.UTC), sent(90, quota.Message, moment(t, "2026-11-22T23:59:59Z"), time.UTC)), at, time.UTC).Budget(quota.Message)
		if g := binding(t, b, quota.MessagesName); b.Left != 70 || g.Max != 100 {
			t.Errorf("%d left, %+v", b.Left, g)
		}
	})
	inMail := func(a quota.AccountType, entries ...quota.Entry) quota.Budget {
		s := under(quota.EmailChaserPreset, journal(entries...), at, time.UTC)
		s.Member.Account.Type = a
		return s.Budget(quota.InMail)
	}
	e := sent(9, quota.InMail, moment(t, "2026-11-01T00:00:00Z"), time.UTC)
	before := sent(50, quota.InMail, moment(t, "2026-10-31T23:59:59Z"), time.UTC)
	t.Run("InMail 50 a month on Sales Navigator", func(t *testing.T) {
		if b := inMail(quota.SalesNavigator, e, before, became(quota.Replied, e, 1, 9, at)); b.Left != 41 {
			t.Errorf("%d left", b.Left)
		}
	})
	t.Run("15 on Premium", func(t *testing.T) {
		for _, a := range []quota.AccountType{quota.PremiumCareer, quota.PremiumBusiness} {
			if b := inMail(a, e, before); b.Left != 6 {
				t.Errorf("%s: %d left", a, b.Left)
			}
		}
		for _, a := range []quota.AccountType{quota.UnknownAccount, quota.Free, quota.RecruiterLite} {
			free(t, inMail(a, e))
		}
	})
}
