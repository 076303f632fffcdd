package digest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// A Speech puts intents into words.
type Speech struct {
	Book  *quota.Book
	Names look.Names

	// Readers says who reads a channel; nil: people of one company read each.
	Readers func(ctx context.Context, workspace, channel string) (quota.Readers, error)

	// Person returns what somebody who is on no team is called, and the IANA name of their zone; "" for what is not
	// known. nil: nothing is.
	Person func(ctx context.Context, workspace, user string) (name, zone string)
}

// Kinds is the table of everything that is said unasked.
func (s Speech) Kinds() map[string]Kind {
	return map[string]Kind{
		quota.DigestKind:   {Doubt: Reconciled, Refused: quota.Held, Holds: quota.Punctual, Compose: s.digest, Held: s.held},
		quota.WaitsKind:    {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.waits},
		quota.OverviewKind: {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.overview},
		quota.RecapKind:    {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.recap},
		quota.CheckInKind:  {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.checkIn},
		quota.CramKind:     {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.cram},
		quota.NudgeKind:    {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.nudge},
		quota.CeilingKind:  {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.ceiling},
		quota.ToldKind:     {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.told},
		quota.SpellKind:    {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.spell},
		quota.BackOnKind:   {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.backOn},
		quota.RulesKind:    {Doubt: AtMostOnce, Refused: quota.Cancelled, Compose: s.rules},
	}
}

// said is a message in both its forms.
func said(a look.Announcement) Message {
	return Message{Text: a.Text, Blocks: a.Blocks, Spare: a.Spare}
}

func plainly(m look.Message) Message { return Message{Text: m.Text, Blocks: m.Blocks} }

// digest opens a week in a team's channel. It first makes the one after it, so that there always is a next one.
func (s Speech) digest(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	if err := s.Book.Schedule(ctx, due.Workspace, at); err != nil {
		return Message{}, err
	}
	r, err := s.Book.Review(ctx, due.Workspace, due.Intent.Team, due.Intent.Due)
	if errors.Is(err, quota.ErrNoSuchTeam) {
		return Message{}, Moot{Reason: "the team is gone"}
	}
	if err != nil {
		return Message{}, err
	}
	changes, err := s.Book.Changes(ctx, due.Workspace, r.Team.ID, due.Intent.Due)
	if err != nil {
		return Message{}, err
	}
	f := look.DigestFrame{Deeds: changes}
	if own := s.Book.DigestDue(r.Team, quota.WeekOf(due.Intent.Due)); due.Intent.Due.Sub(own) > quota.WeekOpens {
		f.Asked = due.Intent.Due
	}
	if at.Sub(due.Intent.Due) > quota.Punctual {
		f.Late = at
	}
	if s.Readers != nil {
		who, err := s.Readers(ctx, due.Workspace, due.Intent.To)
		if err != nil {
			return Message{}, err
		}
		f.Unnamed = who != quota.OwnReaders
	}
	names, err := s.managers(ctx, due.Workspace, r.Team)
	if err != nil {
		return Message{}, err
	}
	if len(names) > 0 {
		f.Ask = names[0]
	}
	return said(look.Digest(r, s.Names, f)), nil
}

// managers returns the names of a team's managers; "" for one whose name is not known.
func (s Speech) managers(ctx context.Context, workspace string, t quota.Team) ([]string, error) {
	_, members, err := s.Book.Roster(ctx, workspace)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, id := range t.Managers {
		names = append(names, s.name(ctx, workspace, id, members))
	}
	return names, nil
}

// name is what somebody is called; "" when nobody knows.
func (s Speech) name(ctx context.Context, workspace, id string, members map[string]quota.Member) string {
	if n := members[id].Name; n != "" || s.Person == nil {
		return n
	}
	n, _ := s.Person(ctx, workspace, id)
	return n
}

// zone is where somebody lives who reads a message; UTC when nobody knows.
func (s Speech) zone(ctx context.Context, workspace, id string, members map[string]quota.Member) *time.Location {
	z := members[id].Zone
	if z == "" && s.Person != nil {
		_, z = s.Person(ctx, workspace, id)
	}
	return s.Book.Zone(z)
}

// overview shows a manager, who asked for it, the team at a glance.
func (s Speech) overview(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	if err := s.Book.Schedule(ctx, due.Workspace, at); err != nil {
		return Message{}, err
	}
	members, err := s.managed(ctx, due)
	if err != nil {
		return Message{}, err
	}
	reader := members[due.Intent.To]
	if reader.Wants&quota.WantsOverview == 0 {
		return Message{}, Moot{Reason: "it is not wanted any more"}
	}
	zone := s.zone(ctx, due.Workspace, reader.ID, members)
	if reader.Away.Has(quota.DayOf(at, zone)) || !s.Book.Timely(reader, due.Intent) {
		return Message{}, Moot{Reason: untimely}
	}
	o, err := s.Book.Overview(ctx, due.Workspace, due.Intent.Team, at)
	if err != nil {
		return Message{}, err
	}
	return said(look.Overview(o, s.Names, look.OverviewFrame{Zone: zone})), nil
}

// untimely is the reason of a message that would come on leave, while it is quiet, or outside the hours that somebody
// has by now.
const untimely = "it would come at a time that is not wanted"

// who is the member an intent is about.
func who(due quota.Claimed) quota.Who {
	return quota.Who{Workspace: due.Workspace, ID: due.Intent.Member}
}

// wanted returns how a member stands who asked for a message, after making the next one.
func (s Speech) wanted(ctx context.Context, at time.Time, due quota.Claimed, w quota.Wants, kinds ...quota.Kind) (quota.Standing, error) {
	if err := s.Book.Schedule(ctx, due.Workspace, at); err != nil {
		return quota.Standing{}, err
	}
	st, err := s.Book.Standing(ctx, who(due), at, kinds...)
	if err != nil {
		return quota.Standing{}, err
	}
	if !st.Member.Active() || st.Member.Wants&w == 0 || st.Member.Away.Has(st.Today) {
		return quota.Standing{}, Moot{Reason: "it is not wanted any more"}
	}
	if st.Member.Quiet.Until.After(at) || !s.Book.Timely(st.Member, due.Intent) {
		return quota.Standing{}, Moot{Reason: untimely}
	}
	return st, nil
}

// recap shows a member, who asked for it, the own week.
func (s Speech) recap(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	st, err := s.wanted(ctx, at, due, quota.WantsRecap, quota.Invite)
	if err != nil {
		return Message{}, err
	}
	return said(look.Recap(st, weeksOf(st), s.Names)), nil
}

// weeksOf returns what was sent in each of the weeks before s.At.
func weeksOf(s quota.Standing) look.Weeks {
	var out look.Weeks
	first := quota.WeekOf(s.At) - quota.Week(len(out))
	for i := range out {
		w := first + quota.Week(i)
		out[i] = s.Journal.Sent(quota.Invite, w.Start(), w.End())
	}
	return out
}

// checkIn asks a member, who asked for it, whether the day's log is complete. Days in a row without a log pause it.
func (s Speech) checkIn(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	st, err := s.wanted(ctx, at, due, quota.WantsCheckIn, quota.Kinds()...)
	if err != nil {
		return Message{}, err
	}
	n, err := s.Book.CheckedIn(ctx, who(due), at)
	switch {
	case err != nil:
		return Message{}, err
	case n >= quota.EmptyCheckIns:
		return Message{}, Moot{Reason: "nothing was logged since the last ones"}
	case n == quota.EmptyCheckIns-1:
		return plainly(look.LastCheckIn(st, s.Names, logOne(due.Intent), logFive(due.Intent))), nil
	}
	return plainly(look.CheckIn(st, s.Names, logOne(due.Intent), logFive(due.Intent))), nil
}

// A cram is told of when at least half of the week is left, and in two of the last four weeks at least half of it was
// sent on its last working day. Paceline's own numbers.
const (
	cramWeeks   = 4
	cramEnough  = 2
	cramPercent = 50
)

// cram tells a member, who asked for it, that much is left on the last working day.
func (s Speech) cram(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	st, err := s.wanted(ctx, at, due, quota.WantsCram, quota.Invite)
	if err != nil {
		return Message{}, err
	}
	nudged, err := s.Book.Nudged(ctx, who(due), at)
	if err != nil {
		return Message{}, err
	}
	if nudged {
		return Message{}, Moot{Reason: "one message about pace is enough for a day"}
	}
	crammed := 0
	for w := quota.WeekOf(at) - cramWeeks; w < quota.WeekOf(at); w++ {
		all := st.Journal.Sent(quota.Invite, w.Start(), w.End())
		last := st.Journal.SentOn(quota.Invite, lastWorkday(st.Member.Workdays, w))
		if all > 0 && last*100 >= all*cramPercent {
			crammed++
		}
	}
	b := st.Budget(quota.Invite)
	if crammed < cramEnough || b.Left*100 < st.Weekly(at)*cramPercent {
		return Message{}, Moot{Reason: "nothing is crammed"}
	}
	return plainly(look.Cram(st, quietWeek(due.Intent), settings(due.Intent))), nil
}

// lastWorkday returns the last working day of a week.
func lastWorkday(days quota.Workdays, w quota.Week) quota.Day {
	d := quota.DayOf(w.End().Add(-1), time.UTC)
	for range 7 {
		if days.Has(d.Weekday()) {
			break
		}
		d--
	}
	return d
}

// restricted returns how a member stands under the restriction that an intent is about, and when it was lifted; the
// zero time if it was not.
func (s Speech) restricted(ctx context.Context, at time.Time, due quota.Claimed) (quota.Standing, time.Time, error) {
	st, lifted, err := s.Book.Spelled(ctx, who(due), at, due.Intent.Op)
	if errors.Is(err, quota.ErrUndone) {
		err = Moot{Reason: "the report was undone"}
	}
	return st, lifted, err
}

// spell tells a manager that LinkedIn restricted a member, and afterwards in the same place that it is over.
func (s Speech) spell(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	members, err := s.managed(ctx, due)
	if err != nil {
		return Message{}, err
	}
	st, lifted, err := s.restricted(ctx, at, due)
	if err != nil {
		return Message{}, err
	}
	if !lifted.IsZero() && due.Intent.At == (quota.Place{}) {
		return Message{}, Moot{Reason: "it was over before it could be told"}
	}
	return plainly(look.RestrictionTold(st, s.zone(ctx, due.Workspace, due.Intent.To, members))), nil
}

// backOn tells a member that a restriction has ended by itself.
func (s Speech) backOn(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	st, lifted, err := s.restricted(ctx, at, due)
	if err != nil {
		return Message{}, err
	}
	if !lifted.IsZero() || st.Member.Restriction.Until.After(at) {
		return Message{}, Moot{Reason: "another report has taken its place"}
	}
	return plainly(look.BackOn(st, report(due.Intent))), nil
}

// rules tells a member what somebody changed in the rules they live by.
func (s Speech) rules(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	deeds, err := s.Book.Deeds(ctx, due.Workspace)
	if err != nil {
		return Message{}, err
	}
	if due.Intent.Op == 0 || due.Intent.Op > uint64(len(deeds)) {
		return Message{}, fmt.Errorf("there is no deed %d", due.Intent.Op)
	}
	d := deeds[due.Intent.Op-1]
	if due.Intent.At == (quota.Place{}) && slices.ContainsFunc(deeds[due.Intent.Op:], func(later quota.Deed) bool { return later.Supersedes(d) }) {
		return Message{}, Moot{Reason: "a later change has taken its place"}
	}
	st, err := s.Book.Standing(ctx, who(due), at, quota.Invite)
	if err != nil {
		return Message{}, err
	}
	_, members, err := s.Book.Roster(ctx, due.Workspace)
	if err != nil {
		return Message{}, err
	}
	return plainly(look.RulesChanged(st, d, s.name(ctx, due.Workspace, d.By, members), s.Names)), nil
}
