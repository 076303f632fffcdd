package slackapp

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// CheckSocket asks Slack for a Socket Mode connection and leaves it unused. The error names the fix.
func (a *App) CheckSocket(ctx context.Context) error {
	if _, _, err := a.web.api.StartSocketModeContext(ctx); err != nil {
		fix, _ := socketTrouble(err)
		return fix
	}
	return nil
}

// CheckChannel asks Slack whether the bot can see a channel and is in it. The error names the fix. A token
// without the scope to ask is not an error: nothing is known then.
func (a *App) CheckChannel(ctx context.Context, id string) error {
	c, err := a.web.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: id})
	switch code := slackCode(err); {
	case code == "missing_scope":
		return nil
	case code == "channel_not_found":
		return errors.New("no such channel, or it is private and the bot is not in it: check the id, or invite the bot with /invite")
	case err != nil:
		return a.web.outcome("conversations.info", err)
	case c.IsArchived:
		return errors.New("the channel is archived: choose another")
	case !c.IsMember:
		return errors.New("the bot is not in the channel: invite it there with /invite")
	}
	return nil
}

// Readers says who reads a channel. They are unknown without the scope to ask (channels:read, groups:read for a private
// channel) and for a channel that the bot cannot see. Errors are as of Post.
func (a *App) Readers(ctx context.Context, _ /* workspace */, id string) (quota.Readers, error) {
	c, err := a.web.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: id})
	switch {
	case slices.Contains(hiding, slackCode(err)):
		return quota.UnknownReaders, nil
	case err != nil:
		return quota.UnknownReaders, verdict(a.web.outcome("conversations.info", err))
	case c.IsExtShared || c.IsPendingExtShared:
		return quota.SharedReaders, nil
	}
	return quota.OwnReaders, nil
}

// hiding are Slack's words for a channel that the bot may not know about. Asking again would change nothing.
var hiding = []string{"missing_scope", "channel_not_found", "no_permission", "not_allowed_token_type", "access_denied"}

// Reach returns Slack's word for why the bot cannot post in a channel; "" when it can, or when the token lacks the scope
// to ask.
func (a *App) Reach(ctx context.Context, _ /* workspace */, id string) (reason string, err error) {
	c, err := a.web.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: id})
	switch code := slackCode(err); {
	case code == "missing_scope":
		return "", nil
	case code == "channel_not_found":
		return code, nil
	case err != nil:
		return "", a.web.outcome("conversations.info", err)
	case c.IsArchived:
		return "is_archived", nil
	case !c.IsMember:
		return "not_in_channel", nil
	}
	return "", nil
}

// Skew returns by how much this machine's clock is ahead of Slack's, as far as the Date of an HTTP answer
// tells: to the second, and off by half the time the answer takes.
func (a *App) Skew(ctx context.Context) (time.Duration, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.cfg.APIURL+"api.test", nil)
	if err != nil {
		return 0, unreachable(err)
	}
	res, err := a.web.http.Do(req)
	if err != nil {
		return 0, unreachable(err)
	}
	defer res.Body.Close()
	theirs, err := http.ParseTime(res.Header.Get("Date"))
	if err != nil {
		return 0, errors.New("the answer of the API address tells no time: check that it is Slack's")
	}
	return a.cfg.Now().Sub(theirs), nil
}
