package store

import (
	"bytes"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Whatever the bytes are, a decoder neither panics nor makes up a record that would be written otherwise.

func FuzzEntry(f *testing.F) {
	undo := sent(700, "U1", monday.AddDate(-9, 0, 3), 12)
	undo.Act, undo.Undoes, undo.Person, undo.Op, undo.Recorded = quota.Undone, 3, "in/ana", 699, monday
	outcome, pause, back := undo, undo, undo
	outcome.Act, outcome.Undoes, outcome.Closes = quota.Declined, 0, 12
	pause.Act, pause.Undoes, pause.Until, pause.Precision = quota.Restricted, 0, pause.At.AddDate(0, 0, 7), quota.Estimated
	back.Closes, back.Until = 699, back.At
	for _, e := range []quota.Entry{outcome, pause, back, sent(1, "U1", monday, 1), undo, sent(1<<40, "\x00\xff", time.Unix(-1<<33, 1000), 1<<20)} {
		f.Add(appendEntryKey(nil, e.Member, e.At, e.Seq), appendEntry(nil, link{1, 2, 3}, e))
	}
	f.Fuzz(func(t *testing.T, key, body []byte) {
		k, ok := parseEntryKey(key)
		if !ok {
			return
		}
		e, before, ok := parseEntry(k, body)
		if !ok {
			return
		}
		e.Member = string(k.member)
		k2, ok1 := parseEntryKey(appendEntryKey(nil, e.Member, e.At, e.Seq))
		e2, before2, ok2 := parseEntry(k2, appendEntry(nil, before, e))
		e2.Member = string(k2.member)
		if !ok1 || !ok2 || e2 != e || before2 != before {
			t.Fatalf("%+v became %+v (%v, %v)", e, e2, ok1, ok2)
		}
	})
}

func FuzzRows(f *testing.F) {
	f.Add(appendTeam(nil, quota.Team{ID: "1", Name: "Outreach", Managers: []string{"U1", ""}, Created: monday}))
	f.Add(appendMember(nil, quota.Member{Team: "1", ZoneChosen: true, Workdays: 62, Joined: monday, Card: quota.Place{Channel: "D1"}}))
	f.Add(appendHead(nil, head{last: 7, link: link{1}, teams: 2, members: 3, deeds: 4, intents: 5, unsaid: 6}))
	f.Add(appendTeam(nil, chosen()))
	f.Add(appendMember(nil, detailed))
	f.Add(appendDeed(nil, deed(1)))
	f.Add(appendIntent(nil, full("digest/1")))
	f.Add(momentKey(monday, team, "digest/1"))
	f.Add(unsaidKey(full("digest/1")))
	f.Add(appendDue(nil, full("digest/1")))
	f.Add(appendPlace(nil, sent(1, "U1", monday, 1)))
	f.Add(appendPersonKey(nil, "in/ana", 300))
	f.Fuzz(func(t *testing.T, b []byte) {
		if v, ok := parseTeam(b); ok {
			if again, ok := parseTeam(appendTeam(nil, v)); !ok {
				t.Fatal("team", again)
			} else {
				same(t, "team", again, v)
			}
		}
		if v, ok := parseMember("U1", b); ok {
			if again, ok := parseMember("U1", appendMember(nil, v)); !ok || again != v {
				t.Fatal("member", again)
			}
		}
		if v, ok := parseHead(b); ok {
			if again, ok := parseHead(appendHead(nil, v)); !ok || again != v {
				t.Fatal("head", again)
			}
		}
		if v, ok := parseDeed(3, b); ok {
			if again, ok := parseDeed(3, appendDeed(nil, v)); !ok || again != v {
				t.Fatal("deed", again)
			}
		}
		if v, ok := parseIntent("a", b); ok {
			if again, ok := parseIntent("a", appendIntent(nil, v)); !ok {
				t.Fatal("intent", again)
			} else {
				same(t, "intent", again, v)
			}
		}
		if at, workspace, name, ok := parseMomentKey(b); ok && !bytes.Equal(momentKey(at, workspace, name), b) {
			t.Fatalf("key %x", b)
		}
		if to, name, ok := parseUnsaidKey(b); ok {
			i := quota.Intent{To: to, Name: name, State: quota.Pending}
			waits := unsaidKey(i)
			i.State = quota.Looking
			if !bytes.Equal(waits, b) && !bytes.Equal(unsaidKey(i), b) {
				t.Fatalf("key %x", b)
			}
		}
		parseDue(momentKey(monday, team, "a"), b)
		parseTime(b)
		if key, ok := parsePlace(b, 9); ok {
			if k, ok := parseEntryKey(key); !ok || k.seq != 9 {
				t.Fatalf("place %x", key)
			}
		}
		parsePersonKey(b)
		for _, name := range []string{entriesTable + " T1", personsTable + " T1", headsTable, teamsTable, daysTable, formatTable, deedsTable, intentsTable, dueTable, saidTable, unsaidTable, hushesTable, tokensTable, "x"} {
			s := table{name: name}
			if s.words(b) == "" {
				t.Fatal("no words")
			}
			if _, err := s.unseal(nil, b); err == nil {
				t.Skip("a seal was guessed")
			}
		}
	})
}

// What is due comes in the order of its moments, and within one by workspace and name.
func FuzzDueOrder(f *testing.F) {
	f.Add(int64(0), "T1", "a", int64(1), "T1", "a")
	f.Add(int64(-1), "T1", "a", int64(0), "T", "1a")
	f.Fuzz(func(t *testing.T, at1 int64, w1, n1 string, at2 int64, w2, n2 string) {
		if !usable(w1) || !usable(n1) || !usable(w2) || !usable(n2) {
			return
		}
		t1, t2 := time.UnixMicro(at1).UTC(), time.UnixMicro(at2).UTC()
		a, b := momentKey(t1, w1, n1), momentKey(t2, w2, n2)
		at, w, n, ok := parseMomentKey(a)
		if !ok || !at.Equal(t1) || w != w1 || n != n1 {
			t.Fatalf("%v %q %q became %v %q %q", t1, w1, n1, at, w, n)
		}
		if c := t1.Compare(t2); c != 0 && bytes.Compare(a, b) != c {
			t.Fatal("moments out of order")
		}
		if bytes.Equal(a, b) != (t1.Equal(t2) && w1 == w2 && n1 == n2) {
			t.Fatal("two intents with one key")
		}
	})
}

// The order of keys is that of what they stand for.
func FuzzOrder(f *testing.F) {
	f.Add("U1", int64(0), uint64(1), "U1", int64(1), uint64(256))
	f.Add("U1", int64(-1), uint64(1), "U1", int64(0), uint64(2))
	f.Fuzz(func(t *testing.T, m1 string, at1 int64, n1 uint64, m2 string, at2 int64, n2 uint64) {
		if !usable(m1) || !usable(m2) {
			return
		}
		bound := int64(200_000_000_000_000_000) // microseconds; some 6,000 years both ways
		t1, t2 := time.UnixMicro(at1%bound).UTC(), time.UnixMicro(at2%bound).UTC()
		a, b := appendEntryKey(nil, m1, t1, n1), appendEntryKey(nil, m2, t2, n2)
		if k, ok := parseEntryKey(a); !ok || string(k.member) != m1 || !k.at.Equal(t1) || k.seq != n1 {
			t.Fatalf("%q %v %d became %+v", m1, t1, n1, k)
		}
		if w1, w2 := quota.WeekOf(t1), quota.WeekOf(t2); w1 != w2 {
			if (bytes.Compare(a, b) < 0) != (w1 < w2) {
				t.Fatal("weeks out of order")
			}
			return
		}
		if m1 == m2 {
			want := t1.Compare(t2)
			if want == 0 {
				want = bytes.Compare(appendOrdered(nil, n1), appendOrdered(nil, n2))
				if (n1 < n2) != (want < 0) {
					t.Fatal("numbers out of order")
				}
			}
			if bytes.Compare(a, b) != want {
				t.Fatal("moments out of order")
			}
			return
		}
		if bytes.HasPrefix(b, appendMemberWeek(nil, quota.WeekOf(t1), m1)) {
			t.Fatalf("%q stands among the entries of %q", m2, m1)
		}
	})
}
