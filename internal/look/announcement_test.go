package look_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/sandbox"
)

var called = look.Names{Main: "/paceline", Sent: "/sent", Budget: "/budget"}

// A journey is a team on a real book over two weeks, told in order.
type journey struct {
	t    testing.TB
	book *quota.Book
	team string
	n    int
}

func utc(t testing.TB, moment string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", moment)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func journeyOf(t testing.TB) *journey {
	t.Helper()
	j := &journey{t: t, book: quota.NewBook(newLedger())}
	team, err := j.book.SetUp(t.Context(), j.who("Mia"), j.key(), utc(t, "2026-10-01 09:00"), quota.Setup{Name: "Outreach", Channel: "C1", Managers: []string{"UMia"}})
	if err != nil {
		t.Fatal(err)
	}
	j.team = team.ID
	return j
}

func (j *journey) key() string { j.n++; return fmt.Sprint(j.n) }

func (j *journey) who(name string) quota.Who {
	return quota.Who{Workspace: "T1", ID: "U" + name, Channel: "C1", Name: name, Zone: "Europe/Berlin"}
}

// sent logs invites at a moment of UTC, the quantities of which stand behind the names: "Ana 15".
func (j *journey) sent(moment string, each ...string) {
	j.t.Helper()
	for _, e := range each {
		var who string
		var n int
		if _, err := fmt.Sscan(e, &who, &n); err != nil {
			j.t.Fatal(err)
		}
		if _, err := j.book.Log(j.t.Context(), j.who(who), j.key(), utc(j.t, moment), quota.Log{Kind: quota.Invite, Quantity: n}); err != nil {
			j.t.Fatal(err)
		}
	}
}

func (j *journey) accepted(moment, who string, n int) {
	j.t.Helper()
	if _, err := j.book.Report(j.t.Context(), j.who(who), j.key(), utc(j.t, moment), quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: n}); err != nil {
		j.t.Fatal(err)
	}
}

func (j *journey) must(_ any, err error) {
	j.t.Helper()
	if err != nil {
		j.t.Fatal(err)
	}
}

// eight is a team of eight over two weeks, in which nearly everything has happened.
func eight(t testing.TB) *journey {
	j := journeyOf(t)
	all := []string{"Ana", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gia", "Hugo"}
	for _, name := range all {
		j.sent("2026-11-02 09:00", name+" 1")
	}
	mia, order := j.who("Mia"), quota.Order{Team: j.team, Reason: "new account"}
	j.must(j.book.SetAccount(t.Context(), mia, j.key(), utc(t, "2026-11-10 09:00"), order, "UFinn", quota.Account{Type: quota.Free, New: utc(t, "2026-11-10 00:00")}))
	for _, d := range []string{"09", "10", "11", "12"} {
		j.sent("2026-11-"+d+" 09:00", "Ana 12", "Ben 10", "Cleo 8", "Dan 15", "Eva 18", "Finn 4", "Gia 10", "Hugo 16")
	}
	for who, n := range map[string]int{"Ana": 18, "Ben": 14, "Cleo": 9, "Dan": 17, "Eva": 9, "Gia": 12} {
		j.accepted("2026-11-14 09:00", who, n)
	}
	for i, d := range []string{"16", "17", "18", "19", "20"} {
		j.sent("2026-11-"+d+" 09:00", "Ana 15", "Ben 12", "Cleo 5", "Dan 9", "Finn 8", "Gia 6")
		if i > 0 {
			j.sent("2026-11-"+d+" 14:00", "Eva 26", "Hugo 20")
		}
	}
	j.sent("2026-11-17 10:00", "Cleo 9")
	j.must(j.book.SetOwn(t.Context(), mia, j.key(), utc(t, "2026-11-18 09:00"), quota.Order{Team: j.team, Reason: "trusted account"}, "UDan", 60, time.Time{}))
	j.must(j.book.SetNumber(t.Context(), mia, j.key(), utc(t, "2026-11-19 09:00"), quota.Order{Team: j.team, Reason: "as agreed"}, quota.PaceName, 15))
	j.must(j.book.Restrict(t.Context(), j.who("Hugo"), j.key(), utc(t, "2026-11-21 09:00"), utc(t, "2026-11-25 17:00")))
	j.must(j.book.Away(t.Context(), j.who("Gia"), j.key(), utc(t, "2026-11-21 10:00"), quota.Away{From: day("2026-11-23"), Until: day("2026-11-26")}))
	return j
}

// later is what the members of eight report after the digest.
func (j *journey) later() {
	j.t.Helper()
	for who, n := range map[string]int{"Ana": 10, "Ben": 8, "Cleo": 8, "Dan": 10, "Eva": 10, "Gia": 6} {
		j.accepted("2026-11-23 08:00", who, n)
	}
}

func day(date string) quota.Day {
	d, _ := time.Parse(time.DateOnly, date)
	return quota.DayOf(d, time.UTC)
}

func (j *journey) review(moment string) (quota.Review, []quota.Deed) {
	j.t.Helper()
	r, err := j.book.Review(j.t.Context(), "T1", j.team, utc(j.t, moment))
	j.must(r, err)
	deeds, err := j.book.Deeds(j.t.Context(), "T1")
	j.must(deeds, err)
	return r, slices.DeleteFunc(deeds, func(d quota.Deed) bool { return d.At.Before(r.Week.Start()) })
}

func (j *journey) overview(moment string) quota.Overview {
	j.t.Helper()
	o, err := j.book.Overview(j.t.Context(), "T1", j.team, utc(j.t, moment))
	j.must(o, err)
	return o
}

// golden compares a text with a file of testdata/said.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", "said", name+".txt")
	got += "\n"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s\n--- want\n%s--- got\n%s", file, want, got)
	}
}

// drawn writes a message as people meet it: its text, and what its blocks show.
func drawn(a look.Announcement) string {
	return a.Text + "\n\n--- blocks\n" + outline(a.Blocks) + "\n--- without tables and charts\n" + outline(a.Spare)
}

func outline(blocks []slack.Block) string {
	var out []string
	for _, b := range blocks {
		switch b := b.(type) {
		case *slack.SectionBlock:
			out = append(out, b.Text.Text)
		case *slack.ContextBlock:
			for _, e := range b.ContextElements.Elements {
				out = append(out, "("+e.(*slack.TextBlockObject).Text+")")
			}
		case *slack.TableBlock:
			for _, r := range b.Rows {
				var cells []string
				for _, c := range r {
					cells = append(cells, c.(*slack.TableRawTextCell).Text)
				}
				out = append(out, "| "+strings.Join(cells, " | "))
			}
		case *slack.DataTableBlock:
			for _, r := range b.Rows {
				var cells []string
				for _, c := range r {
					switch c := c.(type) {
					case *slack.DataTableRawTextCell:
						cells = append(cells, c.Text)
					case *slack.DataTableActionCell:
						cells = append(cells, "["+c.Element.Text.Text+"]")
					}
				}
				out = append(out, "| "+strings.Join(cells, " | "))
			}
		default:
			raw, _ := json.Marshal(b)
			out = append(out, string(raw))
		}
	}
	return strings.Join(out, "\n")
}

// A post office takes what Slack takes.
type office struct {
	api *slack.Client
}

// officeOf opens the sandbox's Slack, which refuses what Slack refuses.
func officeOf(t testing.TB) office {
	t.Helper()
	var s *sandbox.Slack
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.Handler().ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	s = sandbox.New(sandbox.Config{URL: server.URL, BotToken: "xoxb-look", Start: utc(t, "2026-11-23 09:00")})
	t.Cleanup(func() { s.Close() })
	return office{slack.New("xoxb-look", slack.OptionAPIURL(server.URL+"/api/"), slack.OptionHTTPClient(server.Client()))}
}

// refused returns why Slack would not take a message; nil when it would.
func (o office) refused(t testing.TB, text string, blocks []slack.Block) error {
	t.Helper()
	_, _, err := o.api.PostMessageContext(t.Context(), sandbox.People[0].DM, slack.MsgOptionText(text, false), slack.MsgOptionBlocks(blocks...))
	return err
}

var (
	number  = regexp.MustCompile(`\d+`)
	unread  = regexp.MustCompile(`(?i)\b(gauges?|binds?|basis|stock|matured|rolling)\b`)
	clumsy  = regexp.MustCompile(`\b1 (invites|InMails|people|days)\b|\b([02-9]|\d\d+) (invite|person)\b|  |\.\.| [.,]|%!`)
	praise  = regexp.MustCompile(`(?i)send more|behind|great|well done|\btop\b|best week|% of (the|your|a) (week|budget|limit)`)
	pinging = regexp.MustCompile(`<[@!#]`)
)

// faults are what is wrong with a message wherever it stands.
func faults(a look.Announcement) (wrong []string) {
	add := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	if n := utf8.RuneCountInString(a.Text); n == 0 || n > 4000 {
		add("a text of %d characters", n)
	}
	said := map[string]bool{}
	for _, n := range number.FindAllString(a.Text, -1) {
		said[n] = true
	}
	for _, blocks := range [][]slack.Block{a.Blocks, a.Spare} {
		raw, err := json.Marshal(blocks)
		if err != nil {
			add("%v", err)
		}
		if pinging.Match(raw) || bytes.Contains(raw, []byte(`\u003c@`)) {
			add("somebody is pinged: %s", raw)
		}
		if strings.Contains(a.Text, "ull table below") {
			continue
		}
		for _, n := range number.FindAllString(figuresOnly(blocks), -1) {
			if !said[n] {
				add("the blocks show %s, the text does not: %q", n, a.Text)
			}
		}
	}
	for _, re := range []*regexp.Regexp{unread, clumsy, praise, pinging} {
		if w := re.FindString(a.Text); w != "" {
			add("%q in %q", w, a.Text)
		}
	}
	for _, b := range a.Spare {
		switch b.(type) {
		case *slack.TableBlock, *slack.DataTableBlock, *slack.DataVisualizationBlock:
			add("the spare form has a %s", b.BlockType())
		}
	}
	return wrong
}

// figuresOnly is what blocks show, with the values of charts, and without what is inside buttons and menus.
func figuresOnly(blocks []slack.Block) string {
	var out []string
	for _, b := range blocks {
		switch b := b.(type) {
		case *slack.ActionBlock:
		case *slack.DataVisualizationBlock:
			var all []slack.DataVisualizationDataSeries
			switch c := b.Chart.(type) {
			case *slack.DataVisualizationBarChart:
				all = c.Series
			case *slack.DataVisualizationLineChart:
				all = c.Series
			}
			for _, s := range all {
				for _, p := range s.Data {
					out = append(out, fmt.Sprint(p.Value))
				}
			}
		default:
			out = append(out, outline([]slack.Block{b}))
		}
	}
	return strings.Join(out, "\n")
}

// sound fails the test unless a message is one that may be sent, in both its forms.
func sound(t testing.TB, o office, a look.Announcement) {
	t.Helper()
	for _, wrong := range faults(a) {
		t.Error(wrong)
	}
	if err := o.refused(t, a.Text, a.Blocks); err != nil {
		t.Errorf("%v: %#v\n%s", err, err, a.Text)
	}
	if a.Spare == nil {
		return
	}
	if err := o.refused(t, a.Text, a.Spare); err != nil {
		t.Errorf("spare: %v: %#v\n%s", err, err, a.Text)
	}
}
