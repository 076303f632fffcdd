package linkedin

import "strings"

// Hosts, schemes and the fixed parts of a path are compared without regard to ASCII case only: Unicode's
// folding takes K (Kelvin) for k and ſ for s, which is how look-alikes are made.

func alphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// fold returns s with A to Z in lower case. It allocates only if there are any.
func fold(s string) string {
	for i := range len(s) {
		if lower(s[i]) != s[i] {
			b := []byte(s)
			for ; i < len(b); i++ {
				b[i] = lower(b[i])
			}
			return string(b)
		}
	}
	return s
}

// hasPrefixFold reports whether s begins with prefix, which is in lower case.
func hasPrefixFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if lower(s[i]) != prefix[i] {
			return false
		}
	}
	return true
}

// afterFold returns what follows the first sub in s, which is in lower case.
func afterFold(s, sub string) (string, bool) {
	for i := 0; i+len(sub) <= len(s); i++ {
		if hasPrefixFold(s[i:], sub) {
			return s[i+len(sub):], true
		}
	}
	return "", false
}

// segment takes the first part off a path; empty parts are skipped.
func segment(path string) (first, rest string) {
	first, rest, _ = strings.Cut(strings.TrimLeft(path, "/"), "/")
	return first, rest
}
