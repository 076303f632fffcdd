package commands

import (
	"context"
	"net/url"
	"strconv"

	"github.com/paceline/paceline/internal/quota"
)

// encode makes the value of a Retry button. Slack takes 2,000 characters in one; what does not fit is
// left out, and the button says so when it is pressed.
func (t retry) encode() string {
	v := url.Values{"key": {t.key}, "user": {t.user}}
	if t.action != "" {
		v.Set("action", t.action)
		v.Set("value", t.value)
	} else {
		v.Set("command", t.command)
		v.Set("text", t.text)
	}
	if s := v.Encode(); len(s) <= 2000 {
		return s
	}
	return "long"
}

// Press answers a button. Whatever its value says, the person who presses acts for themselves only. On Home
// there is no message to answer below: what does not change Home opens as a notice.
func (b *Bot) Press(ctx context.Context, r Request, p Press) Reply {
	v, err := url.ParseQuery(p.Value)
	if err != nil {
		v = nil
	}
	on := place(v.Get("on"))
	out := b.press(ctx, r, p, v, on)
	if on == onHome && out.Home == nil && out.Modal == nil {
		out.Modal = notice("Paceline", out.Blocks)
	}
	return out
}

func (b *Bot) press(ctx context.Context, r Request, p Press, v url.Values, on place) Reply {
	key := "press/" + r.User + "/" + v.Get("id")
	again := retry{user: r.User, key: r.ID, action: p.Action, value: p.Value}
	switch p.Action {
	case "log_1", "log_5", "log_10":
		n, err := strconv.Atoi(v.Get("n"))
		if err != nil || n < 1 || n > b.sanity() || v.Get("id") == "" {
			return stale()
		}
		kind, ok := kindWords[v.Get("kind")]
		if !ok {
			kind = quota.Invite
		}
		l, err := b.book.Log(ctx, who(r), key, r.At, quota.Log{Kind: kind, Quantity: n})
		if err != nil {
			return b.failed(r, again, err)
		}
		return replacing(b.logged(ctx, r, l, on))
	case "undo":
		op, err := strconv.ParseUint(v.Get("op"), 10, 64)
		if err != nil || op == 0 || v.Get("id") == "" {
			return stale()
		}
		u, err := b.book.Undo(ctx, who(r), key, r.At, op)
		if err != nil {
			return b.failed(r, again, err)
		}
		return replacing(b.undone(ctx, r, u, on))
	case "log_other":
		return b.logForm(r, on)
	case "why":
		return b.why(ctx, r, nil)
	case "leave":
		if _, err := b.book.Leave(ctx, who(r), key, r.At); err != nil {
			return b.failed(r, again, err)
		}
		return replacing(say("You left the team. What you logged stays yours, and `%s` joins again.", b.names.Sent))
	case "confirm", "retry":
		if p.Value == "long" {
			return say("That was too long to keep in a button. Type it again; nothing was logged.")
		}
		return b.again(ctx, r, v)
	case "cancel":
		return replacing(say("Nothing was logged."))
	case "card":
		return b.budget(ctx, r, nil)
	case "settings", "setup", "help":
		if verb, ok := find(p.Action); ok {
			return b.run(ctx, r, verb, nil)
		}
	}
	return stale()
}

// again makes a request once more, with the operation key it had.
func (b *Bot) again(ctx context.Context, r Request, v url.Values) Reply {
	if v.Get("key") == "" || v.Get("user") != r.User {
		return stale()
	}
	if action := v.Get("action"); action != "" {
		if action == "retry" || action == "confirm" {
			return stale()
		}
		return b.Press(ctx, r, Press{Action: action, Value: v.Get("value")})
	}
	r.ID = v.Get("key")
	r.Command, r.Text = v.Get("command"), v.Get("text")
	if r.Command == "" {
		return replacing(b.Say(ctx, r))
	}
	return replacing(b.Command(ctx, r))
}

func replacing(r Reply) Reply {
	if r.Home == nil && r.Modal == nil {
		r.Replace = true
	}
	return r
}

func stale() Reply {
	return say("That button is too old for me. Nothing changed; type the command again.")
}

// CardPosted records where the log card now stands.
func (b *Bot) CardPosted(ctx context.Context, r Request, at quota.Place) error {
	_, err := b.book.PlaceCard(ctx, who(r), "card/"+r.ID, r.At, at)
	return err
}
