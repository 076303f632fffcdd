package look

import (
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

// A plan that is smaller than was wanted says in a few words why, and only then.
func TestObstacle(t *testing.T) {
	const fri = quota.Day(3) // days after today
	away := func(from, until quota.Day) func(*scene) {
		return func(sc *scene) { sc.Member.Away = quota.Away{From: sc.Today + from, Until: sc.Today + until} }
	}
	for _, c := range []struct {
		name string
		sc   *scene
		kind quota.Kind
		n    int
		by   quota.Day
		want string
	}{
		{"nothing in the way", sceneOf(""), quota.Invite, 60, fri, ""},
		{"today's pace", sceneOf("").sent(20, early9), quota.Invite, 20, 0, "Today's pace of 20 is used up."},
		{"the pace", sceneOf(""), quota.Invite, 60, 1, "More would be past the daily pace of 20."},
		{"a leave", sceneOf("").set(away(0, 3)), quota.Invite, 20, fri, "You are away until the end of Fri 27 Nov."},
		{"a leave in between", sceneOf("").set(away(1, 2)), quota.Invite, 75, fri, "You are away from Wed 25 Nov to the end of Thu 26 Nov."},
		{"a weekend", sceneOf("").set(func(sc *scene) { sc.Member.Workdays = 1 << 6 }), quota.Invite, 20, fri, "None of these days is a working day of yours."},
		{"the budget", sceneOf("").sent(70, yesterday), quota.Invite, 20, fri, "More would be past the team budget of 75 a week."},
		{"one's own limit", sceneOf("").own(40, "").sent(30, yesterday), quota.Invite, 20, fri, "More would be past your own limit of 40 a week."},
		{"a pause", sceneOf("").own(0, "2026-11-27 23:00"), quota.Invite, 20, fri, "Your invites are paused by your manager until the end of Fri 27 Nov."},
		{"the last 7 days", sceneOf("").sent(100, "2026-11-22 10:00"), quota.Invite, 20, fri, "More would be past the ceiling of about 100 in any 7 days."},
		{"a number of the team's", sceneOf("").chose(quota.BudgetName, 300).chose(quota.CeilingName, 10).chose(quota.SevenDaysName, 300), quota.Invite, 20, fri, "More would be past the limit of 10 a week your team set."},
		{"the budget and a ceiling as low", sceneOf("").chose(quota.CeilingName, 75).sent(75, yesterday), quota.Invite, 20, fri, "More would be past the team budget of 75 a week."},
		{"a restriction", sceneOf("").restricted("2026-11-24 06:00", "2026-12-25 17:00"), quota.Invite, 20, fri, "LinkedIn restricts you until Fri 25 Dec, 18:00."},
		{"after a restriction", sceneOf("").restricted("2026-11-23 06:00", "2026-11-24 06:00"), quota.Invite, 60, fri, "More would be past the 37 a week after a restriction."},
		{"credits", sceneOf("").account(quota.Free), quota.InMail, 3, fri, "A free account comes with no InMails."},
		{"no pace at all", sceneOf("").chose(quota.PaceName, 0), quota.Invite, 3, fri, "Your team's daily pace is 0, and a plan keeps to it."},
		{"a guide without a pace", sceneOf(quota.QuickMailPreset), quota.Invite, 60, 1, "More would be past Paceline's daily pace of 20."},
		{"a guide with a faster pace", sceneOf(quota.GuidePreset), quota.Invite, 60, 1, "More would be past the daily pace of 20."},
		{"no fixed limit, and Paceline's number", sceneOf(quota.InTouchPreset).sent(70, yesterday), quota.Invite, 60, fri, ""},
	} {
		s := c.sc.Standing
		p := s.Lay(c.kind, c.n, s.Today+c.by)
		got := ""
		if m := Schedule(s, c.kind, p); p.Possible < p.Wanted {
			complete(t, m)
			if got = obstacle(s, c.kind, p); !strings.Contains(m.Text, got) {
				t.Errorf("%s: no %q in %s", c.name, got, m.Text)
			}
			if p.Possible == 0 && strings.Contains(m.Text, "That keeps") {
				t.Errorf("%s: nothing keeps nothing: %s", c.name, m.Text)
			}
		}
		same(t, c.name, got, c.want)
	}
}
