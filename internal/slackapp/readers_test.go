package slackapp

import (
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/paceline/paceline/internal/quota"
)

// Who reads a channel is known, not known, or to be asked again.
func TestReaders(t *testing.T) {
	channel := func(fields string) func(http.ResponseWriter, call) {
		return body(`{"ok":true,"channel":{"id":"C1","is_member":true` + fields + `}}`)
	}
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter, call)
		want   quota.Readers
		class  string
	}{
		"our own":            {channel(""), quota.OwnReaders, "done"},
		"shared":             {channel(`,"is_ext_shared":true`), quota.SharedReaders, "done"},
		"shared soon":        {channel(`,"is_pending_ext_shared":true`), quota.SharedReaders, "done"},
		"no scope":           {body(`{"ok":false,"error":"missing_scope","needed":"channels:read"}`), quota.UnknownReaders, "done"},
		"private, unseen":    {refuse("channel_not_found"), quota.UnknownReaders, "done"},
		"patience":           {status(429, "600"), quota.UnknownReaders, "busy 10m0s"},
		"a trouble of Slack": {status(500, ""), quota.UnknownReaders, "doubtful"},
		"a dead token":       {refuse("token_revoked"), quota.UnknownReaders, "token_revoked"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStage(t, nil)
				s.slack.set("conversations.info", c.answer)
				got, err := s.app.Readers(t.Context(), "T1", "C1")
				if got != c.want || class(err) != c.class {
					t.Errorf("%d, %v (%s); want %d, %s", got, err, class(err), c.want, c.class)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, nil)
		_ = s.slack.Close()
		if _, err := s.app.Readers(t.Context(), "T1", "C1"); class(err) != "busy 10s" {
			t.Errorf("nobody answers the phone: %v", err)
		}
	})
}
