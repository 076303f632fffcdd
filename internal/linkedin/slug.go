package linkedin

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSlug is the longest slug, in characters once decoded. LinkedIn Help gives 3 to 100 for a custom one.
const maxSlug = 100

// slugKey returns the key of what follows /in/, still percent-encoded.
func slugKey(raw string) (string, reason) {
	if raw == "" {
		return "", nobody
	}
	slug := raw
	if !plain(raw) {
		var why reason
		if slug, why = decode(raw); why != "" {
			return "", why
		}
		slug = trimEnd(norm.NFC.String(slug))
	}
	if tokenLike(slug) {
		if key, ok := memberKey(slug); ok {
			return key, ""
		}
		return "", brokenToken
	}
	if !plain(slug) {
		// Lower case can give letters for which NFC knows a shorter form.
		slug = norm.NFC.String(strings.ToLower(strings.ReplaceAll(slug, "İ", "i\u0307")))
	}
	if why := checkSlug(slug); why != "" {
		return "", why
	}
	return vanity + slug, ""
}

// plain reports whether a slug is its own canonical form, as most are.
func plain(slug string) bool {
	for i := range len(slug) {
		if c := slug[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-') {
			return false
		}
	}
	return true
}

// decode undoes one layer of percent-encoding.
func decode(raw string) (string, reason) {
	if !strings.Contains(raw, "%") {
		return raw, ""
	}
	s, err := url.PathUnescape(raw)
	if err != nil {
		return "", badEscape
	}
	return s, ""
}

// checkSlug says what is wrong with a slug in canonical form.
func checkSlug(slug string) reason {
	switch {
	case slug == "":
		return nobody
	case slug == "me":
		return yourself
	case strings.HasSuffix(slug, "...") || strings.HasSuffix(slug, "…"):
		return cutShort
	case !utf8.ValidString(slug):
		return badEscape
	}
	n := 0
	for _, r := range slug {
		n++
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', strings.ContainsRune("-_.'&+", r):
		case r == utf8.RuneError: // somebody else failed to decode it
			return badEscape
		case r == '%':
			return twice
		case strings.ContainsRune(`/?#\`, r):
			return hiddenSlash
		case unicode.IsControl(r), unicode.IsSpace(r):
			return spaced
		case r < utf8.RuneSelf:
			return oddSign
		}
	}
	if n > maxSlug {
		return longSlug
	}
	return ""
}
