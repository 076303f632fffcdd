package look

import (
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

// reported reports an outcome for ana.
func (d *diary) reported(o quota.Outcome) quota.Reported {
	d.t.Helper()
	if o.Kind == 0 {
		o.Kind = quota.Invite
	}
	o.Quantity = max(1, o.Quantity, len(o.Persons))
	who := d.who("ana")
	r, err := d.book.Report(d.t.Context(), who, "report/"+d.at.String()+string(rune('a'+d.n)), d.at, o)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

func (d *diary) report(o quota.Outcome) string {
	d.t.Helper()
	m := Reported(d.reported(o), names, shown)
	complete(d.t, m)
	return m.Text
}

// governed puts the team of d under a preset.
func (d *diary) governed(preset string) {
	d.t.Helper()
	if _, err := d.book.Choose(d.t.Context(), d.who("mia"), "choose/"+preset, d.at, quota.Order{Team: "1"}, preset); err != nil {
		d.t.Fatal(err)
	}
}

func TestReported(t *testing.T) {
	d := diaryAt(t, "2026-11-23 09:05")
	d.log("ana", quota.Log{Quantity: 45})
	same(t, "accepted", d.report(quota.Outcome{Act: quota.Accepted, Quantity: 3}), "Recorded 3 accepted. 42 invites are still open.")
	same(t, "withdrawn", d.report(quota.Outcome{Act: quota.Withdrawn, Quantity: 2}),
		"Recorded 2 withdrawn. That frees no room: LinkedIn counts what was sent. The same people can be invited again after 21 days, from Mon 14 Dec.")
	same(t, "declined", d.report(quota.Outcome{Act: quota.Declined}), "Recorded 1 declined. 39 invites are still open.")
	same(t, "replied", d.report(quota.Outcome{Act: quota.Replied, Quantity: 2}), "Recorded 2 replies to invites.")
	same(t, "a person", d.report(quota.Outcome{Act: quota.Accepted, Persons: []string{"in:jane"}}), "Recorded 1 accepted (linkedin.com/in/jane). 38 invites are still open.")
	same(t, "one of them open", d.report(quota.Outcome{Act: quota.Accepted, Quantity: 37}), "Recorded 37 accepted. 1 invite is still open.")
	same(t, "some unmatched", d.report(quota.Outcome{Act: quota.Accepted, Quantity: 3}), "Recorded 3 accepted. No invite is open now. 2 of them match no open invite here; they are kept all the same.")
	same(t, "all unmatched", d.report(quota.Outcome{Act: quota.Accepted, Quantity: 2}), "Recorded 2 accepted. They match no open invite here; they are kept all the same.")
	same(t, "one unmatched", d.report(quota.Outcome{Act: quota.Declined}), "Recorded 1 declined. It matches no open invite here; it is kept all the same.")
	same(t, "another day", d.report(quota.Outcome{Act: quota.Declined, When: quota.When{Kind: quota.DaysAgo, N: 1}}),
		"Recorded 1 declined for yesterday, Sun 22 Nov. It matches no open invite here; it is kept all the same.")
	same(t, "a message", d.report(quota.Outcome{Act: quota.Replied, Kind: quota.Message}), "Recorded 1 reply to a message. It matches no open message here; it is kept all the same.")

	d = diaryAt(t, "2026-10-20 09:05")
	d.log("ana", quota.Log{})
	d.goTo("2026-11-24 09:05")
	same(t, "long withdrawn", d.report(quota.Outcome{Act: quota.Withdrawn, When: quota.When{Kind: quota.DaysAgo, N: 30}}),
		"Recorded 1 withdrawn for Sun 25 Oct. That frees no room: LinkedIn counts what was sent. The same person can be invited again: the 21 days are over.")
}

// Where something comes back the answer says how much, and what is left.
func TestReportedCredits(t *testing.T) {
	d := diaryAt(t, "2026-11-24 09:05")
	d.log("ana", quota.Log{Quantity: 20})
	d.governed(quota.QuickMailPreset)
	text := d.report(quota.Outcome{Act: quota.Withdrawn, Quantity: 3})
	if !strings.HasPrefix(text, "Recorded 3 withdrawn. 3 more left now: quickmail counts a withdrawal back. The same people can be invited again after 21 days, from Tue 15 Dec. 8 left now") {
		t.Error(text)
	}
	if first := leftFirst.FindStringSubmatch(text); first == nil || first[1] != "8" {
		t.Errorf("the first number left: %v", first)
	}
	d.goTo("2026-11-26 09:05")
	text = d.report(quota.Outcome{Act: quota.Withdrawn, Quantity: 2, When: quota.When{Kind: quota.DaysAgo, N: 2}})
	if strings.Contains(text, "more left now: quickmail") || strings.Contains(text, "frees no room") {
		t.Error(text)
	}

	d = diaryAt(t, "2026-11-24 09:05")
	d.log("ana", quota.Log{Kind: quota.PageInvite, Quantity: 10})
	text = d.report(quota.Outcome{Act: quota.Accepted, Kind: quota.PageInvite, Quantity: 4})
	if !strings.HasPrefix(text, "Recorded 4 Page invites accepted. 6 Page invites are still open. 4 credits came back: accepted. 94 left this month") {
		t.Error(text)
	}

	if _, err := d.book.SetAccount(t.Context(), d.who("ana"), "account", d.at, quota.Order{Team: "1"}, "ana", quota.Account{Type: quota.SalesNavigator}); err != nil {
		t.Fatal(err)
	}
	d.log("ana", quota.Log{Kind: quota.InMail, Quantity: 2})
	text = d.report(quota.Outcome{Act: quota.Replied, Kind: quota.InMail})
	if !strings.HasPrefix(text, "Recorded 1 reply to an InMail. 1 credit came back: answered within 90 days. 49 left this month") {
		t.Error(text)
	}
}

// Acceptance in an answer: not recorded, too few, fine, worrying, alarming.
func TestReportedAcceptance(t *testing.T) {
	const of26 = "Of 26 invites at least a week old "
	for _, c := range []struct {
		sent, accepted int
		want           string
	}{
		{9, 3, ""},
		{10, 3, "Acceptance: too few invites at least a week old to judge (10 of 20)."},
		{26, 8, of26 + "8 were accepted: 31 %, likely 17 to 50 %."},
		{26, 7, of26 + "7 were accepted: 27 %, likely 14 to 46 %. Averages run from 26 to 37 %."},
		{26, 1, of26 + "1 was accepted: 4 %, likely 1 to 19 %. That is low: averages run from 26 to 37 %. Fewer, better-chosen invites are safer."},
	} {
		d := diaryAt(t, "2026-11-10 09:05")
		d.log("ana", quota.Log{Quantity: c.sent})
		d.goTo("2026-11-24 09:05")
		text := d.report(quota.Outcome{Act: quota.Accepted, Quantity: c.accepted})
		_, got, _ := strings.Cut(text, "still open.")
		same(t, "acceptance", strings.TrimSpace(got), c.want)
	}
}
