package sandbox

// seeState is /control/state: the time, who is here, and how the bot is reached.
func (s *Slack) seeState(c *call) (any, error) {
	delivery, connected := "socket", false
	s.mu.Lock()
	sockets, faults := len(s.sockets), s.waiting()
	s.mu.Unlock()
	connected = sockets > 0
	if s.cfg.BotURL != "" {
		delivery, connected = "http", s.readyHTTP(c.ctx)
	}
	s.clock.mu.Lock()
	runs := s.clock.runs
	s.clock.mu.Unlock()
	return object{"now": s.Now(), "clock": map[bool]string{true: "real", false: "standing"}[runs], "connected": connected, "connections": sockets,
		"people": People, "channels": s.channels(), "hints": s.cfg.Hints, "shortcuts": s.cfg.Shortcuts, "delivery": delivery, "faults": faults,
		"fault_kinds": faultKinds, "methods": faultMethods(), "url": s.base.String(), "boot": s.live.boot, "exchanges": s.wire.written(), "can_reset": s.cfg.Reset != nil,
		"team": TeamID, "team_name": teamName, "bot": object{"id": BotUser, "name": BotName}}, nil
}
