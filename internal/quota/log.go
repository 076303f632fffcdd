package quota

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"time"
)

// A Log is what a member says was sent.
type Log struct {
	Kind     Kind
	Quantity int // at least 1, at most MaxQuantity, and no fewer than Persons
	When     When
	Persons  []string // canonical profile keys, each once
}

// Logged is what came of a log.
type Logged struct {
	Standing  Standing // right after it
	Operation Operation
	Joined    bool      // the member joined Standing.Team with this log
	Made      bool      // that team was made for it: nobody has set one up yet
	Before    []Meeting // what had been sent to the same persons before
	Early     []Early   // those of them for whom it is too early, by a rule of the preset
	Verdicts  []Verdict // the lines of pace that it has crossed, as Standing.Verdicts gives them
	Twin      Operation // the same log of two or more, recorded in the minute before; Op is 0 if there is none

	next uint64 // the number behind its last entry
}

// An Early is a person who was invited before a rule of the preset says so.
type Early struct {
	Person string
	Rule   *PersonRule
	Since  Day       // the day from which Rule counts
	From   time.Time // from when on it is fine again
}

// A Meeting is the latest earlier send of one member to one person.
type Meeting struct {
	Person string
	Member string // who sent it
	Name   string // that member's name; "" when unknown
	Kind   Kind
	Day    Day
}

// Log records what was sent. A repeated key records nothing and returns what the first one returned, from
// the entries as of then. Rows (name, zone, team, rules, restriction) are those of now, and so is what follows
// from them alone: limits, verdicts, what was too early. Refusals are TooOld and InFuture.
func (b *Book) Log(ctx context.Context, who Who, key string, at time.Time, l Log) (Logged, error) {
	if l.Quantity < 1 || l.Quantity > MaxQuantity || l.Quantity < len(l.Persons) || !slices.Contains(Kinds(), l.Kind) {
		return Logged{}, fmt.Errorf("log: a quantity of %d of %s for %d persons", l.Quantity, l.Kind, len(l.Persons))
	}
	at = at.UTC().Truncate(time.Microsecond)
	var out Logged
	need := b.needs(who, at, l)
	done, err := b.store.Do(ctx, Write{Workspace: who.Workspace, Key: key, At: at, Need: need, Decide: func(f Facts) (Change, error) {
		c, r, err := b.record(f, who, at, l)
		if err != nil {
			return Change{}, err
		}
		out = b.logged(after(f, c), who, r, need.Members[0].From)
		c.Intents = out.Standing.nudges(out.Operation, out.Verdicts, f.Intents)
		return c, nil
	}})
	if err == nil && done.Repeat {
		out, err = b.loggedBefore(ctx, who, l, done.Answer)
	}
	if err == nil {
		out.Standing, err = b.settled(ctx, out.Standing, who, out.next, l.Kind)
	}
	if err != nil {
		return Logged{}, fmt.Errorf("log: %w", err)
	}
	out.Standing = b.withOpen(ctx, out.Standing, who, out.next, l.Kind)
	if len(out.Before) > 0 {
		if _, members, err := b.Roster(ctx, who.Workspace); err == nil {
			for i := range out.Before {
				out.Before[i].Name = members[out.Before[i].Member].Name
			}
		}
	}
	return out, nil
}

// withOpen returns s with all in it that is still open, so that the log that makes it too much can say so. What cannot
// be read then is left out: the log is recorded.
func (b *Book) withOpen(ctx context.Context, s Standing, who Who, next uint64, kind Kind) Standing {
	limits := s.Preset().Limits
	for i := range limits {
		l := &limits[i]
		if _, _, in := s.number(l, s.At); !in || l.Window.Kind != Stock || !kind.Counts(l.Kind) || !s.reach(l, s.At).Before(s.Since) {
			continue
		}
		if f, from, err := b.look(ctx, who, s.At, []Kind{kind}); err == nil {
			return b.standing(f, who, s.At, next, from)
		}
	}
	return s
}

// needs is what a log must see.
func (b *Book) needs(who Who, at time.Time, l Log) Need {
	from := near(at)
	if l.When != (When{}) {
		from = oldest(at).Add(-week) // the whole of the week it falls into
	}
	return Need{Members: []Span{{Member: who.ID, From: from}}, Persons: l.Persons, Intents: paceNames(who.ID, at)}
}

// oldest is earlier than every moment that a log recorded at a moment may name: MaxBack civil days back, in
// any zone.
func oldest(at time.Time) time.Time { return at.Add(-(MaxBack + 2) * day) }

// record is the change that a log makes.
func (b *Book) record(f Facts, who Who, at time.Time, l Log) (Change, receipt, error) {
	var c Change
	r := receipt{at: at, first: f.Next}
	m := enter(f, who, at, &c, &r)
	sent, civil, precision, err := l.When.Resolve(at, b.Zone(m.Zone))
	if err != nil {
		return Change{}, receipt{}, err
	}
	add := func(quantity int, person string) {
		c.Entries = append(c.Entries, Entry{
			Seq: f.Next + uint64(len(c.Entries)), Op: f.Next, Member: who.ID, Act: Sent, Kind: l.Kind, Quantity: quantity,
			At: sent, Recorded: at, Day: civil, Precision: precision, Person: person,
		})
	}
	for _, p := range l.Persons {
		add(1, p)
	}
	if rest := l.Quantity - len(l.Persons); rest > 0 {
		add(rest, "")
	}
	r.last = c.Entries[len(c.Entries)-1].Seq
	c.Answer = r.bytes()
	return c, r, nil
}

// enter returns the row of somebody who says something. A newcomer, and somebody who is back, joins a team with
// it. The rows that change are added to c, and r is told who joined.
func enter(f Facts, who Who, at time.Time, c *Change, r *receipt) Member {
	m, known := f.Members[who.ID]
	if !known {
		m = Member{ID: who.ID, Workdays: DefaultWorkdays}
	}
	m, changed := refreshed(m, who)
	if !known || !m.Active() {
		t, made := team(f, who, at, m.Team)
		if made {
			c.Teams = append(c.Teams, t)
		}
		m.Team, m.Joined, m.Left = t.ID, at, time.Time{}
		r.joined, r.made, changed = true, made, true
	}
	if changed {
		c.Members = append(c.Members, m)
	}
	return m
}

// after returns the facts as they are once c is done.
func after(f Facts, c Change) Facts {
	members := make(map[string]Member, len(f.Members)+1)
	for id, m := range f.Members {
		members[id] = m
	}
	for _, m := range c.Members {
		members[m.ID] = m
	}
	f.Members = members
	f.Teams = append(slices.Clip(f.Teams), c.Teams...)
	journals := make(map[string]Journal, len(f.Journals)+1)
	for id, j := range f.Journals {
		journals[id] = j
	}
	for _, e := range c.Entries {
		journals[e.Member] = journals[e.Member].with(e)
	}
	f.Journals = journals
	f.Next += uint64(len(c.Entries))
	return f
}

// with returns j with e in its place; j itself is left alone.
func (j Journal) with(e Entry) Journal {
	i := sort.Search(len(j), func(i int) bool {
		return j[i].At.After(e.At) || j[i].At.Equal(e.At) && j[i].Seq > e.Seq
	})
	out := make(Journal, 0, len(j)+1)
	out = append(out, j[:i]...)
	out = append(out, e)
	return append(out, j[i:]...)
}

// logged draws the result of a log from the entries that it made. since is how far back the journal reaches.
func (b *Book) logged(f Facts, who Who, r receipt, since time.Time) Logged {
	var out Logged
	out.Joined, out.Made, out.next = r.joined, r.made, r.last+1
	j := f.Journals[who.ID]
	for _, o := range j.before(r.last + 1).Operations() {
		if o.Op == r.first {
			out.Operation = o
		}
	}
	o := out.Operation
	out.Standing = b.standing(f, who, o.Recorded, r.last+1, since)
	out.Verdicts = out.Standing.Verdicts(o)
	for _, p := range o.Persons {
		out.Before = append(out.Before, meetings(f.Persons[p], p, r.first)...)
		if e, early := out.Standing.early(f.Persons[p], p, o, r.first); early {
			out.Early = append(out.Early, e)
		}
	}
	if o.Quantity < 2 {
		return out
	}
	for _, t := range out.Standing.Journal.Operations() {
		if t.Op < o.Op && !t.Undone && o.Recorded.Sub(t.Recorded) <= time.Minute && t.same(o) {
			out.Twin = t
			break
		}
	}
	return out
}

// same reports whether a log says the same as another: as many of a kind, to the same persons, at the same
// time, which for both may be the moment of logging.
func (o Operation) same(p Operation) bool {
	if o.Act != p.Act || o.Kind != p.Kind || o.Quantity != p.Quantity || o.Day != p.Day || o.Precision != p.Precision || !slices.Equal(o.Persons, p.Persons) {
		return false
	}
	return o.Precision == ByDay || o.At.Equal(p.At) || o.At.Equal(o.Recorded) && p.At.Equal(p.Recorded)
}

// meetings returns the latest send of each member among the entries about one person, the oldest first, of
// those that come before number next and have not been taken back.
func meetings(entries []Entry, person string, next uint64) []Meeting {
	undone := make(map[uint64]bool)
	for _, e := range entries {
		if e.Act == Undone && e.Seq < next {
			undone[e.Undoes] = true
		}
	}
	var out []Meeting
	for _, e := range entries {
		if e.Act != Sent || e.Seq >= next || undone[e.Op] {
			continue
		}
		m := Meeting{Person: person, Member: e.Member, Kind: e.Kind, Day: e.Day}
		switch i := slices.IndexFunc(out, func(o Meeting) bool { return o.Member == e.Member }); {
		case i < 0:
			out = append(out, m)
		case out[i].Day <= e.Day:
			out = append(slices.Delete(out, i, i+1), m)
		}
	}
	slices.SortStableFunc(out, func(a, b Meeting) int { return int(a.Day - b.Day) })
	return out
}

// early returns the rule of the preset that asks to wait longest before a person is invited again, if the
// send o, whose first entry is number next, came too early for one. Only the member's own entries count.
func (s Standing) early(entries []Entry, person string, o Operation, next uint64) (out Early, early bool) {
	undone := Journal(entries).undone()
	rules := s.Preset().Persons
	for i := range rules {
		for _, e := range entries {
			if e.Member != s.Member.ID || e.Act != rules[i].After || e.Seq >= next || undone[e.Op] || e.At.After(o.At) || !o.Kind.Counts(Invite) || !e.Kind.Counts(Invite) {
				continue
			}
			if from := e.At.Add(rules[i].Wait); from.After(o.At) && from.After(out.From) {
				out, early = Early{Person: person, Rule: &rules[i], Since: e.Day, From: from}, true
			}
		}
	}
	return out, early
}

// loggedBefore draws the result of an earlier log again.
func (b *Book) loggedBefore(ctx context.Context, who Who, l Log, answer []byte) (Logged, error) {
	r, err := parseReceipt(answer)
	if err != nil {
		return Logged{}, err
	}
	need := b.needs(who, r.at, l)
	f, err := b.store.Read(ctx, who.Workspace, need)
	if err != nil {
		return Logged{}, err
	}
	out := b.logged(f, who, r, need.Members[0].From)
	if out.Operation.Op == 0 {
		return Logged{}, errReceipt // the key belongs to something that was not this member's log
	}
	return out, nil
}
