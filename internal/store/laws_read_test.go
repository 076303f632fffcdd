package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func lawOrder(t *testing.T, s Engine) {
	// Out of order, over weeks before and after, with two at one moment and a week without any.
	days := []int{0, 10, -3, 10, 40, -400, 7, 6, -20000, 1}
	for i, d := range days {
		put(t, s, fmt.Sprint(i), one("U1", monday.AddDate(0, 0, d)))
		put(t, s, fmt.Sprint("other ", i), one("U2", monday.AddDate(0, 0, d)))
	}
	j := read(t, s, whole("U1")).Journals["U1"]
	same(t, "order", seqs(j), []uint64{17, 11, 5, 1, 19, 15, 13, 3, 7, 9})
	for _, e := range j {
		same(t, "entry", e, sent(e.Seq, "U1", monday.AddDate(0, 0, days[(e.Seq-1)/2]), 1))
	}
}

func lawMicroseconds(t *testing.T, s Engine) {
	berlin := time.FixedZone("", 3600)
	end := monday.Add(7*24*time.Hour - time.Nanosecond) // rounded, it would fall into the next week
	put(t, s, "k", func(f quota.Facts) quota.Change {
		a, b := sent(1, "U1", end.In(berlin), 1), sent(2, "U1", end.Add(-time.Microsecond), 1)
		a.Recorded = end.Add(time.Hour + 1234)
		return quota.Change{
			Entries: []quota.Entry{a, b},
			Members: []quota.Member{{ID: "U1", Joined: end.In(berlin)}},
			Teams:   []quota.Team{{ID: "1", Created: end.In(berlin)}},
		}
	})
	f := read(t, s, whole("U1"))
	cut := end.Add(-999 * time.Nanosecond)
	same(t, "order", seqs(f.Journals["U1"]), []uint64{2, 1})
	same(t, "At", f.Journals["U1"][1].At, cut)
	same(t, "Recorded", f.Journals["U1"][1].Recorded, cut.Add(time.Hour+2*time.Microsecond))
	same(t, "Joined", f.Members["U1"].Joined, cut)
	same(t, "Left", f.Members["U1"].Left.IsZero(), true)
	same(t, "Created", f.Teams[0].Created, cut)
}

func lawSpan(t *testing.T, s Engine) {
	next := monday.AddDate(0, 0, 7)
	for i, at := range []time.Time{monday.Add(-time.Microsecond), monday, next.Add(-time.Microsecond), next, next.AddDate(0, 0, 70)} {
		for _, member := range []string{"U0", "U1", "U11"} { // a neighbour on both sides
			put(t, s, fmt.Sprint(member, i), one(member, at))
		}
	}
	for _, c := range []struct {
		from time.Time
		want int
	}{
		{monday.AddDate(-10, 0, 0), 5}, {monday.Add(-time.Microsecond), 5}, {monday.Add(-time.Nanosecond), 4}, {monday, 4},
		{monday.Add(1), 3}, {next.Add(-time.Microsecond), 3}, {next.Add(-1), 2}, {next, 2}, {next.Add(time.Microsecond), 1},
		{next.AddDate(0, 0, 70), 1}, {next.AddDate(0, 0, 71), 0}, {next.AddDate(100, 0, 0), 0},
	} {
		f := read(t, s, quota.Need{Members: []quota.Span{{Member: "U1", From: c.from}, {Member: "U11"}}})
		if got := len(f.Journals["U1"]); got != c.want {
			t.Errorf("from %v: %d entries, want %d", c.from, got, c.want)
		}
		if _, asked := f.Journals["U11"]; asked {
			t.Error("a journal was read that nobody asked for")
		}
		for _, e := range f.Journals["U1"] {
			if e.Member != "U1" || e.At.Before(c.from) {
				t.Errorf("from %v: %v of %s", c.from, e.At, e.Member)
			}
		}
	}
	twice := quota.Need{Members: []quota.Span{{Member: "U1", From: next}, {Member: "U1", From: monday}, {Member: "U1"}}}
	same(t, "named twice", len(read(t, s, twice).Journals["U1"]), 4)
}

func lawPersons(t *testing.T, s Engine) {
	about := func(e quota.Entry, person string) quota.Entry {
		e.Person = person
		return e
	}
	var want []quota.Entry
	put(t, s, "1", func(f quota.Facts) quota.Change {
		a, b := about(sent(1, "U1", monday, 1), "in/ana"), about(sent(2, "U1", monday, 1), "in/ben")
		b.Op = 1
		want = append(want, a)
		return quota.Change{Entries: []quota.Entry{a, b, sent(3, "U1", monday, 4)}}
	})
	put(t, s, "2", func(f quota.Facts) quota.Change {
		e := about(sent(4, "U2", monday.AddDate(0, 0, -30), 1), "in/ana")
		want = append(want, e)
		return quota.Change{Entries: []quota.Entry{e}}
	})
	put(t, s, "3", func(f quota.Facts) quota.Change {
		e := about(sent(5, "U1", monday, 1), "in/ana")
		e.Act, e.Undoes, e.Recorded, e.Precision, e.Kind = quota.Undone, 1, monday.Add(time.Hour), quota.ByDay, quota.Note
		want = append(want, e)
		return quota.Change{Entries: []quota.Entry{e}}
	})
	f := read(t, s, quota.Need{Persons: []string{"in/ana", "in/nobody", "in/an"}})
	same(t, "about ana", f.Persons["in/ana"], want)
	same(t, "about nobody", len(f.Persons["in/nobody"])+len(f.Persons["in/an"]), 0)
	verified(t, s)
}

func lawTeams(t *testing.T, s Engine) {
	write := func(key string, teams ...quota.Team) {
		put(t, s, key, func(quota.Facts) quota.Change { return quota.Change{Teams: teams} })
	}
	a := quota.Team{ID: "2", Name: "Zebra", Managers: []string{"U2", "U1"}, Created: monday}
	b := quota.Team{ID: "1", Name: "Ant", Channel: "C1"}
	write("1", a, b)
	a.Name, a.Managers = "Yak", nil
	c := quota.Team{ID: "10", Name: "Bee \xff\x00"}
	write("2", c, a, c)
	same(t, "teams", read(t, s, quota.Need{}).Teams, []quota.Team{a, b, c})
	same(t, "tally", verified(t, s), quota.Tally{Workspaces: 1, Teams: 3})
}

func lawMembers(t *testing.T, s Engine) {
	rows := make(map[string]quota.Member)
	write := func(key string, members ...quota.Member) {
		put(t, s, key, func(quota.Facts) quota.Change { return quota.Change{Members: members} })
		for _, m := range members {
			rows[m.ID] = m
		}
	}
	ana := quota.Member{
		ID: "U1", Team: "1", Name: "Ana", Zone: "Europe/Berlin", ZoneChosen: true, Workdays: quota.DefaultWorkdays,
		Joined: monday, Card: quota.Place{Channel: "D1", TS: "1732352461.000200"},
	}
	write("1", ana, quota.Member{ID: "U2", Name: "first"}, quota.Member{ID: "U2", Name: "Ben \xff"}, quota.Member{ID: "U3"})
	ana.Left, ana.Card, ana.Workdays = monday.AddDate(0, 1, 0), quota.Place{}, 0xff
	write("2", ana, quota.Member{ID: "U4", Name: "Cleo"})
	same(t, "roster", read(t, s, quota.Need{Roster: true}).Members, rows)
	some := quota.Need{Members: []quota.Span{{Member: "U1", From: monday}, {Member: "U4"}, {Member: "U5"}}}
	delete(rows, "U2")
	delete(rows, "U3")
	same(t, "rows", read(t, s, some).Members, rows)
	same(t, "tally", verified(t, s), quota.Tally{Workspaces: 1, Members: 4})
}

func lawHostile(t *testing.T, s Engine) {
	ids := []string{
		"a", "a\x00", "a\x00\x00", "\x00", "\x00a", "a|", "a|b", "|", "b", "\xff", "\xff\xff", "a\xff", " ", "entries", "entries a",
		"keys 2026-11-23", "U\n", "ü", strings.Repeat("\xff", 255), strings.Repeat("x", 255), "a\x01a", "\x01a",
	}
	for n, space := range ids {
		for i, id := range ids {
			w := writeOf("k"+id, func(f quota.Facts) quota.Change {
				e := sent(f.Next, id, monday.AddDate(0, 0, 7*(i%3)), n*100+i+1)
				e.Person = id
				return quota.Change{Entries: []quota.Entry{e}, Members: []quota.Member{{ID: id, Name: id}}, Teams: []quota.Team{{ID: id}}}
			})
			w.Workspace = space
			if done, err := s.Do(context.Background(), w); err != nil || done.Repeat {
				t.Fatalf("%q in %q: %+v, %v", id, space, done, err)
			}
		}
	}
	for n, space := range ids {
		f, err := s.Read(context.Background(), space, quota.Need{Roster: true, Persons: ids})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "members", slices.Sorted(maps.Keys(f.Members)), slices.Sorted(slices.Values(ids)))
		for i, id := range ids {
			g, err := s.Read(context.Background(), space, whole(id))
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range [][]quota.Entry{g.Journals[id], f.Persons[id]} {
				if len(j) != 1 || j[0].Quantity != n*100+i+1 || j[0].Member != id || j[0].Person != id {
					t.Fatalf("the journal of %q in %q: %v", id, space, j)
				}
			}
			same(t, "team", f.Teams[i].ID, id)
		}
	}
	verified(t, s)
}

func lawRules(t *testing.T, s Engine) {
	put(t, s, "first", one("U1", monday))
	for name, spoil := range map[string]func(c *quota.Change){
		"a gap":              func(c *quota.Change) { c.Entries[1].Seq++ },
		"a number again":     func(c *quota.Change) { c.Entries[0].Seq--; c.Entries[1].Seq-- },
		"no operation":       func(c *quota.Change) { c.Entries[0].Op = 0 },
		"a later operation":  func(c *quota.Change) { c.Entries[0].Op = c.Entries[1].Seq },
		"no member":          func(c *quota.Change) { c.Entries[1].Member = "" },
		"a long member":      func(c *quota.Change) { c.Entries[1].Member = strings.Repeat("x", 256) },
		"no act":             func(c *quota.Change) { c.Entries[1].Act = 0 },
		"an unknown act":     func(c *quota.Change) { c.Entries[1].Act = quota.Remembered + 1 },
		"no kind":            func(c *quota.Change) { c.Entries[1].Kind = 0 },
		"an unknown kind":    func(c *quota.Change) { c.Entries[1].Kind = 99 },
		"no precision":       func(c *quota.Change) { c.Entries[1].Precision = 0 },
		"no quantity":        func(c *quota.Change) { c.Entries[1].Quantity = 0 },
		"a negative one":     func(c *quota.Change) { c.Entries[1].Quantity = -1 },
		"a boundless one":    func(c *quota.Change) { c.Entries[1].Quantity = math.MaxInt },
		"no time":            func(c *quota.Change) { c.Entries[1].At = time.Time{} },
		"no calendar's time": func(c *quota.Change) { c.Entries[1].At = time.Unix(1<<40, 0) },
		"never recorded":     func(c *quota.Change) { c.Entries[1].Recorded = time.Time{} },
		"a send that undoes": func(c *quota.Change) { c.Entries[1].Undoes = 1 },
		"undoes nothing":     func(c *quota.Change) { c.Entries[1].Act = quota.Undone },
		"undoes the future":  func(c *quota.Change) { c.Entries[1].Act = quota.Undone; c.Entries[1].Undoes = 9 },
		"a long profile key": func(c *quota.Change) { c.Entries[1].Person = strings.Repeat("x", 5000) },
		"a member's no id":   func(c *quota.Change) { c.Members[0].ID = "" },
		"a member's time":    func(c *quota.Change) { c.Members[0].Left = time.Unix(1<<40, 0) },
		"a team's no id":     func(c *quota.Change) { c.Teams[0].ID = "" },
		"a long answer":      func(c *quota.Change) { c.Answer = make([]byte, quota.MaxAnswer+1) },
	} {
		_, err := s.Do(context.Background(), writeOf("k", func(f quota.Facts) quota.Change {
			c := quota.Change{
				Entries: []quota.Entry{sent(f.Next, "U1", monday, 1), sent(f.Next+1, "U1", monday, 1)},
				Members: []quota.Member{{ID: "U1"}}, Teams: []quota.Team{{ID: "1"}}, Answer: make([]byte, quota.MaxAnswer),
			}
			spoil(&c)
			return c
		}))
		if !errors.Is(err, quota.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	same(t, "tally", verified(t, s), quota.Tally{Workspaces: 1, Entries: 1})
	if put(t, s, "k", one("U1", monday)).Repeat {
		t.Error("a refused change stored its key")
	}
}

func lawQuestions(t *testing.T, s Engine) {
	good := writeOf("k", one("U1", monday))
	for name, spoil := range map[string]func(w *quota.Write){
		"no workspace":     func(w *quota.Write) { w.Workspace = "" },
		"a long workspace": func(w *quota.Write) { w.Workspace = strings.Repeat("x", 256) },
		"no key":           func(w *quota.Write) { w.Key = "" },
		"no time":          func(w *quota.Write) { w.At = time.Time{} },
		"no function":      func(w *quota.Write) { w.Decide = nil },
		"no member":        func(w *quota.Write) { w.Need.Members = []quota.Span{{}} },
		"no person":        func(w *quota.Write) { w.Need.Persons = []string{""} },
	} {
		w := good
		spoil(&w)
		if _, err := s.Do(context.Background(), w); !errors.Is(err, quota.ErrUnavailable) {
			t.Errorf("a write with %s: %v", name, err)
		}
		if _, err := s.Read(context.Background(), w.Workspace, w.Need); (err != nil) != (checkNeed(w.Workspace, w.Need) != nil) {
			t.Errorf("a read with %s: %v", name, err)
		}
	}
	same(t, "tally", verified(t, s), quota.Tally{})
	// Nothing is known of a workspace that was never written.
	f := read(t, s, quota.Need{Members: []quota.Span{{Member: "U1", From: monday}}, Roster: true, Persons: []string{"in/ana"}})
	if f.Next != 1 || len(f.Teams)+len(f.Members)+len(f.Journals["U1"])+len(f.Persons["in/ana"]) != 0 {
		t.Fatalf("%+v", f)
	}
}

func lawAliasing(t *testing.T, s Engine) {
	c := quota.Change{
		Entries: []quota.Entry{sent(1, "U1", monday, 1)}, Members: []quota.Member{{ID: "U1", Name: "Ana"}},
		Teams: []quota.Team{{ID: "1", Managers: []string{"U1"}}}, Answer: []byte("answer"),
	}
	c.Entries[0].Person = "in/ana"
	done := put(t, s, "k", func(quota.Facts) quota.Change { return c })
	spoil := func(f quota.Facts) {
		for _, j := range [][]quota.Entry{f.Journals["U1"], f.Persons["in/ana"]} {
			for i := range j {
				j[i].Quantity = 99
			}
		}
		for i := range f.Teams {
			f.Teams[i].Name = "spoiled"
			f.Teams[i].Managers[0] = "spoiled"
		}
		delete(f.Members, "U1")
	}
	spoil(quota.Facts{Journals: map[string]quota.Journal{"U1": c.Entries}, Teams: c.Teams})
	copy(c.Answer, "spoil!")
	copy(done.Answer, "spoil!")
	need := quota.Need{Members: []quota.Span{{Member: "U1", From: monday}}, Persons: []string{"in/ana"}}
	spoil(read(t, s, need))
	w := writeOf("other", func(f quota.Facts) quota.Change {
		spoil(f)
		return quota.Change{}
	})
	w.Need = need
	if _, err := s.Do(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	again := put(t, s, "k", one("U1", monday))
	same(t, "answer", string(again.Answer), "answer")
	copy(again.Answer, "spoil!")
	same(t, "answer", string(put(t, s, "k", one("U1", monday)).Answer), "answer")
	f := read(t, s, need)
	if f.Journals["U1"][0].Quantity != 1 || f.Persons["in/ana"][0].Quantity != 1 || f.Teams[0].Name != "" ||
		f.Teams[0].Managers[0] != "U1" || f.Members["U1"].Name != "Ana" {
		t.Fatalf("what is kept was changed from outside: %+v", f)
	}
	verified(t, s)
}

func lawTally(t *testing.T, s Engine) {
	want := quota.Tally{}
	for i := range 7 {
		w := writeOf("k", func(f quota.Facts) quota.Change {
			var c quota.Change
			for n := range i {
				c.Entries = append(c.Entries, sent(f.Next+uint64(n), fmt.Sprint("U", n), monday.AddDate(0, 0, 5*n), 1))
				c.Members = append(c.Members, quota.Member{ID: fmt.Sprint("U", n)})
			}
			c.Teams = []quota.Team{{ID: "1"}}
			return c
		})
		w.Workspace = fmt.Sprint("T", i)
		if _, err := s.Do(context.Background(), w); err != nil {
			t.Fatal(err)
		}
		want.Workspaces++
		want.Teams++
		want.Entries += i
		want.Members += i
	}
	same(t, "tally", verified(t, s), want)
}
