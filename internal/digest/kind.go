package digest

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// A Kind is one sort of message that nobody asked for.
type Kind struct {
	Doubt   Doubt
	Refused quota.State // what becomes of one that Slack refuses: quota.Held (also if zero) or quota.Cancelled

	// Holds is for how long after an intent was due its words hold; zero: for ever. Later than that, what is certain not
	// to stand in Slack is composed anew before each sending, so that it can say how late it is.
	Holds time.Duration

	// Compose puts an intent into words, from what was recorded alone: composing again in another process, at a moment
	// that is as late to the minute, gives the same. Its answer is frozen, so it is asked once, unless Holds is over or
	// somebody takes an intent's Content away. [Moot] says that there is nothing to say (any more); after any other error it is
	// asked again later. It may be called concurrently.
	Compose func(ctx context.Context, at time.Time, due quota.Claimed) (Message, error)

	// Held, unless it is nil, is told that an intent has been settled as Held. A crash in between loses that.
	Held func(ctx context.Context, at time.Time, held quota.Claimed) error
}

// A Doubt is what is done when nobody knows whether a message was posted.
type Doubt uint8

const (
	// Reconciled looks for it by its name, and posts again only what is not there.
	Reconciled Doubt = iota

	// AtMostOnce gives it up: better said not at all than twice.
	AtMostOnce
)

// A Message is what an intent says. Text is never empty and stands alone.
type Message struct {
	Text   string
	Blocks []slack.Block

	// Spare is Blocks without the tables and charts, for a Slack that does not take those. Without Blocks and
	// without Spare the text is all there is to fall back on.
	Spare []slack.Block
}

// Moot is the error of a composer that has nothing to say, or nothing any more: what is not posted is
// cancelled, and what is posted is taken away. What is moot stays so.
type Moot struct{ Reason string }

func (m Moot) Error() string { return "nothing to say: " + m.Reason }

// words returns what an intent says: as it was frozen, or newly composed.
func (e *errand) words(ctx context.Context) (c content, err error) {
	if e.frozen() {
		return thaw(e.Content)
	}
	kind, known := e.Kinds[kindOf(e.Name)]
	if !known {
		// A newer process may know it, so this one only leaves it alone.
		return content{}, fmt.Errorf("no kind %q", kindOf(e.Name))
	}
	defer func() {
		if r := recover(); r != nil {
			c, err = content{}, fmt.Errorf("the composer panicked: %v", r)
		}
	}()
	m, err := kind.Compose(ctx, e.at, quota.Claimed{Workspace: e.workspace, Intent: e.Intent})
	if err != nil {
		return content{}, err
	}
	return newContent(m)
}

// frozen reports whether e says what it was to say before. Saying means that nothing stands in Slack, or at e.At.
func (e *errand) frozen() bool {
	holds := e.kind().Holds
	return e.Content != nil && (e.At != quota.Place{} || holds == 0 || e.at.Sub(e.Due) <= holds)
}

// kindOf returns what stands before the first slash of a name.
func kindOf(name string) string {
	kind, _, _ := strings.Cut(name, "/")
	return kind
}
