package look

import (
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func TestClosed(t *testing.T) {
	closed := func(d *diary) string {
		t.Helper()
		s, err := d.book.Closed(t.Context(), d.who("ana"), quota.WeekOf(d.at)-1)
		if err != nil {
			t.Fatal(err)
		}
		m := Closed(s, quota.WeekOf(d.at))
		complete(t, m)
		return m.Text
	}
	for n, want := range map[int]string{
		60:  "60 sent, within the budget of 75.",
		75:  "75 sent, within the budget of 75.",
		80:  "80 sent, 5 over the budget of 75 it closed under.",
		104: "104 sent, 29 over the budget of 75 it closed under and 4 past the ceiling of about 100.",
	} {
		d := diaryAt(t, "2026-11-18 09:05")
		d.log("ana", quota.Log{Quantity: n})
		d.goTo("2026-11-24 09:05")
		same(t, "closed", closed(d), "Last week, Mon 16 to Sun 22 Nov: "+want)
	}
	d := diaryAt(t, "2026-11-18 09:05")
	d.log("ana", quota.Log{Quantity: 60})
	d.governed(quota.InTouchPreset)
	d.goTo("2026-11-24 09:05")
	same(t, "no limit", closed(d), "Last week, Mon 16 to Sun 22 Nov: 60 sent, under no fixed limit.")
	d = diaryAt(t, "2026-11-18 09:05")
	d.log("ana", quota.Log{Quantity: 60})
	d.governed(quota.GuidePreset)
	d.goTo("2026-11-24 09:05")
	same(t, "a ceiling alone", closed(d), "Last week, Mon 16 to Sun 22 Nov: 60 sent, under the ceiling of about 100.")
	// After a restriction the number is smaller.
	d = diaryAt(t, "2026-11-16 09:05")
	if _, err := d.book.Restrict(t.Context(), d.who("ana"), "k", d.at, d.at.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	d.goTo("2026-11-18 09:05")
	d.log("ana", quota.Log{Quantity: 40})
	d.goTo("2026-11-24 09:05")
	same(t, "after a restriction", closed(d), "Last week, Mon 16 to Sun 22 Nov: 40 sent, 3 over the 37 a week after a restriction it closed under.")

	now := quota.WeekOf(time.Date(2027, 1, 5, 0, 0, 0, 0, time.UTC))
	s, err := d.book.Closed(t.Context(), d.who("ana"), now-1)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "over the turn of the year", Closed(s, now).Text, "Last week, Mon 28 Dec to Sun 3 Jan 2027: nothing logged.")
	same(t, "an older one", Closed(s, now+3).Text, "The week of Mon 28 Dec to Sun 3 Jan 2027: nothing logged.")
}
