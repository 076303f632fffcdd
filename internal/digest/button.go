package digest

import (
	"net/url"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// press makes a button below a message. Its value holds an operation id, so that pressing twice counts once, and
// says that the message is to be answered below, as package commands reads it.
func press(i quota.Intent, label, action, hint string, more ...string) look.Button {
	v := url.Values{"id": {i.Name + "/" + action + "/" + strconv.FormatUint(i.Op, 10)}}
	for n := 0; n+1 < len(more); n += 2 {
		v.Set(more[n], more[n+1])
	}
	return look.Button{Label: label, Action: action, Value: v.Encode(), Hint: hint}
}

func op(i quota.Intent) string { return strconv.FormatUint(i.Op, 10) }

func undo(i quota.Intent) look.Button {
	return press(i, "Undo", "undo", "Undo the log that this is about", "op", op(i))
}

func spread(i quota.Intent) look.Button {
	b := press(i, "Sent over several days", "spread", "Sent over several days: they were no burst", "op", op(i))
	b.Style = slack.StylePrimary
	return b
}

func quietToday(i quota.Intent) look.Button {
	return press(i, "Quiet today", "quiet_today", "Quiet today: no more messages about pace today")
}

func quietWeek(i quota.Intent) look.Button {
	return press(i, "Quiet this week", "quiet_week", "Quiet this week: no more messages about pace this week")
}

func settings(i quota.Intent) look.Button { return press(i, "Settings", "settings", "") }

func report(i quota.Intent) look.Button {
	return press(i, "Report it", "report", "Report it: LinkedIn restricted me")
}

func heldPosted(i quota.Intent) look.Button {
	return press(i, "Posted", "held_posted", "Posted: I have seen it there", "name", i.Waiting())
}

func heldPost(i quota.Intent) look.Button {
	b := press(i, "Post now", "held_post", "Post now: it is not there", "name", i.Waiting())
	b.Style = slack.StylePrimary
	return b
}

func logOne(i quota.Intent) look.Button {
	return press(i, "+1", "log_1", "+1: log 1, sent just now", "n", "1")
}

func logFive(i quota.Intent) look.Button {
	return press(i, "+5", "log_5", "+5: log 5, sent just now", "n", "5")
}
