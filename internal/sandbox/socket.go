package sandbox

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/gorilla/websocket"
)

const (
	socketLimit  = 10        // connections of one app
	ackBytes     = 20 * 1024 // Slack drops an answer over Socket Mode of this size or more
	ticketLife   = time.Minute
	writeLife    = 10 * time.Second
	socketBuffer = 256 // envelopes waiting to be written before a connection counts as stuck
)

// A socket is one Socket Mode connection.
type socket struct {
	ws   *websocket.Conn
	out  chan any
	gone chan struct{}
}

// A parcel is an envelope that waits for its acknowledgement.
type parcel struct {
	id      string
	errand  *errand
	attempt int
	reason  string
	with    *socket // who has it; nil: nobody yet
	acked   chan any
}

// serveSocket is one Socket Mode connection from its ticket to its end.
func (s *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	born, ok := s.tickets.take(r.URL.Query().Get("ticket"))
	closed := s.closed
	if !closed {
		s.wg.Add(1)
	}
	s.mu.Unlock()
	if closed {
		http.Error(w, "closing", http.StatusServiceUnavailable)
		return
	}
	defer s.wg.Done()
	if !ok || time.Since(born) > ticketLife {
		http.Error(w, "the ticket is unknown, used or too old; call apps.connections.open again", http.StatusForbidden)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool {
		origin := r.Header.Get("Origin")
		return origin == "" || origin == "https://api.slack.com"
	}}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &socket{ws: ws, out: make(chan any, socketBuffer), gone: make(chan struct{})}
	defer ws.Close()
	ws.SetReadLimit(bodyLimit)
	alive := func(string) error { return ws.SetReadDeadline(time.Now().Add(3 * s.cfg.Ping)) }
	if alive("") != nil {
		return
	}
	ws.SetPongHandler(alive)
	if !s.join(c) {
		ws.SetWriteDeadline(time.Now().Add(writeLife))
		_ = ws.WriteJSON(object{"type": "disconnect", "reason": "too_many_websockets", "debug_info": object{"host": "sandbox"}})
		return
	}
	s.spawn(func(ctx context.Context) { s.write(ctx, c) })
	s.read(c)
	s.leave(c)
}

// join greets a connection and lets it have what is waiting, unless there are ten already.
func (s *Slack) join(c *socket) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(s.sockets) >= socketLimit {
		return false
	}
	s.sockets = append(slices.Clone(s.sockets), c)
	c.out <- object{"type": "hello", "num_connections": len(s.sockets), "connection_info": object{"app_id": AppID},
		"debug_info": object{"host": "sandbox", "build_number": 1, "approximate_connection_time": 3600}}
	close(s.joined)
	s.joined = make(chan struct{})
	s.tellBot()
	for _, p := range s.parcels {
		if p.with == nil {
			s.deal(p)
		}
	}
	return true
}

// leave takes a connection out and gives what it had not acknowledged to another one.
func (s *Slack) leave(c *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sockets = slices.DeleteFunc(slices.Clone(s.sockets), func(x *socket) bool { return x == c })
	close(c.gone)
	s.tellBot()
	for _, p := range s.parcels {
		if p.with == c {
			p.with = nil
			p.attempt++
			p.reason = "connection_failed"
			s.deal(p)
		}
	}
}

// tellBot tells open pages whether the bot is there. The mutex must be held.
func (s *Slack) tellBot() {
	up := len(s.sockets) > 0
	s.live.tell(notice{Kind: "bot", Up: &up})
}

// deal hands a parcel to the next connection in turn, if there is one. The mutex must be held.
func (s *Slack) deal(p *parcel) {
	if len(s.sockets) == 0 {
		return
	}
	s.dealt++
	c := s.sockets[s.dealt%len(s.sockets)]
	envelope := object{"envelope_id": p.id, "type": p.errand.kind, "payload": p.errand.payload,
		"accepts_response_payload": p.errand.kind != "events_api", "retry_attempt": p.attempt, "retry_reason": p.reason}
	select {
	case c.out <- envelope:
		p.with = c
	default:
		c.ws.Close() // it reads nothing; leave will deal its parcels to others
	}
}

// carrySocket puts an errand into an envelope and waits for its acknowledgement.
func (s *Slack) carrySocket(ctx context.Context, e *errand, attempt int, reason string) (any, error) {
	p := &parcel{errand: e, attempt: attempt, reason: reason, acked: make(chan any, 1)}
	s.mu.Lock()
	p.id = s.id("envelope-")
	s.parcels[p.id] = p
	s.deal(p)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.parcels, p.id)
	}()
	select {
	case ack := <-p.acked:
		return ack, nil
	case <-ctx.Done():
		return nil, s.failed(ctx, ctx.Err())
	}
}

// write sends a connection its envelopes and pings until it is gone.
func (s *Slack) write(ctx context.Context, c *socket) {
	pings := time.NewTicker(s.cfg.Ping)
	defer pings.Stop()
	defer c.ws.Close()
	for {
		select {
		case v := <-c.out:
			c.ws.SetWriteDeadline(time.Now().Add(writeLife))
			if c.ws.WriteJSON(v) != nil {
				return
			}
		case <-pings.C:
			if c.ws.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(writeLife)) != nil {
				return
			}
		case <-c.gone:
			return
		case <-ctx.Done():
			return
		}
	}
}

// read takes acknowledgements until the connection ends. One that is too large is dropped without a word, as
// Slack drops it.
func (s *Slack) read(c *socket) {
	for {
		_, raw, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		v, err := decode(raw)
		o, ok := v.(object)
		if err != nil || !ok {
			s.log.Warn("sandbox: an acknowledgement is not a JSON object", "error", err)
			continue
		}
		if len(raw) >= ackBytes {
			s.log.Warn("sandbox: an acknowledgement of 20 KiB or more is dropped, as Slack drops it", "bytes", len(raw))
			continue
		}
		s.mu.Lock()
		if p := s.parcels[stringOf(o, "envelope_id")]; p != nil {
			select {
			case p.acked <- o["payload"]:
			default:
			}
		}
		s.mu.Unlock()
	}
}

// disconnect is /control/disconnect: what Slack does to its connections now and then.
func (s *Slack) disconnect(c *call) (any, error) {
	in := struct {
		Reason string `json:"reason"`
	}{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	s.mu.Lock()
	sockets := s.sockets
	s.mu.Unlock()
	switch in.Reason {
	case "warning", "refresh_requested":
		for _, c := range sockets {
			select {
			case c.out <- object{"type": "disconnect", "reason": in.Reason, "debug_info": object{"host": "sandbox"}}:
			default:
			}
		}
	case "drop":
		for _, c := range sockets {
			c.ws.Close()
		}
	default:
		return nil, wrong("reason has to be warning, refresh_requested or drop")
	}
	return object{"connections": len(sockets)}, nil
}
