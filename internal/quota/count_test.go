package quota_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

// However many outcomes there are, what is open is what was sent less what closed it.
func TestPendingOfLongJournals(t *testing.T) {
	for _, n := range []int{3, 30, 60, 90, 300, 900} {
		j := lived(n, benchAt)
		s := scene{Standing: paceline(j, benchAt, time.UTC), kind: quota.Invite}
		g, ok := s.Budget(quota.Invite).Find(quota.PendingName)
		if want, _ := s.count(g, benchAt); !ok || g.Used != want || n > 30 && want == 0 {
			t.Errorf("of %d %d are open, want %d", n, g.Used, want)
		}
	}
}

// An undone outcome opens again what it had closed, at its own time, and an undone send is closed by nothing.
func TestUndoOfOutcomes(t *testing.T) {
	for _, preset := range []string{"", quota.QuickMailPreset, quota.PlansPreset, quota.InTouchPreset} {
		for _, act := range []quota.Act{quota.Accepted, quota.Withdrawn, quota.Declined, quota.Replied} {
			t.Run(fmt.Sprint(preset, act), func(t *testing.T) {
				d := newDesk(t)
				if preset != "" {
					d.choose(preset)
				}
				const at = "2026-11-24T09:05:00Z"
				d.log("2026-11-24T08:00:00Z", quota.Log{Quantity: 10})
				figures := func() (out [2]string) {
					s, err := d.book.Standing(t.Context(), d.who, moment(t, "2026-11-24T10:00:00Z"), quota.Kinds()...)
					if err != nil {
						t.Fatal(err)
					}
					for i, k := range []quota.Kind{quota.Invite, quota.Note} {
						for _, g := range s.Budget(k).Gauges {
							out[i] += fmt.Sprint(g.Name, " ", g.Used, "\n")
						}
					}
					return out
				}
				was := figures()
				for range 3 { // the same second time and again
					if _, err := d.book.Report(t.Context(), d.who, d.key(), moment(t, at), quota.Outcome{Act: act, Kind: quota.Invite, Quantity: 4}); err != nil {
						t.Fatal(err)
					}
					changes := act != quota.Replied // it closes no invite
					switch preset {
					case quota.QuickMailPreset:
						changes = act == quota.Withdrawn
					case quota.PlansPreset:
						changes = act == quota.Accepted
					}
					if is := figures(); (is != was) != changes {
						t.Errorf("before %s, after %s", was, is)
					}
					d.undo(at, 0)
					if is := figures(); is != was {
						t.Errorf("%s\nafter report and undo:\n%s", was, is)
					}
				}
				if u := d.undo(at, 0); u.Operation.Act != quota.Sent {
					t.Errorf("undid %+v", u.Operation)
				}
				d.log("2026-11-24T08:00:00Z", quota.Log{Quantity: 10})
				if is := figures(); is != was {
					t.Errorf("%s\nafter logging again:\n%s", was, is)
				}
			})
		}
	}
}

// Answers to what an earlier month sent come on top; under a number of the team's own an account holds as many as before.
func TestInMailCredits(t *testing.T) {
	at := moment(t, tuesday)
	last := sent(5, quota.InMail, moment(t, "2026-10-20T12:00:00Z"), time.UTC)
	early := sent(3, quota.InMail, moment(t, "2026-09-20T12:00:00Z"), time.UTC)
	for _, c := range []struct {
		name          string
		j             quota.Journal
		account       quota.Account
		joined        string
		number        int // 0: none
		left, carried int
		max           int
	}{
		{"answers alone", journal(last, became(quota.Replied, last, 1, 4, at)), quota.Account{Type: quota.PremiumCareer}, "2026-10-01T00:00:00Z", 0, 9, 0, 9},
		{"answers and sends", journal(last, became(quota.Replied, last, 1, 4, at), sent(6, quota.InMail, at, time.UTC)), quota.Account{Type: quota.PremiumCareer}, "2026-10-01T00:00:00Z", 0, 3, 0, 5},
		{"what an earlier month left", journal(early), quota.Account{Type: quota.PremiumCareer}, "2026-09-01T00:00:00Z", 0, 12, 7, 12},
		{"nothing from the month of the first log", journal(early), quota.Account{Type: quota.PremiumCareer}, "2026-09-01T00:00:00.000001Z", 0, 10, 5, 10},
		{"nothing from under another type", nil, quota.Account{Type: quota.Recruiter, Since: moment(t, "2026-11-20T00:00:00Z")}, "2026-01-01T00:00:00Z", 0, 100, 0, 100},
		{"nothing from the month of another type", nil, quota.Account{Type: quota.PremiumCareer, Since: moment(t, "2026-10-02T00:00:00Z")}, "2026-01-01T00:00:00Z", 0, 5, 0, 5},
		{"months under this type", nil, quota.Account{Type: quota.PremiumCareer, Since: moment(t, "2026-10-01T00:00:00Z")}, "2026-01-01T00:00:00Z", 0, 10, 5, 10},
		{"a clock that stepped back before the first log", journal(sent(3, quota.InMail, at, time.UTC)), quota.Account{Type: quota.PremiumCareer}, "2026-12-02T00:00:00Z", 0, 2, 0, 5},
		{"up to the cap", nil, quota.Account{Type: quota.PremiumCareer}, "2026-01-01T00:00:00Z", 0, 15, 10, 15},
		{"nothing from before the first log", nil, quota.Account{Type: quota.PremiumCareer}, "2026-11-24T00:00:00Z", 0, 5, 0, 5},
		{"more than there were", journal(sent(9, quota.InMail, at, time.UTC)), quota.Account{Type: quota.PremiumCareer}, "2026-11-01T00:00:00Z", 0, 0, 0, 5},
		{"and no debt in the next month", journal(sent(9, quota.InMail, last.At, time.UTC)), quota.Account{Type: quota.PremiumCareer}, "2026-10-01T00:00:00Z", 0, 5, 0, 5},
		{"a number of the team's", journal(early, sent(3, quota.InMail, at, time.UTC)), quota.Account{Type: quota.PremiumCareer}, "2026-01-01T00:00:00Z", 20, 17, 0, 20},
		{"a number of the team's for any account", journal(sent(3, quota.InMail, at, time.UTC)), quota.Account{}, "2026-01-01T00:00:00Z", 20, 17, 0, 20},
		{"a number of the team's, and answers", journal(last, sent(6, quota.InMail, at.Add(-time.Hour), time.UTC), became(quota.Replied, last, 1, 4, at)), quota.Account{Type: quota.PremiumCareer}, "2026-01-01T00:00:00Z", 20, 18, 0, 20},
		{"a number of the team's, and more answers than sends", journal(last, sent(2, quota.InMail, at.Add(-time.Hour), time.UTC), became(quota.Replied, last, 1, 4, at)), quota.Account{Type: quota.PremiumCareer}, "2026-01-01T00:00:00Z", 20, 20, 0, 20},
		{"a number of the team's below the cap", nil, quota.Account{Type: quota.PremiumCareer}, "2026-01-01T00:00:00Z", 10, 15, 5, 15},
		{"a number of the team's, and what is left of one month", journal(last), quota.Account{Type: quota.PremiumBusiness}, "2026-10-01T00:00:00Z", 20, 35, 15, 35},
		{"billing on the 25th: last month's", journal(sent(3, quota.InMail, at, time.UTC)), quota.Account{Type: quota.PremiumCareer, Billing: 25}, "2026-10-26T00:00:00Z", 0, 2, 0, 5},
		{"an undone answer", func() quota.Journal {
			j := journal(last, became(quota.Replied, last, 1, 4, at))
			u := j[1]
			u.Seq, u.Op, u.Act, u.Undoes = 3, 3, quota.Undone, u.Op
			return append(j, u)
		}(), quota.Account{Type: quota.PremiumCareer}, "2026-10-01T00:00:00Z", 0, 5, 0, 5},
	} {
		s := paceline(c.j, at, time.UTC)
		s.Member.Account, s.Member.Joined = c.account, moment(t, c.joined)
		if c.number > 0 {
			s = numbered(s, c.number, quota.InMailName)
		}
		b := s.Budget(quota.InMail)
		if g := binding(t, b, quota.InMailName); b.Left != c.left || g.Carried != c.carried || g.Max != c.max || g.Used < 0 || b.Left > 0 && g.Used+b.Left != g.Max {
			t.Errorf("%s: %d left, %+v; want %+v", c.name, b.Left, g, c)
		}
	}
}

// A month that was over when the team chose its number had the account's own.
func TestCreditsBeforeANumber(t *testing.T) {
	at := moment(t, tuesday)
	for chosen, carried := range map[string]int{"2026-10-31T23:59:59Z": 20, "2026-11-01T00:00:00Z": 15, "2026-11-20T00:00:00Z": 15} {
		s := paceline(nil, at, time.UTC)
		s.Member.Account, s.Member.Joined = quota.Account{Type: quota.PremiumBusiness}, moment(t, "2026-10-01T00:00:00Z")
		s.Terms.Numbers = []quota.Number{{Limit: quota.InMailName, Max: 20, At: moment(t, chosen), Reason: "x"}}
		if g := binding(t, s.Budget(quota.InMail), quota.InMailName); g.Carried != carried || g.Max != 20+carried {
			t.Errorf("chosen at %s: %+v, want %d carried over", chosen, g, carried)
		}
	}
}

// A pool that rolls, a ceiling on something else than invites, and a limit on such that ends.
func TestMadeUpPreset(t *testing.T) {
	at := moment(t, tuesday)
	until := at.Add(time.Hour)
	p := &quota.Preset{Name: "made up", Limits: []quota.Limit{
		{Name: "pool", Kind: quota.PageInvite, Max: 10, Window: quota.Window{Kind: quota.Rolling, Length: time.Hour}, Basis: quota.SentLessAccepted, Force: quota.Binds, Pool: true},
		{Name: "calls", Kind: quota.InMail, Max: 10, Window: quota.Window{Kind: quota.CalendarWeek}, Basis: quota.BySent, Force: quota.Loud},
		{Name: "letters", Kind: quota.Message, Max: 5, Optional: true, Window: quota.Window{Kind: quota.CalendarDay}, Basis: quota.BySent, Force: quota.Binds},
	}}
	t.Cleanup(quota.Install(p))
	s := under("made up", nil, at, time.UTC)
	s.Pool = journal(sent(10, quota.PageInvite, at.Add(-20*time.Minute), time.UTC))
	if o, ok := s.NextOpening(s.Budget(quota.PageInvite)); !ok || o != (quota.Opening{At: at.Add(40 * time.Minute), More: 10, Left: 10}) {
		t.Errorf("%+v", o)
	}
	// A member's own limit is one on invites: it raises no ceiling on anything else.
	s.Member.Own = quota.Number{Limit: quota.BudgetName, Max: 180, By: "mia", At: long}
	if b := s.Budget(quota.InMail); b.Left != 10 {
		t.Errorf("%d left", b.Left)
	}
	s.Terms.Numbers = []quota.Number{{Preset: "made up", Limit: "letters", Max: 0, At: long, Until: until}}
	b := s.Budget(quota.Message)
	if o, ok := s.NextOpening(b); ok || b.Left != 0 {
		t.Errorf("%d left, opening %+v, into no number at all", b.Left, o)
	}
	if p := s.Lay(quota.Message, 40, s.Today+1); p.Possible != 40 || p.Portions[0].Day != s.Today || !p.Portions[0].From.Equal(until) {
		t.Errorf("%+v", p)
	}
}

// A fact recorded before a clock stepped back counts in plans too.
func TestPlansKnowWhatIsLater(t *testing.T) {
	at := moment(t, tuesday)
	s := paceline(journal(sent(60, quota.Invite, at.Add(26*time.Hour), time.UTC)), at, time.UTC)
	if p := s.Lay(quota.Invite, 100, s.Today+3); p.Possible != 15 {
		t.Errorf("%+v", p)
	}
	if p, ok := s.EasyPlan(s.Budget(quota.Invite)); !ok || p.Total != 15 {
		t.Errorf("%+v", p)
	}
	days := under(quota.QuickMailPreset, journal(sent(20, quota.Invite, at.Add(26*time.Hour), time.UTC)), at, time.UTC)
	if p := days.Lay(quota.Invite, 100, days.Today+3); p.Possible != 5+5+20+20 || !p.Portions[2].From.Equal(at.Add(50*time.Hour)) {
		t.Errorf("%+v", p)
	}
	if len(s.Journal) != 1 || s.Journal[0].Quantity != 60 {
		t.Errorf("the journal became %+v", s.Journal)
	}
}
