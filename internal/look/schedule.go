package look

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
)

// shownDays is how many days of a plan are told one by one; of a longer plan, weeks are.
const shownDays = 10

// Schedule lays out a plan of a kind day by day, or says what is possible instead. It records nothing, and says so.
func Schedule(s quota.Standing, kind quota.Kind, p quota.Schedule) Message {
	by := "by " + Date(p.By, s.Today)
	var first string
	switch all := Quantity(p.Wanted, kind); {
	case p.Possible == p.Wanted:
		first = fmt.Sprintf("%s %s:", all, by)
	case p.Ready != 0:
		first = fmt.Sprintf("%d of %s %s; all %d by %s", p.Possible, all, by, p.Wanted, Date(p.Ready, s.Today))
	case never(s, kind):
		first = fmt.Sprintf("%d of %s %s", p.Possible, all, by)
	default:
		first = fmt.Sprintf("%d of %s %s; all %d would take more than %d days", p.Possible, all, by, p.Wanted, quota.FarthestPlan)
	}
	days := dayList(s, p)
	text := first
	if p.Possible < p.Wanted {
		text += "."
		if len(days) > 0 {
			text += fmt.Sprintf(" The %d:", p.Possible)
		}
	}
	m := Message{Blocks: []slack.Block{section("*" + strings.TrimSuffix(first, ":") + "*")}}
	if len(days) > 0 {
		text += " " + strings.Join(days, ", ") + "."
		m.Blocks = append(m.Blocks, section("• "+strings.Join(days, "\n• ")))
	}
	notes := []string{inside(s, kind, p), "A plan records nothing."}
	if p.Possible < p.Wanted {
		notes = append([]string{obstacle(s, kind, p)}, notes...)
	}
	notes = slices.DeleteFunc(notes, func(n string) bool { return n == "" })
	m.Text = text + " " + strings.Join(notes, " ")
	m.Blocks = append(m.Blocks, small(strings.Join(notes, " ")))
	return m
}

// never reports whether not even one can be sent as far ahead as plans reach: then it is no question of days.
func never(s quota.Standing, kind quota.Kind) bool {
	return s.Lay(kind, 1, s.Today+quota.FarthestPlan).Possible == 0
}

// dayList names each day of a plan with its number, or each week of a long one: "Tue 15", "Wed 20 from 16:00",
// "Tue 1 Dec: 15".
func dayList(s quota.Standing, p quota.Schedule) []string {
	var out []string
	if len(p.Portions) <= shownDays {
		for _, x := range p.Portions {
			name := Date(x.Day, s.Today) + ":"
			if p.By-s.Today < 7 {
				name = x.Day.Weekday().String()[:3]
			}
			portion := fmt.Sprintf("%s %d", name, x.Quantity)
			if !x.From.IsZero() {
				portion += " from " + upMinute(x.From).In(s.Zone).Format("15:04")
			}
			out = append(out, portion)
		}
		return out
	}
	for i := 0; i < len(p.Portions); {
		week, sent, days, most := p.Portions[i].Day.Week(), 0, 0, 0
		first := p.Portions[i].Day
		for ; i < len(p.Portions) && p.Portions[i].Day.Week() == week; i++ {
			sent, days, most = sent+p.Portions[i].Quantity, days+1, max(most, p.Portions[i].Quantity)
		}
		switch {
		case days == 1:
			out = append(out, fmt.Sprintf("%s: %d", Date(first, s.Today), sent))
		case sent == most*days:
			out = append(out, fmt.Sprintf("week of %s: %d (%d a day)", Date(first, s.Today), sent, most))
		default:
			out = append(out, fmt.Sprintf("week of %s: %d (up to %d a day)", Date(first, s.Today), sent, most))
		}
	}
	return out
}

// inside says which limits a plan keeps to.
func inside(s quota.Standing, kind quota.Kind, p quota.Schedule) string {
	b := s.Budget(kind)
	_, bound := b.Binding()
	pace, paced := planPace(s, b)
	switch {
	case p.Possible == 0 && p.Reference == 0: // there is nothing that could keep them
		return ""
	case p.Reference > 0:
		return fmt.Sprintf("No fixed limit here, so this keeps to Paceline's %d a week.", p.Reference)
	case bound && paced && p.Possible == p.Wanted:
		return fmt.Sprintf("That keeps every limit and a pace of at most %d a day.", pace)
	case bound:
		return "That keeps every limit."
	}
	return "No limit on " + many(kind) + " is set here."
}
