package commands

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// put writes an intent as if somebody had come as far with it.
func (s *stage) put(i quota.Intent) {
	s.t.Helper()
	s.n++
	_, err := s.store.Store.Do(s.t.Context(), quota.Write{Workspace: "T1", Key: fmt.Sprint("put/", s.n), At: s.at, Decide: func(quota.Facts) (quota.Change, error) {
		return quota.Change{Intents: []quota.Intent{i}}, nil
	}})
	if err != nil {
		s.t.Fatal(err)
	}
}

// intent returns what is said under a name.
func (s *stage) intent(name string) quota.Intent {
	s.t.Helper()
	f, err := s.store.Store.Read(s.t.Context(), "T1", quota.Need{Intents: []string{name}})
	if err != nil {
		s.t.Fatal(err)
	}
	return f.Intents[name]
}

// below is the value of a button below a message that nobody asked for.
func below(name, action string, op uint64, more ...string) string {
	n := strconv.FormatUint(op, 10)
	v := url.Values{"id": {name + "/" + action + "/" + n}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v.Encode()
}

// burst logs one, and returns its message and its operation.
func (s *stage) burst(user string) (quota.Intent, uint64) {
	s.t.Helper()
	s.want(s.slash(user, "/sent 40"), "^Logged 40")
	i := s.intent("nudge/" + user + "/2026-11-23/1")
	if i.Op == 0 {
		s.t.Fatal("no message about a burst")
	}
	return i, i.Op
}

func TestQuietTyped(t *testing.T) {
	s := staged(t)
	until := func() time.Time { return s.state().members["UANA"].Quiet.Until }
	for _, c := range []struct {
		line, want string
		until      time.Time
	}{
		{"quiet today", "^Quiet until Wed 00:00 your time: no messages about your pace\\. When a ceiling is passed or a restriction ends, I still tell you\\. `quiet off` ends it\\.$", time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC)},
		{"quiet off", "^You hear from me again", time.Time{}},
		{"quiet this week", "^Quiet until Mon 00:00 your time: ", time.Date(2026, 11, 29, 23, 0, 0, 0, time.UTC)},
		{"quiet for the rest of the week, please", "^Quiet until Mon 00:00", time.Date(2026, 11, 29, 23, 0, 0, 0, time.UTC)},
		{"QUIET TODAY!", "^Quiet until Wed 00:00", time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC)},
	} {
		s.want(s.slash("UANA", "/paceline "+c.line), c.want)
		if got := until(); !got.Equal(c.until) {
			t.Errorf("%s: until %s, want %s", c.line, got, c.until)
		}
	}
	was := s.state()
	for _, line := range []string{"quiet", "quiet moon", "quiet until fri", "quiet today off", "quiet <!channel>"} {
		s.want(s.slash("UANA", "/paceline "+line), "Write `quiet today`, `quiet this week`, or `quiet off` to hear from me again\\. Nothing changed\\.$")
		s.unchanged(was, line)
	}
	s.want(s.dm("UANA", "quiet off"), "^You hear from me again")
	s.want(s.slash("UDAN", "/paceline quiet today"), "^You are not on a team yet")
	// Sunday is the last day of the week that people live, wherever it is Monday already.
	s.at = time.Date(2026, 11, 30, 1, 0, 0, 0, time.UTC)
	s.slash("UANA", "/paceline settings zone America/New York")
	s.want(s.slash("UANA", "/paceline quiet this week"), "^Quiet until Mon 00:00 your time")
	s.want(s.slash("UANA", "/paceline settings zone utc"), "Saved")
	s.want(s.slash("UANA", "/paceline quiet today"), "^Quiet until Tue 00:00 UTC")
	// Nothing is said to be saved that was not.
	s.store.writes = []fault{{err: quota.ErrUnavailable}}
	failed := s.slash("UANA", "/paceline quiet off")
	s.want(failed, "^Not saved")
	s.want(s.press("UANA", failed, "retry"), "^You hear from me again")
}

// Pressed below a message about pace, that message stays, without its buttons.
func TestQuietPressed(t *testing.T) {
	for action, want := range map[string]string{"quiet_today": "Wed 00:00", "quiet_week": "Mon 00:00"} {
		s := staged(t)
		i, op := s.burst("UANA")
		value := below(i.Name, action, op)
		r := s.pressValue("UANA", action, value)
		s.want(r, "^40 invites within an hour, ana\\. ", "\nQuiet until "+want+" your time: ")
		if !r.Replace || len(buttons(r)) != 0 || len(r.Blocks) < 2 {
			t.Errorf("%+v", r)
		}
		was := s.state()
		if again := s.pressValue("UANA", action, value); again.Text != r.Text {
			t.Errorf("%q, then %q", r.Text, again.Text)
		}
		s.unchanged(was, "a double click")
		// The next day its words would be wrong, so the answer stands below it.
		s.at = s.at.Add(24 * time.Hour)
		if r := s.pressValue("UANA", action, below(i.Name, action+" again", op)); r.Replace || !strings.HasPrefix(r.Text, "Quiet until ") {
			t.Errorf("%+v", r)
		}
	}
	s := staged(t)
	s.put(quota.Intent{Name: "cram/UANA/2026-11-23", To: "UANA", Member: "UANA", Due: s.at, State: quota.Posted, Settled: s.at})
	if r := s.pressValue("UANA", "quiet_week", below("cram/UANA/2026-11-23", "quiet_week", 0)); !r.Replace || !strings.Contains(r.Text, "One working day to go, ana.") || !strings.Contains(r.Text, "\nQuiet until Mon") {
		t.Errorf("%+v", r)
	}
	if r := s.pressValue("UCLEO", "quiet_week", below("cram/UANA/2026-11-23", "quiet_week", 0)); r.Replace || strings.Contains(r.Text, "working day") {
		t.Errorf("cleo reads ana's: %+v", r)
	}
	// What is no such message still keeps quiet; nobody else's is shown.
	_, op := s.burst("UBEN")
	for _, v := range []string{"id=x", below("nudge/UBEN/2026-11-23/1", "quiet_today", op), "id=nudge%2F", "id=%2F", "id=cram%2F%2F", "id=told%2Fx%2F1"} {
		if r := s.pressValue("UANA", "quiet_today", v); r.Replace || !strings.HasPrefix(r.Text, "Quiet until Wed") {
			t.Errorf("%s: %+v", v, r)
		}
	}
	s.want(s.pressValue("UDAN", "quiet_today", "id=x"), "^You are not on a team")
}

// "Sent over several days" takes the message back and changes no number; its Undo puts everything as it was.
func TestSpreadPressed(t *testing.T) {
	s := staged(t)
	i, op := s.burst("UANA")
	value := below(i.Name, "spread", op, "op", strconv.FormatUint(op, 10))
	left := s.left("UANA")
	r := s.pressValue("UANA", "spread", value)
	s.want(r, "^Noted: 40 invites were not sent at once\\. They count for the same day; no number changes\\.$")
	if r.Replace || s.left("UANA") != left {
		t.Errorf("%+v, %d left", r, s.left("UANA"))
	}
	was := s.state()
	if again := s.pressValue("UANA", "spread", value); again.Text != r.Text {
		t.Errorf("%q, then %q", r.Text, again.Text)
	}
	s.unchanged(was, "a double click")
	if _, _, err := s.book.Paced(t.Context(), quota.Who{Workspace: "T1", ID: "UANA"}, s.at, op); !errors.Is(err, quota.ErrUndone) {
		t.Errorf("%v", err)
	}
	s.want(s.pressValue("UANA", "spread", below(i.Name, "spread", op+1, "op", strconv.FormatUint(op, 10))), "undone already\\. Nothing changed\\.$")
	s.unchanged(was, "another button of the same log")
	back := s.press("UANA", r, "gather")
	s.want(back, "^Noted: sent at once, as before\\. Nothing else changed\\.$")
	if !back.Replace || s.left("UANA") != left {
		t.Errorf("%+v, %d left", back, s.left("UANA"))
	}
	r = s.press("UANA", back, "spread")
	s.want(r, "^Noted: 40 invites were not")
	if !r.Replace {
		t.Error("an answer of one's own is replaced")
	}
	s.want(s.slash("UANA", "/sent undo"), "^Undid 40 logged")
	if s.left("UANA") != 73 {
		t.Errorf("%d left", s.left("UANA"))
	}
	// Others cannot, and an unsaved one can be tried again.
	i, op = s.burst("UBEN")
	value = below(i.Name, "spread", op, "op", strconv.FormatUint(op, 10))
	was = s.state()
	s.want(s.pressValue("UANA", "spread", value), "^I can change your own logs of the last 35 days only\\. Nothing changed\\.$")
	s.want(s.pressValue("UBEN", "spread", below(i.Name, "spread", op)), "too old for me")
	s.unchanged(was, "somebody else")
	s.store.writes = []fault{{err: quota.ErrAmbiguous, lands: true}}
	failed := s.pressValue("UBEN", "spread", value)
	s.want(failed, "^I cannot tell yet")
	was = s.state()
	s.want(s.press("UBEN", failed, "retry"), "^Noted: 40 invites were not")
	s.unchanged(was, "Retry of what had landed")
	// A log without a time says nothing about pace.
	s.slash("UCLEO", "/sent 30 today")
	o, _ := s.book.Standing(t.Context(), quota.Who{Workspace: "T1", ID: "UCLEO"}, s.at, quota.Invite)
	s.want(s.pressValue("UCLEO", "spread", fmt.Sprintf("id=z&op=%d", o.Journal.Operations()[0].Op)), "^How that log was sent makes no difference any more\\. Nothing changed\\.$")
}

// Undo below a message that is taken back is answered below it.
func TestUndoUnasked(t *testing.T) {
	s := staged(t)
	i, op := s.burst("UANA")
	r := s.pressValue("UANA", "undo", below(i.Name, "undo", op, "op", strconv.FormatUint(op, 10)))
	s.want(r, "^Undid 40 logged")
	if r.Replace {
		t.Error("the answer stands in a message that goes away")
	}
	if i := s.intent(i.Name); i.Token != 0 || i.Content != nil {
		t.Errorf("%+v", i)
	}
}
