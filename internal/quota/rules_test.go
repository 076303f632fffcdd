package quota_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// Between two turns no number changes.
func TestTurnsCoverEveryChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := quota.Week(2969 - rapid.IntRange(0, 60).Draw(t, "week")).Start().Add(offsets(0, week).Draw(t, "now"))
		r := rules(now).Draw(t, "rules")
		from := now.Add(-offsets(0, 8*week).Draw(t, "from"))
		turns := r.Turns(from)
		if !slices.IsSortedFunc(turns, time.Time.Compare) || len(turns) > 0 && !turns[0].After(from) {
			t.Fatalf("%s after %s", turns, from)
		}
		x, m := r.Member.Restriction, r.Member
		candidates := append([]time.Time{from, x.From, x.Until, x.Until.Add(quota.Recovery), m.Own.At, m.Own.Until, m.Account.New}, turns...)
		for _, n := range r.Terms.Numbers {
			candidates = append(candidates, n.At, n.Until)
		}
		for w := quota.WeekOf(from); w < quota.WeekOf(from)+16; w++ {
			candidates = append(candidates, w.End(), w.End().Add(offsets(0, week).Draw(t, "between")))
		}
		var moments []time.Time
		for _, c := range candidates {
			for _, d := range []time.Duration{-time.Microsecond, 0, time.Microsecond} {
				if at := c.Add(d); !at.Before(from) {
					moments = append(moments, at)
				}
			}
		}
		slices.SortFunc(moments, time.Time.Compare)
		limits := r.Preset().Limits
		for i := 1; i < len(moments); i++ {
			a, b := moments[i-1], moments[i]
			if slices.ContainsFunc(turns, func(t time.Time) bool { return t.After(a) && !t.After(b) }) {
				continue
			}
			for k := range limits {
				n, by, ok := r.Number(&limits[k], a)
				if m, who, in := r.Number(&limits[k], b); m != n && ok || by != who && ok || ok != in {
					t.Fatalf("%s: %d (%t) at %s, %d (%t) at %s, and no turn between of %s", limits[k].Name, n, ok, a, m, in, b, turns)
				}
			}
			if r.Weekly(a) != r.Weekly(b) {
				t.Fatalf("%d a week at %s, %d at %s", r.Weekly(a), a, r.Weekly(b), b)
			}
		}
	})
}

// A journal as long as the book reads it measures every limit, now and later; and one that is called complete
// measures every limit that binds, whatever the preset, the account and the billing day.
func TestJournalsReachFarEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scenes(true).Draw(t, "scene")
		at := s.At
		all := s.Standing
		measures := func(short quota.Standing, m time.Time, soft quota.Force) {
			short.At, all.At = m, m
			want, is := all.Budget(s.kind), short.Budget(s.kind)
			for _, g := range want.Gauges {
				if got, ok := is.Find(g.Name); g.Force >= soft && (!ok || got != g) {
					t.Fatalf("%s at %s: a journal since %s, pool since %s, gives %+v, want %+v", g.Name, m, short.Since, short.PoolSince, got, g)
				}
			}
			if want.Left != is.Left || want.Week != is.Week {
				t.Fatalf("%d left, want %d", is.Left, want.Left)
			}
		}
		since := func(from time.Time) quota.Standing {
			out := s.Standing
			out.Since, out.PoolSince = from, from
			out.Journal = slices.DeleteFunc(slices.Clone(s.Journal), func(e quota.Entry) bool { return e.At.Before(from) })
			out.Pool = out.Journal
			return out
		}
		later := append([]time.Time{at}, s.moments(at.Add(5*week))...)
		far := since(quota.Far(s.kind, at))
		if !far.Complete(s.kind) {
			t.Fatalf("since %s it is not complete", far.Since)
		}
		for _, m := range later {
			measures(far, m, quota.Soft)
		}
		near := since(quota.Near(at))
		if near.Complete(s.kind) {
			for _, m := range later {
				measures(near, m, quota.Binds)
			}
		}
		for _, p := range quota.Presets() {
			for i := range p.Limits {
				if l := &p.Limits[i]; s.kind.Counts(l.Kind) && s.Reach(l, at).Before(quota.Far(s.kind, at)) {
					t.Fatalf("%s of %s reaches to %s", l.Name, p.Name, s.Reach(l, at))
				}
			}
		}
	})
}

// Every day of eight years, every billing day: what is read reaches as far as the months do.
func TestMonthsReachFarEnough(t *testing.T) {
	p, _ := quota.FindPreset(quota.PacelinePreset)
	credits, _ := p.Find(quota.InMailName)
	for at := moment(t, "2023-01-01T00:00:00Z"); at.Year() < 2031; at = at.AddDate(0, 0, 1) {
		far := quota.Far(quota.InMail, at)
		for billing := range uint8(32) {
			r := quota.Rules{Member: quota.Member{Account: quota.Account{Type: quota.PremiumCareer, Billing: billing}}}
			if from := r.Reach(credits, at); from.Before(far) {
				t.Fatalf("%s, billing on %d: %s is before %s", at, billing, from, far)
			}
		}
	}
}

func TestAccountInWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rules(moment2026).Draw(t, "rules").Member.Account
		if back := quota.ParseAccount(a.String()); back != a {
			t.Fatalf("%q came back as %+v, want %+v", a, back, a)
		}
	})
	if quota.AccountType(99).String() != "" || quota.UnknownAccount.String() != "" {
		t.Error("an unknown type has a word")
	}
	a := quota.Account{Type: quota.SalesNavigator, Billing: 14, New: moment(t, "2026-11-20T00:00:00Z")}
	if a.String() != "sales-navigator, billing 14, new since 2026-11-20" || (quota.Account{}).String() != "" {
		t.Error(a)
	}
}

var moment2026 = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func TestUnknownPresetCountsAsPacelines(t *testing.T) {
	r := quota.Rules{Terms: quota.Terms{Preset: "of a later version"}}
	if r.Preset().Name != quota.PacelinePreset || r.Weekly(moment2026) != quota.DefaultBudget {
		t.Errorf("%s", r.Preset().Name)
	}
}

func TestSteps(t *testing.T) {
	r := quota.Rules{}
	if r.Steps() != nil {
		t.Error("an account that is not new warms up")
	}
	r.Member.Account.New = moment(t, "2026-11-25T00:00:00Z")
	want := []quota.Step{
		{At: moment(t, "2026-11-25T00:00:00Z"), Max: 25}, {At: moment(t, "2026-11-30T00:00:00Z"), Max: 40}, {At: moment(t, "2026-12-07T00:00:00Z"), Max: 55},
		{At: moment(t, "2026-12-14T00:00:00Z"), Max: 75}, {At: moment(t, "2026-12-21T00:00:00Z")},
	}
	if !slices.Equal(r.Steps(), want) {
		t.Errorf("%+v", r.Steps())
	}
	// Seen from before, the first number counts from the Monday of its week.
	if turns := r.Turns(moment(t, "2026-11-11T00:00:00Z")); len(turns) != 5 || !turns[0].Equal(moment(t, "2026-11-23T00:00:00Z")) {
		t.Errorf("turns %s", turns)
	}
	if r.Terms.Preset = quota.GuidePreset; r.Steps() != nil {
		t.Error("a guide without a ramp has one")
	}
}
