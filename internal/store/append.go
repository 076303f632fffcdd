package store

import (
	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// append writes a settled change. After an error the transaction must not be committed.
func (s *space) append(c quota.Change) error {
	if empty(c) {
		return nil
	}
	if !s.known {
		if err := makeSpace(s.tx, s.name); err != nil {
			return err
		}
		s.known = true
	}
	if err := s.appendEntries(c.Entries); err != nil {
		return err
	}
	if err := s.writeMembers(c.Members); err != nil {
		return err
	}
	if err := s.writeTeams(c.Teams); err != nil {
		return err
	}
	if err := s.appendDeeds(c.Deeds); err != nil {
		return err
	}
	if err := s.writeIntents(c.Intents); err != nil {
		return err
	}
	return s.putHead()
}

// makeSpace makes the tables of a workspace.
func makeSpace(tx *bolt.Tx, name string) error {
	for _, of := range spaceTables {
		if _, err := makeTable(tx, of+" "+name); err != nil {
			return err
		}
	}
	return nil
}

func (s *space) putHead() error {
	return openTable(s.tx, headsTable).put([]byte(s.name), appendHead(nil, s.head))
}

func (s *space) appendEntries(entries []quota.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	t, err := s.table(entriesTable)
	if err != nil {
		return err
	}
	index, err := s.table(personsTable)
	if err != nil {
		return err
	}
	var key, body []byte
	for _, e := range entries {
		key = appendEntryKey(key[:0], e.Member, e.At, e.Seq)
		body = appendEntry(body[:0], s.head.link, e)
		if err := t.put(key, body); err != nil {
			return err
		}
		s.head.last, s.head.link = e.Seq, linkOf(s.name, key, body)
		if e.Person == "" {
			continue
		}
		key = appendPersonKey(key[:0], e.Person, e.Seq)
		body = appendPlace(body[:0], e)
		if err := index.put(key, body); err != nil {
			return err
		}
	}
	return nil
}

func (s *space) writeMembers(members []quota.Member) error {
	if len(members) == 0 {
		return nil
	}
	t, err := s.table(membersTable)
	if err != nil {
		return err
	}
	var body []byte
	for _, m := range members {
		_, found, err := t.get([]byte(m.ID))
		if err != nil {
			return err
		}
		if !found {
			s.head.members++
		}
		body = appendMember(body[:0], m)
		if err := t.put([]byte(m.ID), body); err != nil {
			return err
		}
	}
	return nil
}

func (s *space) writeTeams(teams []quota.Team) error {
	if len(teams) == 0 {
		return nil
	}
	there, err := s.teams()
	if err != nil {
		return err
	}
	place := make(map[string]int, len(there)+len(teams))
	for i, team := range there {
		place[team.ID] = i
	}
	t, err := s.table(teamsTable)
	if err != nil {
		return err
	}
	var body []byte
	for _, team := range teams {
		i, found := place[team.ID]
		if !found {
			i = len(place)
			place[team.ID] = i
			s.head.teams++
		}
		body = appendTeam(body[:0], team)
		if err := t.put(teamKey(i), body); err != nil {
			return err
		}
	}
	return nil
}

// write runs one write inside a transaction. It reports whether there is something to commit. An error of
// kind spoilt means that the transaction must not be committed; any other leaves it as it was.
func (e *engine) write(tx *bolt.Tx, w quota.Write, hash keyHash) (quota.Done, bool, error) {
	answer, known, err := recall(tx, hash, w.At)
	if err != nil || known {
		return quota.Done{Answer: answer, Repeat: known}, false, err
	}
	s, err := openSpace(tx, w.Workspace)
	if err != nil {
		return quota.Done{}, false, err
	}
	f, err := s.facts(w.Need)
	if err != nil {
		return quota.Done{}, false, err
	}
	c, err := decide(w, f, e.log)
	if err != nil {
		return quota.Done{}, false, err
	}
	if c, err = settle(c, f); err != nil {
		return quota.Done{}, false, err
	}
	if err = s.append(c); err == nil {
		err = remember(tx, hash, w.At, c.Answer)
	}
	if err != nil {
		return quota.Done{}, false, spoilt{err}
	}
	return quota.Done{Answer: c.Answer}, true, nil
}
