package quota_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// A corrected answer is undone step by step, and each step brings back what held before it.
func TestUndoOfACorrectedAnswer(t *testing.T) {
	o := led(t)
	type state struct {
		told   time.Time
		budget quota.Budget
	}
	at := o.at.Add(8 * time.Hour)
	now := func() state { // measured at one moment
		s := o.standing(quota.Invite)
		s.At = at
		return state{o.row().Told, s.Budget(quota.Invite)}
	}
	states := []state{now()}
	for _, m := range []quota.Memory{{ThisWeek: 12, LastWeek: 50}, {ThisWeek: 20, LastWeek: 20}, {}, {LastWeek: 7}} {
		o.at = o.at.Add(time.Minute)
		if r := o.recall(m); r.Operation.Op == 0 {
			t.Errorf("%+v is no operation", m)
		}
		states = append(states, now())
	}
	for i := len(states) - 2; i >= 0; i-- {
		o.at = o.at.Add(time.Minute)
		u := o.takeBack(0)
		if got := now(); !reflect.DeepEqual(got, states[i]) || !u.Standing.Member.Told.Equal(states[i].told) {
			t.Errorf("step %d: %+v, want %+v", i, got, states[i])
		}
	}
	if u := o.takeBack(0); u.Operation.Precision == quota.Estimated {
		t.Errorf("a redo: %+v", u.Operation)
	}
}

// Whatever is recalled, logged and taken back, undoing an answer brings back every number and the row.
func TestUndoRestoresAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := led(t)
		type held struct {
			told time.Time
			sums [2]int
		}
		now := func() held {
			var h held
			h.told = o.row().Told
			j := o.standing(quota.Invite).Journal
			w := quota.WeekOf(o.row().Joined)
			h.sums = [2]int{j.Sent(quota.Invite, w.Start(), w.End()), j.Sent(quota.Invite, (w - 1).Start(), w.Start())}
			return h
		}
		logged := 0
		var stack []held // what held before each answer that stands, without what was logged since
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			o.at = o.at.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "minutes")) * time.Minute)
			was := now()
			was.sums[0] -= logged
			ops := o.standing(quota.Invite).Journal.Operations()
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				m := quota.Memory{ThisWeek: rapid.IntRange(0, 9).Draw(t, "this"), LastWeek: rapid.IntRange(0, 9).Draw(t, "last")}
				if o.recall(m).Operation.Op != 0 {
					stack = append(stack, was)
				} else if len(stack) > 0 {
					t.Fatalf("%+v in place of an answer is no operation", m)
				}
				if got := now(); got.sums != [2]int{1 + logged + m.ThisWeek, m.LastWeek} {
					t.Fatalf("%+v of %+v, %d logged", got, m, logged)
				}
			case 1:
				o.at = o.at.Add(time.Minute)
				o.send(quota.Invite, 1)
				if quota.WeekOf(o.at) == quota.WeekOf(o.row().Joined) {
					logged++
				}
			default:
				for _, op := range ops {
					if op.Undone || op.Precision != quota.Estimated {
						continue
					}
					o.takeBack(op.Op)
					got := now()
					got.sums[0] -= logged
					if want := stack[len(stack)-1]; got != want {
						t.Fatalf("%+v after an undo, want %+v", got, want)
					}
					stack = stack[:len(stack)-1]
					break
				}
			}
		}
	})
}

// What came back without having been sent frees no room.
func TestUnmatchedOutcomesFreeNoRoom(t *testing.T) {
	o := led(t)
	o.preset(quota.QuickMailPreset)
	o.send(quota.Invite, 9)
	out := o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 13})
	if g, _ := out.Standing.Budget(quota.Invite).Find(quota.TwentyFourHours); g.Used != 0 || out.Unmatched != 3 || out.Returned != 10 {
		t.Errorf("%+v, %d used", out, g.Used)
	}
	o.send(quota.Invite, 5)
	o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 5})
	o.send(quota.Invite, 5)
	s := o.standing(quota.Invite)
	if g, _ := s.Budget(quota.Invite).Find(quota.TwentyFourHours); g.Used != 5 {
		t.Errorf("%d used", g.Used)
	}
	o = led(t)
	o.preset(quota.QuickMailPreset)
	o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 1})
	o.send(quota.Invite, 3)
	o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 3})
	if again := o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 3}); again.Returned != 0 || again.Unmatched != 3 {
		t.Errorf("%+v", again)
	}
	o.send(quota.Invite, 1, "in/x")
	o.send(quota.Invite, 4)
	x := quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 1, Persons: []string{"in/x"}}
	o.report(x)
	out = o.report(x) // once more, while others are open
	if g, _ := out.Standing.Budget(quota.Invite).Find(quota.TwentyFourHours); out.Unmatched != 1 || out.Returned != 0 || g.Used != 4 {
		t.Errorf("%+v, %d used", out, g.Used)
	}
}

// A repeat tells how much a report gave back then, whatever rules hold now; a pool is no exception.
func TestReturnedStaysWhatItWas(t *testing.T) {
	o := led(t)
	o.preset(quota.QuickMailPreset)
	o.send(quota.Invite, 9)
	o.send(quota.PageInvite, 9)
	for kind, act := range map[quota.Kind]quota.Act{quota.Invite: quota.Withdrawn, quota.PageInvite: quota.Accepted} {
		if kind == quota.PageInvite {
			o.preset("")
		} else {
			o.preset(quota.QuickMailPreset)
		}
		key, told := o.key(), quota.Outcome{Act: act, Kind: kind, Quantity: 4}
		first := must2(o.book.Report(t.Context(), o.who, key, o.at, told))
		o.preset(quota.InTouchPreset)
		again := must2(o.book.Report(t.Context(), o.who, key, o.at.Add(time.Hour), told))
		if first.Returned != 4 || again.Returned != 4 {
			t.Errorf("%s: %d, again %d", kind, first.Returned, again.Returned)
		}
	}
}

// The lines of pace are measured on what was told with its time, promptly.
func TestTimedLimits(t *testing.T) {
	o := led(t)
	used := func() string {
		b := o.standing(quota.Invite).Budget(quota.Invite)
		hour, _ := b.Find(quota.HourName)
		six, _ := b.Find(quota.SixHoursName)
		day, _ := b.Find(quota.PaceName)
		return fmt.Sprint(hour.Used, six.Used, day.Used)
	}
	log := func(n int, w quota.When) quota.Logged {
		v, err := o.book.Log(t.Context(), o.who, o.key(), o.at, quota.Log{Kind: quota.Invite, Quantity: n, When: w})
		return must(o, v, err)
	}
	log(10, quota.When{Kind: quota.DaysAgo})
	if got := used(); got != "1 1 11" {
		t.Error("told by the day:", got)
	}
	late := log(20, quota.When{Clock: 7 * 60, HasTime: true})
	if got := used(); got != "1 1 31" {
		t.Error("told two hours later:", got)
	}
	at := log(3, quota.When{Clock: 8*60 + 30, HasTime: true})
	if got := used(); got != "4 4 34" {
		t.Error("told within the hour:", got)
	}
	o.at = o.at.Add(20 * time.Minute)
	o.recall(quota.Memory{ThisWeek: 5})
	o.takeBack(late.Operation.Op)
	if got := used(); got != "4 4 14" {
		t.Error("what did not count is undone:", got)
	}
	o.at = o.at.Add(50 * time.Minute)
	o.takeBack(at.Operation.Op)
	if got := used(); got != "0 1 11" {
		t.Error("what counted is undone, more than an hour later:", got)
	}
}

// What was sent up to the report of a restriction does not count against it.
func TestRestrictionCountsWhatComesAfterIt(t *testing.T) {
	o := led(t)
	used := func() int {
		g, _ := o.standing(quota.Invite).Budget(quota.Invite).Find(quota.RestrictionName)
		return g.Used
	}
	before := o.send(quota.Invite, 30)
	o.restrict(24 * time.Hour)
	if n := used(); n != 0 {
		t.Errorf("%d of 0", n)
	}
	after := o.send(quota.Invite, 2)
	if n := used(); n != 2 {
		t.Errorf("%d at the same moment, behind the report", n)
	}
	o.takeBack(before.Operation.Op)
	if n := used(); n != 2 {
		t.Errorf("%d after an undo of what came before", n)
	}
	o.at = o.at.Add(time.Hour)
	o.send(quota.Note, 1)
	if o.takeBack(after.Operation.Op); used() != 1 {
		t.Errorf("%d", used())
	}
}

// A key of something else gives no answer.
func TestGovernKeysAreTheirOwn(t *testing.T) {
	o := led(t)
	order := quota.Order{Team: "1", Reason: "because"}
	ctx := t.Context()
	number := func(key, limit string, n int) error {
		_, err := o.book.SetNumber(ctx, o.who, key, o.at, order, limit, n)
		return err
	}
	own := func(key string, n int, until time.Time) error {
		_, err := o.book.SetOwn(ctx, o.who, key, o.at, order, "ana", n, until)
		return err
	}
	if err := number("number", quota.BudgetName, 60); err != nil {
		t.Fatal(err)
	}
	if err := number("nothing", quota.BudgetName, 60); err != nil {
		t.Fatal(err)
	}
	if err := own("own", 50, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.book.Log(ctx, o.who, "log", o.at, quota.Log{Kind: quota.Invite, Quantity: 1}); err != nil {
		t.Fatal(err)
	}
	for key, same := range map[string]func(string) error{
		"number":  func(key string) error { return number(key, quota.BudgetName, 60) },
		"nothing": func(key string) error { return number(key, quota.BudgetName, 60) },
		"own":     func(key string) error { return own(key, 50, time.Time{}) },
	} {
		if err := same(key); err != nil {
			t.Errorf("%s again: %v", key, err)
		}
	}
	for what, err := range map[string]error{
		"another value":         number("number", quota.BudgetName, 61),
		"another limit":         number("number", quota.PaceName, 60),
		"a change of nothing":   number("nothing", quota.BudgetName, 61),
		"a log":                 number("log", quota.BudgetName, 60),
		"another kind":          own("number", 60, time.Time{}),
		"another end":           own("own", 50, o.at.Add(time.Hour)),
		"a number for the team": number("own", quota.BudgetName, 50),
	} {
		if err == nil {
			t.Errorf("%s was taken for a repeat", what)
		}
	}
	if _, err := o.book.Log(ctx, o.who, "number", o.at, quota.Log{Kind: quota.Invite, Quantity: 1}); err == nil {
		t.Error("a change of rules was taken for a log")
	}
}

// Plans keep a pace under every preset.
func TestPlansKeepAPace(t *testing.T) {
	for _, p := range quota.Presets() {
		o := led(t)
		o.takeBack(0)
		o.preset(p.Name)
		s := o.standing(quota.Invite)
		plan := s.Lay(quota.Invite, 90, s.Today)
		if plan.Possible != 20 || plan.Ready == 0 {
			t.Errorf("%s: %+v", p.Name, plan)
		}
		if e, ok := s.EasyPlan(s.Budget(quota.Invite)); !ok || e.PerDay > 20 {
			t.Errorf("%s: %+v", p.Name, e)
		}
		if _, has := p.Find(quota.PaceName); !has {
			continue
		}
		for n, want := range map[int]int{30: 30, quota.Off: 75} {
			s.Terms.Numbers = []quota.Number{{Preset: s.Terms.Preset, Limit: quota.PaceName, Max: n, At: s.At}}
			if plan := s.Lay(quota.Invite, 90, s.Today); plan.Possible < want {
				t.Errorf("%s, a pace of %d: %+v", p.Name, n, plan)
			}
		}
	}
}

// After a restriction plans keep to half, also where nothing else limits the week.
func TestPlansKeepToRecovery(t *testing.T) {
	o := led(t)
	o.preset(quota.InTouchPreset)
	o.restrict(2 * time.Hour)
	for _, later := range []time.Duration{0, 3 * time.Hour} {
		o.at = o.at.Add(later)
		s := o.standing(quota.Invite)
		if p, ok := s.EasyPlan(s.Budget(quota.Invite)); !ok || p.Total > 37 || p.Total < 36 {
			t.Errorf("%+v", p)
		}
		if p := s.Lay(quota.Invite, 90, s.Today+5); p.Possible > 37 || p.Reference != 0 {
			t.Errorf("%+v", p)
		}
	}
}

// What was remembered of the time before the first log says nothing about acceptance.
func TestAcceptanceLeavesEstimatesOut(t *testing.T) {
	o := led(t)
	o.recall(quota.Memory{LastWeek: 30})
	o.at = o.at.Add(8 * 24 * time.Hour)
	o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 10})
	if a := o.standing(quota.Invite).Journal.Acceptance(o.at); !a.Recorded || a.Of != 1 || a.Accepted != 0 {
		t.Errorf("%+v", a)
	}
}

// An account carries over only what was granted under its type.
func TestRecruiterAfterFree(t *testing.T) {
	o := led(t)
	set := func(a quota.Account) quota.Account {
		g, err := o.book.SetAccount(t.Context(), o.who, o.key(), o.at, quota.Order{Team: "1", Reason: "x"}, "ana", a)
		return must(o, g, err).Member.Account
	}
	left := func() int {
		b := o.standing(quota.InMail).Budget(quota.InMail)
		return b.Left
	}
	set(quota.Account{Type: quota.Free})
	o.at = clock("2027-04-10T09:00:00Z")
	if a := set(quota.Account{Type: quota.Recruiter}); !a.Since.Equal(o.at) || left() != 100 {
		t.Errorf("%+v, %d left", a, left())
	}
	since := o.at
	o.at = clock("2027-05-10T09:00:00Z")
	if a := set(quota.Account{Type: quota.Recruiter, Billing: 3}); !a.Since.Equal(since) || left() != 100 {
		t.Errorf("another day: %+v, %d left", a, left())
	}
	o.at = clock("2027-06-10T09:00:00Z")
	if left() != 200 {
		t.Errorf("%d left", left())
	}
	deeds := must2(o.book.Deeds(t.Context(), "T"))
	if r := quota.RulesAt(deeds, "1", o.row(), o.at); r.Member.Account != o.row().Account {
		t.Errorf("the deeds tell %+v, the row %+v", r.Member.Account, o.row().Account)
	}
}

func TestSupersedes(t *testing.T) {
	d := func(what quota.DeedKind, member, limit string) quota.Deed {
		return quota.Deed{What: what, Team: "1", Member: member, Limit: limit}
	}
	for _, c := range []struct {
		later, earlier quota.Deed
		want           bool
	}{
		{d(quota.OwnChosen, "ana", ""), d(quota.OwnChosen, "ana", ""), true},
		{d(quota.OwnCleared, "ana", ""), d(quota.OwnChosen, "ana", ""), true},
		{d(quota.OwnChosen, "ben", ""), d(quota.OwnChosen, "ana", ""), false},
		{d(quota.AccountChanged, "ana", ""), d(quota.OwnChosen, "ana", ""), false},
		{d(quota.NumberCleared, "", "pace"), d(quota.NumberChosen, "", "pace"), true},
		{d(quota.NumberChosen, "", "budget"), d(quota.NumberChosen, "", "pace"), false},
	} {
		if c.later.Supersedes(c.earlier) != c.want {
			t.Errorf("%+v", c)
		}
	}
}
