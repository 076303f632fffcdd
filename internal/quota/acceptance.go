package quota

import "time"

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
func (a Acceptance) Judge() Judgement { return NotRecorded }

// Acceptance measures how many invites were accepted, from a journal that reaches back 37 days at least.
func (j Journal) Acceptance(at time.Time) Acceptance { return Acceptance{} }
