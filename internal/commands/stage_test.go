package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/store"
)

// Tuesday 24 November 2026, 10:05 in Berlin.
var tuesday = time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC)

// The people: ana and ben are on team 1 with manager mia, cleo on team 2 with manager max. dan is nobody yet.
var people = map[string]string{"UANA": "ana", "UBEN": "ben", "UCLEO": "cleo", "UMIA": "mia", "UMAX": "max", "UDAN": "dan", "UOLA": "ola"}

// A stage is a bot on a store in memory that can be told to fail.
type stage struct {
	t     testing.TB
	bot   *Bot
	book  *quota.Book
	store *faulty
	at    time.Time
	n     int
}

// faulty fails the next calls of Do or Read.
type faulty struct {
	quota.Store
	writes []fault
	reads  []error
}

type fault struct {
	err   error
	lands bool // it was done all the same
}

func (f *faulty) Do(ctx context.Context, w quota.Write) (quota.Done, error) {
	if len(f.writes) == 0 {
		return f.Store.Do(ctx, w)
	}
	next := f.writes[0]
	f.writes = f.writes[1:]
	if next.lands {
		if _, err := f.Store.Do(ctx, w); err != nil {
			return quota.Done{}, err
		}
	}
	return quota.Done{}, next.err
}

func (f *faulty) Read(ctx context.Context, workspace string, need quota.Need) (quota.Facts, error) {
	if len(f.reads) == 0 {
		return f.Store.Read(ctx, workspace, need)
	}
	err := f.reads[0]
	f.reads = f.reads[1:]
	return quota.Facts{}, err
}

func workspace(t testing.TB, names look.Names) *stage {
	t.Helper()
	engine, err := store.Open(t.Context(), "mem:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = engine.Close() })
	s := &stage{t: t, store: &faulty{Store: engine}, at: tuesday}
	s.book = quota.NewBook(s.store)
	s.bot = New(s.book, names, []string{"UROOT"})
	return s
}

// empty is a workspace in which nothing has happened.
func empty(t testing.TB) *stage { return workspace(t, DefaultNames()) }

// staged is a workspace with two teams.
func staged(t testing.TB) *stage { return stagedAs(t, DefaultNames()) }

func stagedAs(t testing.TB, names look.Names) *stage {
	t.Helper()
	s := workspace(t, names)
	ctx := t.Context()
	for _, set := range []quota.Setup{{Name: "Outreach", Channel: "C1", Managers: []string{"UMIA"}}, {Name: "Sales US", Channel: "C2", Managers: []string{"UMAX"}}} {
		if _, err := s.book.SetUp(ctx, quota.Who{Workspace: "T1", ID: "UOLA"}, "setup/"+set.Name, s.at.Add(-time.Hour), set); err != nil {
			t.Fatal(err)
		}
	}
	for user, channel := range map[string]string{"UANA": "C1", "UBEN": "C1", "UCLEO": "C2"} {
		w := quota.Who{Workspace: "T1", ID: user, Channel: channel, Name: people[user], Zone: "Europe/Berlin"}
		if _, err := s.book.Log(ctx, w, "seed/"+user, s.at.Add(-time.Hour), quota.Log{Kind: quota.Invite, Quantity: 2}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// request is one of a person, with an id of its own.
func (s *stage) request(user, command, text string) Request {
	s.n++
	return Request{
		ID: fmt.Sprintf("r/%s/%d", user, s.n), Workspace: "T1", User: user, Channel: "C1", Command: command, Text: text, At: s.at,
		Profile: Profile{Name: people[user], Zone: "Europe/Berlin", Admin: user == "UOLA", Known: true},
	}
}

// slash types "/sent 5".
func (s *stage) slash(user, line string) Reply {
	s.t.Helper()
	command, text, _ := strings.Cut(line, " ")
	return s.check(s.bot.Command(s.t.Context(), s.request(user, command, text)))
}

// dm types into the direct message with the bot.
func (s *stage) dm(user, text string) Reply {
	s.t.Helper()
	return s.check(s.bot.Say(s.t.Context(), s.dmRequest(user, text)))
}

func (s *stage) dmRequest(user, text string) Request {
	r := s.request(user, "", text)
	r.Channel = "D" + user[1:]
	return r
}

// press presses the button of a reply.
func (s *stage) press(user string, on Reply, action string) Reply {
	s.t.Helper()
	return s.pressValue(user, action, s.button(on, action).Value)
}

func (s *stage) pressValue(user, action, value string) Reply {
	s.t.Helper()
	return s.check(s.bot.Press(s.t.Context(), s.request(user, "", ""), Press{Action: action, Value: value, In: quota.Place{Channel: "C1", TS: "1.1"}}))
}

// submit sends a form as it would come from a reply's modal.
func (s *stage) submit(user string, m *slack.ModalViewRequest, values map[string][]string) Reply {
	s.t.Helper()
	if m == nil {
		s.t.Fatal("no form is open")
	}
	return s.check(s.bot.Submit(s.t.Context(), s.request(user, "", ""), Form{Callback: m.CallbackID, Private: m.PrivateMetadata, Values: values}))
}

// buttons are all the buttons of a reply, wherever they stand.
func buttons(r Reply) []*slack.ButtonBlockElement {
	blocks := slices.Clone(r.Blocks)
	if r.Home != nil {
		blocks = append(blocks, r.Home.Blocks.BlockSet...)
	}
	var out []*slack.ButtonBlockElement
	for _, b := range blocks {
		switch b := b.(type) {
		case *slack.ActionBlock:
			for _, e := range b.Elements.ElementSet {
				if e, ok := e.(*slack.ButtonBlockElement); ok {
					out = append(out, e)
				}
			}
		case *slack.DataTableBlock:
			for _, row := range b.Rows {
				for _, c := range row {
					if c, ok := c.(*slack.DataTableActionCell); ok {
						out = append(out, c.Element)
					}
				}
			}
		case *slack.SectionBlock:
			if b.Accessory != nil {
				out = append(out, b.Accessory.ButtonElement)
			}
		}
	}
	return out
}

func (s *stage) button(r Reply, action string) *slack.ButtonBlockElement {
	s.t.Helper()
	for _, b := range buttons(r) {
		if b.ActionID == action {
			return b
		}
	}
	s.t.Fatalf("no button %s below %q", action, r.Text)
	return nil
}

func has(r Reply, action string) bool {
	return slices.ContainsFunc(buttons(r), func(b *slack.ButtonBlockElement) bool { return b.ActionID == action })
}

// left is what somebody has left.
func (s *stage) left(user string) int {
	s.t.Helper()
	st, err := s.book.Standing(s.t.Context(), quota.Who{Workspace: "T1", ID: user}, s.at, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	return st.Budget(quota.Invite).Left
}

// A state is all that a request may have changed.
type state struct {
	tally   quota.Tally
	teams   []quota.Team
	members map[string]quota.Member
}

func (s *stage) state() state {
	s.t.Helper()
	tally, err := s.store.Store.Verify(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	f, err := s.store.Store.Read(s.t.Context(), "T1", quota.Need{Roster: true})
	if err != nil {
		s.t.Fatal(err)
	}
	return state{tally: tally, teams: f.Teams, members: f.Members}
}

func (s *stage) unchanged(was state, what string) {
	s.t.Helper()
	if now := s.state(); !reflect.DeepEqual(now, was) {
		s.t.Errorf("%s changed something:\nwas %+v\nnow %+v", what, was, now)
	}
}

// want checks that a reply's text, or its errors, match.
func (s *stage) want(r Reply, patterns ...string) {
	s.t.Helper()
	text := r.Text
	for block, e := range r.Errors {
		text += block + ": " + e
	}
	for _, p := range patterns {
		if !regexp.MustCompile(p).MatchString(text) {
			s.t.Errorf("%q does not match %q", text, p)
		}
	}
}

// check fails the test when Slack would refuse a reply, or a person should not read it.
func (s *stage) check(r Reply) Reply {
	s.t.Helper()
	for _, wrong := range faults(r) {
		s.t.Errorf("%s\nin %q", wrong, r.Text)
	}
	return r
}

// faults says what is wrong with a reply, whatever it answers.
func faults(r Reply) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if strings.TrimSpace(r.Text) == "" && len(r.Errors) == 0 && r.Home == nil && r.Modal == nil {
		add("an empty reply")
	}
	if n := utf8.RuneCountInString(r.Text); n > 4300 { // a digest has 4,000, and a preview says so above it
		add("a text of %d characters", n)
	}
	if (r.Err != nil) != (r.Reference != "") || r.Err != nil && r.Home == nil && !strings.Contains(r.Text+fmt.Sprint(r.Errors), r.Reference) {
		add("error %v with reference %q", r.Err, r.Reference)
	}
	out = append(out, alive("the text", r.Text)...)
	out = append(out, judge(r.Blocks, 50)...)
	if u := r.Update; u != nil {
		if u.Text == "" || u.At.TS == "" {
			add("an update without a text or a place")
		}
		out = append(out, alive("the update", u.Text)...)
		out = append(out, judge(u.Blocks, 50)...)
	}
	if r.Home != nil {
		out = append(out, judge(r.Home.Blocks.BlockSet, 100)...)
	}
	if m := r.Modal; m != nil {
		out = append(out, judge(m.Blocks.BlockSet, 100)...)
		for name, t := range map[string]*slack.TextBlockObject{"title": m.Title, "submit": m.Submit, "close": m.Close} {
			if t != nil && (t.Text == "" || utf8.RuneCountInString(t.Text) > 24) {
				add("the modal's %s %q", name, t.Text)
			}
		}
		inputs := slices.ContainsFunc(m.Blocks.BlockSet, func(b slack.Block) bool { return b.BlockType() == slack.MBTInput })
		if m.Title == nil || len(m.Blocks.BlockSet) == 0 || inputs && m.Submit == nil || len(m.PrivateMetadata) > 3000 || len(m.CallbackID) > 255 {
			add("a modal %+v", m)
		}
	}
	return out
}

var (
	ids      = regexp.MustCompile(`<[@#][A-Z0-9]+>`)
	entities = regexp.MustCompile(`&(amp|lt|gt);`)
	hidden   = regexp.MustCompile(`(?i)\b(gauge|gauges|binds|basis|stock|matured|rolling)\b`)
)

// alive says what in a text of mrkdwn is alive that should not be, or should not be read.
func alive(what, text string) []string {
	var out []string
	rest := entities.ReplaceAllString(ids.ReplaceAllString(text, ""), "")
	if strings.ContainsAny(rest, "<>&") {
		out = append(out, fmt.Sprintf("%s holds live mark-up: %q", what, text))
	}
	if strings.Count(text, "`")%2 != 0 {
		out = append(out, fmt.Sprintf("%s has an odd backtick: %q", what, text))
	}
	if strings.ContainsAny(text, "\x00\u202e\u200b") || !utf8.ValidString(text) {
		out = append(out, fmt.Sprintf("%s holds what cannot be seen: %q", what, text))
	}
	if w := hidden.FindString(text); w != "" {
		out = append(out, fmt.Sprintf("%s says %q", what, w))
	}
	return out
}

// judge checks blocks against Slack's limits.
func judge(blocks []slack.Block, most int) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if len(blocks) > most {
		add("%d blocks", len(blocks))
	}
	raw, err := json.Marshal(blocks)
	if err != nil {
		return []string{err.Error()}
	}
	var all []map[string]any
	if err := json.Unmarshal(raw, &all); err != nil {
		return []string{err.Error()}
	}
	blockIDs := map[string]bool{}
	length := func(v any) int { s, _ := v.(string); return utf8.RuneCountInString(s) }
	text := func(v any, most int) {
		o, ok := v.(map[string]any)
		if !ok {
			add("no text object: %v", v)
			return
		}
		if n := length(o["text"]); n < 1 || n > most {
			add("a text of %d characters, at most %d: %v", n, most, o["text"])
		}
		if o["type"] == "mrkdwn" {
			out = append(out, alive("a block", o["text"].(string))...)
			if o["verbatim"] != true {
				add("Slack may add links of its own to %v", o["text"])
			}
		}
	}
	element := func(v any, actions map[string]bool) {
		e := v.(map[string]any)
		if id, _ := e["action_id"].(string); id == "" || len(id) > 255 || actions[id] {
			add("action id %q", id)
		} else {
			actions[id] = true
		}
		if e["type"] == "button" {
			text(e["text"], 75)
		}
		if length(e["value"]) > 2000 || length(e["accessibility_label"]) > 75 {
			add("a value or label too long: %v", e)
		}
		if p, ok := e["placeholder"]; ok {
			text(p, 150)
		}
		if options, ok := e["options"].([]any); ok {
			limit := 100
			if e["type"] == "checkboxes" {
				limit = 10
			}
			if len(options) < 1 || len(options) > limit {
				add("%d options", len(options))
			}
			seen := map[any]bool{}
			for _, o := range options {
				o := o.(map[string]any)
				text(o["text"], 75)
				if n := length(o["value"]); n < 1 || n > 150 || seen[o["value"]] {
					add("option value %v", o["value"])
				}
				seen[o["value"]] = true
			}
			if first, ok := e["initial_option"].(map[string]any); ok && !seen[first["value"]] {
				add("the initial option %v is not offered", first)
			}
		}
		if m, ok := e["max_length"].(float64); ok && length(e["initial_value"]) > int(m) {
			add("an initial value too long: %v", e["initial_value"])
		}
	}
	for _, b := range all {
		if id, ok := b["block_id"].(string); ok {
			if blockIDs[id] || len(id) > 255 {
				add("block id %q", id)
			}
			blockIDs[id] = true
		}
		switch b["type"] {
		case "section":
			if t, ok := b["text"]; ok {
				text(t, 3000)
			} else if b["fields"] == nil {
				add("an empty section")
			}
			if fields, ok := b["fields"].([]any); ok {
				if len(fields) < 1 || len(fields) > 10 {
					add("%d fields", len(fields))
				}
				for _, f := range fields {
					text(f, 2000)
				}
			}
			if a, ok := b["accessory"]; ok {
				element(a, map[string]bool{})
			}
		case "header":
			text(b["text"], 150)
		case "context":
			elements := b["elements"].([]any)
			if len(elements) < 1 || len(elements) > 10 {
				add("%d elements of context", len(elements))
			}
			for _, e := range elements {
				text(e, 3000)
			}
		case "actions":
			elements := b["elements"].([]any)
			if len(elements) < 1 || len(elements) > 25 {
				add("%d elements in a row", len(elements))
			}
			actions := map[string]bool{}
			for _, e := range elements {
				element(e, actions)
			}
		case "input":
			text(b["label"], 2000)
			if h, ok := b["hint"]; ok {
				text(h, 2000)
			}
			element(b["element"], map[string]bool{})
		case "divider", "table", "data_table", "data_visualization": // package look checks them
		default:
			add("a block %v", b["type"])
		}
	}
	return out
}
