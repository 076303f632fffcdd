package quota

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrNotOnTeam says that somebody is not on a team.
var ErrNotOnTeam = errors.New("not on a team")

// Settings is what a member may choose.
type Settings struct {
	Zone     string // IANA name; "" follows the Slack profile
	Workdays Workdays
}

// Set changes a member's settings; what the member has asked to be told unasked follows, as with Wish. The error is
// ErrNotOnTeam for somebody who has not logged yet.
func (b *Book) Set(ctx context.Context, who Who, key string, at time.Time, s Settings) (Member, error) {
	set := func(m *Member) {
		if s.Zone != "" || m.ZoneChosen { // a zone of the profile stays until the profile tells another
			m.Zone = s.Zone
		}
		m.ZoneChosen, m.Workdays = s.Zone != "", s.Workdays
	}
	f, err := b.store.Read(ctx, who.Workspace, Need{Members: []Span{{Member: who.ID}}})
	if err != nil {
		return Member{}, fmt.Errorf("member: %w", err)
	}
	after := f.Members[who.ID]
	set(&after)
	after, _ = refreshed(after, who)
	return b.amend(ctx, who, key, at, set, b.askedNames(f, after, at)...)
}

// Leave takes a member off the team; the journal stays. A later log joins again.
func (b *Book) Leave(ctx context.Context, who Who, key string, at time.Time) (Member, error) {
	return b.amend(ctx, who, key, at, func(m *Member) { m.Left = at.UTC().Truncate(time.Microsecond) })
}

// PlaceCard records where a member's log card stands, and returns where the one before it stood. The error
// is ErrNotOnTeam for somebody without a card.
func (b *Book) PlaceCard(ctx context.Context, who Who, key string, at time.Time, card Place) (old Place, err error) {
	_, err = b.amend(ctx, who, key, at, func(m *Member) { old, m.Card = m.Card, card })
	return old, err
}

// amend changes the row of a member who is on a team, and returns it as it is afterwards. Of what the member has asked
// for, the messages of some names follow.
func (b *Book) amend(ctx context.Context, who Who, key string, at time.Time, change func(*Member), asked ...string) (Member, error) {
	need := Need{Members: []Span{{Member: who.ID}}, Intents: asked}
	var m Member
	done, err := b.store.Do(ctx, Write{Workspace: who.Workspace, Key: key, At: at, Need: need, Decide: func(f Facts) (Change, error) {
		row, ok := f.Members[who.ID]
		if !ok || !row.Active() {
			return Change{}, ErrNotOnTeam
		}
		change(&row)
		m, _ = refreshed(row, who)
		c := Change{Members: []Member{m}}
		if len(asked) > 0 {
			c.Intents = b.rescheduled(m, f, asked, at)
		}
		return c, nil
	}})
	if err == nil && done.Repeat {
		_, m, err = b.Teams(ctx, who)
	}
	if err != nil {
		return Member{}, fmt.Errorf("member: %w", err)
	}
	return m, nil
}

// Setup is what a team is set up with.
type Setup struct {
	ID       string // the team's; "" adds a team
	Name     string
	Channel  string // "" keeps it
	Managers []string
	Digest   *Digest // nil keeps it
}

// ErrNoSuchTeam says that a setup names a team that does not exist.
var ErrNoSuchTeam = errors.New("no such team")

// ChannelTaken says that another team has the channel.
type ChannelTaken struct{ Team Team }

func (e ChannelTaken) Error() string { return fmt.Sprintf("the channel belongs to team %s", e.Team.ID) }

// SetUp makes a team or changes one; its next digest follows. Errors are ErrNoSuchTeam and ChannelTaken.
func (b *Book) SetUp(ctx context.Context, who Who, key string, at time.Time, s Setup) (Team, error) {
	var t Team
	var need Need
	if s.ID != "" {
		need.Intents = digestNames(s.ID, at)
	}
	done, err := b.store.Do(ctx, Write{Workspace: who.Workspace, Key: key, At: at, Need: need, Decide: func(f Facts) (Change, error) {
		t = Team{ID: nextTeam(f.Teams), Created: at.UTC().Truncate(time.Microsecond)}
		found := s.ID == ""
		for _, other := range f.Teams {
			if other.ID == s.ID {
				t, found = other, true
			} else if s.Channel != "" && other.Channel == s.Channel {
				other.Managers = slices.Clone(other.Managers)
				return Change{}, ChannelTaken{Team: other}
			}
		}
		if !found {
			return Change{}, ErrNoSuchTeam
		}
		t.Name, t.Managers = s.Name, s.Managers
		if s.Channel != "" {
			t.Channel = s.Channel
		}
		if s.Digest != nil {
			t.Digest = *s.Digest
		}
		return Change{Teams: []Team{t}, Intents: b.digests(t, at, f.Intents), Answer: []byte(t.ID)}, nil
	}})
	if err == nil && done.Repeat {
		var teams []Team
		teams, _, err = b.Teams(ctx, who)
		i := slices.IndexFunc(teams, func(x Team) bool { return x.ID == string(done.Answer) })
		if err == nil && i < 0 {
			err = errReceipt // the key belongs to something that was not a setup
		}
		if err == nil {
			t = teams[i]
		}
	}
	if err != nil {
		return Team{}, fmt.Errorf("setup: %w", err)
	}
	return t, nil
}
