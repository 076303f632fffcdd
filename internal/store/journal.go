package store

import (
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// earliest returns the moment from which each member's journal is asked for. When a member is named twice,
// the earlier moment holds; a member of whom only the row is asked for is not in it.
func earliest(spans []quota.Span) map[string]time.Time {
	from := make(map[string]time.Time, len(spans))
	for _, s := range spans {
		if t, ok := from[s.Member]; !s.From.IsZero() && (!ok || s.From.Before(t)) {
			from[s.Member] = s.From
		}
	}
	return from
}

// journals reads those of the spans and, if need asks for it, of everyone.
func (s *space) journals(need quota.Need) (map[string]quota.Journal, error) {
	from := earliest(need.Members)
	if len(from) == 0 && need.Everyone.IsZero() {
		return nil, nil
	}
	t, err := s.table(entriesTable)
	if err != nil {
		return nil, err
	}
	journals := make(map[string]quota.Journal, len(from))
	if !need.Everyone.IsZero() {
		if journals, err = everyone(t, need.Everyone); err != nil {
			return nil, err
		}
	}
	for member, at := range from {
		if !need.Everyone.IsZero() && !at.Before(need.Everyone) {
			if _, some := journals[member]; !some {
				journals[member] = nil // asked for, and empty
			}
			continue
		}
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
	first := firstMicro(from)
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

// firstMicro returns the first microsecond that is not before a moment: entries have whole ones.
func firstMicro(t time.Time) int64 {
	if t.Nanosecond()%int(time.Microsecond) != 0 {
		return t.UnixMicro() + 1
	}
	return t.UnixMicro()
}
