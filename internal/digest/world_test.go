package digest_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/digest"
	"github.com/paceline/paceline/internal/quota"
)

// An engine is what the machine and its tests need of a quota.Store.
type engine interface {
	digest.Queue
	digest.Sweeper
	Do(ctx context.Context, w quota.Write) (quota.Done, error)
	Read(ctx context.Context, workspace string, need quota.Need) (quota.Facts, error)
}

// faults says how often things go wrong, in percent of calls.
type faults struct {
	lost   int // it lands, and the answer is lost: 5xx, EOF, time-out
	slow   int // the answer is lost, and it lands within the 90 s that are promised
	failed int // it does not land, and nobody knows
	busy   int // 429
	refuse int // a definite no for good
	blocks int // a definite no to blocks
	stall  int // it lands, and the process sleeps for minutes before it goes on
	mute   int // of composers: they fail
	crash  int // of ticks: the process dies at one of its next steps

	blind     bool // the control: looking always says that it is not there
	forbidden bool // nobody may look
}

// heavy is what the long runs live with: some 40 % of posts are hit, and a third of all ticks.
var heavy = faults{lost: 10, slow: 6, failed: 8, busy: 8, blocks: 5, mute: 8, stall: 3, crash: 30}

// A landing is a message as Slack shows it from a moment on.
type landing struct {
	place quota.Place
	from  time.Time
	text  string
	gone  bool
}

// A world is one Slack, one store and several processes, in virtual time.
type world struct {
	fatal func(format string, args ...any)
	seed  uint64
	f     faults
	store engine
	procs []*process

	mu       sync.Mutex
	now      time.Time
	calls    map[string]int
	landed   map[string][]*landing // by workspace and name
	want     map[string]string     // what a message is to say; "" nothing any more
	stalling bool
	flying   int // requests between the fence and Slack: no time passes for them
	landing  *sync.Cond

	count struct{ ticks, posts, crashes, stalls, edits, deletions, looks int }
}

func newWorld(t testing.TB, store engine, seed uint64, f faults, replicas int) *world {
	w := &world{fatal: t.Fatalf, seed: seed, f: f, store: store, now: monday, calls: make(map[string]int),
		landed: make(map[string][]*landing), want: make(map[string]string)}
	w.landing = sync.NewCond(&w.mu)
	for n := range replicas {
		w.procs = append(w.procs, w.start(n))
	}
	return w
}

// draw returns a number below n that depends on the seed, on what is asked and how often it was.
func (w *world) draw(what string, n int) int {
	w.calls[what]++
	h := fnv.New64a()
	fmt.Fprintf(h, "%d/%s/%d", w.seed, what, w.calls[what])
	x := h.Sum64()
	x ^= x >> 31
	x *= 0x9e3779b97f4a7c15
	x ^= x >> 29
	return int(x % uint64(n))
}

func (w *world) drawLocked(what string, n int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.draw(what, n)
}

func (w *world) put(workspace string, i quota.Intent) {
	_, err := w.store.Do(context.Background(), quota.Write{
		Workspace: workspace, Key: fmt.Sprintf("put %s %d", i.Name, w.drawLocked("key", 1<<62)), At: w.now,
		Decide: func(quota.Facts) (quota.Change, error) { return quota.Change{Intents: []quota.Intent{i}}, nil },
	})
	if err != nil {
		w.fatal("put: %v", err)
	}
}

// add makes an intent that is to be said.
func (w *world) add(workspace, name, to string, due time.Time, life time.Duration) {
	i := quota.Intent{Name: name, To: to, Due: due, Next: due, State: quota.Pending}
	if life > 0 {
		i.Expires = due.Add(life)
	}
	w.want[workspace+name] = "words of " + name
	w.put(workspace, i)
}

// change wants other words, or none, as a command does: what is posted is to be mended, and what is under way is
// taken from whoever is at it.
func (w *world) change(workspace, name, words string) {
	w.want[workspace+name] = words
	_, err := w.store.Do(context.Background(), quota.Write{
		Workspace: workspace, Key: fmt.Sprintf("change %s %d", name, w.drawLocked("key", 1<<62)), At: w.now,
		Need: quota.Need{Intents: []string{name}},
		Decide: func(f quota.Facts) (quota.Change, error) {
			i := f.Intents[name]
			switch i.State {
			case quota.Posted:
				i.State, i.Due, i.Next = quota.Pending, w.now, w.now
			case quota.Held, quota.Cancelled:
				return quota.Change{}, nil
			}
			i.Content, i.Token = nil, 0
			return quota.Change{Intents: []quota.Intent{i}}, nil
		},
	})
	if err != nil {
		w.fatal("change: %v", err)
	}
}

func (w *world) intent(workspace, name string) quota.Intent {
	f, err := w.store.Read(context.Background(), workspace, quota.Need{Intents: []string{name}})
	if err != nil {
		w.fatal("read: %v", err)
	}
	return f.Intents[name]
}

// A process is one replica, until it dies.
type process struct {
	w    *world
	id   int
	next time.Time

	mu    sync.Mutex
	left  int // calls until it dies; 0: it does not
	after bool
	dead  bool
}

func (w *world) start(id int) *process { return &process{w: w, id: id, next: w.now} }

// step makes one call to the outside, unless the process dies before it or is dead. One that dies after it
// learns nothing of what it brought.
func (p *process) step(call func() error) error {
	p.mu.Lock()
	if p.dead {
		p.mu.Unlock()
		return errDead
	}
	if p.left > 0 {
		if p.left--; p.left == 0 {
			p.dead = true
		}
	}
	dead, after := p.dead, p.after
	p.mu.Unlock()
	if dead && !after {
		return errDead
	}
	err := call()
	if dead {
		return errDead
	}
	return err
}

func (p *process) Claim(ctx context.Context, at, lease time.Time, most int) (c []quota.Claimed, err error) {
	err = p.step(func() error { c, err = p.w.store.Claim(ctx, at, lease, most); return err })
	return c, err
}

func (p *process) Settle(ctx context.Context, workspace string, i quota.Intent, h ...quota.Hush) error {
	fence := i.State == quota.Sending
	if fence {
		p.w.fly(1)
	}
	err := p.step(func() error { return p.w.store.Settle(ctx, workspace, i, h...) })
	if fence && err != nil {
		p.w.fly(-1)
	}
	return err
}

// fly counts requests that are on their way.
func (w *world) fly(by int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.flying += by
	w.landing.Broadcast()
}

func (p *process) Hushed(ctx context.Context, workspace, to string) (until time.Time, err error) {
	err = p.step(func() error { until, err = p.w.store.Hushed(ctx, workspace, to); return err })
	return until, err
}

func (p *process) NextDue(ctx context.Context) (at time.Time, ok bool, err error) {
	err = p.step(func() error { at, ok, err = p.w.store.NextDue(ctx); return err })
	return at, ok, err
}

func (p *process) Sweep(ctx context.Context, at time.Time) error {
	return p.step(func() error { return p.w.store.Sweep(ctx, at) })
}

func (p *process) Post(_ context.Context, workspace, to, name, text string, blocks []byte) (place quota.Place, err error) {
	defer p.w.fly(-1)
	err = p.step(func() error { place, err = p.w.post(workspace, to, name, text, blocks); return err })
	return place, err
}

func (p *process) Edit(_ context.Context, workspace string, at quota.Place, text string, _ []byte) error {
	defer p.w.fly(-1)
	return p.step(func() error { return p.w.mend(workspace, at, "edit", func(l *landing) { l.text = text }) })
}

func (p *process) Delete(_ context.Context, workspace string, at quota.Place) error {
	return p.step(func() error { return p.w.mend(workspace, at, "delete", func(l *landing) { l.gone = true }) })
}

func (p *process) Find(_ context.Context, workspace, _, name string, since time.Time) (place quota.Place, found bool, err error) {
	err = p.step(func() error { place, found, err = p.w.find(workspace, name, since); return err })
	return place, found, err
}

var (
	errReset = errors.New("connection reset")
	errDown  = errors.New("status 503")
)

// post is chat.postMessage with faults.
func (w *world) post(workspace, to, name, text string, blocks []byte) (quota.Place, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count.posts++
	land := func(after time.Duration) quota.Place {
		place := quota.Place{Channel: to, TS: fmt.Sprint(w.count.posts)}
		w.landed[workspace+name] = append(w.landed[workspace+name], &landing{place: place, from: w.now.Add(after), text: text})
		return place
	}
	roll := w.draw("post"+name, 100)
	for _, fault := range []struct {
		percent int
		do      func() (quota.Place, error)
	}{
		{w.f.lost, func() (quota.Place, error) { land(0); return quota.Place{}, errDown }},
		{w.f.slow, func() (quota.Place, error) {
			land(time.Duration(w.draw("slow", 90)) * time.Second)
			return quota.Place{}, errReset
		}},
		{w.f.failed, func() (quota.Place, error) { return quota.Place{}, errReset }},
		{w.f.busy, func() (quota.Place, error) {
			return quota.Place{}, fmt.Errorf("slackapp: %w", quota.Busy{For: time.Duration(w.draw("busy", 120)) * time.Second})
		}},
		{w.f.refuse, func() (quota.Place, error) {
			return quota.Place{}, fmt.Errorf("slackapp: %w", quota.Refusal{Reason: "channel_not_found"})
		}},
		{w.f.stall, func() (quota.Place, error) { place := land(0); w.stall(); return place, nil }},
	} {
		if roll -= fault.percent; roll < 0 {
			return fault.do()
		}
	}
	if blocks != nil && w.draw("blocks"+name, 100) < w.f.blocks {
		return quota.Place{}, fmt.Errorf("slackapp: %w", quota.Refusal{Reason: "invalid_blocks"})
	}
	return land(0), nil
}

// stall lets the others live on for a while, one of them at least past the lease.
func (w *world) stall() {
	if w.stalling || len(w.procs) < 2 {
		return
	}
	w.stalling = true
	w.flying--
	w.landing.Broadcast()
	w.count.stalls++
	until := w.now.Add(time.Duration(1+w.draw("stall", 10)) * time.Minute)
	w.mu.Unlock()
	other := w.start(100)
	for w.at().Before(until) {
		w.to(w.at().Add(time.Duration(w.drawLocked("stalled", 90)) * time.Second))
		w.tick(other, w.at())
	}
	w.mu.Lock()
	w.stalling = false
	w.flying++
}

func (w *world) mend(workspace string, at quota.Place, what string, do func(*landing)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if what == "edit" {
		w.count.edits++
	} else {
		w.count.deletions++
	}
	roll := w.draw(what+at.TS, 100)
	if roll -= w.f.failed; roll < 0 {
		return errReset
	}
	if roll -= w.f.busy; roll < 0 {
		return fmt.Errorf("slackapp: %w", quota.Busy{For: 20 * time.Second})
	}
	for key, all := range w.landed {
		for _, l := range all {
			if strings.HasPrefix(key, workspace) && l.place == at && !l.gone {
				do(l)
				if roll -= w.f.lost; roll < 0 {
					return errDown
				}
				return nil
			}
		}
	}
	return fmt.Errorf("slackapp: %w", quota.Refusal{Reason: "message_not_found"})
}

func (w *world) find(workspace, name string, since time.Time) (quota.Place, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count.looks++
	roll := w.draw("find"+name, 100)
	if roll -= w.f.failed; roll < 0 {
		return quota.Place{}, false, errReset
	}
	if roll -= w.f.busy; roll < 0 {
		return quota.Place{}, false, fmt.Errorf("slackapp: %w", quota.Busy{For: 20 * time.Second})
	}
	if w.f.forbidden {
		return quota.Place{}, false, fmt.Errorf("slackapp: %w", quota.Refusal{Reason: "missing_scope"})
	}
	for _, l := range w.landed[workspace+name] {
		if !w.f.blind && !l.gone && !l.from.After(w.now) && !l.from.Before(since) {
			return l.place, true, nil
		}
	}
	return quota.Place{}, false, nil
}

func (w *world) at() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) to(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.flying > 0 {
		w.landing.Wait()
	}
	if t.After(w.now) {
		w.now = t
	}
}

// tick lets a process do what is due, and die of it when it is its time. The successor starts soon.
func (w *world) tick(p *process, at time.Time) {
	w.mu.Lock()
	w.count.ticks++
	if p.left == 0 && w.draw("crash", 100) < w.f.crash {
		p.left, p.after = 1+w.draw("step", 9), w.draw("after", 2) == 0
	}
	w.mu.Unlock()
	next, err := w.clock(p).Tick(context.Background(), at)
	if err != nil && !errors.Is(err, errDead) {
		w.fatal("tick: %v", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = next
	if !p.dead {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.count.crashes++
	p.dead, p.left = false, 0
	p.next = w.now.Add(time.Duration(w.draw("restart", 300)) * time.Second)
}

// clock makes the clockwork of a process, with words that are those that are wanted at the moment.
func (w *world) clock(p *process) digest.Clockwork {
	compose := func(_ context.Context, _ time.Time, c quota.Claimed) (digest.Message, error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		words := w.want[c.Workspace+c.Intent.Name]
		if words == "" {
			return digest.Message{}, digest.Moot{Reason: "undone"}
		}
		if w.draw("compose", 100) < w.f.mute {
			return digest.Message{}, errReset
		}
		return digest.Message{Text: words, Blocks: block(words), Spare: block("spare")}, nil
	}
	return digest.Clockwork{Keys: p, Queue: p, Wire: p, Kinds: map[string]digest.Kind{
		"digest":   {Doubt: digest.Reconciled, Compose: compose},
		"approval": {Doubt: digest.Reconciled, Compose: compose},
		"nudge":    {Doubt: digest.AtMostOnce, Refused: quota.Cancelled, Compose: compose},
	}}
}

// run goes on until a moment, from one due time to the next, with ticks that come late, early, twice and at
// once.
func (w *world) run(until time.Time) {
	for {
		p := w.procs[0]
		for _, other := range w.procs {
			if other.next.Before(p.next) {
				p = other
			}
		}
		if p.next.After(until) {
			w.to(until)
			return
		}
		w.to(p.next)
		if w.drawLocked("late", 4) == 0 {
			w.to(w.at().Add(time.Duration(w.drawLocked("by", 40)) * time.Second))
		}
		switch now := w.at(); w.drawLocked("how", 8) {
		case 0: // twice
			w.tick(p, now)
			w.tick(p, now)
		case 1: // all at once
			var all sync.WaitGroup
			for _, one := range w.procs {
				all.Go(func() { w.tick(one, now) })
			}
			all.Wait()
		case 2: // early, or by a clock that is behind
			w.tick(p, now.Add(-20*time.Second))
			w.tick(p, now)
		default:
			w.tick(p, now)
		}
		for _, one := range w.procs { // cron pokes at the latest
			if late := w.at().Add(30 * time.Second); one.next.IsZero() {
				one.next = late
			}
		}
	}
}
