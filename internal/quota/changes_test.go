package quota_test

import (
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

// Each change is in one digest, whatever becomes of the others and whenever they are due.
func TestChanges(t *testing.T) {
	o := newOffice(t)
	o.at = clock("2026-11-03T09:00:00Z")
	o.team("mia")
	w := quota.WeekOf(clock("2026-11-30T00:00:00Z"))
	put := func(week quota.Week, due string, s quota.State) {
		o.put(quota.Intent{Name: quota.DigestName("1", week), Team: "1", To: "C1", Due: clock(due), State: s})
	}
	ws := o.store.workspace("T")
	for n, at := range []string{"2026-11-16T00:00:00Z", "2026-11-20T00:00:00Z", "2026-11-23T08:30:00Z", "2026-11-26T00:00:00Z", "2026-11-30T08:00:00Z"} {
		ws.deeds = append(ws.deeds, quota.Deed{Seq: uint64(n + 1), At: clock(at), Team: "1", What: quota.PresetChosen})
	}
	ws.deeds = append(ws.deeds, quota.Deed{Seq: 6, At: clock("2026-11-26T00:00:00Z"), Team: "2", What: quota.PresetChosen})
	told := func(what, due string, want ...uint64) {
		t.Helper()
		got, err := o.book.Changes(t.Context(), "T", "1", clock(due))
		if err != nil || len(got) != len(want) {
			t.Fatalf("%s: %+v, %v", what, got, err)
		}
		for n := range got {
			if got[n].Seq != want[n] {
				t.Errorf("%s: %+v", what, got)
			}
		}
	}
	const due = "2026-11-30T12:00:00Z"
	clear(ws.intents)
	told("without another digest", due, 4, 5)
	put(w, due, quota.Sending)
	put(w-1, "2026-11-23T08:00:00Z", quota.Posted)
	told("the one before came earlier that day", due, 3, 4, 5)
	put(w-1, "2026-11-23T09:00:00Z", quota.Posted)
	told("later", due, 4, 5)
	put(w, "2026-11-30T08:00:00Z", quota.Posted)
	told("a preview after it", "2026-12-02T00:00:00Z", 5)
	told("and itself", "2026-11-30T08:00:00Z", 4)
	put(w-1, "2026-11-23T09:00:00Z", quota.Cancelled)
	told("one that was not said", "2026-11-30T08:00:00Z", 2, 3, 4)
	put(w-2, "2026-11-16T00:00:00Z", quota.Posted)
	told("since the last one that was", "2026-11-30T08:00:00Z", 1, 2, 3, 4)
}
