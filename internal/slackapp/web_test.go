package slackapp

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

// What the operator reads about a refusal names the fix or the place, and quotes nothing.
func TestRefusals(t *testing.T) {
	for name, tc := range map[string]struct {
		answer map[string]any
		want   string
	}{
		"scope": {map[string]any{"ok": false, "error": "missing_scope", "needed": "chat:write", "provided": "commands"},
			"slack chat.postMessage: missing_scope: the bot token needs the scope chat:write; add it and install the app again"},
		"blocks": {map[string]any{"ok": false, "error": "invalid_blocks", "response_metadata": map[string]any{"messages": []string{"[ERROR] must be shorter: " + typed + " [json-pointer:/blocks/2/text]"}}},
			"slack chat.postMessage: invalid_blocks: [json-pointer:/blocks/2/text]"},
		"no word":    {map[string]any{"ok": false}, "slack chat.postMessage: no ts in the answer"},
		"dead token": {map[string]any{"ok": false, "error": "token_revoked"}, "slack chat.postMessage: token_revoked"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.slack.set("chat.postMessage", func(w http.ResponseWriter, _ call) { _ = json.NewEncoder(w).Encode(tc.answer) })
				_, err := s.app.web.post(t.Context(), quota.Place{Channel: "D1"}, typed, nil)
				if err == nil || err.Error() != tc.want {
					t.Errorf("got %v", err)
				}
				if ready := s.app.Ready(); (ready != nil) != (name == "dead token") {
					t.Errorf("Ready says %v", ready)
				}
			})
		})
	}
}

// An address that cannot be reached is not spelled out: a response_url is a key.
func TestErrorsHideAddresses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		_ = s.slack.Close()
		err := s.app.web.respond(t.Context(), "http://slack.test/hook/secret", webhook{Text: typed})
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("got %v", err)
		}
	})
}

// A call is bounded in time even when Slack takes it and says nothing more.
func TestSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.slack.set("chat.postMessage", func(w http.ResponseWriter, _ call) {
			_, _ = io.WriteString(w, `{"ok":`)
			_ = http.NewResponseController(w).Flush()
			time.Sleep(time.Minute)
		})
		s.slack.slow("hook", time.Minute)
		for name, call := range map[string]func() error{
			"no answer":      func() error { return s.app.web.respond(t.Context(), "http://slack.test/hook/1", webhook{Text: "x"}) },
			"half an answer": func() error { _, err := s.app.web.post(t.Context(), quota.Place{Channel: "D1"}, "x", nil); return err },
		} {
			began := time.Now()
			if err := call(); err == nil || time.Since(began) > 12*time.Second {
				t.Errorf("%s: %v after %v", name, err, time.Since(began))
			}
		}
		time.Sleep(time.Minute)
	})
}

// The bot's own end of a workspace is news for Ready, whichever event comes.
func TestUninstalled(t *testing.T) {
	for _, event := range []string{`{"type":"app_uninstalled"}`, `{"type":"tokens_revoked","tokens":{"bot":["UBOT"]}}`} {
		synctest.Test(t, func(t *testing.T) {
			s := newStage(t, nil)
			w := s.interact("events", `{"type":"event_callback","team_id":"T1","event_id":"E","event":`+event+`}`)
			if err := s.app.Ready(); w.Code != 200 || !errors.Is(err, errUninstalled) {
				t.Errorf("status %d, Ready says %v", w.Code, err)
			}
		})
	}
}

// Without a dial function of its own the bot speaks over the kernel's sockets.
func TestOverTheNetwork(t *testing.T) {
	got := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hook" {
			body, _ := io.ReadAll(r.Body)
			got <- string(body)
			return
		}
		_, _ = io.WriteString(w, `{"ok":true,"user":{"id":"U1","team_id":"T1","name":"ana"}}`)
	}))
	defer server.Close()
	bot := &fakeBot{reply: says(commands.Reply{Text: "30 left", Replace: true})}
	app, err := New(Config{BotToken: botToken, SigningSecret: testSecret, APIURL: server.URL, Answer: bot, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	door := httptest.NewServer(app.Handler())
	defer door.Close()
	body := url.Values{"payload": {strings.Replace(pressJSON, "http://slack.test", server.URL, 1)}}.Encode()
	body = strings.Replace(body, "%2Fhook%2F2", "%2Fhook", 1)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, door.URL+"/slack/interactions", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = sign(testSecret, time.Now(), body)
	r.Header.Set("Content-Type", formType)
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if hook := <-got; resp.StatusCode != 200 || hook != `{"replace_original":true,"text":"30 left"}` {
		t.Errorf("status %d, posted %s", resp.StatusCode, hook)
	}
	if p := bot.seen()[0].Profile; p.Name != "ana" {
		t.Errorf("the bot saw %+v", p)
	}
	if err := app.Drain(t.Context()); err != nil {
		t.Error(err)
	}
}
