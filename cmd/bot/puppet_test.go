package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/digest"
	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/sandbox"
	"github.com/paceline/paceline/internal/store"
)

// puppetProcess is the value of PACELINE_PROCESS for a bot whose clock stands until it is told the time.
const puppetProcess = "puppet"

// An order is a line that a puppet reads. Without anything but At it is a tick.
type order struct {
	At      time.Time
	Log     *puppetLog
	Scan    bool   // report what is not settled
	Release string // have a held message posted
}

// A puppetLog is what somebody logs.
type puppetLog struct {
	Who  quota.Who
	Key  string
	N    int
	Back int // days back, with day precision; 0: just now
}

// A report is the line with which a puppet says that it has carried an order out.
type report struct {
	Err            string
	Next           time.Time // of a tick: when something is next due
	Sent, Recorded time.Time // of a log
	Open           []quota.Intent
}

// runPuppet is the bot as `bot serve` wires it, on the store and the Slack that the environment names, but for its
// clock and whoever pokes it: both are the orders it reads.
func runPuppet(ctx context.Context, in io.Reader, out, errOut io.Writer) error {
	cfg, err := readConfig()
	if err != nil {
		return err
	}
	log := cfg.logger(errOut)
	s, err := store.Open(ctx, cfg.Store, store.WithLog(log))
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var now time.Time
	b, err := wire(cfg, s, doors{now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}}, log)
	if err != nil {
		return err
	}
	if os.Getenv("PACELINE_NAIVE") != "" {
		b.clock.Wire = naive{b.clock.Wire}
	}
	tell := json.NewEncoder(out)
	if err := tell.Encode(report{}); err != nil {
		return err
	}
	for lines := json.NewDecoder(in); ; {
		var o order
		if err := lines.Decode(&o); err != nil {
			return errors.Join(s.Close(), ignore(err, io.EOF))
		}
		mu.Lock()
		now = o.At
		mu.Unlock()
		r, err := b.obey(ctx, o)
		if err != nil {
			r.Err = err.Error()
		}
		if err := tell.Encode(r); err != nil {
			return err
		}
	}
}

func ignore(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

// obey carries out one order.
func (b *bot) obey(ctx context.Context, o order) (r report, err error) {
	switch {
	case o.Log != nil:
		l := quota.Log{Kind: quota.Invite, Quantity: o.Log.N}
		if o.Log.Back > 0 {
			l.When = quota.When{Kind: quota.DaysAgo, N: o.Log.Back}
		}
		got, err := b.book.Log(ctx, o.Log.Who, o.Log.Key, o.At, l)
		return report{Sent: got.Operation.At, Recorded: got.Operation.Recorded}, err
	case o.Scan:
		r.Open, err = b.book.Scheduled(ctx, sandbox.TeamID)
		return r, err
	case o.Release != "":
		_, err = b.book.Release(ctx, quota.Who{Workspace: sandbox.TeamID, ID: "UMIA000001"}, fmt.Sprintf("release/%s/%s", o.Release, o.At), o.At, o.Release, quota.Pending)
		return r, err
	}
	for { // as beat does
		if r.Next, err = b.tick(ctx, o.At); err != nil || r.Next.After(o.At) {
			return r, err
		}
	}
}

// naive is the control: whoever looks for a message is told that it is not there, so what is in doubt is sent again.
type naive struct{ digest.Wire }

func (naive) Find(context.Context, string, string, string, time.Time) (quota.Place, bool, error) {
	return quota.Place{}, false, nil
}

// A puppet is such a process, seen from outside.
type puppet struct {
	cmd    *exec.Cmd
	orders io.WriteCloser
	lines  chan []byte // closed when the process has ended
	log    *lockedBuffer
}

// startPuppet returns once the bot has opened its store.
func startPuppet(t testing.TB, file, slack string, env ...string) *puppet {
	t.Helper()
	p := &puppet{lines: make(chan []byte, 1), log: &lockedBuffer{}}
	p.cmd = command(append([]string{"SLACK_BOT_TOKEN=" + sandboxBotToken, "SLACK_SIGNING_SECRET=" + sandboxSecret, "SLACK_API_URL=" + slack + "/api/",
		"PACELINE_STORE=bolt:" + file, "PACELINE_LOG_LEVEL=warn"}, env...))
	p.cmd.Env = append(p.cmd.Env, "PACELINE_PROCESS="+puppetProcess)
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if p.orders, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var read sync.WaitGroup
	read.Go(func() {
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			p.log.add(lines.Text())
		}
	})
	read.Go(func() {
		lines := bufio.NewScanner(stdout)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			p.lines <- append([]byte(nil), lines.Bytes()...)
		}
	})
	go func() {
		read.Wait()
		_ = p.cmd.Wait()
		close(p.lines)
	}()
	if _, alive := p.hear(t); !alive {
		t.Fatalf("the bot ended before it began:\n%s", p.log)
	}
	return p
}

// obeyed gives an order and returns the report; alive is false when the process died over it.
func (p *puppet) obeyed(t testing.TB, o order) (r report, alive bool) {
	t.Helper()
	line, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.orders.Write(append(line, '\n')); err != nil {
		p.end()
		return report{}, false
	}
	return p.hear(t)
}

func (p *puppet) hear(t testing.TB) (r report, alive bool) {
	t.Helper()
	select {
	case line, ok := <-p.lines:
		if !ok {
			return report{}, false
		}
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		return r, true
	case <-time.After(time.Minute):
		_ = p.cmd.Process.Kill()
		t.Fatalf("the bot is silent:\n%s", p.log)
		return report{}, false
	}
}

// shoot is kill -9. It may come at any time, from anywhere.
func (p *puppet) shoot() { _ = p.cmd.Process.Kill() }

// end waits until nothing of the process is left.
func (p *puppet) end() {
	p.shoot()
	for range p.lines {
	}
}
