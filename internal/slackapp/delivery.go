package slackapp

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

// deliver makes an answer known. What the person looks at is done before the acknowledgement, except
// for the answer to a command, which is the acknowledgement; the edit of another message comes after it.
// Failures are logged: there is nobody else to tell.
func (a *App) deliver(in *inbound, t *turn, r commands.Reply) {
	ctx := context.Background() // every call has a time-out of its own
	switch in.kind {
	case command:
		a.deliverCommand(ctx, in, t, r)
	case message:
		a.deliverMessage(ctx, in, r)
	case press:
		a.deliverPress(ctx, in, r)
	case form:
		a.deliverForm(ctx, in, t, r)
	case shortcut:
		if !a.open(ctx, in, r) {
			a.tell(ctx, in, r)
		}
	case home:
		a.deliverHome(ctx, in, r)
	}
	t.acknowledge(nil)
	if u := r.Update; u != nil && u.At != (quota.Place{}) {
		a.update(ctx, edit{in, *u})
	}
}

// update edits another message of the bot's, and then, one after the other, the newest that others wanted
// to stand there meanwhile. When somebody else is at it, that somebody does it.
func (a *App) update(ctx context.Context, e edit) {
	for more := a.edits.begin(e); more; e, more = a.edits.next(e.to.At) {
		err := a.web.edit(ctx, e.to.At, e.to.Text, e.to.Blocks)
		if slackCode(err) != "message_not_found" {
			a.failed(e.in, err)
		}
	}
}

// deliverCommand answers with the acknowledgement, but for blocks that Slack may refuse: there it does so without a word.
func (a *App) deliverCommand(ctx context.Context, in *inbound, t *turn, r commands.Reply) {
	if a.open(ctx, in, r) {
		t.acknowledge(nil)
	} else if body := ephemeral(r); body == nil || r.Spare != nil || len(body) > in.room || !t.acknowledge(body) {
		t.acknowledge(nil)
		a.tell(ctx, in, r)
	}
	a.publish(ctx, in, r.Home)
}

func (a *App) deliverMessage(ctx context.Context, in *inbound, r commands.Reply) {
	if r.Text != "" || len(r.Blocks) > 0 {
		var at quota.Place
		err := a.simply(in, r, func(r commands.Reply) (err error) {
			at, err = a.web.post(ctx, quota.Place{Channel: in.request.Channel, TS: in.thread}, r.Text, r.Blocks)
			return err
		})
		switch {
		case isDefinite(err):
			a.met.forget(in.names()) // a repeat can still be answered
		case err == nil && r.Card && in.thread == "":
			a.settleCard(ctx, in, at)
		}
	}
	a.publish(ctx, in, r.Home)
}

// settleCard hands over the place of a new log card and then takes away the old one, if there is one. That
// stays when the new place could not be kept, because it is then still the one that is known.
func (a *App) settleCard(ctx context.Context, in *inbound, at quota.Place) {
	bounded, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	old, err := a.cfg.Answer.CardPosted(bounded, in.request, at)
	if err != nil {
		a.failed(in, err)
		return
	}
	if old == (quota.Place{}) || old == at {
		return
	}
	if err := a.web.remove(ctx, old); slackCode(err) != "message_not_found" {
		a.failed(in, err)
	}
}

func (a *App) deliverPress(ctx context.Context, in *inbound, r commands.Reply) {
	opened := a.open(ctx, in, r)
	published := a.publish(ctx, in, r.Home)
	shown := in.respond == "" && published // pressed on Home, where the answer now stands
	if !opened && !shown {
		a.tell(ctx, in, r)
	}
}

func (a *App) deliverForm(ctx context.Context, in *inbound, t *turn, r commands.Reply) {
	answer := slack.NewClearViewSubmissionResponse()
	switch {
	case len(r.Errors) > 0:
		answer = slack.NewErrorsViewSubmissionResponse(r.Errors)
	case r.Modal != nil:
		answer = slack.NewUpdateViewSubmissionResponse(r.Modal)
	}
	body, err := json.Marshal(answer)
	a.failed(in, err)
	shown := err == nil && len(body) <= in.room && t.plan(body)
	switch {
	case !shown && len(r.Errors) > 0:
		// The modal is gone, so what was to be mended in it is said in words.
		words := []string{r.Text}
		for _, block := range sortedKeys(r.Errors) {
			words = append(words, r.Errors[block])
		}
		a.tell(ctx, in, commands.Reply{Text: strings.TrimSpace(strings.Join(words, "\n"))})
	case !shown && a.open(ctx, in, r):
	case !shown || len(r.Errors) == 0 && r.Modal == nil:
		a.tell(ctx, in, r)
	}
	a.publish(ctx, in, r.Home)
	if shown {
		t.acknowledge(body)
	}
}

func (a *App) deliverHome(ctx context.Context, in *inbound, r commands.Reply) {
	view := r.Home
	if view == nil && r.Text != "" {
		text := slack.NewTextBlockObject(slack.MarkdownType, r.Text, false, false)
		view = &slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewSectionBlock(text, nil, nil)}}}
	}
	a.publish(ctx, in, view)
}

// open opens the modal of r, or puts it in the place of the modal in which a button was pressed, and
// reports whether it stands there now.
func (a *App) open(ctx context.Context, in *inbound, r commands.Reply) bool {
	if r.Modal == nil {
		return false
	}
	err := errNoTrigger
	if in.modal != "" {
		err = a.web.revise(ctx, in.modal, *r.Modal)
	} else if in.trigger != "" {
		err = a.web.open(ctx, in.trigger, *r.Modal)
	}
	a.failed(in, err)
	return err == nil
}

// errNoTrigger stands for a modal that nothing can open.
var errNoTrigger = errors.New("no trigger to open a modal with")

// publish shows Home to the person, and reports whether it did.
func (a *App) publish(ctx context.Context, in *inbound, view *slack.HomeTabViewRequest) bool {
	if view == nil {
		return false
	}
	err := a.web.publish(ctx, in.request.User, *view)
	a.failed(in, err)
	return err == nil
}

// tell says the text of r to the person: by response_url, else, when that is certain not to have worked,
// in the place of the message that it replaces or in the direct message with the bot.
func (a *App) tell(ctx context.Context, in *inbound, r commands.Reply) {
	if r.Text == "" && len(r.Blocks) == 0 {
		return
	}
	if in.respond != "" {
		err := a.simply(in, r, func(r commands.Reply) error { return a.web.respond(ctx, in.respond, webhookOf(in, r)) })
		if !errors.Is(err, errNotTaken) {
			return
		}
	}
	if r.Replace && in.press.In.TS != "" {
		err := a.simply(in, r, func(r commands.Reply) error { return a.web.edit(ctx, in.press.In, r.Text, r.Blocks) })
		if err == nil {
			return
		}
	}
	_ = a.simply(in, r, func(r commands.Reply) error { // the failure is in the log
		_, err := a.web.post(ctx, quota.Place{Channel: in.request.User}, r.Text, r.Blocks)
		return err
	})
}

func (a *App) failed(in *inbound, err error) {
	if err != nil {
		a.cfg.Log.Warn("not delivered", "request", in.reference(), "kind", in.kind, "err", err)
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
