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
	if s := storeProblem(o.store); s != "" {
		p = append(p, "-store "+s)
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
	at, wrong := o.problems()
	if len(wrong) > 0 {
		return wrong
	}
	cfg := config{Channel: sandbox.OutreachID, LogLevel: "warn", LogFormat: "text"}
	log := cfg.logger(errOut)
	l, err := net.Listen("tcp", o.addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s (choose another address with -addr): %w", o.addr, err)
	}
	p := &play{spec: o.store, cfg: cfg, log: log, wishes: make(chan wish)}
	if err := p.open(ctx, stage{at: at, url: "http://" + l.Addr().String(), reset: p.wish}, o); err != nil {
		return errors.Join(err, l.Close())
	}
	page := &http.Server{Handler: p.box.Handler(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute}
	failed := make(chan error, 1)
	go func() { failed <- page.Serve(l) }()
	fmt.Fprintf(out, "Paceline's sandbox is ready. Open %s and type: %s 5\nStop it with Ctrl-C.\n", visitors(l, errOut), commands.DefaultNames().Sent)
	err = p.perform(ctx, failed)
	return errors.Join(err, p.box.Close(), page.Close(), p.store.Close())
}

// visitors is the address to open in a browser. It warns when others can open it too.
func visitors(l net.Listener, errOut io.Writer) string {
	at, ok := l.Addr().(*net.TCPAddr)
	if !ok || at.IP.IsLoopback() {
		return "http://" + l.Addr().String()
	}
	fmt.Fprintf(errOut, "Careful: %s can be reached from other machines, and whoever reaches it can act as anybody in the sandbox.\n", at)
	if at.IP.IsUnspecified() {
		return fmt.Sprintf("http://localhost:%d", at.Port)
	}
	return "http://" + at.String()
}

// stage is where a sandbox and a bot meet.
type stage struct {
	at   time.Time    // zero: real time
	url  string       // of the sandbox
	door net.Listener // of the bot, for signed HTTP; nil for Socket Mode
	doors
	client *http.Client                                              // for deliveries; nil for the ordinary one
	reset  func(ctx context.Context, seed string, wipe func()) error // of sandbox.Config; may be nil
}

// set puts up a local Slack and a bot that is to be connected to it.
func (g stage) set(cfg config, s store.Engine, log *slog.Logger) (*sandbox.Slack, *bot, error) {
	cfg.BotToken, cfg.APIURL = sandboxBotToken, g.url+"/api/"
	c := sandbox.Config{
		URL: g.url, Start: g.at, BotToken: sandboxBotToken, AppToken: sandboxAppToken, SigningSecret: sandboxSecret,
		Hints: hints(), Shortcuts: shortcuts(), Reset: g.reset, Log: log, Client: g.client, Ping: g.ping,
	}
	if g.door != nil {
		cfg.SigningSecret = sandboxSecret
		c.BotURL = "http://" + g.door.Addr().String()
	} else {
		cfg.AppToken = sandboxAppToken
	}
	var b *bot
	c.Tick = func(ctx context.Context, at time.Time) (time.Time, error) { return b.tick(ctx, at) }
	box := sandbox.New(c)
	g.now = box.Now
	b, err := wire(cfg, s, g.doors, log)
	if err != nil {
		return nil, nil, errors.Join(err, box.Close())
	}
	return box, b, nil
}

// shortcuts are what the page's shortcut menu offers: those of the manifest.
func shortcuts() []sandbox.Shortcut {
	return []sandbox.Shortcut{{Name: commands.LogShortcutName, Callback: commands.LogShortcut, Description: logShortcutWhat}}
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
