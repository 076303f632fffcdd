package sandbox

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// row is a row of buttons in JSON, as an ack or a response_url carries it.
func row(buttons ...string) []any {
	var all []any
	for _, b := range buttons {
		action, value, _ := strings.Cut(b, "=")
		all = append(all, object{"type": "button", "action_id": action, "value": value, "text": object{"type": "plain_text", "text": action}})
	}
	return []any{object{"type": "actions", "elements": all}}
}

func respond(l *lab, address string, body object) {
	body["response_type"] = "ephemeral"
	res, err := l.client.Post(address, "application/json", strings.NewReader(string(jsonBytes(body))))
	if err != nil {
		l.Error(err)
		return
	}
	res.Body.Close()
}

func TestPressInAnEphemeralAnswer(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		var got slack.InteractionCallback
		l.connect(&bot{
			command: func(slack.SlashCommand) any {
				return object{"text": "Logged 3.", "blocks": row("undo=op1", "more=op2")}
			},
			act: func(c slack.InteractionCallback) any {
				got = c
				respond(l, c.ResponseURL, object{"text": "Undid 3.", "replace_original": true})
				return nil
			},
		})
		l.must("command", object{"user": "ana", "text": "/sent 3"})
		if status, _ := l.post("press", object{"user": "ben", "action_id": "undo"}); status != 404 {
			l.Errorf("ben pressed a button only ana sees: %d", status)
		}
		out := l.must("press", object{"user": "ana", "action_id": "undo"})
		l.want(texts(out), "Undid 3.")
		action := got.ActionCallback.BlockActions[0]
		l.want([]any{got.Type, got.User.ID, got.Channel.ID, got.Container.Type, got.Container.IsEphemeral, got.Message.Timestamp, action.ActionID, action.Value, action.Text.Text},
			[]any{"block_actions", "UANA000001", OutreachID, "message", true, "", "undo", "op1", "undo"})
		if action.BlockID == "" {
			l.Error("the block got no id")
		}
		// The button went with the text it stood under, and only ana ever saw it.
		for _, who := range []string{"ana", "ben"} {
			status, out := l.post("press", object{"user": who, "action_id": "undo"})
			if status != 404 || !strings.Contains(out["error"].(string), `"undo"`) {
				l.Errorf("%s: %d %v", who, status, out)
			}
		}
		_, all := l.get("messages?channel=outreach&as=ana")
		l.want(len(all.([]any)), 1)
	})
}

func TestPressChoosesTheNewestThatFits(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		var pressed string
		l.connect(&bot{
			command: func(c slack.SlashCommand) any { return object{"text": c.Text, "blocks": row("undo=" + c.Text)} },
			act: func(c slack.InteractionCallback) any {
				pressed = c.ActionCallback.BlockActions[0].Value
				respond(l, c.ResponseURL, object{"text": "ok"})
				return nil
			},
		})
		var first string
		for _, text := range []string{"one", "two", "three"} {
			out := l.must("command", object{"user": "ana", "text": "/sent " + text})
			if first == "" {
				first = out["replies"].([]any)[0].(map[string]any)["ts"].(string)
			}
		}
		for in, want := range map[*object]string{
			{"user": "ana", "action_id": "undo"}:                        "three",
			{"user": "ana", "action_id": "undo", "value": "two"}:        "two",
			{"user": "ana", "action_id": "undo", "message_ts": first}:   "one",
			{"user": "@ANA", "action_id": "undo", "in": "message"}:      "three",
			{"user": "UANA000001", "action_id": "undo", "value": "one"}: "one",
		} {
			l.must("press", *in)
			l.want(pressed, want)
		}
		status, out := l.post("press", object{"user": "ana", "action_id": "undo", "value": "four"})
		if status != 404 || !strings.Contains(out["error"].(string), `"three"`) {
			l.Error(status, out)
		}
	})
}

func TestPressInDirectMessageEditsTheCard(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{act: func(c slack.InteractionCallback) any {
			if c.Message.Text != "card" || c.Channel.Name != "directmessage" {
				l.Errorf("%q in %q", c.Message.Text, c.Channel.Name)
			}
			l.api.UpdateMessage(c.Channel.ID, c.Message.Timestamp, text1("card, one more"))
			return nil
		}})
		l.api.PostMessage("UANA000001", text1("card"), slack.MsgOptionBlocks(slack.NewActionBlock("", slack.NewButtonBlockElement("plus", "1", slack.NewTextBlockObject("plain_text", "+1", false, false)))))
		out := l.must("press", object{"user": "ana", "action_id": "plus"})
		l.want([]any{texts(out), out["replies"].([]any)[0].(map[string]any)["via"]}, []any{"card, one more", "chat.update"})
	})
}

func homeView(text string) slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewActionBlock("row", slack.NewButtonBlockElement("plus", text, slack.NewTextBlockObject("plain_text", "+1", false, false))),
		slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", text, false, false), nil, nil),
	}}}
}

func TestHome(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		publish := func(text string) {
			if _, err := l.api.PublishView("UANA000001", homeView(text), ""); err != nil {
				l.Error(err)
			}
		}
		l.connect(&bot{
			event: func(e slackevents.EventsAPIEvent) {
				if opened, ok := e.InnerEvent.Data.(*slackevents.AppHomeOpenedEvent); ok && opened.Tab == "home" {
					publish("first")
				}
			},
			act: func(c slack.InteractionCallback) any {
				if c.View.Type != slack.VTHomeTab || c.ResponseURL != "" || c.Container.Type != "view" {
					l.Errorf("%+v", c.Container)
				}
				publish("pressed " + c.ActionCallback.BlockActions[0].Value)
				return nil
			},
		})
		_, view := l.get("home?user=ana&peek=1")
		l.want(view, nil)
		_, view = l.get("home?user=ana")
		l.want(view.(map[string]any)["blocks"].([]any)[1].(map[string]any)["text"], object{"text": "first", "type": "mrkdwn"})
		l.must("press", object{"user": "ana", "action_id": "plus", "in": "home"})
		_, view = l.get("home?user=ana&peek=1")
		l.want(view.(map[string]any)["blocks"].([]any)[1].(map[string]any)["text"], object{"text": "pressed first", "type": "mrkdwn"})
		_, err := l.api.PublishView("UANA000001", homeView("x"), "stale.hash")
		l.want(err.Error(), "hash_conflict")
		_, err = l.api.PublishView("UNOBODY", homeView("x"), "")
		l.want(err.Error(), "invalid_arguments")
	})
	bubble(t, nil, func(l *lab) { // a bot that publishes nothing
		l.connect(&bot{})
		status, out := l.get("home?user=ana")
		l.want([]any{status, out}, []any{504, object{"error": errSilent.Error()}})
	})
}

func TestPressOnMenus(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		choice := func(value string) any {
			return object{"text": object{"type": "plain_text", "text": strings.ToUpper(value)}, "value": value}
		}
		var got *slack.BlockAction
		l.connect(&bot{
			command: func(slack.SlashCommand) any {
				return object{"text": "menus", "blocks": []any{object{"type": "actions", "elements": []any{
					object{"type": "static_select", "action_id": "pick", "options": []any{choice("a"), choice("b")}},
					object{"type": "overflow", "action_id": "dots", "options": []any{choice("x"), choice("y")}},
					object{"type": "users_select", "action_id": "who"},
					object{"type": "checkboxes", "action_id": "boxes", "options": []any{choice("m"), choice("n")}},
					object{"type": "datepicker", "action_id": "day"},
				}}}}
			},
			act: func(c slack.InteractionCallback) any {
				got = c.ActionCallback.BlockActions[0]
				respond(l, c.ResponseURL, object{"text": "ok"})
				return nil
			},
		})
		l.must("command", object{"user": "ana", "text": "/paceline"})
		l.must("press", object{"user": "ana", "action_id": "pick", "value": "b"})
		l.want([]string{got.SelectedOption.Value, got.SelectedOption.Text.Text}, []string{"b", "B"})
		l.must("press", object{"user": "ana", "action_id": "dots", "value": "y"})
		l.want(got.SelectedOption.Value, "y")
		l.must("press", object{"user": "ana", "action_id": "who", "value": "ben"})
		l.want(got.SelectedUser, "UBEN000001")
		l.must("press", object{"user": "ana", "action_id": "boxes", "value": []string{"m", "n"}})
		l.want(len(got.SelectedOptions), 2)
		l.must("press", object{"user": "ana", "action_id": "day", "value": "2026-11-24"})
		l.want(got.SelectedDate, "2026-11-24")
		for in, want := range map[*object]string{
			{"user": "ana", "action_id": "pick", "value": "z"}:      "values are",
			{"user": "ana", "action_id": "dots"}:                    "x, y",
			{"user": "ana", "action_id": "who", "value": "zoe"}:     "nobody",
			{"user": "ana", "action_id": "day", "value": "tuesday"}: "valid date",
			{"user": "ana"}: "action_id",
			{"user": "ana", "action_id": "pick", "in": "the kitchen"}: "modal, home or message",
		} {
			status, out := l.post("press", *in)
			if status/100 != 4 || !strings.Contains(out["error"].(string), want) {
				l.Errorf("%v: %d %v", *in, status, out)
			}
		}
	})
}

func TestShortcut(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{act: func(c slack.InteractionCallback) any {
			if c.Type != slack.InteractionTypeShortcut || c.CallbackID != "log" {
				l.Errorf("%+v", c)
			}
			l.api.OpenView(c.TriggerID, form())
			return nil
		}})
		out := l.must("shortcut", object{"user": "ana", "callback_id": "log"})
		l.want(out["modal"].(map[string]any)["callback_id"], "form")
		status, _ := l.post("shortcut", object{"user": "ana"})
		l.want(status, 400)
	})
}

func TestTriggers(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		var trigger string
		l.connect(&bot{command: func(c slack.SlashCommand) any { trigger = c.TriggerID; return say("ok") }})
		open := func() string {
			if _, err := l.api.OpenView(trigger, form()); err != nil {
				return err.Error()
			}
			return ""
		}
		fresh := func() { l.must("command", object{"user": "ana", "text": "/sent"}) }
		fresh()
		l.want(open(), "")
		l.want(open(), "exchanged_trigger_id")
		fresh()
		l.must("advance", object{"by": "1h"}) // the real clock judges a trigger
		time.Sleep(triggerLife)
		l.want(open(), "")
		fresh()
		time.Sleep(triggerLife + time.Millisecond)
		l.want(open(), "expired_trigger_id")
		trigger = "1.2.nonsense"
		l.want(open(), "invalid_trigger_id")
		// A view that is refused uses up no trigger.
		fresh()
		bad := form()
		bad.Title.Text = strings.Repeat("x", 25)
		_, err := l.api.OpenView(trigger, bad)
		l.want(err.Error(), "invalid_arguments")
		l.want(open(), "")
	})
}
