package slackapp

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

// status answers with a status, and with Retry-After unless that is "".
func status(code int, after string) func(http.ResponseWriter, call) {
	return func(w http.ResponseWriter, _ call) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(code)
	}
}

// inTurn gives one answer after the other, and the usual one when they are used up.
func (f *fakeSlack) inTurn(method string, answers ...func(http.ResponseWriter, call)) {
	f.set(method, func(w http.ResponseWriter, c call) {
		f.mu.Lock()
		now := answers[0]
		answers = answers[1:]
		if len(answers) == 0 {
			delete(f.answer, method)
		}
		f.mu.Unlock()
		now(w, c)
	})
}

func TestSecondTry(t *testing.T) {
	limited, down := status(429, "7"), status(503, "")
	for _, tc := range []struct {
		name, method, kind, payload string
		reply                       commands.Reply
		answers                     []func(http.ResponseWriter, call)
		calls                       string
		after                       time.Duration
	}{
		{"a direct message", "chat.postMessage", "events", messageJSON(``), commands.Reply{Text: "x"},
			[]func(http.ResponseWriter, call){limited}, "chat.postMessage chat.postMessage", 7 * time.Second},
		{"not a third time", "chat.postMessage", "events", messageJSON(``), commands.Reply{Text: "x"},
			[]func(http.ResponseWriter, call){limited, limited}, "chat.postMessage chat.postMessage", 7 * time.Second},
		{"not later than 30 s", "chat.postMessage", "events", messageJSON(``), commands.Reply{Text: "x"},
			[]func(http.ResponseWriter, call){status(429, "3600")}, "chat.postMessage chat.postMessage", 30 * time.Second},
		{"an edit", "chat.update", "commands", commandForm("", "1"), commands.Reply{Text: "x", Update: &commands.Update{At: quota.Place{Channel: "D1", TS: "1"}, Text: "card"}},
			[]func(http.ResponseWriter, call){limited}, "chat.update chat.update", 7 * time.Second},
		{"an edit that fails", "chat.update", "commands", commandForm("", "1"), commands.Reply{Text: "x", Update: &commands.Update{At: quota.Place{Channel: "D1", TS: "1"}, Text: "card"}},
			[]func(http.ResponseWriter, call){down}, "chat.update", 0},
		{"a response_url", "hook", "interactions", pressJSON, commands.Reply{Text: "x"},
			[]func(http.ResponseWriter, call){limited}, "hook hook", 7 * time.Second},
		{"a response_url that fails", "hook", "interactions", pressJSON, commands.Reply{Text: "x"},
			[]func(http.ResponseWriter, call){down}, "hook", 0},
		{"a replacement", "hook", "interactions", pressJSON, commands.Reply{Text: "x", Replace: true},
			[]func(http.ResponseWriter, call){down}, "hook hook", time.Second},
		{"a replacement, not a third time", "hook", "interactions", pressJSON, commands.Reply{Text: "x", Replace: true},
			[]func(http.ResponseWriter, call){down, down}, "hook hook", time.Second},
		{"a replacement, not for two reasons", "hook", "interactions", pressJSON, commands.Reply{Text: "x", Replace: true},
			[]func(http.ResponseWriter, call){limited, down}, "hook hook", 7 * time.Second},
		{"what a deletion is not", "chat.delete", "events", messageJSON(``), commands.Reply{Text: "x", Card: true},
			[]func(http.ResponseWriter, call){limited}, "chat.postMessage chat.delete", 0},
		{"what Home is not", "views.publish", "events", homeJSON, commands.Reply{Home: homeView()},
			[]func(http.ResponseWriter, call){limited}, "views.publish", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.bot.reply = says(tc.reply)
				s.bot.posted = func(quota.Place) (quota.Place, error) { return quota.Place{Channel: "D1", TS: "1"}, nil }
				s.slack.inTurn(tc.method, tc.answers...)
				began := time.Now()
				s.interact(tc.kind, tc.payload)
				if took := time.Since(began); took != min(tc.after, quick) && tc.kind != "commands" {
					t.Errorf("acknowledged after %v", took)
				}
				if err := s.app.hand.wait(t.Context()); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(began); took != tc.after || s.slack.methods() != tc.calls {
					t.Errorf("%s after %v, want %s after %v", s.slack.methods(), took, tc.calls, tc.after)
				}
			})
		})
	}
}

// Draining waits for a second try, but does not let it wait.
func TestSecondTryWhenDraining(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.slack.inTurn("chat.postMessage", status(429, "20"))
		began := time.Now()
		s.interact("events", messageJSON(``))
		if s.slack.methods() != "chat.postMessage" {
			t.Errorf("before: %s", s.slack.methods())
		}
		for range 2 { // draining twice is draining
			if err := s.app.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took != quick || s.slack.methods() != "chat.postMessage chat.postMessage" {
			t.Errorf("%s after %v", s.slack.methods(), took)
		}
	})
}

func TestIsDefinite(t *testing.T) {
	for _, tc := range []struct {
		err  error
		want bool
	}{
		{nil, false},
		{errors.New("EOF"), false},
		{slack.SlackErrorResponse{Err: "channel_not_found"}, true},
		{slack.SlackErrorResponse{Err: "ratelimited"}, true},
		{slack.SlackErrorResponse{Err: "fatal_error"}, false},
		{slack.SlackErrorResponse{Err: "internal_error"}, false},
		{slack.SlackErrorResponse{Err: "request_timeout"}, false},
		{slack.SlackErrorResponse{Err: "service_unavailable"}, false},
		{&slack.RateLimitedError{}, true},
		{slack.StatusCodeError{Code: 404}, true},
		{slack.StatusCodeError{Code: 408}, false},
		{slack.StatusCodeError{Code: 202}, false},
		{slack.StatusCodeError{Code: 502}, false},
		{notDialled{errors.New("refused")}, true},
	} {
		if got := isDefinite(fmt.Errorf("slack x: %w", tc.err)); tc.err != nil && got != tc.want || tc.err == nil && isDefinite(nil) {
			t.Errorf("%v: %v", tc.err, got)
		}
	}
}

// A bad Retry-After is a plain refusal.
func TestOddRetryAfter(t *testing.T) {
	for _, after := range []string{"soon", "1e3", ""} {
		synctest.Test(t, func(t *testing.T) {
			s := newStage(t, nil)
			s.slack.set("hook", status(429, after))
			s.interact("interactions", pressJSON)
			if s.slack.methods() != "hook chat.postMessage" || !strings.Contains(s.log.String(), "status 429") {
				t.Errorf("%q: %s, %s", after, s.slack.methods(), s.log)
			}
		})
	}
}
