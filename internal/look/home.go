package look

import (
	"fmt"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// shownOnHome is how many logs Home lists; Slack takes 100 blocks in a tab and nobody scrolls for more.
const shownOnHome = 10

// Home is the Home tab: the row to log with, what was just said, the card, and the last logs with an undo
// each.
func Home(said string, s quota.Standing, names Names, shown func(key string) string, log, menu []Button, undo func(quota.Operation) Button) []slack.Block {
	blocks := []slack.Block{section("*Log invites you have just sent*")}
	blocks = append(blocks, row("log", log)...)
	if said != "" {
		blocks = append(blocks, section(said))
	}
	blocks = append(blocks, slack.NewDividerBlock())
	_, card := cardOf(s, "your")
	blocks = append(blocks, card...)
	blocks = append(blocks, slack.NewDividerBlock(), slack.NewHeaderBlock(slack.NewTextBlockObject(slack.PlainTextType, "Your last logs", false, false)))
	n := 0
	for _, o := range s.Journal.Operations() {
		if n++; n > shownOnHome {
			break
		}
		line := fmt.Sprintf("*%s*%s, %s", Upper(operation(s, o)), persons(o, shown), at(s, o))
		if o.Undone {
			blocks = append(blocks, section("~"+line+"~  undone"))
			continue
		}
		b := section(line)
		b.Accessory = slack.NewAccessory(button(undo(o)))
		blocks = append(blocks, b)
	}
	if n == 0 {
		blocks = append(blocks, section(fmt.Sprintf("Nothing yet. Press a number above, or type `%s 5` in any channel.", names.Sent)))
	}
	blocks = append(blocks, slack.NewDividerBlock())
	return append(blocks, row("menu", menu)...)
}
