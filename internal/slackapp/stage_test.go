package slackapp

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

const (
	testSecret = "8f742231b10e8888abcd99yyyzzz85a5"
	botToken   = "xoxb-bot-token"
	appToken   = "xapp-app-token"
	typed      = "https://www.linkedin.com/in/jane-doe" // stands for what must never be logged
)

// fakeBot answers as a test wants it to.
type fakeBot struct {
	reply  func(ctx context.Context, r commands.Request) commands.Reply
	posted func(at quota.Place) (old quota.Place, err error)

	mu       sync.Mutex
	requests []commands.Request
	presses  []commands.Press
	forms    []commands.Form
}

func says(r commands.Reply) func(context.Context, commands.Request) commands.Reply {
	return func(context.Context, commands.Request) commands.Reply { return r }
}

func (b *fakeBot) note(r commands.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.requests = append(b.requests, r)
}

func (b *fakeBot) seen() []commands.Request {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]commands.Request(nil), b.requests...)
}

func (b *fakeBot) Command(ctx context.Context, r commands.Request) commands.Reply {
	b.note(r)
	return b.reply(ctx, r)
}
func (b *fakeBot) Say(ctx context.Context, r commands.Request) commands.Reply {
	b.note(r)
	return b.reply(ctx, r)
}
func (b *fakeBot) Open(ctx context.Context, r commands.Request) commands.Reply {
	b.note(r)
	return b.reply(ctx, r)
}
func (b *fakeBot) Press(ctx context.Context, r commands.Request, p commands.Press) commands.Reply {
	b.note(r)
	b.mu.Lock()
	b.presses = append(b.presses, p)
	b.mu.Unlock()
	return b.reply(ctx, r)
}
func (b *fakeBot) Submit(ctx context.Context, r commands.Request, f commands.Form) commands.Reply {
	b.note(r)
	b.mu.Lock()
	b.forms = append(b.forms, f)
	b.mu.Unlock()
	return b.reply(ctx, r)
}
func (b *fakeBot) CardPosted(_ context.Context, _ commands.Request, at quota.Place) (quota.Place, error) {
	if b.posted == nil {
		return quota.Place{}, nil
	}
	return b.posted(at)
}

// logbook keeps what was logged.
type logbook struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// A stage is an App between a fake Slack and a fake bot.
type stage struct {
	t     *testing.T
	slack *fakeSlack
	bot   *fakeBot
	log   *logbook
	app   *App
}

// newStage sets one up inside a bubble, and checks at the end that the log holds no secret.
func newStage(t *testing.T, change func(*Config)) *stage {
	t.Helper()
	s := &stage{t: t, slack: newFakeSlack(t), log: new(logbook)}
	s.bot = &fakeBot{reply: says(commands.Reply{Text: "25 left"})}
	cfg := Config{
		BotToken: botToken, SigningSecret: testSecret, APIURL: "http://slack.test/api",
		Answer: s.bot, Now: time.Now, Dial: s.slack.dial, Connections: 1, Ping: 10_000 * time.Hour,
		Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&cfg)
	}
	app, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s.app = app
	t.Cleanup(func() {
		if err := app.Drain(context.Background()); err != nil {
			t.Error(err)
		}
		for _, secret := range []string{"xoxb-", "xapp-", typed, testSecret, "secret-ticket", "/hook/"} {
			if strings.Contains(s.log.String(), secret) {
				t.Errorf("the log holds %q:\n%s", secret, s.log)
			}
		}
	})
	return s
}

func section(text string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, text, false, false), nil, nil)
}

func modal(title string) *slack.ModalViewRequest {
	return &slack.ModalViewRequest{Type: slack.VTModal, Title: &slack.TextBlockObject{Type: slack.PlainTextType, Text: title},
		Blocks: slack.Blocks{BlockSet: []slack.Block{section("x")}}}
}

func homeView() *slack.HomeTabViewRequest {
	return &slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{section("home")}}}
}
