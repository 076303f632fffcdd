package look

import (
	"fmt"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// AccountOf says what is known of a member's LinkedIn account, and how the warm-up of a new one goes on; nil
// when nothing is known.
func AccountOf(r quota.Rules, at time.Time) []string {
	a := r.Member.Account
	if a.String() == "" {
		return nil
	}
	today := quota.DayOf(at, time.UTC)
	out := []string{"Account: " + described(a, today) + "."}
	if a.Type == quota.SalesNavigator && a.Billing > 1 {
		out = append(out, "Sales Navigator's InMail credits come on the 1st all the same.")
	}
	if a.New.IsZero() {
		return out
	}
	steps := r.Steps()
	if len(steps) == 0 {
		return append(out, fmt.Sprintf("The preset in force (%s) has no warm-up.", r.Preset().Title))
	}
	return append(out, warmUp(steps, at, today))
}

// described says what is known of an account: "Premium Career, billed on the 31st, new since Mon 7 Dec".
func described(a quota.Account, today quota.Day) string {
	out := AccountName(a.Type)
	if a.Billing != 0 {
		out += ", billed on the " + ordinal(int(a.Billing))
	}
	if !a.New.IsZero() {
		out += ", new since " + Date(quota.DayOf(a.New, time.UTC), today)
	}
	return out
}

// accountSaid is described for what stands in a deed.
func accountSaid(value string, today quota.Day) string {
	return described(quota.ParseAccount(value), today)
}

// warmUp tells the steps of a new account from now on; weeks begin on Monday 00:00 UTC.
func warmUp(steps []quota.Step, at time.Time, today quota.Day) string {
	var next []string
	now := 0
	for _, s := range steps {
		on := Date(quota.DayOf(s.At, time.UTC), today)
		switch {
		case !s.At.After(at):
			now = s.Max
		case s.Max == 0:
			next = append(next, "over on "+on)
		default:
			next = append(next, fmt.Sprintf("%d from %s", s.Max, on))
		}
	}
	if len(next) == 0 {
		return "Its warm-up is over since " + Date(quota.DayOf(steps[len(steps)-1].At, time.UTC), today) + "."
	}
	return fmt.Sprintf("Warm-up: %d a week now, %s (Mondays, 00:00 UTC).", now, strings.Join(next, ", "))
}

// AccountChanged answers a change of a member's account by a manager.
func AccountChanged(h House, g quota.Governed, names Names, buttons ...Button) Message {
	who := h.Called(g.Deed.Member)
	lines := AccountOf(quota.Rules{Terms: h.Team.Terms, Member: g.Member}, h.At)
	if lines == nil {
		lines = []string{"Account: not said."}
	}
	lines[0] = who + "'s " + strings.ToLower(lines[0][:1]) + lines[0][1:]
	lines = append(lines, "Before: "+accountSaid(g.Deed.Was, quota.DayOf(h.At, h.Zone))+".", "Reason: "+quoted(g.Deed.Reason)+".", fmt.Sprintf("%s sees it in `%s why`.", who, names.Budget))
	return h.sentences(lines, buttons)
}
