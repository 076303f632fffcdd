package look

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Quantity says how many of a kind: "3 InMails"; for plain invites the number alone.
func Quantity(n int, k quota.Kind) string {
	switch k {
	case quota.Invite:
		return strconv.Itoa(n)
	case quota.Note:
		return strconv.Itoa(n) + " " + plural(n, "invite") + " with a note"
	}
	return strconv.Itoa(n) + " " + plural(n, KindName(k))
}

// KindName is the name of one of a kind.
func KindName(k quota.Kind) string {
	switch k {
	case quota.Note:
		return "invite with a note"
	case quota.InMail:
		return "InMail"
	case quota.PageInvite:
		return "Page invite"
	}
	return k.String()
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// Date is a civil day: "Mon 30 Nov", with the year when it is not the year of today.
func Date(d, today quota.Day) string {
	t, now := d.In(time.UTC, 0, 0), today.In(time.UTC, 0, 0)
	if t.Year() != now.Year() {
		return t.Format("Mon 2 Jan 2006")
	}
	return t.Format("Mon 2 Jan")
}

// Moment is a time in the member's zone: "10:00" today, "Wed 10:00" within the next or last six days,
// otherwise "Mon 30 Nov, 10:00".
func Moment(t time.Time, s quota.Standing) string {
	d, clock := quota.DayOf(t, s.Zone), t.In(s.Zone).Format("15:04")
	switch away := d - s.Today; {
	case away == 0:
		return clock
	case away > -7 && away < 7:
		return d.Weekday().String()[:3] + " " + clock
	}
	return Date(d, s.Today) + ", " + clock
}

// NewWeek says when the next week begins.
func NewWeek(s quota.Standing) string {
	t := quota.WeekOf(s.At).End()
	d := quota.DayOf(t, s.Zone)
	if _, offset := t.In(s.Zone).Zone(); offset == 0 {
		return fmt.Sprintf("%s, 00:00 UTC", Date(d, s.Today))
	}
	return fmt.Sprintf("%s, %s your time (00:00 UTC)", Date(d, s.Today), t.In(s.Zone).Format("15:04"))
}

// Weekdays names a set of days: "Mon to Fri", "Mon, Wed and Thu".
func Weekdays(w quota.Workdays) string {
	week := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
	var days []string
	first, last := -1, -1
	for i, d := range week {
		if w.Has(d) {
			if first < 0 {
				first = i
			}
			last = i
			days = append(days, d.String()[:3])
		}
	}
	if len(days) > 2 && last-first+1 == len(days) {
		return days[0] + " to " + days[len(days)-1]
	}
	return And(days)
}

// And joins words as a person would.
func And(words []string) string {
	switch len(words) {
	case 0:
		return "none"
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// Title names a limit for people: "Ceiling, last 7 days".
func Title(l quota.Limit) string {
	name := strings.TrimPrefix(l.Name, "rolling ")
	name = strings.ToUpper(name[:1]) + name[1:]
	switch l.Window.Kind {
	case quota.CalendarWeek:
		return name + ", week from Monday 00:00 UTC"
	case quota.Rolling:
		return name + ", " + lastDays(l.Window.Length)
	case quota.CalendarDay:
		return name + ", your own day"
	}
	return name
}

func lastDays(d time.Duration) string {
	if d%(24*time.Hour) == 0 {
		return fmt.Sprintf("last %d days", d/(24*time.Hour))
	}
	return fmt.Sprintf("last %d hours", d/time.Hour)
}

// about says the number of a limit: nobody knows LinkedIn's, so the ceiling is "about 100".
func about(l quota.Limit) string {
	if l.Force == quota.Loud {
		return "about " + strconv.Itoa(l.Max)
	}
	return strconv.Itoa(l.Max)
}
