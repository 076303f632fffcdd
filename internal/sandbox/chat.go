package sandbox

// room finds where the bot wants to write, and refuses where it may not.
func (s *Slack) writable(channel string) (*room, *refusal) {
	r := s.find(channel)
	switch {
	case channel == "" || r == nil:
		return nil, refuse("channel_not_found")
	case !r.bot:
		return nil, refuse("not_in_channel")
	case r.archived:
		return nil, refuse("is_archived")
	}
	return r, nil
}

// checkMetadata judges metadata that somebody set: an event_type and an event_payload.
func checkMetadata(o object) *refusal {
	if len(o) == 0 {
		return nil
	}
	if _, ok := o["event_payload"].(object); !ok || stringOf(o, "event_type") == "" || len(stringOf(o, "event_type")) > 255 {
		return refuse("invalid_metadata_format")
	}
	if len(jsonBytes(o)) > 16*1024 {
		return refuse("metadata_too_large")
	}
	return nil
}

// posted reads and judges what chat.postMessage and chat.postEphemeral are given.
func posted(a object) (content, *refusal) {
	c, no := contentOf(a)
	if no != nil {
		return c, no
	}
	if c.empty() {
		return c, refuse("no_text")
	}
	if no := checkMetadata(c.metadata); no != nil {
		return c, no
	}
	return c, checkPosted(c.blocks)
}

func (s *Slack) message(c content, a object) message {
	m := message{user: BotUser, bot: true, text: c.text, blocks: s.labelled(c.blocks), attachments: c.attachments, thread: stringOf(a, "thread_ts")}
	if len(c.metadata) > 0 {
		m.metadata = c.metadata
	}
	return m
}

func (s *Slack) postMessage(a object) (object, *refusal) {
	r, no := s.writable(stringOf(a, "channel"))
	if no != nil {
		return nil, no
	}
	c, no := posted(a)
	if no != nil {
		return nil, no
	}
	m := s.post(r, s.message(c, a))
	if r.person != "" {
		s.answered(r, m, "chat.postMessage", m.reply(r, "chat.postMessage"))
		s.echo(r, m.json())
	}
	return object{"channel": r.id, "ts": m.ts, "message": m.json()}, nil
}

// answered notes what reached a person in a direct message. A message with metadata is a deed of its own, and no
// answer to anything.
func (s *Slack) answered(r *room, m *message, via string, what *reply) {
	if m.metadata == nil {
		s.saw(r.person, nil, via, what)
	}
}

func (s *Slack) postEphemeral(a object) (object, *refusal) {
	r, no := s.writable(stringOf(a, "channel"))
	if no != nil {
		return nil, no
	}
	p, ok := person(stringOf(a, "user"))
	if !ok || p.ID != stringOf(a, "user") {
		return nil, refuse("user_not_found")
	}
	if r.person != "" && r.person != p.ID {
		return nil, refuse("user_not_in_channel")
	}
	c, no := posted(a)
	if no != nil {
		return nil, no
	}
	m := s.message(c, a)
	m.only = p.ID
	what := s.shown(r, m, "chat.postEphemeral")
	s.saw(p.ID, nil, "chat.postEphemeral", what)
	return object{"message_ts": what.TS}, nil
}

// own finds a message of the bot's that it may change. A person's id will not do for the channel.
func (s *Slack) own(a object, refused string) (*room, *message, *refusal) {
	r := s.rooms[stringOf(a, "channel")]
	if r == nil {
		return nil, nil, refuse("channel_not_found")
	}
	m := r.at(stringOf(a, "ts"))
	switch {
	case m == nil || m.only != "":
		return nil, nil, refuse("message_not_found")
	case !m.bot:
		return nil, nil, refuse(refused)
	}
	return r, m, nil
}

// updateMessage replaces what it is given. Text without blocks takes the old blocks away; without metadata the
// old metadata stays, and an empty object takes it away.
func (s *Slack) updateMessage(a object) (object, *refusal) {
	r, m, no := s.own(a, "cant_update_message")
	if no != nil {
		return nil, no
	}
	c, no := contentOf(a)
	if no != nil {
		return nil, no
	}
	if c.empty() {
		return nil, refuse("no_text")
	}
	if no := checkMetadata(c.metadata); no != nil {
		return nil, no
	}
	if no := checkPosted(c.blocks); no != nil {
		return nil, no
	}
	was := m.json()
	changed := *m
	if c.text != "" {
		changed.text, changed.blocks, changed.edited = c.text, nil, s.clock.stamp()
	}
	if present(a["blocks"]) {
		changed.blocks, changed.edited = s.labelled(c.blocks), ""
	}
	if present(a["attachments"]) {
		changed.attachments = c.attachments
	}
	if present(a["metadata"]) {
		changed.metadata = nil
		if len(c.metadata) > 0 {
			changed.metadata = c.metadata
		}
	}
	s.replace(r, &changed)
	if r.person != "" {
		s.answered(r, &changed, "chat.update", changed.reply(r, "chat.update"))
		s.echo(r, object{"type": "message", "subtype": "message_changed", "hidden": true, "ts": s.clock.stamp(),
			"message": changed.json(), "previous_message": was})
	}
	return object{"channel": r.id, "ts": m.ts, "text": changed.text, "message": changed.json()}, nil
}

func (s *Slack) deleteMessage(a object) (object, *refusal) {
	r, m, no := s.own(a, "cant_delete_message")
	if no != nil {
		return nil, no
	}
	s.remove(r, m.ts)
	if r.person != "" {
		s.answered(r, m, "chat.delete", nil)
		s.echo(r, object{"type": "message", "subtype": "message_deleted", "hidden": true, "ts": s.clock.stamp(),
			"deleted_ts": m.ts, "previous_message": m.json()})
	}
	return object{"channel": r.id, "ts": m.ts}, nil
}
