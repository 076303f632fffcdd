package look

import (
	"strconv"
	"strings"

	"github.com/paceline/paceline/internal/quota"
)

// Quantity says how many of a kind: "3 InMails"; for plain invites the number alone.
func Quantity(n int, k quota.Kind) string {
	if k == quota.Invite {
		return strconv.Itoa(n)
	}
	return counted(n, k)
}

// counted says how many of a kind, invites too: "1 invite".
func counted(n int, k quota.Kind) string {
	if n == 1 {
		return "1 " + KindName(k)
	}
	return strconv.Itoa(n) + " " + many(k)
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

// many is the name of several of a kind.
func many(k quota.Kind) string {
	if k == quota.Note {
		return "invites with a note"
	}
	return KindName(k) + "s"
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
func Title(l *quota.Limit) string {
	name := strings.TrimPrefix(l.Name, "rolling ")
	name = strings.ToUpper(name[:1]) + name[1:]
	switch l.Window.Kind {
	case quota.CalendarWeek:
		return name + ", week from Monday 00:00 UTC"
	case quota.CalendarDay:
		return name + ", your own day"
	}
	return name + ", " + span(l)
}
