package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/sandbox"
	"github.com/paceline/paceline/internal/store"
)

// Tokens of the sandbox: they open nothing but the process they are in.
const (
	sandboxBotToken = "xoxb-sandbox"
	sandboxAppToken = "xapp-sandbox"
	sandboxSecret   = "sandbox-signing-secret"
)

// sandboxOptions are the flags of `bot sandbox`.
type sandboxOptions struct {
	addr, store, seed, at, delivery string
}

// problems says what is wrong with the flags, and reads the time.
func (o sandboxOptions) problems() (at time.Time, p misuse) {
	if o.seed != "demo" && o.seed != "empty" {
		p = append(p, fmt.Sprintf("-seed is %q: use demo or empty", o.seed))
	}
	if o.delivery != "socket" && o.delivery != "http" {
		p = append(p, fmt.Sprintf("-delivery is %q: use socket or http", o.delivery))
	}
	if o.at != "" {
		t, err := time.Parse(time.RFC3339, o.at)
		if err != nil {
			p = append(p, fmt.Sprintf("-at is %q: write it like 2026-11-24T10:05:00+01:00", o.at))
		}
		at = t.UTC()
	}
	return at, p
}

// runSandbox runs the bot and a local Slack in one process until ctx ends.
func runSandbox(ctx context.Context, args []string, out, errOut io.Writer) error {
	f := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	var o sandboxOptions
	f.StringVar(&o.addr, "addr", "127.0.0.1:8787", "address of the page")
	f.StringVar(&o.store, "store", "mem:", "where entries are kept: mem: or bolt:FILE")
	f.StringVar(&o.seed, "seed", "demo", "what is there at the start: demo (four weeks of history) or empty")
	f.StringVar(&o.at, "at", "", "what time it is, such as 2026-11-24T10:05:00Z; the clock then stands until it is moved")
	f.StringVar(&o.delivery, "delivery", "socket", "how Slack reaches the bot: socket or http")
	if err := parse(f, args, errOut); err != nil {
		return err
	}
	at, p := o.problems()
	if len(p) > 0 {
		return p
	}
	cfg := config{Channel: sandbox.OutreachID, LogLevel: "warn", LogFormat: "text"}
	log := cfg.logger(errOut)
	s, err := store.Open(ctx, o.store, store.WithLog(log))
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", o.addr)
	if err != nil {
		return errors.Join(fmt.Errorf("cannot listen on %s (choose another address with -addr): %w", o.addr, err), s.Close())
	}
	door := net.Listener(nil)
	if o.delivery == "http" {
		if door, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return errors.Join(err, l.Close(), s.Close())
		}
	}
	box, b, err := stage{at: at, url: "http://" + l.Addr().String(), door: door}.set(cfg, s, log)
	if err != nil {
		return errors.Join(err, l.Close(), s.Close())
	}
	if err := seed(ctx, b.book, o.seed, box.Now()); err != nil {
		return errors.Join(err, l.Close(), s.Close())
	}
	page := &http.Server{Handler: box.Handler(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute}
	failed := make(chan error, 1)
	go func() { failed <- page.Serve(l) }()
	fmt.Fprintf(out, "Paceline's sandbox is ready. Open http://%s and type: %s 5\nStop it with Ctrl-C.\n", l.Addr(), commands.DefaultNames().Sent)
	inner, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	go func() {
		done <- b.serve(inner, door)
		close(done)
	}()
	select {
	case err = <-failed:
	case err = <-done:
	}
	stop()
	return errors.Join(err, <-done, box.Close(), page.Close(), s.Close())
}

// stage is where a sandbox and a bot meet.
type stage struct {
	at   time.Time    // zero: real time
	url  string       // of the sandbox
	door net.Listener // of the bot, for signed HTTP; nil for Socket Mode
	doors
	client *http.Client // for deliveries; nil for the ordinary one
}

// set puts up a local Slack and a bot that is to be connected to it.
func (g stage) set(cfg config, s store.Engine, log *slog.Logger) (*sandbox.Slack, *bot, error) {
	cfg.BotToken, cfg.APIURL = sandboxBotToken, g.url+"/api/"
	c := sandbox.Config{
		URL: g.url, Start: g.at, BotToken: sandboxBotToken, AppToken: sandboxAppToken, SigningSecret: sandboxSecret,
		Hints: hints(), Log: log, Client: g.client, Ping: g.ping,
	}
	if g.door != nil {
		cfg.SigningSecret = sandboxSecret
		c.BotURL = "http://" + g.door.Addr().String()
	} else {
		cfg.AppToken = sandboxAppToken
	}
	var b *bot
	c.Tick = func(ctx context.Context, at time.Time) (time.Time, error) { return b.clock.Tick(ctx, at) }
	box := sandbox.New(c)
	g.now = box.Now
	b, err := wire(cfg, s, g.doors, log)
	if err != nil {
		return nil, nil, errors.Join(err, box.Close())
	}
	return box, b, nil
}

// hints are what the page's composer proposes.
func hints() []sandbox.Hint {
	names := commands.DefaultNames()
	var out []sandbox.Hint
	for _, c := range commands.SlashCommands(names) {
		h := sandbox.Hint{Command: c.Command, Usage: c.Hint}
		for _, u := range commands.Usages(names) {
			if rest, ok := strings.CutPrefix(u.Form, c.Command+" "); ok {
				h.Verbs = append(h.Verbs, rest)
			}
		}
		out = append(out, h)
	}
	return out
}
