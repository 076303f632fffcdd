package quota

import "time"

// What tests from outside may look at.

func (r Rules) Turns(at time.Time) []time.Time                        { return r.turns(at) }
func (r Rules) Number(l *Limit, at time.Time) (int, Number, bool)     { return r.number(l, at) }
func (r Rules) Reach(l *Limit, at time.Time) time.Time                { return r.reach(l, at) }
func (s Standing) Complete(kind Kind) bool                            { return s.complete(kind) }
func (s Standing) LeftAt(kind Kind, at time.Time) (left int, ok bool) { return s.leftAt(kind, at) }
func Near(at time.Time) time.Time                                     { return near(at) }
func Far(kind Kind, at time.Time) time.Time                           { return far(kind, at) }
func RulesAt(deeds []Deed, team string, m Member, at time.Time) Rules {
	return rulesAt(deeds, team, m, at)
}

// Install puts a made-up preset in the place of the last one until undo is called.
func Install(p *Preset) (undo func()) {
	last := len(presets) - 1
	was := presets[last]
	presets[last] = p
	return func() { presets[last] = was }
}

func (s Standing) Awake(t time.Time) time.Time { return s.awake(t) }
