package main

import (
	"context"
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/sandbox"
	"github.com/paceline/paceline/internal/store"
)

// A wordless store keeps no message that is to be said: a version that said nothing unasked has written the file.
type wordless struct{ quota.Store }

func (s wordless) Do(ctx context.Context, w quota.Write) (quota.Done, error) {
	decide := w.Decide
	w.Decide = func(f quota.Facts) (quota.Change, error) {
		c, err := decide(f)
		c.Intents = nil
		return c, err
	}
	return s.Store.Do(ctx, w)
}

// seen are the texts of what the bot said in #outreach of its own accord.
func seen(t *testing.T, slack string) (texts []string) {
	t.Helper()
	res, err := http.Get(slack + "/control/messages?channel=outreach")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var all []struct {
		Text     string
		Metadata *struct {
			Payload struct{ Name string } `json:"event_payload"`
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&all); err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Metadata == nil || !strings.HasPrefix(m.Metadata.Payload.Name, "digest/") {
			t.Fatalf("%+v", m)
		}
		texts = append(texts, m.Text)
	}
	return texts
}

// soon waits in real time until something is so.
func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within a minute: %s", what)
		}
	}
}

// TestOwedAtStart is the real bot with the real clock, on a file with last week's logs and no word of a digest: one
// stands in the channel at once, and after a restart, in order or by kill -9, none more.
func TestOwedAtStart(t *testing.T) {
	if left := time.Until(quota.WeekOf(time.Now()).End()); left < time.Minute {
		time.Sleep(left) // the week would end under the test
	}
	now := time.Now()
	last := quota.WeekOf(now) - 1
	file := "bolt:" + filepath.Join(t.TempDir(), "paceline.db")
	e, err := store.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	book := quota.NewBook(wordless{e})
	_, err = book.SetUp(t.Context(), quota.Who{Workspace: sandbox.TeamID}, "team", now.Add(-4*sevenDays), quota.Setup{Name: "Outreach", Channel: sandbox.OutreachID, Managers: []string{"UMIA000001"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []struct {
		person, n int
		after     time.Duration // the beginning of last week
	}{{0, 9, -30 * time.Hour}, {0, 12, 9 * time.Hour}, {1, 7, 10 * time.Hour}, {0, 15, 33 * time.Hour}, {1, 3, 100 * time.Hour}} {
		p := sandbox.People[l.person]
		who := quota.Who{Workspace: sandbox.TeamID, ID: p.ID, Name: p.Name, Zone: p.Zone, Channel: sandbox.OutreachID}
		if _, err := book.Log(t.Context(), who, p.ID+l.after.String(), last.Start().Add(l.after), quota.Log{Kind: quota.Invite, Quantity: l.n}); err != nil {
			t.Fatal(err)
		}
	}
	if open, err := book.Scheduled(t.Context(), sandbox.TeamID); err != nil || len(open) != 0 {
		t.Fatalf("%v, %v", open, err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}

	slack := fakeSlack(t)
	p := startProcess(t, file, slack)
	began := time.Now()
	soon(t, "a digest", func() bool { return len(seen(t, slack)) > 0 })
	t.Logf("after %s", time.Since(began).Round(time.Millisecond))
	text := seen(t, slack)[0]
	for _, want := range []string{"New week: budgets are fresh (", "\nLast week the team sent 37 invites, 28 more than the week before. Busiest day: Monday, 19.\n",
		"\nana · 27 · 75 · ", "\nben · 10 · 75 · ", "Questions: mia."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
	if due := last.End(); began.Sub(due) > 6*time.Minute && !strings.Contains(text, "\nLate: posted "+began.UTC().Format("Mon ")) {
		t.Errorf("it does not say that it is late:\n%s", text)
	}
	soon(t, "the end of a tick", func() bool { return strings.Contains(p.log.String(), "connected to Slack") })
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := exitCode(p.cmd.Wait()); code != exitOK {
		t.Errorf("%d:\n%s", code, p.log)
	}
	for range 2 {
		p := startProcess(t, file, slack)
		// The first tick is over before the bot introduces itself.
		soon(t, "the end of a tick", func() bool { return strings.Contains(p.log.String(), "connected to Slack") })
		p.kill()
	}
	if all := seen(t, slack); len(all) != 1 {
		t.Errorf("%d digests:\n%s", len(all), strings.Join(all, "\n"))
	}
}

// Killed at each moment of a post, or after its answer was lost: the next bot finds out what stands there, and says
// the rest. The naive one says it twice, which is the control.
func TestKilledOverAPost(t *testing.T) {
	for name, c := range map[string]struct {
		aim     shot
		script  string
		doubles bool
	}{
		"arrived":           {aim: beforeShot},
		"landed":            {aim: landedShot, doubles: true},
		"answered":          {aim: answerShot},
		"lost":              {script: "lost", doubles: true},
		"500 after landing": {script: "500 after landing", doubles: true},
		"late":              {script: "late", doubles: true},
		"cut":               {script: "cut"},
		"composing":         {aim: askingShot},
		"ratelimited":       {script: "ratelimited"},
		"429":               {script: "429"},
		"no to the blocks":  {script: "invalid_blocks"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, env := range [][]string{nil, {"PACELINE_NAIVE=1"}} {
				s := newSeason(t, 1, env...)
				s.slack.calm = true
				s.log(0, 0, 12, 0)
				s.now = firstMonday
				s.start()
				if c.aim != "" {
					s.slack.take(c.aim, s.bot)
				} else {
					s.slack.script = []string{c.script}
				}
				s.do(order{})
				if c.aim == "" {
					s.kill() // whatever it knows of it is in the file
				}
				for end := firstMonday.Add(24 * time.Hour); s.now.Before(end); {
					s.now = s.do(order{}).Next
				}
				v := s.judge(1)
				if v.posted-v.doubled != 5 || v.missing+v.wrong+v.open+v.held != 0 {
					t.Errorf("%v: %+v", env, v)
				}
				if naive := env != nil; !naive && v.doubled != 0 || naive && c.doubles && v.doubled == 0 {
					t.Errorf("%v: %d doubled", env, v.doubled)
				}
				if c.doubles && env == nil && s.slack.looks == 0 {
					t.Error("nobody looked")
				}
			}
		})
	}
}

// Without the right to look, a post that was killed over waits for a person, and is not said again.
func TestKilledWithoutTheRightToLook(t *testing.T) {
	s := newSeason(t, 1)
	s.slack.calm, s.slack.barred = true, true
	s.now = firstMonday
	s.start()
	s.slack.take(landedShot, s.bot)
	for end := firstMonday.Add(24 * time.Hour); s.now.Before(end); {
		s.now = s.do(order{}).Next
	}
	// What stands there and what does not are both held, as far as the kill hit them.
	if v := s.judge(1); s.kills != 1 || v.posted+v.missing != 5 || v.missing >= v.held || v.doubled+v.open != 0 {
		t.Errorf("%d kills, %+v", s.kills, v)
	}
}
