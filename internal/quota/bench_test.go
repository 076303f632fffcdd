package quota_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/store"
)

// recent is a member's journal of two weeks: so many entries, evenly spread, the last one just now.
func recent(entries int, at time.Time) quota.Journal {
	var j []quota.Entry
	for i := range entries {
		j = append(j, sent(1, quota.Invite, at.Add(-2*week*time.Duration(entries-1-i)/time.Duration(entries)).Truncate(time.Microsecond), time.UTC))
	}
	return journal(j...)
}

// lived is the same with a third of it accepted a day later, and some taken back.
func lived(entries int, at time.Time) quota.Journal {
	j := recent(entries, at)
	for i := range entries {
		e := j[i]
		switch {
		case i%3 == 0 && e.At.Before(at.Add(-24*time.Hour)):
			j = append(j, became(quota.Accepted, e, e.Seq, 1, e.At.Add(24*time.Hour)))
		case i%20 == 7:
			e.Act, e.Undoes = quota.Undone, e.Op
			j = append(j, e)
		default:
			continue
		}
		j[len(j)-1].Seq, j[len(j)-1].Op = uint64(len(j)), uint64(len(j))
	}
	slices.SortStableFunc(j, func(a, b quota.Entry) int { return a.At.Compare(b.At) })
	return j
}

var benchAt = quota.Week(2969).Start().Add(60 * time.Hour)

// BenchmarkBudget measures every limit of a preset in force on invites.
func BenchmarkBudget(b *testing.B) {
	measure := func(name string, s quota.Standing) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = s.Budget(quota.Invite).Left
			}
		})
	}
	for _, p := range quota.Presets() {
		preset := p.Name
		if preset == quota.PacelinePreset {
			preset = ""
		}
		measure(p.Name+"/entries=60", under(preset, recent(60, benchAt), benchAt, time.UTC))
		measure(p.Name+"/lived=60", under(preset, lived(60, benchAt), benchAt, time.UTC))
	}
	for _, n := range []int{0, 10, 1000} {
		measure(fmt.Sprintf("paceline/entries=%d", n), paceline(recent(n, benchAt), benchAt, time.UTC))
	}
	full := paceline(lived(60, benchAt), benchAt, time.UTC)
	full.Member.Account.New, full.Member.Own = benchAt.Add(-week), quota.Number{Max: 120, At: long}
	full.Member.Restriction = quota.Restriction{From: long, Until: benchAt.Add(-week)}
	measure("paceline/everything", numbered(full, 80, quota.BudgetName, quota.PaceName))
}

// What is older than the windows costs nothing: the book never reads it.
func BenchmarkBudgetByAge(b *testing.B) {
	at := quota.Week(12000).Start().Add(60 * time.Hour)
	ctx := b.Context()
	who := quota.Who{Workspace: "T1", ID: "ana"}
	book := func(weeks int) *quota.Book {
		s, err := store.Open(ctx, "bolt:"+filepath.Join(b.TempDir(), fmt.Sprint(weeks)))
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = s.Close() })
		// Ten sends a week for so many weeks, all within one file of a few writes.
		var all []quota.Entry
		for i := range weeks * 10 {
			all = append(all, sent(7, quota.Invite, at.Add(-time.Duration(weeks*10-i)*(week/10)).Truncate(time.Microsecond), time.UTC))
		}
		for chunk := range slices.Chunk(all, 5000) {
			_, err := s.Do(ctx, quota.Write{Workspace: "T1", Key: chunk[0].At.String(), At: at, Decide: func(f quota.Facts) (quota.Change, error) {
				c := quota.Change{Entries: slices.Clone(chunk), Members: []quota.Member{{ID: "ana", Team: "1", Joined: at}}, Teams: []quota.Team{{ID: "1"}}}
				for i := range c.Entries {
					e := &c.Entries[i]
					e.Member, e.Seq, e.Op = "ana", f.Next+uint64(i), f.Next+uint64(i)
				}
				return c, nil
			}})
			if err != nil {
				b.Fatal(err)
			}
		}
		return quota.NewBook(s)
	}
	young, old := book(40), book(10_000) // 40 weeks are more than the half year that is read
	const rounds = 200
	age := func(book *quota.Book, kind quota.Kind) time.Duration {
		start := b.Elapsed()
		for range rounds {
			s, err := book.Standing(ctx, who, at, kind)
			if err != nil || kind == quota.Invite && s.Budget(kind).Week == 75 {
				b.Fatal(err)
			}
		}
		return b.Elapsed() - start
	}
	var youngs, olds []time.Duration
	for b.Loop() {
		youngs, olds = append(youngs, age(young, quota.Invite)), append(olds, age(old, quota.Invite))
	}
	middle := func(d []time.Duration) float64 { slices.Sort(d); return float64(d[len(d)/2]) }
	b.ReportMetric(middle(olds)/middle(youngs), "10000w/40w")
	b.ReportMetric(middle(olds)/rounds, "ns/standing")
}

func BenchmarkLog(b *testing.B) {
	at := benchAt
	book := quota.NewBook(&quickly{newMemory()})
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		at = at.Add(time.Hour)
		if _, err := book.Log(b.Context(), quota.Who{Workspace: "T1", ID: fmt.Sprint(n % 50)}, fmt.Sprint(n), at, quota.Log{Kind: quota.Invite, Quantity: 1}); err != nil {
			b.Fatal(err)
		}
		if n%1000 == 0 {
			book = quota.NewBook(&quickly{newMemory()})
		}
	}
}

// quickly forgets what it is told, so that only the book is measured.
type quickly struct{ *memory }

func (q *quickly) Do(_ context.Context, w quota.Write) (quota.Done, error) {
	c, err := w.Decide(quota.Facts{Next: 1, Teams: []quota.Team{{ID: "1"}}})
	return quota.Done{Answer: c.Answer}, err
}

func BenchmarkNextOpening(b *testing.B) {
	for _, n := range []int{100, 1000} {
		s := paceline(recent(n, benchAt), benchAt, time.UTC)
		budget := s.Budget(quota.Invite)
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.NextOpening(budget)
			}
		})
	}
}

func BenchmarkEasyPlan(b *testing.B) {
	at := quota.Week(2969).Start().Add(6 * time.Hour)
	s := paceline(recent(100, at), at, time.UTC)
	budget := s.Budget(quota.Invite)
	b.ReportAllocs()
	for b.Loop() {
		s.EasyPlan(budget)
	}
}

func BenchmarkLay(b *testing.B) {
	at := quota.Week(2969).Start().Add(6 * time.Hour)
	s := paceline(recent(100, at), at, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		s.Lay(quota.Invite, 300, s.Today+28)
	}
}
