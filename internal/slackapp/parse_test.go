package slackapp

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

const pressJSON = `{"type":"block_actions","team":{"id":"T1","domain":"acme"},"user":{"id":"U1","team_id":"T1"},"api_app_id":"A1",
"token":"gone","trigger_id":"9.9.p","response_url":"http://slack.test/hook/2","channel":{"id":"D1","name":"directmessage"},
"container":{"type":"message","message_ts":"170.1","channel_id":"D1","is_ephemeral":false},
"message":{"ts":"170.1","text":"card","blocks":[{"type":"never_seen_before","x":[1]}]},
"actions":[{"action_id":"plus5","block_id":"row","type":"button","value":"op-77","text":{"type":"plain_text","text":"+5"},"action_ts":"1"}]}`

const homePressJSON = `{"type":"block_actions","team":null,"enterprise":{"id":"E1"},"is_enterprise_install":true,
"user":{"id":"U1","team_id":"T1"},"trigger_id":"9.9.h","container":{"type":"view","view_id":"V1"},"view":{"id":"V1","type":"home","hash":"h"},
"actions":[{"action_id":"pick","block_id":"b","type":"overflow","selected_option":{"text":{"type":"plain_text","text":"x"},"value":"second"}}]}`

const submitJSON = `{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"trigger_id":"9.9.v",
"view":{"id":"V2","hash":"17.x","type":"modal","callback_id":"log","private_metadata":"op-5","state":{"values":{
"count":{"n":{"type":"number_input","value":"8"}},"note":{"t":{"type":"plain_text_input","value":null}},
"kind":{"k":{"type":"static_select","selected_option":{"value":"inmail"}}},
"who":{"w":{"type":"multi_users_select","selected_users":["U2","U3"]}},
"tick":{"c":{"type":"checkboxes","selected_options":[{"value":"a"},{"value":"b"}]}},
"day":{"d":{"type":"datepicker","selected_date":"2026-11-23"}},
"at":{"d":{"type":"datetimepicker","selected_date_time":1795000000}},
"none":{"s":{"type":"static_select","selected_option":null}}}}}}`

// messageJSON is a direct message; more is put into the event.
func messageJSON(more string) string {
	return `{"type":"event_callback","team_id":"T1","event_id":"Ev1","authorizations":[{"user_id":"UBOT","is_bot":true}],` +
		`"event":{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"8","ts":"170.5"` + more + `}}`
}

// messageAt is another direct message, by another event.
func messageAt(ts string) string {
	return strings.NewReplacer("170.5", ts, "Ev1", "Ev-"+ts).Replace(messageJSON(``))
}

func TestParse(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	from := source{at: at, name: "delivery-1"}
	request := func(id, channel, text string) commands.Request {
		return commands.Request{ID: id, Workspace: "T1", User: "U1", Channel: channel, Text: text, At: at}
	}
	slash := request("c/U1//sent/1.2.abc", "C1", "5 yesterday & <x>")
	slash.Command = "/sent"
	slashJSON, err := json.Marshal(map[string]any{"team_id": "T1", "user_id": "U1", "channel_id": "C1", "command": "/sent",
		"text": "5 yesterday & <x>", "trigger_id": "1.2.abc", "response_url": "http://slack.test/hook/1", "is_enterprise_install": false})
	if err != nil {
		t.Fatal(err)
	}
	bySignature := slash
	bySignature.ID = "c/U1//sent/delivery-1"
	app := &App{}
	readMessage := func(body []byte, from source) (*inbound, error) {
		e, err := parseEvent(body)
		if err != nil {
			return nil, err
		}
		return app.readEvent(e, from)
	}

	for _, tc := range []struct {
		name string
		read func([]byte, source) (*inbound, error)
		body string
		want inbound
	}{
		{"command by HTTP", readCommandForm, commandForm("5 yesterday & <x>", "1.2.abc"),
			inbound{kind: command, request: slash, trigger: "1.2.abc", respond: "http://slack.test/hook/1"}},
		{"command by socket", readCommand, string(slashJSON),
			inbound{kind: command, request: slash, trigger: "1.2.abc", respond: "http://slack.test/hook/1"}},
		{"command without a trigger", readCommandForm, commandForm("5 yesterday & <x>", ""),
			inbound{kind: command, request: bySignature, respond: "http://slack.test/hook/1"}},
		{"press", readInteraction, pressJSON,
			inbound{kind: press, request: request("p/U1/9.9.p", "D1", ""), trigger: "9.9.p", respond: "http://slack.test/hook/2",
				press: commands.Press{Action: "plus5", Value: "op-77", In: quota.Place{Channel: "D1", TS: "170.1"}}}},
		{"press by HTTP", readInteractionForm, url.Values{"payload": {pressJSON}}.Encode(),
			inbound{kind: press, request: request("p/U1/9.9.p", "D1", ""), trigger: "9.9.p", respond: "http://slack.test/hook/2",
				press: commands.Press{Action: "plus5", Value: "op-77", In: quota.Place{Channel: "D1", TS: "170.1"}}}},
		{"press on Home", readInteraction, homePressJSON,
			inbound{kind: press, request: request("p/U1/9.9.h", "", ""), trigger: "9.9.h", press: commands.Press{Action: "pick", Value: "second"}}},
		{"press in a modal", readInteraction, `{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1"},"trigger_id":"1","view":{"id":"V3","type":"modal"},"actions":[{"action_id":"a","value":"v"}]}`,
			inbound{kind: press, request: request("p/U1/1", "", ""), trigger: "1", modal: "V3", press: commands.Press{Action: "a", Value: "v"}}},
		{"form", readInteraction, submitJSON,
			inbound{kind: form, request: request("f/U1/9.9.v", "", ""), trigger: "9.9.v", form: commands.Form{Callback: "log", Private: "op-5",
				Values: map[string][]string{"count": {"8"}, "note": nil, "kind": {"inmail"}, "who": {"U2", "U3"}, "tick": {"a", "b"},
					"day": {"2026-11-23"}, "at": {"1795000000"}, "none": nil}}}},
		{"form without a trigger", readInteraction, `{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V2","hash":"17.x"}}`,
			inbound{kind: form, request: request("f/U1/V2/17.x", "", ""), form: commands.Form{Values: map[string][]string{}}}},
		{"shortcut", readInteraction, `{"type":"shortcut","callback_id":"log","team":{"id":"T1"},"user":{"id":"U1"},"trigger_id":"3"}`,
			inbound{kind: shortcut, request: request("s/U1/3", "", "log"), trigger: "3"}},
		{"message", readMessage, messageJSON(``), inbound{kind: message, request: request("m/D1/170.5", "D1", "8"), event: "Ev1"}},
		{"message with a file", readMessage, messageJSON(`,"subtype":"file_share","files":[{"id":"F1"}]`), inbound{kind: message, request: request("m/D1/170.5", "D1", "8"), event: "Ev1"}},
		{"message in a thread", readMessage, messageJSON(`,"thread_ts":"170.1"`), inbound{kind: message, request: request("m/D1/170.5", "D1", "8"), event: "Ev1", thread: "170.1"}},
		{"home", readMessage, `{"type":"event_callback","team_id":"T1","event_id":"Ev2","event":{"type":"app_home_opened","user":"U1","channel":"D1","tab":"home"}}`,
			inbound{kind: home, request: request("e/Ev2", "", "")}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in, err := tc.read([]byte(tc.body), from)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(*in, tc.want) {
				t.Errorf("got  %+v\nwant %+v", *in, tc.want)
			}
		})
	}

	for name, body := range map[string]string{
		"an edit":             messageJSON(`,"subtype":"message_changed"`),
		"a file only":         strings.Replace(messageJSON(`,"subtype":"file_share"`), `"text":"8"`, `"text":" "`, 1),
		"a broadcast":         messageJSON(`,"subtype":"thread_broadcast"`),
		"a bot":               messageJSON(`,"bot_id":"B1"`),
		"the bot itself":      strings.Replace(messageJSON(``), `"user":"U1"`, `"user":"UBOT"`, 1),
		"Slackbot":            strings.Replace(messageJSON(``), `"user":"U1"`, `"user":"USLACKBOT"`, 1),
		"nobody":              strings.Replace(messageJSON(``), `"user":"U1",`, ``, 1),
		"no time":             strings.Replace(messageJSON(``), `"ts":"170.5"`, `"x":1`, 1),
		"a channel":           strings.Replace(messageJSON(``), `"im"`, `"channel"`, 1),
		"the messages tab":    `{"type":"event_callback","team_id":"T1","event":{"type":"app_home_opened","user":"U1","tab":"messages"}}`,
		"a message shortcut":  `{"type":"message_action","team":{"id":"T1"},"user":{"id":"U1"}}`,
		"a closed view":       `{"type":"view_closed","team":{"id":"T1"},"user":{"id":"U1"}}`,
		"a revoked user only": `{"type":"event_callback","team_id":"T1","event":{"type":"tokens_revoked","tokens":{"oauth":["U1"]}}}`,
	} {
		read := readMessage
		if !strings.Contains(body, "event_callback") {
			read = readInteraction
		}
		if in, err := read([]byte(body), from); !errors.Is(err, errNothing) {
			t.Errorf("%s: got %+v, %v", name, in, err)
		}
	}
	if err := app.health.token; err != nil {
		t.Errorf("a person's revoked token says: %v", err)
	}
}

// FuzzPayload feeds the readers of both transports with anything: they never panic, and what they let
// through can be answered.
func FuzzPayload(f *testing.F) {
	for _, seed := range []string{pressJSON, homePressJSON, submitJSON, messageJSON(``), commandForm("8", "1"), "payload=" + url.QueryEscape(pressJSON),
		`{"team_id":"T","user_id":"U","command":"/x"}`, "team_id=T&user_id=U&command=%2Fx&text=%FF", "a=b;c=d&&=", `{"type":"event_callback","event":{"type":"user_change","user":{"id":"U1"}}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		app, err := New(Config{BotToken: "x", SigningSecret: "x", Answer: &fakeBot{}, Now: func() time.Time { return time.Time{} }})
		if err != nil {
			t.Fatal(err)
		}
		readEvent := func(body []byte, from source) (*inbound, error) {
			e, err := parseEvent(body)
			if err != nil {
				return nil, err
			}
			return app.readEvent(e, from)
		}
		for i, read := range []func([]byte, source) (*inbound, error){readCommandForm, readCommand, readInteractionForm, readInteraction, readEvent} {
			in, err := read([]byte(body), source{name: "once"})
			if err != nil {
				if in != nil || !utf8.ValidString(fmt.Sprintf("%q", err)) {
					t.Fatalf("reader %d: %+v beside %v", i, in, err)
				}
				continue
			}
			r := in.request
			if in.kind == "" || r.User == "" || r.Workspace == "" || len(r.ID) < 4 || r.ID[1] != '/' || strings.HasSuffix(r.ID, "/") && r.ID == "c/"+r.User+"/" {
				t.Fatalf("reader %d let %+v through", i, in)
			}
			for _, s := range []string{r.ID, r.User, r.Workspace, r.Channel, r.Command, r.Text, in.press.Value, in.form.Private} {
				if !utf8.ValidString(s) {
					t.Fatalf("reader %d: %q is no text", i, s)
				}
			}
		}
		// The form is read as net/url reads it, except for what is refused.
		if got, err := parseForm(body); err == nil {
			if want, err := url.ParseQuery(body); err == nil && got.User != strings.ToValidUTF8(want.Get("user_id"), "\uFFFD") {
				t.Fatalf("user_id is %q, net/url reads %q", got.User, want.Get("user_id"))
			}
		}
	})
}
