package quota_test

import (
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Who takes a manager's place hears of a passed ceiling in their stead: nobody twice, the member not at all.
func TestPassOn(t *testing.T) {
	const day = "told/ana/2026-11-24/"
	o := led(t, "mia", "max")
	now := func(what, want string) { t.Helper(); o.is(what, want, quota.ToldKind) }
	o.send(quota.Invite, 105)
	now("passed", day+"1 at 24 09:30, "+day+"2 at 24 09:30")
	o.at = o.at.Add(30 * time.Minute)
	was := o.intents(quota.ToldKind)[day+"1"]
	pass := func() {
		t.Helper()
		if err := o.book.PassOn(t.Context(), "T", o.at, was); err != nil {
			t.Fatal(err)
		}
	}
	o.setManagers("max", "ana", "zoe")
	for range 2 {
		pass()
		now("mia's place is zoe's", day+"1 at 24 09:30, "+day+"2 at 24 09:30, "+day+"3 at 24 09:30")
	}
	i := o.intents(quota.ToldKind)[day+"3"]
	if i.To != "zoe" || i.Member != "ana" || i.Op != was.Op || !i.Expires.Equal(o.at.Add(quota.MessageLife)) {
		t.Errorf("%+v", i)
	}
	was = o.intents(quota.ToldKind)[day+"2"]
	o.setManagers("a", "b", "c", "zoe")
	pass()
	now("as far as there are names", day+"1 at 24 09:30, "+day+"2 at 24 09:30, "+day+"3 at 24 09:30, "+day+"4 at 24 09:30")
	was.Team = "9"
	was.Op++
	pass()
}
