package store

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// A memory keeps everything in plain Go values, for tests and for trying things out.
type memory struct {
	log    *slog.Logger
	turn   chan struct{} // holds one token; whoever has it may touch the rest
	closed bool
	spaces map[string]*memorySpace
	keys   map[quota.Day]map[keyHash][]byte
	token  uint64 // the last one given away
}

// A memorySpace is one workspace.
type memorySpace struct {
	entries  []quota.Entry // number n stands at n-1
	links    []link        // of the entries
	journals map[string]quota.Journal
	members  map[string]quota.Member
	teams    []quota.Team
	deeds    []quota.Deed
	intents  map[string]quota.Intent
	hushes   map[string]time.Time // by To, until when
}

func openMemory(log *slog.Logger) *memory {
	m := &memory{
		log: log, turn: make(chan struct{}, 1),
		spaces: make(map[string]*memorySpace), keys: make(map[quota.Day]map[keyHash][]byte),
	}
	m.turn <- struct{}{}
	return m
}

// Failed is described at Engine.
func (m *memory) Failed() <-chan error { return nil }

// take waits for the turn. Waiting on a channel ends with ctx and lets a synctest bubble see that all wait.
func (m *memory) take(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return unavailable("it was given up before it began: %w", err)
	}
	select {
	case <-m.turn:
	case <-ctx.Done():
		return unavailable("it was given up before it began: %w", ctx.Err())
	}
	if m.closed {
		m.give()
		return unavailable("the store is closed")
	}
	return nil
}

func (m *memory) give() { m.turn <- struct{}{} }

// Do is described at quota.Store.
func (m *memory) Do(ctx context.Context, w quota.Write) (quota.Done, error) {
	if err := checkWrite(w); err != nil {
		return quota.Done{}, err
	}
	if err := m.take(ctx); err != nil {
		return quota.Done{}, err
	}
	defer m.give()
	hash := hashKey(w.Workspace, w.Key)
	first, last := keyDays(w.At)
	for day := last; day >= first; day-- {
		if answer, known := m.keys[day][hash]; known {
			return quota.Done{Answer: slices.Clone(answer), Repeat: true}, nil
		}
	}
	f := m.spaces[w.Workspace].facts(w.Need)
	c, err := decide(w, f, m.log)
	if err != nil {
		return quota.Done{}, err
	}
	if c, err = settle(c, f); err != nil {
		return quota.Done{}, err
	}
	m.write(w.Workspace, c)
	day := quota.DayOf(w.At, time.UTC)
	if m.keys[day] == nil {
		m.keys[day] = make(map[keyHash][]byte)
	}
	m.keys[day][hash] = c.Answer
	return quota.Done{Answer: slices.Clone(c.Answer)}, nil
}

// Read is described at quota.Store.
func (m *memory) Read(ctx context.Context, workspace string, need quota.Need) (quota.Facts, error) {
	if err := checkNeed(workspace, need); err != nil {
		return quota.Facts{}, err
	}
	if err := m.take(ctx); err != nil {
		return quota.Facts{}, err
	}
	defer m.give()
	return m.spaces[workspace].facts(need), nil
}

// Sweep is described at quota.Store. It forgets whole days, so a key may be known for up to a day longer.
func (m *memory) Sweep(ctx context.Context, at time.Time) error {
	if !datable(at) {
		return unavailable("the sweep has no usable time")
	}
	if err := m.take(ctx); err != nil {
		return err
	}
	defer m.give()
	for day := range m.keys {
		if day < oldestDay(at) {
			delete(m.keys, day)
		}
	}
	m.forgetWords(at)
	return nil
}

// Verify is described at quota.Store.
func (m *memory) Verify(ctx context.Context) (quota.Tally, error) {
	if err := m.take(ctx); err != nil {
		return quota.Tally{}, err
	}
	defer m.give()
	var t quota.Tally
	for name, s := range m.spaces {
		t.Workspaces++
		t.Teams += len(s.teams)
		t.Members += len(s.members)
		t.Entries += len(s.entries)
		t.Deeds += len(s.deeds)
		t.Intents += len(s.intents)
		before := link{}
		for i, e := range s.entries {
			if e.Seq != uint64(i+1) || s.links[i] != memoryLink(name, before, e) {
				return quota.Tally{}, corrupt("entry %d of workspace %q was changed", i+1, name)
			}
			before = s.links[i]
		}
	}
	return t, nil
}

// Close is described at quota.Store.
func (m *memory) Close() error {
	if m.take(context.Background()) == nil {
		m.closed = true
		m.spaces, m.keys = nil, nil
		m.give()
	}
	return nil
}

func (m *memory) write(workspace string, c quota.Change) {
	if empty(c) {
		return
	}
	s := m.spaces[workspace]
	if s == nil {
		s = &memorySpace{
			journals: make(map[string]quota.Journal), members: make(map[string]quota.Member),
			intents: make(map[string]quota.Intent), hushes: make(map[string]time.Time),
		}
		m.spaces[workspace] = s
	}
	for _, e := range c.Entries {
		before := link{}
		if n := len(s.links); n > 0 {
			before = s.links[n-1]
		}
		s.entries = append(s.entries, e)
		s.links = append(s.links, memoryLink(workspace, before, e))
		j := s.journals[e.Member]
		i, _ := slices.BinarySearchFunc(j, e, inOrder)
		s.journals[e.Member] = slices.Insert(j, i, e)
	}
	for _, member := range c.Members {
		s.members[member.ID] = member
	}
	for _, team := range c.Teams {
		if i := slices.IndexFunc(s.teams, func(t quota.Team) bool { return t.ID == team.ID }); i >= 0 {
			s.teams[i] = team
		} else {
			s.teams = append(s.teams, team)
		}
	}
	s.deeds = append(s.deeds, c.Deeds...)
	for _, i := range c.Intents {
		s.intents[i.Name] = i
		m.token = max(m.token, i.Token) // nobody is given it again
	}
}

// memoryLink is the link that a file would have.
func memoryLink(workspace string, before link, e quota.Entry) link {
	return linkOf(workspace, appendEntryKey(nil, e.Member, e.At, e.Seq), appendEntry(nil, before, e))
}

// facts returns copies, so that nobody outside can reach what is kept.
func (s *memorySpace) facts(need quota.Need) quota.Facts {
	if s == nil {
		s = new(memorySpace)
	}
	f := quota.Facts{
		Next:     uint64(len(s.entries)) + 1,
		NextDeed: uint64(len(s.deeds)) + 1,
		Members:  make(map[string]quota.Member),
		Journals: make(map[string]quota.Journal),
		Persons:  make(map[string][]quota.Entry),
	}
	for _, t := range s.teams {
		f.Teams = append(f.Teams, cloneTeam(t))
	}
	for id, member := range s.members {
		if need.Roster || slices.ContainsFunc(need.Members, func(span quota.Span) bool { return span.Member == id }) {
			f.Members[id] = member
		}
	}
	for member, from := range earliest(need.Members) {
		f.Journals[member] = s.journal(member, from)
	}
	s.everyoneInto(f.Journals, need.Everyone)
	if need.Deeds {
		f.Deeds = slices.Clone(s.deeds)
	}
	f.Intents = s.asked(need)
	for _, person := range need.Persons {
		about := []quota.Entry(nil)
		for _, e := range s.entries {
			if e.Person == person {
				about = append(about, e)
			}
		}
		f.Persons[person] = about
	}
	return f
}

func (s *memorySpace) journal(member string, from time.Time) quota.Journal {
	j := s.journals[member]
	i, _ := slices.BinarySearchFunc(j, quota.Entry{At: from}, inOrder)
	return slices.Clone(j[i:])
}

// everyoneInto adds the journals of all members since a moment; a longer one that is there already stays.
func (s *memorySpace) everyoneInto(journals map[string]quota.Journal, from time.Time) {
	if from.IsZero() {
		return
	}
	for member := range s.journals {
		if j := s.journal(member, from); len(j) > len(journals[member]) {
			journals[member] = j
		}
	}
}

// inOrder is the order of a journal.
func inOrder(a, b quota.Entry) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq))
}
