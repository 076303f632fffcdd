package look

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// same fails the test when a text is not the one wanted, word for word.
func same(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n got %s\nwant %s", what, got, want)
	}
}

// A week of Ana's, as she reads it.
func TestAnswersOfAWeek(t *testing.T) {
	d := diaryAt(t, "2026-11-24 09:05")
	d.log("mia", quota.Log{}) // the team is there already
	same(t, "first", d.sent(1), "Logged 1. 74 left this week (1 of a budget of 75). Today: 1 of a daily pace of 20. You joined the team “Outreach”.")
	same(t, "more", d.sent(14), "Logged 14. 60 left this week (15 of a budget of 75). Today: 15 of a daily pace of 20. 15 in the last hour; slower looks more natural.")
	same(t, "twin", d.sent(14), "Logged 14. 46 left this week (29 of a budget of 75). Today: 29, past the daily pace of 20. 29 in the last hour: sending that fast is what LinkedIn tends to notice. "+
		"You logged the same 14 a moment ago, at 10:05:00. If this is that one, press Undo.")
	same(t, "undo", d.undo("ana"), "Undid 14 logged at 10:05. 60 left this week (15 of a budget of 75).")
	same(t, "past the pace again", d.sent(5)+" "+d.sent(1)+" "+d.sent(1),
		"Logged 5. 55 left this week (20 of a budget of 75). Today: 20 of a daily pace of 20. "+
			"Logged 1. 54 left this week (21 of a budget of 75). Today: 21, past the daily pace of 20. 21 in the last hour: sending that fast is what LinkedIn tends to notice. "+
			"Logged 1. 53 left this week (22 of a budget of 75). Today: 22, past the daily pace of 20.")
	same(t, "exactly full", d.sent(53), "Logged 53. 0 left this week (75 of a budget of 75). New week: Mon 30 Nov, 01:00 your time (00:00 UTC). Today: 75, past the daily pace of 20.")
	same(t, "over the budget", d.sent(4), "Logged 4. 0 left: 79 this week, 4 over the team budget of 75, 21 under the ceiling of about 100. "+
		"75 is your team's budget, a margin under the ceiling of about 100. Going past 75 is recorded, never blocked.")
	same(t, "further over", d.sent(2), "Logged 2. 0 left: 81 this week, 6 over the team budget of 75, 19 under the ceiling of about 100. Nothing is blocked.")
	same(t, "at the ceiling", d.sent(19), "Logged 19. 0 left: 100 this week, 25 over the team budget of 75, at the ceiling of about 100. Nothing is blocked.")
	same(t, "over the ceiling", d.sent(3), "Logged 3. 0 left: 103 this week, 3 past the ceiling of about 100. Best to stop until Tue 1 Dec, 10:05 your time.")
	d.zone = "UTC"
	same(t, "over the ceiling, in UTC", d.sent(6), "Logged 6. 0 left: 109 this week, 9 past the ceiling of about 100. Best to stop until Tue 1 Dec, 09:05 UTC.")
	same(t, "undo past the ceiling", d.undo("ana"), "Undid 6 logged at 09:05. 0 left: 103 this week, 3 past the ceiling of about 100. Best to stop until Tue 1 Dec, 09:05 UTC.")
	d.goTo("2026-11-30 09:00")
	same(t, "a new week, full in the last 7 days", d.sent(1), "Logged 1. 0 left: 104 in the last 7 days, 4 past the ceiling of about 100. Best to stop until Tue 09:05 UTC.")

	d = diaryAt(t, "2026-11-24 09:05")
	same(t, "the first of all", d.sent(79)[:70], "Logged 79. 0 left: 79 this week, 4 over the team budget of 75, 21 under the ceiling of about 100."[:70])
	d = diaryAt(t, "2026-11-24 09:05")
	same(t, "from nothing past the ceiling", strings.Split(d.sent(101), " You are")[0], "Logged 101. 0 left: 101 this week, 1 past the ceiling of about 100. Best to stop until Tue 1 Dec, 10:05 your time.")
}

// Two windows at once.
func TestAnswersOfTwoWindows(t *testing.T) {
	d := diaryAt(t, "2026-11-18 09:00") // a Wednesday
	d.log("ana", quota.Log{Quantity: 60})
	d.goTo("2026-11-24 09:00")
	same(t, "last 7 days", d.sent(15), "Logged 15. 25 left now, 60 this week (last 7 days: 75 of about 100). Today: 15 of a daily pace of 20. 15 in the last hour; slower looks more natural.")
	same(t, "nothing now", d.sent(25), "Logged 25. 0 left now, 35 this week (last 7 days: 100 of about 100). 35 more open up Wed 10:00. Today: 40, past the daily pace of 20. 40 in the last hour: sending that fast is what LinkedIn tends to notice.")
	same(t, "over the last 7 days only", d.sent(5), "Logged 5. 0 left: 105 in the last 7 days, 5 past the ceiling of about 100. Best to stop until Wed 10:00 your time.")
	same(t, "undo", d.undo("ana"), "Undid 5 logged at 10:00. 0 left now, 35 this week (last 7 days: 100 of about 100). 35 more open up Wed 10:00.")

	d = diaryAt(t, "2026-11-18 09:00")
	d.log("ana", quota.Log{Quantity: 25})
	d.goTo("2026-11-24 09:00")
	same(t, "a tie: the budget is named", d.sent(15), "Logged 15. 60 left this week (15 of a budget of 75). Today: 15 of a daily pace of 20. 15 in the last hour; slower looks more natural.")

	// Both ceilings are passed: the one passed by more is told.
	d = diaryAt(t, "2026-11-20 09:00")
	d.log("ana", quota.Log{Quantity: 50})
	d.goTo("2026-11-24 09:00")
	same(t, "the graver ceiling", d.sent(101), "Logged 101. 0 left: 151 in the last 7 days, 51 past the ceiling of about 100. Best to stop until Tue 1 Dec, 10:00 your time.")

	// One opens.
	d = diaryAt(t, "2026-11-18 09:00")
	d.log("ana", quota.Log{Quantity: 1})
	d.goTo("2026-11-19 09:00")
	d.log("ana", quota.Log{Quantity: 99})
	d.goTo("2026-11-24 09:00")
	s := d.standing()
	if got := strings.Join(room(s, s.Budget(quota.Invite)), " "); got != "0 left now, 75 this week (last 7 days: 100 of about 100). 1 more opens up Wed 10:00." {
		t.Error(got)
	}
}

func TestAnswersOfKinds(t *testing.T) {
	d := diaryAt(t, "2026-11-24 09:05")
	d.log("ana", quota.Log{})
	for _, c := range []struct {
		kind quota.Kind
		n    int
		want string
	}{
		{quota.Note, 1, "Logged 1 invite with a note (counts as an invite too). 73 left this week (2 of a budget of 75). Today: 2 of a daily pace of 20."},
		{quota.Note, 2, "Logged 2 invites with a note (count as invites too). 71 left this week (4 of a budget of 75). Today: 4 of a daily pace of 20."},
		{quota.InMail, 1, "Logged 1 InMail. No limit on InMails while your account type is not known here; 1 sent this week. Say which you have: `/paceline settings account free`."},
		{quota.InMail, 2, "Logged 2 InMails. No limit on InMails while your account type is not known here; 3 sent this week. Say which you have: `/paceline settings account free`."},
		{quota.Message, 1, "Logged 1 message. No fixed limit on messages; 1 sent this week."},
		{quota.PageInvite, 4, "Logged 4 Page invites. 96 left this month for the whole team (4 of 100)."},
	} {
		same(t, c.kind.String(), d.read(d.log("ana", quota.Log{Kind: c.kind, Quantity: c.n})), c.want)
	}
	same(t, "undo", d.undo("ana"), "Undid 4 Page invites logged at 10:05. 100 left this month for the whole team (0 of 100).")
	same(t, "undo", d.undo("ana"), "Undid 1 message logged at 10:05. No fixed limit on messages; 0 sent this week.")
}

// Whom a log is about, and who was there before.
func TestAnswersAboutPersons(t *testing.T) {
	d := diaryAt(t, "2026-11-24 09:05")
	d.log("mia", quota.Log{})
	list := func(n int) []string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprintf("in:p%d", i))
		}
		return out
	}
	tail := func(text string) string { _, rest, _ := strings.Cut(text, "20. "); return rest }
	head := func(text string) string { h, _, _ := strings.Cut(text, ". "); return h }
	for n, want := range map[int]string{
		1: "Logged 1 (linkedin.com/in/p0)", 2: "Logged 2 (linkedin.com/in/p0 and linkedin.com/in/p1)",
		4: "Logged 4 (linkedin.com/in/p0, linkedin.com/in/p1, linkedin.com/in/p2 and linkedin.com/in/p3)",
		5: "Logged 5 (linkedin.com/in/p0, linkedin.com/in/p1, linkedin.com/in/p2 and 2 more)",
	} {
		d := diaryAt(t, "2026-11-24 09:05")
		same(t, fmt.Sprint(n), head(d.read(d.log("ana", quota.Log{Persons: list(n)}))), want)
	}
	d.log("ben", quota.Log{Persons: list(1), Kind: quota.InMail})
	d.goTo("2026-11-25 09:05")
	same(t, "a colleague", tail(d.read(d.log("ana", quota.Log{Persons: list(1)}))), "ben sent linkedin.com/in/p0 an InMail before, on Tue 24 Nov. You joined the team “Outreach”.")
	same(t, "and oneself", tail(d.read(d.log("ana", quota.Log{Persons: list(1), Kind: quota.Note}))),
		"ben sent linkedin.com/in/p0 an InMail before, on Tue 24 Nov. You sent linkedin.com/in/p0 an invite before, on Wed 25 Nov.")

	l := d.log("ana", quota.Log{Persons: []string{"in:x"}})
	l.Before = []quota.Meeting{{Person: "in:x", Member: "u", Kind: quota.Message, Day: l.Standing.Today - 400}, {Person: "in:x", Member: "u2", Name: "<b>&\u202e", Kind: quota.PageInvite, Day: l.Standing.Today}}
	same(t, "names", tail(d.read(l)), "A colleague sent linkedin.com/in/x a message before, on Tue 21 Oct 2025. &lt;b&gt;&amp; sent linkedin.com/in/x a Page invite before, on Wed 25 Nov.")

	// Many meetings stay within what Slack takes and a person reads.
	l.Before = nil
	for i := range 200 {
		l.Before = append(l.Before, quota.Meeting{Person: fmt.Sprintf("in:p%d", i), Member: "u", Name: "ben", Kind: quota.Invite, Day: l.Standing.Today})
	}
	m := Logged(l, names, shown)
	complete(t, m)
	if !strings.HasSuffix(m.Text, "ben sent linkedin.com/in/p4 an invite before, on Wed 25 Nov. And 195 more like these.") || len(m.Blocks) != 7 {
		t.Errorf("%d blocks: %s", len(m.Blocks), m.Text)
	}
	l.Before = l.Before[:6]
	if m := Logged(l, names, shown); strings.Contains(m.Text, "more like") || !strings.Contains(m.Text, "p5") {
		t.Errorf("six are shown whole: %s", m.Text)
	}
}

// The day that was understood.
func TestDayEcho(t *testing.T) {
	weekday := func(d time.Weekday) quota.When { return quota.When{Kind: quota.OnWeekday, Weekday: d} }
	clock := func(w quota.When, c int) quota.When { w.HasTime, w.Clock = true, c; return w }
	on := func(y int, m time.Month, d int) quota.When {
		return quota.When{Kind: quota.OnDate, Date: quota.DayOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC), time.UTC)}
	}
	ago := func(n int) quota.When { return quota.When{Kind: quota.DaysAgo, N: n} }
	for _, c := range []struct {
		zone, now string
		when      quota.When
		want      string
	}{
		{"Europe/Berlin", "2026-11-24 09:05", quota.When{}, ""},
		{"Europe/Berlin", "2026-11-24 09:05", ago(0), " for today, Tue 24 Nov"},
		{"Europe/Berlin", "2026-11-24 09:05", ago(1), " for yesterday, Mon 23 Nov"},
		{"Europe/Berlin", "2026-11-24 09:05", clock(ago(0), 8*60), " for today, Tue 24 Nov, 08:00"},
		{"Europe/Berlin", "2026-11-24 09:05", ago(2), " for Sun 22 Nov, last week"},
		{"Europe/Berlin", "2026-11-24 09:05", weekday(time.Friday), " for Fri 20 Nov, last week"},
		{"Europe/Berlin", "2026-11-24 09:05", clock(weekday(time.Tuesday), 14*60), " for Tue 17 Nov, 14:00, last week"},
		{"Europe/Berlin", "2026-11-24 09:05", on(2026, 11, 13), " for Fri 13 Nov, in the week of Mon 9 Nov"},
		{"Europe/Berlin", "2027-01-05 09:05", on(2026, 12, 24), " for Thu 24 Dec 2026, in the week of Mon 21 Dec"},
		{"Europe/Berlin", "2026-11-23 09:05", ago(1), " for yesterday, Sun 22 Nov, last week"},
		// Sunday evening in New York is Monday in UTC.
		{"America/New_York", "2026-11-23 00:30", quota.When{}, "; it counts in the new week, which began at 00:00 UTC"},
		{"America/New_York", "2026-11-23 04:30", clock(ago(0), 21*60), " for today, Sun 22 Nov, 21:00; it counts in the new week, which began at 00:00 UTC"},
		{"America/New_York", "2026-11-24 15:00", clock(weekday(time.Sunday), 21*60), " for Sun 22 Nov, 21:00; it counts in the week that began Mon 23 Nov, 00:00 UTC"},
		{"America/New_York", "2026-11-24 15:00", clock(on(2026, 11, 15), 21*60), " for Sun 15 Nov, 21:00; it counts in the week that began Mon 16 Nov, 00:00 UTC"},
		// Monday morning in Auckland is Sunday in UTC.
		{"Pacific/Auckland", "2026-11-22 21:00", quota.When{}, "; it counts in the week that ends at 00:00 UTC"},
		{"Pacific/Auckland", "2026-11-24 09:00", clock(weekday(time.Monday), 8*60), " for yesterday, Mon 23 Nov, 08:00; it counts in the week of Mon 16 Nov, which ended Mon 23 Nov, 00:00 UTC"},
		{"Pacific/Auckland", "2026-11-24 09:00", clock(on(2026, 11, 9), 8*60), " for Mon 9 Nov, 08:00; it counts in the week of Mon 2 Nov, which ended Mon 9 Nov, 00:00 UTC"},
		{"Pacific/Kiritimati", "2026-12-31 12:00", on(2026, 12, 28), " for Mon 28 Dec 2026; it counts in the week of Mon 21 Dec, which ended Mon 28 Dec, 00:00 UTC"},
	} {
		d := diaryAt(t, c.now)
		d.zone = c.zone
		l := d.log("ana", quota.Log{When: c.when})
		same(t, fmt.Sprint(c.zone, " ", c.now, " ", c.when), dayEcho(l.Standing, l.Operation), c.want)
		d.read(l)
		if text := d.undo("ana"); !strings.HasPrefix(text, "Undid 1 logged ") {
			t.Error(text)
		}
	}
}

func TestUndoneSaysWhich(t *testing.T) {
	for now, wants := range map[string]map[quota.When]string{
		"2026-11-24 09:05": {
			{}:                          "Undid 3 logged at 10:05.",
			{Kind: quota.DaysAgo}:       "Undid 3 logged for today, Tue 24 Nov.",
			{Kind: quota.DaysAgo, N: 1}: "Undid 3 logged for yesterday, Mon 23 Nov.",
			{Kind: quota.DaysAgo, N: 3}: "Undid 3 logged for Sat 21 Nov.",
			{Kind: quota.DaysAgo, N: 1, HasTime: true, Clock: 600}:  "Undid 3 logged Mon 10:00.",
			{Kind: quota.DaysAgo, N: 20, HasTime: true, Clock: 600}: "Undid 3 logged Wed 4 Nov, 10:00.",
		},
	} {
		for when, want := range wants {
			d := diaryAt(t, now)
			d.log("ana", quota.Log{Quantity: 3, When: when})
			if got := d.undo("ana"); !strings.HasPrefix(got, want+" 75 left this week (0 of a budget of 75).") {
				t.Errorf("%+v: %s", when, got)
			}
		}
	}
}
