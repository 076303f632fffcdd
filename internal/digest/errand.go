package digest

import (
	"context"
	"errors"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Reasons of Held and Cancelled besides Slack's own words and those of a Moot.
const (
	Late      = "too late to be of use"
	MayBeSaid = "it may have been delivered"
	Lasting   = "it could not be said for a week"
	Unlooked  = "nobody could look whether it was said"
)

// notFound is Slack's word for a message that somebody has taken away.
const notFound = "message_not_found"

const (
	// breath is how long a channel is left alone after a message: it takes one a second (Slack, rate limits).
	breath = time.Second

	// giveUp is how long after it was due an intent that nobody can say waits for a person instead.
	giveUp = 7 * 24 * time.Hour

	shortestBusy, longestBusy = time.Second, 24 * time.Hour // whatever Slack asks for
	firstTrouble              = 10 * time.Second            // after a composer failed; doubles each time in a row
)

// An errand is one claimed intent, taken as far as it goes at one moment. Whatever it does to the intent is
// kept by Settle alone; until then another process may find it as it was, its lease run out.
type errand struct {
	Clockwork
	quota.Intent
	workspace string
	at        time.Time
}

// take does what there is to do about an intent. Its error is the store's: then the lease runs out.
func (c Clockwork) take(ctx context.Context, at time.Time, claimed quota.Claimed) error {
	e := &errand{Clockwork: c, Intent: claimed.Intent, workspace: claimed.Workspace, at: at}
	hushes, err := e.further(ctx)
	if err == nil {
		err = e.Queue.Settle(ctx, e.workspace, e.Intent, hushes...)
	}
	if errors.Is(err, quota.ErrLost) {
		e.Log.Info("somebody else took over", "intent", e.Name, "workspace", e.workspace)
		return nil
	}
	if held := e.kind().Held; err == nil && e.State == quota.Held && held != nil {
		err = held(ctx, at, quota.Claimed{Workspace: e.workspace, Intent: e.Intent})
	}
	return err
}

// further takes an intent to the state that it is to be settled in.
func (e *errand) further(ctx context.Context) ([]quota.Hush, error) {
	switch {
	case e.At != quota.Place{}:
		return e.say(ctx) // as an edit, which does no harm twice
	case e.State != quota.Looking || e.Tries == 0:
		if !e.Expires.IsZero() && !e.Expires.After(e.at) {
			e.end(quota.Cancelled, Late)
			return nil, nil
		}
		return e.say(ctx)
	case e.kind().Doubt == AtMostOnce:
		e.end(quota.Cancelled, MayBeSaid)
		return nil, nil
	}
	return e.look(ctx)
}

// kind returns the intent's kind. One that is not known (a newer process may know it) is reconciled and held.
func (e *errand) kind() Kind { return e.Kinds[kindOf(e.Name)] }

// say composes and sends. It returns after what Slack answered is in the intent.
func (e *errand) say(ctx context.Context) ([]quota.Hush, error) {
	if hushed, err := e.hushed(ctx, e.calls()...); hushed || err != nil {
		return nil, err
	}
	words, err := e.words(ctx)
	for err == nil {
		if words.Asked.IsZero() || e.At == (quota.Place{}) {
			words.Asked = e.now()
		}
		if e.Content, err = words.freeze(); err != nil {
			break
		}
		// The fence: from here on it may have been said, and only whoever holds the claim gets past.
		e.State = quota.Sending
		e.Looks = 0
		e.Tries++
		if err := e.Queue.Settle(ctx, e.workspace, e.Intent); err != nil {
			return nil, err
		}
		if words, err = thaw(e.Content); err != nil {
			break
		}
		sent := e.send(ctx, words)
		simpler, ok := words.simpler()
		if !ok || !isBlockRefusal(sent) {
			return e.sent(sent, words.Asked), nil
		}
		e.Log.Warn("Slack does not take the blocks; a simpler form follows", "intent", e.Name, "workspace", e.workspace, "err", sent)
		e.Tries--
		words = simpler
	}
	return e.speechless(ctx, err)
}

// speechless deals with an intent that there are no words for.
func (e *errand) speechless(ctx context.Context, err error) ([]quota.Hush, error) {
	if moot, ok := errors.AsType[Moot](err); ok {
		return e.withdraw(ctx, moot)
	}
	e.Log.Warn("no words for a message", "intent", e.Name, "workspace", e.workspace, "err", err)
	if busy, ok := errors.AsType[quota.Busy](err); ok {
		return e.wait(e.asks(), busy), nil
	}
	e.Looks++
	e.later(min(firstTrouble<<min(e.Looks-1, 16), longestDoubt))
	return nil, nil
}

// send posts, or edits what is posted.
func (e *errand) send(ctx context.Context, words content) error {
	if e.At != (quota.Place{}) {
		return e.Wire.Edit(ctx, e.workspace, e.At, words.Text, words.Blocks)
	}
	place, err := e.Wire.Post(ctx, e.workspace, e.To, e.Name, words.Text, words.Blocks)
	if err == nil && place == (quota.Place{}) {
		err = errors.New("no place in the answer")
	}
	if err == nil {
		e.At = place
	}
	return err
}

// sent notes how sending ended. At is set when it was an edit, or a post that succeeded.
func (e *errand) sent(err error, asked time.Time) []quota.Hush {
	call := posting
	if e.At != (quota.Place{}) {
		call = editing
	}
	if err == nil {
		e.end(quota.Posted, "")
		return []quota.Hush{{To: e.To, Until: e.now().Add(breath)}}
	}
	if busy, ok := errors.AsType[quota.Busy](err); ok {
		e.Tries-- // it is certain that nothing was said
		return e.wait(call, busy)
	}
	if no, ok := errors.AsType[quota.Refusal](err); ok {
		e.Tries--
		e.refused(no)
		return nil
	}
	e.Log.Warn("nobody knows whether a message was said", "intent", e.Name, "workspace", e.workspace, "err", err)
	switch {
	case e.At != quota.Place{}:
		e.later(pause(1, asked, e.at))
	case e.kind().Doubt == AtMostOnce:
		e.end(quota.Cancelled, MayBeSaid)
	default:
		e.doubtful(pause(e.Tries, asked, e.at))
	}
	return nil
}

// withdraw ends an intent that has nothing to say, and takes away what is posted of it.
func (e *errand) withdraw(ctx context.Context, moot Moot) ([]quota.Hush, error) {
	if e.At == (quota.Place{}) {
		e.end(quota.Cancelled, moot.Reason)
		return nil, nil
	}
	if hushed, err := e.hushed(ctx, deleting); hushed || err != nil {
		return nil, err
	}
	err := e.Wire.Delete(ctx, e.workspace, e.At)
	if busy, ok := errors.AsType[quota.Busy](err); ok {
		return e.wait(deleting, busy), nil
	}
	no, refused := errors.AsType[quota.Refusal](err)
	switch {
	case err == nil || refused && no.Reason == notFound:
		e.At = quota.Place{}
		e.end(quota.Cancelled, moot.Reason)
	case refused:
		e.refused(no)
	default:
		e.later(pause(1, e.Due, e.at))
	}
	return nil, nil
}

// refused ends an intent as its kind wants it after a definite no. A message that is gone cannot be mended.
func (e *errand) refused(no quota.Refusal) {
	gone := e.At != (quota.Place{}) && no.Reason == notFound
	if gone {
		e.At = quota.Place{}
	}
	if gone || e.kind().Refused == quota.Cancelled {
		e.end(quota.Cancelled, no.Reason)
		return
	}
	e.end(quota.Held, no.Reason)
}

// later puts an intent off, or before a person when it has been due for too long.
func (e *errand) later(by time.Duration) {
	if e.at.Sub(e.Due) > giveUp {
		e.end(quota.Held, Lasting)
		return
	}
	e.State = quota.Pending
	e.Next = e.now().Add(by)
}

// end brings an intent into a final state.
func (e *errand) end(s quota.State, reason string) {
	e.State, e.Reason, e.Settled = s, reason, e.at
	e.Next = time.Time{}
	switch s {
	case quota.Held:
		e.Log.Error("a message waits for a person", "intent", e.Name, "workspace", e.workspace, "reason", reason)
	case quota.Cancelled:
		e.Log.Info("a message is not said", "intent", e.Name, "workspace", e.workspace, "reason", reason)
	}
}
