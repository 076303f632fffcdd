package quota

import (
	"slices"
	"time"
)

// Rules are what one member lives by: the preset of the team, the numbers it chose, the member's own.
type Rules struct {
	Terms  Terms
	Member Member
}

// Preset returns the preset in force. One that this version does not know counts as Paceline's own.
func (r Rules) Preset() *Preset { return r.Terms.preset() }

func (t *Terms) preset() *Preset {
	if p, ok := FindPreset(t.Preset); ok {
		return p
	}
	return presets[0]
}

// number returns how many a limit allows at a moment, and who chose that if somebody did. ok is false when it
// is not in force. What was carried over is not in it.
func (r *Rules) number(l *Limit, at time.Time) (n int, by Number, ok bool) {
	if !r.stage(l.Stage, at) {
		return 0, Number{}, false
	}
	n, by, ok = r.chosen(l, at)
	if own := &r.Member.Own; own.holds(at) {
		switch {
		case l.Name == BudgetName:
			return own.Max, *own, true
		case ok && l.Force == Loud && l.Kind == Invite && own.Max > n:
			return own.Max, *own, true
		}
	}
	return n, by, ok
}

// chosen is number without the member's own limit and stage.
func (r *Rules) chosen(l *Limit, at time.Time) (n int, by Number, ok bool) {
	if by, ok := r.Terms.number(l.Name, at); ok {
		return by.Max, *by, by.Max != Off
	}
	if l.Optional {
		return 0, Number{}, false
	}
	n, ok = r.stated(l, at)
	return n, Number{}, ok
}

// stated is the number a limit comes with.
func (r *Rules) stated(l *Limit, at time.Time) (n int, ok bool) {
	switch {
	case l.Grants != nil:
		g, ok := l.grant(r.Member.Account.Type)
		return g.Max, ok
	case l.Steps != nil:
		i := int(WeekOf(at) - WeekOf(r.Member.Account.New))
		if r.Member.Account.New.IsZero() || i < 0 || i >= len(l.Steps) {
			return 0, false
		}
		return l.Steps[i], true
	case l.Part.Of != "":
		return max(0, r.whole(l.Part.Of, at)*l.Part.Num/l.Part.Den-l.Part.Less), true
	}
	return l.Max, true
}

// whole is the number of which a limit is a part.
func (r *Rules) whole(name string, at time.Time) int {
	l, ok := r.Terms.preset().Find(name)
	switch {
	case name == BudgetName || !ok:
		return r.Weekly(at)
	default:
		if n, _, ok := r.chosen(l, at); ok {
			return n
		}
		n, _ := r.stated(l, at)
		return n
	}
}

// Weekly is the number of invites a week by which pace and plans are judged: the budget, else the lowest
// limit on the week, else DefaultBudget.
func (r Rules) Weekly(at time.Time) int {
	p := r.Preset()
	if l, ok := p.Find(BudgetName); ok {
		if n, _, ok := r.number(l, at); ok {
			return n
		}
	}
	lowest, found := DefaultBudget, false
	for i := range p.Limits {
		l := &p.Limits[i]
		if l.Kind != Invite || l.Window.Kind != CalendarWeek || l.Force == Soft || l.Stage != Always {
			continue
		}
		if n, _, ok := r.number(l, at); ok && (!found || n < lowest) {
			lowest, found = n, true
		}
	}
	return lowest
}

// stage reports whether the member is in a stage.
func (r *Rules) stage(s Stage, at time.Time) bool {
	switch s {
	case WhileNew:
		return !r.Member.Account.New.IsZero()
	case WhileRestricted:
		return r.Member.Restriction.holds(at)
	case AfterRestriction:
		x := r.Member.Restriction
		return !x.From.IsZero() && !at.Before(x.Until) && at.Before(x.Until.Add(Recovery))
	}
	return true
}

func (x Restriction) holds(at time.Time) bool {
	return !x.From.IsZero() && !at.Before(x.From) && at.Before(x.Until)
}

// turns returns the moments after at at which a number changes by itself, in order.
func (r *Rules) turns(at time.Time) []time.Time {
	var out []time.Time
	add := func(t time.Time) {
		if t.After(at) {
			out = append(out, t)
		}
	}
	if x := r.Member.Restriction; !x.From.IsZero() {
		add(x.From)
		add(x.Until)
		add(x.Until.Add(Recovery))
	}
	for _, s := range r.Steps() {
		add(WeekOf(s.At).Start())
	}
	for _, n := range append(r.Terms.Numbers[:len(r.Terms.Numbers):len(r.Terms.Numbers)], r.Member.Own) {
		add(n.At)
		add(n.Until)
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// A Step is one number of a ramp.
type Step struct {
	At  time.Time // a Monday 00:00 UTC, but for the first
	Max int       // 0 at the end, when the ramp is over
}

// Steps returns the ramp of a new account, with its end as the last; nil for an account that is not new, or
// under a preset without a ramp.
func (r Rules) Steps() []Step {
	l, ok := r.Preset().Find(RampName)
	if !ok || r.Member.Account.New.IsZero() {
		return nil
	}
	first := WeekOf(r.Member.Account.New)
	out := make([]Step, 0, len(l.Steps)+1)
	for i, n := range l.Steps {
		out = append(out, Step{At: (first + Week(i)).Start(), Max: n})
	}
	out[0].At = r.Member.Account.New
	return append(out, Step{At: (first + Week(len(l.Steps))).Start()})
}
