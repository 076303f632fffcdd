package look

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/paceline/paceline/internal/quota"
)

// record names nobody and tells of no change.
var record = Record{Names: names}

// pages are all that can be asked about limits.
func pages(s quota.Standing) map[string]Message {
	out := map[string]Message{"why": Why(s, record), "pace": WhyPace(s, record), "advice": WhyAdvice(s, record)}
	for _, k := range quota.Kinds()[1:] {
		out[k.String()] = WhyKind(s, record, k)
	}
	return out
}

// Under every preset each claim stands on a page, with its source, how sure that is and what is claimed otherwise, in
// the text and in the blocks; and each page is one that Slack takes and a person reads.
func TestWhyTellsEveryClaim(t *testing.T) {
	for _, p := range quota.Presets() {
		sc := sceneOf(p.Name).account(quota.PremiumCareer)
		sc.Member.Account.New = utc("2026-11-10 06:00")
		restricted := sceneOf(p.Name).account(quota.Free).restricted("2026-11-24 06:00", "2026-11-25 17:00")
		recovering := sceneOf(p.Name).restricted("2026-11-23 06:00", "2026-11-24 06:00")
		for _, l := range p.Limits {
			if l.Optional {
				sc.chose(l.Name, 60)
			}
		}
		var text, blocks string
		for _, s := range []quota.Standing{sc.Standing, restricted.Standing, recovering.Standing} {
			for name, m := range pages(s) {
				complete(t, m)
				all := strings.Join(texts(m.Blocks), "\n")
				if n := utf8.RuneCountInString(all); n > 12_000 || len(m.Blocks) > 50 || utf8.RuneCountInString(m.Text) > 2900 {
					t.Errorf("%s, %s: %d characters in %d blocks, %d in the text", p.Name, name, n, len(m.Blocks), utf8.RuneCountInString(m.Text))
				}
				text, blocks = text+"\n"+m.Text, blocks+"\n"+all
			}
		}
		told := func(claim, source string, sure quota.Confidence, against []string) {
			t.Helper()
			for _, part := range append([]string{claim, "Source: " + source + ". How sure: " + sure.String() + "."}, against...) {
				if !strings.Contains(text, part) || !strings.Contains(blocks, part) {
					t.Errorf("%s leaves out %q", p.Name, part)
				}
			}
		}
		for _, l := range p.Limits {
			told(l.Claim, l.Source, l.Confidence, l.Against)
		}
		for _, r := range p.Persons {
			told(r.Claim, r.Source, r.Confidence, r.Against)
		}
		for _, a := range p.Advice {
			told(a.Claim, a.Source, a.Confidence, a.Against)
		}
		if follows := "Your team follows " + p.Title + ": "; !strings.Contains(text, follows) || p.Outdated != "" && !strings.Contains(text, "Outdated: "+p.Outdated) {
			t.Errorf("%s does not say which guide is followed", p.Name)
		}
	}
}

func TestWhy(t *testing.T) {
	sc := sceneOf("").sent(5, early9)
	m := Why(sc.Standing, record)
	for _, want := range []string{
		"70 left this week. That is the smallest room of the limits below: team budget, week from Monday 00:00 UTC.\n\n" +
			"Team budget: 5 of 75. Week from Monday 00:00 UTC; all sent count.\n75 a week is the budget of a team that has chosen none, a margin under the ceiling of about 100.\n" +
			"Source: outreach guides advise 50 to 75. How sure: Paceline's own number, until a team chooses one.\n\nCeiling: 5 of about 100.",
		"Others claim: one guide says that the count resets on Monday 00:00 UTC; one vendor (Aimfox) says it may differ from account to account.\n\n" +
			"Soft lines: daily pace 5 of 20, burst 0 of 20, burst over 6 hours 5 of 29, open invites 5 of 1000.\n" +
			"Page invites: 100 left this month for the whole team (0 of 100).\n" +
			"No limit on invites with a note and InMails while your account type is not known here. Say which you have: `/paceline settings account free`.\nNo limit in force on messages.\nAccepted: not recorded.\n\n" +
			"Your team follows Paceline's own: a budget of 75 a week under a ceiling of about 100, counted by the week and over any 7 days.",
	} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}

	// Who changed a number: a mention where it is seen, a word where it is read aloud.
	sc = sceneOf("").chose(quota.CeilingName, 150).own(40, "2026-11-29 23:00").account(quota.Free).sent(5, early9)
	m = Why(sc.Standing, record)
	complete(t, m)
	for _, want := range []string{
		"35 left this week. That is the smallest room of the limits below: your own limit, week from Monday 00:00 UTC.\n\nYour own limit: 5 of 40.",
		"Your own limit: 5 of 40. Week from Monday 00:00 UTC; all sent count.\n40, set by a manager on Mon 23 Nov: “trusted account”, until the end of Sun 29 Nov.\nWithout that: 75 a week is",
		"Ceiling: 5 of 150. Week from Monday 00:00 UTC; all sent count.\n150, set by a manager on Mon 2 Nov: “a calm quarter”.\nWithout that: LinkedIn limits",
		"Invites with a note: 5 left this month (0 of 5).\nInMails: 0 left; a free account comes with no InMails.\n",
	} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
	if all := strings.Join(texts(m.Blocks), "\n"); !strings.Contains(all, "40, set by <@UMIA> on Mon 23 Nov: “trusted account”, until the end of Sun 29 Nov.") {
		t.Error(all)
	}

	sc.sent(31, yesterday)
	if got := Why(sc.Standing, record).Text; !strings.Contains(got, "\nInvites with a note: 0 of 5 this month, and they count as invites.\n") {
		t.Error(got)
	}

	sc = sceneOf(quota.PlansPreset).sent(5, early9)
	m = Why(sc.Standing, record)
	if !strings.HasPrefix(m.Text, "300 left today. That is the smallest room of the limits below: limit of the day, your own day.\n\nLimit of the day: 0 of 300. Your own day; accepted ones count, when they are accepted.") ||
		!strings.Contains(m.Text, "Outdated: These numbers are older than LinkedIn's weekly limit.") {
		t.Error(m.Text)
	}
	same(t, "no soft line", WhyPace(sceneOf(quota.EmailChaserPreset).Standing, record).Text, "Your team's guide draws no soft line on invites. Nudges use Paceline's own.\n\n"+
		"I write to you alone about a burst; 40 or more in one day; 80 invites by Wednesday, of this week's 100; a pace that would pass the ceiling. "+
		"At most once a day and twice a week, and only about what is logged within the hour. A passed ceiling is always told.\nSource: Paceline's own; nobody publishes such lines.\n\n"+
		"Your team follows EmailChaser's: 100 in the week and no daily limit; 100 messages a week.")
	got := WhyKind(sceneOf("").account(quota.PremiumCareer).set(func(sc *scene) { sc.Member.Joined = utc("2026-08-02 09:00") }).did(quota.Sent, quota.InMail, 3, early9).Standing, record, quota.InMail).Text
	if !strings.HasPrefix(got, "InMails: 12 left this month (3 of 15: 5 a month and 10 carried over). That is the smallest room of the limits below: InMail credits, month from the 1st, next Tue 1 Dec.\n\n"+
		"InMail credits: 3 of 15: 5 a month and 10 carried over. Month from the 1st, next Tue 1 Dec; all sent count, less those answered within 90 days.\n") {
		t.Error(got)
	}
	months := sceneOf("").account(quota.PremiumCareer).set(func(sc *scene) { sc.Member.Joined, sc.Member.Account.Billing = utc("2026-11-02 09:00"), 31 }).did(quota.Sent, quota.InMail, 3, early9)
	got = WhyKind(months.Standing, record, quota.InMail).Text
	if !strings.HasPrefix(got, "InMails: 2 left this month (3 of 5; next month from Mon 30 Nov). That") || !strings.Contains(got, "\nInMail credits: 3 of 5. Month from the 31st, next Mon 30 Nov; all sent count, less") {
		t.Error(got)
	}
	got = WhyKind(months.chose(quota.InMailName, 50).Standing, record, quota.InMail).Text
	if !strings.Contains(got, "\n50, set by a manager on Mon 2 Nov: “a calm quarter”. Nothing is carried over then: Premium Career holds at most 15.\nWithout that: InMail credits come each month by account type, ") {
		t.Error(got)
	}
	for n, want := range map[int]string{
		1: "0 of 9: 5 a month, 3 carried over and 1 given back",
		2: "0 of 10: 5 a month, 3 carried over and 2 given back",
	} {
		sc = sceneOf("").account(quota.PremiumCareer).did(quota.Sent, quota.InMail, 2, "2026-10-20 10:00").did(quota.Replied, quota.InMail, n, yesterday)
		sc.Member.Joined, sc.Journal[1].Closes = utc("2026-09-02 09:00"), sc.Journal[0].Seq
		if got := WhyKind(sc.Standing, record, quota.InMail).Text; !strings.Contains(got, "\n\nInMail credits: "+want+". Month from the 1st, next Tue 1 Dec;") {
			t.Errorf("want %q:\n%s", want, got)
		}
	}
	got = WhyKind(sceneOf("").restricted("2026-11-24 06:00", "2026-11-25 17:00").Standing, record, quota.Invite).Text
	if !strings.HasPrefix(got, "0 left, restricted by LinkedIn until Wed 18:00. That is") || !strings.Contains(got, "Restriction: 0 of 0. While it lasts, until Wed 18:00.") {
		t.Error(got)
	}
}

// A kind or a time is named once in a line.
func TestWhyNamesOnce(t *testing.T) {
	for want, sc := range map[string]*scene{
		"\nNo fixed limit on messages; 7 sent this week, with a soft line at 100.\n": sceneOf("").chose(quota.MessagesName, 100).did(quota.Sent, quota.Message, 7, early9),
		" smallest room of the limits below: limit of 24 hours.\n":                   sceneOf(quota.QuickMailPreset).sent(5, early9),
		" smallest room of the limits below: ceiling over 7 days.\n":                 sceneOf("").sent(60, lastWed),
		"\nInvites with a note: 4 left this month (1 of 5).\n":                       sceneOf("").account(quota.Free).did(quota.Sent, quota.Note, 1, early9),
		"Invites with a note: 0 left; 6 this month, 1 over the limit of 5. ":         sceneOf("").account(quota.Free).did(quota.Sent, quota.Note, 6, early9),
	} {
		if got := Why(sc.Standing, record).Text; !strings.Contains(got, strings.TrimSuffix(want, " ")) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// Without a limit of one's own what the team chose holds, or nothing where it chose that, and then the team says so.
func TestWithoutAnOwnLimit(t *testing.T) {
	for want, sc := range map[string]*scene{
		"Without that: 75 a week is the budget of a team that has chosen none,":                               sceneOf("").own(40, ""),
		"Without that: 60 a week, as your team set.\nSource: your team. How sure: the team's choice.\n":       sceneOf("").chose(quota.BudgetName, 60).own(40, ""),
		"Without that: none; your team has turned it off.\nSource: your team. How sure: the team's choice.\n": sceneOf("").chose(quota.BudgetName, quota.Off).own(40, ""),
		"Without that: none; your team has set no budget.\nSource: your team. How sure: the team's choice.\n": sceneOf(quota.GuidePreset).own(40, ""),
	} {
		if got := Why(sc.Standing, record).Text; !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// Since when is counted is said until the member has told what was before, and while it matters.
func TestCountedSince(t *testing.T) {
	for _, told := range []bool{false, true} {
		sc := sceneOf("").sent(5, early9)
		sc.Member.Joined, sc.Member.Told = utc("2026-11-20 13:00"), time.Time{}
		if told {
			sc.Member.Told = sc.At
		}
		if got := strings.Contains(Card(sc.Standing).Text, "\nCounted since Fri 14:00.\n"); got == told {
			t.Errorf("told %v: %s", told, Card(sc.Standing).Text)
		}
	}
	sc := sceneOf("").sent(5, early9)
	sc.Member.Told = time.Time{} // the first log is two months old
	if got := Card(sc.Standing).Text; strings.Contains(got, "Counted") {
		t.Error(got)
	}
}

// A mention stands where it is seen; what is read aloud says a manager, or the member's own name.
func TestWhoSetAnOwnLimit(t *testing.T) {
	for by, want := range map[string][2]string{
		"UMIA": {"set by a manager on Mon 23 Nov", "set by <@UMIA> on Mon 23 Nov"},
		"UANA": {"set by Ana on Mon 23 Nov", "set by <@UANA> on Mon 23 Nov"},
		"":     {"set by a manager on Mon 23 Nov", "set by a manager on Mon 23 Nov"},
	} {
		sc := sceneOf("").own(40, "").sent(5, early9)
		sc.Member.Own.By, sc.Member.Own.Reason = by, "<@UEVE> & "+strings.Repeat("x", 300)
		m := Card(sc.Standing)
		complete(t, m)
		all := strings.Join(texts(m.Blocks), "\n")
		if !strings.Contains(m.Text, want[0]+": “&lt;@UEVE&gt; &amp; xxx") || !strings.Contains(all, want[1]) {
			t.Errorf("%s: %s\n%s", by, m.Text, all)
		}
	}
}
