package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Claim is described at quota.Store.
func (m *memory) Claim(ctx context.Context, at, lease time.Time, most int) ([]quota.Claimed, error) {
	if err := checkClaim(at, lease); err != nil {
		return nil, err
	}
	if err := m.take(ctx); err != nil {
		return nil, err
	}
	defer m.give()
	turns, err := pick(memoryQueue{m}, at, most)
	if err != nil {
		return nil, err
	}
	var taken []quota.Claimed
	for _, t := range turns {
		m.token++
		s := m.spaces[t.workspace]
		i := takenUp(s.intents[t.name], m.token, cut(lease))
		s.intents[t.name] = i
		taken = append(taken, quota.Claimed{Workspace: t.workspace, Intent: cloneIntent(i)})
	}
	return taken, nil
}

// Settle is described at quota.Store.
func (m *memory) Settle(ctx context.Context, workspace string, i quota.Intent, hushes ...quota.Hush) error {
	i, hushes, err := checkSettle(workspace, i, hushes)
	if err != nil {
		return err
	}
	if err := m.take(ctx); err != nil {
		return err
	}
	defer m.give()
	s := m.spaces[workspace]
	if s == nil {
		return quota.ErrLost
	}
	becomes, ok := settledTo(s.intents[i.Name], i)
	if !ok {
		return quota.ErrLost
	}
	s.intents[i.Name] = becomes
	for _, h := range hushes {
		if h.Until.After(s.hushes[h.To]) {
			s.hushes[h.To] = h.Until
		}
	}
	return nil
}

// Hushed is described at quota.Store.
func (m *memory) Hushed(ctx context.Context, workspace, to string) (until time.Time, err error) {
	if err := checkNeed(workspace, quota.Need{}); err != nil {
		return until, err
	}
	if err := m.take(ctx); err != nil {
		return until, err
	}
	defer m.give()
	if s := m.spaces[workspace]; s != nil {
		until = s.hushes[to]
	}
	return until, nil
}

// NextDue is described at quota.Store.
func (m *memory) NextDue(ctx context.Context) (at time.Time, ok bool, err error) {
	if err := m.take(ctx); err != nil {
		return at, false, err
	}
	defer m.give()
	return soonest(memoryQueue{m})
}

// Workspaces is described at quota.Store.
func (m *memory) Workspaces(ctx context.Context) ([]string, error) {
	if err := m.take(ctx); err != nil {
		return nil, err
	}
	defer m.give()
	return slices.Sorted(maps.Keys(m.spaces)), nil
}

// forgetWords drops what was said more than quota.IntentLife before at.
func (m *memory) forgetWords(at time.Time) {
	for _, s := range m.spaces {
		for name, i := range s.intents {
			if closed(i.State) && i.Settled.Before(at.Add(-quota.IntentLife)) {
				i.Content = nil
				s.intents[name] = i
			}
		}
	}
}

// asked returns the intents that need names, and the open ones.
func (s *memorySpace) asked(need quota.Need) map[string]quota.Intent {
	found := make(map[string]quota.Intent)
	for _, name := range need.Intents {
		if i, ok := s.intents[name]; ok {
			found[name] = cloneIntent(i)
		}
	}
	for name, i := range s.intents {
		if need.Open && !closed(i.State) {
			found[name] = cloneIntent(i)
		}
	}
	return found
}

// A memoryQueue looks at every intent each time.
type memoryQueue struct{ *memory }

func (q memoryQueue) each(visit func(turn) error) error {
	var turns []turn
	for workspace, s := range q.spaces {
		for name, i := range s.intents {
			if !i.State.Final() {
				turns = append(turns, turn{next: i.Next, workspace: workspace, name: name, to: i.To, claimed: claimed(i.State)})
			}
		}
	}
	slices.SortFunc(turns, func(a, b turn) int {
		return cmp.Or(a.next.Compare(b.next), cmp.Compare(len(a.workspace), len(b.workspace)),
			cmp.Compare(a.workspace, b.workspace), cmp.Compare(a.name, b.name))
	})
	for _, t := range turns {
		if err := visit(t); errors.Is(err, errEnough) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (q memoryQueue) lane(workspace, to string) (l lane, err error) {
	s := q.spaces[workspace]
	l.after(s.hushes[""])
	l.after(s.hushes[to])
	for _, i := range s.intents {
		if i.To == to && claimed(i.State) {
			l.held = true
			l.after(i.Next)
		}
	}
	return l, nil
}
