package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/store"
)

// errUnfit says that `bot check` found something to mend.
var errUnfit = errors.New("something needs mending, see above")

// check looks at everything the bot needs and says what is wrong, in words, with the fix.
func check(ctx context.Context, args []string, out, errOut io.Writer) error {
	if err := parse(configured("check", errOut), args, errOut); err != nil {
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
	if err != nil {
		return err
	}
	tell("configuration", nil)
	log := cfg.logger(errOut)
	tell(checkStore(ctx, cfg.Store, log))
	s, err := store.Open(ctx, "mem:") // the rest needs one only to be put together
	if err != nil {
		return err
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

// checkStore reads all of a store and says what it found. It makes no file.
func checkStore(ctx context.Context, spec string, log *slog.Logger) (found string, err error) {
	kind, file, _ := strings.Cut(spec, ":")
	if kind == "mem" {
		return "store mem: (everything is forgotten when the bot stops)", nil
	}
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Dir(file)); err == nil {
			return "store " + file + ": not there yet, the first start makes it", nil
		}
	}
	s, err := store.Open(ctx, spec, store.WithLog(log))
	switch {
	case errors.Is(err, store.ErrInUse):
		return "store " + file + ": in use, by the running bot I take it, and so not read; stop the bot to have it verified", nil
	case err != nil:
		return "store " + file, err
	}
	defer func() { _ = s.Close() }() // nothing was written
	tally, err := s.Verify(ctx)
	return fmt.Sprintf("store %s: %d entries of %d members, every checksum and the chain of entries verified", file, tally.Entries, tally.Members), err
}
