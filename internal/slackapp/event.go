package slackapp

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
)

// An event is what matters of a delivery of the Events API.
type event struct {
	Type           string `json:"type"`
	Challenge      string `json:"challenge"`
	Team           string `json:"team_id"`
	Enterprise     string `json:"enterprise_id"`
	ID             string `json:"event_id"`
	Authorizations []struct {
		User string `json:"user_id"`
		Bot  bool   `json:"is_bot"`
	} `json:"authorizations"`
	Event json.RawMessage `json:"event"`
}

// A happening is what matters of an event's own part, of every type that is understood.
type happening struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	User        json.RawMessage `json:"user"` // an id; for user_change the whole person
	Channel     string          `json:"channel"`
	ChannelType string          `json:"channel_type"`
	Text        string          `json:"text"`
	TS          string          `json:"ts"`
	Thread      string          `json:"thread_ts"`
	Bot         string          `json:"bot_id"`
	Tab         string          `json:"tab"`
	Tokens      struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
}

// parseEvent reads a delivery of the Events API, but not yet what happened.
func parseEvent(payload []byte) (event, error) {
	var e event
	if err := json.Unmarshal(payload, &e); err != nil {
		return event{}, errors.New("the event is not the JSON it should be")
	}
	return e, nil
}

// readEvent takes in an event. What only the wire must know (somebody's profile changed, the bot was
// uninstalled) is done here; the rest becomes an inbound.
func (a *App) readEvent(e event, from source) (*inbound, error) {
	if e.Type != "event_callback" {
		return nil, nothing("delivery", e.Type)
	}
	var h happening
	if err := json.Unmarshal(e.Event, &h); err != nil {
		return nil, nothing("an event that cannot be read, of type", h.Type)
	}
	workspace := first(e.Team, e.Enterprise)
	switch h.Type {
	case "user_change":
		var u slack.User
		if err := json.Unmarshal(h.User, &u); err != nil {
			return nil, nothing("a person who cannot be read in", h.Type)
		}
		a.profiles.changed(workspace, u)
		return nil, nothing("noted", h.Type)
	case "app_uninstalled":
		a.health.bot(errUninstalled)
		return nil, nothing("noted", h.Type)
	case "tokens_revoked":
		if len(h.Tokens.Bot) > 0 {
			a.health.bot(errUninstalled)
		}
		return nil, nothing("noted", h.Type)
	}

	in := &inbound{request: commands.Request{Workspace: workspace, At: from.at}}
	if err := json.Unmarshal(h.User, &in.request.User); err != nil || in.request.User == "" || workspace == "" {
		return nil, nothing("an event of nobody, of type", h.Type)
	}
	switch {
	case h.Type == "message" && h.ChannelType == "im":
		if !h.isPlain() || h.Bot != "" || h.Channel == "" || h.TS == "" || a.isSelf(e, in.request.User) {
			return nil, nothing("not a person's plain message", h.Subtype)
		}
		in.kind = message
		in.request.ID = "m/" + h.Channel + "/" + h.TS
		in.request.Channel = h.Channel
		in.request.Text = h.Text
		in.event, in.thread = e.ID, h.Thread
	case h.Type == "app_home_opened" && h.Tab == "home":
		in.kind = home
		in.request.ID = "e/" + first(e.ID, from.name)
	default:
		return nil, nothing("event", h.Type)
	}
	return in, nil
}

// isPlain reports whether a message is what a person typed, with a file or without.
func (h happening) isPlain() bool {
	return h.Subtype == "" || h.Subtype == slack.MsgSubTypeFileShare && strings.TrimSpace(h.Text) != ""
}

// isSelf reports whether a user is the bot, or Slack's own.
func (a *App) isSelf(e event, user string) bool {
	for _, who := range e.Authorizations {
		if who.Bot && who.User == user {
			return true
		}
	}
	self := a.self.Load()
	return user == "USLACKBOT" || self != nil && *self == user
}
