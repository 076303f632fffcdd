package digest

import (
	"context"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// What is asked of Slack. Each has its own patience, as each is its own method there, and its hush is kept under its
// name: no id of a channel or a person begins with a slash.
const (
	posting  = "/post"
	editing  = "/edit"
	deleting = "/delete"
	finding  = "/find"
	asking   = "/words/" // and the kind, whose composer asked
)

// asks names what e's composer asks of Slack.
func (e *errand) asks() string { return asking + kindOf(e.Name) }

// calls are what saying e asks of Slack, as far as it is known before.
func (e *errand) calls() []string {
	call := posting
	if e.At != (quota.Place{}) {
		call = editing
	}
	if e.frozen() {
		return []string{call}
	}
	return []string{call, e.asks()}
}

// hushed puts an intent off while one of these calls is to be left alone, and reports whether it did.
func (e *errand) hushed(ctx context.Context, calls ...string) (bool, error) {
	var until time.Time
	for _, c := range calls {
		u, err := e.Queue.Hushed(ctx, e.workspace, c)
		if err != nil {
			return false, err
		}
		if u.After(until) {
			until = u
		}
	}
	if !until.After(e.at) {
		return false, nil
	}
	if e.State == quota.Looking && e.Tries > 0 && e.At == (quota.Place{}) {
		e.State, e.Next = quota.Uncertain, until
		return true, nil
	}
	e.later(0)
	if e.State == quota.Pending {
		e.Next = until
	}
	return true, nil
}

// wait leaves an intent, and one call for the whole workspace, alone for as long as Slack asks.
func (e *errand) wait(call string, busy quota.Busy) []quota.Hush {
	rest := patience(busy)
	e.later(rest)
	return []quota.Hush{{To: call, Until: e.now().Add(rest)}}
}

// patience is how long Slack is left alone.
func patience(busy quota.Busy) time.Duration { return min(max(busy.For, shortestBusy), longestBusy) }

// now is from when on a rest counts that begins with an answer.
func (e *errand) now() time.Time {
	if e.Now == nil {
		return e.at
	}
	if now := e.Now(); now.After(e.at) {
		return now
	}
	return e.at
}
