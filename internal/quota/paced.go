package quota

import (
	"context"
	"errors"
	"slices"
	"time"
)

// ErrUndone says that what caused a message is undone, or no longer crosses a line.
var ErrUndone = errors.New("the cause is undone")

// Paced returns how a member stands and which line of pace an operation crossed, the gravest, with today's
// figures. The error is ErrUndone when it crosses none, with what was undone since left out.
func (b *Book) Paced(ctx context.Context, who Who, at time.Time, op uint64) (Standing, Verdict, error) {
	s, err := b.Standing(ctx, who, at, Invite)
	if err != nil {
		return Standing{}, Verdict{}, err
	}
	v, crossed := s.crossed(op)
	if !crossed {
		return Standing{}, Verdict{}, ErrUndone
	}
	if v.Line == Projection {
		now, _ := s.projected(s.paced())
		v.Sent = max(v.Sent, now.Sent)
	}
	if g, ok := s.gaugeOf(v); ok {
		v.Sent = max(v.Sent, g)
	}
	return s, v, nil
}

// crossed returns the gravest line of pace that an operation crossed, with what was undone since left out.
func (s Standing) crossed(op uint64) (Verdict, bool) {
	undone := s.Journal.undone()
	if op == 0 || undone[op] {
		return Verdict{}, false
	}
	then := s
	then.Journal = slices.DeleteFunc(slices.Clone(s.Journal), func(e Entry) bool {
		return e.Act == Undone || undone[e.Op] || e.Op > op
	})
	for _, o := range then.Journal.Operations() {
		if o.Op != op {
			continue
		}
		then.At, then.Today = o.Recorded, DayOf(o.Recorded, s.Zone)
		for _, v := range then.Verdicts(o) {
			if v.Line != Brisk {
				return v, true
			}
		}
	}
	return Verdict{}, false
}

// gaugeOf measures the limit of a verdict now.
func (s Standing) gaugeOf(v Verdict) (int, bool) {
	if v.Limit == nil || v.Line == Projection {
		return 0, false
	}
	g, ok := s.gauge(v.Limit, s.At)
	return g.Used, ok
}
