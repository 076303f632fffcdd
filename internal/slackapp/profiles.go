package slackapp

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
)

const (
	profileLife    = time.Hour              // how long a profile is taken for true
	profileRetry   = time.Minute            // how long Slack is left alone after it could not say
	profileWait    = 800 * time.Millisecond // how long a request waits for one
	profileLookup  = 10 * time.Second       // how long Slack may take, waiting for a turn included
	maxProfiles    = 10_000                 // kept in memory
	maxLookups     = 8                      // at once; Slack allows some 100 a minute
	maxLookupPause = 5 * time.Minute
)

// profiles knows who people are. Nobody holds its lock while waiting.
type profiles struct {
	now   func() time.Time
	look  func(ctx context.Context, user string) (*slack.User, error)
	log   *slog.Logger
	turns chan struct{} // one for each lookup under way
	open  context.Context
	stop  context.CancelFunc // ends all lookups, those to come included

	mu    sync.Mutex
	known map[person]*profile
	pause time.Time // Slack asked to be left alone until then
}

type person struct{ workspace, user string }

type profile struct {
	is     commands.Profile
	until  time.Time
	lookup chan struct{} // closed when the lookup under way is over; nil when there is none
}

func newProfiles(now func() time.Time, look func(context.Context, string) (*slack.User, error), log *slog.Logger) *profiles {
	open, stop := context.WithCancel(context.Background())
	return &profiles{now: now, look: look, log: log, turns: make(chan struct{}, maxLookups), open: open, stop: stop, known: make(map[person]*profile)}
}

// Name returns what Slack calls a person; "" when it does not say so in time.
func (a *App) Name(ctx context.Context, workspace, user string) string {
	return a.profiles.of(ctx, workspace, user).Name
}

// Person returns what Slack calls a person and the zone of their profile; "" for what it does not say in time.
func (a *App) Person(ctx context.Context, workspace, user string) (name, zone string) {
	p := a.profiles.of(ctx, workspace, user)
	return p.Name, p.Zone
}

// of returns the profile of a person within 800 ms: from memory, or from Slack. When Slack does not say
// in time, the last one known is given, or the zero Profile, and the lookup goes on for the next request.
func (p *profiles) of(ctx context.Context, workspace, user string) commands.Profile {
	id := person{workspace, user}
	now := p.now()
	p.mu.Lock()
	entry := p.known[id]
	if entry == nil {
		p.makeRoom()
		entry = new(profile)
		p.known[id] = entry
	}
	if now.Before(entry.until) || entry.lookup == nil && now.Before(p.pause) {
		defer p.mu.Unlock()
		return entry.is
	}
	over := entry.lookup
	if over == nil {
		over = make(chan struct{})
		entry.lookup = over
		go p.lookup(id, entry)
	}
	p.mu.Unlock()

	wait := time.NewTimer(profileWait)
	defer wait.Stop()
	select {
	case <-over:
	case <-wait.C:
	case <-ctx.Done():
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return entry.is
}

// lookup asks Slack and notes the answer.
func (p *profiles) lookup(id person, entry *profile) {
	ctx, cancel := context.WithTimeout(p.open, profileLookup)
	defer cancel()
	var user *slack.User
	err := context.DeadlineExceeded
	select {
	case p.turns <- struct{}{}:
		user, err = p.look(ctx, id.user)
		<-p.turns
	case <-ctx.Done():
	}
	if err != nil {
		p.log.Info("no profile; the person is taken for an unknown one in UTC, or as last known", "err", err)
	}

	now := p.now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err == nil {
		entry.is, entry.until = profileOf(id.workspace, user), now.Add(profileLife)
	} else {
		entry.until = now.Add(profileRetry)
		if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
			p.pause = now.Add(min(limited.RetryAfter, maxLookupPause))
		}
	}
	close(entry.lookup)
	entry.lookup = nil
}

// changed notes what Slack says unasked about somebody. Strangers to the bot are not kept.
func (p *profiles) changed(workspace string, user slack.User) {
	now := p.now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if entry := p.known[person{workspace, user.ID}]; entry != nil {
		entry.is, entry.until = profileOf(workspace, &user), now.Add(profileLife)
	}
}

// makeRoom forgets some when there are too many. Whom does not matter: they are asked for again.
func (p *profiles) makeRoom() {
	if len(p.known) < maxProfiles {
		return
	}
	for id, entry := range p.known {
		if entry.lookup == nil {
			delete(p.known, id)
		}
		if len(p.known) < maxProfiles*7/8 {
			return
		}
	}
}

// profileOf reads a profile as seen from a workspace. Of an enterprise's people, those of other companies
// only are strangers.
func profileOf(workspace string, u *slack.User) commands.Profile {
	elsewhere := u.TeamID != "" && u.TeamID != workspace && u.Enterprise.EnterpriseID != workspace &&
		!slices.Contains(u.Enterprise.Teams, workspace)
	return commands.Profile{
		Name:     first(u.Profile.DisplayName, u.Profile.RealName, u.RealName, u.Name),
		Zone:     u.TZ,
		Admin:    u.IsAdmin || u.IsOwner || u.IsPrimaryOwner,
		Stranger: u.IsRestricted || u.IsUltraRestricted || u.IsStranger || elsewhere,
		Known:    true,
	}
}
