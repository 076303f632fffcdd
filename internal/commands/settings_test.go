package commands

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

func TestParseZone(t *testing.T) {
	for in, want := range map[string]string{
		"Europe/Berlin": "Europe/Berlin", "europe/berlin": "Europe/Berlin", "EUROPE/BERLIN": "Europe/Berlin", "America/New_York": "America/New_York", "america/new_york": "America/New_York",
		"utc": "UTC", "UTC": "UTC", "slack": "", "Slack": "", "Europe/Luxembourg": "Europe/Luxembourg", "europe/luxembourg": "Europe/Luxembourg", "pacific/pago_pago": "Pacific/Pago_Pago",
		"America/Argentina/Ushuaia": "America/Argentina/Ushuaia",
	} {
		if got, no := parseZone(in); got != want || no != "" {
			t.Errorf("parseZone(%q) = %q, %q", in, got, no)
		}
	}
	for in, want := range map[string]string{
		"Berlin": "did you mean `Europe/Berlin`", "new_york": "did you mean `America/New_York`", "newyork": "did you mean `America/New_York`", "Ho-Chi-Minh": "did you mean `Asia/Ho_Chi_Minh`",
		"": "“” is not a time zone", "Mars/Olympus": "“Mars/Olympus” is not", "local": "is not a time zone", "Local": "is not a time zone", "../etc/passwd": "is not a time zone",
		"/etc/passwd": "is not a time zone", "<!here>": "“!here” is not", "a`b": "“ab” is not", "\x00": "is not a time zone", strings.Repeat("x", 4000): "is not a time zone",
	} {
		got, no := parseZone(in)
		if got != "" || !strings.Contains(string(no), want) || alive("", string(no)) != nil {
			t.Errorf("parseZone(%q) = %q, %q, want %q", in, got, no, want)
		}
	}
	for _, z := range likelyZones {
		if _, err := time.LoadLocation(z); err != nil {
			t.Error(err)
		}
	}
	if n := len(likelyZones); n > 98 { // and "slack", and one's own
		t.Errorf("%d zones; Slack takes 100 options", n)
	}
}

func TestParseDays(t *testing.T) {
	set := func(days ...time.Weekday) (w quota.Workdays) {
		for _, d := range days {
			w |= 1 << d
		}
		return w
	}
	for in, want := range map[string]quota.Workdays{
		"mon-fri": quota.DefaultWorkdays, "Mon-Fri": quota.DefaultWorkdays, "monday-friday": quota.DefaultWorkdays, "mon–fri": quota.DefaultWorkdays, "Mon to Fri": quota.DefaultWorkdays,
		"mon - fri": quota.DefaultWorkdays, "mon": set(1), "mon-mon": set(1), "mon,wed,fri": set(1, 3, 5), "mon, wed, fri": set(1, 3, 5), "mon wed fri": set(1, 3, 5), "Mon, Wed and Fri": set(1, 3, 5),
		"fri-mon": set(5, 6, 0, 1), "sat-sun": set(6, 0), "sun-sat": 127, "mon,mon": set(1), "mon-wed,sat": set(1, 2, 3, 6), "mon,": set(1),
	} {
		if got, no := parseDays(in); got != want || no != "" {
			t.Errorf("parseDays(%q) = %s, %q", in, look.Weekdays(got), no)
		}
	}
	for _, in := range []string{"", ",", " ", "-", "mon-", "-fri", "mon-fri-sun", "someday", "weekdays", "mon,xyz", "5", "mon;tue", "<!here>", "`"} {
		if got, no := parseDays(in); got != 0 || no == "" || alive("", string(no)) != nil {
			t.Errorf("parseDays(%q) = %s, %q", in, look.Weekdays(got), no)
		}
	}
	// What is shown can be typed.
	for w := quota.Workdays(1); w < 128; w++ {
		if got, no := parseDays(look.Weekdays(w)); got != w {
			t.Errorf("parseDays(%q) = %s, %s", look.Weekdays(w), look.Weekdays(got), no)
		}
	}
}

func TestSettings(t *testing.T) {
	s := staged(t)
	was := s.state()
	for line, want := range map[string]string{
		"zone": "Write what to change", "days": "Write what to change", "zone UTC days": "Write what to change", "zone Mars days x": "“Mars” is not a time zone", "volume 11": "I don't know the setting “volume”",
		"zone UTC zone UTC": "I read “zone” twice", "days someday": "can't read “someday” as days", "zone UTC days someday": "can't read", "`x`": "I don't know the setting “x”",
	} {
		r := s.slash("UANA", "/paceline settings "+line)
		s.want(r, want, "Nothing changed\\.$")
		s.unchanged(was, line)
	}
	s.want(s.slash("UANA", "/paceline settings zone Asia/Tokyo days mon to thu"),
		"^Saved\\. Time zone: Asia/Tokyo, your own choice; it is Tue 18:05 there\\. Working days: Mon to Thu\\. The week still turns on Monday 00:00 UTC, which is Mon 09:00 for you\\.$")
	s.want(s.slash("UANA", "/paceline settings zone America/New York"), "America/New_York, your own choice", "Mon to Thu")
	// Refusals speak in the member's own zone.
	s.want(s.slash("UANA", "/sent 3 04:06"), "^04:06 has not come yet") // 04:05 in New York
	s.want(s.slash("UANA", "/sent 3 04:05"), "^Logged 3")
	s.want(s.slash("UANA", "/sent 3 2026-11-25"), "^Wed 25 Nov has not come yet\\. Log it once it is sent; nothing was logged\\.$")
	s.want(s.slash("UANA", "/sent 3 2027-01-01 10:00"), "^Fri 1 Jan 2027 has not come yet")
	s.want(s.slash("UANA", "/sent 3 2026-10-19"), "^Mon 19 Oct is more than 35 days ago; the oldest day I can take is Tue 20 Oct\\. Nothing was logged\\.$")
	s.want(s.slash("UANA", "/paceline settings zone Pacific/Pago_Pago"), "it is Mon 22:05 there")
	s.want(s.slash("UANA", "/sent 3 23:00"), "^23:00 has not come yet")
	s.want(s.slash("UANA", "/paceline settings days fri zone slack"), "Europe/Berlin, from your Slack profile", "Working days: Fri")
}

func TestSettingsForm(t *testing.T) {
	s := staged(t)
	s.slash("UANA", "/paceline settings zone Pacific/Pago_Pago")
	r := s.slash("UANA", "/paceline settings")
	raw := r.Modal.Blocks.BlockSet[0].(*slack.InputBlock).Element.(*slack.SelectBlockElement)
	if raw.InitialOption.Value != "Pacific/Pago_Pago" || len(raw.Options) != len(likelyZones)+2 {
		t.Errorf("%+v", raw.InitialOption)
	}
	if s.dm("UANA", "settings"); !has(s.dm("UANA", "settings"), "settings") || has(r, "settings") {
		t.Error("in a direct message a button opens the form, elsewhere it is open")
	}
	was := s.state()
	for name, values := range map[string]map[string][]string{
		"zone": {"zone": {"Mars"}, "days": {"mon"}}, "days": {"zone": {"UTC"}, "days": {}},
	} {
		r := s.submit("UANA", r.Modal, values)
		if r.Errors[name] == "" || strings.ContainsAny(r.Errors[name], "`&") {
			t.Errorf("%s: %v", name, r.Errors)
		}
		s.unchanged(was, name)
	}
	s.want(s.submit("UANA", r.Modal, map[string][]string{"zone": {"slack"}, "days": {"mon", "sun"}}), "^Saved\\. Time zone: Europe/Berlin, from your Slack profile; .*Working days: Mon and Sun\\.")
}

func TestLogForm(t *testing.T) {
	s := staged(t)
	form := s.press("UANA", s.slash("UANA", "/paceline"), "log_other").Modal
	was := s.state()
	addresses := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString("linkedin.com/in/p" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + "\n")
		}
		return b.String()
	}
	for _, c := range []struct{ field, quantity, kind, day, people, want string }{
		{"quantity", "", "invite", "", "", "whole number from 1 to 100"},
		{"quantity", "0", "invite", "", "", "whole number from 1 to 100"},
		{"quantity", "1.5", "invite", "", "", "whole number from 1 to 100"},
		{"quantity", "+-5", "invite", "", "", "whole number from 1 to 100"},
		{"quantity", "101", "invite", "", "", "more than the whole ceiling of about 100 a week. To log it all the same, type /sent 101 invite confirm."},
		{"quantity", "101", "message", "", "", "a lot for one log. To log it all the same, type /sent 101 message confirm."},
		{"quantity", "1", "invite", "", addresses(120), "type /sent 120 invite confirm"},
		{"quantity", "2", "invite", "", addresses(3), "You named 3 people"},
		{"kind", "5", "", "", "", "Choose a kind"},
		{"kind", "5", "bogus", "", "", "Choose a kind"},
		{"day", "5", "invite", "yesterday", "", "from the calendar"},
		{"day", "5", "invite", "2026-11-25", "", "has not come yet"},
		{"day", "5", "invite", "2026-10-01", "", "more than 35 days ago"},
		{"people", "5", "invite", "", "Jane", "no profile address"},
		{"people", "5", "invite", "", "linkedin.com/company/acme", "company's page"},
		{"people", "5", "invite", "", "linkedin.com/in/a <b>linkedin.com/in/c%zz</b>", "is damaged"},
	} {
		r := s.submit("UANA", form, map[string][]string{"quantity": {c.quantity}, "kind": {c.kind}, "day": {c.day}, "people": {c.people}})
		if e := r.Errors[c.field]; !strings.Contains(e, c.want) || strings.Contains(e, "`") || strings.Contains(e, "&amp;") {
			t.Errorf("%+v: %v", c, r.Errors)
		}
		s.unchanged(was, c.want)
	}
	for _, c := range []struct{ quantity, kind, day, people, want string }{
		{"7", "invite", "", "", "^Logged 7\\. 66 left"},
		{"2", "inmail", "2026-11-23", "", "^Logged 2 InMails for yesterday, Mon 23 Nov"},
		{"1", "invite", "", "1. Jane 3rd <https://linkedin.com/in/jane>\n2. Max 2nd linkedin.com/in/max", "^Logged 2 \\(linkedin.com/in/jane and linkedin.com/in/max\\)"},
		{"5", "note", "", "linkedin.com/in/kim", "^Logged 5 invites with a note \\(linkedin.com/in/kim\\) \\(count as invites too\\)"},
		{"1", "invite", "", "", "^Logged 1\\."},
	} {
		form := s.press("UANA", s.slash("UANA", "/paceline"), "log_other").Modal
		r := s.submit("UANA", form, map[string][]string{"quantity": {c.quantity}, "kind": {c.kind}, "day": {c.day}, "people": {c.people}})
		s.want(r, c.want)
		if r.Modal == nil || len(r.Errors) > 0 {
			t.Errorf("%+v", r)
		}
	}
	// What is asked to be typed works.
	for _, line := range []string{"/sent 101 message confirm", "/sent 101 invite confirm"} {
		s.want(s.slash("UANA", line), "^Logged 101")
	}
	// Submitted on Home, Home shows it.
	home := s.check(s.bot.Open(t.Context(), s.request("UANA", "", "")))
	r := s.submit("UANA", s.press("UANA", home, "log_other").Modal, map[string][]string{"quantity": {"2"}, "kind": {"invite"}})
	if r.Home == nil {
		t.Error("Home stays as it was")
	}
}
