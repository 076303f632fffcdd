package linkedin

import (
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"
)

// A member token is base64url, without padding, of 29 bytes: 00, a type, 00 00, the member number as an
// unsigned 32-bit big-endian integer, 01, and 20 bytes that nobody has explained. LinkedIn documents none
// of this; it is read off tokens of all three types, and two tokens of one person agree in the number.
const (
	tokenBytes = 29
	tokenChars = 39
)

// The type byte says which product made a token.
const (
	flagship       = 0x2a // begins with ACoAA
	salesNavigator = 0x2c // ACwAA
	talent         = 0x43 // AEMAA
)

// maxToken is the longest Recruiter token that is taken, in characters: ours, and the same as for a slug.
const maxToken = maxSlug

// memberKey returns the key of the member whose number a token holds.
func memberKey(token string) (string, bool) {
	if len(token) != tokenChars {
		return "", false
	}
	var text [tokenChars]byte
	var b [tokenBytes]byte
	copy(text[:], token)
	if n, err := base64.RawURLEncoding.Decode(b[:], text[:]); err != nil || n != tokenBytes {
		return "", false
	}
	if b[0] != 0 || b[2] != 0 || b[3] != 0 || b[8] != 1 {
		return "", false
	}
	if b[1] != flagship && b[1] != salesNavigator && b[1] != talent {
		return "", false
	}
	number := binary.BigEndian.Uint32(b[4:8])
	if number == 0 {
		return "", false
	}
	key := append(make([]byte, 0, 16), member...)
	return string(strconv.AppendUint(key, uint64(number), 10)), true
}

// tokenLike reports whether what follows /in/ was meant as a token: it begins like one, or would but for
// its capitals and is just as long.
func tokenLike(slug string) bool {
	for _, begin := range [...]string{"ACoAA", "ACwAA", "AEMAA"} {
		if strings.HasPrefix(slug, begin) {
			return true
		}
	}
	if len(slug) != tokenChars {
		return false
	}
	return hasPrefixFold(slug, "acoaa") || hasPrefixFold(slug, "acwaa") || hasPrefixFold(slug, "aemaa")
}

// tokenOf returns the token at the beginning of a path, up to the first comma or parenthesis, whether or
// not it holds a number. Case is kept.
func tokenOf(path string) (string, reason) {
	raw, _ := segment(path)
	text, why := decode(raw)
	if why != "" {
		return "", why
	}
	if i := strings.IndexAny(text, ",)"); i >= 0 {
		text = text[:i]
	}
	if text == "" || len(text) > maxToken {
		return "", brokenToken
	}
	for i := range len(text) {
		if c := text[i]; !alphanumeric(c) && c != '-' && c != '_' {
			return "", brokenToken
		}
	}
	return text, ""
}
