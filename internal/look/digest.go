package look

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// A DigestFrame is what a digest tells besides the review.
type DigestFrame struct {
	Late    time.Time    // when a digest that is late is posted; zero: it is on time
	Asked   time.Time    // when somebody wanted a digest after its own time was over; zero: it came by itself
	Unnamed bool         // another company reads the channel, or may: totals only, whatever the team has chosen
	Deeds   []quota.Deed // what changed in the rules since the last digest, in order; other teams' are left out
	Ask     string       // the name of a manager, whom to ask; "" when unknown
}

// enoughRecords is how many members must record what was accepted before a channel reads of it: of two, each
// could work out the other's.
const enoughRecords = 3

// Digest tells a team's channel that a new week has begun: what the last one came to, and by name what is left
// now. It names nobody's acceptance, and why somebody is paused it does not say.
func Digest(r quota.Review, names Names, f DigestFrame) Announcement {
	shows := r.Team.Digest.Shows
	if f.Unnamed {
		shows = quota.ShowTotals
	}
	d := &draft{}
	d.say(slices.Concat(opener(r, names, f), late(f), lastWeek(r))...)
	news := changes(r, f.Deeds, shows)
	foot := digestFoot(r, names, f)
	chart, days := sentByDay(r)
	switch {
	case r.Sent == 0 || len(r.Members) == 0:
	case shows == quota.ShowTotals:
		if all := inAll(r); all != "" {
			d.say(all)
			d.aside(rolling(r))
		}
	default:
		g, more := digestGrid(r, shows)
		lines, short := g.lines(), ""
		if more > 0 {
			lines = append(lines, fmt.Sprintf("And %d more: `%s @name` shows one.", more, names.Budget))
			short = fmt.Sprintf("Full table below: the first %d of %d by name; `%s @name` shows one.", len(g.rows), len(r.Members), names.Budget)
		} else if len(r.Members) >= shortFrom || size(slices.Concat(d.lines, lines, news, []string{foot, days, rolling(r)})) > longestText {
			short = "Full table below."
		}
		d.tabulate(g.table(), lines, short)
		if more > 0 {
			d.blocks = append(d.blocks, small(lines[len(lines)-1]))
		}
		d.aside(rolling(r))
	}
	if len(news) > 0 {
		d.say("Changes: " + strings.Join(news, " "))
	}
	d.draw(chart, days)
	d.aside(foot)
	return d.done()
}

// opener is the first line: the new week, or that nobody logged in the last one. Once a digest that came by itself would
// be over, nobody is told that budgets are fresh.
func opener(r quota.Review, names Names, f DigestFrame) []string {
	week := dates(r.Week + 1)
	first, alone := fmt.Sprintf("New week: budgets are fresh (%s, UTC).", week), "Budgets are fresh; "
	switch {
	case !f.Asked.IsZero():
		first = fmt.Sprintf("This week: %s, UTC.", week)
	case len(r.Members) > 0 && !slices.ContainsFunc(r.Members, func(m quota.Reviewed) bool { return weekBinds(m.Standing) }):
		first, alone = fmt.Sprintf("New week: %s (%s, UTC).", noFixed, week), "There is "+noFixed+"; "
	}
	switch {
	case r.Sent > 0:
		return []string{first}
	case anythingSent(r):
		return []string{first, "Last week the team logged no invites."}
	case !f.Asked.IsZero():
		return []string{fmt.Sprintf("Nobody logged last week. `%s 5` logs five.", names.Sent), first}
	}
	return []string{
		fmt.Sprintf("Nobody logged last week. %s`%s 5` logs five.", alone, names.Sent),
		fmt.Sprintf("The new week is %s, UTC.", week),
	}
}

// anythingSent reports whether anybody logged any kind of outreach in the week.
func anythingSent(r quota.Review) bool {
	return slices.ContainsFunc(r.Members, func(m quota.Reviewed) bool {
		return slices.ContainsFunc(quota.Kinds(), func(k quota.Kind) bool {
			return m.Journal.Sent(k, r.Week.Start(), r.Week.End()) > 0
		})
	})
}

// late tells of a digest that did not come at its time: when somebody asked for it, and when it came.
func late(f DigestFrame) (lines []string) {
	fresh := " Budgets were fresh on time."
	if !f.Asked.IsZero() {
		lines, fresh = append(lines, fmt.Sprintf("Asked for %s UTC, with what was logged by then.", f.Asked.UTC().Format("Mon 2 Jan, 15:04"))), ""
	}
	if !f.Late.IsZero() {
		lines = append(lines, fmt.Sprintf("Late: posted %s UTC.%s", f.Late.UTC().Format("Mon 15:04"), fresh))
	}
	return lines
}

// lastWeek tells what the team sent and what was accepted.
func lastWeek(r quota.Review) []string {
	if r.Sent == 0 {
		return nil
	}
	line := fmt.Sprintf("Last week the team sent %s", counted(r.Sent, quota.Invite))
	if r.Team.Created.Before(r.Week.Start()) {
		switch more := r.Sent - r.Before; {
		case r.Before == 0:
			line += ", none the week before"
		case more > 0:
			line += fmt.Sprintf(", %d more than the week before", more)
		case more < 0:
			line += fmt.Sprintf(", %d fewer than the week before", -more)
		default:
			line += ", as many as the week before"
		}
	}
	return []string{line + "." + busiest(r.Days[7:]), accepted(r)}
}

// busiest names the day on which most was sent, if it was one.
func busiest(days []int) string {
	n := slices.Max(days)
	i := slices.Index(days, n)
	if n <= 0 || slices.Contains(days[i+1:], n) {
		return ""
	}
	return fmt.Sprintf(" Busiest day: %s, %d.", time.Weekday((i+1)%7), n)
}

// accepted tells the team's acceptance, if enough people record it.
func accepted(r quota.Review) string {
	switch a := r.Share; {
	case r.Records == 0:
		return "Accepted: not recorded."
	case r.Records < enoughRecords:
		return "Accepted: recorded by too few people to tell."
	case a.Of == 0:
		return "Accepted: no invites are a week old yet."
	case a.Judge() == quota.TooFew:
		return fmt.Sprintf("Accepted: %d of %s at least a week old (%d of %d people record this).", a.Accepted, counted(a.Of, quota.Invite), r.Records, len(r.Members))
	default:
		return fmt.Sprintf("Accepted: %s of %d invites at least a week old (%d of %d people record this).", percent(a.Share()), a.Of, r.Records, len(r.Members))
	}
}

// inAll tells the room of the whole team; "" where not every member has a number.
func inAll(r quota.Review) string {
	budget, left := 0, 0
	for _, m := range r.Members {
		b := m.Budget(quota.Invite)
		if _, ok := b.Binding(); !ok || !weekBinds(m.Standing) {
			return ""
		}
		budget, left = budget+m.Now, left+b.Left
	}
	if len(r.Members) == 1 {
		return fmt.Sprintf("1 person has %d left now, of %d a week.", left, budget)
	}
	return fmt.Sprintf("%d people together have %d left now, of %d a week.", len(r.Members), left, budget)
}

// digestGrid is the table by name, as far as it fits, and how many members it leaves out.
func digestGrid(r quota.Review, shows quota.Shown) (g grid, more int) {
	g.head = []string{"Name", "Last week", "Budget now", "Left now"}
	if shows == quota.ShowRoom {
		g.head = []string{"Name", "Left now"}
	}
	for _, m := range r.Members[:min(mostRows, len(r.Members))] {
		cells := []string{called(m.Member), strconv.Itoa(m.Last), noFixed, leftCell(m.Standing)}
		if weekBinds(m.Standing) {
			cells[2] = strconv.Itoa(m.Now)
		}
		if shows == quota.ShowRoom {
			cells = []string{cells[0], cells[3]}
		}
		g.rows = append(g.rows, cells)
	}
	return g, len(r.Members) - len(g.rows)
}

const noFixed = "no fixed limit"

// leftCell is what a channel reads of what somebody has left. Of somebody who is paused it reads no number: whether
// anything is left would say why.
func leftCell(s quota.Standing) string {
	if p := paused(s); p != "" {
		return p
	}
	b := s.Budget(quota.Invite)
	out := noFixed
	if _, ok := b.Binding(); ok {
		out = strconv.Itoa(b.Left)
	}
	if o, ok := s.NextOpening(b); ok && b.Left == 0 {
		switch d := quota.DayOf(o.At, s.Zone); {
		case d == s.Today:
			out += ", more later today"
		default:
			out += ", more from " + soon(d, s.Today)
		}
	}
	return out
}

// paused says until when somebody is restricted, away or held by a manager, in the same words; "" for nobody else.
func paused(s quota.Standing) string {
	const word = "paused"
	until := quota.Day(0)
	if x := s.Member.Restriction; !x.From.IsZero() && !s.At.Before(x.From) && s.At.Before(x.Until) {
		until = quota.DayOf(x.Until.Add(-1), s.Zone)
	}
	if s.Member.Away.Has(s.Today) {
		until = max(until, s.Member.Away.Until)
	}
	if g, ok := s.Budget(quota.Invite).Find(quota.BudgetName); ok && g.Max == 0 && own(s, g) {
		if g.By.Until.IsZero() {
			return word
		}
		until = max(until, quota.DayOf(g.By.Until.Add(-1), s.Zone))
	}
	switch until {
	case 0:
		return ""
	case s.Today:
		return word + " today"
	}
	return word + " until " + soon(until, s.Today)
}

// soon names a day to come: "Thu" within six days, else "Thu 8 Dec".
func soon(d, today quota.Day) string {
	if d > today && d-today < 7 {
		return d.Weekday().String()[:3]
	}
	return Date(d, today)
}

// weekBinds reports whether any limit on the week binds a member's invites.
func weekBinds(s quota.Standing) bool {
	_, ok := weekly(s.Budget(quota.Invite))
	return ok
}

// rolling explains why somebody has less left now than this week, if anybody has.
func rolling(r quota.Review) string {
	for _, m := range r.Members {
		b := m.Budget(quota.Invite)
		if g, ok := b.Binding(); ok && g.Window.Kind == quota.Rolling && b.Left < b.Week && !own(m.Standing, g) {
			return fmt.Sprintf("“Left now” can be below the budget: any %s should stay under %s.", Stretch(g.Window.Length), about(m.Standing, g))
		}
	}
	return ""
}

// sentByDay draws two weeks by UTC day, and tells them.
func sentByDay(r quota.Review) (slack.Block, string) {
	if r.Sent == 0 {
		return nil, ""
	}
	days := []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
	last := series{"Last week", r.Days[7:]}
	line := "Last week by UTC day, Mon to Sun: " + figures(r.Days[7:]) + "."
	if r.Before == 0 {
		return bars("Invites sent by UTC day", days, last), line
	}
	line += " The week before: " + figures(r.Days[:7]) + "."
	return bars("Invites sent by UTC day", days, series{"The week before", r.Days[:7]}, last), line
}

// figures lists numbers: "60, 131, 0".
func figures(all []int) string {
	out := make([]string, 0, len(all))
	for _, n := range all {
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, ", ")
}

func digestFoot(r quota.Review, names Names, f DigestFrame) string {
	const friday = 4 * 24 * time.Hour // into a week
	read, day := r.At, "fri"
	if !f.Late.IsZero() {
		read = f.Late
	}
	if !read.Before((r.Week + 1).Start().Add(friday)) { // by then it is this week's
		day = r.Week.Start().Add(friday).Format(time.DateOnly)
	}
	out := fmt.Sprintf("Forgot some? `%s 5 %s` still counts for last week.", names.Sent, day)
	if f.Asked.IsZero() {
		out = fmt.Sprintf("As logged by %s UTC. ", r.At.UTC().Format("15:04")) + out
	}
	if f.Ask != "" {
		out += " Questions: " + shortName(f.Ask, "a manager") + "."
	}
	return out
}

// dates names the days of a week: "Mon 23 to Sun 29 Nov".
func dates(w quota.Week) string {
	monday := quota.DayOf(w.Start(), time.UTC)
	return dated(monday, monday+6)
}

// dated names the days from one to another: "Mon 23 to Sun 29 Nov".
func dated(first, last quota.Day) string {
	from, to := first.In(time.UTC, 0, 0), last.In(time.UTC, 0, 0)
	if from.Month() == to.Month() {
		return from.Format("Mon 2") + " to " + to.Format("Mon 2 Jan")
	}
	return from.Format("Mon 2 Jan") + " to " + to.Format("Mon 2 Jan")
}
