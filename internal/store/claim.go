package store

import (
	"context"
	"encoding/binary"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// Claim is described at quota.Store. It reads the intents that are due and no others.
func (e *engine) Claim(ctx context.Context, at, lease time.Time, most int) ([]quota.Claimed, error) {
	if err := checkClaim(at, lease); err != nil {
		return nil, err
	}
	var taken []quota.Claimed
	_, err := e.do(ctx, func(tx *bolt.Tx) (quota.Done, bool, error) {
		spaces := fileQueue{tx: tx, spaces: make(map[string]*space)}
		turns, err := pick(spaces, at, most)
		if err == nil && len(turns) > 0 {
			if taken, err = spaces.take(turns, cut(lease)); err != nil {
				err = spoilt{err}
			}
		}
		return quota.Done{}, len(turns) > 0, err
	})
	if err != nil {
		return nil, err
	}
	return taken, nil
}

// Settle is described at quota.Store.
func (e *engine) Settle(ctx context.Context, workspace string, i quota.Intent, hushes ...quota.Hush) error {
	i, hushes, err := checkSettle(workspace, i, hushes)
	if err != nil {
		return err
	}
	_, err = e.do(ctx, func(tx *bolt.Tx) (quota.Done, bool, error) {
		s, err := openSpace(tx, workspace)
		if err != nil {
			return quota.Done{}, false, err
		}
		o, err := s.outbox()
		if err != nil {
			return quota.Done{}, false, err
		}
		stored, found, err := o.get(i.Name)
		if err != nil {
			return quota.Done{}, false, err
		}
		becomes, ok := settledTo(stored, i)
		if !found || !ok {
			return quota.Done{}, false, quota.ErrLost
		}
		if err := o.settle(becomes, hushes); err != nil {
			return quota.Done{}, false, spoilt{err}
		}
		return quota.Done{}, true, nil
	})
	return err
}

func (o outbox) settle(i quota.Intent, hushes []quota.Hush) error {
	if err := o.put(i); err != nil {
		return err
	}
	for _, h := range hushes {
		if err := o.hush(h); err != nil {
			return err
		}
	}
	return o.putHead()
}

// Hushed is described at quota.Store.
func (e *engine) Hushed(ctx context.Context, workspace, to string) (until time.Time, err error) {
	if err := checkNeed(workspace, quota.Need{}); err != nil {
		return time.Time{}, err
	}
	err = e.view(ctx, func(tx *bolt.Tx) error {
		s, err := openSpace(tx, workspace)
		if err == nil && s.known {
			until, err = s.hushed(to)
		}
		return err
	})
	if err != nil {
		return time.Time{}, err
	}
	return until, nil
}

// NextDue is described at quota.Store.
func (e *engine) NextDue(ctx context.Context) (at time.Time, ok bool, err error) {
	err = e.view(ctx, func(tx *bolt.Tx) error {
		at, ok, err = soonest(fileQueue{tx: tx, spaces: make(map[string]*space)})
		return err
	})
	if err != nil {
		return time.Time{}, false, err
	}
	return at, ok, nil
}

// Workspaces is described at quota.Store.
func (e *engine) Workspaces(ctx context.Context) (names []string, err error) {
	err = e.view(ctx, func(tx *bolt.Tx) error {
		_, err := openTable(tx, headsTable).scan(nil, nil, func(key, _ []byte) error {
			names = append(names, string(key))
			return nil
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return names, nil
}

// A fileQueue is the queue of a file.
type fileQueue struct {
	tx     *bolt.Tx
	spaces map[string]*space
}

func (q fileQueue) each(visit func(turn) error) error {
	t := openTable(q.tx, dueTable)
	if t.bucket == nil {
		return corrupt("bucket %q is missing", t.name)
	}
	_, err := t.scan(nil, nil, func(key, body []byte) error {
		turn, ok := parseDue(key, body)
		if !ok {
			return t.damaged(key, "the record does not fit its form")
		}
		return visit(turn)
	})
	return err
}

func (q fileQueue) space(name string) (*space, error) {
	s, ok := q.spaces[name]
	if ok {
		return s, nil
	}
	s, err := openSpace(q.tx, name)
	if err == nil && !s.known {
		err = corrupt("bucket %q leads to workspace %q, which is not there", dueTable, name)
	}
	q.spaces[name] = s
	return s, err
}

func (q fileQueue) lane(workspace, to string) (l lane, err error) {
	s, err := q.space(workspace)
	if err != nil {
		return l, err
	}
	for _, of := range []string{"", to} {
		until, err := s.hushed(of)
		if err != nil {
			return l, err
		}
		l.after(until)
	}
	t, err := s.table(unsaidTable)
	if err != nil {
		return l, err
	}
	prefix := unsaidPrefix(to, true)
	_, err = t.scan(prefix, prefix, func(key, body []byte) error {
		lease, ok := parseTime(body)
		if !ok {
			return t.damaged(key, "the record does not fit its form")
		}
		l.held = true
		l.after(lease)
		return nil
	})
	return l, err
}

// take gives turns away. After an error the transaction must not be committed.
func (q fileQueue) take(turns []turn, lease time.Time) ([]quota.Claimed, error) {
	token, err := lastToken(q.tx)
	if err != nil {
		return nil, err
	}
	taken := make([]quota.Claimed, 0, len(turns))
	for _, t := range turns {
		s, err := q.space(t.workspace)
		if err != nil {
			return nil, err
		}
		o, err := s.outbox()
		if err != nil {
			return nil, err
		}
		i, found, err := o.get(t.name)
		if err != nil {
			return nil, err
		}
		if !found || i.State.Final() || !i.Next.Equal(t.next) {
			return nil, corrupt("bucket %q leads to intent %q of workspace %q, which does not wait for it", dueTable, t.name, t.workspace)
		}
		token++
		i = takenUp(i, token, lease)
		if err := o.put(i); err != nil {
			return nil, err
		}
		taken = append(taken, quota.Claimed{Workspace: t.workspace, Intent: i})
	}
	return taken, putToken(q.tx, token)
}

// One row counts the tokens that were ever given away, so that none is given twice. It is there from the
// first day of the file.
var tokenKey = []byte("last")

func lastToken(tx *bolt.Tx) (uint64, error) {
	t := openTable(tx, tokensTable)
	body, found, err := t.get(tokenKey)
	if err != nil {
		return 0, err
	}
	if !found {
		return 0, corrupt("bucket %q has no row, or is missing", tokensTable)
	}
	r := reader{rest: body}
	last := r.uint()
	if !r.whole() {
		return 0, t.damaged(tokenKey, "the record does not fit its form")
	}
	return last, nil
}

func putToken(tx *bolt.Tx, last uint64) error {
	return openTable(tx, tokensTable).put(tokenKey, binary.AppendUvarint(nil, last))
}
