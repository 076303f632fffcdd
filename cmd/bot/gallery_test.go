package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/sandbox"
)

// A picture is one message or view of the product that the sandbox's gallery shows.
type picture struct {
	file, name string
	seed       string // "" for demo
	steps      string // one a line: "ana /sent 5", "press ana why", "shortcut ana log", "submit ana name=x", "home ana"
}

// pictures are every kind of answer, form and tab. What is new is added here, with UPDATE=1.
var pictures = []picture{
	{file: "logged", name: "Logged", steps: "cleo /sent 5"},
	{file: "logged-people", name: "Logged, with whom", steps: "cleo /sent https://www.linkedin.com/in/jane-doe https://www.linkedin.com/in/max-muster yesterday"},
	{file: "first", name: "The first log of somebody", seed: "empty", steps: "ana /sent 5"},
	{file: "over-budget", name: "Over the budget", seed: "empty", steps: "ana /sent 79 today"},
	{file: "over-ceiling", name: "Over the ceiling", seed: "empty", steps: "ana /sent 99 today\nana /sent 2"},
	{file: "two-numbers", name: "Two numbers", steps: "ana /sent 5"},
	{file: "card", name: "Card", steps: "ana /budget"},
	{file: "why", name: "Why", steps: "ana /budget\npress ana why"},
	{file: "undo", name: "Undo", steps: "cleo /sent 5\npress cleo undo"},
	{file: "confirm", name: "Asked first", steps: "cleo /sent 101"},
	{file: "slip", name: "A slip of the hand", steps: "cleo /sent fiv"},
	{file: "help", name: "Help", steps: "ana /paceline help"},
	{file: "menu", name: "Menu", steps: "ana /paceline"},
	{file: "colleague", name: "A colleague's budget", steps: "cleo /budget @ana"},
	{file: "watched", name: "A member's budget, for the manager", steps: "mia /budget @ana"},
	{file: "log-card", name: "Log card", steps: "cleo 8"},
	{file: "log-form", name: "Log form", steps: "shortcut ana log"},
	{file: "log-form-wrong", name: "Log form, to be mended", steps: "shortcut ana log\nsubmit ana quantity=0"},
	{file: "log-form-done", name: "Log form, sent", steps: "shortcut cleo log\nsubmit cleo quantity=3 kind=note"},
	{file: "settings-form", name: "Settings form", steps: "ana /paceline settings"},
	{file: "setup-form", name: "Setup form", steps: "mia /paceline setup"},
	{file: "accepted", name: "Accepted", steps: "ana /paceline accepted 3"},
	{file: "withdrawn", name: "Withdrawn", steps: "ana /paceline withdrawn 2"},
	{file: "restricted", name: "Restricted", steps: "ana /paceline restricted day"},
	{file: "plan", name: "A plan", steps: "cleo /paceline plan 60 by fri"},
	{file: "last-week", name: "A week that is over", steps: "ana /budget last week"},
	{file: "policy", name: "The team's rules", steps: "mia /paceline policy set budget 60 quarter end\nmia /paceline team limit @ana 40 new account\nmia /paceline policy"},
	{file: "policy-number", name: "Change a number", steps: "mia /paceline policy\npress mia policy_number"},
	{file: "policy-preset", name: "Choose a preset", steps: "mia /paceline policy\npress mia policy_preset"},
	{file: "why-advice", name: "Why, advice", steps: "ana /budget why\npress ana why_advice"},
	{file: "overview", name: "Overview", steps: "ben /sent 60\nmia /paceline team"},
	{file: "overview-1", name: "Overview of one", seed: "empty", steps: "ola /paceline setup managers @mia\nana /sent 15\nmia /paceline team"},
	{file: "overview-8", name: "Overview of 8", steps: "crowd 5\nben /sent 60\nmia /paceline team"},
	{file: "overview-60", name: "Overview of 60", steps: "crowd 57\nmia /paceline team"},
	{file: "nudge", name: "A nudge", steps: "ana /sent 25\nadvance 2026-11-24T09:06:00Z\ndm ana"},
	{file: "ceiling-told", name: "A ceiling is passed, to the manager", steps: "ben /sent 90\nadvance 2026-11-24T09:36:00Z\ndm mia"},
	{file: "digest", name: "Monday digest", steps: "advance 2026-11-30T00:00:05Z\nchannel outreach"},
	{file: "digest-1", name: "Monday digest, a team of one", seed: "empty", steps: "ana /sent 15\nadvance 2026-11-30T00:00:05Z\nchannel outreach"},
	{file: "digest-8", name: "Monday digest, a team of 8", steps: "crowd 5\nadvance 2026-11-30T00:00:05Z\nchannel outreach"},
	{file: "digest-60", name: "Monday digest, a team of 60", steps: "crowd 57\nadvance 2026-11-30T00:00:05Z\nchannel outreach"},
	{file: "digest-empty", name: "Monday digest, nothing logged", seed: "empty", steps: "ana /sent 1\nana /sent undo\nadvance 2026-11-30T00:00:05Z\nchannel outreach"},
	{file: "digest-waits", name: "Monday digest, held, to the manager", steps: "ola /paceline setup channel #general\nadvance 2026-11-30T00:00:05Z\ndm mia"},
	{file: "home", name: "Home", steps: "home ana"},
	{file: "home-new", name: "Home, of somebody new", seed: "empty", steps: "home ana"},
}

const galleryDir = "../../internal/sandbox/page/gallery"

// TestGallery draws what the sandbox's gallery shows of the product from real answers. UPDATE=1 rewrites it.
func TestGallery(t *testing.T) {
	known := map[string]bool{"index.json": true}
	for _, p := range pictures {
		known[p.file+".json"] = true
		t.Run(p.file, func(t *testing.T) {
			var got []byte
			synctest.Test(t, func(t *testing.T) { got = p.taken(t) })
			path := filepath.Join(galleryDir, p.file+".json")
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not what the product says (%v); UPDATE=1 go test ./cmd/bot -run TestGallery rewrites it:\n%s", path, err, got)
			}
		})
	}
	files, err := filepath.Glob(filepath.Join(galleryDir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if !known[filepath.Base(f)] {
			t.Errorf("%s is a picture of nothing", f)
		}
	}
}

// taken plays the steps and returns what stands there at the end.
func (p picture) taken(t *testing.T) []byte {
	c := &conversation{dir: t.TempDir(), engine: "mem", delivery: "socket"}
	defer c.close()
	begin := p.seed
	if begin == "" {
		begin = "demo"
	}
	if err := c.open(time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC), begin); err != nil {
		t.Fatal(err)
	}
	var home json.RawMessage
	for step := range strings.Lines(p.steps) {
		if err := c.step(strings.TrimSpace(step), &home); err != nil {
			t.Fatal(err)
		}
	}
	shown := map[string]any{"name": p.name, "surface": "message"}
	switch {
	case home != nil:
		shown["surface"], shown["view"] = "home", stable(t, home)
	case c.modal != nil && string(c.modal) != "null":
		shown["surface"], shown["view"] = "modal", stable(t, c.modal)
		if len(c.errors) > 0 {
			shown["errors"] = c.errors
		}
	case len(c.replies) > 0:
		last := c.replies[len(c.replies)-1]
		shown["text"], shown["blocks"] = last.Text, stable(t, last.Blocks)
	default:
		t.Fatal("nothing was said")
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(shown); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// step plays one step of a picture.
func (c *conversation) step(line string, home *json.RawMessage) error {
	verb, rest, _ := strings.Cut(line, " ")
	words := strings.Fields(rest)
	switch verb {
	case "home":
		return c.ask(http.MethodGet, "home?user="+rest, nil, home)
	case "crowd":
		return c.crowd(rest)
	case "advance":
		return c.ask(http.MethodPost, "advance", map[string]any{"to": rest}, new(json.RawMessage))
	case "dm", "channel":
		c.replies = nil
		return c.ask(http.MethodGet, "messages?"+verb+"="+rest, nil, &c.replies)
	case "press":
		return c.say("press", map[string]any{"user": words[0], "action_id": words[1]})
	case "shortcut":
		return c.say("shortcut", map[string]any{"user": words[0], "callback_id": words[1]})
	case "submit":
		values := map[string]any{}
		for _, w := range words[1:] {
			name, value, _ := strings.Cut(w, "=")
			values[name] = value
		}
		return c.say("submit", map[string]any{"user": words[0], "values": values})
	}
	for _, p := range sandbox.People {
		if p.Name != verb {
			continue
		}
		if strings.HasPrefix(rest, "/") {
			return c.say("command", map[string]any{"user": verb, "channel": "outreach", "text": rest})
		}
		return c.say("message", map[string]any{"user": verb, "text": rest})
	}
	return fmt.Errorf("nobody can %q", line)
}

// crowd lets so many more people log, each another number.
func (c *conversation) crowd(count string) error {
	n, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	first := strings.Fields("Ada Bo Cai Dan Eva Finn Gia Hugo Ines Jo Kim Lena")
	last := strings.Fields("Adler Baker Chen Diaz Evans")
	for i := range n {
		who := quota.Who{
			Workspace: sandbox.TeamID, ID: fmt.Sprintf("UCROWD%03d", i), Name: first[i%len(first)] + " " + last[i/len(first)%len(last)],
			Zone: "Europe/Berlin", Channel: sandbox.OutreachID,
		}
		if _, err := c.bot.book.Log(context.Background(), who, "crowd/"+who.ID, c.box.Now(), quota.Log{Kind: quota.Invite, Quantity: 3 + i*7%20}); err != nil {
			return err
		}
	}
	return nil
}

var (
	ownBlockID = regexp.MustCompile(`^b[0-9a-z]{1,4}$`)
	freshID    = regexp.MustCompile(`\b(id|op)=[0-9a-zA-Z_-]+`)
)

// stable is JSON without what differs from run to run and is not looked at: ids that Slack or the bot made
// up, and what a view holds beside its words and blocks.
func stable(t *testing.T, raw json.RawMessage) any {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	if view, ok := v.(map[string]any); ok {
		kept := map[string]any{}
		for _, name := range []string{"type", "title", "submit", "close", "blocks", "callback_id"} {
			if view[name] != nil && view[name] != "" {
				kept[name] = view[name]
			}
		}
		v = kept
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if id, _ := v["block_id"].(string); ownBlockID.MatchString(id) {
				delete(v, "block_id")
			}
			if value, ok := v["value"].(string); ok {
				v["value"] = freshID.ReplaceAllString(value, "$1=fresh")
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(v)
	return v
}
