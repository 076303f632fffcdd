package quota_test

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// made are the entries of an operation as a standing shows them.
func made(s quota.Standing, op uint64) (out []quota.Entry) {
	for _, e := range s.Journal {
		if e.Op == op {
			out = append(out, e)
		}
	}
	return out
}

// govern makes a change of rules and tells the model's deeds of it. The change, as the model sees it, says what
// it changes from and to; ok is false when it must change nothing.
func (m *model) govern(t *rapid.T, member string, call func(key string, at time.Time) (quota.Governed, error), want quota.Deed, ok bool) {
	key, at := m.key(), m.now
	out, err := call(key, at)
	if err != nil {
		t.Fatal(err)
	}
	if want.At, want.By, want.Team, want.Member, want.Seq = at, "mia", "1", member, uint64(len(m.deeds)+1); !ok {
		want = quota.Deed{}
	} else {
		m.deeds = append(m.deeds, want)
	}
	if !reflect.DeepEqual(out.Deed, want) {
		t.Fatalf("deed %+v, want %+v", out.Deed, want)
	}
	m.repeats = append(m.repeats, func(t *rapid.T) {
		again, err := call(key, m.now)
		if err != nil || !reflect.DeepEqual(again.Deed, out.Deed) {
			t.Fatalf("again %+v, %v, want %+v", again, err, out)
		}
	})
}

var mia = quota.Who{Workspace: "T1", ID: "mia"}

// order is Mia's, for the team that the first log made.
func (m *model) order(t *rapid.T) quota.Order {
	if len(m.active) == 0 {
		t.Skip("no team")
	}
	return quota.Order{Team: "1", Reason: "because"}
}

func (m *model) Choose(t *rapid.T) {
	o, p := m.order(t), rapid.SampledFrom(quota.Presets()).Draw(t, "preset")
	was := quota.Rules{Terms: m.terms}.Preset()
	if m.terms.Preset = p.Name; p.Name == quota.PacelinePreset {
		m.terms.Preset = ""
	}
	m.govern(t, "", func(key string, at time.Time) (quota.Governed, error) {
		return m.book.Choose(t.Context(), mia, key, at, o, p.Name)
	}, quota.Deed{What: quota.PresetChosen, Was: was.Name, Is: p.Name, Reason: o.Reason}, p != was)
}

// Number gives a limit a number, or the one it comes with.
func (m *model) Number(t *rapid.T) {
	o, p := m.order(t), quota.Rules{Terms: m.terms}.Preset()
	l := rapid.SampledFrom(p.Limits).Draw(t, "limit")
	n := rapid.OneOf(rapid.IntRange(0, 120), rapid.Just(quota.Off), rapid.Just(l.Max)).Draw(t, "n")
	i := slices.IndexFunc(m.terms.Numbers, func(n quota.Number) bool { return n.Preset == m.terms.Preset && n.Limit == l.Name })
	if !l.Settable() {
		var unknown quota.UnknownLimit
		if _, err := m.book.SetNumber(t.Context(), mia, m.key(), m.now, o, l.Name, n); !errors.As(err, &unknown) {
			t.Fatalf("%s was set: %v", l.Name, err)
		}
		return
	}
	was, own := m.comesWith(&l), "by account type"
	if i >= 0 {
		if m.terms.Numbers[i].At.After(m.now) {
			t.Skip("the clock stepped back behind it")
		}
		was = word(m.terms.Numbers[i].Max)
	}
	if rapid.IntRange(0, 3).Draw(t, "clear") > 0 {
		if was == own && l.Grants == nil {
			t.Fatal("granted")
		}
		if is := word(n); is != was {
			chosen := quota.Number{Preset: m.terms.Preset, Limit: l.Name, Max: n, By: "mia", At: m.now, Reason: o.Reason}
			if i >= 0 {
				m.terms.Numbers[i] = chosen
			} else {
				m.terms.Numbers = append(m.terms.Numbers, chosen)
			}
		}
		m.govern(t, "", func(key string, at time.Time) (quota.Governed, error) {
			return m.book.SetNumber(t.Context(), mia, key, at, o, l.Name, n)
		}, quota.Deed{What: quota.NumberChosen, Limit: l.Name, Was: was, Is: word(n), Reason: o.Reason}, word(n) != was)
		return
	}
	if i >= 0 {
		m.terms.Numbers = slices.Delete(slices.Clone(m.terms.Numbers), i, i+1)
	}
	m.govern(t, "", func(key string, at time.Time) (quota.Governed, error) {
		return m.book.ClearNumber(t.Context(), mia, key, at, o, l.Name)
	}, quota.Deed{What: quota.NumberCleared, Limit: l.Name, Was: was, Is: m.comesWith(&l), Reason: o.Reason}, i >= 0)
}

// comesWith is what a limit comes to without a number of its own.
func (m *model) comesWith(l *quota.Limit) string {
	switch {
	case l.Optional:
		return "off"
	case l.Grants != nil:
		return "by account type"
	case l.Part.Of != "": // only of the ceiling
		p := quota.Rules{Terms: m.terms}.Preset()
		ceiling, _ := p.Find(l.Part.Of)
		n := ceiling.Max
		for _, x := range m.terms.Numbers {
			if x.Preset == m.terms.Preset && x.Limit == l.Part.Of && x.Max != quota.Off && !x.At.After(m.now) {
				n = x.Max
			}
		}
		return word(max(0, n*l.Part.Num/l.Part.Den-l.Part.Less))
	}
	return word(l.Max)
}

func word(n int) string {
	if n == quota.Off {
		return "off"
	}
	return strconv.Itoa(n)
}

// member draws somebody and whether they are on the team.
func (m *model) member(t *rapid.T) (string, bool) {
	id := m.who(t).ID
	return id, m.active[id]
}

func (m *model) refused(t *rapid.T, err, want error) {
	if !errors.Is(err, want) {
		t.Fatalf("%v, want %v", err, want)
	}
}

func (m *model) Own(t *rapid.T) {
	o := m.order(t)
	id, active := m.member(t)
	row, n := m.rows[id], rapid.IntRange(0, 200).Draw(t, "n")
	holds := !row.Own.At.IsZero() && !m.now.Before(row.Own.At) && (row.Own.Until.IsZero() || m.now.Before(row.Own.Until))
	was := ""
	if holds {
		was = word(row.Own.Max)
	}
	if rapid.IntRange(0, 3).Draw(t, "clear") == 0 {
		call := func(key string, at time.Time) (quota.Governed, error) {
			return m.book.ClearOwn(t.Context(), mia, key, at, o, id)
		}
		if !active {
			_, err := call(m.key(), m.now)
			m.refused(t, err, quota.ErrNotOnTeam)
			return
		}
		if holds {
			row.Own = quota.Number{}
		}
		m.govern(t, id, call, quota.Deed{What: quota.OwnCleared, Was: was, Reason: o.Reason}, holds)
		return
	}
	var until time.Time
	if rapid.Bool().Draw(t, "ends") {
		until = m.now.Add(offsets(0, 3*week).Draw(t, "until"))
	}
	call := func(key string, at time.Time) (quota.Governed, error) {
		return m.book.SetOwn(t.Context(), mia, key, at, o, id, n, until)
	}
	if !active {
		_, err := call(m.key(), m.now)
		m.refused(t, err, quota.ErrNotOnTeam)
		return
	}
	same := holds && row.Own.Max == n && row.Own.Until.Equal(until)
	if !same {
		row.Own = quota.Number{Limit: quota.BudgetName, Max: n, By: "mia", At: m.now, Reason: o.Reason, Until: until}
	}
	m.govern(t, id, call, quota.Deed{What: quota.OwnChosen, Was: was, Is: word(n), Until: until, Reason: o.Reason}, !same)
}

func (m *model) Account(t *rapid.T) {
	o := m.order(t)
	id, active := m.member(t)
	row := m.rows[id]
	a := quota.Account{Type: rapid.SampledFrom(append(quota.AccountTypes(), quota.UnknownAccount)).Draw(t, "type"), Billing: rapid.Uint8Range(0, 31).Draw(t, "billing")}
	if rapid.Bool().Draw(t, "new") {
		a.New = m.now.Add(offsets(-5*week, 24*time.Hour).Draw(t, "since"))
	}
	call := func(key string, at time.Time) (quota.Governed, error) {
		return m.book.SetAccount(t.Context(), mia, key, at, o, id, a)
	}
	if !a.New.IsZero() {
		a.New = a.New.Truncate(24 * time.Hour)
	}
	var future quota.InFuture
	switch {
	case !active:
		_, err := call(m.key(), m.now)
		m.refused(t, err, quota.ErrNotOnTeam)
		return
	case a.New.After(m.now):
		if _, err := call(m.key(), m.now); !errors.As(err, &future) {
			t.Fatalf("new only later: %v", err)
		}
		return
	case !a.New.IsZero() && a.New != row.Account.New && !row.Restriction.From.IsZero():
		_, err := call(m.key(), m.now)
		m.refused(t, err, quota.ErrWasRestricted)
		return
	}
	was := row.Account
	if a.Since = was.Since; a.Type == quota.UnknownAccount {
		a.Since = time.Time{}
	} else if a.Type != was.Type {
		a.Since = m.now
	}
	row.Account = a
	m.govern(t, id, call, quota.Deed{What: quota.AccountChanged, Was: was.String(), Is: a.String(), Reason: o.Reason}, was != a)
}

// enter is what somebody's first word does.
func (m *model) enter(id string) { m.active[id] = true }

// Report tells what became of something. What it closes is the book's choice; that it closes no more than is open,
// and keeps every one, is checked here.
func (m *model) Report(t *rapid.T) {
	who, key, at := m.who(t), m.key(), m.now
	o := quota.Outcome{
		Act:      rapid.SampledFrom([]quota.Act{quota.Accepted, quota.Withdrawn, quota.Declined, quota.Replied}).Draw(t, "act"),
		Kind:     rapid.SampledFrom(quota.Kinds()).Draw(t, "kind"),
		Quantity: rapid.IntRange(1, 40).Draw(t, "quantity"),
	}
	out, err := m.book.Report(t.Context(), who, key, at, o)
	if err != nil {
		t.Fatal(err)
	}
	parts := made(out.Standing, m.next)
	total, rest := 0, make(map[uint64]int)
	for _, e := range m.entries(who.ID) {
		rest[e.Seq] = e.Quantity
	}
	for _, p := range m.ops {
		if p.member != who.ID || p.Undone || !p.Act.Outcome() {
			continue
		}
		for _, e := range p.sends {
			// A reply to an invite leaves it open.
			if !e.Kind.Counts(quota.Invite) || (p.Act == quota.Replied) == (o.Act == quota.Replied) {
				rest[e.Closes] -= e.Quantity
			}
		}
	}
	for _, e := range parts {
		total += e.Quantity
		if e.Act != o.Act || e.Closes != 0 && rest[e.Closes] < e.Quantity {
			t.Fatalf("%+v closes %d of %d", e, e.Quantity, rest[e.Closes])
		}
	}
	if total != o.Quantity || out.Operation.Op != m.next || out.Joined == m.active[who.ID] {
		t.Fatalf("%d of %d kept in %+v", total, o.Quantity, out.Operation)
	}
	m.enter(who.ID)
	m.next += uint64(len(parts))
	m.ops = append(m.ops, &told{out.Operation, who.ID, parts})
	m.agrees(t, out.Standing, o.Kind)
	m.repeats = append(m.repeats, func(t *rapid.T) {
		again, err := m.book.Report(t.Context(), who, key, m.now, o)
		if err != nil || !reflect.DeepEqual(again.Operation, out.Operation) || again.Open != out.Open || again.Returned != out.Returned || again.Unmatched != out.Unmatched {
			t.Fatalf("again %+v, %v, want %+v", again, err, out)
		}
	})
}

func (m *model) Restrict(t *rapid.T) {
	until := m.now.Add(offsets(time.Hour, 4*week).Draw(t, "until"))
	m.confine(t, func(who quota.Who, key string, at time.Time) (quota.Confined, error) {
		if !until.After(at) { // a repeat is told by its key alone
			until = at.Add(time.Hour)
		}
		return m.book.Restrict(t.Context(), who, key, at, until)
	}, until)
}

func (m *model) Lift(t *rapid.T) {
	m.confine(t, func(who quota.Who, key string, at time.Time) (quota.Confined, error) {
		return m.book.Lift(t.Context(), who, key, at)
	}, time.Time{})
}

func (m *model) confine(t *rapid.T, call func(quota.Who, string, time.Time) (quota.Confined, error), until time.Time) {
	who, key, at := m.who(t), m.key(), m.now
	out, err := call(who, key, at)
	x := &m.rows[who.ID].Restriction
	holds := !x.From.IsZero() && !at.Before(x.From) && at.Before(x.Until)
	if until.IsZero() && !holds {
		m.refused(t, err, quota.ErrNotRestricted)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	m.enter(who.ID)
	m.next++
	m.ops = append(m.ops, &told{out.Operation, who.ID, made(out.Standing, out.Operation.Op)})
	m.reckon(who.ID)
	m.agrees(t, out.Standing, quota.Invite)
	m.repeats = append(m.repeats, func(t *rapid.T) {
		if again, err := call(who, key, m.now); err != nil || !reflect.DeepEqual(again.Operation, out.Operation) || again.LastWeek != out.LastWeek {
			t.Fatalf("again %+v, %v, want %+v", again, err, out)
		}
	})
}

// reckon draws a member's restriction from what was reported and not taken back.
func (m *model) reckon(id string) {
	x := quota.Restriction{}
	for _, o := range m.ops {
		if o.member != id || o.Undone || o.Act != quota.Restricted && o.Act != quota.Lifted {
			continue
		}
		holds := !x.From.IsZero() && !o.At.Before(x.From) && o.At.Before(x.Until)
		switch {
		case o.Act == quota.Lifted && holds:
			x.Until = o.At
		case o.Act == quota.Restricted && holds:
			x.Until = o.sends[0].Until
		case o.Act == quota.Restricted:
			x = quota.Restriction{From: o.At, Until: o.sends[0].Until}
		}
	}
	m.rows[id].Restriction = x
}

// Replay tells the rows from the deeds again.
func (m *model) Replay(t *rapid.T) {
	deeds, err := m.book.Deeds(t.Context(), "T1")
	if err != nil || len(deeds) != len(m.deeds) || len(deeds) > 0 && !reflect.DeepEqual(deeds, m.deeds) {
		t.Fatalf("%+v, %v, want %+v", deeds, err, m.deeds)
	}
}
