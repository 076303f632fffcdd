package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// A manager sees a member's limits and closed weeks as that member sees them; nobody else does.
func TestCloser(t *testing.T) {
	s := staged(t)
	s.slash("UMIA", "/sent 1") // the roster knows mia now
	s.at = s.at.Add(7 * 24 * time.Hour)
	s.want(s.slash("UMIA", `/paceline team limit @ana 40 "trusted"`), "^ana: a limit of 40")
	own := s.slash("UANA", "/budget why").Text
	if !strings.Contains(own, "\n40, set by mia on Tue 1 Dec: “trusted”.\n") {
		t.Errorf("no name in %s", own)
	}
	for _, line := range []string{"/budget @ana why", "/budget why @ana", "/budget <@UANA> why", "/budget why <@UANA>", "/budget ana why", "/paceline why @ana", "/paceline budget why @ana"} {
		for _, who := range []string{"UMIA", "UOLA"} {
			r := s.slash(who, line)
			if want := "ana: " + own + "\nana sees exactly this: “your” means them, and times are theirs (Europe/Berlin)."; r.Text != want {
				t.Errorf("%s: %s\nwant %s", line, r.Text, want)
			}
		}
	}
	page := s.press("UMIA", s.slash("UMIA", "/budget @ana why"), "why_pace")
	if want := "ana: " + s.slash("UANA", "/budget why pace").Text + "\nana sees exactly this: “your” means them, and times are theirs (Europe/Berlin)."; page.Text != want {
		t.Errorf("%s\nwant %s", page.Text, want)
	}
	for _, line := range []string{"/budget @ana why pace", "/budget why pace @ana", "/budget why @ana pace"} {
		if r := s.slash("UMIA", line); r.Text != page.Text {
			t.Errorf("%s: %s", line, r.Text)
		}
	}
	s.want(s.press("UMIA", s.slash("UMIA", "/budget @ana"), "why"), "^ana: 40 left this week")
	for _, line := range []string{"/budget @ana last week", "/budget last week @ana", "/budget @ana week 2026-11-24", "/budget week 2026-11-24 @ana"} {
		s.want(s.slash("UMIA", line), "^ana: Last week, Mon 23 to Sun 29 Nov: 2 sent, within the budget of 75\\.\nana sees exactly this\\.$")
	}
	was := s.state()
	for _, line := range []string{"/budget @ana why", "/budget why @ana", "/budget @ana last week", "/budget why pace @ana"} {
		s.want(s.slash("UBEN", line), "^Only managers see that of others\\. `/budget @name` shows what a teammate has left, and `/budget why` your own limits\\.$")
		s.want(s.slash("UMAX", line), "^You can see people of your own team only\\.$")
		s.want(s.slash("UDAN", line), "^You can see people of your own team only\\.$")
	}
	s.want(s.pressValue("UBEN", "why_pace", "id=x&member=UANA"), "^Only managers")
	s.want(s.pressValue("UBEN", "why_pace", "id=x&member=%3C!here%3E"), "too old for me")
	s.want(s.slash("UANA", "/budget @ana why"), "^40 left this week")
	s.want(s.slash("UMIA", "/budget why @nobody"), "I don't know “@nobody”")
	s.want(s.slash("UMIA", "/budget @ana @ben why"), "shows every limit on your invites|one person at a time")
	s.want(s.slash("UMIA", "/budget @ana last week soon"), "I don't know “soon”")
	s.unchanged(was, "looking")
}

// Why names who turned a limit off and who chose the guide, from the deeds.
func TestWhyTellsDeeds(t *testing.T) {
	s := staged(t)
	s.slash("UMIA", "/sent 1") // the roster knows mia now
	s.want(s.slash("UMIA", `/paceline policy preset guide "one number"`), "^Preset: ")
	s.want(s.slash("UMIA", `/paceline policy preset paceline "two are safer"`), "^Preset: ")
	s.want(s.slash("UMIA", `/paceline policy set pace off "part-timers"`), "^Daily pace: off now")
	s.want(s.slash("UMIA", `/paceline policy set ceiling off "we watch it ourselves"`), "^Ceiling: off now, 100 before\\. Reason: “we watch it ourselves”\\. Still on: the ceiling over 7 days, about 100 in any 7 days\\. What limits the week now: the team budget, 75 a week\\.")
	s.want(s.slash("UANA", "/budget why"),
		"\n\nCeiling: off\\.\nTurned off by mia on Tue 24 Nov: “we watch it ourselves”\\.\nWithout that: LinkedIn limits", "daily pace off\\.",
		"Your team follows Paceline's own: .*\\. Chosen by mia on Tue 24 Nov: “two are safer”\\.$")
	s.want(s.slash("UANA", "/budget why pace"), "\n\nDaily pace: off\\.\nTurned off by mia on Tue 24 Nov: “part-timers”\\.", "Chosen by mia on Tue 24 Nov: “two are safer”\\.$")
	// Somebody whom the roster does not know is a manager, to everybody.
	s.want(s.slash("UCLEO", "/budget why"), "counted by the week and over any 7 days\\.$")
	s.want(s.slash("UOLA", `/paceline team limit @ben 50 "ola says so"`), "^ben: a limit of 50")
	s.want(s.slash("UBEN", "/budget why"), "50, set by a manager on Tue 24 Nov: “ola says so”")
	s.want(s.slash("UOLA", "/budget @ben why"), "50, set by a manager on Tue 24 Nov: “ola says so”")
}

// A team's rules have no end: an end is refused, not swallowed as a part of the reason.
func TestRulesHaveNoEnd(t *testing.T) {
	s := staged(t)
	was := s.state()
	for _, line := range []string{`set budget 40 "x" until fri`, `set budget 40 until fri "x"`, `set budget 40 until fri`, `set budget 40 x until 2026-12-18`, `set pace off till friday "x"`, `set budget 40 "x" until 1 dec`} {
		r := s.slash("UMIA", "/paceline policy "+line)
		s.want(r, "^A team's number has no end: leave `until` out, and set it back later with `/paceline policy reset (budget|pace) \"why\"`\\. One member's may end: `/paceline team limit @ana 40 until fri \"why\"`\\. Nothing changed\\.$")
		s.unchanged(was, line)
	}
	s.want(s.slash("UMIA", `/paceline policy reset budget "x" until fri`), "^What is set back has no end: leave `until` out\\. Nothing changed\\.$")
	s.want(s.slash("UMIA", `/paceline policy preset quickmail until fri`), "^A preset has no end: leave `until` out, and choose another one later with `/paceline policy preset paceline`\\. Nothing changed\\.$")
	s.unchanged(was, "an end")
	// In a reason the word may stand.
	s.want(s.slash("UMIA", `/paceline policy set budget 60 "calm until fri"`), "Reason: “calm until fri”")
	s.want(s.slash("UMIA", `/paceline policy set budget 61 calm until spring comes`), "Reason: “calm until spring comes”")
	s.slash("UMIA", `/paceline policy preset quickmail`)
	was = s.state()
	s.want(s.slash("UMIA", `/paceline policy set 24hours 40 until fri "why"`), "^A team's number has no end: .*`/paceline policy reset 24hours \"why\"`")
	s.unchanged(was, "24 hours")
}

// Somebody with an own limit above the ceiling logs up to it without being asked.
func TestConfirmFromOwnLimit(t *testing.T) {
	s := staged(t)
	s.want(s.slash("UMIA", `/paceline team limit @ana 150 until fri "trusted"`), "^ana: a limit of 150")
	form := s.press("UANA", s.slash("UANA", "/paceline"), "log_other").Modal
	if n := form.Blocks.BlockSet[0].(*slack.InputBlock).Element.(*slack.NumberInputBlockElement).MaxValue; n != "150" {
		t.Errorf("the form takes up to %s", n)
	}
	s.want(s.submit("UANA", form, map[string][]string{"quantity": {"151"}, "kind": {"invite"}}), "^quantity: That is more than your own limit of 150 a week\\.")
	s.want(s.slash("UANA", "/sent 120"), "^Logged 120\\. 28 left")
	was := s.state()
	s.want(s.slash("UANA", "/sent 151"), "^Log 151 at once\\? That is more than your own limit of 150 a week, so nothing is logged yet\\.")
	s.want(s.slash("UANA", "/sent 120 messages"), "^Log 120 messages at once\\? That is a lot")
	s.want(s.slash("UBEN", "/sent 120"), "more than the whole ceiling of about 100 a week")
	s.unchanged(was, "asking")
	s.want(s.submit("UANA", form, map[string][]string{"quantity": {"20"}, "kind": {"invite"}}), "^Logged 20")
	s.at = s.at.Add(7 * 24 * time.Hour) // the limit has ended
	s.want(s.slash("UANA", "/sent 120"), "more than the whole ceiling of about 100 a week")
}

// Sentences of an outcome without a number are asked back; nouns are understood.
func TestOutcomesInSentences(t *testing.T) {
	s := staged(t)
	was := s.state()
	for text, verb := range map[string]string{"they accepted": "accepted", "i withdrew": "withdrawn", "they have replied": "replied", "i withdrew yesterday": "withdrawn", "invite accepted": "accepted", "replies": "replied"} {
		s.want(s.dm("UANA", text), "^How many\\? Write the number too, as in `"+verb+" 3`, or a profile address behind it\\. Nothing was recorded\\.$")
		s.unchanged(was, text)
	}
	s.want(s.slash("UANA", "/sent 5 replies"), "^“replies” tells what became of something sent\\. Write it alone, as in `replied 3`")
	s.unchanged(was, "5 replies behind the command to log")
	for text, want := range map[string]string{"5 replies": "^Recorded 5 replies to invites", "3 accepts": "^Recorded 3 accepted", "2 declines": "^Recorded 2 declined", "they accepted 2": "^Recorded 2 accepted", "i withdrew 1 yesterday": "^Recorded 1 withdrawn for yesterday", "accepted": "^Recorded 1 accepted"} {
		s.want(s.dm("UANA", text), want)
	}
}

// Help and the rules it tells of keep to the same numbers.
func TestHelpKeepsNumbers(t *testing.T) {
	s := staged(t)
	for verb, want := range map[string]string{
		"sent":       fmt.Sprintf("at most %d days back", quota.MaxBack),
		"plan":       fmt.Sprintf("at most %d days ahead", quota.FarthestPlan),
		"restricted": fmt.Sprintf("half the weekly number for %s weeks", map[int]string{2: "two"}[int(quota.Recovery/(7*24*time.Hour))]),
		"withdrawn":  fmt.Sprintf("invited again after %d days", quota.Presets()[0].Persons[0].Wait/(24*time.Hour)),
		"replied":    fmt.Sprintf("answered within %d days", quota.AnswerCredit/(24*time.Hour)),
	} {
		s.want(s.slash("UANA", "/paceline help "+verb), want)
	}
}
