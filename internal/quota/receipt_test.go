package quota

import (
	"testing"
	"time"
)

func FuzzParseReceipt(f *testing.F) {
	f.Add(receipt{at: time.Unix(1795511100, 123456000), first: 7, last: 9, joined: true}.bytes())
	f.Add(receipt{at: time.Unix(-1, 0), first: 1, last: 1 << 63, made: true}.bytes())
	f.Add([]byte{1, 0, 0x80, 0x80})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := parseReceipt(b)
		if err != nil {
			return
		}
		again := r.bytes()
		if len(again) > MaxAnswer {
			t.Fatalf("%d bytes", len(again))
		}
		if s, err := parseReceipt(again); err != nil || s != r {
			t.Fatalf("%+v came back as %+v, %v", r, s, err)
		}
	})
}

func TestReceiptCutShort(t *testing.T) {
	b := receipt{at: time.Unix(1795511100, 0), first: 300, last: 301}.bytes()
	for i := range b {
		if r, err := parseReceipt(b[:i]); err == nil {
			t.Errorf("%d of %d bytes gave %+v", i, len(b), r)
		}
	}
	if r, err := parseReceipt(receipt{first: 9, last: 8}.bytes()); err == nil {
		t.Errorf("%+v ends before it begins", r)
	}
	b[0] = 2
	if _, err := parseReceipt(b); err == nil {
		t.Error("a version from the future was read")
	}
}
