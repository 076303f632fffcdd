package look_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

const tuesday = "2026-11-24 13:00"

// busy is the team of eight on Tuesday, when Ben has sent 60 in a morning.
func busy(t testing.TB) *journey {
	j := eight(t)
	j.later()
	j.sent("2026-11-23 09:00", "Ana 15", "Dan 10", "Finn 5")
	j.sent("2026-11-24 09:00", "Ana 5", "Ben 60", "Dan 5", "Finn 5")
	return j
}

func throng(o quota.Overview, n int) quota.Overview {
	few := o.Members
	o.Members = nil
	for i := range n {
		s := few[i%len(few)]
		s.Member.ID = fmt.Sprintf("U%04d", i)
		s.Member.Name = fmt.Sprintf("Person %04d", i)
		o.Members = append(o.Members, s)
	}
	return o
}

func berlin(t testing.TB) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func manager(t testing.TB) look.OverviewFrame {
	return look.OverviewFrame{
		Zone: berlin(t),
		Look: func(m quota.Member) look.Button {
			return look.Button{Label: "Look", Action: "watch", Value: m.ID, Hint: "Look closer"}
		},
		Below: func(page, pages int) []look.Button {
			var out []look.Button
			if page > 0 {
				out = append(out, look.Button{Label: "Previous", Action: "page_back", Value: fmt.Sprint(page - 1)})
			}
			if page < pages-1 {
				out = append(out, look.Button{Label: "Next", Action: "page_on", Value: fmt.Sprint(page + 1)})
			}
			return out
		},
	}
}

func TestOverview(t *testing.T) {
	o := officeOf(t)
	j := busy(t)
	team := j.overview(tuesday)
	frame := manager(t)
	say := func(name string, a look.Announcement) {
		t.Helper()
		sound(t, o, a)
		golden(t, "overview-"+name, drawn(a))
	}
	say("8", look.Overview(team, called, frame))
	say("8-bare", look.Overview(team, called, look.OverviewFrame{}))
	say("60", look.Overview(throng(team, 60), called, frame))
	for _, n := range []int{500, 5000} {
		frame.Page = 3
		say(fmt.Sprint(n), look.Overview(throng(team, n), called, frame))
	}
	frame.Page = 0
	one := journeyOf(t)
	one.sent("2026-11-24 09:00", "Ana 12")
	say("1", look.Overview(one.overview(tuesday), called, frame))
	say("0", look.Overview(quota.Overview{Team: team.Team, At: team.At}, called, frame))
	free := journeyOf(t)
	free.must(free.book.Choose(t.Context(), free.who("Mia"), free.key(), utc(t, "2026-11-17 09:00"), quota.Order{Team: free.team}, quota.InTouchPreset))
	free.sent("2026-11-24 09:00", "Ana 30", "Ben 3")
	say("no-limit", look.Overview(free.overview(tuesday), called, frame))
}

// Each page has its members, every member is on one, and the first line is the same on all.
// Eight have a line of their own, and the ninth is counted: whom to look at, and who is only mentioned.
func TestOverviewNamesEight(t *testing.T) {
	whole := busy(t).overview(tuesday)
	for what, more := range map[string]string{"Look: ": "\nLook: %d more; their notes stand in the table.", "For information: ": "\nFor information: %d more sent many today."} {
		for _, m := range whole.Members {
			alone := whole
			alone.Members = []quota.Standing{m}
			lines := strings.Count(look.Overview(alone, called, look.OverviewFrame{}).Text, "\n"+what)
			if lines != 1 {
				continue
			}
			for n, want := range map[int]string{7: "", 8: "", 9: fmt.Sprintf(more, 1), 10: fmt.Sprintf(more, 2)} {
				got := look.Overview(throng(alone, n), called, look.OverviewFrame{}).Text
				if lines := strings.Count(got, "\n"+what); lines != min(n, 9) || !strings.Contains(got, want) || want == "" && strings.Contains(got, what+"1 more") {
					t.Errorf("%s%d: %d lines of\n%s", what, n, lines, got)
				}
			}
			more = ""
			break
		}
		if more != "" {
			t.Errorf("nobody to try %q with", what)
		}
	}
}

func TestOverviewPages(t *testing.T) {
	team := throng(busy(t).overview(tuesday), 120)
	frame := manager(t)
	seen := map[string]int{}
	for page := range 5 {
		frame.Page = page
		a := look.Overview(team, called, frame)
		if page > 2 { // behind the last page is the last
			frame.Page = 2
			if want := look.Overview(team, called, frame); a.Text != want.Text {
				t.Errorf("page %d: %s", page, a.Text)
			}
			continue
		}
		for line := range strings.SplitSeq(outline(a.Blocks), "\n") {
			if name, ok := strings.CutPrefix(line, "| Person "); ok {
				seen[name[:4]]++
			}
		}
		if first, _, _ := strings.Cut(a.Text, "\n"); first != "Outreach team, Tue 24 Nov, 14:00: 30 people to look at, 60 with room." {
			t.Error(first)
		}
		if want := fmt.Sprintf("page %d of 3", page+1); !strings.Contains(a.Text, want) {
			t.Errorf("no %q in %s", want, a.Text)
		}
	}
	for i := range 120 {
		if n := seen[fmt.Sprintf("%04d", i)]; n != 1 {
			t.Errorf("person %d is on %d pages", i, n)
		}
	}
}

// A manager reads days and totals, not when in a day somebody logged.
func TestOverviewNeverTellsTheHour(t *testing.T) {
	team := busy(t).overview(tuesday)
	before := drawn(look.Overview(team, called, manager(t)))
	if !strings.Contains(before, "For information: Ben sent 60 today and has 4 left now.") {
		t.Error(before)
	}
	ben := &team.Members[1]
	for i := range ben.Journal {
		if e := &ben.Journal[i]; e.Day == ben.Today {
			e.At, e.Recorded = e.At.Add(-47*time.Minute), e.Recorded.Add(-47*time.Minute)
		}
	}
	if after := drawn(look.Overview(team, called, manager(t))); after != before {
		t.Errorf("logged 47 minutes earlier, it reads\n%s\nand not\n%s", after, before)
	}
}

// Names that people made to break things.
var hostile = []string{
	strings.Repeat("<", 80), strings.Repeat("&", 80), strings.Repeat("W", 200), "", "<!channel>", "<@U1>", "*bold*", "`x`", "a\nb\u202ec",
	strings.Repeat("𝕬", 80), "=cmd()", "Ana", "Ana",
}

func TestHostileNames(t *testing.T) {
	o := officeOf(t)
	j := busy(t)
	r, deeds := j.review(monday)
	team := j.overview(tuesday)
	for _, n := range []int{8, 13, 20, 59, 99, 120} {
		big, all := crowd(r, n), throng(team, n)
		for i := range n {
			big.Members[i].Member.Name, all.Members[i].Member.Name = hostile[i%len(hostile)], hostile[i%len(hostile)]
		}
		big.Team.Name, all.Team.Name = hostile[0], hostile[0]
		sound(t, o, look.Digest(big, called, look.DigestFrame{Deeds: deeds, Ask: hostile[0], Late: utc(t, tuesday)}))
		sound(t, o, look.Overview(all, called, manager(t)))
	}
	widest := crowd(r, 500)
	for i := range widest.Members {
		m := &widest.Members[i]
		m.Member.Name = strings.Repeat("W", 80)
		m.Last, m.Now = 30000, 30000
		m.Member.Away = quota.Away{From: m.Today, Until: m.Today + 365}
	}
	sound(t, o, look.Digest(widest, called, look.DigestFrame{Deeds: deeds, Ask: hostile[0]}))
	worst := throng(team, 1000)
	for i := range worst.Members { // everybody is restricted, and to be looked at
		m := &worst.Members[i]
		*m = team.Members[7]
		m.Member.ID, m.Member.Name = fmt.Sprint(i), strings.Repeat("W", 80)
	}
	sound(t, o, look.Overview(worst, called, manager(t)))
}

// A text is for a phone: at any size of team it is short.
func TestTextsAreShort(t *testing.T) {
	j := busy(t)
	r, deeds := j.review(monday)
	team := j.overview(tuesday)
	for n := 1; n <= 130; n += 9 {
		d, o := look.Digest(crowd(r, n), called, look.DigestFrame{Deeds: deeds}), look.Overview(throng(team, n), called, manager(t))
		for name, a := range map[string]look.Announcement{"digest": d, "overview": o} {
			if got := utf8.RuneCountInString(a.Text); got > 4000 {
				t.Errorf("%s of %d: %d characters", name, n, got)
			}
			if below := strings.Contains(a.Text, "ull table below"); n >= 60 && !below || n <= 20 && below {
				t.Errorf("%s of %d: the table is left to the blocks: %v", name, n, below)
			}
			tables := 0
			for _, b := range a.Blocks {
				switch b.(type) {
				case *slack.TableBlock, *slack.DataTableBlock:
					tables++
				}
			}
			if tables != 1 {
				t.Errorf("%s of %d: %d tables", name, n, tables)
			}
		}
	}
}
