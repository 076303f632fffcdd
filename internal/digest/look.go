package digest

import (
	"context"
	"errors"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

const (
	// firstDoubt is how long Slack gets to land a message whose answer was lost, and the least time between
	// two looks for it.
	firstDoubt   = 90 * time.Second
	longestDoubt = 15 * time.Minute

	// looksAbsent is after how many looks in a row a message counts as not posted: history may lag.
	looksAbsent = 2

	// longestLook is for how long looking may fail before a person must look.
	longestLook = 24 * time.Hour

	// margin is by how much Slack's clock may be behind the one that at is read from.
	margin = time.Hour
)

// pause is how long something stays in doubt: doubling with each send that may have arrived, and with the time
// since Slack was asked.
func pause(tries int, asked, at time.Time) time.Duration {
	grown := firstDoubt << min(max(tries-1, 0), 4)
	return min(max(grown, at.Sub(asked)), longestDoubt)
}

// look finds out whether a message was said whose outcome is unknown.
func (e *errand) look(ctx context.Context) ([]quota.Hush, error) {
	if hushed, err := e.hushed(ctx, finding); hushed || err != nil {
		return nil, err
	}
	asked := e.Due
	if words, err := thaw(e.Content); err == nil {
		asked = words.Asked
	}
	place, found, err := e.Wire.Find(ctx, e.workspace, e.To, e.Name, asked.Add(-margin))
	wait := pause(e.Tries, asked, e.at)
	var hushes []quota.Hush
	if busy, ok := errors.AsType[quota.Busy](err); ok {
		wait = max(patience(busy), wait)
		hushes = []quota.Hush{{To: finding, Until: e.now().Add(patience(busy))}}
	}
	no, refused := errors.AsType[quota.Refusal](err)
	switch {
	case refused:
		e.end(quota.Held, no.Reason)
	case err != nil && e.at.Sub(asked) >= longestLook:
		e.end(quota.Held, Unlooked)
	case err != nil:
		e.Log.Warn("looking for a message failed", "intent", e.Name, "workspace", e.workspace, "err", err)
		e.doubtful(wait)
	case found:
		e.At = place
		if e.Content != nil {
			e.end(quota.Posted, "")
			break
		}
		e.State, e.Next, e.Looks = quota.Pending, e.at, 0 // it stands there, and somebody wants other words
	default:
		e.Looks++
		if e.Looks < looksAbsent {
			e.doubtful(wait)
			break
		}
		e.State, e.Next, e.Looks = quota.Pending, e.at, 0
	}
	return hushes, nil
}

// doubtful leaves an intent to be looked for later.
func (e *errand) doubtful(wait time.Duration) {
	e.State, e.Next = quota.Uncertain, e.now().Add(wait)
}
