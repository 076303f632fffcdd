package sandbox

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Config is what a Slack is made of. URL, BotToken and AppToken (or BotURL and SigningSecret) are needed; the
// rest has defaults.
type Config struct {
	// URL is where the bot and browsers reach this Slack, without a path: "http://127.0.0.1:8787".
	URL string
	// Start is where the clock stands until it is moved. The zero time lets it run with real time.
	Start time.Time
	// BotURL, when set, means signed HTTP delivery to BotURL + /slack/commands, /slack/interactions and
	// /slack/events; readiness is asked at BotURL + /readyz. Empty means Socket Mode.
	BotURL string
	// Client makes those deliveries. Nil: a client of its own, without a proxy.
	Client *http.Client
	// BotToken, AppToken and SigningSecret are what the bot has to know. They never appear in the log.
	BotToken, AppToken, SigningSecret string
	// Channels are public channels besides the two that are always there.
	Channels []Channel
	// Scopes are the bot token's scopes. Nil grants all that the methods here know.
	Scopes []string
	// Tick does what is due at the given time and returns when something is next due, the zero time for
	// nothing. It is called by /control/advance only, one call at a time, and may be nil.
	Tick func(ctx context.Context, at time.Time) (next time.Time, err error)
	// Hints are the slash commands the page proposes.
	Hints []Hint
	// Shortcuts are the global shortcuts the page offers.
	Shortcuts []Shortcut
	// Reset is what /control/reset asks of the bot: it ends, wipe is called once nothing of it runs any more, and
	// a bot begins on a new store, filled by the named seed as of Now. An error before wipe is a refusal that
	// leaves everything as it is; its text is shown. The context is the sandbox's. Nil: it cannot be reset.
	Reset func(ctx context.Context, seed string, wipe func()) error
	// Ping is the interval of WebSocket pings; 10 s when zero.
	Ping time.Duration
	// Log takes the sandbox's own complaints; nil discards them.
	Log *slog.Logger
}

// A Hint is a slash command as the page's composer proposes it.
type Hint struct {
	Command string   `json:"command"` // with its slash
	Usage   string   `json:"usage"`   // what may follow it
	Verbs   []string `json:"verbs"`   // words that may follow it, each with its own usage behind it
}

// A Shortcut is a global shortcut of the app.
type Shortcut struct {
	Name        string `json:"name"`
	Callback    string `json:"callback_id"`
	Description string `json:"description"`
}

// Slack is one local workspace. It is safe for concurrent use. Nobody holds its mutex over a wait.
type Slack struct {
	cfg    Config
	base   *url.URL
	client *http.Client
	log    *slog.Logger

	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	clock  clock
	wire   wire
	live   live
	moving chan struct{} // holds a token while the clock is being advanced

	mu       sync.Mutex
	closed   bool
	rooms    map[string]*room
	modals   map[string][]*view // by person, the open one last
	homes    map[string]*view
	front    map[string]bool // people who have Home in front of them
	triggers *shelf[*trigger]
	urls     *shelf[*answerURL]
	tickets  *shelf[time.Time]
	turns    map[*turn]bool
	faults   []*fault
	sockets  []*socket
	dealt    int // sockets are dealt to in turn
	parcels  map[string]*parcel
	joined   chan struct{} // closed and replaced whenever a socket joins
	command  *errand       // the last slash command, for replay
	serial   int
}

// New makes a workspace in which nobody has said anything. Close ends it.
func New(cfg Config) *Slack {
	if cfg.Ping <= 0 {
		cfg.Ping = 10 * time.Second
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Scopes == nil {
		cfg.Scopes = allScopes
	}
	if cfg.Hints == nil {
		cfg.Hints = []Hint{}
	}
	if cfg.Shortcuts == nil {
		cfg.Shortcuts = []Shortcut{}
	}
	base, err := url.Parse(cfg.URL)
	if err != nil || base.Host == "" {
		cfg.Log.Error("sandbox: the URL has no host, so nobody can reach it", "url", cfg.URL)
		base = &url.URL{}
	}
	s := &Slack{
		cfg:     cfg,
		base:    base,
		client:  deliveryClient(cfg.Client),
		log:     cfg.Log,
		clock:   clock{at: cfg.Start.UTC(), runs: cfg.Start.IsZero()},
		moving:  make(chan struct{}, 1),
		rooms:   make(map[string]*room), // always the same ones
		tickets: newShelf[time.Time](),
		turns:   make(map[*turn]bool),
		parcels: make(map[string]*parcel),
		joined:  make(chan struct{}),
	}
	for _, c := range s.channels() {
		s.rooms[c.ID] = &room{id: c.ID, name: c.Name}
	}
	for _, p := range People {
		s.rooms[p.DM] = &room{id: p.DM, person: p.ID, bot: true}
	}
	s.furnish()
	s.live.boot = randomText()
	s.clock.told = func() { s.live.tell(notice{Kind: "clock"}) }
	s.wire.told = func(n int) { s.live.tell(notice{Kind: "exchange", N: n}) }
	s.wire.secrets = []string{cfg.BotToken, cfg.AppToken, cfg.SigningSecret}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	return s
}

// deliveryClient returns a copy of c that follows no redirect, as Slack does not.
func deliveryClient(c *http.Client) *http.Client {
	if c == nil {
		c = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16, IdleConnTimeout: time.Minute}}
	}
	own := *c
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &own
}

// Now is the time in this workspace, in UTC.
func (s *Slack) Now() time.Time { return s.clock.now() }

// Handler serves /api/*, /socket, /response/*, /control/*, the page at /, its parts under /page/, and /gallery.
func (s *Slack) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveAPI)
	mux.HandleFunc("GET /socket", s.serveSocket)
	mux.HandleFunc("POST /response/{id}", s.serveResponse)
	mux.HandleFunc("/control/{call}", s.serveControl)
	mux.HandleFunc("GET /control/live", s.serveLive)
	mux.HandleFunc("GET /{$}", s.servePage)
	mux.HandleFunc("GET /gallery", s.servePage)
	mux.HandleFunc("GET /page/{file...}", s.servePage)
	return mux
}

// Close drops all connections, ends every wait and returns when nothing of this Slack runs any more. It may
// be called again.
func (s *Slack) Close() error {
	s.mu.Lock()
	s.closed = true
	sockets := s.sockets
	s.mu.Unlock()
	s.cancel()
	for _, c := range sockets {
		c.ws.Close()
	}
	s.wg.Wait()
	s.client.CloseIdleConnections()
	return nil
}

// spawn runs f in the background until Close, or not at all after it. The mutex must not be held.
func (s *Slack) spawn(f func(ctx context.Context)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spawnHeld(f)
}

// spawnHeld is spawn for callers that hold the mutex.
func (s *Slack) spawnHeld(f func(ctx context.Context)) {
	if s.closed {
		return
	}
	s.wg.Go(func() { f(s.ctx) })
}
