package slackapp

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

type blank struct{ header http.Header }

func (b *blank) Header() http.Header         { return b.header }
func (b *blank) Write(p []byte) (int, error) { return len(p), nil }
func (b *blank) WriteHeader(int)             {}

// BenchmarkCommand is one signed slash command through the door, with a person already known.
func BenchmarkCommand(b *testing.B) {
	at := time.Now()
	app, err := New(Config{BotToken: botToken, SigningSecret: testSecret, Now: func() time.Time { return at },
		Answer: &fakeBotThatForgets{commands.Reply{Text: "25 left now, 45 this week.", Blocks: []slack.Block{section("*25* left now, 45 this week.")}}}})
	if err != nil {
		b.Fatal(err)
	}
	app.profiles.known[person{"T1", "U1"}] = &profile{is: commands.Profile{Known: true}, until: at.Add(time.Hour)}
	body := commandForm("https://www.linkedin.com/in/jane-doe", "1234.5678.abcdef")
	header := sign(testSecret, at, body)
	header.Set("Content-Type", formType)
	handler := app.Handler()
	reader := strings.NewReader(body)
	r := httptest.NewRequest(http.MethodPost, "/slack/commands", nil)
	r.Header, r.ContentLength = header, int64(len(body))
	w := &blank{http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		reader.Reset(body)
		r.Body = io.NopCloser(reader)
		handler.ServeHTTP(w, r)
	}
}

func BenchmarkSignature(b *testing.B) {
	at := time.Now()
	body := commandForm("https://www.linkedin.com/in/jane-doe", "1234.5678.abcdef")
	header, secret := sign(testSecret, at, body), newSecret(testSecret)
	b.ReportAllocs()
	for b.Loop() {
		if err := secret.check(header, []byte(body), at); err != nil {
			b.Fatal(err)
		}
	}
}

// fakeBotThatForgets answers every command alike and keeps nothing.
type fakeBotThatForgets struct{ reply commands.Reply }

func (f *fakeBotThatForgets) Command(context.Context, commands.Request) commands.Reply {
	return f.reply
}
func (f *fakeBotThatForgets) Say(context.Context, commands.Request) commands.Reply { return f.reply }
func (f *fakeBotThatForgets) Press(context.Context, commands.Request, commands.Press) commands.Reply {
	return f.reply
}
func (f *fakeBotThatForgets) Submit(context.Context, commands.Request, commands.Form) commands.Reply {
	return f.reply
}
func (f *fakeBotThatForgets) Open(context.Context, commands.Request) commands.Reply { return f.reply }
func (f *fakeBotThatForgets) CardPosted(context.Context, commands.Request, quota.Place) (quota.Place, error) {
	return quota.Place{}, nil
}
