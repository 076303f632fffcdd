package quota

import "time"

const (
	ceilingSource = "measured by several tools (Outboundry, linkedapi.io, Allston Labs, LinkedNav); LinkedIn publishes no number"
	creditsSource = "LinkedIn Help a75, a554514, a101030 and a412114; Recruiter: vendors' documents"
)

var pacelinePreset = Preset{
	Name: PacelinePreset, Title: "Paceline's own",
	About: "a budget of 75 a week under a ceiling of about 100, counted by the week and over any 7 days",
	Lines: &Lines{
		DayPaces:      2,  // 40 of 20, more than vendors advise (15 to 35)
		NearlyPercent: 80, // 60 of 75, which an even pace reaches on Thursday
		NearlyDays:    3,  // Monday to Wednesday
		ProjectedFrom: 2,  // one day says nothing of the others
	},
	Limits: withCommon(
		Limit{
			Name: BudgetName, Title: "team budget", Kind: Invite, Max: DefaultBudget, Window: weekly, Basis: BySent, Force: Binds,
			Claim:      "75 a week is the budget of a team that has chosen none, a margin under the ceiling of about 100.",
			Source:     "outreach guides advise 50 to 75",
			Confidence: Default,
		},
		Limit{
			Name: CeilingName, Title: "ceiling", Kind: Invite, Max: DefaultCeiling, Window: weekly, Basis: BySent, Force: Loud,
			Claim:      "LinkedIn limits invites by the week, at about 100 for an ordinary account, accepted or not.",
			Source:     ceilingSource,
			Confidence: Medium,
			Against: []string{
				"some vendors see 150 to 200 a week for trusted or paid accounts, though LinkedIn's Help says that the limit cannot be bought",
				"300 a day and 3,000 a month, in older guides: outdated",
			},
		},
		Limit{
			Name: SevenDaysName, Title: "ceiling over 7 days", Kind: Invite, Part: Part{Of: CeilingName, Num: 1, Den: 1}, Window: Window{Kind: Rolling, Length: week}, Basis: BySent, Force: Loud,
			Claim:      "The same ceiling, counted over any 7 days: most tools see LinkedIn's week roll rather than reset on Monday.",
			Source:     ceilingSource,
			Confidence: Medium,
			Against: []string{
				"one guide says that the count resets on Monday 00:00 UTC",
				"one vendor (Aimfox) says it may differ from account to account",
			},
		},
		Limit{
			Name: RampName, Title: "warm-up", Kind: Invite, Steps: []int{25, 40, 55, 75}, Window: weekly, Basis: BySent, Force: Binds, Stage: WhileNew,
			Claim:      "A new account sends 25 in its first week, then 40, 55 and 75. It is new only when its owner or manager says so.",
			Source:     "vendors advise 5 to 10 a day at first, growing over 4 weeks (linkedapi, Overloop, lemlist)",
			Confidence: Medium,
		},
		Limit{
			Name: PaceName, Title: "daily pace", Kind: Invite, Max: 20, Window: Window{Kind: CalendarDay}, Basis: BySent, Force: Soft,
			Claim:      "About 20 a day looks like a person at work. A soft line: it never blocks.",
			Source:     "vendors advise 15 (Salesflow) to 35 (lemlist) a day; LinkedIn publishes no daily limit",
			Confidence: Medium,
			Against:    []string{"other guides name no daily limit at all"},
		},
		Limit{
			Name: HourName, Title: "burst", Kind: Invite, Max: 20, Warn: 11, Window: Window{Kind: Rolling, Length: time.Hour}, Basis: BySent, Force: Soft, Timed: true,
			Claim:      "More than 20 within an hour looks like a machine at work.",
			Source:     "Paceline's own: a day's pace in an hour; LinkedIn's Help warns of too many in a short time and names no number",
			Confidence: Low,
		},
		Limit{
			Name: SixHoursName, Title: "burst over 6 hours", Kind: Invite, Max: 29, Window: Window{Kind: Rolling, Length: 6 * time.Hour}, Basis: BySent, Force: Soft, Timed: true,
			Claim:      "30 or more within 6 hours is a burst too.",
			Source:     "Paceline's own: more than any vendor advises for a whole day but the most generous (35, lemlist)",
			Confidence: Low,
		},
		Limit{
			Name: PendingName, Title: "open invites", Kind: Invite, Max: 1000, Warn: 500, Window: Window{Kind: Stock, Length: PendingLife}, Basis: ByPending, Force: Soft,
			Claim:      "LinkedIn looks closer at accounts with many open invites: take care from 500 on, act at 1,000. One that nobody answers is dropped after about 180 days.",
			Source:     "thresholds from 200 to 1,500 are quoted (Linked Helper, linkedapi); LinkedIn Help a551012 names too many open invites as a reason for a month's restriction",
			Confidence: Medium,
			Against:    []string{"InTouch says to act at 1,000 and names no line before"},
		},
		Limit{
			Name: NotesName, Title: "invites with a note", Kind: Note, Grants: []Grant{{Account: Free, Max: 5}}, Window: Window{Kind: CalendarMonth}, Basis: BySent, Force: Binds,
			Claim:      "A free account sends 5 invites with a note a month; a paid one as many as it sends invites.",
			Source:     "LinkedIn Help a550555",
			Confidence: High,
		},
		inMailCredits,
		Limit{
			Name: MessagesName, Title: "messages", Kind: Message, Max: 100, Optional: true, Window: weekly, Basis: BySent, Force: Soft,
			Claim:      "100 messages a week. Off unless your team turns it on.",
			Source:     "EmailChaser's guide; LinkedIn publishes no number",
			Confidence: Low,
			Against:    []string{"LinkedIn's Help names no limit on messages to connections"},
		},
		Limit{
			Name: PagesName, Title: "Page invites", Kind: PageInvite, Max: 100, Window: Window{Kind: CalendarMonth}, Basis: SentLessAccepted, Force: Binds, Pool: true,
			Claim:      "The admins of a Page share its credits, renewed on the 1st; each one that is accepted comes back. 100 unless your team says otherwise.",
			Source:     "LinkedIn Help a547492 for the pool; the number differs from Page to Page",
			Confidence: Medium,
			Against:    []string{"older guides say 4, 25 or 90 a month, by plan"},
		},
	),
	Persons: []PersonRule{cooldown},
	Advice: []Advice{
		{
			Claim:      "Withdrawing an invite frees no room: LinkedIn counts what was sent.",
			Source:     "LinkedIn Help a550555 and a551012",
			Confidence: High,
			Against:    []string{"QuickMail says that a withdrawal gives room back"},
		},
		{
			Claim:      "A paid account sends no more invites than a free one.",
			Source:     "LinkedIn Help a550555",
			Confidence: Medium,
			Against:    []string{"vendors see 150 to 200 a week for trusted accounts: a manager may raise one member's number, with a reason"},
		},
		{
			Claim:      "Of invites at least a week old 26 to 37 % are accepted on average; below 30 % look at whom you invite, below 20 % stop and think.",
			Source:     "Expandi and Belkins (20 million invites), WarmySender (200,000), Botdog (16,000)",
			Confidence: Medium,
		},
	},
}

// weekly is the window from Monday 00:00 UTC.
var weekly = Window{Kind: CalendarWeek}

// inMailCredits are what LinkedIn grants, under whichever guide.
var inMailCredits = Limit{
	Name: InMailName, Title: "InMail credits", Kind: InMail, Window: Window{Kind: CalendarMonth, Billing: true}, Basis: SentLessAnswered, Force: Binds,
	Grants: []Grant{
		{Account: Free, Max: 0}, {Account: PremiumCareer, Max: 5, Most: 15}, {Account: PremiumBusiness, Max: 15, Most: 45},
		{Account: SalesNavigator, Max: 50, Most: 150}, {Account: RecruiterLite, Max: 30, Most: 120},
		{Account: Recruiter, Max: 100, Most: 400}, {Account: RecruiterCorp, Max: 150, Most: 600},
	},
	Claim:      "InMail credits come each month by account type, add up to a cap, and come back when answered within 90 days.",
	Source:     creditsSource,
	Confidence: High,
	Against:    []string{"EmailChaser says 50 on Sales Navigator and 15 on Premium, and nothing about other accounts"},
}

// cooldown is LinkedIn's own rule, so every preset has it.
var cooldown = PersonRule{
	After: Withdrawn, Wait: 21 * day,
	Claim:      "Somebody whose invite was withdrawn can be invited again after up to 3 weeks.",
	Source:     "LinkedIn Help a550555",
	Confidence: High,
}

// optionalBudget is the budget under a guide that has none.
var optionalBudget = Limit{
	Name: BudgetName, Title: "team budget", Kind: Invite, Max: DefaultBudget, Optional: true, Window: weekly, Basis: BySent, Force: Binds,
	Claim:      "Your team's own number a week.",
	Source:     "your team",
	Confidence: Chosen,
}

// common are the limits of every preset, because LinkedIn itself speaks of restrictions.
var common = []Limit{
	{
		Name: RestrictionName, Title: "restriction", Kind: Invite, Max: 0, Window: Window{Kind: Spell}, Basis: BySent, Force: Binds, Stage: WhileRestricted,
		Claim:      "While LinkedIn restricts an account, nothing is left. It ends by itself; support cannot lift it.",
		Source:     "LinkedIn Help a551012",
		Confidence: High,
	},
	{
		Name: RecoveryName, Title: "budget after a restriction", Kind: Invite, Part: Part{Of: BudgetName, Num: 1, Den: 2}, Window: weekly, Basis: BySent, Force: Binds, Stage: AfterRestriction,
		Claim:      "For two weeks after a restriction, half the weekly number: a second one lasts longer.",
		Source:     "LinkedIn Help a551012 for repeats that last longer; half and two weeks are Paceline's own",
		Confidence: Medium,
	},
}

func withCommon(limits ...Limit) []Limit { return append(limits, common...) }
