package quota

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// An Outcome is what a member says became of things sent.
type Outcome struct {
	Act      Act // Accepted, Withdrawn, Declined or Replied
	Kind     Kind
	Quantity int // at least 1, at most MaxQuantity, and no fewer than Persons
	When     When
	Persons  []string // canonical profile keys, each once
}

// Reported is what came of reporting an outcome.
type Reported struct {
	Standing  Standing  // right after it; measures Operation.Kind
	Operation Operation // of kind Note when all that invites closed were notes
	Joined    bool      // the member joined Standing.Team with this report
	Made      bool      // that team was made for it
	Open      int       // how many it could have closed
	Unmatched int       // how many of Operation.Quantity closed nothing, because no more was open
	// Returned is how many more are left than before it: 0 but for limits that credit, and below 0 for one that
	// counts what was accepted.
	Returned int
	Again    []Early // for Withdrawn: who may not be invited again yet, by a rule of the preset

	next uint64
}

// Report records an outcome. It is never limited and never refused for being too many. With persons it closes the
// member's latest open send to each. A person whom the member never named is taken to be one of those sent without
// a name, the oldest first. The rest closes the oldest open sends of the kind; invites and notes are both invites.
// Nothing is closed that was sent after the outcome; one of a day may close what was sent on that day, and then
// stands no earlier than that. What closes nothing is kept as unmatched. A reply to an invite leaves it open, and
// names an invite that had no reply yet.
//
// A repeated key records nothing and returns what the first one returned, as Log does. Refusals are TooOld and
// InFuture.
func (b *Book) Report(ctx context.Context, who Who, key string, at time.Time, o Outcome) (Reported, error) {
	if !o.Act.Outcome() || o.Quantity < 1 || o.Quantity > MaxQuantity || o.Quantity < len(o.Persons) || !slices.Contains(Kinds(), o.Kind) {
		return Reported{}, fmt.Errorf("report: act %d, a quantity of %d of %s for %d persons", o.Act, o.Quantity, o.Kind, len(o.Persons))
	}
	at = at.UTC().Truncate(time.Microsecond)
	need := func(at time.Time) Need { return o.needs(who, at) }
	out, err := told(ctx, b.store, Write{Workspace: who.Workspace, Key: key, At: at}, need,
		func(f Facts) (Change, receipt, error) {
			c, r, err := b.report(f, who, at, o)
			if err == nil { // kept, since a repeat may come under other rules
				out, _ := b.reported(after(f, c), who, o, r, need(at).Members[0].From)
				r.returned = out.Standing.Budget(o.Kind).Left - out.Standing.asOf(r.first).Budget(o.Kind).Left
			}
			return c, r, err
		},
		func(f Facts, r receipt, since time.Time) (Reported, bool) { return b.reported(f, who, o, r, since) })
	if err == nil {
		out.Standing, err = b.settled(ctx, out.Standing, who, out.next, out.Operation.Kind)
	}
	if err != nil {
		return Reported{}, fmt.Errorf("report: %w", err)
	}
	return out, nil
}

// needs is what the report of o must see: all that may be open, and what measures the kind.
func (o Outcome) needs(who Who, at time.Time) Need {
	from := at
	if o.When != (When{}) {
		from = oldest(at)
	}
	need := Need{Members: []Span{{Member: who.ID, From: earlier(from.Add(-PendingLife), far(o.Kind, at))}}}
	if o.Kind == PageInvite { // the team's
		need.Roster, need.Everyone = true, far(o.Kind, at)
	}
	return need
}

// report is the change that an outcome makes.
func (b *Book) report(f Facts, who Who, at time.Time, o Outcome) (Change, receipt, error) {
	var c Change
	r := receipt{at: at, first: f.Next}
	zone := b.Zone(enter(f, who, at, &c, &r).Zone)
	moment, civil, precision, err := o.When.Resolve(at, zone)
	if err != nil {
		return Change{}, receipt{}, err
	}
	j := f.Journals[who.ID]
	for _, p := range o.parts(j, j.awaiting(o.Act, o.Kind, horizon(precision, moment, at, civil, zone))) {
		e := Entry{
			Seq: f.Next + uint64(len(c.Entries)), Op: f.Next, Member: who.ID, Act: o.Act, Kind: o.Kind, Quantity: p.quantity,
			Recorded: at, Day: civil, Precision: precision, Person: p.person,
		}
		if p.send != nil {
			e.Kind, e.Closes = p.send.Kind, p.send.Seq
			if p.send.At.After(moment) {
				moment = p.send.At
			}
		}
		c.Entries = append(c.Entries, e)
	}
	for i := range c.Entries {
		c.Entries[i].At = moment
	}
	r.last = c.Entries[len(c.Entries)-1].Seq
	return c, r, nil
}

// horizon returns the last moment at which a send may have been made that an outcome closes: its own, or the end of
// its day when only that is known.
func horizon(p Precision, moment, recorded time.Time, civil Day, zone *time.Location) time.Time {
	if p != ByDay {
		return moment
	}
	return earlier(recorded, (civil+1).In(zone, 0, 0).UTC().Add(-time.Microsecond))
}

// awaiting returns the sends made until a moment that an outcome may then close, the oldest first. A reply to an
// invite closes nothing, so what matters for it is which ones have had one.
func (j Journal) awaiting(act Act, kind Kind, until time.Time) []openSend {
	late := func(s openSend) bool { return s.entry.At.After(until) }
	if act != Replied || !kind.Counts(Invite) {
		return slices.DeleteFunc(j.open(kind, until), late)
	}
	undone := j.undone()
	replies := make(map[uint64]int)
	for i := range j {
		if e := &j[i]; e.Act == Replied && !undone[e.Op] {
			replies[e.Closes] += e.Quantity
		}
	}
	var out []openSend
	for i := range j {
		e := &j[i]
		rest := e.Quantity - replies[e.Seq]
		if e.Act == Sent && !undone[e.Op] && rest > 0 && e.Kind.Counts(kind) && e.At.After(until.Add(-PendingLife)) {
			out = append(out, openSend{entry: e, rest: rest})
		}
	}
	return slices.DeleteFunc(out, late)
}

// A part is what of an outcome closes one send.
type part struct {
	send     *Entry // nil: none
	quantity int    // at least 1
	person   string
}

// parts divides an outcome among sends, which it uses up.
func (o Outcome) parts(j Journal, sends []openSend) []part {
	var out []part
	for _, person := range o.Persons {
		to := func(name string) func(openSend) bool {
			return func(s openSend) bool { return s.rest > 0 && s.entry.Person == name }
		}
		i := -1
		for k := range sends {
			if to(person)(sends[k]) {
				i = k
			}
		}
		if i < 0 && !j.names(person, o.Kind) {
			i = slices.IndexFunc(sends, to(""))
		}
		p := part{quantity: 1, person: person}
		if i >= 0 {
			p.send = sends[i].entry
			sends[i].rest--
		}
		out = append(out, p)
	}
	rest := o.Quantity - len(o.Persons)
	for _, s := range sends {
		if n := min(rest, s.rest); n > 0 {
			out, rest = append(out, part{send: s.entry, quantity: n}), rest-n
		}
	}
	if rest > 0 {
		out = append(out, part{quantity: rest})
	}
	return out
}

// names reports whether j says anything of a kind about a person.
func (j Journal) names(person string, kind Kind) bool {
	undone := j.undone()
	return slices.ContainsFunc(j, func(e Entry) bool {
		return e.Person == person && e.Kind.Counts(kind) && e.Act != Undone && !undone[e.Op]
	})
}

// reported draws the result of a report from the entries that it made. ok is false when there are none.
func (b *Book) reported(f Facts, who Who, o Outcome, r receipt, since time.Time) (out Reported, ok bool) {
	j := f.Journals[who.ID].before(r.last + 1)
	if out.Operation, ok = j.operation(r.first); !ok || out.Operation.Act != o.Act {
		return Reported{}, false
	}
	op := out.Operation
	out.Joined, out.Made, out.next = r.joined, r.made, r.last+1
	out.Returned = r.returned
	out.Standing = b.standing(f, who, op.Recorded, r.last+1, since)
	if o.Kind == PageInvite {
		out.Standing.pooled(f, r.last+1)
	}
	for _, s := range j.before(r.first).awaiting(o.Act, o.Kind, horizon(op.Precision, op.At, op.Recorded, op.Day, out.Standing.Zone)) {
		out.Open += s.rest
	}
	for _, e := range j {
		if e.Op == r.first && e.Closes == 0 {
			out.Unmatched += e.Quantity
		}
	}
	if o.Act == Withdrawn && o.Kind.Counts(Invite) {
		for _, p := range o.Persons {
			if e, early := out.Standing.again(p, op); early {
				out.Again = append(out.Again, e)
			}
		}
	}
	return out, true
}

// again returns the rule of the preset that asks to wait longest before a person is invited again whose invite
// was withdrawn by o. ok is false when none asks for more patience than has passed.
func (s Standing) again(person string, o Operation) (out Early, ok bool) {
	rules := s.Preset().Persons
	for i := range rules {
		from := o.At.Add(rules[i].Wait)
		if rules[i].After == o.Act && from.After(s.At) && from.After(out.From) {
			out, ok = Early{Person: person, Rule: &rules[i], Since: o.Day, From: from}, true
		}
	}
	return out, ok
}

// operation returns the operation of a number.
func (j Journal) operation(op uint64) (Operation, bool) {
	for _, o := range j.Operations() {
		if o.Op == op {
			return o, true
		}
	}
	return Operation{}, false
}

// asOf returns s as if nothing had been recorded from number next on, under the same rules.
func (s Standing) asOf(next uint64) Standing {
	s.Journal, s.Pool = s.Journal.before(next), s.Pool.before(next)
	return s
}

// told makes a write and returns what draw makes of the facts after it; of a repeated key it is drawn again, from
// the receipt of the first. draw gets how far back the journal reaches, and returns false when the
// receipt is of something else.
func told[T any](ctx context.Context, s Store, w Write, need func(at time.Time) Need,
	decide func(Facts) (Change, receipt, error), draw func(f Facts, r receipt, since time.Time) (T, bool),
) (out T, err error) {
	w.Need = need(w.At)
	w.Decide = func(f Facts) (Change, error) {
		c, r, err := decide(f)
		if err != nil {
			return Change{}, err
		}
		c.Answer = r.bytes()
		out, _ = draw(after(f, c), r, w.Need.Members[0].From)
		return c, nil
	}
	done, err := s.Do(ctx, w)
	if err != nil || !done.Repeat {
		return out, err
	}
	r, err := parseReceipt(done.Answer)
	if err != nil {
		return out, err
	}
	n := need(r.at)
	f, err := s.Read(ctx, w.Workspace, n)
	if err != nil {
		return out, err
	}
	out, ok := draw(f, r, n.Members[0].From)
	if !ok {
		return out, errReceipt // the key belongs to something that this was not
	}
	return out, nil
}
