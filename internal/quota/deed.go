package quota

import (
	"slices"
	"time"
)

// A Deed is one change of the rules: who changed what for whom, and why. Deeds are appended and never
// changed; the rules of any moment can be told from them.
type Deed struct {
	Seq    uint64 // its number among the deeds of the workspace, from 1, without gaps
	At     time.Time
	By     string // Slack's id of who did it
	Team   string // the team's ID
	Member string // whom it is about; "" for the whole team
	What   DeedKind
	Limit  string    // for NumberChosen and NumberCleared: the limit's name
	Was    string    // the value before, as people write it, or ByAccount; "" for none
	Is     string    // the value since
	Until  time.Time // for a number with an end
	Reason string
}

// ByAccount stands in a deed for the numbers of a limit that has one for each type of account.
const ByAccount = "by account type"

// A DeedKind says what a deed changed.
type DeedKind uint8

// The kinds of deeds. Their numbers are kept on disk.
const (
	PresetChosen   DeedKind = 1
	NumberChosen   DeedKind = 2
	NumberCleared  DeedKind = 3
	OwnChosen      DeedKind = 4 // a member's own limit
	OwnCleared     DeedKind = 5
	AccountChanged DeedKind = 6
)

// Supersedes reports whether d, which came later, leaves nothing of an earlier deed: both are about the same of the same
// member, or of the same team.
func (d Deed) Supersedes(earlier Deed) bool {
	about := func(k DeedKind) DeedKind {
		switch k {
		case NumberCleared:
			return NumberChosen
		case OwnCleared:
			return OwnChosen
		}
		return k
	}
	return d.Team == earlier.Team && d.Member == earlier.Member && about(d.What) == about(earlier.What) && d.Limit == earlier.Limit
}

// after returns the terms once d is done.
func (t Terms) after(d Deed) Terms {
	t.Numbers = slices.Clone(t.Numbers)
	at := slices.IndexFunc(t.Numbers, func(n Number) bool { return n.Preset == t.Preset && n.Limit == d.Limit })
	switch d.What {
	case PresetChosen:
		t.Preset = d.Is
		if t.Preset == PacelinePreset {
			t.Preset = ""
		}
	case NumberChosen:
		n := Number{Preset: t.Preset, Limit: d.Limit, Max: d.number(), By: d.By, At: d.At, Reason: d.Reason, Until: d.Until}
		if at >= 0 {
			t.Numbers[at] = n
		} else {
			t.Numbers = append(t.Numbers, n)
		}
	case NumberCleared:
		if at >= 0 {
			t.Numbers = slices.Delete(t.Numbers, at, at+1)
		}
	}
	return t
}

// after returns the member's row once d is done.
func (m Member) after(d Deed) Member {
	switch d.What {
	case OwnChosen:
		m.Own = Number{Limit: BudgetName, Max: d.number(), By: d.By, At: d.At, Reason: d.Reason, Until: d.Until}
	case OwnCleared:
		m.Own = Number{}
	case AccountChanged:
		was := m.Account
		switch m.Account = ParseAccount(d.Is); m.Account.Type {
		case UnknownAccount:
		case was.Type:
			m.Account.Since = was.Since
		default:
			m.Account.Since = d.At
		}
	}
	return m
}

// rulesAt returns the rules that held for a member of a team at a moment, as the deeds tell it.
func rulesAt(deeds []Deed, team string, m Member, at time.Time) Rules {
	r := Rules{Member: m}
	r.Member.Own, r.Member.Account = Number{}, Account{}
	for _, d := range deeds {
		switch {
		case d.At.After(at):
		case d.Member == m.ID:
			r.Member = r.Member.after(d)
		case d.Member == "" && d.Team == team:
			r.Terms = r.Terms.after(d)
		}
	}
	return r
}
