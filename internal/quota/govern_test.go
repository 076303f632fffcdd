package quota_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

var because = quota.Order{Team: "1", Reason: "because"}

// A change draws one change of rules, and makes it when called with a key and a moment.
type change func(key string, at time.Time) (quota.Governed, error)

func changes(b *quota.Book, now time.Time) *rapid.Generator[change] {
	return rapid.Custom(func(t *rapid.T) change {
		ctx := t.Context()
		limit := rapid.SampledFrom([]string{quota.BudgetName, quota.CeilingName, quota.SevenDaysName, quota.PaceName, quota.InMailName, quota.TwentyFourHours, quota.RampName}).Draw(t, "limit")
		n := rapid.OneOf(rapid.IntRange(0, 150), rapid.Just(quota.Off)).Draw(t, "n")
		until := now.Add(offsets(-week, 3*week).Draw(t, "until"))
		if rapid.Bool().Draw(t, "for good") {
			until = time.Time{}
		}
		a := quota.Account{Type: rapid.SampledFrom(quota.AccountTypes()).Draw(t, "type"), Billing: rapid.Uint8Range(0, 31).Draw(t, "billing")}
		if rapid.Bool().Draw(t, "new") {
			a.New = now.Add(-offsets(0, 3*week).Draw(t, "since"))
		}
		preset := rapid.SampledFrom(quota.Presets()).Draw(t, "preset").Name
		return rapid.SampledFrom([]change{
			func(key string, at time.Time) (quota.Governed, error) {
				return b.Choose(ctx, mia, key, at, because, preset)
			},
			func(key string, at time.Time) (quota.Governed, error) {
				return b.SetNumber(ctx, mia, key, at, because, limit, n)
			},
			func(key string, at time.Time) (quota.Governed, error) {
				return b.ClearNumber(ctx, mia, key, at, because, limit)
			},
			func(key string, at time.Time) (quota.Governed, error) {
				return b.SetOwn(ctx, mia, key, at, because, "ana", max(0, n), until)
			},
			func(key string, at time.Time) (quota.Governed, error) {
				return b.ClearOwn(ctx, mia, key, at, because, "ana")
			},
			func(key string, at time.Time) (quota.Governed, error) {
				return b.SetAccount(ctx, mia, key, at, because, "ana", a)
			},
		}).Draw(t, "change")
	})
}

// The rows are what the deeds tell, after any changes and repeats; and a closed week keeps the rules it closed
// under, whatever is changed since.
func TestRowsAreTheirDeeds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := quota.NewBook(newMemory())
		ctx := t.Context()
		who := quota.Who{Workspace: "T1", ID: "ana", Name: "Ana", Zone: rapid.SampledFrom(zoneNames).Draw(t, "zone")}
		now := quota.Week(2969).Start().Add(offsets(0, week).Draw(t, "now"))
		first := quota.WeekOf(now)
		for i := range 4 {
			if _, err := b.Log(ctx, who, fmt.Sprint("log", i), now, quota.Log{Kind: quota.Invite, Quantity: rapid.IntRange(1, 40).Draw(t, "sent"), When: quota.When{Kind: quota.DaysAgo, N: 5 * i}}); err != nil {
				t.Fatal(err)
			}
		}
		closed := make(map[quota.Week]quota.Standing)
		var calls []func(time.Time) (quota.Governed, error)
		var deeds []quota.Deed
		for i := range rapid.IntRange(1, 15).Draw(t, "changes") {
			now = now.Add(rapid.OneOf(offsets(0, time.Hour), offsets(0, week)).Draw(t, "passed"))
			if len(calls) > 0 && rapid.IntRange(0, 3).Draw(t, "repeat") == 0 {
				n := rapid.IntRange(0, len(calls)-1).Draw(t, "which")
				if out, err := calls[n](now); err != nil || !reflect.DeepEqual(out.Deed, deeds[n]) {
					t.Fatalf("again %+v, %v, want %+v", out.Deed, err, deeds[n])
				}
			} else {
				c, key := changes(b, now).Draw(t, "change"), fmt.Sprint("change", i)
				out, err := c(key, now)
				var unknown quota.UnknownLimit
				if err != nil && !errors.As(err, &unknown) {
					t.Fatal(err)
				}
				if err == nil {
					calls = append(calls, func(at time.Time) (quota.Governed, error) { return c(key, at) })
					deeds = append(deeds, out.Deed)
				}
			}
			all, err := b.Deeds(ctx, "T1")
			if err != nil {
				t.Fatal(err)
			}
			for i, d := range all {
				same := d.Was == d.Is && d.What != quota.OwnChosen && d.What != quota.NumberCleared // whose end changed, and what is no longer the team's
				if d.Seq != uint64(i+1) || d.What == 0 || d.By != "mia" || same {
					t.Fatalf("%+v is deed %d", d, i+1)
				}
			}
			s, err := b.Standing(ctx, who, now, quota.Kinds()...)
			if err != nil {
				t.Fatal(err)
			}
			told := quota.RulesAt(all, "1", quota.Member{ID: "ana"}, now)
			if !slices.Equal(sorted(told.Terms).Numbers, sorted(s.Terms).Numbers) || told.Terms.Preset != s.Terms.Preset || told.Member.Own != s.Member.Own || told.Member.Account != s.Member.Account {
				t.Fatalf("rows %+v and %+v, but the deeds tell %+v", s.Terms, s.Member, told)
			}
			for w := first - 3; w < quota.WeekOf(now); w++ {
				is, err := b.Closed(ctx, who, w)
				if err != nil {
					t.Fatal(err)
				}
				if was, known := closed[w]; !known {
					closed[w] = is
				} else if !equalBudgets(was.Budget(quota.Invite), is.Budget(quota.Invite)) || !reflect.DeepEqual(was.Rules.Terms, is.Rules.Terms) || was.Member.Own != is.Member.Own || was.Member.Account != is.Member.Account {
					t.Fatalf("the week of %s was %+v and is %+v", w, was.Budget(quota.Invite), is.Budget(quota.Invite))
				}
			}
		}
	})
}

func TestGovernRefuses(t *testing.T) {
	d := newDesk(t)
	const at = "2026-11-24T09:05:00Z"
	now := moment(t, at)
	d.log(at, quota.Log{Quantity: 1})
	if _, err := d.book.SetUp(t.Context(), d.who, d.key(), now, quota.Setup{Name: "Other"}); err != nil {
		t.Fatal(err)
	}
	ctx, other := t.Context(), quota.Order{Team: "2", Reason: "because"}
	var limit quota.UnknownLimit
	var preset quota.UnknownPreset
	var future quota.InFuture
	is := func(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }
	calls := []struct {
		name string
		call change
		is   func(error) bool
	}{
		{"a team that does not exist", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.Choose(ctx, mia, key, at, quota.Order{Team: "9"}, quota.GuidePreset)
		}, is(quota.ErrNoSuchTeam)},
		{"a preset that does not exist", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.Choose(ctx, mia, key, at, because, "horoscope")
		}, func(err error) bool { return errors.As(err, &preset) && preset.Preset == "horoscope" }},
		{"a limit that does not exist", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetNumber(ctx, mia, key, at, because, "horoscope", 1)
		}, func(err error) bool { return errors.As(err, &limit) && limit.Limit == "horoscope" }},
		{"a limit that follows from the account", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.ClearNumber(ctx, mia, key, at, because, quota.RampName)
		}, func(err error) bool { return errors.As(err, &limit) && limit.Preset.Name == quota.PacelinePreset }},
		{"somebody unknown", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetOwn(ctx, mia, key, at, because, "zoe", 1, time.Time{})
		}, is(quota.ErrNotOnTeam)},
		{"somebody of another team", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.ClearOwn(ctx, mia, key, at, other, "ana")
		}, is(quota.ErrNotOnTeam)},
		{"new tomorrow", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetAccount(ctx, mia, key, at, because, "ana", quota.Account{New: at.Add(24 * time.Hour)})
		}, func(err error) bool { return errors.As(err, &future) }},
		{"a number below 0", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetNumber(ctx, mia, key, at, because, quota.BudgetName, -2)
		}, func(err error) bool { return err != nil }},
		{"a number beyond all", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetNumber(ctx, mia, key, at, because, quota.BudgetName, quota.MaxNumber+1)
		}, func(err error) bool { return err != nil }},
		{"an own number that is off", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetOwn(ctx, mia, key, at, because, "ana", quota.Off, time.Time{})
		}, func(err error) bool { return err != nil }},
		{"a billing day beyond the month", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetAccount(ctx, mia, key, at, because, "ana", quota.Account{Billing: 32})
		}, func(err error) bool { return err != nil }},
		{"an account of no known type", func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetAccount(ctx, mia, key, at, because, "ana", quota.Account{Type: 99})
		}, func(err error) bool { return err != nil }},
		{"the key of a log", func(string, time.Time) (quota.Governed, error) {
			return d.book.Choose(ctx, mia, "key 1", now, because, quota.GuidePreset)
		}, func(err error) bool { return err != nil }},
	}
	for _, c := range calls {
		if out, err := c.call(d.key(), now); err == nil || !c.is(err) || err.Error() == "" {
			t.Errorf("%s: %+v, %v", c.name, out, err)
		}
	}
	if deeds, err := d.book.Deeds(ctx, "T1"); err != nil || len(deeds) != 0 {
		t.Errorf("%+v, %v", deeds, err)
	}
	if _, err := d.book.Restrict(ctx, d.who, d.key(), now, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.book.SetAccount(ctx, mia, d.key(), now, because, "ana", quota.Account{New: now}); !errors.Is(err, quota.ErrWasRestricted) {
		t.Errorf("new after a restriction: %v", err)
	}
	if _, err := d.book.SetAccount(ctx, mia, d.key(), now, because, "ana", quota.Account{Type: quota.Free}); err != nil {
		t.Errorf("another type after a restriction: %v", err)
	}
}

// What is as wanted already makes no deed.
func TestGovernChangesNothing(t *testing.T) {
	d := newDesk(t)
	now := moment(t, "2026-11-24T09:05:00Z")
	d.log("2026-11-24T09:05:00Z", quota.Log{Quantity: 1})
	ctx := t.Context()
	for name, call := range map[string]change{
		"the same preset": func(key string, at time.Time) (quota.Governed, error) {
			return d.book.Choose(ctx, mia, key, at, because, "")
		},
		"the number it has": func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetNumber(ctx, mia, key, at, because, quota.BudgetName, 75)
		},
		"the ceiling's": func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetNumber(ctx, mia, key, at, because, quota.SevenDaysName, 100)
		},
		"what is off": func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetNumber(ctx, mia, key, at, because, quota.MessagesName, quota.Off)
		},
		"no number": func(key string, at time.Time) (quota.Governed, error) {
			return d.book.ClearNumber(ctx, mia, key, at, because, quota.BudgetName)
		},
		"no own number": func(key string, at time.Time) (quota.Governed, error) {
			return d.book.ClearOwn(ctx, mia, key, at, because, "ana")
		},
		"an account so unlike": func(key string, at time.Time) (quota.Governed, error) {
			return d.book.SetAccount(ctx, mia, key, at, because, "ana", quota.Account{})
		},
	} {
		key := d.key()
		for range 2 {
			if out, err := call(key, now); err != nil || out.Deed.Seq != 0 || out.Team.ID != "1" {
				t.Errorf("%s: %+v, %v", name, out, err)
			}
		}
	}
	if deeds, err := d.book.Deeds(ctx, "T1"); err != nil || len(deeds) != 0 {
		t.Errorf("%+v, %v", deeds, err)
	}
	own := func() quota.Governed {
		t.Helper()
		out, err := d.book.SetOwn(ctx, mia, d.key(), now, because, "ana", 60, now.Add(time.Hour+time.Nanosecond))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if first, second := own(), own(); first.Deed.Seq != 1 || second.Deed.Seq != 0 || second.Member.Own != first.Member.Own {
		t.Errorf("%+v, then %+v", first, second)
	}
	set := func(n int) quota.Governed {
		t.Helper()
		out, err := d.book.SetNumber(ctx, mia, d.key(), now, because, quota.InMailName, n)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if out := set(7); out.Deed.Was != "by account type" || out.Deed.Is != "7" || out.Deed.Seq != 2 {
		t.Errorf("%+v", out.Deed)
	}
	if out := set(quota.Off); out.Deed.Was != "7" || out.Deed.Is != "off" {
		t.Errorf("%+v", out.Deed)
	}
	out, err := d.book.ClearNumber(ctx, mia, d.key(), now, because, quota.InMailName)
	if err != nil || out.Deed.Was != "off" || out.Deed.Is != "by account type" || len(out.Team.Terms.Numbers) != 0 {
		t.Errorf("%+v, %v", out, err)
	}
}

// A closed week keeps its rules for somebody who has left, and a restriction that began long before.
func TestClosedWeeks(t *testing.T) {
	d := newDesk(t)
	at := func(s string) time.Time { return moment(t, s) }
	d.log("2025-11-24T09:05:00Z", quota.Log{Quantity: 1})
	if _, err := d.book.SetNumber(t.Context(), mia, d.key(), at("2025-11-24T10:00:00Z"), because, quota.BudgetName, 60); err != nil {
		t.Fatal(err)
	}
	if _, err := d.book.Restrict(t.Context(), d.who, d.key(), at("2025-12-01T00:00:00Z"), at("2026-11-20T00:00:00Z")); err != nil {
		t.Fatal(err)
	}
	d.log("2026-11-17T09:05:00Z", quota.Log{Quantity: 1})
	check := func(when string) {
		t.Helper()
		for day, left := range map[string]int{"2025-11-16": 75, "2025-11-24": 59, "2025-12-01": 0, "2026-11-10": 0, "2026-11-17": 29, "2026-11-24": 30, "2026-12-08": 60} {
			s, err := d.book.Closed(t.Context(), d.who, date(t, day).Week())
			if b := s.Budget(quota.Invite); err != nil || b.Left != left {
				t.Errorf("%s, week of %s: %d left, want %d, %v", when, day, b.Left, left, err)
			}
		}
	}
	d.log("2026-11-23T09:05:00Z", quota.Log{Quantity: 40})
	if _, err := d.book.Undo(t.Context(), d.who, d.key(), at("2026-11-23T09:06:00Z"), 0); err != nil {
		t.Fatal(err)
	}
	d.log("2026-11-30T09:05:00Z", quota.Log{Quantity: 40}) // no week that is asked for
	if s, err := d.book.Closed(t.Context(), d.who, date(t, "2026-11-24").Week()); err != nil || used(t, s.Budget(quota.Invite), quota.SevenDaysName) != 0 {
		t.Errorf("what came later counts: %+v, %v", s.Journal, err)
	}
	check("while a member")
	if _, err := d.book.Leave(t.Context(), d.who, d.key(), at("2027-01-01T00:00:00Z")); err != nil {
		t.Fatal(err)
	}
	check("after leaving")
}
