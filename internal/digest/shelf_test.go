package digest_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// A shelf is the plainest store of intents that keeps the contract of quota.Store.
type shelf struct {
	mu     sync.Mutex
	token  uint64
	spaces map[string]map[string]quota.Intent
	hushes map[string]map[string]time.Time
}

func newShelf() *shelf {
	return &shelf{spaces: make(map[string]map[string]quota.Intent), hushes: make(map[string]map[string]time.Time)}
}

func (s *shelf) Sweep(context.Context, time.Time) error { return nil }

func (s *shelf) Do(_ context.Context, w quota.Write) (quota.Done, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change, err := w.Decide(s.facts(w.Workspace, w.Need))
	if err != nil {
		return quota.Done{}, err
	}
	if s.spaces[w.Workspace] == nil {
		s.spaces[w.Workspace] = make(map[string]quota.Intent)
		s.hushes[w.Workspace] = make(map[string]time.Time)
	}
	for _, i := range change.Intents {
		s.spaces[w.Workspace][i.Name] = i
	}
	return quota.Done{}, nil
}

func (s *shelf) Read(_ context.Context, workspace string, need quota.Need) (quota.Facts, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.facts(workspace, need), nil
}

func (s *shelf) facts(workspace string, need quota.Need) quota.Facts {
	f := quota.Facts{Intents: make(map[string]quota.Intent)}
	for name, i := range s.spaces[workspace] {
		open := i.State != quota.Posted && i.State != quota.Cancelled
		if slices.Contains(need.Intents, name) || need.Open && open {
			f.Intents[name] = i
		}
	}
	return f
}

// free returns from when on an intent can be claimed, as far as others and hushes go.
func (s *shelf) free(workspace string, i quota.Intent) time.Time {
	at := i.Next
	for _, until := range []time.Time{s.hushes[workspace][""], s.hushes[workspace][i.To]} {
		if until.After(at) {
			at = until
		}
	}
	for _, other := range s.spaces[workspace] {
		claimed := other.State == quota.Sending || other.State == quota.Looking
		if other.Name != i.Name && other.To == i.To && claimed && other.Next.After(at) {
			at = other.Next
		}
	}
	return at
}

func (s *shelf) Claim(_ context.Context, at, lease time.Time, most int) ([]quota.Claimed, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []quota.Claimed
	for workspace, all := range s.spaces {
		for _, i := range all {
			if !i.State.Final() && !i.Next.After(at) {
				due = append(due, quota.Claimed{Workspace: workspace, Intent: i})
			}
		}
	}
	slices.SortFunc(due, func(a, b quota.Claimed) int {
		return cmp.Or(a.Intent.Next.Compare(b.Intent.Next), cmp.Compare(a.Workspace, b.Workspace), cmp.Compare(a.Intent.Name, b.Intent.Name))
	})
	var taken []quota.Claimed
	for _, c := range due {
		if len(taken) == most || s.free(c.Workspace, c.Intent).After(at) {
			continue
		}
		s.token++
		c.Intent.Token = s.token
		c.Intent.Next = lease
		if c.Intent.State == quota.Pending {
			c.Intent.State = quota.Sending
		} else {
			c.Intent.State = quota.Looking
		}
		s.spaces[c.Workspace][c.Intent.Name] = c.Intent
		taken = append(taken, c)
	}
	return taken, nil
}

func (s *shelf) Settle(ctx context.Context, workspace string, i quota.Intent, hushes ...quota.Hush) error {
	if ctx.Err() != nil {
		return quota.ErrUnavailable
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.spaces[workspace][i.Name]
	lost := was.Token != i.Token || was.State != quota.Sending && was.State != quota.Looking
	nowhere := quota.Place{}
	switch {
	case lost && was.Token == 0 && was.At == nowhere && i.State == quota.Posted && i.At != nowhere && was.State != 0 && was.State != quota.Posted && was.State != quota.Held:
		was.State, was.At, was.Next, was.Settled, was.Reason, was.Content, was.Looks = quota.Pending, i.At, i.Settled, time.Time{}, "", nil, 0
		i = was
	case lost:
		return quota.ErrLost
	}
	i.Content = slices.Clone(i.Content)
	s.spaces[workspace][i.Name] = i
	for _, h := range hushes {
		if h.Until.After(s.hushes[workspace][h.To]) {
			s.hushes[workspace][h.To] = h.Until
		}
	}
	return nil
}

func (s *shelf) Hushed(_ context.Context, workspace, to string) (time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hushes[workspace][to], nil
}

func (s *shelf) NextDue(context.Context) (at time.Time, ok bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for workspace, all := range s.spaces {
		for i := range maps.Values(all) {
			if i.State.Final() {
				continue
			}
			if free := s.free(workspace, i); !ok || free.Before(at) {
				at, ok = free, true
			}
		}
	}
	return at, ok, nil
}

// A tally is a wire that takes everything and counts.
type tally struct{ posts, now, most atomic.Int64 }

func (t *tally) Post(_ context.Context, _, to, _, _ string, _ []byte) (quota.Place, error) {
	now := t.now.Add(1)
	defer t.now.Add(-1)
	for was := t.most.Load(); now > was && !t.most.CompareAndSwap(was, now); was = t.most.Load() {
	}
	return quota.Place{Channel: to, TS: strconv.FormatInt(t.posts.Add(1), 10)}, nil
}
func (t *tally) Edit(context.Context, string, quota.Place, string, []byte) error { return nil }
func (t *tally) Delete(context.Context, string, quota.Place) error               { return nil }
func (t *tally) Find(context.Context, string, string, string, time.Time) (quota.Place, bool, error) {
	return quota.Place{}, false, nil
}
