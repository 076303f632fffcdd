package store

import (
	"fmt"

	"github.com/paceline/paceline/internal/quota"
)

// unavailable says why nothing was changed.
func unavailable(format string, args ...any) error { return kind(quota.ErrUnavailable, format, args) }

// ambiguous says why nobody knows whether something was changed.
func ambiguous(format string, args ...any) error { return kind(quota.ErrAmbiguous, format, args) }

// corrupt says what is damaged.
func corrupt(format string, args ...any) error { return kind(quota.ErrCorrupt, format, args) }

// sentence is an error for the operator who starts the bot.
func sentence(format string, args ...any) error { return fmt.Errorf("store: "+format, args...) }

func kind(kind error, format string, args []any) error {
	return fmt.Errorf("store: %w: "+format, append([]any{kind}, args...)...)
}
