package slackapp

import (
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/paceline/paceline/internal/commands"
)

// A kind is what an inbound is. Its text stands in the log.
type kind string

const (
	command  kind = "command"
	message  kind = "message" // a direct message
	press    kind = "press"
	form     kind = "form"
	shortcut kind = "shortcut"
	home     kind = "home"
)

// An inbound is one thing that came in, whichever way, with what is needed to answer it.
type inbound struct {
	kind    kind
	request commands.Request
	press   commands.Press
	form    commands.Form

	trigger string // opens a modal within 3 s; "" when there is none
	respond string // the response_url; "" when there is none
	event   string // the id of the event that brought a direct message
	thread  string // the ts of the thread that a direct message stands in; "" when in none
	modal   string // the id of the modal that a button was pressed in
	room    int    // the longest body an acknowledgement may carry, in bytes; 0: none at all
}

// A source is one delivery: when it entered, and a name that is the same when it is repeated, for inputs
// that have none of their own (the signature on HTTP, the envelope on Socket Mode).
type source struct {
	at   time.Time
	name string
}

// errNothing marks what came in properly and asks for no answer. It is acknowledged.
var errNothing = errors.New("nothing to answer")

func nothing(why, what string) error { return fmt.Errorf("%w: %s %q", errNothing, why, what) }

// reference names the request in the log and to people. A repeat has the same one.
func (in *inbound) reference() string {
	h := fnv.New32a()
	h.Write([]byte(in.request.Workspace))
	h.Write([]byte(in.request.ID))
	return fmt.Sprintf("%08X", h.Sum32())
}

// names returns what a repeat of a direct message has at least one of in common with it.
func (in *inbound) names() []string {
	if in.event == "" {
		return []string{in.request.ID}
	}
	return []string{in.request.ID, "e/" + in.event}
}

// first returns the first of its arguments that is not empty.
func first(s ...string) string {
	for _, v := range s {
		if v != "" {
			return v
		}
	}
	return ""
}
