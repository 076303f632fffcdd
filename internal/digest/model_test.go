package digest_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// Any order of saying, changing, taking back, ticking, dying and waiting keeps the promises.
func TestModel(t *testing.T) {
	for name, engine := range engines {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				if rapid.IntRange(1, engine.part).Draw(r, "part") > 1 {
					return // slow engines get fewer runs
				}
				percent := rapid.IntRange(0, 25)
				f := faults{
					lost: percent.Draw(r, "lost"), slow: percent.Draw(r, "slow"), failed: percent.Draw(r, "failed"),
					busy: percent.Draw(r, "busy"), blocks: percent.Draw(r, "blocks"), crash: percent.Draw(r, "crash"),
					mute: percent.Draw(r, "mute"), refuse: rapid.IntRange(0, 5).Draw(r, "refuse"), stall: rapid.IntRange(0, 10).Draw(r, "stall"),
				}
				w := newWorld(t, engine.open(t), rapid.Uint64().Draw(r, "seed"), f, 2)
				w.fatal = r.Fatalf
				m := &machine{w: w}
				r.Repeat(map[string]func(*rapid.T){
					"say": m.say, "change": m.change, "tick": m.tick, "tick both": m.tickBoth, "wait": m.wait,
					"": func(r *rapid.T) { m.never(r) },
				})
				w.run(w.at().Add(3 * 24 * time.Hour))
				m.never(r)
				for _, one := range m.names {
					m.end(r, one)
				}
			})
		})
	}
}

type machine struct {
	w     *world
	names []string
}

func (m *machine) say(r *rapid.T) {
	kind := rapid.SampledFrom([]string{"digest", "approval", "nudge"}).Draw(r, "kind")
	life := map[string]time.Duration{"digest": week, "nudge": 4 * time.Hour}[kind]
	name := fmt.Sprintf("%s/%d", kind, len(m.names))
	m.names = append(m.names, name)
	due := m.w.at().Add(time.Duration(rapid.IntRange(-60, 600).Draw(r, "due")) * time.Second)
	m.w.add("T1", name, rapid.SampledFrom([]string{"C1", "C2"}).Draw(r, "to"), due, life)
}

func (m *machine) change(r *rapid.T) {
	if len(m.names) == 0 {
		r.Skip("nothing to change")
	}
	name := rapid.SampledFrom(m.names).Draw(r, "name")
	words := rapid.SampledFrom([]string{"other words", "third words", ""}).Draw(r, "words")
	if m.w.intent("T1", name).State > quota.Posted || m.w.want["T1"+name] == "" {
		return // held and cancelled ones are a person's; what is moot stays moot
	}
	m.w.change("T1", name, words)
}

func (m *machine) tick(r *rapid.T) {
	p := rapid.SampledFrom(m.w.procs).Draw(r, "process")
	m.w.tick(p, m.w.at().Add(time.Duration(rapid.IntRange(-30, 30).Draw(r, "skew"))*time.Second))
}

func (m *machine) tickBoth(*rapid.T) {
	var all sync.WaitGroup
	for _, p := range m.w.procs {
		all.Go(func() { m.w.tick(p, m.w.at()) })
	}
	all.Wait()
}

func (m *machine) wait(r *rapid.T) {
	m.w.to(m.w.at().Add(time.Duration(rapid.IntRange(1, 1200).Draw(r, "seconds")) * time.Second))
}

// never checks what must hold at every moment.
func (m *machine) never(r *rapid.T) {
	for _, name := range m.names {
		stands := 0
		for _, l := range m.w.landed["T1"+name] {
			if !l.gone {
				stands++
			}
		}
		if stands > 1 {
			r.Fatalf("%s stands %d times: %+v", name, stands, m.w.intent("T1", name))
		}
	}
}

// end checks how an intent has ended.
func (m *machine) end(r *rapid.T, name string) {
	i, want := m.w.intent("T1", name), m.w.want["T1"+name]
	var stands *landing
	for _, l := range m.w.landed["T1"+name] {
		if !l.gone {
			stands = l
		}
	}
	said := i.State == quota.Posted
	switch {
	case !i.State.Final():
		r.Fatalf("%s has not ended: %+v", name, i)
	case said && (stands == nil || stands.place != i.At || stands.text != want):
		r.Fatalf("%s says %+v, want %q: %+v", name, stands, want, i)
	case i.State == quota.Cancelled && i.Reason == "undone" && stands != nil:
		r.Fatalf("%s was taken back and stands: %+v", name, i)
	case i.State == quota.Cancelled && i.Reason != "undone" && !strings.HasPrefix(name, "nudge/"):
		r.Fatalf("%s was cancelled: %+v", name, i)
	case i.State == quota.Held && i.Reason != "channel_not_found":
		r.Fatalf("%s is held: %+v", name, i)
	}
}
