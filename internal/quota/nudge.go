package quota

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How far a crossed ceiling and a nudge reach. All are Paceline's own.
const (
	nudgesAWeek = 2                // besides ceilings and restrictions; at most one a day
	nudgeEdits  = time.Hour        // more logs within it edit the message rather than send another
	toldAfter   = 30 * time.Minute // a manager hears of a passed ceiling so much later, unless it was undone
)

// nudgeNames are the intents that a log or an undo at a moment may have to make or change.
func nudgeNames(member string, at time.Time) []string {
	w := WeekOf(at).String()
	names := []string{CeilingKind + "/" + member + "/" + w}
	for n := 1; n <= nudgesAWeek; n++ {
		names = append(names, fmt.Sprintf("%s/%s/%s/%d", NudgeKind, member, w, n))
	}
	return names
}

// nudges returns the messages that a log brings about: at most one to the member, the gravest, and for a passed
// ceiling one to each manager. s is as it is right after the log. A message of the last hour is said anew.
func (s Standing) nudges(o Operation, known map[string]Intent) []Intent {
	var worst Line
	for _, v := range s.Verdicts(o) {
		if v.Line != Brisk {
			worst = v.Line
			break
		}
	}
	names := nudgeNames(s.Member.ID, s.At)
	if worst == CeilingLine {
		return s.ceiling(names[0], o, known)
	}
	for _, name := range names[1:] {
		switch i, ok := known[name]; {
		case ok && DayOf(i.Due, s.Zone) == s.Today:
			if s.At.Sub(i.Due) <= nudgeEdits && i.alive() {
				return []Intent{i.anew(s.At)}
			}
			return nil
		case ok:
		case worst == NoLine || s.Member.Quiet.Until.After(s.At) || s.Member.Away.Has(s.Today):
			return nil
		default:
			return []Intent{s.message(name, s.Member.ID, o.Op, s.At)}
		}
	}
	return nil
}

// ceiling returns what is said about a ceiling that o has passed: to the member at once, to the managers later,
// and to them at most once a day.
func (s Standing) ceiling(name string, o Operation, known map[string]Intent) []Intent {
	i, was := s.message(name, s.Member.ID, o.Op, s.At), known[name]
	if was.alive() && was.State != Posted {
		i = was.anew(s.At)
		i.Op = o.Op
	}
	out := []Intent{i}
	if was.Name != "" && DayOf(was.Due, time.UTC) == DayOf(s.At, time.UTC) {
		return out
	}
	for _, m := range s.Team.Managers {
		if m != s.Member.ID {
			day := DayOf(s.At, time.UTC).String()
			out = append(out, s.message(strings.Join([]string{ToldKind, m, s.Member.ID, day}, "/"), m, o.Op, s.At.Add(toldAfter)))
		}
	}
	return out
}

// spell returns what is said about a restriction: to the managers at once, to the member when it is over.
func (s Standing) spell(e Entry) []Intent {
	op := strconv.FormatUint(e.Op, 10)
	var out []Intent
	for _, m := range s.Team.Managers {
		if m != s.Member.ID {
			out = append(out, s.message(SpellKind+"/"+m+"/"+op, m, e.Op, e.At))
		}
	}
	return append(out, s.message(BackOnKind+"/"+s.Member.ID+"/"+op, s.Member.ID, e.Op, s.awake(e.Until)))
}

// awake returns the first moment from t on that lies in the member's working hours.
func (s Standing) awake(t time.Time) time.Time {
	from, until := s.Member.hours()
	first := DayOf(t, s.Zone)
	for d := first; d < first+MaxBack; d++ {
		begin, end := d.In(s.Zone, from/60, from%60), d.In(s.Zone, until/60, until%60)
		if !s.Member.Workdays.Has(d.Weekday()) || s.Member.Away.Has(d) || !t.Before(end) {
			continue
		}
		if t.Before(begin) {
			return begin.UTC()
		}
		return t
	}
	return t // somebody who never works
}

// message is an intent about the member.
func (s Standing) message(name, to string, op uint64, due time.Time) Intent {
	return Intent{Name: name, To: to, Team: s.Team.ID, Member: s.Member.ID, Op: op, Due: due, Expires: due.Add(MessageLife), State: Pending, Next: due}
}

// alive reports whether i stands in Slack, or may still come to stand there by itself.
func (i Intent) alive() bool { return i.State != 0 && i.State <= Posted }

// anew is i to be put into words again: what stands in Slack is edited or taken away, and whoever is saying the
// old words can no longer settle them.
func (i Intent) anew(at time.Time) Intent {
	i.Content, i.Token = nil, 0
	if i.State == Posted {
		i.State, i.Next, i.Settled, i.Looks = Pending, at, time.Time{}, 0
	}
	return i
}

// afterUndo returns the messages about a member's pace to be looked at again once an operation is undone: those
// that it caused, and those of the last hour.
func afterUndo(known map[string]Intent, op uint64, at time.Time) []Intent {
	var out []Intent
	for _, i := range known {
		if (i.Op == op || at.Sub(i.Due) <= nudgeEdits) && i.alive() {
			out = append(out, i.anew(at))
		}
	}
	slices.SortFunc(out, func(a, b Intent) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// ErrUndone says that what caused a message is undone, or no longer crosses a line.
var ErrUndone = errors.New("the cause is undone")

// Paced returns how a member stands and which line of pace an operation crossed, the gravest, with today's
// figures. The error is ErrUndone when it crosses none, with what was undone since left out.
func (b *Book) Paced(ctx context.Context, who Who, at time.Time, op uint64) (Standing, Verdict, error) {
	s, err := b.Standing(ctx, who, at, Invite)
	if err != nil {
		return Standing{}, Verdict{}, err
	}
	undone := s.Journal.undone()
	then := s
	then.Journal = slices.DeleteFunc(slices.Clone(s.Journal), func(e Entry) bool {
		return e.Act == Undone || undone[e.Op] || e.Op > op
	})
	for _, o := range then.Journal.Operations() {
		if o.Op != op {
			continue
		}
		then.At, then.Today = o.Recorded, DayOf(o.Recorded, s.Zone)
		for _, v := range then.Verdicts(o) {
			if v.Line == Brisk {
				continue
			}
			if g, ok := s.gaugeOf(v); ok {
				v.Sent = max(v.Sent, g)
			}
			return s, v, nil
		}
	}
	return Standing{}, Verdict{}, ErrUndone
}

// gaugeOf measures the limit of a verdict now.
func (s Standing) gaugeOf(v Verdict) (int, bool) {
	if v.Limit == nil || v.Line == Projection {
		return 0, false
	}
	g, ok := s.gauge(v.Limit, s.At)
	return g.Used, ok
}

// Scheduled returns the intents of a workspace that nobody has said yet, or that wait for a person, by when they
// were due.
func (b *Book) Scheduled(ctx context.Context, workspace string) ([]Intent, error) {
	f, err := b.store.Read(ctx, workspace, Need{Open: true})
	if err != nil {
		return nil, fmt.Errorf("scheduled: %w", err)
	}
	var out []Intent
	for _, i := range f.Intents {
		out = append(out, i)
	}
	slices.SortFunc(out, func(a, b Intent) int { return a.Due.Compare(b.Due) })
	return out, nil
}
