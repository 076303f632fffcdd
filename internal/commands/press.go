package commands

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/paceline/paceline/internal/quota"
)

// Press answers a button. Whatever its value says, the person who presses acts for themselves only. On Home
// there is no message to answer below: what does not change Home opens as a notice.
func (b *Bot) Press(ctx context.Context, r Request, p Press) Reply {
	v, err := url.ParseQuery(p.Value)
	if err != nil {
		v = nil
	}
	r.way = way{on: placeOf(v.Get("on")), pressed: p.In, again: retry{user: r.User, key: r.ID, action: p.Action, value: p.Value}}
	out := b.press(ctx, r, p, v)
	if r.on == onHome && out.Home == nil && out.Modal == nil {
		out.Modal = notice("Paceline", out.Blocks)
	}
	return out
}

func (b *Bot) press(ctx context.Context, r Request, p Press, v url.Values) Reply {
	switch p.Action {
	case "log_1", "log_5", "log_10", "undo", "leave", "lifted", "before_0", "before_20", "before_50",
		"quiet_today", "quiet_week", "spread", "gather", "held_posted", "held_post":
		if v.Get("id") == "" {
			return stale()
		}
		return b.pressOnce(ctx, r, p, v, "press/"+r.User+"/"+v.Get("id"))
	case "log_other":
		return b.logForm(ctx, r)
	case "report":
		return b.restrictedForm(r)
	case "before_type":
		return b.beforeForm(ctx, r, v.Get("weeks"))
	case "why", "why_pace", "why_note", "why_inmail", "why_message", "why_page", "why_advice":
		_, page, _ := strings.Cut(p.Action, "_")
		return b.pressWhy(ctx, r, page, v.Get("member"))
	case "card":
		return b.budget(ctx, r, nil)
	case "settings", "setup", "help":
		if verb, ok := find(p.Action); ok {
			return b.run(ctx, r, verb, nil)
		}
	case "policy", "policy_number", "policy_preset", "team", "team_limit", "team_next", "team_previous":
		return b.pressRules(ctx, r, p.Action, v)
	case "member":
		return b.pressMember(ctx, r, v)
	case "digest", "digest_preview", "digest_held", "digest_post":
		return b.pressDigest(ctx, r, p, v)
	case "away":
		return b.awayForm(ctx, r)
	case "keep":
		return replacing(say("Nothing changed."))
	case "confirm", "retry":
		return b.again(ctx, r, p, v)
	case "cancel":
		return replacing(say("Nothing was logged."))
	}
	return stale()
}

// pressOnce does what a button changes, once for each operation id.
func (b *Bot) pressOnce(ctx context.Context, r Request, p Press, v url.Values, key string) Reply {
	switch p.Action {
	case "undo":
		op, err := strconv.ParseUint(v.Get("op"), 10, 64)
		if err != nil || op == 0 {
			return stale()
		}
		u, err := b.book.Undo(ctx, who(r), key, r.At, op)
		switch {
		case errors.Is(err, quota.ErrNothingToUndo):
			return say("I can undo your own logs of the last %d days only. Nothing changed.", quota.MaxBack)
		case err != nil:
			return b.failed(ctx, r, err)
		}
		out := b.undone(ctx, r, u)
		if isUnasked(v) { // the message with the button is taken back
			return out
		}
		return replacing(out)
	case "quiet_today", "quiet_week":
		return b.pressQuiet(ctx, r, p, v, key)
	case "spread", "gather":
		return b.pressSpread(ctx, r, p, v, key)
	case "held_posted", "held_post":
		return b.pressHeld(ctx, r, p, v, key)
	case "lifted":
		return replacing(b.lift(ctx, r, key))
	case "before_0", "before_20", "before_50":
		return b.pressBefore(ctx, r, v, key)
	case "leave":
		if _, err := b.book.Leave(ctx, who(r), key, r.At); err != nil {
			return b.failed(ctx, r, err)
		}
		return replacing(say("You left the team. What you logged stays yours, and `%s` joins again.", b.names.Sent))
	}
	n, err := strconv.Atoi(v.Get("n"))
	kind, ok := kindWords[v.Get("kind")]
	if !v.Has("kind") {
		kind, ok = quota.Invite, true
	}
	if err != nil || !ok || n < 1 || n > quota.DefaultCeiling {
		return stale()
	}
	l, err := b.book.Log(ctx, who(r), key, r.At, quota.Log{Kind: kind, Quantity: n})
	if err != nil {
		return b.failed(ctx, r, err)
	}
	l.Twin = quota.Operation{} // a press is deliberate, and pressing twice counts once
	return replacing(b.logged(ctx, r, l))
}

// replacing puts an answer in the place of the message that held the button.
func replacing(r Reply) Reply {
	if r.Home == nil && r.Modal == nil {
		r.Replace = true
	}
	return r
}

func stale() Reply {
	return say("That button is too old for me. Nothing changed; type the command instead.")
}

// CardPosted records where the log card now stands, and returns where the one before it stood. The place
// itself is the operation: however often a message is answered, the last card posted is the one that stays.
func (b *Bot) CardPosted(ctx context.Context, r Request, at quota.Place) (old quota.Place, err error) {
	old, err = b.book.PlaceCard(ctx, who(r), "card/"+at.Channel+"/"+at.TS, r.At, at)
	if old == at {
		old = quota.Place{}
	}
	return old, err
}
