package look

import (
	"fmt"
	"strings"

	"github.com/paceline/paceline/internal/quota"
)

// A Record is what a page about limits tells besides how somebody stands: who changed which rule, and what people and
// commands are called.
type Record struct {
	Deeds  []quota.Deed      // every change of the rules, in order; other teams' are left out
	People map[string]string // names by id; who is not in it is mentioned, and read aloud as a manager
	Names  Names
}

// who names a person.
func (r Record) who(s quota.Standing, id string) note {
	switch n := shortName(r.People[id], ""); {
	case n != "":
		return plainly(n)
	case id == "":
		return plainly("a manager")
	case id == s.Member.ID:
		return note{name(s.Member), "<@" + id + ">"}
	}
	return note{"a manager", "<@" + id + ">"}
}

// preset says which guide the team follows, and who chose it if somebody did.
func (r Record) preset(s quota.Standing) note {
	p := s.Preset()
	out := plainly(fmt.Sprintf("Your team follows %s: %s.", p.Title, strings.TrimSuffix(p.About, ".")))
	if p.Outdated != "" {
		out = out.then(" Outdated: " + p.Outdated)
	}
	for i := len(r.Deeds) - 1; i >= 0; i-- {
		d := r.Deeds[i]
		if d.What == quota.PresetChosen && d.Team == s.Team.ID {
			if presetOf(d.Is) != p { // the deeds are older than the rules
				return out
			}
			return out.then(" Chosen by ").and(r.who(s, d.By)).then(onFor(s, d.At, d.Reason) + ".")
		}
	}
	return out
}
