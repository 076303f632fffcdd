package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// crowd is how many write at once.
const crowd = 50

func lawSerial(t *testing.T, s Engine) {
	const room = 40 // fewer than the crowd: somebody must see the others' entries
	full := errors.New("full")
	var refused atomic.Int32
	var all sync.WaitGroup
	for i := range crowd {
		all.Go(func() {
			_, err := s.Do(context.Background(), quota.Write{
				Workspace: team, Key: fmt.Sprint(i), At: monday,
				Need: quota.Need{Members: []quota.Span{{Member: "U1", From: monday}}},
				Decide: func(f quota.Facts) (quota.Change, error) {
					if f.Journals["U1"].Sent(quota.Invite, monday, monday.Add(time.Hour)) >= room {
						return quota.Change{}, full
					}
					return one("U1", monday.Add(time.Duration(i)*time.Second))(f), nil
				},
			})
			if err == full {
				refused.Add(1)
			} else if err != nil {
				t.Errorf("write %d: %v", i, err)
			}
		})
	}
	all.Wait()
	j := read(t, s, whole("U1")).Journals["U1"]
	if len(j) != room || refused.Load() != crowd-room {
		t.Fatalf("%d entries and %d refusals of %d with room for %d", len(j), refused.Load(), crowd, room)
	}
	n := seqs(j)
	slices.Sort(n)
	for i, seq := range n {
		if seq != uint64(i+1) {
			t.Fatalf("the numbers have a gap: %v", n)
		}
	}
	verified(t, s)
}

func lawWorkspaces(t *testing.T, s Engine) {
	var all sync.WaitGroup
	for i := range crowd {
		all.Go(func() {
			w := writeOf("the same key", one("U1", monday))
			w.Workspace = fmt.Sprintf("T%d", i%10)
			if i >= 10 {
				w.Key = fmt.Sprint("key ", i)
			}
			if _, err := s.Do(context.Background(), w); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i := range 10 {
		f, err := s.Read(context.Background(), fmt.Sprintf("T%d", i), whole("U1"))
		if err != nil {
			t.Fatal(err)
		}
		same(t, "numbers", seqs(f.Journals["U1"]), []uint64{1, 2, 3, 4, 5})
	}
}

func lawRepeat(t *testing.T, s Engine) {
	same(t, "first", put(t, s, "k", one("U1", monday)), quota.Done{Answer: []byte("number 1")})
	w := writeOf("k", func(quota.Facts) quota.Change {
		t.Error("a repeat was decided")
		return quota.Change{}
	})
	for _, later := range []time.Duration{0, time.Hour, quota.KeyLife, -time.Hour, -24 * time.Hour} {
		w.At = monday.Add(later)
		done, err := s.Do(context.Background(), w)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "repeat", done, quota.Done{Answer: []byte("number 1"), Repeat: true})
	}
	put(t, s, "other", one("U1", monday))
	same(t, "numbers", seqs(read(t, s, whole("U1")).Journals["U1"]), []uint64{1, 2})

	// A change of nothing still has an answer, and one without an answer a key.
	put(t, s, "empty", func(quota.Facts) quota.Change { return quota.Change{} })
	if done := put(t, s, "empty", one("U1", monday)); !done.Repeat || len(done.Answer) != 0 {
		t.Fatalf("repeat of a change of nothing: %+v", done)
	}
}

func lawOneOfMany(t *testing.T, s Engine) {
	var first, again atomic.Int32
	var all sync.WaitGroup
	release := held(t, s, context.Background())
	for range crowd {
		all.Go(func() {
			done, err := s.Do(context.Background(), writeOf("k", one("U1", monday)))
			if err != nil || string(done.Answer) != "number 2" {
				t.Errorf("%q, %v", done.Answer, err)
			}
			if done.Repeat {
				again.Add(1)
			} else {
				first.Add(1)
			}
		})
	}
	synctest.Wait()
	if err := release(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	if first.Load() != 1 || again.Load() != crowd-1 {
		t.Fatalf("%d were executed and %d repeats", first.Load(), again.Load())
	}
	same(t, "numbers", seqs(read(t, s, whole("U1")).Journals["U1"]), []uint64{2})
}

func lawRefusal(t *testing.T, s Engine) {
	no := errors.New("no")
	w := writeOf("k", one("U1", monday))
	sensible := w.Decide
	w.Decide = func(f quota.Facts) (quota.Change, error) {
		c, _ := sensible(f)
		return c, no
	}
	if done, err := s.Do(context.Background(), w); err != no || done.Answer != nil || done.Repeat {
		t.Fatalf("got %+v and %v, want the refusal as it is", done, err)
	}
	same(t, "tally", verified(t, s), quota.Tally{})
	if put(t, s, "k", one("U1", monday)).Repeat {
		t.Fatal("the refusal stored its key")
	}
}

func lawPanic(t *testing.T, s Engine) {
	w := writeOf("k", func(quota.Facts) quota.Change { panic("decided badly") })
	_, err := s.Do(context.Background(), w)
	oneKind(t, err, quota.ErrUnavailable)
	same(t, "tally", verified(t, s), quota.Tally{})
	if put(t, s, "k", one("U1", monday)).Repeat {
		t.Fatal("the panic stored its key")
	}
}

func lawCompany(t *testing.T, s Engine) {
	no := errors.New("no")
	release := held(t, s, context.Background())
	var all sync.WaitGroup
	for i := range crowd {
		all.Go(func() {
			w := writeOf(fmt.Sprint(i), one("U1", monday))
			good := w.Decide
			switch i % 5 {
			case 1:
				w.Decide = func(quota.Facts) (quota.Change, error) { return quota.Change{}, no }
			case 2:
				w.Decide = func(quota.Facts) (quota.Change, error) { panic("decided badly") }
			case 3:
				w.Decide = func(f quota.Facts) (quota.Change, error) {
					f.Next++ // a gap
					return good(f)
				}
			}
			_, err := s.Do(context.Background(), w)
			if bad := i%5 >= 1 && i%5 <= 3; (err != nil) != bad {
				t.Errorf("write %d: %v", i, err)
			}
		})
	}
	synctest.Wait()
	if err := release(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	if n := len(read(t, s, whole("U1")).Journals["U1"]); n != crowd*2/5 {
		t.Fatalf("%d of %d were written", n, crowd*2/5)
	}
	verified(t, s)
}

func lawKeyLife(t *testing.T, s Engine) {
	at := monday.Add(23*time.Hour + 59*time.Minute)
	w := writeOf("k", one("U1", monday))
	w.At = at
	if _, err := s.Do(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	known := func(at time.Time) bool {
		t.Helper()
		w := w
		w.At = at
		stop := errors.New("unknown")
		w.Decide = func(quota.Facts) (quota.Change, error) { return quota.Change{}, stop }
		done, err := s.Do(context.Background(), w)
		if err != nil && err != stop {
			t.Fatal(err)
		}
		return done.Repeat
	}
	for _, after := range []time.Duration{0, time.Hour, 24 * time.Hour, quota.KeyLife - time.Microsecond, quota.KeyLife} {
		if err := s.Sweep(context.Background(), at.Add(after)); err != nil {
			t.Fatal(err)
		}
		if !known(at.Add(after)) {
			t.Fatalf("forgotten after %v", after)
		}
	}
	if err := s.Sweep(context.Background(), at.Add(quota.KeyLife+24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if known(at) {
		t.Fatal("never forgotten")
	}
	same(t, "entries", verified(t, s).Entries, 1)
	oneKind(t, s.Sweep(context.Background(), time.Time{}), quota.ErrUnavailable)
}

func lawContext(t *testing.T, s Engine) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := s.Do(ended, writeOf("early", one("U1", monday)))
	oneKind(t, err, quota.ErrUnavailable)
	_, err = s.Read(ended, team, quota.Need{})
	oneKind(t, err, quota.ErrUnavailable)
	_, err = s.Verify(ended)
	oneKind(t, err, quota.ErrUnavailable)
	oneKind(t, s.Sweep(ended, monday), quota.ErrUnavailable)

	// One is being written and one waits its turn when both are given up.
	ctx, cancel := context.WithCancel(context.Background())
	release := held(t, s, ctx)
	waited := make(chan error)
	go func() {
		_, err := s.Do(ctx, writeOf("late", one("U1", monday)))
		waited <- err
	}()
	synctest.Wait()
	cancel()
	oneKind(t, <-waited, quota.ErrUnavailable)
	if err := release(); err != nil { // an engine may as well finish
		oneKind(t, err, quota.ErrAmbiguous)
	}
	synctest.Wait()
	for _, key := range []string{"early", "late"} {
		if put(t, s, key, one("U1", monday)).Repeat {
			t.Errorf("%s was written although it never began", key)
		}
	}
	put(t, s, "held", one("U0", monday)) // trying again settles the doubt
	same(t, "entries", verified(t, s).Entries, 3)
}

func lawClose(t *testing.T, s Engine) {
	release := held(t, s, context.Background())
	closed := make(chan error, 2)
	for range 2 {
		go func() { closed <- s.Close() }()
	}
	synctest.Wait()
	select {
	case <-closed:
		t.Fatal("closed over a write in hand")
	default:
	}
	if err := release(); err != nil {
		t.Fatalf("the write in hand: %v", err)
	}
	for range 2 {
		if err := <-closed; err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.Do(context.Background(), writeOf("k", one("U1", monday)))
	oneKind(t, err, quota.ErrUnavailable)
	_, err = s.Read(context.Background(), team, quota.Need{})
	oneKind(t, err, quota.ErrUnavailable)
	_, err = s.Verify(context.Background())
	oneKind(t, err, quota.ErrUnavailable)
	oneKind(t, s.Sweep(context.Background(), monday), quota.ErrUnavailable)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-s.Failed():
		t.Fatalf("closing is no failure: %v", err)
	default:
	}
}
