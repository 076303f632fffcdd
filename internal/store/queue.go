package store

import (
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// What is to be taken up next is the same on every engine. An engine tells which intents wait, and who may be
// spoken to from when on.
//
// A claim holds until it is settled or taken over, also after its lease. So while one of those with the same
// To is claimed, no other of them is given away; after its lease only that one is.

// A turn is one intent that waits to be taken up.
type turn struct {
	next            time.Time
	workspace, name string
	to              string
	claimed         bool
}

// A lane is all that waits to be said to one To of a workspace.
type lane struct {
	opens time.Time // before this nothing is given away: a hush, or somebody else's lease
	held  bool      // one is claimed: no other is given away
}

// after moves the opening on.
func (l *lane) after(t time.Time) {
	if t.After(l.opens) {
		l.opens = t
	}
}

// A queue is the turns of all workspaces.
type queue interface {
	// each visits the turns by next, workspace (a shorter id first) and name until the visitor has errEnough.
	each(visit func(turn) error) error
	lane(workspace, to string) (lane, error)
}

type laneName struct{ workspace, to string }

// pick returns at most so many turns that may be given away at a moment.
func pick(q queue, at time.Time, most int) ([]turn, error) {
	var picked []turn
	if most < 1 {
		return nil, nil
	}
	lanes := make(map[laneName]lane)
	given := make(map[laneName]struct{})
	err := q.each(func(t turn) error {
		if t.next.After(at) {
			return errEnough
		}
		name := laneName{t.workspace, t.to}
		if _, done := given[name]; done {
			return nil
		}
		l, known := lanes[name]
		if !known {
			var err error
			if l, err = q.lane(t.workspace, t.to); err != nil {
				return err
			}
			lanes[name] = l
		}
		if l.opens.After(at) || l.held && !t.claimed {
			return nil
		}
		given[name] = struct{}{}
		if picked = append(picked, t); len(picked) == most {
			return errEnough
		}
		return nil
	})
	return picked, err
}

// soonest returns when pick would first give something.
func soonest(q queue) (at time.Time, ok bool, err error) {
	seen := make(map[laneName]struct{})
	err = q.each(func(t turn) error {
		if ok && !t.next.Before(at) {
			return errEnough
		}
		name := laneName{t.workspace, t.to}
		if _, done := seen[name]; done { // the first of a lane is its soonest
			return nil
		}
		seen[name] = struct{}{}
		l, err := q.lane(t.workspace, t.to)
		if err != nil {
			return err
		}
		if l.after(t.next); !ok || l.opens.Before(at) {
			at, ok = l.opens, true
		}
		return nil
	})
	return at, ok && err == nil, err
}

// takenUp is i as its claimant gets it.
func takenUp(i quota.Intent, token uint64, lease time.Time) quota.Intent {
	if i.State == quota.Pending {
		i.State = quota.Sending
	} else {
		i.State = quota.Looking
	}
	i.Token, i.Next = token, lease
	return i
}

// settledTo returns what an intent becomes when somebody settles it: settled itself while the claim holds; with its place,
// and to be said again, if a write took the claim back while the message was posted. ok is false when nothing changes.
func settledTo(stored, settled quota.Intent) (i quota.Intent, ok bool) {
	if holds(stored, settled) {
		return settled, true
	}
	posted := settled.State == quota.Posted && settled.At != quota.Place{}
	if !posted || stored.Token != 0 || stored.At != (quota.Place{}) || stored.State == 0 || stored.State == quota.Posted || stored.State == quota.Held {
		return quota.Intent{}, false
	}
	stored.State, stored.At, stored.Next = quota.Pending, settled.At, settled.Settled
	stored.Settled, stored.Reason, stored.Content, stored.Looks = time.Time{}, "", nil, 0
	return stored, true
}

// holds reports whether whoever settles an intent has its claim.
func holds(stored, settled quota.Intent) bool {
	return claimed(stored.State) && stored.Token != 0 && stored.Token == settled.Token
}
