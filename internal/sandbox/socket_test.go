package sandbox

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

func TestCommandOverSocketMode(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		var got slack.SlashCommand
		l.connect(&bot{command: func(c slack.SlashCommand) any { got = c; return say("Logged 3.") }})
		out := l.must("command", object{"user": "ana", "text": "/sent 3 for @ben & co"})
		l.want(texts(out), "Logged 3.")
		l.want(got.Text, "3 for <@UBEN000001|ben> &amp; co")
		l.want([]string{got.Command, got.UserID, got.ChannelID, got.ChannelName, got.TeamID, got.APIAppID},
			[]string{"/sent", "UANA000001", OutreachID, "outreach", TeamID, AppID})
		first := out["replies"].([]any)[0].(map[string]any)
		l.want([]any{first["response_type"], first["via"], first["ts"]}, []any{"ephemeral", "ack", "1795424400.000100"})
		_, seen := l.get("messages?channel=outreach")
		l.want(seen, []any{}) // nothing ephemeral
		_, seen = l.get("messages?channel=outreach&as=ana")
		l.want(len(seen.([]any)), 1)
	})
}

func TestCommandWaitsForTheBot(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		began := time.Now()
		status, out := l.post("command", object{"user": "ana", "text": "/sent"})
		l.want(status, http.StatusServiceUnavailable)
		if !strings.Contains(out["error"].(string), "Socket Mode") || time.Since(began) != 10*time.Second {
			l.Errorf("after %v: %v", time.Since(began), out)
		}
		var work sync.WaitGroup
		work.Go(func() {
			time.Sleep(2 * time.Second)
			l.connect(&bot{command: func(slack.SlashCommand) any { return say("here now") }})
		})
		l.want(texts(l.must("command", object{"user": "ana", "text": "/sent"})), "here now")
		work.Wait()
	})
}

func TestUnacknowledgedCommandTimesOut(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{command: func(c slack.SlashCommand) any { return noAck }})
		l.timesOut("/sent failed with the error \"operation_timeout\"")
	})
}

func (l *lab) timesOut(text string) {
	l.Helper()
	began := time.Now()
	out := l.must("command", object{"user": "ana", "text": "/sent"})
	first := out["replies"].([]any)[0].(map[string]any)
	l.want([]any{first["via"], first["text"], time.Since(began).String()}, []any{"slack", text, "3s"})
}

// Slack drops an answer of 20 KiB over Socket Mode without a word; one byte less is taken.
func TestLargeAcknowledgementIsDropped(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		_, address, err := l.api.StartSocketModeContext(l.Context())
		if err != nil {
			l.Fatal(err)
		}
		ws := l.ws(address, nil)
		size := 0
		done := make(chan struct{})
		go func() {
			defer close(done)
			for {
				var e map[string]any
				if ws.ReadJSON(&e) != nil {
					return
				}
				id, ok := e["envelope_id"].(string)
				if !ok {
					continue
				}
				head, tail := `{"envelope_id":"`+id+`","payload":{"text":"`, `"}}`
				ws.WriteMessage(websocket.TextMessage, []byte(head+strings.Repeat("x", size-len(head)-len(tail))+tail))
			}
		}()
		size = 20*1024 - 1
		if n := len(texts(l.must("command", object{"user": "ana", "text": "/sent"}))); n < 20_000 {
			l.Errorf("an answer just small enough showed %d characters", n)
		}
		size = 20 * 1024
		l.timesOut("/sent failed with the error \"operation_timeout\"")
		ws.Close()
		<-done
	})
}

func TestSlowAnswerByResponseURL(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{command: func(c slack.SlashCommand) any {
			go func() {
				time.Sleep(20 * time.Second)
				slack.PostWebhookCustomHTTPContext(l.Context(), c.ResponseURL, l.client, &slack.WebhookMessage{Text: "at last"})
			}()
			return nil
		}})
		l.want(texts(l.must("command", object{"user": "ana", "text": "/budget"})), "at last")
	})
}

func TestSilentBotIsAnError(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{command: func(slack.SlashCommand) any { return nil }})
		began := time.Now()
		status, out := l.post("command", object{"user": "ana", "text": "/budget"})
		l.want([]any{status, out["error"], time.Since(began).String()}, []any{504, errSilent.Error(), "35s"})
	})
}

func TestANudgeAloneIsAnAnswerAfterALull(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{command: func(c slack.SlashCommand) any {
			l.api.PostMessage(c.UserID, slack.MsgOptionText("60 invites this morning", false))
			if c.Text == "both" {
				go func() {
					time.Sleep(2 * time.Second)
					slack.PostWebhookCustomHTTPContext(l.Context(), c.ResponseURL, l.client, &slack.WebhookMessage{Text: "Logged."})
				}()
			}
			return nil
		}})
		l.want(texts(l.must("command", object{"user": "ana", "text": "/sent both"})), "60 invites this morning | Logged.")
		l.want(texts(l.must("command", object{"user": "ana", "text": "/sent"})), "60 invites this morning")
	})
}

// An envelope that was not acknowledged goes to another connection when its own drops.
func TestRedelivery(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		var mu sync.Mutex
		var attempts []int
		first := &bot{command: func(slack.SlashCommand) any { return noAck }}
		l.connect(first)
		first.envelop = func(r socketmode.Request) { go first.stop() }
		second := &bot{command: func(slack.SlashCommand) any { return say("second") }, envelop: func(r socketmode.Request) {
			mu.Lock()
			defer mu.Unlock()
			attempts = append(attempts, r.RetryAttempt)
		}}
		done := make(chan string)
		go func() { done <- texts(l.must("command", object{"user": "ana", "text": "/sent"})) }()
		<-first.done
		l.connect(second)
		l.want(<-done, "second")
		l.want(attempts, []int{1})
	})
}

func TestRedeliveryToAConnectionThatIsThere(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		for range 4 { // whoever of the first three gets it drops it
			b := &bot{command: func(slack.SlashCommand) any { return say("the last one") }}
			if len(l.bots) < 3 {
				b.command = func(slack.SlashCommand) any { return noAck }
				b.envelop = func(socketmode.Request) { go b.stop() }
			}
			l.connect(b)
		}
		l.want(texts(l.must("command", object{"user": "ana", "text": "/sent"})), "the last one")
	})
}

// What answers an earlier command late is not taken for the answer of the next one.
func TestLateAnswersStayApart(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		late := ""
		l.connect(&bot{command: func(c slack.SlashCommand) any {
			post := func(to, text string) {
				slack.PostWebhookCustomHTTPContext(l.Context(), to, l.client, &slack.WebhookMessage{Text: text})
			}
			if late == "" {
				late = c.ResponseURL
				return say("first")
			}
			post(late, "first, late")
			post(c.ResponseURL, "second")
			return nil
		}})
		l.want(texts(l.must("command", object{"user": "ana", "text": "/sent"})), "first")
		l.want(texts(l.must("command", object{"user": "ana", "text": "/sent"})), "second")
		_, all := l.get("messages?channel=outreach&as=ana")
		l.want(len(all.([]any)), 3)
	})
}

func TestEachEnvelopeGoesToOneOfTenConnections(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		var mu sync.Mutex
		seen := map[int]int{}
		for i := range socketLimit {
			l.connect(&bot{command: func(slack.SlashCommand) any {
				mu.Lock()
				defer mu.Unlock()
				seen[i]++
				return say("ok")
			}})
		}
		for range 2 * socketLimit {
			l.must("command", object{"user": "ben", "text": "/sent"})
		}
		for i := range socketLimit {
			if seen[i] != 2 {
				l.Errorf("connection %d got %d of %d", i, seen[i], 2*socketLimit)
			}
		}
		// The eleventh is turned away.
		_, address, err := l.api.StartSocketModeContext(l.Context())
		if err != nil {
			l.Fatal(err)
		}
		ws := l.ws(address, http.Header{"Origin": {"https://api.slack.com"}})
		defer ws.Close()
		var greeting map[string]any
		if err := ws.ReadJSON(&greeting); err != nil || greeting["reason"] != "too_many_websockets" {
			l.Errorf("the eleventh got %v, %v", greeting, err)
		}
	})
}

func (l *lab) ws(address string, h http.Header) *websocket.Conn {
	l.Helper()
	ws, res, err := (&websocket.Dialer{NetDialContext: l.net.dial}).Dial(address, h)
	if err != nil {
		l.Fatalf("%v %v", err, res)
	}
	return ws
}

func TestSocketDoor(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		_, address, err := l.api.StartSocketModeContext(l.Context())
		if err != nil {
			l.Fatal(err)
		}
		dial := func(origin string) string {
			h := http.Header{}
			if origin != "" {
				h.Set("Origin", origin)
			}
			ws, res, err := (&websocket.Dialer{NetDialContext: l.net.dial}).Dial(address, h)
			if err != nil {
				return fmt.Sprint(res.StatusCode)
			}
			defer ws.Close()
			var hello struct {
				Type           string `json:"type"`
				NumConnections int    `json:"num_connections"`
				DebugInfo      struct {
					Approximate int `json:"approximate_connection_time"`
				} `json:"debug_info"`
			}
			if err := ws.ReadJSON(&hello); err != nil {
				return err.Error()
			}
			return fmt.Sprint(hello.Type, hello.NumConnections, hello.DebugInfo.Approximate)
		}
		l.want(dial("https://api.slack.com"), "hello1 3600")
		l.want(dial("https://api.slack.com"), "403") // a ticket opens one connection
		_, address, _ = l.api.StartSocketModeContext(l.Context())
		l.want(dial("https://evil.example"), "403")
		_, address, _ = l.api.StartSocketModeContext(l.Context())
		time.Sleep(2 * time.Minute)
		l.want(dial(""), "403") // too old
	})
}

func TestPingsArrive(t *testing.T) {
	bubble(t, func(c *Config) { c.Ping = 10 * time.Second }, func(l *lab) {
		_, address, err := l.api.StartSocketModeContext(l.Context())
		if err != nil {
			l.Fatal(err)
		}
		ws := l.ws(address, nil)
		var at []time.Duration
		began := time.Now()
		ws.SetPingHandler(func(data string) error {
			if at = append(at, time.Since(began)); len(at) > 2 {
				return nil // three pongs are owed now and none comes
			}
			return ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(time.Second))
		})
		for {
			if _, _, err := ws.ReadMessage(); err != nil {
				break
			}
		}
		ws.Close()
		l.want(fmt.Sprint(at[:3]), "[10s 20s 30s]")
		if gone := time.Since(began); gone != 50*time.Second {
			l.Errorf("a connection that answers no ping was dropped after %v, want 50s", gone)
		}
	})
}

func TestDisconnect(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{command: func(slack.SlashCommand) any { return say("ok") }})
		for _, reason := range []string{"refresh_requested", "warning", "drop"} {
			l.want(l.must("disconnect", object{"reason": reason})["connections"], 1)
			l.want(texts(l.must("command", object{"user": "ana", "text": "/sent"})), "ok")
		}
		status, _ := l.post("disconnect", object{"reason": "boredom"})
		l.want(status, 400)
	})
}
