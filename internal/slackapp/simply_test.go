package slackapp

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
)

// What Slack refuses of an answer goes out in a simpler form, by whichever way the answer goes.
func TestSimplerAnswers(t *testing.T) {
	answer := commands.Reply{
		Text:   "words",
		Blocks: []slack.Block{slack.NewMarkdownBlock("", "full")},
		Spare:  []slack.Block{slack.NewMarkdownBlock("", "spare")},
	}
	refuseHook := func(code int, text string) func(http.ResponseWriter, call) {
		return func(w http.ResponseWriter, _ call) { w.WriteHeader(code); _, _ = io.WriteString(w, text) }
	}
	no := refuseHook(400, `{"ok":false,"error":"invalid_blocks"}`)
	ok := refuseHook(200, "ok")
	form := func(c call) string {
		blocks := c.form.Get("blocks")
		if c.method == "hook" {
			blocks = ""
			if c.body["blocks"] != nil {
				blocks = c.body["blocks"].([]any)[0].(map[string]any)["text"].(string)
			}
		}
		for _, word := range []string{"full", "spare"} {
			if strings.Contains(blocks, word) {
				return word
			}
		}
		return "text"
	}
	for name, c := range map[string]struct {
		in      *inbound
		method  string
		answers []func(http.ResponseWriter, call)
		want    string
	}{
		"taken":                 {&inbound{respond: "http://slack.test/hook"}, "hook", []func(http.ResponseWriter, call){ok}, "hook full"},
		"the spare ones":        {&inbound{respond: "http://slack.test/hook"}, "hook", []func(http.ResponseWriter, call){no, ok}, "hook full, hook spare"},
		"told with 200":         {&inbound{respond: "http://slack.test/hook"}, "hook", []func(http.ResponseWriter, call){refuseHook(200, `{"ok":false,"error":"invalid_blocks"}`), ok}, "hook full, hook spare"},
		"told bare":             {&inbound{respond: "http://slack.test/hook"}, "hook", []func(http.ResponseWriter, call){refuseHook(400, "invalid_blocks"), ok}, "hook full, hook spare"},
		"the text":              {&inbound{respond: "http://slack.test/hook"}, "hook", []func(http.ResponseWriter, call){no, no, ok}, "hook full, hook spare, hook text"},
		"nothing of it":         {&inbound{respond: "http://slack.test/hook"}, "hook", []func(http.ResponseWriter, call){no, no, no}, "hook full, hook spare, hook text, chat.postMessage full"},
		"another no":            {&inbound{respond: "http://slack.test/hook"}, "hook", []func(http.ResponseWriter, call){refuseHook(404, `{"ok":false,"error":"used_url"}`)}, "hook full, chat.postMessage full"},
		"perhaps there already": {&inbound{respond: "http://slack.test/hook"}, "hook", []func(http.ResponseWriter, call){refuseHook(500, "")}, "hook full"},
		"a direct message":      {&inbound{kind: message}, "chat.postMessage", []func(http.ResponseWriter, call){refuse("invalid_blocks"), body(`{"ok":true,"channel":"D1","ts":"1.1"}`)}, "chat.postMessage full, chat.postMessage spare"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.slack.inTurn(c.method, c.answers...)
				if c.in.kind == message {
					s.app.deliverMessage(t.Context(), c.in, answer)
				} else {
					s.app.tell(t.Context(), c.in, answer)
				}
				var got []string
				for _, one := range s.slack.got() {
					got = append(got, one.method+" "+form(one))
				}
				if strings.Join(got, ", ") != c.want {
					t.Errorf("%q, want %q", got, c.want)
				}
			})
		})
	}
}
