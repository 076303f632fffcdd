package look

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/store"
)

var names = Names{Main: "/paceline", Sent: "/sent", Budget: "/budget"}

func shown(key string) string { return strings.Replace(key, "in:", "linkedin.com/in/", 1) }

// A diary is a team on a real book: what its members log, they read.
type diary struct {
	t    testing.TB
	book *quota.Book
	at   time.Time
	zone string
	n    int
}

// diaryAt begins a diary in Berlin at a moment of UTC, written 2026-11-24 09:05.
func diaryAt(t testing.TB, moment string) *diary {
	t.Helper()
	engine, err := store.Open(t.Context(), "mem:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close() })
	d := &diary{t: t, book: quota.NewBook(engine), zone: "Europe/Berlin"}
	d.goTo(moment)
	return d
}

// goTo goes to another moment.
func (d *diary) goTo(moment string) {
	d.t.Helper()
	at, err := time.Parse("2006-01-02 15:04", moment)
	if err != nil {
		d.t.Fatal(err)
	}
	d.at = at
}

func (d *diary) who(user string) quota.Who {
	d.n++
	return quota.Who{Workspace: "T1", ID: user, Name: user, Zone: d.zone}
}

// log logs for somebody.
func (d *diary) log(user string, l quota.Log) quota.Logged {
	d.t.Helper()
	if l.Kind == 0 {
		l.Kind = quota.Invite
	}
	if l.Quantity == 0 {
		l.Quantity = max(1, len(l.Persons))
	}
	out, err := d.book.Log(d.t.Context(), d.who(user), fmt.Sprint(d.n), d.at, l)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// sent logs invites just sent, and returns the answer.
func (d *diary) sent(n int) string { return d.read(d.log("ana", quota.Log{Quantity: n})) }

func (d *diary) read(l quota.Logged) string {
	d.t.Helper()
	m := Logged(l, names, shown)
	complete(d.t, m)
	return m.Text
}

func (d *diary) undo(user string) string {
	d.t.Helper()
	u, err := d.book.Undo(d.t.Context(), d.who(user), fmt.Sprint(d.n), d.at, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	m := Undone(u)
	complete(d.t, m)
	return m.Text
}

func (d *diary) standing() quota.Standing {
	d.t.Helper()
	s, err := d.book.Standing(d.t.Context(), d.who("ana"), d.at, quota.Kinds()...)
	if err != nil {
		d.t.Fatal(err)
	}
	s.Member.Told = s.Member.Joined // what is asked of newcomers has tests of its own
	return s
}

func (d *diary) card() string {
	d.t.Helper()
	m := Card(d.standing())
	complete(d.t, m)
	return m.Text
}

// texts are all the texts in blocks that people see, buttons left out.
func texts(blocks []slack.Block) []string {
	raw, err := json.Marshal(blocks)
	if err != nil {
		return []string{err.Error()}
	}
	var all any
	if err := json.Unmarshal(raw, &all); err != nil {
		return []string{err.Error()}
	}
	var out []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if v["type"] == "button" {
				return
			}
			if s, ok := v["text"].(string); ok {
				out = append(out, s)
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(all)
	return out
}

var (
	digits    = regexp.MustCompile(`\d+`)
	leftFirst = regexp.MustCompile(`(\d+) left`)
	mentions  = regexp.MustCompile(`<@\w+>`)
	neverRead = regexp.MustCompile(`(?i)\b(gauges?|binds?|basis|stock|matured|rolling)\b`)
	stiff     = regexp.MustCompile(`\b1 (invites|InMails|messages|Page invites|people|days|more open)\b|\b([02-9]|\d\d+) (invite|InMail|message|Page invite)\b|  |\.\.| [.,]|%!`)
)

// mostText is what Slack advises for the text of a message.
const mostText = 4000

// complete fails the test when a message shows what its text does not say, or says what nobody should read.
func complete(t testing.TB, m Message) {
	t.Helper()
	for _, wrong := range incomplete(m) {
		t.Error(wrong)
	}
}

func incomplete(m Message) (wrong []string) {
	add := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	said := map[string]bool{}
	for _, n := range digits.FindAllString(m.Text, -1) {
		said[n] = true
	}
	all := texts(m.Blocks)
	for _, text := range all {
		text = mentions.ReplaceAllString(text, "somebody")
		for _, n := range digits.FindAllString(text, -1) {
			if !said[n] {
				add("the blocks show %s (%q), the text does not: %q", n, text, m.Text)
			}
		}
		if text == "" || len([]rune(text)) > 3000 {
			add("a text of %d characters", len([]rune(text)))
		}
	}
	for _, text := range append(all, m.Text) {
		if w := neverRead.FindString(text); w != "" {
			add("%q in %q", w, text)
		}
		if w := stiff.FindString(text); w != "" && !strings.ContainsAny(text, "█░") {
			add("%q in %q", w, text)
		}
	}
	if len(m.Blocks) == 0 || len(m.Blocks) > 50 || m.Text == "" || len([]rune(m.Text)) > mostText || strings.Contains(m.Text, "<@") {
		add("%d blocks for %q", len(m.Blocks), m.Text)
	}
	return wrong
}

// loggedAs is an operation in the hands of who made it, as the book gives it.
func loggedAs(s quota.Standing, o quota.Operation) quota.Logged {
	return quota.Logged{Standing: s, Operation: o, Verdicts: s.Verdicts(o)}
}
