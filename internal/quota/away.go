package quota

import (
	"context"
	"fmt"
	"time"
)

// Away records a leave, in place of the one before; the zero Away ends it. The error is ErrNotOnTeam for somebody
// who has not logged yet.
func (b *Book) Away(ctx context.Context, who Who, key string, at time.Time, a Away) (Member, error) {
	if a.From != 0 && a.Until < a.From || a.From == 0 && a.Until != 0 {
		return Member{}, fmt.Errorf("away: from %s until %s", a.From, a.Until)
	}
	return b.amend(ctx, who, key, at, func(m *Member) { m.Away = a })
}
