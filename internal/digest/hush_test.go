package digest_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/digest"
	"github.com/paceline/paceline/internal/quota"
)

func busy(d time.Duration) error { return fmt.Errorf("slackapp: %w", quota.Busy{For: d}) }

// What Slack wants left alone is left alone by every message of the workspace, and nothing else is.
func TestHushIsOfOneCall(t *testing.T) {
	const post, edit, remove, find, words = "/post", "/edit", "/delete", "/find", "/words/digest"
	moot := func(quota.Claimed) (digest.Message, error) { return digest.Message{}, digest.Moot{Reason: "undone"} }
	doubtful := func(b *bench) {
		b.wire.answers = []error{errEOF}
		b.tick(0)
	}
	for name, c := range map[string]struct {
		at      quota.Place
		prepare func(*bench)
		wait    time.Duration // until it is due again
		by      string        // the hush that it heeds
		state   string
		after   string
	}{
		"a post":            {by: post, state: "pending", after: "post hello; posted"},
		"its words":         {by: words, state: "pending", after: "post hello; posted"},
		"an edit":           {at: here, by: edit, state: "pending", after: "edit hello; posted"},
		"a deletion":        {at: here, prepare: func(b *bench) { b.words = moot }, by: remove, state: "pending", after: "delete; cancelled: undone"},
		"a look":            {prepare: doubtful, wait: 90 * time.Second, by: find, state: "uncertain", after: "find; uncertain +10m0s"},
		"of another kind":   {by: "/words/nudge", state: "", after: "post hello; posted"},
		"an edit, to posts": {at: here, by: post, state: "", after: "edit hello; posted"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, digest.Kind{}, quota.Intent{At: c.at})
			if c.prepare != nil {
				c.prepare(b)
			}
			until := monday.Add(10 * time.Minute)
			for _, call := range []string{post, edit, remove, find, words} { // those of another workspace are another's
				b.shelf.hushes["T2"] = map[string]time.Time{call: until}
			}
			b.shelf.hushes["T1"][c.by] = until
			if c.state == "" {
				b.expect(c.wait, c.after)
				return
			}
			b.expect(c.wait, fmt.Sprintf("%s +%s", c.state, 10*time.Minute-c.wait))
			b.expect(10*time.Minute-c.wait, c.after)
		})
	}
}

// Each call that Slack wants left alone is told to all others by its name.
func TestHushIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		do     func(*bench)
		want   string
		state  string
		hushes string
	}{
		"a post": {func(b *bench) { b.wire.answers = []error{busy(time.Hour)} }, "post hello; pending +1h0m0s", "pending", "/post"},
		"its words": {func(b *bench) {
			b.words = func(quota.Claimed) (digest.Message, error) { return digest.Message{}, busy(time.Hour) }
		}, "pending +1h0m0s", "pending", "/words/digest"},
		"a look": {func(b *bench) {
			b.wire.answers, b.wire.find = []error{errEOF}, []any{busy(time.Hour)}
			b.tick(-90 * time.Second)
			b.at = b.at.Add(90 * time.Second)
		}, "find; uncertain +1h0m0s", "uncertain", "/find"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, digest.Kind{}, quota.Intent{Due: monday.Add(-time.Hour)})
			c.do(b)
			b.expect(0, c.want)
			if until := b.shelf.hushes["T1"][c.hushes]; !until.Equal(monday.Add(time.Hour)) || len(b.shelf.hushes["T1"]) != 1 {
				t.Errorf("%v", b.shelf.hushes["T1"])
			}
		})
	}
}

// A Tick takes its time: a rest counts from when the answer came.
func TestRestFromTheAnswer(t *testing.T) {
	b := newBench(t, digest.Kind{}, quota.Intent{})
	answered := monday.Add(40 * time.Second)
	b.clock.Now = func() time.Time { return answered }
	b.wire.answers = []error{busy(time.Minute)}
	b.expect(0, "post hello; pending +1m40s")
	if until := b.shelf.hushes["T1"]["/post"]; !until.Equal(answered.Add(time.Minute)) {
		t.Errorf("until %s", until)
	}
	b.clock.Now = func() time.Time { return monday } // a clock that was set back
	b.wire.answers = []error{errEOF}
	b.expect(100*time.Second, "post hello; uncertain +1m30s")
}

// A composer's trouble is waited out for as long as it lasts, however long ago the message was due.
func TestWordsFail(t *testing.T) {
	b := newBench(t, digest.Kind{}, quota.Intent{})
	hello := b.words
	b.words = func(quota.Claimed) (digest.Message, error) { return digest.Message{}, errEOF }
	b.expect(40*time.Hour, "pending +10s")
	b.expect(10*time.Second, "pending +20s")
	b.words = func(quota.Claimed) (digest.Message, error) { return digest.Message{}, busy(10 * time.Second) }
	b.expect(20*time.Second, "pending +10s") // nothing was asked
	b.words = func(quota.Claimed) (digest.Message, error) { return digest.Message{}, errEOF }
	for _, want := range []string{"40s", "1m20s", "2m40s", "5m20s", "10m40s", "15m0s", "15m0s"} {
		b.expect(15*time.Minute, "pending +"+want)
	}
	// What failed before the first sending counts for no look.
	b.words = hello
	b.wire.answers = []error{errEOF}
	b.expect(15*time.Minute, "post hello; uncertain +1m30s")
	b.expect(90*time.Second, "find; uncertain +1m30s")
	b.expect(90*time.Second, "find; post hello; posted")
}

// Words that hold for a while are composed anew once they do not, as long as nothing can stand in Slack.
func TestWordsHold(t *testing.T) {
	b := newBench(t, digest.Kind{}, quota.Intent{})
	kind := digest.Kind{Holds: 5 * time.Minute}
	kind.Compose = func(_ context.Context, at time.Time, _ quota.Claimed) (digest.Message, error) {
		return digest.Message{Text: at.Format("15:04:05")}, nil
	}
	b.clock.Kinds = map[string]digest.Kind{"digest": kind}
	b.wire.answers = []error{busy(5 * time.Minute), busy(time.Hour), errEOF, errEOF}
	b.expect(0, "post 00:00:00; pending +5m0s")
	b.expect(5*time.Minute, "post 00:00:00; pending +1h0m0s")
	b.expect(time.Hour, "post 01:05:00; uncertain +1m30s")
	b.expect(90*time.Second, "find; uncertain +1m30s")
	b.expect(90*time.Second, "find; post 01:08:00; uncertain +3m0s")
	// It stands there after all: nothing is said anew.
	b.wire.find = []any{here}
	b.expect(3*time.Minute, "find; posted")
}
