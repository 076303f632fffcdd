package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Every way to tell an outcome, and every slip, which records nothing.
func TestOutcomes(t *testing.T) {
	const frees = " That frees no room: LinkedIn counts what was sent\\. The same person can be invited again after 21 days, from Tue 15 Dec\\."
	for in, want := range map[string]string{
		"/paceline accepted":             "^Recorded 1 accepted\\. 1 invite is still open\\.$",
		"/paceline accepted 2":           "^Recorded 2 accepted\\. No invite is open now\\.$",
		"/paceline accepted 3":           "^Recorded 3 accepted\\. No invite is open now\\. 1 of them matches no open invite here; it is kept all the same\\.$",
		"/paceline accepted 1 today":     "^Recorded 1 accepted for today, Tue 24 Nov\\. 1 invite is still open",
		"/paceline accepted 1 yesterday": "^Recorded 1 accepted for yesterday, Mon 23 Nov\\. It matches no open invite here; it is kept all the same\\.$",
		"/paceline declined":             "^Recorded 1 declined\\. 1 invite is still open\\.$",
		"/paceline replied 2":            "^Recorded 2 replies to invites\\.$",
		"/paceline answered":             "^Recorded 1 reply to an invite\\.$",
		"/paceline withdrawn":            "^Recorded 1 withdrawn\\." + frees + "$",
		"/paceline withdrew 1":           "^Recorded 1 withdrawn\\." + frees + "$",
		"/paceline replied 2 inmail":     "^Recorded 2 replies to InMails\\. They match no open InMail here; they are kept all the same\\.",
		"/paceline accepted 2 messages":  "^Recorded 2 messages accepted\\. They match",
		"/sent accepted 2":               "^Recorded 2 accepted\\.",
		"/paceline 2 accepted":           "^Recorded 2 accepted\\.",
		"accepted":                       "^Recorded 1 accepted\\. 1 invite is still open\\.\n73 left this week\\.",
		"3 accepted":                     "^Recorded 3 accepted",
		"2 people have accepted":         "^Recorded 2 accepted",
		"accepted 2, please":             "^Recorded 2 accepted",
		"withdrew 2":                     "^Recorded 2 withdrawn\\. That frees no room: .* The same people can",
		"accepted linkedin.com/in/jane":  "^Recorded 1 accepted \\(linkedin.com/in/jane\\)\\. 1 invite is still open",
		"linkedin.com/in/jane accepted":  "^Recorded 1 accepted \\(linkedin.com/in/jane\\)",
		"declined https://www.linkedin.com/in/joe-x https://www.linkedin.com/in/jane": "^Recorded 2 declined \\(linkedin.com/in/joe-x and linkedin.com/in/jane\\)",
		"accepted\n1. linkedin.com/in/a\n2. linkedin.com/in/b":                        "^Recorded 2 accepted",

		"accepted?":                                      "^`/paceline accepted",
		"/sent accepted?":                                "^`/paceline accepted",
		"sent?":                                          "^`/sent ",
		"accepted 3?":                                    "^I can't answer that",
		"/paceline accepted help":                        "they said yes",
		"has linkedin.com/in/jane accepted":              "^Recorded 1 accepted",
		"Jane accepted linkedin.com/in/jane":             "^I don't know “Jane”\\. Write it like `accepted 3`",
		"linkedin.com/in/jane has not accepted":          "I don't know “not”",
		"accepted linkedin.com/in/jane not yet":          "^“not” tells me that it has not happened, so nothing was recorded",
		"accepted hasn’t linkedin.com/in/jane":           "^“hasn’t” tells me",
		"3 accepted 2 declined":                          "One thing at a time|two numbers",
		"accepted and declined":                          "^One thing at a time",
		"5 sent 2 accepted":                              "^Were those sent, or accepted\\?",
		"sent 5 accepted":                                "^“accepted” tells what became of something sent",
		"/sent 2 accepted":                               "^“accepted” tells what became",
		"accepted 0":                                     "^Write at least 1; nothing was recorded",
		"accepted -2":                                    "^Write at least 1\\..*nothing was recorded",
		"accepted five":                                  "^Write the number in digits, as in `accepted 5`",
		"accepted 5000":                                  "more than one report can hold \\(1000\\)",
		"accepted 3 4":                                   "^I read two numbers",
		"accepted 2 tomorrow":                            "has not come yet\\. Report it once it has happened; nothing was recorded",
		"accepted 2 2026-01-01":                          "more than 35 days ago.*Nothing was recorded",
		"accepted 2 yestrday":                            "Did you mean `yesterday`",
		"accepted <@UBEN>":                               "everybody reports their own",
		"accepted 2 by <@UBEN>":                          "everybody reports their own",
		"accepted 1 linkedin.com/in/a linkedin.com/in/b": "^You named 2 people but wrote 1",
		"accepted linkedin.com/company/acme":             "company's page.*Nothing was recorded",
		"rejected 2":                                     "write `declined 3`",
		"2 ignored":                                      "it stays open here until",
		"withdraw 3":                                     "I never touch LinkedIn",
		"check linkedin.com/in/a":                        "I can't do “check” yet",
	} {
		t.Run(in, func(t *testing.T) {
			s := staged(t)
			was := s.state()
			var r Reply
			if strings.HasPrefix(in, "/") {
				r = s.slash("UANA", in)
			} else {
				r = s.dm("UANA", in)
			}
			s.want(r, want)
			if s.left("UANA") != 73 {
				t.Errorf("an outcome changed what was sent: %d left", s.left("UANA"))
			}
			if !strings.HasPrefix(r.Text, "Recorded") {
				s.unchanged(was, in)
			} else if !has(r, "undo") {
				t.Errorf("no undo below %q", r.Text)
			}
		})
	}
}

// An outcome is undone by its button, joins newcomers, and counts once however often it comes.
func TestOutcomeOnce(t *testing.T) {
	s := staged(t)
	r := s.request("UANA", "/paceline", "accepted 2")
	first := s.check(s.bot.Command(t.Context(), r))
	was := s.state()
	if again := s.check(s.bot.Command(t.Context(), r)); again.Text != first.Text {
		t.Errorf("%q, then %q", first.Text, again.Text)
	}
	s.unchanged(was, "the same again")
	s.want(s.press("UANA", first, "undo"), "^Undid 2 accepted, reported at 10:05\\.")
	s.want(s.slash("UANA", "/paceline accepted"), "1 invite is still open")

	r1 := s.slash("UDAN", "/paceline accepted 4")
	s.want(r1, "^Recorded 4 accepted\\. They match no open invite here; they are kept all the same\\. You joined the team “Outreach”\\.$")
	if !has(r1, "leave") {
		t.Error("no way out")
	}
}

// While it fails it says so, and Retry does it once.
func TestRetryOfReports(t *testing.T) {
	for line, want := range map[string]string{
		"/paceline accepted": "^Recorded 1 accepted", "/paceline restricted": "^Noted\\. 0 left", "/paceline before none": "^Noted: none", "/paceline away fri": "^You are away", "/paceline back": "^Welcome back",
	} {
		for _, f := range []fault{{quota.ErrUnavailable, false}, {quota.ErrAmbiguous, true}} {
			t.Run(fmt.Sprint(line, f), func(t *testing.T) {
				s := staged(t)
				s.store.writes = []fault{f}
				failed := s.slash("UANA", line)
				if failed.Err == nil {
					t.Fatalf("%q", failed.Text)
				}
				done := s.press("UANA", failed, "retry")
				s.want(done, want)
				was := s.state()
				if again := s.press("UANA", failed, "retry"); again.Text != done.Text {
					t.Errorf("%q, then %q", done.Text, again.Text)
				}
				s.unchanged(was, "Retry once more")
			})
		}
	}
	for line, reads := range map[string]int{"/paceline plan 10": 2, "/budget last week": 1} { // the zone can be guessed
		s := staged(t)
		for range reads {
			s.store.reads = append(s.store.reads, quota.ErrUnavailable)
		}
		failed := s.slash("UANA", line)
		if failed.Err == nil {
			t.Fatalf("%s: %q", line, failed.Text)
		}
		s.want(s.press("UANA", failed, "retry"), "^10 by|^Last week")
	}
}

// Acceptance is told with an answer once there is enough to judge.
func TestAcceptanceInAnswers(t *testing.T) {
	s := empty(t)
	now := s.at
	s.at = now.Add(-10 * 24 * time.Hour)
	s.slash("UDAN", "/sent 12")
	s.at = now
	s.want(s.slash("UDAN", "/paceline accepted 3"), "^Recorded 3 accepted\\. 9 invites are still open\\. Acceptance: too few invites at least a week old to judge \\(12 of 20\\)\\.$")
	s.at = now.Add(-9 * 24 * time.Hour)
	s.slash("UDAN", "/sent 14")
	s.at = now
	s.want(s.slash("UDAN", "/paceline accepted 5"), "Of 26 invites at least a week old 8 were accepted: 31 %, likely 17 to 50 %\\.$")
	s.want(s.slash("UDAN", "/paceline withdrawn 18"), "The same people can be invited again")
}
