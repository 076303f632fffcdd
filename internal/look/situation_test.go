package look

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// A scene is a member on Tue 24 Nov 2026, 10:05 in Berlin, who has sent and reported things.
type scene struct {
	quota.Standing
	next uint64
}

// utc is a moment of UTC, written 2026-11-24 09:05.
func utc(moment string) time.Time {
	at, err := time.Parse("2006-01-02 15:04", moment)
	if err != nil {
		panic(err)
	}
	return at
}

func sceneOf(preset string) *scene {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	at := utc("2026-11-24 09:05")
	sc := &scene{next: 1}
	sc.Terms.Preset = preset
	sc.Member = quota.Member{ID: "UANA", Name: "Ana", Zone: "Europe/Berlin", Workdays: quota.DefaultWorkdays, Joined: at.AddDate(0, -2, 0), Told: at}
	sc.At, sc.Zone, sc.Today = at, zone, quota.DayOf(at, zone)
	sc.Team = quota.Team{ID: "1", Name: "Outreach"}
	sc.Since = at.AddDate(-1, -6, 0)
	sc.PoolSince = sc.Since
	return sc
}

// did records something at a moment of UTC; an empty one is the day before yesterday at noon.
func (sc *scene) did(act quota.Act, kind quota.Kind, n int, moment string) *scene {
	at := utc(moment)
	e := quota.Entry{
		Seq: sc.next, Op: sc.next, Member: "UANA", Act: act, Kind: kind, Quantity: n, At: at, Recorded: at,
		Day: quota.DayOf(at, sc.Zone), Precision: quota.ByTime,
	}
	sc.next++
	sc.Journal = append(sc.Journal, e)
	slices.SortStableFunc(sc.Journal, func(a, b quota.Entry) int { return a.At.Compare(b.At) })
	if kind == quota.PageInvite {
		sc.Pool = append(sc.Pool, e)
	}
	return sc
}

func (sc *scene) sent(n int, moment string) *scene {
	return sc.did(quota.Sent, quota.Invite, n, moment)
}

// closing says which entry the latest report is about.
func (sc *scene) closing(seq uint64) *scene {
	for i := range sc.Journal {
		if sc.Journal[i].Seq == sc.next-1 {
			sc.Journal[i].Closes = seq
		}
	}
	return sc
}

func (sc *scene) restricted(from, until string) *scene {
	sc.Member.Restriction = quota.Restriction{From: utc(from), Until: utc(until)}
	return sc
}

func (sc *scene) own(n int, until string) *scene {
	sc.Member.Own = quota.Number{Max: n, By: "UMIA", At: utc("2026-11-23 08:00"), Reason: "trusted account"}
	if until != "" {
		sc.Member.Own.Until = utc(until)
	}
	return sc
}

func (sc *scene) chose(limit string, n int) *scene {
	sc.Terms.Numbers = append(sc.Terms.Numbers, quota.Number{Preset: sc.Terms.Preset, Limit: limit, Max: n, By: "UMIA", At: utc("2026-11-02 08:00"), Reason: "a calm quarter"})
	return sc
}

func (sc *scene) account(a quota.AccountType) *scene {
	sc.Member.Account.Type = a
	return sc
}

func (sc *scene) set(f func(*scene)) *scene { f(sc); return sc }

const (
	now       = "2026-11-24 09:05"
	early9    = "2026-11-24 07:00" // two hours before, so that pace has nothing to say
	yesterday = "2026-11-23 10:00"
	lastWed   = "2026-11-18 09:00"
)

// What is read under every kind of limit, word for word: testdata/situations.txt is meant to be read aloud.
// UPDATE=1 writes it anew.
func TestSituations(t *testing.T) {
	var all []string
	inMail := func(n int, moment string, sc *scene) *scene { return sc.did(quota.Sent, quota.InMail, n, moment) }
	joined := func(moment string) func(*scene) { return func(sc *scene) { sc.Member.Joined = utc(moment) } }
	billed := func(day uint8) func(*scene) { return func(sc *scene) { sc.Member.Account.Billing = day } }
	for _, c := range []struct {
		name string
		sc   *scene
	}{
		{"the week's budget", sceneOf("").sent(5, early9)},
		{"the week's budget, full", sceneOf("").sent(70, yesterday).sent(5, early9)},
		{"the week's budget, over for the first time", sceneOf("").sent(75, yesterday).sent(4, early9)},
		{"the week's budget, further over", sceneOf("").sent(79, yesterday).sent(2, early9)},
		{"the week's budget, chosen by the team", sceneOf("").chose(quota.BudgetName, 60).sent(5, early9)},
		{"the ceiling alone", sceneOf(quota.GuidePreset).sent(5, early9)},
		{"the ceiling, past", sceneOf("").sent(100, yesterday).sent(3, early9)},
		{"the whole week in one day", sceneOf(quota.GuidePreset).sent(100, early9)},
		{"the last 7 days", sceneOf("").sent(60, lastWed).sent(15, early9)},
		{"the last 7 days, full", sceneOf("").sent(60, lastWed).sent(40, early9)},
		{"24 hours", sceneOf(quota.QuickMailPreset).sent(5, early9)},
		{"24 hours, past its lower line", sceneOf(quota.QuickMailPreset).sent(17, yesterday).sent(5, early9)},
		{"24 hours, full", sceneOf(quota.QuickMailPreset).sent(20, yesterday).sent(5, early9)},
		{"24 hours, over", sceneOf(quota.QuickMailPreset).sent(20, yesterday).sent(7, early9)},
		{"24 hours, some withdrawn", sceneOf(quota.QuickMailPreset).sent(26, early9).did(quota.Withdrawn, quota.Invite, 10, now).closing(1)},
		{"24 hours, all withdrawn", sceneOf(quota.QuickMailPreset).sent(26, early9).did(quota.Withdrawn, quota.Invite, 26, now).closing(1)},
		{"24 hours close, the week closer", sceneOf(quota.QuickMailPreset).sent(77, "2026-11-23 01:00").sent(16, yesterday).sent(5, early9)},
		{"a calendar day", sceneOf(quota.PlansPreset).sent(40, yesterday).sent(5, early9)},
		{"a calendar day, some accepted", sceneOf(quota.PlansPreset).did(quota.Accepted, quota.Invite, 12, early9).sent(5, early9)},
		{"a calendar day, full", sceneOf(quota.PlansPreset).did(quota.Accepted, quota.Invite, 300, early9).sent(5, early9)},
		{"a calendar day, over", sceneOf(quota.PlansPreset).did(quota.Accepted, quota.Invite, 301, early9).sent(5, early9)},
		{"a calendar month", sceneOf(quota.PlansPreset).did(quota.Accepted, quota.Invite, 2960, "2026-11-04 10:00").sent(5, early9)},
		{"a day with a weekly budget of the team's own", sceneOf(quota.PlansPreset).chose(quota.BudgetName, 400).did(quota.Accepted, quota.Invite, 288, early9).sent(5, early9)},
		{"a soft line over 7 days, crossed", sceneOf(quota.PlansPreset).sent(98, lastWed).sent(5, early9)},
		{"a soft line over 7 days, passed before", sceneOf(quota.PlansPreset).sent(120, lastWed).sent(1, early9)},
		{"a soft line over 7 days, the team's own", sceneOf(quota.PlansPreset).chose(quota.SevenDaysName, 80).sent(90, lastWed).sent(1, early9)},
		{"notes by the month", sceneOf("").account(quota.Free).did(quota.Sent, quota.Note, 1, "2026-11-03 10:00").did(quota.Sent, quota.Note, 1, early9)},
		{"notes by the month, full", sceneOf("").account(quota.Free).did(quota.Sent, quota.Note, 4, "2026-11-03 10:00").did(quota.Sent, quota.Note, 1, early9)},
		{"notes by the month, over", sceneOf("").account(quota.Free).did(quota.Sent, quota.Note, 5, "2026-11-03 10:00").did(quota.Sent, quota.Note, 1, early9)},
		{"notes, and invites bind", sceneOf("").account(quota.Free).sent(73, yesterday).did(quota.Sent, quota.Note, 1, early9)},
		{"notes on a paid account", sceneOf("").account(quota.PremiumCareer).did(quota.Sent, quota.Note, 1, early9)},
		{"InMails", inMail(3, early9, sceneOf("").account(quota.PremiumBusiness).set(joined("2026-11-02 09:00")))},
		{"InMails, with what was carried over", inMail(3, early9, sceneOf("").account(quota.PremiumCareer).set(joined("2026-08-02 09:00")))},
		{"InMails, billed on the 31st", inMail(3, early9, sceneOf("").account(quota.PremiumCareer).set(joined("2026-11-02 09:00")).set(billed(31)))},
		{"InMails, billed on the 14th, with what was carried over", inMail(3, early9, sceneOf("").account(quota.PremiumCareer).set(joined("2026-08-02 09:00")).set(billed(14)))},
		{"InMails, billed on the 31st, full", inMail(5, early9, sceneOf("").account(quota.PremiumCareer).set(joined("2026-11-02 09:00")).set(billed(31)))},
		{"InMails of Sales Navigator, on the 1st all the same", inMail(3, early9, sceneOf("").account(quota.SalesNavigator).set(joined("2026-11-02 09:00")).set(billed(14)))},
		{"InMails, full", inMail(15, early9, sceneOf("").account(quota.PremiumBusiness).set(joined("2026-11-02 09:00")))},
		{"InMails, over", inMail(16, early9, sceneOf("").account(quota.PremiumBusiness).set(joined("2026-11-02 09:00")))},
		{"InMails on a free account", inMail(1, early9, sceneOf("").account(quota.Free))},
		{"InMails on an unknown account", inMail(2, early9, sceneOf(""))},
		{"messages", sceneOf(quota.EmailChaserPreset).did(quota.Sent, quota.Message, 7, early9)},
		{"messages, without a limit", sceneOf("").did(quota.Sent, quota.Message, 7, early9)},
		{"messages, with a soft line", sceneOf(quota.PacelinePreset).chose(quota.MessagesName, 100).did(quota.Sent, quota.Message, 107, early9)},
		{"a team's pool", sceneOf("").did(quota.Sent, quota.PageInvite, 8, yesterday).did(quota.Sent, quota.PageInvite, 4, early9)},
		{"a team's pool, over", sceneOf("").did(quota.Sent, quota.PageInvite, 104, early9)},
		{"a restriction", sceneOf("").restricted("2026-11-24 06:00", "2026-11-25 17:00").sent(20, yesterday).sent(3, early9)},
		{"a restriction, and little afterwards", sceneOf("").restricted("2026-11-24 06:00", "2026-11-25 17:00").sent(60, yesterday).sent(3, early9)},
		{"a restriction past the ceiling", sceneOf("").restricted("2026-11-24 06:00", "2026-12-20 17:00").sent(100, yesterday).sent(3, early9)},
		{"after a restriction", sceneOf("").restricted("2026-11-23 06:00", "2026-11-24 06:00").sent(3, early9)},
		{"after a restriction, over", sceneOf("").restricted("2026-11-23 06:00", "2026-11-24 06:00").sent(37, yesterday).sent(3, early9)},
		{"after a restriction, without a budget", sceneOf(quota.InTouchPreset).restricted("2026-11-23 06:00", "2026-11-24 06:00").sent(3, early9)},
		{"a new account", sceneOf("").set(func(sc *scene) { sc.Member.Account.New = utc("2026-11-24 06:00") }).sent(5, early9)},
		{"a new account, third week", sceneOf("").set(func(sc *scene) { sc.Member.Account.New = utc("2026-11-10 06:00") }).sent(5, early9)},
		{"a new account, over", sceneOf("").set(func(sc *scene) { sc.Member.Account.New = utc("2026-11-24 06:00") }).sent(22, yesterday).sent(5, early9)},
		{"a limit of one's own", sceneOf("").own(40, "").sent(5, early9)},
		{"a limit of one's own, with an end", sceneOf("").own(40, "2026-11-29 23:00").sent(5, early9)},
		{"a limit of one's own, over", sceneOf("").own(40, "").sent(38, yesterday).sent(4, early9)},
		{"a limit of one's own above the ceiling", sceneOf("").own(150, "").sent(110, yesterday).sent(5, early9)},
		{"a limit of one's own above the ceiling, past", sceneOf("").own(150, "").sent(150, yesterday).sent(5, early9)},
		{"nothing", sceneOf(quota.InTouchPreset).sent(55, yesterday).sent(5, early9)},
		{"nothing, and many open", sceneOf(quota.InTouchPreset).sent(1200, "2026-10-01 10:00").sent(5, early9)},
		{"1,000 open with this log", sceneOf(quota.InTouchPreset).sent(515, "2026-10-01 10:00").sent(485, early9)},
		{"500 open with this log", sceneOf("").sent(495, "2026-10-01 10:00").sent(5, early9)},
		{"500 open before this log", sceneOf("").sent(500, "2026-10-01 10:00").sent(5, early9)},
		{"1,000 open with this note", sceneOf(quota.InTouchPreset).sent(999, "2026-10-01 10:00").did(quota.Sent, quota.Note, 1, early9)},
		{"many open, by the team's own number", sceneOf("").chose(quota.PendingName, 300).sent(295, "2026-10-01 10:00").sent(5, early9)},
		{"many open", sceneOf("").sent(635, "2026-10-01 10:00").sent(5, early9)},
		{"away", sceneOf("").set(func(sc *scene) { sc.Member.Away = quota.Away{From: sc.Today - 1, Until: sc.Today + 8} }).sent(5, early9)},
		{"away from Thursday", sceneOf("").set(func(sc *scene) { sc.Member.Away = quota.Away{From: sc.Today + 2, Until: sc.Today + 8} }).sent(5, early9)},
		{"nearly out, and one left", sceneOf(quota.GuidePreset).sent(79, "2026-11-23 08:00").sent(20, early9)},
		{"brisk", sceneOf("").sent(7, "2026-11-24 08:50").sent(5, now)},
		{"a burst", sceneOf("").sent(18, "2026-11-24 08:50").sent(7, now)},
		{"a burst over 6 hours", sceneOf("").sent(18, "2026-11-24 05:00").sent(10, "2026-11-24 07:00").sent(4, now)},
		{"40 in one day", sceneOf("").sent(20, "2026-11-23 23:30").sent(18, "2026-11-24 04:30").sent(2, now)},
		{"nearly out", sceneOf("").sent(19, "2026-11-23 08:00").sent(20, "2026-11-23 12:00").sent(20, "2026-11-24 01:00").sent(1, now)},
	} {
		all = append(all, situation(t, c.name, c.sc))
	}
	const file = "testdata/situations.txt"
	got := strings.Join(all, "\n")
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(raw), "\n== ")
	for i, s := range strings.Split(got, "\n== ") {
		if i >= len(want) || s != want[i] {
			t.Errorf("got\n%s\nwant\n%s", s, append(want, "nothing more")[min(i, len(want))])
		}
	}
}

// situation is all that is read in a scene, right after the last send in it.
func situation(t *testing.T, name string, sc *scene) string {
	t.Helper()
	var o quota.Operation
	for _, x := range sc.Journal.Operations() {
		if x.Act == quota.Sent {
			o = x
			break
		}
	}
	logged := Logged(loggedAs(sc.Standing, o), names, shown)
	undone := Undone(quota.Undid{Standing: sc.Standing, Operation: o})
	out := fmt.Sprintf("== %s\n%s\n", name, logged.Text)
	complete(t, logged)
	complete(t, undone)
	if o.Kind != quota.Invite {
		return out
	}
	card, colleague, rest := Card(sc.Standing), Colleague(sc.Standing), LogCard(Message{}, sc.Standing)
	for _, m := range []Message{card, colleague, rest, Watched(sc.Standing, Card(sc.Standing)), LogCard(logged, sc.Standing), Why(sc.Standing, record)} {
		complete(t, m)
	}
	return out + "-- card\n" + card.Text + "\n-- colleague\n" + colleague.Text + "\n"
}
