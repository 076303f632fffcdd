package commands

import (
	"context"
	"net/url"
	"strings"

	"github.com/slack-go/slack"
)

// The forms, by callback id.
const (
	logCallback      = "log_form"
	settingsCallback = "settings_form"
	setupCallback    = "setup_form"

	presetCallback     = "preset_form"
	presetSureCallback = "preset_sure_form"
	numberCallback     = "number_form"
	limitCallback      = "limit_form"

	restrictedCallback = "restricted_form"
	beforeCallback     = "before_form"
	awayCallback       = "away_form"
)

// plain is text without mark-up.
func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

// form makes a modal. Its private_metadata holds an operation id, so that submitting twice counts once, and
// what else it is given to remember.
func form(r Request, callback, title, submit string, remember []string, blocks ...slack.Block) *slack.ModalViewRequest {
	return &slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, PrivateMetadata: value(r, r.on, callback, append(remember, "in", r.Channel)...),
		Title: plain(title), Submit: plain(submit), Close: plain("Cancel"), Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// notice is a modal that only says something.
func notice(title string, blocks []slack.Block) *slack.ModalViewRequest {
	var kept []slack.Block
	for _, b := range blocks {
		if b.BlockType() != slack.MBTAction {
			kept = append(kept, b)
		}
	}
	return &slack.ModalViewRequest{Type: slack.VTModal, Title: plain(title), Close: plain("Close"), Blocks: slack.Blocks{BlockSet: kept}}
}

// input is one field of a form; a hint may be "".
func input(id, label, hint string, element slack.BlockElement) *slack.InputBlock {
	var h *slack.TextBlockObject
	if hint != "" {
		h = plain(hint)
	}
	return slack.NewInputBlock(id, plain(label), h, element)
}

// Submit answers a form.
func (b *Bot) Submit(ctx context.Context, r Request, f Form) Reply {
	v, err := url.ParseQuery(f.Private)
	if err != nil || v.Get("id") == "" {
		return say("That form is too old for me. Nothing changed; open it again.")
	}
	r.ID = "form/" + r.User + "/" + v.Get("id")
	r.way = way{on: placeOf(v.Get("on"))}
	if r.Channel == "" {
		r.Channel = v.Get("in")
	}
	switch f.Callback {
	case logCallback:
		return b.submitLog(ctx, r, f)
	case settingsCallback:
		return b.submitSettings(ctx, r, f)
	case setupCallback:
		return b.submitSetup(ctx, r, f, v.Get("team"))
	case presetCallback, presetSureCallback:
		return b.submitPreset(ctx, r, f, v)
	case numberCallback:
		return b.submitNumber(ctx, r, f, v)
	case limitCallback:
		return b.submitLimit(ctx, r, f, v)
	case restrictedCallback:
		return b.submitRestricted(ctx, r, f)
	case beforeCallback:
		return b.submitBefore(ctx, r, f)
	case awayCallback:
		return b.submitAway(ctx, r, f)
	}
	return say("I don't know that form any more. Nothing changed; open it again.")
}

// first returns the value of a field, or "".
func (f Form) first(block string) string {
	if v := f.Values[block]; len(v) > 0 {
		return strings.TrimSpace(v[0])
	}
	return ""
}

// wrong keeps a form open and says what to mend in a field. Slack shows it as plain text.
func wrong[T ~string](block string, text T) Reply {
	words := unescape(strings.ReplaceAll(string(text), "`", ""))
	return Reply{Errors: map[string]string{block: words}}
}
