package quota_test

import (
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Of a digest that is held each manager is told once; whoever could not be told when it was is told by the next
// Schedule.
func TestWaits(t *testing.T) {
	const first, second = "waits/1/2026-11-30/mia at 30 00:05", "waits/1/2026-11-30/max at 30 00:05"
	const both = "waits/1/2026-11-30/max to max, waits/1/2026-11-30/mia to mia"
	for _, tell := range []func(o *office){
		func(o *office) { o.schedule() },
		func(o *office) {
			if err := o.book.Waits(o.t.Context(), "T", "1", o.at); err != nil {
				o.t.Fatalf("%v", err)
			}
		},
	} {
		o := led(t, "mia", "max")
		now := func(what, want string) { t.Helper(); o.is(what, want, quota.WaitsKind) }
		o.at = clock("2026-11-30T00:05:00Z")
		i := o.intents(quota.DigestKind)["digest/1/2026-11-30"]
		tell(o)
		now("not due or not held", "")
		i.State, i.Reason, i.Settled, i.Next = quota.Held, "not_in_channel", o.at, time.Time{}
		o.put(i)
		o.at = o.at.Add(time.Microsecond)
		tell(o)
		now("held", second+", "+first)
		for _, told := range o.intents(quota.WaitsKind) {
			if told.Waiting() != i.Name || !told.Expires.Equal(i.Expires) || told.Team != "1" {
				t.Errorf("%+v", told)
			}
			told.State, told.Next, told.Settled, told.At = quota.Posted, time.Time{}, o.at, quota.Place{Channel: told.To, TS: "1"}
			o.put(told)
		}
		o.at = o.at.Add(time.Hour)
		tell(o)
		now("told", both)
		o.setManagers("mia", "max", "ben")
		o.at = o.at.Add(time.Hour)
		tell(o)
		now("a new manager", "waits/1/2026-11-30/ben at 30 02:05, "+both)
		o.at = clock("2026-12-07T00:05:00Z")
		tell(o)
		now("the week after", "waits/1/2026-11-30/ben at 30 02:05, "+both)
	}
}

func (o *office) setManagers(ids ...string) {
	_, err := o.book.SetUp(o.t.Context(), o.who, o.key(), o.at, quota.Setup{ID: "1", Name: "Outreach", Managers: ids})
	must(o, 0, err)
}
