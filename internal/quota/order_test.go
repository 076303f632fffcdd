package quota_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// logs draws what a member says on one occasion, told by day or time.
func logs(now time.Time) *rapid.Generator[quota.Log] {
	return rapid.Custom(func(t *rapid.T) quota.Log {
		l := quota.Log{
			Kind:     rapid.SampledFrom([]quota.Kind{quota.Invite, quota.Invite, quota.Note, quota.InMail}).Draw(t, "kind"),
			Quantity: rapid.IntRange(1, 30).Draw(t, "quantity"),
		}
		switch rapid.IntRange(0, 3).Draw(t, "told") {
		case 0:
			l.When = quota.When{Kind: quota.DaysAgo, N: rapid.IntRange(0, 37).Draw(t, "days")}
		case 1:
			l.When = quota.When{Kind: quota.OnWeekday, Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))}
		case 2:
			l.When = quota.When{Kind: quota.OnDate, Date: quota.DayOf(now, time.UTC) - quota.Day(rapid.IntRange(-1, 36).Draw(t, "date"))}
		}
		if rapid.Bool().Draw(t, "by time") {
			l.When.HasTime, l.When.Clock = true, rapid.IntRange(0, 24*60-1).Draw(t, "clock")
		}
		for i := range min(l.Quantity, rapid.IntRange(-4, 3).Draw(t, "persons")) {
			l.Persons = append(l.Persons, fmt.Sprintf("person-%d", (i+rapid.IntRange(0, 2).Draw(t, "person"))%4+10*i))
		}
		return l
	})
}

// figures are what a member can read, without the numbers of entries.
func figures(t fataler, b *quota.Book, who quota.Who, at time.Time) string {
	s, err := b.Standing(t.Context(), who, at, quota.Kinds()...)
	if err != nil {
		t.Fatalf("%v", err)
	}
	out := ""
	for _, k := range quota.Kinds() {
		budget := s.Budget(k)
		out += fmt.Sprintf("%s: %d left, %d this week\n", k, budget.Left, budget.Week)
		for _, g := range budget.Gauges {
			out += fmt.Sprintf("  %s %d\n", g.Name, g.Used)
		}
		o, _ := s.NextOpening(budget)
		p, _ := s.EasyPlan(budget)
		out += fmt.Sprintf("  %+v %+v\n", o, p)
		for d := s.Today - 40; d <= s.Today; d++ {
			out += fmt.Sprintf(" %d", s.Journal.SentOn(k, d))
		}
	}
	return out
}

// furnished draws a preset, numbers and an account, and returns what gives them to a book in which Ana has logged.
func furnished(t *rapid.T, now time.Time) func(*quota.Book) {
	preset := rapid.SampledFrom(quota.Presets()).Draw(t, "preset").Name
	budget, ceiling := rapid.IntRange(0, 120).Draw(t, "budget"), rapid.IntRange(0, 150).Draw(t, "ceiling")
	own := rapid.IntRange(-200, 200).Draw(t, "own")
	a := rules(now).Draw(t, "rules").Member.Account
	return func(b *quota.Book) {
		ctx := t.Context()
		_, _ = b.Choose(ctx, mia, "choose", now, because, preset)
		_, _ = b.SetNumber(ctx, mia, "budget", now, because, quota.BudgetName, budget)
		_, _ = b.SetNumber(ctx, mia, "ceiling", now, because, quota.CeilingName, ceiling) // not every preset has one
		_, _ = b.SetAccount(ctx, mia, "account", now, because, "ana", a)
		if own >= 0 {
			_, _ = b.SetOwn(ctx, mia, "own", now, because, "ana", own, time.Time{})
		}
	}
}

// Any order of recording the same sends gives the same figures, and so does splitting each log in two.
func TestOrderAndSplits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := quota.Week(2969).Start().Add(offsets(0, week).Draw(t, "now"))
		who := quota.Who{Workspace: "T1", ID: "ana", Zone: rapid.SampledFrom(zoneNames).Draw(t, "zone")}
		all := rapid.SliceOfN(logs(now), 1, 12).Draw(t, "logs")
		shuffled := slices.Clone(all)
		seed := rapid.Uint64().Draw(t, "order")
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		var split []quota.Log
		for _, l := range shuffled {
			n := rapid.IntRange(0, l.Quantity).Draw(t, "part")
			first, second := l, l
			first.Quantity, second.Quantity = n, l.Quantity-n
			first.Persons, second.Persons = nil, nil
			for _, part := range []quota.Log{first, second} {
				if part.Quantity > 0 {
					split = append(split, part)
				}
			}
		}
		furnish := furnished(t, now)
		var want string
		for i, run := range [][]quota.Log{all, shuffled, split} {
			b := quota.NewBook(newMemory())
			for n, l := range run {
				_, _ = b.Log(t.Context(), who, fmt.Sprint("key", n), now, l) // some are refused, in every order
			}
			furnish(b)
			got := figures(t, b, who, now)
			if i == 0 {
				want = got
			} else if got != want {
				t.Fatalf("%s\nbut, differently recorded (%d):\n%s", want, i, got)
			}
		}
	})
}

// Undo restores every number, at once and later, also of the oldest log that is taken.
func TestUndoRestores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := quota.Week(2969).Start().Add(offsets(0, week).Draw(t, "now"))
		who := quota.Who{Workspace: "T1", ID: "ana", Zone: rapid.SampledFrom(zoneNames).Draw(t, "zone")}
		b := quota.NewBook(newMemory())
		for n, l := range rapid.SliceOfN(logs(now), 0, 6).Draw(t, "before") {
			_, _ = b.Log(t.Context(), who, fmt.Sprint("before", n), now, l)
		}
		later := now.Add(offsets(0, 20*24*time.Hour).Draw(t, "later"))
		furnished(t, now)(b)
		was := figures(t, b, who, later)
		logged, err := b.Log(t.Context(), who, "log", now, logs(now).Draw(t, "log"))
		if err != nil {
			t.Skip("refused")
		}
		op := rapid.SampledFrom([]uint64{0, logged.Operation.Op}).Draw(t, "op")
		undid, err := b.Undo(t.Context(), who, "undo", later, op)
		if err != nil {
			t.Fatal(err)
		}
		logged.Operation.Undone = true
		if !reflect.DeepEqual(undid.Operation, logged.Operation) {
			t.Fatalf("undid %+v, want %+v", undid.Operation, logged.Operation)
		}
		if is := figures(t, b, who, later); is != was {
			t.Fatalf("%s\nafter log and undo:\n%s", was, is)
		}
	})
}
