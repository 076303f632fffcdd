package look

import (
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// What can be undone reads well, whatever it was, and stands on Home.
func TestUndoneAndHomeOfEveryAct(t *testing.T) {
	const rest = " 70 left this week (5 of a budget of 75)."
	for _, c := range []struct {
		act       quota.Act
		kind      quota.Kind
		n         int
		precision quota.Precision
		undone    string
		home      string
	}{
		{quota.Sent, quota.Invite, 3, quota.ByTime, "Undid 3 logged at 10:00.", "*3 invites*, at 10:00"},
		{quota.Sent, quota.Invite, 40, quota.Estimated, "Undid 40 invites told from memory.", "*40 invites*, from memory"},
		{quota.Accepted, quota.Invite, 3, quota.ByTime, "Undid 3 accepted, reported at 10:00.", "*3 accepted*, at 10:00"},
		{quota.Accepted, quota.Invite, 3, quota.ByDay, "Undid 3 accepted, reported for today, Tue 24 Nov.", "*3 accepted*, for today, Tue 24 Nov"},
		{quota.Withdrawn, quota.Invite, 1, quota.ByTime, "Undid 1 withdrawn, reported at 10:00.", "*1 withdrawn*, at 10:00"},
		{quota.Declined, quota.Invite, 2, quota.ByTime, "Undid 2 declined, reported at 10:00.", "*2 declined*, at 10:00"},
		{quota.Replied, quota.Invite, 2, quota.ByTime, "Undid 2 replies to invites, reported at 10:00.", "*2 replies to invites*, at 10:00"},
		{quota.Replied, quota.InMail, 1, quota.ByTime, "Undid 1 reply to an InMail, reported at 10:00.", "*1 reply to an InMail*, at 10:00"},
		{quota.Accepted, quota.InMail, 2, quota.ByTime, "Undid 2 InMails accepted, reported at 10:00.", "*2 InMails accepted*, at 10:00"},
		{quota.Restricted, quota.Invite, 1, quota.ByTime, "Undid the restriction reported at 10:00.", "*Restricted until Wed 18:00*, at 10:00"},
		{quota.Lifted, quota.Invite, 1, quota.ByTime, "Undid the end of the restriction, reported at 10:00.", "*Restriction lifted*, at 10:00"},
	} {
		sc := sceneOf("").did(c.act, c.kind, c.n, "2026-11-24 09:00")
		sc.Journal[0].Precision = c.precision
		sc.Journal[0].Until = utc("2026-11-25 17:00")
		button := func(quota.Operation) Button { return Button{Label: "Undo", Action: "undo"} }
		home := strings.Join(texts(Home("", sc.Standing, names, shown, nil, nil, button)), "\n")
		if !strings.Contains(home, c.home) {
			t.Errorf("no %q in\n%s", c.home, home)
		}
		o := sc.Journal.Operations()[0]
		after := sceneOf("").sent(5, early9)
		m := Undone(quota.Undid{Standing: after.Standing, Operation: o})
		complete(t, m)
		want := c.undone + rest
		if c.kind == quota.InMail {
			want = c.undone + " No limit on InMails while your account type is not known here; 0 sent this week."
		}
		same(t, "undone", m.Text, want)
	}
}

// Whom it is too early to invite again.
func TestEarly(t *testing.T) {
	early := func(preset string, rule int, since string) Message {
		sc := sceneOf(preset).sent(1, early9)
		p := sc.Preset()
		l := loggedAs(sc.Standing, sc.Journal.Operations()[0])
		l.Operation.Persons = []string{"in:jane"}
		from := utc(since).Add(p.Persons[rule].Wait)
		l.Early = []quota.Early{{Person: "in:jane", Rule: &p.Persons[rule], Since: quota.DayOf(utc(since), sc.Zone), From: from}}
		l.Before = []quota.Meeting{{Person: "in:jane", Member: "UANA", Kind: quota.Invite, Day: sc.Today - 9}, {Person: "in:jane", Member: "UBEN", Name: "Ben", Kind: quota.InMail, Day: sc.Today - 9}}
		m := Logged(l, names, shown)
		complete(t, m)
		return m
	}
	const ben = " Ben sent linkedin.com/in/jane an InMail before, on Sun 15 Nov."
	same(t, "withdrawn", early("", 0, "2026-11-16 10:00").Text, "Logged 1 (linkedin.com/in/jane). 74 left this week (1 of a budget of 75). Today: 1 of a daily pace of 20. "+
		"You withdrew the invite to linkedin.com/in/jane on Mon 16 Nov; LinkedIn lets you invite again from Mon 7 Dec."+ben)
	same(t, "once in 7 days", early(quota.PlansPreset, 0, "2026-11-20 10:00").Text, "Logged 1 (linkedin.com/in/jane). 300 left today (0 of 300 accepted). "+
		"You invited linkedin.com/in/jane on Fri 20 Nov already; plans says the same person once in 7 days, so again from Fri 27 Nov."+ben)

	// Many stay within what Slack takes and a person reads.
	sc := sceneOf("").sent(30, early9)
	l := loggedAs(sc.Standing, sc.Journal.Operations()[0])
	for range 30 {
		l.Early = append(l.Early, quota.Early{Person: "in:jane", Rule: &sc.Preset().Persons[0], Since: sc.Today, From: sc.At.Add(48 * time.Hour)})
	}
	m := Logged(l, names, shown)
	complete(t, m)
	if !strings.HasSuffix(m.Text, "And 25 more it is too early for.") {
		t.Error(m.Text)
	}
}

// What is said of another kind never takes the place of the invites' number on the log card.
func TestLogCardOfOtherKinds(t *testing.T) {
	sc := sceneOf("").account(quota.Free).did(quota.Sent, quota.PageInvite, 4, early9).sent(5, early9)
	answer := func(k quota.Kind) Message {
		for _, o := range sc.Journal.Operations() {
			if o.Kind == k {
				return Logged(loggedAs(sc.Standing, o), names, shown)
			}
		}
		t.Fatal(k)
		return Message{}
	}
	m := LogCard(answer(quota.PageInvite), sc.Standing)
	complete(t, m)
	same(t, "Page invites", m.Text, "Logged 4 Page invites. 96 left this month for the whole team (4 of 100).\nInvites: 70 left this week.")
	sc.did(quota.Sent, quota.Note, 1, early9)
	m = LogCard(answer(quota.Note), sc.Standing)
	complete(t, m)
	same(t, "notes", m.Text, "Logged 1 invite with a note (counts as an invite too). 4 left this month (1 of 5 invites with a note). As invites: 69 left this week (6 of a budget of 75). Today: 6 of a daily pace of 20.")
	m = LogCard(answer(quota.Invite), sc.Standing)
	if !strings.Contains(strings.Join(texts(m.Blocks), "\n"), "█") {
		t.Error("no bar below the answer to a log of invites")
	}
	sc.restricted("2026-11-24 06:00", "2026-11-25 17:00")
	if all := strings.Join(texts(Card(sc.Standing).Blocks), "\n"); strings.ContainsAny(all, "█░") {
		t.Errorf("a restriction is drawn as a bar: %s", all)
	}
}
