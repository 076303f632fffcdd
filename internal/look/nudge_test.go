package look_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// paced logs as in sent, and returns how the member stands and the gravest line that the last log crossed.
func (j *journey) paced(moment, log string) (quota.Standing, quota.Verdict) {
	j.t.Helper()
	j.sent(moment, log)
	who, _, _ := strings.Cut(log, " ")
	s, err := j.book.Standing(j.t.Context(), j.who(who), utc(j.t, moment), quota.Invite)
	j.must(s, err)
	for _, v := range s.Verdicts(s.Journal.Operations()[0]) {
		return s, v
	}
	return s, quota.Verdict{}
}

func (j *journey) standing(moment, who string) quota.Standing {
	j.t.Helper()
	s, err := j.book.Standing(j.t.Context(), j.who(who), utc(j.t, moment), quota.Kinds()...)
	j.must(s, err)
	return s
}

var aNumberLeft = regexp.MustCompile(`(\d+) left`)

// honest fails the test unless the first number that a message says is left is.
func honest(t *testing.T, s quota.Standing, m look.Message) {
	t.Helper()
	first := aNumberLeft.FindStringSubmatch(m.Text)
	b := s.Budget(quota.Invite)
	if _, bound := b.Binding(); !bound {
		if first != nil {
			t.Errorf("nothing binds: %s", m.Text)
		}
		return
	}
	if first == nil || first[1] != strconv.Itoa(b.Left) {
		t.Errorf("%d left, and it says %s", b.Left, m.Text)
	}
}

func TestNudges(t *testing.T) {
	o := officeOf(t)
	buttons := []look.Button{{Label: "Quiet today", Action: "quiet_day"}, {Label: "Undo", Action: "undo"}}
	var all []string
	say := func(title string, s quota.Standing, m look.Message) {
		t.Helper()
		sound(t, o, look.Announcement{Message: m})
		honest(t, s, m)
		all = append(all, "## "+title, m.Text, "")
	}
	line := func(title string, want quota.Line, s quota.Standing, v quota.Verdict) {
		t.Helper()
		if v.Line != want {
			t.Fatalf("%s: line %d, want %d", title, v.Line, want)
		}
		m := look.Nudge(s, v, []string{"Mia"}, buttons...)
		if want == quota.CeilingLine {
			m = look.Ceiling(s, v, []string{"Mia"}, s.At.Add(quota.ToldAfter), buttons...)
		}
		say(title, s, m)
	}
	s, v := journeyOf(t).paced("2026-11-24 09:05", "Ben 60")
	line("burst, in one part of the day", quota.BurstLine, s, v)

	j := journeyOf(t)
	j.sent("2026-11-24 08:01", "Ben 12")
	s, v = j.paced("2026-11-24 09:05", "Ben 21")
	line("burst, within an hour", quota.BurstLine, s, v)

	j = journeyOf(t)
	j.sent("2026-11-24 06:00", "Ben 14")
	j.sent("2026-11-24 07:30", "Ben 11")
	s, v = j.paced("2026-11-24 11:05", "Ben 6")
	line("burst, within six hours", quota.BurstLine, s, v)

	j = journeyOf(t)
	for _, at := range []string{"05:00", "08:30", "12:00"} {
		j.sent("2026-11-24 "+at, "Ben 13")
	}
	s, v = j.paced("2026-11-24 18:30", "Ben 5")
	line("day", quota.DayLine, s, v)

	j = journeyOf(t)
	for i, at := range []string{"23 07:00", "23 13:30", "24 07:00", "24 13:30"} {
		j.sent("2026-11-"+at, fmt.Sprint("Ana ", 13+i%2))
	}
	s, v = j.paced("2026-11-25 08:00", "Ana 7")
	line("nearly out", quota.NearlyOut, s, v)

	j = journeyOf(t)
	j.sent("2026-11-16 08:00", "Ana 1")
	j.sent("2026-11-23 08:00", "Ana 20")
	j.sent("2026-11-24 08:00", "Ana 20")
	s, v = j.paced("2026-11-24 12:00", "Ana 1")
	line("projection", quota.Projection, s, v)

	j = journeyOf(t)
	j.sent("2026-11-23 08:00", "Eva 50")
	j.sent("2026-11-24 08:00", "Eva 50")
	s, v = j.paced("2026-11-26 08:00", "Eva 3")
	line("ceiling of the week", quota.CeilingLine, s, v)
	say("the same, to a manager", s, look.CeilingTold(s, v, buttons...))

	j = eight(t)
	s, v = j.paced("2026-11-23 14:00", "Ana 41")
	line("ceiling of 7 days", quota.CeilingLine, s, v)
	say("the same, to a manager", s, look.CeilingTold(s, v))
	say("the same, without managers", s, look.Nudge(s, v, nil))

	free := journeyOf(t)
	free.must(free.book.Choose(t.Context(), free.who("Mia"), free.key(), utc(t, "2026-11-17 09:00"), quota.Order{Team: free.team}, quota.InTouchPreset))
	free.sent("2026-11-23 07:00", "Ana 15", "Ana 15")
	free.sent("2026-11-23 15:00", "Ana 9")
	free.sent("2026-11-24 07:00", "Ana 18")
	s, v = free.paced("2026-11-24 14:00", "Ana 3")
	line("nearly out, where nothing is fixed", quota.NearlyOut, s, v)

	for _, quiet := range []quota.Line{quota.NoLine, quota.Brisk} {
		if m := look.Nudge(s, quota.Verdict{Line: quiet, Limit: v.Limit}, nil, buttons...); m.Text != "" || m.Blocks != nil {
			t.Errorf("line %d: %v", quiet, m)
		}
	}
	golden(t, "nudges", strings.TrimSpace(strings.Join(all, "\n")))
}

// A manager reads of the other managers in a message about their own pace.
func TestNudgeOfAManager(t *testing.T) {
	s, v := journeyOf(t).paced("2026-11-24 09:05", "Ben 60")
	past, c := journeyOf(t).paced("2026-11-24 09:05", "Eva 104")
	for _, m := range []struct{ ids, names, private, twin string }{
		{"", "", "only you get this message.", "Only you get this message."},
		{"me", "Ben", "only you get this message.", "Only you get this message."},
		{"me U2", "Ben Ola", "only you get this message. Ola sees your totals, as always.", "At 10:35 I tell Ola, unless it is undone."},
		{"U2 me", "Ola Ben", "only you get this message. Ola sees your totals, as always.", "At 10:35 I tell Ola, unless it is undone."},
		{"U1 U2 U3 U4 U5", "A B C D E", "only you get this message. A, B, C, D and 1 other manager see your totals, as always.", "At 10:35 I tell A, B, C and D, unless it is undone."},
	} {
		for want, of := range map[string]struct {
			s quota.Standing
			v quota.Verdict
		}{m.private: {s, v}, m.twin: {past, c}} {
			of.s.Team.Managers = strings.Fields(strings.ReplaceAll(m.ids, "me", of.s.Member.ID))
			got := look.Nudge(of.s, of.v, strings.Fields(m.names)).Text
			if of.v.Line == quota.CeilingLine {
				got = look.Ceiling(of.s, of.v, strings.Fields(m.names), of.s.At.Add(quota.ToldAfter)).Text
			}
			if !strings.HasSuffix(got, want) {
				t.Errorf("%q: no %q in %s", m.names, want, got)
			}
		}
	}
}

func limit(t *testing.T, name string) *quota.Limit {
	t.Helper()
	l, ok := quota.Presets()[0].Find(name)
	if !ok {
		t.Fatal(name)
	}
	return l
}

func TestTold(t *testing.T) {
	o := officeOf(t)
	j := eight(t)
	var all []string
	say := func(title string, m look.Message) {
		t.Helper()
		sound(t, o, look.Announcement{Message: m})
		all = append(all, "## "+title, m.Text, "")
	}
	hugo := j.standing("2026-11-25 17:00", "Hugo")
	honest(t, hugo, look.BackOn(hugo))
	say("back on", look.BackOn(hugo))
	say("LinkedIn restricted Hugo, to a manager", look.RestrictionTold(j.standing("2026-11-21 09:00", "Hugo"), berlin(t)))
	say("the same in UTC", look.RestrictionTold(j.standing("2026-11-21 09:00", "Hugo"), nil))

	ana := j.standing("2026-11-24 09:00", "Ana")
	for _, d := range []quota.Deed{
		{What: quota.OwnChosen, Was: "", Is: "60", Until: utc(t, "2026-12-04 23:00"), Reason: "new account"},
		{What: quota.OwnChosen, Was: "75", Is: "0", Reason: "holiday <!channel>"},
		{What: quota.OwnCleared, Was: "60"},
		{What: quota.AccountChanged, Was: "", Is: "free, new since 2026-11-20", Reason: "a new account"},
	} {
		m := look.RulesChanged(ana, d, "Mia", called)
		if d.What != quota.OwnChosen {
			honest(t, ana, m)
		}
		say(fmt.Sprintf("rules changed, %d", d.What), m)
	}
	say("cram", look.Cram(ana))
	say("end of day", look.CheckIn(ana, called))
	say("the last for now", look.LastCheckIn(ana, called))
	j.sent("2026-11-24 09:10", "Ana 8")
	j.must(j.book.Log(t.Context(), j.who("Ana"), j.key(), utc(t, "2026-11-24 09:20"), quota.Log{Kind: quota.InMail, Quantity: 2}))
	ana = j.standing("2026-11-24 17:00", "Ana")
	honest(t, ana, look.CheckIn(ana, called))
	honest(t, ana, look.Cram(ana))
	say("end of day, with logs", look.CheckIn(ana, called, look.Button{Label: "All there", Action: "done"}))
	golden(t, "told", strings.TrimSpace(strings.Join(all, "\n")))
}

func TestRecap(t *testing.T) {
	o := officeOf(t)
	j := eight(t)
	j.later()
	for who, weeks := range map[string]look.Weeks{
		"Ana":  {0, 0, 40, 52, 61, 48, 49, 75},
		"Cleo": {},
		"Hugo": {60, 60, 70, 80, 75, 70, 65, 80},
		"Finn": {0, 0, 0, 0, 0, 1, 16, 40},
		"Eva":  {60, 60, 60, 60, 60, 60, 73, 104},
	} {
		s := j.standing("2026-11-23 08:30", who)
		a := look.Recap(s, weeks, called)
		sound(t, o, a)
		honest(t, s, a.Message)
		golden(t, "recap-"+strings.ToLower(who), drawn(a))
	}
	free := journeyOf(t)
	free.must(free.book.Choose(t.Context(), free.who("Mia"), free.key(), utc(t, "2026-11-17 09:00"), quota.Order{Team: free.team}, quota.InTouchPreset))
	free.sent("2026-11-18 09:00", "Ana 40")
	s := free.standing("2026-11-23 08:30", "Ana")
	a := look.Recap(s, look.Weeks{7: 40}, called)
	sound(t, o, a)
	honest(t, s, a.Message)
}

// Whatever the journal holds, no message says what nobody should read, and the first number is honest.
func TestAnyJournal(t *testing.T) {
	o := officeOf(t)
	for seed := range 16 {
		j := journeyOf(t)
		at := utc(t, "2026-11-02 06:00")
		for i := range 25 {
			at = at.Add(time.Duration(1+(seed*7+i*13)%29) * time.Hour)
			j.sent(at.Format("2006-01-02 15:04"), fmt.Sprint("Ana ", 1+(seed*i*31)%(3+seed)))
			if (seed+i)%11 == 0 {
				j.accepted(at.Format("2006-01-02 15:04"), "Ana", 1+i)
			}
		}
		if seed%4 == 0 {
			j.must(j.book.Restrict(t.Context(), j.who("Ana"), j.key(), at, at.Add(time.Duration(seed)*5*time.Hour+time.Hour)))
		}
		moment := at.Add(time.Duration(seed) * 3 * time.Hour).Format("2006-01-02 15:04")
		s := j.standing(moment, "Ana")
		for _, v := range []quota.Verdict{
			{Line: quota.CeilingLine, Sent: 104, Max: 100, Limit: limit(t, quota.SevenDaysName)},
			{Line: quota.BurstLine, Sent: 22, Max: 20, Limit: limit(t, quota.HourName)},
			{Line: quota.BurstLine, Sent: 31, Max: 29, Limit: limit(t, quota.SixHoursName)},
			{Line: quota.DayLine, Sent: 44, Max: 40, Limit: limit(t, quota.PaceName)},
			{Line: quota.NearlyOut, Sent: 61, Max: 60, Limit: limit(t, quota.BudgetName)},
			{Line: quota.Projection, Sent: 130, Max: 100, Limit: limit(t, quota.CeilingName)},
		} {
			m := look.Nudge(s, v, []string{"Mia", "Ola"})
			sound(t, o, look.Announcement{Message: m})
			honest(t, s, m)
			if v.Line == quota.CeilingLine {
				m = look.CeilingTold(s, v)
				sound(t, o, look.Announcement{Message: m})
				honest(t, s, m)
			}
		}
		for _, m := range []look.Message{look.BackOn(s), look.Cram(s), look.CheckIn(s, called), look.Recap(s, look.Weeks{seed, 1, 2, 3, 4, 5, 6, 7}, called).Message} {
			sound(t, o, look.Announcement{Message: m})
			honest(t, s, m)
		}
		r, deeds := j.review(moment)
		sound(t, o, look.Digest(r, called, look.DigestFrame{Deeds: deeds}))
		sound(t, o, look.Overview(j.overview(moment), called, manager(t)))
	}
}
