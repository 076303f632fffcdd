package linkedin

import "strings"

// Looks reports whether somebody who typed word meant an address, right or wrong: then Parse has the
// better answer than "unknown word". It is true for whatever Parse takes. A plain "LinkedIn." at the end
// of a sentence is a word.
func Looks(word string) bool {
	if !strings.ContainsAny(word, ".:/") {
		return false
	}
	for rest, ok := afterFold(word, "linkedin."); ok; rest, ok = afterFold(rest, "linkedin.") {
		if rest != "" && alphanumeric(rest[0]) {
			return true
		}
	}
	for _, sign := range [...]string{"://", "/in/", "lnkd.in", "urn:li:"} {
		if _, ok := afterFold(word, sign); ok {
			return true
		}
	}
	return false
}
