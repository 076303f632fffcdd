package slackapp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// A listener tells health of every call of the Web API whether an answer came. A status of 500 and more is
// none: it may be a proxy's. It takes a Retry-After away that slack-go could not read, or that is no wait, so that
// a 429 stays a definite no.
type listener struct {
	*http.Transport
	base   *url.URL // of the Web API
	health *health
}

// RoundTrip makes a listener an http.RoundTripper.
func (l *listener) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := l.Transport.RoundTrip(r)
	switch {
	case r.URL.Host != l.base.Host || !strings.HasPrefix(r.URL.Path, l.base.Path):
		// A response_url.
	case err == nil && resp.StatusCode >= http.StatusInternalServerError:
		l.health.heard(fmt.Errorf("status %d", resp.StatusCode))
	case !errors.Is(err, context.Canceled):
		l.health.heard(err)
	}
	if err == nil && resp.StatusCode == http.StatusTooManyRequests {
		if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err != nil || s < 0 || s > longestRetry {
			resp.Header.Del("Retry-After")
		}
	}
	return resp, err
}

// longestRetry is the longest Retry-After that is believed, in seconds: a day.
const longestRetry = 24 * 60 * 60
