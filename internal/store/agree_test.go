package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/paceline/paceline/internal/quota"
)

// The plain engine is the model: whatever is written, swept and opened again, both tell the same.
func TestEnginesAgree(t *testing.T) {
	dir := t.TempDir()
	log := slog.New(slog.DiscardHandler)
	files := 0
	rapid.Check(t, func(t *rapid.T) {
		files++
		file := fmt.Sprintf("%s/%d.db", dir, files)
		plain := Engine(openMemory(log))
		e, err := openBolt(file, log)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { e.Close() }()
		var (
			workspace = rapid.SampledFrom([]string{"T1", "T2"})
			id        = rapid.SampledFrom([]string{"U1", "U2", "U10", "U\x00", "U"})
			person    = rapid.SampledFrom([]string{"", "in/a", "in/b", "in/a/b"})
			moment    = rapid.Custom(func(t *rapid.T) time.Time {
				week := rapid.IntRange(-3, 8).Draw(t, "week")
				return monday.AddDate(0, 0, 7*week).Add(time.Duration(rapid.IntRange(-2, 2).Draw(t, "µs/2")) * 500 * time.Nanosecond)
			})
			day = rapid.Custom(func(t *rapid.T) time.Time {
				return monday.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "hours")) * time.Hour)
			})
			need = rapid.Custom(func(t *rapid.T) quota.Need {
				n := quota.Need{Roster: rapid.Bool().Draw(t, "roster"), Persons: rapid.SliceOfN(person.Filter(func(s string) bool { return s != "" }), 0, 3).Draw(t, "persons")}
				for range rapid.IntRange(0, 4).Draw(t, "spans") {
					span := quota.Span{Member: id.Draw(t, "member")}
					if rapid.Bool().Draw(t, "journal") {
						span.From = moment.Draw(t, "from")
					}
					n.Members = append(n.Members, span)
				}
				return n
			})
			no = errors.New("no")
		)
		both := func(ask func(s Engine) (any, error)) {
			want, errWant := ask(plain)
			got, errGot := ask(e)
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) || (errGot == nil) != (errWant == nil) {
				t.Fatalf("they disagree:\nbolt %+v, %v\nmem  %+v, %v", got, errGot, want, errWant)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"write": func(t *rapid.T) {
				refuse := rapid.IntRange(0, 5).Draw(t, "refuse") == 0
				var c quota.Change
				for range rapid.IntRange(0, 3).Draw(t, "entries") {
					at := moment.Draw(t, "at")
					x := sent(0, id.Draw(t, "member"), at, rapid.IntRange(1, 100).Draw(t, "quantity"))
					x.Person, x.Recorded = person.Draw(t, "person"), at.Add(time.Hour)
					c.Entries = append(c.Entries, x)
				}
				for range rapid.IntRange(0, 2).Draw(t, "members") {
					c.Members = append(c.Members, quota.Member{ID: id.Draw(t, "id"), Name: rapid.String().Draw(t, "name"), Joined: moment.Draw(t, "joined")})
				}
				for range rapid.IntRange(0, 2).Draw(t, "teams") {
					c.Teams = append(c.Teams, quota.Team{ID: id.Draw(t, "team"), Managers: rapid.SliceOfN(id, 0, 2).Draw(t, "managers")})
				}
				c.Answer = []byte(rapid.StringN(0, 10, 64).Draw(t, "answer"))
				w := quota.Write{
					Workspace: workspace.Draw(t, "workspace"), Key: rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "key"),
					At: day.Draw(t, "now"), Need: need.Draw(t, "need"),
				}
				both(func(s Engine) (any, error) {
					seen := ""
					w.Decide = func(f quota.Facts) (quota.Change, error) {
						seen = told(f)
						if refuse {
							return quota.Change{}, no
						}
						for i := range c.Entries {
							c.Entries[i].Seq = f.Next + uint64(i)
							c.Entries[i].Op = f.Next
						}
						return c, nil
					}
					done, err := s.Do(context.Background(), w)
					return fmt.Sprintf("%s %q %v", seen, done.Answer, done.Repeat), err
				})
			},
			"read": func(t *rapid.T) {
				n, of := need.Draw(t, "need"), workspace.Draw(t, "workspace")
				both(func(s Engine) (any, error) {
					f, err := s.Read(context.Background(), of, n)
					return told(f), err
				})
			},
			"sweep": func(t *rapid.T) {
				at := day.Draw(t, "now").Add(quota.KeyLife)
				both(func(s Engine) (any, error) { return nil, s.Sweep(context.Background(), at) })
			},
			"open again": func(t *rapid.T) {
				if err := e.Close(); err != nil {
					t.Fatal(err)
				}
				if e, err = openBolt(file, log); err != nil {
					t.Fatal(err)
				}
			},
			"": func(t *rapid.T) {
				both(func(s Engine) (any, error) { return s.Verify(context.Background()) })
			},
		})
	})
}

// told is f as text: nothing and an empty list read the same, and maps are in order.
func told(f quota.Facts) string { return fmt.Sprintf("%+v", f) }
