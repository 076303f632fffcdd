package store

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// An intent stands under its name. Three indexes lead to it:
//
//	due       Next | workspace | name                → whether it is claimed, and its To
//	          every intent that Claim may take up some day, of all workspaces: the earliest is the first row
//	said      Settled | workspace | name             → nothing
//	          every Posted or Cancelled intent whose words are still kept
//	unsaid W  To | claimed or not | name             → Next
//	          every intent of a workspace that is not Posted or Cancelled

// closed reports whether nothing is left of an intent but its name and its words.
func closed(s quota.State) bool { return s == quota.Posted || s == quota.Cancelled }

// claimed reports whether somebody has taken an intent up.
func claimed(s quota.State) bool { return s == quota.Sending || s == quota.Looking }

func appendIntent(b []byte, i quota.Intent) []byte {
	b = appendText(appendText(appendText(b, i.To), i.Team), i.Member)
	b = binary.AppendUvarint(b, i.Op)
	b = appendTime(appendTime(b, i.Due), i.Expires)
	b = appendTime(append(b, byte(i.State)), i.Next)
	b = binary.AppendUvarint(b, i.Token)
	b = binary.AppendUvarint(b, uint64(i.Tries))
	b = binary.AppendUvarint(b, uint64(i.Looks))
	b = append(binary.AppendUvarint(b, uint64(len(i.Content))), i.Content...)
	b = appendText(appendText(b, i.At.Channel), i.At.TS)
	return appendText(appendTime(b, i.Settled), i.Reason)
}

func parseIntent(name string, body []byte) (quota.Intent, bool) {
	r := reader{rest: body}
	i := quota.Intent{
		Name: name, To: r.text(), Team: r.text(), Member: r.text(), Op: r.uint(), Due: r.time(), Expires: r.time(),
		State: quota.State(r.byte()), Next: r.time(), Token: r.uint(),
		Tries: int(r.count(math.MaxInt32)), Looks: int(r.count(math.MaxInt32)),
	}
	if content := r.bytes(r.count(quota.MaxContent)); len(content) > 0 {
		i.Content = append([]byte(nil), content...)
	}
	i.At = quota.Place{Channel: r.text(), TS: r.text()}
	i.Settled, i.Reason = r.time(), r.text()
	return i, r.whole()
}

// appendMoment writes t in eight bytes whose order is that of the moments, in microseconds.
func appendMoment(b []byte, t time.Time) []byte {
	return binary.BigEndian.AppendUint64(b, uint64(t.UnixMicro())^1<<63)
}

func (r *reader) moment() time.Time {
	if b := r.bytes(8); len(b) == 8 {
		return time.UnixMicro(int64(binary.BigEndian.Uint64(b) ^ 1<<63)).UTC()
	}
	return time.Time{}
}

// appendShort writes a text of at most maxID bytes, so that no text runs into what follows it.
func appendShort(b []byte, s string) []byte { return append(append(b, byte(len(s))), s...) }

func (r *reader) short() string { return string(r.bytes(uint64(r.byte()))) }

// momentKey is the key of an intent in the indexes due and said.
func momentKey(t time.Time, workspace, name string) []byte {
	return append(appendShort(appendMoment(nil, t), workspace), name...)
}

func parseMomentKey(key []byte) (t time.Time, workspace, name string, ok bool) {
	r := reader{rest: key}
	t, workspace = r.moment(), r.short()
	return t, workspace, string(r.rest), !r.spoiled && usable(workspace) && usable(string(r.rest))
}

func appendDue(b []byte, i quota.Intent) []byte {
	return append(appendFlag(b, claimed(i.State)), i.To...)
}

func parseDue(key, body []byte) (t turn, ok bool) {
	if t.next, t.workspace, t.name, ok = parseMomentKey(key); !ok {
		return t, false
	}
	r := reader{rest: body}
	t.claimed = r.flag()
	t.to = string(r.rest)
	return t, !r.spoiled && len(t.to) <= maxID
}

// unsaidPrefix is what the rows of those begin with that are meant for somebody, and claimed or not.
func unsaidPrefix(to string, claimed bool) []byte { return appendFlag(appendShort(nil, to), !claimed) }

func unsaidKey(i quota.Intent) []byte { return append(unsaidPrefix(i.To, claimed(i.State)), i.Name...) }

func parseUnsaidKey(key []byte) (to, name string, ok bool) {
	r := reader{rest: key}
	to = r.short()
	r.flag()
	return to, string(r.rest), !r.spoiled && usable(string(r.rest))
}

// parseTime reads a row that is one time: the end of a lease or of a hush.
func parseTime(body []byte) (time.Time, bool) {
	r := reader{rest: body}
	t := r.time()
	return t, r.whole()
}
