package quota

import (
	"encoding/binary"
	"errors"
	"time"
)

// receipt is the answer stored with a key: which entries the write made, and when.
type receipt struct {
	at          time.Time // UTC, in microseconds
	first, last uint64
	joined      bool
	made        bool
	returned    int // of an outcome: how many more were left than before it; of a Spread: Spreading.Kept
}

var errReceipt = errors.New("unreadable answer of an earlier write")

func (r receipt) bytes() []byte {
	flags := byte(0)
	if r.joined {
		flags |= 1
	}
	if r.made {
		flags |= 2
	}
	out := append(make([]byte, 0, 32), 1, flags) // the first byte is the version
	out = binary.AppendVarint(out, r.at.UnixMicro())
	out = binary.AppendUvarint(out, r.first)
	out = binary.AppendUvarint(out, r.last)
	if r.returned != 0 {
		out = binary.AppendVarint(out, int64(r.returned))
	}
	return out
}

func parseReceipt(b []byte) (receipt, error) {
	if len(b) < 2 || b[0] != 1 {
		return receipt{}, errReceipt
	}
	r := receipt{joined: b[1]&1 != 0, made: b[1]&2 != 0}
	b = b[2:]
	micro, n := binary.Varint(b)
	if n <= 0 {
		return receipt{}, errReceipt
	}
	r.at, b = time.UnixMicro(micro).UTC(), b[n:]
	if r.first, n = binary.Uvarint(b); n <= 0 {
		return receipt{}, errReceipt
	}
	b = b[n:]
	if r.last, n = binary.Uvarint(b); n <= 0 || r.last < r.first {
		return receipt{}, errReceipt
	}
	if b = b[n:]; len(b) > 0 {
		if micro, n = binary.Varint(b); n <= 0 {
			return receipt{}, errReceipt
		}
		r.returned = int(micro)
	}
	return r, nil
}
