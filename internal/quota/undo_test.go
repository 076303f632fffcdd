package quota_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

func TestUndo(t *testing.T) {
	d := newDesk(t)
	const at = "2026-11-24T09:05:00Z"
	if _, err := d.book.Undo(t.Context(), d.who, d.key(), moment(t, at), 0); !errors.Is(err, quota.ErrNothingToUndo) {
		t.Errorf("undo of nothing: %v", err)
	}
	first := d.log(at, quota.Log{Quantity: 5})
	second := d.log(at, quota.Log{Quantity: 3, Persons: []string{"jane", "joe"}})
	if u := d.undo("2026-11-24T10:00:00Z", 0); u.Operation.Op != second.Operation.Op || !slices.Equal(u.Operation.Persons, []string{"jane", "joe"}) || u.Operation.Quantity != 3 {
		t.Errorf("undid %+v", u.Operation)
	} else {
		gauges(t, u.Standing.Budget(quota.Invite), 70, 70, 5, 5, 5, 5)
	}
	var already quota.AlreadyUndone
	if _, err := d.book.Undo(t.Context(), d.who, d.key(), moment(t, at), second.Operation.Op); !errors.As(err, &already) || already.Operation.Op != second.Operation.Op {
		t.Errorf("undo of what is undone: %v", err)
	}
	if _, err := d.as("ben").book.Undo(t.Context(), d.who, d.key(), moment(t, at), first.Operation.Op); !errors.Is(err, quota.ErrNothingToUndo) {
		t.Errorf("undo of somebody else's: %v", err)
	}
	d.as("ana")
	if u := d.undo("2026-12-29T09:05:00Z", 0); u.Operation.Op != first.Operation.Op { // 35 days later
		t.Errorf("undid %+v", u.Operation)
	}
	third := d.log(at, quota.Log{Quantity: 1})
	for _, op := range []uint64{0, third.Operation.Op} {
		if _, err := d.book.Undo(t.Context(), d.who, d.key(), moment(t, "2026-12-29T09:05:00.000001Z"), op); !errors.Is(err, quota.ErrNothingToUndo) {
			t.Errorf("undo of what is older than 35 days: %v", err)
		}
	}
	gauges(t, d.budget(at), 74, 74, 1, 1, 1, 1)
}
