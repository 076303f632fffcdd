package commands

import (
	"regexp"
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

// does are the beginnings of answers that say that something changed.
var does = regexp.MustCompile(`^(Logged|Undid|Saved|You left the team|Team “|Recorded|Noted|Good, that|You are away|Welcome back|Quiet until|You hear from me again|This week's digest comes|The digest of Mon|[A-Za-z0-9 ]+: .* now, |[a-z]+: (a limit|no limit) of |[a-z]+'s account: )`)

// Whatever comes in: an answer that Slack takes and a person can read; the same request again gives the same
// answer; nothing changes unless the answer says so; and nobody acts for anybody else.
func FuzzBot(f *testing.F) {
	for _, text := range []string{
		"", "8", "8 yesterday", "3 mon 14:00", "2 inmail", "undo", "why", "help", "budget <@UBEN>", "settings zone Europe/Berlin days mon-fri", `setup new name "Sales" channel <#C9> managers <@UANA>`,
		"<https://www.linkedin.com/in/jane-doe|Jane>", "Great talk https://www.linkedin.com/in/jane-doe today", "500", "101 confirm", "<!channel> `rm`", "\u202e8\u200b\x00", "-3", "+-5", `"`, "“8", "<", ">", "&lt;b&gt;",
		"1. linkedin.com/in/a\n2. linkedin.com/in/b", " /sent 5", "٣", "１２", "5 <@U1 <!here>", "name \u2028x", "why 5", "𝟝", "setup name *a* channel here",
		`policy set budget 60 "quarter end"`, "policy set last 7 days off x", "policy reset budget x", "policy preset plans", "policy preset guide why confirm", "team limit ben 40 until fri x", "team limit ben clear x",
		"team account ben sales navigator billing 14 new since mon x", "settings account free new days mon", "policy", "team", "policy set `x` <!here>",
		"quiet today", "quiet this week", "quiet off", "settings quiet 20:00-08:00 recap on", "settings overview on", "digest", "digest preview", "digest post", "digest held", "digest time mon 09:00 Europe/Berlin", "digest shows totals", "team page 2", "team @ana",
		`limit <@UBEN> 40 "x"`, `policy budget 60 "x"`, `team limit 40 @ben "x"`, "3 dec 8", "3 13 nov", "2 accepted 13 nov", "restricted until 6pm", "restricted 18h", "settings account unknown",
	} {
		for door := range uint8(8) {
			f.Add(door, text, "id=x&n=5", "log_5")
		}
	}
	for action, value := range map[string]string{
		"undo": "id=x&op=1", "log_1": "id=x&n=1&on=home", "log_10": "id=x&n=10&on=card&kind=note", "retry": "key=k&user=UANA&command=%2Fsent&text=5", "confirm": "key=k&user=UANA&text=150+confirm",
		"policy": "team=1", "policy_number": "team=1&on=home", "policy_preset": "team=1&on=card", "team": "team=2", "team_limit": "", "keep": "",
		"leave": "id=x", "settings": "on=home", "setup": "", "help": "on=card", "card": "on=card", "why": "", "log_other": "on=home", "cancel": "",
		"quiet_today": "id=nudge%2FUANA%2F2026-11-23%2F1%2Fquiet_today%2F1", "quiet_week": "id=cram%2FUANA%2F2026-11-23%2F", "spread": "id=x&op=2", "gather": "id=x&op=2", "away": "", "member": "member=UBEN",
		"team_next": "team=1&page=0", "digest": "team=1", "digest_preview": "team=1", "digest_held": "", "digest_post": "id=x&team=1", "held_post": "id=x&name=digest%2F1%2F2026-11-30", "held_posted": "id=x&name=digest%2F1%2F2026-11-30",
	} {
		f.Add(uint8(3), "", value, action)
		f.Add(uint8(4), "5", "id=x&team=1&on=home", action)
	}
	for door := uint8(4); door < 250; door += 8 {
		for form := range uint8(3) {
			f.Add(door+form, "why", "id=x&team=1&preset=paceline", "2026-12-18")
		}
	}
	f.Add(uint8(3), "", "key=k&user=UANA&packed="+pack("5 note"), "retry")
	f.Fuzz(func(t *testing.T, door uint8, text, value, action string) {
		if len(text)+len(value)+len(action) > 20_000 {
			t.Skip()
		}
		s := staged(t)
		user := []string{"UANA", "UMIA", "UOLA"}[int(door/8)%3]
		r := s.request(user, "", text)
		ask := func() Reply {
			switch door % 8 {
			case 0, 1, 2:
				r.Command = []string{"/sent", "/budget", "/paceline"}[door%8]
				return s.bot.Command(t.Context(), r)
			case 3:
				return s.bot.Press(t.Context(), r, Press{Action: action, Value: value, In: quota.Place{Channel: "DANA", TS: "1.1"}})
			case 4, 5, 6:
				callbacks := []string{logCallback, settingsCallback, setupCallback, presetCallback, numberCallback, limitCallback, presetSureCallback, awayCallback}
				return s.bot.Submit(t.Context(), r, Form{Callback: callbacks[int(door%8-4+door/24*3)%len(callbacks)], Private: value, Values: map[string][]string{
					"preset": {"guide"}, "limit": {"budget"}, "number": {"60"}, "reason": {text}, "member": {"UBEN"}, "until": {action}, "account": {"free"}, "billing": {"3"}, "new": {"new"},
					"quantity": {"3"}, "kind": {"invite"}, "people": {text}, "day": {action}, "from": {action}, "quiet_from": {"20:00"}, "quiet_to": {action}, "wants": {action, "recap"}, "zone": {text}, "days": {"mon", action}, "name": {text}, "channel": {action}, "managers": {"UANA", action},
				}})
			}
			return s.bot.Say(t.Context(), r)
		}
		was, others := s.state(), s.left("UBEN")
		first := s.check(ask())
		if now := s.left("UBEN"); now != others && user == "UANA" { // the others are ben's manager and an admin
			t.Errorf("%s acted for ben: %q", user, first.Text)
		}
		if first.Err != nil && !strings.Contains(value, "seed") && !strings.Contains(value, "setup") { // the keys that are taken
			t.Errorf("an error: %v", first.Err)
		}
		if !does.MatchString(first.Text) {
			s.unchanged(was, first.Text)
		} else if s.state().tally == was.tally && regexp.MustCompile(`^(Logged|Undid)`).MatchString(first.Text) {
			t.Errorf("nothing changed, and it says %q", first.Text)
		}
		then := s.state()
		if again := s.check(ask()); again.Text != first.Text || len(again.Errors) != len(first.Errors) {
			t.Errorf("it says %q, then %q", first.Text, again.Text)
		}
		s.unchanged(then, "the same again")
	})
}
