package commands

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Whatever way it was asked and whatever went wrong, Retry does it once, however often it is pressed.
func TestRetry(t *testing.T) {
	var list strings.Builder
	for i := range 30 {
		fmt.Fprintf(&list, "<https://www.linkedin.com/in/jane-van-der-doe-%d%07d?trk=mobile> ", i, i*7919%9999999)
	}
	for _, c := range []struct {
		name, want string
		ask        func(s *stage, on Reply) Reply // on: the answer to /budget
		left       int                            // after it; ana had 73
	}{
		{"slash command", "^Logged 5\\. 68 left", func(s *stage, _ Reply) Reply { return s.slash("UANA", "/sent 5") }, 68},
		{"direct message", "^Logged 5\\. 68 left", func(s *stage, _ Reply) Reply { return s.dm("UANA", "5") }, 68},
		{"long list", "^Logged 30 .*43 left", func(s *stage, _ Reply) Reply { return s.slash("UANA", "/sent "+list.String()) }, 43},
		{"undo", "^Undid 2 .*75 left", func(s *stage, _ Reply) Reply { return s.slash("UANA", "/sent undo") }, 75},
		{"settings", "^Saved\\. Time zone: Asia/Tokyo", func(s *stage, _ Reply) Reply { return s.slash("UANA", "/paceline settings zone Asia/Tokyo") }, 73},
		{"a button", "^Logged 5\\. 68 left", func(s *stage, on Reply) Reply { return s.press("UANA", on, "log_5") }, 68},
		{"undo by button", "^Undid 2 .*75 left", func(s *stage, _ Reply) Reply {
			return s.pressValue("UANA", "undo", "id=u&op="+fmt.Sprint(s.op("UANA")))
		}, 75},
		{"leave", "^You left the team", func(s *stage, _ Reply) Reply { return s.pressValue("UANA", "leave", "id=l") }, 73},
	} {
		for _, f := range []fault{{quota.ErrUnavailable, false}, {quota.ErrAmbiguous, false}, {quota.ErrAmbiguous, true}, {quota.ErrCorrupt, false}} {
			t.Run(fmt.Sprintf("%s/%v/%v", c.name, f.err, f.lands), func(t *testing.T) {
				s := staged(t)
				on := s.slash("UANA", "/budget")
				s.store.writes = []fault{f, f}
				failed := c.ask(s, on)
				said := map[error]string{quota.ErrUnavailable: "^Not saved: .*nothing was counted\\. Press Retry in a moment\\.", quota.ErrAmbiguous: "^I cannot tell yet whether this was saved\\. Press Retry: it cannot count twice\\.", quota.ErrCorrupt: "^Something went wrong on my side\\."}
				s.want(failed, said[f.err])
				if failed.Err == nil || failed.Reference == "" {
					t.Errorf("the operator hears nothing: %+v", failed)
				}
				second := s.press("UANA", failed, "retry") // fails as well
				s.want(second, said[f.err])
				if !second.Replace || second.Reference != failed.Reference && c.name != "a button" && c.name != "undo by button" && c.name != "leave" {
					t.Errorf("the second failure: replace %v, reference %s after %s", second.Replace, second.Reference, failed.Reference)
				}
				done := s.press("UANA", second, "retry")
				s.want(done, c.want)
				if !done.Replace || done.Err != nil {
					t.Errorf("it stands beside the error: %+v", done)
				}
				was := s.state()
				if again := s.press("UANA", failed, "retry"); again.Text != done.Text {
					t.Errorf("once more: %q, before %q", again.Text, done.Text)
				}
				s.unchanged(was, "Retry once more")
				if left := s.left("UANA"); left != c.left {
					t.Errorf("%d left, want %d", left, c.left)
				}
			})
		}
	}
}

// op is the latest operation of somebody.
func (s *stage) op(user string) uint64 {
	st, err := s.book.Standing(s.t.Context(), quota.Who{Workspace: "T1", ID: user}, s.at, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	return st.Journal.Operations()[0].Op
}

// What cannot be read says so and saves nothing; it is asked again by Retry.
func TestRetryOfReads(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"/budget", "^73 left"}, {"/budget why", "Source:"}, {"/budget <@UBEN>", "^ben: 73 left"}, {"/paceline", "^What would you like"}, {"/paceline settings", "^Your time zone"},
	} {
		s := staged(t)
		s.store.reads = []error{quota.ErrUnavailable}
		failed := s.slash("UANA", c.line)
		s.want(failed, "^I could not reach my store just now\\. Press Retry in a moment\\. Reference")
		s.want(s.press("UANA", failed, "retry"), c.want)
	}
	s := staged(t)
	menu := s.slash("UANA", "/paceline")
	s.store.reads = []error{quota.ErrUnavailable}
	failed := s.press("UANA", menu, "card")
	s.want(failed, "^I could not reach")
	s.want(s.press("UANA", failed, "retry"), "^73 left")

	s.store.reads = []error{quota.ErrUnavailable}
	home := s.check(s.bot.Open(t.Context(), s.request("UANA", "", "")))
	if home.Home == nil || home.Err == nil || len(buttons(home)) != 0 || strings.Contains(home.Text, "Retry") {
		t.Errorf("%+v", home)
	}
}

// On Home there is no message for a Retry: the button that was pressed is its own.
func TestRetryOnHome(t *testing.T) {
	for _, f := range []fault{{quota.ErrUnavailable, false}, {quota.ErrAmbiguous, true}} {
		s := staged(t)
		home := s.check(s.bot.Open(t.Context(), s.request("UANA", "", "")))
		s.store.writes = []fault{f}
		failed := s.press("UANA", home, "log_5")
		s.want(failed, "Press the button again")
		if failed.Modal == nil || has(failed, "retry") || failed.Home != nil {
			t.Errorf("%+v", failed)
		}
		s.want(s.press("UANA", home, "log_5"), "^Logged 5\\. 68 left")
		s.want(s.press("UANA", home, "log_5"), "^Logged 5\\. 68 left")
		if s.left("UANA") != 68 {
			t.Errorf("%d left", s.left("UANA"))
		}
	}
}

// A form that was not saved stays open; submitting it again is its Retry.
func TestRetryOfForms(t *testing.T) {
	for _, c := range []struct {
		user, line, want string
		values           map[string][]string
	}{
		{"UANA", "/paceline", "^Logged 7\\. 66 left", map[string][]string{"quantity": {"7"}, "kind": {"invite"}}},
		{"UANA", "/paceline settings", "^Saved\\. Time zone: Asia/Tokyo", map[string][]string{"zone": {"Asia/Tokyo"}, "days": {"mon"}}},
		{"UMIA", "/paceline setup", "^Team “New” is set up", map[string][]string{"name": {"New"}, "channel": {"C7"}, "managers": {"UMIA"}}},
	} {
		for _, f := range []fault{{quota.ErrUnavailable, false}, {quota.ErrAmbiguous, false}, {quota.ErrAmbiguous, true}} {
			s := staged(t)
			first := s.slash(c.user, c.line)
			if first.Modal == nil {
				first = s.press(c.user, first, "log_other")
			}
			s.store.writes = []fault{f}
			failed := s.submit(c.user, first.Modal, c.values)
			want := "Not saved.*Submit again in a moment\\. Reference"
			if f.err == quota.ErrAmbiguous {
				want = "cannot tell yet whether this was saved\\. Submit again: it cannot count twice\\. Reference"
			}
			s.want(failed, want)
			if failed.Err == nil || len(failed.Errors) != 1 {
				t.Errorf("%+v", failed)
			}
			s.want(s.submit(c.user, first.Modal, c.values), c.want)
			was := s.state()
			s.want(s.submit(c.user, first.Modal, c.values), c.want)
			s.unchanged(was, "submitting once more")
		}
	}
}

// What is too long for a button even when packed is told so: never "press Retry" without a Retry.
func TestRetryTooLong(t *testing.T) {
	noise := rand.New(rand.NewPCG(1, 2))
	var text strings.Builder
	for text.Len() < 3800 {
		text.WriteString("linkedin.com/in/")
		for range 50 {
			text.WriteByte("abcdefghijklmnopqrstuvwxyz0123456789"[noise.IntN(36)])
		}
		text.WriteByte(' ')
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{quota.ErrUnavailable, "^Not saved: .*Type it again in a moment\\."},
		{quota.ErrAmbiguous, "^I cannot tell yet whether this was saved\\. Look at `/budget` before you type it again\\."},
	} {
		s := staged(t)
		s.store.writes = []fault{{err: c.err}}
		r := s.slash("UANA", "/sent "+text.String())
		s.want(r, c.want)
		if len(buttons(r)) != 0 {
			t.Errorf("a button all the same: %q", s.button(r, "retry").Value)
		}
	}
}

func TestPack(t *testing.T) {
	for _, text := range []string{"", "5", "é\x00\n<>&", strings.Repeat("https://www.linkedin.com/in/jane-doe ", 100)} {
		if got, ok := unpack(pack(text)); !ok || got != text {
			t.Errorf("unpack(pack(%.20q)) = %.20q, %v", text, got, ok)
		}
	}
	bomb := pack(strings.Repeat("a", 1<<20))
	began := time.Now()
	if _, ok := unpack(bomb); ok || len(bomb) > mostValue || time.Since(began) > time.Second {
		t.Error("a bomb went off")
	}
}

// The same request once more gives the same answer and changes nothing.
func TestRepeats(t *testing.T) {
	s := staged(t)
	on := s.slash("UANA", "/sent 3")
	form := s.press("UANA", s.slash("UANA", "/paceline"), "log_other").Modal
	settings := s.slash("UANA", "/paceline settings").Modal
	setup := s.slash("UMIA", "/paceline setup").Modal
	asks := map[string]func(r Request) Reply{}
	for _, line := range []string{"/sent 5", "/sent 2 note", "/sent 5 yesterday", "/sent linkedin.com/in/jane", "/sent undo", "/sent 0", "/sent 500", "/budget", "/budget why", "/budget <@UBEN>", "/paceline", "/paceline help", "/paceline settings zone Asia/Tokyo", "/paceline dance"} {
		asks[line] = func(r Request) Reply {
			r.Command, r.Text, _ = strings.Cut(line, " ")
			return s.bot.Command(t.Context(), r)
		}
	}
	for _, text := range []string{"5", "undo", "budget", "hello", "Jane linkedin.com/in/jane-2"} {
		asks["say "+text] = func(r Request) Reply { r.Text = text; return s.bot.Say(t.Context(), r) }
	}
	for _, action := range []string{"undo", "log_5", "why"} {
		asks["press "+action] = func(r Request) Reply {
			return s.bot.Press(t.Context(), r, Press{Action: action, Value: s.button(on, action).Value})
		}
	}
	asks["log form"] = func(r Request) Reply {
		return s.bot.Submit(t.Context(), r, Form{Callback: form.CallbackID, Private: form.PrivateMetadata, Values: map[string][]string{"quantity": {"4"}, "kind": {"page"}, "day": {"2026-11-23"}, "people": {"linkedin.com/in/kim"}}})
	}
	asks["settings form"] = func(r Request) Reply {
		return s.bot.Submit(t.Context(), r, Form{Callback: settings.CallbackID, Private: settings.PrivateMetadata, Values: map[string][]string{"zone": {"slack"}, "days": {"mon", "tue"}}})
	}
	asks["setup form"] = func(r Request) Reply {
		r.User = "UMIA"
		return s.bot.Submit(t.Context(), r, Form{Callback: setup.CallbackID, Private: setup.PrivateMetadata, Values: map[string][]string{"name": {"New"}, "channel": {"C1"}, "managers": {"UMIA", "UANA"}}})
	}
	for name, ask := range asks {
		r := s.request("UANA", "", "")
		first := s.check(ask(r))
		was := s.state()
		for range 3 {
			again := s.check(ask(r))
			if again.Text != first.Text || fmt.Sprint(again.Errors) != fmt.Sprint(first.Errors) {
				t.Errorf("%s says\n%q, then\n%q", name, first.Text, again.Text)
			}
			if strings.Join(values(again), " ") != strings.Join(values(first), " ") {
				t.Errorf("%s: other buttons the second time", name)
			}
		}
		s.unchanged(was, name)
	}
}

func values(r Reply) []string {
	var out []string
	for _, b := range buttons(r) {
		out = append(out, b.ActionID+":"+b.Value)
	}
	return out
}
