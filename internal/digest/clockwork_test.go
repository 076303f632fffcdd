package digest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/digest"
	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/slackapp"
)

var (
	_ digest.Queue = quota.Store(nil)
	_ digest.Wire  = (*slackapp.App)(nil)
)

type sweeps []time.Time

func (s *sweeps) Sweep(_ context.Context, at time.Time) error {
	*s = append(*s, at)
	return nil
}

type broken struct{ err error }

func (b broken) Sweep(context.Context, time.Time) error { return b.err }

func TestTick(t *testing.T) {
	zone := time.FixedZone("", 14*3600)
	for _, c := range []struct{ at, next time.Time }{
		{time.Date(2026, 11, 22, 23, 59, 59, 0, time.UTC), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)},
		{time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)},
		{time.Date(2026, 11, 24, 1, 0, 0, 0, zone), time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)},
	} {
		var s sweeps
		next, err := digest.Clockwork{Keys: &s}.Tick(t.Context(), c.at)
		if err != nil || !next.Equal(c.next) {
			t.Errorf("Tick(%s) = %s, %v; want %s", c.at, next, err, c.next)
		}
		if len(s) != 1 || !s[0].Equal(c.at) {
			t.Errorf("Tick(%s) swept at %v", c.at, s)
		}
	}
}

func TestTickTellsItsError(t *testing.T) {
	want := errors.New("disk full")
	if _, err := (digest.Clockwork{Keys: broken{want}}).Tick(t.Context(), time.Now()); !errors.Is(err, want) {
		t.Errorf("Tick = %v, want %v", err, want)
	}
}
