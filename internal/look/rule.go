package look

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/paceline/paceline/internal/quota"
)

// A Rule is one limit as a team lives by it, whoever the member is.
type Rule struct {
	*quota.Limit
	Max int          // what it allows; it means nothing while the limit is off, or goes by account or by week
	By  quota.Number // who chose that; its At is zero if nobody did
	Off bool

	follows bool // By is zero, and it is a part of a number that the team chose
}

// Rules returns every limit of the preset in force, with the team's own numbers.
func Rules(t quota.Terms, at time.Time) []Rule {
	limits := quota.Rules{Terms: t}.Preset().Limits
	out := make([]Rule, 0, len(limits))
	for i := range limits {
		out = append(out, ruleOf(t, &limits[i], at))
	}
	return out
}

func ruleOf(t quota.Terms, l *quota.Limit, at time.Time) Rule {
	g, in := anybody(t, l.Stage, at).Budget(l.Kind).Find(l.Name)
	r := Rule{Limit: l, Max: g.Max, By: g.By, Off: !in, follows: g.By.At.IsZero() && l.Part.Of != "" && chose(t, l.Part.Of, at)}
	if in {
		return r
	}
	for _, n := range t.Numbers {
		if n.Limit == l.Name && presetOf(n.Preset) == presetOf(t.Preset) && !at.Before(n.At) {
			r.By = n
		}
	}
	if l.Grants != nil && !l.Optional && r.By.At.IsZero() {
		r.Off = false // in force for each account that it names
	}
	return r
}

// Without is the rule as it would be if the team had chosen no number for it.
func (r Rule) Without(t quota.Terms, at time.Time) Rule {
	bare := quota.Terms{Preset: t.Preset}
	for _, n := range t.Numbers {
		if n.Limit != r.Name || presetOf(n.Preset) != presetOf(t.Preset) {
			bare.Numbers = append(bare.Numbers, n)
		}
	}
	return ruleOf(bare, r.Limit, at)
}

// anybody is a member in a stage who has done nothing yet.
func anybody(t quota.Terms, stage quota.Stage, at time.Time) quota.Standing {
	m := quota.Member{Joined: at}
	switch stage {
	case quota.WhileNew:
		m.Account.New = at
	case quota.WhileRestricted:
		m.Restriction = quota.Restriction{From: at, Until: at.Add(time.Hour)}
	case quota.AfterRestriction:
		m.Restriction = quota.Restriction{From: at.Add(-2 * time.Hour), Until: at.Add(-time.Hour)}
	}
	long := at.AddDate(-2, 0, 0)
	return quota.Standing{Rules: quota.Rules{Terms: t, Member: m}, At: at, Zone: time.UTC, Today: quota.DayOf(at, time.UTC), Since: long, PoolSince: long}
}

// presetOf finds the preset of a name. One that this version does not know counts as Paceline's own.
func presetOf(name string) *quota.Preset {
	return quota.Rules{Terms: quota.Terms{Preset: name}}.Preset()
}

// LimitName is what a limit is called at the beginning of a line: "Team budget".
func LimitName(l *quota.Limit) string { return Upper(l.Title) }

// PresetName is what a preset is called at the beginning of a line: "The Monday guide".
func PresetName(p *quota.Preset) string { return Upper(p.Title) }

// Upper begins with a capital letter.
func Upper(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

// Figure says what a rule allows, in plain words: "75 a week", "about 100 in any 7 days", "off".
func (r Rule) Figure() string {
	out := ""
	switch chosen := !r.By.At.IsZero(); {
	case r.Off:
		return "off"
	case r.Grants != nil && !chosen:
		return byAccount(r.Limit)
	case r.Steps != nil && !chosen:
		var each []string
		for _, n := range r.Steps {
			each = append(each, strconv.Itoa(n))
		}
		return And(each) + " " + Per(r.Limit) + ", week by week while an account is new"
	case r.Window.Kind == quota.Spell:
		return strconv.Itoa(r.Max) + " while it lasts"
	default:
		out = r.short()
	}
	if r.Stage == quota.AfterRestriction {
		out += fmt.Sprintf(" for %d days", quota.Recovery/(24*time.Hour))
	}
	if r.Warn > 0 && r.Warn < r.Max {
		out += fmt.Sprintf(", mentioned from %d on", r.Warn)
	}
	if r.Pool {
		out += ", shared by the team"
	}
	return out
}

// short says so many over the window of a limit: "about 100 in any 7 days".
func (r Rule) short() string {
	out := strconv.Itoa(r.Max) + " " + Per(r.Limit)
	if guessed(r.Limit) && r.By.At.IsZero() && !r.follows { // nobody knows LinkedIn's number
		return "about " + out
	}
	return out
}

// byAccount says what each type of account gets: "by account: Premium Business 25, others 4 a month".
func byAccount(l *quota.Limit) string {
	others := -1
	for _, g := range l.Grants {
		if g.Account == quota.UnknownAccount {
			others = g.Max
		}
	}
	var each []string
	for _, g := range l.Grants {
		if g.Max != others {
			each = append(each, fmt.Sprintf("%s %d", AccountName(g.Account), g.Max))
		}
	}
	if others >= 0 {
		each = append(each, fmt.Sprintf("others %d", others))
	}
	return "by account: " + strings.Join(each, ", ") + " " + Per(l)
}

// Per is the window of a limit behind a number: "a week", "in any 7 days".
func Per(l *quota.Limit) string {
	switch l.Window.Kind {
	case quota.CalendarWeek:
		return "a week"
	case quota.CalendarDay:
		return "a day"
	case quota.CalendarMonth:
		return "a month"
	case quota.Stock:
		return "open at once"
	case quota.Rolling:
		return "in any " + Stretch(l.Window.Length)
	}
	return ""
}

// Stretch is a length of time as people say it: "7 days", "24 hours", "hour".
func Stretch(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d == time.Hour:
		return "hour"
	case d%day == 0 && d > day:
		return fmt.Sprintf("%d days", d/day)
	}
	return fmt.Sprintf("%d hours", d/time.Hour)
}

// AccountName is what LinkedIn calls a type of account.
func AccountName(a quota.AccountType) string {
	switch a {
	case quota.Free:
		return "Free"
	case quota.PremiumCareer:
		return "Premium Career"
	case quota.PremiumBusiness:
		return "Premium Business"
	case quota.SalesNavigator:
		return "Sales Navigator"
	case quota.RecruiterLite:
		return "Recruiter Lite"
	case quota.Recruiter:
		return "Recruiter"
	case quota.RecruiterCorp:
		return "Recruiter Corporate"
	}
	return "not said"
}

// PresetLine says what a preset is in at most so many characters: as many of its clauses as fit.
func PresetLine(p *quota.Preset, most int) string {
	line := Upper(p.About)
	for len([]rune(line)) > most {
		i := max(strings.LastIndex(line, ", "), strings.LastIndex(line, "; "))
		if i < 0 {
			return clip(line, most)
		}
		line = line[:i]
	}
	return line
}
