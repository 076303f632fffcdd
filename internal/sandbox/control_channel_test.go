package sandbox

import (
	"net/http"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

// What happens to a channel shows in what the bot may do there, and a reset undoes it.
func TestChannels(t *testing.T) {
	reset := func(c *Config) {
		c.Channels = []Channel{{ID: "CSALES0001", Name: "sales", Bot: true}}
	}
	bubble(t, reset, func(l *lab) {
		post := func(channel, want string) {
			t.Helper()
			_, _, err := l.api.PostMessageContext(l.Context(), channel, text1("x"))
			if got := errText(err); got != want {
				t.Errorf("%s: %q, want %q", channel, got, want)
			}
		}
		post("CSALES0001", "")
		_, all := l.get("messages?channel=sales")
		l.want(len(all.([]any)), 1)
		l.must("channel", object{"channel": "outreach", "archived": true})
		post(OutreachID, "is_archived")
		post("CSALES0001", "")
		l.must("channel", object{"channel": "outreach", "archived": false, "bot": false})
		post(OutreachID, "not_in_channel")
		l.must("channel", object{"channel": "#outreach", "bot": true, "shared": true})
		post(OutreachID, "")
		info, err := l.api.GetConversationInfoContext(l.Context(), &slack.GetConversationInfoInput{ChannelID: OutreachID})
		if err != nil || !info.IsExtShared || info.IsArchived || !info.IsMember {
			t.Errorf("%+v, %v", info, err)
		}
		if status, _ := l.post("channel", object{"channel": "nowhere", "bot": true}); status != http.StatusNotFound {
			t.Error(status)
		}
		l.slack.clear()
		if info, err = l.api.GetConversationInfoContext(l.Context(), &slack.GetConversationInfoInput{ChannelID: OutreachID}); err != nil || info.IsExtShared {
			t.Errorf("%+v, %v", info, err)
		}
	})
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// The journal keeps of a very long answer only that it was there.
func TestLongAnswers(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		for range 20 {
			if _, _, err := l.api.PostMessageContext(l.Context(), OutreachID, text1(strings.Repeat("x", 3900))); err != nil {
				t.Fatal(err)
			}
		}
		page, err := l.api.GetConversationHistoryContext(l.Context(), &slack.GetConversationHistoryParameters{ChannelID: OutreachID})
		if err != nil || len(page.Messages) != 20 {
			t.Fatal(err)
		}
		all := l.slack.wire.all()
		if last := all[len(all)-1].Response.(object); last["bytes"] == nil || last["messages"] != nil {
			t.Error(last)
		}
		if first := all[0].Response.(object); first["message"] == nil {
			t.Error(first)
		}
	})
}
