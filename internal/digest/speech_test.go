package digest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/digest"
	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A desk is a member with a book, and what the bot would say unasked.
type desk struct {
	t    *testing.T
	book *quota.Book
	who  quota.Who
	at   time.Time
	keys int
}

func newDesk(t *testing.T) *desk {
	store, ok := opened(t, "mem:").(quota.Store)
	if !ok {
		t.Fatal("no store")
	}
	return &desk{t: t, book: quota.NewBook(store), who: quota.Who{Workspace: "T1", ID: "ana"}, at: monday.Add(24*time.Hour + 9*time.Hour)}
}

func (d *desk) key() string { d.keys++; return fmt.Sprint("desk/", d.keys) }

func (d *desk) send(n int) {
	if _, err := d.book.Log(d.t.Context(), d.who, d.key(), d.at, quota.Log{Kind: quota.Invite, Quantity: n}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) wish(w quota.Wants) {
	if _, err := d.book.Wish(d.t.Context(), d.who, d.key(), d.at, quota.Wishes{Wants: w}); err != nil {
		d.t.Fatal(err)
	}
}

// next returns the earliest message of a kind that waits.
func (d *desk) next(kind string) quota.Intent {
	all, err := d.book.Scheduled(d.t.Context(), "T1")
	if err != nil {
		d.t.Fatal(err)
	}
	for _, i := range all {
		if i.Kind() == kind {
			return i
		}
	}
	d.t.Fatalf("no %s in %+v", kind, all)
	return quota.Intent{}
}

// says composes a message at a moment; "" and the reason when there is nothing to say.
func (d *desk) says(at time.Time, i quota.Intent) (blocks, reason string) {
	m, err := digest.Speech{Book: d.book, Names: look.Names{}}.Kinds()[i.Kind()].Compose(context.Background(), at, quota.Claimed{Workspace: "T1", Intent: i})
	if moot, ok := errors.AsType[digest.Moot](err); ok {
		return "", moot.Reason
	}
	if err != nil {
		d.t.Fatal(err)
	}
	raw, err := json.Marshal(m.Blocks)
	if err != nil {
		d.t.Fatal(err)
	}
	return m.Text + string(raw), ""
}

// The zone of a profile changes: what is due at noon by now is moved to the evening.
func TestCheckInFollowsTheProfile(t *testing.T) {
	d := newDesk(t)
	d.send(1)
	d.wish(quota.WantsCheckIn)
	i := d.next(quota.CheckInKind)
	if text, _ := d.says(i.Due, i); text == "" {
		t.Error("nothing at the end of a day")
	}
	d.who.Zone, d.at = "America/New_York", d.at.Add(time.Hour)
	d.send(1)
	if text, reason := d.says(i.Due.Add(time.Second), i); text != "" || reason == "" {
		t.Errorf("%s at noon", text)
	}
	if now := d.next(quota.CheckInKind); now.Name != i.Name || !now.Due.Equal(i.Due.Add(5*time.Hour)) {
		t.Errorf("%+v, before %+v", now, i)
	}
}

// Quiet takes its own buttons away, and says that it holds.
func TestQuietButtons(t *testing.T) {
	d := newDesk(t)
	d.send(25)
	i := d.next(quota.NudgeKind)
	if said, _ := d.says(d.at, i); !strings.Contains(said, "quiet_today") || !strings.Contains(said, "quiet_week") {
		t.Errorf("%s", said)
	}
	if _, err := d.book.Quiet(t.Context(), d.who, d.key(), d.at, d.at.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if said, _ := d.says(d.at, i); strings.Contains(said, "quiet_") || !strings.Contains(said, "settings") || !strings.Contains(said, "\nQuiet until 10:00 UTC: ") {
		t.Errorf("%s", said)
	}
	if said, _ := d.says(d.at.Add(time.Hour), i); strings.Contains(said, "Quiet until") || !strings.Contains(said, "quiet_week") {
		t.Errorf("after it has ended: %s", said)
	}
}

// A nudge of the day leaves no room for a cram.
func TestCramAfterNudge(t *testing.T) {
	d := newDesk(t)
	friday := d.at.AddDate(0, 0, 3)
	for range 3 { // everything on Fridays
		d.at = friday
		d.send(15)
		friday = friday.AddDate(0, 0, 7)
	}
	d.at = friday.AddDate(0, 0, -1)
	d.wish(quota.WantsCram)
	i := d.next(quota.CramKind)
	if said, reason := d.says(i.Due, i); said == "" {
		t.Fatal(reason)
	}
	d.at = i.Due.Add(-time.Hour)
	d.send(21)
	if said, _ := d.says(i.Due, i); said != "" {
		t.Errorf("%s", said)
	}
}
