package commands

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// A Request is one thing a person typed, pressed or opened. It is the same value whichever way it came:
// Socket Mode, signed HTTP or a direct message.
type Request struct {
	ID        string    // what Slack repeats when it repeats itself; the operation key
	Workspace string    // Slack's team id
	User      string    // Slack's id of the person
	Channel   string    // Slack's id of where it happened; "" on Home
	Command   string    // the slash command as typed, "/sent"; "" for everything else
	Text      string    // what was typed behind the command, or the whole direct message
	At        time.Time // when it entered
	Profile   Profile   // who asks, as Slack knows the person

	way // set by the door it comes in by
}

// A way is how a request came in.
type way struct {
	on      place       // where the answer will stand
	pressed quota.Place // after a press: the message that holds the button
	again   retry       // how to ask the same once more; zero where the person can do that as easily
}

// A Profile is what Slack knows about a person. The zero value is somebody unknown in UTC.
type Profile struct {
	Name     string // display name
	Zone     string // IANA name
	Admin    bool   // owner or admin of the workspace
	Stranger bool   // of another company, or a guest
	Known    bool   // Slack answered; otherwise the other fields are zero and are corrected later
}

// A Press is a button pressed or an item chosen.
type Press struct {
	Action string // the action id
	Value  string // the button's value, or the chosen option's
	In     quota.Place
}

// A Form is a submitted modal.
type Form struct {
	Callback string              // which modal
	Private  string              // private_metadata
	Values   map[string][]string // by block id; several for a multi-select, none when left empty
}

// A Reply is what the bot answers. It never holds anything that others must see.
type Reply struct {
	Text   string        // stands alone; never empty, except for a form that closes without a word
	Blocks []slack.Block // the same for eyes; nil: Text is all there is

	// Spare is Blocks without the tables and charts, for a Slack that refuses those; nil: there are none in Blocks.
	Spare []slack.Block

	// Replace, after a press: put this in the place of the message that held the button. Otherwise the
	// answer stands below it.
	Replace bool

	// Card says that this is the log card. In a direct message the edge posts it, hands the new place to
	// Answerer.CardPosted, and deletes the card that it supersedes; after a press on the card Replace is set
	// as well and the card is edited where it stands.
	Card bool

	// Update, if not nil, is another message of the bot's that this changed (the log card, after a slash
	// command). Editing it is best effort.
	Update *Update

	// Modal, if not nil, is to be opened with the request's trigger; where that cannot be done, Text and
	// Blocks say how to do the same by typing.
	Modal *slack.ModalViewRequest

	// Errors, after a form: what to mend, by block id. The modal stays open.
	Errors map[string]string

	// Home, if not nil, is the Home tab as it is now, to be published for the person.
	Home *slack.HomeTabViewRequest

	// Err is for the operator: why it went wrong. Text then names Reference.
	Err       error
	Reference string
}

// An Update is a message to be edited in place.
type Update struct {
	At     quota.Place
	Text   string
	Blocks []slack.Block
}

// Answerer is what the edge calls. *Bot is one. No method returns an error: whatever goes wrong is an
// answer too.
type Answerer interface {
	// Command answers a slash command (Command is set).
	Command(ctx context.Context, r Request) Reply
	// Say answers a direct message to the bot, in Text.
	Say(ctx context.Context, r Request) Reply
	// Press answers a button.
	Press(ctx context.Context, r Request, p Press) Reply
	// Submit answers a form.
	Submit(ctx context.Context, r Request, f Form) Reply
	// Open answers the opening of Home, with Home set, or a global shortcut (its callback id in Text),
	// with Modal set.
	Open(ctx context.Context, r Request) Reply
	// CardPosted records where the log card now stands, and returns where the one stood that it supersedes,
	// which is to be deleted; the zero Place if there was none.
	CardPosted(ctx context.Context, r Request, at quota.Place) (old quota.Place, err error)
}
