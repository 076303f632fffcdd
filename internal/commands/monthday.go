package commands

import (
	"strings"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// monthDays writes each date among words that names its month, as "8 dec", in the form that a log reads as one word:
// 2026-12-08. Of a date without a year it is the one nearest to today; no other is both in the past and recent enough,
// and if it is neither, it is the one to be refused by name. day is the last such date, 0 when there is none.
func monthDays(words []string, today quota.Day) (out []string, day quota.Day, no slip) {
	for i := 0; i < len(words); {
		month, dom, year, n := civil(words[i:])
		if n == 0 {
			out, i = append(out, words[i]), i+1
			continue
		}
		_, numbered := monthWords[bare(words[i+1])]
		if numbered && len(words) > i+2 && !ordinal(words[i]) && ordinal(words[i+2]) { // "3 dec 8th"
			out, i = append(out, words[i]), i+1
			continue
		}
		d, ok := nearestDate(year, month, dom, today)
		if !ok {
			return words, 0, noSuchDay(year, month, dom, today)
		}
		if other, rival := rivalDay(words[i:], n); rival {
			if e, ok := nearestDate(0, month, other, today); ok {
				return words, 0, slipf("Which is the day, %d or %d? Write it as a date: `%d %s` or `%d %s`. Nothing was logged.", dom, other, other, d, dom, e)
			}
		}
		out, day, i = append(out, d.String()), d, i+n
	}
	return out, day, ""
}

// rivalDay returns the other number that may be the day of the month between them, as in "3 dec 8". n is how many
// words the date in front takes.
func rivalDay(words []string, n int) (dom int, ok bool) {
	_, month := monthWords[bare(words[1])]
	_, dom, _, m := civil(words[1:])
	return dom, month && n == 2 && m > 0 && ordinal(words[0]) == (len(words) > 2 && ordinal(words[2]))
}

// ordinal reports whether a word is a number as only days have them: 8th.
func ordinal(word string) bool {
	digits := strings.TrimRight(bare(word), "stndrh")
	return digits != bare(word) && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// nearestDate returns the day of a date; for the year 0 the one that is at most half a year from today. ok is false
// for 31 November.
func nearestDate(year int, month time.Month, dom int, today quota.Day) (d quota.Day, ok bool) {
	if year != 0 {
		return date(year, month, dom)
	}
	now := today.In(time.UTC, 0, 0).Year()
	for y := now - 1; y <= now+1; y++ {
		if d, ok := date(y, month, dom); ok && d >= today-183 && d <= today+183 {
			return d, true
		}
	}
	return 0, false
}

// noSuchDay says that a month has no such day.
func noSuchDay(year int, month time.Month, dom int, today quota.Day) slip {
	if d, ok := nearestDate(year, month, 15, today); ok {
		year = d.In(time.UTC, 0, 0).Year()
	}
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	return slipf("There is no %d %s in %d. If you mean the last of that month, write `%s`. Nothing was logged.", dom, last.Format("Jan"), year, last.Format(time.DateOnly))
}

// howMany asks for the number that was sent on a day. A date is full of numbers, and 1 would be a guess.
func howMany(d, today quota.Day) slip {
	return slipf("I read %s as the day. How many? Write that too, as in `5 %s`. Nothing was logged.", look.Date(d, today), d)
}
