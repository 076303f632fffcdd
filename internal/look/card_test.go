package look

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// The card of product's own example, and every other shape it takes.
func TestCards(t *testing.T) {
	d := diaryAt(t, "2026-11-18 09:00")
	d.log("ana", quota.Log{Quantity: 45})
	d.goTo("2026-11-23 10:00")
	d.log("ana", quota.Log{Quantity: 15})
	d.goTo("2026-11-24 09:05")
	d.log("ana", quota.Log{Quantity: 15})
	same(t, "last 7 days", d.card(), `25 left now, 45 left this week.
Today 15 of a pace of 20. This week 30 of 75. Last 7 days 75 of about 100.
Why 25: last week's invites still count for a few days, against the ceiling of about 100 (LinkedIn publishes none). 20 more open up Wed 10:00.
Easy plan: 15 a day, Wed to Fri, uses all 45.
New week: Mon 30 Nov, 01:00 your time (00:00 UTC).`)

	d = diaryAt(t, "2026-11-26 09:05")
	same(t, "nothing yet", d.card(), `75 left this week.
Today 0 of a pace of 20. This week 0 of 75. Last 7 days 0 of about 100.
Easy plan: 20 a day, Thu and Fri, uses 40 of 75.
New week: Mon 30 Nov, 01:00 your time (00:00 UTC).`)
	d.log("ana", quota.Log{Quantity: 75})
	same(t, "exactly full", d.card(), `0 left this week.
Today 75 of a pace of 20. This week 75 of 75. Last 7 days 75 of about 100.
New week: Mon 30 Nov, 01:00 your time (00:00 UTC).`)
	d.log("ana", quota.Log{Quantity: 4})
	same(t, "over the budget", d.card(), `0 left this week.
Today 79 of a pace of 20. This week 79 of 75. Last 7 days 79 of about 100.
4 over the team budget of 75. Nothing is blocked.
New week: Mon 30 Nov, 01:00 your time (00:00 UTC).`)
	d.log("ana", quota.Log{Quantity: 24})
	same(t, "over the ceiling", d.card(), `0 left this week.
Today 103 of a pace of 20. This week 103 of 75. Last 7 days 103 of about 100.
103 this week, 3 past the ceiling of about 100 (LinkedIn publishes none). Nothing is blocked, but it is best to stop for now. 75 more open up Thu 3 Dec, 10:05.
New week: Mon 30 Nov, 01:00 your time (00:00 UTC).`)
	d.goTo("2026-11-30 09:05")
	same(t, "over the last 7 days", d.card(), `0 left now, 75 left this week.
Today 0 of a pace of 20. This week 0 of 75. Last 7 days 103 of about 100.
103 in the last 7 days, 3 past the ceiling of about 100 (LinkedIn publishes none). Nothing is blocked, but it is best to stop for now. 75 more open up Thu 10:05.
Easy plan: 20 a day, Thu and Fri, uses 40 of 75.
New week: Mon 7 Dec, 01:00 your time (00:00 UTC).`)

	d = diaryAt(t, "2026-07-22 09:05")
	d.zone = "UTC"
	if got := d.card(); !strings.HasSuffix(got, "New week: Mon 27 Jul, 00:00 UTC.") {
		t.Error(got)
	}
	d.zone = "Europe/London"
	if got := d.card(); !strings.HasSuffix(got, "New week: Mon 27 Jul, 01:00 your time (00:00 UTC).") {
		t.Error(got)
	}
	d.zone = "America/New_York"
	if got := d.card(); !strings.HasSuffix(got, "New week: Sun 26 Jul, 20:00 your time (00:00 UTC).") {
		t.Error(got)
	}
}

// The lines of open invites are crossed at their own number.
func TestOpenInvitesOnACard(t *testing.T) {
	for n, want := range map[int]string{
		499: "", 500: "500 open invites; from about 500 on LinkedIn may look closer", 999: "999 open invites; from about 500 on", 1000: "1000 open invites; from about 1000 on LinkedIn may restrict an account",
	} {
		got := Card(sceneOf("").sent(n, "2026-10-01 10:00").Standing).Text
		if !strings.Contains(got, want) || want == "" && strings.Contains(got, "open invites") {
			t.Errorf("%d open, want %q:\n%s", n, want, got)
		}
	}
}

func TestPlan(t *testing.T) {
	day := func(d int) quota.Day { return quota.DayOf(time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC), time.UTC) }
	for want, c := range map[string]struct {
		p    quota.Plan
		week int
	}{
		"15 a day, Wed to Fri, uses all 45":                                    {quota.Plan{PerDay: 15, Total: 45, From: day(25), To: day(27), Days: 3}, 45},
		"up to 5 a day, Wed to Fri, uses all 14":                               {quota.Plan{PerDay: 5, Total: 14, From: day(25), To: day(27), Days: 3}, 14},
		"20 a day, Thu and Fri, uses 40 of 75":                                 {quota.Plan{PerDay: 20, Total: 40, From: day(26), To: day(27), Days: 2}, 75},
		"10 a day, on the 2 working days from Wed to Fri, uses all 20":         {quota.Plan{PerDay: 10, Total: 20, From: day(25), To: day(27), Days: 2}, 20},
		"up to 10 a day, on the 3 working days from Mon to Fri, uses 28 of 30": {quota.Plan{PerDay: 10, Total: 28, From: day(23), To: day(27), Days: 3}, 30},
		"1 on Fri":                 {quota.Plan{PerDay: 1, Total: 1, From: day(27), To: day(27), Days: 1}, 1},
		"20 on Fri, uses 20 of 55": {quota.Plan{PerDay: 20, Total: 20, From: day(27), To: day(27), Days: 1}, 55},
	} {
		if got := plan(c.p, uses(c.p, c.week)); got != want {
			t.Errorf("%+v: %q, want %q", c.p, got, want)
		}
	}
}

func TestBar(t *testing.T) {
	for _, c := range []struct{ used, max, full int }{{0, 75, 0}, {1, 75, 1}, {3, 75, 1}, {4, 75, 1}, {15, 75, 4}, {74, 75, 19}, {75, 75, 20}, {200, 75, 20}, {0, 0, 20}, {1, 0, 20}, {-1, 75, 0}} {
		got := bar(quota.Gauge{Max: c.max, Used: c.used})
		if full, empty := strings.Count(got, "█"), strings.Count(got, "░"); full != c.full || full+empty != 20 {
			t.Errorf("%d of %d: %q", c.used, c.max, got)
		}
	}
}

func TestLogCard(t *testing.T) {
	d := diaryAt(t, "2026-11-24 09:05")
	d.log("ana", quota.Log{Quantity: 5})
	s := d.standing()
	const short = "70 left this week. Today 5 of a pace of 20. This week 5 of 75. Last 7 days 5 of about 100."
	same(t, "at rest", LogCard(Message{}, s).Text, short)
	logged := Sentences([]string{"Logged 5. 70 left this week (5 of a budget of 75)."})
	same(t, "after a log", LogCard(logged, s).Text, logged.Text)
	inMails := Sentences([]string{"Logged 2 InMails. No fixed limit on InMails; 2 sent this week."})
	same(t, "after a log of another kind", LogCard(inMails, s).Text, inMails.Text+"\n70 left this week.")
	for _, m := range []Message{LogCard(Message{}, s), LogCard(logged, s), LogCard(inMails, s)} {
		complete(t, m)
	}
	if m := LogCard(Message{}, s, Button{Label: "+1", Action: "log_1", Value: "v", Hint: "Log 1"}); len(m.Blocks) != 3 || m.Blocks[2].BlockType() != slack.MBTAction {
		t.Errorf("%v", m.Blocks)
	}
}

func TestColleagueAndWatched(t *testing.T) {
	d := diaryAt(t, "2026-11-24 09:05")
	d.log("ana", quota.Log{Quantity: 5})
	s := d.standing()
	complete(t, Colleague(s))
	complete(t, WatchedCard(s))
	same(t, "colleague", Colleague(s).Text, "ana: 70 left this week.")
	same(t, "watched", WatchedCard(s).Text, "ana: "+strings.ReplaceAll(Card(s).Text, "your time", "their time")+"\nana sees exactly this; times are theirs (Europe/Berlin).")
	same(t, "watched, in UTC", WatchedCard(inZone(s, time.UTC)).Text, "ana: "+Card(inZone(s, time.UTC)).Text+"\nana sees exactly this; times are UTC.")
	same(t, "a closed week", WatchedWeek(s, quota.WeekOf(s.At)+1).Text, "ana: "+strings.ReplaceAll(Closed(s, quota.WeekOf(s.At)+1).Text, "your", "their")+"\nana sees exactly this.")
	for _, paused := range []func(*quota.Member){
		func(m *quota.Member) { m.Away = quota.Away{From: s.Today, Until: s.Today + 2} },
		func(m *quota.Member) {
			m.Restriction = quota.Restriction{From: s.At, Until: (s.Today + 2).In(s.Zone, 18, 0)}
		},
	} {
		p := s
		paused(&p.Member)
		same(t, "somebody paused", Colleague(p).Text, "ana: paused until Thu.")
		same(t, "somebody paused, in a digest", leftCell(p), "paused until Thu")
	}
	s.Member.Name = "A <b> & \u202e`x`\n2"
	same(t, "an odd name", Colleague(s).Text, "A &lt;b&gt; &amp; x 2: 70 left this week.")
	s.Member.Name = ""
	same(t, "no name", Colleague(s).Text, "Your colleague: 70 left this week.")
	if got := WatchedCard(s); !strings.HasSuffix(got.Text, "\nYour colleague sees exactly this; times are theirs (Europe/Berlin).") || texts(got.Blocks)[0] != "*Your colleague*" {
		t.Error(got.Text)
	}
}

// inZone is a standing of somebody who lives elsewhere.
func inZone(s quota.Standing, zone *time.Location) quota.Standing {
	s.Zone, s.Today = zone, quota.DayOf(s.At, zone)
	return s
}

func TestHome(t *testing.T) {
	for _, c := range []struct{ logs, undone, lines int }{{0, 0, 0}, {1, 0, 1}, {1, 1, 1}, {10, 3, 10}, {40, 5, 10}} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			d := diaryAt(t, "2026-11-24 09:05")
			for i := range c.logs {
				d.log("ana", quota.Log{Quantity: i + 1, Kind: quota.Kinds()[i%5], Persons: []string{"in:a", "in:b", "in:c", "in:d", "in:e", "in:f"}[:min(i, 6)]})
			}
			for range c.undone {
				d.undo("ana")
			}
			undo := func(o quota.Operation) Button { return Button{Label: "Undo", Action: "undo", Value: fmt.Sprint(o.Op)} }
			row := []Button{{Label: "+1", Action: "log_1", Value: "x"}}
			for _, said := range []string{"", "Logged 3. 5 left."} {
				blocks := Home(said, d.standing(), names, shown, row, row, undo)
				all := strings.Join(texts(blocks), "\n")
				lines, crossed, undos := 0, 0, 0
				for _, b := range blocks {
					if s, ok := b.(*slack.SectionBlock); ok && s.Text != nil {
						if strings.HasPrefix(s.Text.Text, "~*") {
							crossed++
						}
						if s.Accessory != nil {
							undos++
						}
					}
				}
				if lines = crossed + undos; lines != c.lines || crossed != min(c.undone, c.lines) {
					t.Errorf("%d lines, %d of them undone:\n%s", lines, crossed, all)
				}
				if (c.logs == 0) != strings.Contains(all, "Nothing yet. Press a number above, or type `/sent 5` in any channel.") {
					t.Error(all)
				}
				if strings.Contains(all, said) == false || len(blocks) > 100 || neverRead.MatchString(all) {
					t.Errorf("%d blocks:\n%s", len(blocks), all)
				}
				ids := map[string]bool{}
				for _, b := range blocks {
					if id := b.ID(); id != "" && ids[id] {
						t.Errorf("two blocks %s", id)
					} else {
						ids[id] = true
					}
				}
			}
		})
	}
	d := diaryAt(t, "2026-11-24 09:05")
	d.log("ana", quota.Log{})
	d.log("ana", quota.Log{Quantity: 2, Kind: quota.InMail, When: quota.When{Kind: quota.DaysAgo, N: 1}})
	all := strings.Join(texts(Home("", d.standing(), names, shown, nil, nil, func(quota.Operation) Button { return Button{Label: "Undo", Action: "undo"} })), "\n")
	for _, want := range []string{"*1 invite*, at 10:05", "*2 InMails*, for yesterday, Mon 23 Nov", "*74 left this week*"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
}
