package quota

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// The kinds of intents: what stands before the first slash of a name.
const (
	DigestKind   = "digest"   // digest/TEAM/MONDAY: to the team's channel
	OverviewKind = "overview" // overview/MANAGER/TEAM/MONDAY: the team at a glance, for a manager who asked
	RecapKind    = "recap"    // recap/MEMBER/MONDAY: one's own week, for a member who asked
	CheckInKind  = "checkin"  // checkin/MEMBER/DAY: the end of a working day, for a member who asked
	CramKind     = "cram"     // cram/MEMBER/MONDAY: much left on the last working day, for a member who asked
	NudgeKind    = "nudge"    // nudge/MEMBER/MONDAY/1 and 2: about one's own pace
	CeilingKind  = "ceiling"  // ceiling/MEMBER/MONDAY/1: a ceiling is passed
	ToldKind     = "told"     // told/MEMBER/DAY/1 to 4: the same to the managers
	SpellKind    = "spell"    // spell/MEMBER/REPORTED/1 to 4: LinkedIn restricted a member, to the managers; REPORTED is the moment of the report
	BackOnKind   = "backon"   // backon/MEMBER/REPORTED: a restriction has ended
	RulesKind    = "rules"    // rules/DEED: somebody changed a member's rules
	WaitsKind    = "waits"    // waits/TEAM/MONDAY/MANAGER: the digest is Held, to each manager
)

// Kind returns what stands before the first slash of i's name.
func (i Intent) Kind() string {
	kind, _, _ := strings.Cut(i.Name, "/")
	return kind
}

// MessageLife is how long a message to one person stays worth saying. Paceline's own number.
const MessageLife = 4 * time.Hour

// Punctual is for how long after its due time a digest does not say that it is late.
const Punctual = 5 * time.Minute

// WeekOpens is for how long after its own time a digest still opens the week: later it calls nothing fresh, since by then
// the week is under way. Paceline's own number.
const WeekOpens = 24 * time.Hour

// DigestDue returns when the digest that opens a week is due: Monday 00:00 UTC, or the team's own time on that
// Monday if that is later.
func (b *Book) DigestDue(t Team, w Week) time.Time {
	monday := DayOf(w.Start(), time.UTC)
	own := monday.In(b.Zone(t.Digest.Zone), t.Digest.Minute/60, t.Digest.Minute%60)
	if own.Before(w.Start()) {
		return w.Start()
	}
	return own.UTC()
}

// digestName names the digest of a team that opens a week.
func digestName(team string, w Week) string { return DigestKind + "/" + team + "/" + w.String() }

// digestNames are the digests of a team that a write at a moment may have to make or move.
func digestNames(team string, at time.Time) []string {
	w := WeekOf(at)
	return []string{digestName(team, w), digestName(team, w+1)}
}

// digests returns the digests of a team that are to be made or moved at a moment: the next one, and this week's
// while it is not due yet.
func (b *Book) digests(t Team, at time.Time, known map[string]Intent) []Intent {
	var out []Intent
	for _, w := range []Week{WeekOf(at), WeekOf(at) + 1} {
		i := b.digest(t, w)
		was, ok := known[i.Name]
		switch moved := !was.Due.Equal(i.Due) || was.To != i.To; {
		case t.Channel == "" || !t.Created.Before(w.Start()):
		case ok && (!moved || !was.waits() && (was.To == i.To || !was.unsaid())):
		case ok && was.To == i.To && !was.Due.After(at): // somebody wants it now
		case !ok && i.Due.Before(at):
		default:
			if ok && i.Due.Before(at) { // moved to where it would be late; it is not
				i.Due, i.Next = at, at
				if was.Due.Before(at) {
					i.Due = was.Due
				}
			}
			out = append(out, i)
		}
	}
	return out
}

func (b *Book) digest(t Team, w Week) Intent {
	due := b.DigestDue(t, w)
	return Intent{Name: digestName(t.ID, w), To: t.Channel, Team: t.ID, Due: due, Expires: w.End(), State: Pending, Next: due}
}

// owed returns this week's digest of a team if it is due and neither it nor the next one was ever made: nobody
// was there to make it.
func (b *Book) owed(t Team, at time.Time, known map[string]Intent) []Intent {
	w := WeekOf(at)
	i := b.digest(t, w)
	_, made := known[i.Name]
	_, next := known[digestName(t.ID, w+1)]
	if made || next || t.Channel == "" || !t.Created.Before(w.Start()) || !i.Due.Before(at) {
		return nil
	}
	return []Intent{i}
}

// Schedule makes the intents that time alone brings about in a workspace, those that are not there yet: each
// team's digest, a word to its managers when that is Held, and what members have asked for. What members have asked for and nobody has said yet is moved to where
// their hours, days and zones have it now. It may be called at any time, any number of times.
func (b *Book) Schedule(ctx context.Context, workspace string, at time.Time) error {
	at = at.UTC().Truncate(time.Microsecond)
	f, err := b.store.Read(ctx, workspace, Need{Roster: true})
	if err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	need := Need{Roster: true}
	for _, t := range f.Teams {
		need.Intents = append(need.Intents, digestNames(t.ID, at)...)
		need.Intents = append(need.Intents, waitsNames(t, digestName(t.ID, WeekOf(at)))...)
	}
	for _, m := range f.Members {
		for _, i := range b.asked(m, f.Teams, at) {
			need.Intents = append(need.Intents, i.Name)
		}
	}
	_, err = b.store.Do(ctx, Write{Workspace: workspace, Key: "schedule/" + at.Format(time.RFC3339Nano), At: at, Need: need, Decide: func(f Facts) (Change, error) {
		var c Change
		wanted := make(map[string]bool)
		for _, n := range need.Intents {
			wanted[n] = true
		}
		for _, t := range f.Teams {
			c.Intents = append(c.Intents, b.owed(t, at, f.Intents)...)
			c.Intents = append(c.Intents, b.digests(t, at, f.Intents)...)
			c.Intents = append(c.Intents, waits(t, at, f.Intents, wanted)...)
		}
		for _, m := range f.Members {
			for _, i := range b.asked(m, f.Teams, at) {
				if was, known := f.Intents[i.Name]; wanted[i.Name] && (!known || was.gives(i) || was.unsaid() && !was.Due.Equal(i.Due)) {
					c.Intents = append(c.Intents, i)
				}
			}
		}
		return c, nil
	}})
	if err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	return nil
}

// The default working day, in minutes after midnight of the member's zone: when messages that can wait begin
// and end.
const (
	morning = 9 * 60
	evening = 18 * 60
)

// hours returns the working day of m.
func (m Member) hours() (from, until int) {
	if m.Quiet.From == 0 && m.Quiet.To == 0 {
		return morning, evening
	}
	return m.Quiet.To, m.Quiet.From
}

// asked returns the next of each message that m has asked for, and this Monday's while its time lies ahead: until then
// hours and zone may move it. A manager need not be on a team. A recap is of a week that m was there for.
func (b *Book) asked(m Member, teams []Team, at time.Time) []Intent {
	zone := b.Zone(m.Zone)
	from, until := m.hours()
	var out []Intent
	add := func(kind string, team string, d Day, name string, minute int) {
		due := d.In(zone, minute/60, minute%60).UTC()
		if kind == OverviewKind || kind == RecapKind { // about a week, which ends in UTC
			due = later(due, d.Week().Start())
		}
		out = append(out, Intent{Name: kind + "/" + m.ID + "/" + name, To: m.ID, Team: team, Member: m.ID, Due: due, Expires: due.Add(MessageLife), State: Pending, Next: due})
	}
	next := WeekOf(at) + 1
	mondays := []Day{DayOf(next.Start(), time.UTC)}
	if this := mondays[0] - 7; later(this.In(zone, from/60, from%60), this.Week().Start()).After(at) {
		mondays = []Day{this, mondays[0]}
	}
	for _, t := range teams {
		for _, monday := range mondays {
			if m.Wants&WantsOverview != 0 && t.Manages(m.ID) {
				add(OverviewKind, t.ID, monday, t.ID+"/"+monday.String(), from)
			}
		}
	}
	if !m.Active() {
		return out
	}
	for _, monday := range mondays {
		if m.Wants&WantsRecap != 0 && m.Joined.Before(monday.Week().Start()) {
			add(RecapKind, m.Team, monday, monday.String(), from)
		}
	}
	if m.Wants&WantsCheckIn != 0 {
		last := max(0, until-30)
		if d, ok := nextDay(at, zone, last, func(d Day) bool { return m.Workdays.Has(d.Weekday()) }); ok {
			add(CheckInKind, m.Team, d, d.String(), last)
		}
	}
	if m.Wants&WantsCram != 0 {
		if d, ok := nextDay(at, zone, from, func(d Day) bool { return m.Workdays.Has(d.Weekday()) && !m.worksLater(d) }); ok {
			add(CramKind, m.Team, d, d.Week().String(), from)
		}
	}
	return out
}

// nextDay returns the next day of a sort that recurs by the week, on which a minute has not passed; ok is false when
// there is none.
func nextDay(at time.Time, zone *time.Location, minute int, fits func(Day) bool) (d Day, ok bool) {
	first := DayOf(at, zone)
	for d := first; d <= first+14; d++ {
		if fits(d) && d.In(zone, minute/60, minute%60).After(at) {
			return d, true
		}
	}
	return 0, false
}

// worksLater reports whether m has a working day after d in d's week.
func (m Member) worksLater(d Day) bool {
	for next := d + 1; next.Week() == d.Week(); next++ {
		if m.Workdays.Has(next.Weekday()) {
			return true
		}
	}
	return false
}
