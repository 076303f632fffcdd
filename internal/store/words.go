package store

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// words names a key for the operator. Profile keys and operation keys stand in the file as hashes only.
func (t table) words(key []byte) string {
	name, _, _ := strings.Cut(t.name, " ")
	switch name {
	case entriesTable:
		if k, ok := parseEntryKey(key); ok {
			return fmt.Sprintf("entry %d of member %q in the week of %s", k.seq, k.member, k.week)
		}
	case personsTable:
		if seq, ok := parsePersonKey(key); ok {
			return fmt.Sprintf("the person of entry %d", seq)
		}
	case deedsTable:
		if r := (reader{rest: key}); len(key) > 0 {
			return fmt.Sprintf("deed %d", r.ordered())
		}
	case intentsTable:
		return fmt.Sprintf("intent %q", key)
	case dueTable, saidTable:
		if at, workspace, intent, ok := parseMomentKey(key); ok {
			return fmt.Sprintf("intent %q of %q at %s", intent, workspace, at.Format(time.RFC3339))
		}
	case unsaidTable:
		if _, intent, ok := parseUnsaidKey(key); ok {
			return fmt.Sprintf("intent %q", intent)
		}
	case hushesTable:
		if r := (reader{rest: key}); len(key) > 0 {
			return fmt.Sprintf("the hush of %q", r.short())
		}
	case membersTable, headsTable:
		return fmt.Sprintf("the row of %q", key)
	case teamsTable:
		if len(key) == 4 {
			return fmt.Sprintf("team %d", binary.BigEndian.Uint32(key)+1)
		}
	case daysTable:
		if r := (reader{rest: key}); len(key) == 4 {
			return fmt.Sprintf("the row of %s", r.day())
		}
	case formatTable, tokensTable:
		return fmt.Sprintf("the row %q", key)
	}
	return fmt.Sprintf("key %x", key)
}
