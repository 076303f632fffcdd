package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// seeds are what a workspace can be reset to.
var seeds = []string{"demo", "empty"}

// furnish empties the rooms, puts the channels back as they were, and forgets modals, homes and what led to them. The mutex must be held.
func (s *Slack) furnish() {
	for _, r := range s.rooms {
		r.messages = nil
	}
	for _, c := range s.channels() {
		r := s.rooms[c.ID]
		r.bot, r.archived, r.shared = c.Bot, false, false
	}
	s.modals = make(map[string][]*view)
	s.homes = make(map[string]*view)
	s.front = make(map[string]bool)
	s.triggers, s.urls = newShelf[*trigger](), newShelf[*answerURL]()
	s.faults, s.command = nil, nil
}

// doReset is /control/reset: everything begins again, as after a start with that seed, the clock included.
func (s *Slack) doReset(c *call) (any, error) {
	in := struct{ Seed string }{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	if !slices.Contains(seeds, in.Seed) {
		return nil, wrong("seed %q is unknown; seeds are %s", in.Seed, strings.Join(seeds, ", "))
	}
	if s.cfg.Reset == nil {
		return nil, wrong("this sandbox cannot be reset; stop it and start it again")
	}
	select {
	case s.moving <- struct{}{}:
		defer func() { <-s.moving }()
	case <-c.ctx.Done():
		return nil, c.ctx.Err()
	}
	cleared := false
	// Half a reset would help nobody, so it goes on when the one who asked has gone.
	err := s.cfg.Reset(s.ctx, in.Seed, func() {
		cleared = true
		s.clear()
	})
	switch {
	case err != nil && !cleared:
		return nil, wrong("%v", err)
	case err != nil:
		return nil, fmt.Errorf("the sandbox was cleared, and then the bot did not start again: %w", err)
	}
	return object{"now": s.Now()}, nil
}

// clear is the moment of a reset at which no bot runs.
func (s *Slack) clear() {
	s.clock.begin(s.cfg.Start)
	s.wire.clear()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.furnish()
	s.live.tell(notice{Kind: "reset"})
}
