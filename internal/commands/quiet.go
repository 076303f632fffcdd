package commands

import (
	"context"
	"net/url"
	"slices"
	"strconv"
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
	if !m.Quiet.Until.After(r.At) {
		return say("Not quiet: I write again when a log of yours crosses a line of pace.")
	}
	return say("Quiet until %s: no messages about your pace. When a ceiling is passed or a restriction ends, I still tell you. `quiet off` ends it.",
		moment(m.Quiet.Until, r.At, b.book.Zone(m.Zone)))
}

// moment is a time as somebody in a zone reads it, with whose time it is: "Wed 00:00 your time".
func moment(t, at time.Time, zone *time.Location) string {
	whose := " your time"
	if _, offset := t.In(zone).Zone(); offset == 0 {
		whose = " UTC"
	}
	return look.Moment(t, quota.Standing{Zone: zone, Today: quota.DayOf(at, zone)}) + whose
}

// pressQuiet does the same below a message about pace, which then stands there without its buttons.
func (b *Bot) pressQuiet(ctx context.Context, r Request, p Press, v url.Values, key string) Reply {
	until := endOfDay(r.At, b.zone(ctx, r))
	if p.Action == "quiet_week" {
		until = endOfWeek(r.At, b.zone(ctx, r))
	}
	m, err := b.book.Quiet(ctx, who(r), key, r.At, until)
	if err != nil {
		return b.failed(ctx, r, err)
	}
	said := b.hushed(r, m)
	above, ok := b.unasked(ctx, r, v)
	if !ok {
		return said
	}
	return replacing(Reply{Text: above.Text + "\n" + said.Text, Blocks: append(slices.Clip(above.Blocks), said.Blocks...)})
}

// isUnasked reports whether a value belongs to a button below a message that nobody asked for: the id of such a
// button begins with the message's name, which holds slashes.
func isUnasked(v url.Values) bool { return strings.Contains(v.Get("id"), "/") }

// unasked is the message about pace that holds a button, drawn again without any. ok is false when it would say
// something else by now.
func (b *Bot) unasked(ctx context.Context, r Request, v url.Values) (m look.Message, ok bool) {
	name := strings.Split(v.Get("id"), "/")
	switch last := name[len(name)-1]; name[0] {
	case quota.CramKind:
		s, err := b.book.Standing(ctx, who(r), r.At, quota.Invite)
		if err != nil || !s.Member.Active() || len(name) < 3 || name[2] != quota.WeekOf(r.At).String() {
			return m, false
		}
		m = look.Cram(s)
	case quota.NudgeKind:
		op, err := strconv.ParseUint(last, 10, 64)
		if err != nil {
			return m, false
		}
		s, line, err := b.book.Paced(ctx, who(r), r.At, op)
		if err != nil || !slices.ContainsFunc(s.Journal.Operations(), func(o quota.Operation) bool {
			return o.Op == op && quota.DayOf(o.Recorded, s.Zone) == s.Today
		}) {
			return m, false
		}
		_, members, err := b.book.Roster(ctx, r.Workspace)
		if err != nil {
			return m, false
		}
		var managers []string
		for _, id := range s.Team.Managers {
			if n := members[id].Name; n != "" {
				managers = append(managers, n)
			}
		}
		m = look.Nudge(s, line, managers)
	}
	return m, m.Text != ""
}
