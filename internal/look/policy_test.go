package look

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// Tuesday 24 November 2026, 10:05 in Berlin.
func houseOf(t testing.TB, terms quota.Terms, members ...quota.Member) House {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return House{
		Team: quota.Team{ID: "1", Name: "Outreach", Terms: terms}, At: time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC), Zone: zone,
		Members: append([]quota.Member{{ID: "UMIA", Name: "mia", Left: time.Unix(1, 0)}}, members...),
	}
}

func chosenNumber(preset, limit string, n int, reason string) quota.Number {
	return quota.Number{Preset: preset, Limit: limit, Max: n, By: "UMIA", At: time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC), Reason: reason}
}

func TestPolicy(t *testing.T) {
	own := chosenNumber("", quota.BudgetName, 40, "new account")
	own.Until = time.Date(2026, 12, 18, 23, 0, 0, 0, time.UTC)
	h := houseOf(t, quota.Terms{Numbers: []quota.Number{
		chosenNumber("", quota.BudgetName, 60, "quarter *end* <now>"), chosenNumber("", quota.PaceName, quota.Off, "part-timers"), chosenNumber("", quota.InMailName, 20, strings.Repeat("long ", 30)),
		chosenNumber(quota.QuickMailPreset, quota.TwentyFourHours, 20, "as they say"),
	}}, quota.Member{ID: "UANA", Name: "ana", Team: "1", Own: own}, quota.Member{ID: "UBEN", Name: "ben", Team: "1"}, quota.Member{ID: "UCLEO", Name: "cleo", Team: "2", Own: own})
	at := h.At
	deeds := []quota.Deed{
		{Seq: 1, At: at, By: "UMIA", Team: "1", What: quota.NumberChosen, Limit: quota.MessagesName, Was: "off", Is: "80", Reason: "too old to show"},
		{Seq: 2, At: at, By: "UMIA", Team: "1", What: quota.PresetChosen, Was: quota.QuickMailPreset, Is: quota.PacelinePreset},
		{Seq: 3, At: at, By: "UMIA", Team: "2", What: quota.NumberChosen, Limit: quota.BudgetName, Was: "75", Is: "50", Reason: "another team"},
		{Seq: 4, At: at, By: "UMIA", Team: "1", What: quota.NumberChosen, Limit: quota.BudgetName, Was: "75", Is: "60", Reason: "quarter *end* <now>"},
		{Seq: 5, At: at, By: "UMIA", Team: "1", What: quota.NumberCleared, Limit: quota.InMailName, Was: "10", Is: quota.ByAccount, Reason: "calm"},
		{Seq: 6, At: at, By: "UBOSS", Team: "1", Member: "UANA", What: quota.OwnChosen, Is: "40", Until: own.Until, Reason: "new account"},
		{Seq: 7, At: at, By: "UANA", Team: "1", Member: "UANA", What: quota.AccountChanged, Is: "sales-navigator, billing 14", Reason: "said by the member"},
	}
	m := Policy(h, deeds, names, Button{Label: "Change a number", Action: "x"})
	complete(t, m)
	same(t, "policy", m.Text, strings.Join([]string{
		"Rules of the team “Outreach”",
		"Preset: Paceline's own (`paceline`): a budget of 75 a week under a ceiling of about 100, counted by the week and over any 7 days.",
		"",
		"Limits on invites",
		"• Team budget (`budget`): 60 a week, instead of 75 a week, by mia on Tue 24 Nov: “quarter end &lt;now&gt;”",
		"• Ceiling (`ceiling`): about 100 a week",
		"• Ceiling over 7 days (`7days`): about 100 in any 7 days",
		"",
		"Mentioned, never blocking",
		"• Burst (`burst`): 20 in any hour, mentioned from 11 on",
		"• Burst over 6 hours (`6hours`): 29 in any 6 hours",
		"• Open invites (`pending`): 1000 open at once, mentioned from 500 on",
		"",
		"At special times",
		"• Warm-up: 25, 40, 55 and 75 a week, week by week while an account is new",
		"• Restriction: 0 while it lasts",
		"• Budget after a restriction: 30 a week for 14 days",
		"",
		"Other outreach",
		"• Invites with a note (`notes`): by account: Free 5 a month",
		"• InMail credits (`inmail`): 20 a month, instead of a number by account, by mia on Tue 24 Nov: “" + strings.Repeat("long ", 30) + "”",
		"• Page invites (`pages`): 100 a month, shared by the team",
		"",
		"Off",
		"• Daily pace (`pace`), instead of 20 a day, by mia on Tue 24 Nov: “part-timers”",
		"• Messages (`messages`)",
		"",
		"Limits of their own",
		"• ana: 40 a week until the end of Fri 18 Dec, by mia on Tue 24 Nov: “new account”",
		"",
		"Waiting under other presets",
		"• Limit of 24 hours (`quickmail`): 20 in any 24 hours, by mia on Tue 24 Nov: “as they say”",
		"",
		"Last changes",
		"• ana said what account they have on Tue 24 Nov: Sales Navigator, billed on the 14th",
		"• a manager set ana's own limit to 40 until the end of Fri 18 Dec on Tue 24 Nov: “new account”",
		"• mia set InMail credits back from 10 to a number by account type on Tue 24 Nov: “calm”",
		"• mia set the team budget from 75 to 60 on Tue 24 Nov: “quarter end &lt;now&gt;”",
		"• mia chose the preset “Paceline's own” instead of “QuickMail's” on Tue 24 Nov",
		"",
		"“About”: LinkedIn publishes no number. To change one by typing: `/paceline policy set budget 60 \"why\"`. Each member sees their own in `/budget why`.",
	}, "\n"))
}

func TestPolicyOfGuides(t *testing.T) {
	for preset, want := range map[string]string{
		quota.PlansPreset:       "\nOutdated, not advised. These numbers are older than LinkedIn's weekly limit. Accounts that follow them get restricted.\n\nLimits on invites\n• Limit of the day (`day`): by account: Premium Business 500, Sales Navigator 500, others 300 a day\n",
		quota.QuickMailPreset:   "\n• Limit of 24 hours (`24hours`): 25 in any 24 hours, mentioned from 20 on\n",
		quota.InTouchPreset:     "\n\nMentioned, never blocking\n• Open invites (`pending`): 1000 open at once\n",
		quota.EmailChaserPreset: "• InMail credits (`inmail`): by account: Premium Career 15, Premium Business 15, Sales Navigator 50 a month\n",
		quota.GuidePreset:       "\n• Daily pace (`pace`): 99 a day\n",
	} {
		m := Policy(houseOf(t, quota.Terms{Preset: preset}), nil, names)
		complete(t, m)
		if !strings.Contains(m.Text, want) {
			t.Errorf("%s: no %q in\n%s", preset, want, m.Text)
		}
	}
}

// Whatever a team has chosen, and however many have limits of their own, the page fits and leaves out no number
// that it shows.
func TestPolicyFits(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var terms quota.Terms
		terms.Preset = rapid.SampledFrom(quota.Presets()).Draw(rt, "preset").Name
		reason := rapid.SampledFrom([]string{"x", "*`~", "a <b> & c", strings.Repeat("long reason ", 15), strings.Repeat("é", 200)})
		for _, p := range quota.Presets() {
			for _, l := range p.Limits {
				if l.Settable() && rapid.Bool().Draw(rt, p.Name+" "+l.Name) {
					terms.Numbers = append(terms.Numbers, chosenNumber(p.Name, l.Name, rapid.IntRange(quota.Off, quota.MaxNumber).Draw(rt, "n"), reason.Draw(rt, "why")))
				}
			}
		}
		var members []quota.Member
		var deeds []quota.Deed
		for i := range rapid.IntRange(0, 80).Draw(rt, "members") {
			members = append(members, quota.Member{ID: fmt.Sprint("U", i), Name: fmt.Sprint("somebody with a long name ", i), Team: "1", Own: chosenNumber("", quota.BudgetName, i, reason.Draw(rt, "why"))})
			deeds = append(deeds, quota.Deed{At: members[i].Own.At, By: "UMIA", Team: "1", Member: members[i].ID, What: quota.OwnChosen, Is: fmt.Sprint(i), Reason: members[i].Own.Reason})
		}
		m := Policy(houseOf(t, terms, members...), deeds, names)
		if wrong := incomplete(m); wrong != nil {
			rt.Fatal(wrong)
		}
		if !strings.Contains(m.Text, "To change one by typing") {
			rt.Fatalf("cut off: %q", m.Text)
		}
	})
}

func TestAccountOf(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC)
	day := func(back int) time.Time { return at.AddDate(0, 0, -back).Truncate(24 * time.Hour) }
	for _, c := range []struct {
		account quota.Account
		preset  string
		want    string
	}{
		{quota.Account{}, "", ""},
		{quota.Account{Type: quota.Free}, "", "Account: Free."},
		{quota.Account{Type: quota.SalesNavigator, Billing: 14}, "", "Account: Sales Navigator, billed on the 14th. Sales Navigator's InMail credits come on the 1st all the same."},
		{quota.Account{Billing: 31}, "", "Account: not said, billed on the 31st."},
		{quota.Account{Type: quota.Free, New: day(0)}, "", "Account: Free, new since Tue 24 Nov. Warm-up: 25 a week now, 40 from Mon 30 Nov, 55 from Mon 7 Dec, 75 from Mon 14 Dec, over on Mon 21 Dec (Mondays, 00:00 UTC)."},
		{quota.Account{Type: quota.Free, New: day(22)}, "", "Account: Free, new since Mon 2 Nov. Warm-up: 75 a week now, over on Mon 30 Nov (Mondays, 00:00 UTC)."},
		{quota.Account{Type: quota.Free, New: day(29)}, "", "Account: Free, new since Mon 26 Oct. Its warm-up is over since Mon 23 Nov."},
		{quota.Account{Type: quota.Free, New: day(0)}, quota.GuidePreset, "Account: Free, new since Tue 24 Nov. The preset in force (the Monday guide) has no warm-up."},
	} {
		same(t, c.account.String(), strings.Join(AccountOf(quota.Rules{Terms: quota.Terms{Preset: c.preset}, Member: quota.Member{Account: c.account}}, at), " "), c.want)
	}
}

// Every line of a preset fits into an option of a form.
func TestPresetLine(t *testing.T) {
	same(t, "short enough", PresetLine(&quota.Preset{About: "one, two; three"}, 75), "One, two; three")
	same(t, "too long", PresetLine(&quota.Preset{About: "3,000 a month, two; three"}, 20), "3,000 a month, two")
	same(t, "one long clause", PresetLine(&quota.Preset{About: "abcdefghij"}, 5), "Abcd…")
}
