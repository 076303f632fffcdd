package store

import (
	"context"
	"errors"
	"log/slog"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// An engine keeps everything in one bbolt file.
type engine struct {
	*loop
	log     *slog.Logger
	closing chan struct{} // holds one token: whoever takes it closes
	closed  chan struct{} // closed when err is set
	err     error         // of closing
}

func newEngine(db *bolt.DB, log *slog.Logger) *engine {
	e := &engine{loop: startLoop(db), log: log, closing: make(chan struct{}, 1), closed: make(chan struct{})}
	e.closing <- struct{}{}
	return e
}

// Failed is described at Engine.
func (e *engine) Failed() <-chan error { return e.failed }

// Do is described at quota.Store.
func (e *engine) Do(ctx context.Context, w quota.Write) (quota.Done, error) {
	if err := checkWrite(w); err != nil {
		return quota.Done{}, err
	}
	hash := hashKey(w.Workspace, w.Key)
	return e.do(ctx, func(tx *bolt.Tx) (quota.Done, bool, error) { return e.write(tx, w, hash) })
}

// Read is described at quota.Store. It waits for no writer.
func (e *engine) Read(ctx context.Context, workspace string, need quota.Need) (f quota.Facts, err error) {
	if err := checkNeed(workspace, need); err != nil {
		return f, err
	}
	err = e.view(ctx, func(tx *bolt.Tx) error {
		s, err := openSpace(tx, workspace)
		if err == nil {
			f, err = s.facts(need)
		}
		return err
	})
	if err != nil {
		return quota.Facts{}, err
	}
	return f, nil
}

// Sweep is described at quota.Store. It forgets whole days, so a key may be known for up to a day longer.
func (e *engine) Sweep(ctx context.Context, at time.Time) error {
	if !datable(at) {
		return unavailable("the sweep has no usable time")
	}
	_, err := e.do(ctx, func(tx *bolt.Tx) (quota.Done, bool, error) {
		dropped, err := forget(tx, at)
		words, errWords := forgetWords(tx, at)
		if err = errors.Join(err, errWords); err != nil && (dropped || words) {
			err = spoilt{err}
		}
		return quota.Done{}, dropped || words, err
	})
	return err
}

// Verify is described at quota.Store. It reads the file once, in a transaction of its own, with memory that
// does not grow with the file; writers go on meanwhile.
func (e *engine) Verify(ctx context.Context) (t quota.Tally, err error) {
	err = e.view(ctx, func(tx *bolt.Tx) error {
		t, err = verify(ctx, tx)
		return err
	})
	if err != nil {
		return quota.Tally{}, err
	}
	return t, nil
}

// view runs do in a read transaction.
func (e *engine) view(ctx context.Context, do func(*bolt.Tx) error) error {
	if err := e.running(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return unavailable("it was given up before it began: %w", err)
	}
	tx, err := e.db.Begin(false)
	if err != nil {
		return unavailable("no transaction: %w", err)
	}
	defer guard(tx.Rollback)
	return guardFaults(func() error { return do(tx) })
}

// Close is described at quota.Store. Closing again waits for the first and gives its error.
func (e *engine) Close() error {
	select {
	case <-e.closing:
		close(e.stop)
		<-e.ended
		if err := e.db.Close(); err != nil {
			e.err = unavailable("the file could not be closed: %w", err)
		}
		close(e.closed)
	default:
		<-e.closed
	}
	return e.err
}
