package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// The file of these tests: two workspaces, members, teams, persons, an undo, and keys of several days.
const (
	damagedLogs    = 400
	damagedMembers = 12
)

func damagedKey(i int) quota.Write {
	at := monday.AddDate(0, 0, i%20)
	w := quota.Write{Workspace: []string{team, "T2"}[i%2], Key: fmt.Sprint("key ", i), At: at}
	w.Decide = func(f quota.Facts) (quota.Change, error) {
		member := memberID(i / 2 % damagedMembers)
		e := sent(f.Next, member, at, i+1)
		if i%3 == 0 {
			e.Person = fmt.Sprint("in/p", i%30)
		}
		return quota.Change{
			Entries: []quota.Entry{e}, Members: []quota.Member{{ID: member, Name: fmt.Sprint(i), Joined: monday}},
			Teams: []quota.Team{{ID: fmt.Sprint(i % 6), Name: fmt.Sprint(i)}}, Answer: fmt.Append(nil, i),
		}, nil
	}
	return w
}

// damagedFile writes the file without slack: nearly every byte of it matters.
func damagedFile(t *testing.T) string {
	t.Helper()
	e := openFile(t)
	for i := range damagedLogs {
		if _, err := e.Do(context.Background(), damagedKey(i)); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "tight.db")
	tight, err := bolt.Open(file, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(bolt.Compact(tight, e.db, 0), tight.Close(), e.Close()); err != nil {
		t.Fatal(err)
	}
	return file
}

// everything reads all that the file tells to somebody who asks.
func everything(e *engine) ([]any, error) {
	var all []any
	for _, workspace := range []string{team, "T2", "T3"} {
		need := quota.Need{Roster: true}
		for i := range damagedMembers + 1 {
			need.Members = append(need.Members, quota.Span{Member: memberID(i), From: monday.AddDate(0, 0, 3)})
		}
		for i := range 31 {
			need.Persons = append(need.Persons, fmt.Sprint("in/p", i))
		}
		f, err := e.Read(context.Background(), workspace, need)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
		need.Roster = false
		if f, err = e.Read(context.Background(), workspace, need); err != nil {
			return nil, err
		}
		all = append(all, f.Members)
	}
	for i := range damagedLogs + 20 {
		w := damagedKey(i)
		if err := e.view(context.Background(), func(tx *bolt.Tx) error {
			answer, known, err := recall(tx, hashKey(w.Workspace, w.Key), w.At)
			all = append(all, string(answer), known)
			return err
		}); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Whatever bit of the file is flipped, nobody is told something wrong without an error: from the question
// itself or, where a damaged page hides rows, from Verify. bbolt trusts its pages, so some flips stop the
// process; a child process flips, and is started again behind the flip that stopped it.
func TestFlippedBits(t *testing.T) {
	if from := os.Getenv("PACELINE_FLIP_FROM"); from != "" {
		flipBits(t, os.Getenv("PACELINE_FLIP_FILE"), number(t, from), number(t, os.Getenv("PACELINE_FLIPS")))
		return
	}
	flips := 500
	if s := os.Getenv("PACELINE_FLIPS"); s != "" {
		flips = number(t, s)
	}
	file := damagedFile(t)
	verdicts := make(map[string]int)
	for next := 0; next < flips; next++ {
		c := child(t, "PACELINE_FLIP_FROM="+fmt.Sprint(next), fmt.Sprint("PACELINE_FLIPS=", flips), "PACELINE_FLIP_FILE="+file)
		out, err := c.Output()
		for line := range strings.Lines(string(out)) {
			var at int
			var verdict string
			if n, _ := fmt.Sscanf(line, "flip %d %s", &at, &verdict); n == 2 {
				verdicts[verdict]++
				next = at + 1
				if verdict == "silent" {
					t.Error(line)
				}
			}
		}
		if err == nil {
			break
		}
		verdicts["stopped"]++
	}
	t.Logf("of %d flips: %v", flips, verdicts)
	if verdicts["refused"] < flips/5 {
		t.Error("most flips had no effect; the file does not prove much")
	}
	if verdicts["stopped"] > flips/50 {
		t.Error("too many flips stop the process instead of giving an error")
	}
}

// flipBits prints what became of each flip: it had no effect, a question was refused, only Verify showed it,
// or nothing did.
func flipBits(t *testing.T, file string, from, to int) {
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	verdict := func(content []byte, truth []any) (string, []any) {
		file := filepath.Join(t.TempDir(), "flipped.db")
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(file)
		e, err := openBolt(file, log)
		if err != nil {
			return "refused", nil
		}
		defer e.Close()
		got, err := everything(e)
		_, damage := e.Verify(context.Background())
		for _, err := range []error{err, damage} {
			if err != nil {
				oneKind(t, err, quota.ErrCorrupt)
			}
		}
		switch {
		case err != nil:
			return "refused", nil
		case reflect.DeepEqual(got, truth):
			return "harmless", got
		case damage != nil:
			return "verified", got
		}
		return "silent", got
	}
	_, truth := verdict(content, nil)
	if what, _ := verdict(content, truth); what != "harmless" {
		t.Fatal("the file is damaged before anything was flipped")
	}
	for i := from; i < to; i++ {
		random := rand.New(rand.NewPCG(uint64(i), 0))
		at, bit := random.IntN(len(content)), random.IntN(8)
		content[at] ^= 1 << bit
		what, _ := verdict(content, truth)
		content[at] ^= 1 << bit
		fmt.Printf("flip %d %s (bit %d of byte %d)\n", i, what, bit, at)
	}
}

// child is this test once more, in a process of its own.
func child(t *testing.T, env ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, "-test.run=^"+t.Name()+"$")
	c.Env = append(os.Environ(), env...)
	return c
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Whoever edits the file and seals the records anew is found out by the chain.
func TestTampering(t *testing.T) {
	// numbered finds the entry with a number.
	numbered := func(tx *bolt.Tx, seq uint64) (table, quota.Entry, link, []byte) {
		entries := openTable(tx, entriesTable+" "+team)
		var found quota.Entry
		var before link
		var at []byte
		entries.scan(nil, nil, func(key, body []byte) error {
			if k, _ := parseEntryKey(key); k.seq == seq {
				found, before, _ = parseEntry(k, body)
				found.Member = string(k.member)
				at = append([]byte(nil), key...)
			}
			return nil
		})
		return entries, found, before, at
	}
	write := func(t table, e quota.Entry, before link) error {
		return t.put(appendEntryKey(nil, e.Member, e.At, e.Seq), appendEntry(nil, before, e))
	}
	for name, edit := range map[string]func(tx *bolt.Tx) error{
		"a changed quantity": func(tx *bolt.Tx) error {
			t, e, before, _ := numbered(tx, 11)
			e.Quantity++
			return write(t, e, before)
		},
		"the last entry changed": func(tx *bolt.Tx) error {
			t, e, before, _ := numbered(tx, 200)
			e.Quantity++
			return write(t, e, before)
		},
		"a removed entry": func(tx *bolt.Tx) error {
			t, _, _, key := numbered(tx, 11)
			return t.bucket.Delete(key)
		},
		"the last entry removed": func(tx *bolt.Tx) error {
			t, _, _, key := numbered(tx, 200)
			return t.bucket.Delete(key)
		},
		"an entry numbered anew": func(tx *bolt.Tx) error {
			t, e, before, key := numbered(tx, 11)
			e.Seq, e.Op = 500, 500
			return errors.Join(t.bucket.Delete(key), write(t, e, before))
		},
		"two entries exchanged": func(tx *bolt.Tx) error {
			t, a, beforeA, keyA := numbered(tx, 11)
			_, b, beforeB, keyB := numbered(tx, 13)
			a.Seq, b.Seq, a.Op, b.Op = b.Seq, a.Seq, b.Seq, a.Seq
			return errors.Join(t.bucket.Delete(keyA), t.bucket.Delete(keyB), write(t, a, beforeB), write(t, b, beforeA))
		},
		"an entry of another member": func(tx *bolt.Tx) error {
			t, e, before, key := numbered(tx, 11)
			e.Member = memberID(1)
			return errors.Join(t.bucket.Delete(key), write(t, e, before))
		},
		"an entry twice": func(tx *bolt.Tx) error {
			t, e, before, _ := numbered(tx, 11)
			e.At = e.At.AddDate(0, 0, 1)
			return write(t, e, before)
		},
		"a removed member": func(tx *bolt.Tx) error {
			return openTable(tx, membersTable+" "+team).bucket.Delete([]byte(memberID(3)))
		},
		"a removed team": func(tx *bolt.Tx) error {
			return openTable(tx, teamsTable+" "+team).bucket.Delete(teamKey(2))
		},
		"a removed row of the index": func(tx *bolt.Tx) error {
			index := openTable(tx, personsTable+" "+team)
			key, _ := index.bucket.Cursor().First()
			return index.bucket.Delete(append([]byte(nil), key...))
		},
		"a removed workspace": func(tx *bolt.Tx) error {
			return openTable(tx, headsTable).bucket.Delete([]byte(team))
		},
		"a removed bucket": func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte(entriesTable + " " + team)) },
		"a strange bucket": func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("strange")); return err },
		"a copied workspace": func(tx *bolt.Tx) error {
			heads := openTable(tx, headsTable)
			return heads.bucket.Put([]byte("T9"), append([]byte(nil), heads.bucket.Get([]byte(team))...))
		},
		"a record of a later version": func(tx *bolt.Tx) error {
			t, _, _, key := numbered(tx, 11)
			v := append([]byte(nil), t.bucket.Get(key)...)
			v[0] = recordVersion + 1
			n := len(v) - 4
			return t.bucket.Put(key, binary.BigEndian.AppendUint32(v[:n], t.sum(key, v[:n])))
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := damagedFile(t)
			change(t, file, edit)
			e, err := openBolt(file, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			_, err = e.Verify(context.Background())
			oneKind(t, err, quota.ErrCorrupt)
			t.Log(err)
		})
	}
}
