package slackapp

import (
	"encoding/json"
	"strings"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

// ofBlocks reports whether Slack's word is that it does not take the blocks. Nothing was said then.
func ofBlocks(code string) bool { return quota.Refusal{Reason: code}.OfBlocks() }

// simply says an answer, and while Slack refuses its blocks once more in a simpler form: with the spare blocks, then
// without any. Each failure is logged; the last one is returned.
func (a *App) simply(in *inbound, r commands.Reply, say func(commands.Reply) error) error {
	for {
		err := say(r)
		a.failed(in, err)
		switch {
		case !ofBlocks(slackCode(err)):
			return err
		case r.Spare != nil:
			r.Blocks, r.Spare = r.Spare, nil
		case r.Blocks != nil && r.Text != "":
			r.Blocks = nil
		default:
			return err
		}
	}
}

// refusalIn returns Slack's word in the answer of a response_url, as JSON or bare; "" when it holds none.
func refusalIn(body []byte) string {
	var said struct{ Error string }
	if json.Unmarshal(body, &said) == nil {
		return said.Error
	}
	if word := strings.TrimSpace(string(body)); ofBlocks(word) {
		return word
	}
	return ""
}
