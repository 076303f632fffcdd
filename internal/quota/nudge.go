package quota

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// How far a crossed ceiling and a nudge reach. All are Paceline's own.
const (
	nudgesAWeek = 2                // besides ceilings and restrictions; at most one a day
	nudgeEdits  = time.Hour        // more logs within it edit the message rather than send another
	ToldAfter   = 30 * time.Minute // a manager hears of a passed ceiling so much later, unless it was undone
	managers    = 4                // so many managers of a team are told about a member
)

// paceNames are the intents that a log at a moment may have to make or change: those of the week, those of the week
// before while it may still be the same day for the member, and those for the managers.
func paceNames(member string, at time.Time) []string {
	names := nudgeNames(member, at)
	if WeekOf(at.Add(-day)) != WeekOf(at) {
		names = append(names, nudgeNames(member, at.Add(-day))...)
	}
	return append(names, managerNames(ToldKind, member+"/"+DayOf(at, time.UTC).String())...)
}

// undoNames are the intents that an undo at a moment may have to change: whatever an operation of the last MaxBack days
// may have caused.
func undoNames(member string, at time.Time) []string {
	names := managerNames(ToldKind, member+"/"+DayOf(at, time.UTC).String())
	for t := at; !t.Before(at.Add(-MaxBack * day)); t = t.Add(-week) {
		names = append(names, nudgeNames(member, t)...)
	}
	return append(names, spellNames(member)...)
}

// managerNames are the intents of a kind to the managers about something, which it names.
func managerNames(kind, about string) []string {
	var names []string
	for n := 1; n <= managers; n++ {
		names = append(names, fmt.Sprintf("%s/%s/%d", kind, about, n))
	}
	return names
}

// nudgeNames are the messages to a member about their pace in the week of a moment.
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
	for _, i := range known {
		if i.Kind() == NudgeKind && DayOf(i.Due, s.Zone) == s.Today {
			if s.At.Sub(i.Due) <= nudgeEdits && i.alive() {
				return []Intent{i.anew(s.At)}
			}
			return nil
		}
	}
	if worst == NoLine || s.Member.Quiet.Until.After(s.At) || s.Member.Away.Has(s.Today) {
		return nil
	}
	for _, name := range names[1:] {
		if _, said := known[name]; !said {
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
	names := managerNames(ToldKind, s.Member.ID+"/"+DayOf(s.At, time.UTC).String())
	for n, m := range s.told(names, known) {
		was := known[names[n]]
		switch {
		case m == "" || was.alive() && was.State == Posted:
		case was.alive():
			was = was.anew(s.At)
			was.Op = o.Op
			out = append(out, was)
		default:
			out = append(out, s.message(names[n], m, o.Op, s.At.Add(ToldAfter)))
		}
	}
	return out
}

// told returns to whom each of some messages to the managers goes: to whom it went before while that is known, then
// to the managers in turn; "" to nobody.
func (s Standing) told(names []string, known map[string]Intent) []string {
	out := make([]string, len(names))
	for n, name := range names {
		if i := known[name]; i.alive() {
			out[n] = i.To
		}
	}
	for _, m := range s.Team.Managers {
		if n := slices.Index(out, ""); n >= 0 && m != s.Member.ID && !slices.Contains(out, m) {
			out[n] = m
		}
	}
	return out
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
		if k := i.Kind(); k == SpellKind || k == BackOnKind {
			continue
		}
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
