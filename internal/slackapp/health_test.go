package slackapp

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

const unheard = "Slack has not answered yet: check the network and SLACK_API_URL ("

// By HTTP the bot is ready once the Web API has answered, whatever it said.
func TestReadyByHTTP(t *testing.T) {
	for name, tc := range map[string]struct {
		answer func(http.ResponseWriter, call)
		want   string // "": ready
	}{
		"an answer":   {nil, ""},
		"a refusal":   {refuse("unknown_method"), ""},
		"limited":     {status(429, "30"), ""},
		"not found":   {status(404, ""), ""},
		"dead token":  {refuse("invalid_auth"), "Slack refuses the bot token"},
		"down":        {status(503, ""), unheard + "status 503)"},
		"a hang-up":   {func(http.ResponseWriter, call) { panic(http.ErrAbortHandler) }, unheard},
		"no time":     {func(http.ResponseWriter, call) { time.Sleep(time.Minute) }, unheard},
		"proxy error": {func(w http.ResponseWriter, _ call) { w.WriteHeader(502); _, _ = io.WriteString(w, "x") }, unheard + "status 502)"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				if err := s.app.Ready(); err == nil || err.Error() != unheard+"nothing has been asked yet)" {
					t.Errorf("before: %v", err)
				}
				s.slack.set("auth.test", tc.answer)
				_, _ = s.app.Identify(t.Context())
				switch err := s.app.Ready(); {
				case tc.want == "" && err != nil, tc.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tc.want)):
					t.Errorf("Ready says %v", err)
				}
				time.Sleep(time.Minute)
			})
		})
	}
}

// Nobody there is not ready; an outage later is.
func TestReadyStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		_ = s.slack.Close()
		_, _ = s.app.Identify(t.Context())
		if err := s.app.Ready(); err == nil || err.Error() != unheard+"connection refused)" {
			t.Errorf("Ready says %v", err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		// A response_url is not the Web API.
		if err := s.app.web.respond(t.Context(), "http://slack.test/hook/1", webhook{Text: "x"}); err != nil || s.app.Ready() == nil {
			t.Errorf("after a response_url: %v, Ready says %v", err, s.app.Ready())
		}
		if _, err := s.app.web.post(t.Context(), quota.Place{Channel: "D1"}, "x", nil); err != nil || s.app.Ready() != nil {
			t.Errorf("after a post: %v, Ready says %v", err, s.app.Ready())
		}
		s.slack.set("auth.test", status(503, ""))
		_, _ = s.app.Identify(t.Context())
		_ = s.slack.Close()
		s.app.web.http.CloseIdleConnections()
		if _, err := s.app.Identify(t.Context()); err == nil || s.app.Ready() != nil {
			t.Errorf("after the outage: %v, Ready says %v", err, s.app.Ready())
		}
	})
}

// What operators are shown as it is says nothing of packages.
func TestSentences(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter, call){
		"down": status(503, ""), "refused": refuse("invalid_auth"), "no time": func(w http.ResponseWriter, _ call) { w.Header()["Date"] = nil },
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newStage(t, func(c *Config) { c.AppToken = appToken })
			for _, method := range []string{"auth.test", "apps.connections.open", "conversations.info", "api.test"} {
				s.slack.set(method, answer)
			}
			_, identify := s.app.Identify(t.Context())
			_, skew := s.app.Skew(t.Context())
			errs := []error{identify, skew, s.app.CheckSocket(t.Context()), s.app.CheckChannel(t.Context(), "C1"), s.app.Ready()}
			_ = s.slack.Close()
			s.app.web.http.CloseIdleConnections()
			_, gone := s.app.Skew(t.Context())
			if gone == nil || !strings.HasPrefix(gone.Error(), "cannot reach Slack") {
				t.Errorf("Skew says %v", gone)
			}
			for i, err := range append(errs, gone) {
				if err != nil && strings.Contains(err.Error(), "slackapp") {
					t.Errorf("%s: sentence %d is %v", name, i, err)
				}
			}
			s.log.all.Reset()
		})
	}
}
