package store

import (
	"bytes"
	"context"
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

// The file of these tests: two workspaces, members, teams, persons, outcomes, deeds, intents in every state, some
// claimed, hushes, and keys of several days.
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
		if i%7 == 5 && f.Next > 1 {
			e.Act, e.Closes = quota.Accepted, f.Next-1
		}
		c := quota.Change{
			Entries: []quota.Entry{e}, Members: []quota.Member{{ID: member, Name: fmt.Sprint(i), Joined: monday, Told: at, Wants: quota.WantsRecap}},
			Teams: []quota.Team{{ID: fmt.Sprint(i % 6), Name: fmt.Sprint(i), Terms: chosen().Terms}}, Answer: fmt.Append(nil, i),
		}
		if i%4 < 2 {
			d := deed(f.NextDeed)
			d.Is = fmt.Sprint(i)
			c.Deeds = []quota.Deed{d}
		}
		if i%3 == 1 {
			n := intent(damagedIntent(i), fmt.Sprint("C", i%40), at)
			n.State, n.Content, n.Reason = quota.State(i/3%7+1), []byte("what is said, and to whom"), fmt.Sprint(i)
			if n.State.Final() {
				n.Settled = at
			}
			c.Intents = []quota.Intent{n}
		}
		return c, nil
	}
	return w
}

func damagedIntent(i int) string { return fmt.Sprint("digest/", i) }

// damagedClaims takes up some of the intents and settles some of those, with hushes.
func damagedClaims(t *testing.T, e *engine) {
	t.Helper()
	for n, c := range claim(t, e, monday.AddDate(0, 0, 6), monday.AddDate(0, 0, 30), 20) {
		if n%2 == 0 {
			settled(t, e, c, quota.Uncertain, monday.AddDate(0, 0, n), quota.Hush{To: c.Intent.To, Until: monday.AddDate(0, 0, n%9)})
		}
	}
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
	damagedClaims(t, e)
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
		need := quota.Need{Roster: true, Deeds: true, Open: true}
		for i := range damagedLogs + 9 {
			need.Intents = append(need.Intents, damagedIntent(i))
		}
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
		need.Roster, need.Intents, need.Everyone = false, nil, monday.AddDate(0, 0, 5)
		if f, err = e.Read(context.Background(), workspace, need); err != nil {
			return nil, err
		}
		all = append(all, f.Members, f.Journals, f.Intents)
	}
	at, ok, err := e.NextDue(context.Background())
	if err != nil {
		return nil, err
	}
	list, err := e.Workspaces(context.Background())
	if err != nil {
		return nil, err
	}
	all = append(all, at, ok, list)
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
// process; a child process flips, and is started again behind the flip that stopped it. PACELINE_FLIPS says
// how many flips.
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

// A key that was damaged stands in the wrong place, and a search can go astray at it: the row it hides, and
// every other row of its page, is either found or an error.
func TestFlippedKeys(t *testing.T) {
	file := damagedFile(t)
	log := slog.New(slog.DiscardHandler)
	e, err := openBolt(file, log)
	if err != nil {
		t.Fatal(err)
	}
	truth, err := everything(e)
	if err != nil {
		t.Fatal(err)
	}
	var keys [][]byte
	if err := e.db.View(func(tx *bolt.Tx) error {
		for _, name := range []string{entriesTable + " T2", personsTable + " T2", membersTable + " T2", keysTable + " 2026-11-24", daysTable, headsTable,
			deedsTable + " T2", intentsTable + " T2", unsaidTable + " T2", hushesTable + " " + team, dueTable, saidTable, tokensTable} {
			n := 0
			if _, err := openTable(tx, name).scan(nil, nil, func(key, body []byte) error {
				if n++; n%4 == 1 {
					keys = append(keys, append(append([]byte(nil), key...), recordVersion)) // a value follows
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	e.Close()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	noticed := 0
	for _, key := range keys {
		at := bytes.Index(content, key)
		for _, i := range []int{0, len(key) / 2} {
			content[at+i] ^= 0x80
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
			content[at+i] ^= 0x80
			e, err := openBolt(file, log)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := everything(e); err != nil {
				oneKind(t, err, quota.ErrCorrupt)
				noticed++
			} else if !reflect.DeepEqual(got, truth) {
				t.Errorf("byte %d of key %q: a wrong answer", i, key)
			}
			e.Close()
		}
	}
	t.Logf("%d of %d damaged keys were noticed", noticed, 2*len(keys))
}
