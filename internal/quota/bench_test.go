package quota_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// recent is a member's journal of two weeks: so many entries, evenly spread, the last one just now.
func recent(entries int, at time.Time) quota.Journal {
	var j []quota.Entry
	for i := range entries {
		j = append(j, sent(1, quota.Invite, at.Add(-2*week*time.Duration(entries-1-i)/time.Duration(entries)).Truncate(time.Microsecond), time.UTC))
	}
	return journal(j...)
}

func BenchmarkMeasure(b *testing.B) {
	at := quota.Week(2969).Start().Add(60 * time.Hour)
	p, today := quota.Paceline(), quota.DayOf(at, time.UTC)
	for _, n := range []int{0, 10, 100, 1000} {
		j := recent(n, at)
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_ = quota.Measure(p, j, quota.Invite, at, today).Left
			}
		})
	}
}

// What is older than the windows costs nothing: the book never reads it.
func BenchmarkStandingByAge(b *testing.B) {
	at := quota.Week(12000).Start().Add(60 * time.Hour)
	ctx := b.Context()
	who := quota.Who{Workspace: "T1", ID: "ana"}
	age := func(weeks int) time.Duration {
		m := &bounded{journal: recent(60, at)}
		for i := range weeks * 10 {
			m.old = append(m.old, sent(7, quota.Invite, at.Add(-50*24*time.Hour-time.Duration(i)*17*time.Hour), time.UTC))
		}
		book := quota.NewBook(m, quota.Paceline())
		start := b.Elapsed()
		const rounds = 2000
		for range rounds {
			s, err := book.Standing(ctx, who, at, 0)
			if err != nil || s.Budget(quota.Invite).Left == 75 {
				b.Fatal(err)
			}
		}
		return (b.Elapsed() - start) / rounds
	}
	var young, old time.Duration
	for b.Loop() {
		young, old = young+age(10), old+age(10_000)
	}
	b.ReportMetric(float64(old)/float64(young), "10000w/10w")
}

// bounded keeps what is old apart, as an ordered engine does, and reads it only when asked to.
type bounded struct {
	quota.Store
	journal, old quota.Journal
}

func (m *bounded) Read(_ context.Context, _ string, need quota.Need) (quota.Facts, error) {
	f := quota.Facts{Journals: map[string]quota.Journal{}}
	for _, s := range need.Members {
		j := m.journal
		if len(m.old) > 0 && !s.From.After(m.old[0].At) {
			j = append(slices.Clone(m.old), j...)
		}
		f.Journals[s.Member], f.Next = j, uint64(len(m.old)+len(m.journal)+1)
	}
	return f, nil
}

func BenchmarkNextOpening(b *testing.B) {
	at := quota.Week(2969).Start().Add(60 * time.Hour)
	for _, n := range []int{100, 1000} {
		j := recent(n, at)
		m := quota.Measure(quota.Paceline(), j, quota.Invite, at, quota.DayOf(at, time.UTC))
		b.Run(fmt.Sprintf("entries=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				quota.NextOpening(m, j)
			}
		})
	}
}

func BenchmarkEasyPlan(b *testing.B) {
	at := quota.Week(2969).Start().Add(6 * time.Hour)
	j := recent(100, at)
	m := quota.Measure(quota.Paceline(), j, quota.Invite, at, quota.DayOf(at, time.UTC))
	b.ReportAllocs()
	for b.Loop() {
		quota.EasyPlan(m, j, time.UTC, quota.DefaultWorkdays)
	}
}
