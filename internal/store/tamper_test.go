package store

import (
	"context"
	"encoding/binary"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

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
	const control = "nothing"
	for name, edit := range map[string]func(tx *bolt.Tx) error{
		control: func(*bolt.Tx) error { return nil },
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
		"a removed deed": func(tx *bolt.Tx) error {
			return openTable(tx, deedsTable+" "+team).bucket.Delete(deedKey(7))
		},
		"the last deed removed": func(tx *bolt.Tx) error {
			key, _ := openTable(tx, deedsTable+" "+team).bucket.Cursor().Last()
			return openTable(tx, deedsTable+" "+team).bucket.Delete(append([]byte(nil), key...))
		},
		"a deed too many": func(tx *bolt.Tx) error {
			return openTable(tx, deedsTable+" "+team).put(deedKey(1000), appendDeed(nil, deed(1000)))
		},
		"a removed intent": func(tx *bolt.Tx) error {
			key, _ := openTable(tx, intentsTable+" "+team).bucket.Cursor().Last()
			return openTable(tx, intentsTable+" "+team).bucket.Delete(append([]byte(nil), key...))
		},
		"an intent too many": func(tx *bolt.Tx) error {
			i := full("too many")
			i.State, i.Content = quota.Posted, nil
			return openTable(tx, intentsTable+" "+team).put([]byte(i.Name), appendIntent(nil, i))
		},
		"an intent moved without its index": func(tx *bolt.Tx) error {
			return edited(tx, quota.Pending, func(i *quota.Intent) { i.Next = i.Next.Add(time.Second) })
		},
		"an intent posted behind its index": func(tx *bolt.Tx) error {
			return edited(tx, quota.Pending, func(i *quota.Intent) { i.State, i.Settled = quota.Posted, monday })
		},
		"an intent claimed behind its index": func(tx *bolt.Tx) error {
			return edited(tx, quota.Uncertain, func(i *quota.Intent) { i.State = quota.Looking })
		},
		"words that nobody will forget": func(tx *bolt.Tx) error {
			return edited(tx, quota.Posted, func(i *quota.Intent) { i.Settled = i.Settled.Add(time.Second) })
		},
		"an intent of no form": func(tx *bolt.Tx) error {
			return edited(tx, quota.Posted, func(i *quota.Intent) { i.State = 9 })
		},
		"a token that was never given": func(tx *bolt.Tx) error {
			return edited(tx, quota.Held, func(i *quota.Intent) { i.Token = 1 << 40 })
		},
		"a removed row of what is due": func(tx *bolt.Tx) error { return firstRow(tx, dueTable).remove() },
		"a row of what is due twice": func(tx *bolt.Tx) error {
			r := firstRow(tx, dueTable)
			at, workspace, name, _ := parseMomentKey(r.key)
			return r.put(momentKey(at.Add(time.Second), workspace, name), r.body)
		},
		"a changed row of what is due": func(tx *bolt.Tx) error {
			r := firstRow(tx, dueTable)
			return r.put(r.key, append([]byte{1 - r.body[0]}, r.body[1:]...))
		},
		"a removed row of what is said": func(tx *bolt.Tx) error { return firstRow(tx, saidTable).remove() },
		"a row of what is said too many": func(tx *bolt.Tx) error {
			return firstRow(tx, saidTable).put(momentKey(monday, team, "nothing"), nil)
		},
		"a removed row of what is unsaid": func(tx *bolt.Tx) error { return firstRow(tx, unsaidTable+" "+team).remove() },
		"a row of what is unsaid too many": func(tx *bolt.Tx) error {
			r := firstRow(tx, unsaidTable+" "+team)
			return r.put(unsaidKey(full("nothing")), r.body)
		},
		"a changed row of what is unsaid": func(tx *bolt.Tx) error {
			r := firstRow(tx, unsaidTable+" "+team)
			return r.put(r.key, appendTime(nil, monday.AddDate(1, 0, 0)))
		},
		"a hush of no form": func(tx *bolt.Tx) error {
			r := firstRow(tx, hushesTable+" "+team)
			return r.put(r.key, []byte{0})
		},
		"the tokens removed":                func(tx *bolt.Tx) error { return firstRow(tx, tokensTable).remove() },
		"the tokens begun again":            func(tx *bolt.Tx) error { return putToken(tx, 0) },
		"the bucket of what is due removed": func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte(dueTable)) },
		"the bucket of intents removed":     func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte(intentsTable + " T2")) },
		"the bucket of hushes removed":      func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte(hushesTable + " T2")) },
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
			if name == control {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			oneKind(t, err, quota.ErrCorrupt)
			t.Log(err)
		})
	}
}

// edited changes an intent in some state and leaves its indexes as they are.
func edited(tx *bolt.Tx, state quota.State, edit func(i *quota.Intent)) error {
	t := openTable(tx, intentsTable+" "+team)
	var found quota.Intent
	if _, err := t.scan(nil, nil, func(key, body []byte) error {
		if i, _ := parseIntent(string(key), body); i.State == state {
			found = i
		}
		return nil
	}); err != nil {
		return err
	}
	if found.Name == "" {
		return errors.New("there is none")
	}
	edit(&found)
	return t.put([]byte(found.Name), appendIntent(nil, found))
}

// A tamperedRow is the first row of a bucket.
type tamperedRow struct {
	table
	key, body []byte
}

func firstRow(tx *bolt.Tx, name string) tamperedRow {
	r := tamperedRow{table: openTable(tx, name)}
	r.scan(nil, nil, func(key, body []byte) error {
		r.key, r.body = append([]byte(nil), key...), append([]byte(nil), body...)
		return errEnough
	})
	return r
}

func (r tamperedRow) remove() error { return r.bucket.Delete(r.key) }

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
