package quota_test

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// A model is what a Book should do, told over a plain list of logs, from which everything is counted anew.
type model struct {
	book    *quota.Book
	now     time.Time
	next    uint64
	ops     []*told
	active  map[string]bool
	zones   map[string]*time.Location
	members []quota.Who
	repeats []func(*rapid.T)
	keys    int

	terms quota.Terms
	rows  map[string]*quota.Member // what is the member's own: limit, account, restriction
	deeds []quota.Deed
}

// told is one log in the model.
type told struct {
	quota.Operation
	member string
	sends  []quota.Entry // as the book keeps them, for outcomes and for logs of several persons
}

func (m *model) key() string { m.keys++; return fmt.Sprint("key ", m.keys) }

func (m *model) who(t *rapid.T) quota.Who { return rapid.SampledFrom(m.members).Draw(t, "who") }

func (m *model) Pass(t *rapid.T) {
	m.now = m.now.Add(rapid.OneOf(offsets(0, time.Minute), offsets(0, 48*time.Hour), offsets(0, 2*week), offsets(-time.Hour, 0)).Draw(t, "time"))
}

func (m *model) Log(t *rapid.T) {
	who, l, at, key := m.who(t), logs(m.now).Draw(t, "log"), m.now, m.key()
	out, err := m.book.Log(t.Context(), who, key, at, l)
	sentAt, day, precision, refused := l.When.Resolve(at, m.zones[who.ID])
	if refused != nil {
		if !errors.Is(err, refused) {
			t.Fatalf("%v, want %v", err, refused)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var before []quota.Meeting
	for _, p := range l.Persons {
		before = append(before, m.meetings(p)...)
	}
	o := quota.Operation{Op: m.next, Act: quota.Sent, Kind: l.Kind, Quantity: l.Quantity, At: sentAt, Recorded: at, Day: day, Precision: precision, Persons: l.Persons}
	var twin uint64
	for _, p := range m.ops {
		same := p.At.Equal(o.At) || p.At.Equal(p.Recorded) && o.At.Equal(o.Recorded) || o.Precision == quota.ByDay
		if o.Quantity > 1 && p.member == who.ID && p.Act == quota.Sent && !p.Undone && o.Recorded.Sub(p.Recorded) <= time.Minute && p.Kind == o.Kind && p.Quantity == o.Quantity &&
			p.Day == o.Day && p.Precision == o.Precision && same && slices.Equal(p.Persons, o.Persons) {
			twin = p.Op
		}
	}
	if !reflect.DeepEqual(out.Operation, o) || !reflect.DeepEqual(out.Before, before) || out.Twin.Op != twin || out.Joined == m.active[who.ID] || out.Made != (len(m.active) == 0) {
		t.Fatalf("%+v, met %+v, twin %d, joined %t, made %t; want %+v, met %+v, twin %d", out.Operation, out.Before, out.Twin.Op, out.Joined, out.Made, o, before, twin)
	}
	m.active[who.ID] = true
	m.ops = append(m.ops, &told{o, who.ID, made(out.Standing, o.Op)})
	m.next += uint64(len(m.ops[len(m.ops)-1].sends))
	m.agrees(t, out.Standing, out.Operation.Kind)
	m.repeats = append(m.repeats, func(t *rapid.T) {
		again, err := m.book.Log(t.Context(), who, key, m.now, l)
		out, again := out, again
		if !sameRows(out.Standing, again.Standing) { // pace and rules about persons are judged by the rows of now
			out.Verdicts, again.Verdicts, out.Early, again.Early = nil, nil, nil, nil
		}
		forgetRow(&out.Standing, &again.Standing)
		if err != nil || !reflect.DeepEqual(again, out) {
			t.Fatalf("again %+v, %v, want %+v", again, err, out)
		}
	})
}

// sameRows reports whether two standings follow from the same rows of the roster.
func sameRows(a, b quota.Standing) bool {
	return reflect.DeepEqual(a.Rules, b.Rules) && reflect.DeepEqual(a.Team, b.Team) && a.Zone.String() == b.Zone.String()
}

// forgetRow takes away what a repeat draws from the roster as it is now.
func forgetRow(all ...*quota.Standing) {
	since := long
	for _, s := range all {
		s.Rules, s.Team, s.Zone, s.Today, s.Pool, s.PoolSince = quota.Rules{}, quota.Team{}, nil, 0, nil, long
		if s.Since.After(since) {
			since = s.Since
		}
	}
	for _, s := range all { // rules of now may ask to see more
		s.Since = since
		s.Journal = slices.DeleteFunc(slices.Clone(s.Journal), func(e quota.Entry) bool { return e.At.Before(since) })
	}
}

// meetings are each member's latest, by day and then by when it was recorded.
func (m *model) meetings(person string) (out []quota.Meeting) {
	latest := make(map[string]*told)
	for _, o := range m.ops {
		if last := latest[o.member]; o.Act == quota.Sent && !o.Undone && slices.Contains(o.Persons, person) && (last == nil || o.Day >= last.Day) {
			latest[o.member] = o
		}
	}
	sorted := slices.SortedFunc(maps.Values(latest), func(a, b *told) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Op, b.Op)) })
	for _, o := range sorted {
		out = append(out, quota.Meeting{Person: person, Member: o.member, Name: "name of " + o.member, Kind: o.Kind, Day: o.Day})
	}
	return out
}

func (m *model) Undo(t *rapid.T) {
	who, at, key, op := m.who(t), m.now, m.key(), uint64(0)
	if len(m.ops) > 0 && rapid.Bool().Draw(t, "named") {
		op = rapid.SampledFrom(m.ops).Draw(t, "op").Op
	}
	var target *told
	var want error = quota.ErrNothingToUndo
	for _, o := range m.ops {
		if o.member != who.ID || op != 0 && o.Op != op || op == 0 && o.Undone {
			continue
		}
		if o.Undone {
			want = quota.AlreadyUndone{Operation: o.Operation}
		} else if at.Sub(o.Recorded) <= quota.MaxBack*24*time.Hour {
			target = o
		}
	}
	out, err := m.book.Undo(t.Context(), who, key, at, op)
	if target == nil {
		var already quota.AlreadyUndone
		if errors.As(want, &already) {
			// An undone log is known as such while its journal is at hand, and nothing to undo afterwards.
			if recent := at.Sub(already.Operation.Recorded) <= quota.MaxBack*24*time.Hour; !errors.As(err, &already) && (recent || !errors.Is(err, quota.ErrNothingToUndo)) {
				t.Fatalf("%v, want %v", err, want)
			}
		} else if !errors.Is(err, want) {
			t.Fatalf("%v, want %v", err, want)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	target.Undone = true
	m.next += uint64(len(target.sends))
	m.reckon(who.ID)
	if target.Act.Outcome() && target.Kind == quota.Invite && out.Operation.Kind == quota.Note { // all that it closed were notes
		target.Kind = quota.Note
	}
	if !reflect.DeepEqual(out.Operation, target.Operation) {
		t.Fatalf("undid %+v, want %+v", out.Operation, target.Operation)
	}
	m.agrees(t, out.Standing, out.Operation.Kind)
	m.repeats = append(m.repeats, func(t *rapid.T) {
		again, err := m.book.Undo(t.Context(), who, key, m.now, op)
		out, again := out, again
		forgetRow(&out.Standing, &again.Standing)
		if err != nil || !reflect.DeepEqual(again, out) {
			t.Fatalf("again %+v, %v, want %+v", again, err, out)
		}
	})
}

func (m *model) Repeat(t *rapid.T) {
	if len(m.repeats) > 0 {
		rapid.SampledFrom(m.repeats).Draw(t, "repeat")(t)
	}
}

func (m *model) Leave(t *rapid.T) {
	who := m.who(t)
	_, err := m.book.Leave(t.Context(), who, m.key(), m.now)
	if m.active[who.ID] != (err == nil) || err != nil && !errors.Is(err, quota.ErrNotOnTeam) {
		t.Fatal(err)
	}
	if err == nil {
		m.active[who.ID] = false
	}
}

func (m *model) Move(t *rapid.T) {
	who, name := m.who(t), rapid.SampledFrom(zoneNames).Draw(t, "zone")
	_, err := m.book.Set(t.Context(), who, m.key(), m.now, quota.Settings{Zone: name, Workdays: quota.DefaultWorkdays})
	if m.active[who.ID] != (err == nil) {
		t.Fatal(err)
	}
	if err == nil {
		m.zones[who.ID] = m.book.Zone(name)
	}
}

// Check asks for everybody's standing.
func (m *model) Check(t *rapid.T) {
	for _, who := range m.members {
		kinds := rapid.SliceOfNDistinct(rapid.SampledFrom(quota.Kinds()), 1, 5, rapid.ID).Draw(t, "kinds")
		s, err := m.book.Standing(t.Context(), who, m.now, kinds...)
		if err != nil {
			t.Fatal(err)
		}
		if (s.Team.ID == "1") != m.active[who.ID] || s.Zone.String() != m.zones[who.ID].String() {
			t.Fatalf("%s is in team %q and %s", who.ID, s.Team.ID, s.Zone)
		}
		m.agrees(t, s, kinds...)
	}
}

// entries are what the model has been told, as a journal of one member; "" is everybody.
func (m *model) entries(member string) quota.Journal {
	var j quota.Journal
	for _, o := range m.ops {
		if member != "" && o.member != member {
			continue
		}
		for _, e := range o.sends {
			j = append(j, e)
			if o.Undone {
				e.Act, e.Undoes, e.Seq, e.Op = quota.Undone, o.Op, 1<<40+e.Seq, 1<<40+o.Op
				j = append(j, e)
			}
		}
	}
	slices.SortFunc(j, func(a, b quota.Entry) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq)) })
	return j
}

// agrees counts every limit of a standing anew.
func (m *model) agrees(t *rapid.T, s quota.Standing, kinds ...quota.Kind) {
	row := m.rows[s.Member.ID]
	if m.active[s.Member.ID] && !reflect.DeepEqual(sorted(s.Terms), sorted(m.terms)) {
		t.Fatalf("terms %+v, want %+v", s.Terms, m.terms)
	}
	if s.Member.Own != row.Own || s.Member.Account != row.Account || s.Member.Restriction != row.Restriction {
		t.Fatalf("row %+v, want %+v", s.Member, row)
	}
	whole := s
	whole.Journal, whole.Since, whole.Pool, whole.PoolSince = m.entries(s.Member.ID), long, m.entries(""), long
	if s.Team.ID == "" {
		whole.Pool = nil
	}
	for _, kind := range kinds {
		var inWeek, rolling, today int
		for _, o := range m.ops {
			if o.member != s.Member.ID || o.Undone || o.Act != quota.Sent || !o.Kind.Counts(quota.Invite) {
				continue
			}
			if quota.WeekOf(o.At) == quota.WeekOf(s.At) {
				inWeek += o.Quantity
			}
			if s.At.Sub(o.At) < 7*24*time.Hour {
				rolling += o.Quantity
			}
			if o.Day == s.Today {
				today += o.Quantity
			}
		}
		b, want := s.Budget(kind), whole.Budget(kind)
		if b.Left != want.Left || b.Week != want.Week {
			t.Fatalf("%s of %s at %s: %d left, %d this week; want %+v", kind, s.Member.ID, s.At, b.Left, b.Week, want)
		}
		for _, g := range want.Gauges {
			is, ok := b.Find(g.Name)
			if ok && is != g || !ok && g.Force != quota.Soft {
				t.Fatalf("%s of %s at %s, since %s: %+v, want %+v", g.Name, s.Member.ID, s.At, s.Since, is, g)
			}
			n := map[string]int{quota.BudgetName: inWeek, quota.CeilingName: inWeek, quota.SevenDaysName: rolling, quota.PaceName: today, quota.RampName: inWeek}
			if own, ok := n[g.Name]; ok && g.Basis == quota.BySent && g.Used != own {
				t.Fatalf("%s of %s at %s: %d used, want %d", g.Name, s.Member.ID, s.At, g.Used, own)
			}
		}
	}
}

func sorted(terms quota.Terms) quota.Terms {
	terms.Numbers = slices.SortedFunc(slices.Values(terms.Numbers), func(a, b quota.Number) int {
		return cmp.Or(cmp.Compare(a.Preset, b.Preset), cmp.Compare(a.Limit, b.Limit))
	})
	return terms
}

func TestBookAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &model{
			book: quota.NewBook(newMemory()), next: 1, active: make(map[string]bool), zones: make(map[string]*time.Location), rows: make(map[string]*quota.Member),
			now: quota.Week(2969).Start().Add(offsets(0, week).Draw(t, "now")),
		}
		for i, id := range []string{"ana", "ben", "cleo"} {
			m.members = append(m.members, quota.Who{Workspace: "T1", ID: id, Name: "name of " + id, Zone: zoneNames[i], Channel: "D" + id})
			m.zones[id], m.rows[id] = m.book.Zone(zoneNames[i]), &quota.Member{}
		}
		// The same people in another workspace are other people.
		other := m.members[0]
		other.Workspace = "T2"
		if _, err := m.book.Log(t.Context(), other, "key 1", m.now, quota.Log{Kind: quota.Invite, Quantity: 9, Persons: []string{"person-0"}}); err != nil {
			t.Fatal(err)
		}
		t.Repeat(map[string]func(*rapid.T){"": m.Check, "log": m.Log, "log again": m.Log, "undo": m.Undo, "repeat": m.Repeat, "pass": m.Pass, "leave": m.Leave, "move": m.Move,
			"choose": m.Choose, "number": m.Number, "own": m.Own, "account": m.Account, "report": m.Report, "restrict": m.Restrict, "lift": m.Lift, "replay": m.Replay})
	})
}

// A repeat gives back exactly the first answer, whatever was logged and taken back since.
func TestRepeatsAreDeeplyEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := quota.Week(2969).Start().Add(offsets(0, week).Draw(t, "now"))
		b := quota.NewBook(newMemory())
		who := quota.Who{Workspace: "T1", ID: "ana", Name: "Ana", Zone: rapid.SampledFrom(zoneNames).Draw(t, "zone")}
		if _, err := b.SetUp(t.Context(), who, "setup", now, quota.Setup{Name: "A", Managers: []string{"mia", "max"}}); err != nil {
			t.Fatal(err)
		}
		var firsts []any
		var agains []func() (any, error)
		for n := range rapid.IntRange(1, 12).Draw(t, "writes") {
			at, key := now, fmt.Sprint("key ", n)
			call := func(at time.Time) (any, error) { return b.Undo(t.Context(), who, key, at, 0) }
			if rapid.IntRange(0, 2).Draw(t, "undo") > 0 {
				l := logs(now).Draw(t, "log")
				call = func(at time.Time) (any, error) { return b.Log(t.Context(), who, key, at, l) }
			}
			first, err := call(at)
			now = now.Add(offsets(-time.Minute, 12*time.Hour).Draw(t, "passed"))
			if err == nil {
				firsts = append(firsts, first)
				agains = append(agains, func() (any, error) { return call(now) })
			}
		}
		now = now.Add(offsets(0, 100*24*time.Hour).Draw(t, "later"))
		for i, again := range agains {
			got, err := again()
			if err != nil || !reflect.DeepEqual(got, firsts[i]) {
				t.Fatalf("%+v, %v, want %+v", got, err, firsts[i])
			}
		}
	})
}
