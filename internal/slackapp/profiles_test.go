package slackapp

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
)

func TestProfileOf(t *testing.T) {
	for _, tc := range []struct {
		name string
		user slack.User
		want commands.Profile
	}{
		{"display name", slack.User{TeamID: "T1", Name: "n", RealName: "r", TZ: "UTC", Profile: slack.UserProfile{DisplayName: "d", RealName: "pr"}}, commands.Profile{Name: "d", Zone: "UTC", Known: true}},
		{"real name", slack.User{TeamID: "T1", Name: "n", RealName: "r", Profile: slack.UserProfile{RealName: "pr"}}, commands.Profile{Name: "pr", Known: true}},
		{"name", slack.User{TeamID: "T1", Name: "n"}, commands.Profile{Name: "n", Known: true}},
		{"owner", slack.User{IsOwner: true}, commands.Profile{Admin: true, Known: true}},
		{"primary owner", slack.User{IsPrimaryOwner: true}, commands.Profile{Admin: true, Known: true}},
		{"guest", slack.User{TeamID: "T1", IsRestricted: true}, commands.Profile{Stranger: true, Known: true}},
		{"single-channel guest", slack.User{TeamID: "T1", IsUltraRestricted: true}, commands.Profile{Stranger: true, Known: true}},
		{"stranger", slack.User{TeamID: "T1", IsStranger: true}, commands.Profile{Stranger: true, Known: true}},
		{"another company", slack.User{TeamID: "T2"}, commands.Profile{Stranger: true, Known: true}},
		{"another workspace of the enterprise", slack.User{TeamID: "T2", Enterprise: slack.EnterpriseUser{Teams: []string{"T2", "T1"}}}, commands.Profile{Known: true}},
	} {
		if got := profileOf("T1", &tc.user); got != tc.want {
			t.Errorf("%s: got %+v", tc.name, got)
		}
	}
}

// ask lets somebody type a command and returns the profile that the bot saw, and after how long.
func (s *stage) ask() (commands.Profile, time.Duration) {
	s.t.Helper()
	began := time.Now()
	s.interact("commands", commandForm("", fmt.Sprint(began.UnixNano())))
	seen := s.bot.seen()
	return seen[len(seen)-1].Profile, time.Since(began)
}

func TestProfilesAreKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		for range 3 {
			if p, _ := s.ask(); p.Name != "Ana" {
				t.Errorf("got %+v", p)
			}
			time.Sleep(10 * time.Minute)
		}
		if n := s.slack.count("users.info"); n != 1 {
			t.Errorf("%d lookups within the hour", n)
		}
		time.Sleep(31 * time.Minute)
		s.ask()
		if n := s.slack.count("users.info"); n != 2 {
			t.Errorf("%d lookups after the hour", n)
		}

		// News comes unasked, and only of people the bot has met.
		change := `{"type":"event_callback","team_id":"T1","event_id":"E","event":{"type":"user_change","user":{"id":"%s","team_id":"T1","name":"anabel","tz":"Asia/Tokyo"}}}`
		s.interact("events", fmt.Sprintf(change, "U1"))
		s.interact("events", fmt.Sprintf(change, "U9"))
		if p, _ := s.ask(); p.Name != "anabel" || p.Zone != "Asia/Tokyo" || p.Admin {
			t.Errorf("after the change: %+v", p)
		}
		if n := len(s.app.profiles.known); n != 1 {
			t.Errorf("%d people kept", n)
		}
	})
}

func TestProfileComesLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.slack.slow("users.info", 3*time.Second)
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if p, took := s.ask(); p != (commands.Profile{}) || took != 800*time.Millisecond {
					t.Errorf("got %+v after %v", p, took)
				}
			})
		}
		both.Wait()
		time.Sleep(3 * time.Second)
		if p, took := s.ask(); p.Name != "Ana" || took != 0 {
			t.Errorf("then got %+v after %v", p, took)
		}
		if n := s.slack.count("users.info"); n != 1 {
			t.Errorf("%d lookups at once", n)
		}

		// When the hour is over and Slack is slow, what was known is better than nothing.
		time.Sleep(2 * time.Hour)
		if p, took := s.ask(); p.Name != "Ana" || took != profileWait {
			t.Errorf("after two hours got %+v after %v", p, took)
		}
	})
}

func TestProfileFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.slack.set("users.info", refuse("user_not_found"))
		for range 5 {
			if p, _ := s.ask(); p.Known {
				t.Errorf("got %+v", p)
			}
			time.Sleep(10 * time.Second)
		}
		if n := s.slack.count("users.info"); n != 1 {
			t.Errorf("%d lookups within the minute", n)
		}
		s.slack.set("users.info", nil)
		time.Sleep(11 * time.Second)
		if p, _ := s.ask(); !p.Known {
			t.Error("not asked again after a minute")
		}
	})
}

// When Slack says that it is asked too often, nobody is looked up until it may be asked again.
func TestLookupsPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.slack.set("users.info", func(w http.ResponseWriter, _ call) {
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(429)
		})
		s.ask()
		for i := range 10 {
			s.interact("commands", strings.Replace(commandForm("", "x"), "user_id=U1", fmt.Sprint("user_id=V", i), 1))
		}
		if n := s.slack.count("users.info"); n != 1 {
			t.Errorf("%d lookups", n)
		}
		time.Sleep(121 * time.Second)
		s.ask()
		if n := s.slack.count("users.info"); n != 2 {
			t.Errorf("%d lookups after the pause", n)
		}
	})
}

func TestProfilesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		now, most := 0, 0
		p := newProfiles(time.Now, func(context.Context, string) (*slack.User, error) {
			mu.Lock()
			now++
			most = max(most, now)
			mu.Unlock()
			time.Sleep(time.Millisecond)
			mu.Lock()
			now--
			mu.Unlock()
			return &slack.User{TeamID: "T1"}, nil
		}, slog.New(slog.DiscardHandler))
		var all sync.WaitGroup
		for i := range maxProfiles + 2000 {
			all.Go(func() { p.of(t.Context(), "T1", fmt.Sprint("U", i)) })
			if i%100 == 0 {
				all.Wait()
			}
		}
		all.Wait()
		synctest.Wait()
		if len(p.known) > maxProfiles || most != maxLookups {
			t.Errorf("%d kept, %d lookups at once", len(p.known), most)
		}
	})
}

// Stopping does not wait for a lookup that nobody waits for any more, but lets a request in hand have its
// answer first.
func TestDrainGivesLookupsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.slack.slow("users.info", 15*time.Second)
		if _, took := s.ask(); took != profileWait {
			t.Errorf("asked for %v", took)
		}
		began := time.Now()
		if err := s.app.Drain(t.Context()); err != nil || time.Since(began) != 0 {
			t.Errorf("drained after %v: %v", time.Since(began), err)
		}
		synctest.Wait()
		if n := len(s.app.profiles.turns); n != 0 {
			t.Errorf("%d lookups go on", n)
		}
		if p, took := s.ask(); p.Known || took != 0 {
			t.Errorf("afterwards %+v after %v", p, took)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		s.slack.slow("users.info", 300*time.Millisecond)
		asked := make(chan commands.Profile)
		began := time.Now()
		go func() { p, _ := s.ask(); asked <- p }()
		synctest.Wait()
		if err := s.app.Drain(t.Context()); err != nil || time.Since(began) != 300*time.Millisecond {
			t.Errorf("drained after %v: %v", time.Since(began), err)
		}
		if p := <-asked; p.Name != "Ana" {
			t.Errorf("a request in hand got %+v", p)
		}
	})
}
