package sandbox

// alterChannel is /control/channel: what happens to a channel without the bot's doing. What is left out stays.
func (s *Slack) alterChannel(c *call) (any, error) {
	in := struct {
		Channel  string
		Bot      *bool // whether the bot is a member
		Archived *bool
		Shared   *bool // with another company
	}{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	which, ok := s.channel(in.Channel)
	if !ok {
		return nil, missing("there is no channel %q; channels are %s", in.Channel, channelNames())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.rooms[which.ID]
	for _, one := range []struct{ to, is *bool }{{&r.bot, in.Bot}, {&r.archived, in.Archived}, {&r.shared, in.Shared}} {
		if one.is != nil {
			*one.to = *one.is
		}
	}
	return object{"channel": r.json()}, nil
}
