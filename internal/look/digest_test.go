package look_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

const monday = "2026-11-23 00:00"

// crowd is a review of n members, made of those of another.
func crowd(r quota.Review, n int) quota.Review {
	few := r.Members
	r.Members = nil
	for i := range n {
		m := few[i%len(few)]
		m.Member.ID = fmt.Sprintf("U%04d", i)
		m.Member.Name = fmt.Sprintf("Person %04d", i)
		r.Members = append(r.Members, m)
	}
	r.Sent, r.Before = r.Sent*n/len(few), r.Before*n/len(few)
	for i := range r.Days {
		r.Days[i] = r.Days[i] * n / len(few)
	}
	return r
}

func TestDigest(t *testing.T) {
	o := officeOf(t)
	j := eight(t)
	r, deeds := j.review(monday)
	frame := look.DigestFrame{Deeds: deeds, Ask: "Mia"}
	say := func(name string, a look.Announcement) {
		t.Helper()
		sound(t, o, a)
		golden(t, "digest-"+name, drawn(a))
	}
	say("8", look.Digest(r, called, frame))

	late := frame
	late.Late = utc(t, "2026-11-24 08:10")
	say("late", look.Digest(r, called, late))

	asked := frame
	asked.Asked, asked.Late = utc(t, "2026-11-25 10:05"), utc(t, "2026-11-25 16:05")
	say("asked", look.Digest(r, called, asked))

	shared := frame
	shared.Unnamed = true
	say("shared", look.Digest(r, called, shared))

	room := r
	room.Team.Digest.Shows = quota.ShowRoom
	say("room", look.Digest(room, called, frame))
	room.Team.Digest.Shows = quota.ShowTotals
	say("totals", look.Digest(room, called, frame))

	say("60", look.Digest(crowd(r, 60), called, frame))
	say("500", look.Digest(crowd(r, 500), called, frame))

	one := journeyOf(t)
	one.sent("2026-11-18 09:00", "Ana 12")
	alone, _ := one.review(monday)
	say("1", look.Digest(alone, called, look.DigestFrame{}))

	empty, _ := one.review("2026-11-30 00:00")
	say("empty", look.Digest(empty, called, look.DigestFrame{Ask: "Mia"}))

	free := journeyOf(t)
	free.must(free.book.Choose(t.Context(), free.who("Mia"), free.key(), utc(t, "2026-11-17 09:00"), quota.Order{Team: free.team}, quota.InTouchPreset))
	free.sent("2026-11-18 09:00", "Ana 40", "Ben 3")
	open, chosen := free.review(monday)
	say("no-limit", look.Digest(open, called, look.DigestFrame{Deeds: chosen}))
}

// What somebody's account is restricted for, and who accepts whose invites, is not for a channel.
func TestDigestKeepsSecrets(t *testing.T) {
	j := eight(t)
	r, deeds := j.review(monday)
	shows := map[string]quota.Shown{"all": quota.ShowAll, "room": quota.ShowRoom, "totals": quota.ShowTotals}
	for name, s := range shows {
		r.Team.Digest.Shows = s
		got := drawn(look.Digest(r, called, look.DigestFrame{Deeds: deeds}))
		for _, secret := range []string{"restrict", "away", "trusted", "as agreed", "open invites"} {
			if strings.Contains(strings.ToLower(got), secret) {
				t.Errorf("%s tells %q:\n%s", name, secret, got)
			}
		}
		if named := strings.Contains(got, "Ana"); named != (s != quota.ShowTotals) {
			t.Errorf("%s: names are told: %v", name, named)
		}
		if budgets := strings.Contains(got, "Budget now"); budgets != (s == quota.ShowAll) {
			t.Errorf("%s: budgets are told: %v", name, budgets)
		}
	}
	r.Team.Digest.Shows = quota.ShowAll
	if got := drawn(look.Digest(r, called, look.DigestFrame{Unnamed: true, Deeds: deeds})); strings.Contains(got, "Ana") || strings.Contains(got, "Finn") {
		t.Error("another company reads names:\n" + got)
	}
	for records, tells := range map[int]bool{0: false, 1: false, 2: false, 3: true} {
		r.Records = records
		if got := look.Digest(r, called, look.DigestFrame{}).Text; strings.Contains(got, " % of ") != tells {
			t.Errorf("%d record what was accepted:\n%s", records, got)
		}
	}
}

func TestDigestFirstLine(t *testing.T) {
	j := eight(t)
	r, _ := j.review(monday)
	for _, n := range []int{1, 8, 59, 60, 99, 100, 500, 5000} {
		first, _, _ := strings.Cut(look.Digest(crowd(r, n), called, look.DigestFrame{}).Text, "\n")
		if first != "New week: budgets are fresh (Mon 23 to Sun 29 Nov, UTC)." {
			t.Errorf("%d: %s", n, first)
		}
	}
	quiet := r
	quiet.Sent, quiet.Members = 0, nil
	if first, _, _ := strings.Cut(look.Digest(quiet, called, look.DigestFrame{}).Text, "\n"); first != "Nobody logged last week. Budgets are fresh; `/sent 5` logs five." {
		t.Error(first)
	}
}

func TestDigestCountsTheRest(t *testing.T) {
	j := eight(t)
	r, _ := j.review(monday)
	for n, want := range map[int]string{99: "", 100: "And 1 more: `/budget @name` shows one.", 500: "And 401 more: `/budget @name` shows one."} {
		a := look.Digest(crowd(r, n), called, look.DigestFrame{})
		for form, got := range map[string]string{"blocks": outline(a.Blocks), "spare": outline(a.Spare)} {
			if strings.Contains(got, "more: `/budget") != (want != "") || !strings.Contains(got, want) {
				t.Errorf("%d, %s: no %q", n, form, want)
			}
			if !strings.Contains(got, "Person 0098") || strings.Contains(got, "Person 0099") {
				t.Errorf("%d, %s: not the first 99", n, form)
			}
		}
	}
}

func TestDigestTellsChangesOnce(t *testing.T) {
	j := eight(t)
	r, _ := j.review(monday)
	r.Members = r.Members[:1]
	deed := func(what quota.DeedKind, member, limit, was, is string) quota.Deed {
		return quota.Deed{Team: r.Team.ID, At: r.At.Add(-time.Hour), What: what, Member: member, Limit: limit, Was: was, Is: is, Reason: "secret"}
	}
	ana := r.Members[0].Member.ID
	for want, deeds := range map[string][]quota.Deed{
		"": {deed(quota.NumberChosen, "", "budget", "75", "80"), deed(quota.NumberCleared, "", "budget", "80", "75")},
		"InMail credits go from a number by account type to 10.": {deed(quota.NumberChosen, "", "inmail", "by account type", "10")},
		"The ceiling over 7 days goes from 100 to 90.":           {deed(quota.NumberChosen, "", "7days", "100", "90")},
		"The team budget goes from 75 to 90.":                    {deed(quota.NumberChosen, "", "budget", "75", "80"), deed(quota.NumberChosen, "", "budget", "80", "90")},
		"The team's preset is QuickMail's now (20 to 25 in any 24 hours and 100 in the week; withdrawing gives room back).": {
			deed(quota.NumberChosen, "", "budget", "75", "80"), deed(quota.PresetChosen, "", "", "paceline", "quickmail")},
		"Ana goes from 60 to 50.":                     {deed(quota.OwnChosen, ana, "", "60", "55"), deed(quota.OwnChosen, ana, "", "55", "50")},
		"Ana has a budget of 60 of their own now.":    {deed(quota.OwnChosen, ana, "", "", "60")},
		"Ana has the team's budget again, 60 before.": {deed(quota.OwnCleared, ana, "", "60", "")},
	} {
		got := look.Digest(r, called, look.DigestFrame{Deeds: deeds}).Text
		if want == "" {
			if strings.Contains(got, "Changes") {
				t.Error(got)
			}
			continue
		}
		if !strings.Contains(got, "\nChanges: "+want+"\n") || strings.Contains(got, "secret") {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, wrong := range []func(*quota.Deed){
		func(d *quota.Deed) { d.Team = "another" },
		func(d *quota.Deed) { d.At = r.At },
	} {
		d := deed(quota.NumberChosen, "", "budget", "75", "80")
		wrong(&d)
		if got := look.Digest(r, called, look.DigestFrame{Deeds: []quota.Deed{d}}).Text; strings.Contains(got, "Changes") {
			t.Error(got)
		}
	}
	back := []quota.Deed{deed(quota.PresetChosen, "", "", "paceline", "quickmail"), deed(quota.PresetChosen, "", "", "quickmail", "paceline")}
	if got := look.Digest(r, called, look.DigestFrame{Deeds: back}).Text; strings.Contains(got, "Changes") {
		t.Error(got)
	}
}

// A weekday that is not last week's any more is not advised.
func TestDigestTellsHowToLogForLastWeek(t *testing.T) {
	j := eight(t)
	for at, want := range map[string]string{"2026-11-23 00:00": "fri", "2026-11-26 23:59": "fri", "2026-11-27 00:00": "2026-11-20", "2026-11-29 21:00": "2026-11-20"} {
		byHand, _ := j.review(at)
		due, _ := j.review(monday)
		for name, got := range map[string]string{
			"by hand": look.Digest(byHand, called, look.DigestFrame{}).Text,
			"late":    look.Digest(due, called, look.DigestFrame{Late: utc(t, at)}).Text,
		} {
			if !strings.Contains(got, " Forgot some? `/sent 5 "+want+"` still counts for last week.") {
				t.Errorf("%s, %s: no %q in\n%s", name, at, want, got)
			}
		}
	}
}
