package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// raw calls a method with a JSON body and a token of one's own.
func (l *lab) raw(method, token, media, body string) (*http.Response, map[string]any) {
	l.Helper()
	req, _ := http.NewRequest(http.MethodPost, "http://slack.test/api/"+method, strings.NewReader(body))
	if media != "" {
		req.Header.Set("Content-Type", media)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := l.client.Do(req)
	if err != nil {
		l.Fatal(err)
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	out := map[string]any{}
	if err := json.Unmarshal(text, &out); err != nil {
		l.Fatalf("%s: %q", method, text)
	}
	return res, out
}

func TestAuthentication(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		for _, c := range []struct{ method, token, want string }{
			{"auth.test", "", "not_authed"},
			{"auth.test", "xoxb-wrong", "invalid_auth"},
			{"auth.test", "xapp-secret-app", "not_allowed_token_type"},
			{"apps.connections.open", "xoxb-secret-bot", "not_allowed_token_type"},
			{"chat.shout", "xoxb-secret-bot", "unknown_method"},
			{"auth.test", "xoxb-secret-bot", ""},
		} {
			res, out := l.raw(c.method, c.token, "application/json", "{}")
			got, _ := out["error"].(string)
			if res.StatusCode != 200 || got != c.want || out["ok"] != (c.want == "") {
				l.Errorf("%s with %q: %d %v, want %q", c.method, c.token, res.StatusCode, out, c.want)
			}
		}
		who, err := l.api.AuthTest()
		if err != nil {
			l.Fatal(err)
		}
		l.want([]string{who.UserID, who.BotID, who.TeamID, who.Header.Get("X-OAuth-Scopes")}, []string{BotUser, BotID, TeamID, strings.Join(allScopes, ",")})
	})
	bubble(t, func(c *Config) { c.Scopes = []string{"chat:write"} }, func(l *lab) {
		_, err := l.api.GetUserInfo("UANA000001")
		var no slack.SlackErrorResponse
		if !errors.As(err, &no) || no.Err != "missing_scope" || no.Needed != "users:read" {
			l.Errorf("%+v", err)
		}
		_, err = l.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: OutreachID})
		l.want(err.Error(), "missing_scope")
	})
}

func TestBodies(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		form := url.Values{"token": {"xoxb-secret-bot"}, "channel": {OutreachID}, "text": {"by form"}}.Encode()
		for _, c := range []struct{ token, media, body, want string }{
			{"xoxb-secret-bot", "application/json; charset=utf-8", `{"channel":"` + OutreachID + `","text":"by JSON"}`, ""},
			{"", "application/x-www-form-urlencoded", form, ""},
			{"", "application/json", `{"token":"xoxb-secret-bot","channel":"outreach","text":"by name"}`, ""},
			{"xoxb-secret-bot", "application/json", `{"channel":`, "invalid_json"},
			{"xoxb-secret-bot", "application/json", `[]`, "invalid_json"},
			{"xoxb-secret-bot", "text/csv", `a,b`, "invalid_post_type"},
			{"xoxb-secret-bot", "", `a`, "missing_post_type"},
			{"xoxb-secret-bot", "application/x-www-form-urlencoded", `%zz`, "invalid_form_data"},
			{"xoxb-secret-bot", "application/json", `"` + strings.Repeat("x", bodyLimit) + `"`, "request_timeout"},
		} {
			_, out := l.raw("chat.postMessage", c.token, c.media, c.body)
			if got, _ := out["error"].(string); got != c.want {
				l.Errorf("%.60q: %v, want %q", c.body, out, c.want)
			}
		}
	})
}

func TestPeopleAndPlaces(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		zones := map[string]bool{}
		for _, p := range People {
			u, err := l.api.GetUserInfo(p.ID)
			if err != nil {
				l.Fatal(err)
			}
			zone, err := time.LoadLocation(u.TZ)
			if err != nil {
				l.Fatal(err)
			}
			_, offset := monday.In(zone).Zone()
			l.want([]any{u.Name, u.TZOffset, u.IsAdmin, u.Profile.DisplayName}, []any{p.Name, offset, p.Name == "ola", p.Name})
			zones[u.TZ] = true
		}
		if len(zones) < 4 {
			l.Errorf("only %d zones", len(zones))
		}
		_, err := l.api.GetUserInfo("UNOBODY")
		l.want(err.Error(), "user_not_found")
		bot, err := l.api.GetUserInfo(BotUser)
		l.want([]any{bot.IsBot, err}, []any{true, nil})
		all, err := l.api.GetUsers()
		l.want([]any{len(all), err}, []any{6, nil})
		dm, _, _, err := l.api.OpenConversation(&slack.OpenConversationParameters{Users: []string{"UBEN000001"}})
		if err != nil || dm.ID != "DBEN000001" {
			l.Errorf("%v %v", dm, err)
		}
		info, err := l.api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: GeneralID})
		l.want([]any{info.Name, info.IsMember, err}, []any{"general", false, nil})
		members, next, err := l.api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: OutreachID, Limit: 4})
		l.want([]any{len(members), next, err}, []any{4, "next:4", nil})
		members, next, err = l.api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: OutreachID, Limit: 4, Cursor: next})
		l.want([]any{len(members), next, err}, []any{2, "", nil})
		_, _, err = l.api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: OutreachID, Cursor: "xyz"})
		l.want(err.Error(), "invalid_cursor")
		list, _, err := l.api.GetConversations(&slack.GetConversationsParameters{Types: []string{"public_channel"}})
		l.want([]any{len(list), err}, []any{2, nil})
		status, err := l.api.GetDNDInfo(&People[0].ID)
		l.want([]any{status.Enabled, err}, []any{false, nil})
	})
}

func text1(s string) slack.MsgOption { return slack.MsgOptionText(s, false) }

func TestPostingIsRefused(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		section := slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", strings.Repeat("x", 3001), false, false), nil, nil)
		post := func(channel string, o ...slack.MsgOption) string {
			_, _, err := l.api.PostMessage(channel, o...)
			if err == nil {
				return ""
			}
			return err.Error()
		}
		l.want(post(GeneralID, text1("x")), "not_in_channel")
		l.want(post("C404", text1("x")), "channel_not_found")
		l.want(post(OutreachID), "no_text")
		l.want(post(OutreachID, slack.MsgOptionBlocks()), "no_text")
		l.want(post(OutreachID, slack.MsgOptionBlocks(section)), "invalid_blocks")
		l.want(post(OutreachID, text1("x"), slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "", EventPayload: map[string]any{}})), "invalid_metadata_format")
		_, out := l.raw("chat.postMessage", "xoxb-secret-bot", "application/json", `{"channel":"COUTREACH1","blocks":"nonsense"}`)
		l.want(out["error"], "invalid_blocks_format")
		_, out = l.raw("chat.postMessage", "xoxb-secret-bot", "application/json", `{"channel":"COUTREACH1","blocks":[{"type":"divider","x":1}]}`)
		l.want(out, object{"ok": false, "error": "invalid_blocks", "errors": []string{"invalid additional property: x [json-pointer:/blocks/0]"},
			"response_metadata": object{"messages": []string{"[ERROR] invalid additional property: x [json-pointer:/blocks/0]"}}})
		_, seen := l.get("messages?channel=outreach")
		l.want(seen, []any{})
		l.want(post(OutreachID, text1(strings.Repeat("ä", 40_001))), "") // cut, not refused
		_, seen = l.get("messages?channel=outreach")
		l.want(len(seen.([]any)[0].(map[string]any)["text"].(string)), 80_000)
	})
}

func TestMessagesAreUpdatedAndDeleted(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{})
		meta := slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "digest", EventPayload: map[string]any{"name": "digest/T1/2026-11-23"}})
		block := slack.MsgOptionBlocks(slack.NewDividerBlock())
		channel, ts, err := l.api.PostMessage("UANA000001", text1("one"), block, meta)
		l.want([]any{channel, ts, err}, []any{"DANA000001", "1795424400.000000", nil})
		message := func() map[string]any {
			_, all := l.get("messages?dm=ana")
			return all.([]any)[0].(map[string]any)
		}
		l.want(message()["blocks"], []any{object{"type": "divider", "block_id": message()["blocks"].([]any)[0].(map[string]any)["block_id"]}})
		update := func(o ...slack.MsgOption) string {
			_, _, _, err := l.api.UpdateMessage(channel, ts, o...)
			if err != nil {
				return err.Error()
			}
			return ""
		}
		l.want(update(text1("two")), "")
		l.want([]any{message()["text"], message()["blocks"], message()["metadata"].(map[string]any)["event_type"]}, []any{"two", []any{}, "digest"})
		l.want(update(block), "")
		l.want([]any{message()["text"], len(message()["blocks"].([]any))}, []any{"two", 1})
		l.want(update(), "no_text")
		_, _, _, err = l.api.UpdateMessage("UANA000001", ts, text1("x"))
		l.want(err.Error(), "channel_not_found") // a person's id will not do
		_, _, _, err = l.api.UpdateMessage(channel, "1.000000", text1("x"))
		l.want(err.Error(), "message_not_found")
		l.post("message", object{"user": "ana", "text": "hi"})
		_, all := l.get("messages?dm=ana")
		hers := all.([]any)[1].(map[string]any)["ts"].(string)
		_, _, _, err = l.api.UpdateMessage(channel, hers, text1("x"))
		l.want(err.Error(), "cant_update_message")
		_, _, err = l.api.DeleteMessage(channel, hers)
		l.want(err.Error(), "cant_delete_message")
		_, _, err = l.api.DeleteMessage(channel, ts)
		l.want(err, nil)
		_, _, err = l.api.DeleteMessage(channel, ts)
		l.want(err.Error(), "message_not_found")
	})
}

func TestEphemeral(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		ts, err := l.api.PostEphemeral(OutreachID, "UANA000001", text1("psst"))
		if err != nil {
			l.Fatal(err)
		}
		_, _, _, err = l.api.UpdateMessage(OutreachID, ts, text1("x"))
		l.want(err.Error(), "message_not_found")
		_, err = l.api.PostEphemeral(OutreachID, "UNOBODY", text1("psst"))
		l.want(err.Error(), "user_not_found")
		_, err = l.api.PostEphemeral("DBEN000001", "UANA000001", text1("psst"))
		l.want(err.Error(), "user_not_in_channel")
		for as, want := range map[string]int{"": 0, "ben": 0, "ana": 1} {
			_, all := l.get("messages?channel=outreach&as=" + as)
			l.want(len(all.([]any)), want)
		}
		h, err := l.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: OutreachID})
		l.want([]any{len(h.Messages), err}, []any{0, nil})
	})
}

func TestHistory(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		var all []string
		for i := range 5 {
			_, ts, err := l.api.PostMessage(OutreachID, text1("x"), slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "digest", EventPayload: map[string]any{"n": i}}))
			if err != nil {
				l.Fatal(err)
			}
			all = append(all, ts)
		}
		history := func(p slack.GetConversationHistoryParameters) []string {
			p.ChannelID = OutreachID
			h, err := l.api.GetConversationHistory(&p)
			if err != nil {
				l.Fatal(err)
			}
			var got []string
			for _, m := range h.Messages {
				got = append(got, m.Timestamp)
				if (m.Metadata.EventType == "digest") != p.IncludeAllMetadata {
					l.Errorf("metadata %v with include_all_metadata %v", m.Metadata, p.IncludeAllMetadata)
				}
			}
			return got
		}
		l.want(history(slack.GetConversationHistoryParameters{}), []string{all[4], all[3], all[2], all[1], all[0]})
		l.want(history(slack.GetConversationHistoryParameters{Oldest: all[1], Latest: all[3], IncludeAllMetadata: true}), []string{all[2]})
		l.want(history(slack.GetConversationHistoryParameters{Oldest: all[1], Latest: all[3], Inclusive: true}), []string{all[3], all[2], all[1]})
		l.want(history(slack.GetConversationHistoryParameters{Limit: 2, Cursor: "next:2"}), []string{all[2], all[1]})
		_, err := l.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: GeneralID})
		l.want(err.Error(), "not_in_channel")
	})
}

func TestResponseURL(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		var address string
		l.connect(&bot{command: func(c slack.SlashCommand) any { address = c.ResponseURL; return say("ack") }})
		answer := func(body string) string {
			res, err := l.client.Post(address, "application/json", strings.NewReader(body))
			if err != nil {
				l.Fatal(err)
			}
			defer res.Body.Close()
			text, _ := io.ReadAll(res.Body)
			out := struct{ Error string }{}
			json.Unmarshal(text, &out)
			if out.Error == "" {
				out.Error = string(text)
			}
			return res.Status + " " + out.Error
		}
		seen := func(as string) string {
			_, all := l.get("messages?channel=outreach&as=" + as)
			var texts []string
			for _, m := range all.([]any) {
				texts = append(texts, m.(map[string]any)["text"].(string))
			}
			return strings.Join(texts, ", ")
		}
		l.must("command", object{"user": "ana", "text": "/sent", "channel": "general"}) // the bot is not in it
		l.must("command", object{"user": "ana", "text": "/sent"})
		l.want(answer(`{"text":""}`), "400 Bad Request no_text")
		l.want(answer(`{"text":"x","blocks":[{"type":"nope"}]}`), "400 Bad Request invalid_blocks")
		l.want(answer(`{"text":"one","metadata":{"event_type":"","event_payload":null},"blocks":null}`), "200 OK ok")
		l.want(answer(`{"text":"two","replace_original":true}`), "200 OK ok")
		l.want([]string{seen("ana"), seen("ben")}, []string{"ack, two", ""})
		l.want(answer(`{"text":"three","response_type":"in_channel"}`), "200 OK ok")
		l.want([]string{seen("ana"), seen("ben")}, []string{"ack, two, three", "three"})
		l.want(answer(`{"delete_original":true}`), "200 OK ok")
		l.want(answer(`{"text":"five"}`), "200 OK ok")
		l.want(answer(`{"text":"six"}`), "404 Not Found used_url")
		l.want(seen("ana"), "ack, two, five")

		l.must("command", object{"user": "ana", "text": "/sent"})
		l.must("advance", object{"by": "29m59s"})
		l.want(answer(`{"text":"in time"}`), "200 OK ok")
		l.must("advance", object{"by": "1s"})
		l.want(answer(`{"text":"late"}`), "404 Not Found expired_url")
	})
}

// What has no id gets one, and what is pressed carries it.
func TestIdsOfSlacksOwnMaking(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		given := `{"channel":"outreach","blocks":[{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"+1"}},{"type":"button","action_id":"mine","text":{"type":"plain_text","text":"+5"}}]},{"type":"section","block_id":"kept","text":{"type":"mrkdwn","text":"x"},"accessory":{"type":"overflow","options":[{"text":{"type":"plain_text","text":"a"},"value":"a"}]}}]}`
		if _, out := l.raw("chat.postMessage", "xoxb-secret-bot", "application/json", given); out["ok"] != true {
			l.Fatal(out)
		}
		_, all := l.get("messages?channel=outreach")
		blocks := all.([]any)[0].(map[string]any)["blocks"].([]any)
		first, second := blocks[0].(map[string]any), blocks[1].(map[string]any)
		ids := []string{stringOf(first, "block_id"), stringOf(second, "block_id")}
		for _, e := range append(listOf(first, "elements"), second["accessory"]) {
			ids = append(ids, stringOf(e.(map[string]any), "action_id"))
		}
		if ids[0] == "" || ids[1] != "kept" || ids[2] == "" || ids[3] != "mine" || ids[4] == "" || ids[2] == ids[4] {
			l.Errorf("%q", ids)
		}
	})
}
