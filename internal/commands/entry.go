package commands

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/linkedin"
	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A slip is a sentence that says what is wrong with what was typed, and how to mend it.
type slip string

func (s slip) Error() string { return string(s) }

func slipf(format string, args ...any) slip { return slip(fmt.Sprintf(format, args...)) }

// kindWords are the words for kinds of outreach.
var kindWords = map[string]quota.Kind{
	"invite": quota.Invite, "invites": quota.Invite, "invitation": quota.Invite, "invitations": quota.Invite,
	"note": quota.Note, "notes": quota.Note,
	"inmail": quota.InMail, "inmails": quota.InMail,
	"message": quota.Message, "messages": quota.Message, "msg": quota.Message, "msgs": quota.Message,
	"page": quota.PageInvite, "pages": quota.PageInvite,
}

// weekdayWords are the words for days of the week.
var weekdayWords = map[string]time.Weekday{
	"mon": time.Monday, "monday": time.Monday,
	"tue": time.Tuesday, "tues": time.Tuesday, "tuesday": time.Tuesday,
	"wed": time.Wednesday, "wednesday": time.Wednesday,
	"thu": time.Thursday, "thur": time.Thursday, "thurs": time.Thursday, "thursday": time.Thursday,
	"fri": time.Friday, "friday": time.Friday,
	"sat": time.Saturday, "saturday": time.Saturday,
	"sun": time.Sunday, "sunday": time.Sunday,
}

// fillers are words that people put in between and that change nothing.
var fillers = map[string]bool{"on": true, "at": true, "for": true, "with": true, "a": true, "an": true, "and": true, "the": true}

// numberWords are numbers in words, to recognise and explain.
var numberWords = map[string]bool{
	"zero": true, "one": true, "two": true, "three": true, "four": true, "five": true, "six": true, "seven": true, "eight": true,
	"nine": true, "ten": true, "eleven": true, "twelve": true, "fifteen": true, "twenty": true, "thirty": true, "forty": true,
	"fifty": true, "hundred": true, "thousand": true, "dozen": true, "minus": true, "some": true, "few": true, "many": true,
}

// parsedLog is what somebody typed to log.
type parsedLog struct {
	quota.Log
	confirmed bool
	counted   bool // a number was typed
}

// parseLog reads "[n] [kind] [when] [profile addresses]" in any order. Errors are slips.
func parseLog(args []string) (parsedLog, error) {
	p := parsedLog{Log: quota.Log{Kind: quota.Invite, Quantity: 1}}
	var unknown string
	var rest []string
	for _, w := range args {
		if id, ok := mention(w, "@"); ok && id != "" {
			return p, slip("This logs your own invites only. Leave the name out; everybody logs their own.")
		}
		if !linkedin.Looks(w) {
			rest = append(rest, w)
			continue
		}
		person, err := linkedin.Parse(w)
		if err != nil {
			var bad *linkedin.AddressError
			if errors.As(err, &bad) {
				return p, slipf("%s Nothing was logged.", look.Escape(bad.Reason))
			}
			return p, err
		}
		if !slices.Contains(p.Persons, person.Key) {
			p.Persons = append(p.Persons, person.Key)
		}
	}
	var kind, when bool
	for _, w := range rest {
		low := strings.ToLower(strings.TrimRight(w, ",;."))
		switch k, isKind := kindWords[low]; {
		case low == "" || fillers[low]:
		case low == "confirm":
			p.confirmed = true
		case isKind:
			// "2 invites with a note" and "4 page invites" name two; the special one counts.
			switch {
			case !kind || p.Kind == quota.Invite:
				p.Kind = k
			case k != quota.Invite && k != p.Kind:
				return p, slip("One kind at a time, please: log each kind with a command of its own.")
			}
			kind = true
		case looksLikeNumber(low):
			if p.counted {
				return p, slipf("I read two numbers there. Write one, as in `8 yesterday`; %s was the second.", echo(w))
			}
			n, err := parseQuantity(low)
			if err != nil {
				return p, err
			}
			p.Quantity, p.counted = n, true
		default:
			ok, err := parseWhen(low, &p.When, &when)
			if err != nil {
				return p, err
			}
			if !ok && unknown == "" {
				unknown = w
			}
		}
	}
	if unknown != "" && len(p.Persons) > 0 {
		// An address in the middle of a text, as phones share it: only the address counts.
		return parsedLog{Log: quota.Log{Kind: quota.Invite, Quantity: len(p.Persons), Persons: p.Persons}}, nil
	}
	if unknown != "" {
		return p, unknownWord(unknown)
	}
	if p.When.HasTime && !when {
		p.When.Kind = quota.DaysAgo
	}
	if len(p.Persons) > 0 && !p.counted {
		p.Quantity = len(p.Persons)
	}
	if p.Quantity < len(p.Persons) {
		return p, slipf("You named %d people but wrote %d. Leave the number out, or write at least %d.", len(p.Persons), p.Quantity, len(p.Persons))
	}
	return p, nil
}

func unknownWord(w string) slip {
	if numberWords[strings.ToLower(w)] {
		return slip("Write the number in digits, as in `5`. Nothing was logged.")
	}
	known := []string{"today", "yesterday", "undo", "help", "why"}
	for k := range kindWords {
		known = append(known, k)
	}
	for d := range weekdayWords {
		known = append(known, d)
	}
	slices.Sort(known)
	if n, ok := nearest(w, known); ok {
		return slipf("I don't know %s. Did you mean `%s`? Nothing was logged.", echo(w), n)
	}
	return slipf("I don't know %s. Write it like `8`, `8 yesterday`, `3 mon 14:00`, `2 inmail`, or paste a profile address. Nothing was logged.", echo(w))
}

// looksLikeNumber tells 8, +8, -3, 1.5, 1,000 and 8x from words, and from 14:00 and 2026-11-13.
func looksLikeNumber(w string) bool {
	w = strings.TrimLeft(w, "+-−–")
	if w == "" || w[0] < '0' || w[0] > '9' {
		return false
	}
	return !strings.ContainsAny(w, ":-")
}

// parseQuantity reads how many.
func parseQuantity(w string) (int, error) {
	digits := strings.TrimPrefix(w, "+")
	n, err := strconv.Atoi(digits)
	switch {
	case strings.HasPrefix(w, "-"), strings.HasPrefix(w, "−"), strings.HasPrefix(w, "–"):
		return 0, slip("A log is at least 1. To take something back, use `undo`; nothing was logged.")
	case err == nil && n == 0:
		return 0, slip("A log is at least 1, so 0 logs nothing. To take something back, use `undo`.")
	case err == nil && n <= quota.MaxQuantity:
		return n, nil
	case strings.Trim(digits, "0123456789") == "":
		return 0, slipf("%s is more than one log can hold (%d). Check the number; nothing was logged.", echo(w), quota.MaxQuantity)
	}
	return 0, slipf("I can't read %s as a number. Write a whole number in plain digits, as in `15`. Nothing was logged.", echo(w))
}

// parseWhen reads one word of a day or time into w. day says whether a day was named before.
func parseWhen(word string, w *quota.When, day *bool) (bool, error) {
	at := func(next quota.When) (bool, error) {
		if *day {
			return true, slip("I read two days there. Write one, as in `5 yesterday`. Nothing was logged.")
		}
		next.Clock, next.HasTime = w.Clock, w.HasTime
		*w, *day = next, true
		return true, nil
	}
	if d, ok := weekdayWords[word]; ok {
		return at(quota.When{Kind: quota.OnWeekday, Weekday: d})
	}
	switch word {
	case "now":
		return true, nil
	case "today":
		return at(quota.When{Kind: quota.DaysAgo})
	case "yesterday":
		return at(quota.When{Kind: quota.DaysAgo, N: 1})
	}
	if t, err := time.Parse("2006-1-2", word); err == nil {
		return at(quota.When{Kind: quota.OnDate, Date: quota.DayOf(t, time.UTC)})
	}
	if t, err := time.Parse("15:04", word); err == nil {
		if w.HasTime {
			return true, slip("I read two times there. Write one, as in `3 mon 14:00`. Nothing was logged.")
		}
		w.HasTime, w.Clock = true, t.Hour()*60+t.Minute()
		return true, nil
	}
	if word[0] >= '0' && word[0] <= '9' && strings.ContainsAny(word, ":-") {
		return true, slipf("%s is not a day or time I can read. Write a date as `2026-11-13` and a time as `14:00`. Nothing was logged.", echo(word))
	}
	return false, nil
}
