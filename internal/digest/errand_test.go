package digest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/digest"
	"github.com/paceline/paceline/internal/quota"
)

var (
	monday = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	here   = quota.Place{Channel: "C1", TS: "17.1"}
	errEOF = errors.New("EOF")
)

// A script is a wire that answers in turn, and says what it was asked: "post text blocks". Without an answer
// left it succeeds, and looking finds nothing.
type script struct {
	answers []error
	find    []any // a quota.Place, nil for absent, or an error
	asked   []string
	since   time.Time
}

func (s *script) next(what string, words ...string) error {
	s.asked = append(s.asked, strings.TrimSpace(what+" "+strings.Join(words, " ")))
	if len(s.answers) == 0 {
		return nil
	}
	err := s.answers[0]
	s.answers = s.answers[1:]
	return err
}

func (s *script) Post(_ context.Context, _, _, _, text string, blocks []byte) (quota.Place, error) {
	if err := s.next("post", text, string(blocks)); err != nil {
		return quota.Place{}, err
	}
	return here, nil
}

func (s *script) Edit(_ context.Context, _ string, _ quota.Place, text string, blocks []byte) error {
	return s.next("edit", text, string(blocks))
}

func (s *script) Delete(context.Context, string, quota.Place) error { return s.next("delete") }

func (s *script) Find(_ context.Context, _, _, _ string, since time.Time) (quota.Place, bool, error) {
	s.asked = append(s.asked, "find")
	s.since = since
	if len(s.find) == 0 {
		return quota.Place{}, false, nil
	}
	answer := s.find[0]
	s.find = s.find[1:]
	switch a := answer.(type) {
	case error:
		return quota.Place{}, false, a
	case quota.Place:
		return a, true, nil
	}
	return quota.Place{}, false, nil
}

// A bench is one intent, its queue and its wire.
type bench struct {
	t     *testing.T
	shelf *shelf
	wire  *script
	clock digest.Clockwork
	at    time.Time
	words func(quota.Claimed) (digest.Message, error)
}

func newBench(t *testing.T, kind digest.Kind, i quota.Intent) *bench {
	t.Helper()
	b := &bench{t: t, shelf: newShelf(), wire: new(script), at: monday}
	b.words = func(quota.Claimed) (digest.Message, error) { return digest.Message{Text: "hello"}, nil }
	kind.Compose = func(_ context.Context, _ time.Time, c quota.Claimed) (digest.Message, error) { return b.words(c) }
	b.clock = digest.Clockwork{Keys: b.shelf, Queue: b.shelf, Wire: b.wire, Kinds: map[string]digest.Kind{"digest": kind}}
	i.Name, i.To, i.Due, i.State = "digest/1/2026-11-23", "C1", cmpTime(i.Due, monday), quota.Pending
	i.Next = i.Due
	b.put(i)
	return b
}

func cmpTime(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}

func (b *bench) put(i quota.Intent) {
	_, err := b.shelf.Do(b.t.Context(), quota.Write{Workspace: "T1", Decide: func(quota.Facts) (quota.Change, error) {
		return quota.Change{Intents: []quota.Intent{i}}, nil
	}})
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) intent() quota.Intent { return b.shelf.spaces["T1"]["digest/1/2026-11-23"] }

// tick ticks after a while and says what the wire was asked, what became of the intent and when it is next.
func (b *bench) tick(after time.Duration) string {
	b.t.Helper()
	b.at = b.at.Add(after)
	b.wire.asked = nil
	next, err := b.clock.Tick(b.t.Context(), b.at)
	if err != nil {
		b.t.Fatal(err)
	}
	i := b.intent()
	state := map[quota.State]string{1: "pending", 2: "sending", 3: "uncertain", 4: "looking", 5: "posted", 6: "held", 7: "cancelled"}[i.State]
	switch {
	case i.State.Final():
		if i.Reason != "" {
			state += ": " + i.Reason
		}
		if !i.Settled.Equal(b.at) || !i.Next.IsZero() {
			b.t.Errorf("settled at %s, next %s, at %s", i.Settled, i.Next, b.at)
		}
	default:
		state += fmt.Sprintf(" +%s", i.Next.Sub(b.at))
		want := i.Next
		if midnight := b.at.Truncate(24 * time.Hour).Add(24 * time.Hour); midnight.Before(want) {
			want = midnight
		}
		if !next.Equal(want) {
			b.t.Errorf("Tick says next %s, the intent %s", next, want)
		}
	}
	return strings.Join(append(b.wire.asked, state), "; ")
}

func (b *bench) expect(after time.Duration, want string) {
	b.t.Helper()
	if got := b.tick(after); got != want {
		b.t.Errorf("at +%s: %s\nwant %s", b.at.Sub(monday), got, want)
	}
}

func TestSaid(t *testing.T) {
	b := newBench(t, digest.Kind{}, quota.Intent{})
	b.expect(0, "post hello; posted")
	if i := b.intent(); i.At != here || i.Tries != 1 {
		t.Errorf("%+v", i)
	}
	if until := b.shelf.hushes["T1"]["C1"]; !until.Equal(monday.Add(time.Second)) {
		t.Errorf("hushed until %s", until)
	}
	b.expect0(t)
}

// Whoever may have to be told of what waits for a person is told once it is settled, and of nothing else.
func TestHeldIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		answer error
		told   []string
	}{
		"posted":   {},
		"busy":     {answer: quota.Busy{For: time.Minute}},
		"doubtful": {answer: errEOF},
		"refused":  {answer: quota.Refusal{Reason: "is_archived"}, told: []string{"T1 digest/1/2026-11-23 is_archived"}},
	} {
		var b *bench
		var told []string
		b = newBench(t, digest.Kind{Held: func(_ context.Context, at time.Time, held quota.Claimed) error {
			if b.intent().State != quota.Held || !at.Equal(b.at) {
				t.Errorf("told at %s of %+v", at, b.intent())
			}
			told = append(told, held.Workspace+" "+held.Intent.Name+" "+held.Intent.Reason)
			return nil
		}}, quota.Intent{})
		b.wire.answers = []error{c.answer}
		b.tick(0)
		if !slices.Equal(told, c.told) {
			t.Errorf("%s: told %q", name, told)
		}
	}
	// What could not be told is an error of the tick.
	b := newBench(t, digest.Kind{Held: func(context.Context, time.Time, quota.Claimed) error { return errEOF }}, quota.Intent{})
	b.wire.answers = []error{quota.Refusal{Reason: "is_archived"}}
	if _, err := b.clock.Tick(t.Context(), b.at); !errors.Is(err, errEOF) || b.intent().State != quota.Held {
		t.Errorf("%v, %+v", err, b.intent())
	}
}

// expect0 checks that ticking again, early and late, asks nothing more.
func (b *bench) expect0(t *testing.T) {
	t.Helper()
	for _, at := range []time.Duration{0, -time.Hour, time.Second, 3 * time.Minute, 30 * 24 * time.Hour} {
		b.wire.asked = nil
		if _, err := b.clock.Tick(t.Context(), b.at.Add(at)); err != nil || len(b.wire.asked) > 0 {
			t.Errorf("at %s asked %s, %v", at, b.wire.asked, err)
		}
	}
}

func TestNotYet(t *testing.T) {
	b := newBench(t, digest.Kind{}, quota.Intent{Due: monday.Add(9 * time.Hour)})
	b.expect(0, "pending +9h0m0s")
	b.expect(9*time.Hour-1, "pending +1ns")
	b.expect(1, "post hello; posted")
}

func TestDoubt(t *testing.T) {
	lost := []error{errEOF}
	t.Run("it was said", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.wire.answers = lost
		b.wire.find = []any{here}
		b.expect(0, "post hello; uncertain +1m30s")
		b.expect(89*time.Second, "uncertain +1s")
		b.expect(time.Second, "find; posted")
		if b.intent().At != here || !b.wire.since.Equal(monday.Add(-time.Hour)) {
			t.Errorf("%+v since %s", b.intent(), b.wire.since)
		}
	})
	t.Run("it was not", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.wire.answers = []error{errEOF, errEOF}
		b.expect(0, "post hello; uncertain +1m30s")
		b.expect(90*time.Second, "find; uncertain +1m30s")
		b.expect(90*time.Second, "find; post hello; uncertain +3m0s")
		b.expect(3*time.Minute, "find; uncertain +3m0s")
		b.expect(time.Hour, "find; post hello; posted")
		b.expect0(t)
	})
	t.Run("waits double", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.wire.answers = lost
		b.wire.find = []any{errEOF, errEOF, errEOF, errEOF, errEOF, nil, errEOF, nil}
		b.expect(0, "post hello; uncertain +1m30s")
		b.expect(90*time.Second, "find; uncertain +1m30s")
		b.expect(90*time.Second, "find; uncertain +3m0s")
		b.expect(3*time.Minute, "find; uncertain +6m0s")
		b.expect(6*time.Minute, "find; uncertain +12m0s")
		b.expect(12*time.Minute, "find; uncertain +15m0s")
		b.expect(15*time.Minute, "find; uncertain +15m0s")
		b.expect(15*time.Minute, "find; uncertain +15m0s")
		b.expect(15*time.Minute, "find; post hello; posted")
	})
	t.Run("no right to look", func(t *testing.T) {
		b := newBench(t, digest.Kind{Refused: quota.Cancelled}, quota.Intent{})
		b.wire.answers = lost
		b.wire.find = []any{fmt.Errorf("x: %w", quota.Refusal{Reason: "missing_scope"})}
		b.expect(0, "post hello; uncertain +1m30s")
		b.expect(90*time.Second, "find; held: missing_scope")
		b.expect0(t)
	})
	t.Run("looking is not taken", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.wire.answers = lost
		b.wire.find = []any{quota.Busy{For: 10 * time.Minute}}
		b.expect(0, "post hello; uncertain +1m30s")
		b.expect(90*time.Second, "find; uncertain +10m0s")
	})
	t.Run("nobody can look for a day", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.wire.answers = lost
		b.wire.find = []any{errEOF, errEOF}
		b.expect(0, "post hello; uncertain +1m30s")
		b.expect(90*time.Second, "find; uncertain +1m30s")
		b.expect(24*time.Hour, "find; held: "+digest.Unlooked)
	})
	t.Run("too late to say it again", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{Expires: monday.Add(2 * time.Minute)})
		b.wire.answers = lost
		b.expect(0, "post hello; uncertain +1m30s")
		b.expect(2*time.Minute, "find; uncertain +2m0s")
		b.expect(2*time.Minute, "find; cancelled: "+digest.Late)
	})
	t.Run("at most once", func(t *testing.T) {
		b := newBench(t, digest.Kind{Doubt: digest.AtMostOnce}, quota.Intent{})
		b.wire.answers = lost
		b.expect(0, "post hello; cancelled: "+digest.MayBeSaid)
		b.expect0(t)
	})
	t.Run("nothing where it stands", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.clock.Wire = placeless{b.wire}
		b.expect(0, "post hello; uncertain +1m30s")
	})
}

// placeless is a wire that does not say where it posted.
type placeless struct{ *script }

func (p placeless) Post(ctx context.Context, a, b, c, d string, e []byte) (quota.Place, error) {
	_, err := p.script.Post(ctx, a, b, c, d, e)
	return quota.Place{}, err
}

func TestDefiniteNo(t *testing.T) {
	t.Run("patience", func(t *testing.T) {
		b := newBench(t, digest.Kind{Doubt: digest.AtMostOnce}, quota.Intent{})
		b.wire.answers = []error{fmt.Errorf("x: %w", quota.Busy{For: 7 * time.Second}), quota.Busy{}, quota.Busy{For: 1000 * time.Hour}}
		b.expect(0, "post hello; pending +7s")
		if until := b.shelf.hushes["T1"]["/post"]; !until.Equal(monday.Add(7*time.Second)) || len(b.shelf.hushes["T1"]) != 1 {
			t.Errorf("hushed: %v", b.shelf.hushes["T1"])
		}
		b.expect(7*time.Second, "post hello; pending +1s")
		b.expect(time.Second, "post hello; pending +24h0m0s")
		b.expect(24*time.Hour, "post hello; posted")
		if b.intent().Tries != 1 {
			t.Errorf("%d tries may have been messages", b.intent().Tries)
		}
	})
	t.Run("patience without end", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.wire.answers = []error{quota.Busy{}}
		b.expect(8*24*time.Hour, "post hello; held: "+digest.Lasting)
	})
	for state, want := range map[quota.State]string{0: "held", quota.Held: "held", quota.Cancelled: "cancelled"} {
		t.Run("refused, then "+want, func(t *testing.T) {
			b := newBench(t, digest.Kind{Refused: state}, quota.Intent{})
			b.wire.answers = []error{fmt.Errorf("x: %w", quota.Refusal{Reason: "channel_not_found"})}
			b.expect(0, "post hello; "+want+": channel_not_found")
			b.expect0(t)
			if n := b.intent().Tries; n != 0 {
				t.Errorf("%d tries may have been messages", n)
			}
		})
	}
}

func block(text string) []slack.Block {
	return []slack.Block{slack.NewMarkdownBlock("", text)}
}

func TestBlocksThatSlackDoesNotTake(t *testing.T) {
	full, spare := `[{"type":"markdown","text":"a\u0026b"}]`, `[{"type":"markdown","text":"b"}]`
	no := func(reason string) error { return fmt.Errorf("slackapp: %w", quota.Refusal{Reason: reason}) }
	for _, tc := range []struct {
		name    string
		spare   []slack.Block
		answers []error
		want    string
	}{
		{"taken", block("b"), nil, "post hello " + full + "; posted"},
		{"spare", block("b"), []error{no("invalid_blocks")}, "post hello " + full + "; post hello " + spare + "; posted"},
		{"text", block("b"), []error{no("invalid_blocks_format"), no("msg_blocks_too_long")}, "post hello " + full + "; post hello " + spare + "; post hello; posted"},
		{"nothing", block("b"), []error{no("invalid_blocks"), no("invalid_blocks"), no("invalid_blocks")}, "post hello " + full + "; post hello " + spare + "; post hello; held: invalid_blocks"},
		{"no spare", nil, []error{no("invalid_blocks")}, "post hello " + full + "; post hello; posted"},
		{"another no", block("b"), []error{no("is_archived")}, "post hello " + full + "; held: is_archived"},
		{"doubt after it", block("b"), []error{no("invalid_blocks"), errEOF}, "post hello " + full + "; post hello " + spare + "; uncertain +1m30s"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench(t, digest.Kind{}, quota.Intent{})
			b.words = func(quota.Claimed) (digest.Message, error) {
				return digest.Message{Text: "hello", Blocks: block("a&b"), Spare: tc.spare}, nil
			}
			b.wire.answers = tc.answers
			b.expect(0, tc.want)
			if tc.name == "doubt after it" { // the simpler form is the one that is frozen
				b.expect(90*time.Second, "find; uncertain +1m30s")
				b.expect(90*time.Second, "find; post hello "+spare+"; posted")
			}
		})
	}
}

// What was composed once is said as it was composed, whatever the composer would say later.
func TestFrozen(t *testing.T) {
	b := newBench(t, digest.Kind{}, quota.Intent{})
	asked := 0
	b.words = func(quota.Claimed) (digest.Message, error) {
		asked++
		return digest.Message{Text: fmt.Sprintf("<%d>", asked), Blocks: block(fmt.Sprintf("<%d>", asked))}, nil
	}
	b.wire.answers = []error{quota.Busy{For: time.Minute}, errEOF}
	first := `post <1> [{"type":"markdown","text":"\u003c1\u003e"}]`
	b.expect(0, first+"; pending +1m0s")
	b.expect(time.Minute, first+"; uncertain +1m30s")
	b.expect(90*time.Second, "find; uncertain +1m30s")
	b.expect(90*time.Second, "find; "+first+"; posted")
}

func TestExpired(t *testing.T) {
	for late, want := range map[time.Duration]string{0: "cancelled: " + digest.Late, time.Nanosecond: "post hello; posted"} {
		b := newBench(t, digest.Kind{}, quota.Intent{Expires: monday.Add(time.Hour + late)})
		b.expect(time.Hour, want)
	}
}

func TestMoot(t *testing.T) {
	moot := func(quota.Claimed) (digest.Message, error) {
		return digest.Message{}, digest.Moot{Reason: "it was undone"}
	}
	t.Run("not said", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.words = moot
		b.expect(0, "cancelled: it was undone")
	})
	for name, tc := range map[string]struct {
		answer error
		want   string
	}{
		"taken away":         {nil, "delete; cancelled: it was undone"},
		"somebody else did":  {quota.Refusal{Reason: "message_not_found"}, "delete; cancelled: it was undone"},
		"it cannot be":       {quota.Refusal{Reason: "cant_delete_message"}, "delete; held: cant_delete_message"},
		"later":              {quota.Busy{For: time.Minute}, "delete; pending +1m0s"},
		"nobody knows":       {errEOF, "delete; pending +1m30s"},
		"nobody knows, then": {errEOF, "delete; pending +1m30s"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, digest.Kind{}, quota.Intent{At: here})
			b.words = moot
			b.wire.answers = []error{tc.answer}
			b.expect(0, tc.want)
			if name == "nobody knows, then" {
				b.expect(90*time.Second, "delete; cancelled: it was undone")
			}
		})
	}
}

func TestEdit(t *testing.T) {
	for name, tc := range map[string]struct {
		answer error
		want   string
	}{
		"done":              {nil, "edit hello; posted"},
		"patience":          {quota.Busy{For: time.Minute}, "edit hello; pending +1m0s"},
		"nobody knows":      {errEOF, "edit hello; pending +1m30s"},
		"it is gone":        {quota.Refusal{Reason: "message_not_found"}, "edit hello; cancelled: message_not_found"},
		"it cannot be":      {quota.Refusal{Reason: "cant_update_message"}, "edit hello; held: cant_update_message"},
		"invalid_blocks no": {quota.Refusal{Reason: "invalid_blocks"}, "edit hello; held: invalid_blocks"},
	} {
		t.Run(name, func(t *testing.T) {
			// An edit is of use after the message is too late to be posted, and a kind that is said at most
			// once may be mended often.
			b := newBench(t, digest.Kind{Doubt: digest.AtMostOnce}, quota.Intent{At: here, Tries: 1, Expires: monday})
			b.wire.answers = []error{tc.answer}
			b.expect(0, tc.want)
			if name == "nobody knows" {
				b.wire.answers = []error{errEOF, nil}
				b.expect(90*time.Second, "edit hello; pending +1m30s")
				b.expect(90*time.Second, "edit hello; posted")
			}
		})
	}
}

// Composers may fail; nothing is lost by it, and nothing waits for ever.
func TestNoWords(t *testing.T) {
	for name, words := range map[string]func(quota.Claimed) (digest.Message, error){
		"error":   func(quota.Claimed) (digest.Message, error) { return digest.Message{}, errEOF },
		"panic":   func(quota.Claimed) (digest.Message, error) { panic("x") },
		"no text": func(quota.Claimed) (digest.Message, error) { return digest.Message{Blocks: block("a")}, nil },
		"too long": func(quota.Claimed) (digest.Message, error) {
			return digest.Message{Text: strings.Repeat("x", quota.MaxContent)}, nil
		},
		"no JSON": func(quota.Claimed) (digest.Message, error) {
			return digest.Message{Text: "x", Blocks: []slack.Block{unspeakable{}}}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, digest.Kind{}, quota.Intent{})
			well := b.words
			b.words = words
			b.expect(0, "pending +10s")
			b.expect(10*time.Second, "pending +20s")
			b.expect(20*time.Second, "pending +40s")
			b.expect(time.Hour, "pending +1m20s")
			if name == "error" {
				b.words = well
				b.expect(time.Hour, "post hello; posted")
				return
			}
			b.expect(8*24*time.Hour, "held: "+digest.Lasting)
		})
	}
	t.Run("unknown kind", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.clock.Kinds = nil
		b.expect(0, "pending +10s")
	})
	t.Run("unknown kind in doubt", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.wire.answers = []error{errEOF}
		b.expect(0, "post hello; uncertain +1m30s")
		b.clock.Kinds = nil
		b.wire.find = []any{here}
		b.expect(90*time.Second, "find; posted")
	})
	t.Run("words of another version", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{Content: []byte(`{"v":2,"text":"x"}`)})
		b.expect(0, "pending +10s")
	})
	t.Run("blocks too long for a store", func(t *testing.T) {
		b := newBench(t, digest.Kind{}, quota.Intent{})
		b.words = func(quota.Claimed) (digest.Message, error) {
			return digest.Message{Text: "hello", Blocks: block(strings.Repeat("x", quota.MaxContent)), Spare: block("b")}, nil
		}
		b.expect(0, `post hello [{"type":"markdown","text":"b"}]; posted`)
	})
}

type unspeakable struct{ slack.DividerBlock }

func (unspeakable) MarshalJSON() ([]byte, error) { return nil, errEOF }

// A lease that ran out leaves doubt only if something may have been said.
func TestLeaseRanOut(t *testing.T) {
	for name, tc := range map[string]struct {
		doubt digest.Doubt
		die   int // before which settling the process dies: 1 is the fence
		want  string
	}{
		"before the fence":               {digest.Reconciled, 1, "post hello; posted"},
		"before the fence, at most once": {digest.AtMostOnce, 1, "post hello; posted"},
		"after it":                       {digest.Reconciled, 2, "find; uncertain +2m0s"},
		"after it, at most once":         {digest.AtMostOnce, 2, "cancelled: " + digest.MayBeSaid},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, digest.Kind{Doubt: tc.doubt}, quota.Intent{})
			b.clock.Queue = &dying{shelf: b.shelf, left: tc.die}
			if _, err := b.clock.Tick(t.Context(), b.at); !errors.Is(err, errDead) {
				t.Fatal(err)
			}
			b.clock.Queue = b.shelf
			b.expect(2*time.Minute-1, "sending +1ns")
			b.expect(1, tc.want)
		})
	}
}

var errDead = errors.New("the process is dead")

type dying struct {
	*shelf
	left int
}

func (d *dying) Settle(ctx context.Context, workspace string, i quota.Intent, h ...quota.Hush) error {
	if d.left--; d.left <= 0 {
		return errDead
	}
	return d.shelf.Settle(ctx, workspace, i, h...)
}

// Whoever wants other words while a message is being said takes its Content and the claim away.
func TestOtherWordsMeanwhile(t *testing.T) {
	for name, tc := range map[string]struct {
		doubt digest.Doubt
		dies  bool // the process, before it can note what came of the post
		found any
		wants []string // each after two minutes more
	}{
		"it is known where it stands":               {doubt: digest.Reconciled, wants: []string{"edit other; posted"}},
		"it is known where it stands, at most once": {doubt: digest.AtMostOnce, wants: []string{"edit other; posted"}},
		"it stands":                     {doubt: digest.Reconciled, dies: true, found: here, wants: []string{"find; edit other; posted"}},
		"it does not stand":             {doubt: digest.Reconciled, dies: true, wants: []string{"find; uncertain +2m0s", "find; post other; posted"}},
		"nobody can know, at most once": {doubt: digest.AtMostOnce, dies: true, wants: []string{"cancelled: " + digest.MayBeSaid}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, digest.Kind{Doubt: tc.doubt}, quota.Intent{})
			b.clock.Wire = during{b.wire, func() {
				i := b.intent()
				i.Content, i.Token = nil, 0
				b.put(i)
			}}
			if tc.dies {
				b.clock.Queue = &dying{shelf: b.shelf, left: 2}
			}
			if _, err := b.clock.Tick(t.Context(), b.at); tc.dies != errors.Is(err, errDead) {
				t.Fatal(err)
			}
			b.clock.Queue, b.clock.Wire = b.shelf, b.wire
			b.words = func(quota.Claimed) (digest.Message, error) { return digest.Message{Text: "other"}, nil }
			if tc.found != nil {
				b.wire.find = []any{tc.found}
			}
			for _, want := range tc.wants {
				b.expect(2*time.Minute, want)
			}
		})
	}
}

// during does something while a post is under way.
type during struct {
	*script
	do func()
}

func (d during) Post(ctx context.Context, a, b, c, e string, f []byte) (quota.Place, error) {
	d.do()
	return d.script.Post(ctx, a, b, c, e, f)
}

// A stop takes nothing more up, and does not turn what is under way into doubt.
func TestStop(t *testing.T) {
	b := newBench(t, digest.Kind{}, quota.Intent{})
	ctx, stop := context.WithCancel(t.Context())
	b.clock.Wire = during{b.wire, stop}
	if _, err := b.clock.Tick(ctx, b.at); !errors.Is(err, context.Canceled) || b.intent().State != quota.Posted {
		t.Errorf("%v, %+v", err, b.intent())
	}
	b = newBench(t, digest.Kind{}, quota.Intent{})
	if _, err := b.clock.Tick(ctx, b.at); !errors.Is(err, context.Canceled) || b.intent().State != quota.Pending {
		t.Errorf("%v, %+v", err, b.intent())
	}
}

// One Tick takes on so much and no more, and says that there is more.
func TestManyDue(t *testing.T) {
	b := newBench(t, digest.Kind{}, quota.Intent{})
	one := b.intent()
	for n := range 200 {
		i := one
		i.Name, i.To = fmt.Sprintf("digest/%d/2026-11-23", n+2), fmt.Sprintf("C%d", n+2)
		b.put(i)
	}
	wire := &tally{}
	b.clock.Wire = wire
	ticks := 0
	for next := b.at; !next.After(b.at); ticks++ {
		var err error
		if next, err = b.clock.Tick(t.Context(), b.at); err != nil {
			t.Fatal(err)
		}
	}
	if n := wire.posts.Load(); n != 201 || ticks != 4 {
		t.Errorf("%d posts in %d ticks", n, ticks)
	}
	if n := wire.most.Load(); n > 8 {
		t.Errorf("%d at once", n)
	}
}

// What is kept in a store is text that a person can read.
func TestContentIsJSON(t *testing.T) {
	b := newBench(t, digest.Kind{}, quota.Intent{})
	b.tick(0)
	var kept struct {
		V     int
		Text  string
		Asked time.Time
	}
	if err := json.Unmarshal(b.intent().Content, &kept); err != nil || kept.V != 1 || kept.Text != "hello" || !kept.Asked.Equal(monday) {
		t.Errorf("%s: %v", b.intent().Content, err)
	}
}
