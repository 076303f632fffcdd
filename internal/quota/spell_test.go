package quota_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// said makes the intents of some kinds that are due at o.at stand in Slack, as the clockwork would after asking for
// words; those without words end.
func (o *office) say(kinds ...string) {
	for name, i := range o.intents(kinds...) {
		if i.State != quota.Pending || i.Next.After(o.at) {
			continue
		}
		words, moot := o.words(i)
		if i.At == (quota.Place{}) && !moot {
			i.Tries, i.At = i.Tries+1, quota.Place{Channel: i.To, TS: fmt.Sprint(o.at.UnixMicro(), name)}
		}
		i.State, i.Content, i.Settled, i.Next = quota.Posted, []byte(words), o.at, time.Time{}
		if moot {
			i.State, i.At, i.Reason = quota.Cancelled, quota.Place{}, quota.TakenBack
		}
		o.store.workspaces["T"].intents[name] = i
	}
}

// words returns what an intent says, of a restriction its beginning and end; moot is true when there is nothing to say.
func (o *office) words(i quota.Intent) (words string, moot bool) {
	var err error
	switch i.Kind() {
	case quota.SpellKind, quota.BackOnKind:
		var s quota.Standing
		var lifted time.Time
		s, lifted, err = o.book.Spelled(o.t.Context(), o.who, o.at, i.Op)
		x := s.Member.Restriction
		words = fmt.Sprint(x.From, x.Until, lifted)
		if err == nil && i.Kind() == quota.BackOnKind {
			words, moot = fmt.Sprint(x.Until), !lifted.IsZero() || x.Until.After(o.at)
		} else if err == nil {
			moot = !lifted.IsZero() && i.Tries == 0
		}
	default:
		_, _, err = o.book.Paced(o.t.Context(), o.who, o.at, i.Op)
		words = "words"
	}
	if errors.Is(err, quota.ErrUndone) {
		return "", true
	}
	if err != nil {
		o.t.Fatalf("%s: %v", i.Name, err)
	}
	return words, moot
}

// stand lists what stands in Slack of some kinds, and what is still to come, by name, with moments as 24T09:00.
func (o *office) stand(kinds ...string) string {
	all := o.intents(kinds...)
	var out []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		switch i := all[name]; {
		case i.State == quota.Cancelled:
		case i.State == quota.Posted:
			out = append(out, name+" to "+i.To)
		case i.At != quota.Place{}:
			out = append(out, name+" again")
		default:
			out = append(out, name+" at "+i.Due.Format("02 15:04"))
		}
	}
	return regexp.MustCompile(`2026-11-(\d\dT\d\d:\d\d)(:00Z)?`).ReplaceAllString(strings.Join(out, ", "), "$1")
}

func (o *office) is(what, want string, kinds ...string) {
	if got := o.stand(kinds...); got != want {
		o.t.Fatalf("%s: %s, want %s", what, got, want)
	}
}

// led is an office whose team has managers, Ana one of them.
func led(t fataler, managers ...string) *office {
	o := newOffice(t)
	o.team(managers...)
	o.send(quota.Invite, 1)
	return o
}

func TestSpellIsToldOnceAndKeptTrue(t *testing.T) {
	const one, two = "spell/ana/24T09:00/1 to mia", "spell/ana/24T09:00/2 to max"
	const again = "spell/ana/24T09:00/1 again, spell/ana/24T09:00/2 again"
	o := led(t, "ana", "mia", "max")
	now := func(what, want string) { t.Helper(); o.is(what, want, quota.SpellKind) }
	later := func(d time.Duration) { o.say(quota.SpellKind); o.at = o.at.Add(d) }
	first := o.restrict(24 * time.Hour).Operation
	now("restricted", "spell/ana/24T09:00/1 at 24 09:00, spell/ana/24T09:00/2 at 24 09:00")
	later(time.Hour)
	now("said", one+", "+two)
	place := o.intents(quota.SpellKind)["spell/ana/2026-11-24T09:00:00Z/1"].At

	o.restrict(sevenDays)
	now("with a new end", again)
	later(time.Hour)
	o.takeBack(0)
	now("the new end undone", again)
	later(time.Hour)
	now("said", one+", "+two)
	o.lift()
	now("lifted", again)
	later(time.Hour)
	o.takeBack(0)
	now("that undone", again)
	later(time.Hour)
	if i := o.intents(quota.SpellKind)["spell/ana/2026-11-24T09:00:00Z/1"]; i.At != place || i.Op != first.Op {
		t.Errorf("%+v, at first %+v", i, place)
	}
	o.takeBack(first.Op)
	now("undone", again)
	o.restrict(time.Hour)
	now("and restricted before that is taken away", again+", spell/ana/24T14:00/1 at 24 14:00, spell/ana/24T14:00/2 at 24 14:00")
	later(time.Minute)
	now("said", "spell/ana/24T14:00/1 to mia, spell/ana/24T14:00/2 to max")
	o.takeBack(0)
	later(time.Minute)
	now("undone and taken away", "")
	o.restrict(time.Hour)
	now("restricted again", "spell/ana/24T14:02/1 at 24 14:02, spell/ana/24T14:02/2 at 24 14:02")
	later(2 * time.Hour)
	o.restrict(time.Hour)
	now("restricted once more, after that was over", "spell/ana/24T14:02/1 to mia, spell/ana/24T14:02/2 to max, spell/ana/24T16:02/1 at 24 16:02, spell/ana/24T16:02/2 at 24 16:02")
}

func TestSpellOfManyManagers(t *testing.T) {
	o := led(t, "m1", "m2", "m3", "m4", "m5")
	o.restrict(time.Hour)
	if n := len(o.intents(quota.SpellKind)); n != 4 {
		t.Errorf("%d are told", n)
	}
	o = led(t)
	o.restrict(time.Hour)
	o.is("without managers", "", quota.SpellKind)
	// The first report is taken back, and the second one holds.
	o = led(t, "mia")
	first := o.restrict(time.Hour).Operation
	o.say(quota.SpellKind)
	o.at = o.at.Add(time.Minute)
	second := o.restrict(2 * time.Hour).Operation
	o.say(quota.SpellKind)
	o.takeBack(first.Op)
	o.say(quota.SpellKind)
	o.is("still said", "spell/ana/24T09:00/1 to mia", quota.SpellKind)
	o.takeBack(second.Op)
	o.say(quota.SpellKind)
	o.is("all undone", "", quota.SpellKind)
	// Lifted before it was said, it comes after all once that is undone.
	o.restrict(time.Hour)
	o.at = o.at.Add(time.Minute)
	o.lift()
	o.say(quota.SpellKind)
	o.takeBack(0)
	o.is("the end undone", "spell/ana/24T09:01/1 at 24 09:02", quota.SpellKind)
	// A new manager hears of a new end, the old one too.
	o.say(quota.SpellKind)
	if _, err := o.book.SetUp(t.Context(), o.who, o.key(), o.at, quota.Setup{ID: "1", Name: "Outreach", Managers: []string{"max"}}); err != nil {
		t.Fatal(err)
	}
	o.restrict(3 * time.Hour)
	o.is("a new manager", "spell/ana/24T09:01/1 again, spell/ana/24T09:02/1 at 24 09:02", quota.SpellKind)
}

func TestBackOn(t *testing.T) {
	o := led(t)
	now := func(what, want string) { t.Helper(); o.is(what, want, quota.BackOnKind) }
	o.restrict(24 * time.Hour)
	now("restricted", "backon/ana/24T09:00 at 25 09:00")
	o.at = o.at.Add(time.Minute)
	o.restrict(36 * time.Hour) // it ends at 21:01
	now("until the evening", "backon/ana/24T09:01 at 26 09:00")
	o.takeBack(0)
	now("that undone", "backon/ana/24T09:00 at 25 09:00")
	o.at = o.at.Add(time.Hour)
	o.lift()
	now("lifted", "")
	o.takeBack(0)
	now("that undone", "backon/ana/24T09:00 at 25 09:00")
	o.takeBack(0)
	now("the report undone", "")
	op := o.restrict(6 * time.Hour).Operation.Op
	o.at = o.at.Add(6 * time.Hour)
	o.say(quota.BackOnKind)
	now("said", "backon/ana/24T10:01 to ana")
	o.takeBack(op)
	now("undone afterwards", "backon/ana/24T10:01 again")
	o.restrict(time.Hour)
	now("and reported again before that is taken away", "backon/ana/24T10:01 again, backon/ana/24T16:01 at 24 17:01")
	o.takeBack(0)
	o.say(quota.BackOnKind)
	now("and taken away", "")
	// A restriction longer than anything else is looked at is told the end of.
	name := "backon/ana/" + o.restrict(300*24*time.Hour).Operation.At.Format(time.RFC3339Nano)
	o.at = o.at.Add(301 * 24 * time.Hour)
	o.say(quota.BackOnKind)
	if i := o.intents(quota.BackOnKind)[name]; i.State != quota.Posted {
		t.Errorf("%+v", i)
	}
}

// What ends in the evening is told the morning after, unless another restriction has begun by then; and told after all
// once the report of that is undone.
func TestBackOnWaitsForTheMorning(t *testing.T) {
	o := led(t)
	now := func(what, want string) { t.Helper(); o.is(what, want, quota.BackOnKind) }
	o.restrict(12 * time.Hour)
	o.at = o.at.Add(13 * time.Hour)
	now("over", "backon/ana/24T09:00 at 25 09:00")
	second := o.restrict(24 * time.Hour).Operation
	now("restricted again", "backon/ana/24T22:00 at 26 09:00")
	o.at = o.at.Add(time.Hour)
	o.takeBack(second.Op)
	now("that undone", "backon/ana/24T09:00 at 25 09:00")
}

// Each restriction has messages of its own, however soon it follows, and undoing the reports of one leaves those of the
// other as they are.
func TestSpellsApart(t *testing.T) {
	const first, second = "spell/ana/24T09:00/1 to mia, backon/ana/24T09:00 to ana", "spell/ana/26T09:00:00.000001Z/1 to mia, backon/ana/26T09:00:00.000001Z to ana"
	for _, lastFirst := range []bool{true, false} {
		o := led(t, "mia")
		both := func() string {
			o.say(quota.SpellKind, quota.BackOnKind)
			spell, back := strings.Split(o.stand(quota.SpellKind), ", "), strings.Split(o.stand(quota.BackOnKind), ", ")
			var out []string
			for n := range spell {
				out = append(out, spell[n]+", "+back[n])
			}
			return strings.Join(out, "; ")
		}
		ops := []uint64{o.restrict(time.Hour).Operation.Op}
		o.say(quota.SpellKind)
		o.at = o.at.Add(48*time.Hour + time.Microsecond)
		o.say(quota.BackOnKind)
		ops = append(ops, o.restrict(time.Hour).Operation.Op)
		o.say(quota.SpellKind)
		o.at = o.at.Add(time.Hour)
		if got := both(); got != first+"; "+second {
			t.Fatal(got)
		}
		left := second
		if lastFirst {
			slices.Reverse(ops)
			left = first
		}
		before := o.intents(quota.SpellKind, quota.BackOnKind)
		o.takeBack(ops[0])
		if got := both(); got != left {
			t.Errorf("one undone: %s, want %s", got, left)
		}
		for name, i := range o.intents(quota.SpellKind, quota.BackOnKind) {
			if i.State == quota.Posted && !reflect.DeepEqual(i, before[name]) {
				t.Errorf("%+v, before %+v", i, before[name])
			}
		}
		o.takeBack(ops[1])
		if got := both(); got != ", " {
			t.Errorf("both undone: %s", got)
		}
	}
}

// What was not said yet when another restriction begins is not said beside what is.
func TestSpellThatNobodyHeardOf(t *testing.T) {
	o := led(t, "mia")
	o.restrict(time.Hour)
	o.at = o.at.Add(2 * time.Hour)
	o.restrict(time.Hour)
	o.is("the other one alone", "spell/ana/24T11:00/1 at 24 11:00", quota.SpellKind)
	o.takeBack(0)
	o.restrict(time.Hour)
	o.is("undone and reported at one moment", "spell/ana/24T11:00/1 at 24 11:00", quota.SpellKind)
}

// A crowded store is one in which somebody reports whenever a write has looked back.
type crowded struct {
	quota.Store
	meanwhile []func()
}

func (c *crowded) Read(ctx context.Context, workspace string, need quota.Need) (quota.Facts, error) {
	f, err := c.Store.Read(ctx, workspace, need)
	if len(c.meanwhile) > 0 && len(need.Members) == 1 && err == nil {
		next := c.meanwhile[0]
		c.meanwhile = c.meanwhile[1:]
		next()
	}
	return f, err
}

// Whatever is reported between the look back and the write is reckoned with.
func TestSpellsMeanwhile(t *testing.T) {
	for name, do := range map[string]func(o *office){
		"restrict": func(o *office) { o.restrict(3 * time.Hour) },
		"lift":     func(o *office) { o.lift() },
		"undo":     func(o *office) { o.takeBack(o.intents(quota.SpellKind)["spell/ana/2026-11-24T09:00:00Z/1"].Op) },
	} {
		o := led(t, "mia")
		o.restrict(time.Hour)
		o.say(quota.SpellKind)
		o.at = o.at.Add(time.Minute)
		colleague, turns := *o, 0
		report := func() {
			turns++
			colleague.keys += 1000
			colleague.at = colleague.at.Add(time.Second)
			colleague.restrict(2 * time.Hour)
			colleague.say(quota.SpellKind)
			if turns == 1 { // this one is taken back at once
				colleague.takeBack(0)
				colleague.at = colleague.at.Add(time.Second)
				colleague.restrict(4 * time.Hour)
			}
		}
		o.at = o.at.Add(time.Minute)
		o.book = quota.NewBook(&crowded{Store: o.store, meanwhile: []func(){report, report}})
		do(o)
		o.at = o.at.Add(time.Minute)
		o.say(quota.SpellKind)
		if turns != 2 || strings.Count(o.stand(quota.SpellKind), "to mia") != 1 {
			t.Errorf("%s: %d turns, %s", name, turns, o.stand(quota.SpellKind))
		}
	}
}

// Whatever is reported, taken back and said meanwhile: each restriction has at most one message to each manager, all
// that stands says what the reports say, and the restriction that lasts is told, and will be told to be over.
func TestWhatIsSaidIsWhatTheReportsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := led(t, "mia", "max")
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			o.at = o.at.Add(rapid.SampledFrom([]time.Duration{time.Microsecond, time.Hour, 3 * 24 * time.Hour}).Draw(t, "later"))
			if rapid.Bool().Draw(t, "say") {
				o.say(quota.SpellKind, quota.BackOnKind)
			}
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0, 1:
				o.restrict(rapid.SampledFrom([]time.Duration{time.Microsecond, time.Hour, sevenDays}).Draw(t, "length"))
			case 2:
				_, _ = o.book.Lift(t.Context(), o.who, o.key(), o.at)
			case 3, 4:
				ops := o.standing(quota.Invite).Journal.Operations()
				if op := ops[rapid.IntRange(0, len(ops)-1).Draw(t, "which")]; op.Act != quota.Sent {
					_, _ = o.book.Undo(t.Context(), o.who, o.key(), o.at, op.Op)
				}
			}
			x := o.row().Restriction
			lasts := !o.at.Before(x.From) && o.at.Before(x.Until)
			back := 0
			for _, i := range o.intents(quota.BackOnKind) {
				if i.State == quota.Pending && i.At == (quota.Place{}) && i.Due.After(o.at) {
					back++
				}
			}
			if lasts && back != 1 || back > 1 {
				t.Fatalf("%d messages to come, lasts: %t", back, lasts)
			}
			if !rapid.Bool().Draw(t, "say at once") {
				continue
			}
			o.say(quota.SpellKind, quota.BackOnKind)
			told, both := make(map[string]int), 0
			for name, i := range o.intents(quota.SpellKind, quota.BackOnKind) {
				if i.State != quota.Posted {
					continue
				}
				if words, moot := o.words(i); moot || words != string(i.Content) {
					t.Fatalf("%s says %s, it should say %s (%t)", name, i.Content, words, moot)
				}
				if told[fmt.Sprint(i.Kind(), i.To, i.Op)]++; told[fmt.Sprint(i.Kind(), i.To, i.Op)] > 1 {
					t.Fatalf("%s is doubled: %s", name, o.stand(i.Kind()))
				}
				if s, _, err := o.book.Spelled(t.Context(), o.who, o.at, i.Op); i.Kind() == quota.SpellKind && err == nil && s.Member.Restriction == x {
					both++
				}
			}
			if lasts && both != 2 {
				t.Fatalf("%d of both managers are told: %s", both, o.stand(quota.SpellKind))
			}
		}
	})
}
