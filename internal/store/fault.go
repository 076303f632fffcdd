package store

import (
	"math"
	"slices"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// faultOf says in words what is wrong with an entry that should have the number seq, or "".
func faultOf(e quota.Entry, seq uint64) string {
	switch {
	case e.Seq != seq:
		return "its number does not follow the one before it"
	case e.Op < 1 || e.Op > e.Seq:
		return "its operation is not one so far"
	case !usable(e.Member):
		return "its member has no usable id"
	case e.Act < quota.Sent || e.Act > quota.Remembered:
		return "its act is unknown"
	case !slices.Contains(quota.Kinds(), e.Kind):
		return "its kind is unknown"
	case e.Precision < quota.ByTime || e.Precision > quota.Estimated:
		return "its precision is unknown"
	case e.Quantity < 1 || e.Quantity > math.MaxInt32:
		return "its quantity is not 1 or more"
	case !datable(e.At) || !datable(e.Recorded):
		return "it has no usable time"
	case len(e.Person) > maxPerson:
		return "its profile key is too long"
	}
	return faultOfAct(e)
}

// faultOfAct looks at what goes with some acts only. An undo may undo any of them and is a copy of what it
// takes back, so it may close and end like that.
func faultOfAct(e quota.Entry) string {
	undo := e.Act == quota.Undone
	answer := e.Act == quota.Remembered
	pause := e.Act == quota.Restricted || e.Act == quota.Lifted
	switch {
	case !undo && e.Undoes != 0:
		return "it is no undo, and yet it undoes something"
	case undo && (e.Undoes < 1 || e.Undoes >= e.Seq):
		return "it undoes nothing that came before it"
	case !undo && !answer && !e.Act.Outcome() && e.Closes != 0:
		return "it is no outcome, and yet it closes something"
	case e.Closes >= e.Seq:
		return "it closes nothing that came before it"
	case !undo && !answer && e.Act != quota.Restricted && !e.Until.IsZero():
		return "it is no restriction, and yet it ends"
	case e.Act == quota.Restricted && !datable(e.Until), !keepable(e.Until):
		return "it has no usable end"
	case !answer && !e.Until.IsZero() && e.Until.Before(e.At):
		return "it ends before it begins"
	case pause && (e.Kind != quota.Invite || e.Quantity != 1):
		return "a restriction is about one invite"
	case answer && (e.Kind != quota.Invite || e.Quantity != 1 || e.Precision != quota.Estimated):
		return "an answer from memory is about one estimated invite"
	}
	return ""
}

// faultOfDeed says in words what is wrong with a deed that should have the number seq, or "".
func faultOfDeed(d quota.Deed, seq uint64) string {
	switch {
	case d.Seq != seq:
		return "its number does not follow the one before it"
	case d.What < quota.PresetChosen || d.What > quota.AccountChanged:
		return "its kind is unknown"
	case !datable(d.At) || !keepable(d.Until):
		return "it has no usable time"
	}
	return ""
}

// faultOfIntent says in words what is wrong with an intent, or "".
func faultOfIntent(i quota.Intent) string {
	switch {
	case !usable(i.Name):
		return "its name is not 1 to 255 bytes"
	case len(i.To) > maxID:
		return "its addressee is too long"
	case i.State < quota.Pending || i.State > quota.Cancelled:
		return "its state is unknown"
	case !i.State.Final() && !datable(i.Next):
		return "it is to be taken up at no usable time"
	case i.State.Final() && !datable(i.Settled):
		return "it came into its final state at no usable time"
	case !keepable(i.Due) || !keepable(i.Expires) || !keepable(i.Next) || !keepable(i.Settled):
		return "it has no usable time"
	case i.Tries < 0 || i.Tries > math.MaxInt32 || i.Looks < 0 || i.Looks > math.MaxInt32:
		return "it was sent or looked for an impossible number of times"
	case i.Token > math.MaxInt64:
		return "its token is none that is ever given"
	case len(i.Content) > quota.MaxContent:
		return "its content is too long"
	}
	return ""
}

func faultOfMember(m quota.Member) string {
	switch {
	case !usable(m.ID):
		return "it has no usable id"
	case slices.ContainsFunc([]time.Time{
		m.Joined, m.Left, m.Account.New, m.Account.Since, m.Restriction.From, m.Restriction.Until, m.Told, m.Quiet.Until,
	}, unkeepable):
		return "it has no usable time"
	case !small(m.Quiet.From) || !small(m.Quiet.To):
		return "it has an impossible number"
	}
	return faultOfNumber(m.Own)
}

func faultOfTeam(t quota.Team) string {
	switch {
	case !usable(t.ID):
		return "it has no usable id"
	case !keepable(t.Created):
		return "it has no usable time"
	case !small(t.Digest.Minute):
		return "it has an impossible number"
	}
	for _, n := range t.Terms.Numbers {
		if fault := faultOfNumber(n); fault != "" {
			return fault
		}
	}
	return ""
}

func faultOfNumber(n quota.Number) string {
	switch {
	case !keepable(n.At) || !keepable(n.Until):
		return "one of its numbers has no usable time"
	case !small(n.Max):
		return "it has an impossible number"
	}
	return ""
}

// small reports whether n has 32 bits.
func small(n int) bool { return n >= math.MinInt32 && n <= math.MaxInt32 }

func usable(id string) bool { return id != "" && len(id) <= maxID }

// datable reports whether t is a time that calendars have.
func datable(t time.Time) bool { return !t.IsZero() && t.Year() >= 1 && t.Year() <= 9999 }

func keepable(t time.Time) bool { return t.IsZero() || datable(t) }

func unkeepable(t time.Time) bool { return !keepable(t) }

// cut returns t in UTC without anything finer than a microsecond.
func cut(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}
