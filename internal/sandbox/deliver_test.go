package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// A webBot is a bot behind HTTP that believes nothing without a signature.
type webBot struct {
	*lab
	mu    sync.Mutex
	heard []http.Header
	reply func(w http.ResponseWriter, path string, body []byte)
}

func (b *webBot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/readyz" {
		return
	}
	body, _ := io.ReadAll(r.Body)
	if want := sign("signing-secret", r.Header.Get("X-Slack-Request-Timestamp"), body); r.Header.Get("X-Slack-Signature") != want {
		b.Errorf("signature %q, want %q", r.Header.Get("X-Slack-Signature"), want)
	}
	b.mu.Lock()
	b.heard = append(b.heard, r.Header.Clone())
	b.mu.Unlock()
	b.reply(w, r.URL.Path, body)
}

// headers are those of all deliveries so far.
func (b *webBot) headers() []http.Header {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]http.Header{}, b.heard...)
}

// web runs a test with a bot behind HTTP.
func web(t *testing.T, test func(l *lab, b *webBot)) {
	t.Helper()
	bots := newPipe()
	bubble(t, func(c *Config) { bots = newPipe(); c.BotURL = "http://bot.test"; c.Client = bots.client() }, func(l *lab) {
		b := &webBot{lab: l}
		server := bots.serve(b)
		defer func() { l.slack.Close(); server.Close(); bots.Close() }()
		test(l, b)
	})
}

// The example of Slack's own documentation.
func TestSignature(t *testing.T) {
	body := "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	got := sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", []byte(body))
	if want := "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestCommandOverHTTP(t *testing.T) {
	web(t, func(l *lab, b *webBot) {
		var got, form string
		b.reply = func(w http.ResponseWriter, path string, body []byte) {
			form = string(body)
			values, _ := url.ParseQuery(form)
			got = path + " " + values.Get("command") + " " + values.Get("text") + " " + values.Get("user_id")
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"text":"Logged 8.","response_type":"in_channel"}`)
		}
		out := l.must("command", object{"user": "ben", "text": "/sent 8 & more"})
		l.want([]string{texts(out), got}, []string{"Logged 8.", "/slack/commands /sent 8 &amp; more UBEN000001"})
		h := b.headers()[0]
		l.want([]string{h.Get("Content-Type"), h.Get("X-Slack-Request-Timestamp"), h.Get("X-Slack-Retry-Num")}, []string{"application/x-www-form-urlencoded", "1795424400", ""})
		if !strings.HasPrefix(h.Get("User-Agent"), "Slackbot 1.0") || !strings.HasPrefix(form, "token=") || !strings.Contains(form, "&is_enterprise_install=false&response_url=http%3A%2F%2Fslack.test%2Fresponse%2F") {
			l.Errorf("%q\n%s", h.Get("User-Agent"), form)
		}
		// What everybody sees is preceded by what was typed.
		_, all := l.get("messages?channel=outreach")
		l.want([]any{len(all.([]any)), all.([]any)[0].(map[string]any)["text"]}, []any{2, "/sent 8 &amp; more"})
		// slack-go's verifier reads the real clock, so the sandbox's time is judged by the bot's own code; its MAC agrees.
		if _, err := slack.NewSecretsVerifier(h, "signing-secret"); err == nil {
			l.Error("the bubble's clock and the sandbox's ought to differ")
		}
	})
}

func TestPlainTextAcknowledgement(t *testing.T) {
	web(t, func(l *lab, b *webBot) {
		b.reply = func(w http.ResponseWriter, _ string, _ []byte) { io.WriteString(w, "just words") }
		l.want(texts(l.must("command", object{"user": "ben", "text": "/sent"})), "just words")
	})
}

// Commands and presses are delivered once, whatever comes of it.
func TestFailedCommandIsNotRetried(t *testing.T) {
	for want, reply := range map[string]func(w http.ResponseWriter, _ string, _ []byte){
		"dispatch_failed":   func(w http.ResponseWriter, _ string, _ []byte) { w.WriteHeader(500) },
		"operation_timeout": func(w http.ResponseWriter, _ string, _ []byte) { time.Sleep(4 * time.Second) },
		"invalid_command_response": func(w http.ResponseWriter, _ string, _ []byte) {
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"text":"x","blocks":[{"type":"nope"}]}`)
		},
	} {
		t.Run(want, func(t *testing.T) {
			web(t, func(l *lab, b *webBot) {
				b.reply = reply
				out := l.must("command", object{"user": "ben", "text": "/sent"})
				if !strings.Contains(texts(out), want) || out["replies"].([]any)[0].(map[string]any)["via"] != "slack" {
					l.Errorf("%v", out)
				}
				time.Sleep(time.Hour)
				l.want(len(b.headers()), 1)
			})
		})
	}
}

// Events come again at once, after a minute and after five.
func TestFailedEventIsRetried(t *testing.T) {
	web(t, func(l *lab, b *webBot) {
		var at []time.Duration
		began := time.Now()
		b.reply = func(w http.ResponseWriter, path string, body []byte) {
			b.mu.Lock()
			at = append(at, time.Since(began))
			n := len(at)
			b.mu.Unlock()
			if n == 3 {
				time.Sleep(4 * time.Second)
			}
			w.WriteHeader(503)
		}
		status, _ := l.post("message", object{"user": "ben", "text": "8"})
		l.want(status, 504)
		time.Sleep(time.Hour)
		heard := b.headers()
		b.mu.Lock()
		defer b.mu.Unlock()
		l.want(at, []time.Duration{0, 0, time.Minute, 6*time.Minute + 3*time.Second})
		var nums, reasons []string
		for _, h := range heard {
			nums, reasons = append(nums, h.Get("X-Slack-Retry-Num")), append(reasons, h.Get("X-Slack-Retry-Reason"))
		}
		l.want([][]string{nums, reasons}, [][]string{{"", "1", "2", "3"}, {"", "http_error", "http_error", "http_timeout"}})
	})
	web(t, func(l *lab, b *webBot) {
		b.reply = func(w http.ResponseWriter, _ string, _ []byte) {
			w.Header().Set("X-Slack-No-Retry", "1")
			w.WriteHeader(500)
		}
		l.post("message", object{"user": "ben", "text": "8"})
		time.Sleep(time.Hour)
		l.want(len(b.headers()), 1)
	})
}

func TestEventBody(t *testing.T) {
	web(t, func(l *lab, b *webBot) {
		var first map[string]any
		b.reply = func(w http.ResponseWriter, path string, body []byte) {
			var e map[string]any
			if err := json.Unmarshal(body, &e); err != nil || path != "/slack/events" {
				l.Errorf("%s %s", path, body)
			}
			if first == nil {
				first = e
				l.api.PostMessage("UBEN000001", text1("Logged 8."))
			}
		}
		l.want(texts(l.must("message", object{"user": "ben", "text": "8 @mia"})), "Logged 8.")
		event := first["event"].(map[string]any)
		l.want([]any{first["type"], event["type"], event["channel_type"], event["channel"], event["user"], event["text"], event["ts"]},
			[]any{"event_callback", "message", "im", "DBEN000001", "UBEN000001", "8 <@UMIA000001|mia>", "1795424400.000000"})
		time.Sleep(time.Second)
		l.want(len(b.headers()), 2) // its own message comes back to the bot
	})
}

func TestReplayIsTheSameToTheByte(t *testing.T) {
	web(t, func(l *lab, b *webBot) {
		var bodies []string
		b.reply = func(w http.ResponseWriter, _ string, body []byte) {
			bodies = append(bodies, string(body))
			values, _ := url.ParseQuery(string(body))
			slack.PostWebhookCustomHTTPContext(l.Context(), values.Get("response_url"), l.client, &slack.WebhookMessage{Text: "same"})
		}
		status, out := l.post("replay", object{"times": 2})
		if status != 400 || !strings.Contains(out["error"].(string), "/control/command") {
			l.Error(status, out)
		}
		l.must("command", object{"user": "ben", "text": "/sent 3"})
		l.must("advance", object{"by": "10m"})
		l.want(texts(l.must("replay", object{"times": 2})), "same | same")
		if len(bodies) != 3 || bodies[0] != bodies[1] || bodies[0] != bodies[2] {
			l.Errorf("%q", bodies)
		}
		l.want(b.headers()[2].Get("X-Slack-Request-Timestamp"), "1795425000")
	})
}

func TestAbsentWebBot(t *testing.T) {
	bubble(t, func(c *Config) {
		nobody := newPipe()
		nobody.Close()
		c.BotURL, c.Client = "http://bot.test", nobody.client()
	}, func(l *lab) {
		began := time.Now()
		status, out := l.post("command", object{"user": "ben", "text": "/sent"})
		if status != 503 || !strings.Contains(out["error"].(string), "http://bot.test/readyz") || time.Since(began) != 10*time.Second {
			l.Errorf("%d %v after %v", status, out, time.Since(began))
		}
	})
}
