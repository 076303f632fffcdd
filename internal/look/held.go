package look

import (
	"fmt"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// HeldWhat names a message that waits for a person.
func HeldWhat(i quota.Intent) string {
	if i.Kind() != quota.DigestKind {
		return "A message to <@" + i.To + ">"
	}
	monday := quota.DayOf(quota.WeekOf(i.Due).Start(), time.UTC)
	return fmt.Sprintf("The digest of %s, in <#%s>", Date(monday, monday), i.To)
}

// HeldWhy says why a message waits, and what helps.
func HeldWhy(i quota.Intent, names Names) string {
	elsewhere := fmt.Sprintf("hoose another with `%s setup channel #outreach`, then press Post now.", names.Main)
	switch i.Reason {
	case "not_in_channel":
		return "I am not in that channel. Type `/invite @paceline` there, then press Post now."
	case "channel_not_found":
		return "I am not in that channel, or it is gone. Type `/invite @paceline` there, or c" + elsewhere
	case "is_archived":
		return "that channel is archived. C" + elsewhere
	case "missing_scope", "not_allowed_token_type":
		return "I may not look whether it arrived."
	case "":
		return "nobody knows whether it arrived."
	}
	if strings.Contains(i.Reason, " ") {
		return Escape(i.Reason) + "."
	}
	return "Slack says “" + Escape(i.Reason) + "”."
}

// Waits tells a manager that a digest waits for a person, and why.
func Waits(i quota.Intent, names Names, buttons ...Button) Message {
	return Lines([]string{
		HeldWhat(i) + ", waits for you: " + HeldWhy(i, names),
		fmt.Sprintf("Posted says that it stands there already, Post now has me post it. Last tried %s UTC.", i.Settled.UTC().Format("Mon 2 Jan, 15:04")),
	}, buttons...)
}

// Unreachable says what keeps the digest from a channel, and what helps; "" for a reason that says nothing of use. The
// reason is Slack's word.
func Unreachable(channel, reason string, names Names) string {
	switch reason {
	case "not_in_channel", "channel_not_found":
		return fmt.Sprintf("I am not in <#%s> yet: type `/invite @paceline` there, so that the digest can come.", channel)
	case "is_archived":
		return fmt.Sprintf("<#%s> is archived: choose another channel with `%s setup channel #outreach`.", channel, names.Main)
	}
	return ""
}
