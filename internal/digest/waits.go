package digest

import (
	"context"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// held has the managers told about a digest that waits for a person.
func (s Speech) held(ctx context.Context, at time.Time, held quota.Claimed) error {
	return s.Book.Waits(ctx, held.Workspace, held.Intent.Team, at)
}

// waits tells a manager that a digest waits for a person, and why.
func (s Speech) waits(ctx context.Context, _ time.Time, due quota.Claimed) (Message, error) {
	if _, err := s.managed(ctx, due); err != nil {
		return Message{}, err
	}
	i, err := s.Book.Intent(ctx, due.Workspace, due.Intent.Waiting())
	if err != nil {
		return Message{}, err
	}
	if i.State != quota.Held {
		return Message{}, Moot{Reason: quota.WaitsNoMore}
	}
	return plainly(look.Waits(i, s.Names, heldPosted(due.Intent), heldPost(due.Intent))), nil
}
