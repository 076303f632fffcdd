package quota

import "time"

// A Preset is what one guide teaches: limits, rules about a person, and advice. Presets are tables: nothing
// in them is ever changed.
type Preset struct {
	Name     string // the word people type for it
	Title    string // "Paceline's own"
	About    string // what it is, in one sentence
	Outdated string // why it is not advised; "" when it may be
	Limits   []Limit
	Persons  []PersonRule
	Advice   []Advice
	Lines    *Lines // of pace; nil: Paceline's own
}

// Lines are where messages about pace begin that are no limit of their own. Nobody publishes any.
type Lines struct {
	DayPaces      int // DayLine: so many daily paces in one day
	NearlyPercent int // NearlyOut: so much of Rules.Weekly, in percent
	NearlyDays    Day // NearlyOut: only on so many first days of the week
	ProjectedFrom int // Projection: from so many working days with sends on
}

// A PersonRule says how long to wait before the same person is invited again.
type PersonRule struct {
	After      Act           // Sent, or Withdrawn
	Wait       time.Duration // since then
	Claim      string
	Source     string
	Confidence Confidence
	Against    []string
}

// Advice is a claim that nothing measures.
type Advice struct {
	Claim      string
	Source     string
	Confidence Confidence
	Against    []string
}

// The names of the presets.
const (
	PacelinePreset    = "paceline"
	GuidePreset       = "guide"
	QuickMailPreset   = "quickmail"
	InTouchPreset     = "intouch"
	PlansPreset       = "plans"
	EmailChaserPreset = "emailchaser"
)

// Presets lists every preset, Paceline's own first.
func Presets() []*Preset { return presets[:] }

// FindPreset returns the preset of a name; "" is Paceline's own. ok is false if there is none.
func FindPreset(name string) (p *Preset, ok bool) {
	if name == "" {
		return presets[0], true
	}
	for _, p := range presets {
		if p.Name == name {
			return p, true
		}
	}
	return nil, false
}

// Find returns the limit of a name; ok is false if there is none.
func (p *Preset) Find(name string) (l *Limit, ok bool) {
	for i := range p.Limits {
		if p.Limits[i].Name == name {
			return &p.Limits[i], true
		}
	}
	return nil, false
}

// The names of limits that more than one preset has. Every preset has the first three.
const (
	BudgetName      = "budget"
	RestrictionName = "restriction"
	RecoveryName    = "recovery"
	CeilingName     = "ceiling"
	SevenDaysName   = "7days"
	PaceName        = "pace"
	HourName        = "burst"
	SixHoursName    = "6hours"
	PendingName     = "pending"
	RampName        = "ramp"
	NotesName       = "notes"
	InMailName      = "inmail"
	MessagesName    = "messages"
	PagesName       = "pages"
	TwentyFourHours = "24hours"
	DayName         = "day"
	MonthName       = "month"
)

// DefaultBudget is the weekly number of a team that has chosen none: what outreach guides advise (50 to 75),
// a margin under the ceiling of about 100. It is a preset's own where its budget is optional.
const DefaultBudget = 75

// DefaultCeiling is the number of invites a week at which LinkedIn is believed to stop an ordinary account:
// measured by several tools; LinkedIn publishes none.
const DefaultCeiling = 100
