package quota_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

const sevenDays = 7 * 24 * time.Hour

func (o *office) restrict(d time.Duration) quota.Confined {
	v, err := o.book.Restrict(o.t.Context(), o.who, o.key(), o.at, o.at.Add(d))
	return must(o, v, err)
}

func (o *office) lift() quota.Confined {
	v, err := o.book.Lift(o.t.Context(), o.who, o.key(), o.at)
	return must(o, v, err)
}

func TestRestrict(t *testing.T) {
	o := newOffice(t)
	from := o.at
	o.send(quota.Invite, 5)
	o.at = o.at.Add(sevenDays - 1)
	o.send(quota.Note, 3)
	o.at = o.at.Add(1)
	if out := o.restrict(time.Hour); out.LastWeek != 3 { // the window is open at seven days ago
		t.Errorf("%d in the last week", out.LastWeek)
	}
	o.takeBack(0)
	o.at = o.at.Add(-1)
	out := o.restrict(24 * time.Hour)
	if out.LastWeek != 3+5 || out.Joined || out.Operation.Act != quota.Restricted || out.Standing.Budget(quota.Invite).Left != 0 {
		t.Errorf("%+v", out)
	}
	began := out.Operation.At
	if e := o.made(out.Operation.Op)[0]; e.Kind != quota.Invite || e.Quantity != 1 || !e.Until.Equal(began.Add(24*time.Hour)) || !e.At.Equal(began) {
		t.Errorf("%+v", e)
	}
	o.at = o.at.Add(time.Hour)
	out = o.restrict(sevenDays) // again: it keeps its beginning
	if want := (quota.Restriction{From: began, Until: o.at.Add(sevenDays).Truncate(time.Microsecond)}); o.row().Restriction != want || out.Standing.Member.Restriction != want || out.LastWeek != 3 {
		t.Errorf("%+v, want %+v; %d", o.row().Restriction, want, out.LastWeek)
	}
	o.at = o.at.Add(time.Hour)
	out = o.lift()
	if want := (quota.Restriction{From: began, Until: o.at.Truncate(time.Microsecond)}); o.row().Restriction != want || out.Operation.Act != quota.Lifted {
		t.Errorf("%+v, want %+v", o.row().Restriction, want)
	}
	if g, ok := out.Standing.Budget(quota.Invite).Find(quota.RecoveryName); !ok || g.Max != 37 {
		t.Errorf("after it: %+v", g)
	}
	if _, err := o.book.Lift(t.Context(), o.who, o.key(), o.at); !errors.Is(err, quota.ErrNotRestricted) {
		t.Errorf("lifted twice: %v", err)
	}
	for _, until := range []time.Time{o.at, from, o.at.Add(quota.MaxRestriction + time.Second)} {
		if _, err := o.book.Restrict(t.Context(), o.who, o.key(), o.at, until); err == nil {
			t.Errorf("until %s was taken", until)
		}
	}
	// The reports are taken back, the last one first, then in between.
	if o.takeBack(0); o.row().Restriction.Until != began.Add(time.Hour+sevenDays) {
		t.Errorf("the end taken back: %+v", o.row().Restriction)
	}
	second := o.restrict(2 * sevenDays)
	u := o.takeBack(out.Operation.Op - 2) // the first report
	if want := (quota.Restriction{From: began.Add(time.Hour), Until: second.Standing.Member.Restriction.Until}); o.row().Restriction != want || u.Standing.Member.Restriction != want {
		t.Errorf("%+v, want %+v", o.row().Restriction, want)
	}
}

// A restriction of a year is what an undo falls back to, ten months on.
func TestUndoFindsAnOldRestriction(t *testing.T) {
	o := newOffice(t)
	o.restrict(quota.MaxRestriction)
	row := o.row()
	o.at = o.at.Add(300 * 24 * time.Hour)
	o.lift()
	key := o.key()
	first := must2(o.book.Undo(t.Context(), o.who, key, o.at, 0))
	if o.row() != row || first.Operation.Act != quota.Lifted || first.Standing.Budget(quota.Invite).Left != 0 {
		t.Errorf("%+v, want %+v", o.row(), row)
	}
	if again := must2(o.book.Undo(t.Context(), o.who, key, o.at, 0)); !reflect.DeepEqual(again, first) {
		t.Errorf("repeat %+v, first %+v", again, first)
	}
}

func TestRestrictJoins(t *testing.T) {
	o := newOffice(t)
	out := o.restrict(time.Hour)
	if !out.Joined || !out.Made || !o.row().Active() || o.row().Restriction.From.IsZero() || out.Standing.Team.ID != "1" {
		t.Errorf("%+v", out)
	}
	o.who.ID = "ben"
	if _, err := o.book.Lift(t.Context(), o.who, o.key(), o.at); !errors.Is(err, quota.ErrNotRestricted) || o.row().ID != "" {
		t.Errorf("%v", err)
	}
}

// The row is what the journal says, whatever is reported, taken back and repeated, and an undo brings back what was.
func TestRestrictionIsWhatTheJournalSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := newOffice(t)
		o.send(quota.Invite, 1)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			o.at = o.at.Add(rapid.SampledFrom([]time.Duration{0, time.Microsecond, time.Hour, 3 * 24 * time.Hour}).Draw(t, "later"))
			row, key := o.row(), o.key()
			var first, again any
			var op uint64
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0, 1:
				until := o.at.Add(rapid.SampledFrom([]time.Duration{time.Microsecond, time.Hour, sevenDays, 30 * 24 * time.Hour}).Draw(t, "length"))
				v := must2(o.book.Restrict(t.Context(), o.who, key, o.at, until))
				first, again, op = v, must2(o.book.Restrict(t.Context(), o.who, key, o.at, until)), v.Operation.Op
			case 2:
				v, err := o.book.Lift(t.Context(), o.who, key, o.at)
				if errors.Is(err, quota.ErrNotRestricted) {
					continue
				}
				first, again, op = v, must2(o.book.Lift(t.Context(), o.who, key, o.at)), v.Operation.Op
			case 3:
				ops := o.standing(quota.Invite).Journal.Operations()
				_, _ = o.book.Undo(t.Context(), o.who, key, o.at, ops[rapid.IntRange(0, len(ops)-1).Draw(t, "which")].Op)
			}
			if !reflect.DeepEqual(first, again) {
				t.Fatalf("repeat %+v, first %+v", again, first)
			}
			if op != 0 && rapid.Bool().Draw(t, "undo") {
				if o.takeBack(op); o.row() != row {
					t.Fatalf("undo left %+v, before %+v", o.row(), row)
				}
			}
			if want := replay(o.store.workspaces["T"].entries); o.row().Restriction != want {
				t.Fatalf("the row says %+v, the journal %+v", o.row().Restriction, want)
			}
		}
	})
}

// replay tells a restriction the long way: every report in turn, without those taken back.
func replay(entries []quota.Entry) (x quota.Restriction) {
	gone := make(map[uint64]bool)
	for _, e := range entries {
		gone[e.Undoes] = true
	}
	for _, e := range entries {
		lasts := !e.At.Before(x.From) && e.At.Before(x.Until)
		if gone[e.Op] || e.Act != quota.Restricted && (e.Act != quota.Lifted || !lasts) {
			continue
		}
		if x.Until = e.Until; e.Act == quota.Lifted {
			x.Until = e.At
		}
		if !lasts {
			x.From = e.At
		}
	}
	return x
}

func TestAway(t *testing.T) {
	o := newOffice(t)
	today := quota.DayOf(o.at, time.UTC)
	away := func(a quota.Away) (quota.Member, error) { return o.book.Away(t.Context(), o.who, o.key(), o.at, a) }
	if _, err := away(quota.Away{}); !errors.Is(err, quota.ErrNotOnTeam) {
		t.Errorf("a stranger: %v", err)
	}
	o.send(quota.Invite, 1)
	leave := quota.Away{From: today, Until: today}
	if m, err := away(leave); err != nil || m.Away != leave || o.row().Away != leave {
		t.Errorf("%+v, %v", m.Away, err)
	}
	for _, bad := range []quota.Away{{From: today, Until: today - 1}, {Until: today}} {
		if _, err := away(bad); err == nil || o.row().Away != leave {
			t.Errorf("%+v was taken", bad)
		}
	}
	if m, err := away(quota.Away{}); err != nil || m.Away != (quota.Away{}) {
		t.Errorf("back: %+v, %v", m.Away, err)
	}
}

// What led to a restriction stays as it was known when it was reported.
func TestEvidence(t *testing.T) {
	o := led(t)
	if _, ok := o.standing(quota.Invite).Evidence(); ok {
		t.Error("evidence of no restriction")
	}
	first := o.send(quota.Invite, 41) // and the 1 of led
	o.at = o.at.Add(time.Hour)
	o.restrict(24 * time.Hour)
	is := func(what string) {
		t.Helper()
		if sent, ok := o.standing(quota.Invite).Evidence(); sent != 42 || !ok {
			t.Errorf("%s: %d, %t", what, sent, ok)
		}
	}
	is("reported")
	o.at = o.at.Add(time.Hour)
	o.takeBack(first.Operation.Op)
	is("a part is taken back")
	if _, err := o.book.Log(t.Context(), o.who, o.key(), o.at, quota.Log{Kind: quota.Invite, Quantity: 7, When: quota.When{Kind: quota.DaysAgo, N: 1}}); err != nil {
		t.Fatal(err)
	}
	is("more is told of the days before")
	o.restrict(48 * time.Hour)
	is("reported again while it lasts")
	s := o.standing(quota.Invite)
	s.Since = s.Member.Restriction.From
	if _, ok := s.Evidence(); ok {
		t.Error("from a journal that does not reach back so far")
	}
}
