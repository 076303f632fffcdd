package slackapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// nameEvent is the event_type of the metadata that carries a message's name.
const nameEvent = "paceline"

const (
	restUnsaid    = 30 * time.Second // after a 429 that does not say for how long
	restUndialled = 10 * time.Second // after no connection could be made

	historyPage  = 200 // messages; more is slower than it is worth (Slack, conversations.history)
	historyPages = 10  // at most
)

// errTooMuch says that a channel holds more messages since than are read.
var errTooMuch = fmt.Errorf("not among the latest %d messages, and there are more", historyPage*historyPages)

// Post says something to a channel or a person under a name that Find finds, and returns where it stands.
// Blocks are a JSON array, or nil. It sends one request and never a second. An error that wraps quota.Busy or
// quota.Refusal means that nothing was posted; after any other one nobody knows. An App has one bot token, so
// it says the same whatever the workspace.
func (a *App) Post(ctx context.Context, _ /* workspace */, to, name, text string, blocks []byte) (quota.Place, error) {
	set, err := rawBlocks(blocks)
	if err != nil {
		return quota.Place{}, err
	}
	named := slack.MsgOptionMetadata(slack.SlackMetadata{EventType: nameEvent, EventPayload: map[string]any{"name": name}})
	at, err := a.web.postOnce(ctx, to, text, set, named)
	if err != nil {
		return quota.Place{}, verdict(err)
	}
	return at, nil
}

// Edit puts text and blocks in the place of what stands there. Its name stays. Errors are as of Post.
func (a *App) Edit(ctx context.Context, _ /* workspace */ string, at quota.Place, text string, blocks []byte) error {
	set, err := rawBlocks(blocks)
	if err != nil {
		return err
	}
	return verdict(a.web.editOnce(ctx, at, text, set))
}

// Delete takes a message of the bot's away. Errors are as of Post.
func (a *App) Delete(ctx context.Context, _ /* workspace */ string, at quota.Place) error {
	return verdict(a.web.remove(ctx, at))
}

// Find looks in a channel for the bot's own message of a name. It reads the channel's history from the latest
// message back to since, by Slack's clock, and at most 2,000 messages: when there are more, that is an error. False
// means that the message is not there. It takes channels:history, groups:history or im:history, by the kind
// of channel, and without it is a quota.Refusal with Slack's word; a person's id is no channel.
func (a *App) Find(ctx context.Context, _ /* workspace */, channel, name string, since time.Time) (quota.Place, bool, error) {
	self := a.self.Load()
	if self == nil {
		id, err := a.Identify(ctx)
		if err != nil {
			return quota.Place{}, false, verdict(err)
		}
		self = &id.User
	}
	ask := slack.GetConversationHistoryParameters{ChannelID: channel, Limit: historyPage, IncludeAllMetadata: true}
	for range historyPages {
		page, err := a.web.history(ctx, &ask)
		if err != nil {
			return quota.Place{}, false, verdict(err)
		}
		for _, m := range page.Messages {
			if m.User == *self && m.Metadata.EventType == nameEvent && m.Metadata.EventPayload["name"] == name {
				return quota.Place{Channel: channel, TS: m.Timestamp}, true, nil
			}
		}
		// Pages come whole, and not cut off at since, so that a clock that is ahead of Slack's hides nothing recent.
		last := len(page.Messages) - 1
		if !page.HasMore || last >= 0 && page.Messages[last].Timestamp < fmt.Sprintf("%010d", since.Unix()) {
			return quota.Place{}, false, nil
		}
		if ask.Cursor = page.ResponseMetaData.NextCursor; ask.Cursor == "" {
			return quota.Place{}, false, verdict(errTooMuch)
		}
	}
	return quota.Place{}, false, verdict(errTooMuch)
}

// rawBlocks returns the blocks of a JSON array as they are.
func rawBlocks(array []byte) ([]slack.Block, error) {
	if len(array) == 0 {
		return nil, nil
	}
	var all []json.RawMessage
	if err := json.Unmarshal(array, &all); err != nil {
		return nil, fmt.Errorf("slackapp: %w: %w", quota.Refusal{Reason: "invalid_blocks_format"}, err)
	}
	set := make([]slack.Block, len(all))
	for n, raw := range all {
		block, err := slack.BlockFromJSON(string(raw))
		if err != nil {
			return nil, fmt.Errorf("slackapp: %w: block %d: %w", quota.Refusal{Reason: "invalid_blocks"}, n, err)
		}
		set[n] = block
	}
	return set, nil
}

// verdict says of the error of a call what it means for whoever waits for an outcome: quota.Busy, quota.Refusal,
// or an error after which nobody knows.
func verdict(err error) error {
	if err == nil {
		return nil
	}
	if rest, ok := patienceAsked(err); ok {
		return fmt.Errorf("slackapp: %w: %w", quota.Busy{For: rest}, err)
	}
	if isDefinite(err) {
		reason := slackCode(err)
		if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
			reason = fmt.Sprintf("status %d", status.Code)
		}
		return fmt.Errorf("slackapp: %w: %w", quota.Refusal{Reason: reason}, err)
	}
	return fmt.Errorf("slackapp: %w", err)
}

// patienceAsked reports whether nothing was done because it was not the time, and how long to leave Slack alone.
func patienceAsked(err error) (time.Duration, bool) {
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return limited.RetryAfter, true
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok && status.Code == http.StatusTooManyRequests {
		return restUnsaid, true
	}
	if _, ok := errors.AsType[notDialled](err); ok {
		return restUndialled, true
	}
	if code := slackCode(err); code == "ratelimited" || code == "rate_limited" {
		return restUnsaid, true
	}
	return 0, false
}
