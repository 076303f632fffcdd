package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// A space is one workspace as a transaction sees it.
type space struct {
	tx    *bolt.Tx
	name  string
	known bool // something of it has been written
	head  head
}

func openSpace(tx *bolt.Tx, name string) (*space, error) {
	s := &space{tx: tx, name: name}
	heads := openTable(tx, headsTable)
	if heads.bucket == nil {
		return nil, corrupt("bucket %q is missing", headsTable)
	}
	body, known, err := heads.get([]byte(name))
	if err == nil && !known && tx.Bucket([]byte(entriesTable+" "+name)) != nil {
		err = heads.damaged([]byte(name), "it is missing")
	}
	if err != nil || !known {
		return s, err
	}
	s.known = true
	if s.head, known = parseHead(body); !known {
		return nil, heads.damaged([]byte(name), "the record does not fit its form")
	}
	return s, nil
}

// table opens one of the tables of the workspace. They are made together, with its head.
func (s *space) table(of string) (table, error) {
	t := openTable(s.tx, of+" "+s.name)
	if s.known && t.bucket == nil {
		return t, corrupt("bucket %q is missing", t.name)
	}
	return t, nil
}

// facts reads what need asks for.
func (s *space) facts(need quota.Need) (quota.Facts, error) {
	f := quota.Facts{Next: s.head.last + 1, NextDeed: s.head.deeds + 1, Members: make(map[string]quota.Member)}
	var err error
	if f.Teams, err = s.teams(); err != nil {
		return f, err
	}
	if err = s.membersInto(f.Members, need); err != nil {
		return f, err
	}
	if f.Journals, err = s.journals(need); err != nil {
		return f, err
	}
	if need.Deeds {
		if f.Deeds, err = s.deeds(); err != nil {
			return f, err
		}
	}
	if f.Intents, err = s.intents(need); err != nil {
		return f, err
	}
	f.Persons, err = s.persons(need.Persons)
	return f, err
}

func (s *space) teams() ([]quota.Team, error) {
	t, err := s.table(teamsTable)
	if err != nil {
		return nil, err
	}
	var teams []quota.Team
	if _, err = t.scan(nil, nil, func(key, body []byte) error {
		team, ok := parseTeam(body)
		if !ok || !bytes.Equal(key, teamKey(len(teams))) {
			return t.damaged(key, "the record does not fit its form")
		}
		teams = append(teams, team)
		return nil
	}); err != nil {
		return nil, err
	}
	if uint64(len(teams)) != s.head.teams {
		return nil, corrupt("bucket %q holds %d teams of %d", t.name, len(teams), s.head.teams)
	}
	return teams, nil
}

func (s *space) membersInto(members map[string]quota.Member, need quota.Need) error {
	if len(need.Members) == 0 && !need.Roster {
		return nil
	}
	t, err := s.table(membersTable)
	if err != nil {
		return err
	}
	take := func(key, body []byte) error {
		m, ok := parseMember(string(key), body)
		if !ok {
			return t.damaged(key, "the record does not fit its form")
		}
		members[m.ID] = m
		return nil
	}
	if need.Roster {
		if _, err := t.scan(nil, nil, take); err != nil {
			return err
		}
		if uint64(len(members)) != s.head.members {
			return corrupt("bucket %q holds %d members of %d", t.name, len(members), s.head.members)
		}
		return nil
	}
	for _, span := range need.Members {
		key := []byte(span.Member)
		body, found, err := t.get(key)
		if err == nil && found {
			err = take(key, body)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *space) persons(wanted []string) (map[string][]quota.Entry, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	index, err := s.table(personsTable)
	if err != nil {
		return nil, err
	}
	entries, err := s.table(entriesTable)
	if err != nil {
		return nil, err
	}
	found := make(map[string][]quota.Entry, len(wanted))
	for _, person := range wanted {
		about := []quota.Entry(nil)
		hash := appendPerson(nil, person)
		if _, err := index.scan(hash, hash, func(key, body []byte) error {
			e, err := entryBehind(index, entries, key, body)
			if err == nil && e.Person == person {
				about = append(about, e)
			}
			return err
		}); err != nil {
			return nil, err
		}
		found[person] = about
	}
	return found, nil
}

// entryBehind follows a row of the index of persons.
func entryBehind(index, entries table, key, body []byte) (quota.Entry, error) {
	seq, ok := parsePersonKey(key)
	place, fits := parsePlace(body, seq)
	if !ok || !fits {
		return quota.Entry{}, index.damaged(key, "the record does not fit its form")
	}
	record, found, err := entries.get(place)
	if err != nil {
		return quota.Entry{}, err
	}
	k, ok := parseEntryKey(place)
	if !found || !ok {
		return quota.Entry{}, index.damaged(key, "it leads to no entry")
	}
	e, _, ok := parseEntry(k, record)
	if !ok {
		return quota.Entry{}, entries.damaged(place, "the record does not fit its form")
	}
	e.Member = string(k.member)
	return e, nil
}
