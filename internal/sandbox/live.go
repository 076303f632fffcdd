package sandbox

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// A notice tells an open page that something changed. It names the place and never carries what is there:
// the page asks for that as the person it acts for.
type notice struct {
	Kind    string `json:"kind"`              // "message", "home", "modal", "clock", "exchange", "faults", "bot", "reset", "hello" or "again"
	Change  string `json:"change,omitempty"`  // of a message or a modal: "posted", "changed", "deleted"; "opened", "updated", "closed"
	Channel string `json:"channel,omitempty"` // of a message
	TS      string `json:"ts,omitempty"`      // of a message
	Author  string `json:"author,omitempty"`  // of a message
	Only    string `json:"only,omitempty"`    // the person an ephemeral message is for
	Person  string `json:"person,omitempty"`  // whose modal or Home
	N       int    `json:"n,omitempty"`       // of an exchange, as in /control/log
	Boot    string `json:"boot,omitempty"`    // of hello: which sandbox this is; another one begins from nothing
	Up      *bool  `json:"up,omitempty"`      // of the bot: whether it can be told something
}

// noticeLimit is how many notices may wait for a page. One that falls behind further is told to look at
// everything again.
const noticeLimit = 1000

// A live tells all open pages what changed. Its mutex is the innermost: telling is allowed under any other.
type live struct {
	boot     string
	mu       sync.Mutex
	watchers []*watcher
}

// A watcher is one open page.
type watcher struct {
	waiting []notice
	news    chan struct{} // holds a token while something is waiting
}

func (l *live) tell(n notice) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, w := range l.watchers {
		w.add(n)
	}
}

// add is called under the mutex of the watcher's live.
func (w *watcher) add(n notice) {
	last := len(w.waiting) - 1
	switch {
	case last >= 0 && n.Kind == "exchange" && w.waiting[last].Kind == n.Kind:
		w.waiting[last] = n // the newest number says it all
	case last+1 >= noticeLimit:
		w.waiting = []notice{{Kind: "again"}}
	default:
		w.waiting = append(w.waiting, n)
	}
	select {
	case w.news <- struct{}{}:
	default:
	}
}

func (l *live) join() *watcher {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := &watcher{news: make(chan struct{}, 1)}
	w.add(notice{Kind: "hello", Boot: l.boot})
	l.watchers = append(l.watchers, w)
	return w
}

func (l *live) leave(w *watcher) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.watchers = slices.DeleteFunc(l.watchers, func(x *watcher) bool { return x == w })
}

// take returns what is waiting, in order.
func (l *live) take(w *watcher) []notice {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := w.waiting
	w.waiting = nil
	return all
}

// botPause is how often a bot that is reached by HTTP is asked whether it is there, while a page is open.
const botPause = 2 * time.Second

// serveLive is /control/live: a WebSocket that sends JSON arrays of notices, beginning with hello, and takes nothing.
func (s *Slack) serveLive(w http.ResponseWriter, r *http.Request) {
	if !s.ownHost(r) || !ownSite(r) {
		fail(w, http.StatusForbidden, "this call comes from another site; open the sandbox's own page instead")
		return
	}
	s.mu.Lock()
	closed := s.closed
	if !closed {
		s.wg.Add(2)
	}
	s.mu.Unlock()
	if closed {
		fail(w, http.StatusServiceUnavailable, errClosed.Error())
		return
	}
	defer s.wg.Done()
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }} // ownSite did
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		s.wg.Done()
		return
	}
	ctx, cancel := context.WithCancel(s.ctx)
	go func() { // only to see it end, and to take pongs
		defer s.wg.Done()
		defer cancel()
		ws.SetReadLimit(1024)
		for {
			if _, _, err := ws.ReadMessage(); err != nil {
				return
			}
		}
	}()
	defer cancel()
	defer ws.Close()
	watching := s.live.join()
	defer s.live.leave(watching)
	s.report(ctx, ws, watching)
}

// report writes to a page what it should know, until the page has gone or the sandbox closes.
func (s *Slack) report(ctx context.Context, ws *websocket.Conn, w *watcher) {
	pings := time.NewTicker(s.cfg.Ping)
	defer pings.Stop()
	var asks <-chan time.Time
	if s.cfg.BotURL != "" {
		asking := time.NewTicker(botPause)
		defer asking.Stop()
		asks = asking.C
	}
	up := false
	for {
		var all []notice
		select {
		case <-w.news:
			all = s.live.take(w)
		case <-asks:
			now := s.readyHTTP(ctx)
			if now == up {
				continue
			}
			up = now
			all = []notice{{Kind: "bot", Up: &now}}
		case <-pings.C:
			if ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeLife)) != nil {
				return
			}
			continue
		case <-ctx.Done():
			return
		}
		if len(all) == 0 {
			continue
		}
		ws.SetWriteDeadline(time.Now().Add(writeLife))
		if ws.WriteJSON(all) != nil {
			return
		}
	}
}
