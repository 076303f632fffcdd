package look

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Nudge tells a member about their own pace, after the log that crossed a line, and while no more of it is wanted, that.
// managers are the names of those in s.Team.Managers, in that order; the member is not told of themselves. It is the zero
// Message for a line that is not worth one.
func Nudge(s quota.Standing, v quota.Verdict, managers []string, buttons ...Button) Message {
	b := s.Budget(quota.Invite)
	if v.Line == quota.CeilingLine {
		return Ceiling(s, v, managers, time.Time{}, buttons...)
	}
	managers = others(s, managers)
	plan := number(s, b) + " " + calm(s, b)
	var lines []string
	switch v.Line {
	case quota.BurstLine:
		lines = []string{fmt.Sprintf("%d invites %s%s. Sending that fast is what LinkedIn tends to notice.", v.Sent, within(s, v), comma(s.Member)), plan}
	case quota.DayLine:
		lines = []string{fmt.Sprintf("%d invites today%s. Spread over several days they draw less notice.", v.Sent, comma(s.Member)), plan}
	case quota.NearlyOut:
		lines = []string{fmt.Sprintf("%s It is %s%s, and %d of %s are sent.", number(s, b), s.Today.Weekday(), comma(s.Member), v.Sent, measure(s)), calm(s, b)}
	case quota.Projection:
		limit := fmt.Sprintf("the ceiling of about %d", v.Max)
		if g, ok := b.Find(v.Limit.Name); ok {
			limit = theLimit(s, g, "your own")
		}
		lines = []string{fmt.Sprintf("At the pace of these days%s, the week would end at about %d, past %s.", comma(s.Member), v.Sent, limit), plan}
	default:
		return Message{}
	}
	return Lines(append(lines, append([]string{private(managers)}, untilQuietEnds(s)...)...), buttons...)
}

// Ceiling is Nudge for a passed ceiling. told is when the managers hear of it, or have heard; zero: they do not.
func Ceiling(s quota.Standing, v quota.Verdict, managers []string, told time.Time, buttons ...Button) Message {
	b := s.Budget(quota.Invite)
	return Lines([]string{
		passing(s, v, b, comma(s.Member), "your own"),
		untilMore(s, b) + noneBlocked + " Did LinkedIn show a warning?",
		twin(s, others(s, managers), told),
	}, buttons...)
}

// measure is the number of the week by which a member's pace is judged.
func measure(s quota.Standing) string {
	if weekBinds(s) {
		return fmt.Sprintf("this week's %d", s.Weekly(s.At))
	}
	return fmt.Sprintf("the %d a week that Paceline advises", s.Weekly(s.At))
}

// CeilingTold tells a manager what Nudge tells a member about a ceiling, but for advice and for times of day, which are the
// member's. Whether that message arrived nobody knows; what is sure is that the answer to the log says the same.
func CeilingTold(s quota.Standing, v quota.Verdict, buttons ...Button) Message {
	b, who := s.Budget(quota.Invite), called(s.Member)
	return Lines([]string{
		passing(s, v, b, " for "+who, "a personal"),
		dayOfMore(s, b) + noneBlocked,
		"The answer to the log said so too.",
	}, buttons...)
}

// passing says what is left, and by how much which ceiling is passed: the one that is passed by most, as in the answer to
// the log, else the one that was crossed. to stands behind what is left, whose before an own limit.
func passing(s quota.Standing, v quota.Verdict, b quota.Budget, to, whose string) string {
	if c, past := pastCeiling(b); past {
		return fmt.Sprintf("%d left%s: %s.", b.Left, to, passed(c, theLimit(s, c, whose)))
	}
	limit := fmt.Sprintf("the ceiling of about %d", v.Max)
	if g, ok := b.Find(v.Limit.Name); ok && !believed(s, g) {
		limit = fmt.Sprintf("a limit of %d", v.Max)
	}
	return fmt.Sprintf("%d left%s: %d %s, %d past %s.", b.Left, to, v.Sent, when(v.Limit), max(0, v.Sent-v.Max), limit)
}

// untilMore advises to wait until more opens up, if anything does.
func untilMore(s quota.Standing, b quota.Budget) string {
	o, ok := s.NextOpening(b)
	if !ok || b.Left > 0 {
		return ""
	}
	return "Best to stop until " + stopUntil(upMinute(o.At), s) + ". "
}

// dayOfMore tells somebody else on which day more opens up, if anything does; the minute would tell when in a day something
// was logged.
func dayOfMore(s quota.Standing, b quota.Budget) string {
	o, ok := s.NextOpening(b)
	if !ok || b.Left > 0 {
		return ""
	}
	if d := quota.DayOf(upMinute(o.At), s.Zone); d > s.Today {
		return "Nothing opens up before " + Date(d, s.Today) + ". "
	}
	return "More opens up later today. "
}

// comma is the name of whom a message is to, inside a sentence.
func comma(m quota.Member) string {
	if n := shortName(m.Name, ""); n != "" {
		return ", " + n
	}
	return ""
}

// within says in what time a burst was sent: in a part of the day if that says the same, else in hours.
func within(s quota.Standing, v quota.Verdict) string {
	const morning, noon, evening = 0, 12, 18
	part, from := "this morning", morning
	switch h := s.At.In(s.Zone).Hour(); {
	case h >= evening:
		part, from = "this evening", evening
	case h >= noon:
		part, from = "this afternoon", noon
	}
	if s.Journal.Sent(quota.Invite, s.Today.In(s.Zone, from, 0), s.At.Add(time.Microsecond)) == v.Sent {
		return part
	}
	if h := v.Limit.Window.Length / time.Hour; h > 1 {
		return fmt.Sprintf("within %d hours", h)
	}
	return "within an hour"
}

// calm is a plan for what is left of the week.
func calm(s quota.Standing, b quota.Budget) string {
	p, ok := s.EasyPlan(b)
	if !ok {
		return "A calm plan: no more for now."
	}
	from, to := p.From.Weekday().String()[:3], p.To.Weekday().String()[:3]
	each := fmt.Sprintf("%d a day", p.PerDay)
	if p.Total < p.PerDay*p.Days {
		each = "up to " + each
	}
	days := each + " " + from + " to " + to
	switch {
	case p.Days == 1:
		days = fmt.Sprintf("%d on %s", p.Total, from)
	case p.Days == 2:
		days = each + " " + from + " and " + to
	case int(p.To-p.From)+1 > p.Days:
		days = fmt.Sprintf("%s on the %d working days from %s to %s", each, p.Days, from, to)
	}
	if p.From > s.Today {
		return "A calm plan: no more today, then " + days + "."
	}
	return "A calm plan: " + days + "."
}

// private says who reads a nudge, and who sees what.
func private(managers []string) string {
	out := strings.TrimSuffix(noneBlocked, ".") + ", and only you get this message."
	switch names := nameList(managers); len(names) {
	case 0:
	case 1:
		out += fmt.Sprintf(" %s sees your totals, as always.", Upper(names[0]))
	default:
		out += fmt.Sprintf(" %s see your totals, as always.", Upper(And(names)))
	}
	return out
}

// twin says who else hears of a ceiling and when, and how that is avoided.
func twin(s quota.Standing, managers []string, told time.Time) string {
	const most = 4 // as many as a ceiling has messages for, quota.ToldKind
	names := nameList(managers[:min(most, len(managers))])
	switch {
	case len(names) == 0 || told.IsZero():
		return "Only you get this message."
	case told.After(s.At):
		return fmt.Sprintf("At %s I tell %s, unless it is undone.", Moment(upMinute(told), s), And(names))
	case len(names) == 1:
		return Upper(names[0]) + " has been told."
	}
	return Upper(And(names)) + " have been told."
}

// others are the names of a member's managers other than the member.
func others(s quota.Standing, managers []string) []string {
	i := slices.Index(s.Team.Managers, s.Member.ID)
	if i < 0 || i >= len(managers) {
		return managers
	}
	return slices.Delete(slices.Clone(managers), i, i+1)
}

func nameList(all []string) []string {
	out := make([]string, 0, len(all))
	for _, n := range all {
		out = append(out, shortName(n, "a manager"))
	}
	const most = 4
	if more := len(out) - most; more > 0 {
		out = append(out[:most], people(more, "other manager", "other managers"))
	}
	return out
}
