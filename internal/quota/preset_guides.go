package quota

const (
	guideSource       = "one outreach guide; LinkedIn publishes no window"
	quickMailSource   = "QuickMail's guide"
	inTouchSource     = "InTouch's guide"
	plansSource       = "older guides that list limits by LinkedIn plan"
	emailChaserSource = "EmailChaser's guide"
)

// presets is the table of Presets.
var presets = [...]*Preset{&pacelinePreset, &guidePreset, &quickMailPreset, &inTouchPreset, &plansPreset, &emailChaserPreset}

const rollingView = "most tools see 7 days that roll: Paceline's own preset counts both"

var guidePreset = Preset{
	Name: GuidePreset, Title: "the Monday guide",
	About: "100 in the week, back on Monday 00:00 UTC",
	Limits: withCommon(
		optionalBudget,
		Limit{
			Name: CeilingName, Title: "ceiling", Kind: Invite, Max: 100, Window: weekly, Basis: BySent, Force: Loud,
			Claim:      "100 in the week, back on Monday 00:00 UTC.",
			Source:     guideSource,
			Confidence: Low,
			Against:    []string{rollingView},
		},
		Limit{
			Name: PaceName, Title: "daily pace", Kind: Invite, Part: Part{Of: CeilingName, Num: 1, Den: 1, Less: 1}, Window: Window{Kind: CalendarDay}, Basis: BySent, Force: Soft,
			Claim:      "Not the whole week in one day. A soft line: it never blocks.",
			Source:     guideSource,
			Confidence: Medium,
		},
	),
	Persons: []PersonRule{cooldown},
	Advice:  []Advice{{Claim: "50 to 75 a week is enough.", Source: guideSource, Confidence: Medium}},
}

var quickMailPreset = Preset{
	Name: QuickMailPreset, Title: "QuickMail's",
	About: "20 to 25 in any 24 hours and 100 in the week; withdrawing gives room back",
	Limits: withCommon(
		optionalBudget,
		Limit{
			Name: TwentyFourHours, Title: "limit of 24 hours", Kind: Invite, Max: 25, Warn: 20, Window: Window{Kind: Rolling, Length: day}, Basis: SentLessWithdrawn, Force: Binds,
			Claim:      "20 to 25 in any 24 hours.",
			Source:     quickMailSource,
			Confidence: Medium,
			Against:    []string{"LinkedIn publishes no daily limit", "other vendors advise 15 (Salesflow) to 35 (lemlist) a day"},
		},
		Limit{
			Name: CeilingName, Title: "ceiling", Kind: Invite, Max: 100, Window: weekly, Basis: SentLessWithdrawn, Force: Loud,
			Claim:      "100 in the week; withdrawing gives room back.",
			Source:     quickMailSource,
			Confidence: Low,
			Against:    []string{"LinkedIn's Help (a550555, a551012): withdrawing gives no room back", rollingView},
		},
	),
	Persons: []PersonRule{cooldown},
}

var inTouchPreset = Preset{
	Name: InTouchPreset, Title: "InTouch's",
	About: "no fixed number: begin with tens a day and increase, and watch what is open",
	Limits: withCommon(
		optionalBudget,
		Limit{
			Name: PendingName, Title: "open invites", Kind: Invite, Max: 1000, Window: Window{Kind: Stock, Length: PendingLife}, Basis: ByPending, Force: Soft,
			Claim:      "Act when 1,000 invites are open.",
			Source:     inTouchSource,
			Confidence: Medium,
			Against:    []string{"other thresholds from 200 to 1,500 are quoted (Linked Helper, linkedapi)"},
		},
	),
	Persons: []PersonRule{cooldown},
	Advice: []Advice{
		{Claim: "There is no fixed number.", Source: inTouchSource, Confidence: Medium, Against: []string{"LinkedIn's Help (a550555) speaks of a weekly limit, and several tools measure about 100"}},
		{Claim: "All sent invites count, withdrawn or not.", Source: inTouchSource, Confidence: High},
		{Claim: "Begin with tens a day and increase.", Source: inTouchSource, Confidence: Medium},
		{Claim: "A restriction lasts 24 hours to a week, longer after repeats.", Source: inTouchSource, Confidence: Medium, Against: []string{"LinkedIn's Help (a551012): from a few hours up to a month"}},
	},
}

var plansPreset = Preset{
	Name: PlansPreset, Title: "limits by plan",
	About:    "300 to 500 a day and 3,000 to 30,000 a month, by account; only accepted invites count",
	Outdated: "These numbers are older than LinkedIn's weekly limit. Accounts that follow them get restricted.",
	Limits: withCommon(
		optionalBudget,
		Limit{
			Name: DayName, Title: "limit of the day", Kind: Invite, Grants: byPlan(300, 500, 500), Window: Window{Kind: CalendarDay}, Basis: ByAccepted, Force: Binds,
			Claim:      "A free account has 300 a day, Business Plus and Sales Navigator 500; only accepted ones count, when they are accepted.",
			Source:     plansSource,
			Confidence: Low,
			Against:    []string{"outdated: LinkedIn has a weekly limit on all that is sent, accepted or not (Help a550555)"},
		},
		Limit{
			Name: MonthName, Title: "limit of the month", Kind: Invite, Grants: byPlan(3000, 15000, 30000), Window: Window{Kind: CalendarMonth}, Basis: ByAccepted, Force: Binds,
			Claim:      "A free account has 3,000 a month, Business Plus 15,000, Sales Navigator 30,000; only accepted ones count, when they are accepted.",
			Source:     plansSource,
			Confidence: Low,
			Against:    []string{"outdated: about 100 a week is what tools measure"},
		},
		Limit{
			Name: SevenDaysName, Title: "warning over 7 days", Kind: Invite, Max: DefaultCeiling, Window: Window{Kind: Rolling, Length: week}, Basis: BySent, Force: Soft,
			Claim:      "A warning that stays: past about 100 in any 7 days LinkedIn is believed to restrict an ordinary account.",
			Source:     ceilingSource,
			Confidence: Medium,
			Against:    []string{"the guides behind this preset"},
		},
		Limit{
			Name: PagesName, Title: "Page invites", Kind: PageInvite, Grants: byPlan(4, 25, 90), Window: Window{Kind: CalendarMonth}, Basis: BySent, Force: Binds,
			Claim:      "Page invites: 4 a month on a free account, 25 on Business Plus, 90 on Sales Navigator.",
			Source:     plansSource,
			Confidence: Low,
			Against:    []string{"LinkedIn Help a547492: a pool for each Page, shared by its admins"},
		},
	),
	Persons: []PersonRule{
		{
			After: Sent, Wait: 7 * day,
			Claim:      "The same person once in 7 days.",
			Source:     plansSource,
			Confidence: Low,
			Against:    []string{"LinkedIn Help a550555: up to 3 weeks after a withdrawal, and one open invite at a time"},
		},
		cooldown,
	},
}

// byPlan grants by account: free and all that the guides do not name, Business Plus, Sales Navigator.
func byPlan(free, business, navigator int) []Grant {
	return []Grant{
		{Account: UnknownAccount, Max: free}, {Account: Free, Max: free}, {Account: PremiumCareer, Max: free}, {Account: PremiumBusiness, Max: business},
		{Account: SalesNavigator, Max: navigator}, {Account: RecruiterLite, Max: free}, {Account: Recruiter, Max: free}, {Account: RecruiterCorp, Max: free},
	}
}

var emailChaserPreset = Preset{
	Name: EmailChaserPreset, Title: "EmailChaser's",
	About: "100 in the week and no daily limit; 100 messages a week",
	Limits: withCommon(
		optionalBudget,
		Limit{
			Name: CeilingName, Title: "ceiling", Kind: Invite, Max: 100, Window: weekly, Basis: BySent, Force: Loud,
			Claim:      "100 in the week, no daily limit.",
			Source:     emailChaserSource,
			Confidence: Medium,
			Against:    []string{rollingView, "vendors advise 15 (Salesflow) to 35 (lemlist) a day"},
		},
		Limit{
			Name: MessagesName, Title: "messages", Kind: Message, Max: 100, Window: weekly, Basis: BySent, Force: Binds,
			Claim:      "100 messages a week.",
			Source:     emailChaserSource,
			Confidence: Low,
			Against:    []string{"LinkedIn's Help names no limit on messages to connections"},
		},
		Limit{
			Name: InMailName, Title: "InMail credits", Kind: InMail, Window: Window{Kind: CalendarMonth}, Basis: BySent, Force: Binds,
			Grants: []Grant{
				{Account: PremiumCareer, Max: 15}, {Account: PremiumBusiness, Max: 15}, {Account: SalesNavigator, Max: 50},
			},
			Claim:      "InMail: 50 a month on Sales Navigator, 15 on Premium.",
			Source:     emailChaserSource,
			Confidence: Medium,
			Against:    []string{"LinkedIn Help a412114: Premium Career has 5; an answered one comes back within 90 days"},
		},
	),
	Persons: []PersonRule{cooldown},
}
