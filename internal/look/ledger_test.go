package look_test

import (
	"context"
	"slices"

	"github.com/paceline/paceline/internal/quota"
)

// A ledger is a store of one workspace in memory, with no more than what the book asks of it here.
type ledger struct {
	quota.Store
	teams   []quota.Team
	members map[string]quota.Member
	entries []quota.Entry
	deeds   []quota.Deed
	intents map[string]quota.Intent
}

func newLedger() *ledger {
	return &ledger{members: map[string]quota.Member{}, intents: map[string]quota.Intent{}}
}

func (l *ledger) Read(_ context.Context, _ string, n quota.Need) (quota.Facts, error) {
	f := quota.Facts{
		Next: uint64(len(l.entries)) + 1, NextDeed: uint64(len(l.deeds)) + 1, Teams: slices.Clone(l.teams),
		Members: map[string]quota.Member{}, Journals: map[string]quota.Journal{}, Intents: map[string]quota.Intent{}, Persons: map[string][]quota.Entry{},
	}
	for id, m := range l.members {
		if n.Roster || slices.ContainsFunc(n.Members, func(s quota.Span) bool { return s.Member == id }) {
			f.Members[id] = m
		}
	}
	if n.Deeds {
		f.Deeds = slices.Clone(l.deeds)
	}
	for _, name := range n.Intents {
		if i, ok := l.intents[name]; ok {
			f.Intents[name] = i
		}
	}
	for _, e := range l.entries {
		in := !n.Everyone.IsZero() && !e.At.Before(n.Everyone)
		for _, s := range n.Members {
			in = in || s.Member == e.Member && !s.From.IsZero() && !e.At.Before(s.From)
		}
		if in {
			f.Journals[e.Member] = append(f.Journals[e.Member], e)
		}
	}
	for _, j := range f.Journals {
		slices.SortStableFunc(j, func(a, b quota.Entry) int { return a.At.Compare(b.At) })
	}
	return f, nil
}

func (l *ledger) Do(ctx context.Context, w quota.Write) (quota.Done, error) {
	f, err := l.Read(ctx, w.Workspace, w.Need)
	if err != nil {
		return quota.Done{}, err
	}
	c, err := w.Decide(f)
	if err != nil {
		return quota.Done{}, err
	}
	l.entries = append(l.entries, c.Entries...)
	l.deeds = append(l.deeds, c.Deeds...)
	for _, m := range c.Members {
		l.members[m.ID] = m
	}
	for _, i := range c.Intents {
		l.intents[i.Name] = i
	}
	for _, t := range c.Teams {
		at := slices.IndexFunc(l.teams, func(o quota.Team) bool { return o.ID == t.ID })
		if at < 0 {
			l.teams = append(l.teams, t)
		} else {
			l.teams[at] = t
		}
	}
	return quota.Done{Answer: c.Answer}, nil
}
