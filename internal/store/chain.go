package store

import (
	"crypto/sha256"
	"encoding/binary"
)

// A chain checks that entries are numbered without gaps and that each carries the link of the one before,
// whatever the order in which they come, in constant memory. Every entry puts "number n has link l" on one
// side and "number n-1 has link l'" on the other; a beginning and an end complete them. The two sides hold
// the same statements exactly if the chain is whole. A side is the sum of the hashes of its statements.
type chain struct {
	entries       uint64
	found, wanted side
}

type side [4]uint64

func (s *side) add(seq uint64, l link) {
	var b [8 + len(l)]byte
	binary.BigEndian.PutUint64(b[:], seq)
	copy(b[8:], l[:])
	sum := sha256.Sum256(b[:])
	for i := range s {
		s[i] += binary.BigEndian.Uint64(sum[8*i:])
	}
}

// add takes in an entry with its own link and the one it carries.
func (c *chain) add(seq uint64, own, before link) {
	c.entries++
	c.found.add(seq, own)
	c.wanted.add(seq-1, before)
}

// fault says in words what is wrong with a chain that should end in an entry and its link, or "".
func (c *chain) fault(last uint64, l link) string {
	c.found.add(0, link{})
	c.wanted.add(last, l)
	switch {
	case c.entries != last:
		return "entries are missing or too many"
	case c.found != c.wanted:
		return "entries were changed, exchanged or numbered anew"
	}
	return ""
}
