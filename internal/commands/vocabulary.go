package commands

import (
	"slices"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

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

// dayWords are the other words for days.
var dayWords = map[string]bool{"now": true, "today": true, "tomorrow": true, "yesterday": true}

// outcomeWords are words for what became of a send. Wherever they stand, the text tells of no new one.
var outcomeWords = map[string]quota.Act{
	"accepted": quota.Accepted, "answered": quota.Replied, "declined": quota.Declined, "replied": quota.Replied,
	"withdrawn": quota.Withdrawn, "withdrew": quota.Withdrawn,
	"acceptances": quota.Accepted, "accepts": quota.Accepted, "declines": quota.Declined, "replies": quota.Replied, "withdrawals": quota.Withdrawn,
}

// insteadWords are words that people use for an outcome, with what to write instead.
var insteadWords = map[string]slip{
	"ignored":  "LinkedIn does not say who ignores an invite: it stays open here until it is answered, or for about 180 days. If you took it back, write `withdrawn 3`. Nothing was recorded.",
	"rejected": "If they said no, write `declined 3`. Invites without an answer simply stay open. Nothing was recorded.",
	"withdraw": "I never touch LinkedIn, so I cannot withdraw an invite. Once you have done it there, `withdrawn 3` records it. Nothing was recorded.",
}

// monthWords are the words for months.
var monthWords = map[string]time.Month{
	"jan": time.January, "january": time.January, "feb": time.February, "february": time.February, "mar": time.March, "march": time.March,
	"apr": time.April, "april": time.April, "may": time.May, "jun": time.June, "june": time.June, "jul": time.July, "july": time.July,
	"aug": time.August, "august": time.August, "sep": time.September, "sept": time.September, "september": time.September,
	"oct": time.October, "october": time.October, "nov": time.November, "november": time.November, "dec": time.December, "december": time.December,
}

// smallWords are words around an outcome that change nothing.
var smallWords = map[string]bool{
	"been": true, "by": true, "got": true, "has": true, "have": true, "me": true, "mine": true, "people": true, "they": true, "was": true, "were": true,
}

// negations are words that turn an outcome into its opposite.
var negations = map[string]bool{"no": true, "nobody": true, "not": true, "never": true, "without": true, "yet": true}

// otherWords are words that in front ask for something other than a log.
var otherWords = map[string]bool{"check": true, "claim": true, "forget": true, "release": true}

// notSent reports whether words tell or ask of something other than a send. "Check out Jane's profile" is how
// phones share one.
func notSent(args []string) (word string, yes bool) {
	for i, w := range args {
		low := bare(w)
		out := len(args) > i+1 && bare(args[i+1]) == "out"
		_, outcome := outcomeWords[low]
		_, instead := insteadWords[low]
		if outcome || instead || i == 0 && otherWords[low] && !out {
			return w, true
		}
	}
	return "", false
}

// notALog says what to write for a word that tells or asks of something other than a send.
func notALog(word string) slip {
	low := bare(word)
	if say, ok := insteadWords[low]; ok {
		return say
	}
	if act, ok := outcomeWords[low]; ok {
		return slipf("%s tells what became of something sent. Write it alone, as in `%s 3`; what was sent, as in `5`. Nothing was recorded.", echo(word), outcomeVerb(act))
	}
	return slipf("I can't do %s yet: I only log what was sent. Nothing was logged.", echo(word))
}

// greetings are words that want no more than a friendly answer, and how that begins.
var greetings = map[string]string{
	"hello": "Hello!", "hey": "Hello!", "hi": "Hello!", "hiya": "Hello!", "morning": "Good morning!",
	"ok": "Good.", "okay": "Good.", "thanks": "You're welcome.", "thank": "You're welcome.", "thx": "You're welcome.", "ty": "You're welcome.",
}

// fillers are words that people put in between and that change nothing.
var fillers = map[string]bool{
	"a": true, "an": true, "and": true, "at": true, "for": true, "from": true, "i": true, "in": true, "just": true,
	"linkedin": true, "more": true, "my": true, "new": true, "of": true, "on": true, "please": true, "pls": true, "sent": true, "the": true, "to": true,
	"via": true, "with": true,
}

// numberWords are numbers in words, to recognise and explain.
var numberWords = map[string]bool{
	"zero": true, "none": true, "one": true, "two": true, "three": true, "four": true, "five": true, "six": true, "seven": true,
	"eight": true, "nine": true, "ten": true, "eleven": true, "twelve": true, "thirteen": true, "fourteen": true, "fifteen": true,
	"sixteen": true, "seventeen": true, "eighteen": true, "nineteen": true, "twenty": true, "thirty": true, "forty": true,
	"fifty": true, "sixty": true, "seventy": true, "eighty": true, "ninety": true, "hundred": true, "thousand": true,
	"dozen": true, "couple": true, "minus": true, "some": true, "few": true, "many": true,
}

// inWords reports whether a word is a number in words: five, twenty-five.
func inWords(low string) bool {
	for part := range strings.SplitSeq(low, "-") {
		if !numberWords[part] {
			return false
		}
	}
	return true
}

// logWords are all the words that a log may hold, for the nearest of them.
func logWords() []string {
	known := []string{"confirm", "help", "today", "undo", "why", "yesterday"}
	for k := range kindWords {
		known = append(known, k)
	}
	for d := range weekdayWords {
		known = append(known, d)
	}
	slices.Sort(known)
	return known
}
