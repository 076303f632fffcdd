package look

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// A number that somebody chose is never "about", nor said to be LinkedIn's; one that follows it neither.
func TestChosenNumbersAreNotBelieved(t *testing.T) {
	card := func(sc *scene) string { return Card(sc.Standing).Text }
	for _, c := range []struct{ name, got, want string }{
		{"last week's", card(sceneOf("").sent(60, lastWed).sent(15, early9)), "\nWhy 25: last week's invites still count for a few days, against the ceiling of about 100 (LinkedIn publishes none). 35 more"},
		{"this week's alone", card(sceneOf("").chose(quota.BudgetName, 200).chose(quota.CeilingName, 150).chose(quota.SevenDaysName, 100).sent(96, yesterday)), "\nWhy 4: 96 sent in the last 7 days, against the limit of 100 your team set. 96 more"},
		{"a part of it", card(sceneOf("").chose(quota.BudgetName, 200).chose(quota.CeilingName, 120).sent(60, lastWed).sent(50, early9)), "Last 7 days 110 of 120.\nWhy 10: last week's invites still count for a few days, against the limit of 120 your team set. "},
		{"past", card(sceneOf("").chose(quota.CeilingName, 10).sent(12, early9)), "\n12 this week, 2 past the limit of 10 your team set. Nothing is blocked, but"},
		{"of nothing", card(sceneOf("").chose(quota.CeilingName, 0).sent(2, early9)), "This week 2 of 0. Last 7 days 2 of 0.\n2 this week, 2 past the limit of 0 your team set."},
	} {
		if !strings.Contains(c.got, c.want) || strings.Contains(c.name, "s") && strings.Contains(c.got, "about") && c.name != "last week's" {
			t.Errorf("%s: no %q in\n%s", c.name, c.want, c.got)
		}
	}
	for _, sc := range []*scene{
		sceneOf("").chose(quota.CeilingName, 10).sent(12, early9), sceneOf("").chose(quota.CeilingName, 10).sent(5, early9),
		sceneOf(quota.GuidePreset).chose(quota.CeilingName, 10).sent(5, early9), sceneOf("").own(150, "").sent(155, yesterday),
	} {
		s := sc.Standing
		o := s.Journal.Operations()[0]
		texts := []string{Card(s).Text, Logged(loggedAs(s, o), names, shown).Text, beyond(s, s.Budget(quota.Invite), s.Budget(quota.Invite).Gauges[1], s)}
		for _, v := range s.Verdicts(o) {
			texts = append(texts, Nudge(s, v, nil).Text, CeilingTold(s, v).Text)
		}
		for _, text := range texts {
			if strings.Contains(text, "about 1") || strings.Contains(text, "publishes") {
				t.Errorf("a chosen number is told as believed: %s", text)
			}
		}
	}
	for want, sc := range map[string]*scene{
		"5 of the limit of 10 your team set":  sceneOf(quota.GuidePreset).chose(quota.CeilingName, 10).sent(5, early9),
		"under the limit of 10 your team set": sceneOf(quota.GuidePreset).chose(quota.CeilingName, 10).sent(5, early9),
	} {
		s := sc.Standing
		if got := left(s, s.Budget(quota.Invite))[0] + closed(s, s.Budget(quota.Invite), quota.WeekOf(s.At), "your"); !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
}

// Turned off, a limit's parts are said to stay; changed, to change with it.
func TestPartsOfALimit(t *testing.T) {
	changed := func(n int) string {
		terms := quota.Terms{Numbers: []quota.Number{chosenNumber("", quota.CeilingName, n, "x")}}
		is := "120"
		if n == quota.Off {
			is = "off"
		}
		return NumberChanged(houseOf(t, terms), quota.Deed{What: quota.NumberChosen, Limit: quota.CeilingName, Was: "100", Is: is, Reason: "x"}, names).Text
	}
	for n, want := range map[int]string{
		quota.Off: "Ceiling: off now, 100 before. Reason: “x”. Still on: the ceiling over 7 days, about 100 in any 7 days. What limits the week now: the team budget, 75 a week. It holds",
		120:       "Ceiling: 120 a week now, 100 before. Reason: “x”. With it changes: the ceiling over 7 days, 120 in any 7 days. That is more than the team budget",
	} {
		if got := changed(n); !strings.HasPrefix(got, want[:60]) || !strings.Contains(got, want[:strings.LastIndex(want, ". ")]) {
			t.Errorf("%d: %s", n, got)
		}
	}
}

// An own limit of nothing is a pause, told kindly and with its reason.
func TestPause(t *testing.T) {
	for _, c := range []struct {
		sc            *scene
		answer, cards string
	}{
		{sceneOf("").own(0, "").sent(3, early9), "Logged 3. 0 left. Your invites are paused by your manager: “trusted account”. What is sent is recorded all the same, 3 this week.", "Invites are paused, set by a manager on Mon 23 Nov: “trusted account”."},
		{sceneOf("").own(0, "2026-11-27 23:00").sent(3, early9), "Logged 3. 0 left. Your invites are paused by your manager until the end of Fri 27 Nov: “trusted account”. What", "Invites are paused until the end of Fri 27 Nov, set by a manager on"},
		{sceneOf("").own(0, "").set(func(sc *scene) { sc.Member.Own.By = "UANA" }).sent(3, early9), "Logged 3. 0 left. You have paused your invites: “trusted account”.", "Invites are paused, set by Ana on"},
	} {
		s := c.sc.Standing
		m := Logged(loggedAs(s, s.Journal.Operations()[0]), names, shown)
		complete(t, m)
		card := Card(s)
		complete(t, card)
		if !strings.HasPrefix(m.Text, c.answer) || !strings.Contains(card.Text, c.cards) {
			t.Errorf("%s\n%s", m.Text, card.Text)
		}
		for _, text := range []string{m.Text, card.Text} {
			if strings.Contains(text, "own limit") || strings.Contains(text, "margin") || strings.Contains(text, "Own limit") {
				t.Errorf("unkind: %s", text)
			}
		}
		if b := s.Budget(quota.Invite); !strings.Contains(bar(tightest(b)), "████████████████████") {
			t.Errorf("a pause is drawn as room: %s", bar(tightest(b)))
		}
	}
}

// One ceiling rises, two rise.
func TestRaised(t *testing.T) {
	for preset, want := range map[string]string{
		"":                    "the ceiling (about 100 a week) and the ceiling over 7 days (about 100 in any 7 days): for ana they rise to 150 as well.",
		quota.QuickMailPreset: "the ceiling (about 100 a week): for ana it rises to 150 as well.",
	} {
		m := quota.Member{ID: "UANA", Name: "ana", Team: "1", Own: chosenNumber("", quota.BudgetName, 150, "trusted")}
		got := houseOf(t, quota.Terms{Preset: preset}, m).raised(m)
		same(t, preset, strings.Join(got, " "), "That is more than "+want)
	}
}

// A plan for one day is told when the days before it are no working days, as in a leave.
func TestEasyPlanAfterALeave(t *testing.T) {
	sc := sceneOf("").set(func(sc *scene) { sc.Member.Away = quota.Away{From: sc.Today, Until: sc.Today + 2} })
	if got := Card(sc.Standing).Text; !strings.Contains(got, "\nAway until Thu 26 Nov.\nEasy plan: 20 on Fri, uses 20 of 75.\n") {
		t.Error(got)
	}
}

// A limit ends at one moment. Whoever reads it elsewhere reads when that is for them, never a day that has not ended.
func TestEndElsewhere(t *testing.T) {
	in := func(name string, n int, until string) quota.Standing {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		sc := sceneOf("").own(n, until).sent(3, early9)
		sc.Member.Zone, sc.Zone, sc.Today = name, zone, quota.DayOf(sc.At, zone)
		return sc.Standing
	}
	for _, c := range []struct{ zone, until, want string }{
		{"America/New_York", "2026-11-27 23:00", "Fri 18:00"}, // the end of Friday in Berlin
		{"Pacific/Auckland", "2026-11-28 23:00", "Sun 12:00"},
		{"Europe/Berlin", "2026-11-27 23:00", "the end of Fri 27 Nov"},
	} {
		s, paused := in(c.zone, 100, c.until), in(c.zone, 0, c.until)
		for name, got := range map[string]string{
			"card":          Card(s).Text,
			"paused card":   Card(paused).Text,
			"paused answer": Logged(loggedAs(paused, paused.Journal.Operations()[0]), names, shown).Text,
			"why":           Why(s, record).Text,
			"plan":          obstacle(paused, quota.Invite, paused.Lay(quota.Invite, 5, paused.Today+1)),
			"policy":        House{At: s.At, Zone: s.Zone}.until(s.Member.Own.Until),
		} {
			if !strings.Contains(got, " until "+c.want) {
				t.Errorf("%s, %s: no %q in\n%s", c.zone, name, c.want, got)
			}
		}
	}
}

// A number that is all that an account may hold leaves nothing to carry over, and says so.
func TestUncarried(t *testing.T) {
	for n, want := range map[int]string{
		10:        "",
		20:        "Nothing is carried over then on Premium Career: such an account holds no more.",
		50:        "Nothing is carried over then on Premium Career and Premium Business: such an account holds no more.",
		quota.Off: "",
	} {
		h := houseOf(t, quota.Terms{Numbers: []quota.Number{chosenNumber("", quota.InMailName, n, "x")}})
		got := NumberChanged(h, quota.Deed{What: quota.NumberChosen, Limit: quota.InMailName, Was: "by account type", Is: fmt.Sprint(n), Reason: "x"}, names).Text
		if want == "" && strings.Contains(got, "carried") || !strings.Contains(got, want) {
			t.Errorf("%d: %s", n, got)
		}
	}
}
