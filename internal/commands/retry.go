package commands

import (
	"compress/flate"
	"context"
	"encoding/base64"
	"io"
	"net/url"
	"strings"

	"github.com/paceline/paceline/internal/look"
)

// mostValue is the longest value of a button that Slack takes, in characters.
const mostValue = 2000

// A retry says how the same request is made again, with the same operation key.
type retry struct {
	user    string // who may
	key     string // the request's ID
	command string // for something typed: the command, or "" in a direct message
	text    string
	action  string // for something pressed
	value   string
}

// typed is the retry of something typed.
func typed(r Request) retry { return retry{user: r.User, key: r.ID, command: r.Command, text: r.Text} }

// encode makes the value of a button. ok is false when it does not fit into one, or there is nothing to make.
func (t retry) encode() (value string, ok bool) {
	if t == (retry{}) {
		return "", false
	}
	v := url.Values{"key": {t.key}, "user": {t.user}}
	if t.action != "" {
		v.Set("action", t.action)
		v.Set("value", t.value)
	} else {
		v.Set("command", t.command)
		v.Set("text", t.text)
	}
	if value = v.Encode(); len(value) > mostValue && t.text != "" {
		v.Del("text")
		v.Set("packed", pack(t.text))
		value = v.Encode()
	}
	return value, len(value) <= mostValue
}

func retryButton(value string) look.Button {
	return look.Button{Label: "Retry", Action: "retry", Value: value}
}

// pack squeezes a text into characters that stand in a value as they are.
func pack(text string) string {
	var b strings.Builder
	armour := base64.NewEncoder(base64.RawURLEncoding, &b)
	// A builder takes everything, so nothing here can fail.
	w, _ := flate.NewWriter(armour, flate.BestCompression)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	_ = armour.Close()
	return b.String()
}

// unpack is the reverse of pack; ok is false for what pack did not make.
func unpack(packed string) (text string, ok bool) {
	r := flate.NewReader(base64.NewDecoder(base64.RawURLEncoding, strings.NewReader(packed)))
	b, err := io.ReadAll(io.LimitReader(r, 8*mostText))
	return string(b), err == nil && len(b) < 8*mostText
}

// again makes a request once more, with the operation key it had, for the person who made it.
func (b *Bot) again(ctx context.Context, r Request, p Press, v url.Values) Reply {
	if v.Get("key") == "" || v.Get("user") != r.User {
		return stale()
	}
	if action := v.Get("action"); action != "" {
		if action == "retry" || action == "confirm" {
			return stale()
		}
		return replacing(b.Press(ctx, r, Press{Action: action, Value: v.Get("value"), In: p.In}))
	}
	r.ID, r.Command, r.Text = v.Get("key"), v.Get("command"), v.Get("text")
	if v.Has("packed") {
		text, ok := unpack(v.Get("packed"))
		if !ok {
			return stale()
		}
		r.Text = text
	}
	if r.Command == "" {
		return replacing(b.Say(ctx, r))
	}
	return replacing(b.Command(ctx, r))
}
