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
	deeds   []quota.Deed
	intents map[string]quota.Intent
}

func newMemory() *memory { return &memory{workspaces: make(map[string]*workspace)} }

func (m *memory) workspace(name string) *workspace {
	if m.workspaces[name] == nil {
		m.workspaces[name] = &workspace{members: make(map[string]quota.Member), answers: make(map[string][]byte), intents: make(map[string]quota.Intent)}
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
	for _, d := range c.Deeds {
		ws.deeds = append(ws.deeds, d)
		if d.Seq != uint64(len(ws.deeds)) || !micro(d.At) {
			panic(fmt.Sprintf("%+v as deed %d", d, len(ws.deeds)))
		}
	}
	written := make(map[string]bool)
	for _, i := range c.Intents {
		if written[i.Name] {
			panic("written twice: " + i.Name)
		}
		written[i.Name] = true
		ws.intents[i.Name] = i
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
		clear(t.Terms.Numbers)
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
		NextDeed: uint64(len(w.deeds)) + 1, Intents: make(map[string]quota.Intent),
	}
	if need.Deeds {
		f.Deeds = slices.Clone(w.deeds)
	}
	for name, i := range w.intents {
		if slices.Contains(need.Intents, name) || need.Open && i.State != quota.Posted && i.State != quota.Cancelled {
			f.Intents[name] = i
		}
	}
	for _, t := range w.teams {
		t.Managers, t.Terms.Numbers = slices.Clone(t.Managers), slices.Clone(t.Terms.Numbers)
		f.Teams = append(f.Teams, t)
	}
	for id, r := range w.members {
		if need.Roster || slices.ContainsFunc(need.Members, func(s quota.Span) bool { return s.Member == id }) {
			f.Members[id] = r
		}
	}
	spans := need.Members
	if !need.Everyone.IsZero() {
		spans = slices.Clone(spans)
		for id := range w.members {
			spans = append(spans, quota.Span{Member: id, From: need.Everyone})
		}
	}
	from := make(map[string]time.Time)
	for _, s := range spans {
		if t, ok := from[s.Member]; !s.From.IsZero() && (!ok || s.From.Before(t)) {
			from[s.Member] = s.From
		}
	}
	for member, since := range from {
		for _, e := range w.entries {
			if e.Member == member && !e.At.Before(since) {
				f.Journals[member] = append(f.Journals[member], e)
			}
		}
		j := f.Journals[member]
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

// Nothing here is said unasked.
func (m *memory) Claim(context.Context, time.Time, time.Time, int) ([]quota.Claimed, error) {
	return nil, nil
}
func (m *memory) Settle(context.Context, string, quota.Intent, ...quota.Hush) error { return nil }
func (m *memory) Hushed(context.Context, string, string) (t time.Time, err error)   { return t, nil }
func (m *memory) NextDue(context.Context) (t time.Time, ok bool, err error)         { return t, ok, nil }
func (m *memory) Workspaces(context.Context) ([]string, error)                      { return nil, nil }
func (m *memory) Sweep(context.Context, time.Time) error                            { return nil }
func (m *memory) Verify(context.Context) (t quota.Tally, err error)                 { return t, nil }
func (m *memory) Close() error                                                      { return nil }

// fataler is what testing and rapid have in common.
type fataler interface {
	Context() context.Context
	Fatalf(format string, args ...any)
}
