package slackapp

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paceline/paceline/internal/commands"
)

// A direct message that comes again is acknowledged at once and answered no more, in hand or done, by
// either of its names.
func TestMessageAgain(t *testing.T) {
	for name, again := range map[string]string{
		"the same":     messageJSON(``),
		"by its event": strings.Replace(messageJSON(``), "170.5", "171.5", 1),
		"by its place": strings.Replace(messageJSON(``), "Ev1", "Ev9", 1),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.bot.reply = func(context.Context, commands.Request) commands.Reply {
					time.Sleep(5 * time.Second)
					return commands.Reply{Text: "25 left"}
				}
				s.interact("events", messageJSON(``))
				for range 2 { // in hand, then done
					began := time.Now()
					if w := s.interact("events", again); w.Code != 200 || time.Since(began) != 0 {
						t.Errorf("acknowledged with %d after %v", w.Code, time.Since(began))
					}
					time.Sleep(5 * time.Second)
				}
				s.interact("events", messageAt("180.1"))
				time.Sleep(5 * time.Second)
				if len(s.bot.seen()) != 2 || s.slack.methods() != "chat.postMessage chat.postMessage" {
					t.Errorf("%d requests, calls %s", len(s.bot.seen()), s.slack.methods())
				}
			})
		})
	}
}

// A repeat is let through when it is certain that the first answer was not posted, and only then.
func TestMessageAgainAfterFailure(t *testing.T) {
	for name, tc := range map[string]struct {
		answer func(http.ResponseWriter, call)
		want   int
	}{
		"refused":  {refuse("channel_not_found"), 2},
		"limited":  {status(429, ""), 2},
		"doubtful": {refuse("internal_error"), 1},
		"down":     {status(500, ""), 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.slack.inTurn("chat.postMessage", tc.answer)
				for range 3 {
					s.interact("events", messageJSON(``))
				}
				if n := s.slack.count("chat.postMessage"); n != tc.want || len(s.bot.seen()) != tc.want {
					t.Errorf("%d posts of %d answers, want %d", n, len(s.bot.seen()), tc.want)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		_ = s.slack.Close()
		for range 2 {
			s.interact("events", messageJSON(``))
		}
		if len(s.bot.seen()) != 2 {
			t.Errorf("%d answers while nothing can be dialled, want 2", len(s.bot.seen()))
		}
	})
}

func TestMemory(t *testing.T) {
	var m memory
	name := func(i int) []string { return []string{fmt.Sprint(i)} }
	for i := range maxMet {
		if !m.take(name(i)) || m.take(name(i)) {
			t.Fatalf("name %d", i)
		}
	}
	if !m.take(name(maxMet)) || !m.take(name(0)) || m.take(name(2)) {
		t.Error("not the oldest went")
	}
	// Told again after it was forgotten, a name lives as long as a new one.
	m.forget(name(4))
	if !m.take(name(4)) || !m.take(name(-1)) || !m.take(name(-2)) || m.take(name(4)) {
		t.Error("a name went with its first place")
	}
	if m.take([]string{"new", "4"}) || !m.take([]string{"new"}) {
		t.Error("what was refused was noted")
	}
	for i := range 3 * maxMet {
		m.take(name(-3 - i))
	}
	if len(m.slots) != maxMet {
		t.Errorf("%d names kept", len(m.slots))
	}
}
