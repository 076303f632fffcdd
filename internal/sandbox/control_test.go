package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

func TestWrongInput(t *testing.T) {
	bubble(t, func(c *Config) { c.Hints = []Hint{{Command: "/sent", Usage: "8 today"}, {Command: "/budget"}} }, func(l *lab) {
		l.connect(&bot{command: func(slack.SlashCommand) any { return say("ok") }})
		for _, c := range []struct {
			path   string
			in     any
			status int
			want   string
		}{
			{"command", object{"user": "zoe", "text": "/sent"}, 400, "ana, ben, cleo, mia, ola"},
			{"command", object{"text": "/sent"}, 400, "ana, ben"},
			{"command", object{"user": "ana", "text": "sent 3"}, 400, "/control/message"},
			{"command", object{"user": "ana", "text": "/"}, 400, "slash command"},
			{"command", object{"user": "ana", "text": "/outreach"}, 400, "/sent, /budget"},
			{"command", object{"user": "ana", "text": "/sent", "channel": "moon"}, 400, "outreach, general, or dm"},
			{"command", object{"user": "ana", "text": "/sent", "thread": "1"}, 400, "thread"},
			{"command", []string{"ana"}, 400, "one JSON object"},
			{"message", object{"user": "ana", "text": "  "}, 400, "say something"},
			{"message", object{"user": "zoe", "text": "x"}, 400, "nobody"},
			{"replay", object{"times": 0}, 400, "between"},
			{"shout", object{}, 404, "/control/shout"},
			{"state", object{}, 405, "GET"},
			{"command", object{"user": "ana", "text": "/sent " + strings.Repeat("x", bodyLimit)}, 400, "1 MiB"},
		} {
			status, out := l.post(c.path, c.in)
			if said, _ := out["error"].(string); status != c.status || !strings.Contains(said, c.want) {
				l.Errorf("%s %.80v: %d %v, want %q", c.path, c.in, status, out, c.want)
			}
		}
		for path, want := range map[string]string{
			"messages":                        "400 say which messages",
			"messages?channel=moon":           "404 there is no channel",
			"messages?dm=ana&channel=general": "400 say which messages",
			"messages?dm=ana&as=zoe":          "400 there is nobody",
			"modal?user=zoe":                  "400 there is nobody",
			"home":                            "400 there is nobody",
			"command":                         "405 /control/command wants POST",
		} {
			status, out := l.get(path)
			if got := fmt.Sprint(status, " ", out.(map[string]any)["error"]); !strings.HasPrefix(got, want) {
				l.Errorf("%s: %s, want %s", path, got, want)
			}
		}
	})
}

func TestOtherSitesAreTurnedAway(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		for _, c := range []struct {
			host, origin, site, media string
			want                      int
		}{
			{"slack.test", "", "", "application/json", 200},
			{"127.0.0.1:8787", "http://127.0.0.1:8787", "same-origin", "application/json", 200},
			{"localhost:8787", "", "none", "application/json", 200},
			{"[::1]:8787", "", "", "application/json", 200},
			{"slack.test", "https://evil.example", "", "application/json", 403},
			{"slack.test", "null", "", "application/json", 403},
			{"slack.test", "", "cross-site", "application/json", 403},
			{"slack.test", "", "same-site", "application/json", 403},
			{"evil.example", "", "", "application/json", 403},
			{"evil.example", "http://evil.example", "same-origin", "application/json", 403},
			{"slack.test", "", "", "text/plain", 200}, // a page of another site would have sent its Origin
			{"slack.test", "", "", "", 200},
		} {
			req, _ := http.NewRequest(http.MethodPost, "http://slack.test/control/advance", strings.NewReader(`{"by":"1s"}`))
			req.Host = c.host
			for name, value := range map[string]string{"Origin": c.origin, "Sec-Fetch-Site": c.site, "Content-Type": c.media} {
				if value != "" {
					req.Header.Set(name, value)
				}
			}
			if status, out := l.do(req); status != c.want {
				l.Errorf("%+v: %d %v", c, status, out)
			}
		}
		for host, want := range map[string]int{"slack.test": 200, "127.0.0.1:8787": 200, "evil.example": 403} {
			req, _ := http.NewRequest(http.MethodGet, "http://slack.test/", nil)
			req.Host = host
			res, err := l.client.Do(req)
			if err != nil {
				l.Fatal(err)
			}
			res.Body.Close()
			l.want(res.StatusCode, want)
		}
	})
}

func TestState(t *testing.T) {
	bubble(t, func(c *Config) { c.Hints = []Hint{{Command: "/sent", Usage: "8 today", Verbs: []string{"undo"}}} }, func(l *lab) {
		_, out := l.get("state")
		state := out.(map[string]any)
		l.want([]any{state["now"], state["connected"], state["delivery"], len(state["people"].([]any)), len(state["channels"].([]any)), state["clock"]},
			[]any{"2026-11-23T09:00:00Z", false, "socket", 5, 2, "standing"})
		l.want(state["hints"], []any{object{"command": "/sent", "usage": "8 today", "verbs": []string{"undo"}}})
		l.connect(&bot{})
		_, out = l.get("state")
		l.want(out.(map[string]any)["connected"], true)
	})
}

// The journal shows both sides of every exchange, opened up and without secrets.
func TestWireJournal(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{command: func(c slack.SlashCommand) any {
			l.api.PostMessage(OutreachID, text1("hello xoxb-secret-bot"), slack.MsgOptionBlocks(slack.NewDividerBlock()))
			return say("ok")
		}})
		l.must("command", object{"user": "ana", "text": "/sent 3"})
		_, out := l.get("log")
		raw := string(jsonBytes(out))
		for _, secret := range []string{"secret-bot", "secret-app", "signing-secret", verification} {
			if strings.Contains(raw, secret) {
				l.Errorf("the journal tells %q", secret)
			}
		}
		if n := strings.Count(raw, "ticket="); n != 1 || n != strings.Count(raw, "ticket=***") {
			l.Errorf("%d tickets, not all masked", n)
		}
		var methods []string
		for _, e := range out.([]any) {
			entry := e.(map[string]any)
			methods = append(methods, fmt.Sprint(entry["from"], " ", entry["method"]))
			if entry["method"] == "chat.postMessage" {
				request := entry["request"].(map[string]any)
				l.want([]any{request["token"], request["text"], request["blocks"]}, []any{"***", "hello ***", []any{object{"type": "divider"}}})
				l.want(entry["response"].(map[string]any)["ok"], true)
				l.want(entry["at"], "2026-11-23T09:00:00Z")
			}
			if entry["method"] == "slash_commands" {
				l.want([]any{entry["request"].(map[string]any)["text"], entry["response"].(map[string]any)["text"]}, []any{"3", "ok"})
			}
		}
		l.want(methods, []string{"bot apps.connections.open", "bot chat.postMessage", "slack slash_commands"})
	})
	w := &wire{}
	for i := range wireLimit + 5 {
		w.add(exchange{Method: fmt.Sprint(i)})
	}
	if all := w.all(); len(all) != wireLimit || all[0].Method != "5" || all[wireLimit-1].Method != fmt.Sprint(wireLimit+4) {
		t.Errorf("%d kept, the first is %s", len(all), all[0].Method)
	}
}

// Close ends what is under way, and everything after it says so.
func TestClose(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{command: func(slack.SlashCommand) any { return noAck }})
		done := make(chan int)
		go func() { status, _ := l.post("command", object{"user": "ana", "text": "/sent"}); done <- status }()
		time.Sleep(time.Second)
		began := time.Now()
		if err := l.slack.Close(); err != nil {
			l.Error(err)
		}
		l.want([]any{<-done, time.Since(began) < time.Second}, []any{503, true})
		l.want(l.slack.Close(), nil)
	})
}

func TestDirectMessagesAreApart(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{})
		l.api.PostMessage("UANA000001", text1("for ana"))
		for dm, want := range map[string]int{"ana": 1, "ben": 0, "@Ana": 1} {
			_, all := l.get("messages?dm=" + dm)
			l.want(len(all.([]any)), want)
		}
	})
}
