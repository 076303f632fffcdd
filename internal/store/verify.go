package store

import (
	"bytes"
	"context"
	"math"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// verify reads every row of the file.
func verify(ctx context.Context, tx *bolt.Tx) (quota.Tally, error) {
	var tally quota.Tally
	if err := verifyNames(tx); err != nil {
		return tally, err
	}
	heads := openTable(tx, headsTable)
	token, err := lastToken(tx)
	if err != nil {
		return tally, err
	}
	var all filed
	_, err = heads.scan(nil, nil, func(key, body []byte) error {
		h, ok := parseHead(body)
		if !ok {
			return heads.damaged(key, "the record does not fit its form")
		}
		s := &space{tx: tx, name: string(key), known: true, head: h}
		tally.Workspaces++
		tally.Entries += int(h.last)
		tally.Teams += int(h.teams)
		tally.Members += int(h.members)
		tally.Deeds += int(h.deeds)
		tally.Intents += int(h.intents)
		if err := s.verify(ctx); err != nil {
			return err
		}
		return s.verifyOutbox(ctx, token, &all)
	})
	if err == nil {
		err = all.verify(ctx, tx)
	}
	return tally, err
}

// verifyNames checks that the buckets are those that there should be, and what belongs to no workspace.
func verifyNames(tx *bolt.Tx) error {
	there, err := days(tx, math.MinInt32, math.MaxInt32)
	if err != nil {
		return err
	}
	for _, day := range there {
		if err := verifyKeys(tx, day); err != nil {
			return err
		}
	}
	n := 0
	last := []byte(nil)
	c := tx.Cursor()
	for raw, _ := c.First(); raw != nil; raw, _ = c.Next() {
		name := string(raw)
		of, workspace, _ := strings.Cut(name, " ")
		if tx.Bucket(raw) == nil || bytes.Compare(raw, last) <= 0 {
			return corrupt("%q is no bucket, or out of order", raw)
		}
		last = raw
		switch of {
		case headsTable, daysTable, dueTable, saidTable, tokensTable:
		case formatTable:
			if _, err := checkFormat(tx, "the file"); err != nil {
				return err
			}
		case keysTable:
			n++
		default:
			if !slices.Contains(spaceTables, of) {
				return corrupt("bucket %q should not be there", name)
			}
			if s, err := openSpace(tx, workspace); err != nil {
				return err
			} else if !s.known {
				return corrupt("bucket %q belongs to no workspace", name)
			}
		}
	}
	if n != len(there) {
		return corrupt("there are keys of %d days, not of %d", n, len(there))
	}
	for _, name := range fileTables {
		if tx.Bucket([]byte(name)) == nil {
			return corrupt("bucket %q is missing", name)
		}
	}
	return nil
}

func verifyKeys(tx *bolt.Tx, day quota.Day) error {
	t, err := keysOf(tx, day)
	if err != nil {
		return err
	}
	_, err = t.scan(nil, nil, func(key, body []byte) error {
		if len(key) != len(keyHash{}) || len(body) > quota.MaxAnswer {
			return t.damaged(key, "the record does not fit its form")
		}
		return nil
	})
	return err
}

func (s *space) verify(ctx context.Context) error {
	if _, err := s.teams(); err != nil {
		return err
	}
	if err := s.membersInto(make(map[string]quota.Member), quota.Need{Roster: true}); err != nil {
		return err
	}
	if _, err := s.deeds(); err != nil {
		return err
	}
	about, err := s.verifyEntries(ctx)
	if err != nil {
		return err
	}
	return s.verifyPersons(ctx, about)
}

// verifyEntries returns how many entries are about a person.
func (s *space) verifyEntries(ctx context.Context) (about int, err error) {
	t, err := s.table(entriesTable)
	if err != nil {
		return 0, err
	}
	var c chain
	if _, err := t.scan(nil, nil, func(key, body []byte) error {
		k, ok := parseEntryKey(key)
		e, before, fits := parseEntry(k, body)
		if !ok || !fits {
			return t.damaged(key, "the record does not fit its form")
		}
		if e.Person != "" {
			about++
		}
		c.add(k.seq, linkOf(s.name, key, body), before)
		return endure(ctx)
	}); err != nil {
		return 0, err
	}
	if fault := c.fault(s.head.last, s.head.link); fault != "" {
		return 0, corrupt("bucket %q, numbers 1 to %d: %s", t.name, s.head.last, fault)
	}
	return about, nil
}

// verifyPersons checks that the index leads to each of the entries that are about a person, and to no other.
func (s *space) verifyPersons(ctx context.Context, about int) error {
	index, err := s.table(personsTable)
	if err != nil {
		return err
	}
	entries, err := s.table(entriesTable)
	if err != nil {
		return err
	}
	rows := 0
	if _, err := index.scan(nil, nil, func(key, body []byte) error {
		e, err := entryBehind(index, entries, key, body)
		if err != nil {
			return err
		}
		if !bytes.Equal(key, appendPersonKey(nil, e.Person, e.Seq)) {
			return index.damaged(key, "it leads to an entry about somebody else")
		}
		rows++
		return endure(ctx)
	}); err != nil {
		return err
	}
	if rows != about {
		return corrupt("bucket %q leads to %d entries of %d", index.name, rows, about)
	}
	return nil
}

// endure gives an error when nobody waits any more.
func endure(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return unavailable("it was given up: %w", err)
	}
	return nil
}
