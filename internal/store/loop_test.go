package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// queueUp has many write behind a write that is held, so that they share what comes next, and returns what
// each of them was answered.
func queueUp(t *testing.T, e *engine, n int, write func(i int) error) []error {
	t.Helper()
	release := held(t, e, context.Background())
	answers := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { answers[i] = write(i) })
	}
	synctest.Wait()
	if err := release(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	return answers
}

func TestOneCommitForAllWhoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := openFile(t)
		commits := 0
		e.commit = func(tx *bolt.Tx) error {
			commits++
			return tx.Commit()
		}
		for _, err := range queueUp(t, e, 500, func(i int) error {
			_, err := e.Do(context.Background(), writeOf(fmt.Sprint(i), one("U1", monday)))
			return err
		}) {
			if err != nil {
				t.Fatal(err)
			}
		}
		if commits != 2 {
			t.Fatalf("%d commits for one write and 500 that waited for it", commits)
		}
		// Nothing new, nothing to commit.
		put(t, e, "0", one("U1", monday))
		if err := e.Sweep(context.Background(), monday); err != nil || commits != 2 {
			t.Fatalf("%v, %d commits", err, commits)
		}
		if n := verified(t, e).Entries; n != 501 {
			t.Fatalf("%d entries", n)
		}
	})
}

// A write that breaks off half-way is undone, and those who shared its transaction are written all the same.
func TestSpoiltTransaction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := openFile(t)
		broken := errors.New("broken off")
		for i, err := range queueUp(t, e, 30, func(i int) error {
			if i%10 != 5 {
				_, err := e.Do(context.Background(), writeOf(fmt.Sprint(i), one("U1", monday)))
				return err
			}
			_, err := e.do(context.Background(), func(tx *bolt.Tx) (quota.Done, bool, error) {
				w := writeOf("half", one("U2", monday))
				if _, _, err := e.write(tx, w, hashKey(team, "half")); err != nil {
					t.Error(err)
				}
				if i == 25 {
					panic("as bbolt does over a page that is not what it should be")
				}
				return quota.Done{}, true, spoilt{broken}
			})
			return err
		}) {
			switch {
			case i == 25:
				oneKind(t, err, quota.ErrCorrupt)
			case i%10 == 5:
				oneKind(t, err, quota.ErrUnavailable)
			case err != nil:
				t.Fatalf("write %d: %v", i, err)
			}
		}
		f := read(t, e, quota.Need{Members: []quota.Span{{Member: "U1", From: monday}, {Member: "U2", From: monday}}})
		if len(f.Journals["U1"]) != 27 || len(f.Journals["U2"]) != 0 {
			t.Fatalf("%d whole writes of 27, %d half ones", len(f.Journals["U1"]), len(f.Journals["U2"]))
		}
		verified(t, e)
	})
}

func TestFailedCommit(t *testing.T) {
	for name, fail := range map[string]func(*bolt.Tx) error{
		"with an error":             func(*bolt.Tx) error { return errors.New("input/output error") },
		"with an error when it was": func(tx *bolt.Tx) error { return errors.Join(tx.Commit(), errors.New("input/output error")) },
		"with a panic":              func(*bolt.Tx) error { panic("page 7 above the high water mark") },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := openFile(t)
				file := e.db.Path()
				put(t, e, "good", one("U1", monday))
				first := true
				e.commit = func(tx *bolt.Tx) error {
					if first {
						first = false
						return tx.Commit()
					}
					return fail(tx)
				}
				for _, err := range queueUp(t, e, 20, func(i int) error {
					_, err := e.Do(context.Background(), writeOf(fmt.Sprint(i), one("U1", monday)))
					return err
				}) {
					oneKind(t, err, quota.ErrAmbiguous)
				}
				if err := <-e.Failed(); err == nil {
					t.Fatal("the engine does not say why it failed")
				}
				_, err := e.Do(context.Background(), writeOf("later", one("U1", monday)))
				oneKind(t, err, quota.ErrUnavailable)
				_, err = e.Read(context.Background(), team, quota.Need{})
				oneKind(t, err, quota.ErrUnavailable)
				oneKind(t, e.Sweep(context.Background(), monday), quota.ErrUnavailable)
				if err := e.Close(); err != nil {
					t.Fatal(err)
				}
				again, err := openBolt(file, slog.New(slog.DiscardHandler))
				if err != nil {
					t.Fatal(err)
				}
				defer again.Close()
				if n := verified(t, again).Entries; n != 2 && n != 22 {
					t.Fatalf("%d entries after 2 that were acknowledged and 20 in doubt", n)
				}
			})
		})
	}
}

// When the file may not grow any more, every write that was acknowledged is there afterwards.
func TestFullDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := openFile(t)
		file := e.db.Path()
		e.db.MaxSize = 1
		acknowledged := 0
		for i := 0; ; i++ {
			if _, err := e.Do(context.Background(), writeOf(fmt.Sprint(i), one("U1", monday))); err != nil {
				oneKind(t, err, quota.ErrAmbiguous)
				break
			}
			acknowledged++
		}
		if <-e.Failed() == nil || e.Close() != nil {
			t.Fatal("no failure")
		}
		again, err := openBolt(file, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if n := verified(t, again).Entries; n < acknowledged || n > acknowledged+1 {
			t.Fatalf("%d entries, %d acknowledged", n, acknowledged)
		}
	})
}

// A decision that ends its goroutine, as t.FailNow does, must not leave everybody waiting.
func TestDecisionEndsTheWriter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := openFile(t)
		w := writeOf("k", func(quota.Facts) quota.Change {
			runtime.Goexit()
			return quota.Change{}
		})
		_, err := e.Do(context.Background(), w)
		oneKind(t, err, quota.ErrAmbiguous)
		if <-e.Failed() == nil {
			t.Fatal("the engine does not say why it failed")
		}
		_, err = e.Do(context.Background(), writeOf("later", one("U1", monday)))
		oneKind(t, err, quota.ErrUnavailable)
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestGivenUpDuringCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := openFile(t)
		ctx, cancel := context.WithCancel(context.Background())
		gate := make(chan struct{})
		e.commit = func(tx *bolt.Tx) error {
			<-gate
			return tx.Commit()
		}
		answer := make(chan error)
		go func() {
			_, err := e.Do(ctx, writeOf("k", one("U1", monday)))
			answer <- err
		}()
		synctest.Wait()
		cancel()
		oneKind(t, <-answer, quota.ErrAmbiguous)
		close(gate)
		if !put(t, e, "k", one("U1", monday)).Repeat {
			t.Fatal("the same key was executed twice")
		}
	})
}

// A job whose context has ended is never begun, even when the writer is faster than the one who waits.
func TestLeftBehind(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	j := &job{ctx: ctx}
	if j.begin() || !j.leave() {
		t.Fatal("it was begun after its context had ended")
	}
	j = &job{ctx: context.Background()}
	if !j.begin() || j.leave() || j.begin() {
		t.Fatal("a job is begun once, and then it can no longer be left")
	}
}
