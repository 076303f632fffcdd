package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"

	"github.com/paceline/paceline/internal/sandbox"
	"github.com/paceline/paceline/internal/store"
)

// A play is what `bot sandbox` performs: a local Slack, and in it one bot after another, each on its own store.
// All but wish runs in the goroutine that called perform.
type play struct {
	spec   string // of the store
	cfg    config
	log    *slog.Logger
	wishes chan wish

	box   *sandbox.Slack
	bot   *bot
	store store.Engine
	door  net.Listener // of the bot, for signed HTTP; nil for Socket Mode
}

// A wish is somebody's wish for a reset.
type wish struct {
	seed string
	wipe func()
	done chan error
}

// open puts everything up, with the seed that the options name.
func (p *play) open(ctx context.Context, g stage, o sandboxOptions) (err error) {
	if p.store, err = store.Open(ctx, p.spec, store.WithLog(p.log)); err != nil {
		return err
	}
	if o.delivery == "http" {
		if p.door, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return errors.Join(err, p.store.Close())
		}
		g.door = p.door
	}
	if p.box, p.bot, err = g.set(p.cfg, p.store, p.log); err != nil {
		return errors.Join(err, p.store.Close())
	}
	if err = seed(ctx, p.bot.book, o.seed, p.box.Now()); err != nil {
		return errors.Join(err, p.box.Close(), p.store.Close())
	}
	return nil
}

// perform lets the bot run until ctx ends, the page fails, or the bot ends by itself. A wish for a reset is
// granted in between.
func (p *play) perform(ctx context.Context, failed <-chan error) error {
	for {
		inner, stop := context.WithCancel(ctx)
		ended := make(chan error, 1)
		go func() { ended <- p.bot.serve(inner, p.door) }()
		select {
		case err := <-failed:
			stop()
			return errors.Join(err, <-ended)
		case err := <-ended:
			stop()
			return err
		case w := <-p.wishes:
			stop()
			err := <-ended
			if err != nil {
				p.log.Warn("the bot did not stop in order; it begins anew all the same", "err", err)
			}
			err = p.again(ctx, w)
			w.done <- err
			if err != nil {
				return fmt.Errorf("reset: %w", err)
			}
		}
	}
}

// again puts the bot on a new store in memory, as of the moment the clock shows when it is cleared.
func (p *play) again(ctx context.Context, w wish) error {
	w.wipe()
	next, err := store.Open(ctx, p.spec, store.WithLog(p.log))
	if err != nil {
		return err
	}
	old := p.store
	p.store = next
	if err := old.Close(); err != nil {
		return err
	}
	if p.door != nil {
		if p.door, err = net.Listen("tcp", p.door.Addr().String()); err != nil {
			return err
		}
	}
	b, err := wire(p.bot.cfg, next, doors{now: p.box.Now}, p.log)
	if err != nil {
		return err
	}
	*p.bot = *b // the sandbox's ticks go to this one
	return seed(ctx, b.book, w.seed, p.box.Now())
}

// wish is sandbox.Config's Reset. What is in a file is somebody's own, so it stays.
func (p *play) wish(ctx context.Context, seed string, wipe func()) error {
	if !strings.HasPrefix(p.spec, "mem:") {
		return errors.New("this sandbox keeps a file; start without -store to reset")
	}
	w := wish{seed: seed, wipe: wipe, done: make(chan error, 1)}
	select {
	case p.wishes <- w:
	case <-ctx.Done():
		return ctx.Err()
	}
	return <-w.done
}
