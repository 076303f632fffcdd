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

// An office is a Book on a memory, with somebody at work in it and a clock.
type office struct {
	t     fataler
	store *memory
	book  *quota.Book
	who   quota.Who
	at    time.Time
	keys  int
}

// newOffice opens on Tuesday 2026-11-24, 09:00 UTC.
func newOffice(t fataler) *office {
	m := newMemory()
	return &office{t: t, store: m, book: quota.NewBook(m), who: quota.Who{Workspace: "T", ID: "ana", Name: "Ana"}, at: clock("2026-11-24T09:00:00Z")}
}

func clock(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}

func (o *office) key() string { o.keys++; return fmt.Sprint("office/", o.keys) }

func must[T any](o *office, v T, err error) T {
	if err != nil {
		o.t.Fatalf("%T: %v", v, err)
	}
	return v
}

func (o *office) send(kind quota.Kind, n int, persons ...string) quota.Logged {
	v, err := o.book.Log(o.t.Context(), o.who, o.key(), o.at, quota.Log{Kind: kind, Quantity: n, Persons: persons})
	return must(o, v, err)
}

func (o *office) report(r quota.Outcome) quota.Reported {
	v, err := o.book.Report(o.t.Context(), o.who, o.key(), o.at, r)
	return must(o, v, err)
}

func (o *office) takeBack(op uint64) quota.Undid {
	v, err := o.book.Undo(o.t.Context(), o.who, o.key(), o.at, op)
	return must(o, v, err)
}

// preset puts the team under another preset, without the audit.
func (o *office) preset(name string) {
	for i := range o.store.workspaces["T"].teams {
		o.store.workspaces["T"].teams[i].Terms.Preset = name
	}
}

// made returns the entries of one operation in the order of their numbers.
func (o *office) made(op uint64) []quota.Entry {
	var out []quota.Entry
	for _, e := range o.store.workspaces["T"].entries {
		if e.Op == op {
			out = append(out, e)
		}
	}
	return out
}

func (o *office) row() quota.Member { return o.store.workspaces["T"].members[o.who.ID] }

func (o *office) standing(kinds ...quota.Kind) quota.Standing {
	s, err := o.book.Standing(o.t.Context(), o.who, o.at, kinds...)
	return must(o, s, err)
}

func TestOutcomesCloseTheOldest(t *testing.T) {
	o := newOffice(t)
	first := o.send(quota.Invite, 5).Operation
	o.at = o.at.Add(time.Hour)
	note := o.send(quota.Note, 2).Operation
	out := o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 6})
	if out.Open != 7 || out.Unmatched != 0 || out.Returned != 0 || out.Operation.Quantity != 6 || out.Operation.Kind != quota.Invite {
		t.Errorf("%+v", out)
	}
	for i, want := range []quota.Entry{{Kind: quota.Invite, Quantity: 5, Closes: first.Op}, {Kind: quota.Note, Quantity: 1, Closes: note.Op}} {
		e := o.made(out.Operation.Op)[i]
		if e.Kind != want.Kind || e.Quantity != want.Quantity || e.Closes != want.Closes || e.Act != quota.Accepted || !e.At.Equal(o.at) {
			t.Errorf("entry %d: %+v, want %+v", i, e, want)
		}
	}
	if out := o.report(quota.Outcome{Act: quota.Replied, Kind: quota.Invite, Quantity: 6}); out.Operation.Kind != quota.Invite {
		t.Errorf("%+v", out.Operation)
	}
	o.at = o.at.Add(time.Hour)
	o.send(quota.Invite, 1)
	if out := o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 1}); out.Operation.Kind != quota.Note || out.Open != 2 || out.Unmatched != 0 {
		t.Errorf("%+v", out.Operation)
	}
	u := o.takeBack(0) // the withdrawal
	if u.Operation.Kind != quota.Note {
		t.Errorf("%+v", u.Operation)
	}
	if out := o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 2}); out.Operation.Kind != quota.Invite || o.made(out.Operation.Op)[0].Kind != quota.Note {
		t.Errorf("%+v", out.Operation)
	}
	o.takeBack(0)
	o.takeBack(0) // the invite
	out = o.report(quota.Outcome{Act: quota.Declined, Kind: quota.Note, Quantity: 3})
	if out.Open != 1 || out.Unmatched != 2 || out.Operation.Quantity != 3 {
		t.Errorf("%+v", out)
	}
	if n := o.standing(quota.Invite).Journal.Sent(quota.Invite, time.Time{}, o.at.Add(1)); n != 7 {
		t.Errorf("%d sent", n)
	}
}

func TestOutcomesOfPersons(t *testing.T) {
	o := newOffice(t)
	o.send(quota.Invite, 2, "jane", "joe")
	o.at = o.at.Add(time.Minute)
	again := o.send(quota.Invite, 2, "jane").Operation // and one without a name
	o.at = o.at.Add(time.Minute)
	out := o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 3, Persons: []string{"jane", "max"}})
	var got []string
	for _, e := range o.made(out.Operation.Op) {
		got = append(got, fmt.Sprint(e.Person, e.Closes-again.Op+2, e.Quantity))
	}
	// Numbers 0 and 1 are the first log, 2 and 3 the second. Jane's latest; Max was never named, so one without a name; the oldest.
	if want := []string{"jane2 1", "max3 1", "0 1"}; !slices.Equal(got, want) || out.Unmatched != 0 || out.Open != 4 {
		t.Errorf("closed %q, want %q; %+v", got, want, out)
	}
	// Whoever was named before closes no invite to somebody else.
	o.send(quota.Invite, 1)
	out = o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 2, Persons: []string{"jane", "max"}})
	if out.Unmatched != 2 || out.Open != 2 || !slices.Equal(out.Operation.Persons, []string{"jane", "max"}) {
		t.Errorf("%+v", out)
	}
}

func TestOutcomesAreNotBeforeTheirSends(t *testing.T) {
	o := newOffice(t)
	o.send(quota.Invite, 3)
	o.at = o.at.Add(6 * time.Hour) // 15:00
	o.send(quota.Invite, 4)
	o.at = o.at.Add(time.Hour)
	for _, c := range []struct {
		when            quota.When
		open, unmatched int
		at              string
	}{
		{quota.When{Kind: quota.DaysAgo, N: 1}, 0, 10, "2026-11-23T12:00:00Z"},
		{quota.When{HasTime: true, Clock: 14 * 60}, 3, 7, "2026-11-24T14:00:00Z"},
		{quota.When{Kind: quota.DaysAgo}, 7, 3, "2026-11-24T15:00:00Z"},
		{quota.When{}, 7, 3, "2026-11-24T16:00:00Z"},
	} {
		out := o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 10, When: c.when})
		if out.Open != c.open || out.Unmatched != c.unmatched || !out.Operation.At.Equal(clock(c.at)) {
			t.Errorf("%+v: %d open, %d unmatched, at %s", c.when, out.Open, out.Unmatched, out.Operation.At)
		}
		o.takeBack(out.Operation.Op)
	}
	o.at = o.at.Add(quota.PendingLife)
	if out := o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 1}); out.Open != 0 || out.Unmatched != 1 {
		t.Errorf("half a year later: %+v", out)
	}
	var old quota.TooOld
	if _, err := o.book.Report(t.Context(), o.who, o.key(), o.at, quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 1, When: quota.When{Kind: quota.DaysAgo, N: 36}}); !errors.As(err, &old) {
		t.Errorf("error %v", err)
	}
	for _, bad := range []quota.Outcome{{Act: quota.Sent, Kind: quota.Invite, Quantity: 1}, {Act: quota.Accepted, Kind: quota.Invite}, {Act: quota.Accepted, Quantity: 1}} {
		if _, err := o.book.Report(t.Context(), o.who, o.key(), o.at, bad); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

func TestRepliesLeaveInvitesOpen(t *testing.T) {
	o := newOffice(t)
	sent := o.send(quota.Invite, 2).Operation
	out := o.report(quota.Outcome{Act: quota.Replied, Kind: quota.Invite, Quantity: 1})
	if out.Open != 2 || out.Unmatched != 0 || o.made(out.Operation.Op)[0].Closes != sent.Op {
		t.Errorf("%+v", out)
	}
	if out := o.report(quota.Outcome{Act: quota.Replied, Kind: quota.Invite, Quantity: 2}); out.Open != 1 || out.Unmatched != 1 {
		t.Errorf("%+v", out)
	}
	if out := o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 2}); out.Open != 2 || out.Unmatched != 0 {
		t.Errorf("%+v", out)
	}
	o.send(quota.Message, 1)
	o.at = o.at.Add(100 * 24 * time.Hour)
	if out := o.report(quota.Outcome{Act: quota.Replied, Kind: quota.Message, Quantity: 2}); out.Open != 1 || out.Unmatched != 1 {
		t.Errorf("%+v", out)
	}
}

func TestOutcomesReturnWhatIsCredited(t *testing.T) {
	o := newOffice(t)
	o.send(quota.InMail, 4)
	m := o.row()
	m.Account.Type = quota.PremiumCareer // 5 a month
	o.store.workspaces["T"].members["ana"] = m
	o.at = o.at.Add(time.Hour)
	out := o.report(quota.Outcome{Act: quota.Replied, Kind: quota.InMail, Quantity: 3})
	if out.Returned != 3 || out.Standing.Budget(quota.InMail).Left != 4 {
		t.Errorf("InMail: %d back, %+v left", out.Returned, out.Standing.Budget(quota.InMail).Left)
	}
	if out := o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.InMail, Quantity: 1}); out.Returned != 0 {
		t.Errorf("InMail withdrawn: %d back", out.Returned)
	}
	o.send(quota.Invite, 20)
	for _, c := range []struct {
		preset string
		act    quota.Act
		want   int
	}{{"", quota.Withdrawn, 0}, {"", quota.Accepted, 0}, {quota.QuickMailPreset, quota.Withdrawn, 2}, {quota.PlansPreset, quota.Withdrawn, 0}} {
		o.preset(c.preset)
		if out := o.report(quota.Outcome{Act: c.act, Kind: quota.Invite, Quantity: 2}); out.Returned != c.want {
			t.Errorf("%s, act %d: %d back, want %d", c.preset, c.act, out.Returned, c.want)
		}
	}
	o.preset("")
	o.send(quota.PageInvite, 10)
	if out := o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.PageInvite, Quantity: 4}); out.Returned != 4 {
		t.Errorf("Page invites: %d back", out.Returned)
	}
}

func TestWithdrawnWaits(t *testing.T) {
	o := newOffice(t)
	o.send(quota.Invite, 1, "jane")
	out := o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 1, Persons: []string{"jane"}})
	if len(out.Again) != 1 || out.Again[0].Person != "jane" || !out.Again[0].From.Equal(o.at.Add(21*24*time.Hour)) {
		t.Errorf("again %+v", out.Again)
	}
	if out := o.report(quota.Outcome{Act: quota.Withdrawn, Kind: quota.Invite, Quantity: 1, Persons: []string{"max"}, When: quota.When{Kind: quota.DaysAgo, N: 30}}); len(out.Again) != 0 {
		t.Errorf("a month later %+v", out.Again)
	}
	if out := o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 1, Persons: []string{"kim"}}); len(out.Again) != 0 {
		t.Errorf("accepted, again %+v", out.Again)
	}
}

func TestReportJoinsAndRepeats(t *testing.T) {
	o := newOffice(t)
	o.send(quota.Invite, 1) // ana makes the team
	o.who = quota.Who{Workspace: "T", ID: "ben", Name: "Ben", Zone: "Europe/Berlin"}
	r := quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 2, Persons: []string{"jane"}}
	first := must2(o.book.Report(t.Context(), o.who, "k", o.at, r))
	if !first.Joined || first.Made || first.Standing.Team.ID != "1" || first.Unmatched != 2 || o.row().Name != "Ben" {
		t.Errorf("%+v", first)
	}
	o.report(r)
	if again := must2(o.book.Report(t.Context(), o.who, "k", o.at.Add(time.Minute), r)); !reflect.DeepEqual(again, first) {
		t.Errorf("repeat %+v, first %+v", again, first)
	}
	o.who.ID = "ana"
	if _, err := o.book.Report(t.Context(), o.who, "k", o.at, r); err == nil {
		t.Error("a key of somebody else was taken")
	}
}

func must2[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Whatever is sent, reported and taken back: outcomes never change what was sent, nothing is closed twice or before
// it was sent, and per kind what stands is accepted, declined, withdrawn, answered, open or expired.
func TestOutcomesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := newOffice(t)
		kinds := rapid.SampledFrom(quota.Kinds())
		persons := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"jane", "joe", "max"}), 0, 2, rapid.ID[string])
		when := rapid.SampledFrom([]quota.When{{}, {}, {Kind: quota.DaysAgo}, {Kind: quota.DaysAgo, N: 2}, {Kind: quota.DaysAgo, N: 20}, {Kind: quota.DaysAgo, N: 2, HasTime: true, Clock: 600}})
		o.send(quota.Invite, 1)
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			o.at = o.at.Add(rapid.SampledFrom([]time.Duration{0, time.Second, 5 * time.Hour, 40 * 24 * time.Hour}).Draw(t, "later"))
			p, kind, n, w := persons.Draw(t, "persons"), kinds.Draw(t, "kind"), rapid.IntRange(2, 9).Draw(t, "quantity"), when.Draw(t, "when")
			was := totals(o)
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0, 1:
				must(o, 0, second(o.book.Log(t.Context(), o.who, o.key(), o.at, quota.Log{Kind: kind, Quantity: n, Persons: p, When: w})))
			case 2, 3:
				r := quota.Outcome{Act: rapid.SampledFrom([]quota.Act{quota.Accepted, quota.Withdrawn, quota.Declined, quota.Replied}).Draw(t, "act"), Kind: kind, Quantity: n, Persons: p, When: w}
				entries, row := len(o.store.workspaces["T"].entries), o.row()
				before := o.standing(quota.Kinds()...)
				key := o.key()
				first := must2(o.book.Report(t.Context(), o.who, key, o.at, r))
				if got := totals(o); got != was {
					t.Fatalf("sent %v before an outcome, %v after", was, got)
				}
				if first.Unmatched < n-first.Open || first.Operation.Quantity != n {
					t.Fatalf("%d of %d unmatched with %d open", first.Unmatched, n, first.Open)
				}
				if again := must2(o.book.Report(t.Context(), o.who, key, o.at, r)); !reflect.DeepEqual(again, first) {
					t.Fatalf("repeat %+v, first %+v", again, first)
				}
				if rapid.Bool().Draw(t, "undo") {
					key := o.key()
					u := must2(o.book.Undo(t.Context(), o.who, key, o.at, first.Operation.Op))
					if again := must2(o.book.Undo(t.Context(), o.who, key, o.at, first.Operation.Op)); !reflect.DeepEqual(again, u) {
						t.Fatalf("repeated undo %+v, first %+v", again, u)
					}
					now := o.standing(quota.Kinds()...)
					for _, k := range quota.Kinds() {
						if a, b := before.Budget(k), now.Budget(k); !reflect.DeepEqual(a, b) || o.row() != row {
							t.Fatalf("%s: undo left %+v, before %+v", k, b, a)
						}
						if before.Journal.Pending(k, o.at) != now.Journal.Pending(k, o.at) {
							t.Fatalf("undo left other %ss open", k)
						}
					}
					if len(o.store.workspaces["T"].entries) <= entries {
						t.Fatalf("undo removed entries")
					}
				}
			case 4:
				_, _ = o.book.Undo(t.Context(), o.who, o.key(), o.at, 0)
			}
			addUp(t, o)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// totals is what was sent, by kind.
func totals(o *office) (out [6]int) {
	j := slices.Clone(quota.Journal(o.store.workspaces["T"].entries))
	slices.SortStableFunc(j, func(a, b quota.Entry) int { return a.At.Compare(b.At) })
	for _, k := range quota.Kinds() {
		out[k] = j.Sent(k, time.Time{}, o.at.Add(1))
	}
	return out
}

func addUp(t fataler, o *office) {
	undone := make(map[uint64]bool)
	for _, e := range o.store.workspaces["T"].entries {
		if e.Act == quota.Undone {
			undone[e.Undoes] = true
		}
	}
	sends := make(map[uint64]quota.Entry)
	closed := make(map[uint64]int)
	var all quota.Journal
	for _, e := range o.store.workspaces["T"].entries {
		all = append(all, e)
		if e.Act == quota.Sent && !undone[e.Op] {
			sends[e.Seq] = e
		}
		invite := e.Kind == quota.Invite || e.Kind == quota.Note
		s, stands := sends[e.Closes]
		if undone[e.Op] || !e.Act.Outcome() || !stands {
			continue
		}
		if e.At.Before(s.At) || e.Kind != s.Kind || e.Person != s.Person && s.Person != "" && e.Person != "" {
			t.Fatalf("%+v closes %+v", e, s)
		}
		if e.Act != quota.Replied || !invite {
			closed[e.Closes] += e.Quantity
		}
	}
	slices.SortStableFunc(all, func(a, b quota.Entry) int { return a.At.Compare(b.At) })
	for _, kind := range quota.Kinds() {
		sent, gone, expired := 0, 0, 0
		for seq, s := range sends {
			if closed[seq] > s.Quantity {
				t.Fatalf("%d of %+v closed", closed[seq], s)
			}
			if !s.Kind.Counts(kind) {
				continue
			}
			sent += s.Quantity
			gone += closed[seq]
			if o.at.Sub(s.At) >= quota.PendingLife {
				expired += s.Quantity - closed[seq]
			}
		}
		if open := all.Pending(kind, o.at); sent != gone+expired+open || sent != totals(o)[kind] {
			t.Fatalf("%s: %d sent, %d closed, %d expired, %d open", kind, sent, gone, expired, open)
		}
	}
}
