package quota

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How far a crossed ceiling and a nudge reach. All are Paceline's own.
const (
	nudgesAWeek = 2                // besides ceilings and restrictions; at most one a day
	crossings   = 3                // of ceilings a week that have a message each; more of them edit the last
	nudgeEdits  = time.Hour        // more logs within it edit the message rather than send another
	ToldAfter   = 30 * time.Minute // a manager hears of a passed ceiling so much later, unless it was undone
	managers    = 4                // so many managers of a team are told about a member
)

// paceNames are the intents that a log at a moment may have to make, change or heed: those of the week, those of the week
// before while it may still be the same day for the member, and those for the managers.
func paceNames(member string, at time.Time) []string {
	names := append(nudgeNames(member, at), cramNames(member, at)...)
	if WeekOf(at.Add(-day)) != WeekOf(at) {
		names = append(names, nudgeNames(member, at.Add(-day))...)
	}
	return append(names, toldNames(member, at)...)
}

// undoNames are the intents about pace that an undo at a moment may have to change: whatever an operation of the last
// MaxBack days may have caused.
func undoNames(member string, at time.Time) []string {
	names := toldNames(member, at)
	for t := at; !t.Before(at.Add(-MaxBack * day)); t = t.Add(-week) {
		names = append(names, nudgeNames(member, t)...)
	}
	return names
}

// toldNames are what managers hear of a passed ceiling on the day of a moment and on the day before, in UTC.
func toldNames(member string, at time.Time) []string {
	today := managerNames(ToldKind, member+"/"+DayOf(at, time.UTC).String())
	return append(today, managerNames(ToldKind, member+"/"+DayOf(at.Add(-day), time.UTC).String())...)
}

// cramNames are the messages about the last working day of a week that may be today, wherever the member lives.
func cramNames(member string, at time.Time) []string {
	var names []string
	for w := WeekOf(at.Add(-day)); w <= WeekOf(at.Add(day)); w++ {
		names = append(names, CramKind+"/"+member+"/"+w.String())
	}
	return names
}

// managerNames are the intents of a kind to the managers about something, which it names.
func managerNames(kind, about string) []string {
	var names []string
	for n := 1; n <= managers; n++ {
		names = append(names, kind+"/"+about+"/"+strconv.Itoa(n))
	}
	return names
}

// nudgeNames are the messages to a member about their pace in the week of a moment: those about passed ceilings, then
// the others.
func nudgeNames(member string, at time.Time) []string {
	about := "/" + member + "/" + WeekOf(at).String() + "/"
	names := make([]string, 0, crossings+nudgesAWeek)
	for n := 1; n <= crossings; n++ {
		names = append(names, CeilingKind+about+strconv.Itoa(n))
	}
	for n := 1; n <= nudgesAWeek; n++ {
		names = append(names, NudgeKind+about+strconv.Itoa(n))
	}
	return names
}

// nudges returns the messages that a log brings about: at most one to the member, the gravest, and for a passed
// ceiling one to each manager. s is as it is right after the log, and verdicts are those of it. Messages of the last hour
// are said anew. A recollection brings no message, not even about a ceiling: its own answer says what is past.
func (s Standing) nudges(o Operation, verdicts []Verdict, known map[string]Intent) []Intent {
	var worst Line
	for _, v := range verdicts {
		if v.Line != Brisk {
			worst = v.Line
			break
		}
	}
	names := nudgeNames(s.Member.ID, s.At)
	if worst == CeilingLine {
		return s.ceiling(names[:crossings], o, known)
	}
	if out := s.mended(known, func(i Intent) bool { return s.At.Sub(i.begun()) <= nudgeEdits }); len(out) > 0 {
		return out
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		i := known[name]
		if !s.usesToday(i) {
			continue
		}
		if op, _ := s.cause(i); op == 0 && i.Kind() == NudgeKind && i.alive() && worst != NoLine {
			return []Intent{i.renewed(s.At, o.Op)} // it was about to be taken back
		}
		return nil
	}
	if worst == NoLine || s.Member.Quiet.Until.After(s.At) || s.Member.Away.Has(s.Today) {
		return nil
	}
	for _, name := range names[crossings:] {
		if was, said := known[name]; !said || was.takenBack() {
			return []Intent{s.message(name, s.Member.ID, o.Op, s.At)}
		}
	}
	return nil
}

// usesToday reports whether i is the one message about pace that the member gets on s.Today: a nudge that was not taken
// back, or a cram that is said.
func (s Standing) usesToday(i Intent) bool {
	if DayOf(i.Due, s.Zone) != s.Today {
		return false
	}
	return i.Kind() == NudgeKind && !i.takenBack() || i.Kind() == CramKind && i.alive() && (i.State != Pending || i.At != Place{})
}

// TakenBack is the reason of a message that ended because its cause was undone. It counts as never said.
const TakenBack = "its cause was undone"

func (i Intent) takenBack() bool { return i.State == Cancelled && i.Reason == TakenBack }

// begun is when the log was told that i is about, for messages about pace.
func (i Intent) begun() time.Time {
	if i.Kind() == ToldKind {
		return i.Due.Add(-ToldAfter)
	}
	return i.Due
}

// mended returns those messages about the member's pace that hold for some and stand or may still come to, to be said in
// other words: each about the gravest line that a log crossed in the hour after it began.
func (s Standing) mended(known map[string]Intent, some func(Intent) bool) []Intent {
	var out []Intent
	for _, i := range known {
		switch i.Kind() {
		case NudgeKind, CeilingKind, ToldKind:
		default:
			continue
		}
		if i.alive() && some(i) {
			if op, line := s.cause(i); op != 0 {
				if now, crossed := s.crossed(i.Op); !crossed || line < now.Line {
					i.Op = op
				}
			}
			out = append(out, i.anew(s.At))
		}
	}
	slices.SortFunc(out, func(a, b Intent) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// cause returns the operation of the hour in which i may be edited that crossed the gravest line i may tell of, the
// earliest of those, and the line; 0 when none did, or all were undone.
func (s Standing) cause(i Intent) (op uint64, line Line) {
	for _, o := range s.Journal.Operations() {
		if o.Undone || o.Op != i.Op && (o.Recorded.Before(i.begun()) || o.Recorded.Sub(i.begun()) > nudgeEdits) {
			continue
		}
		v, crossed := s.crossed(o.Op)
		if !crossed || (v.Line == CeilingLine) == (i.Kind() == NudgeKind) {
			continue
		}
		if op == 0 || v.Line < line || v.Line == line && o.Op < op {
			op, line = o.Op, v.Line
		}
	}
	return op, line
}

// ceiling returns what is said about a ceiling that o has passed: to the member at once, under one of some names, to the
// managers later, and to them at most once a day.
func (s Standing) ceiling(own []string, o Operation, known map[string]Intent) []Intent {
	var out []Intent
	if i, ok := s.crossing(own, o, known); ok {
		out = append(out, i)
	}
	names := managerNames(ToldKind, s.Member.ID+"/"+DayOf(s.At, time.UTC).String())
	for n, m := range s.told(names, known) {
		was := known[names[n]]
		_, stands := s.crossed(was.Op)
		switch {
		case m == "":
		case was.alive() && (stands || was.State == Posted && s.At.Sub(was.begun()) > nudgeEdits): // once a day, and kept true
			was = was.anew(s.At)
			was.Op = o.Op
			out = append(out, was)
		case was.unsaid():
			out = append(out, s.message(names[n], m, o.Op, s.At.Add(ToldAfter))) // half an hour from this one on
		case was.alive():
			was = was.anew(s.At)
			was.Op, was.Due = o.Op, s.At.Add(ToldAfter)
			was.Expires = was.Due.Add(MessageLife)
			out = append(out, was)
		default:
			out = append(out, s.message(names[n], m, o.Op, s.At.Add(ToldAfter)))
		}
	}
	return out
}

// crossing returns what tells the member of a ceiling that o has passed: the message of the last hour in other words, else
// a new one. ok is false once all names are used up.
func (s Standing) crossing(names []string, o Operation, known map[string]Intent) (i Intent, ok bool) {
	free, last := "", Intent{}
	for _, name := range names {
		switch was := known[name]; {
		case was.alive() && !was.Due.Before(last.Due):
			last = was
		case free == "" && (was.State == 0 || was.takenBack()):
			free = name
		}
	}
	switch {
	case last.alive() && last.State != Posted && last.At == Place{}: // not read yet
		return last.renewed(s.At, o.Op), true
	case last.alive() && (free == "" || s.At.Sub(last.begun()) <= nudgeEdits):
		last = last.anew(s.At)
		last.Op = o.Op
		return last, true
	case free == "":
		return Intent{}, false
	}
	return s.message(free, s.Member.ID, o.Op, s.At), true
}

// ManagersTold returns when the managers of a member are told, or were, of a ceiling passed on the day of a moment or
// on the day before; the zero time if none of them is.
func (b *Book) ManagersTold(ctx context.Context, who Who, at time.Time) (when time.Time, err error) {
	f, err := b.store.Read(ctx, who.Workspace, Need{Intents: toldNames(who.ID, at)})
	if err != nil {
		return time.Time{}, fmt.Errorf("managers told: %w", err)
	}
	for _, i := range f.Intents {
		if i.alive() && i.Due.After(when) {
			when = i.Due
		}
	}
	return when, nil
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

// afterUndo returns the messages about a member's pace to be looked at again once an operation is undone: those that it
// caused, those of the last hour, and what was said of a ceiling in the last day, whose figures it may have been part of.
// s is as it is after the undo.
func (s Standing) afterUndo(known map[string]Intent, op uint64) []Intent {
	return s.mended(known, func(i Intent) bool {
		reach := nudgeEdits
		if i.Kind() != NudgeKind {
			reach = day
		}
		return i.Op == op || s.At.Sub(i.begun()) <= reach
	})
}

// Nudged reports whether a member was told about the own pace on the day of a moment already.
func (b *Book) Nudged(ctx context.Context, who Who, at time.Time) (bool, error) {
	names := append(nudgeNames(who.ID, at), nudgeNames(who.ID, at.Add(-day))...)
	f, err := b.store.Read(ctx, who.Workspace, Need{Members: []Span{{Member: who.ID}}, Intents: names})
	if err != nil {
		return false, fmt.Errorf("nudged: %w", err)
	}
	s := b.standing(f, who, at, f.Next, at)
	for _, i := range f.Intents {
		if s.usesToday(i) {
			return true, nil
		}
	}
	return false, nil
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
