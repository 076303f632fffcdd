package quota_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// noon is when a plan sends on a day.
func (s scene) noon(d quota.Day) time.Time {
	if at := d.In(s.Zone, 12, 0); at.After(s.At) {
		return at
	}
	return s.At
}

// openings are the moments of a day from noon to an end at which a plan may send, after what it has sent before: noon,
// and later ones with more room than all before them.
func (s scene) openings(d quota.Day, end time.Time, done []quota.Entry) []time.Time {
	noon := s.noon(d)
	var all []time.Time
	for _, e := range s.standing(s.At, done...).Journal {
		all = append(all, e.At.Add(24*time.Hour), e.At.Add(week))
	}
	all = append(all, s.Turns(s.At)...)
	for u := noon.UTC().Truncate(24 * time.Hour); u.Before(end); u = u.AddDate(0, 0, 1) {
		all = append(all, u)
	}
	slices.SortFunc(all, time.Time.Compare)
	out, most := []time.Time{noon}, s.roomAt(noon, done)
	for _, t := range all {
		if n := s.roomAt(t, done); t.After(noon) && t.Before(end) && n > most {
			out, most = append(out, t), n
		}
	}
	return out
}

// roomAt is how many a plan may send at a moment.
func (s scene) roomAt(at time.Time, done []quota.Entry) int {
	after := s.standing(at, done...)
	b := after.Budget(s.kind)
	n := 1 << 20
	if _, binds := b.Binding(); binds {
		n = b.Left
	}
	if s.wide() == quota.Invite && !s.weeks(at) {
		w := quota.WeekOf(at)
		n = min(n, max(0, s.Weekly(at)-after.Journal.Sent(quota.Invite, w.Start(), w.End())))
	}
	return n
}

// wide is the kind whose limits a scene's kind counts against at the widest.
func (s scene) wide() quota.Kind {
	if s.kind == quota.Note {
		return quota.Invite
	}
	return s.kind
}

// pace is what a plan sends on a day at most, and whether there is such a line: 20, a lower one of the preset, or the
// team's own number.
func (s scene) pace() (int, bool) {
	if s.wide() != quota.Invite {
		return 0, false
	}
	if _, has := s.Preset().Find(quota.PaceName); !has {
		return 20, true
	}
	g, ok := s.measure(s.At).Find(quota.PaceName)
	if g.By.At.IsZero() {
		g.Max = min(g.Max, 20)
	}
	return g.Max, ok
}

// weeks reports whether a limit on the week binds invites at a moment.
func (s scene) weeks(at time.Time) bool {
	for _, g := range s.measure(at).Gauges {
		if g.Force != quota.Soft && g.Kind == quota.Invite && (g.Window.Kind == quota.CalendarWeek || g.Window.Length == week) {
			return true
		}
	}
	return false
}

// inside asserts that the last of what was sent passes no limit that binds.
func (s scene) inside(t *rapid.T, what any, done []quota.Entry) {
	at := done[len(done)-1].At
	for _, g := range s.measure(at, done...).Gauges {
		if g.Force != quota.Soft && g.Over() > 0 {
			t.Fatalf("%+v: at %s %s is passed by %d", what, at, g.Name, g.Over())
		}
	}
}

func TestEasyPlanFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(false).Draw(t, "scene")
		s.Member.Workdays = quota.Workdays(rapid.OneOf(rapid.Just(uint8(quota.DefaultWorkdays)), rapid.Uint8Range(0, 127)).Draw(t, "workdays"))
		if rapid.IntRange(0, 3).Draw(t, "away") == 0 {
			from := s.Today + quota.Day(rapid.IntRange(-2, 5).Draw(t, "away from"))
			s.Member.Away = quota.Away{From: from, Until: from + quota.Day(rapid.IntRange(0, 4).Draw(t, "away for"))}
		}
		works := func(d quota.Day) bool { return s.Member.Workdays.Has(d.Weekday()) && !s.Member.Away.Has(d) }
		b := s.measure(s.At)
		p, ok := s.EasyPlan(b)
		end := quota.WeekOf(s.At).End()
		evening := func(d quota.Day) time.Time { // quiet hours begin
			if at := d.In(s.Zone, 18, 0); at.Before(end) {
				return at
			}
			return end
		}
		pace, paced := s.pace()
		today := s.Journal.SentOn(s.wide(), s.Today)
		total := b.Week
		if s.wide() == quota.Invite && !slices.ContainsFunc(b.Gauges, func(g quota.Gauge) bool { return g.Force != quota.Soft && g.Window.Kind == quota.CalendarWeek }) {
			total = s.room(s.At)
			if _, binds := b.Binding(); binds {
				w := quota.WeekOf(s.At)
				total = max(0, s.Weekly(s.At)-s.Journal.Sent(quota.Invite, w.Start(), w.End()))
			}
		}
		if !ok {
			// Then one alone fits on no day.
			for d := s.Today; total > 0 && d.In(s.Zone, 12, 0).Before(end); d++ {
				for _, at := range s.openings(d, evening(d), nil) {
					now := s.measure(at)
					if _, binds := now.Binding(); works(d) && (d > s.Today || today == 0) && (!paced || pace > 0) && (now.Left > 0 || !binds) {
						t.Fatalf("no plan, though there is room at %s", at)
					}
				}
			}
			return
		}
		fits := func(at time.Time, n int, done []quota.Entry) bool {
			now := s.measure(at, done...)
			_, binds := now.Binding()
			return now.Left >= n || !binds
		}
		var done []quota.Entry
		sum, days := 0, 0
		for d := p.From; d <= p.To; d++ {
			if !works(d) {
				continue
			}
			days++
			if d < s.Today || d == s.Today && today > 0 {
				t.Fatalf("%+v has %s, today is %s", p, d, s.Today)
			}
			n := min(p.PerDay, p.Total-sum)
			if n == 0 {
				continue
			}
			if !s.noon(d).Before(end) || !works(p.From) || !works(p.To) {
				t.Fatalf("%+v ends after %s or on a free day", p, end)
			}
			sum += n
			all := s.openings(d, evening(d), done)
			i := slices.IndexFunc(all, func(at time.Time) bool { return fits(at, n, done) })
			if i < 0 {
				t.Fatalf("%+v: no room for %d on %s", p, n, d)
			}
			done = append(done, sent(n, s.kind, all[i], s.Zone))
			s.inside(t, p, done)
		}
		if sum != p.Total || days != p.Days || sum > total || paced && p.PerDay > pace {
			t.Fatalf("%+v made %d on %d days, %d this week, a pace of %d", p, sum, days, total, pace)
		}
		// More of a budget never makes less of a plan.
		if n, at := slices.IndexFunc(s.Terms.Numbers, func(n quota.Number) bool { return n.Limit == quota.BudgetName && n.Max >= 0 && n.Until.IsZero() }), s.At; n >= 0 {
			more := s
			more.Terms.Numbers = slices.Clone(s.Terms.Numbers)
			more.Terms.Numbers[n].Max += rapid.IntRange(1, 30).Draw(t, "more")
			if q, _ := more.EasyPlan(more.measure(at)); q.Total < p.Total && more.Member.Own.Until.IsZero() {
				t.Fatalf("%+v, and with more %+v", p, q)
			}
		}
	})
}

// best is the most that can be sent over some days, from every way to do so.
func (s scene) best(t *rapid.T, days []quota.Day, n, pace int, done []quota.Entry) int {
	if len(days) == 0 || n == 0 {
		return 0
	}
	d, most := days[0], 0
	room := min(pace, n)
	if d == s.Today {
		room = min(n, pace-s.Journal.SentOn(s.wide(), d))
	}
	most = s.best(t, days[1:], n, pace, done)
	for _, at := range s.openings(d, (d+1).In(s.Zone, 0, 0), done) {
		for k := 1; k <= min(room, s.roomAt(at, done)); k++ { // what only counts once it is accepted must have room all the same
			with := append(slices.Clone(done), sent(k, s.kind, at, s.Zone))
			most = max(most, k+s.best(t, days[1:], n-k, pace, with))
		}
	}
	return most
}

func TestLayIsTheMostPossible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(false).Draw(t, "scene")
		n, by := rapid.IntRange(0, 5).Draw(t, "n"), s.Today+quota.Day(rapid.IntRange(-1, 4).Draw(t, "days"))
		if rapid.Bool().Draw(t, "long") {
			n, by = rapid.IntRange(0, 300).Draw(t, "n"), s.Today+quota.Day(rapid.IntRange(0, 30).Draw(t, "days"))
		}
		p := s.Lay(s.kind, n, by)
		pace, paced := s.pace()
		if !paced {
			pace = 1 << 20
		}
		var done []quota.Entry
		sum, perDay := 0, 0
		for i, x := range p.Portions {
			if x.Quantity < 1 || x.Day < s.Today || x.Day > by || i > 0 && x.Day <= p.Portions[i-1].Day || !s.Member.Workdays.Has(x.Day.Weekday()) {
				t.Fatalf("%+v until %s", p, by)
			}
			sum, perDay = sum+x.Quantity, max(perDay, x.Quantity)
			today := 0
			if x.Day == s.Today {
				today = s.Journal.SentOn(s.wide(), x.Day)
			}
			at := s.noon(x.Day)
			if !x.From.IsZero() {
				if at = x.From; !at.After(s.noon(x.Day)) || quota.DayOf(at, s.Zone) != x.Day || s.roomAt(s.noon(x.Day), done) >= x.Quantity {
					t.Fatalf("%+v: not from %s", p, at)
				}
			}
			done = append(done, sent(x.Quantity, s.kind, at, s.Zone))
			s.inside(t, p, done)
			if x.Quantity+today > max(pace, today) {
				t.Fatalf("%+v, and a pace of %d", p, pace)
			}
		}
		if sum != p.Possible || perDay != p.PerDay || p.Possible > p.Wanted || p.Wanted != n || p.By != by || p.Ready != 0 && (p.Possible == n || p.Ready <= by) {
			t.Fatalf("%+v", p)
		}
		if n <= 5 && by <= s.Today+3 {
			var days []quota.Day
			for d := s.Today; d <= by; d++ {
				if s.Member.Workdays.Has(d.Weekday()) {
					days = append(days, d)
				}
			}
			if best := s.best(t, days, n, pace, nil); best != p.Possible {
				t.Fatalf("%+v, but %d are possible", p, best)
			}
		}
		if more := s.Lay(s.kind, n+rapid.IntRange(0, 9).Draw(t, "more"), by); more.Possible < p.Possible {
			t.Fatalf("%+v, but of more %+v", p, more)
		}
		if later := s.Lay(s.kind, n, by+quota.Day(rapid.IntRange(0, 9).Draw(t, "later"))); later.Possible < p.Possible {
			t.Fatalf("%+v, but later %+v", p, later)
		}
		if p.Ready != 0 {
			if then := s.Lay(s.kind, n, p.Ready); then.Possible != n || s.Lay(s.kind, n, p.Ready-1).Possible == n {
				t.Fatalf("%+v, but then %+v", p, then)
			}
		}
	})
}

// However far away the day is, a plan ends.
func TestLayForEver(t *testing.T) {
	s := paceline(nil, moment(t, tuesday), time.UTC)
	if p := s.Lay(quota.Invite, quota.MaxNumber, 1<<31-1); p.Possible != 13*75+60 || p.Ready != 0 {
		t.Errorf("%d possible, ready %s", p.Possible, p.Ready)
	}
}

// What was sent today takes of today's pace, and of nothing where there is none.
func TestLayAfterASendToday(t *testing.T) {
	at := moment(t, tuesday)
	j := journal(sent(8, quota.Invite, at, time.UTC))
	for _, c := range []struct {
		name   string
		s      quota.Standing
		kind   quota.Kind
		n      int
		days   quota.Day
		perDay int
		today  int
		sum    int
	}{
		{"within the pace", paceline(j, at, time.UTC), quota.Invite, 30, 0, 12, 12, 12},
		{"a note too", paceline(j, at, time.UTC), quota.Note, 30, 0, 12, 12, 12},
		{"fewer than were sent", without(paceline(j, at, time.UTC), quota.PaceName), quota.Invite, 3, 0, 3, 3, 3},
		{"without a pace", under(quota.EmailChaserPreset, j, at, time.UTC), quota.Invite, 3, 0, 3, 3, 3},
		{"evenly with what was sent", under(quota.EmailChaserPreset, j, at, time.UTC), quota.Invite, 12, 1, 10, 2, 12},
		{"of no number at all, notes go by the same", under(quota.InTouchPreset, j, at, time.UTC), quota.Note, 100, 3, 67, 0, 67},
	} {
		p := c.s.Lay(c.kind, c.n, c.s.Today+c.days)
		today := 0
		if len(p.Portions) > 0 && p.Portions[0].Day == c.s.Today {
			today = p.Portions[0].Quantity
		}
		if p.Possible != c.sum || c.today > 0 && today != c.today || c.perDay != p.PerDay && c.today > 0 {
			t.Errorf("%s: %+v, want %+v", c.name, p, c)
		}
	}
	// Plans for notes under a guide without numbers go by the same number as plans for invites.
	s := under(quota.InTouchPreset, nil, at, time.UTC)
	s.Member.Own = quota.Number{Max: 200, At: long, Until: at.Add(time.Minute)}
	if p, ok := s.EasyPlan(s.Budget(quota.Note)); !ok || p.Total > 200 {
		t.Errorf("%+v", p)
	}
}

// The last days of a plan may have fewer, if that makes more of it.
func TestEasyPlanWithARest(t *testing.T) {
	at := moment(t, "2026-11-24T09:05:00Z")
	s := paceline(journal(sent(90, quota.Invite, moment(t, "2026-11-20T18:00:00Z"), time.UTC)), at, time.UTC)
	b := s.Budget(quota.Invite)
	if p, ok := s.EasyPlan(b); !ok || b.Left != 10 || p.Total != 10 || p.PerDay != 3 || p.Days != 4 {
		t.Errorf("%d left, %+v", b.Left, p)
	}
}
