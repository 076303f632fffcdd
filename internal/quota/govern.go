package quota

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An Order says whose rules are changed, and why.
type Order struct {
	Team   string // the team's ID
	Reason string // never empty for a number
}

// Governed is what came of a change of rules.
type Governed struct {
	Team   Team   // as it is now
	Member Member // as it is now, for a change that is about one
	Deed   Deed   // Seq is 0 when nothing had to be changed
}

// UnknownLimit says that the preset in force has no such limit, or none that a number can be chosen for.
type UnknownLimit struct {
	Limit  string
	Preset *Preset
}

func (e UnknownLimit) Error() string {
	return fmt.Sprintf("preset %s has no number for %s", e.Preset.Name, e.Limit)
}

// UnknownPreset says that there is no such preset.
type UnknownPreset struct{ Preset string }

func (e UnknownPreset) Error() string { return "there is no preset " + e.Preset }

// ErrWasRestricted says that an account which was restricted does not count as new: Recovery holds instead.
var ErrWasRestricted = errors.New("the account was restricted before")

// MaxNumber is the most that a limit may be set to: LinkedIn caps an account at 30,000 connections (Help a551012).
const MaxNumber = 30_000

// Choose makes a preset the team's, from now on. Numbers chosen under another one wait there. Errors are
// ErrNoSuchTeam and UnknownPreset.
func (b *Book) Choose(ctx context.Context, who Who, key string, at time.Time, o Order, preset string) (Governed, error) {
	return b.govern(ctx, who, key, at, o, Deed{What: PresetChosen, Is: preset}, func(t Team, _ Member) (Deed, error) {
		p, ok := FindPreset(preset)
		if !ok {
			return Deed{}, UnknownPreset{Preset: preset}
		}
		was := Rules{Terms: t.Terms}.Preset()
		if was == p {
			return Deed{}, nil
		}
		return Deed{What: PresetChosen, Was: was.Name, Is: p.Name}, nil
	})
}

// SetNumber gives a limit of the preset in force a number of the team's own, 0 to MaxNumber, or Off. Errors
// are ErrNoSuchTeam and UnknownLimit.
func (b *Book) SetNumber(ctx context.Context, who Who, key string, at time.Time, o Order, limit string, n int) (Governed, error) {
	if n < Off || n > MaxNumber {
		return Governed{}, fmt.Errorf("rules: a number of %d", n)
	}
	return b.govern(ctx, who, key, at, o, Deed{What: NumberChosen, Limit: limit, Is: numeral(n)}, func(t Team, _ Member) (Deed, error) {
		l, err := t.settable(limit)
		if err != nil {
			return Deed{}, err
		}
		was := t.stands(l, at)
		if was == numeral(n) {
			return Deed{}, nil
		}
		return Deed{What: NumberChosen, Limit: limit, Was: was, Is: numeral(n)}, nil
	})
}

// ClearNumber gives a limit the number back that it comes with. Errors are those of SetNumber.
func (b *Book) ClearNumber(ctx context.Context, who Who, key string, at time.Time, o Order, limit string) (Governed, error) {
	return b.govern(ctx, who, key, at, o, Deed{What: NumberCleared, Limit: limit}, func(t Team, _ Member) (Deed, error) {
		l, err := t.settable(limit)
		if err != nil {
			return Deed{}, err
		}
		was := t.stands(l, at)
		if _, chosen := t.Terms.number(limit, at); !chosen {
			return Deed{}, nil
		}
		t.Terms = t.Terms.after(Deed{What: NumberCleared, Limit: limit})
		return Deed{What: NumberCleared, Limit: limit, Was: was, Is: t.stands(l, at)}, nil
	})
}

// SetOwn gives a member a number of invites a week of their own, 0 to MaxNumber, until a moment or, with the
// zero time, for good. Errors are ErrNoSuchTeam and ErrNotOnTeam.
func (b *Book) SetOwn(ctx context.Context, who Who, key string, at time.Time, o Order, member string, n int, until time.Time) (Governed, error) {
	if n < 0 || n > MaxNumber {
		return Governed{}, fmt.Errorf("rules: a number of %d", n)
	}
	until = until.UTC().Truncate(time.Microsecond)
	return b.govern(ctx, who, key, at, o, Deed{What: OwnChosen, Member: member, Is: numeral(n), Until: until}, func(_ Team, m Member) (Deed, error) {
		if m.Own.holds(at) && m.Own.Max == n && m.Own.Until.Equal(until) {
			return Deed{}, nil
		}
		return Deed{What: OwnChosen, Was: m.ownNumeral(at), Is: numeral(n), Until: until}, nil
	})
}

// ClearOwn takes a member's own number back. Errors are those of SetOwn.
func (b *Book) ClearOwn(ctx context.Context, who Who, key string, at time.Time, o Order, member string) (Governed, error) {
	return b.govern(ctx, who, key, at, o, Deed{What: OwnCleared, Member: member}, func(_ Team, m Member) (Deed, error) {
		if !m.Own.holds(at) {
			return Deed{}, nil
		}
		return Deed{What: OwnCleared, Was: m.ownNumeral(at)}, nil
	})
}

// SetAccount says what LinkedIn account a member has; New counts by the UTC day, and Since means nothing here. Errors are ErrNoSuchTeam,
// ErrNotOnTeam, ErrWasRestricted, and InFuture for an account that is new only later.
func (b *Book) SetAccount(ctx context.Context, who Who, key string, at time.Time, o Order, member string, a Account) (Governed, error) {
	if a.Billing > 31 || a.Type > RecruiterCorp {
		return Governed{}, fmt.Errorf("rules: an account of type %d, billed on day %d", a.Type, a.Billing)
	}
	if !a.New.IsZero() {
		a.New = a.New.UTC().Truncate(day)
	}
	return b.govern(ctx, who, key, at, o, Deed{What: AccountChanged, Member: member, Is: a.String()}, func(_ Team, m Member) (Deed, error) {
		if !a.New.IsZero() {
			if a.New.After(at) {
				return Deed{}, InFuture{At: a.New}
			}
			if a.New != m.Account.New && !m.Restriction.From.IsZero() {
				return Deed{}, ErrWasRestricted
			}
		}
		if a.Since = m.Account.Since; m.Account == a {
			return Deed{}, nil
		}
		return Deed{What: AccountChanged, Was: m.Account.String(), Is: a.String()}, nil
	})
}

// govern makes one change of rules: asked says which is wanted, and change what that comes to, from the rows as they
// are; the zero deed is none.
func (b *Book) govern(ctx context.Context, who Who, key string, at time.Time, o Order, asked Deed, change func(Team, Member) (Deed, error)) (Governed, error) {
	at = at.UTC().Truncate(time.Microsecond)
	asked.Team = o.Team
	member := asked.Member
	var need Need
	if member != "" {
		need.Members, need.Open = []Span{{Member: member}}, true
	}
	var out Governed
	done, err := b.store.Do(ctx, Write{Workspace: who.Workspace, Key: key, At: at, Need: need, Decide: func(f Facts) (Change, error) {
		i := slices.IndexFunc(f.Teams, func(t Team) bool { return t.ID == o.Team })
		if i < 0 {
			return Change{}, ErrNoSuchTeam
		}
		out = Governed{Team: f.Teams[i], Member: f.Members[member]}
		if member != "" && (!out.Member.Active() || out.Member.Team != o.Team) {
			return Change{}, ErrNotOnTeam
		}
		d, err := change(out.Team, out.Member)
		if err != nil {
			return Change{}, err
		}
		out.Team.Managers = slices.Clone(out.Team.Managers) // facts are the store's
		if d.What == 0 {
			out.Team.Terms.Numbers = slices.Clone(out.Team.Terms.Numbers)
			return Change{Answer: asked.answer(0)}, nil
		}
		d.Seq, d.At, d.By, d.Team, d.Member, d.Reason = f.NextDeed, at, who.ID, o.Team, member, o.Reason
		out.Team.Terms, out.Member = out.Team.Terms.after(d), out.Member.after(d)
		out.Deed = d
		c := Change{Deeds: []Deed{d}, Answer: asked.answer(d.Seq)}
		if member != "" {
			c.Members = []Member{out.Member}
			c.Intents = reworded(f.Intents, member, at)
			if member != who.ID {
				s := Standing{Rules: Rules{Member: out.Member}, Team: out.Team}
				c.Intents = append(c.Intents, s.message(RulesKind+"/"+strconv.FormatUint(d.Seq, 10), member, d.Seq, at))
			}
		} else {
			c.Teams = []Team{out.Team}
		}
		return c, nil
	}})
	if err == nil && done.Repeat {
		out, err = b.governedBefore(ctx, who, need, asked, done.Answer)
	}
	if err != nil {
		return Governed{}, fmt.Errorf("rules: %w", err)
	}
	return out, nil
}

// reworded returns what a member is still to be told about earlier changes, to be put into words again: those that a
// later one has replaced are then not said.
func reworded(known map[string]Intent, member string, at time.Time) []Intent {
	var out []Intent
	for _, i := range known {
		if i.Kind() == RulesKind && i.Member == member && i.alive() {
			out = append(out, i.anew(at))
		}
	}
	slices.SortFunc(out, func(a, b Intent) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// The answer stored with the key of a change of rules: governed, which no receipt begins with, the mark of what was
// asked for in markBytes, and the number of the deed, 0 for none.
const (
	governed  = 2
	markBytes = 8
)

func (d Deed) answer(seq uint64) []byte {
	return binary.AppendUvarint(d.mark(), seq)
}

// mark is what an answer begins with that is to what d asks for. Two askings that are not the same have the same one
// by accident once in 2^64.
func (d Deed) mark() []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %d %q %q %d", d.Team, d.Member, d.What, d.Limit, d.Is, d.Until.UnixMicro()))
	return append([]byte{governed}, sum[:markBytes]...)
}

// governedBefore draws the result of an earlier change again: its deed, and the rows as they are now.
func (b *Book) governedBefore(ctx context.Context, who Who, need Need, asked Deed, answer []byte) (Governed, error) {
	number, ok := bytes.CutPrefix(answer, asked.mark())
	seq, n := binary.Uvarint(number)
	need.Deeds = true
	f, err := b.store.Read(ctx, who.Workspace, need)
	if err != nil {
		return Governed{}, err
	}
	i := slices.IndexFunc(f.Teams, func(t Team) bool { return t.ID == asked.Team })
	if !ok || n <= 0 || i < 0 || seq > uint64(len(f.Deeds)) {
		return Governed{}, errReceipt // the key belongs to something that was not this change of rules
	}
	out := Governed{Team: f.Teams[i], Member: f.Members[asked.Member]}
	if seq > 0 {
		out.Deed = f.Deeds[seq-1]
	}
	return out, nil
}

// Settable reports whether a team can choose a number for l. What follows from the life of an account cannot
// be chosen.
func (l *Limit) Settable() bool { return l.Stage == Always }

// settable finds a limit of the team's preset that a number can be chosen for.
func (t Team) settable(limit string) (*Limit, error) {
	p := Rules{Terms: t.Terms}.Preset()
	if l, ok := p.Find(limit); ok && l.Settable() {
		return l, nil
	}
	return nil, UnknownLimit{Limit: limit, Preset: p}
}

// stands says what a limit of the team's preset comes to, for a member without anything of their own.
func (t Team) stands(l *Limit, at time.Time) string {
	r := Rules{Terms: t.Terms}
	if _, chosen := t.Terms.number(l.Name, at); !chosen && l.Grants != nil && !l.Optional {
		return ByAccount
	}
	if n, _, ok := r.chosen(l, at); ok {
		return numeral(n)
	}
	return numeral(Off)
}

// ownNumeral says what a member's own limit is; "" is none.
func (m Member) ownNumeral(at time.Time) string {
	if !m.Own.holds(at) {
		return ""
	}
	return numeral(m.Own.Max)
}

func numeral(n int) string {
	if n == Off {
		return "off"
	}
	return strconv.Itoa(n)
}

// number reads what numeral wrote.
func (d Deed) number() int {
	if n, err := strconv.Atoi(d.Is); err == nil {
		return n
	}
	return Off
}

// Deeds returns every change of rules in a workspace, in order.
func (b *Book) Deeds(ctx context.Context, workspace string) ([]Deed, error) {
	f, err := b.store.Read(ctx, workspace, Need{Deeds: true})
	if err != nil {
		return nil, fmt.Errorf("deeds: %w", err)
	}
	return f.Deeds, nil
}
