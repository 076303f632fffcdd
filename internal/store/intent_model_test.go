package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sort"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// The intent machine once more, in the plainest words: it looks at every intent each time and tries every
// moment. Nothing of it is shared with the engines.
type plainOutbox struct {
	intents map[[2]string]quota.Intent // by workspace and name
	hushes  map[[2]string]time.Time    // by workspace and To
	tokens  map[uint64]bool            // that were ever seen
}

func (p *plainOutbox) due(at time.Time) (names [][2]string) {
	for name, i := range p.intents {
		if i.State <= quota.Looking && !i.Next.After(at) {
			names = append(names, name)
		}
	}
	sort.Slice(names, func(a, b int) bool {
		x, y := names[a], names[b]
		if s, t := p.intents[x].Next, p.intents[y].Next; !s.Equal(t) {
			return s.Before(t)
		}
		return x[0] < y[0] || x[0] == y[0] && x[1] < y[1]
	})
	return names
}

// may says whether an intent may be given away at a moment at which it is due.
func (p *plainOutbox) may(name [2]string, at time.Time) bool {
	i := p.intents[name]
	if p.hushes[[2]string{name[0], ""}].After(at) || p.hushes[[2]string{name[0], i.To}].After(at) {
		return false
	}
	mine := i.State == quota.Sending || i.State == quota.Looking
	for other, o := range p.intents {
		if other == name || other[0] != name[0] || o.To != i.To || o.State != quota.Sending && o.State != quota.Looking {
			continue
		}
		if !mine || o.Next.After(at) {
			return false
		}
	}
	return true
}

// claim says what is given away at a moment, and does so if there is a lease.
func (p *plainOutbox) claim(at, lease time.Time, most int) (given [][2]string) {
	for _, name := range p.due(at) {
		if len(given) < most && p.may(name, at) {
			given = append(given, name)
			i := p.intents[name]
			if i.State == quota.Pending {
				i.State = quota.Sending
			} else {
				i.State = quota.Looking
			}
			i.Next = lease
			p.intents[name] = i
		}
	}
	return given
}

// next tries every moment at which anything changes.
func (p *plainOutbox) next() (first time.Time, ok bool) {
	var moments []time.Time
	for _, i := range p.intents {
		moments = append(moments, i.Next)
	}
	for _, until := range p.hushes {
		moments = append(moments, until)
	}
	for _, at := range moments {
		for _, name := range p.due(at) {
			if p.may(name, at) && (!ok || at.Before(first)) {
				first, ok = at, true
			}
		}
	}
	return first, ok
}

func TestIntentMachine(t *testing.T) {
	dir := t.TempDir()
	files := 0
	log := slog.New(slog.DiscardHandler)
	for name, open := range map[string]func() (Engine, func(Engine) Engine){
		"memory": func() (Engine, func(Engine) Engine) { return openMemory(log), func(e Engine) Engine { return e } },
		"bolt": func() (Engine, func(Engine) Engine) {
			files++
			file := fmt.Sprintf("%s/%d.db", dir, files)
			fresh := func() Engine {
				e, err := openBolt(file, log)
				if err != nil {
					t.Fatal(err)
				}
				return e
			}
			return fresh(), func(e Engine) Engine {
				if err := e.Close(); err != nil {
					t.Fatal(err)
				}
				return fresh()
			}
		},
	} {
		t.Run(name, func(t *testing.T) { rapid.Check(t, func(t *rapid.T) { playIntents(t, open) }) })
	}
}

func playIntents(t *rapid.T, open func() (Engine, func(Engine) Engine)) {
	s, reopen := open()
	defer func() { s.Close() }()
	ctx := context.Background()
	p := &plainOutbox{intents: make(map[[2]string]quota.Intent), hushes: make(map[[2]string]time.Time), tokens: make(map[uint64]bool)}
	var claims []quota.Claimed // that were ever given, also lost ones
	writes := 0
	var (
		workspace = rapid.SampledFrom([]string{"T1", "T2"})
		label     = rapid.SampledFrom([]string{"a", "b", "c", "d", "e"})
		to        = rapid.SampledFrom([]string{"C1", "C1", "C2", ""})
		moment    = rapid.Custom(func(t *rapid.T) time.Time {
			return monday.Add(time.Duration(rapid.IntRange(0, 12).Draw(t, "s")) * time.Second)
		})
		words = rapid.SampledFrom([][]byte{nil, []byte("words"), []byte("other words")})
	)
	draw := func(t *rapid.T, i quota.Intent, states ...quota.State) quota.Intent {
		i.State = rapid.SampledFrom(states).Draw(t, "state")
		i.Next, i.Due, i.Content = moment.Draw(t, "next"), moment.Draw(t, "due"), words.Draw(t, "content")
		i.Tries, i.Looks = rapid.IntRange(0, 3).Draw(t, "tries"), rapid.IntRange(0, 3).Draw(t, "looks")
		if i.Settled = (time.Time{}); i.State.Final() {
			i.Settled = moment.Draw(t, "settled")
		}
		if i.At = (quota.Place{}); rapid.Bool().Draw(t, "stands") {
			i.At = quota.Place{Channel: "D1", TS: "1.2"}
		}
		return i
	}
	t.Repeat(map[string]func(*rapid.T){
		"write": func(t *rapid.T) {
			of := workspace.Draw(t, "workspace")
			var wanted []quota.Intent
			for range rapid.IntRange(1, 3).Draw(t, "intents") {
				i := quota.Intent{Name: label.Draw(t, "name"), To: to.Draw(t, "to")}
				i = draw(t, i, quota.Pending, quota.Pending, quota.Pending, quota.Uncertain, quota.Sending, quota.Looking, quota.Posted, quota.Held, quota.Cancelled)
				if rapid.Bool().Draw(t, "keep token") {
					i.Token = p.intents[[2]string{of, i.Name}].Token
				} else if rapid.IntRange(0, 9).Draw(t, "own token") == 0 {
					i.Token = rapid.Uint64Range(1, 50).Draw(t, "token")
				}
				wanted = append(wanted, i)
			}
			refuse := rapid.IntRange(0, 5).Draw(t, "refuse") == 0
			writes++
			_, err := s.Do(ctx, quota.Write{
				Workspace: of, Key: fmt.Sprint(writes), At: monday, Need: quota.Need{Open: true, Intents: []string{"a"}},
				Decide: func(f quota.Facts) (quota.Change, error) {
					compare(t, p, of, f, true)
					if refuse {
						return quota.Change{}, errors.New("no")
					}
					return quota.Change{Intents: wanted}, nil
				},
			})
			if (err != nil) != refuse {
				t.Fatal(err)
			}
			for _, i := range wanted {
				if !refuse {
					p.tokens[i.Token] = true
					p.intents[[2]string{of, i.Name}] = i
				}
			}
		},
		"claim": func(t *rapid.T) {
			at := moment.Draw(t, "at")
			lease := at.Add(time.Duration(rapid.IntRange(1, 5).Draw(t, "lease")) * time.Second)
			most := rapid.IntRange(0, 6).Draw(t, "most")
			taken, err := s.Claim(ctx, at, lease, most)
			if err != nil {
				t.Fatal(err)
			}
			var got [][2]string
			for _, c := range taken {
				got = append(got, [2]string{c.Workspace, c.Intent.Name})
			}
			want := p.claim(at, lease, most)
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("claimed %v, want %v", got, want)
			}
			for n, c := range taken {
				if c.Intent.Token == 0 || p.tokens[c.Intent.Token] {
					t.Fatalf("token %d is not fresh", c.Intent.Token)
				}
				p.tokens[c.Intent.Token] = true
				i := p.intents[want[n]]
				i.Token = c.Intent.Token
				p.intents[want[n]] = i
				if fmt.Sprint(i) != fmt.Sprint(c.Intent) {
					t.Fatalf("claimed %v, want %v", c.Intent, i)
				}
			}
			claims = append(claims, taken...)
		},
		"settle": func(t *rapid.T) {
			if len(claims) == 0 {
				t.Skip("nothing was claimed")
			}
			c := rapid.SampledFrom(claims).Draw(t, "claim")
			name := [2]string{c.Workspace, c.Intent.Name}
			i := draw(t, c.Intent, quota.Pending, quota.Uncertain, quota.Posted, quota.Posted, quota.Held, quota.Cancelled, quota.Looking)
			var hushes []quota.Hush
			for range rapid.IntRange(0, 2).Draw(t, "hushes") {
				hushes = append(hushes, quota.Hush{To: to.Draw(t, "hush"), Until: moment.Draw(t, "until")})
			}
			stored := p.intents[name]
			held := (stored.State == quota.Sending || stored.State == quota.Looking) && stored.Token == i.Token
			becomes := i
			if stands := i.At != (quota.Place{}); !held && i.State == quota.Posted && stands && stored.Token == 0 && (stored.At == quota.Place{}) {
				switch stored.State {
				case quota.Pending, quota.Sending, quota.Uncertain, quota.Looking, quota.Cancelled: // a write took the claim back
					held, becomes = true, stored
					becomes.State, becomes.Next, becomes.At = quota.Pending, i.Settled, i.At
					becomes.Settled, becomes.Reason, becomes.Content, becomes.Looks = time.Time{}, "", nil, 0
				}
			}
			switch err := s.Settle(ctx, c.Workspace, i, hushes...); {
			case held && err != nil, !held && err != quota.ErrLost:
				t.Fatalf("settled with %v; the claim holds: %v", err, held)
			case held:
				p.intents[name] = becomes
				for _, h := range hushes {
					if key := [2]string{c.Workspace, h.To}; h.Until.After(p.hushes[key]) {
						p.hushes[key] = h.Until
					}
				}
			}
		},
		"sweep": func(t *rapid.T) {
			at := moment.Draw(t, "at").Add(quota.IntentLife)
			if err := s.Sweep(ctx, at); err != nil {
				t.Fatal(err)
			}
			for name, i := range p.intents {
				if (i.State == quota.Posted || i.State == quota.Cancelled) && at.Sub(i.Settled) > quota.IntentLife {
					i.Content = nil
					p.intents[name] = i
				}
			}
		},
		"open again": func(*rapid.T) { s = reopen(s) },
		"": func(t *rapid.T) {
			at, ok, err := s.NextDue(ctx)
			if want, wanted := p.next(); err != nil || ok != wanted || !at.Equal(want) {
				t.Fatalf("next due %v, %v, %v; want %v, %v", at, ok, err, want, wanted)
			}
			for _, of := range []string{"T1", "T2"} {
				f, err := s.Read(ctx, of, quota.Need{Open: true, Intents: []string{"a", "b", "c", "d", "e", "f"}})
				if err != nil {
					t.Fatal(err)
				}
				compare(t, p, of, f, false)
			}
			tally, err := s.Verify(ctx)
			if err != nil || tally.Intents != len(p.intents) {
				t.Fatalf("%+v, %v; want %d intents", tally, err, len(p.intents))
			}
		},
	})
}

// compare holds what was read against the plain outbox: all, or the open ones and "a".
func compare(t *rapid.T, p *plainOutbox, workspace string, f quota.Facts, open bool) {
	want := make(map[string]quota.Intent)
	for name, i := range p.intents {
		if name[0] == workspace && (!open || name[1] == "a" || i.State != quota.Posted && i.State != quota.Cancelled) {
			want[name[1]] = i
		}
	}
	if fmt.Sprint(f.Intents) != fmt.Sprint(want) {
		t.Fatalf("%s has %v, want %v", workspace, f.Intents, want)
	}
}
