package sandbox

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// bodyLimit is the largest body taken from the bot and from testers, 1 MiB.
const bodyLimit = 1 << 20

// allScopes are the scopes the methods here ask for, and those the app's events and commands need.
var allScopes = []string{"commands", "chat:write", "users:read", "im:history", "im:write", "channels:read", "channels:history", "groups:history", "dnd:read"}

// A method is one method of the Web API. Its work is done under the mutex.
type method struct {
	scope string
	app   bool // wants the app-level token
	do    func(s *Slack, a object) (object, *refusal)
}

// methods are all the methods this Slack knows.
var methods = map[string]method{
	"auth.test":             {do: (*Slack).authTest},
	"apps.connections.open": {do: (*Slack).openConnection, app: true},
	"users.info":            {do: (*Slack).userInfo, scope: "users:read"},
	"users.list":            {do: (*Slack).userList, scope: "users:read"},
	"dnd.info":              {do: (*Slack).dndInfo, scope: "dnd:read"},
	"conversations.open":    {do: (*Slack).conversationOpen, scope: "im:write"},
	"conversations.info":    {do: (*Slack).conversationInfo, scope: "channels:read"},
	"conversations.list":    {do: (*Slack).conversationList, scope: "channels:read"},
	"conversations.members": {do: (*Slack).conversationMembers, scope: "channels:read"},
	"conversations.history": {do: (*Slack).conversationHistory},
	"chat.postMessage":      {do: (*Slack).postMessage, scope: "chat:write"},
	"chat.postEphemeral":    {do: (*Slack).postEphemeral, scope: "chat:write"},
	"chat.update":           {do: (*Slack).updateMessage, scope: "chat:write"},
	"chat.delete":           {do: (*Slack).deleteMessage, scope: "chat:write"},
	"views.open":            {do: (*Slack).viewsOpen},
	"views.push":            {do: (*Slack).viewsPush},
	"views.update":          {do: (*Slack).viewsUpdate},
	"views.publish":         {do: (*Slack).viewsPublish},
}

// serveAPI answers one call of the Web API: always 200 with ok true or false, but for injected faults.
func (s *Slack) serveAPI(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	began := time.Now()
	args, no := readArgs(w, r)
	entry := exchange{At: s.Now(), From: "bot", To: "slack", Method: name, Request: args}
	s.faulty(w, r, name, &entry, began, func() (int, any) {
		if no != nil {
			return http.StatusOK, no.json()
		}
		answer, no := s.invoke(name, args, bearer(r, args))
		if no != nil {
			return http.StatusOK, no.json()
		}
		if m := methods[name]; !m.app {
			w.Header().Set("X-OAuth-Scopes", strings.Join(s.cfg.Scopes, ","))
			w.Header().Set("X-Accepted-OAuth-Scopes", m.scope)
		}
		answer["ok"] = true
		return http.StatusOK, answer
	})
}

// invoke checks who calls and does what the method does.
func (s *Slack) invoke(name string, args object, token string) (object, *refusal) {
	m, known := methods[name]
	switch {
	case !known:
		return nil, refuse("unknown_method")
	case token == "":
		return nil, refuse("not_authed")
	case token != s.cfg.BotToken && token != s.cfg.AppToken:
		return nil, refuse("invalid_auth")
	case m.app != (token == s.cfg.AppToken):
		return nil, refuse("not_allowed_token_type")
	case m.scope != "" && !slices.Contains(s.cfg.Scopes, m.scope):
		return nil, &refusal{code: "missing_scope", needed: m.scope}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return m.do(s, args)
}

// readArgs reads a form or a JSON body, and what the query says besides.
func readArgs(w http.ResponseWriter, r *http.Request) (object, *refusal) {
	args := object{}
	add := func(values url.Values) {
		for k, v := range values {
			args[k] = v[0]
		}
	}
	add(r.URL.Query())
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
	if err != nil {
		return args, refuse("request_timeout")
	}
	if len(body) == 0 {
		return args, nil
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		v, err := decode(body)
		o, ok := v.(object)
		if err != nil || !ok {
			return args, refuse("invalid_json")
		}
		for k, x := range o {
			args[k] = x
		}
	case "application/x-www-form-urlencoded":
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return args, refuse("invalid_form_data")
		}
		add(values)
	case "":
		return args, refuse("missing_post_type")
	default:
		return args, refuse("invalid_post_type")
	}
	return args, nil
}

func bearer(r *http.Request, args object) string {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return token
	}
	return stringOf(args, "token")
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	raw, err := json.Marshal(v)
	if err != nil {
		raw = []byte(`{"error":"the answer cannot be written as JSON"}`)
	}
	w.Write(append(raw, '\n'))
}
