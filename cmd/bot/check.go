package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/store"
)

// errUnfit says that `bot check` found something to mend.
var errUnfit = errors.New("something needs mending, see above")

// check looks at everything the bot needs and says what is wrong, in words, with the fix.
func check(ctx context.Context, args []string, out, errOut io.Writer) error {
	if err := parse(flag.NewFlagSet("check", flag.ContinueOnError), args, errOut); err != nil {
		return err
	}
	fit := true
	tell := func(what string, err error) {
		if err != nil {
			fit = false
			fmt.Fprintf(out, "✗ %s: %v\n", what, err)
			return
		}
		fmt.Fprintf(out, "✓ %s\n", what)
	}
	cfg, err := readConfig()
	tell("configuration", err)
	if err != nil {
		return errUnfit
	}
	log := cfg.logger(errOut)
	s, err := store.Open(ctx, cfg.Store, store.WithLog(log))
	if err != nil {
		tell("store "+scheme(cfg.Store), err)
		// The rest needs a store only to be put together.
		if s, err = store.Open(ctx, "mem:"); err != nil {
			return err
		}
	} else {
		tally, err := s.Verify(ctx)
		tell(fmt.Sprintf("store %s: %d entries of %d members, every checksum and the chain of entries verified", scheme(cfg.Store), tally.Entries, tally.Members), err)
	}
	defer func() { _ = s.Close() }() // nothing was written
	b, err := wire(cfg, s, doors{}, log)
	if err != nil {
		return err
	}
	if err := b.checkSlack(ctx, tell); err != nil {
		return err
	}
	if !fit {
		return errUnfit
	}
	fmt.Fprintln(out, "All is well.")
	return nil
}

// checkSlack tells about the tokens, the scopes, the channel and the clock.
func (b *bot) checkSlack(ctx context.Context, tell func(string, error)) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	id, err := b.app.Identify(ctx)
	tell("bot token", err)
	if err != nil {
		return nil // nothing else can be asked
	}
	if missing := missingScopes(id.Scopes); len(missing) > 0 && len(id.Scopes) > 0 {
		err = fmt.Errorf("the bot token lacks %s: add them under OAuth & Permissions and install the app again", strings.Join(missing, ", "))
	}
	tell("scopes of the bot token", err)
	if b.cfg.AppToken != "" {
		tell("app token", b.app.CheckSocket(ctx))
	}
	if b.cfg.Channel != "" {
		tell("channel "+b.cfg.Channel, b.app.CheckChannel(ctx, b.cfg.Channel))
	}
	skew, err := b.app.Skew(ctx)
	if err == nil && skew.Abs() > time.Minute {
		err = fmt.Errorf("this machine's clock is %s off Slack's: set it right, or signed requests will be refused as too old", skew.Round(time.Second))
	}
	tell("clock", err)
	return nil
}

// scheme names a store without what might be secret in it.
func scheme(spec string) string {
	if kind, rest, ok := strings.Cut(spec, ":"); ok && kind == "bolt" {
		if _, err := os.Stat(rest); err == nil {
			return spec
		}
		return spec + " (new)"
	}
	kind, _, _ := strings.Cut(spec, ":")
	return kind + ":"
}
