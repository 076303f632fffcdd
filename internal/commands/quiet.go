package commands

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

const quietForms = "Write `quiet today`, `quiet this week`, or `quiet off` to hear from me again. Nothing changed."

// quiet keeps messages about the member's pace back for a while.
func (b *Bot) quiet(ctx context.Context, r Request, args []string) Reply {
	words := strings.Join(dropped(args, "for", "the", "rest", "of", "please"), " ")
	var until time.Time
	switch words {
	case "today", "day", "now":
		until = endOfDay(r.At, b.zone(ctx, r))
	case "this week", "week":
		until = endOfWeek(r.At, b.zone(ctx, r))
	case "off", "over", "end", "no more":
	case "":
		return say("For how long? %s", quietForms)
	default:
		return say("I can't be quiet %s. %s", echo(words), quietForms)
	}
	m, err := b.book.Quiet(ctx, who(r), r.ID, r.At, until)
	if err != nil {
		return b.failed(ctx, r, err)
	}
	return b.hushed(r, m)
}

// endOfDay is the end of the day of somebody who lives in a zone.
func endOfDay(at time.Time, zone *time.Location) time.Time { return endOf(quota.DayOf(at, zone), zone) }

// endOfWeek is the end of their Sunday: of the days as they live them, not of the week that limits are counted by.
func endOfWeek(at time.Time, zone *time.Location) time.Time {
	today := quota.DayOf(at, zone)
	return endOf(today+quota.Day((7-today.Weekday())%7), zone)
}

// hushed says until when it is quiet now.
func (b *Bot) hushed(r Request, m quota.Member) Reply {
	zone := b.book.Zone(m.Zone)
	if q := look.Quiet(quota.Standing{Rules: quota.Rules{Member: m}, At: r.At, Zone: zone, Today: quota.DayOf(r.At, zone)}); q != "" {
		return say("%s", q)
	}
	return say("You hear from me again when a log of yours crosses a line of pace.")
}

// moment is a time as somebody in a zone reads it, with whose time it is: "Wed 00:00 your time".
func moment(t, at time.Time, zone *time.Location) string {
	whose := " your time"
	if _, offset := t.In(zone).Zone(); offset == 0 {
		whose = " UTC"
	}
	return look.Moment(t, quota.Standing{Zone: zone, Today: quota.DayOf(at, zone)}) + whose
}

// pressQuiet does the same below a message about pace, which then stands there without its buttons and says so itself.
func (b *Bot) pressQuiet(ctx context.Context, r Request, p Press, v url.Values, key string) Reply {
	until := endOfDay(r.At, b.zone(ctx, r))
	if p.Action == "quiet_week" {
		until = endOfWeek(r.At, b.zone(ctx, r))
	}
	m, err := b.book.Quiet(ctx, who(r), key, r.At, until)
	if err != nil {
		return b.failed(ctx, r, err)
	}
	above, ok := b.unasked(ctx, r, v)
	if !ok || !m.Quiet.Until.After(r.At) {
		return b.hushed(r, m)
	}
	return replacing(reply(above))
}

// isUnasked reports whether a value belongs to a button below a message that nobody asked for: the id of such a
// button begins with the message's name, which holds slashes.
func isUnasked(v url.Values) bool { return strings.Contains(v.Get("id"), "/") }

// unasked is the message about pace that holds a button, drawn again without any. ok is false for what is no such
// message of today to the person who presses: it would say something else by now.
func (b *Bot) unasked(ctx context.Context, r Request, v url.Values) (m look.Message, ok bool) {
	id := strings.Split(v.Get("id"), "/") // the message's name, the action, the operation
	if len(id) < 3 {
		return m, false
	}
	i, err := b.book.Intent(ctx, r.Workspace, strings.Join(id[:len(id)-2], "/"))
	zone := b.zone(ctx, r)
	if err != nil || i.To != r.User || quota.DayOf(i.Due, zone) != quota.DayOf(r.At, zone) {
		return m, false
	}
	switch i.Kind() {
	case quota.CramKind:
		s, err := b.book.Standing(ctx, who(r), r.At, quota.Invite)
		if err != nil {
			return m, false
		}
		m = look.Cram(s)
	case quota.NudgeKind:
		s, line, err := b.book.Paced(ctx, who(r), r.At, i.Op)
		if err != nil {
			return m, false
		}
		_, members, err := b.book.Roster(ctx, r.Workspace)
		if err != nil {
			return m, false
		}
		m = look.Nudge(s, line, b.managers(ctx, r, s.Team, members))
	}
	return m, m.Text != ""
}

// managers returns the names of a team's managers; "" for one whose name is not known.
func (b *Bot) managers(ctx context.Context, r Request, t quota.Team, members map[string]quota.Member) []string {
	var names []string
	for _, id := range t.Managers {
		n := members[id].Name
		if n == "" && id == r.User {
			n = r.Profile.Name
		}
		if n == "" && b.Slack.Name != nil {
			n = b.Slack.Name(ctx, r.Workspace, id)
		}
		names = append(names, n)
	}
	return names
}
