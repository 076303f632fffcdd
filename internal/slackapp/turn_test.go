package slackapp

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
)

func TestQuickAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.bot.reply = says(commands.Reply{Text: "25 left", Blocks: []slack.Block{section("*25* left")}})
		began := time.Now()
		w := s.post("/slack/commands", commandForm(typed, "1"), nil)
		want := `{"response_type":"ephemeral","text":"25 left","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*25* left"}}]}`
		if w.Body.String() != want || w.Header().Get("Content-Type") != jsonType {
			t.Errorf("got  %s\nwant %s", w.Body, want)
		}
		if time.Since(began) != 0 {
			t.Errorf("it took %v", time.Since(began))
		}
		r := s.bot.seen()[0]
		if r.Profile.Name != "Ana" || r.Profile.Zone != "Europe/Berlin" || !r.Profile.Admin || !r.Profile.Known || r.Text != typed {
			t.Errorf("the bot saw %+v", r)
		}
		if s.slack.methods() != "" {
			t.Errorf("calls: %s", s.slack.methods())
		}
	})
}

func TestLateAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.bot.reply = func(context.Context, commands.Request) commands.Reply {
			time.Sleep(5 * time.Second)
			return commands.Reply{Text: "25 left"}
		}
		began := time.Now()
		w := s.post("/slack/commands", commandForm("", "1"), nil)
		if took := time.Since(began); w.Code != 200 || w.Body.Len() != 0 || took != 2200*time.Millisecond {
			t.Errorf("acknowledged with %d %q after %v", w.Code, w.Body, took)
		}
		if err := s.app.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != 5*time.Second {
			t.Errorf("drained after %v", took)
		}
		calls := s.slack.got()
		if len(calls) != 1 || calls[0].method != "hook" || calls[0].body["text"] != "25 left" || calls[0].body["response_type"] != "ephemeral" || len(calls[0].body) != 2 {
			t.Errorf("got %+v", calls)
		}
		if _, set := calls[0].header["Idempotency-Key"]; set {
			t.Error("an Idempotency-Key makes net/http send again")
		}
	})
}

// The instant of 2.2 s belongs to one of the two, whoever wins: the answer comes once.
func TestAnswerAtTheDeadline(t *testing.T) {
	for range 50 {
		synctest.Test(t, func(t *testing.T) {
			s := newStage(t, nil)
			s.bot.reply = func(context.Context, commands.Request) commands.Reply {
				time.Sleep(quick)
				return commands.Reply{Text: "25 left"}
			}
			w := s.post("/slack/commands", commandForm("", "1"), nil)
			if err := s.app.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := len(s.slack.got()); (w.Body.Len() > 0) == (n > 0) {
				t.Errorf("acknowledged with %q and posted %d", w.Body, n)
			}
		})
	}
}

func TestPatienceEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.bot.reply = func(ctx context.Context, _ commands.Request) commands.Reply {
			<-ctx.Done()
			return commands.Reply{Text: "I cannot tell yet", Err: ctx.Err(), Reference: "R-1"}
		}
		began := time.Now()
		s.post("/slack/commands", commandForm("", "1"), nil)
		if err := s.app.Drain(t.Context()); err != nil || time.Since(began) != 30*time.Second {
			t.Errorf("drained after %v: %v", time.Since(began), err)
		}
		if s.slack.methods() != "hook" {
			t.Errorf("calls: %s", s.slack.methods())
		}
		if log := s.log.String(); !strings.Contains(log, "level=ERROR") || !strings.Contains(log, "ref=R-1") {
			t.Errorf("log: %s", log)
		}
	})
}

// A person who hangs up stops nothing.
func TestHangUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.bot.reply = func(ctx context.Context, _ commands.Request) commands.Reply {
			time.Sleep(time.Second)
			return commands.Reply{Text: "done", Err: ctx.Err()}
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		s.post("/slack/commands", commandForm("", "1"), func(r *http.Request) { *r = *r.WithContext(ctx) })
		if strings.Contains(s.log.String(), "canceled") {
			t.Errorf("log: %s", s.log)
		}
	})
}

func TestDrainGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.bot.reply = func(context.Context, commands.Request) commands.Reply {
			time.Sleep(20 * time.Second)
			return commands.Reply{Text: "25 left"}
		}
		s.post("/slack/commands", commandForm("", "1"), nil)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := s.app.Drain(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

func TestPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.bot.reply = func(_ context.Context, r commands.Request) commands.Reply {
			if r.Text == typed {
				panic("cannot count " + r.Text)
			}
			time.Sleep(time.Second)
			return commands.Reply{Text: "25 left"}
		}
		other := make(chan string)
		go func() { other <- s.post("/slack/commands", commandForm("8", "1"), nil).Body.String() }()
		w := s.post("/slack/commands", commandForm(typed, "2"), nil)
		ref := regexp.MustCompile(`Something went wrong on my side; nothing was counted twice\. Tell your admin: ref ([0-9A-F]{8})`).FindStringSubmatch(w.Body.String())
		if ref == nil {
			t.Fatalf("answered %s", w.Body)
		}
		if log := s.log.String(); !strings.Contains(log, "ref="+ref[1]) || !strings.Contains(log, "turn_test.go") {
			t.Errorf("the log has no stack under %s: %s", ref[1], log)
		}
		if got := <-other; !strings.Contains(got, "25 left") {
			t.Errorf("somebody else got %s", got)
		}
	})
}

// Every kind of input is told about a panic where its person looks.
func TestPanicElsewhere(t *testing.T) {
	for _, tc := range []struct{ name, kind, payload, methods string }{
		{"press", "interactions", pressJSON, "hook"},
		{"press on Home", "interactions", homePressJSON, "chat.postMessage"},
		{"form", "interactions", submitJSON, "chat.postMessage"},
		{"message", "events", messageJSON(``), "chat.postMessage"},
		{"home", "events", homeJSON, "views.publish"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.bot.reply = func(context.Context, commands.Request) commands.Reply { panic(1) }
				w := s.interact(tc.kind, tc.payload)
				if w.Code != 200 || s.slack.methods() != tc.methods {
					t.Errorf("status %d, calls %q", w.Code, s.slack.methods())
				}
			})
		})
	}
}
