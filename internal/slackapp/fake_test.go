package slackapp

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A call is one request that the fake Slack got.
type call struct {
	method string // "chat.postMessage"; "hook" for response_url
	form   url.Values
	body   map[string]any
	header http.Header
}

// fakeSlack is as much of Slack as the wire needs, over net.Pipe, so that it works in a bubble.
type fakeSlack struct {
	pipes chan net.Conn
	shut  chan struct{}
	links chan *fakeLink

	mu     sync.Mutex
	calls  []call
	answer map[string]func(w http.ResponseWriter, c call) // instead of the usual answer
	delay  map[string]time.Duration
	user   map[string]any
	ts     int
}

func newFakeSlack(t *testing.T) *fakeSlack {
	t.Helper()
	f := &fakeSlack{
		pipes:  make(chan net.Conn),
		shut:   make(chan struct{}),
		links:  make(chan *fakeLink, 16),
		answer: make(map[string]func(http.ResponseWriter, call)),
		delay:  make(map[string]time.Duration),
		user: map[string]any{
			"id": "U1", "team_id": "T1", "name": "ana", "tz": "Europe/Berlin", "is_admin": true,
			"profile": map[string]any{"display_name": "Ana", "real_name": "Ana Lima"},
		},
	}
	server := &http.Server{Handler: f}
	served := make(chan struct{})
	go func() { defer close(served); _ = server.Serve(f) }()
	t.Cleanup(func() { _ = server.Close(); <-served })
	return f
}

// Accept, Close and Addr make f a net.Listener.
func (f *fakeSlack) Accept() (net.Conn, error) {
	select {
	case c := <-f.pipes:
		return c, nil
	case <-f.shut:
		return nil, net.ErrClosed
	}
}

func (f *fakeSlack) Close() error {
	select {
	case <-f.shut:
	default:
		close(f.shut)
	}
	return nil
}

func (f *fakeSlack) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func (f *fakeSlack) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case f.pipes <- theirs:
		return ours, nil
	case <-f.shut:
		return nil, errors.New("connection refused")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (f *fakeSlack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/link" {
		f.link(w, r)
		return
	}
	c := call{method: strings.TrimPrefix(r.URL.Path, "/api/"), header: r.Header.Clone()}
	if strings.HasPrefix(r.URL.Path, "/hook") {
		c.method = "hook"
	}
	raw, _ := io.ReadAll(r.Body)
	if r.Header.Get("Content-Type") == formType {
		c.form, _ = url.ParseQuery(string(raw))
	} else if len(raw) > 0 {
		if err := json.Unmarshal(raw, &c.body); err != nil {
			http.Error(w, "not JSON", http.StatusBadRequest)
			return
		}
	}
	f.mu.Lock()
	answer, wait := f.answer[c.method], f.delay[c.method]
	f.ts++
	ts := f.ts
	user := f.user
	f.mu.Unlock()
	select {
	case <-time.After(wait):
	case <-f.shut:
	}
	f.mu.Lock()
	f.calls = append(f.calls, c)
	f.mu.Unlock()
	if answer != nil {
		answer(w, c)
		return
	}
	reply := map[string]any{"ok": true}
	switch c.method {
	case "chat.postMessage":
		channel := c.form.Get("channel")
		if strings.HasPrefix(channel, "U") {
			channel = "D" + channel[1:]
		}
		reply["channel"], reply["ts"] = channel, "17000000."+strconv.Itoa(ts)
	case "users.info":
		reply["user"] = user
	case "auth.test":
		w.Header().Set("X-OAuth-Scopes", "commands,chat:write, users:read")
		reply["team_id"], reply["team"], reply["user_id"], reply["url"] = "T1", "Acme", "UBOT", "https://acme.slack.com/"
	case "apps.connections.open":
		if r.Header.Get("Authorization") != "Bearer "+appToken {
			reply = map[string]any{"ok": false, "error": "invalid_auth"}
		}
		reply["url"] = "ws://slack.test/link?ticket=secret-ticket"
	case "hook":
		_, _ = io.WriteString(w, "ok")
		return
	}
	_ = json.NewEncoder(w).Encode(reply)
}

// refuse makes a method answer with a code.
func refuse(code string) func(http.ResponseWriter, call) {
	return func(w http.ResponseWriter, _ call) {
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": false, "error": code})
	}
}

func (f *fakeSlack) set(method string, answer func(http.ResponseWriter, call)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer[method] = answer
}

func (f *fakeSlack) slow(method string, by time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.delay[method] = by
}

// got returns the calls so far, lookups and connections left out.
func (f *fakeSlack) got() []call {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []call
	for _, c := range f.calls {
		if c.method != "users.info" && c.method != "apps.connections.open" {
			all = append(all, c)
		}
	}
	return all
}

func (f *fakeSlack) count(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, c := range f.calls {
		if c.method == method {
			n++
		}
	}
	return n
}

// methods returns the names of got.
func (f *fakeSlack) methods() string {
	var names []string
	for _, c := range f.got() {
		names = append(names, c.method)
	}
	return strings.Join(names, " ")
}

// A fakeLink is Slack's end of a Socket Mode connection.
type fakeLink struct {
	conn *websocket.Conn
	gone chan struct{}

	mu   sync.Mutex
	acks map[string]fakeAck
}

type fakeAck struct {
	payload json.RawMessage
	at      time.Time
	times   int
}

func (f *fakeSlack) link(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return r.Header.Get("Origin") == "https://api.slack.com" }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	l := &fakeLink{conn: conn, gone: make(chan struct{}), acks: make(map[string]fakeAck)}
	_ = conn.WriteJSON(map[string]any{"type": "hello", "num_connections": 1})
	go func() {
		defer close(l.gone)
		defer conn.Close()
		for {
			var ack struct {
				ID      string          `json:"envelope_id"`
				Payload json.RawMessage `json:"payload"`
			}
			_, raw, err := conn.ReadMessage()
			if err != nil {
				return
			}
			if len(raw) >= 20480 || json.Unmarshal(raw, &ack) != nil {
				continue // as Slack does
			}
			l.mu.Lock()
			l.acks[ack.ID] = fakeAck{payload: ack.Payload, at: time.Now(), times: l.acks[ack.ID].times + 1}
			l.mu.Unlock()
		}
	}()
	f.links <- l
}

func (l *fakeLink) send(t *testing.T, kind, id string, accepts any, payload any) {
	t.Helper()
	err := l.conn.WriteJSON(map[string]any{"type": kind, "envelope_id": id, "accepts_response_payload": accepts, "payload": payload})
	if err != nil {
		t.Fatal(err)
	}
}

func (l *fakeLink) ack(id string) (fakeAck, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a, ok := l.acks[id]
	return a, ok
}
