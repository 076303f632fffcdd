package look

import (
	"fmt"
	"slices"

	"github.com/paceline/paceline/internal/quota"
)

// confined tells of a member whom LinkedIn has restricted, in the reader's time.
func confined(s quota.Standing, x quota.Gauge, reader quota.Standing) string {
	reported := quota.DayOf(s.Member.Restriction.From, reader.Zone)
	out := fmt.Sprintf("%s is restricted until %s (reported %s)", called(s.Member), lastMoment(x.Ends, reader), reportedOn(reported, reader.Today))
	if n, until, ok := recovery(s, x.Ends); ok {
		out += ", then " + aWeek(n, until, reader)
	}
	return out + "."
}

// beyond tells of a member who is past a ceiling.
func beyond(s quota.Standing, b quota.Budget, c quota.Gauge, reader quota.Standing) string {
	who, limit := called(s.Member), "ceiling "+about(s, c)
	switch {
	case own(s, c):
		limit = fmt.Sprintf("own limit %d", c.Max)
	case !believed(s, c):
		limit = fmt.Sprintf("the team's limit %d", c.Max)
	}
	out := fmt.Sprintf("%s has %d %s, %s.", who, c.Used, when(c.Limit), limit)
	if o, ok := s.NextOpening(b); ok {
		out += fmt.Sprintf(" %s %s.", opensUp(o.More, ""), inSentence(upMinute(o.At), reader))
	}
	return out
}

func reportedOn(d, today quota.Day) string {
	switch {
	case d == today:
		return "today"
	case d < today && today-d < 7:
		return d.Weekday().String()[:3]
	}
	return Date(d, today)
}

// careFrom is from how many open invites on they are mentioned.
func careFrom(g quota.Gauge) int {
	if g.Warn > 0 {
		return min(g.Warn, g.Max)
	}
	return g.Max
}

// inform tells of a member who sent many today, with days and totals only.
func inform(s quota.Standing, b quota.Budget) string {
	line := fmt.Sprintf("%s sent %d today", called(s.Member), s.Journal.SentOn(quota.Invite, s.Today))
	if g, ok := b.Binding(); ok {
		line += fmt.Sprintf(" and has %d left %s", b.Left, whenLeft(g.Limit))
	}
	return line + "."
}

// rushed reports whether any log of today crossed the line of a burst or of a day, as it stands now.
func rushed(s quota.Standing) bool {
	if s.Journal.SentOn(quota.Invite, s.Today) == 0 {
		return false
	}
	undone := map[uint64]bool{}
	for _, e := range s.Journal {
		if e.Act == quota.Undone {
			undone[e.Undoes] = true
		}
	}
	for _, o := range s.Journal.Operations() {
		if quota.DayOf(o.Recorded, s.Zone) != s.Today || o.Undone || o.Act != quota.Sent {
			continue
		}
		then := s
		then.At = o.Recorded
		then.Journal = slices.DeleteFunc(slices.Clone(s.Journal), func(e quota.Entry) bool {
			return e.Act == quota.Undone || undone[e.Op] || e.Op > o.Op
		})
		for _, v := range then.Verdicts(o) {
			if v.Line == quota.BurstLine || v.Line == quota.DayLine {
				return true
			}
		}
	}
	return false
}
