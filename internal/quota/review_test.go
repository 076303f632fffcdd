package quota_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func (o *office) review(at time.Time) quota.Review {
	r, err := o.book.Review(o.t.Context(), "T", "1", at)
	return must(o, r, err)
}

// A review says what was recorded before it was due, under the rules of the week that is over, and says the same later.
func TestReview(t *testing.T) {
	due := clock("2026-11-30T00:00:00Z")
	o := led(t)
	o.send(quota.Invite, 29)
	o.at = clock("2026-11-29T23:59:59Z")
	o.send(quota.Invite, 10)
	order := quota.Order{Team: "1", Reason: "x"}
	o.at = due.Add(-time.Microsecond)
	if _, err := o.book.SetNumber(t.Context(), o.who, o.key(), o.at, order, quota.BudgetName, 60); err != nil {
		t.Fatal(err)
	}
	o.at = due
	o.send(quota.Invite, 5) // at its very moment: not before
	first := o.review(due)
	if first.Sent != 40 || first.Week.String() != "2026-11-23" || len(first.Members) != 1 || first.Days[7+1] != 30 || first.Days[7+6] != 10 {
		t.Fatalf("%+v", first)
	}
	if m := first.Members[0]; m.Last != 40 || m.Was != 60 || m.Now != 60 || m.Budget(quota.Invite).Left != 60 {
		t.Errorf("%+v", m)
	}
	// Whatever happens later.
	o.at = due.Add(time.Hour)
	if _, err := o.book.Log(t.Context(), o.who, o.key(), o.at, quota.Log{Kind: quota.Invite, Quantity: 7, When: quota.When{Kind: quota.DaysAgo, N: 3}}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.book.SetNumber(t.Context(), o.who, o.key(), o.at, order, quota.BudgetName, 50); err != nil {
		t.Fatal(err)
	}
	o.restrict(24 * time.Hour)
	o.takeBack(0)
	o.restrict(24 * time.Hour)
	o.takeBack(1)
	if again := o.review(due); !reflect.DeepEqual(numbersOf(again), numbersOf(first)) {
		t.Errorf("later\n%+v, at first\n%+v", numbersOf(again), numbersOf(first))
	}
	if next := o.review(due.AddDate(0, 0, 7)); next.Sent != 5 || next.Before != 40-1+7 {
		t.Errorf("%d, before %d", next.Sent, next.Before)
	}
}

// numbersOf is what a review says.
func numbersOf(r quota.Review) (out []any) {
	out = append(out, r.Sent, r.Before, r.Days, r.Share, r.Records, r.Team.Terms)
	for _, m := range r.Members {
		out = append(out, m.Last, m.Was, m.Now, m.Member.Restriction, m.Budget(quota.Invite).Left)
	}
	return out
}

// A restriction that is older than what a review counts still holds in it.
func TestReviewOfALongRestriction(t *testing.T) {
	o := led(t)
	o.restrict(200 * 24 * time.Hour)
	due := clock("2027-03-01T00:00:00Z")
	first := o.review(due)
	if m := first.Members[0]; m.Budget(quota.Invite).Left != 0 || m.Member.Restriction.From.IsZero() || m.Was != 75 || m.Now != 75 {
		t.Errorf("%+v, was %d, now %d", m.Member.Restriction, m.Was, m.Now) // the numbers of the week tell a channel nothing of it
	}
	o.at = due.Add(time.Hour)
	o.lift()
	if again := o.review(due); !reflect.DeepEqual(numbersOf(again), numbersOf(first)) {
		t.Errorf("%+v, at first %+v", numbersOf(again), numbersOf(first))
	}
	if m := o.review(due.AddDate(0, 0, 7)).Members[0]; m.Budget(quota.Invite).Left != 37 || m.Was != 75 || m.Now != 75 {
		t.Errorf("while it recovers: was %d, now %d", m.Was, m.Now)
	}
}

// Who joined or left counts by when.
func TestReviewOfTheTeam(t *testing.T) {
	due := clock("2026-11-30T00:00:00Z")
	o := led(t)
	for _, c := range []struct {
		id, joined, left string
		in               bool
	}{
		{"before", "2026-11-24T10:00:00Z", "2026-11-29T10:00:00Z", false},
		{"afterwards", "2026-11-24T10:00:00Z", "2026-11-30T10:00:00Z", true},
		{"later", "2026-11-30T00:00:00Z", "", false},
	} {
		m := quota.Member{ID: c.id, Team: "1", Workdays: quota.DefaultWorkdays, Joined: clock(c.joined)}
		if c.left != "" {
			m.Left = clock(c.left)
		}
		o.store.workspaces["T"].members[c.id] = m
		in := false
		for _, r := range o.review(due).Members {
			in = in || r.Member.ID == c.id
		}
		if in != c.in {
			t.Errorf("%s: %t", c.id, in)
		}
	}
	if _, err := o.book.Review(t.Context(), "T", "9", due); err == nil {
		t.Error("a review of no team")
	}
}
