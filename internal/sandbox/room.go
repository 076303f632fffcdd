package sandbox

import (
	"fmt"
	"slices"
	"strconv"
)

// roomLimit is how many messages a conversation keeps.
const roomLimit = 10_000

// A room is a conversation: a channel, or the direct messages between a person and the bot.
type room struct {
	id, name string
	person   string // whose direct messages; "" for a channel
	bot      bool   // whether the bot is in it
	archived bool
	shared   bool // with another company
	messages []*message
}

// A message is what stands in a room. What is in it is replaced as a whole, never changed, so a copy may be
// read without the mutex.
type message struct {
	ts, user, text string
	blocks         []any
	attachments    []any
	metadata       object
	thread         string
	edited         string // when, "" for never
	only           string // the person an ephemeral message is for; "" for everybody
	bot            bool
	ran            string // the line of a command that somebody typed; such a message is the page's, and Slack's for nobody
}

// post puts a message into a room under a new time.
func (s *Slack) post(r *room, m message) *message {
	m.ts = s.clock.stamp()
	if len(r.messages) == roomLimit {
		r.messages = r.messages[1:]
	}
	kept := &m
	r.messages = append(r.messages, kept)
	s.tellMessage("posted", r, kept)
	return kept
}

// tellMessage tells open pages what happened to a message.
func (s *Slack) tellMessage(change string, r *room, m *message) {
	s.live.tell(notice{Kind: "message", Change: change, Channel: r.id, TS: m.ts, Author: m.user, Only: m.only})
}

func (r *room) at(ts string) *message {
	for _, m := range slices.Backward(r.messages) {
		if m.ts == ts {
			return m
		}
	}
	return nil
}

// remove takes a message out of a room.
func (s *Slack) remove(r *room, ts string) {
	i := slices.IndexFunc(r.messages, func(m *message) bool { return m.ts == ts })
	if i < 0 {
		return
	}
	s.tellMessage("deleted", r, r.messages[i])
	r.messages = slices.Delete(r.messages, i, i+1)
}

// replace puts a changed message where the one of the same time stands.
func (s *Slack) replace(r *room, m *message) {
	if i := slices.IndexFunc(r.messages, func(x *message) bool { return x.ts == m.ts }); i >= 0 {
		r.messages = slices.Clone(r.messages)
		r.messages[i] = m
		s.tellMessage("changed", r, m)
	}
}

// shown is the name Slack gives the room in what it tells the bot.
func (r *room) shown() string {
	if r.person != "" {
		return "directmessage"
	}
	return r.name
}

// json is the message as Slack's API writes it.
func (m *message) json() object {
	o := object{"type": "message", "user": m.user, "text": m.text, "ts": m.ts, "team": TeamID}
	if m.bot {
		o["bot_id"], o["app_id"] = BotID, AppID
		o["bot_profile"] = object{"id": BotID, "app_id": AppID, "name": BotName, "team_id": TeamID, "deleted": false}
	}
	if len(m.blocks) > 0 {
		o["blocks"] = m.blocks
	}
	if len(m.attachments) > 0 {
		o["attachments"] = m.attachments
	}
	if m.thread != "" {
		o["thread_ts"] = m.thread
	}
	if m.edited != "" {
		o["edited"] = object{"user": m.user, "ts": m.edited}
	}
	if m.metadata != nil {
		o["metadata"] = m.metadata
	}
	return o
}

// labelled is a copy of blocks in which every block without a block_id, however deep, has one of Slack's own
// making, and every element that can be pressed or filled an action_id.
func (s *Slack) labelled(blocks []any) []any {
	own, _ := copied(blocks).([]any)
	for _, block := range blocksOf(own) {
		if stringOf(block, "block_id") == "" {
			block["block_id"] = "b" + strconv.FormatInt(int64(s.next()), 36)
		}
		for _, e := range slotsOf(block) {
			if stringOf(e.o, "action_id") == "" {
				e.o["action_id"] = "a" + strconv.FormatInt(int64(s.next()), 36)
			}
		}
	}
	return own
}

// next returns a number that was never returned before. The mutex must be held.
func (s *Slack) next() int {
	s.serial++
	return s.serial
}

func (s *Slack) id(prefix string) string { return fmt.Sprintf("%s%09d", prefix, s.next()) }

// find resolves a conversation as chat.postMessage does: by id, by a person's id (their direct messages), or
// by a channel's name.
func (s *Slack) find(which string) *room {
	if r := s.rooms[which]; r != nil {
		return r
	}
	for _, p := range People {
		if p.ID == which {
			return s.rooms[p.DM]
		}
	}
	if c, ok := s.channel(which); ok {
		return s.rooms[c.ID]
	}
	return nil
}
