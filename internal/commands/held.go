package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// mostHeld is how many held messages one answer lists: each takes two of Slack's 50 blocks.
const mostHeld = 20

// digestHeld lists the messages that wait for a person, of the teams that this one leads.
func (b *Bot) digestHeld(ctx context.Context, r Request) Reply {
	p, err := b.role(ctx, r)
	if err != nil {
		return b.unread(r, err)
	}
	all, err := b.book.Scheduled(ctx, r.Workspace)
	if err != nil {
		return b.unread(r, err)
	}
	held := slices.DeleteFunc(all, func(i quota.Intent) bool { return i.State != quota.Held || p.mayLead(i.Team) != "" })
	slices.SortFunc(held, func(a, b quota.Intent) int { return cmp.Or(a.Due.Compare(b.Due), strings.Compare(a.Name, b.Name)) })
	if len(held) == 0 {
		return say("No message waits for a person.")
	}
	intro := "A message waits for a person:"
	if len(held) > 1 {
		intro = fmt.Sprintf("%d messages wait for a person:", len(held))
	}
	m := look.Sentences([]string{intro})
	for _, i := range held[:min(mostHeld, len(held))] {
		line := "• " + look.HeldWhat(i) + ": " + look.HeldWhy(i, b.names)
		m.Text += "\n" + line
		m.Blocks = append(m.Blocks, look.Sentences([]string{line},
			look.Button{Label: "Posted", Action: "held_posted", Value: value(r, r.on, "held_posted/"+i.Name, "name", i.Name), Hint: "Posted: I have seen it there"},
			look.Button{Label: "Post now", Action: "held_post", Value: value(r, r.on, "held_post/"+i.Name, "name", i.Name), Style: slack.StylePrimary, Hint: "Post now: it is not there"},
		).Blocks...)
	}
	foot := "Look where it belongs first: Posted says it stands there, Post now has me post it."
	if more := len(held) - mostHeld; more > 0 {
		foot = fmt.Sprintf("And %d more, once these are settled. ", more) + foot
	}
	m.Text += "\n" + foot
	m.Blocks = append(m.Blocks, look.Sentences([]string{foot}).Blocks...)
	return reply(m)
}

// pressHeld settles a message that waits for a person.
func (b *Bot) pressHeld(ctx context.Context, r Request, p Press, v url.Values, key string) Reply {
	i, err := b.book.Intent(ctx, r.Workspace, v.Get("name"))
	switch {
	case v.Get("name") == "" || errors.Is(err, quota.ErrNoSuchIntent):
		return stale()
	case err != nil:
		return b.unread(r, err)
	}
	asker, err := b.role(ctx, r)
	if err != nil {
		return b.unread(r, err)
	}
	if no := asker.mayLead(i.Team); no != "" {
		return say("%s", no)
	}
	to, text := quota.Posted, "noted as posted. I won't post it again."
	if p.Action == "held_post" {
		to, text = quota.Pending, "I post it within a minute."
	}
	if isUnasked(v) { // it stays, and a message may be held again: each press counts
		key += "/" + r.ID
	}
	now, err := b.book.Release(ctx, who(r), key, r.At, i.Name, to)
	var unmoved quota.Unmoved
	switch {
	case errors.As(err, &unmoved) && unmoved.Intent.State == quota.Held:
		return say("It is too old to be of use: the next one has taken its place. Press Posted to take it off the list. Nothing changed.")
	case errors.As(err, &unmoved):
		return say("That is settled already. Nothing changed.")
	case err != nil:
		return b.failed(ctx, r, err)
	}
	return say("%s: %s", look.HeldWhat(now), text)
}

// pressDigest answers the buttons about a team's digest.
func (b *Bot) pressDigest(ctx context.Context, r Request, p Press, v url.Values) Reply {
	if verb, ok := find("digest"); ok {
		if no, barred := b.barred(ctx, r, verb); barred {
			return no
		}
	}
	t, no, err := b.led(ctx, r, v.Get("team"))
	switch {
	case err != nil:
		return b.unread(r, err)
	case no != "":
		return say("%s", no)
	}
	switch p.Action {
	case "digest_preview":
		return b.digestPreview(ctx, r, t)
	case "digest_held":
		return b.digestHeld(ctx, r)
	case "digest_post":
		if v.Get("id") == "" || v.Get("team") == "" {
			return stale()
		}
		return b.digestPost(ctx, r, t, "press/"+r.User+"/"+v.Get("id"))
	}
	return b.digestNow(ctx, r, t)
}
