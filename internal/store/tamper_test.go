package store

import (
	"context"
	"encoding/binary"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// Whoever edits the file and seals the records anew is found out by the chain.
func TestTampering(t *testing.T) {
	content, err := os.ReadFile(damagedFile(t))
	if err != nil {
		t.Fatal(err)
	}
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
			file := filepath.Join(t.TempDir(), "tampered.db")
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
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

// Two profile keys may share a hash; the entry tells them apart.
func TestSharedHash(t *testing.T) {
	e := openFile(t)
	file := e.db.Path()
	put(t, e, "k", func(f quota.Facts) quota.Change {
		c := one("U1", monday)(f)
		c.Entries[0].Person = "in/ana"
		return c
	})
	e.Close()
	change(t, file, func(tx *bolt.Tx) error {
		return openTable(tx, personsTable+" "+team).put(appendPersonKey(nil, "in/twin", 1), appendPlace(nil, sent(1, "U1", monday, 1)))
	})
	e, err := openBolt(file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	f := read(t, e, quota.Need{Persons: []string{"in/ana", "in/twin"}})
	if len(f.Persons["in/ana"]) != 1 || len(f.Persons["in/twin"]) != 0 {
		t.Fatalf("%+v", f.Persons)
	}
	_, err = e.Verify(context.Background()) // that row should not be there
	oneKind(t, err, quota.ErrCorrupt)
}
