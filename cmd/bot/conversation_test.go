package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/paceline/paceline/internal/sandbox"
	"github.com/paceline/paceline/internal/store"
)

// TestConversations runs every script of testdata/conversations against the whole bot, on every engine and
// over both transports. UPDATE=1 rewrites what `cmp` compares with; PAYLOADS=/a/directory keeps there what the bot
// sent.
func TestConversations(t *testing.T) {
	for _, engine := range []string{"mem", "bolt"} {
		for _, delivery := range []string{"socket", "http"} {
			t.Run(engine+"-"+delivery, func(t *testing.T) {
				testscript.RunT(bubbles{t}, testscript.Params{
					Dir:                 "testdata/conversations",
					UpdateScripts:       os.Getenv("UPDATE") != "",
					RequireExplicitExec: true,
					RequireUniqueNames:  true,
					Setup: func(e *testscript.Env) error {
						c := &conversation{dir: e.WorkDir, engine: engine, delivery: delivery}
						e.Values["conversation"] = c
						e.Defer(c.close)
						if dir := os.Getenv("PAYLOADS"); dir != "" {
							e.Defer(func() {
								if err := c.record(dir); err != nil {
									t.Errorf("PAYLOADS: %v", err)
								}
							})
						}
						return nil
					},
					Cmds: vocabulary(),
				})
			})
		}
	}
}

// bubbles gives each script a bubble of its own, with its own time.
type bubbles struct{ *testing.T }

func (b bubbles) Run(name string, f func(testscript.T)) {
	b.T.Run(name, func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { f(bubbles{t}) })
	})
}

func (bubbles) Parallel() {} // a bubble stands alone

func (bubbles) Verbose() bool { return testing.Verbose() }

// A conversation is one script under way: a sandbox, a bot on a store, and what was said last.
type conversation struct {
	dir, engine, delivery string

	wires   *exchange
	client  *http.Client
	page    *http.Server
	box     *sandbox.Slack
	engined store.Engine
	bot     *bot
	door    *pipeListener
	stop    context.CancelFunc
	ended   chan error
	down    bool // the bot has been stopped

	replies []said
	modal   json.RawMessage
	errors  map[string]string
}

// said is one answer.
type said struct {
	Text   string          `json:"text"`
	Blocks json.RawMessage `json:"blocks"`
	Type   string          `json:"response_type"`
}

const sandboxHost = "sandbox.test"

// open begins at a moment.
func (c *conversation) open(at time.Time, seedName string) error {
	if c.box != nil {
		return fmt.Errorf("the conversation has begun; `at` stands first")
	}
	c.wires = newExchange()
	c.client = &http.Client{Transport: &http.Transport{DialContext: c.wires.dial}}
	if err := c.openStore(); err != nil {
		return err
	}
	g := stage{at: at, url: "http://" + sandboxHost, client: c.client, doors: doors{dial: c.wires.dial, ping: 12 * time.Hour}}
	if c.delivery == "http" {
		c.door = c.wires.listen("bot.test")
		g.door = c.door
	}
	log := slog.New(slog.DiscardHandler)
	if os.Getenv("LOG") != "" {
		log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	var err error
	c.box, c.bot, err = g.set(config{Channel: sandbox.OutreachID}, c.engined, log)
	if err != nil {
		return err
	}
	c.page = &http.Server{Handler: c.box.Handler()}
	l := c.wires.listen(sandboxHost)
	go func() { _ = c.page.Serve(l) }()
	if err := seed(context.Background(), c.bot.book, seedName, c.box.Now()); err != nil {
		return err
	}
	c.start()
	return nil
}

func (c *conversation) openStore() (err error) {
	spec := "mem:"
	if c.engine == "bolt" {
		spec = "bolt:" + filepath.Join(c.dir, "paceline.db")
	}
	c.engined, err = store.Open(context.Background(), spec)
	return err
}

func (c *conversation) start() {
	ctx, stop := context.WithCancel(context.Background())
	c.stop, c.ended = stop, make(chan error, 1)
	go func() {
		if c.door == nil {
			c.ended <- c.bot.serve(ctx, nil)
			return
		}
		c.ended <- c.bot.serve(ctx, c.door)
	}()
}

// end stops the bot as SIGTERM does. Until begin, time passes without it.
func (c *conversation) end() error {
	c.stop()
	if err := <-c.ended; err != nil {
		return err
	}
	if c.engine == "bolt" {
		if err := c.engined.Close(); err != nil {
			return err
		}
	}
	c.down = true
	absent, err := store.Open(context.Background(), "mem:") // the sandbox's ticks go to a bot that knows of nothing
	if err != nil {
		return err
	}
	return c.become(absent)
}

// begin starts a bot on the store of the one that has stopped.
func (c *conversation) begin() error {
	if !c.down {
		return fmt.Errorf("the bot runs; `down` stands before `up`")
	}
	c.down = false
	if c.engine == "bolt" {
		if err := c.openStore(); err != nil {
			return err
		}
	}
	if c.door != nil {
		c.door = c.wires.listen("bot.test")
	}
	if err := c.become(c.engined); err != nil {
		return err
	}
	c.start()
	return nil
}

// become puts a new bot on a store in the place of the old one.
func (c *conversation) become(s store.Engine) error {
	b, err := wire(c.bot.cfg, s, doors{now: c.box.Now, dial: c.wires.dial, ping: 12 * time.Hour}, c.bot.log)
	if err != nil {
		return err
	}
	*c.bot = *b
	return nil
}

// alter changes what a channel is for the bot.
func (c *conversation) alter(channel, how string) error {
	for word, body := range map[string]map[string]any{
		"archived": {"archived": true}, "open": {"archived": false}, "left": {"bot": false}, "joined": {"bot": true},
		"shared": {"shared": true}, "own": {"shared": false},
	} {
		if word == how {
			body["channel"] = channel
			return c.ask(http.MethodPost, "channel", body, new(map[string]any))
		}
	}
	return fmt.Errorf("a channel is archived or open, left or joined, shared or own, and not %q", how)
}

func (c *conversation) close() {
	if c.box == nil {
		return
	}
	if !c.down {
		c.stop()
		<-c.ended
	}
	_ = c.box.Close()
	_ = c.page.Close()
	_ = c.engined.Close()
	c.client.CloseIdleConnections()
}

// ask makes one call of the sandbox's control API.
func (c *conversation) ask(method, path string, body, into any) error {
	if c.box == nil {
		if err := c.open(time.Date(2026, 11, 24, 9, 5, 0, 0, time.UTC), "empty"); err != nil {
			return err
		}
	}
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return err
		}
		in = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, "http://"+sandboxHost+"/control/"+path, in)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s: %s", method, path, res.Status, b)
	}
	return json.Unmarshal(b, into)
}

// say makes a call that the bot answers, and keeps the answer, also in the files reply and blocks.
func (c *conversation) say(path string, body any) error {
	var answer struct {
		Replies []said            `json:"replies"`
		Modal   json.RawMessage   `json:"modal"`
		Errors  map[string]string `json:"errors"`
	}
	if err := c.ask(http.MethodPost, path, body, &answer); err != nil {
		return err
	}
	synctest.Wait() // what the bot still does behind the answer belongs to it
	c.replies, c.modal, c.errors = answer.Replies, answer.Modal, answer.Errors
	var text, blocks strings.Builder
	for _, r := range c.replies {
		fmt.Fprintln(&text, r.Text)
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, r.Blocks, "", "  "); err == nil {
			fmt.Fprintln(&blocks, pretty.String())
		}
	}
	if err := os.WriteFile(filepath.Join(c.dir, "reply"), []byte(text.String()), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.dir, "blocks"), []byte(blocks.String()), 0o600)
}

// vocabulary is what a script can say; testdata/conversations/README.md explains it.
func vocabulary() map[string]func(ts *testscript.TestScript, neg bool, args []string) {
	type command = func(ts *testscript.TestScript, neg bool, args []string)
	words := map[string]command{}
	add := func(name string, least int, f func(c *conversation, args []string) error) {
		words[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			if len(args) < least {
				ts.Fatalf("%s takes at least %d arguments", name, least)
			}
			err := f(ts.Value("conversation").(*conversation), args)
			if neg != (err != nil) {
				if neg {
					ts.Fatalf("%s %s was not refused", name, strings.Join(args, " "))
				}
				ts.Fatalf("%v", err)
			}
			if err != nil {
				ts.Logf("refused: %v", err)
			}
		}
	}
	for _, p := range sandbox.People {
		add(p.Name, 1, func(c *conversation, args []string) error {
			text := strings.Join(args, " ")
			if strings.HasPrefix(text, "/") {
				return c.say("command", map[string]any{"user": p.Name, "channel": "outreach", "text": text})
			}
			return c.say("message", map[string]any{"user": p.Name, "text": text})
		})
	}
	add("at", 1, func(c *conversation, args []string) error {
		at, err := time.Parse(time.RFC3339, args[0])
		if err != nil {
			return err
		}
		return c.open(at, append(args, "empty")[1])
	})
	add("advance", 1, func(c *conversation, args []string) error {
		key := "by"
		if strings.Contains(args[0], "T") {
			key = "to"
		}
		return c.ask(http.MethodPost, "advance", map[string]string{key: args[0]}, new(map[string]any))
	})
	add("press", 2, func(c *conversation, args []string) error {
		body := map[string]any{"user": args[0], "action_id": args[1]}
		if len(args) > 2 {
			body["value"] = args[2]
		}
		return c.say("press", body)
	})
	add("submit", 1, func(c *conversation, args []string) error {
		values := map[string]any{}
		for _, a := range args[1:] {
			k, v, _ := strings.Cut(a, "=")
			values[k] = v
			if strings.Contains(v, ",") {
				values[k] = strings.Split(v, ",")
			}
		}
		return c.say("submit", map[string]any{"user": args[0], "values": values})
	})
	add("shortcut", 2, func(c *conversation, args []string) error {
		return c.say("shortcut", map[string]any{"user": args[0], "callback_id": args[1]})
	})
	add("replay", 1, func(c *conversation, args []string) error {
		n, err := strconv.Atoi(args[0])
		if err != nil {
			return err
		}
		return c.say("replay", map[string]any{"times": n})
	})
	add("fault", 2, func(c *conversation, args []string) error {
		numbers := []int{1, 2}
		for n, a := range args[2:min(len(args), 4)] {
			var err error
			if numbers[n], err = strconv.Atoi(a); err != nil {
				return err
			}
		}
		return c.ask(http.MethodPost, "fault", map[string]any{"method": args[0], "kind": args[1], "times": numbers[0], "retry_after": numbers[1]}, new(map[string]any))
	})
	add("mend", 0, func(c *conversation, _ []string) error {
		return c.ask(http.MethodPost, "mend", map[string]any{}, new(map[string]any))
	})
	add("down", 0, func(c *conversation, _ []string) error { return c.end() })
	add("up", 0, func(c *conversation, _ []string) error { return c.begin() })
	add("restart", 0, func(c *conversation, _ []string) error {
		if err := c.end(); err != nil {
			return err
		}
		return c.begin()
	})
	add("room", 2, func(c *conversation, args []string) error { return c.alter(args[0], args[1]) })
	add("reply", 1, func(c *conversation, args []string) error {
		var all []string
		for _, r := range c.replies {
			all = append(all, r.Text)
		}
		return matches("the answer", strings.Join(all, "\n"), args)
	})
	add("private", 0, func(c *conversation, _ []string) error {
		for _, r := range c.replies {
			if r.Type != "ephemeral" {
				return fmt.Errorf("not for the person's eyes only: %s", r.Text)
			}
		}
		return nil
	})
	add("modal", 1, func(c *conversation, args []string) error { return matches("the form", shownText(c.modal), args) })
	add("wrong", 2, func(c *conversation, args []string) error {
		return matches("the error of "+args[0], c.errors[args[0]], args[1:])
	})
	add("home", 2, func(c *conversation, args []string) error {
		var view json.RawMessage
		if err := c.ask(http.MethodGet, "home?user="+args[0], nil, &view); err != nil {
			return err
		}
		return matches("Home", shownText(view), args[1:])
	})
	for name, query := range map[string]string{"dm": "dm", "channel": "channel"} {
		add(name, 1, func(c *conversation, args []string) error {
			var messages []struct{ User, Text string }
			if err := c.ask(http.MethodGet, "messages?"+query+"="+args[0], nil, &messages); err != nil {
				return err
			}
			var b strings.Builder
			for _, m := range messages {
				who := m.User
				for _, p := range sandbox.People {
					if p.ID == m.User {
						who = p.Name
					}
				}
				if m.User == sandbox.BotUser {
					who = sandbox.BotName
				}
				fmt.Fprintf(&b, "%s: %s\n", who, m.Text)
			}
			return os.WriteFile(filepath.Join(c.dir, "said"), []byte(b.String()), 0o600)
		})
	}
	return words
}

// matches reports the first pattern that a text does not match.
func matches(what, text string, patterns []string) error {
	for _, p := range patterns {
		re, err := regexp.Compile(p)
		if err != nil {
			return err
		}
		if !re.MatchString(text) {
			return fmt.Errorf("%s does not match %q:\n%s", what, p, text)
		}
	}
	return nil
}

// shownText collects what a view shows, a line for each text in it.
func shownText(view json.RawMessage) string {
	var v any
	if err := json.Unmarshal(view, &v); err != nil {
		return ""
	}
	var lines []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for _, key := range []string{"text", "initial_value"} {
				if text, ok := v[key].(string); ok {
					lines = append(lines, text)
				}
			}
			for _, key := range []string{"title", "text", "label", "fields", "elements", "element", "initial_option", "accessory", "hint", "blocks", "submit", "close", "view"} {
				walk(v[key])
			}
		}
	}
	walk(v)
	return strings.Join(lines, "\n")
}
