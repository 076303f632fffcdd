package commands

import (
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

const (
	twoDays  slip = "I read two days there. Write one, as in `5 yesterday`. Nothing was logged."
	twoTimes slip = "I read two times there. Write one, as in `3 mon 14:00`. Nothing was logged."
)

// looksLikeWhen tells 14:00, 2026-11-13, 13/11, 13.11.2026 and 2pm from a number.
func looksLikeWhen(w string) bool {
	return w != "" && '0' <= w[0] && w[0] <= '9' &&
		(strings.ContainsAny(w, ":-–/") || strings.Count(w, ".") > 1 || strings.HasSuffix(w, "am") || strings.HasSuffix(w, "pm"))
}

// parseWhen reads one word of a day or a time, in lower case, into w. known is false for a word that is
// neither.
func parseWhen(word string, w *quota.When) (known bool, err error) {
	day, ok := parseDay(word)
	switch clock, read := parseClock(word); {
	case ok && w.Kind != quota.JustNow:
		return true, twoDays
	case ok:
		day.Clock, day.HasTime = w.Clock, w.HasTime
		*w = day
	case read && w.HasTime:
		return true, twoTimes
	case read:
		w.HasTime, w.Clock = true, clock
	case looksLikeWhen(word):
		return true, slipf("%s is not a day or time I can read. Write a date as `2026-11-13` and a time as `14:00`. Nothing was logged.", echo(word))
	default:
		return word == "now", nil
	}
	return true, nil
}

// parseClock reads 14:00, 2pm and 2:30pm, in lower case, as minutes after midnight.
func parseClock(word string) (minutes int, ok bool) {
	for _, form := range []string{"15:04", "3pm", "3:04pm"} {
		if t, err := time.Parse(form, word); err == nil && (form == "15:04" || word[0] != '0') {
			return t.Hour()*60 + t.Minute(), true
		}
	}
	return 0, false
}

// parseDay reads a day without a time.
func parseDay(word string) (quota.When, bool) {
	if d, ok := weekdayWords[word]; ok {
		return quota.When{Kind: quota.OnWeekday, Weekday: d}, true
	}
	switch word {
	case "today":
		return quota.When{Kind: quota.DaysAgo}, true
	case "yesterday":
		return quota.When{Kind: quota.DaysAgo, N: 1}, true
	case "tomorrow": // understood, to say that it has not come yet
		return quota.When{Kind: quota.DaysAgo, N: -1}, true
	}
	t, err := time.Parse("2006-1-2", word)
	return quota.When{Kind: quota.OnDate, Date: quota.DayOf(t, time.UTC)}, err == nil
}
