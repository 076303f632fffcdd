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
	"reflect"
	"time"

	"github.com/paceline/paceline/internal/store"
)

// grace is how long a stop may take: Docker and Kubernetes kill after 10 s and 30 s by default.
const grace = 8 * time.Second

// parse reads the flags of a sub-command that takes no further arguments.
func parse(f *flag.FlagSet, args []string, errOut io.Writer) error {
	f.SetOutput(errOut)
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return err
	case err != nil:
		return errUsage
	}
	if f.NArg() > 0 {
		fmt.Fprintf(errOut, "bot %s takes no argument %q; bot %s -h lists what it takes.\n", f.Name(), f.Arg(0), f.Name())
		return errUsage
	}
	return nil
}

// configured makes the flag set of a sub-command that has none: the environment configures it, and -h says
// with what.
func configured(name string, errOut io.Writer) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.Usage = func() {
		fmt.Fprintf(errOut, "bot %s takes no flags; these variables configure it:\n\n", name)
		for v := range reflect.TypeFor[config]().Fields() {
			fmt.Fprintf(errOut, "  %-22s %s\n", v.Tag.Get("envconfig"), v.Tag.Get("desc"))
			if d := v.Tag.Get("default"); d != "" {
				fmt.Fprintf(errOut, "  %-22s (default %s)\n", "", d)
			}
		}
	}
	return f
}

// serve runs the bot against Slack until ctx ends.
func serve(ctx context.Context, args []string, errOut io.Writer) error {
	if err := parse(configured("serve", errOut), args, errOut); err != nil {
		return err
	}
	cfg, err := readConfig()
	if err != nil {
		return err
	}
	log := cfg.logger(errOut)
	s, err := store.Open(ctx, cfg.Store, store.WithLog(log))
	if err != nil {
		return err
	}
	b, err := wire(cfg, s, doors{}, log)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	l, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return errors.Join(fmt.Errorf("cannot listen on %s (choose another address with PACELINE_ADDR): %w", cfg.Addr, err), s.Close())
	}
	log.Info("paceline", "version", version, "addr", l.Addr().String(), "socket_mode", cfg.AppToken != "", "http", cfg.SigningSecret != "")
	return errors.Join(b.serve(ctx, l), s.Close())
}

// serve answers on l (nil: on none) until ctx ends or the store fails, then stops in order: nothing new
// comes in, what is in hand is finished.
func (b *bot) serve(ctx context.Context, l net.Listener) error {
	server := newServer(b.handler(), b.log)
	failed := make(chan error, 1)
	if l != nil {
		go func() { failed <- server.Serve(l) }()
	}
	still := b.beat(ctx)
	runCtx, stop := context.WithCancel(ctx)
	ran := make(chan error, 1)
	go func() { ran <- b.run(runCtx) }()
	var err error
	select {
	case err = <-ran:
		close(ran)
	case err = <-failed:
	}
	b.log.Info("stopping")
	// The context has ended with the signal; what is in hand may still take its time.
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	err = errors.Join(err, server.Shutdown(end))
	stop()
	err = errors.Join(err, <-ran)
	still()
	return errors.Join(err, b.app.Drain(end))
}

// newServer makes an HTTP server that no slow or silent client can hold up for long.
func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      40 * time.Second, // longer than the longest answer in hand
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}
