package store

import (
	"encoding/binary"
	"hash/fnv"
	"os"
)

// bbolt writes two headers in turn and, when one of them is damaged, quietly goes on with the other: with the
// file as it was one commit ago. A commit that was acknowledged would be lost without a word. So both headers
// are read once more. A header is smaller than a sector and is written in one piece, so a crash leaves it
// whole.
const (
	headerAt    = 16 // behind the head of its page, the first and the second of the file
	headerBytes = 64 // the last eight are an FNV-1a hash of the others
	headerMagic = 0xED0CDAED
)

// checkHeaders reads the headers of a file that bbolt could open.
func checkHeaders(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return explain(file, err)
	}
	defer func() { _ = f.Close() }() // only read
	if first, ok := header(f, 0); ok {
		size := int64(binary.NativeEndian.Uint32(first[8:])) // of a page
		if _, ok := header(f, size); ok {
			return nil
		}
	}
	return corrupt("one of the two headers of %s is damaged, so what was written last may be missing; restore a snapshot, or choose another file with PACELINE_STORE", file)
}

func header(f *os.File, page int64) (h [headerBytes]byte, ok bool) {
	if _, err := f.ReadAt(h[:], page+headerAt); err != nil {
		return h, false
	}
	sum := fnv.New64a()
	sum.Write(h[:headerBytes-8])
	return h, binary.NativeEndian.Uint32(h[:]) == headerMagic && binary.NativeEndian.Uint64(h[headerBytes-8:]) == sum.Sum64()
}
