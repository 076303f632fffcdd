package store

import (
	"context"
	"log/slog"
	"strings"

	"github.com/paceline/paceline/internal/quota"
)

// An Engine is an open store.
type Engine interface {
	quota.Store

	// Failed yields one error when the engine has stopped for good, because nobody can say any more what
	// is on the disk. Every call gives quota.ErrUnavailable from then on; the process should end and be
	// started again. Memory never fails, and a closed engine no longer does.
	Failed() <-chan error
}

// An Option changes how a store is opened.
type Option func(*options)

type options struct {
	log *slog.Logger
}

// WithLog hands over the logger for what an operator must know. Without it nothing is logged.
func WithLog(log *slog.Logger) Option {
	return func(o *options) { o.log = log }
}

// Open opens the store that spec names: "bolt:FILE" keeps everything in one file, which is created when it
// is missing; "mem:" forgets everything on Close. ctx bounds the opening, not the life of the store. An
// error is one sentence for the operator, which names the fix; it wraps quota.ErrCorrupt when the file is
// damaged.
func Open(ctx context.Context, spec string, opts ...Option) (Engine, error) {
	o := options{log: slog.New(slog.DiscardHandler)}
	for _, opt := range opts {
		opt(&o)
	}
	if err := ctx.Err(); err != nil {
		return nil, unavailable("not opened: %w", err)
	}
	// What stands behind the colon may hold a password, so it is never repeated before the scheme is known.
	scheme, rest, ok := strings.Cut(spec, ":")
	if !ok {
		return nil, sentence("no store is named; set PACELINE_STORE to bolt:FILE, such as bolt:paceline.db")
	}
	switch scheme {
	case "bolt":
		return openBolt(rest, o.log)
	case "mem":
		if rest != "" {
			return nil, sentence("mem: keeps nothing and takes no name; set PACELINE_STORE to mem: or to bolt:FILE")
		}
		return openMemory(o.log), nil
	}
	return nil, sentence("there is no store %q; set PACELINE_STORE to bolt:FILE, such as bolt:paceline.db", scheme+":")
}
