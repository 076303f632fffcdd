package quota_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"sync"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// memory is a store in as few lines as the contract allows. It forgets no key, runs every Decide twice, and
// panics when a decision is not pure, touches its facts, or breaks the numbering.
type memory struct {
	mu         sync.Mutex
	workspaces map[string]*workspace
}

type workspace struct {
	entries []quota.Entry
	teams   []quota.Team
	members map[string]quota.Member
	answers map[string][]byte
}

func newMemory() *memory { return &memory{workspaces: make(map[string]*workspace)} }

func (m *memory) workspace(name string) *workspace {
	if m.workspaces[name] == nil {
		m.workspaces[name] = &workspace{members: make(map[string]quota.Member), answers: make(map[string][]byte)}
	}
	return m.workspaces[name]
}

func (m *memory) Do(ctx context.Context, w quota.Write) (quota.Done, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	ws := m.workspace(w.Workspace)
	if a, ok := ws.answers[w.Key]; ok {
		return quota.Done{Answer: slices.Clone(a), Repeat: true}, nil
	}
	first, _ := w.Decide(ws.facts(w.Need))
	facts := ws.facts(w.Need)
	defer spoil(facts)
	c, err := w.Decide(facts)
	if err != nil {
		return quota.Done{}, err
	}
	switch {
	case !reflect.DeepEqual(first, c):
		panic(fmt.Sprintf("not pure: %+v, then %+v", first, c))
	case !reflect.DeepEqual(facts, ws.facts(w.Need)):
		panic("the facts were changed")
	case len(c.Answer) > quota.MaxAnswer || w.Key == "":
		panic("a long answer or no key")
	}
	for _, e := range c.Entries {
		ws.entries = append(ws.entries, e)
		if e.Seq != uint64(len(ws.entries)) || e.Quantity < 1 || !micro(e.At) || !micro(e.Recorded) {
			panic(fmt.Sprintf("%+v as number %d", e, len(ws.entries)))
		}
	}
	for _, r := range c.Members {
		ws.members[r.ID] = r
	}
	for _, t := range c.Teams {
		if i := slices.IndexFunc(ws.teams, func(u quota.Team) bool { return u.ID == t.ID }); i >= 0 {
			ws.teams[i] = t
		} else {
			ws.teams = append(ws.teams, t)
		}
	}
	ws.answers[w.Key] = slices.Clone(c.Answer)
	return quota.Done{Answer: c.Answer}, nil
}

// spoil overwrites what a decision may have kept of its facts, as does an engine that uses its memory again.
func spoil(f quota.Facts) {
	for _, j := range f.Journals {
		clear(j)
	}
	for _, t := range f.Teams {
		clear(t.Managers)
	}
}

func micro(t time.Time) bool { return t.Location() == time.UTC && t.Nanosecond()%1000 == 0 }

func (m *memory) Read(ctx context.Context, name string, need quota.Need) (quota.Facts, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.workspace(name).facts(need), nil
}

func (w *workspace) facts(need quota.Need) quota.Facts {
	f := quota.Facts{
		Next: uint64(len(w.entries)) + 1, Members: make(map[string]quota.Member),
		Journals: make(map[string]quota.Journal), Persons: make(map[string][]quota.Entry),
	}
	for _, t := range w.teams {
		t.Managers = slices.Clone(t.Managers)
		f.Teams = append(f.Teams, t)
	}
	for id, r := range w.members {
		if need.Roster || slices.ContainsFunc(need.Members, func(s quota.Span) bool { return s.Member == id }) {
			f.Members[id] = r
		}
	}
	for _, s := range need.Members {
		for _, e := range w.entries {
			if e.Member == s.Member && !s.From.IsZero() && !e.At.Before(s.From) {
				f.Journals[s.Member] = append(f.Journals[s.Member], e)
			}
		}
		j := f.Journals[s.Member]
		sort.SliceStable(j, func(a, b int) bool { return j[a].At.Before(j[b].At) })
	}
	for _, p := range need.Persons {
		for _, e := range w.entries {
			if e.Person == p {
				f.Persons[p] = append(f.Persons[p], e)
			}
		}
	}
	return f
}

func (m *memory) Sweep(context.Context, time.Time) error            { return nil }
func (m *memory) Verify(context.Context) (t quota.Tally, err error) { return t, nil }
func (m *memory) Close() error                                      { return nil }

// fataler is what testing and rapid have in common.
type fataler interface {
	Context() context.Context
	Fatalf(format string, args ...any)
}
