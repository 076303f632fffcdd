package quota

import (
	"cmp"
	"context"
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
	store Store
	zones sync.Map // IANA name → *time.Location
}

// NewBook returns a Book that keeps its entries in s.
func NewBook(s Store) *Book { return &Book{store: s} }

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

// A Standing is all there is to say about one member at one moment. Of somebody who is on no team the rules are those
// of the team that the next log would have them join.
type Standing struct {
	Rules
	At    time.Time
	Team  Team // zero without a team
	Zone  *time.Location
	Today Day

	Journal   Journal
	Since     time.Time // how far back Journal reaches; zero: there is none
	Pool      Journal   // the whole team's entries about what it shares
	PoolSince time.Time // how far back Pool reaches; zero: there is none
}

// standing puts together what the facts say of one member at one moment, counting only entries with
// numbers below next. since is how far back the journals of the facts reach.
func (b *Book) standing(f Facts, who Who, at time.Time, next uint64, since time.Time) Standing {
	s := Standing{At: at, Since: since}
	m, ok := f.Members[who.ID]
	if !ok {
		m = Member{ID: who.ID, Workdays: DefaultWorkdays}
	}
	s.Member, _ = refreshed(m, who)
	for _, t := range f.Teams {
		if ok && t.ID == m.Team && m.Active() {
			s.Team = t
			s.Team.Managers = slices.Clone(t.Managers) // facts are the store's
			s.Team.Terms.Numbers = slices.Clone(t.Terms.Numbers)
		}
	}
	s.Terms = s.Team.Terms
	if s.Team.ID == "" { // the rules that a first log would put them under
		t, _ := team(f, who, at, m.Team)
		s.Terms = t.Terms
		s.Terms.Numbers = slices.Clone(t.Terms.Numbers)
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

// pooled adds to s what the team shares, from facts that look read for it.
func (s *Standing) pooled(f Facts, next uint64) {
	since := far(PageInvite, s.At)
	s.PoolSince = since
	for id, j := range f.Journals {
		if f.Members[id].Team != s.Team.ID {
			continue
		}
		for _, e := range j {
			if e.Kind == PageInvite && e.Seq < next && !e.At.Before(since) {
				s.Pool = append(s.Pool, e)
			}
		}
	}
	slices.SortFunc(s.Pool, func(a, b Entry) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return cmp.Compare(a.Seq, b.Seq)
	})
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

// near returns how far back a journal must go for what binds invites under most presets. Whatever needs
// more is read again.
func near(at time.Time) time.Time { return earlier(WeekOf(at).Start(), at.Add(-week)) }

// far returns how far back a journal must go to measure every limit on a kind, under every preset and for
// every account.
func far(kind Kind, at time.Time) time.Time {
	from := near(at)
	for _, p := range presets {
		for i := range p.Limits {
			l := &p.Limits[i]
			if !kind.Counts(l.Kind) {
				continue
			}
			reach := new(Rules).reach(l, at)
			if l.Window.Kind == CalendarMonth { // an account's month began up to 30 days before the calendar's
				reach = reach.Add(-31 * day)
			}
			from = earlier(from, reach)
		}
	}
	return from
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// complete reports whether s holds all that every limit in force on a kind needs to see.
func (s *Standing) complete(kind Kind) bool {
	limits := s.Preset().Limits
	for i := range limits {
		l := &limits[i]
		if l.Force == Soft || !kind.Counts(l.Kind) {
			continue
		}
		if !s.sometime(l) {
			continue
		}
		since := s.Since
		if l.Pool {
			since = s.PoolSince
		}
		if since.IsZero() || s.reach(l, s.At).Before(since) {
			return false
		}
	}
	return true
}

// sometime reports whether a limit is in force now or will be, if no rule is changed.
func (s *Standing) sometime(l *Limit) bool {
	if _, _, in := s.number(l, s.At); in {
		return true
	}
	return slices.ContainsFunc(s.turns(s.At), func(t time.Time) bool {
		_, _, in := s.number(l, t)
		return in
	})
}

// Standing returns how a member stands, with all that is needed to measure some kinds; without any, the
// journal is empty.
func (b *Book) Standing(ctx context.Context, who Who, at time.Time, kinds ...Kind) (Standing, error) {
	f, from, err := b.look(ctx, who, at, kinds)
	if err != nil {
		return Standing{}, fmt.Errorf("standing: %w", err)
	}
	s := b.standing(f, who, at, f.Next, from)
	if slices.Contains(kinds, PageInvite) {
		s.pooled(f, f.Next)
	}
	return s, nil
}

// look reads what it takes to measure some kinds, and returns how far back that goes.
func (b *Book) look(ctx context.Context, who Who, at time.Time, kinds []Kind) (f Facts, from time.Time, err error) {
	need := Need{Members: []Span{{Member: who.ID}}}
	for _, k := range kinds {
		if t := far(k, at); from.IsZero() || t.Before(from) {
			from = t
		}
		if k == PageInvite {
			need.Roster, need.Everyone = true, far(k, at)
		}
	}
	need.Members[0].From = from
	f, err = b.store.Read(ctx, who.Workspace, need)
	return f, from, err
}

// settled draws what a write has come to: from the facts it saw if they reach back far enough for a kind,
// else from another read. next is the number behind the last entry that counts.
func (b *Book) settled(ctx context.Context, s Standing, who Who, next uint64, kind Kind) (Standing, error) {
	if s.complete(kind) {
		return s, nil
	}
	f, from, err := b.look(ctx, who, s.At, []Kind{kind})
	if err != nil {
		return Standing{}, err
	}
	s = b.standing(f, who, s.At, next, from)
	if kind == PageInvite {
		s.pooled(f, next)
	}
	return s, nil
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
