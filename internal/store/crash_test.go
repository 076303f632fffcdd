package store

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// A child writes and says on its standard output what was acknowledged, until it is killed.
const (
	writers   = 16
	honest    = "honest"    // says so when Do has returned
	premature = "premature" // says so before: the control, which must be found out
)

// TestKilled kills a process that writes, over and over: what it acknowledged is there exactly once, what it
// did not at most once, and trying again with the same key makes it exactly once. PACELINE_CRASH_CYCLES says
// how often.
func TestKilled(t *testing.T) {
	if child := os.Getenv("PACELINE_CRASH_CHILD"); child != "" {
		writeUntilKilled(t, os.Getenv("PACELINE_CRASH_FILE"), child, os.Getenv("PACELINE_CRASH_CYCLE"))
		return
	}
	cycles := 20
	if s := os.Getenv("PACELINE_CRASH_CYCLES"); s != "" {
		cycles = number(t, s)
	}
	acknowledged, doubtful, lost := killed(t, honest, cycles)
	if lost != "" {
		t.Fatal(lost)
	}
	t.Logf("%d cycles: %d writes acknowledged; of those in hand when killed, %d were there", cycles, acknowledged, doubtful)
	if _, _, lost := killed(t, premature, cycles); lost == "" {
		t.Fatal("the control acknowledged before it committed, and nothing was found: this test proves nothing")
	} else {
		t.Log("the control was found out: ", lost)
	}
}

// killed runs cycles and says what was lost or doubled, if anything.
func killed(t *testing.T, how string, cycles int) (acknowledged, doubtful int, lost string) {
	file := filepath.Join(t.TempDir(), how+".db")
	all := make(map[string]bool)    // every key that was acknowledged or settled
	posted := make(map[string]bool) // every intent of which that was acknowledged
	tokens := make(map[string]bool) // every token that was given away
	for cycle := range cycles {
		c := child(t, "PACELINE_CRASH_CHILD="+how, "PACELINE_CRASH_FILE="+file, fmt.Sprint("PACELINE_CRASH_CYCLE=", cycle))
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		// A moment at random: after so many lines. Lines that are still in the pipe count too.
		end := 1 + rand.IntN(300)
		var last [writers]int
		lines := bufio.NewScanner(out)
		for n := 1; lines.Scan(); n++ {
			said, of, _ := strings.Cut(lines.Text(), " ")
			switch said {
			case "done":
				all[of] = true
				acknowledged++
				_, writer, number := killedKey(of)
				last[writer] = number
			case "posted":
				posted[of] = true
			case "token":
				if tokens[of] {
					lost = fmt.Sprintf("cycle %d: token %s was given away twice", cycle, of)
				}
				tokens[of] = true
			default:
				t.Fatalf("the child says %q", lines.Text())
			}
			if n == end {
				if err := c.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		c.Wait() // it was killed
		there, why := count(t, file, posted)
		if why = cmp.Or(why, lost); why != "" {
			return acknowledged, doubtful, why
		}
		for key := range all {
			if there[key] != 1 {
				return acknowledged, doubtful, fmt.Sprintf("cycle %d: %s was acknowledged and is there %d times", cycle, key, there[key])
			}
		}
		for key, n := range there {
			if n != 1 {
				return acknowledged, doubtful, fmt.Sprintf("cycle %d: %s is there %d times", cycle, key, n)
			}
			if !all[key] {
				doubtful++
			}
		}
		retry(t, file, cycle, last, all)
	}
	return acknowledged, doubtful, ""
}

// retry does again, with the same keys, what each writer of a cycle may have had in hand.
func retry(t *testing.T, file string, cycle int, last [writers]int, all map[string]bool) {
	e, err := openBolt(file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for writer, n := range last {
		key := fmt.Sprintf("%d/%d/%d", cycle, writer, n+1)
		if _, err := e.Do(context.Background(), killedWrite(key)); err != nil {
			t.Fatal(err)
		}
		all[key] = true
	}
}

// count reads how often each key has an entry, and as further witnesses its deed and its intent, which must be
// posted if that was acknowledged.
func count(t *testing.T, file string, posted map[string]bool) (there map[string]int, why string) {
	e, err := openBolt(file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if _, err := e.Verify(context.Background()); err != nil {
		return nil, err.Error()
	}
	need := quota.Need{Deeds: true}
	for writer := range writers {
		need.Members = append(need.Members, quota.Span{Member: memberID(writer), From: monday})
	}
	there = make(map[string]int)
	f := read(t, e, need)
	for _, j := range f.Journals {
		for _, entry := range j {
			there[entry.Person]++
		}
	}
	if uint64(len(there))+1 > f.Next {
		return nil, fmt.Sprintf("%d keys, but the next number is %d", len(there), f.Next)
	}
	need = quota.Need{}
	for _, d := range f.Deeds {
		if there[d.Is] == 0 {
			return nil, d.Is + " has a deed and no entry"
		}
		need.Intents = append(need.Intents, d.Is)
	}
	intents := read(t, e, need).Intents
	if len(f.Deeds) != len(there) || len(intents) != len(there) {
		return nil, fmt.Sprintf("%d keys with %d deeds and %d intents", len(there), len(f.Deeds), len(intents))
	}
	for key := range posted {
		if intents[key].State != quota.Posted {
			return nil, fmt.Sprintf("%s was posted and is now in state %d", key, intents[key].State)
		}
	}
	return there, ""
}

func killedWrite(key string) quota.Write {
	_, writer, n := killedKey(key)
	w := logged(memberID(writer), key, key, monday.AddDate(0, 0, n%21))
	w.Workspace = team
	entry := w.Decide
	w.Decide = func(f quota.Facts) (quota.Change, error) {
		c, err := entry(f)
		c.Deeds = []quota.Deed{{Seq: f.NextDeed, At: monday, What: quota.PresetChosen, Is: key}}
		c.Intents = []quota.Intent{intent(key, fmt.Sprint("C", writer), monday)}
		return c, err
	}
	return w
}

// postUntilKilled takes up what is due and settles it; what an earlier cycle had taken up has run out by now.
func postUntilKilled(t *testing.T, e *engine, how, cycle string) {
	at := monday.Add(time.Duration(number(t, cycle)) * time.Hour)
	for {
		taken, err := e.Claim(context.Background(), at, at.Add(time.Minute), 4)
		if err != nil {
			t.Error(err)
			return
		}
		for _, c := range taken {
			os.Stdout.WriteString(fmt.Sprint("token ", c.Intent.Token, "\n"))
			c.Intent.State, c.Intent.Settled = quota.Posted, at
			say := func() { os.Stdout.WriteString("posted " + c.Intent.Name + "\n") }
			if how == premature {
				say()
			}
			if err := e.Settle(context.Background(), c.Workspace, c.Intent, quota.Hush{To: c.Intent.To, Until: monday}); err != nil {
				t.Error(err)
				return
			}
			if how == honest {
				say()
			}
		}
	}
}

// killedKey takes a key apart: the cycle, the writer, and which of the writer's it is.
func killedKey(key string) (cycle, writer, n int) {
	fmt.Sscanf(key, "%d/%d/%d", &cycle, &writer, &n)
	return cycle, writer, n
}

func writeUntilKilled(t *testing.T, file, how, cycle string) {
	e, err := openBolt(file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() { postUntilKilled(t, e, how, cycle) })
	}
	for writer := range writers {
		all.Go(func() {
			for n := 1; ; n++ {
				key := fmt.Sprintf("%s/%d/%d", cycle, writer, n)
				say := func() { os.Stdout.WriteString("done " + key + "\n") } // one system call, whole or not at all
				if how == premature {
					say()
				}
				if _, err := e.Do(context.Background(), killedWrite(key)); err != nil {
					t.Error(err)
					return
				}
				if how == honest {
					say()
				}
			}
		})
	}
	all.Wait()
}
