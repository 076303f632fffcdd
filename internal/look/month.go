package look

import (
	"fmt"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// carried says what a month's number is made of, if anything was carried over.
func carried(s quota.Standing, g quota.Gauge) string {
	if g.Carried == 0 {
		return ""
	}
	own := g.By.Max
	if g.By.At.IsZero() {
		for _, grant := range g.Grants {
			if grant.Account == s.Member.Account.Type {
				own = grant.Max
			}
		}
	}
	switch back := g.Max - g.Carried - own; {
	case back > 0:
		return fmt.Sprintf(": %d a month, %d carried over and %d given back", own, g.Carried, back)
	case back == 0:
		return fmt.Sprintf(": %d a month and %d carried over", own, g.Carried)
	}
	return ", some of them carried over"
}

// holds returns how many a member's account may add up to, if anything is carried over on it.
func holds(s quota.Standing, g quota.Gauge) (n int, ok bool) {
	for _, grant := range g.Grants {
		if grant.Account == s.Member.Account.Type && grant.Most > grant.Max {
			return grant.Most, true
		}
	}
	return 0, false
}

// turns is the day on which a month begins for a member, as far as is known.
func turns(s quota.Standing, l *quota.Limit) int {
	a := s.Member.Account
	if !l.Window.Billing || a.Type == quota.SalesNavigator {
		return 1
	}
	return max(1, int(a.Billing))
}

// monthEnd is the day on which the next month begins, 00:00 UTC.
func monthEnd(s quota.Standing, g quota.Gauge) string {
	return Date(quota.DayOf(g.Ends, time.UTC), s.Today)
}
