package linkedin

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Shown returns what people read for a key: linkedin.com/in/foo-bar, LinkedIn member 269709976, Recruiter
// profile AEMAABAT…w7Xk. It is plain text, not escaped for Slack, and without control characters, marks of
// direction or other invisible signs, except the joiners that some scripts and emoji need. Any other text
// is returned as it is, less those.
//
// It is for the eyes only: two keys may look the same.
func Shown(key string) string {
	if slug, ok := strings.CutPrefix(key, vanity); ok {
		return "linkedin.com/in/" + visible(slug)
	}
	if number, ok := strings.CutPrefix(key, member); ok {
		return "LinkedIn member " + visible(number)
	}
	if token, ok := strings.CutPrefix(key, recruiter); ok {
		token = visible(token)
		if n := len(token); n > 16 {
			token = token[:8] + "…" + token[n-4:]
		}
		return "Recruiter profile " + token
	}
	return visible(key)
}

// visible drops what has no shape of its own.
func visible(s string) string {
	if plain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		const nonJoiner, joiner = '\u200c', '\u200d'
		switch {
		case ' ' <= r && r < 0x7f, r == nonJoiner, r == joiner:
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}
