package slackapp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
)

// A webhook is a message as acknowledgements and response_url carry it.
type webhook struct {
	ResponseType    string        `json:"response_type,omitempty"`
	ReplaceOriginal *bool         `json:"replace_original,omitempty"`
	Text            string        `json:"text"`
	Blocks          []slack.Block `json:"blocks,omitempty"`
}

// ephemeral returns r as the body of an acknowledgement of a command, or nil when there is none.
func ephemeral(r commands.Reply) []byte {
	if r.Text == "" && len(r.Blocks) == 0 {
		return nil
	}
	body, err := json.Marshal(webhook{ResponseType: slack.ResponseTypeEphemeral, Text: r.Text, Blocks: r.Blocks})
	if err != nil {
		return nil
	}
	return body
}

// webhookOf returns r as a message for the response_url of in. A press says whether the message with the
// button is replaced; everything that does not replace it is for the person's eyes only.
func webhookOf(in *inbound, r commands.Reply) webhook {
	hook := webhook{Text: r.Text, Blocks: r.Blocks}
	if in.kind == press {
		hook.ReplaceOriginal = &r.Replace
	}
	if in.kind != press || !r.Replace {
		hook.ResponseType = slack.ResponseTypeEphemeral
	}
	return hook
}

// errNotTaken marks a message that is certain not to have arrived.
var errNotTaken = errors.New("not taken")

// respond posts a message to a response_url. The error never holds the address: who has it can post.
func (w *web) respond(ctx context.Context, address string, hook webhook) error {
	if !w.mayRespond(address) {
		return fmt.Errorf("response_url: %w: it leads elsewhere than to Slack", errNotTaken)
	}
	body, err := json.Marshal(hook)
	if err != nil {
		return fmt.Errorf("response_url: %w: %w", errNotTaken, err)
	}
	isBusy := isLimited
	if hook.ReplaceOriginal != nil && *hook.ReplaceOriginal {
		isBusy = isLimitedOrDown
	}
	return w.again(ctx, isBusy, func() error { return w.hook(ctx, address, body) })
}

// hook posts to a response_url, once.
func (w *web) hook(ctx context.Context, address string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("response_url: %w", errNotTaken)
	}
	req.Header.Set("Content-Type", jsonType)
	resp, err := w.http.Do(req)
	if err != nil {
		return fmt.Errorf("response_url: %w", bare(err))
	}
	defer resp.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(resp.Body, 4096)) // lets the connection be used again, too
	switch code := refusalIn(said); {
	case code != "" && resp.StatusCode < 500 && resp.StatusCode != http.StatusTooManyRequests:
		return fmt.Errorf("response_url: %w: status %d: %w", errNotTaken, resp.StatusCode, slack.SlackErrorResponse{Err: code})
	case resp.StatusCode == http.StatusOK:
		return nil
	case resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("Retry-After") != "":
		if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil {
			return fmt.Errorf("response_url: %w: %w", errNotTaken, &slack.RateLimitedError{RetryAfter: time.Duration(s) * time.Second})
		}
		return fmt.Errorf("response_url: %w: status %d", errNotTaken, resp.StatusCode)
	case resp.StatusCode < 500:
		return fmt.Errorf("response_url: %w: status %d", errNotTaken, resp.StatusCode)
	}
	return fmt.Errorf("response_url: %w", downStatus(resp.StatusCode))
}

// mayRespond reports whether an address can be a response_url: with Slack, https to a host of Slack's;
// with another server, its own scheme and host, or https.
func (w *web) mayRespond(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Host == "" {
		return false
	}
	if isSlack(w.base) {
		return u.Scheme == "https" && isSlack(u)
	}
	return u.Scheme == "https" || u.Scheme == w.base.Scheme && strings.EqualFold(u.Host, w.base.Host)
}

// isSlack reports whether u leads to a host of Slack's, or of its version for governments.
func isSlack(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	for _, domain := range []string{"slack.com", "slack-gov.com"} {
		if host == domain || strings.HasSuffix(host, "."+domain) {
			return true
		}
	}
	return false
}

// bare takes the address off an error of net/http.
func bare(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}
