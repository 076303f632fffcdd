package commands

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// Slack takes so many characters in an option of a menu and in its description.
const mostOption = 75

// pressRules answers the buttons about the rules of a team and its members.
func (b *Bot) pressRules(ctx context.Context, r Request, action string, v url.Values) Reply {
	name, _, _ := strings.Cut(action, "_")
	if verb, ok := find(name); ok {
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
	switch action {
	case "policy_number":
		return b.numberForm(r, t)
	case "policy_preset":
		return b.presetForm(r, t)
	case "team_limit":
		return b.limitForm(r, t)
	case "team":
		return b.overview(ctx, r, t, 0)
	case "team_next", "team_previous":
		return b.pressTurn(ctx, r, t, v)
	}
	return b.rules(ctx, r, t)
}

// ledByForm finds the team that a form is about.
func (b *Bot) ledByForm(ctx context.Context, r Request, v url.Values) (quota.Team, slip, error) {
	if v.Get("team") == "" {
		return quota.Team{}, "That form is too old for me. Open it again.", nil
	}
	return b.led(ctx, r, v.Get("team"))
}

// presetForm is the form in which a preset is chosen.
func (b *Bot) presetForm(r Request, t quota.Team) Reply {
	var options []*slack.OptionBlockObject
	var chosen *slack.OptionBlockObject
	for _, p := range quota.Presets() {
		title := look.PresetName(p) + " (" + p.Name + ")"
		if p.Outdated != "" {
			title += ", outdated, not advised"
		}
		o := slack.NewOptionBlockObject(p.Name, plain(title), plain(look.PresetLine(p, mostOption)))
		options = append(options, o)
		if p == inForce(t) {
			chosen = o
		}
	}
	radio := slack.NewRadioButtonsBlockElement("preset", options...)
	radio.InitialOption = chosen
	reason := input("reason", "Why", "Members can read it.", reasonField())
	reason.Optional = true
	out := say("Type it: `%s policy preset quickmail`. There are %s.", b.names.Main, presetWords())
	out.Modal = form(r, presetCallback, "Choose a preset", "Save", []string{"team", t.ID},
		input("preset", "Limits after", "Numbers that you chose under one preset wait there while another is in force.", radio), reason)
	return out
}

func reasonField() *slack.PlainTextInputBlockElement {
	field := slack.NewPlainTextInputBlockElement(plain("quarter end"), "reason")
	field.MaxLength = mostReason
	return field
}

// submitPreset answers that form, and the question before an outdated preset.
func (b *Bot) submitPreset(ctx context.Context, r Request, f Form, v url.Values) Reply {
	out := b.readPreset(ctx, r, f, v)
	if f.Callback == presetSureCallback && len(out.Errors) > 0 {
		return askedAgain(f, out)
	}
	return out
}

// askedAgain shows what is wrong in a form without fields, which has no place for it; submitting it again is its
// retry.
func askedAgain(f Form, out Reply) Reply {
	text := ""
	for _, e := range out.Errors {
		text = look.Escape(e)
	}
	view := notice("Outdated preset", look.Sentences([]string{text}).Blocks)
	if out.Err != nil {
		view.CallbackID, view.PrivateMetadata, view.Submit = f.Callback, f.Private, plain("Submit again")
	}
	return Reply{Text: text, Modal: view, Err: out.Err, Reference: out.Reference}
}

func (b *Bot) readPreset(ctx context.Context, r Request, f Form, v url.Values) Reply {
	const field = "preset"
	t, no, err := b.ledByForm(ctx, r, v)
	switch {
	case err != nil:
		return unsaved(r, field, err)
	case no != "":
		return wrong(field, no)
	}
	name, reason := f.first("preset"), f.first("reason")
	if f.Callback == presetSureCallback {
		name, reason = v.Get("preset"), v.Get("reason")
	}
	p, ok := quota.FindPreset(name)
	if !ok || name == "" {
		return wrong(field, "Choose a preset from the list.")
	}
	if reason != "" {
		if reason, no = readReason([]string{reason}, ""); no != "" {
			return wrong("reason", no)
		}
	}
	if p.Outdated != "" && f.Callback == presetCallback && inForce(t) != p {
		return b.askPresetForm(r, t, p, reason)
	}
	out, no, err := b.choose(ctx, r, t, p, reason)
	return formed(r, "Preset", field, out, no, err)
}

// askPresetForm asks in the place of the form before an outdated preset is chosen.
func (b *Bot) askPresetForm(r Request, t quota.Team, p *quota.Preset, reason string) Reply {
	m := look.Sentences(append(askedPreset(p), "Nothing is changed yet."))
	return Reply{Text: m.Text, Modal: form(r, presetSureCallback, "Outdated preset", "Yes, choose it",
		[]string{"team", t.ID, "preset", p.Name, "reason", reason}, m.Blocks...)}
}

// formed ends a form about rules: with what came of it, or open with what is to be mended in a field.
func formed(r Request, title, field string, out Reply, no slip, err error) Reply {
	switch {
	case err != nil:
		return unsaved(r, field, err)
	case no != "":
		return wrong(field, no)
	}
	return noticed(title, out)
}

// numberForm is the form in which a number is changed.
func (b *Bot) numberForm(r Request, t quota.Team) Reply {
	var options []*slack.OptionBlockObject
	for _, rule := range look.Rules(t.Terms, r.At) {
		if !rule.Settable() {
			continue
		}
		text := []rune(look.LimitName(rule.Limit) + ": " + rule.Figure())
		if len(text) > mostOption {
			text = append(text[:mostOption-1], '…')
		}
		options = append(options, slack.NewOptionBlockObject(rule.Name, plain(string(text)), nil))
	}
	limit := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain("Choose a limit"), "limit", options...)
	number := slack.NewPlainTextInputBlockElement(plain("60"), "number")
	number.MaxLength = 10
	out := say("Type it: `%s policy set budget 60 \"why\"`, `%s policy set pace off \"why\"` or `%s policy reset budget \"why\"`.", b.names.Main, b.names.Main, b.names.Main)
	out.Modal = form(r, numberCallback, "Change a number", "Save", []string{"team", t.ID, "preset", inForce(t).Name},
		input("limit", "Limit", "With its number as it is now.", limit),
		input("number", "New number", "A whole number from 0 to "+strconv.Itoa(quota.MaxNumber)+"; or off; or reset, for the number that the limit comes with.", number),
		input("reason", "Why", "Members can read it.", reasonField()))
	return out
}

// submitNumber answers that form.
func (b *Bot) submitNumber(ctx context.Context, r Request, f Form, v url.Values) Reply {
	t, no, err := b.ledByForm(ctx, r, v)
	switch {
	case err != nil:
		return unsaved(r, "limit", err)
	case no != "":
		return wrong("limit", no)
	case inForce(t).Name != v.Get("preset"):
		return wrong("limit", slipf("The preset is %s by now. Open the form again.", inForce(t).Title))
	}
	l, ok := inForce(t).Find(f.first("limit"))
	if !ok || !l.Settable() {
		return wrong("limit", "Choose a limit from the list.")
	}
	n, no := readNumber(f.first("number"))
	if no != "" {
		return wrong("number", no)
	}
	reason, no := readReason(f.Values["reason"], "quarter end")
	if no != "" {
		return wrong("reason", no)
	}
	out, no, err := b.setNumber(ctx, r, t, l, n, reason)
	return formed(r, "Number", "limit", out, no, err)
}
