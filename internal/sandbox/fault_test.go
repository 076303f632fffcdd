package sandbox

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// Each kind of fault: what the bot sees, and whether the message is there all the same.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		kind  string
		err   func(error) bool
		lands bool
	}{
		{"429", func(err error) bool {
			var limited *slack.RateLimitedError
			return errors.As(err, &limited) && limited.RetryAfter == 7*time.Second
		}, false},
		{"500", func(err error) bool { var s slack.StatusCodeError; return errors.As(err, &s) && s.Code == 500 }, false},
		{"cut", func(err error) bool { return strings.Contains(err.Error(), "EOF") }, false},
		{"blocks", func(err error) bool { return err.Error() == "invalid_blocks" }, false},
		{"scope", func(err error) bool {
			var no slack.SlackErrorResponse
			return errors.As(err, &no) && no.Err == "missing_scope" && no.Needed == "chat:write"
		}, false},
		{"lost", func(err error) bool { return strings.Contains(err.Error(), "EOF") }, true},
		{"late", func(err error) bool { return errors.Is(err, context.DeadlineExceeded) }, true},
	} {
		t.Run(c.kind, func(t *testing.T) {
			bubble(t, nil, func(l *lab) {
				l.must("fault", object{"method": "chat.postMessage", "kind": c.kind, "times": 2, "retry_after": 7})
				for i := range 3 {
					ctx, cancel := context.WithTimeout(l.Context(), 5*time.Second)
					_, _, err := l.api.PostMessageContext(ctx, OutreachID, text1("x"))
					cancel()
					if i < 2 && (err == nil || !c.err(err)) || i == 2 && err != nil {
						l.Errorf("call %d: %v", i, err)
					}
				}
				time.Sleep(time.Millisecond) // what is late comes as soon as the client has given up
				_, all := l.get("messages?channel=outreach")
				want := 1
				if c.lands {
					want = 3
				}
				l.want(len(all.([]any)), want)
				_, state := l.get("state")
				l.want(state.(map[string]any)["faults"], []any{})
			})
		})
	}
}

// A client that never gives up gets the answer of a late call in the end.
func TestLateWithAPatientClient(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.must("fault", object{"method": "auth.test", "kind": "late"})
		began := time.Now()
		_, err := l.api.AuthTest()
		if err != nil || time.Since(began) != lateness {
			l.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

// A turn whose answer met a fault is over soon: nobody waits 35 s for what is known not to come. A second try counts.
func TestATurnWhoseAnswerMetAFault(t *testing.T) {
	for _, kind := range []string{"500", "cut"} {
		bubble(t, nil, func(l *lab) {
			tries := 1
			l.connect(&bot{event: func(e slackevents.EventsAPIEvent) {
				m, ok := e.InnerEvent.Data.(*slackevents.MessageEvent)
				if !ok || m.BotID != "" {
					return
				}
				for range tries {
					l.api.PostMessageContext(l.Context(), m.Channel, text1("answer"))
				}
			}})
			l.must("fault", object{"method": "chat.postMessage", "kind": kind, "times": 2})
			began := time.Now()
			status, out := l.post("message", object{"user": "ana", "text": "8"})
			l.want([]any{status, out["error"], time.Since(began).String()},
				[]any{504, "the bot acknowledged but showed nothing: its call of chat.postMessage (" + kind + ") met a fault", "5s"})
			tries = 2
			l.want(texts(l.must("message", object{"user": "ana", "text": "8"})), "answer")
		})
	}
}

func TestFaultOfResponseURL(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.must("fault", object{"method": "response_url", "kind": "500"})
		l.connect(&bot{command: func(c slack.SlashCommand) any {
			post := func(text string) error {
				return slack.PostWebhookCustomHTTPContext(context.Background(), c.ResponseURL, l.client, &slack.WebhookMessage{Text: text})
			}
			if post("first") == nil {
				return say("no fault")
			}
			post("second")
			return nil
		}})
		l.want(texts(l.must("command", object{"user": "ana", "text": "/sent"})), "second")
	})
}

func TestFaultIsRefused(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		for _, c := range []struct {
			in   object
			want string
		}{
			{object{"method": "chat.shout", "kind": "429"}, "response_url"},
			{object{"method": "auth.test", "kind": "tired"}, "429, 500, lost, slow, late, cut"},
			{object{"method": "auth.test", "kind": "500", "times": 0}, "times"},
			{object{"method": "auth.test", "kind": "429", "retry_after": -1}, "retry_after"},
		} {
			status, out := l.post("fault", c.in)
			if status != http.StatusBadRequest || !strings.Contains(out["error"].(string), c.want) {
				l.Errorf("%v: %d %v", c.in, status, out)
			}
		}
	})
}
