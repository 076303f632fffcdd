package quota

import "time"

// took returns what entry i says happened, or for an undo what it takes back; sign is −1 for an undo.
func (j Journal) took(i int) (act Act, sign int) {
	if e := &j[i]; e.Act != Undone {
		return e.Act, 1
	}
	if e := j.undid(i); e != nil {
		return e.Act, -1
	}
	return Sent, -1
}

// undid returns an entry of the operation that entry i takes back: those at one moment are alike in all but quantity
// and person. An undo stands at the time of what it takes back, and after it.
func (j Journal) undid(i int) *Entry {
	e := &j[i]
	for k := i - 1; k >= 0 && j[k].At.Equal(e.At); k-- {
		if j[k].Op == e.Undoes && j[k].Act != Undone {
			return &j[k]
		}
	}
	return nil
}

// index returns how many entries are before a moment: the index of the first that is not.
func (j Journal) index(t time.Time) int {
	low, high := 0, len(j)
	for low < high {
		if mid := int(uint(low+high) >> 1); j[mid].At.Before(t) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// within returns the part of j that holds all entries of a stretch. A civil day lies within 3 days of the UTC
// day of its date, whatever the zone, and even if the zone skipped it.
func (j Journal) within(w stretch) Journal {
	if w.byDay {
		noon := w.day.utc().Add(day / 2)
		w.from, w.until = noon.Add(-3*day), noon.Add(3*day)
	}
	j = j[j.index(w.from):]
	if w.until == forever || len(j) == 0 || j[len(j)-1].At.Before(w.until) {
		return j
	}
	return j[:j.index(w.until)]
}

// sum adds up what entries of an act in a stretch say of a kind, undone ones taken off.
func (j Journal) sum(w stretch, kind Kind, act Act) int {
	n := 0
	var last, took *Entry // the undo that was last looked at, and what of the act it takes back
	j = j.within(w)
	for i := range j {
		e := &j[i]
		switch {
		case !e.Kind.Counts(kind) || w.byDay && e.Day != w.day:
		case e.Act == act:
			if !w.timed || e.timely() {
				n += e.Quantity
			}
		case e.Act == Undone:
			if last == nil || last.Undoes != e.Undoes || !last.At.Equal(e.At) {
				last, took = e, nil
				if o := j.undid(i); o != nil && o.Act == act && (!w.timed || o.timely()) {
					took = o
				}
			}
			if took != nil {
				n -= e.Quantity
			}
		}
	}
	return n
}

// prompt is how soon after it was made a send must be told for its time to say anything about pace. Paceline's own.
const prompt = time.Hour

// timely reports whether e says something about pace: its time is known, and it was told promptly.
func (e *Entry) timely() bool { return e.Precision == ByTime && e.Recorded.Sub(e.At) <= prompt }

// confined adds up what was sent in a restriction: later than the report with which it began, or at the same moment
// and told after it.
func (j Journal) confined(x Restriction, kind Kind) int {
	j = j.within(stretch{from: x.From, until: x.Until})
	undone := j.undone()
	var began uint64
	n := 0
	for i := range j {
		e := &j[i]
		switch {
		case undone[e.Op]:
		case e.Act == Restricted && began == 0 && e.At.Equal(x.From):
			began = e.Seq
		case e.Act == Sent && e.Kind.Counts(kind) && (e.At.After(x.From) || began != 0):
			n += e.Quantity
		}
	}
	return n
}

// credited adds up what was sent and takes off what a credit gives back, each at its own moment, never going
// below 0. What happened at the same moment counts in the order in which it was told. An outcome that closes no known
// send gives nothing back.
func (j Journal) credited(w stretch, kind Kind, credit Act) int {
	n := 0
	j = j.within(w)
	undone := j.undone()
	for i := range j {
		e := &j[i]
		switch {
		case !e.Kind.Counts(kind) || w.byDay && e.Day != w.day || e.Act == Undone || undone[e.Op]:
		case e.Act == Sent:
			n += e.Quantity
		case e.Act == credit && e.Closes != 0:
			n = max(0, n-e.Quantity)
		}
	}
	return n
}

// undone returns the operations that were taken back; nil when there are none.
func (j Journal) undone() map[uint64]bool {
	var out map[uint64]bool
	for i := range j {
		if j[i].Act == Undone {
			if out == nil {
				out = make(map[uint64]bool)
			}
			out[j[i].Undoes] = true
		}
	}
	return out
}

// PendingLife is how long an unanswered invite stays open: LinkedIn drops it after about six months.
const PendingLife = 180 * day

// Pending returns how many of a kind are open at a moment: sent less than PendingLife ago and neither
// accepted, declined nor withdrawn.
func (j Journal) Pending(kind Kind, at time.Time) int {
	j = j[j.index(at.Add(-PendingLife).Truncate(time.Microsecond).Add(time.Microsecond)):]
	n, others := 0, 0
	for i := range j {
		switch e := &j[i]; {
		case !e.Kind.Counts(kind):
		case e.Act == Sent:
			n += e.Quantity
		default:
			others++
		}
	}
	if others*len(j) > scanned {
		n = 0
		for _, o := range j.open(kind, at) {
			n += o.rest
		}
		return n
	}
	for i := 0; others > 0; i++ {
		e := &j[i]
		if !e.Kind.Counts(kind) || e.Act == Sent {
			continue
		}
		others--
		switch act, sign := j.took(i); {
		case act == Sent:
			n -= e.Quantity
		case act.closes(e.Kind) && j.sends(e.Closes):
			n -= sign * e.Quantity
		}
	}
	return n
}

// scanned is how many steps of looking are cheaper than a map.
const scanned = 4096

// sends reports whether entry number seq is a send in j that was not taken back.
func (j Journal) sends(seq uint64) bool {
	for i := range j {
		if j[i].Seq != seq {
			continue
		}
		for k := i + 1; k < len(j) && j[k].At.Equal(j[i].At); k++ {
			if j[k].Act == Undone && j[k].Undoes == j[i].Op {
				return false
			}
		}
		return j[i].Act == Sent
	}
	return false
}

// An open send is what is left of one Sent entry after its outcomes.
type openSend struct {
	entry *Entry
	rest  int // at least 1
}

// open returns the sends of a kind that are open at a moment, the oldest first.
func (j Journal) open(kind Kind, at time.Time) []openSend {
	undone := j.undone()
	closed := make(map[uint64]int)
	for i := range j {
		if e := &j[i]; e.Closes != 0 && e.closing() && !undone[e.Op] {
			closed[e.Closes] += e.Quantity
		}
	}
	var out []openSend
	for i := range j {
		e := &j[i]
		if e.Act != Sent || undone[e.Op] || !e.Kind.Counts(kind) || !e.At.After(at.Add(-PendingLife)) {
			continue
		}
		if rest := e.Quantity - closed[e.Seq]; rest > 0 {
			out = append(out, openSend{entry: e, rest: rest})
		}
	}
	return out
}

// closing reports whether e closes a send for good. A reply to an invite does not: it may still be accepted.
func (e *Entry) closing() bool { return e.Act.closes(e.Kind) }

func (a Act) closes(kind Kind) bool {
	return a == Accepted || a == Declined || a == Withdrawn || a == Replied && !kind.Counts(Invite)
}

// carriedMonths is how many earlier months are looked at for what was carried over. With caps of three to
// four months' worth, older ones could matter only to somebody who spends exactly each month's own.
const carriedMonths = 6

// credits measures a monthly limit whose unused part is carried over and whose answered part comes back. A month is
// carried over only if it lies wholly after the first log and after the type of the account was last set. A number that
// the team chose takes the place of the month's own from the month on in which it was chosen; what an account may hold is
// LinkedIn's, so that stays.
func (s *Standing) credits(g *Gauge, at time.Time) {
	grant, _ := g.grant(s.Member.Account.Type)
	from, until := s.Member.Account.month(g.Limit, at)
	starts := []time.Time{until, from}
	for range carriedMonths {
		from, _ = s.Member.Account.month(g.Limit, from.Add(-1))
		starts = append(starts, from)
	}
	undone := s.Journal.undone()
	sent := make(map[uint64]time.Time)
	for i := range s.Journal {
		if e := &s.Journal[i]; e.Act == Sent {
			sent[e.Seq] = e.At
		}
	}
	balance, own := 0, 0
	for i := len(starts) - 1; i > 0; i-- {
		own = grant.Max
		if g.By.At.Before(starts[i-1]) && !g.By.At.IsZero() {
			own = g.Max
		}
		most := max(own, grant.Most)
		g.Carried = max(0, min(most, balance+own)-own)
		balance = own + g.Carried
		w := stretch{from: starts[i], until: starts[i-1]}
		if i > 1 && (w.from.Before(s.Member.Joined) || w.from.Before(s.Member.Account.Since)) {
			balance = 0 // nobody knows what was left of it
			continue
		}
		j := s.Journal.within(w)
		for k := range j {
			e := &j[k]
			if e.Kind != g.Kind || e.Act == Undone || undone[e.Op] {
				continue
			}
			switch t, ok := sent[e.Closes]; {
			case e.Act == Sent:
				balance -= e.Quantity
			case e.Act != Withdrawn && e.Act.Outcome() && ok && !e.At.After(t.Add(AnswerCredit)):
				balance = min(most, balance+e.Quantity)
			}
		}
	}
	g.Max, g.Used = own+g.Carried, own+g.Carried-balance
	if g.Used < 0 { // answers to what an earlier month sent
		g.Max, g.Used = balance, 0
	}
}
