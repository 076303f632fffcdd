package slackapp

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/paceline/paceline/internal/commands"
)

const (
	// quick is how long an acknowledgement waits for the answer. Slack gives 3 s; the rest is for the way.
	quick = 2200 * time.Millisecond
	// patience is how long the Answerer may take before its context is cancelled.
	patience = 30 * time.Second
)

// A turn is one request between entering and being acknowledged. Whoever comes first settles what the
// acknowledgement says: the answer, or the deadline.
type turn struct {
	ack      chan []byte   // the acknowledgement, when the answer came first
	finished chan struct{} // closed when everything has been made known

	mu      sync.Mutex
	over    bool
	late    bool
	planned []byte
}

// acknowledge settles the acknowledgement, and reports whether the deadline had not done so before.
func (t *turn) acknowledge(body []byte) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over {
		return false
	}
	t.over = true
	t.ack <- body
	return true
}

// plan says what the acknowledgement is to carry if the deadline comes while the answer is being made
// known, and reports whether the deadline has not come yet.
func (t *turn) plan(body []byte) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.planned = body
	return !t.over
}

// expire is the deadline. It returns the acknowledgement.
func (t *turn) expire() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over {
		return <-t.ack
	}
	t.over, t.late = true, true
	return t.planned
}

// answer gives one request its turn. It returns the body of the acknowledgement (empty: none) after 2.2 s
// at the latest, and a channel that is closed when everything the request caused has been done. A direct
// message that was met before is acknowledged and no more.
func (a *App) answer(in *inbound) ([]byte, <-chan struct{}) {
	t := &turn{ack: make(chan []byte, 1), finished: make(chan struct{})}
	if in.kind == message && !a.met.take(in.names()) {
		a.cfg.Log.Debug("acknowledged", "why", "a repeat", "request", in.reference())
		close(t.finished)
		return nil, t.finished
	}
	a.hand.enter()
	go a.work(in, t)
	deadline := time.NewTimer(quick)
	defer deadline.Stop()
	select {
	case body := <-t.ack:
		return body, t.finished
	case <-deadline.C:
		return t.expire(), t.finished
	}
}

// work asks, makes the answer known, and acknowledges whatever happens.
func (a *App) work(in *inbound, t *turn) {
	began := time.Now()
	defer a.hand.leave()
	defer close(t.finished)
	defer t.acknowledge(nil)
	defer func() {
		if p := recover(); p != nil {
			a.panicked(in, p)
		}
	}()
	reply := a.ask(in)
	if reply.Err != nil {
		a.cfg.Log.Error("answered with an error", "request", in.reference(), "kind", in.kind, "ref", reply.Reference, "err", reply.Err)
	}
	a.deliver(in, t, reply)
	a.record(in, t, began)
}

// ask lets the Answerer answer. A panic of its becomes an answer too.
func (a *App) ask(in *inbound) (reply commands.Reply) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			ref := a.panicked(in, p)
			reply = commands.Reply{
				Text:      fmt.Sprintf("Something went wrong on my side; nothing was counted twice. Tell your admin: ref %s", ref),
				Reference: ref,
			}
		}
	}()
	in.request.Profile = a.profiles.of(ctx, in.request.Workspace, in.request.User)
	switch in.kind {
	case command:
		return a.cfg.Answer.Command(ctx, in.request)
	case message:
		return a.cfg.Answer.Say(ctx, in.request)
	case press:
		return a.cfg.Answer.Press(ctx, in.request, in.press)
	case form:
		return a.cfg.Answer.Submit(ctx, in.request, in.form)
	default:
		return a.cfg.Answer.Open(ctx, in.request)
	}
}

// panicked logs a panic and returns the reference. What was panicked with is logged only when the runtime
// said it: other words may be a person's.
func (a *App) panicked(in *inbound, p any) string {
	why := fmt.Sprintf("%T", p)
	if e, ok := p.(runtime.Error); ok {
		why = e.Error()
	}
	ref := in.reference()
	a.cfg.Log.Error("panic", "ref", ref, "kind", in.kind, "why", why, "stack", string(debug.Stack()))
	return ref
}

// record writes the request's line in the log: for the curious, or for everybody when it was late.
func (a *App) record(in *inbound, t *turn, began time.Time) {
	level := slog.LevelDebug
	t.mu.Lock()
	late := t.late
	t.mu.Unlock()
	if late {
		level = slog.LevelInfo
	}
	if ctx := context.Background(); a.cfg.Log.Enabled(ctx, level) {
		a.cfg.Log.LogAttrs(ctx, level, "request answered",
			slog.String("request", in.reference()), slog.String("kind", string(in.kind)),
			slog.Int64("ms", time.Since(began).Milliseconds()), slog.Bool("late", late))
	}
}
