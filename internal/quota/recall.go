package quota

import (
	"context"
	"fmt"
	"time"
)

// A Memory is what a member remembers of the time before the first log.
type Memory struct {
	ThisWeek int // sent this week before the day of the first log, 0 to MaxQuantity
	LastWeek int // sent in the week before, 0 to MaxQuantity
}

// Recalled is what came of a memory.
type Recalled struct {
	Standing  Standing  // right after it; measures invites
	Operation Operation // Op is 0 when nothing had been sent, and nothing else was said before

	next uint64
}

// Asks reports what a member who has not told yet is to be asked: whether there was time before the day of the
// first log in the UTC week of it, and in the week before that. It asks only for what would still count, within the
// last 7 days of some day on which it would be recorded, and nothing once Told.
func (s Standing) Asks() (thisWeek, lastWeek bool) {
	if s.Member.Joined.IsZero() || !s.Member.Active() || !s.Member.Told.IsZero() {
		return false, false
	}
	w := WeekOf(s.Member.Joined)
	counts := func(w Week) bool {
		days := s.Member.untold(w, s.Zone)
		return len(days) > 0 && days[len(days)-1].noon.After(s.At.Add(-week))
	}
	return counts(w), counts(w - 1)
}

// untold returns the days of a week before the day on which the member joined, which is that of the first log: the
// working days of them, or all of them if there is none. What was sent on one is recorded at noon, or as near to it
// as the UTC week allows.
func (m Member) untold(w Week, zone *time.Location) []workday {
	first := DayOf(m.Joined, zone)
	var all, working []workday
	monday := DayOf(w.Start(), time.UTC)
	for d := monday; d < min(monday+7, first); d++ {
		at := d.In(zone, 12, 0).UTC()
		if at.Before(w.Start()) {
			at = w.Start()
		}
		all = append(all, workday{day: d, noon: earlier(at, w.End().Add(-time.Microsecond))})
		if m.Workdays.Has(d.Weekday()) {
			working = append(working, all[len(all)-1])
		}
	}
	if len(working) > 0 {
		return working
	}
	return all
}

// Recall records what was sent before the first log, spread evenly over the working days of that time, as Estimated. What
// was recalled before is taken back, and holds again when this is undone. Nothing sent is an answer too, and an
// operation if it takes the place of another. A repeated key records nothing and returns what the first one returned.
//
// Errors are ErrNotOnTeam for somebody who has not logged yet, and TooOld when the first log was made more than
// MaxBack days ago, unless there is nothing to record or to take back. A memory of a week without a day before the
// first log is malformed.
func (b *Book) Recall(ctx context.Context, who Who, key string, at time.Time, m Memory) (Recalled, error) {
	if m.ThisWeek < 0 || m.ThisWeek > MaxQuantity || m.LastWeek < 0 || m.LastWeek > MaxQuantity {
		return Recalled{}, fmt.Errorf("recall: %d and %d", m.ThisWeek, m.LastWeek)
	}
	at = at.UTC().Truncate(time.Microsecond)
	need := func(at time.Time) Need {
		return Need{Members: []Span{{Member: who.ID, From: oldest(at).Add(-2 * week)}}}
	}
	out, err := told(ctx, b.store, Write{Workspace: who.Workspace, Key: key, At: at}, need,
		func(f Facts) (Change, receipt, error) { return b.recall(f, who, at, m) },
		func(f Facts, r receipt, since time.Time) (out Recalled, ok bool) {
			if out.Operation, ok = f.Journals[who.ID].before(r.last + 1).operation(r.first); ok && !out.Operation.recollection() {
				return Recalled{}, false
			}
			out.next = r.last + 1
			out.Standing = b.standing(f, who, r.at, out.next, since)
			out.Standing.Journal = out.Standing.Journal.before(out.next) // of its own: facts are the store's
			return out, true
		})
	if err == nil {
		out.Standing, err = b.settled(ctx, out.Standing, who, out.next, Invite)
	}
	if err != nil {
		return Recalled{}, fmt.Errorf("recall: %w", err)
	}
	return out, nil
}

// recall is the change that a memory makes.
func (b *Book) recall(f Facts, who Who, at time.Time, m Memory) (Change, receipt, error) {
	row, ok := f.Members[who.ID]
	if !ok || !row.Active() {
		return Change{}, receipt{}, ErrNotOnTeam
	}
	zone := b.Zone(row.Zone)
	first, today := DayOf(row.Joined, zone), DayOf(at, zone)
	if first < today-MaxBack && (m != Memory{} || !row.Told.IsZero()) {
		return Change{}, receipt{}, TooOld{Day: first, Oldest: today - MaxBack}
	}
	var c Change
	var before uint64
	j := f.Journals[who.ID]
	for _, o := range j.Operations() {
		if o.recollection() && !o.Undone {
			before = o.Op
			c.Entries = j.reverse(o.Op, f.Next, at)
			break
		}
	}
	w := WeekOf(row.Joined)
	for _, part := range []struct {
		week Week
		sent int
	}{{w - 1, m.LastWeek}, {w, m.ThisWeek}} {
		days := row.untold(part.week, zone)
		if len(days) == 0 && part.sent > 0 {
			return Change{}, receipt{}, fmt.Errorf("%d in the week of %s, which has no day before %s", part.sent, part.week, first)
		}
		for i, d := range days {
			n := part.sent / len(days)
			if i < part.sent%len(days) {
				n++
			}
			if n == 0 {
				break
			}
			c.Entries = append(c.Entries, Entry{
				Seq: f.Next + uint64(len(c.Entries)), Op: f.Next, Member: who.ID, Act: Sent, Kind: Invite, Quantity: n,
				At: d.noon, Recorded: at, Day: d.day, Precision: Estimated,
			})
		}
	}
	if before != 0 || m != (Memory{}) {
		told := later(at, row.Joined) // behind what it tells of, whatever the clock does
		c.Entries = append(c.Entries, Entry{
			Seq: f.Next + uint64(len(c.Entries)), Op: f.Next, Member: who.ID, Act: Remembered, Kind: Invite, Quantity: 1,
			At: told, Recorded: at, Day: DayOf(told, zone), Precision: Estimated, Closes: before, Until: row.Told,
		})
	}
	row.Told = at
	c.Members = []Member{row}
	r := receipt{at: at, last: f.Next - 1} // no entry is numbered 0
	if n := len(c.Entries); n > 0 {
		r.first, r.last = f.Next, c.Entries[n-1].Seq
	}
	return c, r, nil
}

// recollection reports whether o is what a member remembered of the time before the first log.
func (o Operation) recollection() bool {
	return o.Act == Remembered || o.Act == Sent && o.Precision == Estimated
}

// recalled returns the entry of an operation that says when what was told; ok is false if it has none.
func (j Journal) recalled(op uint64) (e Entry, ok bool) {
	for _, e := range j {
		if e.Op == op && e.Act == Remembered {
			return e, true
		}
	}
	return Entry{}, false
}

// restate returns the entries with which an answer holds again that another one had taken the place of, numbered
// from next on, as part of operation op. It is taken back as it would have been at first.
func (j Journal) restate(answer, op, next uint64, at time.Time) []Entry {
	var out []Entry
	for _, e := range j {
		if e.Act != Undone && e.Op == answer && answer != 0 {
			e.Seq, e.Op, e.Recorded = next+uint64(len(out)), op, at
			out = append(out, e)
		}
	}
	return out
}
