package look

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// overviewGrid is the table of some members, by name. Open invites have a column where they are counted.
func overviewGrid(some []quota.Standing, reader quota.Standing, look func(quota.Member) Button) grid {
	open := false
	g := grid{head: []string{"Name", "Left now", "This week", "Last 7 days", "Open invites", "Accepted", "Note"}}
	for _, s := range some {
		b := s.Budget(quota.Invite)
		left := noFixed
		if _, ok := b.Binding(); ok {
			left = strconv.Itoa(b.Left)
		}
		pending := "not counted"
		if p, ok := b.Find(quota.PendingName); ok {
			pending, open = strconv.Itoa(p.Used), true
		}
		week := quota.WeekOf(s.At)
		g.rows = append(g.rows, []string{
			called(s.Member), left, strconv.Itoa(s.Journal.Sent(quota.Invite, week.Start(), week.End())),
			strconv.Itoa(s.Journal.Sent(quota.Invite, s.At.Add(-7*24*time.Hour+time.Microsecond), s.At.Add(time.Microsecond))),
			pending, acceptedCell(s.Journal.Acceptance(s.At)), noteCell(s, b, reader),
		})
		if look != nil {
			g.look = append(g.look, look(s.Member))
		}
	}
	if !open {
		g = g.without(4)
	}
	return g
}

// without is g without a column.
func (g grid) without(column int) grid {
	g.head = slices.Delete(g.head, column, column+1)
	for i := range g.rows {
		g.rows[i] = slices.Delete(g.rows[i], column, column+1)
	}
	return g
}

func acceptedCell(a quota.Acceptance) string {
	switch {
	case !a.Recorded:
		return "not recorded"
	case a.Of == 0:
		return "none old enough"
	case a.Judge() == quota.TooFew:
		return fmt.Sprintf("%d of %d", a.Accepted, a.Of)
	}
	return fmt.Sprintf("%s of %d", percent(a.Share()), a.Of)
}

// noteCell says what is particular about a member, the gravest.
func noteCell(s quota.Standing, b quota.Budget, reader quota.Standing) string {
	if x, ok := restriction(b); ok {
		return "restricted until " + lastMoment(x.Ends, reader)
	}
	if c, ok := pastCeiling(b); ok {
		if !believed(s, c) {
			return fmt.Sprintf("%d past the limit", c.Over())
		}
		return fmt.Sprintf("%d past the ceiling", c.Over())
	}
	if s.Member.Away.Has(s.Today) {
		return "away until " + soon(s.Member.Away.Until, s.Today)
	}
	if p := paused(s); p != "" {
		return p
	}
	if g, ok := b.Find(quota.BudgetName); ok && own(s, g) {
		return fmt.Sprintf("own limit of %d", g.Max)
	}
	if n, _, ok := recovery(s, s.At); ok {
		return fmt.Sprintf("%d a week after a restriction", n)
	}
	if _, ok := b.Find(quota.RampName); ok {
		return "new account"
	}
	return ""
}

// leftNowChart draws what everybody has left, by name, if it can.
func leftNowChart(members []quota.Standing) slack.Block {
	if len(members) < 2 || len(members) > mostPoints {
		return nil
	}
	var who []string
	left := series{name: "Left now"}
	for _, s := range members {
		b := s.Budget(quota.Invite)
		if _, ok := b.Binding(); !ok {
			return nil
		}
		who, left.values = append(who, called(s.Member)), append(left.values, b.Left)
	}
	return bars("Left now, by name", who, left)
}
