package slackapp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxAge is how far a signature's time may lie from ours, either way: Slack's own figure.
const maxAge = 5 * time.Minute

// The ways in which a signature fails. Each is what the sender is told.
var (
	errUnsigned = errors.New("the request carries no signature of Slack's")
	errForged   = errors.New("the signature does not match; check the signing secret")
	errStale    = errors.New("the signature is more than 5 minutes off; check the clock")
)

// A secret checks signatures of version v0.
type secret struct {
	macs sync.Pool
}

func newSecret(key string) *secret {
	return &secret{macs: sync.Pool{New: func() any { return hmac.New(sha256.New, []byte(key)) }}}
}

// check returns nil when the headers sign body with the secret, at a time near at. Comparing takes the
// same time whatever differs.
func (s *secret) check(h http.Header, body []byte, at time.Time) error {
	stamps, signatures := h["X-Slack-Request-Timestamp"], h["X-Slack-Signature"]
	if len(stamps) == 0 || len(signatures) == 0 {
		return errUnsigned
	}
	given, ok := strings.CutPrefix(signatures[0], "v0=")
	if !ok || len(stamps) > 1 || len(signatures) > 1 || len(given) != 2*sha256.Size {
		return errForged
	}
	var want [sha256.Size]byte
	if _, err := hex.Decode(want[:], []byte(given)); err != nil {
		return errForged
	}
	stamp, err := strconv.ParseInt(stamps[0], 10, 64)
	if err != nil {
		return errForged
	}
	if now, age := at.Unix(), int64(maxAge/time.Second); stamp < now-age || stamp > now+age {
		return errStale
	}

	mac := s.macs.Get().(hash.Hash)
	defer s.macs.Put(mac)
	mac.Reset()
	var buf [sha256.Size + 8]byte
	head := append(append(append(buf[:0], "v0:"...), stamps[0]...), ':')
	mac.Write(head)
	mac.Write(body)
	if !hmac.Equal(mac.Sum(buf[:0]), want[:]) {
		return errForged
	}
	return nil
}
