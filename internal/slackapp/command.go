package slackapp

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/paceline/paceline/internal/commands"
)

// fields are the parameters that matter of a slash command (form on HTTP, JSON on Socket Mode) and of an
// interaction on HTTP.
type fields struct {
	Team       string `json:"team_id"`
	Enterprise string `json:"enterprise_id"`
	Channel    string `json:"channel_id"`
	User       string `json:"user_id"`
	Command    string `json:"command"`
	Text       string `json:"text"`
	Respond    string `json:"response_url"`
	Trigger    string `json:"trigger_id"`
	SSLCheck   string `json:"ssl_check"`
	payload    string
}

// parseForm reads a form. It takes nothing from anywhere but body, and a parameter that matters may stand
// there once.
func parseForm(body string) (fields, error) {
	var f fields
	var seen uint
	for pair := range strings.SplitSeq(body, "&") {
		key, value, _ := strings.Cut(pair, "=")
		key, err := url.QueryUnescape(key)
		if err != nil {
			return fields{}, errors.New("a parameter's name is badly escaped")
		}
		to, bit := f.parameter(key)
		if to == nil {
			continue
		}
		if seen&bit != 0 {
			return fields{}, fmt.Errorf("the parameter %s stands there twice", key)
		}
		seen |= bit
		if *to, err = url.QueryUnescape(value); err != nil {
			return fields{}, fmt.Errorf("the parameter %s is badly escaped", key)
		}
		*to = strings.ToValidUTF8(*to, "\uFFFD")
	}
	return f, nil
}

// parameter returns where the value of a parameter belongs, and a bit of its own.
func (f *fields) parameter(key string) (*string, uint) {
	switch key {
	case "team_id":
		return &f.Team, 1 << 0
	case "enterprise_id":
		return &f.Enterprise, 1 << 1
	case "channel_id":
		return &f.Channel, 1 << 2
	case "user_id":
		return &f.User, 1 << 3
	case "command":
		return &f.Command, 1 << 4
	case "text":
		return &f.Text, 1 << 5
	case "response_url":
		return &f.Respond, 1 << 6
	case "trigger_id":
		return &f.Trigger, 1 << 7
	case "ssl_check":
		return &f.SSLCheck, 1 << 8
	case "payload":
		return &f.payload, 1 << 9
	}
	return nil, 0
}

// sslCheck reports whether body is the form that Slack sends, unsigned, to see whether the address has a
// certificate.
func sslCheck(body []byte) bool {
	if len(body) > 4096 {
		return false
	}
	for pair := range strings.SplitSeq(string(body), "&") {
		if pair == "ssl_check=1" {
			return true
		}
	}
	return false
}

// readCommandForm reads a slash command as HTTP brings it.
func readCommandForm(body []byte, from source) (*inbound, error) {
	f, err := parseForm(string(body))
	if err != nil {
		return nil, err
	}
	return f.inbound(from)
}

// readCommand reads a slash command as Socket Mode brings it.
func readCommand(payload []byte, from source) (*inbound, error) {
	var f fields
	if err := json.Unmarshal(payload, &f); err != nil {
		return nil, errors.New("the command is not the JSON it should be")
	}
	return f.inbound(from)
}

func (f *fields) inbound(from source) (*inbound, error) {
	if f.SSLCheck == "1" {
		return nil, nothing("it checks", "ssl")
	}
	workspace := first(f.Team, f.Enterprise)
	if workspace == "" || f.User == "" || f.Command == "" {
		return nil, errors.New("a command needs team_id, user_id and command")
	}
	return &inbound{
		kind: command,
		request: commands.Request{
			ID:        "c/" + f.User + "/" + f.Command + "/" + first(f.Trigger, from.name),
			Workspace: workspace,
			User:      f.User,
			Channel:   f.Channel,
			Command:   f.Command,
			Text:      f.Text,
			At:        from.at,
		},
		trigger: f.Trigger,
		respond: f.Respond,
	}, nil
}
