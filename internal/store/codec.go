package store

import (
	"encoding/binary"
	"time"
)

// Records are made of bytes, varints and texts, a text being its length and its bytes.

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// appendTime writes t in microseconds; the zero time has a mark of its own.
func appendTime(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, 0)
	}
	return binary.AppendVarint(append(b, 1), t.UnixMicro())
}

func appendFlag(b []byte, set bool) []byte {
	if set {
		return append(b, 1)
	}
	return append(b, 0)
}

// A reader takes a record apart. The first part that does not fit spoils it: everything after that is zero
// and whole reports false.
type reader struct {
	rest    []byte
	spoiled bool
}

// whole reports whether everything fitted and nothing is left over.
func (r *reader) whole() bool { return !r.spoiled && len(r.rest) == 0 }

func (r *reader) spoil() {
	r.spoiled = true
	r.rest = nil
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.spoil()
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) byte() byte {
	if b := r.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *reader) flag() bool {
	b := r.byte()
	if b > 1 {
		r.spoil()
	}
	return b == 1
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.spoil()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

func (r *reader) int() int64 {
	v, n := binary.Varint(r.rest)
	if n <= 0 {
		r.spoil()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// count reads a number that is at most most.
func (r *reader) count(most uint64) uint64 {
	v := r.uint()
	if v > most {
		r.spoil()
		return 0
	}
	return v
}

func (r *reader) text() string { return string(r.bytes(r.uint())) }

func (r *reader) time() time.Time {
	if !r.flag() {
		return time.Time{}
	}
	return time.UnixMicro(r.int()).UTC()
}

// appendOrdered writes n in few bytes whose order is that of the numbers.
func appendOrdered(b []byte, n uint64) []byte {
	var be [8]byte
	binary.BigEndian.PutUint64(be[:], n)
	i := 0
	for i < 7 && be[i] == 0 {
		i++
	}
	return append(append(b, byte(8-i)), be[i:]...)
}

// ordered reads what appendOrdered wrote.
func (r *reader) ordered() uint64 {
	size := r.byte()
	if size < 1 || size > 8 {
		r.spoil()
		return 0
	}
	var n uint64
	for _, b := range r.bytes(uint64(size)) {
		n = n<<8 | uint64(b)
	}
	return n
}
