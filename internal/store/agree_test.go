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
			workspace = rapid.SampledFrom([]string{"T1", "T2", "T10"})
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
				if rapid.IntRange(0, 2).Draw(t, "everyone") == 0 {
					n.Everyone = moment.Draw(t, "since")
				}
				n.Deeds, n.Open = rapid.Bool().Draw(t, "deeds"), rapid.Bool().Draw(t, "open")
				n.Intents = rapid.SliceOfN(id, 0, 3).Draw(t, "intents")
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
					switch x.Act = quota.Act(rapid.IntRange(0, 9).Draw(t, "act")); x.Act {
					case 0, quota.Undone: // what it undoes must have been before it
						x.Act = quota.Sent
					case quota.Remembered:
						x.Quantity, x.Precision, x.Until = 1, quota.Estimated, at.AddDate(0, 0, -1)
					case quota.Restricted, quota.Lifted:
						x.Quantity = 1
						if x.Act == quota.Restricted {
							x.Until = at.AddDate(0, 0, 7)
						}
					}
					c.Entries = append(c.Entries, x)
				}
				for range rapid.IntRange(0, 2).Draw(t, "members") {
					m := quota.Member{ID: id.Draw(t, "id"), Name: rapid.String().Draw(t, "name"), Joined: moment.Draw(t, "joined")}
					if rapid.Bool().Draw(t, "detailed") {
						id, name := m.ID, m.Name
						m = detailed
						m.ID, m.Name, m.Told = id, name, moment.Draw(t, "told")
						m.Own.Max, m.Wants = rapid.IntRange(-1, 300).Draw(t, "own"), quota.Wants(rapid.Byte().Draw(t, "wants"))
					}
					c.Members = append(c.Members, m)
				}
				for range rapid.IntRange(0, 2).Draw(t, "teams") {
					team := quota.Team{ID: id.Draw(t, "team"), Managers: rapid.SliceOfN(id, 0, 2).Draw(t, "managers")}
					if rapid.Bool().Draw(t, "with terms") {
						team.Terms, team.Digest.Minute = chosen().Terms, rapid.IntRange(0, 1439).Draw(t, "minute")
					}
					c.Teams = append(c.Teams, team)
				}
				for range rapid.IntRange(0, 2).Draw(t, "deeds") {
					d := deed(0)
					d.At, d.Is, d.What = moment.Draw(t, "at"), rapid.String().Draw(t, "is"), quota.DeedKind(rapid.IntRange(1, 6).Draw(t, "what"))
					c.Deeds = append(c.Deeds, d)
				}
				for range rapid.IntRange(0, 2).Draw(t, "intents") {
					i := intent(id.Draw(t, "name"), id.Draw(t, "to"), moment.Draw(t, "next"))
					i.State, i.Content = quota.State(rapid.IntRange(1, 7).Draw(t, "state")), []byte(rapid.String().Draw(t, "content"))
					if i.State.Final() {
						i.Settled = moment.Draw(t, "settled")
					}
					c.Intents = append(c.Intents, i)
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
							if n := c.Entries[i].Seq; c.Entries[i].Act.Outcome() && n%2 == 0 {
								c.Entries[i].Closes = n / 2
							}
						}
						for i := range c.Deeds {
							c.Deeds[i].Seq = f.NextDeed + uint64(i)
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
			"claim": func(t *rapid.T) {
				at, most := moment.Draw(t, "at"), rapid.IntRange(0, 4).Draw(t, "most")
				lease := at.Add(time.Duration(rapid.IntRange(1, 1000).Draw(t, "lease")) * time.Hour)
				both(func(s Engine) (any, error) { return s.Claim(context.Background(), at, lease, most) })
			},
			"settle": func(t *rapid.T) {
				i := intent(id.Draw(t, "name"), id.Draw(t, "to"), moment.Draw(t, "next"))
				i.Token = rapid.Uint64Range(0, 5).Draw(t, "token")
				h := quota.Hush{To: id.Draw(t, "hush"), Until: moment.Draw(t, "until")}
				of := workspace.Draw(t, "workspace")
				both(func(s Engine) (any, error) { return nil, s.Settle(context.Background(), of, i, h) })
				both(func(s Engine) (any, error) { return s.Hushed(context.Background(), of, h.To) })
			},
			"sweep": func(t *rapid.T) {
				at := day.Draw(t, "now").Add(rapid.SampledFrom([]time.Duration{quota.KeyLife, quota.IntentLife}).Draw(t, "life"))
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
				both(func(s Engine) (any, error) { return s.Workspaces(context.Background()) })
				both(func(s Engine) (any, error) {
					at, ok, err := s.NextDue(context.Background())
					return []any{at, ok}, err
				})
			},
		})
	})
}

// told is f as text: nothing and an empty list read the same, and maps are in order.
func told(f quota.Facts) string { return fmt.Sprintf("%+v", f) }
