package slackapp

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

// An interaction is what matters of a payload of Slack's interactivity.
type interaction struct {
	Type       string   `json:"type"`
	Callback   string   `json:"callback_id"`
	Trigger    string   `json:"trigger_id"`
	Respond    string   `json:"response_url"`
	Team       who      `json:"team"`
	Enterprise who      `json:"enterprise"`
	User       who      `json:"user"`
	Channel    who      `json:"channel"`
	Actions    []chosen `json:"actions"`
	Message    struct {
		TS string `json:"ts"`
	} `json:"message"`
	Container struct {
		Channel string `json:"channel_id"`
		TS      string `json:"message_ts"`
	} `json:"container"`
	View struct {
		ID       string `json:"id"`
		Type     string `json:"type"`
		Hash     string `json:"hash"`
		Callback string `json:"callback_id"`
		Private  string `json:"private_metadata"`
		Team     string `json:"team_id"`
		State    struct {
			Values map[string]map[string]chosen `json:"values"`
		} `json:"state"`
	} `json:"view"`
}

// who is a workspace, a person or a channel in a payload.
type who struct {
	ID   string `json:"id"`
	Team string `json:"team_id"`
}

// chosen is what was pressed, picked or typed.
type chosen struct {
	Action        string   `json:"action_id"`
	Value         string   `json:"value"`
	Option        option   `json:"selected_option"`
	Options       []option `json:"selected_options"`
	User          string   `json:"selected_user"`
	Users         []string `json:"selected_users"`
	Channel       string   `json:"selected_channel"`
	Channels      []string `json:"selected_channels"`
	Conversation  string   `json:"selected_conversation"`
	Conversations []string `json:"selected_conversations"`
	Date          string   `json:"selected_date"`
	Time          string   `json:"selected_time"`
	DateTime      int64    `json:"selected_date_time"`
}

type option struct {
	Value string `json:"value"`
}

// values returns what was chosen: none, one or several.
func (c chosen) values() []string {
	var all []string
	for _, v := range []string{c.Value, c.Option.Value, c.User, c.Channel, c.Conversation, c.Date, c.Time} {
		if v != "" {
			all = append(all, v)
		}
	}
	if c.DateTime != 0 {
		all = append(all, strconv.FormatInt(c.DateTime, 10))
	}
	for _, o := range c.Options {
		all = append(all, o.Value)
	}
	return slices.Concat(all, c.Users, c.Channels, c.Conversations)
}

// readInteractionForm reads an interaction as HTTP brings it.
func readInteractionForm(body []byte, from source) (*inbound, error) {
	f, err := parseForm(string(body))
	if err != nil {
		return nil, err
	}
	if f.SSLCheck == "1" {
		return nil, nothing("it checks", "ssl")
	}
	if f.payload == "" {
		return nil, errors.New("the parameter payload is missing")
	}
	return readInteraction([]byte(f.payload), from)
}

// readInteraction reads an interaction as Socket Mode brings it.
func readInteraction(payload []byte, from source) (*inbound, error) {
	var i interaction
	if err := json.Unmarshal(payload, &i); err != nil {
		return nil, errors.New("the payload is not the JSON it should be")
	}
	workspace := first(i.Team.ID, i.View.Team, i.User.Team, i.Enterprise.ID)
	if workspace == "" || i.User.ID == "" {
		return nil, errors.New("a payload needs a team and a user")
	}
	in := &inbound{
		request: commands.Request{
			Workspace: workspace,
			User:      i.User.ID,
			Channel:   first(i.Channel.ID, i.Container.Channel),
			At:        from.at,
		},
		trigger: i.Trigger,
		respond: i.Respond,
	}
	switch i.Type {
	case "block_actions":
		if len(i.Actions) == 0 {
			return nil, errors.New("a press needs an action")
		}
		in.kind = press
		in.request.ID = "p/" + i.User.ID + "/" + first(i.Trigger, from.name)
		in.press = commands.Press{
			Action: i.Actions[0].Action,
			In:     quota.Place{Channel: in.request.Channel, TS: first(i.Container.TS, i.Message.TS)},
		}
		if v := i.Actions[0].values(); len(v) > 0 {
			in.press.Value = v[0]
		}
		if i.View.Type == "modal" {
			in.modal = i.View.ID
		}
	case "view_submission":
		in.kind = form
		once := i.Trigger
		if once == "" && i.View.ID != "" {
			once = i.View.ID + "/" + i.View.Hash
		}
		in.request.ID = "f/" + i.User.ID + "/" + first(once, from.name)
		in.form = commands.Form{Callback: i.View.Callback, Private: i.View.Private, Values: make(map[string][]string, len(i.View.State.Values))}
		for block, actions := range i.View.State.Values {
			var all []string
			for _, action := range sortedKeys(actions) {
				all = append(all, actions[action].values()...)
			}
			in.form.Values[block] = all
		}
	case "shortcut":
		in.kind = shortcut
		in.request.ID = "s/" + i.User.ID + "/" + first(i.Trigger, from.name)
		in.request.Text = i.Callback
	default:
		return nil, nothing("interaction", i.Type)
	}
	return in, nil
}
