package quota

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"
)

// MaxQuantity is the most that one log can hold: ten weeks' worth of the ceiling. More is a slip of the
// finger. Paceline's own number.
const MaxQuantity = 1000

// A Book answers what members log and ask, on top of a Store. It is safe for concurrent use.
//
// Errors wrap those of the Store, or are refusals, which change nothing; each method names its own.
type Book struct {
	store  Store
	policy Policy
	zones  sync.Map // IANA name → *time.Location
}

// NewBook returns a Book that keeps its entries in s and measures by p.
func NewBook(s Store, p Policy) *Book { return &Book{store: s, policy: p} }

// Policy returns the limits in force.
func (b *Book) Policy() Policy { return b.policy }

// Zone returns the location of an IANA name, UTC for "" and for names that do not exist.
func (b *Book) Zone(name string) *time.Location {
	if z, ok := b.zones.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return time.UTC
	}
	b.zones.Store(name, z)
	return z
}

// Who is a person at work: who asks, from where, as Slack knows them.
type Who struct {
	Workspace string
	ID        string
	Channel   string // where they are typing
	Name      string // "" when unknown
	Zone      string // of their Slack profile; "" when unknown
}

// A Standing is all there is to say about one member at one moment.
type Standing struct {
	At      time.Time
	Member  Member // its Joined is zero for somebody who has not logged yet
	Team    Team   // zero without a team
	Zone    *time.Location
	Today   Day
	Journal Journal // as far back as was asked for
	Policy  Policy
}

// Budget measures the policy for one kind.
func (s Standing) Budget(kind Kind) Budget {
	return Measure(s.Policy, s.Journal, kind, s.At, s.Today)
}

// standing puts together what the facts say of one member at one moment, counting only entries with
// numbers below next.
func (b *Book) standing(f Facts, who Who, at time.Time, next uint64) Standing {
	s := Standing{At: at, Policy: b.policy}
	m, ok := f.Members[who.ID]
	if !ok {
		m = Member{ID: who.ID, Workdays: DefaultWorkdays}
	}
	s.Member, _ = refreshed(m, who)
	for _, t := range f.Teams {
		if ok && t.ID == m.Team && m.Active() {
			s.Team = t
			s.Team.Managers = slices.Clone(t.Managers) // facts are the store's
		}
	}
	s.Zone = b.Zone(s.Member.Zone)
	s.Today = DayOf(at, s.Zone)
	s.Journal = f.Journals[who.ID]
	for _, e := range s.Journal {
		if e.Seq >= next {
			s.Journal = s.Journal.before(next)
			break
		}
	}
	return s
}

// before returns the entries with numbers below next.
func (j Journal) before(next uint64) Journal {
	var out Journal
	for _, e := range j {
		if e.Seq < next {
			out = append(out, e)
		}
	}
	return out
}

// refreshed returns m with the name and zone of the Slack profile, and whether that changed anything.
func refreshed(m Member, who Who) (Member, bool) {
	was := m
	if who.Name != "" {
		m.Name = who.Name
	}
	if who.Zone != "" && !m.ZoneChosen {
		m.Zone = who.Zone
	}
	return m, m != was
}

// reach returns how far back a journal must go to measure every limit at a moment.
func (b *Book) reach(at time.Time) time.Time {
	from := WeekOf(at).Start()
	for _, l := range b.policy.Limits {
		span := l.Window.Length
		if l.Window.Kind == CalendarDay {
			span = 51 * time.Hour // a day of 25 h, and a member who moved from 14 h east of UTC to 12 h west
		}
		if t := at.Add(-span); t.Before(from) {
			from = t
		}
	}
	return from
}

// Standing returns how a member stands, with the journal of at least the last days.
func (b *Book) Standing(ctx context.Context, who Who, at time.Time, days int) (Standing, error) {
	from := b.reach(at)
	if t := at.Add(-time.Duration(days) * day); t.Before(from) {
		from = t
	}
	f, err := b.store.Read(ctx, who.Workspace, Need{Members: []Span{{Member: who.ID, From: from}}})
	if err != nil {
		return Standing{}, fmt.Errorf("standing: %w", err)
	}
	return b.standing(f, who, at, f.Next), nil
}

// Roster returns the teams of a workspace and everybody who ever logged there.
func (b *Book) Roster(ctx context.Context, workspace string) ([]Team, map[string]Member, error) {
	f, err := b.store.Read(ctx, workspace, Need{Roster: true})
	if err != nil {
		return nil, nil, fmt.Errorf("roster: %w", err)
	}
	return f.Teams, f.Members, nil
}

// Teams returns the teams of a workspace, and the row of the person who asks, if there is one.
func (b *Book) Teams(ctx context.Context, who Who) ([]Team, Member, error) {
	var need Need
	if who.ID != "" {
		need.Members = []Span{{Member: who.ID}}
	}
	f, err := b.store.Read(ctx, who.Workspace, need)
	if err != nil {
		return nil, Member{}, fmt.Errorf("teams: %w", err)
	}
	return f.Teams, f.Members[who.ID], nil
}

// team chooses the team of a newcomer, or of somebody who left and is back: the one of the channel, else the
// old one, else the first; made if there is none.
func team(f Facts, who Who, at time.Time, old string) (t Team, made bool) {
	for i, x := range f.Teams {
		switch {
		case x.Channel != "" && x.Channel == who.Channel:
			return x, false
		case i == 0 || x.ID == old:
			t = x
		}
	}
	if t.ID != "" {
		return t, false
	}
	return Team{ID: "1", Name: "Outreach", Created: at}, true
}

// nextTeam returns the ID of a team to be added.
func nextTeam(teams []Team) string { return strconv.Itoa(len(teams) + 1) }

// receipt is the answer stored with a key: which entries the write made, and when.
type receipt struct {
	at          time.Time // UTC, in microseconds
	first, last uint64
	joined      bool
	made        bool
}

var errReceipt = errors.New("unreadable answer of an earlier write")

func (r receipt) bytes() []byte {
	flags := byte(0)
	if r.joined {
		flags |= 1
	}
	if r.made {
		flags |= 2
	}
	out := append(make([]byte, 0, 32), 1, flags) // the first byte is the version
	out = binary.AppendVarint(out, r.at.UnixMicro())
	out = binary.AppendUvarint(out, r.first)
	return binary.AppendUvarint(out, r.last)
}

func parseReceipt(b []byte) (receipt, error) {
	if len(b) < 2 || b[0] != 1 {
		return receipt{}, errReceipt
	}
	r := receipt{joined: b[1]&1 != 0, made: b[1]&2 != 0}
	b = b[2:]
	micro, n := binary.Varint(b)
	if n <= 0 {
		return receipt{}, errReceipt
	}
	r.at, b = time.UnixMicro(micro).UTC(), b[n:]
	if r.first, n = binary.Uvarint(b); n <= 0 {
		return receipt{}, errReceipt
	}
	if r.last, n = binary.Uvarint(b[n:]); n <= 0 || r.last < r.first {
		return receipt{}, errReceipt
	}
	return r, nil
}
