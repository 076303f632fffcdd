package commands

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"slices"

	"github.com/paceline/paceline/internal/linkedin"
	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A Bot answers what people type, press and open. It is safe for concurrent use and keeps nothing itself.
type Bot struct {
	book   *quota.Book
	names  look.Names
	admins []string
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

// A retry says how the same request is made again, with the same operation key.
type retry struct {
	user    string // who may
	key     string // the request's ID
	command string // for something typed: the command, or "" in a direct message
	text    string
	action  string // for something pressed
	value   string
}

// failed answers an error of the book: refusals with their fix, everything else with what is known about
// whether it was saved.
func (b *Bot) failed(r Request, again retry, err error) Reply {
	var old quota.TooOld
	var future quota.InFuture
	var undone quota.AlreadyUndone
	zone := b.book.Zone(r.Profile.Zone)
	today := quota.DayOf(r.At, zone)
	switch {
	case errors.As(err, &old):
		return say("%s is more than %d days ago; the oldest day I can take is %s. Nothing was logged.", look.Date(old.Day, today), quota.MaxBack, look.Date(old.Oldest, today))
	case errors.As(err, &future):
		d := quota.DayOf(future.At, zone)
		return say("%s has not come yet. Log it once it is sent; nothing was logged.", look.Date(d, today)+", "+future.At.In(zone).Format("15:04"))
	case errors.As(err, &undone):
		return say("%s was undone already. Nothing changed.", look.Quantity(undone.Operation.Quantity, undone.Operation.Kind))
	case errors.Is(err, quota.ErrNothingToUndo):
		return say("There is nothing to undo: no log of yours in the last %d days is left.", quota.MaxBack)
	case errors.Is(err, quota.ErrNotOnTeam):
		return say("You are not on a team yet. Your first `%s` puts you on one, and settings come with it.", b.names.Sent)
	}
	ref := r.Reference()
	var text string
	switch {
	case errors.Is(err, quota.ErrUnavailable):
		text = "Not saved: I could not reach my store, and nothing was counted. Press Retry in a moment."
	case errors.Is(err, quota.ErrAmbiguous):
		text = "I cannot tell yet whether this was saved. Press Retry: it cannot count twice."
	default:
		text = "Something went wrong on my side. Press Retry; if it stays, tell who runs Paceline."
	}
	out := reply(look.Sentences([]string{text, "Reference " + ref + "."}, look.Button{Label: "Retry", Action: "retry", Value: again.encode()}))
	out.Err, out.Reference = err, ref
	return out
}

func shown(key string) string { return look.Escape(linkedin.Shown(key)) }

// a role is what somebody may do here.
type role struct {
	admin  bool
	teams  []quota.Team
	member quota.Member
	known  bool // the member row exists and is on a team
}

func (b *Bot) role(ctx context.Context, r Request) (role, error) {
	teams, m, err := b.book.Teams(ctx, who(r))
	if err != nil {
		return role{}, err
	}
	return role{
		admin: r.Profile.Admin && !r.Profile.Stranger || slices.Contains(b.admins, r.User),
		teams: teams, member: m, known: m.ID != "" && m.Active(),
	}, nil
}

// manages reports whether the person manages a team; with "" any team.
func (p role) manages(team, user string) bool {
	for _, t := range p.teams {
		if (team == "" || t.ID == team) && t.Manages(user) {
			return true
		}
	}
	return false
}
