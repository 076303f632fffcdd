package store

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// What only some rows have stands behind what all have, after a number whose bits say what it is, lowest
// first. A row without any of it ends before that number; so do all rows that were written before there was
// any of it.

// The bits of a team.
const (
	hasTerms = 1 << iota
	hasDigest
	teamBits = 1<<iota - 1
)

func appendChosen(b []byte, t quota.Team) []byte {
	has := uint64(0)
	if t.Terms.Preset != "" || len(t.Terms.Numbers) > 0 {
		has |= hasTerms
	}
	if t.Digest != (quota.Digest{}) {
		has |= hasDigest
	}
	if has == 0 {
		return b
	}
	b = binary.AppendUvarint(b, has)
	if has&hasTerms != 0 {
		b = appendText(b, t.Terms.Preset)
		b = binary.AppendUvarint(b, uint64(len(t.Terms.Numbers)))
		for _, n := range t.Terms.Numbers {
			b = appendNumber(b, n)
		}
	}
	if has&hasDigest != 0 {
		b = appendText(b, t.Digest.Zone)
		b = binary.AppendVarint(b, int64(t.Digest.Minute))
		b = append(b, byte(t.Digest.Shows))
	}
	return b
}

func (r *reader) chosenInto(t *quota.Team) {
	has := r.bits(teamBits)
	if has&hasTerms != 0 {
		t.Terms.Preset = r.text()
		for n := r.count(uint64(len(r.rest))); n > 0 && !r.spoiled; n-- {
			t.Terms.Numbers = append(t.Terms.Numbers, r.number())
		}
	}
	if has&hasDigest != 0 {
		t.Digest = quota.Digest{Zone: r.text(), Minute: r.small(), Shows: quota.Shown(r.byte())}
	}
}

// The bits of a member.
const (
	hasAccount = 1 << iota
	hasOwn
	hasRestriction
	hasTold
	hasAway
	hasQuiet
	hasWants
	hasSince   // of the account
	memberBits = 1<<iota - 1
)

func appendDetails(b []byte, m quota.Member) []byte {
	has := uint64(0)
	account := m.Account
	account.Since = time.Time{}
	for bit, there := range []bool{
		account != (quota.Account{}), m.Own != (quota.Number{}), m.Restriction != (quota.Restriction{}),
		!m.Told.IsZero(), m.Away != (quota.Away{}), m.Quiet != (quota.Quiet{}), m.Wants != 0,
		!m.Account.Since.IsZero(),
	} {
		if there {
			has |= 1 << bit
		}
	}
	if has == 0 {
		return b
	}
	b = binary.AppendUvarint(b, has)
	if has&hasAccount != 0 {
		b = appendTime(append(b, byte(m.Account.Type), m.Account.Billing), m.Account.New)
	}
	if has&hasOwn != 0 {
		b = appendNumber(b, m.Own)
	}
	if has&hasRestriction != 0 {
		b = appendTime(appendTime(b, m.Restriction.From), m.Restriction.Until)
	}
	if has&hasTold != 0 {
		b = appendTime(b, m.Told)
	}
	if has&hasAway != 0 {
		b = binary.AppendVarint(binary.AppendVarint(b, int64(m.Away.From)), int64(m.Away.Until))
	}
	if has&hasQuiet != 0 {
		b = binary.AppendVarint(binary.AppendVarint(b, int64(m.Quiet.From)), int64(m.Quiet.To))
		b = appendTime(b, m.Quiet.Until)
	}
	if has&hasWants != 0 {
		b = append(b, byte(m.Wants))
	}
	if has&hasSince != 0 {
		b = appendTime(b, m.Account.Since)
	}
	return b
}

func (r *reader) detailsInto(m *quota.Member) {
	has := r.bits(memberBits)
	if has&hasAccount != 0 {
		m.Account = quota.Account{Type: quota.AccountType(r.byte()), Billing: r.byte(), New: r.time()}
	}
	if has&hasOwn != 0 {
		m.Own = r.number()
	}
	if has&hasRestriction != 0 {
		m.Restriction = quota.Restriction{From: r.time(), Until: r.time()}
	}
	if has&hasTold != 0 {
		m.Told = r.time()
	}
	if has&hasAway != 0 {
		m.Away = quota.Away{From: quota.Day(r.small()), Until: quota.Day(r.small())}
	}
	if has&hasQuiet != 0 {
		m.Quiet = quota.Quiet{From: r.small(), To: r.small(), Until: r.time()}
	}
	if has&hasWants != 0 {
		m.Wants = quota.Wants(r.byte())
	}
	if has&hasSince != 0 {
		m.Account.Since = r.time()
	}
}

func appendNumber(b []byte, n quota.Number) []byte {
	b = appendText(appendText(b, n.Preset), n.Limit)
	b = binary.AppendVarint(b, int64(n.Max))
	b = appendTime(appendText(b, n.By), n.At)
	return appendTime(appendText(b, n.Reason), n.Until)
}

func (r *reader) number() quota.Number {
	return quota.Number{
		Preset: r.text(), Limit: r.text(), Max: r.small(), By: r.text(), At: r.time(), Reason: r.text(), Until: r.time(),
	}
}

// bits reads what else a row has, if anything.
func (r *reader) bits(known uint64) uint64 {
	if len(r.rest) == 0 {
		return 0
	}
	has := r.count(known)
	if has == 0 {
		r.spoil()
	}
	return has
}

// small reads a number of 32 bits.
func (r *reader) small() int {
	n := r.int()
	if n < math.MinInt32 || n > math.MaxInt32 {
		r.spoil()
		return 0
	}
	return int(n)
}
