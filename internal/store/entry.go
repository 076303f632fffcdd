package store

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// An entry stands under the key
//
//	week of At | member | microseconds of At within the week | Seq
//
// so that one member's recent journal is one short seek for each week, and the weeks of a whole team are
// one ordered scan. The week is four bytes, the member a length and the bytes, the microseconds five bytes.

// offsetBytes holds the microseconds of a week: 604,800,000,000 < 2^40.
const offsetBytes = 5

func appendWeek(b []byte, w quota.Week) []byte {
	return binary.BigEndian.AppendUint32(b, uint32(w)^1<<31)
}

func (r *reader) week() quota.Week {
	if b := r.bytes(4); len(b) == 4 {
		return quota.Week(binary.BigEndian.Uint32(b) ^ 1<<31)
	}
	return 0
}

// appendMemberWeek writes what the keys of a member's entries in a week begin with. No member's beginning is
// the beginning of another's, whatever bytes the ids hold. An id is at most maxID bytes.
func appendMemberWeek(b []byte, w quota.Week, member string) []byte {
	return append(append(appendWeek(b, w), byte(len(member))), member...)
}

// appendOffset writes where in week w a moment lies, counted in microseconds.
func appendOffset(b []byte, w quota.Week, micros int64) []byte {
	n := uint64(micros - startOf(w))
	return append(b, byte(n>>32), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

func appendEntryKey(b []byte, member string, at time.Time, seq uint64) []byte {
	w := quota.WeekOf(at)
	return appendOrdered(appendOffset(appendMemberWeek(b, w, member), w, at.UnixMicro()), seq)
}

// An entryKey is the key of an entry, taken apart.
type entryKey struct {
	week   quota.Week
	member []byte
	at     time.Time
	seq    uint64
}

func parseEntryKey(key []byte) (entryKey, bool) {
	r := reader{rest: key}
	k := entryKey{week: r.week()}
	k.member = r.bytes(uint64(r.byte()))
	var offset int64
	for _, b := range r.bytes(offsetBytes) {
		offset = offset<<8 | int64(b)
	}
	k.seq = r.ordered()
	k.at = time.UnixMicro(startOf(k.week) + offset).UTC()
	return k, r.whole()
}

// appendEntry writes the record of e: the link to the entry before it, and what the key does not say. Times,
// days and numbers are told by their distance from At and Seq, which is short.
func appendEntry(b []byte, before link, e quota.Entry) []byte {
	b = append(b, before[:]...)
	b = append(b, byte(e.Kind), byte(e.Act)<<4|byte(e.Precision))
	b = binary.AppendUvarint(b, uint64(e.Quantity))
	b = binary.AppendUvarint(b, e.Seq-e.Op)
	b = binary.AppendVarint(b, e.Recorded.UnixMicro()-e.At.UnixMicro())
	b = binary.AppendVarint(b, int64(e.Day)-int64(dayOf(e.At.UnixMicro())))
	b = appendText(b, e.Person)
	if e.Act == quota.Undone {
		b = binary.AppendUvarint(b, e.Seq-e.Undoes)
	}
	return appendEnds(b, e)
}

// What few entries have stands behind everything else, after a byte that says what it is. Most records have
// none of it, and so do all that were written before there was any.
const (
	hasCloses = 1 << iota
	hasUntil
)

func appendEnds(b []byte, e quota.Entry) []byte {
	has := byte(0)
	if e.Closes != 0 {
		has |= hasCloses
	}
	if !e.Until.IsZero() {
		has |= hasUntil
	}
	if has == 0 {
		return b
	}
	b = append(b, has)
	if has&hasCloses != 0 {
		b = binary.AppendUvarint(b, e.Seq-e.Closes)
	}
	if has&hasUntil != 0 {
		b = binary.AppendVarint(b, e.Until.UnixMicro()-e.At.UnixMicro())
	}
	return b
}

func (r *reader) endsInto(e *quota.Entry) {
	if len(r.rest) == 0 {
		return
	}
	has := r.byte()
	if has == 0 || has > hasCloses|hasUntil {
		r.spoil()
	}
	if has&hasCloses != 0 {
		e.Closes = e.Seq - r.count(e.Seq)
	}
	if has&hasUntil != 0 {
		e.Until = time.UnixMicro(e.At.UnixMicro() + r.int()).UTC()
	}
}

// startOf returns the microsecond with which a week begins: quota.Week.Start without a calendar.
func startOf(w quota.Week) int64 {
	const day = 24 * 60 * 60 * 1_000_000
	return (4 + 7*int64(w)) * day // week 0 begins on 1970-01-05
}

// dayOf returns the day of a microsecond in UTC: quota.DayOf without a calendar.
func dayOf(micros int64) quota.Day {
	const day = 24 * 60 * 60 * 1_000_000
	d := micros / day
	if micros%day < 0 {
		d--
	}
	return quota.Day(d)
}

// parseEntry reads a record of an entry back. The member is left for the caller, who often knows it already.
func parseEntry(k entryKey, body []byte) (e quota.Entry, before link, ok bool) {
	r := reader{rest: body}
	copy(before[:], r.bytes(uint64(len(before))))
	e = quota.Entry{Seq: k.seq, At: k.at, Kind: quota.Kind(r.byte())}
	act := r.byte()
	e.Act, e.Precision = quota.Act(act>>4), quota.Precision(act&0xf)
	e.Quantity = int(r.count(math.MaxInt32))
	e.Op = k.seq - r.count(k.seq)
	e.Recorded = time.UnixMicro(k.at.UnixMicro() + r.int()).UTC()
	day := int64(dayOf(k.at.UnixMicro())) + r.int()
	if day < math.MinInt32 || day > math.MaxInt32 {
		r.spoil()
	}
	e.Day = quota.Day(day)
	e.Person = r.text()
	if e.Act == quota.Undone {
		e.Undoes = k.seq - r.count(k.seq)
	}
	r.endsInto(&e)
	return e, before, r.whole()
}

// A link is the hash of an entry: the first 16 bytes of SHA-256 over its workspace, its key and its record,
// which holds the link of the entry before it. Sixteen bytes are enough: whoever can write the file can
// write the whole chain anew, so a link need only withstand accidents and single forged records, and it is
// the largest part of a record.
type link [16]byte

func linkOf(workspace string, key, body []byte) link {
	b := make([]byte, 0, 256)
	b = appendText(b, workspace)
	b = binary.AppendUvarint(b, uint64(len(key)))
	b = append(append(b, key...), body...)
	sum := sha256.Sum256(b)
	return link(sum[:16])
}
