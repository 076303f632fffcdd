package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// mostJobs bounds a commit, so that the first of many does not wait for ever.
const mostJobs = 1024

// A job is what somebody wants done in a transaction, and waits for.
type job struct {
	ctx    context.Context
	do     func(*bolt.Tx) (done quota.Done, wrote bool, err error)
	turn   atomic.Int32
	done   quota.Done
	err    error
	answer chan struct{} // holds one token when done and err are set
}

// The turns of a job. Whoever moves it on from waiting decides whether it is ever begun.
const (
	waiting int32 = iota
	begun
	left
)

// begin reports whether the job is still wanted; it can then no longer be left.
func (j *job) begin() bool {
	if j.ctx.Err() != nil {
		j.leave()
		return false
	}
	return j.turn.CompareAndSwap(waiting, begun)
}

// leave gives the job up and reports whether it will never be begun.
func (j *job) leave() bool {
	return j.turn.CompareAndSwap(waiting, left) || j.turn.Load() == left
}

func (j *job) settle(done quota.Done, err error) {
	j.done, j.err = done, err
	j.answer <- struct{}{}
}

// spoilt is an error that leaves a transaction half written.
type spoilt struct{ error }

func (s spoilt) Unwrap() error { return s.error }

// A loop runs jobs one after the other, and makes one commit for all that wait. There is no timer: while one
// commit is on its way to the disk, others queue up for the next.
type loop struct {
	db     *bolt.DB
	commit func(*bolt.Tx) error // (*bolt.Tx).Commit
	queue  chan *job
	stop   chan struct{} // closed when no more jobs are taken
	ended  chan struct{} // closed when the loop has ended, whyever
	failed chan error    // holds why, if a commit failed
}

func startLoop(db *bolt.DB) *loop {
	l := &loop{
		db: db, commit: (*bolt.Tx).Commit,
		queue: make(chan *job, mostJobs), stop: make(chan struct{}), ended: make(chan struct{}),
		failed: make(chan error, 1),
	}
	go l.run()
	return l
}

// running gives an error when the loop is at its end.
func (l *loop) running() error {
	select {
	case <-l.stop:
		return unavailable("the store is closed")
	case <-l.ended:
		return unavailable("the store has stopped after a failed commit")
	default:
		return nil
	}
}

// do queues a job and waits for its answer.
func (l *loop) do(ctx context.Context, do func(*bolt.Tx) (quota.Done, bool, error)) (quota.Done, error) {
	if err := l.running(); err != nil {
		return quota.Done{}, err
	}
	if err := ctx.Err(); err != nil {
		return quota.Done{}, unavailable("it was given up before it began: %w", err)
	}
	j := &job{ctx: ctx, do: do, answer: make(chan struct{}, 1)}
	select {
	case l.queue <- j:
	case <-ctx.Done():
		return quota.Done{}, unavailable("it was given up before it began: %w", ctx.Err())
	case <-l.ended:
		return quota.Done{}, l.running()
	}
	select {
	case <-j.answer:
		return j.done, j.err
	case <-ctx.Done():
	case <-l.ended:
	}
	if j.leave() {
		if err := l.running(); err != nil {
			return quota.Done{}, err
		}
		return quota.Done{}, unavailable("it was given up before it began: %w", ctx.Err())
	}
	select {
	case <-j.answer:
		return j.done, j.err
	default:
	}
	if err := ctx.Err(); err != nil {
		return quota.Done{}, ambiguous("it was given up while it was being written: %w", err)
	}
	return quota.Done{}, ambiguous("the store stopped while it was being written")
}

// run is the only writer.
func (l *loop) run() {
	err := errors.New("store: a decision ended the writer")
	defer func() {
		if err != nil {
			l.failed <- err
		}
		close(l.ended)
	}()
	debug.SetPanicOnFault(true)
	jobs := make([]*job, 0, mostJobs)
	for stopping := false; !stopping; {
		jobs = jobs[:0]
		select {
		case j := <-l.queue:
			jobs = append(jobs, j)
		case <-l.stop:
			stopping = true
		}
		if failure := l.all(l.gather(jobs)); failure != nil {
			err = failure
			return
		}
	}
	err = nil
}

// gather adds what else has queued up.
func (l *loop) gather(jobs []*job) []*job {
	for len(jobs) < mostJobs {
		select {
		case j := <-l.queue:
			jobs = append(jobs, j)
		default:
			return jobs
		}
	}
	return jobs
}

// all runs jobs in one transaction or, when one of them spoils it, each in its own. An error means that a
// commit failed and nobody knows what is on the disk.
func (l *loop) all(jobs []*job) error {
	wanted := jobs[:0]
	for _, j := range jobs {
		if j.begin() {
			wanted = append(wanted, j)
		}
	}
	spoiled, err := l.together(wanted)
	if err != nil || spoiled == nil {
		return err
	}
	for i, j := range wanted {
		if len(wanted) > 1 {
			if spoiled, err = l.together(wanted[i : i+1]); err != nil {
				for _, rest := range wanted[i+1:] {
					rest.settle(quota.Done{}, unavailable("the store has stopped: %v", err))
				}
				return err
			}
		}
		if spoiled != nil {
			j.settle(quota.Done{}, spoiled)
		}
	}
	return nil
}

// together runs jobs in one transaction and answers them. When one of them spoils it, nothing has happened
// and nobody has an answer yet.
func (l *loop) together(jobs []*job) (spoiled, failed error) {
	if len(jobs) == 0 {
		return nil, nil
	}
	tx, err := l.db.Begin(true)
	if err != nil {
		return unavailable("no transaction: %w", err), nil
	}
	defer guard(tx.Rollback) // without effect after a commit
	write := false
	for _, j := range jobs {
		wrote := false
		err := guard(func() (err error) {
			j.done, wrote, err = j.do(tx)
			return err
		})
		if s := (spoilt{}); errors.As(err, &s) {
			return kinded(s.error), nil
		}
		j.err = err
		write = write || wrote
	}
	if write {
		err = guard(func() error { return l.commit(tx) })
	}
	if err != nil {
		err = fmt.Errorf("store: the commit failed: %w", err)
	}
	for _, j := range jobs {
		if err != nil {
			j.settle(quota.Done{}, ambiguous("the commit failed"))
			continue
		}
		j.settle(j.done, j.err)
	}
	return nil, err
}

// kinded makes an error that came out of a put one of quota's kinds: nothing was changed.
func kinded(err error) error {
	if errors.Is(err, quota.ErrCorrupt) {
		return err
	}
	return unavailable("it could not be written: %w", err)
}

// guardFaults is guard for a goroutine in which faults in the mapped file are not panics yet.
func guardFaults(do func() error) error {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	return guard(do)
}

// guard turns a panic of bbolt, such as one over a page that is not what it should be, into spoilt damage.
func guard(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = spoilt{corrupt("the file cannot be read: %v", p)}
		}
	}()
	return do()
}
