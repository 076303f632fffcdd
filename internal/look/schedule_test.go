package look

import (
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func TestSchedule(t *testing.T) {
	civil := func(month time.Month, day int) quota.Day {
		return quota.DayOf(time.Date(2026, month, day, 0, 0, 0, 0, time.UTC), time.UTC)
	}
	d := diaryAt(t, "2026-11-24 09:05")
	const inside, nothing = " That keeps every limit and a pace of at most 20 a day.", " A plan records nothing."
	for _, c := range []struct {
		n    int
		by   quota.Day
		want string
	}{
		{60, civil(11, 27), "60 by Fri 27 Nov: Tue 15, Wed 15, Thu 15, Fri 15." + inside + nothing},
		{60, civil(11, 26), "60 by Thu 26 Nov: Tue 20, Wed 20, Thu 20." + inside + nothing},
		{60, civil(11, 25), "40 of 60 by Wed 25 Nov; all 60 by Thu 26 Nov. The 40: Tue 20, Wed 20. More would be past the daily pace of 20. That keeps every limit." + nothing},
		{60, civil(12, 1), "60 by Tue 1 Dec: Tue 24 Nov: 10, Wed 25 Nov: 10, Thu 26 Nov: 10, Fri 27 Nov: 10, Mon 30 Nov: 10, Tue 1 Dec: 10." + inside + nothing},
		{150, civil(12, 31), "150 by Thu 31 Dec: week of Tue 24 Nov: 24 (6 a day), week of Mon 30 Nov: 30 (6 a day), week of Mon 7 Dec: 30 (6 a day), week of Mon 14 Dec: 30 (6 a day), week of Mon 21 Dec: 30 (6 a day), Mon 28 Dec: 6."},
		{1000, civil(11, 25), "40 of 1000 by Wed 25 Nov; all 1000 by "},
	} {
		s := d.standing()
		m := Schedule(s, quota.Invite, s.Lay(quota.Invite, c.n, c.by))
		complete(t, m)
		if !strings.HasPrefix(m.Text, c.want) || !strings.HasSuffix(m.Text, nothing) {
			t.Errorf("%d by %s: %s", c.n, c.by, m.Text)
		}
	}
	s := d.standing()
	s.Member.Workdays = 0
	same(t, "no working day", Schedule(s, quota.Invite, s.Lay(quota.Invite, 5, civil(11, 27))).Text, "0 of 5 by Fri 27 Nov. None of these days is a working day of yours."+nothing)
	s = d.standing()
	s.Member.Account.Type = quota.Free
	same(t, "none ever", Schedule(s, quota.InMail, s.Lay(quota.InMail, 2, civil(11, 27))).Text, "0 of 2 InMails by Fri 27 Nov. A free account comes with no InMails."+nothing)
	s = d.standing()
	same(t, "too many", Schedule(s, quota.Invite, s.Lay(quota.Invite, 5000, civil(11, 24))).Text, "20 of 5000 by Tue 24 Nov; all 5000 would take more than 92 days. The 20: Tue 20. More would be past the daily pace of 20. That keeps every limit."+nothing)
	s = d.standing()
	same(t, "messages", Schedule(s, quota.Message, s.Lay(quota.Message, 4, civil(11, 24))).Text, "4 messages by Tue 24 Nov: Tue 4. No limit on messages is set here."+nothing)
	d.log("ana", quota.Log{})
	d.governed(quota.InTouchPreset)
	s = d.standing()
	m := Schedule(s, quota.Invite, s.Lay(quota.Invite, 60, civil(11, 27)))
	complete(t, m)
	if !strings.Contains(m.Text, " No fixed limit here, so this keeps to Paceline's 75 a week. A plan records nothing.") {
		t.Error(m.Text)
	}
}

func TestAwayAndBack(t *testing.T) {
	today := quota.DayOf(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), time.UTC)
	for want, a := range map[string]quota.Away{
		"on Fri 27 Nov":                                {From: today + 3, Until: today + 3},
		"until the end of Fri 27 Nov":                  {From: today, Until: today + 3},
		"from Tue 1 Dec to the end of Sat 5 Dec":       {From: today + 7, Until: today + 11},
		"from Mon 28 Dec to the end of Fri 1 Jan 2027": {From: today + 34, Until: today + 38},
	} {
		m := Away(a, today)
		complete(t, m)
		same(t, "away", m.Text, "You are away "+want+": no plan uses those days, and I send you no messages about your pace. What you log counts as always, and a passed ceiling I still tell you; `back` ends it.")
	}
	complete(t, Back())
}
