package look

import (
	"fmt"
	"slices"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// Weeks are the invites of eight weeks that are over, the oldest first: the last is the week before the one that
// holds the moment of the recap.
type Weeks [8]int

// Recap tells a member, who asked for it, their own week: what was sent, what is left now, eight weeks at a glance,
// and one suggestion. The journal of s reaches back 37 days at least.
func Recap(s quota.Standing, weeks Weeks, names Names) Announcement {
	closed := quota.WeekOf(s.At) - 1
	b := s.Budget(quota.Invite)
	d := &draft{}
	d.say(
		fmt.Sprintf("Your week%s: %s (%s, UTC).", comma(s.Member), sentInWeek(weeks[len(weeks)-1]), dates(closed)),
		number(s, b)+nextWeek(s),
	)
	d.say("One thought: " + suggestion(s, b, weeks, names))
	var labels []string
	for i := range weeks {
		labels = append(labels, (closed - quota.Week(len(weeks)-1-i)).Start().Format("2 Jan"))
	}
	chart := trend("Invites a week", labels, series{"Invites", weeks[:]})
	line := fmt.Sprintf("Eight weeks, from that of %s: %s.", labels[0], figures(weeks[:]))
	if !slices.ContainsFunc(weeks[:], func(n int) bool { return n != 0 }) {
		chart = nil
	}
	d.draw(chart, line)
	d.aside(fmt.Sprintf("Only you get this; `%s settings recap off` ends it.", names.Main))
	return d.done()
}

func sentInWeek(n int) string {
	if n == 0 {
		return "no invites"
	}
	return counted(n, quota.Invite)
}

// nextWeek says when the next week begins, where a limit on the week binds.
func nextWeek(s quota.Standing) string {
	if !weekBinds(s) {
		return ""
	}
	return " New week: " + NewWeek(s) + "."
}

// suggestion is one thing to do, the one that protects the account most; never to send more.
func suggestion(s quota.Standing, b quota.Budget, weeks Weeks, names Names) string {
	sent := weeks[len(weeks)-1]
	if _, ok := restriction(b); ok {
		return "until the restriction ends, only what LinkedIn shows matters. Nothing to do here."
	}
	if c, ok := b.Find(quota.CeilingName); ok && c.Force == quota.Loud && sent > c.Max {
		return fmt.Sprintf("%d is past %s; a week of %d or fewer keeps a margin.", sent, theLimit(s, c, "your own"), s.Weekly(s.At))
	}
	if p, ok := b.Find(quota.PendingName); ok && p.Used >= careFrom(p) {
		return fmt.Sprintf("%d invites are open. Withdrawing the oldest on LinkedIn lowers that; `%s withdrawn 20` notes it here.", p.Used, names.Main)
	}
	a := s.Journal.Acceptance(s.At)
	if j := a.Judge(); j == quota.Worrying || j == quota.Alarming {
		return fmt.Sprintf("of %d invites at least a week old %s were accepted; averages run from 26 to 37 %%. Fewer, better-chosen ones are safer.", a.Of, percent(a.Share()))
	}
	if day, n, ok := crowdedDay(s, b); ok {
		return fmt.Sprintf("%s had %d. Spread over the week they draw less notice.", day, n)
	}
	if !a.Recorded && a.Of >= quota.EnoughInvites {
		return fmt.Sprintf("tell how many were accepted with `%s accepted 12`, and you see whom it pays to invite.", names.Main)
	}
	return "nothing to change; a calm week."
}

// crowdedDay is the day of the last week on which most was sent, if that was past the daily pace; days are the
// member's.
func crowdedDay(s quota.Standing, b quota.Budget) (name string, n int, ok bool) {
	pace, soft := b.Find(quota.PaceName)
	if !soft || pace.Max <= 0 {
		return "", 0, false
	}
	monday := quota.DayOf((quota.WeekOf(s.At) - 1).Start(), time.UTC)
	for d := monday; d < monday+7; d++ {
		if sent := s.Journal.SentOn(quota.Invite, d); sent > n {
			name, n = d.Weekday().String(), sent
		}
	}
	return name, n, n > pace.Max
}
