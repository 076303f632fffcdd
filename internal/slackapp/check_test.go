package slackapp

import (
	"net/http"
	"testing"
	"testing/synctest"
)

// Reach tells in Slack's words why a channel cannot be written to, and claims nothing that it does not know.
func TestReach(t *testing.T) {
	channel := func(json string) func(http.ResponseWriter, call) {
		return func(w http.ResponseWriter, _ call) {
			_, _ = w.Write([]byte(`{"ok":true,"channel":{"id":"C1"` + json + `}}`))
		}
	}
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter, call)
		want   string
		fails  bool
	}{
		"in it":    {answer: channel(`,"is_member":true`)},
		"outside":  {answer: channel(``), want: "not_in_channel"},
		"archived": {answer: channel(`,"is_archived":true`), want: "is_archived"},
		"unseen":   {answer: refuse("channel_not_found"), want: "channel_not_found"},
		"no scope": {answer: refuse("missing_scope")},
		"down":     {answer: status(503, ""), fails: true},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newStage(t, nil)
			s.slack.set("conversations.info", c.answer)
			if reason, err := s.app.Reach(t.Context(), "T1", "C1"); reason != c.want || (err != nil) != c.fails {
				t.Errorf("%s: %q, %v", name, reason, err)
			}
			s.log.all.Reset()
		})
	}
}
