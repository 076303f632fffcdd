package look

import (
	"fmt"
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

// operation says what an operation recorded: "3 invites", "2 InMails accepted", "restricted until Wed 18:00".
// What an invite came to is said without the word, as people do: "3 accepted".
func operation(s quota.Standing, o quota.Operation) string {
	what := Quantity(o.Quantity, o.Kind)
	switch o.Act {
	case quota.Accepted:
		return what + " accepted"
	case quota.Withdrawn:
		return what + " withdrawn"
	case quota.Declined:
		return what + " declined"
	case quota.Replied:
		if o.Quantity == 1 {
			return "1 reply to " + one(o.Kind)
		}
		return fmt.Sprintf("%d replies to %s", o.Quantity, many(o.Kind))
	case quota.Restricted:
		for _, e := range s.Journal {
			if e.Op == o.Op && e.Act == quota.Restricted {
				return "restricted until " + Moment(e.Until, s)
			}
		}
		return "restricted"
	case quota.Lifted:
		return "restriction lifted"
	}
	return counted(o.Quantity, o.Kind)
}

// ordinal is a day of a month: "1st", "14th", "31st".
func ordinal(n int) string {
	switch {
	case n/10 == 1:
	case n%10 == 1:
		return strconv.Itoa(n) + "st"
	case n%10 == 2:
		return strconv.Itoa(n) + "nd"
	case n%10 == 3:
		return strconv.Itoa(n) + "rd"
	}
	return strconv.Itoa(n) + "th"
}

// accountOf names what a type of account is to its owner: "a free account".
func accountOf(t quota.AccountType) string {
	if t == quota.Free {
		return "a free account"
	}
	return AccountName(t)
}
