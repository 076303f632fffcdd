package linkedin

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What may stand around an address and never belongs to it: brackets, quotes, marks of emphasis, and
// behind it the punctuation of the sentence.
const (
	opening = "([{\"'`*~“”„‘’«‹「『（"
	closing = ")]}\"'`*~“”’»›」』）>.,;:!?、。，；：！？"
)

// unwrap takes off white space, punctuation and Slack's wrapping: <address>, <address|label>, &amp;.
// What it returns holds no ASCII white space or control character and is not empty.
func unwrap(s string) (string, reason) {
	if strings.Contains(s, "&amp;") {
		s = strings.ReplaceAll(s, "&amp;", "&")
	}
	s = trimStart(s)
	if strings.HasPrefix(s, "_") { // Slack's italics; alone at the end it belongs to the slug
		s = trimStart(strings.TrimSuffix(trimEnd(s[1:]), "_"))
	}
	if strings.HasPrefix(s, "<") {
		inside, behind, whole := strings.Cut(s[1:], ">")
		if whole && trimEnd(behind) != "" {
			return "", joined
		}
		// The target counts, not the label. A label with spaces may have lost its end and its >.
		s, _, _ = strings.Cut(inside, "|")
		s = trimStart(s)
	}
	s = trimEnd(s)
	if s == "" {
		return "", nothing
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] == 0x7f {
			return "", spaced
		}
	}
	return s, ""
}

// trimStart takes off what stands before an address, invisible marks of direction included.
func trimStart(s string) string {
	for s != "" && !alphanumeric(s[0]) {
		if rest, ok := strings.CutPrefix(s, "&lt;"); ok {
			s = rest
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !strings.ContainsRune(opening, r) {
			break
		}
		s = s[n:]
	}
	return s
}

// trimEnd takes off what stands behind an address. An ellipsis stays: it says that the address is not whole.
// Marks of direction stay too, since slugs end in them.
func trimEnd(s string) string {
	for s != "" && !alphanumeric(s[len(s)-1]) && !strings.HasSuffix(s, "...") {
		if rest, ok := strings.CutSuffix(s, "&gt;"); ok {
			s = rest
			continue
		}
		r, n := utf8.DecodeLastRuneInString(s)
		if !unicode.IsSpace(r) && !strings.ContainsRune(closing, r) {
			break
		}
		s = s[:len(s)-n]
	}
	return s
}
