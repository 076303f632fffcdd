package quota_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// said makes the intents of some kinds that are due at o.at stand in Slack, as the clockwork would after asking for
// words; those without words end.
func (o *office) say(kinds ...string) {
	for name, i := range o.intents(kinds...) {
		if i.State != quota.Pending || i.Next.After(o.at) {
			continue
		}
		if i.Tries++; i.At == (quota.Place{}) {
			i.At = quota.Place{Channel: i.To, TS: fmt.Sprint(o.at.UnixMicro(), name)}
		}
		i.State, i.Content, i.Settled, i.Next = quota.Posted, []byte("words"), o.at, time.Time{}
		if moot, err := o.moot(i); err != nil {
			o.t.Fatalf("%s: %v", name, err)
		} else if moot {
			i.State, i.At, i.Reason = quota.Cancelled, quota.Place{}, quota.TakenBack
		}
		o.store.workspaces["T"].intents[name] = i
	}
}

// moot reports whether there is nothing to say.
func (o *office) moot(i quota.Intent) (bool, error) {
	var err error
	var lifted time.Time
	switch i.Kind() {
	case quota.SpellKind, quota.BackOnKind:
		_, lifted, err = o.book.Spelled(o.t.Context(), o.who, o.at, i.Op)
		return errors.Is(err, quota.ErrUndone) || !lifted.IsZero() && i.Kind() == quota.BackOnKind, drop(err)
	default:
		_, _, err = o.book.Paced(o.t.Context(), o.who, o.at, i.Op)
	}
	return errors.Is(err, quota.ErrUndone), drop(err)
}

func drop(err error) error {
	if errors.Is(err, quota.ErrUndone) {
		return nil
	}
	return err
}

// stand lists what stands in Slack of some kinds, and what is still to come, by name.
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
	return strings.Join(out, ", ")
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
	const one, two = "spell/ana/1 to mia", "spell/ana/2 to max"
	o := led(t, "ana", "mia", "max")
	now := func(what, want string) { t.Helper(); o.is(what, want, quota.SpellKind) }
	later := func(d time.Duration) { o.say(quota.SpellKind); o.at = o.at.Add(d) }
	first := o.restrict(24 * time.Hour).Operation
	now("restricted", "spell/ana/1 at 24 09:00, spell/ana/2 at 24 09:00")
	later(time.Hour)
	now("said", one+", "+two)
	place := o.intents(quota.SpellKind)["spell/ana/1"].At

	o.restrict(sevenDays)
	now("with a new end", "spell/ana/1 again, spell/ana/2 again")
	later(time.Hour)
	o.takeBack(0)
	now("the new end undone", "spell/ana/1 again, spell/ana/2 again")
	later(time.Hour)
	now("said", one+", "+two)
	o.lift()
	now("lifted", "spell/ana/1 again, spell/ana/2 again")
	later(time.Hour)
	o.takeBack(0)
	now("that undone", "spell/ana/1 again, spell/ana/2 again")
	later(time.Hour)
	if i := o.intents(quota.SpellKind)["spell/ana/1"]; i.At != place || i.Op != first.Op {
		t.Errorf("%+v, at first %+v", i, place)
	}
	o.takeBack(first.Op)
	now("undone", "spell/ana/1 again, spell/ana/2 again")
	o.restrict(time.Hour)
	now("and restricted before that is taken away", "spell/ana/1 again, spell/ana/2 again")
	later(time.Minute)
	now("said", one+", "+two)
	o.takeBack(0)
	later(time.Minute)
	now("undone and taken away", "")
	o.restrict(time.Hour)
	now("restricted again", "spell/ana/1 at 24 14:02, spell/ana/2 at 24 14:02")
	later(2 * time.Hour)
	o.restrict(time.Hour)
	now("restricted once more, after that was over", "spell/ana/1 at 24 16:02, spell/ana/2 at 24 16:02")
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
	o.is("still said", "spell/ana/1 to mia", quota.SpellKind)
	o.takeBack(second.Op)
	o.say(quota.SpellKind)
	o.is("all undone", "", quota.SpellKind)
	// Lifted before it was said, it comes after all once that is undone.
	o.restrict(time.Hour)
	o.at = o.at.Add(time.Minute)
	o.lift()
	i := o.intents(quota.SpellKind)["spell/ana/1"]
	i.State, i.Next = quota.Cancelled, time.Time{} // as the clockwork does
	o.store.workspaces["T"].intents[i.Name] = i
	o.takeBack(0)
	o.is("the end undone", "spell/ana/1 at 24 09:02", quota.SpellKind)
	// A new manager hears of a new end, the old one too.
	o.say(quota.SpellKind)
	if _, err := o.book.SetUp(t.Context(), o.who, o.key(), o.at, quota.Setup{ID: "1", Name: "Outreach", Managers: []string{"max"}}); err != nil {
		t.Fatal(err)
	}
	o.restrict(3 * time.Hour)
	o.is("a new manager", "spell/ana/1 again, spell/ana/2 at 24 09:02", quota.SpellKind)
}

func TestBackOn(t *testing.T) {
	o := led(t)
	now := func(what, want string) { t.Helper(); o.is(what, want, quota.BackOnKind) }
	o.restrict(24 * time.Hour)
	now("restricted", "backon/ana at 25 09:00")
	o.restrict(36 * time.Hour) // it ends at 21:00
	now("until the evening", "backon/ana at 26 09:00")
	o.takeBack(0)
	now("that undone", "backon/ana at 25 09:00")
	o.at = o.at.Add(time.Hour)
	o.lift()
	now("lifted", "")
	o.takeBack(0)
	now("that undone", "backon/ana at 25 09:00")
	o.takeBack(0)
	now("the report undone", "")
	op := o.restrict(6 * time.Hour).Operation.Op
	o.at = o.at.Add(6 * time.Hour)
	o.say(quota.BackOnKind)
	now("said", "backon/ana to ana")
	o.takeBack(op)
	now("undone afterwards", "backon/ana again")
	o.say(quota.BackOnKind)
	now("and taken away", "")
	// A restriction longer than anything else is looked at is told the end of.
	o.restrict(300 * 24 * time.Hour)
	o.at = o.at.Add(301 * 24 * time.Hour)
	o.say(quota.BackOnKind)
	if i := o.intents(quota.BackOnKind)["backon/ana"]; i.State != quota.Posted {
		t.Errorf("%+v", i)
	}
}
