package quota_test

import (
	"errors"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func (o *office) put(i quota.Intent) { o.store.workspace("T").intents[i.Name] = i }

func TestRelease(t *testing.T) {
	o := newOffice(t)
	team := o.team("mia")
	monday := clock("2026-11-23T00:00:00Z")
	name := quota.DigestName(team.ID, quota.WeekOf(o.at))
	held := quota.Intent{
		Name: name, To: "C0", Team: team.ID, Due: monday, Expires: monday.AddDate(0, 0, 7), State: quota.Held, Token: 7, Tries: 2, Looks: 1,
		Content: []byte("words"), Settled: monday.Add(time.Hour), Reason: "is_archived",
	}
	o.put(held)
	for _, to := range []quota.State{quota.Cancelled, quota.Sending, 0} {
		if _, err := o.book.Release(t.Context(), o.who, o.key(), o.at, name, to); err == nil {
			t.Errorf("released to %d", to)
		}
	}
	if _, err := o.book.Release(t.Context(), o.who, o.key(), o.at, "digest/9/2026-11-23", quota.Posted); !errors.Is(err, quota.ErrNoSuchIntent) {
		t.Errorf("%v", err)
	}
	for range 2 { // the same key twice
		i, err := o.book.Release(t.Context(), o.who, "posted", o.at, name, quota.Posted)
		if err != nil || i.State != quota.Posted || !i.Settled.Equal(o.at) || i.Reason != "" || i.Token != 0 || string(i.Content) != "words" {
			t.Errorf("%+v, %v", i, err)
		}
	}
	var unmoved quota.Unmoved
	if _, err := o.book.Release(t.Context(), o.who, o.key(), o.at, name, quota.Pending); !errors.As(err, &unmoved) || unmoved.Intent.State != quota.Posted {
		t.Errorf("what is posted: %v", err)
	}
	o.put(held)
	i, err := o.book.Release(t.Context(), o.who, o.key(), o.at, name, quota.Pending)
	if err != nil || i.State != quota.Pending || !i.Next.Equal(o.at) || !i.Due.Equal(monday) || i.To != "C1" || i.Tries != 2 || i.Looks != 0 || !i.Settled.IsZero() || i.Content != nil {
		t.Errorf("in another channel: %+v, %v", i, err)
	}
	// The words stay only where they may stand already.
	held.To = "C1"
	for tries, want := range map[int]string{0: "", 2: "words"} {
		held.Tries = tries
		o.put(held)
		if i, err := o.book.Release(t.Context(), o.who, o.key(), o.at, name, quota.Pending); err != nil || string(i.Content) != want {
			t.Errorf("sent %d times: %+v, %v", tries, i, err)
		}
	}
	// One that is too old can only be taken off the list.
	o.put(held)
	o.at = held.Expires
	if _, err := o.book.Release(t.Context(), o.who, o.key(), o.at, name, quota.Pending); !errors.As(err, &unmoved) || unmoved.Intent.State != quota.Held {
		t.Errorf("what is too old: %v", err)
	}
	if _, err := o.book.Release(t.Context(), o.who, o.key(), o.at, name, quota.Posted); err != nil {
		t.Error(err)
	}
}

// The digest of this week can be had at once, once.
func TestPostDigest(t *testing.T) {
	o := newOffice(t)
	bare, err := o.book.SetUp(t.Context(), o.who, o.key(), o.at, quota.Setup{Name: "Bare", Managers: []string{"mia"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.book.PostDigest(t.Context(), o.who, o.key(), o.at, bare.ID); !errors.Is(err, quota.ErrNoChannel) {
		t.Errorf("%v", err)
	}
	if _, err := o.book.PostDigest(t.Context(), o.who, o.key(), o.at, "9"); !errors.Is(err, quota.ErrNoSuchTeam) {
		t.Errorf("%v", err)
	}
	team := o.team("mia") // in the middle of the week: none was owed
	post := func(key string) (quota.Intent, error) {
		return o.book.PostDigest(t.Context(), o.who, key, o.at, team.ID)
	}
	first, err := post("once")
	if err != nil || first.State != quota.Pending || !first.Due.Equal(o.at) || !first.Next.Equal(o.at) || first.To != "C1" || !first.Expires.Equal(clock("2026-11-30T00:00:00Z")) {
		t.Errorf("%+v, %v", first, err)
	}
	posted := o.at
	o.at = o.at.Add(20 * time.Second)
	for _, key := range []string{"once", "twice"} {
		if i, err := post(key); err != nil || !i.Due.Equal(posted) {
			t.Errorf("%s: %+v, %v", key, i, err)
		}
	}
	// What makes digests on its own does not move it.
	if err := o.book.Schedule(t.Context(), "T", o.at); err != nil {
		t.Fatal(err)
	}
	if i, err := o.book.Intent(t.Context(), "T", first.Name); err != nil || !i.Due.Equal(posted) {
		t.Errorf("%+v, %v", i, err)
	}
	var unmoved quota.Unmoved
	for _, s := range []quota.State{quota.Sending, quota.Uncertain, quota.Looking, quota.Posted, quota.Held, quota.Cancelled} {
		i := first
		i.State = s
		o.put(i)
		if _, err := post(o.key()); !errors.As(err, &unmoved) || unmoved.Intent.State != s {
			t.Errorf("state %d: %v", s, err)
		}
	}
	// One that is due later this Monday comes at once.
	o.at = clock("2026-11-29T12:00:00Z")
	if team, err = o.book.SetUp(t.Context(), o.who, o.key(), o.at, quota.Setup{ID: team.ID, Name: "Outreach", Managers: []string{"mia"}, Digest: &quota.Digest{Minute: 9 * 60}}); err != nil {
		t.Fatal(err)
	}
	if i, err := o.book.Intent(t.Context(), "T", "digest/2/2026-11-30"); err != nil || !i.Due.Equal(clock("2026-11-30T09:00:00Z")) {
		t.Errorf("%+v, %v", i, err)
	}
	o.at = clock("2026-11-30T02:00:00Z")
	if i, err := post(o.key()); err != nil || !i.Due.Equal(o.at) || !i.Expires.Equal(clock("2026-12-07T00:00:00Z")) {
		t.Errorf("%+v, %v", i, err)
	}
	if err := o.book.Schedule(t.Context(), "T", o.at.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if i, err := o.book.Intent(t.Context(), "T", "digest/2/2026-11-30"); err != nil || !i.Due.Equal(o.at) {
		t.Errorf("put off: %+v, %v", i, err)
	}
	if _, err := o.book.Intent(t.Context(), "T", "digest/9/2026-11-30"); !errors.Is(err, quota.ErrNoSuchIntent) {
		t.Errorf("%v", err)
	}
}
