package store

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// Operation keys stand in one bucket for each UTC day of the write's At, so that forgetting is dropping whole
// days. A repeat is looked for in the days within KeyLife before its own At, and in one more on both sides,
// for clocks that step. A table of the days says which buckets there must be: a bucket's name has no seal.

// A keyHash stands for an operation key of a workspace.
type keyHash [16]byte

func hashKey(workspace, key string) keyHash {
	sum := sha256.Sum256(append(appendText(nil, workspace), key...))
	return keyHash(sum[:16])
}

// keyDays returns the first and the last day in which a key may stand that is repeated at a moment.
func keyDays(at time.Time) (first, last quota.Day) {
	return quota.DayOf(at.Add(-quota.KeyLife), time.UTC) - 1, quota.DayOf(at, time.UTC) + 1
}

// oldestDay returns the first day that still holds a key younger than KeyLife at a moment.
func oldestDay(at time.Time) quota.Day { return quota.DayOf(at.Add(-quota.KeyLife), time.UTC) }

func appendDay(b []byte, day quota.Day) []byte {
	return binary.BigEndian.AppendUint32(b, uint32(day)^1<<31)
}

func (r *reader) day() quota.Day {
	if b := r.bytes(4); len(b) == 4 {
		return quota.Day(binary.BigEndian.Uint32(b) ^ 1<<31)
	}
	return 0
}

// days returns those from first to last that have a bucket of keys.
func days(tx *bolt.Tx, first, last quota.Day) (there []quota.Day, err error) {
	t := openTable(tx, daysTable)
	if t.bucket == nil {
		return nil, corrupt("bucket %q is missing", t.name)
	}
	_, err = t.scan(appendDay(nil, first), nil, func(key, body []byte) error {
		r := reader{rest: key}
		day := r.day()
		if !r.whole() || len(body) > 0 {
			return t.damaged(key, "the record does not fit its form")
		}
		if day <= last {
			there = append(there, day)
		}
		return nil
	})
	return there, err
}

// keysOf opens the bucket of a day that is known to have one.
func keysOf(tx *bolt.Tx, day quota.Day) (table, error) {
	t := openTable(tx, keysTable+" "+day.String())
	if t.bucket == nil {
		return t, corrupt("bucket %q is missing", t.name)
	}
	return t, nil
}

// recall finds the answer that was stored with a key, the latest if the key came back after its life.
func recall(tx *bolt.Tx, hash keyHash, at time.Time) (answer []byte, known bool, err error) {
	first, last := keyDays(at)
	there, err := days(tx, first, last)
	if err != nil {
		return nil, false, err
	}
	for _, day := range slices.Backward(there) {
		t, err := keysOf(tx, day)
		if err != nil {
			return nil, false, err
		}
		body, ok, err := t.get(hash[:])
		if err != nil {
			return nil, false, err
		}
		if ok {
			return append([]byte(nil), body...), true, nil
		}
	}
	return nil, false, nil
}

// remember stores an answer with its key.
func remember(tx *bolt.Tx, hash keyHash, at time.Time, answer []byte) error {
	day := quota.DayOf(at, time.UTC)
	t, err := makeTable(tx, keysTable+" "+day.String())
	if err != nil {
		return err
	}
	known := openTable(tx, daysTable)
	key := appendDay(nil, day)
	if _, there, err := known.get(key); err != nil {
		return err
	} else if !there {
		if err := known.put(key, nil); err != nil {
			return err
		}
	}
	return t.put(hash[:], answer)
}

// forget drops the days in which every key is older than KeyLife and reports whether there were any.
func forget(tx *bolt.Tx, at time.Time) (dropped bool, err error) {
	old, err := days(tx, math.MinInt32, oldestDay(at)-1)
	if err != nil {
		return false, err
	}
	for _, day := range old {
		if err := errors.Join(
			tx.DeleteBucket([]byte(keysTable+" "+day.String())),
			openTable(tx, daysTable).bucket.Delete(appendDay(nil, day)),
		); err != nil {
			return true, err
		}
	}
	return len(old) > 0, nil
}
