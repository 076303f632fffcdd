package slackapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

const homeJSON = `{"type":"event_callback","team_id":"T1","event_id":"Ev2","event":{"type":"app_home_opened","user":"U1","channel":"D1","tab":"home"}}`

const shortcutJSON = `{"type":"shortcut","callback_id":"log","team":{"id":"T1"},"user":{"id":"U1"},"trigger_id":"3"}`

// interact posts a payload to its door: "commands" (a form), "interactions" or "events".
func (s *stage) interact(kind, payload string) *httptest.ResponseRecorder {
	s.t.Helper()
	if kind == "interactions" {
		payload = url.Values{"payload": {payload}}.Encode()
	}
	return s.post("/slack/"+kind, payload, nil)
}

// show writes calls down: the method, and what is sent, without tokens.
func show(calls []call) string {
	var b strings.Builder
	for _, c := range calls {
		fmt.Fprintf(&b, "%s", c.method)
		for _, k := range sortedKeys(c.form) {
			if k != "token" {
				fmt.Fprintf(&b, " %s=%s", k, c.form.Get(k))
			}
		}
		if c.body != nil {
			body, _ := json.Marshal(c.body)
			fmt.Fprintf(&b, " %s", body)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

const (
	sectionX = `[{"text":{"text":"x","type":"mrkdwn"},"type":"section"}]`
	homeBody = `{"user_id":"U1","view":{"blocks":[{"text":{"text":"home","type":"mrkdwn"},"type":"section"}],"type":"home"}}`
	unfurl   = ` unfurl_links=false unfurl_media=false`
)

func TestDelivery(t *testing.T) {
	place := quota.Place{Channel: "D1", TS: "160.1"}
	opened := `views.open {"trigger_id":"%s","view":{"blocks":` + sectionX + `,"title":{"text":"Log","type":"plain_text"},"type":"modal"}}` + "\n"
	withText := commands.Reply{Text: "25 left"}
	for _, tc := range []struct {
		name, kind, payload string
		reply               commands.Reply
		refuse              map[string]string
		ack                 string
		calls               string
	}{
		{"command opens a modal", "commands", commandForm("", "1.1"), commands.Reply{Text: "type it", Modal: modal("Log")}, nil,
			"", fmt.Sprintf(opened, "1.1")},
		{"command with an expired trigger", "commands", commandForm("", "1.1"), commands.Reply{Text: "type it", Modal: modal("Log")},
			map[string]string{"views.open": "expired_trigger_id"},
			`{"response_type":"ephemeral","text":"type it"}`, fmt.Sprintf(opened, "1.1")},
		{"command without a trigger", "commands", commandForm("", ""), commands.Reply{Text: "type it", Modal: modal("Log")}, nil,
			`{"response_type":"ephemeral","text":"type it"}`, ""},
		{"command changes the card and Home", "commands", commandForm("", "1"),
			commands.Reply{Text: "ok", Home: homeView(), Update: &commands.Update{At: place, Text: "card", Blocks: []slack.Block{section("x")}}}, nil,
			`{"response_type":"ephemeral","text":"ok"}`,
			"views.publish " + homeBody + "\nchat.update blocks=" + `[{"type":"section","text":{"type":"mrkdwn","text":"x"}}]` + " channel=D1 text=card ts=160.1\n"},
		{"an update without blocks clears them", "commands", commandForm("", "1"), commands.Reply{Text: "ok", Update: &commands.Update{At: place, Text: "card"}}, nil,
			`{"response_type":"ephemeral","text":"ok"}`, "chat.update blocks=[] channel=D1 text=card ts=160.1\n"},
		{"an update of nothing", "commands", commandForm("", "1"), commands.Reply{Text: "ok", Update: &commands.Update{Text: "card"}}, nil,
			`{"response_type":"ephemeral","text":"ok"}`, ""},

		{"press replaces", "interactions", pressJSON, commands.Reply{Text: "30 left", Replace: true, Card: true, Blocks: []slack.Block{section("x")}}, nil,
			"", `hook {"blocks":` + sectionX + `,"replace_original":true,"text":"30 left"}` + "\n"},
		{"press answers below", "interactions", pressJSON, withText, nil,
			"", `hook {"replace_original":false,"response_type":"ephemeral","text":"25 left"}` + "\n"},
		{"press opens a modal", "interactions", pressJSON, commands.Reply{Text: "type it", Modal: modal("Log")}, nil, "", fmt.Sprintf(opened, "9.9.p")},
		{"press on Home", "interactions", homePressJSON, commands.Reply{Text: "30 left", Home: homeView()}, nil, "", "views.publish " + homeBody + "\n"},
		{"press on Home that cannot be shown", "interactions", homePressJSON, commands.Reply{Text: "30 left", Home: homeView()},
			map[string]string{"views.publish": "not_enabled"}, "", "views.publish " + homeBody + "\nchat.postMessage channel=U1 text=30 left" + unfurl + "\n"},
		{"press on Home, answered in words", "interactions", homePressJSON, withText, nil, "", "chat.postMessage channel=U1 text=25 left" + unfurl + "\n"},
		{"press without a response_url", "interactions", strings.Replace(pressJSON, "http://slack.test/hook/2", "", 1), commands.Reply{Text: "30 left", Replace: true}, nil,
			"", "chat.update blocks=[] channel=D1 text=30 left ts=170.1\n"},
		{"press whose response_url is used up", "interactions", pressJSON, commands.Reply{Text: "30 left", Replace: true}, map[string]string{"hook": ""},
			"", `hook {"replace_original":true,"text":"30 left"}` + "\nchat.update blocks=[] channel=D1 text=30 left ts=170.1\n"},
		{"press on what is gone", "interactions", pressJSON, commands.Reply{Text: "30 left", Replace: true}, map[string]string{"hook": "", "chat.update": "message_not_found"},
			"", `hook {"replace_original":true,"text":"30 left"}` + "\nchat.update blocks=[] channel=D1 text=30 left ts=170.1\nchat.postMessage channel=U1 text=30 left" + unfurl + "\n"},
		{"press with a response_url elsewhere", "interactions", strings.Replace(pressJSON, "slack.test/hook/2", "metadata.internal/x", 1), withText, nil,
			"", "chat.postMessage channel=U1 text=25 left" + unfurl + "\n"},
		{"press in a modal", "interactions", `{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1"},"trigger_id":"1","view":{"id":"V3","type":"modal"},"actions":[{"action_id":"a"}]}`,
			commands.Reply{Text: "x", Modal: modal("Log")}, nil, "",
			`views.update {"view":{"blocks":` + sectionX + `,"title":{"text":"Log","type":"plain_text"},"type":"modal"},"view_id":"V3"}` + "\n"},

		{"form with errors", "interactions", submitJSON, commands.Reply{Text: "x", Errors: map[string]string{"count": "at least 1"}}, nil,
			`{"response_action":"errors","errors":{"count":"at least 1"}}`, ""},
		{"form goes on", "interactions", submitJSON, commands.Reply{Text: "x", Modal: modal("Next")}, nil,
			`{"response_action":"update","view":{"type":"modal","title":{"type":"plain_text","text":"Next"},"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"x"}}]}}`, ""},
		{"form closes", "interactions", submitJSON, commands.Reply{}, nil, `{"response_action":"clear"}`, ""},
		{"form closes with words", "interactions", submitJSON, commands.Reply{Text: "saved", Home: homeView()}, nil,
			`{"response_action":"clear"}`, "chat.postMessage channel=U1 text=saved" + unfurl + "\nviews.publish " + homeBody + "\n"},

		{"shortcut", "interactions", shortcutJSON, commands.Reply{Text: "x", Modal: modal("Log")}, nil, "", fmt.Sprintf(opened, "3")},
		{"shortcut that fails", "interactions", shortcutJSON, commands.Reply{Text: "type it", Modal: modal("Log")}, map[string]string{"views.open": "exchanged_trigger_id"},
			"", fmt.Sprintf(opened, "3") + "chat.postMessage channel=U1 text=type it" + unfurl + "\n"},

		{"message", "events", messageJSON(``), commands.Reply{Text: "25 left", Modal: modal("Log")}, nil, "", "chat.postMessage channel=D1 text=25 left" + unfurl + "\n"},
		{"message with a card", "events", messageJSON(``), commands.Reply{Text: "card", Card: true, Home: homeView()}, nil,
			"", "chat.postMessage channel=D1 text=card" + unfurl + "\nchat.delete channel=D1 ts=150.1\nviews.publish " + homeBody + "\n"},
		{"message in a thread", "events", messageJSON(`,"thread_ts":"140.1"`), commands.Reply{Text: "card", Card: true}, nil,
			"", "chat.postMessage channel=D1 text=card thread_ts=140.1" + unfurl + "\n"},
		{"message that cannot be posted", "events", messageJSON(``), commands.Reply{Text: "card", Card: true},
			map[string]string{"chat.postMessage": "channel_not_found"}, "", "chat.postMessage channel=D1 text=card" + unfurl + "\n"},

		{"home", "events", homeJSON, commands.Reply{Text: "x", Home: homeView()}, nil, "", "views.publish " + homeBody + "\n"},
		{"home in words", "events", homeJSON, commands.Reply{Text: "home"}, nil, "", "views.publish " + homeBody + "\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.bot.reply = says(tc.reply)
				s.bot.posted = func(quota.Place) (quota.Place, error) { return quota.Place{Channel: "D1", TS: "150.1"}, nil }
				for method, code := range tc.refuse {
					if method == "hook" {
						s.slack.set(method, func(w http.ResponseWriter, _ call) { http.Error(w, "used_url", http.StatusNotFound) })
					} else {
						s.slack.set(method, refuse(code))
					}
				}
				w := s.interact(tc.kind, tc.payload)
				if w.Code != 200 || w.Body.String() != tc.ack {
					t.Errorf("acknowledged with %d %s\nwant %s", w.Code, w.Body, tc.ack)
				}
				if err := s.app.Drain(t.Context()); err != nil {
					t.Fatal(err)
				}
				if got := show(s.slack.got()); got != tc.calls {
					t.Errorf("calls\n%swant\n%s", got, tc.calls)
				}
			})
		})
	}
}

// What a quick press caused has been done when it is acknowledged; a slow one is acknowledged at 2.2 s.
func TestPressBeforeAck(t *testing.T) {
	for by, want := range map[time.Duration]time.Duration{time.Second: time.Second, 5 * time.Second: quick} {
		synctest.Test(t, func(t *testing.T) {
			s := newStage(t, nil)
			s.bot.reply = says(commands.Reply{Text: "30 left", Replace: true, Update: &commands.Update{At: quota.Place{Channel: "D", TS: "1"}, Text: "x"}})
			s.slack.slow("hook", by)
			s.slack.slow("chat.update", time.Second)
			began := time.Now()
			s.interact("interactions", pressJSON)
			if took := time.Since(began); took != want {
				t.Errorf("acknowledged after %v, want %v", took, want)
			}
			if n := len(s.slack.got()); (n == 1) != (by < quick) {
				t.Errorf("%d effects at the acknowledgement", n)
			}
			if err := s.app.Drain(t.Context()); err != nil || s.slack.methods() != "hook chat.update" {
				t.Errorf("after draining: %s, %v", s.slack.methods(), err)
			}
		})
	}
}

// A form that is answered late has closed: its answer goes to the direct message.
func TestLateForm(t *testing.T) {
	for _, tc := range []struct {
		name  string
		reply commands.Reply
		calls string
	}{
		{"saved", commands.Reply{Text: "saved"}, "chat.postMessage channel=U1 text=saved" + unfurl + "\n"},
		{"errors", commands.Reply{Errors: map[string]string{"b": "second", "a": "first"}}, "chat.postMessage channel=U1 text=first\nsecond" + unfurl + "\n"},
		{"silent", commands.Reply{}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.bot.reply = func(context.Context, commands.Request) commands.Reply {
					time.Sleep(4 * time.Second)
					return tc.reply
				}
				if w := s.interact("interactions", submitJSON); w.Body.Len() != 0 {
					t.Errorf("acknowledged with %s", w.Body)
				}
				if err := s.app.Drain(t.Context()); err != nil {
					t.Fatal(err)
				}
				if got := show(s.slack.got()); got != tc.calls {
					t.Errorf("calls\n%swant\n%s", got, tc.calls)
				}
			})
		})
	}
}

// An answer that is ready while its effects are still on the way is what the deadline acknowledges.
func TestFormWithSlowWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.bot.reply = says(commands.Reply{Text: "saved"})
		s.slack.slow("chat.postMessage", 5*time.Second)
		began := time.Now()
		w := s.interact("interactions", submitJSON)
		if w.Body.String() != `{"response_action":"clear"}` || time.Since(began) != quick {
			t.Errorf("acknowledged with %s after %v", w.Body, time.Since(began))
		}
	})
}

func TestCard(t *testing.T) {
	old := quota.Place{Channel: "D1", TS: "160.1"}
	for _, tc := range []struct {
		name   string
		posted func(*stage, quota.Place) (quota.Place, error)
		calls  string
	}{
		{"handed over after the post and before the deletion", func(s *stage, at quota.Place) (quota.Place, error) {
			if got := s.slack.methods(); got != "chat.postMessage" || at.Channel != "D1" || at.TS == "" {
				s.t.Errorf("CardPosted(%v) after %q", at, got)
			}
			return old, nil
		}, "chat.postMessage chat.delete"},
		{"the first one supersedes none", func(*stage, quota.Place) (quota.Place, error) { return quota.Place{}, nil }, "chat.postMessage"},
		{"none supersedes itself", func(_ *stage, at quota.Place) (quota.Place, error) { return at, nil }, "chat.postMessage"},
		{"the old one stays when the new place is lost", func(*stage, quota.Place) (quota.Place, error) { return old, errors.New("not done") }, "chat.postMessage"},
		{"a panic harms nobody", func(*stage, quota.Place) (quota.Place, error) { panic("x") }, "chat.postMessage"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.bot.reply = says(commands.Reply{Text: "card", Card: true})
				s.bot.posted = func(at quota.Place) (quota.Place, error) { return tc.posted(s, at) }
				began := time.Now()
				if w := s.interact("events", messageJSON(``)); w.Code != 200 || time.Since(began) != 0 {
					t.Errorf("status %d after %v", w.Code, time.Since(began))
				}
				if s.slack.methods() != tc.calls {
					t.Errorf("calls %q, want %q", s.slack.methods(), tc.calls)
				}
			})
		})
	}
}

// A card that is gone is not worth a word; another failure is, without what was typed.
func TestFailuresAreLogged(t *testing.T) {
	for code, logged := range map[string]bool{"message_not_found": false, "cant_update_message": true} {
		synctest.Test(t, func(t *testing.T) {
			s := newStage(t, nil)
			s.slack.set("chat.update", refuse(code))
			s.bot.reply = says(commands.Reply{Text: "ok", Update: &commands.Update{At: quota.Place{Channel: "D", TS: "1"}, Text: typed}})
			s.interact("commands", commandForm(typed, "1"))
			if err := s.app.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(s.log.String(), "level=WARN"); got != logged {
				t.Errorf("%s: logged %v, want %v: %s", code, got, logged, s.log)
			}
		})
	}
}

// Nothing is sent twice, whatever goes wrong with it; again_test.go has the exceptions.
func TestNoSecondTry(t *testing.T) {
	hangUp := func(w http.ResponseWriter, _ call) {
		if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
			_ = conn.Close()
		}
	}
	for name, answer := range map[string]func(http.ResponseWriter, call){
		"hang up":            hangUp,
		"429 without a time": func(w http.ResponseWriter, _ call) { w.WriteHeader(429) },
		"500":                func(w http.ResponseWriter, _ call) { w.WriteHeader(500) },
		"fatal":              refuse("fatal_error"),
		"redirect":           func(w http.ResponseWriter, _ call) { w.Header().Set("Location", "/hook/other"); w.WriteHeader(307) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.interact("events", messageJSON(``)) // leaves an idle connection
				s.slack.set("chat.postMessage", answer)
				s.interact("events", messageAt("171.1"))
				if n := s.slack.count("chat.postMessage"); n != 2 {
					t.Errorf("%d posts, want 2", n)
				}
				s.slack.set("hook", answer)
				s.interact("interactions", pressJSON)
				if n := s.slack.count("hook"); n != 1 {
					t.Errorf("%d posts to the response_url, want 1", n)
				}
			})
		})
	}
}

func TestMayRespond(t *testing.T) {
	for _, tc := range []struct {
		api, address string
		want         bool
	}{
		{slack.APIURL, "https://hooks.slack.com/commands/T1/2/x", true},
		{slack.APIURL, "https://hooks.slack-gov.com/commands/T1/2/x", true},
		{slack.APIURL, "http://hooks.slack.com/commands/T1/2/x", false},
		{slack.APIURL, "https://hooks.slack.com.evil.example/x", false},
		{slack.APIURL, "https://evilslack.com/x", false},
		{slack.APIURL, "https://hooks.slack.com@evil.example/x", false},
		{slack.APIURL, "https://user:pass@hooks.slack.com/x", false},
		{slack.APIURL, "http://127.0.0.1:80/x", false},
		{slack.APIURL, "https://169.254.169.254/x", false},
		{slack.APIURL, "file:///etc/passwd", false},
		{slack.APIURL, "", false},
		{"http://127.0.0.1:8065/api/", "http://127.0.0.1:8065/hooks/1", true},
		{"http://127.0.0.1:8065/api/", "http://127.0.0.1:8066/hooks/1", false},
		{"http://127.0.0.1:8065/api/", "http://localhost:8065/hooks/1", false},
		{"http://127.0.0.1:8065/api/", "https://chat.example.com/hooks/1", true},
		{"https://chat.example.com/api/", "http://chat.example.com/hooks/1", false},
		{"http://127.0.0.1:8065/api/", "//127.0.0.1:8065/hooks/1", false},
	} {
		base, err := url.Parse(tc.api)
		if err != nil {
			t.Fatal(err)
		}
		if got := (&web{base: base}).mayRespond(tc.address); got != tc.want {
			t.Errorf("%s with %s: %v", tc.address, tc.api, got)
		}
	}
}
