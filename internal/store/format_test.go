package store

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// plainFile makes a file of the first format out of the very bytes that its version wrote: testdata has every
// bucket, key and sealed value.
func plainFile(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/format1.txt")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "plain.db")
	change(t, file, func(tx *bolt.Tx) (err error) {
		var bucket *bolt.Bucket
		for line := range strings.Lines(string(text)) {
			var name string
			if n, _ := fmt.Sscanf(line, "bucket %q", &name); n == 1 {
				if bucket, err = tx.CreateBucket([]byte(name)); err != nil {
					return err
				}
				continue
			}
			key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
			k, err1 := hex.DecodeString(key)
			v, err2 := hex.DecodeString(value)
			if err := errors.Join(err1, err2, bucket.Put(k, v)); err != nil {
				return err
			}
		}
		return nil
	})
	return file
}

// What the first format holds is read as it was written, and goes on from there.
func TestPlainFormat(t *testing.T) {
	file := plainFile(t)
	ana := quota.Member{
		ID: "U1", Team: "1", Name: "Ana", Zone: "Europe/Berlin", ZoneChosen: true, Workdays: quota.DefaultWorkdays,
		Joined: monday, Left: monday.AddDate(0, 1, 0), Card: quota.Place{Channel: "D1", TS: "1732352461.000200"},
	}
	teams := []quota.Team{{ID: "1", Name: "Outreach", Channel: "C1", Managers: []string{"U2", "U1"}, Created: monday}, {ID: "2"}}
	a, b, undo := sent(1, "U1", monday, 1), sent(2, "U1", monday.Add(90*time.Minute), 60), sent(3, "U1", monday, 1)
	a.Person, undo.Person = "in/ana", "in/ana"
	b.Op, b.Recorded, b.Precision, b.Kind = 1, monday.AddDate(0, 0, 2), quota.ByDay, quota.Note
	undo.Act, undo.Undoes, undo.Recorded = quota.Undone, 1, monday.AddDate(0, 0, 1)
	log := new(strings.Builder)
	for opened := range 2 {
		e, err := openBolt(file, slog.New(slog.NewTextHandler(log, nil)))
		if err != nil {
			t.Fatal(err)
		}
		f := read(t, e, quota.Need{
			Members: []quota.Span{{Member: "U1", From: monday}}, Roster: true, Persons: []string{"in/ana"},
			Everyone: monday.Add(time.Minute), Deeds: true, Open: true, Intents: []string{"digest/1"},
		})
		same(t, "teams", f.Teams, teams)
		same(t, "members", f.Members, map[string]quota.Member{"U1": ana, "U2": {ID: "U2", Team: "1"}})
		same(t, "journals", f.Journals, map[string]quota.Journal{"U1": {a, undo, b}})
		same(t, "persons", f.Persons["in/ana"], []quota.Entry{a, undo})
		same(t, "numbers", []uint64{f.Next, f.NextDeed}, []uint64{4, uint64(opened) + 1})
		same(t, "deeds", len(f.Deeds), opened)
		same(t, "intents", len(f.Intents), opened)
		same(t, "tally", verified(t, e), quota.Tally{Workspaces: 2, Teams: 3, Members: 2, Entries: 3, Deeds: opened, Intents: opened})
		if done := put(t, e, "k1", one("U1", monday)); !done.Repeat || string(done.Answer) != "first" {
			t.Fatalf("its keys are forgotten: %+v", done)
		}
		names, err := e.Workspaces(context.Background())
		if err != nil || fmt.Sprint(names) != "[T024BE7LD T2]" {
			t.Fatal(names, err)
		}
		put(t, e, "new", func(quota.Facts) quota.Change {
			return quota.Change{Deeds: []quota.Deed{deed(1)}, Intents: []quota.Intent{intent("digest/1", "C1", monday)}}
		})
		e.Close()
	}
	if n := strings.Count(log.String(), "new format"); n != 1 {
		t.Errorf("the operator was told %d times that there is no way back:\n%s", n, log)
	}
}

// A file of the first format that lacks something is refused, and nothing is made up for it.
func TestDamagedPlainFormat(t *testing.T) {
	file := plainFile(t)
	change(t, file, func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte(personsTable + " T2")) })
	for range 2 {
		_, err := openBolt(file, slog.New(slog.DiscardHandler))
		oneKind(t, err, quota.ErrCorrupt)
	}
}

// An entry that is sent has not grown by what other entries may have; and neither has a row by what others have.
func TestRecordsStayShort(t *testing.T) {
	file := plainFile(t)
	e, err := openBolt(file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if err := e.view(context.Background(), func(tx *bolt.Tx) error {
		entries, rows := openTable(tx, entriesTable+" "+team), 0
		for _, of := range []string{entriesTable, teamsTable, membersTable} {
			table := openTable(tx, of+" "+team)
			if _, err := table.scan(nil, nil, func(key, body []byte) error {
				rows++
				var again []byte
				switch of {
				case entriesTable:
					k, _ := parseEntryKey(key)
					e, before, _ := parseEntry(k, body)
					again = appendEntry(nil, before, e)
				case teamsTable:
					v, _ := parseTeam(body)
					again = appendTeam(nil, v)
				case membersTable:
					v, _ := parseMember(string(key), body)
					again = appendMember(nil, v)
				}
				same(t, entries.words(key), again, body)
				return nil
			}); err != nil {
				return err
			}
		}
		same(t, "rows", rows, 7)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	plain := sent(123_456, "U0123456789", monday.Add(time.Hour), 1)
	lengths := map[string]int{
		"sent":       len(appendEntry(nil, link{}, plain)),
		"with key":   len(appendEntry(nil, link{}, plain)) + len(appendEntryKey(nil, plain.Member, plain.At, plain.Seq)) + sealBytes,
		"accepted":   len(appendEntry(nil, link{}, fully(t, quota.Accepted))),
		"restricted": len(appendEntry(nil, link{}, fully(t, quota.Restricted))),
		"member":     len(appendMember(nil, detailed)),
		"deed":       len(appendDeed(nil, deed(1))),
		"intent":     len(appendIntent(nil, intent("digest/1/2026-11-23", "C024BE91L", monday))),
	}
	t.Log(lengths)
	if lengths["sent"] != 23 || lengths["with key"] > 60 || lengths["accepted"] > 30 {
		t.Errorf("records have grown: %v", lengths)
	}
}

// fully is an entry of an act with everything that may go with it.
func fully(t *testing.T, act quota.Act) quota.Entry {
	t.Helper()
	e := sent(123_456, "U0123456789", monday.Add(time.Hour), 1)
	e.Act = act
	if act.Outcome() || act == quota.Undone {
		e.Closes = e.Seq - 300
	}
	if act == quota.Restricted {
		e.Until = e.At.AddDate(0, 0, 7)
	}
	if act == quota.Undone {
		e.Undoes = e.Seq - 3
	}
	if fault := faultOf(e, e.Seq); fault != "" {
		t.Fatal(fault)
	}
	return e
}

// detailed is a member's row with everything in it.
var detailed = quota.Member{
	ID: "U1", Team: "1", Name: "Ana", Zone: "Europe/Berlin", ZoneChosen: true, Workdays: quota.DefaultWorkdays,
	Joined: monday, Left: monday.AddDate(0, 1, 0), Card: quota.Place{Channel: "D1", TS: "1732352461.000200"},
	Account:     quota.Account{Type: quota.SalesNavigator, Billing: 31, New: monday, Since: monday.Add(time.Minute)},
	Own:         quota.Number{Limit: "invites", Max: 40, By: "U1", At: monday, Reason: "new account", Until: monday.AddDate(0, 2, 0)},
	Restriction: quota.Restriction{From: monday, Until: monday.AddDate(0, 0, 7)}, Told: monday.Add(time.Hour),
	Away:  quota.Away{From: quota.DayOf(monday, time.UTC), Until: quota.DayOf(monday, time.UTC) + 5},
	Quiet: quota.Quiet{From: 1080, To: 540, Until: monday.Add(5 * time.Hour)}, Wants: quota.WantsCheckIn | quota.WantsOverview,
}

// chosen is a team's row with everything in it.
func chosen() quota.Team {
	return quota.Team{
		ID: "1", Name: "Outreach", Channel: "C1", Managers: []string{"U2"}, Created: monday,
		Terms: quota.Terms{Preset: "careful", Numbers: []quota.Number{
			{Preset: "careful", Limit: "invites", Max: 80, By: "U2", At: monday, Reason: "spring", Until: monday.AddDate(0, 1, 0)},
			{Limit: "inmails", Max: quota.Off, By: "U2", At: monday, Reason: "none bought"},
		}},
		Digest: quota.Digest{Zone: "Europe/Berlin", Minute: 540, Shows: quota.ShowTotals},
	}
}

func deed(seq uint64) quota.Deed {
	return quota.Deed{
		Seq: seq, At: monday.Add(time.Duration(seq) * time.Minute), By: "U2", Team: "1", Member: "U1", What: quota.NumberChosen,
		Limit: "invites", Was: "100", Is: "80", Until: monday.AddDate(0, 1, 0), Reason: "new account",
	}
}

func intent(name, to string, next time.Time) quota.Intent {
	return quota.Intent{Name: name, To: to, Team: "1", Due: next, State: quota.Pending, Next: next}
}
