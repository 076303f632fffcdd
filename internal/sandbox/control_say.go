package sandbox

import (
	"context"
	"errors"
	"strings"
	"time"
)

// doCommand is /control/command: a person types a slash command.
func (s *Slack) doCommand(c *call) (any, error) {
	in := struct{ User, Channel, Text string }{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	p, err := named(in.User)
	if err != nil {
		return nil, err
	}
	r, err := s.place(p, in.Channel)
	if err != nil {
		return nil, err
	}
	line := strings.TrimSpace(in.Text)
	if !strings.HasPrefix(line, "/") || len(line) < 2 {
		return nil, wrong("text has to begin with a slash command, such as /sent 3; for a direct message use /control/message")
	}
	if err := s.hinted(line); err != nil {
		return nil, err
	}
	if err := s.ready(c.ctx); err != nil {
		return nil, err
	}
	t := s.begin(p.ID, "command")
	defer s.end(t)
	s.mu.Lock()
	s.front[p.ID] = false
	s.post(r, message{user: p.ID, only: p.ID, ran: line})
	e := s.commandErrand(p, r, line, t)
	s.command = e
	s.mu.Unlock()
	if err := s.runCommand(c.ctx, t, e); err != nil {
		return nil, err
	}
	return s.outcome(t), nil
}

// hinted refuses a command that the app does not have, as Slack's composer does. Without hints anything goes.
func (s *Slack) hinted(line string) error {
	command, _, _ := strings.Cut(line, " ")
	var known []string
	for _, h := range s.cfg.Hints {
		if h.Command == command {
			return nil
		}
		known = append(known, h.Command)
	}
	if len(known) == 0 {
		return nil
	}
	return wrong("%s is not a command here; commands are %s", command, strings.Join(known, ", "))
}

// runCommand delivers a command and waits for its answer. A command is never retried.
func (s *Slack) runCommand(ctx context.Context, t *turn, e *errand) error {
	began := time.Now()
	ack, err := s.carry(e, 0, "")
	r := s.rooms[e.room]
	if err != nil {
		return s.failedFor(t, r, err, e.payload["command"].(string)+" failed")
	}
	if err := s.commandAck(t, r, e, ack); err != nil {
		s.notice(t, r, e.payload["command"].(string)+" failed with the error \"invalid_command_response\": "+err.Error())
	}
	return s.settle(ctx, t, time.Since(began))
}

// failedFor shows the person what Slack shows when an app does not take what it is given.
func (s *Slack) failedFor(t *turn, r *room, err error, what string) error {
	switch {
	case errors.Is(err, errTimeout):
		s.notice(t, r, what+" with the error \"operation_timeout\"")
	case errors.Is(err, errDispatch):
		s.notice(t, r, what+" with the error \"dispatch_failed\"")
	default:
		return err
	}
	return nil
}

// commandAck shows what an acknowledgement carried: nothing, plain text, or a message.
func (s *Slack) commandAck(t *turn, r *room, e *errand, ack any) error {
	a := object{}
	switch ack := ack.(type) {
	case nil:
		return nil
	case string:
		a["text"] = ack
	case object:
		a = ack
	default:
		return errors.New("the response has to be text or a JSON object")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, no := contentOf(a)
	if no == nil {
		no = checkMessage(c.blocks)
	}
	if no != nil {
		return errors.New(strings.Join(append([]string{no.code}, no.messages...), "; "))
	}
	if c.empty() {
		return nil
	}
	m := s.message(c, a)
	m.metadata = nil
	if stringOf(a, "response_type") == "in_channel" {
		s.post(r, message{user: t.person, text: escape(e.line)})
	} else {
		m.only = t.person
	}
	what := s.shown(r, m, "ack")
	if u, ok := s.urls.get(e.url); ok {
		u.source = what.TS
	}
	s.saw(t.person, t, "ack", what)
	return nil
}

// doReplay is /control/replay: the last command comes again, the same to the byte.
func (s *Slack) doReplay(c *call) (any, error) {
	in := struct{ Times *int }{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	times := 1
	if in.Times != nil {
		times = *in.Times
	}
	if times < 1 || times > 1000 {
		return nil, wrong("times has to be between 1 and 1000")
	}
	s.mu.Lock()
	e := s.command
	s.mu.Unlock()
	if e == nil {
		return nil, wrong("there is no command to replay; use /control/command first")
	}
	if err := s.ready(c.ctx); err != nil {
		return nil, err
	}
	all := []reply{}
	for range times {
		t, err := s.replayed(c.ctx, e)
		if err != nil {
			return nil, err
		}
		all = append(all, t.replies...)
	}
	return object{"replies": all}, nil
}

func (s *Slack) replayed(ctx context.Context, e *errand) (*turn, error) {
	t := s.begin(e.person, "command")
	defer s.end(t)
	s.mu.Lock()
	if u, ok := s.urls.get(e.url); ok {
		u.turn = t
	}
	if trigger, ok := s.triggers.get(e.trigger); ok {
		trigger.turn = t
	}
	s.mu.Unlock()
	return t, s.runCommand(ctx, t, e)
}

// doMessage is /control/message: a person writes to the bot, or into a channel, perhaps into a thread there. The bot
// is told of its direct messages only: no more than the events of its manifest.
func (s *Slack) doMessage(c *call) (any, error) {
	in := struct {
		User, Text, Channel string
		Thread              string `json:"thread_ts"`
	}{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	p, err := named(in.User)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(in.Text) == "" {
		return nil, wrong("text is empty; say something")
	}
	r := s.rooms[p.DM]
	if in.Channel != "" {
		if r, err = s.place(p, in.Channel); err != nil {
			return nil, err
		}
	}
	said := message{user: p.ID, text: escape(strings.TrimSpace(in.Text)), thread: in.Thread}
	if r.person == "" {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.post(r, said)
		return object{"replies": []reply{}}, nil
	}
	if err := s.ready(c.ctx); err != nil {
		return nil, err
	}
	t := s.begin(p.ID, "message")
	defer s.end(t)
	s.mu.Lock()
	s.front[p.ID] = false
	m := s.post(r, said)
	about := m.json()
	about["client_msg_id"] = s.id("client-")
	e := s.eventErrand(messageEvent(r, about))
	s.mu.Unlock()
	return s.told(c.ctx, t, e)
}

// told delivers an event and waits for what the bot makes of it.
func (s *Slack) told(ctx context.Context, t *turn, e *errand) (any, error) {
	began := time.Now()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case err := <-s.insist(e):
		if err != nil {
			return nil, err
		}
	case <-timer.C:
		return nil, errSilent
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := s.settle(ctx, t, time.Since(began)); err != nil {
		return nil, err
	}
	return s.outcome(t), nil
}
