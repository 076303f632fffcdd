package sandbox

import (
	"net/http"
	"time"
)

// An answerURL is a response_url: five answers within thirty minutes of the sandbox's clock.
type answerURL struct {
	person string
	room   string
	source string // the message whose button was pressed; after that, the last one this URL posted
	uses   int
	born   time.Time
	turn   *turn
}

const (
	answerLife = 30 * time.Minute
	answerUses = 5
)

// answerURL makes a response_url. The mutex must be held.
func (s *Slack) answerURL(personID string, r *room, source string, t *turn) string {
	id := randomText()
	s.urls.put(id, &answerURL{person: personID, room: r.id, source: source, born: s.clock.now(), turn: t})
	return s.base.JoinPath("/response", id).String()
}

// serveResponse takes what the bot posts to a response_url.
func (s *Slack) serveResponse(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	args, no := readArgs(w, r)
	entry := exchange{At: s.Now(), From: "bot", To: "slack", Method: "response_url", Request: args}
	s.faulty(w, r, "response_url", &entry, began, func() (int, any) {
		if no == nil {
			no = s.respond(r.PathValue("id"), args)
		}
		switch {
		case no == nil:
			return http.StatusOK, "ok"
		case no.code == "expired_url" || no.code == "used_url":
			return http.StatusNotFound, no.json()
		}
		return http.StatusBadRequest, no.json()
	})
}

func (s *Slack) respond(id string, a object) *refusal {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, ok := s.urls.get(id)
	switch {
	case !ok || s.clock.now().Sub(u.born) >= answerLife:
		return refuse("expired_url")
	case u.uses >= answerUses:
		return refuse("used_url")
	}
	r := s.rooms[u.room]
	if truth(a["delete_original"]) {
		u.uses++
		s.remove(r, u.source)
		s.saw(u.person, u.turn, "response_url", nil)
		return nil
	}
	delete(a, "metadata") // metadata goes by the Web API only
	c, no := contentOf(a)
	if no != nil {
		return no
	}
	if c.empty() {
		return refuse("no_text")
	}
	if no := checkMessage(c.blocks); no != nil {
		return no
	}
	u.uses++
	m := s.message(c, a)
	if old := r.at(u.source); old != nil && truth(a["replace_original"]) {
		m.ts, m.only, m.metadata = old.ts, old.only, old.metadata
		s.replace(r, &m)
		s.saw(u.person, u.turn, "response_url", m.reply(r, "response_url"))
		return nil
	}
	if stringOf(a, "response_type") != "in_channel" {
		m.only = u.person
	}
	what := s.shown(r, m, "response_url")
	u.source = what.TS
	s.saw(u.person, u.turn, "response_url", what)
	return nil
}
