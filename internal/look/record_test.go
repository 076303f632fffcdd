package look

import (
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Why names who turned a limit off, who chose a number and who chose the guide, when and why, the whole of it.
func TestWhyTellsWhoChose(t *testing.T) {
	long := strings.Repeat("because ", 25)[:199] + "!"
	sc := sceneOf("").chose(quota.CeilingName, quota.Off).chose(quota.PaceName, quota.Off).own(40, "").account(quota.Free).chose(quota.NotesName, quota.Off).sent(5, early9)
	sc.Member.Own.Reason = long
	sc.Member.Own.By = "UMAX"
	r := Record{Names: names, People: map[string]string{"UMIA": "Mia <b>"}, Deeds: []quota.Deed{
		{What: quota.PresetChosen, Team: "1", By: "UMAX", At: utc("2026-11-02 08:00"), Was: quota.PacelinePreset, Is: quota.GuidePreset, Reason: "an old one"},
		{What: quota.PresetChosen, Team: "1", By: "UMIA", At: utc("2026-11-20 08:00"), Was: quota.GuidePreset, Is: quota.PacelinePreset, Reason: long},
		{What: quota.PresetChosen, Team: "2", By: "UMAX", At: utc("2026-11-21 08:00"), Is: quota.GuidePreset, Reason: "another team's"},
	}}
	const off = "\n\nDaily pace: off.\nTurned off by Mia b on Mon 2 Nov: “a calm quarter”.\nWithout that: About 20 a day"
	chosen := " Chosen by Mia b on Fri 20 Nov: “" + long + "”."
	for name, c := range map[string]struct {
		m    Message
		want []string
	}{
		"why": {Why(sc.Standing, r), []string{
			"\n40, set by a manager on Mon 23 Nov: “" + long + "”.\n", "\n\nCeiling: off.\nTurned off by Mia b on Mon 2 Nov: “a calm quarter”.\nWithout that: LinkedIn limits", "Soft lines: burst 0 of 20,", "daily pace off.",
			"\nInvites with a note: the limit is off.\n", "counted by the week and over any 7 days." + chosen,
		}},
		"pace":   {WhyPace(sc.Standing, r), []string{off, chosen}},
		"note":   {WhyKind(sc.Standing, r, quota.Note), []string{"\n\nInvites with a note: off.\nTurned off by Mia b on Mon 2 Nov: “a calm quarter”.\nWithout that: A free account sends 5"}},
		"advice": {WhyAdvice(sc.Standing, r), []string{chosen}},
	} {
		complete(t, c.m)
		for _, want := range c.want {
			if !strings.Contains(c.m.Text, want) {
				t.Errorf("%s: no %q in\n%s", name, want, c.m.Text)
			}
		}
		if strings.Contains(c.m.Text, "an old one") || strings.Contains(c.m.Text, "another team's") {
			t.Error(c.m.Text)
		}
	}
	if all := strings.Join(texts(Why(sc.Standing, r).Blocks), "\n"); !strings.Contains(all, "40, set by <@UMAX> on") {
		t.Error(all)
	}
	// A member's own limit takes the place of a budget that is off.
	sc = sceneOf("").chose(quota.BudgetName, quota.Off).own(40, "")
	if got := Why(sc.Standing, r).Text; strings.Contains(got, "Team budget: off") {
		t.Error(got)
	}
}

// A kind without a limit for this member still shows what its guide claims, and what to do.
func TestWhyOfWhatDoesNotHold(t *testing.T) {
	const say = "\nNot in force until you say which account you have: `/paceline settings account free`.\nSource: "
	for _, c := range []struct {
		sc   *scene
		kind quota.Kind
		want string
	}{
		{sceneOf(""), quota.Note, "No limit of their own on invites with a note. As invites: 75 left this week (0 of a budget of 75).\n\nInvites with a note\nA free account sends 5 invites with a note a month; a paid one as many as it sends invites." + say + "LinkedIn Help a550555. How sure: high."},
		{sceneOf(""), quota.InMail, "No limit on InMails while your account type is not known here; 0 sent this week.\n\nInMail credits\nInMail credits come each month by account type, add up to a cap, and come back when answered within 90 days." + say},
		{sceneOf("").account(quota.PremiumCareer), quota.Note, "a paid one as many as it sends invites.\nNot in force for your account.\nSource: "},
		{sceneOf(""), quota.Message, "No fixed limit on messages; 0 sent this week.\n\nMessages\n100 messages a week. Off unless your team turns it on.\nNot in force here.\nSource: EmailChaser's guide; LinkedIn publishes no number. How sure: low."},
		{sceneOf(quota.GuidePreset), quota.PageInvite, "No fixed limit on Page invites; 0 sent this week.\n\nThe guide that your team follows, the Monday guide, says nothing of them."},
		{sceneOf("").account(quota.Free).did(quota.Sent, quota.Note, 6, early9), quota.Note, "Invites with a note: 0 left; 6 this month, 1 over the limit of 5."},
	} {
		m := WhyKind(c.sc.Standing, record, c.kind)
		complete(t, m)
		if !strings.Contains(m.Text, c.want) {
			t.Errorf("no %q in\n%s", c.want, m.Text)
		}
	}
}

// Policy shows reasons whole, as long as Slack takes the page.
func TestPolicyShowsWholeReasons(t *testing.T) {
	long := strings.Repeat("because ", 25)[:199] + "!"
	own := chosenNumber("", quota.BudgetName, 40, long)
	h := houseOf(t, quota.Terms{Numbers: []quota.Number{chosenNumber("", quota.BudgetName, 60, long)}}, quota.Member{ID: "UANA", Name: "ana", Team: "1", Own: own})
	m := Policy(h, nil, names)
	complete(t, m)
	if n := strings.Count(m.Text, "“"+long+"”"); n != 2 {
		t.Errorf("%d whole reasons in\n%s", n, m.Text)
	}
}

// When managers hear of a ceiling is said as it is at the moment of saying.
func TestTwinKeepsTime(t *testing.T) {
	s := quota.Standing{At: time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC), Zone: time.UTC}
	s.Today = quota.DayOf(s.At, s.Zone)
	for want, told := range map[string]time.Time{
		"At 09:35 I tell Mia and Ola, unless it is undone.": s.At.Add(30*time.Minute - time.Second),
		"Mia and Ola have been told.":                       s.At,
		"Only you get this message.":                        {},
	} {
		if got := twin(s, []string{"Mia", "Ola"}, told); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// The questions of the first log name the days they mean: weeks are those of UTC.
func TestQuestionsNameDays(t *testing.T) {
	for _, c := range []struct {
		zone, joined     string
		this, last, next string
	}{
		{"Europe/Berlin", "2026-11-25 09:00", "Sent any this week, since Mon 23 Nov, before today?", "Sent any last week, Mon 16 to Sun 22 Nov?", "And last week, Mon 16 to Sun 22 Nov?"},
		{"America/New_York", "2026-11-23 01:00", "", "Sent any since Mon 16 Nov, before today?", ""},
		{"Pacific/Auckland", "2026-11-22 20:00", "Sent any this week, since Mon 16 Nov, before today?", "", "And last week, Mon 9 to Sun 15 Nov?"},
		{"UTC", "2026-12-02 09:00", "Sent any this week, since Mon 30 Nov, before today?", "Sent any last week, Mon 23 to Sun 29 Nov?", "And last week, Mon 23 to Sun 29 Nov?"},
	} {
		d := diaryAt(t, c.joined)
		d.zone = c.zone
		s := d.log("ana", quota.Log{}).Standing
		this, last := s.Asks()
		if this != (c.this != "") || last != (c.last != "") {
			t.Fatalf("%s: asks %v, %v", c.zone, this, last)
		}
		if last {
			same(t, c.zone, AskedLast(s), c.last)
		}
		if this {
			same(t, c.zone, AskedThis(s), c.this)
			same(t, c.zone, AskedNext(s), c.next)
		}
	}
}
