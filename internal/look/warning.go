package look

import (
	"fmt"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// softly tells the other soft lines on invites: one over days as long as it is passed, because it stays as a warning;
// that many are open at the log that crosses a line, because the card goes on saying it. Faster ones are the pace's,
// and a line on another kind is told with what was sent of it.
func softly(s quota.Standing, b quota.Budget, o quota.Operation) []string {
	out := warnings(s, b)
	for _, g := range b.Gauges {
		if before := g.Used - o.Quantity; g.Window.Kind == quota.Stock && (before < careFrom(g) && g.Used >= careFrom(g) || before < g.Max && g.Used >= g.Max) {
			out = append(out, pending(s, g))
		}
	}
	return out
}

// warnings tells each soft line on invites over days or a week that is passed.
func warnings(s quota.Standing, b quota.Budget) []string {
	var out []string
	for _, g := range b.Gauges {
		long := g.Window.Kind == quota.CalendarWeek || g.Window.Kind == quota.Rolling && g.Window.Length >= 24*time.Hour
		if g.Force != quota.Soft || g.Kind != quota.Invite || !long || g.Over() == 0 {
			continue
		}
		line := about(s, g)
		if !believed(s, g) {
			line = fmt.Sprintf("the %d your team set", g.Max)
		}
		out = append(out, fmt.Sprintf("%d %s, past %s; slower is safer.", g.Used, when(g.Limit), line))
	}
	return out
}

// pending tells how many invites are open, once that is many.
func pending(s quota.Standing, g quota.Gauge) string {
	switch {
	case g.Used >= g.Max && !believed(s, g):
		return fmt.Sprintf("%d open invites, and your team set %d; withdraw old ones.", g.Used, g.Max)
	case g.Used >= g.Max:
		return fmt.Sprintf("%d open invites; from about %d on LinkedIn may restrict an account; withdraw old ones now.", g.Used, g.Max)
	case g.Warn > 0 && g.Used >= g.Warn:
		return fmt.Sprintf("%d open invites; from about %d on LinkedIn may look closer; withdraw old ones.", g.Used, g.Warn)
	}
	return ""
}
