package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// after is a moment of these laws.
func after(minutes int) time.Time { return monday.Add(time.Duration(minutes) * time.Minute) }

// say writes intents into a workspace.
func say(t *testing.T, s Engine, workspace string, intents ...quota.Intent) {
	t.Helper()
	w := writeOf(fmt.Sprint(intents), func(quota.Facts) quota.Change { return quota.Change{Intents: intents} })
	w.Workspace = workspace
	if _, err := s.Do(context.Background(), w); err != nil {
		t.Fatal(err)
	}
}

func claim(t *testing.T, s Engine, at, lease time.Time, most int) []quota.Claimed {
	t.Helper()
	taken, err := s.Claim(context.Background(), at, lease, most)
	if err != nil {
		t.Fatalf("Claim: %v", err)
	}
	return taken
}

func names(taken []quota.Claimed) string {
	var all []string
	for _, c := range taken {
		all = append(all, c.Workspace+" "+c.Intent.Name)
	}
	return strings.Join(all, ", ")
}

func nextDue(t *testing.T, s Engine) string {
	t.Helper()
	at, ok, err := s.NextDue(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		return "never"
	}
	return at.Sub(monday).String()
}

// settled settles an intent into a state.
func settled(t *testing.T, s Engine, c quota.Claimed, state quota.State, next time.Time, hushes ...quota.Hush) {
	t.Helper()
	c.Intent.State, c.Intent.Next = state, next
	if state.Final() {
		c.Intent.Settled = next
	}
	if err := s.Settle(context.Background(), c.Workspace, c.Intent, hushes...); err != nil {
		t.Fatalf("Settle: %v", err)
	}
}

func lawClaim(t *testing.T, s Engine) {
	same(t, "due in an empty store", nextDue(t, s), "never")
	same(t, "claimed in an empty store", len(claim(t, s, monday, after(1), 9)), 0)
	uncertain := intent("u", "C9", after(1))
	uncertain.State, uncertain.Looks, uncertain.Content = quota.Uncertain, 1, []byte("words")
	say(t, s, "T2", intent("b", "C1", after(2)), intent("a", "C2", after(2)), uncertain)
	say(t, s, "T1", intent("z", "C1", after(2)), intent("later", "C2", after(5).Add(time.Microsecond)))
	for _, state := range []quota.State{quota.Posted, quota.Held, quota.Cancelled} {
		i := intent(fmt.Sprint("final ", state), "C7", monday)
		i.State, i.Settled = state, monday
		say(t, s, "T1", i)
	}
	same(t, "next due", nextDue(t, s), "1m0s")
	same(t, "none before its time", len(claim(t, s, after(1).Add(-1), after(9), 9)), 0)
	same(t, "none of none", len(claim(t, s, after(5), after(9), 0))+len(claim(t, s, after(5), after(9), -1)), 0)
	first := claim(t, s, after(5), after(9).Add(999), 3) // the lease is cut
	same(t, "the earliest first", names(first), "T2 u, T1 z, T2 a")
	for n, c := range first {
		want := quota.Sending
		if c.Intent.Name == "u" {
			want = quota.Looking
			same(t, "its words", string(c.Intent.Content), "words")
			same(t, "its looks", c.Intent.Looks, 1)
		}
		same(t, "state", c.Intent.State, want)
		same(t, "lease", c.Intent.Next, after(9))
		same(t, "token", c.Intent.Token, uint64(n)+1)
		f, err := s.Read(context.Background(), c.Workspace, quota.Need{Intents: []string{c.Intent.Name}})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "what is stored", f.Intents[c.Intent.Name], c.Intent)
	}
	same(t, "next due", nextDue(t, s), "2m0s")
	same(t, "the rest", names(claim(t, s, after(5), after(9), 9)), "T2 b")
	same(t, "next due", nextDue(t, s), "5m0.000001s")
	same(t, "exactly at its time", names(claim(t, s, after(5).Add(time.Microsecond), after(8), 9)), "T1 later")
	same(t, "next due is the first lease's end", nextDue(t, s), "8m0s")
	verified(t, s)
}

func lawLease(t *testing.T, s Engine) {
	say(t, s, team, intent("a", "C1", monday))
	first := claim(t, s, monday, after(2), 9)[0]
	same(t, "while it is claimed", len(claim(t, s, after(2).Add(-1), after(9), 9)), 0)
	same(t, "next due", nextDue(t, s), "2m0s")
	second := claim(t, s, after(2), after(4), 9)[0]
	same(t, "state", second.Intent.State, quota.Looking) // nobody knows how far the other came
	if second.Intent.Token == first.Intent.Token || second.Intent.Token == 0 {
		t.Fatal("the token is not fresh")
	}
	first.Intent.State, first.Intent.Settled = quota.Posted, after(2)
	if err := s.Settle(context.Background(), team, first.Intent, quota.Hush{Until: after(99)}); err != quota.ErrLost {
		t.Fatalf("a claim that was taken over settled: %v", err)
	}
	same(t, "what is stored", read(t, s, quota.Need{Open: true}).Intents["a"], second.Intent)
	same(t, "no hush of the lost one", nextDue(t, s), "4m0s")
	third := claim(t, s, after(4), after(6), 9)[0]
	same(t, "state", third.Intent.State, quota.Looking)
	// A claim that nobody has taken over still settles after its lease.
	settled(t, s, third, quota.Uncertain, after(20))
	same(t, "next due", nextDue(t, s), "20m0s")
	// One whose claim was taken away is nobody's, also not of somebody without a claim.
	orphan := claim(t, s, after(20), after(22), 9)[0].Intent
	orphan.Token = 0
	say(t, s, team, orphan)
	if err := s.Settle(context.Background(), team, orphan); err != quota.ErrLost {
		t.Fatalf("nobody's claim settled: %v", err)
	}
	verified(t, s)
}

func lawSettle(t *testing.T, s Engine) {
	for name, c := range map[string]struct {
		workspace string
		i         quota.Intent
	}{
		"an unknown workspace": {"T9", intent("a", "C1", monday)},
		"an unknown intent":    {team, intent("x", "C1", monday)},
		"one never claimed":    {team, intent("a", "C1", monday)},
	} {
		say(t, s, team, intent("a", "C1", monday))
		if err := s.Settle(context.Background(), c.workspace, c.i); err != quota.ErrLost {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, err := s.Workspaces(context.Background()); err != nil || fmt.Sprint(list) != "["+team+"]" {
		t.Fatalf("a lost claim wrote something: %v, %v", list, err)
	}
	c := claim(t, s, monday, after(2), 9)[0]
	wrong := c.Intent
	wrong.Token++
	if err := s.Settle(context.Background(), team, wrong); err != quota.ErrLost {
		t.Fatalf("another token: %v", err)
	}
	// Whole: also its words, while it goes on being said.
	c.Intent.Content, c.Intent.Tries, c.Intent.Next = []byte("frozen"), 1, after(3)
	if err := s.Settle(context.Background(), team, c.Intent); err != nil {
		t.Fatal(err)
	}
	same(t, "stored", read(t, s, quota.Need{Intents: []string{"a"}}).Intents["a"], c.Intent)
	same(t, "next due", nextDue(t, s), "3m0s")
	c.Intent.State, c.Intent.At, c.Intent.Settled = quota.Posted, quota.Place{Channel: "C1", TS: "1.2"}, after(1)
	if err := s.Settle(context.Background(), team, c.Intent); err != nil {
		t.Fatal(err)
	}
	same(t, "stored", read(t, s, quota.Need{Intents: []string{"a"}}).Intents["a"], c.Intent)
	same(t, "next due", nextDue(t, s), "never")
	if err := s.Settle(context.Background(), team, c.Intent); err != quota.ErrLost {
		t.Fatalf("settled twice: %v", err)
	}
	zero := intent("zero", "C2", after(50))
	zero.State = quota.Sending
	say(t, s, team, zero)
	if err := s.Settle(context.Background(), team, zero); err != quota.ErrLost {
		t.Fatalf("no token is no claim: %v", err)
	}
	same(t, "tally", verified(t, s), quota.Tally{Workspaces: 1, Intents: 2})
}

func lawOneAtATime(t *testing.T, s Engine) {
	say(t, s, "T1", intent("a", "C1", after(1)), intent("b", "C1", after(2)), intent("c", "C2", after(3)), intent("d", "C1", after(0)))
	say(t, s, "T2", intent("a", "C1", after(1)))
	taken := claim(t, s, after(5), after(10), 9)
	same(t, "one for each", names(taken), "T1 d, T2 a, T1 c")
	same(t, "none while it is claimed", len(claim(t, s, after(9), after(19), 9)), 0)
	same(t, "next due", nextDue(t, s), "10m0s")
	settled(t, s, taken[0], quota.Uncertain, after(30)) // no longer claimed
	same(t, "next due", nextDue(t, s), "1m0s")
	next := claim(t, s, after(9), after(12), 9)
	same(t, "the next one", names(next), "T1 a")
	// When a lease has run out, only that one is given away: how far it came must be known first.
	same(t, "the same again", names(claim(t, s, after(12), after(20), 9)), "T1 c, T2 a, T1 a")
	settled(t, s, claim(t, s, after(20), after(21), 9)[0], quota.Posted, after(20))
	same(t, "and then the next", names(claim(t, s, after(20), after(29), 9)), "T1 b")
	verified(t, s)
}

func lawHush(t *testing.T, s Engine) {
	say(t, s, "T1", intent("a", "C1", after(0)), intent("b", "C1", after(0)), intent("c", "C2", after(1)), intent("d", "C3", after(20)))
	say(t, s, "T2", intent("a", "C1", after(1)))
	first := claim(t, s, after(0), after(9), 1)[0]
	settled(t, s, first, quota.Posted, after(0), quota.Hush{To: "C1", Until: after(4).Add(999)})
	same(t, "the others", nextDue(t, s), "1m0s")
	taken := claim(t, s, after(4).Add(-1), after(9), 9)
	same(t, "not while it holds", names(taken), "T1 c, T2 a")
	same(t, "next due when it ends", nextDue(t, s), "4m0s")
	// The longest so far holds; the whole workspace is hushed by "".
	settled(t, s, taken[0], quota.Pending, after(2), quota.Hush{To: "C1", Until: after(3)}, quota.Hush{Until: after(6)}, quota.Hush{Until: after(5)})
	settled(t, s, taken[1], quota.Posted, after(2))
	same(t, "next due", nextDue(t, s), "6m0s")
	same(t, "nothing", len(claim(t, s, after(6).Add(-time.Microsecond), after(9), 9)), 0)
	say(t, s, "T2", intent("b", "C2", after(1)))
	same(t, "another workspace", names(claim(t, s, after(2), after(30), 9)), "T2 b")
	last := claim(t, s, after(6), after(9), 9)
	same(t, "when it has ended", names(last), "T1 b, T1 c")
	// A hush also holds for one whose lease has run out.
	settled(t, s, last[1], quota.Posted, after(6), quota.Hush{To: "C1", Until: after(15)})
	same(t, "next due", nextDue(t, s), "15m0s")
	same(t, "nothing", len(claim(t, s, after(14), after(29), 9)), 0)
	same(t, "and then", names(claim(t, s, after(15), after(29), 9)), "T1 b")
	same(t, "next due", nextDue(t, s), "20m0s")
	// What begins with a slash keeps nobody waiting, and is told to who asks.
	ahead := claim(t, s, after(20), after(29), 1)[0]
	settled(t, s, ahead, quota.Pending, after(20), quota.Hush{To: "/post", Until: after(90)}, quota.Hush{To: "/post", Until: after(80)})
	same(t, "next due", nextDue(t, s), "20m0s")
	for to, want := range map[string]string{"/post": "1h30m0s", "/edit": "never", "C1": "15m0s", "": "6m0s"} {
		same(t, to, hushed(t, s, "T1", to), want)
	}
	same(t, "another workspace", hushed(t, s, "T2", "/post"), "never")
	same(t, "an unknown one", hushed(t, s, "T9", "/post"), "never")
	verified(t, s)
}

func hushed(t *testing.T, s Engine, workspace, to string) string {
	t.Helper()
	until, err := s.Hushed(context.Background(), workspace, to)
	if err != nil {
		t.Fatal(err)
	}
	if until.IsZero() {
		return "never"
	}
	return until.Sub(monday).String()
}

func lawTokens(t *testing.T, s Engine) {
	known := make(map[uint64]bool)
	for round := range 20 {
		for _, c := range claim(t, s, after(round), after(round+1), 9) {
			if c.Intent.Token == 0 || known[c.Intent.Token] {
				t.Fatalf("token %d was used before", c.Intent.Token)
			}
			known[c.Intent.Token] = true
		}
		i := intent(fmt.Sprint(round), fmt.Sprint("C", round), after(round))
		if round == 7 {
			i.Token = 1000 // written by a decision: it is not given again
			known[1000] = true
		}
		say(t, s, fmt.Sprint("T", round%3), i)
	}
	same(t, "tokens", len(known) > 100, true)
	verified(t, s)
}

func lawIntentsDecided(t *testing.T, s Engine) {
	rewrite := func(key string, change func(i *quota.Intent)) {
		t.Helper()
		w := writeOf(key, func(f quota.Facts) quota.Change {
			i := f.Intents["a"]
			change(&i)
			return quota.Change{Intents: []quota.Intent{i}}
		})
		w.Need.Intents = []string{"a", "unknown"}
		if _, err := s.Do(context.Background(), w); err != nil {
			t.Fatal(err)
		}
	}
	say(t, s, team, intent("a", "C1", monday))
	c := claim(t, s, monday, after(5), 9)[0]
	rewrite("words", func(i *quota.Intent) {
		same(t, "what a decision sees", *i, c.Intent)
		i.Reason = "rewritten"
	})
	settled(t, s, c, quota.Pending, after(1)) // it stayed claimed
	c = claim(t, s, after(1), after(5), 9)[0]
	rewrite("taken away", func(i *quota.Intent) { i.State, i.Token, i.Next = quota.Pending, 0, after(2) })
	c.Intent.State, c.Intent.Settled = quota.Posted, after(1)
	if err := s.Settle(context.Background(), team, c.Intent); err != quota.ErrLost {
		t.Fatalf("a claim that was taken away: %v", err)
	}
	same(t, "next due", nextDue(t, s), "2m0s")
	// Where it was posted meanwhile is kept, once, and the new words are due.
	before := read(t, s, quota.Need{Intents: []string{"a"}}).Intents["a"]
	c.Intent.At = quota.Place{Channel: "C1", TS: "1.2"}
	if err := s.Settle(context.Background(), team, c.Intent, quota.Hush{To: "C1", Until: after(1)}); err != nil {
		t.Fatal(err)
	}
	before.At, before.Next = c.Intent.At, after(1)
	same(t, "with its place", read(t, s, quota.Need{Intents: []string{"a"}}).Intents["a"], before)
	same(t, "next due", nextDue(t, s), "1m0s")
	c.Intent.At.TS = "3.4"
	if err := s.Settle(context.Background(), team, c.Intent); err != quota.ErrLost {
		t.Fatalf("a second place: %v", err)
	}
	rewrite("moved", func(i *quota.Intent) { i.To, i.Next = "C2", after(3) })
	same(t, "next due", nextDue(t, s), "3m0s")
	rewrite("cancelled", func(i *quota.Intent) { i.State, i.Settled, i.Reason = quota.Cancelled, after(2), "of no use" })
	same(t, "next due", nextDue(t, s), "never")
	same(t, "tally", verified(t, s), quota.Tally{Workspaces: 1, Intents: 1})
	// A decision that refuses leaves all as it was; in a change the last of a name holds.
	say(t, s, team, intent("b", "C1", after(1)), intent("b", "C3", after(4)))
	_, err := s.Do(context.Background(), quota.Write{Workspace: team, Key: "no", At: monday, Decide: func(quota.Facts) (quota.Change, error) {
		return quota.Change{Intents: []quota.Intent{intent("b", "C1", monday)}}, errors.New("no")
	}})
	if err == nil {
		t.Fatal("no refusal")
	}
	same(t, "next due", nextDue(t, s), "4m0s")
	same(t, "b", read(t, s, quota.Need{Open: true}).Intents, map[string]quota.Intent{"b": intent("b", "C3", after(4))})
	verified(t, s)
}

func lawOpen(t *testing.T, s Engine) {
	open := []string(nil)
	for state := quota.Pending; state <= quota.Cancelled; state++ {
		i := intent(fmt.Sprint("s", state), fmt.Sprint("C", state%2), after(3))
		i.State, i.Settled = state, monday
		say(t, s, team, i)
		if state != quota.Posted && state != quota.Cancelled {
			open = append(open, i.Name)
		}
	}
	say(t, s, "T2", intent("other", "C1", monday))
	f := read(t, s, quota.Need{Open: true, Intents: []string{"s5", "unknown", "s1"}})
	same(t, "open and named", slices.Sorted(maps.Keys(f.Intents)), slices.Sorted(slices.Values(append(open, "s5"))))
	same(t, "open", len(read(t, s, quota.Need{Open: true}).Intents), len(open))
	same(t, "named", len(read(t, s, quota.Need{Intents: []string{"s7"}}).Intents), 1)
	same(t, "not asked for", len(read(t, s, quota.Need{Roster: true}).Intents), 0)
	same(t, "tally", verified(t, s), quota.Tally{Workspaces: 2, Intents: 8})
}

func lawWords(t *testing.T, s Engine) {
	long := []byte(strings.Repeat("x", quota.MaxContent))
	for state := quota.Posted; state <= quota.Cancelled; state++ {
		i := intent(fmt.Sprint("s", state), "C1", monday)
		i.State, i.Settled, i.Content = state, monday, long
		say(t, s, team, i)
	}
	words := func() (n []int) {
		f := read(t, s, quota.Need{Intents: []string{"s5", "s6", "s7"}})
		for _, name := range []string{"s5", "s6", "s7"} {
			n = append(n, len(f.Intents[name].Content))
		}
		return n
	}
	sweep := func(at time.Time) {
		t.Helper()
		if err := s.Sweep(context.Background(), at); err != nil {
			t.Fatal(err)
		}
		verified(t, s)
	}
	sweep(monday.Add(quota.IntentLife))
	same(t, "while they live", words(), []int{len(long), len(long), len(long)})
	sweep(monday.Add(quota.IntentLife + 1))
	same(t, "afterwards", words(), []int{0, len(long), 0})
	sweep(monday.Add(9 * quota.IntentLife))
	same(t, "one that is held", words(), []int{0, len(long), 0})
	same(t, "names are kept", verified(t, s), quota.Tally{Workspaces: 1, Intents: 3})
	i := read(t, s, quota.Need{Intents: []string{"s5"}}).Intents["s5"]
	same(t, "all else is kept", []any{i.State, i.Settled, i.To, i.Content == nil}, []any{quota.Posted, monday, "C1", true})
	// What is written into an old one is forgotten again.
	i.Content = []byte("again")
	say(t, s, team, i)
	sweep(monday.Add(9 * quota.IntentLife))
	same(t, "again", words(), []int{0, len(long), 0})
}

func lawWorkspacesListed(t *testing.T, s Engine) {
	list := func() []string {
		t.Helper()
		all, err := s.Workspaces(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	same(t, "at first", len(list()), 0)
	put(t, s, "nothing", func(quota.Facts) quota.Change { return quota.Change{} })
	same(t, "after a change of nothing", len(list()), 0)
	say(t, s, "b", intent("a", "C1", monday))
	for n, name := range []string{"a", "T10", "T2", "\xff", "ab", "a\x00"} {
		w := writeOf(fmt.Sprint(n), func(quota.Facts) quota.Change {
			return []quota.Change{
				{Members: []quota.Member{{ID: "U1"}}}, {Teams: []quota.Team{{ID: "1"}}}, {Deeds: []quota.Deed{deed(1)}}, {Intents: []quota.Intent{intent("a", "C1", monday)}},
			}[n%4]
		})
		w.Workspace = name
		if _, err := s.Do(context.Background(), w); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "in order", list(), []string{"T10", "T2", "a", "a\x00", "ab", "b", "\xff"})
}

func lawClaimedOnce(t *testing.T, s Engine) {
	var want int
	for i := range crowd {
		say(t, s, fmt.Sprint("T", i%5), intent(fmt.Sprint(i), fmt.Sprint("C", i), monday))
		want++
	}
	var mu sync.Mutex
	got := make(map[string]int)
	var all sync.WaitGroup
	for range crowd {
		all.Go(func() {
			taken, err := s.Claim(context.Background(), monday, after(1), 3)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			for _, c := range taken {
				got[c.Workspace+c.Intent.Name]++
			}
		})
	}
	all.Wait()
	for name, n := range got {
		if n != 1 {
			t.Errorf("%s was claimed %d times", name, n)
		}
	}
	same(t, "claimed", len(got), want)
	verified(t, s)
}

// Claims and settles keep to the contract of every method: contexts that end, a store that is closed.
func lawClaimEnds(t *testing.T, s Engine) {
	say(t, s, team, intent("a", "C1", monday))
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	all := func(ctx context.Context) {
		t.Helper()
		_, err := s.Claim(ctx, monday, after(1), 1)
		oneKind(t, err, quota.ErrUnavailable)
		oneKind(t, s.Settle(ctx, team, intent("a", "C1", monday)), quota.ErrUnavailable)
		_, _, err = s.NextDue(ctx)
		oneKind(t, err, quota.ErrUnavailable)
		_, err = s.Workspaces(ctx)
		oneKind(t, err, quota.ErrUnavailable)
	}
	all(ended)
	same(t, "next due", nextDue(t, s), "0s")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	all(context.Background())
}
