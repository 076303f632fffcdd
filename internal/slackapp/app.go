package slackapp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/commands"
)

// Config says how to reach Slack and who answers.
type Config struct {
	BotToken      string // of the Web API; required
	AppToken      string // when set, Run receives by Socket Mode
	SigningSecret string // when set, Handler receives signed HTTP
	APIURL        string // "" is Slack's; any server that speaks Slack's Web API

	Answer commands.Answerer
	Now    func() time.Time // the door where requests enter: their time, and the one signatures are judged by
	Log    *slog.Logger     // nil: silent

	// Dial, when set, makes every connection to Slack, of HTTP and of WebSockets.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)

	Ping        time.Duration // a Socket Mode connection that brought no ping for so long is dialled anew; 0 is 30 s
	Connections int           // of Socket Mode, 1 to 10; 0 is 2
}

// An App is the bot's end of the wire. Its methods may be called concurrently.
type App struct {
	cfg      Config
	web      *web
	profiles *profiles
	secret   *secret // nil without a signing secret
	health   health
	hand     inHand
	met      memory // direct messages that were taken in
	edits    edits
	self     atomic.Pointer[string] // the bot's own user id, once known
}

// maxConnections is Slack's limit of Socket Mode connections of one app.
const maxConnections = 10

// New makes an App. It refuses a Config that cannot work, and asks nothing of Slack.
func New(cfg Config) (*App, error) {
	switch {
	case cfg.BotToken == "":
		return nil, errors.New("slackapp: the bot token is missing")
	case cfg.AppToken == "" && cfg.SigningSecret == "":
		return nil, errors.New("slackapp: neither an app token (Socket Mode) nor a signing secret (HTTP) is set")
	case cfg.Answer == nil || cfg.Now == nil:
		return nil, errors.New("slackapp: Answer and Now are required")
	case cfg.Connections < 0 || cfg.Connections > maxConnections:
		return nil, fmt.Errorf("slackapp: %d Socket Mode connections; Slack allows 1 to %d", cfg.Connections, maxConnections)
	}
	if cfg.Connections == 0 {
		cfg.Connections = 2
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.APIURL == "" {
		cfg.APIURL = slack.APIURL
	}
	if !strings.HasSuffix(cfg.APIURL, "/") {
		cfg.APIURL += "/"
	}
	base, err := url.Parse(cfg.APIURL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, fmt.Errorf("slackapp: the API address %q is no http or https URL", cfg.APIURL)
	}
	a := &App{cfg: cfg}
	a.web = newWeb(cfg, base, &a.health)
	a.profiles = newProfiles(cfg.Now, a.web.person, cfg.Log)
	if cfg.SigningSecret != "" {
		a.secret = newSecret(cfg.SigningSecret)
	}
	return a, nil
}

// Drain waits until every request in hand has been answered, answers that come late included, and then
// lets go of idle connections. Whatever waits for a second try is tried at once, and lookups of profiles
// that no request in hand waits for are given up; none is made afterwards. It returns ctx's error when that
// ends first. It stops nothing from coming in: end Run and shut the HTTP server down before.
func (a *App) Drain(ctx context.Context) error {
	a.web.hurry()
	err := a.hand.wait(ctx)
	a.profiles.stop()
	a.web.http.CloseIdleConnections()
	if err != nil {
		return fmt.Errorf("slackapp: requests still in hand: %w", err)
	}
	return nil
}

// Ready returns nil when requests can come in and be answered, and otherwise an error that is a sentence
// and names the fix. By Socket Mode that takes a connection; by HTTP, that Slack's Web API has answered once
// (a later outage of it changes nothing).
func (a *App) Ready() error {
	return a.health.ready(a.cfg.AppToken != "")
}

// An Identity is who the bot token stands for.
type Identity struct {
	Workspace  string // Slack's team id
	Name       string // of the workspace
	Enterprise string // "" outside Enterprise Grid
	URL        string // of the workspace
	User       string // the bot's user id
	Scopes     []string
}

// Identify asks Slack who the bot token stands for and what it may do. The error names the fix.
func (a *App) Identify(ctx context.Context) (Identity, error) {
	id, err := a.web.whoami(ctx)
	if err != nil {
		return Identity{}, err
	}
	a.self.Store(&id.User)
	return id, nil
}

// newHTTP returns the client for everything but WebSockets. It follows no redirect, so that nothing but
// the address itself decides where a request goes, and it repeats no POST: net/http does so only for a
// request that never reached the wire, as long as nobody sets an Idempotency-Key.
func newHTTP(cfg Config, base *url.URL, h *health) *http.Client {
	t := &http.Transport{
		DialContext:           dialer(cfg),
		TLSHandshakeTimeout:   5 * time.Second,
		ResponseHeaderTimeout: 10 * time.Second,
		IdleConnTimeout:       time.Minute,
		MaxIdleConns:          64,
		MaxIdleConnsPerHost:   32,
		ForceAttemptHTTP2:     true,
	}
	if cfg.Dial == nil {
		t.Proxy = http.ProxyFromEnvironment
	}
	return &http.Client{
		Transport:     &listener{Transport: t, base: base, health: h},
		Timeout:       12 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// dialer returns what makes connections, each within 5 s. Its errors are notDialled.
func dialer(cfg Config) func(ctx context.Context, network, addr string) (net.Conn, error) {
	dial := cfg.Dial
	if dial == nil {
		dial = (&net.Dialer{KeepAlive: 30 * time.Second}).DialContext
	}
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, notDialled{err}
		}
		return conn, nil
	}
}

// notDialled is an error before the first byte was written.
type notDialled struct{ error }

func (n notDialled) Unwrap() error { return n.error }
