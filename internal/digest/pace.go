package digest

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// paced returns how a member stands and the line that the cause of an intent crossed.
func (s Speech) paced(ctx context.Context, at time.Time, due quota.Claimed) (quota.Standing, quota.Verdict, error) {
	st, v, err := s.Book.Paced(ctx, who(due), at, due.Intent.Op)
	if errors.Is(err, quota.ErrUndone) {
		err = Moot{Reason: quota.TakenBack}
	}
	return st, v, err
}

// nudge tells a member about their own pace.
func (s Speech) nudge(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	st, v, err := s.paced(ctx, at, due)
	if err != nil {
		return Message{}, err
	}
	names, err := s.managers(ctx, due.Workspace, st.Team)
	if err != nil {
		return Message{}, err
	}
	i := due.Intent
	row := []look.Button{undo(i)}
	if !st.Member.Quiet.Until.After(at) {
		row = append(row, quietToday(i), quietWeek(i))
	}
	row = append(row, settings(i))
	if v.Line == quota.BurstLine || v.Line == quota.DayLine {
		row = append([]look.Button{spread(i)}, row...)
	}
	return plainly(look.Nudge(st, v, names, row...)), nil
}

// ceiling tells a member that a ceiling is passed.
func (s Speech) ceiling(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	st, v, err := s.paced(ctx, at, due)
	if err != nil {
		return Message{}, err
	}
	names, err := s.managers(ctx, due.Workspace, st.Team)
	if err != nil {
		return Message{}, err
	}
	told, err := s.Book.ManagersTold(ctx, who(due), at)
	if err != nil {
		return Message{}, err
	}
	return plainly(look.Ceiling(st, v, names, told, report(due.Intent), undo(due.Intent))), nil
}

// managed returns the roster. It is moot unless somebody an intent is for manages its team now. Whoever became a manager
// after it was written is not told.
func (s Speech) managed(ctx context.Context, due quota.Claimed) (map[string]quota.Member, error) {
	teams, members, err := s.Book.Roster(ctx, due.Workspace)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(teams, func(t quota.Team) bool { return t.ID == due.Intent.Team && t.Manages(due.Intent.To) }) {
		return nil, Moot{Reason: "whom it is for manages that team no more"}
	}
	return members, nil
}

// told tells a manager what ceiling told the member, who read that it would. Whoever has taken that manager's place
// meanwhile is told instead.
func (s Speech) told(ctx context.Context, at time.Time, due quota.Claimed) (Message, error) {
	if _, err := s.managed(ctx, due); err != nil {
		if _, moot := errors.AsType[Moot](err); moot && due.Intent.At == (quota.Place{}) {
			if err := s.Book.PassOn(ctx, due.Workspace, at, due.Intent); err != nil {
				return Message{}, err
			}
		}
		return Message{}, err
	}
	st, v, err := s.paced(ctx, at, due)
	if err != nil {
		return Message{}, err
	}
	if v.Line != quota.CeilingLine {
		return Message{}, Moot{Reason: quota.TakenBack}
	}
	return plainly(look.CeilingTold(st, v)), nil
}
