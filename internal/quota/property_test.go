package quota_test

import (
	"slices"
	"sort"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

const week = 7 * 24 * time.Hour

var zoneNames = []string{"UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Etc/GMT+12", "Pacific/Kiritimati", "America/St_Johns"}

// A scene is a member who lives by some rules, with a journal, at a moment.
type scene struct {
	quota.Standing
	kind quota.Kind
}

// standing is how the member stands at a moment, with more entries.
func (s scene) standing(at time.Time, more ...quota.Entry) quota.Standing {
	out := s.Standing
	out.At, out.Today = at, quota.DayOf(at, s.Zone)
	out.Journal = append(slices.Clone(s.Journal), more...)
	slices.SortStableFunc(out.Journal, func(a, b quota.Entry) int { return a.At.Compare(b.At) })
	out.Pool = out.Journal
	return out
}

func (s scene) measure(at time.Time, more ...quota.Entry) quota.Budget {
	return s.standing(at, more...).Budget(s.kind)
}

// offsets draws durations in whole microseconds; a bound below a microsecond stands for as many of them.
func offsets(from, to time.Duration) *rapid.Generator[time.Duration] {
	if -time.Microsecond < from && to < time.Microsecond {
		from, to = from*time.Microsecond, to*time.Microsecond
	}
	return rapid.Map(rapid.Int64Range(from.Microseconds(), to.Microseconds()), func(n int64) time.Duration { return time.Duration(n) * time.Microsecond })
}

// rules draws what a member may live by: any preset, numbers of the team's own for any of its limits, a limit,
// an account, a restriction and a ramp of the member's own.
func rules(at time.Time) *rapid.Generator[quota.Rules] {
	return rapid.Custom(func(t *rapid.T) quota.Rules {
		var r quota.Rules
		p := rapid.SampledFrom(quota.Presets()).Draw(t, "preset")
		if p.Name != quota.PacelinePreset {
			r.Terms.Preset = p.Name
		}
		before := func(label string) time.Time { return at.Add(-offsets(0, 5*week).Draw(t, label)) }
		until := func(label string) (end time.Time) {
			if rapid.IntRange(0, 2).Draw(t, label+" ends") == 0 {
				end = at.Add(offsets(-week, 3*week).Draw(t, label+" until"))
			}
			return end
		}
		most := rapid.OneOf(rapid.IntRange(0, 60), rapid.IntRange(60, 160), rapid.Just(quota.Off))
		for i := range p.Limits {
			l := &p.Limits[i]
			if l.Settable() && rapid.IntRange(0, 4).Draw(t, l.Name+" chosen") == 0 {
				n := quota.Number{Preset: r.Terms.Preset, Limit: l.Name, Max: most.Draw(t, l.Name), By: "mia", At: before(l.Name + " at"), Reason: "because", Until: until(l.Name)}
				r.Terms.Numbers = append(r.Terms.Numbers, n)
			}
		}
		m := &r.Member
		m.ID, m.Joined, m.Workdays = "ana", at.AddDate(0, -rapid.IntRange(0, 9).Draw(t, "months here"), 0), quota.DefaultWorkdays
		if rapid.IntRange(0, 3).Draw(t, "own") == 0 {
			m.Own = quota.Number{Limit: quota.BudgetName, Max: rapid.OneOf(rapid.IntRange(0, 80), rapid.IntRange(80, 200)).Draw(t, "own max"), By: "mia", At: before("own at"), Reason: "because", Until: until("own")}
		}
		m.Account.Type = rapid.SampledFrom(append(quota.AccountTypes(), quota.UnknownAccount, quota.Free)).Draw(t, "account")
		m.Account.Billing = rapid.OneOf(rapid.Just[uint8](0), rapid.Uint8Range(1, 31), rapid.Uint8Range(28, 31)).Draw(t, "billing")
		if rapid.IntRange(0, 3).Draw(t, "new") == 0 {
			m.Account.New = before("new since").Truncate(24 * time.Hour)
		}
		if rapid.IntRange(0, 3).Draw(t, "restricted") == 0 {
			m.Restriction.From = before("restricted from")
			m.Restriction.Until = m.Restriction.From.Add(offsets(0, 4*week).Draw(t, "restricted for"))
		}
		return r
	})
}

// scenes draws rules and journals of three weeks, with outcomes, some of it taken back, crowded around the edges
// of windows.
func scenes(future bool) *rapid.Generator[scene] {
	return rapid.Custom(func(t *rapid.T) scene {
		z, err := time.LoadLocation(rapid.SampledFrom(zoneNames).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		// Any month, so that its length and its end play their part.
		monday := quota.Week(2969 - rapid.IntRange(0, 60).Draw(t, "week")).Start()
		at := monday.Add(rapid.OneOf(offsets(0, week), offsets(week-2*time.Hour, week)).Draw(t, "now"))
		last := at
		if future {
			last = last.Add(2 * time.Hour)
		}
		var s scene
		s.Rules = rules(at).Draw(t, "rules")
		s.kind = rapid.SampledFrom([]quota.Kind{quota.Invite, quota.Invite, quota.Invite, quota.Note, quota.InMail, quota.Message, quota.PageInvite}).Draw(t, "kind of the budget")
		s.Zone, s.Since, s.PoolSince = z, long, long
		moments := rapid.Custom(func(t *rapid.T) time.Time {
			edge := rapid.SampledFrom([]time.Time{monday, at, at.Add(-week), at.Add(-24 * time.Hour), monday.Add(-week), at.AddDate(0, 0, 1-at.Day()).Truncate(24 * time.Hour), at.Add(-quota.PendingLife)}).Draw(t, "edge")
			return edge.Add(rapid.OneOf(offsets(-3, 3), offsets(-2*time.Hour, 2*time.Hour), offsets(-week, week)).Draw(t, "off"))
		}).Filter(func(m time.Time) bool { return !m.After(last) })
		var j quota.Journal
		add := func(e quota.Entry, op uint64) {
			e.Seq = uint64(len(j)) + 1
			if e.Op = op; op == 0 {
				e.Op = e.Seq
			}
			e.Recorded = last
			j = append(j, e)
		}
		kinds := []quota.Kind{quota.Invite, quota.Invite, quota.Invite, quota.Note, quota.InMail, quota.Message, quota.PageInvite}
		for range rapid.IntRange(0, 12).Draw(t, "sends") {
			n := rapid.OneOf(rapid.IntRange(1, 10), rapid.IntRange(1, 60)).Draw(t, "quantity")
			add(sent(n, rapid.SampledFrom(kinds).Draw(t, "kind"), moments.Draw(t, "at"), z), 0)
		}
		rest := make(map[uint64]int)
		for _, e := range j {
			rest[e.Seq] = e.Quantity
		}
		if sends := len(j); sends > 0 {
			for range rapid.IntRange(0, 6).Draw(t, "outcomes") {
				e := j[rapid.IntRange(0, sends-1).Draw(t, "closes")]
				if rest[e.Seq] == 0 {
					continue
				}
				e.Closes, e.Act = e.Seq, rapid.SampledFrom([]quota.Act{quota.Accepted, quota.Withdrawn, quota.Declined, quota.Replied}).Draw(t, "act")
				e.Quantity = rapid.IntRange(1, rest[e.Seq]).Draw(t, "of them")
				if moved := e.At.Add(offsets(0, week).Draw(t, "outcome after")); !moved.After(last) {
					e.At, e.Day = moved, quota.DayOf(moved, z)
				}
				if e.Act != quota.Replied {
					rest[e.Closes] -= e.Quantity
				}
				add(e, 0)
			}
			for i := range len(j) {
				if rapid.IntRange(0, 6).Draw(t, "undone") == 0 {
					e := j[i]
					e.Act, e.Undoes = quota.Undone, e.Op
					add(e, 0)
				}
			}
		}
		sort.SliceStable(j, func(a, b int) bool { return j[a].At.Before(j[b].At) })
		s.Journal = j
		s.Standing = s.standing(at)
		return s
	})
}

// moments are all at which a figure may change: every end of a window and of a number, and the neighbours.
func (s scene) moments(until time.Time) []time.Time {
	var out []time.Time
	add := func(t time.Time) {
		for _, d := range []time.Duration{-time.Microsecond, 0, time.Microsecond} {
			if m := t.Add(d); m.After(s.At) && !m.After(until) {
				out = append(out, m)
			}
		}
	}
	for w := quota.WeekOf(s.At); w.Start().Before(until); w++ {
		add(w.End())
	}
	for d := s.Today; d.In(s.Zone, 0, 0).Before(until); d++ {
		add(d.In(s.Zone, 0, 0))
	}
	for m := s.At.Truncate(24 * time.Hour); m.Before(until); m = m.AddDate(0, 0, 1) {
		add(m) // some of them begin a month
	}
	for _, e := range s.Journal {
		add(e.At)
		for _, l := range s.Preset().Limits {
			if l.Window.Length > 0 {
				add(e.At.Add(l.Window.Length))
			}
		}
	}
	add(s.Member.Own.Until)
	add(s.Member.Restriction.Until)
	add(s.Member.Restriction.Until.Add(quota.Recovery))
	for _, n := range s.Terms.Numbers {
		add(n.Until)
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// count counts a gauge anew, from its meaning; ok is false for what is granted and carried over by the month.
func (s scene) count(g quota.Gauge, at time.Time) (n int, ok bool) {
	in := func(e quota.Entry) bool {
		if g.Timed && (e.Precision != quota.ByTime || e.Recorded.After(e.At.Add(time.Hour))) {
			return false
		}
		switch g.Window.Kind {
		case quota.CalendarWeek:
			return quota.WeekOf(e.At) == quota.WeekOf(at)
		case quota.CalendarDay:
			return e.Day == quota.DayOf(at, s.Zone)
		case quota.CalendarMonth:
			return e.At.UTC().Format("2006-01") == at.UTC().Format("2006-01")
		case quota.Spell:
			return e.At.After(s.Member.Restriction.From) && e.At.Before(s.Member.Restriction.Until) // no report stands in the journal
		}
		return at.Sub(e.At) < g.Window.Length
	}
	gone := make(map[uint64]bool)
	for _, e := range s.Journal {
		if e.Act == quota.Undone {
			gone[e.Undoes] = true
		}
	}
	type step struct {
		at   time.Time
		n    int
		back bool
	}
	var walk []step
	closed := make(map[uint64]int)
	for _, e := range s.Journal {
		if e.Act == quota.Accepted || e.Act == quota.Declined || e.Act == quota.Withdrawn || e.Act == quota.Replied && e.Kind >= quota.InMail {
			if !gone[e.Op] {
				closed[e.Closes] += e.Quantity
			}
		}
	}
	credit := map[quota.Basis]quota.Act{quota.SentLessWithdrawn: quota.Withdrawn, quota.SentLessAccepted: quota.Accepted}[g.Basis]
	for _, e := range s.Journal {
		if e.Act == quota.Undone || gone[e.Op] || !in(e) || !e.Kind.Counts(g.Kind) {
			continue
		}
		switch {
		case g.Basis == quota.ByPending && e.Act == quota.Sent:
			n += max(0, e.Quantity-closed[e.Seq])
		case g.Basis == quota.BySent && e.Act == quota.Sent, g.Basis == quota.ByAccepted && e.Act == quota.Accepted:
			n += e.Quantity
		case credit != 0 && e.Act == quota.Sent:
			walk = append(walk, step{e.At, e.Quantity, false})
		case credit != 0 && e.Act == credit && e.Closes != 0:
			walk = append(walk, step{e.At, e.Quantity, true})
		}
	}
	sort.SliceStable(walk, func(i, j int) bool {
		a, b := walk[i], walk[j]
		return a.at.Before(b.at) || a.at.Equal(b.at) && !a.back && b.back
	})
	for _, w := range walk {
		if w.back {
			n = max(0, n-w.n)
		} else {
			n += w.n
		}
	}
	return n, g.Basis != quota.SentLessAnswered
}

func TestLeftIsTheSmallestRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(true).Draw(t, "scene")
		b := s.measure(s.At)
		least, weekly, month := 1<<30, 1<<30, 1<<30
		for _, g := range b.Gauges {
			if n, ok := s.count(g, s.At); ok && g.Used != n || g.Used < 0 {
				t.Fatalf("%s: %d used, want %d", g.Name, g.Used, n)
			}
			if g.Room() != max(0, g.Max-g.Used) || g.Over() != max(0, g.Used-g.Max) || !s.At.Before(g.Ends) && !g.Ends.IsZero() {
				t.Fatalf("%+v: room %d, over %d", g, g.Room(), g.Over())
			}
			if g.Force == quota.Soft {
				continue
			}
			least = min(least, g.Room())
			switch g.Window.Kind {
			case quota.CalendarWeek:
				weekly = min(weekly, g.Room())
			case quota.CalendarMonth:
				month = min(month, g.Room())
			}
		}
		g, ok := b.Binding()
		if !ok {
			if least != 1<<30 || b.Left != 0 || b.Week != 0 {
				t.Fatalf("nothing binds, %d left, %+v", b.Left, b.Gauges)
			}
			return
		}
		if weekly == 1<<30 {
			weekly = least
		} else {
			weekly = min(weekly, month)
		}
		if b.Left != least || b.Week != weekly || b.Left < 0 {
			t.Fatalf("%d left, %d this week, want %d and %d", b.Left, b.Week, least, weekly)
		}
		if g.Room() != b.Left || b.Left > 0 && g.Used+b.Left != g.Max {
			t.Fatalf("%s binds with %d used of %d, %d left", g.Name, g.Used, g.Max, b.Left)
		}
	})
}

// Nobody sends anything: what is used never grows, and what is left never shrinks unless a number ends.
func TestNothingGrowsByItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(false).Draw(t, "scene")
		ends := !s.Member.Own.Until.IsZero() || slices.ContainsFunc(s.Terms.Numbers, func(n quota.Number) bool { return !n.Until.IsZero() })
		was := s.measure(s.At)
		for _, m := range s.moments(s.At.Add(5 * week)) {
			is := s.measure(m)
			for _, g := range is.Gauges {
				if f, ok := was.Find(g.Name); ok && g.Used > f.Used {
					t.Fatalf("%s: %d used at %s after %d", g.Name, g.Used, m, f.Used)
				}
			}
			_, bound := was.Binding()
			_, binds := is.Binding()
			if !ends && bound && binds && is.Left < was.Left || !ends && !bound && binds {
				t.Fatalf("%d left at %s after %d", is.Left, m, was.Left)
			}
			was = is
		}
	})
}

// room is what may be sent at a moment if nothing is sent until then, as openings tell it.
func (s scene) room(m time.Time) int {
	b := s.measure(m)
	if _, ok := b.Binding(); ok {
		return b.Left
	}
	if !s.kind.Counts(quota.Invite) {
		return -1
	}
	w := quota.WeekOf(m)
	return max(0, s.Weekly(m)-s.Journal.Sent(quota.Invite, w.Start(), w.End()))
}

func TestNextOpeningIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(rapid.Bool().Draw(t, "future")).Draw(t, "scene")
		b := s.measure(s.At)
		if _, ok := b.Binding(); !ok {
			if o, ok := s.NextOpening(b); ok {
				t.Fatalf("nothing binds, and %+v opens", o)
			}
			return
		}
		var first time.Time
		best, at := b.Left, time.Time{} // the most within the hour, and when it is reached
		for _, m := range s.moments(s.At.Add(10 * week)) {
			left := s.room(m)
			monday := quota.WeekOf(m).Start()
			switch {
			case first.IsZero() && left > b.Left:
				first = m
			case first.IsZero() || m.Sub(first) > time.Hour || quota.WeekOf(m) != quota.WeekOf(first) || first.Equal(monday):
				continue
			}
			if left > best {
				best, at = left, m
			}
		}
		o, ok := s.NextOpening(b)
		if ok == first.IsZero() {
			t.Fatalf("%d left at %s, more at %s, opening %+v", b.Left, s.At, first, o)
		}
		if ok && (!o.At.Equal(at) || o.More != best-b.Left || o.Left != best) {
			t.Fatalf("%d left, first opening at %s; got %+v, want %d at %s", b.Left, first, o, best, at)
		}
	})
}

// Switching to any preset and back gives the first numbers again, whatever was chosen meanwhile.
func TestSwitchingBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(true).Draw(t, "scene")
		first, was := s.measure(s.At), s.Terms.Preset
		for range rapid.IntRange(1, 3).Draw(t, "others") {
			if s.Terms.Preset = rapid.SampledFrom(quota.Presets()).Draw(t, "other").Name; s.Terms.Preset == quota.PacelinePreset {
				s.Terms.Preset = ""
			}
			if s.Terms.Preset != was {
				s.Standing = numbered(s.Standing, 7, quota.BudgetName, quota.CeilingName)
			}
			_ = s.measure(s.At)
		}
		s.Terms.Preset = was
		if back := s.measure(s.At); !equalBudgets(first, back) {
			t.Fatalf("%+v, then %+v", first, back)
		}
	})
}

func equalBudgets(a, b quota.Budget) bool {
	return a.Left == b.Left && a.Week == b.Week && slices.Equal(a.Gauges, b.Gauges)
}
