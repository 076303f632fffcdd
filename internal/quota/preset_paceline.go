package quota

import "time"

const (
	ceilingSource = "measured by several tools (Outboundry, linkedapi.io, Allston Labs, LinkedNav); LinkedIn publishes no number"
	helpLimits    = "LinkedIn Help a550555 and a551012"
)

// presets is the table of Presets.
var presets = [...]*Preset{&pacelinePreset}

var pacelinePreset = Preset{
	Name: PacelinePreset, Title: "Paceline's own",
	About: "A budget of 75 a week under a ceiling of about 100, counted by the week and over any 7 days.",
	Limits: append([]Limit{
		{
			Name: BudgetName, Title: "team budget", Kind: Invite, Max: DefaultBudget, Window: Window{Kind: CalendarWeek}, Basis: BySent, Force: Binds,
			Claim:      "75 a week is your team's budget, a margin under the ceiling of about 100.",
			Source:     "Paceline's default; outreach guides advise 50 to 75",
			Confidence: Chosen,
		},
		{
			Name: CeilingName, Title: "ceiling", Kind: Invite, Max: DefaultCeiling, Window: Window{Kind: CalendarWeek}, Basis: BySent, Force: Loud,
			Claim:      "LinkedIn limits invites by the week, at about 100 for an ordinary account, accepted or not.",
			Source:     ceilingSource,
			Confidence: Medium,
			Against: []string{
				"some vendors see 150 to 200 a week for trusted or paid accounts, though LinkedIn's Help says that the limit cannot be bought",
				"300 a day and 3,000 a month, in older guides: outdated",
			},
		},
		{
			Name: SevenDaysName, Title: "ceiling", Kind: Invite, Part: Part{Of: CeilingName, Num: 1, Den: 1}, Window: Window{Kind: Rolling, Length: week}, Basis: BySent, Force: Loud,
			Claim:      "The same ceiling, counted over any 7 days: most tools see LinkedIn's week roll rather than reset on Monday.",
			Source:     ceilingSource,
			Confidence: Medium,
			Against: []string{
				"one guide says that the count resets on Monday 00:00 UTC",
				"one vendor (Aimfox) says it may differ from account to account",
			},
		},
		{
			Name: RampName, Title: "warm-up", Kind: Invite, Steps: []int{25, 40, 55, 75}, Window: Window{Kind: CalendarWeek}, Basis: BySent, Force: Binds, Stage: WhileNew,
			Claim:      "An account that is new starts with 25 a week, then 40, 55 and 75.",
			Source:     "vendors advise 5 to 10 a day at first, growing over 4 weeks (linkedapi, Overloop, lemlist)",
			Confidence: Medium,
		},
		{
			Name: PaceName, Title: "daily pace", Kind: Invite, Max: 20, Window: Window{Kind: CalendarDay}, Basis: BySent, Force: Soft,
			Claim:      "About 20 a day looks like a person at work. A soft line: it never blocks.",
			Source:     "vendors advise 15 (Salesflow) to 35 (lemlist) a day; LinkedIn publishes no daily limit",
			Confidence: Medium,
			Against:    []string{"other guides name no daily limit at all"},
		},
	}, common...),
}

// common are the limits that hold under every preset, because LinkedIn itself speaks of them.
var common = []Limit{
	{
		Name: RestrictionName, Title: "restriction", Kind: Invite, Max: 0, Window: Window{Kind: Spell}, Basis: BySent, Force: Binds, Stage: WhileRestricted,
		Claim:      "While LinkedIn restricts an account, nothing is left. It ends by itself; support cannot lift it.",
		Source:     "LinkedIn Help a551012",
		Confidence: High,
	},
	{
		Name: RecoveryName, Title: "budget after a restriction", Kind: Invite, Part: Part{Of: BudgetName, Num: 1, Den: 2}, Window: Window{Kind: CalendarWeek}, Basis: BySent, Force: Binds, Stage: AfterRestriction,
		Claim:      "For two weeks after a restriction, half the weekly number: a second one lasts longer.",
		Source:     "LinkedIn Help a551012 (repeats last days, up to a month); half and two weeks are Paceline's own",
		Confidence: Medium,
	},
}

var _ = time.Hour
var _ = helpLimits
