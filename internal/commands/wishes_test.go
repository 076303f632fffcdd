package commands

import (
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

func TestWishesTyped(t *testing.T) {
	const saved, zone = "^Saved\\. ", " Time zone: Europe/Berlin, "
	for _, c := range []struct {
		line, want string
		wishes     quota.Wishes
	}{
		{"quiet 20:00-08:00", saved + "Quiet hours: 20:00 to 08:00 and days off\\. What can wait comes outside them\\." + zone, quota.Wishes{From: 1200, To: 480}},
		{"quiet from 20:00 to 8:00", saved + "Quiet hours: 20:00 to 08:00", quota.Wishes{From: 1200, To: 480}},
		{"quiet 8pm-8am", saved + "Quiet hours: 20:00 to 08:00", quota.Wishes{From: 1200, To: 480}},
		{"quiet 00:00–07:00", saved + "Quiet hours: 00:00 to 07:00", quota.Wishes{From: 1440, To: 420}},
		{"quiet off", saved + "Quiet hours: none but days off\\.", quota.Wishes{From: 1440}},
		{"quiet default", saved, quota.Wishes{}},
		{"checkin on", saved + "What comes because you want it: an end-of-day check-in\\." + zone, quota.Wishes{Wants: quota.WantsCheckIn}},
		{"check-in ON recap on cram on", saved + ".*: an end-of-day check-in, a weekly recap and a word on the last working day when much is left\\." + zone, quota.Wishes{Wants: 7}},
		{"zone Asia/Tokyo recap on days mon-thu", "Asia/Tokyo.*Mon to Thu.*a weekly recap\\.$", quota.Wishes{Wants: quota.WantsRecap}},
		{"recap off", saved, quota.Wishes{}},
		// Slips.
		{"quiet", "^Quiet hours run from an evening to a morning, with an hour or more between: write `settings quiet 18:00-09:00`\\.", quota.Wishes{}},
		{"quiet 9", "^Quiet hours run", quota.Wishes{}},
		{"quiet 09:00-18:00", "^Quiet hours run", quota.Wishes{}},
		{"quiet 09:30-09:00", "^Quiet hours run", quota.Wishes{}},
		{"quiet 18:00-18:00", "^Quiet hours run", quota.Wishes{}},
		{"quiet 18:00-09:00-10:00", "^Quiet hours run", quota.Wishes{}},
		{"quiet 25:00-08:00", "^“25:00” is not a time I can read\\.", quota.Wishes{}},
		{"quiet six-nine", "^“six” is not a time", quota.Wishes{}},
		{"recap", "^Write `on` or `off` behind it: `/paceline settings recap on`\\.", quota.Wishes{}},
		{"recap maybe", "^Write `on` or `off`", quota.Wishes{}},
		{"recap on checkin", "^Write `on` or `off` behind it: `/paceline settings checkin on`", quota.Wishes{}},
		{"overview on", "^The Monday overview is for managers of a team\\.", quota.Wishes{}},
		{"recap on recap off", "^I read “recap” twice", quota.Wishes{}},
	} {
		t.Run(c.line, func(t *testing.T) {
			s := staged(t)
			was := s.state()
			r := s.slash("UANA", "/paceline settings "+c.line)
			s.want(r, c.want)
			if got := quota.WishesOf(s.state().members["UANA"]); got != c.wishes {
				t.Errorf("%+v, want %+v", got, c.wishes)
			}
			if r.Text[:5] != "Saved" {
				s.want(r, "Nothing changed\\.$")
				s.unchanged(was, c.line)
			}
		})
	}
	// What is wished for is due from then on, and follows the zone and the hours.
	s := staged(t)
	s.slash("UANA", "/paceline settings recap on checkin on")
	due := func(name string, want time.Time) {
		t.Helper()
		if i := s.intent(name); !i.Due.Equal(want) {
			t.Errorf("%s is due %s, want %s", name, i.Due, want)
		}
	}
	due("recap/UANA/2026-11-30", time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC))
	due("checkin/UANA/2026-11-24", time.Date(2026, 11, 24, 16, 30, 0, 0, time.UTC))
	s.slash("UANA", "/paceline settings zone America/New York quiet 20:00-10:00")
	due("recap/UANA/2026-11-30", time.Date(2026, 11, 30, 15, 0, 0, 0, time.UTC))
	due("checkin/UANA/2026-11-24", time.Date(2026, 11, 25, 0, 30, 0, 0, time.UTC))
	s.want(s.slash("UANA", "/paceline settings recap off checkin off"), "No check-in, recap or the like comes\\. ")
	// Retry of what had landed half: the rest is made up for.
	s.store.writes = []fault{{err: quota.ErrAmbiguous, lands: true}}
	failed := s.slash("UANA", "/paceline settings days fri cram on")
	s.want(failed, "^I cannot tell yet")
	s.want(s.press("UANA", failed, "retry"), "Working days: Fri.*last working day")
	if m := s.state().members["UANA"]; m.Wants != quota.WantsCram || m.Workdays != 1<<time.Friday {
		t.Errorf("%+v", m)
	}
}

// A manager who is on no team has one setting.
func TestOverviewWish(t *testing.T) {
	s := staged(t)
	s.want(s.slash("UMIA", "/paceline settings"), "^You manage a team without being on one, so there is one setting\\. The Monday overview of your team is off\\. Change it with `/paceline settings overview on` or `off`\\.$")
	was := s.state()
	for _, line := range []string{"zone UTC", "overview", "overview maybe", "recap on", "overview on zone UTC"} {
		s.want(s.slash("UMIA", "/paceline settings "+line), "You are on no team yourself, so there is `/paceline settings overview on` or `off` alone\\. Nothing changed\\.$")
		s.unchanged(was, line)
	}
	s.want(s.slash("UMIA", "/paceline settings overview on"), "^Saved\\. The Monday overview of your team is on: it comes by direct message at 09:00 in Europe/Berlin\\.$")
	if i := s.intent("overview/UMIA/1/2026-11-30"); i.To != "UMIA" || !i.Due.Equal(time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", i)
	}
	s.want(s.slash("UMIA", "/paceline team"), "2 with room") // she is not on it for all that
	s.want(s.slash("UBEN", "/budget <@UMIA>"), "not on a team here")
	s.want(s.slash("UMIA", "/paceline settings overview off"), "^Saved\\. The Monday overview of your team is off\\.$")
	s.want(s.slash("UMIA", "/sent"), "You joined the team")
	s.want(s.slash("UMIA", "/paceline settings overview on recap on"), "a weekly recap and the Monday overview of the team\\. ")
	was = s.state()
	s.want(s.slash("UOLA", "/paceline settings overview on"), "^You are not on a team yet") // an admin manages none
	s.want(s.slash("UDAN", "/paceline settings overview on"), "^You are not on a team yet")
	s.unchanged(was, "nobody's wishes")
}

func TestWishesForm(t *testing.T) {
	s := staged(t)
	options := func(m *slack.ModalViewRequest) (values []string, on []string) {
		for _, b := range m.Blocks.BlockSet {
			if in, ok := b.(*slack.InputBlock); ok && in.BlockID == "wants" {
				boxes := in.Element.(*slack.CheckboxGroupsBlockElement)
				for _, o := range boxes.Options {
					values = append(values, o.Value)
				}
				for _, o := range boxes.InitialOptions {
					on = append(on, o.Value)
				}
			}
		}
		return values, on
	}
	open := s.slash("UANA", "/paceline settings").Modal
	if all, on := options(open); len(all) != 3 || len(on) != 0 {
		t.Errorf("%v, on %v", all, on)
	}
	values := func(from, to string, wants ...string) map[string][]string {
		return map[string][]string{"zone": {"slack"}, "days": {"mon"}, "quiet_from": {from}, "quiet_to": {to}, "wants": wants}
	}
	was := s.state()
	for _, v := range []map[string][]string{values("09:00", "18:00"), values("x", "09:00")} {
		if r := s.submit("UANA", open, v); r.Errors["quiet_from"] == "" {
			t.Errorf("%v: %+v", v, r)
		}
		s.unchanged(was, "a slip")
	}
	s.want(s.submit("UANA", open, values("18:00", "09:00", "recap", "overview", "bogus")), "because you want it: a weekly recap\\.$")
	if w := quota.WishesOf(s.state().members["UANA"]); w != (quota.Wishes{Wants: quota.WantsRecap}) {
		t.Errorf("%+v", w) // the default stays the default, and nobody makes themselves a manager
	}
	open = s.slash("UANA", "/paceline settings").Modal
	if _, on := options(open); len(on) != 1 {
		t.Errorf("on %v", on)
	}
	s.want(s.submit("UANA", open, values("20:00", "07:30", "checkin")), "Quiet hours: 20:00 to 07:30 .* an end-of-day check-in\\.$")
	open = s.slash("UANA", "/paceline settings").Modal
	s.submit("UANA", open, map[string][]string{"zone": {"slack"}, "days": {"mon"}}) // a form of before
	if w := quota.WishesOf(s.state().members["UANA"]); w != (quota.Wishes{Wants: quota.WantsCheckIn, From: 1200, To: 450}) {
		t.Errorf("%+v", w)
	}
	s.want(s.submit("UANA", s.slash("UANA", "/paceline settings").Modal, values("20:00", "07:30")), "No check-in, recap or the like comes\\.$")
	s.want(s.submit("UANA", s.slash("UANA", "/paceline settings").Modal, values("00:00", "00:00")), "Quiet hours: none but days off")
	s.slash("UMIA", "/sent")
	if all, _ := options(s.slash("UMIA", "/paceline settings").Modal); len(all) != 4 {
		t.Errorf("%v", all)
	}
}

// The buttons of the menu and of Home open the form of a leave.
func TestAwayForm(t *testing.T) {
	s := staged(t)
	r := s.press("UANA", s.slash("UANA", "/paceline"), "away")
	s.want(r, "^Until when\\? Type it: `/paceline away until fri`")
	was := s.state()
	for _, c := range []struct{ field, from, until string }{
		{"from", "x", "2026-11-27"}, {"until", "2026-11-24", ""}, {"until", "2026-11-27", "2026-11-26"}, {"until", "2026-11-20", "2026-11-23"}, {"until", "2026-11-24", "2027-11-26"},
	} {
		if out := s.submit("UANA", r.Modal, map[string][]string{"from": {c.from}, "until": {c.until}}); out.Errors[c.field] == "" {
			t.Errorf("%+v: %+v", c, out)
		}
		s.unchanged(was, c.field)
	}
	s.want(s.submit("UANA", r.Modal, map[string][]string{"from": {"2026-11-25"}, "until": {"2026-11-27"}}), "^You are away")
	if a := s.state().members["UANA"].Away; a.From.String() != "2026-11-25" || a.Until.String() != "2026-11-27" {
		t.Errorf("%+v", a)
	}
	s.want(s.press("UDAN", s.slash("UDAN", "/paceline"), "away"), "^You are not on a team yet")
	if home := s.check(s.bot.Open(t.Context(), s.request("UANA", "", ""))); s.press("UANA", home, "away").Modal == nil {
		t.Error("nothing opens on Home")
	}
}
