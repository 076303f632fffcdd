package slackapp

import (
	"context"
	"sync"
)

// inHand counts what has been taken on and not yet been finished. Unlike a WaitGroup it may be entered
// while somebody waits.
type inHand struct {
	mu    sync.Mutex
	n     int
	empty chan struct{} // closed when n falls to 0; nil while n is 0
}

func (h *inHand) enter() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.n == 0 {
		h.empty = make(chan struct{})
	}
	h.n++
}

func (h *inHand) leave() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n--
	if h.n == 0 {
		close(h.empty)
		h.empty = nil
	}
}

// wait returns nil at the first moment when nothing is in hand, or ctx's error.
func (h *inHand) wait(ctx context.Context) error {
	h.mu.Lock()
	empty := h.empty
	h.mu.Unlock()
	if empty == nil {
		return nil
	}
	select {
	case <-empty:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
