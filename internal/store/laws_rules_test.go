package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func lawActs(t *testing.T, s Engine) {
	var want quota.Journal
	put(t, s, "k", func(f quota.Facts) quota.Change {
		var c quota.Change
		add := func(act quota.Act, also func(e *quota.Entry)) {
			e := sent(f.Next+uint64(len(c.Entries)), "U1", monday.Add(time.Duration(len(c.Entries))*time.Minute), 1)
			e.Act = act
			if also != nil {
				also(&e)
			}
			c.Entries = append(c.Entries, e)
		}
		add(quota.Sent, func(e *quota.Entry) { e.Precision = quota.Estimated })
		for act := quota.Accepted; act <= quota.Replied; act++ {
			add(act, func(e *quota.Entry) { e.Closes, e.Person = 1, "in/ana" })
			add(act, nil) // more came back than was open
		}
		add(quota.Restricted, func(e *quota.Entry) { e.Until = e.At })
		add(quota.Restricted, func(e *quota.Entry) { e.Until = e.At.AddDate(0, 0, 7) })
		add(quota.Lifted, nil)
		add(quota.Remembered, func(e *quota.Entry) { e.Precision = quota.Estimated })
		add(quota.Remembered, func(e *quota.Entry) { e.Precision, e.Closes, e.Until = quota.Estimated, 1, e.At.AddDate(0, 0, -1) })
		add(quota.Undone, func(e *quota.Entry) { e.Undoes, e.Closes = 2, 1 })
		add(quota.Undone, func(e *quota.Entry) { e.Undoes, e.Until = 11, e.At.AddDate(0, 0, 7) })
		add(quota.Undone, func(e *quota.Entry) { e.Undoes = 12 })
		want = append(want, c.Entries...)
		return c
	})
	f := read(t, s, quota.Need{Members: whole("U1").Members, Everyone: monday, Persons: []string{"in/ana"}})
	same(t, "journal", f.Journals["U1"], want)
	same(t, "about ana", len(f.Persons["in/ana"]), 4)
	same(t, "entries", verified(t, s).Entries, len(want))
}

func lawActRules(t *testing.T, s Engine) {
	put(t, s, "first", one("U1", monday))
	set := func(act quota.Act, also func(e *quota.Entry)) func(e *quota.Entry) {
		return func(e *quota.Entry) {
			e.Act = act
			if act == quota.Restricted {
				e.Until = e.At
			}
			also(e)
		}
	}
	for name, spoil := range map[string]func(e *quota.Entry){
		"an act after the last":        set(quota.Remembered+1, func(*quota.Entry) {}),
		"a precision after the last":   set(quota.Sent, func(e *quota.Entry) { e.Precision = quota.Estimated + 1 }),
		"a send that closes":           set(quota.Sent, func(e *quota.Entry) { e.Closes = 1 }),
		"a restriction that closes":    set(quota.Restricted, func(e *quota.Entry) { e.Closes = 1 }),
		"an end that closes":           set(quota.Lifted, func(e *quota.Entry) { e.Closes = 1 }),
		"an outcome of itself":         set(quota.Accepted, func(e *quota.Entry) { e.Closes = e.Seq }),
		"an outcome of the future":     set(quota.Replied, func(e *quota.Entry) { e.Closes = e.Seq + 1 }),
		"an undo that closes itself":   set(quota.Undone, func(e *quota.Entry) { e.Undoes, e.Closes = 1, e.Seq }),
		"an outcome that undoes":       set(quota.Accepted, func(e *quota.Entry) { e.Undoes = 1 }),
		"a send that ends":             set(quota.Sent, func(e *quota.Entry) { e.Until = e.At }),
		"an outcome that ends":         set(quota.Declined, func(e *quota.Entry) { e.Until = e.At }),
		"a lifted one that ends":       set(quota.Lifted, func(e *quota.Entry) { e.Until = e.At }),
		"a restriction without end":    set(quota.Restricted, func(e *quota.Entry) { e.Until = time.Time{} }),
		"a restriction of no calendar": set(quota.Restricted, func(e *quota.Entry) { e.Until = time.Unix(1<<40, 0) }),
		"a restriction backwards":      set(quota.Restricted, func(e *quota.Entry) { e.Until = e.At.Add(-time.Microsecond) }),
		"an undo backwards":            set(quota.Undone, func(e *quota.Entry) { e.Undoes, e.Until = 1, e.At.Add(-time.Microsecond) }),
		"a restriction of notes":       set(quota.Restricted, func(e *quota.Entry) { e.Kind = quota.Note }),
		"a restriction of two":         set(quota.Restricted, func(e *quota.Entry) { e.Quantity = 2 }),
		"two answers":                  set(quota.Remembered, func(e *quota.Entry) { e.Precision, e.Quantity = quota.Estimated, 2 }),
		"an answer to the minute":      set(quota.Remembered, func(*quota.Entry) {}),
		"an answer of the future":      set(quota.Remembered, func(e *quota.Entry) { e.Precision, e.Closes = quota.Estimated, e.Seq }),
		"two lifted":                   set(quota.Lifted, func(e *quota.Entry) { e.Quantity = 2 }),
	} {
		_, err := s.Do(context.Background(), writeOf("k", func(f quota.Facts) quota.Change {
			e := sent(f.Next, "U1", monday, 1)
			spoil(&e)
			return quota.Change{Entries: []quota.Entry{e}}
		}))
		if !errors.Is(err, quota.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	same(t, "entries", verified(t, s).Entries, 1)
}

func lawRowRules(t *testing.T, s Engine) {
	never := time.Unix(1<<40, 0)
	for name, spoil := range map[string]func(c *quota.Change){
		"an account's time":           func(c *quota.Change) { c.Members[0].Account.New = never },
		"an account's change":         func(c *quota.Change) { c.Members[0].Account.Since = never },
		"an own limit's time":         func(c *quota.Change) { c.Members[0].Own.At = never },
		"an own limit's end":          func(c *quota.Change) { c.Members[0].Own.Until = never },
		"a boundless own limit":       func(c *quota.Change) { c.Members[0].Own.Max = math.MaxInt },
		"a restriction's time":        func(c *quota.Change) { c.Members[0].Restriction.From = never },
		"a restriction's end":         func(c *quota.Change) { c.Members[0].Restriction.Until = never },
		"told at no time":             func(c *quota.Change) { c.Members[0].Told = never },
		"quiet until no time":         func(c *quota.Change) { c.Members[0].Quiet.Until = never },
		"quiet from nowhere":          func(c *quota.Change) { c.Members[0].Quiet.From = math.MaxInt },
		"a team's number's time":      func(c *quota.Change) { c.Teams[0].Terms.Numbers[0].Until = never },
		"a boundless number":          func(c *quota.Change) { c.Teams[0].Terms.Numbers[0].Max = math.MinInt },
		"a digest at no minute":       func(c *quota.Change) { c.Teams[0].Digest.Minute = math.MaxInt },
		"a deed that leaves a gap":    func(c *quota.Change) { c.Deeds[1].Seq++ },
		"a deed again":                func(c *quota.Change) { c.Deeds[1].Seq-- },
		"an unknown deed":             func(c *quota.Change) { c.Deeds[0].What = quota.AccountChanged + 1 },
		"no deed":                     func(c *quota.Change) { c.Deeds[0].What = 0 },
		"a deed at no time":           func(c *quota.Change) { c.Deeds[0].At = time.Time{} },
		"a deed until no time":        func(c *quota.Change) { c.Deeds[0].Until = never },
		"an intent without name":      func(c *quota.Change) { c.Intents[0].Name = "" },
		"an intent with a long name":  func(c *quota.Change) { c.Intents[0].Name = strings.Repeat("x", 256) },
		"an intent to a long id":      func(c *quota.Change) { c.Intents[0].To = strings.Repeat("x", 256) },
		"an intent in no state":       func(c *quota.Change) { c.Intents[0].State = 0 },
		"an intent in a later state":  func(c *quota.Change) { c.Intents[0].State = quota.Cancelled + 1 },
		"an intent that is never due": func(c *quota.Change) { c.Intents[0].Next = time.Time{} },
		"an intent due at no time":    func(c *quota.Change) { c.Intents[0].Due = never },
		"an intent settled never":     func(c *quota.Change) { c.Intents[0].State = quota.Posted },
		"an intent tried −1 times":    func(c *quota.Change) { c.Intents[0].Tries = -1 },
		"an intent looked for −1":     func(c *quota.Change) { c.Intents[0].Looks = -1 },
		"a token beyond all":          func(c *quota.Change) { c.Intents[0].Token = math.MaxUint64 },
		"an intent that says a lot":   func(c *quota.Change) { c.Intents[0].Content = make([]byte, quota.MaxContent+1) },
	} {
		_, err := s.Do(context.Background(), writeOf("k", func(f quota.Facts) quota.Change {
			c := quota.Change{
				Members: []quota.Member{detailed}, Teams: []quota.Team{chosen()}, Deeds: []quota.Deed{deed(f.NextDeed), deed(f.NextDeed + 1)},
				Intents: []quota.Intent{intent("digest/1", "C1", monday)},
			}
			spoil(&c)
			return c
		}))
		if !errors.Is(err, quota.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	same(t, "tally", verified(t, s), quota.Tally{})
	for name, need := range map[string]quota.Need{
		"an intent without name":   {Intents: []string{""}},
		"everyone at no time":      {Everyone: never},
		"an intent of a long name": {Intents: []string{strings.Repeat("x", 256)}},
	} {
		if _, err := s.Read(context.Background(), team, need); !errors.Is(err, quota.ErrUnavailable) {
			t.Errorf("a question for %s: %v", name, err)
		}
	}
	for name, c := range map[string]struct{ at, lease time.Time }{
		"no time": {lease: monday}, "no lease": {at: monday}, "a lease of nothing": {monday, monday}, "an impossible one": {monday, never},
	} {
		if _, err := s.Claim(context.Background(), c.at, c.lease, 1); !errors.Is(err, quota.ErrUnavailable) {
			t.Errorf("a claim of %s: %v", name, err)
		}
	}
	good := intent("digest/1", "C1", monday)
	for name, err := range map[string]error{
		"no workspace":        s.Settle(context.Background(), "", good),
		"no intent":           s.Settle(context.Background(), team, quota.Intent{}),
		"a hush of no time":   s.Settle(context.Background(), team, good, quota.Hush{}),
		"a hush of a long id": s.Settle(context.Background(), team, good, quota.Hush{To: strings.Repeat("x", 256), Until: monday}),
	} {
		if !errors.Is(err, quota.ErrUnavailable) {
			t.Errorf("settling with %s: %v", name, err)
		}
	}
}

func lawRows(t *testing.T, s Engine) {
	berlin, ns := time.FixedZone("", 3600), 999*time.Nanosecond
	late := func(t time.Time) time.Time { return t.Add(ns).In(berlin) }
	m, tm, d, i := detailed, chosen(), deed(1), full("digest/1")
	for _, at := range []*time.Time{
		&m.Joined, &m.Left, &m.Account.New, &m.Account.Since, &m.Own.At, &m.Own.Until, &m.Restriction.From, &m.Restriction.Until, &m.Told, &m.Quiet.Until,
		&tm.Created, &tm.Terms.Numbers[0].At, &tm.Terms.Numbers[0].Until, &d.At, &d.Until, &i.Due, &i.Expires, &i.Next, &i.Settled,
	} {
		*at = late(*at)
	}
	numbers := tm.Terms.Numbers
	put(t, s, "k", func(quota.Facts) quota.Change {
		return quota.Change{Members: []quota.Member{m, {ID: "U2", Wants: 0xff}}, Teams: []quota.Team{tm, {ID: "2", Digest: quota.Digest{Shows: quota.ShowRoom}}},
			Deeds: []quota.Deed{d}, Intents: []quota.Intent{i}}
	})
	same(t, "what was handed in", numbers[0].At, late(monday)) // not cut in place
	numbers[0].Max = 99
	copy(i.Content, "spoil")
	for range 2 {
		f := read(t, s, quota.Need{Roster: true, Deeds: true, Intents: []string{"digest/1"}})
		same(t, "members", f.Members, map[string]quota.Member{"U1": detailed, "U2": {ID: "U2", Wants: 0xff}})
		same(t, "teams", f.Teams, []quota.Team{chosen(), {ID: "2", Digest: quota.Digest{Shows: quota.ShowRoom}}})
		same(t, "deeds", f.Deeds, []quota.Deed{deed(1)})
		same(t, "intents", f.Intents, map[string]quota.Intent{"digest/1": full("digest/1")})
		f.Teams[0].Terms.Numbers[0].Max, f.Deeds[0].Reason = 7, "spoiled"
		copy(f.Intents["digest/1"].Content, "spoil")
	}
	// Everything can be taken back again.
	put(t, s, "clear", func(quota.Facts) quota.Change {
		return quota.Change{Members: []quota.Member{{ID: "U1"}}, Teams: []quota.Team{{ID: "1"}}}
	})
	f := read(t, s, quota.Need{Roster: true})
	same(t, "member", f.Members["U1"], quota.Member{ID: "U1"})
	same(t, "team", f.Teams[0], quota.Team{ID: "1"})
	verified(t, s)
}

// full is an intent with everything in it.
func full(name string) quota.Intent {
	return quota.Intent{
		Name: name, To: "C1", Team: "1", Member: "U1", Op: 7, Due: monday, Expires: monday.AddDate(0, 0, 1), State: quota.Held,
		Next: monday.Add(time.Hour), Token: 3, Tries: 2, Looks: 5, Content: []byte("what it says"),
		At: quota.Place{Channel: "C1", TS: "1.2"}, Settled: monday.Add(2 * time.Hour), Reason: "nobody may look",
	}
}

func lawDeeds(t *testing.T, s Engine) {
	var want []quota.Deed
	for n := range 300 { // numbers of one byte and of two
		put(t, s, fmt.Sprint(n), func(f quota.Facts) quota.Change {
			same(t, "next", f.NextDeed, uint64(n)+1)
			if f.Deeds != nil {
				t.Fatal("deeds that nobody asked for")
			}
			d := deed(f.NextDeed)
			d.What = quota.DeedKind(n%6 + 1)
			want = append(want, d)
			return quota.Change{Deeds: []quota.Deed{d}}
		})
	}
	w := writeOf("other", func(f quota.Facts) quota.Change {
		same(t, "another workspace's", []int{len(f.Deeds), int(f.NextDeed)}, []int{0, 1})
		return quota.Change{Deeds: []quota.Deed{{Seq: 1, At: monday, What: quota.PresetChosen}}}
	})
	w.Workspace, w.Need = "T2", quota.Need{Deeds: true}
	if _, err := s.Do(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	same(t, "deeds", read(t, s, quota.Need{Deeds: true}).Deeds, want)
	same(t, "tally", verified(t, s), quota.Tally{Workspaces: 2, Deeds: 301})
}

func lawEveryone(t *testing.T, s Engine) {
	ids := []string{"U1", "U2", "U10", "U", "\x00", strings.Repeat("z", 255)}
	days := []int{-8, -7, -1, 0, 0, 1, 6, 7, 30, 31}
	put(t, s, "k", func(f quota.Facts) quota.Change {
		var c quota.Change
		for n, d := range days {
			for i, id := range ids {
				at := monday.AddDate(0, 0, d).Add(time.Duration(i*n%3-1) * time.Microsecond)
				c.Entries = append(c.Entries, sent(f.Next+uint64(len(c.Entries)), id, at, 1))
			}
		}
		c.Entries = append(c.Entries, sent(f.Next+uint64(len(c.Entries)), "U0", monday.AddDate(0, 0, -9), 1)) // long ago
		return c
	})
	for _, from := range []time.Time{
		monday.AddDate(-9, 0, 0), monday.Add(-time.Microsecond), monday.Add(-1), monday, monday.Add(1), monday.Add(time.Microsecond),
		monday.AddDate(0, 0, 7).Add(-1), monday.AddDate(0, 0, 31), monday.AddDate(9, 0, 0),
	} {
		want := make(map[string]quota.Journal)
		for _, id := range append(ids, "U0") {
			if j := read(t, s, quota.Need{Members: []quota.Span{{Member: id, From: from}}}).Journals[id]; len(j) > 0 {
				want[id] = j
			}
		}
		same(t, from.String(), read(t, s, quota.Need{Everyone: from}).Journals, want)
	}
	// With spans the earlier moment holds for a member, and whoever is asked for is there.
	f := read(t, s, quota.Need{Everyone: monday, Members: []quota.Span{
		{Member: "U1", From: monday.AddDate(0, 0, -7).Add(-time.Microsecond)}, {Member: "U2", From: monday.AddDate(0, 0, 30)},
		{Member: "U0", From: monday}, {Member: "nobody", From: monday}, {Member: "no row"},
	}})
	only := read(t, s, quota.Need{Everyone: monday})
	only.Journals["U1"] = read(t, s, quota.Need{Members: []quota.Span{{Member: "U1", From: monday.AddDate(0, 0, -7).Add(-time.Microsecond)}}}).Journals["U1"]
	same(t, "U1", len(only.Journals["U1"]) >= 8, true)
	for _, id := range []string{"U0", "nobody"} {
		if j, there := f.Journals[id]; !there || len(j) > 0 {
			t.Errorf("%q: %v, %v", id, j, there)
		}
		delete(f.Journals, id)
	}
	same(t, "with spans", f.Journals, only.Journals)
	// What is handed out is nobody else's.
	for id := range f.Journals {
		f.Journals[id] = append(f.Journals[id], quota.Entry{})
	}
	again := read(t, s, quota.Need{Everyone: monday})
	_ = append(again.Journals["U1"], quota.Entry{Seq: 999})
	for id, j := range again.Journals {
		for _, e := range j {
			if e.Seq == 0 || e.Seq == 999 || e.Member != id {
				t.Fatalf("%q has %+v", id, e)
			}
		}
	}
}
