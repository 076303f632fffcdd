package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/digest"
	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/slackapp"
	"github.com/paceline/paceline/internal/store"
)

// bot is the whole product, wired: what `serve`, `sandbox` and the conversations run.
type bot struct {
	cfg   config
	log   *slog.Logger
	now   func() time.Time // the two doors of time: requests and ticks
	store store.Engine
	book  *quota.Book
	app   *slackapp.App
	clock digest.Clockwork
	ahead *ahead
	poke  <-chan struct{} // something that is due has been written
}

// ahead is how far the messages that time brings about have been put into the store.
type ahead struct {
	turn chan struct{} // holds one: whose turn it is to tick, which may wait for Slack
	day  quota.Day     // in UTC; 0: not yet since the start
}

// doors is what the outside hands in; the zero value is the real world.
type doors struct {
	now  func() time.Time
	dial func(ctx context.Context, network, addr string) (net.Conn, error)
	ping time.Duration
}

// wire puts a bot together on an open store, which stays the caller's to close.
func wire(cfg config, s store.Engine, d doors, log *slog.Logger) (*bot, error) {
	if d.now == nil {
		d.now = time.Now
	}
	p := newPoking(s)
	b := &bot{cfg: cfg, log: log, now: d.now, store: s, book: quota.NewBook(p), ahead: &ahead{turn: make(chan struct{}, 1)}, poke: p.poke}
	answer := commands.New(b.book, cfg.names(), cfg.Admins)
	app, err := slackapp.New(slackapp.Config{
		BotToken: cfg.BotToken, AppToken: cfg.AppToken, SigningSecret: cfg.SigningSecret, APIURL: cfg.APIURL,
		Answer: answer,
		Now:    d.now, Log: log, Dial: d.dial, Ping: d.ping,
	})
	if err != nil {
		return nil, fmt.Errorf("wire: %w", err)
	}
	b.app, answer.Slack = app, commands.Slack{Name: app.Name, Readers: app.Readers, Reach: app.Reach}
	b.clock = digest.Clockwork{
		Keys: s, Queue: s, Wire: app, Log: log, Now: d.now,
		Kinds: digest.Speech{Book: b.book, Names: cfg.names(), Readers: app.Readers, Person: app.Person}.Kinds(),
	}
	return b, nil
}

// tick does what is due at a moment, and returns when something is next due.
func (b *bot) tick(ctx context.Context, at time.Time) (next time.Time, err error) {
	select {
	case b.ahead.turn <- struct{}{}:
		defer func() { <-b.ahead.turn }()
	case <-ctx.Done():
		return time.Time{}, ctx.Err()
	}
	if today := quota.DayOf(at, time.UTC); today != b.ahead.day {
		if err := b.plan(ctx, at); err != nil {
			return time.Time{}, err
		}
		b.ahead.day = today
	}
	if next, err = b.clock.Tick(ctx, at); err != nil {
		b.ahead.day = 0 // what the tick could not bring about is planned again
	}
	return next, err
}

// plan puts into the store what time alone will bring about. Each message makes the next one of its kind, so this
// matters after a long absence, and to a store that an older version has written.
func (b *bot) plan(ctx context.Context, at time.Time) error {
	workspaces, err := b.store.Workspaces(ctx)
	for _, w := range workspaces {
		err = errors.Join(err, b.book.Schedule(ctx, w, at))
	}
	return err
}

// handler serves health, readiness and, with a signing secret, Slack's requests.
func (b *bot) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := b.app.Ready(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	if b.cfg.SigningSecret != "" {
		mux.Handle("/slack/", b.app.Handler())
	}
	return mux
}

// run talks to Slack until ctx ends, or until the store can no longer be trusted.
func (b *bot) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() { b.introduce(ctx) })
	work.Go(func() {
		if err := b.app.Run(ctx); err != nil {
			// Readiness says so too. Ending would only make a supervisor start it again, to the same end.
			b.log.Error("Slack lets nothing through; mend this and start again", "err", err)
		}
	})
	var failed error
	select {
	case <-ctx.Done():
	case failed = <-b.store.Failed():
	}
	stop()
	work.Wait()
	return failed
}

// introduce finds out who the bot is and makes the first team. It tries until it can: Slack may be down
// when the bot starts.
func (b *bot) introduce(ctx context.Context) {
	for patience := time.Second; ; patience = min(2*patience, 30*time.Second) {
		id, err := b.app.Identify(ctx)
		if err == nil {
			b.log.Info("connected to Slack", "workspace", id.Name, "team", id.Workspace)
			err = b.firstTeam(ctx, id.Workspace)
		}
		if err == nil || ctx.Err() != nil {
			return
		}
		b.log.Warn("not introduced to Slack yet", "err", err, "again_in", patience)
		select {
		case <-ctx.Done():
			return
		case <-time.After(patience):
		}
	}
}

// firstTeam gives PACELINE_CHANNEL a team if it has none: the one team without a channel, or a new one.
func (b *bot) firstTeam(ctx context.Context, workspace string) error {
	if b.cfg.Channel == "" {
		return nil
	}
	teams, _, err := b.book.Teams(ctx, quota.Who{Workspace: workspace})
	if err != nil {
		return err
	}
	s := quota.Setup{Name: "Outreach", Channel: b.cfg.Channel, Managers: b.cfg.Admins}
	for _, t := range teams {
		if t.Channel == b.cfg.Channel {
			return nil
		}
		if t.Channel == "" && len(teams) == 1 {
			s.ID, s.Name, s.Managers = t.ID, t.Name, t.Managers
		}
	}
	_, err = b.book.SetUp(ctx, quota.Who{Workspace: workspace}, "start/channel/"+b.cfg.Channel, b.now(), s)
	if taken := (quota.ChannelTaken{}); errors.As(err, &taken) {
		return nil
	}
	return err
}

// beat pokes the clockwork at once, every 30 seconds, and whenever something due was written. stop waits for a tick
// under way.
func (b *bot) beat(ctx context.Context) (stop func()) {
	tick := func() {
		for ctx.Err() == nil {
			at := b.now()
			next, err := b.tick(ctx, at)
			if err != nil && ctx.Err() == nil {
				b.log.Error("tick", "err", err)
			}
			if err != nil || next.After(at) {
				return // else there is more than one tick takes on
			}
		}
	}
	c := cron.New(cron.WithLocation(time.UTC), cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger)))
	c.Schedule(cron.Every(30*time.Second), cron.FuncJob(tick))
	tick()
	c.Start()
	poked := make(chan struct{})
	go func() {
		defer close(poked)
		for {
			select {
			case <-ctx.Done():
				return
			case <-b.poke:
				tick()
			}
		}
	}()
	return func() {
		<-c.Stop().Done()
		<-poked
	}
}
