package quota

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrNoSuchIntent says that there never was a message of that name.
var ErrNoSuchIntent = errors.New("no such message")

// ErrNoChannel says that a team has no channel.
var ErrNoChannel = errors.New("the team has no channel")

// An Unmoved is a message that cannot be brought where somebody wants it: it is further already.
type Unmoved struct{ Intent Intent }

func (e Unmoved) Error() string {
	return fmt.Sprintf("message %s is in state %d", e.Intent.Name, e.Intent.State)
}

// Intent returns the message of a name. The error is ErrNoSuchIntent.
func (b *Book) Intent(ctx context.Context, workspace, name string) (Intent, error) {
	f, err := b.store.Read(ctx, workspace, Need{Intents: []string{name}})
	i, ok := f.Intents[name]
	if err == nil && !ok {
		err = ErrNoSuchIntent
	}
	if err != nil {
		return Intent{}, fmt.Errorf("message: %w", err)
	}
	return i, nil
}

// DigestName names the digest of a team that opens a week.
func DigestName(team string, w Week) string { return digestName(team, w) }

// Release ends the wait of a message that is Held: Posted says that a person saw it where it belongs, Pending that it
// is to be said now, a digest in the channel that the team has now. What was never sent, or goes elsewhere now, is put
// into words anew: who reads along may have changed. Errors are ErrNoSuchIntent, and Unmoved for one that is not Held or
// is of no use any more. A repeated key changes nothing and returns the message as it is.
func (b *Book) Release(ctx context.Context, who Who, key string, at time.Time, name string, to State) (Intent, error) {
	if to != Posted && to != Pending {
		return Intent{}, fmt.Errorf("message: held to state %d", to)
	}
	f, err := b.store.Read(ctx, who.Workspace, Need{Intents: []string{name}})
	if err != nil {
		return Intent{}, fmt.Errorf("message: %w", err)
	}
	var told []string
	for _, t := range f.Teams {
		if i := f.Intents[name]; i.Kind() == DigestKind && t.ID == i.Team {
			told = waitsNames(t, name)
		}
	}
	return b.move(ctx, who, key, at, name, told, func(f Facts, i Intent, at time.Time) (Intent, error) {
		expired := !i.Expires.IsZero() && !i.Expires.After(at)
		switch {
		case i.Name == "":
			return i, ErrNoSuchIntent
		case i.State != Held || to == Pending && i.At == (Place{}) && expired:
			return i, Unmoved{Intent: i}
		}
		i.State, i.Reason, i.Token, i.Looks = to, "", 0, 0
		if to == Posted {
			i.Settled = at
			return i, nil
		}
		i.Next, i.Settled = at, time.Time{}
		was := i.To
		if t := slices.IndexFunc(f.Teams, func(t Team) bool { return t.ID == i.Team }); t >= 0 && i.Kind() == DigestKind && f.Teams[t].Channel != "" {
			i.To = f.Teams[t].Channel
		}
		if i.At == (Place{}) && i.Tries == 0 || i.To != was {
			i.Content = nil
		}
		return i, nil
	})
}

// PostDigest has a team's digest of this week said now, as of now, also where none was owed. One that is on its way
// already stays as it is. Errors are ErrNoSuchTeam, ErrNoChannel, and Unmoved when it stands in the channel, may
// stand there, or came to an end without. A repeated key changes nothing and returns the digest as it is.
func (b *Book) PostDigest(ctx context.Context, who Who, key string, at time.Time, team string) (Intent, error) {
	week := WeekOf(at)
	return b.move(ctx, who, key, at, digestName(team, week), nil, func(f Facts, was Intent, at time.Time) (Intent, error) {
		t := slices.IndexFunc(f.Teams, func(t Team) bool { return t.ID == team })
		switch {
		case t < 0:
			return was, ErrNoSuchTeam
		case was.Name != "" && (was.State != Pending || was.At != Place{}):
			return was, Unmoved{Intent: was}
		case was.Name != "" && (!was.waits() || !was.Due.After(at)):
			return was, nil
		case f.Teams[t].Channel == "":
			return was, ErrNoChannel
		}
		i := b.digest(f.Teams[t], week)
		i.Due, i.Next = at, at
		return i, nil
	})
}

// move makes one change of one message, and has what was told of it under other names looked at again.
func (b *Book) move(ctx context.Context, who Who, key string, at time.Time, name string, told []string, change func(f Facts, was Intent, at time.Time) (Intent, error)) (Intent, error) {
	at = at.UTC().Truncate(time.Microsecond)
	var out Intent
	done, err := b.store.Do(ctx, Write{Workspace: who.Workspace, Key: key, At: at, Need: Need{Intents: append([]string{name}, told...)}, Decide: func(f Facts) (Change, error) {
		var err error
		if out, err = change(f, f.Intents[name], at); err != nil {
			return Change{}, err
		}
		return Change{Intents: append([]Intent{out}, released(out, told, f.Intents, at)...)}, nil
	}})
	if err == nil && done.Repeat {
		return b.Intent(ctx, who.Workspace, name)
	}
	if err != nil {
		return Intent{}, fmt.Errorf("message: %w", err)
	}
	return out, nil
}
