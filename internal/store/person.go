package store

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/paceline/paceline/internal/quota"
)

// The index of persons leads from a profile key to the entries about it, of all members:
//
//	the first 8 bytes of the profile key's SHA-256 | Seq  →  the entry's key without its Seq
//
// The hash makes the rows short. Two profile keys may share one: the entry, which has the profile key in
// full, decides.

const personBytes = 8

func appendPerson(b []byte, person string) []byte {
	sum := sha256.Sum256([]byte(person))
	return append(b, sum[:personBytes]...)
}

func appendPersonKey(b []byte, person string, seq uint64) []byte {
	return appendOrdered(appendPerson(b, person), seq)
}

// parsePersonKey returns the number of the entry that a key of the person index leads to.
func parsePersonKey(key []byte) (seq uint64, ok bool) {
	r := reader{rest: key}
	r.bytes(personBytes)
	seq = r.ordered()
	return seq, r.whole()
}

// appendPlace writes where an entry stands.
func appendPlace(b []byte, e quota.Entry) []byte {
	w := quota.WeekOf(e.At)
	b = binary.AppendVarint(b, int64(w))
	b = appendOffset(b, w, e.At.UnixMicro())
	return append(b, e.Member...)
}

// parsePlace makes the entry's key out of where it stands.
func parsePlace(body []byte, seq uint64) (key []byte, ok bool) {
	r := reader{rest: body}
	w := quota.Week(r.int())
	offset := r.bytes(offsetBytes)
	member := r.rest
	if r.spoiled || len(member) == 0 || len(member) > maxID {
		return nil, false
	}
	key = appendMemberWeek(nil, w, string(member))
	return appendOrdered(append(key, offset...), seq), true
}
