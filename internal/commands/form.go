package commands

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// The forms, by callback id.
const (
	logCallback      = "log_form"
	settingsCallback = "settings_form"
	setupCallback    = "setup_form"
)

// plain is text without mark-up.
func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

// form makes a modal. Its operation id travels in private_metadata, so that submitting twice counts once.
func form(r Request, on place, callback, title, submit string, blocks ...slack.Block) *slack.ModalViewRequest {
	return &slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, PrivateMetadata: value(r, on, callback, "in", r.Channel),
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

// logForm is the form to log with.
func (b *Bot) logForm(r Request, on place) Reply {
	quantity := slack.NewNumberInputBlockElement(plain("1"), "quantity", false)
	quantity.MinValue, quantity.MaxValue, quantity.InitialValue = "1", strconv.Itoa(b.sanity()), "1"
	var kinds []*slack.OptionBlockObject
	for _, k := range quota.Kinds() {
		name := look.KindName(k)
		kinds = append(kinds, slack.NewOptionBlockObject(k.String(), plain(strings.ToUpper(name[:1])+name[1:]), nil))
	}
	kind := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "kind", kinds...)
	kind.InitialOption = kinds[0]
	day := input("day", "Day", "Leave it empty for just now.", slack.NewDatePickerBlockElement("day"))
	day.Optional = true
	addresses := slack.NewPlainTextInputBlockElement(plain("https://www.linkedin.com/in/…"), "people")
	addresses.Multiline, addresses.MaxLength = true, 3000
	people := input("people", "Profile addresses", "One or several. I tell you if a colleague was there before.", addresses)
	people.Optional = true
	out := say("The form needs a button press; typing does the same: `%s 8`, `%s 5 yesterday`, `%s 2 inmail`.", b.names.Sent, b.names.Sent, b.names.Sent)
	if placeOf(r) == onCard {
		out = reply(look.Sentences([]string{out.Text}, look.Button{Label: "Open the form", Action: "log_other", Value: value(r, onCard, "log_other")}))
	}
	out.Modal = form(r, on, logCallback, "Log what you sent", "Log",
		input("quantity", "How many", "", quantity), input("kind", "Kind", "", kind), day, people)
	return out
}

// Submit answers a form.
func (b *Bot) Submit(ctx context.Context, r Request, f Form) Reply {
	v, err := url.ParseQuery(f.Private)
	if err != nil || v.Get("id") == "" {
		return Reply{Text: "That form is too old for me. Nothing changed; open it again."}
	}
	r.ID = "form/" + r.User + "/" + v.Get("id")
	if r.Channel == "" {
		r.Channel = v.Get("in")
	}
	switch f.Callback {
	case logCallback:
		return b.submitLog(ctx, r, f, place(v.Get("on")))
	case settingsCallback:
		return b.submitSettings(ctx, r, f)
	case setupCallback:
		return b.submitSetup(ctx, r, f, v.Get("team"))
	}
	return Reply{Text: "I don't know that form any more. Nothing changed; open it again."}
}

// first returns the value of a field, or "".
func (f Form) first(block string) string {
	if v := f.Values[block]; len(v) > 0 {
		return strings.TrimSpace(v[0])
	}
	return ""
}

func wrong(block, text string) Reply { return Reply{Errors: map[string]string{block: text}} }

func (b *Bot) submitLog(ctx context.Context, r Request, f Form, on place) Reply {
	n, err := parseQuantity(f.first("quantity"))
	if err != nil {
		return wrong("quantity", "Write a whole number from 1 to "+strconv.Itoa(b.sanity())+".")
	}
	if n > b.sanity() {
		return wrong("quantity", "That is more than the whole ceiling of about "+strconv.Itoa(b.sanity())+" at once. To log it all the same, type "+b.names.Sent+" "+strconv.Itoa(n)+" confirm.")
	}
	l := quota.Log{Kind: quota.Invite, Quantity: n}
	if k, ok := kindWords[f.first("kind")]; ok {
		l.Kind = k
	}
	if d := f.first("day"); d != "" {
		t, err := time.Parse(time.DateOnly, d)
		if err != nil {
			return wrong("day", "Choose a day from the calendar, or leave it empty.")
		}
		l.When = quota.When{Kind: quota.OnDate, Date: quota.DayOf(t, time.UTC)}
	}
	if people := fields(f.first("people")); len(people) > 0 {
		p, err := parseLog(people)
		switch {
		case err != nil:
			return wrong("people", unmarked(err.Error()))
		case len(p.Persons) == 0:
			return wrong("people", "I see no profile address there, such as https://www.linkedin.com/in/jane-doe.")
		}
		l.Persons = p.Persons
		if l.Quantity = n; n < len(p.Persons) {
			if n != 1 {
				return wrong("quantity", "You named "+strconv.Itoa(len(p.Persons))+" people. Write at least that number.")
			}
			l.Quantity = len(p.Persons)
		}
	}
	logged, err := b.book.Log(ctx, who(r), r.ID, r.At, l)
	if err != nil {
		out := b.failed(r, retry{}, err)
		if out.Err == nil {
			return wrong("day", unmarked(out.Text))
		}
		return b.unsaved(out, "quantity")
	}
	m := look.Logged(logged, b.names, shown)
	out := Reply{Text: m.Text, Modal: notice("Logged", m.Blocks), Update: b.freshCard(r, logged.Standing)}
	if on == onHome {
		out.Home = b.home(ctx, r, m.Text, logged.Standing)
	}
	return out
}

// unsaved keeps a form open whose content could not be saved: submitting it again is its retry.
func (b *Bot) unsaved(out Reply, block string) Reply {
	out.Errors = map[string]string{block: "I cannot tell whether this was saved. Submit again: it cannot count twice. Reference " + out.Reference + "."}
	out.Text, out.Blocks = "", nil
	return out
}

// unmarked takes mark-up off a sentence: the errors of a form are plain text.
func unmarked(s string) string {
	return strings.NewReplacer("`", "", "&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}
