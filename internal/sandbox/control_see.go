package sandbox

// seeModal is /control/modal: the view a person has open, or null.
func (s *Slack) seeModal(c *call) (any, error) {
	p, err := named(c.query.Get("user"))
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.openModal(p.ID), nil
}

// seeHome is /control/home: a person opens the Home tab, and sees what the bot publishes. With peek=1 nothing
// is opened: the view as it was last published, or null.
func (s *Slack) seeHome(c *call) (any, error) {
	p, err := named(c.query.Get("user"))
	if err != nil {
		return nil, err
	}
	if c.query.Get("peek") == "1" {
		s.mu.Lock()
		defer s.mu.Unlock()
		if v := s.homes[p.ID]; v != nil {
			return v.json(), nil
		}
		return nil, nil
	}
	if err := s.ready(c.ctx); err != nil {
		return nil, err
	}
	t := s.begin(p.ID, "home")
	defer s.end(t)
	s.mu.Lock()
	s.front[p.ID] = true
	event := object{"type": "app_home_opened", "user": p.ID, "channel": p.DM, "tab": "home", "event_ts": s.clock.stamp()}
	if v := s.homes[p.ID]; v != nil {
		event["view"] = v.json()
	}
	e := s.eventErrand(event)
	s.mu.Unlock()
	if _, err := s.told(c.ctx, t, e); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.homes[p.ID]
	if v == nil {
		return nil, errSilent
	}
	return v.json(), nil
}
