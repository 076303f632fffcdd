package commands

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"

	"github.com/paceline/paceline/internal/linkedin"
	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A Bot answers what people type, press and open. It is safe for concurrent use and keeps nothing itself.
type Bot struct {
	book   *quota.Book
	names  look.Names
	admins []string

	// Slack is set before the first request, or stays zero.
	Slack Slack
}

// Slack tells what only Slack knows. What is nil is not asked.
type Slack struct {
	// Name is what somebody is called; "" when nobody knows.
	Name func(ctx context.Context, workspace, person string) string
	// Readers says who reads a channel.
	Readers func(ctx context.Context, workspace, channel string) (quota.Readers, error)
	// Reach returns Slack's word for why the bot cannot post in a channel; "" when it can, or nothing is known.
	Reach func(ctx context.Context, workspace, channel string) (reason string, err error)
}

// New returns a Bot. names are the slash commands as they are configured; admins are Slack's ids of people
// who may set up teams besides the owners and admins of the workspace.
func New(book *quota.Book, names look.Names, admins []string) *Bot {
	return &Bot{book: book, names: names, admins: admins}
}

var _ Answerer = (*Bot)(nil)

// DefaultNames are the slash commands unless the operator chooses others.
func DefaultNames() look.Names {
	return look.Names{Main: "/paceline", Sent: "/sent", Budget: "/budget"}
}

func who(r Request) quota.Who {
	return quota.Who{Workspace: r.Workspace, ID: r.User, Channel: r.Channel, Name: r.Profile.Name, Zone: r.Profile.Zone}
}

// reply turns a message into an answer.
func reply(m look.Message) Reply { return Reply{Text: m.Text, Blocks: m.Blocks} }

// say is an answer of plain sentences.
func say(format string, args ...any) Reply {
	return reply(look.Sentences([]string{fmt.Sprintf(format, args...)}))
}

// A slip is one or two sentences in mrkdwn that say what is wrong with what was asked, and how to mend it.
type slip string

func (s slip) Error() string { return string(s) }

func slipf(format string, args ...any) slip { return slip(fmt.Sprintf(format, args...)) }

// hash names something for ever by what it came from, in a form that people can read out.
func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(h.Sum(nil)[:10])
}

// Reference is what a person and the operator's log call the same request.
func (r Request) Reference() string { return hash(r.Workspace, r.ID)[:6] }

func shown(key string) string { return look.Escape(linkedin.Shown(key)) }
