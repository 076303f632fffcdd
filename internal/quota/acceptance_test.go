package quota_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

func TestAcceptance(t *testing.T) {
	o := newOffice(t)
	now := o.at
	days := func(n int) { o.at = now.Add(-time.Duration(n) * 24 * time.Hour) }
	days(38)
	o.send(quota.Invite, 10, "old")
	days(37)
	o.send(quota.Invite, 10)
	days(20)
	o.send(quota.Note, 20)
	o.send(quota.InMail, 9)
	days(7)
	o.send(quota.Invite, 10, "last")
	days(6)
	o.send(quota.Invite, 10, "fresh")
	o.at = now
	measure := func() quota.Acceptance { return o.standing(quota.Invite).Journal.Acceptance(o.at) }
	if a := measure(); a.Recorded || a.Of != 40 || a.Judge() != quota.NotRecorded {
		t.Errorf("without a word of it: %+v", a)
	}
	o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 1, Persons: []string{"fresh"}})
	if a := measure(); !a.Recorded || a.Accepted != 0 || a.Of != 40 || a.Judge() != quota.Alarming {
		t.Errorf("a fresh one: %+v", a)
	}
	// The oldest open ones first: 10 are too old.
	o.report(quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: 10 + 12})
	a := measure()
	if a.Accepted != 12 || a.Of != 40 || a.Share() != 0.3 || a.Judge() != quota.Fine {
		t.Errorf("%+v", a)
	}
	if math.Abs(a.Low-0.181) > 0.001 || math.Abs(a.High-0.454) > 0.001 { // by R's prop.test(12, 40, correct=FALSE)
		t.Errorf("interval %+v", a)
	}
	o.takeBack(0)
	o.takeBack(0)
	if a := measure(); a.Recorded {
		t.Errorf("taken back: %+v", a)
	}
}

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		accepted, of int
		want         quota.Judgement
	}{
		{0, 0, quota.TooFew}, {19, 19, quota.TooFew}, {0, 20, quota.Alarming}, {3, 20, quota.Alarming}, {4, 20, quota.Worrying},
		{199, 1000, quota.Alarming}, {200, 1000, quota.Worrying}, {299, 1000, quota.Worrying}, {300, 1000, quota.Fine}, {20, 20, quota.Fine},
	} {
		if got := (quota.Acceptance{Recorded: true, Accepted: c.accepted, Of: c.of}).Judge(); got != c.want {
			t.Errorf("%d of %d: %d, want %d", c.accepted, c.of, got, c.want)
		}
	}
}

func TestAcceptanceLiesInItsInterval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := clock("2026-11-24T09:00:00Z")
		var j quota.Journal
		sent, back := rapid.IntRange(0, 400).Draw(t, "sent"), 0
		if sent > 0 {
			back = rapid.IntRange(0, sent).Draw(t, "accepted")
			j = append(j, quota.Entry{Seq: 1, Op: 1, Act: quota.Sent, Kind: quota.Invite, Quantity: sent, At: at.Add(-10 * 24 * time.Hour)})
		}
		if back > 0 {
			j = append(j, quota.Entry{Seq: 2, Op: 2, Act: quota.Accepted, Kind: quota.Invite, Quantity: back, At: at, Closes: 1})
		}
		a := j.Acceptance(at)
		if a.Of != sent || a.Accepted != back || a.Recorded != (back > 0) {
			t.Fatalf("%+v of %d of %d", a, back, sent)
		}
		if s := a.Share(); !(0 <= a.Low && a.Low <= s && s <= a.High && a.High <= 1) || sent > 0 && a.High-a.Low >= 1 {
			t.Fatalf("%+v, share %v", a, s)
		}
	})
}
