package slackapp

import (
	"sync"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

// An edit is what a message is to become, and the request that wants it.
type edit struct {
	in *inbound
	to commands.Update
}

// edits lets one edit of a message be under way at a time. The zero value is ready.
type edits struct {
	mu      sync.Mutex
	waiting map[quota.Place]*edit // a key for each edit under way, with the newest that waits for its end
}

// begin reports whether e may be sent now; next is then to be called when it has been. Otherwise e waits,
// in the place of any that waited before, for whoever is at it.
func (s *edits) begin(e edit) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, underWay := s.waiting[e.to.At]; underWay {
		s.waiting[e.to.At] = &e
		return false
	}
	if s.waiting == nil {
		s.waiting = make(map[quota.Place]*edit)
	}
	s.waiting[e.to.At] = nil
	return true
}

// next returns the edit to send after one of the same message, if any waits; otherwise none is under way.
func (s *edits) next(at quota.Place) (edit, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.waiting[at]
	if e == nil {
		delete(s.waiting, at)
		return edit{}, false
	}
	s.waiting[at] = nil
	return *e, true
}
