package look

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// PresetChanged answers a change of the preset.
func PresetChanged(h House, d quota.Deed, names Names, buttons ...Button) Message {
	is, was := presetOf(d.Is), presetOf(d.Was)
	lines := []string{fmt.Sprintf("Preset: “%s” now, “%s” before. It says: %s.", is.Title, was.Title, is.About)}
	if d.Reason != "" {
		lines = append(lines, "Reason: "+quoted(d.Reason)+".")
	}
	if is.Outdated != "" {
		lines = append(lines, "Outdated, not advised. "+is.Outdated)
	}
	if _, ok := h.week(); !ok {
		lines = append(lines, noWeek)
	}
	lines = append(lines, h.concerns())
	if n := len(h.waiting()); n == 1 {
		lines = append(lines, "1 number that was chosen under another preset waits there.")
	} else if n > 1 {
		lines = append(lines, fmt.Sprintf("%d numbers that were chosen under other presets wait there.", n))
	}
	return h.sentences(append(lines, seenIn(names)), buttons)
}

// NumberChanged answers a change of a limit's number.
func NumberChanged(h House, d quota.Deed, names Names, buttons ...Button) Message {
	l, ok := presetOf(h.Team.Terms.Preset).Find(d.Limit)
	if !ok { // a repeat, after another preset was chosen
		l = &quota.Limit{Name: d.Limit, Title: strings.TrimPrefix(h.limit(d.Limit), "the ")}
	}
	is := d.Is
	if _, err := strconv.Atoi(d.Is); err == nil {
		is = strings.TrimSpace(d.Is + " " + Per(l))
	}
	if r := h.rule(d.Limit); r.Limit != nil && strconv.Itoa(r.Max) == d.Is {
		is = strings.TrimSpace(r.short())
	}
	change := fmt.Sprintf("%s now, %s before", is, d.Was)
	if d.Was == d.Is { // set back to what it was set to
		change = is + " as before, as it comes and no longer by your team's choice"
	}
	lines := []string{fmt.Sprintf("%s: %s. Reason: %s.", LimitName(l), change, quoted(d.Reason))}
	lines = append(lines, h.follow(l)...)
	lines = append(lines, h.compare(l)...)
	if l.Name == quota.PaceName && d.Is == "0" { // plans keep to the pace, though it blocks nothing
		lines = append(lines, "With a pace of 0 no plan is possible; `off` drops the pace instead.")
	}
	lines = append(lines, h.uncarried(l)...)
	lines = append(lines, h.concerns())
	if n := len(h.owns(mostReason)); n > 0 && l.Name == quota.BudgetName {
		lines = append(lines, fmt.Sprintf("%s of their own, which stays.", people(n, "has a limit", "have a limit")))
	}
	return h.sentences(append(lines, seenIn(names)), buttons)
}

// OwnChanged answers a change of a member's own limit.
func OwnChanged(h House, g quota.Governed, names Names, buttons ...Button) Message {
	d, who := g.Deed, h.Called(g.Deed.Member)
	team := "the team has no budget"
	if b := h.rule(quota.BudgetName); !b.Off {
		team = "the team's budget is " + b.Figure()
	}
	lines := []string{fmt.Sprintf("%s: a limit of %s a week now%s; before: %s.", who, d.Is, h.until(d.Until), ownBefore(d.Was)), "Reason: " + quoted(d.Reason) + "."}
	if d.What == quota.OwnCleared {
		lines[0] = fmt.Sprintf("%s: no limit of their own now; before: %s; %s.", who, ownBefore(d.Was), team)
	} else {
		lines = append(lines, Upper(team)+".")
		lines = append(lines, h.raised(g.Member)...)
		lines = append(lines, slower(h, g.Member)...)
	}
	lines = append(lines, "It holds from now on; closed weeks keep theirs.", fmt.Sprintf("%s sees it in `%s why`.", who, names.Budget))
	return h.sentences(lines, buttons)
}

func ownBefore(was string) string {
	if was == "" {
		return "none of their own"
	}
	return was
}

// raised names the ceilings that a member's own limit takes with it.
func (h House) raised(m quota.Member) []string {
	var up []string
	for _, r := range Rules(h.Team.Terms, h.At) {
		if !r.Off && r.Force == quota.Loud && r.Kind == quota.Invite && r.Stage == quota.Always && m.Own.Max > r.Max {
			up = append(up, fmt.Sprintf("the %s (%s)", r.Title, r.Figure()))
		}
	}
	they := "they rise"
	switch len(up) {
	case 0:
		return nil
	case 1:
		they = "it rises"
	}
	return []string{fmt.Sprintf("That is more than %s: for %s %s to %d as well.", And(up), h.Called(m.ID), they, m.Own.Max)}
}

// slower names what holds a member lower than their own limit for a time.
func slower(h House, m quota.Member) []string {
	s := anybody(h.Team.Terms, quota.Always, h.At)
	s.Member = m
	var out []string
	for _, g := range s.Budget(quota.Invite).Gauges {
		if g.Stage != quota.Always && g.Max < m.Own.Max {
			out = append(out, fmt.Sprintf("%s, %d", g.Title, g.Max))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []string{"Lower for now: " + And(out) + "."}
}

const noWeek = "No limit on the week is in force now; what is sent is counted all the same."

// rule finds a limit of the preset in force; one that it does not have is off.
func (h House) rule(word string) Rule {
	for _, r := range Rules(h.Team.Terms, h.At) {
		if r.Name == word {
			return r
		}
	}
	return Rule{Off: true}
}

// week is the lowest limit on a week of invites.
func (h House) week() (least Rule, ok bool) {
	for _, r := range Rules(h.Team.Terms, h.At) {
		if weekRule(r) && !r.Off && (!ok || r.Max < least.Max) {
			least, ok = r, true
		}
	}
	return least, ok
}

// weekRule reports whether a rule limits the week of every member, by the calendar or over any 7 days.
func weekRule(r Rule) bool {
	w := r.Window
	return r.Kind == quota.Invite && r.Force != quota.Soft && r.Stage == quota.Always &&
		(w.Kind == quota.CalendarWeek || w.Kind == quota.Rolling && w.Length == 7*24*time.Hour)
}

// compare says which limit on the week is the lowest, where a change makes that a question.
func (h House) compare(l *quota.Limit) []string {
	r := h.rule(l.Name)
	least, ok := h.week()
	b := h.rule(quota.BudgetName)
	switch {
	case r.Limit == nil || !weekRule(r):
		return nil
	case !ok:
		return []string{noWeek}
	case r.Off:
		return []string{fmt.Sprintf("What limits the week now: the %s, %s.", least.Title, least.Figure())}
	case least.Max < r.Max && (r.Name == quota.BudgetName || b.Off):
		return []string{fmt.Sprintf("That is more than the %s, %s; the lower one is what limits.", least.Title, least.Figure())}
	case !b.Off && b.Max > r.Max && r.Name != quota.BudgetName:
		return []string{fmt.Sprintf("That is less than the %s, %s; the lower one is what limits.", b.Title, b.Figure())}
	}
	return nil
}

// follow names the limits that are a part of another one: they change with it, and stay when it is turned off.
func (h House) follow(l *quota.Limit) []string {
	var with []string
	intro := "With it changes: "
	if h.rule(l.Name).Off {
		intro = "Still on: "
	}
	for _, r := range Rules(h.Team.Terms, h.At) {
		if r.Part.Of == l.Name && !r.Off && r.By.At.IsZero() {
			with = append(with, "the "+r.Title+", "+r.Figure())
		}
	}
	if len(with) == 0 {
		return nil
	}
	return []string{intro + strings.Join(with, "; ") + "."}
}

// uncarried names the accounts on which nothing is carried over any more, because a number that the team chose is all
// that they may hold.
func (h House) uncarried(l *quota.Limit) []string {
	r := h.rule(l.Name)
	if r.Limit == nil || r.Off || r.By.At.IsZero() {
		return nil
	}
	var full []string
	for _, g := range l.Grants {
		if g.Most > g.Max && g.Most <= r.Max {
			full = append(full, AccountName(g.Account))
		}
	}
	if len(full) == 0 {
		return nil
	}
	return []string{"Nothing is carried over then on " + And(full) + ": such an account holds no more."}
}

// concerns says for how many a change holds, and since when.
func (h House) concerns() string {
	n := len(h.Active())
	if n == 0 {
		return "It holds from now on, for whoever joins."
	}
	return fmt.Sprintf("It holds from now on for %s; closed weeks keep theirs.", people(n, "member", "members"))
}

func seenIn(names Names) string {
	return fmt.Sprintf("Each member sees it in `%s why`.", names.Budget)
}

// people counts: "1 member", "3 members".
func people(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + more
}
