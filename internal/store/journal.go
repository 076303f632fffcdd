package store

import (
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func (s *space) journals(spans []quota.Span) (map[string]quota.Journal, error) {
	from := earliest(spans)
	if len(from) == 0 {
		return nil, nil
	}
	t, err := s.table(entriesTable)
	if err != nil {
		return nil, err
	}
	journals := make(map[string]quota.Journal, len(from))
	for member, at := range from {
		if journals[member], err = journal(t, member, at); err != nil {
			return nil, err
		}
	}
	return journals, nil
}

// journal reads the entries of a member since a moment, with one seek for each week in which anybody has
// entries. A week without any costs nothing: the key behind the member's own tells which week comes next.
func journal(t table, member string, from time.Time) (quota.Journal, error) {
	var j quota.Journal
	first := from.UnixMicro()
	if from.Nanosecond()%int(time.Microsecond) != 0 {
		first++ // entries have whole microseconds
	}
	take := func(key, body []byte) error {
		k, ok := parseEntryKey(key)
		if !ok {
			return t.damaged(key, "the key does not fit its form")
		}
		e, _, ok := parseEntry(k, body)
		if !ok {
			return t.damaged(key, "the record does not fit its form")
		}
		e.Member = member
		j = append(j, e)
		return nil
	}
	week := quota.WeekOf(from)
	prefix := appendMemberWeek(nil, week, member)
	start := appendOffset(prefix[:len(prefix):len(prefix)], week, first)
	for {
		behind, err := t.scan(start, prefix, take)
		if behind == nil || err != nil {
			return j, err
		}
		k, ok := parseEntryKey(behind)
		if !ok {
			return nil, t.damaged(behind, "the key does not fit its form")
		}
		week = max(week+1, k.week)
		prefix = appendMemberWeek(prefix[:0], week, member)
		start = prefix
	}
}
