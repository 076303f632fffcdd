package quota_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

// A desk is a book with a member at it. Each write has a key of its own.
type desk struct {
	*testing.T
	book *quota.Book
	who  quota.Who
	keys int
}

func newDesk(t *testing.T) *desk {
	return &desk{T: t, book: quota.NewBook(newMemory()), who: quota.Who{Workspace: "T1", ID: "ana", Name: "Ana", Zone: "Europe/Berlin", Channel: "D1"}}
}

func (d *desk) as(id string) *desk {
	d.who.ID, d.who.Name = id, id
	return d
}

func (d *desk) key() string { d.keys++; return fmt.Sprint("key ", d.keys) }

func (d *desk) log(at string, l quota.Log) quota.Logged {
	d.Helper()
	if l.Kind == 0 {
		l.Kind = quota.Invite
	}
	out, err := d.book.Log(d.Context(), d.who, d.key(), moment(d, at), l)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

func (d *desk) undo(at string, op uint64) quota.Undid {
	d.Helper()
	out, err := d.book.Undo(d.Context(), d.who, d.key(), moment(d, at), op)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

func (d *desk) budget(at string) quota.Budget {
	d.Helper()
	s, err := d.book.Standing(d.Context(), d.who, moment(d, at), 0)
	if err != nil {
		d.Fatal(err)
	}
	return s.Budget(quota.Invite)
}

func TestNewMember(t *testing.T) {
	d := newDesk(t)
	const tue = "2026-11-24T09:05:00Z"
	gauges(t, d.budget(tue), 75, 75, 0, 0, 0, 0)
	out := d.log(tue, quota.Log{Quantity: 5})
	b := out.Standing.Budget(quota.Invite)
	gauges(t, b, 70, 70, 5, 5, 5, 5)
	binding(t, b, quota.BudgetName)
	if !out.Joined || !out.Made || out.Standing.Team.Name != "Outreach" || out.Standing.Member.Zone != "Europe/Berlin" || out.Standing.Member.Name != "Ana" || out.Standing.Member.Workdays != quota.DefaultWorkdays {
		t.Errorf("%+v", out)
	}
	want := quota.Operation{Op: 1, Act: quota.Sent, Kind: quota.Invite, Quantity: 5, At: moment(t, tue), Recorded: moment(t, tue), Day: date(t, "2026-11-24"), Precision: quota.ByTime}
	if !reflect.DeepEqual(out.Operation, want) {
		t.Errorf("%+v, want %+v", out.Operation, want)
	}
	out = d.log(tue, quota.Log{Quantity: 70})
	gauges(t, out.Standing.Budget(quota.Invite), 0, 0, 75, 75, 75, 75)
	if out.Joined || out.Made {
		t.Error("joined twice")
	}
	out = d.log(tue, quota.Log{Quantity: 25})
	b = out.Standing.Budget(quota.Invite)
	gauges(t, b, 0, 0, 100, 100, 100, 100)
	for _, name := range []string{quota.CeilingName, quota.SevenDaysName} {
		if g, _ := b.Find(name); g.Over() != 0 || g.Room() != 0 {
			t.Errorf("at 100 %s is passed by %d", name, g.Over())
		}
	}
	b = d.log(tue, quota.Log{Quantity: 1}).Standing.Budget(quota.Invite) // the 101st is recorded too
	gauges(t, b, 0, 0, 101, 101, 101, 101)
	for name, over := range map[string]int{quota.BudgetName: 26, quota.CeilingName: 1, quota.SevenDaysName: 1} {
		if g, _ := b.Find(name); g.Over() != over || g.Room() != 0 {
			t.Errorf("%s is passed by %d, want %d", name, g.Over(), over)
		}
	}
	gauges(t, d.budget("2026-11-30T00:00:00Z"), 0, 75, 0, 0, 101, 0)
	gauges(t, d.budget("2026-12-01T09:05:00Z"), 75, 75, 0, 0, 0, 0)
}

// A key that was used for something else is an error, not an answer.
func TestForeignKeys(t *testing.T) {
	d := newDesk(t)
	at := moment(t, "2026-11-24T09:05:00Z")
	five := quota.Log{Kind: quota.Invite, Quantity: 5}
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(d.book.Log(t.Context(), d.who, "log", at, five))
	must(d.book.Undo(t.Context(), d.who, "undo", at, 0))
	must(d.book.PlaceCard(t.Context(), d.who, "card", at, quota.Place{}))
	ben := quota.Who{Workspace: "T1", ID: "ben"}
	for _, key := range []string{"undo", "card"} {
		if out, err := d.book.Log(t.Context(), d.who, key, at, five); err == nil {
			t.Errorf("log with the key of %s: %+v", key, out)
		}
	}
	for _, key := range []string{"log", "card"} {
		if out, err := d.book.Undo(t.Context(), d.who, key, at, 0); err == nil {
			t.Errorf("undo with the key of %s: %+v", key, out)
		}
	}
	if out, err := d.book.Log(t.Context(), ben, "log", at, five); err == nil {
		t.Errorf("log with Ana's key: %+v", out)
	}
}

// broken fails in every way that a store may.
type broken struct {
	quota.Store
	err error
}

func (b broken) Do(context.Context, quota.Write) (quota.Done, error) { return quota.Done{}, b.err }
func (b broken) Read(context.Context, string, quota.Need) (quota.Facts, error) {
	return quota.Facts{}, b.err
}

func TestErrorsOfTheStoreStayWhatTheyAre(t *testing.T) {
	at, who := moment(t, "2026-11-24T09:05:00Z"), quota.Who{Workspace: "T1", ID: "ana"}
	ctx := t.Context()
	for _, want := range []error{quota.ErrUnavailable, quota.ErrAmbiguous, quota.ErrCorrupt} {
		b := quota.NewBook(broken{err: want})
		calls := map[string]func() error{
			"log": func() error {
				_, err := b.Log(ctx, who, "k", at, quota.Log{Kind: quota.Invite, Quantity: 1})
				return err
			},
			"undo":     func() error { _, err := b.Undo(ctx, who, "k", at, 0); return err },
			"set":      func() error { _, err := b.Set(ctx, who, "k", at, quota.Settings{}); return err },
			"setup":    func() error { _, err := b.SetUp(ctx, who, "k", at, quota.Setup{}); return err },
			"standing": func() error { _, err := b.Standing(ctx, who, at, quota.Invite); return err },
			"roster":   func() error { _, _, err := b.Roster(ctx, "T1"); return err },
			"closed":   func() error { _, err := b.Closed(ctx, who, 2969); return err },
			"deeds":    func() error { _, err := b.Deeds(ctx, "T1"); return err },
			"choose":   func() error { _, err := b.Choose(ctx, who, "k", at, because, quota.GuidePreset); return err },
			"teams":    func() error { _, _, err := b.Teams(ctx, who); return err },
		}
		for name, call := range calls {
			if err := call(); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", name, err, want)
			}
		}
	}
}

// What a log of InMail needs to see is read apart; without it there is no answer, and the log stands.
func TestLogThatCannotBeMeasured(t *testing.T) {
	d := newDesk(t)
	m := newMemory()
	d.book = quota.NewBook(m)
	at := moment(t, "2026-11-24T09:05:00Z")
	d.log("2026-11-24T09:05:00Z", quota.Log{Quantity: 1})
	if _, err := d.book.SetAccount(t.Context(), mia, d.key(), at, because, "ana", quota.Account{Type: quota.PremiumCareer}); err != nil {
		t.Fatal(err)
	}
	choose := func(key string, b *quota.Book) error {
		_, err := b.Choose(t.Context(), mia, key, at, because, quota.GuidePreset)
		return err
	}
	if err := choose("choose", d.book); err != nil {
		t.Fatal(err)
	}
	h := quota.NewBook(halting{m})
	if err := choose("choose", h); !errors.Is(err, quota.ErrUnavailable) {
		t.Errorf("choose: %v", err)
	}
	if err := choose("back", d.book); err != nil {
		t.Fatal(err)
	}
	if _, err := d.book.Choose(t.Context(), mia, d.key(), at, because, ""); err != nil {
		t.Fatal(err)
	}
	one := quota.Log{Kind: quota.InMail, Quantity: 1}
	if _, err := h.Log(t.Context(), d.who, "inmail", at, one); !errors.Is(err, quota.ErrUnavailable) {
		t.Errorf("log: %v", err)
	}
	out, err := d.book.Log(t.Context(), d.who, "inmail", at, one)
	if b := out.Standing.Budget(quota.InMail); err != nil || b.Left != 4 {
		t.Errorf("again: %d left, %v", b.Left, err)
	}
}

// halting answers repeats but cannot read.
type halting struct{ *memory }

func (h halting) Read(context.Context, string, quota.Need) (quota.Facts, error) {
	return quota.Facts{}, quota.ErrUnavailable
}

func TestRepeatThatCannotBeRead(t *testing.T) {
	m := newMemory()
	at, who := moment(t, "2026-11-24T09:05:00Z"), quota.Who{Workspace: "T1", ID: "ana"}
	b := quota.NewBook(halting{m})
	for n := range 2 {
		_, err := b.Log(t.Context(), who, "log", at, quota.Log{Kind: quota.Invite, Quantity: 1})
		if errors.Is(err, quota.ErrUnavailable) != (n > 0) {
			t.Errorf("log %d: %v", n, err)
		}
	}
	for n := range 2 {
		_, err := b.Undo(t.Context(), who, "undo", at, 0)
		if errors.Is(err, quota.ErrUnavailable) != (n > 0) {
			t.Errorf("undo %d: %v", n, err)
		}
	}
	if _, err := b.SetUp(t.Context(), who, "setup", at, quota.Setup{Name: "A"}); err != nil {
		t.Error(err)
	}
	if _, err := b.SetUp(t.Context(), who, "setup", at, quota.Setup{Name: "A"}); !errors.Is(err, quota.ErrUnavailable) {
		t.Errorf("setup: %v", err)
	}
}

func TestBookIsSafeForConcurrentUse(t *testing.T) {
	b := quota.NewBook(newMemory())
	at := moment(t, "2026-11-24T09:05:00Z")
	var wg sync.WaitGroup
	for n := range 50 {
		wg.Go(func() {
			who := quota.Who{Workspace: "T1", ID: fmt.Sprint("m", n%5), Zone: zoneNames[n%len(zoneNames)]}
			key := fmt.Sprint(n / 2) // each twice, from different members as the case may be
			if n%2 == 1 {
				who.ID = fmt.Sprint("m", (n-1)%5)
			}
			if _, err := b.Log(t.Context(), who, key, at, quota.Log{Kind: quota.Invite, Quantity: 2}); err != nil {
				t.Error(err)
			}
			if _, err := b.Standing(t.Context(), who, at, quota.Invite); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	total := 0
	for n := range 5 {
		s, err := b.Standing(t.Context(), quota.Who{Workspace: "T1", ID: fmt.Sprint("m", n)}, at, 7)
		if err != nil {
			t.Fatal(err)
		}
		total += 75 - s.Budget(quota.Invite).Left
	}
	if total != 50 {
		t.Errorf("%d sent, want 50", total)
	}
}
