package slackapp

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

// Edits of one message are sent one at a time, those between the first and the last not at all; another
// message waits for none of them.
func TestEditsCoalesce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.slack.slow("chat.update", 5*time.Second)
		s.bot.reply = func(_ context.Context, r commands.Request) commands.Reply {
			place := quota.Place{Channel: "D1", TS: "1"}
			if r.Text == "other" {
				place.TS = "2"
			}
			return commands.Reply{Text: "ok", Update: &commands.Update{At: place, Text: r.Text}}
		}
		began := time.Now()
		for i, text := range []string{"a", "b", "c", "other", "d"} {
			s.interact("commands", commandForm(text, fmt.Sprint(i)))
			synctest.Wait()
		}
		if time.Since(began) != 0 {
			t.Errorf("acknowledged after %v", time.Since(began))
		}
		if err := s.app.Drain(t.Context()); err != nil || time.Since(began) != 10*time.Second {
			t.Errorf("drained after %v: %v", time.Since(began), err)
		}
		sent := make(map[string]string)
		for _, c := range s.slack.got() {
			sent[c.form.Get("ts")] += c.form.Get("text") + " "
		}
		if sent["1"] != "a d " || sent["2"] != "other " {
			t.Errorf("sent %v", sent)
		}

		s.interact("commands", commandForm("e", "9"))
		if err := s.app.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := s.slack.count("chat.update"); n != 4 || len(s.app.edits.waiting) != 0 {
			t.Errorf("%d edits in all, %d kept", n, len(s.app.edits.waiting))
		}
	})
}

// A failure does not keep the next one from being sent.
func TestEditAfterFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.slack.slow("chat.update", time.Second)
		s.slack.set("chat.update", refuse("cant_update_message"))
		s.bot.reply = says(commands.Reply{Text: "ok", Update: &commands.Update{At: quota.Place{Channel: "D1", TS: "1"}, Text: "x"}})
		for i := range 3 {
			s.interact("commands", commandForm("", fmt.Sprint(i)))
			synctest.Wait()
		}
		if err := s.app.Drain(t.Context()); err != nil || s.slack.methods() != "chat.update chat.update" {
			t.Errorf("%s, %v", s.slack.methods(), err)
		}
	})
}
