package commands

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A calendar reads days that people type of one who lives on today. Such a day has one to three words: fri,
// tomorrow, 2026-12-18, 1 dec, dec 1, 1 dec 2027.
type calendar struct{ today quota.Day }

// ahead reads the day with which words begin: the first that fits from a day on. n is how many words it took,
// 0 when they begin with no day. A date with its year, and yesterday, may lie in the past.
func (c calendar) ahead(words []string, from quota.Day) (d quota.Day, n int) {
	if d, ok := c.named(words); ok {
		return d, 1
	}
	if len(words) == 0 {
		return 0, 0
	}
	if w, ok := weekdayWords[bare(words[0])]; ok {
		return from + quota.Day((w-from.Weekday()+7)%7), 1
	}
	month, day, year, n := civil(words)
	for y := from.In(time.UTC, 0, 0).Year(); year == 0 && n > 0 && y < from.In(time.UTC, 0, 0).Year()+9; y++ {
		if d, ok := date(y, month, day); ok && d >= from {
			return d, n
		}
	}
	return dated(year, month, day, n)
}

// yearBefore returns the day that ahead would have read of a date without a year, had it not come before from. over
// is true when that is the likelier one: the day it read, d, is more than half a year away.
func (c calendar) yearBefore(words []string, from, d quota.Day) (was quota.Day, over bool) {
	month, day, year, n := civil(words)
	was, ok := date(d.In(time.UTC, 0, 0).Year()-1, month, day)
	return was, n > 0 && year == 0 && ok && d > from+183
}

// upcoming reads as ahead does from today on, but a date without a year that has just gone by as that.
func (c calendar) upcoming(words []string) (d quota.Day, n int) {
	d, n = c.ahead(words, c.today)
	if was, over := c.yearBefore(words, c.today, d); over {
		d = was
	}
	return d, n
}

// past says of the day with which words begin that it has just gone by, when it is a date without a year; "" for
// another. fix is what to write if next year is meant, with %s for the date.
func (c calendar) past(words []string, fix string) slip {
	d, _ := c.ahead(words, c.today)
	was, over := c.yearBefore(words, c.today, d)
	if !over {
		return ""
	}
	return slipf("%s is over already. If you mean next year, write `%s`.", look.Date(was, c.today), fmt.Sprintf(fix, d))
}

// back reads the day with which words begin: the latest that fits, today included.
func (c calendar) back(words []string) (d quota.Day, n int) {
	if d, ok := c.named(words); ok {
		return d, 1
	}
	if len(words) == 0 {
		return 0, 0
	}
	if w, ok := weekdayWords[bare(words[0])]; ok {
		return c.today - quota.Day((c.today.Weekday()-w+7)%7), 1
	}
	month, day, year, n := civil(words)
	for y := c.today.In(time.UTC, 0, 0).Year(); year == 0 && n > 0 && y > c.today.In(time.UTC, 0, 0).Year()-9; y-- {
		if d, ok := date(y, month, day); ok && d <= c.today {
			return d, n
		}
	}
	return dated(year, month, day, n)
}

// named reads a day that is the same whichever way one looks.
func (c calendar) named(words []string) (quota.Day, bool) {
	if len(words) == 0 {
		return 0, false
	}
	switch w, ok := parseDay(bare(words[0])); {
	case ok && w.Kind == quota.OnDate:
		return w.Date, true
	case ok && w.Kind == quota.DaysAgo:
		return c.today - quota.Day(w.N), true
	}
	return 0, false
}

// civil reads "1 dec", "dec 1st" or "1 dec 2027"; the year is 0 when it is left out, n when there is no date.
func civil(words []string) (month time.Month, day, year, n int) {
	if len(words) < 2 {
		return 0, 0, 0, 0
	}
	first, second := bare(words[0]), bare(words[1])
	month, ok := monthWords[second]
	if !ok {
		month, ok = monthWords[first]
		first = second
	}
	day, err := strconv.Atoi(strings.TrimRight(first, "stndrh"))
	if !ok || err != nil || day < 1 || day > 31 {
		return 0, 0, 0, 0
	}
	if len(words) > 2 {
		if y, err := strconv.Atoi(bare(words[2])); err == nil && y >= 2000 && y < 3000 {
			return month, day, y, 3
		}
	}
	return month, day, 0, 2
}

// dated returns a day of a given year; n is 0 when there is none.
func dated(year int, month time.Month, day, n int) (quota.Day, int) {
	if year == 0 || n == 0 {
		return 0, 0
	}
	d, ok := date(year, month, day)
	if !ok {
		return 0, 0
	}
	return d, n
}

// date returns the day of a date; ok is false for 31 February.
func date(year int, month time.Month, day int) (quota.Day, bool) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return quota.DayOf(t, time.UTC), t.Day() == day
}

// dropped returns words without some that mean nothing there.
func dropped(words []string, nothing ...string) []string {
	var out []string
	for _, w := range words {
		low := bare(w)
		skip := low == ""
		for _, n := range nothing {
			skip = skip || low == n
		}
		if !skip {
			out = append(out, low)
		}
	}
	return out
}
