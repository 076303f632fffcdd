package digest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/store"
)

// An engine under test, and how long a run on it may take: 1 is the whole of it.
type made struct {
	open func(t testing.TB) engine
	part int // one run in so many
}

// engines are the stores that the machine is proved on: the plainest one, and the real ones.
var engines = map[string]made{
	"plain": {func(testing.TB) engine { return newShelf() }, 1},
	"mem":   {func(t testing.TB) engine { return opened(t, "mem:") }, 2},
	"bolt": {func(t testing.TB) engine {
		return opened(t, "bolt:"+filepath.Join(t.TempDir(), "paceline.db"))
	}, 10},
}

func opened(t testing.TB, spec string) engine {
	s, err := store.Open(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

const week = 7 * 24 * time.Hour

// A season is many Mondays of several teams: a digest each, some approvals and some nudges.
type season struct {
	names   [][2]string // workspace and name
	posted  int
	doubled int // names that stand more than once
	missing int // reconciled ones that stand nowhere and are not held
	held    int
	unsaid  int // nudges that stand nowhere
	open    int // not settled a day after
	slowest time.Duration
}

func (s *season) String() string {
	return fmt.Sprintf("%d intents, %d standing, %d doubled, %d missing, %d held, %d nudges unsaid, %d open, slowest %s",
		len(s.names), s.posted, s.doubled, s.missing, s.held, s.unsaid, s.open, s.slowest)
}

func playSeason(w *world, mondays, teams int) *season {
	s := new(season)
	add := func(workspace, name, to string, due time.Time, life time.Duration) {
		w.add(workspace, name, to, due, life)
		s.names = append(s.names, [2]string{workspace, name})
	}
	for n := range mondays {
		begin := monday.Add(time.Duration(n) * week)
		w.run(begin.Add(-time.Hour))
		day := begin.Format(time.DateOnly)
		for team := range teams {
			space, to := fmt.Sprintf("T%d", team%2), fmt.Sprintf("C%d", team)
			add(space, fmt.Sprintf("digest/%d/%s", team, day), to, begin, week)
			if w.drawLocked("approval", 2) == 0 {
				add(space, fmt.Sprintf("approval/%d/%s", team, day), to, begin.Add(time.Duration(w.drawLocked("due", 300))*time.Second), 0)
			}
			if w.drawLocked("nudge", 2) == 0 {
				add(space, fmt.Sprintf("nudge/%d/%s", team, day), fmt.Sprintf("U%d", team), begin.Add(time.Duration(w.drawLocked("due", 300))*time.Second), 4*time.Hour)
			}
		}
		w.run(begin.Add(24 * time.Hour))
	}
	for _, one := range s.names {
		s.judge(w, one[0], one[1])
	}
	return s
}

func (s *season) judge(w *world, workspace, name string) {
	i := w.intent(workspace, name)
	stands := 0
	for _, l := range w.landed[workspace+name] {
		if !l.gone {
			stands++
		}
	}
	s.posted += stands
	if stands > 1 {
		s.doubled++
	}
	if !i.State.Final() {
		s.open++
		return
	}
	s.slowest = max(s.slowest, i.Settled.Sub(i.Due))
	switch {
	case stands == 0 && strings.HasPrefix(name, "nudge"):
		s.unsaid++
	case i.State == quota.Held:
		s.held++
	case stands == 0:
		s.missing++
	case i.State == quota.Posted && (stands == 0 || !stand(w, workspace+name, i.At)):
		w.fatal("%s says it is posted at %v, and it is not", name, i.At)
	}
}

func stand(w *world, key string, at quota.Place) bool {
	for _, l := range w.landed[key] {
		if l.place == at {
			return true
		}
	}
	return false
}

// mondays is how many each run plays: MONDAYS, or as many as every change can wait for.
func mondays(t *testing.T, usual int) int {
	if n, err := strconv.Atoi(os.Getenv("MONDAYS")); err == nil {
		return n
	}
	if testing.Short() {
		t.Logf("a short run")
		return usual / 4
	}
	return usual
}

// Nothing is said twice, nothing is missing, and everything ends, whatever Slack and the processes go through.
func TestMondays(t *testing.T) {
	for name, engine := range engines {
		for _, replicas := range []int{1, 2, 3} {
			t.Run(fmt.Sprintf("%s, %d replicas", name, replicas), func(t *testing.T) {
				w := newWorld(t, engine.open(t), uint64(replicas), heavy, replicas)
				s := playSeason(w, mondays(t, 52)/engine.part, 5)
				t.Logf("%s; %+v", s, w.count)
				if s.doubled != 0 || s.missing != 0 || s.held != 0 || s.open != 0 || s.slowest > 12*time.Hour {
					t.Error("the promise is broken")
				}
				if w.count.crashes < 10 || s.posted < len(s.names)/2 {
					t.Error("the run proves nothing")
				}
			})
		}
	}
}

// The control: the same run by somebody who tries again without looking doubles. If it did not, the runs
// above would prove nothing.
func TestMondaysBlind(t *testing.T) {
	blind := heavy
	blind.blind = true
	w := newWorld(t, newShelf(), 2, blind, 2)
	s := playSeason(w, mondays(t, 52), 5)
	t.Logf("%s; %+v", s, w.count)
	if s.doubled < len(s.names)/20 {
		t.Errorf("only %d of %d doubled", s.doubled, len(s.names))
	}
	for _, one := range s.names {
		if all := w.landed[one[0]+one[1]]; strings.HasPrefix(one[1], "nudge") && len(all) > 1 {
			t.Errorf("%s was said %d times", one[1], len(all))
		}
	}
}

// Without the right to look, what is in doubt waits for a person, and nothing is said twice.
func TestMondaysForbidden(t *testing.T) {
	forbidden := heavy
	forbidden.forbidden = true
	w := newWorld(t, newShelf(), 2, forbidden, 2)
	s := playSeason(w, mondays(t, 52), 5)
	t.Logf("%s; %+v", s, w.count)
	if s.doubled != 0 || s.missing != 0 || s.open != 0 || s.held == 0 {
		t.Error("the promise is broken")
	}
}

// Slack is down for six hours over Monday, with and without swallowing what it is given.
func TestSlackDown(t *testing.T) {
	for name, f := range map[string]faults{"nothing lands": {failed: 100}, "everything lands": {lost: 100, failed: 0}, "never the time": {busy: 100}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, newShelf(), 1, f, 3)
			for team := range 20 {
				w.add("T1", fmt.Sprintf("digest/%d/2026-11-23", team), fmt.Sprintf("C%d", team), monday, week)
			}
			w.run(monday.Add(6 * time.Hour))
			w.f = faults{}
			w.run(monday.Add(7 * time.Hour))
			for team := range 20 {
				name := fmt.Sprintf("digest/%d/2026-11-23", team)
				if i := w.intent("T1", name); i.State != quota.Posted || len(w.landed["T1"+name]) != 1 {
					t.Errorf("%+v, %d times", i, len(w.landed["T1"+name]))
				}
			}
			t.Logf("%+v", w.count)
		})
	}
}

// Nobody ticks from Sunday to Tuesday: what is of use then is said then, and the rest is not.
func TestDownOverMonday(t *testing.T) {
	w := newWorld(t, newShelf(), 1, faults{}, 2)
	w.add("T1", "digest/1/2026-11-23", "C1", monday, week)
	w.add("T1", "digest/1/2026-11-16", "C1", monday.Add(-week), week)
	w.add("T1", "nudge/1", "U1", monday, 4*time.Hour)
	at := monday.Add(32*time.Hour + 10*time.Minute)
	w.to(at)
	w.tick(w.procs[0], at)
	w.run(at.Add(time.Minute))
	for name, want := range map[string]quota.State{"digest/1/2026-11-23": quota.Posted, "digest/1/2026-11-16": quota.Cancelled, "nudge/1": quota.Cancelled} {
		if i := w.intent("T1", name); i.State != want {
			t.Errorf("%+v", i)
		}
	}
	if w.count.posts != 1 {
		t.Errorf("%d posts", w.count.posts)
	}
}
