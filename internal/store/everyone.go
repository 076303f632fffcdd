package store

import (
	"bytes"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// A found is a row of the entries and whose it is.
type found struct {
	key, body []byte
	member    int
}

const pieceOfRows = 512

// everyone reads the entries of all members since a moment: one scan over the weeks, in which the rows of a
// member stand together. The entries of a member are then laid side by side in one piece of memory; within a
// member the order of the keys is the order of a journal.
func everyone(t table, from time.Time) (map[string]quota.Journal, error) {
	var (
		rows    [][]found // pieces, so that none is ever moved
		members []string
		many    []int // entries, by member
		number  = make(map[string]int)
		last    []byte
		who     int
		all     int
		week    = quota.WeekOf(from)
		start   = appendWeek(nil, week)
		offset  = appendOffset(nil, week, firstMicro(from))
	)
	if _, err := t.scan(start, nil, func(key, body []byte) error {
		r := reader{rest: key}
		first := bytes.Equal(r.bytes(4), start)
		member := r.bytes(uint64(r.byte()))
		if len(member) == 0 || len(r.rest) < offsetBytes {
			return t.damaged(key, "the key does not fit its form")
		}
		if first && bytes.Compare(r.rest[:offsetBytes], offset) < 0 {
			return nil
		}
		if !bytes.Equal(member, last) {
			last = member
			if who++; who >= len(members) || members[who] != string(member) { // mostly the order of the week before
				known := false
				if who, known = number[string(member)]; !known {
					who = len(members)
					members, many = append(members, string(member)), append(many, 0)
					number[members[who]] = who
				}
			}
		}
		many[who]++
		n := len(rows)
		if n == 0 || len(rows[n-1]) == pieceOfRows {
			rows = append(rows, make([]found, 0, pieceOfRows))
			n++
		}
		rows[n-1] = append(rows[n-1], found{key: key, body: body, member: who})
		all++
		return nil
	}); err != nil {
		return nil, err
	}
	entries := make(quota.Journal, all)
	next := make([]int, len(members)) // where each member's next entry goes
	for who, at := 0, 0; who < len(members); who++ {
		next[who] = at
		at += many[who]
	}
	for _, piece := range rows {
		for _, row := range piece {
			k, ok := parseEntryKey(row.key)
			if !ok {
				return nil, t.damaged(row.key, "the key does not fit its form")
			}
			e := &entries[next[row.member]]
			if *e, _, ok = parseEntry(k, row.body); !ok {
				return nil, t.damaged(row.key, "the record does not fit its form")
			}
			e.Member = members[row.member]
			next[row.member]++
		}
	}
	journals := make(map[string]quota.Journal, len(members))
	for who, member := range members {
		journals[member] = entries[next[who]-many[who] : next[who] : next[who]]
	}
	return journals, nil
}
