package quota

import "time"

// A Verdict is what there is to say about a member's pace after a log.
type Verdict struct {
	Line  Line
	Sent  int    // the figure that crossed it: what was sent, for Projection what will have been by the end of the week
	Max   int    // the line
	Limit *Limit // never nil; for NearlyOut the budget, in force or not
}

// A Line is a line of pace.
type Line uint8

// The lines, the gravest first.
const (
	NoLine      Line = 0
	CeilingLine Line = 1 // a loud limit is passed: Sent is above Max
	BurstLine   Line = 2 // too many within an hour, or within six: above Max
	DayLine     Line = 3 // too many in one day: Max or more
	NearlyOut   Line = 4 // most of the week's budget is used early in the week: Max or more
	Projection  Line = 5 // at this pace the ceiling will be crossed this week: above Max
	Brisk       Line = 6 // quick, but no burst: Max or more within an hour; said in the answer only
)

// Lines returns where messages about pace begin.
func (r Rules) Lines() Lines {
	if l := r.Preset().Lines; l != nil {
		return *l
	}
	return *presets[0].Lines
}

// Verdicts returns the lines that a log has crossed, each at most once, the gravest first. s is as it was right
// after it. A line is crossed only from below to above. While the account is restricted only CeilingLine is.
//
// But for CeilingLine, pace is judged on invites whose time is known and that were told within an hour: days told
// without a time, backdated logs and recollections neither cross a line nor bring one closer. CeilingLine is crossed by
// every log, whenever it is told: the risk to the account is the same. A limit that the preset in force does not have is
// taken from Paceline's own.
func (s Standing) Verdicts(o Operation) []Verdict {
	if o.Act != Sent || o.Undone {
		return nil
	}
	before := s.asOf(o.Op)
	var out []Verdict
	if v, ok := s.loud(before, o.Kind); ok {
		out = append(out, v)
	}
	if s.Member.Restriction.holds(s.At) || !o.Kind.Counts(Invite) {
		return out
	}
	then, now := before.paced(), s.paced()
	for _, line := range []func(Journal) (Verdict, bool){s.burst, s.crowded, s.nearlyOut, s.projected, s.brisk} {
		if v, crossed := line(now); crossed {
			if _, crossed := line(then); !crossed {
				out = append(out, v)
			}
		}
	}
	return out
}

// loud returns the first loud limit on a kind that is passed, and was not before.
func (s Standing) loud(before Standing, kind Kind) (Verdict, bool) {
	limits := s.Preset().Limits
	for i := range limits {
		l := &limits[i]
		if l.Force != Loud || !kind.Counts(l.Kind) {
			continue
		}
		if g, passed := s.passes(l); passed {
			if _, passed := before.passes(l); !passed {
				return Verdict{Line: CeilingLine, Sent: g.Used, Max: g.Max, Limit: l}, true
			}
		}
	}
	return Verdict{}, false
}

// passes reports whether a limit is passed. A rolling one of days must be so counting whole days too: 60 on Tuesday
// 11:00 and 60 next Tuesday 10:30 is no news.
func (s Standing) passes(l *Limit) (Gauge, bool) {
	g, ok := s.gauge(l, s.At)
	if !ok || g.Over() == 0 {
		return g, false
	}
	if l.Window.Kind != Rolling || l.Window.Length < day {
		return g, true
	}
	n := 0
	undone := s.Journal.undone()
	for _, e := range s.Journal {
		if e.Act == Sent && !undone[e.Op] && e.Kind.Counts(l.Kind) && e.Day > s.Today-Day(l.Window.Length/day) {
			n += e.Quantity
		}
	}
	return g, n > g.Max
}

// paced returns the invites by which pace is judged.
func (s Standing) paced() Journal {
	undone := s.Journal.undone()
	var out Journal
	for _, e := range s.Journal {
		if e.Act == Sent && e.Kind.Counts(Invite) && e.timely() && !undone[e.Op] {
			out = append(out, e)
		}
	}
	return out
}

// line returns a limit of the preset in force, else of Paceline's own, with its number. ok is false when there is
// none or it is off.
func (s Standing) line(name string) (l *Limit, n int, ok bool) {
	if l, ok = s.Preset().Find(name); !ok {
		if l, ok = presets[0].Find(name); !ok {
			return nil, 0, false
		}
	}
	n, _, ok = s.number(l, s.At)
	return l, n, ok
}

// burst judges how many were sent in an hour, and in six.
func (s Standing) burst(j Journal) (Verdict, bool) {
	for _, name := range []string{HourName, SixHoursName} {
		if l, n, ok := s.line(name); ok {
			if sent := j.sum(s.window(l, s.At), Invite, Sent); sent > n {
				return Verdict{Line: BurstLine, Sent: sent, Max: n, Limit: l}, true
			}
		}
	}
	return Verdict{}, false
}

// brisk judges how many were sent in an hour, unless it is a burst.
func (s Standing) brisk(j Journal) (Verdict, bool) {
	l, _, ok := s.line(HourName)
	if !ok || l.Warn == 0 {
		return Verdict{}, false
	}
	sent := j.sum(s.window(l, s.At), Invite, Sent)
	_, burst := s.burst(j)
	return Verdict{Line: Brisk, Sent: sent, Max: l.Warn, Limit: l}, sent >= l.Warn && !burst
}

// Crowded is how many invites in one day are too many; 0 when there is no such line. A guide may have a pace that no day
// reaches, so it is never more than Paceline's own comes to unless the team chose it.
func (s Standing) Crowded() int {
	if n := s.pace(Invite, unlimited); n < unlimited {
		return n * s.Lines().DayPaces
	}
	return 0
}

// nearly is how many of n a week are most of them.
func (s Standing) nearly(n int) int { return (n*s.Lines().NearlyPercent + 99) / 100 }

// NearlyOut is from how many invites on, and until which day, somebody is told that most of the week is used.
func (s Standing) NearlyOut() (sent int, last Day) {
	return s.nearly(s.Weekly(s.At)), DayOf(WeekOf(s.At).Start(), time.UTC) + s.Lines().NearlyDays - 1
}

// Ceiling is the number of a week that a pace is projected against; ok is false when the team has turned it off.
func (s Standing) Ceiling() (n int, ok bool) {
	_, n, ok = s.line(CeilingName)
	return n, ok
}

// crowded judges how many were sent today.
func (s Standing) crowded(j Journal) (Verdict, bool) {
	l, _, ok := s.line(PaceName)
	most := s.Crowded()
	sent := j.SentOn(Invite, s.Today)
	return Verdict{Line: DayLine, Sent: sent, Max: most, Limit: l}, ok && most > 0 && sent >= most
}

// nearlyOut judges how much of the week is used on its first days.
func (s Standing) nearlyOut(j Journal) (Verdict, bool) {
	w := WeekOf(s.At)
	sent, n := j.Sent(Invite, w.Start(), w.End()), s.Weekly(s.At)
	l, _, _ := s.line(BudgetName)
	v := Verdict{Line: NearlyOut, Sent: sent, Max: s.nearly(n), Limit: l}
	return v, n > 0 && sent >= v.Max && s.Today < DayOf(w.Start(), time.UTC)+s.Lines().NearlyDays
}

// projected judges where the week ends if the working days left in it are like those so far.
func (s Standing) projected(j Journal) (Verdict, bool) {
	l, n, ok := s.line(CeilingName)
	w := WeekOf(s.At)
	sent := j.Sent(Invite, w.Start(), w.End())
	monday := DayOf(w.Start(), time.UTC)
	used, past, left := 0, 0, 0
	for d := max(monday, DayOf(s.Member.Joined, s.Zone)); d < monday+7; d++ {
		switch {
		case !s.Member.Workdays.Has(d.Weekday()) || s.Member.Away.Has(d):
		case d > s.Today:
			left++
		default:
			past++
			if j.SentOn(Invite, d) > 0 {
				used++
			}
		}
	}
	if !ok || used < s.Lines().ProjectedFrom || sent > n {
		return Verdict{}, false
	}
	end := sent + sent*left/past
	return Verdict{Line: Projection, Sent: end, Max: n, Limit: l}, end > n
}
