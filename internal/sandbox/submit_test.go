package sandbox

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

func label(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("plain_text", text, false, false)
}

// form is a modal with one field.
func form() slack.ModalViewRequest {
	return slack.ModalViewRequest{Type: slack.VTModal, Title: label("Log"), Submit: label("Log"), CallbackID: "form", PrivateMetadata: "op7", NotifyOnClose: true,
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock("count", label("How many?"), nil, &slack.NumberInputBlockElement{Type: slack.METNumber, ActionID: "n", MinValue: "1", MaxValue: "500", InitialValue: "3"}),
		}}}
}

// every is a modal with an element of each kind, in JSON.
func every() object {
	input := func(id, element string, optional bool) any {
		v, _ := decode([]byte(`{"type":"input","block_id":"` + id + `","label":{"type":"plain_text","text":"x"},"element":` + element + `}`))
		if optional {
			v.(object)["optional"] = true
		}
		return v
	}
	options := `"options":[{"text":{"type":"plain_text","text":"Sent"},"value":"sent"},{"text":{"type":"plain_text","text":"Note"},"value":"note"}]`
	return object{"type": "modal", "title": object{"type": "plain_text", "text": "All"}, "submit": object{"type": "plain_text", "text": "Go"}, "blocks": []any{
		input("text", `{"type":"plain_text_input","action_id":"a1","min_length":2,"max_length":5}`, false),
		input("number", `{"type":"number_input","action_id":"a2","is_decimal_allowed":false,"min_value":"1","max_value":"9"}`, true),
		input("mail", `{"type":"email_text_input","action_id":"a3"}`, true),
		input("link", `{"type":"url_text_input","action_id":"a4"}`, true),
		input("kind", `{"type":"static_select","action_id":"a5",`+options+`,"initial_option":{"text":{"type":"plain_text","text":"Sent"},"value":"sent"}}`, false),
		input("kinds", `{"type":"multi_static_select","action_id":"a6","max_selected_items":1,`+options+`}`, true),
		input("who", `{"type":"users_select","action_id":"a7"}`, true),
		input("team", `{"type":"multi_users_select","action_id":"a8"}`, true),
		input("where", `{"type":"conversations_select","action_id":"a9"}`, true),
		input("day", `{"type":"datepicker","action_id":"a10"}`, true),
		input("hour", `{"type":"timepicker","action_id":"a11"}`, true),
		input("boxes", `{"type":"checkboxes","action_id":"a12",`+options+`}`, true),
		input("radio", `{"type":"radio_buttons","action_id":"a13",`+options+`}`, true),
	}}
}

// withModal opens a modal for ana and answers what she does in it.
func withModal(t *testing.T, view any, act func(l *lab, c slack.InteractionCallback, raw string) any, test func(l *lab)) {
	t.Helper()
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{
			command: func(c slack.SlashCommand) any {
				_, out := l.raw("views.open", "xoxb-secret-bot", "application/json", string(jsonBytes(object{"trigger_id": c.TriggerID, "view": view})))
				if out["ok"] != true {
					l.Error(out)
				}
				return nil
			},
			act: func(c slack.InteractionCallback) any { return act(l, c, l.lastPayload()) },
		})
		out := l.must("command", object{"user": "ana", "text": "/paceline"})
		if out["modal"] == nil {
			l.Fatal("no modal")
		}
		test(l)
	})
}

// lastPayload is what the last interaction carried, as it was written down.
func (l *lab) lastPayload() string {
	l.slack.mu.Lock()
	defer l.slack.mu.Unlock()
	for _, p := range l.slack.parcels {
		return string(jsonBytes(p.errand.payload))
	}
	return ""
}

func TestSubmitCarriesTheState(t *testing.T) {
	var raw string
	withModal(t, every(), func(_ *lab, _ slack.InteractionCallback, payload string) any { raw = payload; return nil }, func(l *lab) {
		began := time.Now()
		out := l.must("submit", object{"user": "ana", "values": object{
			"text": "abc", "a2": 7, "mail": "a@b.example", "link": "https://x.example", "kinds": []string{"Note"}, "who": "ben", "team": []string{"ana", "@mia"},
			"where": "#outreach", "day": "2026-11-24", "hour": "14:00", "boxes": []string{"note"}, "radio": object{"a13": "note"},
		}})
		l.want([]any{out["replies"], out["modal"], out["errors"], time.Since(began)}, []any{[]any{}, nil, object{}, 0})
		var got struct {
			Type string
			Hash string
			View struct {
				ID    string
				Hash  string
				State struct{ Values map[string]map[string]any }
			}
		}
		if err := json.Unmarshal([]byte(raw), &got); err != nil {
			l.Fatal(err)
		}
		note := object{"text": object{"type": "plain_text", "text": "Note"}, "value": "note"}
		sent := object{"text": object{"type": "plain_text", "text": "Sent"}, "value": "sent"}
		l.want(got.View.State.Values, map[string]map[string]any{
			"text":   {"a1": object{"type": "plain_text_input", "value": "abc"}},
			"number": {"a2": object{"type": "number_input", "value": "7"}},
			"mail":   {"a3": object{"type": "email_text_input", "value": "a@b.example"}},
			"link":   {"a4": object{"type": "url_text_input", "value": "https://x.example"}},
			"kind":   {"a5": object{"type": "static_select", "selected_option": sent}},
			"kinds":  {"a6": object{"type": "multi_static_select", "selected_options": []any{note}}},
			"who":    {"a7": object{"type": "users_select", "selected_user": "UBEN000001"}},
			"team":   {"a8": object{"type": "multi_users_select", "selected_users": []any{"UANA000001", "UMIA000001"}}},
			"where":  {"a9": object{"type": "conversations_select", "selected_conversation": OutreachID}},
			"day":    {"a10": object{"type": "datepicker", "selected_date": "2026-11-24"}},
			"hour":   {"a11": object{"type": "timepicker", "selected_time": "14:00"}},
			"boxes":  {"a12": object{"type": "checkboxes", "selected_options": []any{note}}},
			"radio":  {"a13": object{"type": "radio_buttons", "selected_option": note}},
		})
		if got.Type != "view_submission" || got.View.ID == "" || got.View.Hash == "" || got.Hash != got.View.Hash {
			l.Errorf("%+v", got)
		}
	})
}

// What Slack's client would not let through never reaches the bot.
func TestSubmitRefusesWhatTheClientRefuses(t *testing.T) {
	withModal(t, every(), func(l *lab, _ slack.InteractionCallback, _ string) any { l.Error("it was sent"); return nil }, func(l *lab) {
		for _, c := range []struct {
			values object
			want   map[string]string
		}{
			{object{}, map[string]string{"text": "Please complete this required field."}},
			{object{"text": ""}, map[string]string{"text": "Please complete this required field."}},
			{object{"text": "a"}, map[string]string{"text": "Please enter at least 2 characters."}},
			{object{"text": "abcdef"}, map[string]string{"text": "Please enter at most 5 characters."}},
			{object{"text": "abc", "kind": nil}, map[string]string{"kind": "Please complete this required field."}},
			{object{"text": "abc", "number": "three"}, map[string]string{"number": "Please enter a valid number."}},
			{object{"text": "abc", "number": "1.5"}, map[string]string{"number": "Please enter a whole number."}},
			{object{"text": "abc", "number": 0}, map[string]string{"number": "Please enter a number of at least 1."}},
			{object{"text": "abc", "number": 10}, map[string]string{"number": "Please enter a number of at most 9."}},
			{object{"text": "abc", "mail": "nobody"}, map[string]string{"mail": "Please enter a valid email address."}},
			{object{"text": "abc", "link": "nowhere"}, map[string]string{"link": "Please enter a valid URL."}},
			{object{"text": "abc", "day": "24.11."}, map[string]string{"day": "Please enter a valid date, such as 2026-11-24."}},
			{object{"text": "abc", "hour": "2 pm"}, map[string]string{"hour": "Please enter a valid time, such as 14:00."}},
			{object{"text": "abc", "kinds": []string{"sent", "note"}}, map[string]string{"kinds": "Choose at most 1."}},
		} {
			out := l.must("submit", object{"user": "ana", "values": c.values})
			l.want(out["errors"], c.want)
			if out["modal"] == nil {
				l.Errorf("%v closed the modal", c.values)
			}
			// Start over: what was filled in stays in the form, as it does in the client.
			l.slack.mu.Lock()
			stack := l.slack.modals["UANA000001"]
			stack[len(stack)-1].values = nil
			l.slack.mu.Unlock()
		}
		for in, want := range map[*object]string{
			{"colour": "red"}: "text, number",
			{"kind": "never"}: "sent, note",
			{"who": "zoe"}:    "nobody",
			{"where": "moon"}: "outreach",
		} {
			status, out := l.post("submit", object{"user": "ana", "values": *in})
			if status != 400 || !strings.Contains(out["error"].(string), want) {
				l.Errorf("%v: %d %v", *in, status, out)
			}
		}
		status, out := l.post("submit", object{"user": "ben", "values": object{}})
		l.want([]any{status, out["error"]}, []any{404, "ben has no modal open"})
	})
}

func TestResponseActions(t *testing.T) {
	titled := func(title string) slack.ModalViewRequest { v := form(); v.Title = label(title); return v }
	title := func(out map[string]any) any {
		modal, ok := out["modal"].(map[string]any)
		if !ok {
			return nil
		}
		return modal["title"].(map[string]any)["text"]
	}
	for _, c := range []struct {
		name   string
		answer any
		title  any
		errors object
	}{
		{"nothing closes", nil, nil, object{}},
		{"clear", slack.NewClearViewSubmissionResponse(), nil, object{}},
		{"update", func() any { v := titled("Second"); return slack.NewUpdateViewSubmissionResponse(&v) }(), "Second", object{}},
		{"push", func() any { v := titled("Pushed"); return slack.NewPushViewSubmissionResponse(&v) }(), "Pushed", object{}},
		{"errors", slack.NewErrorsViewSubmissionResponse(map[string]string{"count": "Too many."}), "Log", object{"count": "Too many."}},
		{"errors elsewhere", slack.NewErrorsViewSubmissionResponse(map[string]string{"nowhere": "Too many."}), "Log", object{"view": trouble}},
		{"no such action", object{"response_action": "dance"}, "Log", object{"view": trouble}},
		{"an impossible view", func() any { v := titled(strings.Repeat("x", 25)); return slack.NewUpdateViewSubmissionResponse(&v) }(), "Log",
			object{"view": trouble + " (invalid_arguments; must be less than 25 characters [json-pointer:/view/title/text])"}},
		{"no acknowledgement", noAck, "Log", object{"view": trouble}},
	} {
		t.Run(c.name, func(t *testing.T) {
			withModal(t, form(), func(l *lab, i slack.InteractionCallback, _ string) any {
				if i.Type == slack.InteractionTypeViewSubmission {
					l.want([]any{i.View.PrivateMetadata, i.View.CallbackID, i.View.State.Values["count"]["n"].Value}, []any{"op7", "form", "3"})
				}
				return c.answer
			}, func(l *lab) {
				out := l.must("submit", object{"user": "ana"})
				l.want([]any{title(out), out["errors"]}, []any{c.title, c.errors})
				if c.name == "push" {
					l.want(title(l.must("close", object{"user": "ana"})), "Log")
				}
			})
		})
	}
}

// A form that closes without a word is over at once; one acknowledged late waits for its answer.
func TestSubmitWaitsForALateAnswer(t *testing.T) {
	withModal(t, form(), func(l *lab, _ slack.InteractionCallback, _ string) any {
		time.Sleep(2200 * time.Millisecond)
		go func() { time.Sleep(5 * time.Second); l.api.PostEphemeral(OutreachID, "UANA000001", text1("Logged 3.")) }()
		return nil
	}, func(l *lab) {
		l.want(texts(l.must("submit", object{"user": "ana"})), "Logged 3.")
	})
}

func TestModalStackAndClose(t *testing.T) {
	var closed []string
	withModal(t, form(), func(l *lab, c slack.InteractionCallback, _ string) any {
		if c.Type == slack.InteractionTypeViewClosed {
			closed = append(closed, c.View.Title.Text)
		}
		return nil
	}, func(l *lab) {
		push := func(title string) string {
			l.slack.mu.Lock()
			trigger := l.slack.trigger("UANA000001", nil)
			l.slack.mu.Unlock()
			v := form()
			v.Title = label(title)
			if _, err := l.api.PushView(trigger, v); err != nil {
				return err.Error()
			}
			return ""
		}
		l.want([]string{push("Two"), push("Three"), push("Four")}, []string{"", "", "push_limit_reached"})
		_, open := l.get("modal?user=ana")
		view := open.(map[string]any)
		id, hash := view["id"].(string), view["hash"].(string)
		if view["previous_view_id"] == nil || view["root_view_id"] == id {
			l.Errorf("%v", view)
		}
		changed := form()
		changed.Title = label("Three, changed")
		_, err := l.api.UpdateView(changed, "", "stale", id)
		l.want(err.Error(), "hash_conflict")
		_, err = l.api.UpdateView(changed, "", hash, id)
		l.want(err, nil)
		_, err = l.api.UpdateView(changed, "", "", "V404")
		l.want(err.Error(), "not_found")
		for range 3 {
			l.must("close", object{"user": "ana"})
		}
		l.want(closed, []string{"Three, changed", "Two", "Log"})
		_, open = l.get("modal?user=ana")
		l.want(open, nil)
		status, _ := l.post("close", object{"user": "ana"})
		l.want(status, 404)
		l.want(push("Alone"), "not_found")
	})
}
