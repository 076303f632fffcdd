package quota

import (
	"math"
	"time"
)

// An Acceptance is how many of the invites sent 7 to 37 days before a moment were accepted by then: 88 % of
// accepts arrive within 7 days, 99 % within 30 (Botdog, WarmySender).
type Acceptance struct {
	Recorded bool // the member records what was accepted; otherwise the rest means nothing
	Accepted int
	Of       int     // invites sent then
	Low      float64 // a 95 % interval (Wilson) of the share, 0 to 1
	High     float64
}

// A Judgement is what an Acceptance says about a way of inviting.
type Judgement uint8

// The judgements. The lines are drawn below an average of 26 to 37 % (Expandi and Belkins on 20 million invites,
// WarmySender, Botdog).
const (
	NotRecorded Judgement = 0
	TooFew      Judgement = 1 // fewer than EnoughInvites
	Fine        Judgement = 2
	Worrying    Judgement = 3 // below 30 %
	Alarming    Judgement = 4 // below 20 %
)

// EnoughInvites is from how many invites on an acceptance is judged: below it an interval of 95 % is wider
// than what it is to tell apart.
const EnoughInvites = 20

// Share returns the share accepted, 0 to 1; 0 of none.
func (a Acceptance) Share() float64 {
	if a.Of == 0 {
		return 0
	}
	return float64(a.Accepted) / float64(a.Of)
}

// Judge says what a means.
func (a Acceptance) Judge() Judgement {
	switch {
	case !a.Recorded:
		return NotRecorded
	case a.Of < EnoughInvites:
		return TooFew
	case 100*a.Accepted < alarmingBelow*a.Of:
		return Alarming
	case 100*a.Accepted < worryingBelow*a.Of:
		return Worrying
	}
	return Fine
}

// The lines of Judge, in percent.
const (
	worryingBelow = 30
	alarmingBelow = 20
)

// The age at which an invite is judged, and up to which it is.
const (
	matured = 7 * day
	judged  = 37 * day
)

// reporting is how long after a report of what was accepted the member counts as somebody who records it: who reports
// once a week may miss one. Paceline's own number.
const reporting = 14 * day

// Acceptance measures how many invites were accepted, from a journal that reaches back 37 days at least. Both ends
// of those days belong to them. What was remembered of the time before the first log is left out: nobody knows what
// became of it. It is recorded while the member reports: once any invite was reported as accepted in the last two weeks.
func (j Journal) Acceptance(at time.Time) Acceptance {
	var a Acceptance
	undone := j.undone()
	old := make(map[uint64]bool)
	for i := range j {
		e := &j[i]
		if undone[e.Op] || !e.Kind.Counts(Invite) || e.At.After(at) {
			continue
		}
		switch e.Act {
		case Sent:
			if e.Precision != Estimated && !e.At.Before(at.Add(-judged)) && !e.At.After(at.Add(-matured)) {
				a.Of += e.Quantity
				old[e.Seq] = true
			}
		case Accepted: // stands behind what it closes
			a.Recorded = a.Recorded || e.At.After(at.Add(-reporting))
			if old[e.Closes] {
				a.Accepted += e.Quantity
			}
		}
	}
	a.Low, a.High = wilson(a.Accepted, a.Of)
	return a
}

// wilson returns the score interval of 95 % of a share (Wilson 1927); of none it is all there is.
func wilson(part, of int) (low, high float64) {
	if of == 0 {
		return 0, 1
	}
	const z = 1.959964 // of the normal distribution, 95 % lies within so many deviations
	n, p := float64(of), float64(part)/float64(of)
	middle := p + z*z/(2*n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, min(p, (middle-half)/(1+z*z/n))), min(1, max(p, (middle+half)/(1+z*z/n)))
}
