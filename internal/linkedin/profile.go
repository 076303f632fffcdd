package linkedin

import "strings"

// A Profile is one person's address, understood.
type Profile struct {
	Key   string // canonical: equal for two addresses of the same form of the same person
	Shown string // what people read, as Shown gives it
}

// What stands before the colon of a key.
const (
	vanity    = "in:"
	member    = "m:"
	recruiter = "talent:"
)

// maxAddress is the longest address that is looked at, in bytes: ours, to bound the work. It leaves a slug
// of 100 characters, at most 12 bytes each when encoded, room for as much tracking again.
const maxAddress = 4096

// Parse understands one address: of a profile in LinkedIn, Sales Navigator or Recruiter, with or without
// https://, a linkedin:// link, a profile's urn:li:, or a path that begins with /in/. It takes off what
// Slack wraps around links, brackets and quotes around it, and punctuation behind it. Queries, fragments
// and sub-pages are dropped.
//
// The error is always an *AddressError.
func Parse(address string) (Profile, error) {
	key, why := parse(address)
	if why != "" {
		return Profile{}, &AddressError{Reason: string(why)}
	}
	return Profile{Key: key, Shown: Shown(key)}, nil
}

func parse(address string) (string, reason) {
	if len(address) > maxAddress {
		return "", tooLong
	}
	address, why := unwrap(address)
	if why != "" {
		return "", why
	}
	if strings.Contains(address, ",http") || strings.Contains(address, ";http") {
		return "", joined
	}
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		address = address[:i]
	}
	if i := strings.LastIndex(address, "://"); i >= 0 && strings.Contains(address[:i], "/") {
		return "", joined
	}
	if hasPrefixFold(address, "urn:li:") {
		return urnKey(address[len("urn:li:"):])
	}
	path, why := pathOf(address)
	if why != "" {
		return "", why
	}
	return pathKey(path)
}
