package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// One line for each engine.

func TestMemory(t *testing.T) {
	testStore(t, func(*testing.T) Engine { return openMemory(slog.New(slog.DiscardHandler)) })
}

func TestBolt(t *testing.T) { testStore(t, func(t *testing.T) Engine { return openFile(t) }) }

// testStore holds an engine to every law of quota.Store. Each law gets a store of its own, in a bubble: a
// goroutine that waits for anything but a channel would show.
func testStore(t *testing.T, open func(t *testing.T) Engine) {
	for _, law := range []struct {
		name string
		hold func(t *testing.T, s Engine)
	}{
		{"writes of a workspace happen one after the other", lawSerial},
		{"writes of many workspaces do not mix", lawWorkspaces},
		{"a repeat changes nothing and gets the same answer", lawRepeat},
		{"of many with one key exactly one is executed", lawOneOfMany},
		{"a refusal writes nothing and stores no key", lawRefusal},
		{"a panic writes nothing and stores no key", lawPanic},
		{"those who share a commit with a refusal are written", lawCompany},
		{"a journal is ordered by time and then by number", lawOrder},
		{"times are kept in UTC, cut to microseconds", lawMicroseconds},
		{"a span begins exactly where it says", lawSpan},
		{"persons are found across members, with what was undone", lawPersons},
		{"teams keep the order in which they came", lawTeams},
		{"rows of members are written over", lawMembers},
		{"ids are opaque", lawHostile},
		{"a key is forgotten only after its life", lawKeyLife},
		{"an ended context", lawContext},
		{"changes that break the rules are refused whole", lawRules},
		{"questions that break the rules are refused", lawQuestions},
		{"nothing is shared with what is kept", lawAliasing},
		{"entries of every act come back whole", lawActs},
		{"acts have what goes with them and nothing else", lawActRules},
		{"rows come back whole, times cut, and share nothing", lawRows},
		{"rows, deeds and intents that break the rules are refused", lawRowRules},
		{"deeds are numbered without gaps and come in order", lawDeeds},
		{"everyone's entries are those of each member", lawEveryone},
		{"what is due is claimed, the earliest first", lawClaim},
		{"a claim whose lease has run out is taken over", lawLease},
		{"only who has the claim settles", lawSettle},
		{"of those with one addressee one is claimed at a time", lawOneAtATime},
		{"nothing is claimed while a hush holds", lawHush},
		{"a token is never given twice", lawTokens},
		{"an intent is claimed once by many", lawClaimedOnce},
		{"decisions see and write intents", lawIntentsDecided},
		{"open intents are those not posted or cancelled", lawOpen},
		{"words are forgotten after their life, names never", lawWords},
		{"workspaces are listed in order", lawWorkspacesListed},
		{"claims end with their context and the store", lawClaimEnds},
		{"verify counts", lawTally},
		{"close finishes what is in hand", lawClose},
	} {
		t.Run(law.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t)
				defer s.Close()
				law.hold(t, s)
			})
		})
	}
}

// team is the workspace of these tests.
const team = "T024BE7LD"

// sent is an entry as the bot would write it; at is both when it happened and when it was recorded.
func sent(seq uint64, member string, at time.Time, quantity int) quota.Entry {
	return quota.Entry{
		Seq: seq, Op: seq, Member: member, Act: quota.Sent, Kind: quota.Invite, Quantity: quantity,
		At: at, Recorded: at, Day: quota.DayOf(at, time.UTC), Precision: quota.ByTime,
	}
}

// put makes one write that decides by itself.
func put(t *testing.T, s Engine, key string, decide func(f quota.Facts) quota.Change) quota.Done {
	t.Helper()
	done, err := s.Do(context.Background(), writeOf(key, decide))
	if err != nil {
		t.Fatalf("Do %s: %v", key, err)
	}
	return done
}

func writeOf(key string, decide func(f quota.Facts) quota.Change) quota.Write {
	return quota.Write{Workspace: team, Key: key, At: monday, Decide: func(f quota.Facts) (quota.Change, error) {
		return decide(f), nil
	}}
}

// one is a change of one entry.
func one(member string, at time.Time) func(f quota.Facts) quota.Change {
	return func(f quota.Facts) quota.Change {
		return quota.Change{Entries: []quota.Entry{sent(f.Next, member, at, 1)}, Answer: fmt.Append(nil, "number ", f.Next)}
	}
}

func read(t *testing.T, s Engine, need quota.Need) quota.Facts {
	t.Helper()
	f, err := s.Read(context.Background(), team, need)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return f
}

// whole asks for all of a member's journal.
func whole(member string) quota.Need {
	return quota.Need{Members: []quota.Span{{Member: member, From: time.Unix(-1<<32, 0)}}}
}

// oneKind fails unless err wraps exactly the kind that is wanted.
func oneKind(t *testing.T, err, want error) {
	t.Helper()
	n := 0
	for _, kind := range []error{quota.ErrUnavailable, quota.ErrAmbiguous, quota.ErrCorrupt} {
		if errors.Is(err, kind) {
			n++
		}
	}
	if !errors.Is(err, want) || n != 1 {
		t.Fatalf("got %v, which is of %d kinds; want %v", err, n, want)
	}
}

func seqs(entries []quota.Entry) (n []uint64) {
	for _, e := range entries {
		n = append(n, e.Seq)
	}
	return n
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s:\n got %v\nwant %v", what, got, want)
	}
}

func verified(t *testing.T, s Engine) quota.Tally {
	t.Helper()
	tally, err := s.Verify(context.Background())
	if err != nil {
		t.Fatalf("Verify: %v", err)
	}
	return tally
}

// held occupies the store with a write that does not end before release is called, so that others queue up
// behind it. It returns when the write has begun.
func held(t *testing.T, s Engine, ctx context.Context) (release func() error) {
	t.Helper()
	gate, begun, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		_, err := s.Do(ctx, quota.Write{Workspace: team, Key: "held", At: monday, Decide: func(f quota.Facts) (quota.Change, error) {
			close(begun)
			<-gate
			return one("U0", monday)(f), nil
		}})
		ended <- err
	}()
	<-begun
	return func() error {
		close(gate)
		return <-ended
	}
}

func TestOpen(t *testing.T) {
	for _, c := range []struct{ spec, want string }{
		{"", "set PACELINE_STORE"},
		{"paceline.db", "set PACELINE_STORE to bolt:FILE"},
		{"bolt:", "names no file"},
		{"mem:x", "takes no name"},
		{"postgres://paceline:s3cret@db/paceline", `no store "postgres:"`},
		{"host=db password=s3cret", "set PACELINE_STORE"},
	} {
		e, err := Open(t.Context(), c.spec)
		if err == nil {
			e.Close()
			t.Fatalf("%q was opened", c.spec)
		}
		if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%q: %v; want %q and no secret", c.spec, err, c.want)
		}
	}
	for _, spec := range []string{"mem:", "bolt:" + t.TempDir() + "/x.db"} {
		e, err := Open(t.Context(), spec, WithLog(slog.New(slog.DiscardHandler)))
		if err != nil {
			t.Fatal(err)
		}
		put(t, e, "k", one("U1", monday))
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Open(ended, "mem:")
	oneKind(t, err, quota.ErrUnavailable)
}
