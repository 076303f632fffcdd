package quota_test

import (
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Check-ins count since the latest day with a log, whether it was logged then or is logged for then.
func TestCheckedIn(t *testing.T) {
	o := led(t) // who logged on Tuesday 24
	for d, state := range map[string]quota.State{"23": quota.Posted, "24": quota.Posted, "25": quota.Posted, "26": quota.Cancelled, "27": quota.Posted, "30": quota.Pending} {
		o.put(quota.Intent{Name: "checkin/ana/2026-11-" + d, To: "ana", Member: "ana", State: state})
	}
	is := func(what, at string, want int) {
		t.Helper()
		o.at = clock(at)
		if n, err := o.book.CheckedIn(t.Context(), o.who, o.at); err != nil || n != want {
			t.Errorf("%s: %d, %v, want %d", what, n, err, want)
		}
	}
	is("on the day", "2026-11-24T17:30:00Z", 0)
	is("the day after", "2026-11-25T17:30:00Z", 0)
	is("two days after", "2026-11-26T17:30:00Z", 1)
	is("one was not said", "2026-11-27T17:30:00Z", 1)
	is("after the weekend", "2026-11-30T17:30:00Z", 2)
	is("long after", "2027-01-15T17:30:00Z", 2)
	is("nobody looks that far back", "2027-03-15T17:30:00Z", 0)
	o.at = clock("2026-11-30T18:00:00Z")
	late := o.send(quota.Invite, 1).Operation
	is("logged on Monday", "2026-12-01T17:30:00Z", 0)
	o.takeBack(late.Op)
	is("and undone", "2026-12-01T17:30:00Z", 2)
	if _, err := o.book.Log(t.Context(), o.who, o.key(), o.at.Add(-time.Hour), quota.Log{Kind: quota.Message, Quantity: 1, When: quota.When{Kind: quota.DaysAgo, N: 6}}); err != nil {
		t.Fatal(err)
	}
	is("logged for the 25th", "2026-12-02T17:30:00Z", 0)
}
