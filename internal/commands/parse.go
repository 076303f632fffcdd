package commands

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/paceline/paceline/internal/linkedin"
	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A parsedLog is what somebody typed to log.
type parsedLog struct {
	quota.Log
	confirmed bool // more than the ceiling at once is meant
	counted   bool // a number was typed
	hinted    bool // a kind or a day was typed
}

// parseLog reads "[n] [kind] [when] [profile addresses]" in any order. Words that it does not know are an
// error, unless there are addresses: then they are text around them, and only the addresses count. Errors
// are slips. at says of which year a date without one is.
func parseLog(args []string, at time.Time) (parsedLog, error) {
	p := parsedLog{Log: quota.Log{Kind: quota.Invite, Quantity: 1}}
	if w, yes := notSent(args); yes {
		return p, notALog(w)
	}
	persons, rest, err := parsePersons(args)
	if err != nil {
		return p, err
	}
	var wrong error // the first slip
	prose := false
	today := quota.DayOf(at, time.UTC)
	var dated quota.Day
	if len(persons) == 0 { // beside an address, Jan and May are names
		var no slip
		if rest, dated, no = monthDays(rest, today); no != "" {
			return p, no
		}
	}
	for _, w := range rest {
		known, err := p.read(w)
		if !known && err == nil {
			err, prose = unknownWord(w), prose || !misspelt(w)
		}
		if wrong == nil {
			wrong = err
		}
	}
	n := len(persons)
	switch {
	case n > 0 && prose:
		p = parsedLog{Log: quota.Log{Kind: quota.Invite, Quantity: n}, confirmed: p.confirmed}
	case wrong != nil:
		return p, wrong
	case dated != 0 && !p.counted:
		return p, howMany(dated, today)
	case p.confirmed && !p.counted && n == 0:
		return p, slip("Write the number as well, as in `150 confirm`. Nothing was logged.")
	case !p.counted && n > 0:
		p.Quantity = n
	case p.Quantity < n:
		return p, slipf("You named %d people but wrote %d. Leave the number out, or write at least %d. Nothing was logged.", n, p.Quantity, n)
	}
	p.Persons = persons
	return p, nil
}

// parsePersons takes the profile addresses out of some words: their keys, each once, and what is left.
func parsePersons(args []string) (keys, rest []string, err error) {
	var words []string
	for _, w := range args {
		if wrapped(w) == len(w) {
			words = append(words, w)
		} else {
			words = append(words, strings.Fields(w)...) // quotes mean nothing here
		}
	}
	addresses := 0
	for _, w := range words {
		if linkedin.Looks(w) {
			addresses++
		}
	}
	for _, w := range words {
		switch person, err := linkedin.Parse(w); {
		case !linkedin.Looks(w):
			if addresses == 0 || !listMark(w) {
				rest = append(rest, w)
			}
		case err != nil:
			return nil, nil, badAddress(w, addresses, err)
		case !slices.Contains(keys, person.Key):
			keys = append(keys, person.Key)
		}
	}
	return keys, rest, nil
}

// listMark tells what begins a line of a list: 1. 2) - •
func listMark(w string) bool {
	digits := strings.TrimRight(w, ".)")
	return len(digits) < len(w) && len(digits) <= 3 && strings.Trim(digits, "0123456789") == "" || strings.Trim(w, "-–—*•") == ""
}

// badAddress says what is wrong with an address, and with which when there are several.
func badAddress(word string, of int, err error) slip {
	why := "That address is not one I can read."
	var bad *linkedin.AddressError
	if errors.As(err, &bad) {
		why = look.Escape(bad.Reason)
	}
	if of > 1 {
		return slipf("About %s: %s Nothing was logged.", echo(word), why)
	}
	return slipf("%s Nothing was logged.", why)
}

// read takes in one word that is no address. known is false for a word without a meaning here.
func (p *parsedLog) read(w string) (known bool, err error) {
	low := bare(w)
	if _, ok := mention(w, "@"); ok {
		return false, ownOnly
	}
	if low == "" || fillers[low] {
		return true, nil
	}
	if low == "confirm" {
		p.confirmed = true
		return true, nil
	}
	if k, ok := kindWords[low]; ok {
		return true, p.readKind(k)
	}
	if looksLikeNumber(low) {
		if p.counted {
			return true, slipf("I read two numbers there. Write one, as in `8 yesterday`; %s was the second. Nothing was logged.", echo(w))
		}
		p.Quantity, err = parseQuantity(low)
		p.counted = true
		return true, err
	}
	known, err = parseWhen(low, &p.When)
	p.hinted = p.hinted || known
	return known, err
}

// readKind takes in a kind. "2 invites with a note" and "4 page invites" name two; the special one counts.
func (p *parsedLog) readKind(k quota.Kind) error {
	switch {
	case p.Kind == quota.Invite:
		p.Kind = k
	case k != quota.Invite && k != p.Kind:
		return slip("One kind at a time, please: log each kind with a command of its own. Nothing was logged.")
	}
	p.hinted = true
	return nil
}

// misspelt reports whether a word is a slip away from a long one that a log may hold: short ones are too
// near to names, as Sue is to Tue.
func misspelt(w string) bool {
	n, ok := nearest(bare(w), logWords())
	return ok && len(n) > 4
}

const ownOnly slip = "This logs your own invites only. Leave the name out; everybody logs their own."

func unknownWord(w string) slip {
	low := bare(w)
	switch {
	case strings.HasPrefix(low, "@"):
		return ownOnly
	case inWords(low):
		return "Write the number in digits, as in `5`. Nothing was logged."
	}
	if n, ok := nearest(low, logWords()); ok {
		return slipf("I don't know %s. Did you mean `%s`? Nothing was logged.", echo(w), n)
	}
	return slipf("I don't know %s. Write it like `8`, `8 yesterday`, `3 mon 14:00`, `2 inmail`, or paste a profile address. Nothing was logged.", echo(w))
}

// looksLikeNumber tells 8, +8, -3, 1.5, 1,000, 8x and ８ from words, and from 14:00 and 2026-11-13.
func looksLikeNumber(w string) bool {
	w = strings.TrimLeft(w, "+-−–")
	first, _ := utf8.DecodeRuneInString(w)
	return unicode.IsDigit(first) && !looksLikeWhen(w)
}

// parseQuantity reads how many: a whole number from 1 to quota.MaxQuantity.
func parseQuantity(w string) (int, error) {
	digits := strings.TrimPrefix(w, "+")
	n, err := strconv.Atoi(digits)
	switch {
	case strings.HasPrefix(w, "-"), strings.HasPrefix(w, "−"), strings.HasPrefix(w, "–"):
		return 0, slip("A log is at least 1. To take something back, use `undo`; nothing was logged.")
	case err == nil && n == 0:
		return 0, slip("A log is at least 1, so 0 logs nothing. To take something back, use `undo`.")
	case err == nil && n > 0 && n <= quota.MaxQuantity:
		return n, nil
	case digits != "" && strings.Trim(digits, "0123456789") == "":
		return 0, slipf("%s is more than one log can hold (%d). Check the number; nothing was logged.", echo(w), quota.MaxQuantity)
	}
	return 0, slipf("I can't read %s as a number. Write a whole number in plain digits, as in `15`. Nothing was logged.", echo(w))
}
