package slackapp

import (
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/slack-go/slack"
)

// health is what Ready knows.
type health struct {
	mu     sync.Mutex
	up     int   // Socket Mode connections that stand
	socket error // why none stands
	token  error // why Slack does not take the bot token

	reached bool  // the Web API answered once
	silence error // why it has not
}

var (
	errNotYet      = errors.New("not connected to Slack yet")
	errNotAsked    = errors.New("nothing has been asked yet")
	errUninstalled = errors.New("the app was uninstalled from the workspace: install it again and set its new bot token")
)

// bot notes that Slack took the bot token (nil), or why not.
func (h *health) bot(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.token = err
}

// connected notes that a connection stands.
func (h *health) connected() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.up++
	h.socket = nil
}

// parted notes that a connection that stood does no longer.
func (h *health) parted() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.up--
}

// refused notes why no connection could be made.
func (h *health) refused(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.socket = err
}

// heard notes how a call of the Web API ended: with an answer (nil), or why without.
func (h *health) heard(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.reached = h.reached || err == nil
	h.silence = err
}

func (h *health) ready(needsSocket bool) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.token != nil:
		return h.token
	case !needsSocket && !h.reached:
		why := h.silence
		if why == nil {
			why = errNotAsked
		}
		return fmt.Errorf("Slack has not answered yet: check the network and SLACK_API_URL (%w)", why) //lint:ignore ST1005 a sentence for the operator
	case !needsSocket || h.up > 0:
		return nil
	case h.socket != nil:
		return h.socket
	}
	return errNotYet
}

// Slack's codes for a token that it will never take again, with the fix. missing_scope is one for the app
// token only: it has one scope, for good.
var (
	appTokenFixes = map[string]string{
		"invalid_auth":           "create a new one with connections:write",
		"not_authed":             "create one with connections:write",
		"token_revoked":          "create a new one with connections:write",
		"token_expired":          "create a new one with connections:write",
		"account_inactive":       "the app or its workspace is gone; install it again and create a new one with connections:write",
		"missing_scope":          "create a new one with connections:write",
		"not_allowed_token_type": "that is another kind of token; use the app-level one, which begins with xapp-",
	}
	botTokenFixes = map[string]string{
		"invalid_auth":           "copy the Bot User OAuth Token, which begins with xoxb-, again",
		"not_authed":             "copy the Bot User OAuth Token, which begins with xoxb-, again",
		"token_revoked":          "install the app again and set its new bot token",
		"token_expired":          "install the app again and set its new bot token",
		"account_inactive":       "install the app again and set its new bot token",
		"not_allowed_token_type": "that is another kind of token; use the Bot User OAuth Token, which begins with xoxb-",
	}
)

// botTrouble returns the sentence for a code that means that the bot token is of no use, or nil.
func botTrouble(code string) error {
	if fix, ok := botTokenFixes[code]; ok {
		return fmt.Errorf("Slack refuses the bot token (%s): %s", code, fix) //lint:ignore ST1005 a sentence for the operator
	}
	return nil
}

// socketTrouble returns the sentence for an error while connecting, and whether it will stay for ever.
func socketTrouble(err error) (sentence error, final bool) {
	code := slackCode(err)
	if fix, ok := appTokenFixes[code]; ok {
		return fmt.Errorf("Slack refuses the app token (%s): %s", code, fix), true //lint:ignore ST1005 a sentence for the operator
	}
	if code != "" {
		return fmt.Errorf("Slack refuses a Socket Mode connection (%s): check that Socket Mode is on in the app's settings", code), false //lint:ignore ST1005 a sentence for the operator
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok && status.Code == http.StatusNotFound {
		return errors.New("the API address does not know apps.connections.open (404): check it"), true
	}
	return unreachable(err), false
}

// unreachable returns the sentence for an error that is not Slack's.
func unreachable(err error) error {
	return fmt.Errorf("cannot reach Slack: check the network and the API address: %w", bare(err))
}
