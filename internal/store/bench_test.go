package store

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/paceline/paceline/internal/quota"
)

// monday is the beginning of a week, and the clock of these tests.
var monday = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// answerOfLog is as long as the answers that a log stores.
var answerOfLog = []byte("op=123456 left=45 why=2")

// logged is what the bot writes for one log: the member's row and recent weeks are read, and one entry is
// appended, about a person or not.
func logged(member, key, person string, at time.Time) quota.Write {
	need := quota.Need{Members: []quota.Span{{Member: member, From: at.Add(-28 * 24 * time.Hour)}}}
	if person != "" {
		need.Persons = []string{person}
	}
	return quota.Write{
		Workspace: "T024BE7LD", Key: key, At: at, Need: need,
		Decide: func(f quota.Facts) (quota.Change, error) {
			return quota.Change{Answer: answerOfLog, Entries: []quota.Entry{{
				Seq: f.Next, Op: f.Next, Member: member, Act: quota.Sent, Kind: quota.Invite, Quantity: 1,
				At: at, Recorded: at, Day: quota.DayOf(at, time.UTC), Precision: quota.ByTime, Person: person,
			}}}, nil
		},
	}
}

func openFile(tb testing.TB) *engine {
	tb.Helper()
	e, err := openBolt(filepath.Join(tb.TempDir(), "paceline.db"), slog.New(slog.DiscardHandler))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { e.Close() })
	return e
}

// enroll writes a team and the rows of members.
func enroll(tb testing.TB, e quota.Store, members int) {
	tb.Helper()
	w := quota.Write{Workspace: "T024BE7LD", Key: "enroll", At: monday, Decide: func(quota.Facts) (quota.Change, error) {
		c := quota.Change{Teams: []quota.Team{{ID: "1", Name: "Outreach", Channel: "C024BE91L", Managers: []string{"U000000MIA"}, Created: monday}}}
		for i := range members {
			c.Members = append(c.Members, quota.Member{ID: memberID(i), Team: "1", Name: "Ana", Zone: "Europe/Berlin",
				Workdays: quota.DefaultWorkdays, Joined: monday, Card: quota.Place{Channel: "D024BE91L", TS: "1732352461.000200"}})
		}
		return c, nil
	}}
	if _, err := e.Do(context.Background(), w); err != nil {
		tb.Fatal(err)
	}
}

func memberID(i int) string { return fmt.Sprintf("U%010d", i) }

// drive makes n logs by so many at once.
func drive(tb testing.TB, n, at int, log func(i int) error) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range at {
		all.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if err := log(i); err != nil {
					tb.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// BenchmarkDo compares the shared commit with one bbolt Update for each write, of the same work, in turns.
func BenchmarkDo(b *testing.B) {
	for _, at := range []int{1, 64} {
		b.Run(fmt.Sprintf("c=%d", at), func(b *testing.B) {
			shared, single := openFile(b), openFile(b)
			const members, rounds = 1000, 7
			enroll(b, shared, members)
			enroll(b, single, members)
			write := func(i int) quota.Write {
				return logged(memberID(i%members), fmt.Sprint("key ", i), fmt.Sprint("in/p-", i), monday.Add(time.Duration(i)*time.Second))
			}
			var ours, theirs []float64
			n := (b.N + rounds - 1) / rounds
			b.ResetTimer()
			for round := range rounds {
				begin := b.Elapsed()
				drive(b, n, at, func(i int) error {
					_, err := shared.Do(context.Background(), write(round*n+i))
					return err
				})
				middle := b.Elapsed()
				drive(b, n, at, func(i int) error {
					w := write(round*n + i)
					return single.db.Update(func(tx *bolt.Tx) error {
						_, _, err := single.write(tx, w, hashKey(w.Workspace, w.Key))
						return err
					})
				})
				ours = append(ours, float64((middle-begin).Nanoseconds())/float64(n))
				theirs = append(theirs, float64((b.Elapsed()-middle).Nanoseconds())/float64(n))
			}
			b.ReportMetric(median(ours), "ns/Do")
			b.ReportMetric(median(theirs), "ns/Update")
			b.ReportMetric(median(theirs)/median(ours), "x-Update")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}

// fill makes n logs of members, spread over weeks.
func fill(tb testing.TB, e *engine, n, members, weeks int, person func(i int) string) {
	step := time.Duration(weeks) * 7 * 24 * time.Hour / time.Duration(n)
	drive(tb, n, 512, func(i int) error {
		w := logged(memberID(i%members), fmt.Sprint("key ", i), person(i), monday.Add(time.Duration(i)*step))
		w.Need = quota.Need{}
		_, err := e.Do(context.Background(), w)
		return err
	})
}

func nobody(int) string { return "" }

// BenchmarkRead compares the read of one member's last four weeks in a small and in a large file.
func BenchmarkRead(b *testing.B) {
	small, large := openFile(b), openFile(b)
	const perMember, weeks = 20, 4
	enroll(b, small, 50)
	enroll(b, large, 10_000)
	fill(b, small, 50*perMember, 50, weeks, nobody)
	fill(b, large, 10_000*perMember, 10_000, weeks, nobody)
	read := func(e *engine, members int) {
		for i := range b.N {
			f, err := e.Read(context.Background(), "T024BE7LD", quota.Need{Members: []quota.Span{{Member: memberID(i % members), From: monday}}})
			if err != nil || len(f.Journals[memberID(i%members)]) != perMember {
				b.Fatal(err, len(f.Journals[memberID(i%members)]))
			}
		}
	}
	read(small, 50)
	read(large, 10_000)
	b.ReportAllocs()
	b.ResetTimer()
	read(small, 50)
	first := b.Elapsed()
	read(large, 10_000)
	second := b.Elapsed() - first
	b.ReportMetric(float64(first.Nanoseconds())/float64(b.N), "ns/1k")
	b.ReportMetric(float64(second.Nanoseconds())/float64(b.N), "ns/200k")
	b.ReportMetric(float64(second)/float64(first), "200k/1k")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkFile measures what an entry costs on disk, with its key of repeats, when 1,000 members made
// 200,000 logs, and how long such a file takes to open and to verify.
func BenchmarkFile(b *testing.B) {
	for name, person := range map[string]func(int) string{
		"numbers": nobody,
		"persons": func(i int) string { return fmt.Sprintf("in/jane-doe-%08d", i) },
	} {
		b.Run(name, func(b *testing.B) {
			const entries = 200_000
			e := openFile(b)
			file := e.db.Path()
			enroll(b, e, 1000)
			fill(b, e, entries, 1000, 8, person)
			begin := b.Elapsed()
			if _, err := e.Verify(context.Background()); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64((b.Elapsed() - begin).Milliseconds()), "ms/verify")
			if err := e.Close(); err != nil {
				b.Fatal(err)
			}
			info, err := os.Stat(file)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(info.Size())/entries, "bytes/entry")
			begin = b.Elapsed()
			again, err := openBolt(file, slog.New(slog.DiscardHandler))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64((b.Elapsed()-begin).Microseconds())/1000, "ms/open")
			again.Close()
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkEveryone compares the entries of 10,000 members, five of each in the window of four weeks, with one
// member's read of the same window, in turns.
func BenchmarkEveryone(b *testing.B) {
	e := openFile(b)
	const members, perMember, weeks, rounds, reads = 10_000, 5, 4, 15, 100
	enroll(b, e, members)
	fill(b, e, members*perMember, members, weeks, nobody)
	one := func(i int) {
		f, err := e.Read(context.Background(), "T024BE7LD", quota.Need{Members: []quota.Span{{Member: memberID(i % members), From: monday}}})
		if err != nil || len(f.Journals[memberID(i%members)]) != perMember {
			b.Fatal(err, len(f.Journals[memberID(i%members)]))
		}
	}
	all := func() {
		f, err := e.Read(context.Background(), "T024BE7LD", quota.Need{Everyone: monday})
		if err != nil || len(f.Journals) != members || len(f.Journals[memberID(7)]) != perMember {
			b.Fatal(err, len(f.Journals))
		}
	}
	var ones, alls []float64
	for b.Loop() {
		for range rounds {
			begin := b.Elapsed()
			for i := range reads {
				one(i * 17)
			}
			middle := b.Elapsed()
			all()
			ones = append(ones, float64((middle-begin).Nanoseconds())/reads)
			alls = append(alls, float64((b.Elapsed() - middle).Nanoseconds()))
		}
	}
	b.ReportMetric(median(ones), "ns/one")
	b.ReportMetric(median(alls), "ns/everyone")
	b.ReportMetric(median(alls)/median(ones), "everyone/one")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkClaim takes up the ten that are due of 100,000 intents, or of 1,000, and settles them to be due
// again; and asks what is due next.
func BenchmarkClaim(b *testing.B) {
	for _, intents := range []int{1000, 100_000} {
		b.Run(fmt.Sprint(intents), func(b *testing.B) {
			e := openFile(b)
			for at := 0; at < intents; at += 1000 {
				w := quota.Write{Workspace: fmt.Sprint("T", at/1000%50), Key: fmt.Sprint(at), At: monday, Decide: func(quota.Facts) (quota.Change, error) {
					var c quota.Change
					for i := at; i < at+1000; i++ {
						next := monday.Add(time.Hour + time.Duration(i)*time.Second)
						if i < 10 {
							next = monday
						}
						c.Intents = append(c.Intents, quota.Intent{Name: fmt.Sprint("digest/", i), To: fmt.Sprint("C", i), State: quota.Pending, Due: next, Next: next})
					}
					return c, nil
				}}
				if _, err := e.Do(context.Background(), w); err != nil {
					b.Fatal(err)
				}
			}
			var claims, nexts []float64
			for b.Loop() {
				begin := b.Elapsed()
				taken, err := e.Claim(context.Background(), monday, monday.Add(time.Minute), 100)
				middle := b.Elapsed()
				if _, _, err := e.NextDue(context.Background()); err != nil {
					b.Fatal(err)
				}
				claims, nexts = append(claims, float64((middle-begin).Nanoseconds())), append(nexts, float64((b.Elapsed()-middle).Nanoseconds()))
				if err != nil || len(taken) != 10 {
					b.Fatal(len(taken), err)
				}
				for _, c := range taken {
					c.Intent.State, c.Intent.Next = quota.Pending, monday
					if err := e.Settle(context.Background(), c.Workspace, c.Intent); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(median(claims), "ns/claim")
			b.ReportMetric(median(nexts), "ns/next-due")
			b.ReportMetric(0, "ns/op")
		})
	}
}
