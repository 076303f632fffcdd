package look

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// An OverviewFrame is who reads an overview, and what there is to press.
type OverviewFrame struct {
	Zone *time.Location // of who reads; nil is UTC
	Page int            // which page of the table, from 0; one behind the last is the last

	// Look is the button that shows a member closer, with a value of 1 to 150 characters and the same action for
	// all; nil: there is none.
	Look func(quota.Member) Button
	// Below are the buttons below page of so many pages; nil: there are none.
	Below func(page, pages int) []Button
}

// The sizes of an overview. A page of the table is what Slack's 12,000 characters for a message and a manager's
// patience take.
const (
	overviewPage = 50
	overviewFold = 20 // rows that Slack shows at once
	mostLooks    = 8  // lines about one member each
	mostNamed    = 12 // members in one line
)

// Overview shows managers how everybody stands: whom to look at, who has room, who is away, and by name each
// one's figures. It tells days and totals, never when in a day something was logged.
func Overview(o quota.Overview, names Names, f OverviewFrame) Announcement {
	zone := f.Zone
	if zone == nil {
		zone = time.UTC
	}
	reader := quota.Standing{At: o.At, Zone: zone, Today: quota.DayOf(o.At, zone)}
	c := census(o, reader)
	d := &draft{}
	d.say(c.head(o, reader))
	d.say(c.looks()...)
	d.say(c.rooms()...)
	pages := max(1, (len(o.Members)+overviewPage-1)/overviewPage)
	page := min(max(0, f.Page), pages-1)
	foot := fmt.Sprintf("Members can see all of this about themselves: `%s`, `%s why`.", names.Budget, names.Budget)
	if len(o.Members) > 0 {
		from := page * overviewPage
		g := overviewGrid(o.Members[from:min(len(o.Members), from+overviewPage)], reader, f.Look)
		lines, short := g.lines(), ""
		switch {
		case pages > 1:
			short = fmt.Sprintf("Full table below: page %d of %d, %s to %s.", page+1, pages, g.rows[0][0], g.rows[len(g.rows)-1][0])
			which := small(short)
			d.blocks, d.spare = append(d.blocks, which), append(d.spare, which)
		case len(o.Members) >= shortFrom || size(slices.Concat(d.lines, lines, []string{foot})) > longestText:
			short = "Full table below."
		}
		d.tabulate(g.dataTable("Members by name", overviewFold), lines, short)
		d.spare = append(d.spare, g.menu()...)
		if chart := leftNowChart(o.Members); chart != nil {
			d.blocks = append(d.blocks, chart) // of what the table tells
		}
	} else {
		d.aside(fmt.Sprintf("Nobody is on the team yet: the first `%s` in its channel joins it.", names.Sent))
	}
	d.aside(foot)
	a := d.done()
	if f.Below != nil {
		a = a.With(f.Below(page, pages)...)
	}
	return a
}

// A teamCensus is who is to be looked at and why, who is mentioned, who has room, and who is away.
type teamCensus struct {
	people int      // to look at
	look   []string // a sentence for each, or for several; the gravest first
	fyi    []string
	room   []string // most room first
	away   []string

	resting bool // somebody who is only mentioned has some left
}

func census(o quota.Overview, reader quota.Standing) teamCensus {
	var c teamCensus
	var restricted, past, open, share []string
	var room []quota.Standing
	left := map[string]int{}
	for _, s := range o.Members {
		b := s.Budget(quota.Invite)
		n := len(restricted) + len(past) + len(open) + len(share)
		_, bound := b.Binding()
		if x, ok := restriction(b); ok {
			restricted = append(restricted, confined(s, x, reader))
		} else if g, ok := pastCeiling(b); ok {
			past = append(past, beyond(s, b, g, reader))
		} else if s.Member.Away.Has(s.Today) {
			c.away = append(c.away, called(s.Member)+" until "+soon(s.Member.Away.Until, s.Today))
		} else if rushed(s) {
			c.fyi = append(c.fyi, inform(s, b))
			c.resting = c.resting || !bound || b.Left > 0
		} else if !bound {
			room, left[s.Member.ID] = append(room, s), -1
		} else if b.Left > 0 {
			room, left[s.Member.ID] = append(room, s), b.Left
		}
		if p, ok := b.Find(quota.PendingName); ok && p.Used >= careFrom(p) {
			open = append(open, fmt.Sprintf("%s %d", called(s.Member), p.Used))
		}
		if a := s.Journal.Acceptance(s.At); a.Judge() == quota.Worrying || a.Judge() == quota.Alarming {
			share = append(share, fmt.Sprintf("%s %s of %d", called(s.Member), percent(a.Share()), a.Of))
		}
		if len(restricted)+len(past)+len(open)+len(share) > n {
			c.people++
		}
	}
	c.look = append(restricted, past...)
	if more := len(c.look) - mostLooks; more > 0 {
		c.look = append(c.look[:mostLooks:mostLooks], fmt.Sprintf("%d more; their notes stand in the table.", more))
	}
	if len(open) > 0 {
		c.look = append(c.look, "many invites are open: "+some(open)+". Withdrawing old ones lowers that.")
	}
	if len(share) > 0 {
		c.look = append(c.look, "fewer than 30 % accepted, of invites at least a week old: "+some(share)+".")
	}
	slices.SortStableFunc(room, func(a, b quota.Standing) int { return cmp.Compare(left[b.Member.ID], left[a.Member.ID]) })
	for _, s := range room {
		figure := strconv.Itoa(left[s.Member.ID])
		if left[s.Member.ID] < 0 {
			figure = "(" + noFixed + ")"
		}
		c.room = append(c.room, called(s.Member)+" "+figure)
	}
	return c
}

// head is the first line: the team, when, and how many of what.
func (c teamCensus) head(o quota.Overview, reader quota.Standing) string {
	team := shortName(o.Team.Name, "Your")
	if !strings.HasSuffix(strings.ToLower(team), "team") {
		team += " team"
	}
	when := o.At.In(reader.Zone).Format("Mon 2 Jan, 15:04")
	if inUTC(o.At, reader) {
		when += " UTC"
	}
	if len(o.Members) == 0 {
		return fmt.Sprintf("%s, %s: nobody on it yet.", team, when)
	}
	look := "nobody to look at"
	if c.people > 0 {
		look = people(c.people, "person", "people") + " to look at"
	}
	switch n := len(c.room); {
	case n > 0:
		look += fmt.Sprintf(", %d with room", n)
	case !c.resting: // who has sent much today may have some left, of which the room does not speak
		look += ", nobody with room"
	}
	return fmt.Sprintf("%s, %s: %s.", team, when, look)
}

// looks are the lines about whom to look at, and who is only mentioned.
func (c teamCensus) looks() []string {
	var out []string
	for _, l := range c.look {
		out = append(out, "Look: "+l)
	}
	for _, l := range c.fyi[:min(mostLooks, len(c.fyi))] {
		out = append(out, "For information: "+l)
	}
	if more := len(c.fyi) - mostLooks; more > 0 {
		out = append(out, fmt.Sprintf("For information: %d more sent many today.", more))
	}
	return out
}

// rooms are who has room, most first, and who is away.
func (c teamCensus) rooms() []string {
	var out []string
	if len(c.room) > 0 {
		out = append(out, "Room now: "+some(c.room)+".")
	}
	if len(c.away) > 0 {
		out = append(out, "Away: "+some(c.away)+".")
	}
	return out
}

// some lists the first of many.
func some(all []string) string {
	if more := len(all) - mostNamed; more > 0 {
		return strings.Join(all[:mostNamed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(all, ", ")
}
