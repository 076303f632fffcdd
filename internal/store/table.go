package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	bolt "go.etcd.io/bbolt"
)

// The buckets of the file. Those of a workspace have its id behind a space, those of keys a day.
const (
	formatTable  = "format"
	headsTable   = "workspaces"
	entriesTable = "entries"
	personsTable = "persons"
	membersTable = "members"
	teamsTable   = "teams"
	deedsTable   = "deeds"
	intentsTable = "intents"
	unsaidTable  = "unsaid"
	hushesTable  = "hushes"
	keysTable    = "keys"
	daysTable    = "days"
	dueTable     = "due"
	saidTable    = "said"
	tokensTable  = "tokens"
)

// fileTables are the tables that every file has, spaceTables those that every workspace has.
var (
	fileTables  = []string{formatTable, headsTable, daysTable, dueTable, saidTable, tokensTable}
	spaceTables = []string{entriesTable, personsTable, membersTable, teamsTable, deedsTable, intentsTable, unsaidTable, hushesTable}
)

// errEnough is what a visitor of rows returns to see no more of them.
var errEnough = errors.New("enough")

// A table is one bucket whose values are sealed:
//
//	version (one byte) | body | CRC-32C over the bucket's name, the key, the version and the body
//
// bbolt has no checksums but in its two meta pages. A seal shows a damaged value; because it covers the
// bucket and the key it also shows a value that stands in the wrong place. What no seal can show is a row
// that damage to a page has hidden, so whoever looks for a row also checks the rows on both sides of where
// it would be. The zero bucket is an empty table.
type table struct {
	bucket *bolt.Bucket
	name   string
	seed   uint32
}

const (
	recordVersion = 1
	sealBytes     = 1 + crc32.Size
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func openTable(tx *bolt.Tx, name string) table {
	raw := []byte(name)
	return table{bucket: tx.Bucket(raw), name: name, seed: crc32.Checksum(raw, castagnoli)}
}

func makeTable(tx *bolt.Tx, name string) (table, error) {
	raw := []byte(name)
	b, err := tx.CreateBucketIfNotExists(raw)
	return table{bucket: b, name: name, seed: crc32.Checksum(raw, castagnoli)}, err
}

// put seals body and writes it.
func (t table) put(key, body []byte) error {
	v := make([]byte, 0, sealBytes+len(body))
	v = append(append(v, recordVersion), body...)
	return t.bucket.Put(key, binary.BigEndian.AppendUint32(v, t.sum(key, v)))
}

// unseal returns the body of a value. It is good until the transaction ends.
func (t table) unseal(key, value []byte) ([]byte, error) {
	if len(value) < sealBytes {
		return nil, t.damaged(key, "the value is cut short")
	}
	n := len(value) - crc32.Size
	if binary.BigEndian.Uint32(value[n:]) != t.sum(key, value[:n]) {
		return nil, t.damaged(key, "the checksum does not match")
	}
	if value[0] != recordVersion {
		return nil, t.damaged(key, fmt.Sprintf("the record has version %d, which is unknown", value[0]))
	}
	return value[1:n], nil
}

func (t table) sum(key, value []byte) uint32 {
	return crc32.Update(crc32.Update(t.seed, castagnoli, key), castagnoli, value)
}

// damaged is an error that names the bucket and the key in words.
func (t table) damaged(key []byte, what string) error {
	return corrupt("bucket %q, %s: %s", t.name, t.words(key), what)
}

// get returns the body under key.
func (t table) get(key []byte) (body []byte, found bool, err error) {
	if t.bucket == nil {
		return nil, false, nil
	}
	c := t.bucket.Cursor()
	k, v := c.Seek(key)
	if bytes.Equal(k, key) {
		body, err = t.unseal(k, v)
		return body, err == nil, err
	}
	if k, v, err = t.fence(c, k, key); err != nil || k == nil {
		return nil, false, err
	}
	if _, err = t.unseal(k, v); err == nil && bytes.Compare(k, key) <= 0 {
		err = t.damaged(k, "it stands out of order")
	}
	return nil, false, err
}

// scan visits the rows from the key from on whose keys begin with prefix, in order. It returns the key
// behind them, or nil when there is none or the visitor had enough. The rows on both sides of the range are checked as well.
func (t table) scan(from, prefix []byte, visit func(key, body []byte) error) (behind []byte, err error) {
	if t.bucket == nil {
		return nil, nil
	}
	c := t.bucket.Cursor()
	k, v := c.Seek(from)
	if !bytes.Equal(k, from) {
		if k, v, err = t.fence(c, k, from); err != nil {
			return nil, err
		}
	}
	for last := []byte(nil); k != nil; k, v = c.Next() {
		body, err := t.unseal(k, v)
		if err != nil {
			return nil, err
		}
		if bytes.Compare(k, from) < 0 || last != nil && bytes.Compare(k, last) <= 0 {
			return nil, t.damaged(k, "it stands out of order")
		}
		if !bytes.HasPrefix(k, prefix) {
			return k, nil
		}
		if err := visit(k, body); errors.Is(err, errEnough) {
			return nil, nil
		} else if err != nil {
			return nil, err
		}
		last = k
	}
	return nil, nil
}

// fence checks the row before the cursor, which stands at k after looking for from in vain, and puts the
// cursor back.
func (t table) fence(c *bolt.Cursor, k, from []byte) (key, value []byte, err error) {
	var bk, bv []byte
	if k == nil {
		bk, bv = c.Last()
	} else if bk, bv = c.Prev(); bk != nil {
		k, value = c.Next()
	} else {
		k, value = c.First()
	}
	if bk == nil {
		return k, value, nil
	}
	if _, err := t.unseal(bk, bv); err != nil {
		return nil, nil, err
	}
	if bytes.Compare(bk, from) >= 0 {
		return nil, nil, t.damaged(bk, "it stands out of order")
	}
	return k, value, nil
}
