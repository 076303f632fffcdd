package slackapp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func sign(secret string, at time.Time, body string) http.Header {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, "v0:"+stamp+":"+body)
	h := make(http.Header)
	h.Set("X-Slack-Request-Timestamp", stamp)
	h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return h
}

// commandForm is a slash command as Slack posts it.
func commandForm(text, trigger string) string {
	return url.Values{
		"token": {"gone"}, "team_id": {"T1"}, "team_domain": {"acme"}, "channel_id": {"C1"}, "channel_name": {"outreach"},
		"user_id": {"U1"}, "user_name": {"ana"}, "command": {"/sent"}, "text": {text}, "api_app_id": {"A1"},
		"is_enterprise_install": {"false"}, "response_url": {"http://slack.test/hook/1"}, "trigger_id": {trigger},
	}.Encode()
}

// post sends a signed request through the door. change may spoil it.
func (s *stage) post(path, body string, change func(*http.Request)) *httptest.ResponseRecorder {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header = sign(testSecret, time.Now(), body)
	r.Header.Set("Content-Type", formType)
	if strings.HasSuffix(path, "events") {
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	s.app.Handler().ServeHTTP(w, r)
	return w
}

func TestDoor(t *testing.T) {
	good := commandForm(typed, "1.2.abc")
	press := url.Values{"payload": {pressJSON}}.Encode()
	for _, tc := range []struct {
		name, path, body string
		change           func(*http.Request)
		status           int
		answered         int
	}{
		{"good", "/slack/commands", good, nil, 200, 1},
		{"good press", "/slack/interactions", press, nil, 200, 1},
		{"get", "/slack/commands", good, func(r *http.Request) { r.Method = http.MethodGet }, 405, 0},
		{"put", "/slack/events", good, func(r *http.Request) { r.Method = http.MethodPut }, 405, 0},
		{"elsewhere", "/slack/other", good, nil, 404, 0},
		{"unsigned", "/slack/commands", good, func(r *http.Request) { r.Header.Del("X-Slack-Signature") }, 401, 0},
		{"no time", "/slack/commands", good, func(r *http.Request) { r.Header.Del("X-Slack-Request-Timestamp") }, 401, 0},
		{"forged", "/slack/commands", good, func(r *http.Request) {
			r.Header["X-Slack-Signature"] = sign("another secret", time.Now(), good)["X-Slack-Signature"]
		}, 401, 0},
		{"body changed", "/slack/commands", good, func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(good + "1")) }, 401, 0},
		{"time changed", "/slack/commands", good, func(r *http.Request) {
			r.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(time.Now().Unix()+1, 10))
		}, 401, 0},
		{"two signatures", "/slack/commands", good, func(r *http.Request) {
			r.Header.Add("X-Slack-Signature", "v0="+strings.Repeat("0", 64))
		}, 401, 0},
		{"stale", "/slack/commands", good, resigned(good, -301*time.Second), 401, 0},
		{"from the future", "/slack/commands", good, resigned(good, 301*time.Second), 401, 0},
		{"just young enough", "/slack/commands", good, resigned(good, -300*time.Second), 200, 1},
		{"forged rubbish is not parsed", "/slack/commands", "%zz", func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0=00") }, 401, 0},
		{"rubbish", "/slack/commands", "%zz=%zz", nil, 400, 0},
		{"bad escape", "/slack/commands", "team_id=%zz", nil, 400, 0},
		{"nobody", "/slack/commands", "team_id=T1&command=%2Fsent", nil, 400, 0},
		{"a parameter twice", "/slack/commands", good + "&user_id=U2", nil, 400, 0},
		{"a parameter twice, disguised", "/slack/commands", good + "&user%5Fid=U2", nil, 400, 0},
		{"in the query string only", "/slack/commands?" + good, "", nil, 400, 0},
		{"payload in the query string", "/slack/interactions?" + press, "a=b", nil, 400, 0},
		{"payload twice", "/slack/interactions", press + "&" + press, nil, 400, 0},
		{"payload of rubbish", "/slack/interactions", "payload=%7B", nil, 400, 0},
		{"json as a form", "/slack/commands", good, func(r *http.Request) { r.Header.Set("Content-Type", jsonType) }, 400, 0},
		{"form as json", "/slack/events", `{"type":"x"}`, func(r *http.Request) { r.Header.Set("Content-Type", formType) }, 400, 0},
		{"no type", "/slack/commands", good, func(r *http.Request) { r.Header.Del("Content-Type") }, 400, 0},
		{"longest", "/slack/commands", good + "&x=" + strings.Repeat("x", maxBody-len(good)-3), nil, 200, 1},
		{"too long", "/slack/commands", good + "&x=" + strings.Repeat("x", maxBody-len(good)-2), nil, 413, 0},
		{"too long, unannounced", "/slack/commands", strings.Repeat("x", maxBody+1), func(r *http.Request) { r.ContentLength = -1 }, 413, 0},
		{"ssl check", "/slack/commands?ssl_check=1", "", func(r *http.Request) { r.Method = http.MethodGet; r.Header = http.Header{} }, 200, 0},
		{"ssl check by post", "/slack/commands", "ssl_check=1&token=x", func(r *http.Request) { r.Header = http.Header{} }, 200, 0},
		{"signed ssl check", "/slack/commands", "ssl_check=1&token=x", nil, 200, 0},
		{"forged ssl check", "/slack/commands", good + "&ssl_check=1", func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0=00") }, 401, 0},
		{"unsigned ssl check does nothing", "/slack/commands", good + "&ssl_check=1", func(r *http.Request) { r.Header = http.Header{} }, 200, 0},
		{"unknown delivery", "/slack/events", `{"type":"app_rate_limited"}`, nil, 200, 0},
		{"unknown event", "/slack/events", `{"type":"event_callback","team_id":"T1","event_id":"E","event":{"type":"channel_rename","channel":{"id":"C"}}}`, nil, 200, 0},
		{"event of rubbish", "/slack/events", `{"type":"event_callback","team_id":"T1","event":[1]}`, nil, 200, 0},
		{"event without an event", "/slack/events", `{"type":"event_callback","team_id":"T1"}`, nil, 200, 0},
		{"not an event", "/slack/events", `[]`, nil, 400, 0},
		{"message", "/slack/events", messageJSON(``), nil, 200, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				w := s.post(tc.path, tc.body, tc.change)
				if w.Code != tc.status {
					t.Errorf("status %d, want %d: %s", w.Code, tc.status, w.Body)
				}
				if n := len(s.bot.seen()); n != tc.answered {
					t.Errorf("%d requests reached the bot, want %d", n, tc.answered)
				}
				if w.Code == 405 && w.Header().Get("Allow") != "POST" {
					t.Error("no Allow header")
				}
				if w.Code == 200 && tc.answered == 0 && w.Body.Len() > 0 {
					t.Errorf("an answer to nothing: %s", w.Body)
				}
			})
		})
	}
}

func resigned(body string, by time.Duration) func(*http.Request) {
	return func(r *http.Request) {
		for k, v := range sign(testSecret, time.Now().Add(by), body) {
			r.Header[k] = v
		}
	}
}

// The age of a signature is judged by the door's clock, not by the machine's.
func TestSignatureFollowsTheDoor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shifted := func() time.Time { return time.Now().Add(-240 * time.Hour) }
		s := newStage(t, func(c *Config) { c.Now = shifted })
		body := commandForm("", "1")
		if w := s.post("/slack/commands", body, nil); w.Code != 401 {
			t.Errorf("status %d for the machine's time, want 401", w.Code)
		}
		if w := s.post("/slack/commands", body, resigned(body, -240*time.Hour)); w.Code != 200 {
			t.Errorf("status %d for the door's time, want 200", w.Code)
		}
		if at := s.bot.seen()[0].At; !at.Equal(shifted()) {
			t.Errorf("At is %v, want the door's %v", at, shifted())
		}
	})
}

func TestChallenge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		w := s.post("/slack/events", `{"type":"url_verification","challenge":"a\"b"}`, nil)
		if w.Code != 200 || w.Body.String() != `{"challenge":"a\"b"}` || w.Header().Get("Content-Type") != jsonType {
			t.Errorf("got %d %s %q", w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		w = s.post("/slack/events", `{"type":"url_verification","challenge":"x"}`, func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0=00") })
		if w.Code != 401 {
			t.Errorf("an unsigned challenge was answered with %d", w.Code)
		}
	})
}

func TestNewRefuses(t *testing.T) {
	good := Config{BotToken: botToken, SigningSecret: testSecret, Answer: &fakeBot{}, Now: time.Now}
	if _, err := New(good); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Config){
		"no bot token":         func(c *Config) { c.BotToken = "" },
		"no way in":            func(c *Config) { c.SigningSecret = "" },
		"no bot":               func(c *Config) { c.Answer = nil },
		"no clock":             func(c *Config) { c.Now = nil },
		"too many connections": func(c *Config) { c.Connections = 11 },
		"no URL":               func(c *Config) { c.APIURL = "slack.com/api" },
		"another scheme":       func(c *Config) { c.APIURL = "file:///api" },
	} {
		cfg := good
		spoil(&cfg)
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: not refused", name)
		}
	}
}

func TestNoSecretNoDoor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, func(c *Config) { c.SigningSecret, c.AppToken = "", appToken })
		body := commandForm("", "1")
		w := s.post("/slack/commands", body, func(r *http.Request) {
			for k, v := range sign("", time.Now(), body) {
				r.Header[k] = v
			}
		})
		if w.Code != 404 || len(s.bot.seen()) != 0 {
			t.Errorf("status %d, %d requests", w.Code, len(s.bot.seen()))
		}
	})
}

// A replay is passed on under the same key; the store knows what was answered.
func TestReplay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		body := commandForm("8", "1.2.abc")
		for range 2 {
			if w := s.post("/slack/commands", body, nil); w.Code != 200 {
				t.Fatal(w.Code)
			}
		}
		seen := s.bot.seen()
		if len(seen) != 2 || seen[0].ID != seen[1].ID || seen[0].ID != "c/U1//sent/1.2.abc" {
			t.Errorf("got %+v", seen)
		}
	})
}

func TestIdentify(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		id, err := s.app.Identify(t.Context())
		if err != nil || id.Workspace != "T1" || id.Name != "Acme" || id.User != "UBOT" || id.URL == "" ||
			strings.Join(id.Scopes, " ") != "commands chat:write users:read" {
			t.Errorf("got %+v, %v", id, err)
		}
		s.slack.set("auth.test", refuse("invalid_auth"))
		if _, err = s.app.Identify(t.Context()); err == nil || !strings.Contains(err.Error(), "xoxb-") {
			t.Errorf("the error names no fix: %v", err)
		}
		if err := s.app.Ready(); err == nil || !strings.Contains(err.Error(), "bot token (invalid_auth)") {
			t.Errorf("Ready says %v", err)
		}
		s.slack.set("auth.test", nil)
		if _, err = s.app.Identify(t.Context()); err != nil || s.app.Ready() != nil {
			t.Errorf("after the fix: %v, %v", err, s.app.Ready())
		}
	})
}
