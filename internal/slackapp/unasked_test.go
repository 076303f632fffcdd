package slackapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func TestPost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		blocks := `[{"type":"table","rows":[[{"type":"raw_text","text":"a<b"}]],"new":1},{"type":"divider"}]`
		at, err := s.app.Post(t.Context(), "T1", "C1", "digest/1/2026-11-23", "New week", []byte(blocks))
		if err != nil || at != (quota.Place{Channel: "C1", TS: "17000000.1"}) {
			t.Errorf("%v, %v", at, err)
		}
		form := s.slack.got()[0].form
		form.Del("token")
		var kept any
		if err := json.Unmarshal([]byte(form.Get("blocks")), &kept); err != nil || strings.ReplaceAll(form.Get("blocks"), `\u003c`, "<") != blocks {
			t.Errorf("blocks %s", form.Get("blocks"))
		}
		form.Del("blocks")
		if got := form.Encode(); got != "channel=C1&metadata=%7B%22event_type%22%3A%22paceline%22%2C%22event_payload%22%3A%7B%22name%22%3A%22digest%2F1%2F2026-11-23%22%7D%7D&text=New+week&unfurl_links=false&unfurl_media=false" {
			t.Errorf("sent %s", got)
		}
		if at, err := s.app.Post(t.Context(), "T1", "U7", "nudge/1", "x", nil); err != nil || at.Channel != "D7" || s.slack.got()[1].form.Has("blocks") {
			t.Errorf("to a person: %v, %v, %v", at, err, s.slack.got()[1].form)
		}
	})
}

func TestEditAndDelete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		at := quota.Place{Channel: "C1", TS: "17.1"}
		if err := s.app.Edit(t.Context(), "T1", at, "other", nil); err != nil {
			t.Error(err)
		}
		if err := s.app.Delete(t.Context(), "T1", at); err != nil {
			t.Error(err)
		}
		edit, remove := s.slack.got()[0].form, s.slack.got()[1].form
		if edit.Get("ts") != "17.1" || edit.Get("text") != "other" || edit.Get("blocks") != "[]" || edit.Has("metadata") || remove.Get("ts") != "17.1" {
			t.Errorf("%v, then %v", edit, remove)
		}
	})
}

// hangUp closes the connection after the request was read, and sends so much of an answer before.
func hangUp(part string) func(http.ResponseWriter, call) {
	return func(w http.ResponseWriter, _ call) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(conn, part)
		_ = conn.Close()
	}
}

func body(text string) func(http.ResponseWriter, call) {
	return func(w http.ResponseWriter, _ call) { _, _ = io.WriteString(w, text) }
}

// What an answer means is told by its class, and a request is never sent a second time.
func TestVerdicts(t *testing.T) {
	const doubtful = "doubtful"
	cases := map[string]struct {
		answer func(http.ResponseWriter, call)
		want   string
	}{
		"no such channel":      {refuse("channel_not_found"), "channel_not_found"},
		"archived":             {refuse("is_archived"), "is_archived"},
		"not in channel":       {refuse("not_in_channel"), "not_in_channel"},
		"blocks":               {refuse("invalid_blocks"), "invalid_blocks"},
		"dead token":           {refuse("token_revoked"), "token_revoked"},
		"scope":                {body(`{"ok":false,"error":"missing_scope","needed":"channels:history","provided":"chat:write"}`), "missing_scope"},
		"not found":            {status(404, ""), "status 404"},
		"elsewhere":            {status(302, ""), "status 302"},
		"patience":             {status(429, "7"), "busy 7s"},
		"patience, unsaid":     {status(429, ""), "busy 30s"},
		"patience, odd":        {status(429, "Mon, 23 Nov 2026 00:00:00 GMT"), "busy 30s"},
		"patience, below zero": {status(429, "-1"), "busy 30s"},
		"patience, for ever":   {status(429, "99999999999"), "busy 30s"},
		"patience, in words":   {refuse("ratelimited"), "busy 30s"},
		"500":                  {status(500, ""), doubtful},
		"503":                  {status(503, "7"), doubtful},
		"fatal":                {refuse("fatal_error"), doubtful},
		"internal":             {refuse("internal_error"), doubtful},
		"time-out of Slack's":  {refuse("request_timeout"), doubtful},
		"unavailable":          {refuse("service_unavailable"), doubtful},
		"time-out of a proxy":  {status(408, ""), doubtful},
		"accepted":             {status(202, ""), doubtful},
		"no JSON":              {body(`<html>`), doubtful},
		"nothing":              {body(``), doubtful},
		"half":                 {body(`{"ok":true,"chan`), doubtful},
		"hangs up":             {hangUp(""), doubtful},
		"hangs up half-way":    {hangUp("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"ok\":tr"), doubtful},
		"silence":              {func(http.ResponseWriter, call) { time.Sleep(time.Minute) }, doubtful},
	}
	calls := map[string]func(*App, context.Context) error{
		"chat.postMessage": func(a *App, ctx context.Context) error {
			_, err := a.Post(ctx, "T1", "C1", "digest/1", typed, nil)
			return err
		},
		"chat.update": func(a *App, ctx context.Context) error {
			return a.Edit(ctx, "T1", quota.Place{Channel: "C1", TS: "1"}, typed, nil)
		},
		"chat.delete": func(a *App, ctx context.Context) error {
			return a.Delete(ctx, "T1", quota.Place{Channel: "C1", TS: "1"})
		},
		"conversations.history": func(a *App, ctx context.Context) error {
			_, _, err := a.Find(ctx, "T1", "C1", "digest/1", time.Now())
			return err
		},
	}
	for name, tc := range cases {
		for method, do := range calls {
			t.Run(name+", "+method, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := newStage(t, nil)
					if _, err := s.app.Identify(t.Context()); err != nil { // and leaves a connection to use again
						t.Fatal(err)
					}
					s.slack.set(method, tc.answer)
					began := time.Now()
					err := do(s.app, t.Context())
					if got := class(err); got != tc.want {
						t.Errorf("%v is %s, want %s", err, got, tc.want)
					}
					if took := time.Since(began); took > 12*time.Second {
						t.Errorf("took %s", took)
					}
					time.Sleep(2 * time.Minute)
					if n := s.slack.count(method); n != 1 {
						t.Errorf("sent %d times", n)
					}
					if err != nil && strings.Contains(err.Error(), typed) {
						t.Errorf("%v holds what was said", err)
					}
				})
			})
		}
	}
}

// class names what an error means.
func class(err error) string {
	if busy, ok := errors.AsType[quota.Busy](err); ok {
		return fmt.Sprintf("busy %s", busy.For)
	}
	if no, ok := errors.AsType[quota.Refusal](err); ok {
		return no.Reason
	}
	if err != nil {
		return "doubtful"
	}
	return "done"
}

func TestNotDialled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		_ = s.slack.Close()
		_, err := s.app.Post(t.Context(), "T1", "C1", "digest/1", "x", nil)
		if got := class(err); got != "busy 10s" {
			t.Errorf("%v is %s", err, got)
		}
	})
}

// An answer without a place leaves it open whether there is a message, and ok without an error is no answer.
func TestPostWithoutPlace(t *testing.T) {
	for _, answer := range []string{`{"ok":true}`, `{"ok":false}`, `{}`} {
		synctest.Test(t, func(t *testing.T) {
			s := newStage(t, nil)
			s.slack.set("chat.postMessage", body(answer))
			if _, err := s.app.Post(t.Context(), "T1", "C1", "digest/1", "x", nil); class(err) != "doubtful" {
				t.Errorf("%s: %v", answer, err)
			}
		})
	}
}

// Blocks that are none are refused before anything is sent.
func TestBlocksThatAreNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		for blocks, want := range map[string]string{`{}`: "invalid_blocks_format", `[1]`: "invalid_blocks", `[{}]`: "invalid_blocks", `[`: "invalid_blocks_format"} {
			_, err := s.app.Post(t.Context(), "T1", "C1", "digest/1", "x", []byte(blocks))
			if got := class(err); got != want {
				t.Errorf("%s: %v is %s", blocks, err, got)
			}
			if err := s.app.Edit(t.Context(), "T1", quota.Place{}, "x", []byte(blocks)); class(err) != want {
				t.Errorf("%s: %v", blocks, err)
			}
		}
		if n := len(s.slack.got()); n > 0 {
			t.Errorf("%d calls", n)
		}
	})
}

// A past is what a channel's history holds, the latest first.
type past []map[string]any

func (p past) serve(size int) func(http.ResponseWriter, call) {
	return func(w http.ResponseWriter, c call) {
		var from int
		_, _ = fmt.Sscan(c.form.Get("cursor"), &from)
		to := min(from+size, len(p))
		reply := map[string]any{"ok": true, "messages": p[from:to], "has_more": to < len(p)}
		if to < len(p) {
			reply["response_metadata"] = map[string]any{"next_cursor": fmt.Sprint(to)}
		}
		_ = json.NewEncoder(w).Encode(reply)
	}
}

func said(second int, user, event, name string) map[string]any {
	return map[string]any{"type": "message", "user": user, "bot_id": "B1", "ts": fmt.Sprintf("17000%05d.000100", second), "text": "x",
		"blocks":   []any{map[string]any{"type": "invented_later", "x": 1}},
		"metadata": map[string]any{"event_type": event, "event_payload": map[string]any{"name": name}}}
}

func TestFind(t *testing.T) {
	const name = "digest/1/2026-11-23"
	since := time.Unix(1700000500, 0)
	ours := said(900, "UBOT", "paceline", name)
	var long, old past
	for n := range 3000 {
		long = append(long, said(90000-n, "U1", "", ""))
	}
	for n := range 3000 {
		old = append(old, said(3000-n, "U1", "", ""))
	}
	for _, tc := range []struct {
		label string
		past  past
		want  string
		calls int
	}{
		{"nothing", nil, "absent", 1},
		{"ours", past{said(950, "U1", "", ""), ours}, "1700000900.000100", 1},
		{"somebody else's of this name", past{said(900, "U9", "paceline", name)}, "absent", 1},
		{"another name", past{said(900, "UBOT", "paceline", "digest/1/2026-11-16")}, "absent", 1},
		{"another event", past{said(900, "UBOT", "other", name)}, "absent", 1},
		{"before since, on the latest page", past{said(400, "U1", "", ""), said(300, "UBOT", "paceline", name)}, "1700000300.000100", 1},
		{"on the fifth page", append(append(past{}, long[:900]...), ours), "1700000900.000100", 5},
		{"not since", old[2000:], "absent", 3}, // the third page ends at 401
		{"too much", long, "doubtful", 10},
	} {
		t.Run(tc.label, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.slack.set("conversations.history", tc.past.serve(historyPage))
				at, found, err := s.app.Find(t.Context(), "T1", "C1", name, since)
				got := at.TS
				switch {
				case err != nil:
					got = class(err)
				case !found:
					got = "absent"
				}
				if got != tc.want || s.slack.count("conversations.history") != tc.calls {
					t.Errorf("%s after %d pages, %v; want %s after %d", got, s.slack.count("conversations.history"), err, tc.want, tc.calls)
				}
				form := s.slack.got()[1].form
				if form.Get("include_all_metadata") != "1" || form.Get("channel") != "C1" || form.Get("limit") != "200" {
					t.Errorf("asked %v", form)
				}
				if s.slack.count("auth.test") != 1 {
					t.Error("nobody asked who the bot is")
				}
			})
		})
	}
}

// A page may be empty and not the last; one that leads nowhere is not the end either.
func TestFindOnOddPages(t *testing.T) {
	for next, want := range map[string]string{`"2"`: "done", `""`: "doubtful"} {
		synctest.Test(t, func(t *testing.T) {
			s := newStage(t, nil)
			ours, err := json.Marshal(said(900, "UBOT", "paceline", "digest/1"))
			if err != nil {
				t.Fatal(err)
			}
			s.slack.inTurn("conversations.history",
				body(`{"ok":true,"messages":[],"has_more":true,"response_metadata":{"next_cursor":`+next+`}}`),
				body(`{"ok":true,"messages":[`+string(ours)+`],"has_more":false}`))
			_, found, err := s.app.Find(t.Context(), "T1", "C1", "digest/1", time.Unix(1700000500, 0))
			if class(err) != want || found != (err == nil) {
				t.Errorf("%s: %v, %v", next, found, err)
			}
		})
	}
}

// Over the kernel's sockets too a post goes out once: a connection that was kept open is closed by the server
// while the request is under way, before an answer, and every time.
func TestPostOnceOverTheNetwork(t *testing.T) {
	var posts atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "auth.test") {
			_, _ = io.WriteString(w, `{"ok":true,"user_id":"UBOT"}`)
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		posts.Add(1)
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		if tcp, ok := conn.(*net.TCPConn); ok && posts.Load()%2 == 0 {
			_ = tcp.SetLinger(0) // a reset
		}
		_ = conn.Close()
	}))
	defer server.Close()
	app, err := New(Config{BotToken: botToken, SigningSecret: testSecret, APIURL: server.URL, Answer: &fakeBot{}, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	for n := range int64(50) {
		if _, err := app.Identify(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := app.Post(t.Context(), "T1", "C1", "digest/1", "x", nil); class(err) != "doubtful" {
			t.Errorf("%v is %s", err, class(err))
		}
		if got := posts.Load(); got != n+1 {
			t.Fatalf("%d posts for %d", got, n+1)
		}
	}
}
