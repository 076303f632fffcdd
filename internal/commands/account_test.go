package commands

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

func TestParseAccount(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	was := quota.Account{Type: quota.Free, Billing: 3}
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for in, want := range map[string]struct {
		account quota.Account
		rest    string
	}{
		"free":                      {quota.Account{Type: quota.Free, Billing: 3}, ""},
		"sales-navigator":           {quota.Account{Type: quota.SalesNavigator, Billing: 3}, ""},
		"Sales Navigator":           {quota.Account{Type: quota.SalesNavigator, Billing: 3}, ""},
		"premium career why not":    {quota.Account{Type: quota.PremiumCareer, Billing: 3}, "why not"},
		"recruiter lite":            {quota.Account{Type: quota.RecruiterLite, Billing: 3}, ""},
		"recruiter":                 {quota.Account{Type: quota.Recruiter, Billing: 3}, ""},
		"recruiter-corporate":       {quota.Account{Type: quota.RecruiterCorp, Billing: 3}, ""},
		"premium-business new":      {quota.Account{Type: quota.PremiumBusiness, Billing: 3, New: monday.AddDate(0, 0, 1)}, ""},
		"new since mon free":        {quota.Account{Type: quota.Free, Billing: 3, New: monday}, ""},
		"new since 2026-11-23 x":    {quota.Account{Type: quota.Free, Billing: 3, New: monday}, "x"},
		"new since 23 nov x":        {quota.Account{Type: quota.Free, Billing: 3, New: monday}, "x"},
		"new since 2026-10-20":      {quota.Account{Type: quota.Free, Billing: 3, New: monday.AddDate(0, 0, 1-quota.MaxBack)}, ""},
		"billing 14":                {quota.Account{Type: quota.Free, Billing: 14}, ""},
		"billing day 31 free":       {quota.Account{Type: quota.Free, Billing: 31}, ""},
		"not new he says":           {quota.Account{Type: quota.Free, Billing: 3}, "he says"},
		"free new new hire":         {quota.Account{Type: quota.Free, Billing: 3, New: monday.AddDate(0, 0, 1)}, "new hire"},
		"free not new new to sales": {quota.Account{Type: quota.Free, Billing: 3}, "new to sales"},
	} {
		a := was
		rest, no := parseAccount(strings.Fields(in), &a, tuesday, berlin)
		if a != want.account || strings.Join(rest, " ") != want.rest || no != "" {
			t.Errorf("%q: %s, rest %q, %q", in, a, rest, no)
		}
	}
	for in, want := range map[string]string{
		"": "^Say which account", "premium": "`premium-career` and `premium-business`", "recruter": "Did you mean `recruiter`", "dance": "I don't know the account “dance”\\. There are `free`",
		"billing": "1 to 31", "billing 0": "1 to 31", "billing 32": "1 to 31", "billing x": "1 to 31", "new since": "can't read the day", "new since whenever": "can't read the day",
		"new since 2026-11-25": "has not come yet", "new since 2026-10-19": "not new any more", "free billing 99": "1 to 31",
	} {
		a := was
		if _, no := parseAccount(strings.Fields(in), &a, tuesday, berlin); !regexp.MustCompile(want).MatchString(string(no)) || alive("", string(no)) != nil {
			t.Errorf("%q: %q, want %q", in, no, want)
		}
	}
	// East of UTC the day may have begun where the week has not.
	auckland, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Fatal(err)
	}
	a := quota.Account{}
	late := time.Date(2026, 11, 24, 13, 0, 0, 0, time.UTC)
	if _, no := parseAccount([]string{"new", "since", "today"}, &a, late, auckland); no != "" || a.New.After(late) {
		t.Errorf("%s, %q", a, no)
	}
}

func TestSettingsAccount(t *testing.T) {
	s := staged(t)
	s.want(s.slash("UANA", "/paceline settings account sales-navigator billing 14 new"),
		"^Saved\\. Account: Sales Navigator, billed on the 14th, new since Tue 24 Nov\\. Sales Navigator's InMail credits come on the 1st all the same\\. "+
			"Warm-up: 25 a week now, 40 from Mon 30 Nov, 55 from Mon 7 Dec, 75 from Mon 14 Dec, over on Mon 21 Dec \\(Mondays, 00:00 UTC\\)\\. Time zone: ")
	if left := s.left("UANA"); left != 23 {
		t.Errorf("ana has %d left", left)
	}
	was := s.state()
	for line, want := range map[string]string{
		"account": "^Say which account", "account dance": "I don't know the account", "account free today": "I can't read “today”", "account free zone Mars": "“Mars” is not a time zone",
		"account free account free": "twice", "account new since 2026-11-25": "has not come yet", "volume 11": "There are `zone`, `days`, `account`, `quiet`", "account free days x": "can't read “x” as days",
	} {
		s.want(s.slash("UANA", "/paceline settings "+line), want, "Nothing changed\\.$")
		s.unchanged(was, line)
	}
	s.want(s.slash("UANA", "/paceline settings account new"), "new since Tue 24 Nov")
	s.want(s.slash("UANA", "/paceline settings days mon account not new"), "Working days: Mon\\..* Account: Sales Navigator, billed on the 14th\\. ")
	if left := s.left("UANA"); left != 73 {
		t.Errorf("ana has %d left", left)
	}
	s.want(s.slash("UANA", "/paceline settings"), "Account: Sales Navigator, billed on the 14th")
	s.want(s.slash("UBEN", "/paceline settings"), "Account: not said\\.")
	s.want(s.slash("UDAN", "/paceline settings account free"), "^You are not on a team yet")
	s.want(s.slash("UMIA", "/paceline policy"), "• ana said what account they have on Tue 24 Nov: Sales Navigator, billed on the 14th\n")
}

func TestSettingsAccountForm(t *testing.T) {
	s := staged(t)
	open := func() *slack.ModalViewRequest { return s.slash("UANA", "/paceline settings").Modal }
	values := func(account, billing string, boxes ...string) map[string][]string {
		return map[string][]string{"zone": {"slack"}, "days": {"mon"}, "account": {account}, "billing": {billing}, "new": boxes}
	}
	box := open().Blocks.BlockSet[3].(*slack.InputBlock).Element.(*slack.CheckboxGroupsBlockElement)
	if got := box.Options[0].Text.Text; got != "This account is new (warm-up: 25, 40, 55, 75 a week)" || box.InitialOptions != nil {
		t.Errorf("%q, %v", got, box.InitialOptions)
	}
	s.slash("UMIA", "/paceline policy preset guide")
	guided := open().Blocks.BlockSet[3].(*slack.InputBlock).Element.(*slack.CheckboxGroupsBlockElement)
	if got := guided.Options[0].Text.Text; got != "This account is new (the preset in force has no warm-up)" {
		t.Error(got)
	}
	s.slash("UMIA", "/paceline policy preset paceline")
	was := s.state()
	for field, v := range map[string]map[string][]string{"account": values("dance", ""), "billing": values("free", "32")} {
		if r := s.submit("UANA", open(), v); r.Errors[field] == "" {
			t.Errorf("%s: %+v", field, r.Errors)
		}
		s.unchanged(was, field)
	}
	form := open()
	s.want(s.submit("UANA", form, values("recruiter-lite", "14", "new")), "^Saved\\. .*Account: Recruiter Lite, billed on the 14th, new since Tue 24 Nov\\. Warm-up: 25 a week now")
	was = s.state()
	s.want(s.submit("UANA", form, values("recruiter-lite", "14", "new")), "^Saved\\. .*Account: Recruiter Lite")
	s.unchanged(was, "submitting once more")
	if box = open().Blocks.BlockSet[3].(*slack.InputBlock).Element.(*slack.CheckboxGroupsBlockElement); len(box.InitialOptions) != 1 {
		t.Error("the box is empty")
	}
	// A day later the box still means the first day.
	s.at = s.at.AddDate(0, 0, 1)
	s.want(s.submit("UANA", open(), values("recruiter-lite", "14", "new")), "new since Tue 24 Nov")
	// A form from before there were accounts leaves them alone.
	s.want(s.submit("UANA", open(), map[string][]string{"zone": {"UTC"}, "days": {"mon"}}), "Account: Recruiter Lite, billed on the 14th, new since")
	s.want(s.submit("UANA", open(), values("unknown", "")), " Account: not said\\.$")
}

// A type said by mistake is taken back by typing too, by its owner and by a manager.
func TestAccountTakenBack(t *testing.T) {
	s := staged(t)
	s.want(s.slash("UANA", "/paceline settings account dance"), "`recruiter-corporate`, or `unknown` if it was said by mistake\\. Nothing changed\\.$")
	s.want(s.slash("UANA", "/paceline settings account recruiter"), "Account: Recruiter\\.")
	s.want(s.slash("UANA", "/paceline settings account unknown"), "^Saved\\. Account: not said\\.")
	s.want(s.slash("UANA", "/paceline settings"), "Account: not said\\.")
	s.slash("UANA", "/paceline settings account free billing 14")
	s.want(s.slash("UMIA", `/paceline team account ana unknown "a slip"`), "^ana's account: not said, billed on the 14th\\. Before: Free, billed on the 14th\\. Reason: “a slip”")
}

// After a restriction an account is never called new, whoever says so; one that was new before stays so.
func TestNotNewAfterRestriction(t *testing.T) {
	s := staged(t)
	for _, user := range []string{"UANA", "UBEN"} {
		if user == "UBEN" {
			s.slash(user, "/paceline settings account free new")
		}
		w := quota.Who{Workspace: "T1", ID: user, Channel: "C1"}
		if _, err := s.book.Restrict(t.Context(), w, "restrict/"+user, s.at, s.at.Add(6*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	s.at = s.at.Add(time.Hour)
	was := s.state()
	const kind = "^LinkedIn has restricted this account before, so it does not count as new: for 14 days after a restriction half the usual number holds instead\\. Nothing changed\\.$"
	s.want(s.slash("UANA", "/paceline settings account free new"), kind)
	s.want(s.slash("UMIA", `/paceline team account ana free new "he says so"`), kind)
	r := s.submit("UANA", s.slash("UANA", "/paceline settings").Modal, map[string][]string{"zone": {"UTC"}, "days": {"mon"}, "account": {"free"}, "new": {"new"}})
	s.want(r, "new: LinkedIn has restricted this account before")
	s.unchanged(was, "new after a restriction")
	s.want(s.slash("UBEN", "/paceline settings account recruiter"), "Account: Recruiter, new since Tue 24 Nov")
}

func TestTeamAccount(t *testing.T) {
	s := staged(t)
	s.want(s.slash("UMIA", `/paceline team account <@UANA> sales-navigator new since 2026-11-16 "told me"`),
		"^ana's account: Sales Navigator, new since Mon 16 Nov\\. Warm-up: 40 a week now, 55 from Mon 30 Nov, .* Before: not said\\. Reason: “told me”\\. ana sees it in `/budget why`\\.$")
	if left := s.left("UANA"); left != 38 {
		t.Errorf("ana has %d left", left)
	}
	was := s.state()
	for line, want := range map[string]string{
		"": "^For whom\\?", "ana": "^Say which account", "ana free": "^Say why as well: `/paceline team account @ana free \"why\"`", "ana dance x": "I don't know the account", "zoe free x": "I don't know “zoe”",
		"<@UCLEO> free x": "^Only a manager of that team", "ana sales-navigator new x": "^ana's account is like that already", "ana free " + strings.Repeat("x", 201): "201 characters",
	} {
		s.want(s.slash("UMIA", "/paceline team account "+line), want, "Nothing changed\\.$")
		s.unchanged(was, line)
	}
	s.want(s.slash("UMIA", `/paceline team account ana not new it is old`), "^ana's account: Sales Navigator\\. Before: Sales Navigator, new since Mon 16 Nov\\. Reason: “it is old”\\.")
	s.slash("UMIA", "/paceline policy preset guide")
	s.want(s.slash("UMIA", `/paceline team account ana free new x`), "The preset in force \\(the Monday guide\\) has no warm-up\\.")
}
