package look

import (
	"fmt"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// BackOn tells a member that a restriction has ended, and what holds now. s is as it is since.
func BackOn(s quota.Standing, buttons ...Button) Message {
	b := s.Budget(quota.Invite)
	lines := []string{fmt.Sprintf("LinkedIn's restriction is over%s. %s", comma(s.Member), number(s, b))}
	if n, until, slow := recovery(s, s.At); slow {
		lines = append(lines, stays(n, until, s))
	}
	if _, ok := s.EasyPlan(b); ok {
		lines = append(lines, calm(s, b))
	}
	return Lines(append(lines, "Is it not over? Report it again, with its new end."), buttons...)
}

// RestrictionTold tells a manager that LinkedIn restricted a member, or once that is over, since when. zone is the
// reader's; nil is UTC.
func RestrictionTold(s quota.Standing, zone *time.Location, buttons ...Button) Message {
	if zone == nil {
		zone = time.UTC
	}
	reader := quota.Standing{At: s.At, Zone: zone, Today: quota.DayOf(s.At, zone)}
	who, x := called(s.Member), s.Member.Restriction
	n, until, slow := recovery(s, x.Until)
	var lines []string
	switch over := !x.Until.After(s.At); {
	case over && slow:
		lines = []string{fmt.Sprintf("LinkedIn's restriction of %s is over since %s.", who, Moment(x.Until, reader)), stays(n, until, reader)}
	case over:
		lines = []string{fmt.Sprintf("LinkedIn's restriction of %s is over since %s.", who, Moment(x.Until, reader))}
	default:
		then := "Nothing is left until then."
		if slow {
			then = "Nothing is left until then; afterwards " + aWeek(n, until, reader) + "."
		}
		lines = []string{fmt.Sprintf("LinkedIn restricted %s until %s.", who, lastMoment(x.Until, reader)), then + " It ends by itself; support cannot lift it."}
	}
	report := who + " reported it."
	if sent, ok := s.Evidence(); ok {
		report += fmt.Sprintf(" In the 7 days before: %s.", counted(sent, quota.Invite))
	}
	return Lines(append(lines, report), buttons...)
}

// RulesChanged tells a member what somebody changed for them alone: who, from what to what, why, and until when. What
// changes for a whole team is told in its digest. s is as it is since; by is the name of who did it.
func RulesChanged(s quota.Standing, d quota.Deed, by string, names Names, buttons ...Button) Message {
	what := shortName(by, "A manager") + " " + deedDone(d, s.Today)
	if !d.Until.IsZero() {
		what += ", until " + lastMoment(d.Until, s)
	}
	lines := []string{what + "."}
	if d.Reason != "" {
		lines = append(lines, "Why: “"+clip(Escape(d.Reason), 300)+"”.")
	}
	return Lines(append(lines, fmt.Sprintf("%s `%s why` shows every limit.", number(s, s.Budget(quota.Invite)), names.Budget)), buttons...)
}

// deedDone says what somebody did about one member, after their name.
func deedDone(d quota.Deed, today quota.Day) string {
	was := d.Was
	switch d.What {
	case quota.OwnChosen:
		if was == "" {
			was = "the team's"
		}
		if d.Is == "0" {
			return fmt.Sprintf("paused your invites: 0 a week instead of %s", was)
		}
		return fmt.Sprintf("changed your limit: %s a week instead of %s", d.Is, was)
	case quota.OwnCleared:
		return fmt.Sprintf("took back your own limit of %s a week: the team's rules hold again", was)
	}
	return fmt.Sprintf("changed what is noted about your LinkedIn account: %s instead of %s", account(d.Is, today), account(was, today))
}

func account(value string, today quota.Day) string {
	if value == "" {
		return "nothing"
	}
	return "“" + accountSaid(value, today) + "”"
}

// lastMoment names the end of something; a midnight ends the day before it.
func lastMoment(t time.Time, s quota.Standing) string {
	if l := t.In(s.Zone); l.Hour() == 0 && l.Minute() == 0 && l.Second() == 0 {
		return "the end of " + Date(quota.DayOf(t, s.Zone)-1, s.Today)
	}
	return Moment(t, s)
}

// Cram tells a member, who asked for it, on the last working day that much is left, and that it need not be used.
func Cram(s quota.Standing, buttons ...Button) Message {
	b := s.Budget(quota.Invite)
	lines := []string{fmt.Sprintf("%s One working day to go%s.", number(s, b), comma(s.Member)), "None of it need be used: a new week brings a new budget."}
	if g, ok := b.Find(quota.PaceName); ok && g.Force == quota.Soft && g.Part.Of == "" && b.Left > 0 {
		lines[1] += fmt.Sprintf(" If you send, %d today is calm.", min(g.Max, b.Left))
	}
	return Lines(append(lines, untilQuietEnds(s)...), buttons...)
}
