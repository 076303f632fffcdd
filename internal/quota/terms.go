package quota

import (
	"strconv"
	"strings"
	"time"
)

// Terms are the rules that a team has chosen: a preset, and numbers of its own.
type Terms struct {
	Preset  string   // "" is Paceline's own
	Numbers []Number // at most one for each preset and limit
}

// A Number is one that somebody chose instead of the one that a limit comes with. One that was chosen under
// a preset waits while another preset is in force.
type Number struct {
	Preset string // the preset it belongs to
	Limit  string // the limit's name
	Max    int    // or Off
	By     string // Slack's id of who chose it
	At     time.Time
	Reason string    // never empty
	Until  time.Time // from when on it no longer holds; zero: for good
}

// Off as a Number's Max takes a limit out of force.
const Off = -1

// holds reports whether n is in force at a moment.
func (n *Number) holds(at time.Time) bool {
	return !n.At.IsZero() && !at.Before(n.At) && (n.Until.IsZero() || at.Before(n.Until))
}

// number returns what the team chose for a limit of the preset in force.
func (t *Terms) number(limit string, at time.Time) (n *Number, ok bool) {
	for i := range t.Numbers {
		if n := &t.Numbers[i]; n.Preset == t.Preset && n.Limit == limit && n.holds(at) {
			return n, true
		}
	}
	return nil, false
}

// An AccountType is the LinkedIn subscription of a member.
type AccountType uint8

// The types of accounts. Their numbers are kept on disk.
const (
	UnknownAccount  AccountType = 0
	Free            AccountType = 1
	PremiumCareer   AccountType = 2
	PremiumBusiness AccountType = 3 // "Business Plus" in older guides
	SalesNavigator  AccountType = 4
	RecruiterLite   AccountType = 5
	Recruiter       AccountType = 6 // Professional Services
	RecruiterCorp   AccountType = 7 // Corporate
)

// AccountTypes lists every known type in the order in which they are shown.
func AccountTypes() []AccountType {
	return []AccountType{Free, PremiumCareer, PremiumBusiness, SalesNavigator, RecruiterLite, Recruiter, RecruiterCorp}
}

// An Account is what is known of a member's LinkedIn account.
type Account struct {
	Type    AccountType
	Billing uint8     // the day of the month on which its month begins, 1 to 31; 0 counts as 1. A shorter month begins on its last day.
	New     time.Time // since when its owner or manager calls it new; zero: not new
	Since   time.Time // when Type was last changed; zero for an unknown one. It follows from the deeds and is not in String.
}

// A Restriction is one that LinkedIn has put on an account, as its owner reported it.
type Restriction struct {
	From  time.Time // zero: there never was one
	Until time.Time // when it ends or ended
}

// Away is a leave: the member's civil days from From to Until, both included. From 0 is none.
type Away struct{ From, Until Day }

// Has reports whether d is a day of the leave.
func (a Away) Has(d Day) bool { return a.From != 0 && d >= a.From && d <= a.Until }

// String returns the word people type for a type of account; "" for an unknown one.
func (a AccountType) String() string {
	switch a {
	case Free:
		return "free"
	case PremiumCareer:
		return "premium-career"
	case PremiumBusiness:
		return "premium-business"
	case SalesNavigator:
		return "sales-navigator"
	case RecruiterLite:
		return "recruiter-lite"
	case Recruiter:
		return "recruiter"
	case RecruiterCorp:
		return "recruiter-corporate"
	}
	return ""
}

// String returns an account in a few words: "sales-navigator, billing 14, new since 2026-11-20"; "" for one
// of which nothing is known.
func (a Account) String() string {
	var parts []string
	if a.Type != UnknownAccount {
		parts = append(parts, a.Type.String())
	}
	if a.Billing != 0 {
		parts = append(parts, "billing "+strconv.Itoa(int(a.Billing)))
	}
	if !a.New.IsZero() {
		parts = append(parts, "new since "+a.New.Format(time.DateOnly))
	}
	return strings.Join(parts, ", ")
}

// ParseAccount reads what String wrote.
func ParseAccount(text string) Account {
	var a Account
	for part := range strings.SplitSeq(text, ", ") {
		if since, ok := strings.CutPrefix(part, "new since "); ok {
			a.New, _ = time.Parse(time.DateOnly, since)
		} else if n, ok := strings.CutPrefix(part, "billing "); ok {
			d, _ := strconv.ParseUint(n, 10, 8)
			a.Billing = uint8(d)
		} else {
			for _, t := range AccountTypes() {
				if t.String() == part {
					a.Type = t
				}
			}
		}
	}
	return a
}
