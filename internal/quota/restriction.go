package quota

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// MaxRestriction is how far ahead a restriction may reach. LinkedIn's last up to a month (Help a551012); more
// is a slip of the finger, but for accounts that are closed for good.
const MaxRestriction = 366 * day

// Confined is what came of reporting a restriction, or its end.
type Confined struct {
	Standing  Standing // right after it; measures invites
	Operation Operation
	Joined    bool
	Made      bool
	LastWeek  int // invites sent in the 7 days before the report: what led to it

	next uint64
}

// ErrNotRestricted says that there is no restriction to lift.
var ErrNotRestricted = errors.New("not restricted")

// Restrict records that LinkedIn restricted the member's account, until a moment after at and at most MaxRestriction
// after it. A restriction that is reported again while it lasts keeps its beginning. A repeated key records
// nothing and returns what the first one returned.
func (b *Book) Restrict(ctx context.Context, who Who, key string, at, until time.Time) (Confined, error) {
	at, until = at.UTC().Truncate(time.Microsecond), until.UTC().Truncate(time.Microsecond)
	out, err := b.confine(ctx, who, key, Entry{Act: Restricted, At: at, Until: until})
	if err != nil {
		return Confined{}, fmt.Errorf("restrict: %w", err)
	}
	return out, nil
}

// Lift records that the restriction has ended. The error is ErrNotRestricted when none lasts. A repeated key
// records nothing and returns what the first one returned.
func (b *Book) Lift(ctx context.Context, who Who, key string, at time.Time) (Confined, error) {
	out, err := b.confine(ctx, who, key, Entry{Act: Lifted, At: at.UTC().Truncate(time.Microsecond)})
	if err != nil {
		return Confined{}, fmt.Errorf("lift: %w", err)
	}
	return out, nil
}

// confine records e, which says what happened, when and until when, together with the row that follows from it.
func (b *Book) confine(ctx context.Context, who Who, key string, e Entry) (out Confined, err error) {
	err = b.lookingBack(ctx, who, e.At, near(e.At), func(h hindsight) (err error) {
		out, err = b.confined(ctx, who, key, e, h)
		return err
	})
	if err == nil {
		out.Standing, err = b.settled(ctx, out.Standing, who, out.next, Invite)
	}
	return out, err
}

// confined is confine with what it looks back on.
func (b *Book) confined(ctx context.Context, who Who, key string, e Entry, h hindsight) (Confined, error) {
	need := func(at time.Time) Need {
		return Need{Members: []Span{{Member: who.ID, From: earlier(near(at), h.from)}}, Intents: spellNames(who.ID, append(h.reports, e.At)...)}
	}
	return told(ctx, b.store, Write{Workspace: who.Workspace, Key: key, At: e.At}, need,
		func(f Facts) (Change, receipt, error) {
			if e.Act == Restricted && (!e.Until.After(e.At) || e.Until.Sub(e.At) > MaxRestriction) {
				return Change{}, receipt{}, fmt.Errorf("from %s until %s", e.At.Format(time.RFC3339), e.Until.Format(time.RFC3339))
			}
			if e.Act == Lifted && !f.Members[who.ID].Restriction.holds(e.At) {
				return Change{}, receipt{}, ErrNotRestricted
			}
			j := f.Journals[who.ID]
			if !f.Members[who.ID].Restriction.From.IsZero() && !h.suffices(j, e.At) {
				return Change{}, receipt{}, errShortSighted
			}
			var c Change
			r := receipt{at: e.At, first: f.Next, last: f.Next}
			m := enter(f, who, e.At, &c, &r)
			e := e
			e.Seq, e.Op, e.Member, e.Kind, e.Quantity = f.Next, f.Next, who.ID, Invite, 1
			e.Recorded, e.Day, e.Precision = e.At, DayOf(e.At, b.Zone(m.Zone)), ByTime
			m.Restriction = m.Restriction.with(e)
			c.Entries, c.Members = []Entry{e}, []Member{m}
			c.Intents = b.standing(after(f, c), who, e.At, e.Seq+1, near(e.At)).respelled(j.spells(0), j.with(e).spells(0), f.Intents)
			return c, r, nil
		},
		func(f Facts, r receipt, _ time.Time) (out Confined, ok bool) {
			f.Journals[who.ID] = f.Journals[who.ID].since(near(r.at)) // as a repeat sees it
			if out.Operation, ok = f.Journals[who.ID].before(r.last + 1).operation(r.first); !ok || out.Operation.Act != e.Act {
				return Confined{}, false
			}
			out.Joined, out.Made, out.next = r.joined, r.made, r.last+1
			out.Standing = b.standing(f, who, r.at, out.next, near(r.at))
			out.LastWeek = out.Standing.Journal.sum(stretch{from: r.at.Add(-week + time.Microsecond), until: forever}, Invite, Sent)
			return out, true
		})
}

// Evidence returns how many invites had been sent in the 7 days before the report that began the restriction of s, as it
// was known then: what is told or taken back afterwards leaves it alone. ok is false when there was no restriction, and
// when the journal does not reach back so far.
func (s Standing) Evidence() (sent int, ok bool) {
	x := s.Member.Restriction
	if x.From.IsZero() || s.Since.IsZero() || x.From.Add(-week).Before(s.Since) {
		return 0, false
	}
	undone := s.Journal.undone()
	for _, e := range s.Journal {
		if e.Act == Restricted && e.At.Equal(x.From) && !undone[e.Op] {
			return s.Journal.before(e.Seq).sum(stretch{from: x.From.Add(-week + time.Microsecond), until: x.From.Add(time.Microsecond)}, Invite, Sent), true
		}
	}
	return 0, false
}

// with returns the restriction as it is after an entry says that one began, was reported again, or ended.
func (x Restriction) with(e Entry) Restriction {
	switch {
	case e.Act == Restricted && x.holds(e.At):
		x.Until = e.Until
	case e.Act == Restricted:
		x = Restriction{From: e.At, Until: e.Until}
	case e.Act == Lifted && x.holds(e.At):
		x.Until = e.At
	}
	return x
}
