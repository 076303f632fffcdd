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
var outcomeWords = map[string]bool{"accepted": true, "declined": true, "ignored": true, "rejected": true, "replied": true, "withdrawn": true, "withdrew": true}

// otherWords are words that in front ask for something other than a log.
var otherWords = map[string]bool{"check": true, "claim": true, "forget": true, "release": true, "restricted": true, "withdraw": true}

// notSent reports whether words tell or ask of something other than a send. "Check out Jane's profile" is how
// phones share one.
func notSent(args []string) (word string, yes bool) {
	for i, w := range args {
		low := bare(w)
		out := len(args) > i+1 && bare(args[i+1]) == "out"
		if outcomeWords[low] || i == 0 && otherWords[low] && !out {
			return w, true
		}
	}
	return "", false
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
