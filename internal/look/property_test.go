package look

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// standings draws members with journals of two weeks, some of it undone, under policies of every shape.
func standings() *rapid.Generator[quota.Standing] {
	return rapid.Custom(func(t *rapid.T) quota.Standing {
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu"}).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		p := quota.Paceline()
		switch rapid.IntRange(0, 4).Draw(t, "policy") {
		case 0:
			p.Limits = slices.DeleteFunc(p.Limits, func(l quota.Limit) bool { return l.Window.Kind == quota.Rolling })
		case 1:
			p.Limits = slices.DeleteFunc(p.Limits, func(l quota.Limit) bool { return l.Name == quota.BudgetName })
		case 2:
			p.Limits[0].Max = rapid.IntRange(0, 150).Draw(t, "budget")
		}
		at := quota.Week(2969).Start().Add(time.Duration(rapid.Int64Range(0, int64(7*24*time.Hour)-1).Draw(t, "now")))
		var j quota.Journal
		for i := range rapid.IntRange(0, 12).Draw(t, "logs") {
			seq := uint64(2*i + 1)
			when := at.Add(-time.Duration(rapid.Int64Range(0, int64(9*24*time.Hour)).Draw(t, "ago")))
			e := quota.Entry{
				Seq: seq, Op: seq, Member: "U1", Act: quota.Sent, Kind: rapid.SampledFrom(append(quota.Kinds(), quota.Invite, quota.Invite)).Draw(t, "kind"),
				Quantity: rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(1, 80)).Draw(t, "quantity"), At: when, Recorded: at, Day: quota.DayOf(when, zone), Precision: quota.ByTime,
			}
			j = append(j, e)
			if rapid.IntRange(0, 4).Draw(t, "undone") == 0 {
				e.Act, e.Undoes, e.Seq, e.Op = quota.Undone, seq, seq+1, seq+1
				j = append(j, e)
			}
		}
		slices.SortStableFunc(j, func(a, b quota.Entry) int { return a.At.Compare(b.At) })
		return quota.Standing{
			At: at, Member: quota.Member{ID: "U1", Name: "ana", Workdays: quota.Workdays(rapid.IntRange(0, 127).Draw(t, "workdays")), Joined: at},
			Team: quota.Team{ID: "1", Name: "Outreach"}, Zone: zone, Today: quota.DayOf(at, zone), Journal: j, Policy: p,
		}
	})
}

// Whatever happened, the first "<number> left" of every text about a budget is the honest number, blocks show
// no number that the text leaves out, and no word stands there that members never read.
func TestEveryTextIsHonest(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := standings().Draw(rt, "standing")
		type answer struct {
			m Message
			k quota.Kind
		}
		about := map[string]answer{
			"card": {Card(s), quota.Invite}, "log card": {LogCard(Message{}, s), quota.Invite}, "why": {Why(s), quota.Invite},
			"colleague": {Colleague(s), quota.Invite}, "watched": {Watched(s), quota.Invite},
		}
		for i, o := range s.Journal.Operations() {
			l := quota.Logged{Standing: s, Operation: o, Joined: i%3 == 0, Made: i%2 == 0}
			if i%2 == 0 {
				l.Twin = o
			}
			logged, undone := Logged(l, names, shown), Undone(quota.Undid{Standing: s, Operation: o})
			about[fmt.Sprint("logged ", i)] = answer{logged, o.Kind}
			about[fmt.Sprint("undone ", i)] = answer{undone, o.Kind}
			about[fmt.Sprint("logged on the card ", i)] = answer{LogCard(logged, s), quota.Invite}
		}
		for name, a := range about {
			if wrong := incomplete(a.m); wrong != nil {
				rt.Fatalf("%s: %v", name, wrong)
			}
			b := s.Budget(a.k)
			first := leftFirst.FindStringSubmatch(a.m.Text)
			if _, bound := b.Binding(); !bound {
				if first != nil {
					rt.Fatalf("%s: nothing binds, and it says %q", name, a.m.Text)
				}
				continue
			}
			if first == nil || first[1] != strconv.Itoa(b.Left) {
				rt.Fatalf("%s: %d left, and it says %q", name, b.Left, a.m.Text)
			}
			if in := leftFirst.FindStringSubmatch(texts(a.m.Blocks)[0]); in != nil && in[1] != first[1] {
				rt.Fatalf("%s: the text says %q, the blocks %q", name, first[0], in[0])
			}
		}
	})
}
