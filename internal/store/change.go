package store

import (
	"log/slog"
	"math"
	"runtime/debug"
	"slices"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Limits on what comes in, in bytes. They are far above what Slack and LinkedIn use.
const (
	maxID     = 255  // an id of a workspace, a member or a team
	maxPerson = 4096 // a profile key
)

// checkWrite refuses a write that no engine could keep.
func checkWrite(w quota.Write) error {
	switch {
	case w.Key == "":
		return unavailable("the write has no operation key")
	case !datable(w.At):
		return unavailable("the write has no usable time")
	case w.Decide == nil:
		return unavailable("the write decides nothing")
	}
	return checkNeed(w.Workspace, w.Need)
}

// checkNeed refuses a question that no engine could answer.
func checkNeed(workspace string, need quota.Need) error {
	if !usable(workspace) {
		return unavailable("the id of the workspace has %d bytes, not 1 to %d", len(workspace), maxID)
	}
	for _, s := range need.Members {
		if !usable(s.Member) {
			return unavailable("the id of a member has %d bytes, not 1 to %d", len(s.Member), maxID)
		}
		if !s.From.IsZero() && !datable(s.From) {
			return unavailable("the journal of a member is asked for from an unusable time")
		}
	}
	for _, p := range need.Persons {
		if p == "" || len(p) > maxPerson {
			return unavailable("a profile key has %d bytes, not 1 to %d", len(p), maxPerson)
		}
	}
	return nil
}

// decide runs the function of w. A panic becomes an error: it is the caller's own, and must not harm others.
func decide(w quota.Write, f quota.Facts, log *slog.Logger) (c quota.Change, err error) {
	defer func() {
		if p := recover(); p != nil {
			log.Error("a decision panicked", "workspace", w.Workspace, "stack", string(debug.Stack()))
			c, err = quota.Change{}, unavailable("the decision panicked: %v", p)
		}
	}()
	return w.Decide(f)
}

// settle checks what a Decide function wants done and returns it as it will be kept: a copy that shares
// nothing, times in UTC and cut to microseconds (never rounded up, which could move an entry into the next
// week). next is the number that Facts gave.
func settle(c quota.Change, next uint64) (quota.Change, error) {
	if len(c.Answer) > quota.MaxAnswer {
		return quota.Change{}, unavailable("the answer has %d bytes, more than %d", len(c.Answer), quota.MaxAnswer)
	}
	kept := quota.Change{Answer: slices.Clone(c.Answer)}
	if len(c.Entries) > 0 {
		kept.Entries = make([]quota.Entry, len(c.Entries))
	}
	for i, e := range c.Entries {
		e.At, e.Recorded = cut(e.At), cut(e.Recorded)
		if fault := faultOf(e, next+uint64(i)); fault != "" {
			return quota.Change{}, unavailable("entry %d of the change: %s", i+1, fault)
		}
		kept.Entries[i] = e
	}
	for _, m := range c.Members {
		m.Joined, m.Left = cut(m.Joined), cut(m.Left)
		if !usable(m.ID) || !keepable(m.Joined) || !keepable(m.Left) {
			return quota.Change{}, unavailable("a member's row has no usable id or time")
		}
		kept.Members = append(kept.Members, m)
	}
	for _, t := range c.Teams {
		t.Created = cut(t.Created)
		if !usable(t.ID) || !keepable(t.Created) {
			return quota.Change{}, unavailable("a team's row has no usable id or time")
		}
		t.Managers = slices.Clone(t.Managers)
		kept.Teams = append(kept.Teams, t)
	}
	return kept, nil
}

// faultOf says in words what is wrong with an entry that should have the number seq, or "".
func faultOf(e quota.Entry, seq uint64) string {
	switch {
	case e.Seq != seq:
		return "its number does not follow the one before it"
	case e.Op < 1 || e.Op > e.Seq:
		return "its operation is not one so far"
	case !usable(e.Member):
		return "its member has no usable id"
	case e.Act != quota.Sent && e.Act != quota.Undone:
		return "its act is unknown"
	case !slices.Contains(quota.Kinds(), e.Kind):
		return "its kind is unknown"
	case e.Precision != quota.ByTime && e.Precision != quota.ByDay:
		return "its precision is unknown"
	case e.Quantity < 1 || e.Quantity > math.MaxInt32:
		return "its quantity is not 1 or more"
	case !datable(e.At) || !datable(e.Recorded):
		return "it has no usable time"
	case e.Act == quota.Sent && e.Undoes != 0:
		return "it was sent, and yet it undoes something"
	case e.Act == quota.Undone && (e.Undoes < 1 || e.Undoes >= e.Seq):
		return "it undoes nothing that came before it"
	case len(e.Person) > maxPerson:
		return "its profile key is too long"
	}
	return ""
}

func usable(id string) bool { return id != "" && len(id) <= maxID }

// datable reports whether t is a time that calendars have.
func datable(t time.Time) bool { return !t.IsZero() && t.Year() >= 1 && t.Year() <= 9999 }

func keepable(t time.Time) bool { return t.IsZero() || datable(t) }

// cut returns t in UTC without anything finer than a microsecond.
func cut(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

// earliest returns the moment from which each member's journal is asked for. When a member is named twice,
// the earlier moment holds; a member of whom only the row is asked for is not in it.
func earliest(spans []quota.Span) map[string]time.Time {
	from := make(map[string]time.Time, len(spans))
	for _, s := range spans {
		if t, ok := from[s.Member]; !s.From.IsZero() && (!ok || s.From.Before(t)) {
			from[s.Member] = s.From
		}
	}
	return from
}
