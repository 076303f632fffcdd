package commands

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// plainLog is a log of n of a kind, just now.
func plainLog(n int, k quota.Kind, persons ...string) quota.Log {
	return quota.Log{Kind: k, Quantity: n, Persons: persons}
}

func TestParseLog(t *testing.T) {
	on := func(w quota.When) quota.Log { return quota.Log{Kind: quota.Invite, Quantity: 3, When: w} }
	friday := quota.When{Kind: quota.OnWeekday, Weekday: time.Friday}
	date := quota.When{Kind: quota.OnDate, Date: quota.DayOf(time.Date(2026, 11, 13, 0, 0, 0, 0, time.UTC), time.UTC)}
	timed := func(w quota.When, clock int) quota.When { w.HasTime, w.Clock = true, clock; return w }
	many := strings.Repeat("https://www.linkedin.com/in/jane-doe ", 30)
	for in, want := range map[string]quota.Log{
		"":                      plainLog(1, quota.Invite),
		"8":                     plainLog(8, quota.Invite),
		"08":                    plainLog(8, quota.Invite),
		"+5":                    plainLog(5, quota.Invite),
		"5,":                    plainLog(5, quota.Invite),
		"5.":                    plainLog(5, quota.Invite),
		"*5*":                   plainLog(5, quota.Invite),
		"(5)":                   plainLog(5, quota.Invite),
		"1000":                  plainLog(1000, quota.Invite),
		"\u200b5\u200b":         plainLog(5, quota.Invite),
		"5\x00":                 plainLog(5, quota.Invite),
		"\u202e5":               plainLog(5, quota.Invite),
		`"5"`:                   plainLog(5, quota.Invite),
		"“5”":                   plainLog(5, quota.Invite),
		`"5 inmails"`:           plainLog(5, quota.InMail),
		"5 now":                 plainLog(5, quota.Invite),
		"just sent 5 more":      plainLog(5, quota.Invite),
		"i sent 5":              plainLog(5, quota.Invite),
		"5 LinkedIn invites":    plainLog(5, quota.Invite),
		"2 inmail":              plainLog(2, quota.InMail),
		"inmail":                plainLog(1, quota.InMail),
		"2 invites with a note": plainLog(2, quota.Note),
		"a note and 2 invites":  plainLog(2, quota.Note),
		"4 page invites":        plainLog(4, quota.PageInvite),
		"invites page 4":        plainLog(4, quota.PageInvite),

		"3 fri":               on(friday),
		"fri 3":               on(friday),
		"3 on Fri.":           on(friday),
		"3 fri 14:00":         on(timed(friday, 14*60)),
		"14:00 3 fri":         on(timed(friday, 14*60)),
		"14:00 fri 3":         on(timed(friday, 14*60)),
		"3 fri at 9:05":       on(timed(friday, 9*60+5)),
		"3 2026-11-13":        on(date),
		"2026-11-13 08:30 3":  on(timed(date, 8*60+30)),
		"3 today":             on(quota.When{Kind: quota.DaysAgo}),
		"3 yesterday 23:59":   on(timed(quota.When{Kind: quota.DaysAgo, N: 1}, 23*60+59)),
		"3 0:00":              on(timed(quota.When{}, 0)),
		"3 2pm":               on(timed(quota.When{}, 14*60)),
		"3 fri 12:30PM":       on(timed(friday, 12*60+30)),
		"12am fri 3":          on(timed(friday, 0)),
		"3 13 nov":            on(date),
		"13th Nov, 3":         on(date),
		"nov 13th, 3":         on(date),
		"3 nov 13th":          on(date),
		"3 on november 13":    on(date),
		"3 13 nov 2026":       on(date),
		"8:30 3 13 nov":       on(timed(date, 8*60+30)),
		"40 nov 13":           {Kind: quota.Invite, Quantity: 40, When: date},
		"2 inmail 13 nov":     {Kind: quota.InMail, Quantity: 2, When: date},
		"for yesterday 3":     on(quota.When{Kind: quota.DaysAgo, N: 1}),
		"3 for today at 8:00": on(timed(quota.When{Kind: quota.DaysAgo}, 8*60)),

		"https://www.linkedin.com/in/jane-doe":                             plainLog(1, quota.Invite, "in:jane-doe"),
		"<https://www.linkedin.com/in/jane-doe>":                           plainLog(1, quota.Invite, "in:jane-doe"),
		"<https://www.linkedin.com/in/jane-doe?a=1&amp;b=2>":               plainLog(1, quota.Invite, "in:jane-doe"),
		"<https://www.linkedin.com/in/jane-doe|Jane Doe, 3rd>":             plainLog(1, quota.Invite, "in:jane-doe"),
		"<http://linkedin.com/in/jane|linkedin.com/in/jane> 4":             plainLog(4, quota.Invite, "in:jane"),
		"linkedin.com/in/b linkedin.com/in/a linkedin.com/in/B":            plainLog(2, quota.Invite, "in:b", "in:a"),
		"linkedin.com/in/b, linkedin.com/in/a.":                            plainLog(2, quota.Invite, "in:b", "in:a"),
		"<https://linkedin.com/in/b><https://linkedin.com/in/a>":           plainLog(2, quota.Invite, "in:b", "in:a"),
		"(<https://linkedin.com/in/b>)":                                    plainLog(1, quota.Invite, "in:b"),
		"inmail to linkedin.com/in/a":                                      plainLog(1, quota.InMail, "in:a"),
		"2 note linkedin.com/in/a linkedin.com/in/b":                       plainLog(2, quota.Note, "in:a", "in:b"),
		"1. linkedin.com/in/a\n2. linkedin.com/in/b\n3) linkedin.com/in/c": plainLog(3, quota.Invite, "in:a", "in:b", "in:c"),
		"- linkedin.com/in/a\n• linkedin.com/in/b":                         plainLog(2, quota.Invite, "in:a", "in:b"),
		"Great talk with Jane today at 3 events linkedin.com/in/a":         plainLog(1, quota.Invite, "in:a"),
		"Met 3 of 5 people, 2 inmail and a message linkedin.com/in/a":      plainLog(1, quota.Invite, "in:a"),
		`"Jane Doe https://linkedin.com/in/a"`:                             plainLog(1, quota.Invite, "in:a"),
		"🚀 linkedin.com/in/a":                                              plainLog(1, quota.Invite, "in:a"),
		"by <@U1> linkedin.com/in/a says":                                  plainLog(1, quota.Invite, "in:a"),
		"Jan 2nd linkedin.com/in/a":                                        plainLog(1, quota.Invite, "in:a"), // a name and LinkedIn's degree
		"Sue linkedin.com/in/a":                                            plainLog(1, quota.Invite, "in:a"),
		many:                                                               plainLog(1, quota.Invite, "in:jane-doe"),
	} {
		got, err := parseLog(fields(in), tuesday)
		if err != nil {
			t.Errorf("%q: %v", in, err)
		} else if !reflect.DeepEqual(got.Log, want) {
			t.Errorf("%q: got %+v, want %+v", in, got.Log, want)
		}
	}
}

func TestParseLogVocabulary(t *testing.T) {
	for word, kind := range kindWords {
		for _, in := range []string{"4 " + word, word + " 4", strings.ToUpper(word) + ", 4", "a " + word + " 4"} {
			if got, err := parseLog(fields(in), tuesday); err != nil || got.Kind != kind || got.Quantity != 4 || got.When != (quota.When{}) || !got.hinted {
				t.Errorf("%q: %+v, %v", in, got, err)
			}
		}
	}
	for word, day := range weekdayWords {
		if got, err := parseLog(fields("4 "+word), tuesday); err != nil || got.When != (quota.When{Kind: quota.OnWeekday, Weekday: day}) || got.Quantity != 4 {
			t.Errorf("%q: %+v, %v", word, got, err)
		}
	}
	for word := range fillers {
		if got, err := parseLog([]string{word, "4"}, tuesday); err != nil || got.Quantity != 4 || got.hinted {
			t.Errorf("%q: %+v, %v", word, got, err)
		}
		if v, ok := find(word); ok && v.name != "sent" || kindWords[word] != 0 {
			t.Errorf("the filler %q means something", word)
		}
	}
	for word := range numberWords {
		if _, err := parseLog([]string{word}, tuesday); err == nil || !strings.Contains(err.Error(), "in digits") {
			t.Errorf("%q: %v", word, err)
		}
	}
}

func TestParseLogOrder(t *testing.T) {
	words := []string{"3", "note", "fri", "14:00", "linkedin.com/in/a", "for"}
	want, err := parseLog(words, tuesday)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	var turn func(k int)
	turn = func(k int) {
		if k == len(words) {
			n++
			if got, err := parseLog(words, tuesday); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%q: %+v, %v", words, got, err)
			}
			return
		}
		for i := k; i < len(words); i++ {
			words[k], words[i] = words[i], words[k]
			turn(k + 1)
			words[k], words[i] = words[i], words[k]
		}
	}
	turn(0)
	if n != 720 {
		t.Errorf("%d orders", n)
	}
}

func TestParseLogSlips(t *testing.T) {
	for in, want := range map[string]string{
		"0":                                     "0 logs nothing",
		"-3":                                    "at least 1",
		"−3":                                    "at least 1",
		"–3":                                    "at least 1",
		"+-3":                                   "can't read",
		"+":                                     "I don't know",
		"1001":                                  "more than one log can hold (1000)",
		"99999999999999999999":                  "more than one log can hold",
		"1.5":                                   "whole number in plain digits",
		"1,000":                                 "whole number in plain digits",
		"0x10":                                  "whole number in plain digits",
		"1e3":                                   "whole number in plain digits",
		"8x":                                    "whole number in plain digits",
		"１２":                                    "whole number in plain digits",
		"١٢":                                    "whole number in plain digits",
		".5":                                    "I don't know",
		"3 4":                                   "two numbers",
		"five":                                  "in digits",
		"twenty-five":                           "in digits",
		"a dozen":                               "in digits",
		"3 mon tue":                             "two days",
		"3 today yesterday":                     "two days",
		"3 2026-11-13 mon":                      "two days",
		"3 mon 14:00 15:00":                     "two times",
		"3 25:00":                               "not a day or time",
		"3 14:60":                               "not a day or time",
		"3 24:00":                               "not a day or time",
		"3 2026-02-30":                          "not a day or time",
		"3 13/11":                               "not a day or time",
		"3 13.11.2026":                          "not a day or time",
		"3 14pm":                                "not a day or time",
		"3 0am":                                 "not a day or time",
		"3 2pm 15:00":                           "two times",
		"8 dec":                                 "I read Tue 8 Dec as the day. How many? Write that too, as in `5 2026-12-08`.",
		"inmail on dec 8":                       "How many?",
		"8 dec 2026":                            "I read Tue 8 Dec as the day",
		"3 dec 8 14:00":                         "Which is the day, 3 or 8?",
		"3 dec 8":                               "Which is the day, 3 or 8? Write it as a date: `8 2026-12-03` or `3 2026-12-08`.",
		"5 31 nov":                              "There is no 31 Nov in 2026. If you mean the last of that month, write `2026-11-30`.",
		"1 29 feb":                              "There is no 29 Feb in 2027. If you mean the last of that month, write `2027-02-28`.",
		"3 mon 13 nov":                          "two days",
		"3 4 13 nov":                            "two numbers",
		"3 dec":                                 "How many?",
		"dec 3 mon":                             "two days",
		"5 dec.":                                "How many?",
		"5 decem 4":                             "I don't know “decem”",
		"nov 13 dec 3":                          "two days",
		"3 10-15":                               "not a day or time",
		"3 yestrday":                            "Did you mean `yesterday`",
		"3 inmial":                              "Did you mean `inmail`",
		"unod":                                  "Did you mean `undo`",
		"3 🚀":                                   "I don't know “🚀”",
		"3 :rocket:":                            "I don't know “:rocket:”",
		"3 `rm`":                                "I don't know “rm”",
		"<!channel>":                            "I don't know “!channel”",
		"<#C1|general>":                         "I don't know “general”",
		"2 inmail message":                      "One kind at a time",
		"page note":                             "One kind at a time",
		"confirm":                               "Write the number",
		"<@U1>":                                 "everybody logs their own",
		"3 <@U1|zoe>":                           "everybody logs their own",
		"@zoe":                                  "everybody logs their own",
		"<@U1> linkedin.com/in/a":               "everybody logs their own",
		"1 linkedin.com/in/a linkedin.com/in/b": "You named 2 people but wrote 1",
		"0 linkedin.com/in/a":                   "0 logs nothing",
		"yestrday linkedin.com/in/a":            "Did you mean `yesterday`", // not a text around an address
		"3 imail linkedin.com/in/a":             "Did you mean `inmail`",
		"https://www.linkedin.com.evil.test/in/jane":             "only looks like LinkedIn",
		"https://www.linkedln.com/in/jane":                       "not on LinkedIn",
		"https://www.lіnkedin.com/in/jane":                       "only look like linkedin.com", // a Cyrillic і
		"https://linkedin.com@evil.test/in/jane":                 "stand before the host",
		"https://linkedin.com/company/acme":                      "company's page",
		"https://example.com":                                    "not on LinkedIn",
		"https://lnkd.in/abc":                                    "short for something else",
		"linkedin.com/in/a linkedin.com/company/acme":            "About “linkedin.com/company/acme”: That is a company's page",
		"<https://linkedin.com/in/a> <https://evil.test/`x|y`z>": "About “yz”: ",
	} {
		_, err := parseLog(fields(in), tuesday)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
			continue
		}
		if _, ok := err.(slip); !ok {
			t.Errorf("%q: %T", in, err)
		}
		if wrong := alive("the slip", err.Error()); wrong != nil {
			t.Errorf("%q: %v", in, wrong)
		}
		if n := len(err.Error()); n > 300 {
			t.Errorf("%q: a slip of %d characters: %v", in, n, err)
		}
	}
}

// Whatever the size, reading takes a moment.
func TestParseLogHuge(t *testing.T) {
	var distinct []string
	for i := range 2000 {
		distinct = append(distinct, fmt.Sprintf("linkedin.com/in/p%d", i))
	}
	for name, in := range map[string]string{
		"one word":  strings.Repeat("a", 40_000),
		"digits":    strings.Repeat("9", 40_000),
		"words":     strings.Repeat("a ", 20_000),
		"unknown":   strings.Repeat("zz ", 13_000),
		"brackets":  strings.Repeat("<a", 20_000),
		"quotes":    strings.Repeat(`" `, 20_000),
		"addresses": strings.Join(distinct, " "),
		"slashes":   "https://linkedin.com/in/" + strings.Repeat("/", 40_000),
	} {
		p, err := parseLog(fields(in), tuesday)
		if err == nil && name != "addresses" && name != "words" && name != "quotes" {
			t.Errorf("%s: %+v", name, p.Quantity)
		}
		if name == "addresses" && (err != nil || len(p.Persons) != 2000 || !slices.Contains(p.Persons, "in:p1999")) {
			t.Errorf("%s: %d persons, %v", name, len(p.Persons), err)
		}
		if err != nil && len(err.Error()) > 500 {
			t.Errorf("%s: %d bytes of answer", name, len(err.Error()))
		}
	}
}

func TestTooLong(t *testing.T) {
	s := staged(t)
	was := s.state()
	for _, text := range []string{strings.Repeat("x", 40_000), strings.Repeat("5 ", 20_000), strings.Repeat("é", 4001)} {
		s.want(s.slash("UANA", "/sent "+text), "longer than I can read")
		s.want(s.dm("UANA", text), "longer than I can read")
	}
	s.unchanged(was, "a long text")
	// Characters count, not bytes.
	s.want(s.slash("UANA", "/sent "+strings.Repeat("é", 3000)), "I don't know")
}
