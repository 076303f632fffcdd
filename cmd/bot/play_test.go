package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/paceline/paceline/internal/store"
)

// A screen keeps what a sub-command prints.
type screen struct {
	mu   sync.Mutex
	text strings.Builder

	address chan string // where the page is, once that has been printed
}

var saidAddress = regexp.MustCompile(`Open (http://\S+) and`)

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if said := saidAddress.FindSubmatch(p); said != nil {
		s.address <- string(said[1])
	}
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// performs runs `bot sandbox` with real sockets and returns a caller of its control API.
func performs(t *testing.T, args ...string) (call func(path string, in any) (int, string), printed *screen) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	printed = &screen{address: make(chan string, 1)}
	ended := make(chan error, 1)
	go func() { ended <- runSandbox(ctx, args, printed, printed) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	base := ""
	select {
	case base = <-printed.address:
	case err := <-ended:
		ended <- nil
		t.Fatalf("it ended before it said where it is: %v\n%s", err, printed)
	}
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	return func(path string, in any) (int, string) {
		t.Helper()
		raw, _ := json.Marshal(in)
		res, err := client.Post(base+"/control/"+path, "application/json", bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(body)
	}, printed
}

func TestResetBeginsAnew(t *testing.T) {
	for _, delivery := range []string{"socket", "http"} {
		t.Run(delivery, func(t *testing.T) {
			call, _ := performs(t, "-addr", "127.0.0.1:0", "-seed", "empty", "-at", "2026-11-24T09:05:00Z", "-delivery", delivery)
			says := func(line, want string) {
				t.Helper()
				status, out := call("command", map[string]any{"user": "ana", "text": line})
				if status != http.StatusOK || !strings.Contains(out, want) {
					t.Errorf("%s: %d %s, want %q", line, status, out, want)
				}
			}
			says("/sent 5", "70 left")
			if status, out := call("advance", map[string]any{"by": "200h"}); status != http.StatusOK {
				t.Fatal(out)
			}
			for round := range 3 {
				status, out := call("reset", map[string]any{"seed": "empty"})
				if status != http.StatusOK || !strings.Contains(out, "2026-11-24T09:05:00Z") {
					t.Fatalf("round %d: %d %s", round, status, out)
				}
				says("/sent 7", "68 left")
			}
			if status, out := call("reset", map[string]any{"seed": "demo"}); status != http.StatusOK {
				t.Fatal(out)
			}
			says("/sent 5", "49 this week")
			if status, out := call("advance", map[string]any{"by": "25h"}); status != http.StatusOK || !strings.Contains(out, "fired") {
				t.Error(out) // the ticks go to the bot of today
			}
		})
	}
}

// Two who reset at once both get what they asked for, one after the other.
func TestResetsAtOnce(t *testing.T) {
	call, _ := performs(t, "-addr", "127.0.0.1:0", "-at", "2026-11-24T09:05:00Z")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if status, out := call("reset", map[string]any{"seed": "empty"}); status != http.StatusOK {
				t.Error(out)
			}
		})
	}
	all.Wait()
	if status, out := call("command", map[string]any{"user": "ana", "text": "/sent 5"}); status != http.StatusOK || !strings.Contains(out, "70 left") {
		t.Error(status, out)
	}
}

func TestAFileIsNotReset(t *testing.T) {
	call, _ := performs(t, "-addr", "127.0.0.1:0", "-seed", "empty", "-store", "bolt:"+filepath.Join(t.TempDir(), "try.db"))
	call("command", map[string]any{"user": "ana", "text": "/sent 5"})
	status, out := call("reset", map[string]any{"seed": "demo"})
	if status != http.StatusBadRequest || !strings.Contains(out, "start without -store to reset") {
		t.Error(status, out)
	}
	if _, out := call("command", map[string]any{"user": "ana", "text": "/budget"}); !strings.Contains(out, "70 left") {
		t.Error(out)
	}
}

func TestOpenToOthersIsSaid(t *testing.T) {
	for addr, warned := range map[string]bool{"127.0.0.1:0": false, "0.0.0.0:0": true} {
		t.Run(addr, func(t *testing.T) {
			_, printed := performs(t, "-addr", addr, "-seed", "empty")
			if got := strings.Contains(printed.String(), "reached from other machines"); got != warned {
				t.Error(fmt.Sprint(printed))
			}
		})
	}
}

// A bot in production shows nothing of the sandbox, whatever is asked for.
func TestServeHasNothingOfTheSandbox(t *testing.T) {
	s, err := store.Open(t.Context(), "mem:")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b, err := wire(config{BotToken: "xoxb-1", SigningSecret: "secret"}, s, doors{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	h := b.handler()
	for _, path := range []string{"/", "/gallery", "/page/app.js", "/control/state", "/control/live", "/control/reset", "/api/auth.test", "/socket", "/response/1"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequest(method, path, strings.NewReader("{}")))
			if w.Code != http.StatusNotFound {
				t.Errorf("%s %s: %d", method, path, w.Code)
			}
		}
	}
}
