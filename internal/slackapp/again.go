package slackapp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/slack-go/slack"
)

const (
	longestRest = 30 * time.Second // at most, whatever Slack asks for
	shortRest   = time.Second      // after a 5xx
)

// again tries, and once more when busy says so of the error, after as long as it says. Haste cuts the wait
// short, not the second try.
func (w *web) again(ctx context.Context, busy func(error) (time.Duration, bool), try func() error) error {
	err := try()
	rest, ok := busy(err)
	if !ok {
		return err
	}
	timer := time.NewTimer(rest)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-w.haste:
	case <-ctx.Done():
		return err
	}
	return try()
}

// isLimited reports whether Slack took nothing and asked to be left alone, and for how long.
func isLimited(err error) (time.Duration, bool) {
	limited, ok := errors.AsType[*slack.RateLimitedError](err)
	if !ok {
		return 0, false
	}
	return min(limited.RetryAfter, longestRest), true
}

// isLimitedOrDown is isLimited, and a 5xx of a response_url too: for what may arrive twice.
func isLimitedOrDown(err error) (time.Duration, bool) {
	if _, down := errors.AsType[downStatus](err); down {
		return shortRest, true
	}
	return isLimited(err)
}

// downStatus is a status of 500 and more, with which a response_url may have taken a message or not.
type downStatus int

func (s downStatus) Error() string { return fmt.Sprintf("status %d", int(s)) }

// isDefinite reports whether it is certain that a call of the Web API did nothing. Slack's own troubles and
// an answer that did not come leave that open, and so does a status that is no refusal.
func isDefinite(err error) bool {
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return status.Code >= 300 && status.Code < 500 && status.Code != http.StatusRequestTimeout
	}
	if _, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return true
	}
	if _, ok := errors.AsType[notDialled](err); ok {
		return true
	}
	switch slackCode(err) {
	case "", "fatal_error", "internal_error", "request_timeout", "service_unavailable":
		return false
	}
	return true
}
