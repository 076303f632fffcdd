package store

import (
	"log/slog"
	"runtime/debug"
	"slices"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Limits on what comes in, in bytes. They are far above what Slack and LinkedIn use.
const (
	maxID     = 255  // an id of a workspace, a member or a team, or the name of an intent
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
	for _, name := range need.Intents {
		if !usable(name) {
			return unavailable("the name of an intent has %d bytes, not 1 to %d", len(name), maxID)
		}
	}
	if !keepable(need.Everyone) {
		return unavailable("everyone's entries are asked for from an unusable time")
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
// week). f is what the function saw.
func settle(c quota.Change, f quota.Facts) (quota.Change, error) {
	if len(c.Answer) > quota.MaxAnswer {
		return quota.Change{}, unavailable("the answer has %d bytes, more than %d", len(c.Answer), quota.MaxAnswer)
	}
	kept := quota.Change{Answer: slices.Clone(c.Answer)}
	if len(c.Entries) > 0 {
		kept.Entries = make([]quota.Entry, len(c.Entries))
	}
	for i, e := range c.Entries {
		e.At, e.Recorded, e.Until = cut(e.At), cut(e.Recorded), cut(e.Until)
		if fault := faultOf(e, f.Next+uint64(i)); fault != "" {
			return quota.Change{}, unavailable("entry %d of the change: %s", i+1, fault)
		}
		kept.Entries[i] = e
	}
	for _, m := range c.Members {
		m = cutMember(m)
		if fault := faultOfMember(m); fault != "" {
			return quota.Change{}, unavailable("a member's row: %s", fault)
		}
		kept.Members = append(kept.Members, m)
	}
	for _, t := range c.Teams {
		t = cutTeam(t)
		if fault := faultOfTeam(t); fault != "" {
			return quota.Change{}, unavailable("a team's row: %s", fault)
		}
		kept.Teams = append(kept.Teams, t)
	}
	for i, d := range c.Deeds {
		d.At, d.Until = cut(d.At), cut(d.Until)
		if fault := faultOfDeed(d, f.NextDeed+uint64(i)); fault != "" {
			return quota.Change{}, unavailable("deed %d of the change: %s", i+1, fault)
		}
		kept.Deeds = append(kept.Deeds, d)
	}
	for _, i := range c.Intents {
		i = cutIntent(i)
		if fault := faultOfIntent(i); fault != "" {
			return quota.Change{}, unavailable("intent %q: %s", i.Name, fault)
		}
		kept.Intents = append(kept.Intents, i)
	}
	return kept, nil
}

// empty reports whether a change writes nothing but its answer.
func empty(c quota.Change) bool {
	return len(c.Entries)+len(c.Members)+len(c.Teams)+len(c.Deeds)+len(c.Intents) == 0
}

// checkClaim refuses a claim that nobody could have.
func checkClaim(at, lease time.Time) error {
	if !datable(at) || !datable(lease) || !cut(lease).After(at) {
		return unavailable("the claim has no usable time, or its lease ends before it begins")
	}
	return nil
}

// checkSettle returns what Settle is to keep, as settle does.
func checkSettle(workspace string, i quota.Intent, hushes []quota.Hush) (quota.Intent, []quota.Hush, error) {
	if err := checkNeed(workspace, quota.Need{}); err != nil {
		return i, nil, err
	}
	i = cutIntent(i)
	if fault := faultOfIntent(i); fault != "" {
		return i, nil, unavailable("intent %q: %s", i.Name, fault)
	}
	hushes = slices.Clone(hushes)
	for n := range hushes {
		h := &hushes[n]
		h.Until = cut(h.Until)
		if len(h.To) > maxID || !datable(h.Until) {
			return i, nil, unavailable("a hush has no usable addressee or end")
		}
	}
	return i, hushes, nil
}
