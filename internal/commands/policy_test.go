package commands

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// changed is how the answer to a change of rules ends.
const changed = "It holds from now on for 2 members; closed weeks keep theirs\\. Each member sees it in `/budget why`\\.$"

func TestPolicyTyped(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{`set budget 60 "quarter end"`, "^Team budget: 60 a week now, 75 before\\. Reason: “quarter end”\\. With it changes: the budget after a restriction, 30 a week for 14 days\\. " + changed},
		{`set budget 60 quarter end`, "^Team budget: 60 a week now, 75 before\\. Reason: “quarter end”\\."},
		{`SET Budget to 60 x`, "^Team budget: 60 a week now"},
		{`set team budget 60 x`, "^Team budget: 60 a week now"},
		{`set the team budget 60 x`, "^Team budget: 60 a week now"},
		{`set "last 7 days" 90 x`, "^Ceiling over 7 days: 90 in any 7 days now, 100 before\\."},
		{`set last 7 days 90 x`, "^Ceiling over 7 days: 90"},
		{`set 7days 90 x`, "^Ceiling over 7 days: 90"},
		{`set 7 days 90 x`, "^Ceiling over 7 days: 90"},
		{`set ceiling over 7 days 90 x`, "^Ceiling over 7 days: 90"},
		{`set last hour 10 x`, "^Burst: 10 in any hour now, 20 before"},
		{`set ceiling 120 x`, "^Ceiling: 120 a week now, 100 before\\. Reason: “x”\\. With it changes: the ceiling over 7 days, 120 in any 7 days\\. It holds"},
		{`set ceiling 50 x`, "That is less than the team budget, 75 a week; the lower one is what limits\\."},
		{`set budget 120 x`, "^Team budget: 120 a week now, 75 before\\. .* That is more than the ceiling, about 100 a week; the lower one is what limits\\."},
		{`set budget 0 x`, "^Team budget: 0 a week now"},
		{`set budget 30000 x`, "^Team budget: 30000 a week now"},
		{`set budget off x`, "^Team budget: off now, 75 before\\. .* What limits the week now: the ceiling, about 100 a week\\."},
		{`set pace 0 x`, "^Daily pace: 0 a day now, 20 before\\. Reason: “x”\\. With a pace of 0 no plan is possible; `off` drops the pace instead\\. It holds"},
		{`set pace OFF x`, "^Daily pace: off now, 20 before\\. Reason: “x”\\. It holds"},
		{`set inmail 20 x`, "^InMail credits: 20 a month now, by account type before\\."},
		{`set messages 80 x`, "^Messages: 80 a week now, off before\\."},
		{`set budget 60 <b> & *c* ` + "`d`", "Reason: “&lt;b&gt; &amp; c d”"},
		{`reset budget "x"`, "^Team budget: that is the number it comes with already, 75 a week\\. Nothing changed\\.$"},
		{`set budget 75 x`, "^Team budget: that is so already, 75 a week\\. Nothing changed\\.$"},
		{`preset quickmail`, "^Preset: “QuickMail's” now, “Paceline's own” before\\. It says: .* " + changed},
		{`preset QuickMail's "they know"`, "^Preset: “QuickMail's” now, .*Reason: “they know”\\."},
		{`preset the Monday guide`, "^Preset: “the Monday guide” now"},
		{`preset intouch`, "No limit on the week is in force now; what is sent is counted all the same\\."},
		{`preset plans confirm`, "^Preset: “limits by plan” now, .* Outdated, not advised\\."},
		{`preset limits by plan old friends confirm`, "^Preset: “limits by plan” now, .* Reason: “old friends”"},
		{`preset paceline`, "^The preset is “Paceline's own” already\\. Nothing changed\\.$"},
		// Slips: each names the fix, with all that was typed still in it.
		{`set`, "^Which limit\\? There are `budget`, `ceiling`, .* as in `/paceline policy set budget 60 \"why\"`"},
		{`set budget`, "^Which number\\?"},
		{`set budget 60`, "^Say why as well: `/paceline policy set budget 60 \"why\"`\\."},
		{`set budget 60 ""`, "^Say why as well"},
		{`set budget 60 ` + strings.Repeat("é", 201), "has 201 characters; keep it within 200"},
		{`set budget sixty "quarter end"`, "“sixty” is not a number I can set\\. Write a whole number from 0 to 30000 in plain digits, or `off`\\. As in `/paceline policy set budget 60 \"quarter end\"`"},
		{`set budget -1 x`, "is not a number I can set"},
		{`set budget 30001 x`, "is not a number I can set"},
		{`set budget 1,000 x`, "is not a number I can set"},
		{`set budgte 60 "quarter end"`, "^I don't know the limit “budgte”\\. Did you mean `budget`\\? Then type `/paceline policy set budget 60 \"quarter end\"`\\."},
		{`set volume 60 x`, "^I don't know the limit “volume”\\. The preset in force, Paceline's own, has `budget`, "},
		{`set ramp 20 x`, "^The warm-up follows from the life of an account"},
		{`set restriction 5 x`, "^The restriction follows"},
		{`set 24hours 20 x`, "^I don't know the limit “24hours”"},
		{`reset`, "as in `/paceline policy reset budget \"why\"`"},
		{`reset budget`, "^Say why as well: `/paceline policy reset budget \"why\"`"},
		{`preset`, "^Which one\\? There are `paceline`, `guide`, `quickmail`, `intouch`, `plans` and `emailchaser`"},
		{`preset confirm`, "^I don't know the preset “confirm”"},
		{`preset quikmail they know`, "Did you mean `quickmail`\\? Then type `/paceline policy preset quickmail they know`"},
		{`preset dance`, "^I don't know the preset “dance”\\. There are"},
		{`preset quickmail ` + strings.Repeat("x", 201), "201 characters"},
		{`rest budget x`, "^I don't know “rest”\\. Did you mean `reset`\\?"},
		{`dance`, "^I don't know “dance”\\. `/paceline policy` shows the rules"},
		{"set `x` 5", "I don't know the limit “x”"},
	} {
		t.Run(c.line, func(t *testing.T) {
			s := staged(t)
			was := s.state()
			r := s.slash("UMIA", "/paceline policy "+c.line)
			s.want(r, c.want)
			if !strings.Contains(c.want, " now") && !strings.Contains(r.Text, "It holds from now on") {
				s.want(r, "Nothing changed\\.$")
				s.unchanged(was, c.line)
				return
			}
			if s.state().tally.Deeds != was.tally.Deeds+1 {
				t.Errorf("%d deeds, before %d", s.state().tally.Deeds, was.tally.Deeds)
			}
			if !has(r, "policy") {
				t.Error("no way to the rules")
			}
		})
	}
}

// What is changed holds for the members at once, and is told with its reason.
func TestPolicyHolds(t *testing.T) {
	s := staged(t)
	s.slash("UMIA", `/paceline policy set budget 60 "quarter end"`)
	if left := s.left("UANA"); left != 58 {
		t.Errorf("ana has %d left", left)
	}
	if left := s.left("UCLEO"); left != 73 {
		t.Errorf("cleo, of another team, has %d left", left)
	}
	s.want(s.slash("UMIA", "/paceline policy"), "• Team budget \\(`budget`\\): 60 a week, instead of 75 a week, by mia on Tue 24 Nov: “quarter end”",
		"• mia set the team budget from 75 to 60 on Tue 24 Nov: “quarter end”")
	s.slash("UMIA", "/paceline policy preset guide")
	s.want(s.slash("UMIA", "/paceline policy"), "Waiting under other presets\n• Team budget \\(`paceline`\\): 60 a week, by mia")
	s.slash("UMIA", "/paceline policy preset paceline")
	s.want(s.slash("UMIA", `/paceline policy reset budget "over"`), "^Team budget: 75 a week now, 60 before\\. Reason: “over”\\.")
	if left := s.left("UANA"); left != 73 {
		t.Errorf("ana has %d left", left)
	}
	// Without a team there is nothing to change, and it says what to do.
	s = empty(t)
	s.want(s.slash("UOLA", "/paceline policy"), "^No team is set up here yet: .*`/paceline setup`")
	s.want(s.slash("UOLA", "/paceline team"), "^No team is set up here yet")
}

// An outdated preset is asked about first, typed or in the form; only a yes counts, and only of who was asked.
func TestPolicyAsks(t *testing.T) {
	s := staged(t)
	was := s.state()
	ask := s.slash("UMIA", `/paceline policy preset plans "old friends"`)
	s.want(ask, "^Choose the preset “limits by plan”\\? It is outdated and not advised\\. These numbers are older .* The last 7 days stay as a warning, which blocks nothing\\. Nothing is changed yet\\. To say yes by typing: `/paceline policy preset plans confirm`\\.$")
	s.unchanged(was, "the question")
	s.want(s.press("UOLA", ask, "confirm"), "too old for me")
	s.want(s.press("UMIA", ask, "keep"), "^Nothing changed\\.$")
	s.unchanged(was, "a no")
	yes := s.press("UMIA", ask, "confirm")
	s.want(yes, "^Preset: “limits by plan” now, .*Reason: “old friends”")
	if !yes.Replace {
		t.Error("the question still stands")
	}
	was = s.state()
	if again := s.press("UMIA", ask, "confirm"); again.Text != yes.Text {
		t.Errorf("a second yes: %q", again.Text)
	}
	s.unchanged(was, "a second yes")

	s = staged(t)
	was = s.state()
	open := s.press("UMIA", s.slash("UMIA", "/paceline policy"), "policy_preset").Modal
	asked := s.submit("UMIA", open, map[string][]string{"preset": {"plans"}, "reason": {"old friends"}})
	s.want(asked, "^Choose the preset “limits by plan”\\?", "Nothing is changed yet\\.$")
	s.unchanged(was, "the question in the form")
	s.want(s.submit("UANA", asked.Modal, nil), "Only a manager of that team")
	s.unchanged(was, "a yes of somebody else")
	s.store.writes = []fault{{quota.ErrUnavailable, false}}
	failed := s.submit("UMIA", asked.Modal, nil)
	s.want(failed, "^Not saved.*Submit again")
	if len(failed.Errors) > 0 { // the question has no field to show them in
		t.Errorf("%v", failed.Errors)
	}
	s.want(s.submit("UMIA", failed.Modal, nil), "^Preset: “limits by plan” now, .*Reason: “old friends”")
	was = s.state()
	s.want(s.submit("UMIA", asked.Modal, nil), "^Preset: “limits by plan” now, .*Reason: “old friends”")
	s.unchanged(was, "a second yes")
}

func TestPresetForm(t *testing.T) {
	s := staged(t)
	open := s.press("UMIA", s.slash("UMIA", "/paceline policy"), "policy_preset").Modal
	radio := open.Blocks.BlockSet[0].(*slack.InputBlock).Element.(*slack.RadioButtonsBlockElement)
	if len(radio.Options) != 6 || radio.InitialOption != radio.Options[0] {
		t.Errorf("%+v", radio)
	}
	for _, o := range radio.Options {
		if n := len([]rune(o.Description.Text)); n < 20 || n > 75 || len([]rune(o.Text.Text)) > 75 {
			t.Errorf("%s: %q, %q", o.Value, o.Text.Text, o.Description.Text)
		}
		if outdated := strings.Contains(o.Text.Text, "outdated"); outdated != (o.Value == quota.PlansPreset) {
			t.Errorf("%q", o.Text.Text)
		}
	}
	was := s.state()
	for _, v := range []string{"", "dance"} {
		r := s.submit("UMIA", open, map[string][]string{"preset": {v}})
		s.want(r, "preset: Choose a preset")
	}
	s.unchanged(was, "no preset")
	s.want(s.submit("UMIA", open, map[string][]string{"preset": {"guide"}}), "^Preset: “the Monday guide” now")
	s.want(s.submit("UMIA", s.press("UMIA", s.slash("UMIA", "/paceline policy"), "policy_preset").Modal, map[string][]string{"preset": {"guide"}}), "already\\. Nothing changed\\.$")
}

func TestNumberForm(t *testing.T) {
	s := staged(t)
	open := s.press("UMIA", s.slash("UMIA", "/paceline policy"), "policy_number").Modal
	limits := open.Blocks.BlockSet[0].(*slack.InputBlock).Element.(*slack.SelectBlockElement)
	var shown []string
	for _, o := range limits.Options {
		shown = append(shown, o.Text.Text)
	}
	if all := strings.Join(shown, "\n"); !strings.HasPrefix(all, "Team budget: 75 a week\nCeiling: about 100 a week\n") || !strings.Contains(all, "\nMessages: off\n") || strings.Contains(all, "Warm-up") {
		t.Error(all)
	}
	values := func(limit, number, reason string) map[string][]string {
		return map[string][]string{"limit": {limit}, "number": {number}, "reason": {reason}}
	}
	was := s.state()
	for _, c := range []struct{ field, want, limit, number, reason string }{
		{"limit", "from the list", "", "60", "x"},
		{"limit", "from the list", "ramp", "60", "x"},
		{"limit", "from the list", "volume", "60", "x"},
		{"number", "from 0 to 30000 in plain digits, or off.", "budget", "", "x"},
		{"number", "whole number", "budget", "6.5", "x"},
		{"number", "whole number", "budget", "30001", "x"},
		{"reason", "Say why", "budget", "60", " \u200b"},
		{"reason", "201 characters", "budget", "60", strings.Repeat("é", 201)},
	} {
		r := s.submit("UMIA", open, values(c.limit, c.number, c.reason))
		if !strings.Contains(r.Errors[c.field], c.want) || strings.Contains(r.Errors[c.field], "`") {
			t.Errorf("%+v: %v", c, r.Errors)
		}
		s.unchanged(was, c.want)
	}
	r := s.submit("UMIA", open, values("budget", "60", "quarter end"))
	s.want(r, "^Team budget: 60 a week now, 75 before\\. Reason: “quarter end”")
	if r.Modal == nil || r.Modal.Submit != nil {
		t.Error("the form stays open")
	}
	was = s.state()
	s.want(s.submit("UMIA", open, values("budget", "60", "quarter end")), "^Team budget: 60 a week now, 75 before")
	s.unchanged(was, "submitting once more")
	reopened := func() *slack.ModalViewRequest {
		return s.press("UMIA", s.slash("UMIA", "/paceline policy"), "policy_number").Modal
	}
	s.want(s.submit("UMIA", reopened(), values("pace", "off", "x")), "^Daily pace: off now")
	s.want(s.submit("UMIA", reopened(), values("budget", "reset", "x")), "^Team budget: 75 a week now, 60 before")
	// Somebody chose another preset while the form was open.
	open = reopened()
	s.slash("UOLA", "/paceline policy preset guide")
	s.want(s.submit("UMIA", open, values("budget", "60", "x")), "limit: The preset is the Monday guide by now\\. Open the form again\\.")
}

// Buttons and forms about rules: made for somebody else, stale or forged they change nothing.
func TestPolicyForged(t *testing.T) {
	s := staged(t)
	on := s.slash("UMIA", "/paceline policy")
	number, preset := s.press("UMIA", on, "policy_number").Modal, s.press("UMIA", on, "policy_preset").Modal
	limit := s.press("UMIA", on, "team_limit").Modal
	was := s.state()
	forms := map[*slack.ModalViewRequest]map[string][]string{
		number: {"limit": {"budget"}, "number": {"60"}, "reason": {"x"}}, preset: {"preset": {"guide"}}, limit: {"member": {"UANA"}, "number": {"60"}, "reason": {"x"}},
	}
	for _, user := range []string{"UANA", "UMAX", "UDAN"} {
		for m, values := range forms {
			s.want(s.submit(user, m, values), "Only a manager of that team")
		}
		for _, action := range []string{"policy", "policy_number", "policy_preset", "team", "team_limit"} {
			r := s.pressValue(user, action, "id=x&team=1")
			s.want(r, "is for owners and admins|Only a manager of that team")
			if r.Modal != nil {
				t.Errorf("%s opens %s", user, action)
			}
		}
	}
	for m, values := range forms {
		for _, private := range []string{"id=x", "id=x&team=", "id=x&team=99&preset=paceline", "id=x&team=2&preset=paceline", "team=1"} {
			r := s.check(s.bot.Submit(t.Context(), s.request("UMIA", "", ""), Form{Callback: m.CallbackID, Private: private, Values: values}))
			s.want(r, "too old for me|Only a manager of that team")
		}
	}
	r := s.request("UROOT", "", "")
	s.want(s.bot.Submit(t.Context(), r, Form{Callback: numberCallback, Private: "id=x&team=99&preset=paceline", Values: forms[number]}), "not there any more")
	s.unchanged(was, "what was forged")
	unknown := s.request("UOLA", "", "")
	unknown.Profile = Profile{}
	s.want(s.bot.Submit(t.Context(), unknown, Form{Callback: number.CallbackID, Private: number.PrivateMetadata, Values: forms[number]}), "could not ask Slack who you are")
	s.unchanged(was, "an admin whom Slack does not vouch for")
}

// Whatever went wrong, Retry does it once.
func TestPolicyRetry(t *testing.T) {
	for line, want := range map[string]string{
		`policy set budget 60 "quarter end"`:      "^Team budget: 60 a week now, 75 before",
		`policy preset guide`:                     "^Preset: “the Monday guide” now",
		`team limit <@UANA> 40 "new"`:             "^ana: a limit of 40 a week now; before: none of their own",
		`team account <@UANA> free new "told me"`: "^ana's account: Free, new since Tue 24 Nov",
		`policy`: "^Rules of the team",
		`team`:   "^Outreach team, Tue 24 Nov",
		`settings zone UTC account sales-navigator billing 14`: "^Saved\\. Time zone: UTC, .* Account: Sales Navigator, billed on the 14th",
	} {
		user := "UMIA"
		if strings.HasPrefix(line, "settings") {
			user = "UANA"
		}
		for _, f := range []fault{{quota.ErrUnavailable, false}, {quota.ErrAmbiguous, false}, {quota.ErrAmbiguous, true}} {
			s := staged(t)
			if !strings.Contains(line, " ") {
				s.store.reads = []error{f.err}
			} else {
				s.store.writes = []fault{f}
			}
			failed := s.slash(user, "/paceline "+line)
			s.want(failed, "Press Retry")
			done := s.press(user, failed, "retry")
			s.want(done, want)
			was := s.state()
			if again := s.press(user, failed, "retry"); again.Text != done.Text {
				t.Errorf("once more: %q, before %q", again.Text, done.Text)
			}
			s.unchanged(was, "Retry once more")
		}
	}
	s := staged(t)
	open := s.press("UMIA", s.slash("UMIA", "/paceline policy"), "policy_number").Modal
	values := map[string][]string{"limit": {"budget"}, "number": {"60"}, "reason": {"x"}}
	s.store.writes = []fault{{quota.ErrAmbiguous, true}}
	s.want(s.submit("UMIA", open, values), "Submit again: it cannot count twice\\. Reference")
	s.want(s.submit("UMIA", open, values), "^Team budget: 60 a week now, 75 before")
}

// A manager has it all on Home, and in the menu; others have not.
func TestPolicyOnHome(t *testing.T) {
	s := staged(t)
	home := s.check(s.bot.Open(t.Context(), s.request("UMIA", "", "")))
	for action, want := range map[string]string{"team": "^Outreach team, Tue 24 Nov", "digest": "^The digest of “Outreach”", "setup": "^Type it", "policy": "^Rules of the team “Outreach”", "policy_number": "^Type it", "policy_preset": "^Type it", "team_limit": "^Type it"} {
		r := s.press("UMIA", home, action)
		s.want(r, want)
		if r.Modal == nil {
			t.Errorf("%s shows nothing", action)
		}
	}
	if home := s.check(s.bot.Open(t.Context(), s.request("UANA", "", ""))); has(home, "policy") {
		t.Error("a member has the buttons of a manager")
	}
	admin := s.request("UOLA", "", "")
	admin.Channel = ""
	if home := s.check(s.bot.Open(t.Context(), admin)); has(home, "policy") { // two teams: which?
		t.Error("buttons for no team")
	}
	menu := s.slash("UMIA", "/paceline")
	team := s.press("UMIA", menu, "team")
	s.want(team, "^Outreach team, Tue 24 Nov")
	s.want(s.press("UMIA", team, "policy"), "^Rules of the team")
	if has(s.slash("UANA", "/paceline"), "team") {
		t.Error("a member has the buttons of a manager")
	}
	// In a direct message.
	s.want(s.dm("UMIA", `policy set budget 60 "quarter end"`), "^Team budget: 60 a week now")
	s.want(s.dm("UMIA", "rules"), "^Rules of the team")
}

// What people read of a limit they can type.
func TestLimitWords(t *testing.T) {
	for _, p := range quota.Presets() {
		seen := map[string]string{}
		for _, l := range settable(p) {
			for _, w := range []string{plainly([]string{l.Name}), plainly([]string{l.Title})} {
				if was, ok := seen[w]; ok && was != l.Name {
					t.Errorf("%s: %q is %s and %s", p.Name, w, was, l.Name)
				}
				seen[w] = l.Name
			}
		}
		if got, rest := findPreset(strings.Fields(p.Title + " x")); got != p || len(rest) != 1 {
			t.Errorf("%s: %v, %v", p.Title, got, rest)
		}
		for _, rule := range look.Rules(quota.Terms{Preset: p.Name}, time.Time{}.AddDate(2000, 0, 0)) {
			if rule.Figure() == "" {
				t.Errorf("%s %s has no figure", p.Name, rule.Name)
			}
		}
	}
}
