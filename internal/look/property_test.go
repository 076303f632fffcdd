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

const day24 = 24 * time.Hour

// terms draws a preset with numbers of the team's own, some of them off.
func terms(at time.Time) *rapid.Generator[quota.Terms] {
	return rapid.Custom(func(t *rapid.T) quota.Terms {
		p := rapid.SampledFrom(quota.Presets()).Draw(t, "preset")
		out := quota.Terms{Preset: p.Name}
		for _, l := range p.Limits {
			if rapid.IntRange(0, 4).Draw(t, "chosen "+l.Name) > 0 {
				continue
			}
			n := quota.Number{Preset: p.Name, Limit: l.Name, By: "U0BOSS", At: at.Add(-72 * time.Hour), Reason: "event <b>", Max: rapid.IntRange(quota.Off, 120).Draw(t, "max")}
			if rapid.Bool().Draw(t, "ends") {
				n.Until = at.Add(time.Duration(rapid.IntRange(1, 500).Draw(t, "hours")) * time.Hour)
			}
			out.Numbers = append(out.Numbers, n)
		}
		return out
	})
}

// members draws people with every sort of account, restriction, limit of their own and leave.
func members(at time.Time, zone *time.Location) *rapid.Generator[quota.Member] {
	return rapid.Custom(func(t *rapid.T) quota.Member {
		m := quota.Member{ID: "U1", Name: "ana", Workdays: quota.Workdays(rapid.IntRange(0, 127).Draw(t, "workdays")), Joined: at.Add(-time.Duration(rapid.IntRange(0, 200).Draw(t, "joined")) * day24)}
		m.Account = quota.Account{Type: rapid.SampledFrom(append(quota.AccountTypes(), quota.UnknownAccount)).Draw(t, "account"), Billing: uint8(rapid.IntRange(0, 31).Draw(t, "billing"))}
		ago := func(most int, what string) time.Time {
			return at.Add(-time.Duration(rapid.IntRange(0, most).Draw(t, what)) * time.Hour)
		}
		if rapid.IntRange(0, 2).Draw(t, "new") == 0 {
			m.Account.New = ago(800, "since")
		}
		if rapid.IntRange(0, 2).Draw(t, "restricted") == 0 {
			from := ago(700, "from")
			m.Restriction = quota.Restriction{From: from, Until: from.Add(time.Duration(rapid.IntRange(1, 720).Draw(t, "for")) * time.Hour)}
		}
		if rapid.IntRange(0, 2).Draw(t, "own") == 0 {
			m.Own = quota.Number{Max: rapid.IntRange(0, 150).Draw(t, "own max"), By: rapid.SampledFrom([]string{"U0BOSS", "U1", ""}).Draw(t, "by"), At: ago(300, "chosen"), Reason: "new here"}
			if rapid.Bool().Draw(t, "own ends") {
				m.Own.Until = at.Add(time.Duration(rapid.IntRange(1, 500).Draw(t, "own until")) * time.Hour)
			}
		}
		if rapid.IntRange(0, 2).Draw(t, "away") == 0 {
			m.Away.From = quota.DayOf(at, zone) + quota.Day(rapid.IntRange(-5, 5).Draw(t, "away from"))
			m.Away.Until = m.Away.From + quota.Day(rapid.IntRange(0, 9).Draw(t, "away for"))
		}
		if rapid.Bool().Draw(t, "told") {
			m.Told = m.Joined
		}
		return m
	})
}

// journals draws two weeks of sends and what became of them, and months of what is counted by the month, some of it undone.
func journals(at time.Time, zone *time.Location) *rapid.Generator[quota.Journal] {
	return rapid.Custom(func(t *rapid.T) quota.Journal {
		var j quota.Journal
		acts := []quota.Act{quota.Sent, quota.Sent, quota.Sent, quota.Accepted, quota.Withdrawn, quota.Replied, quota.Restricted, quota.Lifted}
		for i := range rapid.IntRange(0, 12).Draw(t, "entries") {
			seq := uint64(2*i + 1)
			when := at.Add(-time.Duration(rapid.OneOf(rapid.Int64Range(0, int64(time.Hour)), rapid.Int64Range(0, int64(9*day24)), rapid.Int64Range(0, int64(90*day24))).Draw(t, "ago"))).Truncate(time.Microsecond)
			e := quota.Entry{
				Seq: seq, Op: seq, Member: "U1", Act: rapid.SampledFrom(acts).Draw(t, "act"), Kind: rapid.SampledFrom(append(quota.Kinds(), quota.Invite, quota.Invite)).Draw(t, "kind"),
				Quantity: rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(1, 80), rapid.IntRange(1, 700)).Draw(t, "quantity"), At: when, Recorded: when, Day: quota.DayOf(when, zone),
				Precision: rapid.SampledFrom([]quota.Precision{quota.ByTime, quota.ByTime, quota.ByDay, quota.Estimated}).Draw(t, "precision"),
			}
			if e.Act == quota.Restricted {
				e.Until = when.Add(day24)
			}
			j = append(j, e)
			if rapid.IntRange(0, 4).Draw(t, "undone") == 0 {
				e.Act, e.Undoes, e.Seq, e.Op = quota.Undone, seq, seq+1, seq+1
				j = append(j, e)
			}
		}
		slices.SortStableFunc(j, func(a, b quota.Entry) int { return a.At.Compare(b.At) })
		return j
	})
}

// standings draws members of every sort under every preset.
func standings() *rapid.Generator[quota.Standing] {
	return rapid.Custom(func(t *rapid.T) quota.Standing {
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu"}).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		at := quota.Week(2969).Start().Add(time.Duration(rapid.Int64Range(0, int64(5*7*day24)-1).Draw(t, "now")))
		j := journals(at, zone).Draw(t, "journal")
		return quota.Standing{
			Rules: quota.Rules{Terms: terms(at).Draw(t, "terms"), Member: members(at, zone).Draw(t, "member")},
			At:    at, Team: quota.Team{ID: "1", Name: "Outreach"}, Zone: zone, Today: quota.DayOf(at, zone),
			Journal: j, Since: at.Add(-400 * day24), Pool: j, PoolSince: at.Add(-400 * day24),
		}
	})
}

// Whatever happened under whichever rules, the first "<number> left" of every text about a budget is the honest number,
// blocks show no number that the text leaves out, and no word stands there that members never read.
func TestEveryTextIsHonest(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := standings().Draw(rt, "standing")
		type answer struct {
			m Message
			k quota.Kind
		}
		about := map[string]answer{
			"card": {Card(s), quota.Invite}, "log card": {LogCard(Message{}, s), quota.Invite}, "why": {Why(s, record), quota.Invite},
			"colleague": {Colleague(s), quota.Invite}, "watched": {WatchedCard(s), quota.Invite},
		}
		for _, k := range quota.Kinds() {
			if m := WhyKind(s, record, k); k != quota.Note { // of notes it may tell their own limit alone
				about["why "+k.String()] = answer{m, k}
			}
		}
		rules := s.Preset().Persons
		operations := s.Journal.Operations()
		for i, o := range operations[:min(5, len(operations))] {
			undone := Undone(quota.Undid{Standing: s, Operation: o})
			about[fmt.Sprint("undone ", i)] = answer{undone, o.Kind}
			if o.Act != quota.Sent {
				continue
			}
			l := loggedAs(s, o)
			l.Joined, l.Made = i%3 == 0, i%2 == 0
			if i%2 == 0 {
				l.Twin = o
			}
			if len(rules) > 0 {
				l.Early = []quota.Early{{Person: "in:jane", Rule: &rules[i%len(rules)], Since: s.Today - 3, From: s.At.Add(50 * time.Hour)}}
			}
			logged := Logged(l, names, shown)
			about[fmt.Sprint("logged ", i)] = answer{logged, o.Kind}
			kind := o.Kind
			if _, bound := s.Budget(kind).Binding(); !bound {
				kind = quota.Invite
			}
			about[fmt.Sprint("logged on the card ", i)] = answer{LogCard(logged, s), kind}
		}
		for _, m := range []Message{WhyAdvice(s, record), WhyPace(s, record)} {
			if wrong := incomplete(m); wrong != nil {
				rt.Fatalf("why: %v", wrong)
			}
		}
		if blocks := Home("", s, names, shown, nil, nil, func(quota.Operation) Button { return Button{Label: "Undo", Action: "undo"} }); len(blocks) > 100 {
			rt.Fatalf("%d blocks on Home", len(blocks))
		}
		for name, a := range about {
			if wrong := incomplete(a.m); wrong != nil {
				rt.Fatalf("%s: %v", name, wrong)
			}
			b := s.Budget(a.k)
			first := leftFirst.FindStringSubmatch(a.m.Text)
			if _, bound := b.Binding(); !bound {
				if first != nil && name != "why" && a.k != quota.Note {
					rt.Fatalf("%s: nothing binds, and it says %q", name, a.m.Text)
				}
				continue
			}
			if name == "colleague" && paused(s) != "" {
				if first != nil {
					rt.Fatalf("%s: of somebody paused it says %q", name, a.m.Text)
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
