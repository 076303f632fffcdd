package slackapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paceline/paceline/internal/commands"
)

// socketStage is a stage whose App runs by Socket Mode. stop ends Run and returns what it returned.
func socketStage(t *testing.T, change func(*Config)) (s *stage, stop func() error) {
	t.Helper()
	s = newStage(t, func(c *Config) {
		c.SigningSecret, c.AppToken = "", appToken
		if change != nil {
			change(c)
		}
	})
	return s, s.run()
}

// run lets the App run, and returns what ends that and gives what Run returned.
func (s *stage) run() (stop func() error) {
	ctx, cancel := context.WithCancel(s.t.Context())
	ran := make(chan error, 1)
	go func() { ran <- s.app.Run(ctx) }()
	ended := false
	stop = func() error {
		cancel()
		if ended {
			return nil
		}
		ended = true
		return <-ran
	}
	s.t.Cleanup(func() { _ = stop() })
	return stop
}

func commandJSON(text, trigger string) map[string]any {
	return map[string]any{"team_id": "T1", "channel_id": "C1", "user_id": "U1", "command": "/sent", "text": text,
		"response_url": "http://slack.test/hook/1", "trigger_id": trigger, "is_enterprise_install": "false"}
}

func TestSocketMode(t *testing.T) {
	long := strings.Repeat("<", 4000) // JSON writes each in six bytes
	for _, tc := range []struct {
		name    string
		kind    string
		accepts bool
		payload any
		reply   commands.Reply
		ack     string
		calls   string
	}{
		{"command", "slash_commands", true, commandJSON(typed, "1"), commands.Reply{Text: "25 left"}, `{"response_type":"ephemeral","text":"25 left"}`, ""},
		{"command whose answer the envelope does not take", "slash_commands", false, commandJSON(typed, "1"), commands.Reply{Text: "25 left"}, ``,
			`hook {"response_type":"ephemeral","text":"25 left"}` + "\n"},
		{"command with a long answer", "slash_commands", true, commandJSON(typed, "1"), commands.Reply{Text: long}, ``, "hook"},
		{"press", "interactive", true, json.RawMessage(pressJSON), commands.Reply{Text: "30 left", Replace: true}, ``, `hook {"replace_original":true,"text":"30 left"}` + "\n"},
		{"form", "interactive", true, json.RawMessage(submitJSON), commands.Reply{Errors: map[string]string{"count": "no"}}, `{"response_action":"errors","errors":{"count":"no"}}`, ""},
		{"form with long errors", "interactive", true, json.RawMessage(submitJSON), commands.Reply{Errors: map[string]string{"count": long}}, ``, "chat.postMessage"},
		{"message", "events_api", false, json.RawMessage(messageJSON(``)), commands.Reply{Text: "25 left"}, ``, "chat.postMessage channel=D1 text=25 left" + unfurl + "\n"},
		{"home", "events_api", false, json.RawMessage(homeJSON), commands.Reply{Home: homeView()}, ``, "views.publish " + homeBody + "\n"},
		{"unknown event", "events_api", false, json.RawMessage(`{"type":"event_callback","team_id":"T1","event":{"type":"no_such_thing"}}`), commands.Reply{Text: "x"}, ``, ""},
		{"rubbish", "interactive", true, json.RawMessage(`"rubbish"`), commands.Reply{Text: "x"}, ``, ""},
		{"press that slack-go cannot read", "interactive", true, json.RawMessage(strings.Replace(pressJSON, `"message":{`, `"message":{"reply_count":"many",`, 1)),
			commands.Reply{Text: "30 left", Replace: true}, ``, `hook {"replace_original":true,"text":"30 left"}` + "\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, stop := socketStage(t, nil)
				s.bot.reply = says(tc.reply)
				link := <-s.slack.links
				link.send(t, tc.kind, "env-1", tc.accepts, tc.payload)
				synctest.Wait()
				ack, ok := link.ack("env-1")
				if !ok || string(ack.payload) != tc.ack || ack.times != 1 {
					t.Errorf("acknowledged %v %d times with %s, want %s", ok, ack.times, ack.payload, tc.ack)
				}
				if got := show(s.slack.got()); got != tc.calls && (len(tc.calls) > 20 || s.slack.methods() != tc.calls) {
					t.Errorf("calls\n%swant\n%s", got, tc.calls)
				}
				if err := stop(); err != nil {
					t.Errorf("Run returned %v", err)
				}
			})
		})
	}
}

func TestSocketLateAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := socketStage(t, nil)
		s.bot.reply = func(context.Context, commands.Request) commands.Reply {
			time.Sleep(5 * time.Second)
			return commands.Reply{Text: "25 left"}
		}
		link := <-s.slack.links
		began := time.Now()
		link.send(t, "slash_commands", "env-1", true, commandJSON("", "1"))
		time.Sleep(10 * time.Second)
		ack, ok := link.ack("env-1")
		if took := ack.at.Sub(began); !ok || took != quick || len(ack.payload) != 0 {
			t.Errorf("acknowledged %v after %v with %s", ok, took, ack.payload)
		}
		if s.slack.methods() != "hook" {
			t.Errorf("calls %s", s.slack.methods())
		}
	})
}

// A command without a trigger is named by its envelope; one with is not.
func TestSocketKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := socketStage(t, nil)
		link := <-s.slack.links
		link.send(t, "slash_commands", "env-1", true, commandJSON("", ""))
		synctest.Wait()
		link.send(t, "slash_commands", "env-2", true, commandJSON("", "7.7"))
		synctest.Wait()
		seen := s.bot.seen()
		if len(seen) != 2 || seen[0].ID != "c/U1//sent/env-1" || seen[1].ID != "c/U1//sent/7.7" {
			t.Errorf("got %+v", seen)
		}
	})
}

// What is in hand when Run is told to stop is acknowledged over the connection, what comes later too late
// for that is waited for by Drain.
func TestSocketStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, stop := socketStage(t, nil)
		s.bot.reply = func(_ context.Context, r commands.Request) commands.Reply {
			wait, _ := time.ParseDuration(r.Text)
			time.Sleep(wait)
			return commands.Reply{Text: "done"}
		}
		link := <-s.slack.links
		link.send(t, "slash_commands", "quick", true, commandJSON("1s", "1"))
		link.send(t, "slash_commands", "late", true, commandJSON("6s", "2"))
		synctest.Wait()
		began := time.Now()
		if err := stop(); err != nil {
			t.Errorf("Run returned %v", err)
		}
		if took := time.Since(began); took != quick+farewell {
			t.Errorf("Run ended after %v", took)
		}
		synctest.Wait()
		if ack, ok := link.ack("quick"); !ok || !strings.Contains(string(ack.payload), "done") {
			t.Errorf("the quick one was acknowledged %v with %s", ok, ack.payload)
		}
		if ack, ok := link.ack("late"); !ok || len(ack.payload) != 0 {
			t.Errorf("the late one was acknowledged %v with %s", ok, ack.payload)
		}
		<-link.gone
		if s.slack.methods() != "" {
			t.Errorf("calls %s", s.slack.methods())
		}
		if err := s.app.Drain(t.Context()); err != nil || s.slack.methods() != "hook" || time.Since(began) != 6*time.Second {
			t.Errorf("drained after %v with %s: %v", time.Since(began), s.slack.methods(), err)
		}
		if s.app.Ready() == nil {
			t.Error("ready without a connection")
		}
	})
}

func TestSocketReconnects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := socketStage(t, nil)
		link := <-s.slack.links
		synctest.Wait()
		if err := s.app.Ready(); err != nil {
			t.Errorf("connected: %v", err)
		}
		s.slack.set("apps.connections.open", func(w http.ResponseWriter, _ call) { w.WriteHeader(503) })
		_ = link.conn.WriteJSON(map[string]any{"type": "disconnect", "reason": "refresh_requested"})
		<-link.gone
		time.Sleep(time.Second)
		if err := s.app.Ready(); err == nil || !strings.Contains(err.Error(), "cannot reach Slack") {
			t.Errorf("while Slack is down: %v", err)
		}
		s.slack.set("apps.connections.open", nil)
		link = <-s.slack.links
		synctest.Wait()
		if err := s.app.Ready(); err != nil {
			t.Errorf("connected again: %v", err)
		}
		link.send(t, "slash_commands", "env-1", true, commandJSON("", "1"))
		synctest.Wait()
		if _, ok := link.ack("env-1"); !ok {
			t.Error("nobody answers on the new connection")
		}
		s.slack.slow("apps.connections.open", time.Minute)
		_ = link.conn.Close()
		synctest.Wait()
		if err := s.app.Ready(); !errors.Is(err, errNotYet) {
			t.Errorf("with the trouble of before: %v", err)
		}
	})
}

// The bot is ready while one of its connections stands.
func TestTwoConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, stop := socketStage(t, func(c *Config) { c.Connections = 0 })
		synctest.Wait()
		if n := len(s.slack.links); n != 2 {
			t.Fatalf("%d connections", n)
		}
		one, two := <-s.slack.links, <-s.slack.links
		s.slack.set("apps.connections.open", refuse("internal_error"))
		_ = one.conn.Close()
		time.Sleep(time.Second)
		if err := s.app.Ready(); err != nil {
			t.Errorf("one of two stands: %v", err)
		}
		two.send(t, "slash_commands", "env-1", true, commandJSON("", "1"))
		synctest.Wait()
		if _, ok := two.ack("env-1"); !ok {
			t.Error("the other one does not answer")
		}
		_ = two.conn.Close()
		time.Sleep(time.Second)
		if err := s.app.Ready(); err == nil || !strings.Contains(err.Error(), "internal_error") {
			t.Errorf("none stands: %v", err)
		}
		if err := stop(); err != nil {
			t.Errorf("Run returned %v", err)
		}
	})
}

func TestTokenRefused(t *testing.T) {
	for code, want := range map[string]string{
		"invalid_auth":           "(invalid_auth): create a new one with connections:write",
		"account_inactive":       "install it again",
		"not_authed":             "create one with connections:write",
		"token_revoked":          "create a new one",
		"missing_scope":          "(missing_scope): create a new one with connections:write",
		"not_allowed_token_type": "begins with xapp-",
	} {
		t.Run(code, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, func(c *Config) { c.AppToken, c.Connections = "xapp-bad", 2 })
				s.slack.set("apps.connections.open", refuse(code))
				err := s.app.Run(t.Context())
				if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "xapp-bad") {
					t.Errorf("Run returned %v", err)
				}
				if ready := s.app.Ready(); ready == nil || !strings.Contains(ready.Error(), want) {
					t.Errorf("Ready says %v", ready)
				}
				s.log.all.Reset() // "begins with xapp-" is no secret
			})
		})
	}
}

// Slack's own troubles, and switches that somebody can turn, do not end Run.
func TestTroubleThatPasses(t *testing.T) {
	for name, answer := range map[string]func(http.ResponseWriter, call){
		"switched off": refuse("socket_mode_disabled"),
		"limited": func(w http.ResponseWriter, _ call) {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(429)
		},
		"broken": func(w http.ResponseWriter, _ call) { w.WriteHeader(500) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, func(c *Config) { c.AppToken = appToken })
				s.slack.set("apps.connections.open", answer)
				if err := s.app.Ready(); !errors.Is(err, errNotYet) {
					t.Errorf("before: %v", err)
				}
				stop := s.run()
				time.Sleep(time.Minute)
				if err := s.app.Ready(); err == nil || errors.Is(err, errNotYet) {
					t.Errorf("Ready says %v", err)
				}
				s.slack.set("apps.connections.open", nil)
				<-s.slack.links
				synctest.Wait()
				if err := s.app.Ready(); err != nil {
					t.Errorf("when it has passed: %v", err)
				}
				if err := stop(); err != nil {
					t.Errorf("Run returned %v", err)
				}
			})
		})
	}
}

func TestRunWithoutSocketMode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := s.app.Run(ctx); err != nil || ctx.Err() == nil {
			t.Errorf("Run returned %v before its time", err)
		}
	})
}

// No more than maxInHand are worked on at once, and all of them are answered.
func TestSocketBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := socketStage(t, nil)
		var now, most atomic.Int64
		s.bot.reply = func(context.Context, commands.Request) commands.Reply {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			time.Sleep(time.Second)
			now.Add(-1)
			return commands.Reply{Text: "ok"}
		}
		link := <-s.slack.links
		const n = maxInHand + 100
		go func() {
			for i := range n {
				link.send(t, "slash_commands", fmt.Sprint("env-", i), true, commandJSON("", fmt.Sprint(i)))
			}
		}()
		time.Sleep(5 * time.Second)
		if most.Load() != 256 {
			t.Errorf("%d at once, want %d", most.Load(), maxInHand)
		}
		for i := range n {
			if ack, ok := link.ack(fmt.Sprint("env-", i)); !ok || len(ack.payload) == 0 {
				t.Errorf("envelope %d: %v %s", i, ok, ack.payload)
			}
		}
	})
}
