package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"testing/synctest"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// Claims and settles go the way of every write: one commit for all who wait, and none when nothing changes.
func TestClaimsShareACommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := openFile(t)
		for i := range 30 {
			say(t, e, fmt.Sprint("T", i%3), intent(fmt.Sprint(i), fmt.Sprint("C", i), monday))
		}
		taken := claim(t, e, monday, after(5), 20)
		commits := 0
		e.commit = func(tx *bolt.Tx) error {
			commits++
			return tx.Commit()
		}
		for _, err := range queueUp(t, e, 30, func(i int) error {
			if i >= len(taken) {
				got, err := e.Claim(context.Background(), monday, after(5), 1)
				if err == nil && len(got) != 1 {
					err = errors.New("nothing was claimed")
				}
				return err
			}
			c := taken[i]
			c.Intent.State, c.Intent.Settled = quota.Posted, monday
			return e.Settle(context.Background(), c.Workspace, c.Intent)
		}) {
			if err != nil {
				t.Fatal(err)
			}
		}
		if commits != 2 {
			t.Fatalf("%d commits for one write and 30 claims and settles that waited for it", commits)
		}
		if got := claim(t, e, after(4), after(9), 9); len(got) != 0 || commits != 2 {
			t.Fatalf("%v, %d commits", names(got), commits)
		}
		if err := e.Settle(context.Background(), "T0", taken[0].Intent); err != quota.ErrLost || commits != 2 {
			t.Fatalf("%v, %d commits", err, commits)
		}
		verified(t, e)
	})
}

// What a commit that failed had given away is in doubt: nobody was told of it, and when the lease is over it is
// to be looked for, or was never claimed.
func TestClaimInDoubt(t *testing.T) {
	for name, fail := range map[string]func(*bolt.Tx) error{
		"not committed": func(*bolt.Tx) error { return errors.New("input/output error") },
		"committed":     func(tx *bolt.Tx) error { return errors.Join(tx.Commit(), errors.New("input/output error")) },
	} {
		t.Run(name, func(t *testing.T) {
			e := openFile(t)
			file := e.db.Path()
			say(t, e, team, intent("a", "C1", monday))
			e.commit = fail
			taken, err := e.Claim(context.Background(), monday, after(5), 9)
			oneKind(t, err, quota.ErrAmbiguous)
			if len(taken) > 0 || <-e.Failed() == nil || e.Close() != nil {
				t.Fatal("a claim in doubt was given away")
			}
			again, err := openBolt(file, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			want := map[string]quota.State{"not committed": quota.Sending, "committed": quota.Looking}[name]
			got := claim(t, again, after(5), after(9), 9)
			if len(got) != 1 || got[0].Intent.State != want {
				t.Fatalf("%+v", got)
			}
			verified(t, again)
		})
	}
}

// Tokens go on where they stopped when the file is opened again, and so do hushes and leases.
func TestOutboxReopened(t *testing.T) {
	e := openFile(t)
	file := e.db.Path()
	say(t, e, team, intent("a", "C1", monday), intent("b", "C2", monday), intent("c", "C1", after(1)))
	taken := claim(t, e, monday, after(5), 9)
	settled(t, e, taken[0], quota.Posted, monday, quota.Hush{To: "C1", Until: after(7)})
	e.Close()
	again, err := openBolt(file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	same(t, "next due", nextDue(t, again), "5m0s")
	got := claim(t, again, after(6), after(9), 9)
	same(t, "claimed", names(got), team+" b")
	same(t, "token", got[0].Intent.Token, uint64(3))
	same(t, "state", got[0].Intent.State, quota.Looking)
	same(t, "after the hush", names(claim(t, again, after(7), after(8), 9)), team+" c")
}

// Damage on the way of a claim is an error, and nothing is given away.
func TestDamagedQueue(t *testing.T) {
	for name, edit := range map[string]func(tx *bolt.Tx) error{
		"an intent that is not there": func(tx *bolt.Tx) error {
			return openTable(tx, intentsTable+" "+team).bucket.Delete([]byte("a"))
		},
		"a workspace that is not there": func(tx *bolt.Tx) error {
			return openTable(tx, dueTable).put(momentKey(monday, "T9", "a"), []byte{0})
		},
		"no tokens":          func(tx *bolt.Tx) error { return openTable(tx, tokensTable).bucket.Delete(tokenKey) },
		"no hushes":          func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte(hushesTable + " " + team)) },
		"no row of the form": func(tx *bolt.Tx) error { return openTable(tx, dueTable).put([]byte{1}, []byte{0}) },
		"a hush of no form": func(tx *bolt.Tx) error {
			return openTable(tx, hushesTable+" "+team).put(appendShort(nil, "C1"), []byte{2})
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := openFile(t)
			file := e.db.Path()
			say(t, e, team, intent("a", "C1", monday), intent("b", "C2", monday))
			e.Close()
			change(t, file, edit)
			again, err := openBolt(file, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			taken, err := again.Claim(context.Background(), monday, after(5), 9)
			oneKind(t, err, quota.ErrCorrupt)
			if len(taken) > 0 {
				t.Fatal("something was given away")
			}
			_, err = again.Verify(context.Background())
			oneKind(t, err, quota.ErrCorrupt)
		})
	}
}
