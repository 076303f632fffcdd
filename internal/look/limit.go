package look

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// of says how much of a limit is used, and which limit it is: "5 of a budget of 75".
func of(s quota.Standing, g quota.Gauge) string {
	used := fmt.Sprintf("%d of %d", g.Used, g.Max)
	if g.Window.Kind == quota.CalendarMonth && turns(s, g.Limit) > 1 && g.Room() > 0 { // of none left it is said when more come
		return used + carried(s, g) + "; next month from " + monthEnd(s, g)
	}
	switch {
	case own(s, g):
		return fmt.Sprintf("%d of your own limit of %d", g.Used, g.Max)
	case g.Stage == quota.AfterRestriction:
		return fmt.Sprintf("%s: %s until %s, after the restriction", used, half(s, g), lastDay(s.Member.Restriction.Until.Add(quota.Recovery), s))
	case g.Stage == quota.WhileRestricted:
		return used + " until " + Moment(g.Ends, s) + ", while restricted"
	case g.Stage == quota.WhileNew:
		return used + ", " + step(s, g)
	case g.Name == quota.BudgetName:
		return fmt.Sprintf("%d of a budget of %d", g.Used, g.Max)
	case g.Window.Kind == quota.Rolling:
		out := fmt.Sprintf("%s: %d of %s", span(g.Limit), g.Used, about(s, g))
		if says := saysRange(s, g); says != "" {
			out += "; " + says
		}
		return out
	case g.Force == quota.Loud && believed(s, g):
		return fmt.Sprintf("%d of a ceiling of %s", g.Used, about(s, g))
	case g.Force == quota.Loud:
		return fmt.Sprintf("%d of %s", g.Used, theLimit(s, g, "your own"))
	case g.Basis == quota.ByAccepted:
		return used + " accepted"
	case g.Kind == quota.Note:
		return fmt.Sprintf("%d of %s", g.Used, counted(g.Max, g.Kind))
	}
	return used + carried(s, g)
}

// step says how far the ramp of a new account has come: "week 1 of a new account; 40 from Mon 30 Nov".
func step(s quota.Standing, g quota.Gauge) string {
	if !g.By.At.IsZero() {
		return "the limit of a new account"
	}
	steps := s.Steps()
	for i, next := range steps {
		if next.At.After(s.At) && i > 0 {
			out := fmt.Sprintf("week %d of a new account", i)
			if n := stepMax(s, next); n != g.Max {
				out += fmt.Sprintf("; %d from %s", n, Date(quota.DayOf(next.At, s.Zone), s.Today))
			}
			return out
		}
	}
	return "the limit of a new account"
}

// stepMax is what a step of the ramp comes to, with the week's own number: the end of it is that alone.
func stepMax(s quota.Standing, next quota.Step) int {
	if week := s.Weekly(next.At); next.Max == 0 || week < next.Max {
		return week
	}
	return next.Max
}

// half says which part of which number a limit after a restriction is.
func half(s quota.Standing, g quota.Gauge) string {
	if !g.By.At.IsZero() || g.Part.Num != 1 || g.Part.Den != 2 {
		return "less than usual"
	}
	if b, ok := s.Budget(quota.Invite).Find(quota.BudgetName); ok && !own(s, b) {
		return "half the budget"
	}
	return fmt.Sprintf("half of %d", s.Weekly(s.At))
}

// theLimit names a limit with its number, after "over", "past" and "under". A member's own is "your own" limit in
// an answer, and "a personal" limit on a card, which a manager reads as well.
func theLimit(s quota.Standing, g quota.Gauge, whose string) string {
	switch {
	case own(s, g):
		return fmt.Sprintf("%s limit of %d", whose, g.Max)
	case g.Force == quota.Loud && believed(s, g):
		return "the ceiling of " + about(s, g)
	case g.Force == quota.Loud:
		return fmt.Sprintf("the limit of %d your team set", g.Max)
	case g.Name == quota.BudgetName:
		return fmt.Sprintf("the team budget of %d", g.Max)
	case g.Stage == quota.WhileNew:
		return fmt.Sprintf("the %d of a new account", g.Max)
	case g.Stage == quota.AfterRestriction:
		return fmt.Sprintf("the %d a week after a restriction", g.Max)
	}
	return fmt.Sprintf("the limit of %d", g.Max)
}

// saysRange tells the range that a guide names, from its lower end on: "quickmail says 20 to 25 in 24 hours".
func saysRange(s quota.Standing, g quota.Gauge) string {
	if g.Warn == 0 || g.Used < g.Warn || !g.By.At.IsZero() || g.Force == quota.Soft {
		return ""
	}
	return fmt.Sprintf("%s says %d to %d in %s", s.Preset().Name, g.Warn, g.Max, Stretch(g.Window.Length))
}

// own reports whether a gauge measures the member's own limit.
func own(s quota.Standing, g quota.Gauge) bool {
	return !g.By.At.IsZero() && g.By == s.Member.Own
}

// none reports whether an account comes with nothing of what a limit counts.
func none(g quota.Gauge) bool {
	return g.Max == 0 && g.Grants != nil && g.By.At.IsZero()
}

// needsAccount reports whether the account type decides about a kind, and is not known.
func needsAccount(s quota.Standing, k quota.Kind) bool {
	return s.Member.Account.Type == quota.UnknownAccount && slices.ContainsFunc(s.Preset().Limits, func(l quota.Limit) bool {
		return l.Kind == k && l.Grants != nil
	})
}

// span names the time over which a limit counts: "this week", "today", "last 7 days".
func span(l *quota.Limit) string {
	switch l.Window.Kind {
	case quota.CalendarWeek:
		return "this week"
	case quota.CalendarDay:
		return "today"
	case quota.CalendarMonth:
		return "this month"
	case quota.Stock:
		return "open now"
	case quota.Spell:
		return "since the restriction began"
	}
	return "last " + Stretch(l.Window.Length)
}

// when is span as it stands in a sentence: "in the last 7 days".
func when(l *quota.Limit) string {
	if l.Window.Kind == quota.Rolling {
		return "in the " + span(l)
	}
	return span(l)
}

// whenLeft is the time for which a number is left.
func whenLeft(l *quota.Limit) string {
	switch l.Window.Kind {
	case quota.CalendarWeek, quota.CalendarDay, quota.CalendarMonth:
		return span(l)
	}
	return "now"
}

// believed reports whether the number of a limit is what a guide believes: nobody here chose it, nor the one of which
// it is a part.
func believed(s quota.Standing, g quota.Gauge) bool {
	return g.By.At.IsZero() && (g.Part.Of == "" || !chose(s.Terms, g.Part.Of, s.At))
}

// chose reports whether a team has chosen a number for a limit of its preset, which is not off.
func chose(t quota.Terms, limit string, at time.Time) bool {
	n, ok := numberOf(t, limit, at)
	return ok && n.Max != quota.Off
}

// numberOf returns what a team has chosen for a limit of its preset, off too.
func numberOf(t quota.Terms, limit string, at time.Time) (quota.Number, bool) {
	for _, n := range t.Numbers {
		if n.Limit == limit && presetOf(n.Preset) == presetOf(t.Preset) && !at.Before(n.At) && (n.Until.IsZero() || at.Before(n.Until)) {
			return n, true
		}
	}
	return quota.Number{}, false
}

// guessed reports whether the number that a limit comes with is what LinkedIn is believed to stop an account at: a
// ceiling, or a warning where that is none.
func guessed(l *quota.Limit) bool {
	weeks := l.Window.Kind == quota.CalendarWeek || l.Window.Kind == quota.Rolling && l.Window.Length >= 7*24*time.Hour
	return l.Force == quota.Loud || l.Force == quota.Soft && l.Kind == quota.Invite && weeks
}

// about says the number of a limit: nobody knows LinkedIn's, so the ceiling is "about 100", unless somebody chose it.
func about(s quota.Standing, g quota.Gauge) string {
	if guessed(g.Limit) && believed(s, g) {
		return fmt.Sprintf("about %d", g.Max)
	}
	return fmt.Sprint(g.Max)
}

// inFull names a limit within a sentence: "team budget, week from Monday 00:00 UTC".
func inFull(s quota.Standing, g quota.Gauge) string {
	if g.Window.Kind == quota.Rolling && strings.HasSuffix(g.Title, Stretch(g.Window.Length)) { // it names the time itself
		return g.Title
	}
	return g.Title + ", " + counts(s, g)
}

// counts names a window as a rule: "last 7 days", "month from the 14th, next Mon 14 Dec".
func counts(s quota.Standing, g quota.Gauge) string {
	switch l := g.Limit; l.Window.Kind {
	case quota.CalendarWeek:
		return "week from Monday 00:00 UTC"
	case quota.CalendarDay:
		return "your own day"
	case quota.CalendarMonth:
		if l.Window.Billing {
			return fmt.Sprintf("month from the %s, next %s", ordinal(turns(s, l)), monthEnd(s, g))
		}
		return "calendar month, UTC"
	case quota.Stock:
		return "open for less than " + Stretch(l.Window.Length)
	case quota.Spell:
		return "while it lasts"
	}
	return span(g.Limit)
}

// basis says what counts against a limit.
func basis(b quota.Basis) string {
	switch b {
	case quota.ByAccepted:
		return "accepted ones count, when they are accepted"
	case quota.SentLessWithdrawn:
		return "all sent count, less withdrawn ones"
	case quota.SentLessAccepted:
		return "all sent count, less accepted ones"
	case quota.SentLessAnswered:
		return fmt.Sprintf("all sent count, less those answered within %s", Stretch(quota.AnswerCredit))
	case quota.ByPending:
		return "sent and neither answered nor withdrawn"
	}
	return "all sent count"
}
