package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// monday is where most tests begin.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// A pipe is a network of one listener, made of net.Pipe so that a bubble's clock is not frozen by a socket.
type pipe struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipe() *pipe { return &pipe{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}
func (p *pipe) Close() error   { p.once.Do(func() { close(p.done) }); return nil }
func (p *pipe) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }
func (p *pipe) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-p.done:
		return nil, errors.New("connection refused")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipe) client() *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: p.dial}}
}

func (p *pipe) serve(h http.Handler) *http.Server {
	server := &http.Server{Handler: h, ErrorLog: log.New(io.Discard, "", 0)}
	go server.Serve(p)
	return server
}

// A lab is a sandbox under test: its network, a tester's client, and the bot's API client.
type lab struct {
	*testing.T
	slack  *Slack
	net    *pipe
	client *http.Client
	api    *slack.Client
	bots   []*bot
}

// bubble runs a test in a bubble with a sandbox that stands at monday.
func bubble(t *testing.T, change func(*Config), test func(l *lab)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		cfg := Config{URL: "http://slack.test", Start: monday, BotToken: "xoxb-secret-bot", AppToken: "xapp-secret-app", SigningSecret: "signing-secret", Ping: time.Hour}
		if change != nil {
			change(&cfg)
		}
		l := &lab{T: t, slack: New(cfg), net: newPipe()}
		l.client = l.net.client()
		l.api = slack.New(cfg.BotToken, slack.OptionAppLevelToken(cfg.AppToken), slack.OptionAPIURL("http://slack.test/api/"), slack.OptionHTTPClient(l.client))
		server := l.net.serve(l.slack.Handler())
		defer func() {
			for _, b := range l.bots {
				b.stop()
				<-b.done
			}
			l.client.CloseIdleConnections()
			l.slack.Close()
			server.Close()
			l.net.Close()
			time.Sleep(time.Second) // net/http lingers half a second over a body it did not read
		}()
		test(l)
	})
}

// post calls the control API and decodes the answer.
func (l *lab) post(path string, in any) (int, map[string]any) {
	l.Helper()
	raw, _ := json.Marshal(in)
	req, _ := http.NewRequest(http.MethodPost, "http://slack.test/control/"+path, bytes.NewReader(raw))
	req.Header.Set("Content-Type", "application/json")
	return l.do(req)
}

func (l *lab) do(req *http.Request) (int, map[string]any) {
	l.Helper()
	res, err := l.client.Do(req)
	if err != nil {
		l.Fatalf("%s %s: %v", req.Method, req.URL, err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	out := map[string]any{}
	if err := json.Unmarshal(body, &out); err != nil {
		l.Fatalf("%s %s answered %d %q, which is no object", req.Method, req.URL, res.StatusCode, body)
	}
	return res.StatusCode, out
}

// must is post, and fails unless the answer is 200.
func (l *lab) must(path string, in any) map[string]any {
	l.Helper()
	status, out := l.post(path, in)
	if status != http.StatusOK {
		l.Fatalf("/control/%s %v: %d %v", path, in, status, out)
	}
	return out
}

// get reads the control API.
func (l *lab) get(path string) (int, any) {
	l.Helper()
	res, err := l.client.Get("http://slack.test/control/" + path)
	if err != nil {
		l.Fatal(err)
	}
	defer res.Body.Close()
	var out any
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil {
		l.Fatal(err)
	}
	return res.StatusCode, out
}

// texts are the texts of an answer's replies.
func texts(out map[string]any) string {
	var all []string
	list, _ := out["replies"].([]any)
	for _, r := range list {
		all = append(all, r.(map[string]any)["text"].(string))
	}
	return strings.Join(all, " | ")
}

func (l *lab) want(got, want any) {
	l.Helper()
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if string(g) != string(w) {
		l.Errorf("got  %s\nwant %s", g, w)
	}
}

// A bot is a small bot over slack-go's own Socket Mode client.
type bot struct {
	command func(c slack.SlashCommand) any // its answer is the acknowledgement
	act     func(c slack.InteractionCallback) any
	event   func(e slackevents.EventsAPIEvent)
	envelop func(r socketmode.Request) // sees every envelope first

	stop context.CancelFunc
	done chan struct{}
}

// connect runs the bot until the test ends.
func (l *lab) connect(b *bot) *bot {
	l.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	b.stop, b.done = cancel, make(chan struct{})
	client := socketmode.New(l.api, socketmode.OptionDialer(&websocket.Dialer{NetDialContext: l.net.dial}),
		socketmode.OptionPingInterval(24*time.Hour), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	hello := make(chan struct{}, 16)
	var work sync.WaitGroup
	work.Go(func() { client.RunContext(ctx) })
	work.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-client.Events:
				if e.Type == socketmode.EventTypeHello {
					hello <- struct{}{}
				}
				if e.Request == nil || e.Request.EnvelopeID == "" {
					continue
				}
				work.Go(func() {
					if b.envelop != nil {
						b.envelop(*e.Request)
					}
					if ack := b.answer(e); ack != noAck {
						client.AckCtx(ctx, e.Request.EnvelopeID, ack)
					}
				})
			}
		}
	})
	go func() { work.Wait(); close(b.done) }()
	l.bots = append(l.bots, b)
	select {
	case <-hello:
	case <-time.After(time.Minute):
		l.Fatal("no hello")
	}
	return b
}

type silence struct{}

var noAck any = silence{} // what a bot answers that does not acknowledge

func (b *bot) answer(e socketmode.Event) any {
	switch data := e.Data.(type) {
	case slack.SlashCommand:
		if b.command != nil {
			return b.command(data)
		}
	case slack.InteractionCallback:
		if b.act != nil {
			return b.act(data)
		}
	case slackevents.EventsAPIEvent:
		if b.event != nil {
			b.event(data)
		}
	}
	return nil
}

func say(text string) any { return map[string]any{"text": text} }
