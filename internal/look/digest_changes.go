package look

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paceline/paceline/internal/quota"
)

// mostChanges is how many changes a digest tells before it only counts them.
const mostChanges = 10

// changes tells what changed in the rules: of the team, and by name where a digest tells budgets by name. Why is
// not for the channel.
func changes(r quota.Review, deeds []quota.Deed, shows quota.Shown) []string {
	deeds = slices.DeleteFunc(slices.Clone(deeds), func(d quota.Deed) bool {
		return d.Team != r.Team.ID || !d.At.Before(r.At) // what came later is for the next digest
	})
	out := teamChanges(deeds)
	if shows == quota.ShowAll {
		for _, m := range r.Members {
			if line := memberChange(r, m, deeds); line != "" {
				out = append(out, line)
			}
		}
	}
	if more := len(out) - mostChanges; more > 0 {
		out = append(out[:mostChanges], fmt.Sprintf("And %d more.", more))
	}
	return out
}

// teamChanges tells what changed for the whole team, each limit once, from what it was to what it is.
func teamChanges(deeds []quota.Deed) []string {
	var before, preset string
	first := map[string]quota.Deed{}
	var last []quota.Deed
	for _, d := range deeds {
		if d.Member != "" {
			continue
		}
		if d.What == quota.PresetChosen { // what was chosen under the one before waits there
			if preset == "" {
				before = d.Was
			}
			preset, first, last = d.Is, map[string]quota.Deed{}, nil
		} else if _, ok := first[d.Limit]; !ok {
			first[d.Limit] = d
		}
		last = slices.DeleteFunc(last, func(o quota.Deed) bool { return o.Limit == d.Limit })
		last = append(last, d)
	}
	var out []string
	for _, d := range last {
		was := first[d.Limit].Was
		switch {
		case d.What == quota.PresetChosen && d.Is == before:
		case d.What == quota.PresetChosen:
			p := presetOf(d.Is)
			out = append(out, fmt.Sprintf("The team's preset is %s now (%s).", p.Title, p.About))
		case was != d.Is:
			out = append(out, goes(preset, d.Limit)+" from "+valued(was)+" to "+valued(d.Is)+".")
		}
	}
	return out
}

// goes names a limit at the beginning of a sentence about its number.
func goes(preset, limit string) string {
	title := titled(preset, limit)
	for _, p := range append([]*quota.Preset{presetOf(preset)}, quota.Presets()...) {
		if l, ok := p.Find(limit); ok && severalOf(l) {
			return Upper(title) + " go"
		}
	}
	return "The " + title + " goes"
}

// titled is what a limit is called in a sentence, by a preset or, if it does not have it, by any.
func titled(preset, limit string) string {
	for _, p := range append([]*quota.Preset{presetOf(preset)}, quota.Presets()...) {
		if l, ok := p.Find(limit); ok && l.Title != "" {
			return l.Title
		}
	}
	return limit
}

// memberChange tells how a member's number of the week changed: by a step of a new account, or by a manager; ""
// when it did not.
func memberChange(r quota.Review, m quota.Reviewed, deeds []quota.Deed) string {
	who := called(m.Member)
	for i, step := range m.Steps() {
		if i > 0 && step.At.Equal((r.Week + 1).Start()) && m.Was < m.Now {
			return fmt.Sprintf("%s steps up from %d to %d.", who, m.Was, m.Now)
		}
	}
	var own []quota.Deed
	for _, d := range deeds {
		if d.Member == m.Member.ID && (d.What == quota.OwnChosen || d.What == quota.OwnCleared) {
			own = append(own, d)
		}
	}
	if len(own) == 0 {
		return ""
	}
	was, is := own[0].Was, own[len(own)-1].Is
	if until := own[len(own)-1].Until; !until.IsZero() && !until.After(r.At) { // it has ended by itself
		is = ""
	}
	switch {
	case was == is:
		return ""
	case is == "":
		return fmt.Sprintf("%s has the team's budget again, %s before.", who, was)
	case was == "":
		return fmt.Sprintf("%s has a budget of %s of their own now.", who, is)
	}
	return strings.Join([]string{who, "goes from", was, "to", is}, " ") + "."
}
