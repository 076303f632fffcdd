package slackapp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// A listener tells health of every call of the Web API whether an answer came. A status of 500 and more is
// none: it may be a proxy's.
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
	return resp, err
}
