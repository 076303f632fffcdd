package quota_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func (o *office) spread(op uint64) quota.Spreading {
	s, err := o.book.Spread(o.t.Context(), o.who, o.key(), o.at, op)
	return must(o, s, err)
}

// allFigures are all numbers there are about a member, but for those by which pace is judged.
func allFigures(s quota.Standing) map[string]quota.Gauge {
	out := make(map[string]quota.Gauge)
	for _, k := range quota.Kinds() {
		for _, g := range s.Budget(k).Gauges {
			if g.Name != quota.HourName && g.Name != quota.SixHoursName { // of pace
				out[k.String()+"/"+g.Name] = g
			}
		}
	}
	return out
}

// Spread changes no number, takes the message back, and keeps pace from being judged; Gather takes that back.
func TestSpread(t *testing.T) {
	o := newOffice(t)
	o.team("mia")
	o.send(quota.Invite, 4)
	o.at = o.at.Add(time.Hour)
	burst := o.send(quota.Note, 30, "jane", "joe")
	name := "nudge/ana/2026-11-23/1"
	i, ok := o.intents(quota.NudgeKind)[name]
	if !ok || i.Op != burst.Operation.Op {
		t.Fatalf("%+v", i)
	}
	i.State, i.Settled, i.At, i.Content, i.Tries, i.Next = quota.Posted, o.at, quota.Place{Channel: "D1", TS: "1.1"}, []byte("words"), 1, time.Time{}
	o.store.workspaces["T"].intents[name] = i
	o.at = o.at.Add(10 * time.Minute)
	before := o.standing(quota.Kinds()...)
	s := o.spread(burst.Operation.Op)
	if got, want := allFigures(o.standing(quota.Kinds()...)), allFigures(before); !reflect.DeepEqual(got, want) {
		t.Errorf("the numbers changed:\n%+v\n%+v", got, want)
	}
	if got, want := allFigures(s.Standing)["invite/budget"], allFigures(before)["invite/budget"]; !reflect.DeepEqual(got, want) {
		t.Errorf("the result says %+v, want %+v", got, want)
	}
	was, now := burst.Operation, s.Operations[0]
	if now.Precision != quota.ByDay || now.Quantity != was.Quantity || now.Kind != was.Kind || !now.At.Equal(was.At) || now.Day != was.Day || !slices.Equal(now.Persons, was.Persons) || now.Undone {
		t.Errorf("%+v from %+v", now, was)
	}
	if i = o.intents(quota.NudgeKind)[name]; i.State != quota.Pending || i.Content != nil || !i.Next.Equal(o.at) || i.At.TS != "1.1" {
		t.Errorf("the message: %+v", i)
	}
	if _, _, err := o.book.Paced(t.Context(), o.who, o.at, was.Op); !errors.Is(err, quota.ErrUndone) {
		t.Errorf("it is said still: %v", err)
	}
	if _, _, err := o.book.Paced(t.Context(), o.who, o.at, now.Op); !errors.Is(err, quota.ErrUndone) {
		t.Errorf("pace is judged still: %v", err)
	}
	if l := o.send(quota.Invite, 5); len(l.Standing.Verdicts(l.Operation)) != 0 {
		t.Errorf("%+v", l.Standing.Verdicts(l.Operation))
	}
	// Twice is no more than once.
	var undone quota.AlreadyUndone
	if _, err := o.book.Spread(t.Context(), o.who, o.key(), o.at, was.Op); !errors.As(err, &undone) {
		t.Errorf("spread again: %v", err)
	}
	if _, err := o.book.Spread(t.Context(), o.who, o.key(), o.at, now.Op); !errors.Is(err, quota.ErrNoPace) {
		t.Errorf("what is spread: %v", err)
	}
	// And back.
	before = o.standing(quota.Kinds()...)
	back, err := o.book.Gather(t.Context(), o.who, o.key(), o.at, now.Op)
	if err != nil || len(back.Operations) != 1 || back.Operations[0].Precision != quota.ByTime || back.Sum() != 30 {
		t.Errorf("%+v, %v", back.Operations, err)
	}
	if got, want := allFigures(o.standing(quota.Kinds()...)), allFigures(before); !reflect.DeepEqual(got, want) {
		t.Errorf("the numbers changed:\n%+v\n%+v", got, want)
	}
	if u := o.takeBack(back.Operations[0].Op); u.Operation.Quantity != 30 || u.Standing.Budget(quota.Invite).Left != 66 {
		t.Errorf("%+v, %d left", u.Operation, u.Standing.Budget(quota.Invite).Left)
	}
}

// The same key again gives the same answer.
func TestSpreadAgain(t *testing.T) {
	o := newOffice(t)
	op := o.send(quota.Invite, 30).Operation.Op
	once := func() quota.Spreading {
		s, err := o.book.Spread(t.Context(), o.who, "the same", o.at, op)
		return must(o, s, err)
	}
	first := once()
	o.send(quota.Invite, 5)
	n := len(o.store.workspaces["T"].entries)
	if again := once(); !reflect.DeepEqual(again.Operations, first.Operations) || again.Standing.Budget(quota.Invite).Left != 45 {
		t.Errorf("%+v, then %+v", first.Operations, again.Operations)
	}
	if len(o.store.workspaces["T"].entries) != n {
		t.Error("something was recorded")
	}
	if _, err := o.book.Spread(t.Context(), o.who, "office/1", o.at, op); err == nil { // the key of the log
		t.Error("a key of something else was taken")
	}
}

// What cannot be spread changes nothing.
func TestNotSpread(t *testing.T) {
	o := newOffice(t)
	o.team("mia")
	told := o.send(quota.Invite, 4, "jane")
	byDay, err := o.book.Log(t.Context(), o.who, o.key(), o.at, quota.Log{Kind: quota.Invite, Quantity: 2, When: quota.When{Kind: quota.DaysAgo}})
	if err != nil {
		t.Fatal(err)
	}
	accepted := o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 1, Persons: []string{"jane"}})
	past := o.send(quota.Invite, 120)
	n := len(o.store.workspaces["T"].entries)
	var undone quota.AlreadyUndone
	for what, c := range map[string]struct {
		op uint64
		is func(error) bool
	}{
		"nothing":           {op: 0, is: func(err error) bool { return errors.Is(err, quota.ErrNothingToUndo) }},
		"no such operation": {op: 999, is: func(err error) bool { return errors.Is(err, quota.ErrNothingToUndo) }},
		"by day":            {op: byDay.Operation.Op, is: func(err error) bool { return errors.Is(err, quota.ErrNoPace) }},
		"an outcome":        {op: accepted.Operation.Op, is: func(err error) bool { return errors.Is(err, quota.ErrNoPace) }},
		"answered already":  {op: told.Operation.Op, is: func(err error) bool { return errors.Is(err, quota.ErrNoPace) }},
		"past a ceiling":    {op: past.Operation.Op, is: func(err error) bool { return errors.Is(err, quota.ErrNoPace) }},
	} {
		if _, err := o.book.Spread(t.Context(), o.who, o.key(), o.at, c.op); !c.is(err) || errors.As(err, &undone) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, op := range []uint64{byDay.Operation.Op, told.Operation.Op, past.Operation.Op} { // none came of a spread
		if _, err := o.book.Gather(t.Context(), o.who, o.key(), o.at, op); !errors.Is(err, quota.ErrNoPace) {
			t.Errorf("gathering %d: %v", op, err)
		}
	}
	o.who.ID = "ben"
	if _, err := o.book.Spread(t.Context(), o.who, o.key(), o.at, told.Operation.Op); !errors.Is(err, quota.ErrNothingToUndo) {
		t.Errorf("somebody else's: %v", err)
	}
	if len(o.store.workspaces["T"].entries) != n {
		t.Error("something was recorded")
	}
}

// A burst of several logs is noted as a whole, in one write, and undone as one; each log stays one of its own.
func TestSpreadSeveral(t *testing.T) {
	o := led(t, "mia")
	o.at = o.at.Add(2 * time.Hour)
	var ops []uint64
	early := o.send(quota.Invite, 3).Operation
	o.at = o.at.Add(61 * time.Minute)
	answered := o.send(quota.Invite, 2, "jane")
	for range 3 {
		ops = append(ops, o.send(quota.Invite, 12).Operation.Op)
		o.say(pacing...)
		o.at = o.at.Add(10 * time.Minute)
	}
	o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 1, Persons: []string{"jane"}})
	before := allFigures(o.standing(quota.Kinds()...))
	o.is("a burst", "nudge/ana/2026-11-23/1 to ana", pacing...)
	cause := o.intents(quota.NudgeKind)["nudge/ana/2026-11-23/1"].Op
	s := o.spread(cause)
	if len(s.Operations) != 3 || s.Sum() != 36 || s.Kept != 2 {
		t.Errorf("%+v, %d kept", s.Operations, s.Kept)
	}
	for i, x := range s.Operations {
		if x.Quantity != 12 || x.Precision != quota.ByDay || i > 0 && x.Op <= s.Operations[i-1].Op {
			t.Errorf("%+v", x)
		}
	}
	if got := allFigures(o.standing(quota.Kinds()...)); !reflect.DeepEqual(got, before) {
		t.Errorf("the numbers changed:\n%+v\n%+v", got, before)
	}
	o.say(pacing...)
	o.is("noted", "", pacing...)
	for _, kept := range []uint64{early.Op, answered.Operation.Op} {
		for _, x := range o.standing(quota.Invite).Journal.Operations() {
			if x.Op == kept && (x.Undone || x.Precision != quota.ByTime) {
				t.Errorf("%+v", x)
			}
		}
	}
	var undone quota.AlreadyUndone
	for _, op := range ops {
		if _, err := o.book.Spread(t.Context(), o.who, o.key(), o.at, op); !errors.As(err, &undone) {
			t.Errorf("%d again: %v", op, err)
		}
	}
	// Any of them takes all three back, and notes them again.
	back, err := o.book.Gather(t.Context(), o.who, o.key(), o.at, s.Operations[1].Op)
	if err != nil || len(back.Operations) != 3 || back.Sum() != 36 || back.Operations[2].Precision != quota.ByTime {
		t.Errorf("%+v, %v", back.Operations, err)
	}
	o.at = o.at.Add(time.Minute)
	if again := o.spread(back.Operations[2].Op); len(again.Operations) != 3 {
		t.Errorf("%+v", again.Operations)
	}
	if u := o.takeBack(0); u.Operation.Quantity != 12 {
		t.Errorf("undo takes back %d", u.Operation.Quantity)
	}
}
