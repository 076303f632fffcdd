package slackapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

const (
	// ackLimit is the longest body of an acknowledgement, in bytes. Slack drops a frame of 20,480 and
	// more without a word; the rest is for the envelope around the body.
	ackLimit = 20_000
	// maxFrame is the longest frame that is read. It is far above anything of Slack's, because a frame
	// that is refused ends the connection and comes again.
	maxFrame = 16 << 20
	// maxInHand is how many requests of Socket Mode are worked on at once; more wait on the wire.
	maxInHand = 256
	// farewell is how long acknowledgements that were queued get to be written.
	farewell = 100 * time.Millisecond
)

// Run receives by Socket Mode until ctx is done, and then returns nil once everything in hand has been
// acknowledged (2.2 s at the latest); Drain waits for what is answered later. It returns an error, the
// sentence that Ready gives too, when connecting can never work. Without an app token it waits for ctx.
func (a *App) Run(ctx context.Context) error {
	if a.cfg.AppToken == "" {
		<-ctx.Done()
		return nil
	}
	reading, stop := context.WithCancel(ctx)
	defer stop()
	// The connections outlive ctx by the last acknowledgements.
	wired, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()

	slots := make(chan struct{}, maxInHand)
	ends := make(chan error, a.cfg.Connections)
	links := make([]*link, a.cfg.Connections)
	for i := range links {
		links[i] = a.newLink(slots)
		links[i].dial(wired)
		go func() { ends <- links[i].read(reading, wired) }()
	}
	var fatal error
	for range links {
		if err := <-ends; err != nil && fatal == nil {
			fatal = err
			stop()
		}
	}
	for _, l := range links {
		l.drain()
	}
	hangUp()
	for _, l := range links {
		<-l.ended
		l.isUp(down)
	}
	if fatal != nil {
		return fmt.Errorf("slackapp: %w", fatal)
	}
	return nil
}

// A link is one connection of Socket Mode, dialled again whenever it parts.
type link struct {
	app    *App
	client *socketmode.Client
	slots  chan struct{}
	acks   inHand // requests that have not been acknowledged
	state  linkState
	failed chan error    // why the client gave up
	ended  chan struct{} // closed when the client has let go of everything
}

type linkState uint8

const (
	down linkState = iota
	up
)

func (a *App) newLink(slots chan struct{}) *link {
	dial := &websocket.Dialer{
		NetDialContext:   dialer(a.cfg),
		HandshakeTimeout: 10 * time.Second,
		WriteBufferSize:  32 << 10, // more than ackLimit: Slack drops what comes in several frames
	}
	if a.cfg.Dial == nil {
		dial.Proxy = http.ProxyFromEnvironment
	}
	options := []socketmode.Option{
		socketmode.OptionDialer(dial),
		socketmode.OptionReadLimit(maxFrame),
		socketmode.OptionLog(quiet{a.cfg.Log}),
	}
	if a.cfg.Ping > 0 {
		options = append(options, socketmode.OptionPingInterval(a.cfg.Ping))
	}
	return &link{
		app:    a,
		client: socketmode.New(a.web.api, options...),
		slots:  slots,
		failed: make(chan error, 1),
		ended:  make(chan struct{}),
	}
}

// dial begins to keep the connection.
func (l *link) dial(wired context.Context) {
	go func() {
		defer close(l.ended)
		l.failed <- l.client.RunContext(wired)
	}()
}

// read takes in what the connection brings until ctx is done (nil) or connecting can never work.
func (l *link) read(ctx, wired context.Context) error {
	for {
		select {
		case <-ctx.Done():
			// What has arrived already is answered; what has not, Slack delivers elsewhere.
			for {
				select {
				case ev := <-l.client.Events:
					_ = l.take(ctx, wired, ev)
				default:
					return nil
				}
			}
		case err := <-l.failed:
			sentence, _ := socketTrouble(err)
			l.app.health.refused(sentence)
			return sentence
		case ev := <-l.client.Events:
			if err := l.take(ctx, wired, ev); err != nil {
				return err
			}
		}
	}
}

// drain waits until the requests in hand have been acknowledged and the acknowledgements written.
func (l *link) drain() {
	if l.state == down {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), quick+time.Second)
	defer cancel()
	if err := l.acks.wait(ctx); err != nil {
		l.app.cfg.Log.Warn("hung up before everything was acknowledged")
	}
	time.Sleep(farewell)
}

// take deals with one event of the connection. Its error is one that will stay for ever.
func (l *link) take(ctx, wired context.Context, ev socketmode.Event) error {
	log := l.app.cfg.Log
	switch ev.Type {
	case socketmode.EventTypeConnecting:
		l.isUp(down)
	case socketmode.EventTypeConnected:
		l.isUp(up)
		log.Info("connected to Slack by Socket Mode")
	case socketmode.EventTypeConnectionError:
		if failure, ok := ev.Data.(*slack.ConnectionErrorEvent); ok {
			sentence, final := socketTrouble(failure.ErrorObj)
			l.app.health.refused(sentence)
			log.Warn("no Socket Mode connection", "err", sentence, "again_in", failure.Backoff)
			if final {
				return sentence
			}
		}
	case socketmode.EventTypeErrorBadMessage:
		// slack-go could not read it, we may.
		if bad, ok := ev.Data.(*socketmode.ErrorBadMessage); ok {
			var request socketmode.Request
			if err := json.Unmarshal(bad.Message, &request); err == nil && request.EnvelopeID != "" {
				l.admit(ctx, wired, request)
			}
		}
	case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeEventsAPI:
		if ev.Request != nil {
			l.admit(ctx, wired, *ev.Request)
		}
	case socketmode.EventTypeErrorWriteFailed:
		log.Warn("an acknowledgement was not written; Slack delivers the request again")
	}
	return nil
}

// isUp keeps count of the connections that stand.
func (l *link) isUp(now linkState) {
	switch {
	case l.state == now:
	case now == up:
		l.app.health.connected()
	default:
		l.app.health.parted()
	}
	l.state = now
}

// admit gives a request its turn, as soon as fewer than maxInHand are in hand; after ctx is done only
// when it need not wait.
func (l *link) admit(ctx, wired context.Context, request socketmode.Request) {
	from := source{at: l.app.cfg.Now(), name: request.EnvelopeID}
	select {
	case l.slots <- struct{}{}:
	default:
		select {
		case l.slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
	}
	l.acks.enter()
	l.app.hand.enter()
	go func() {
		defer func() {
			if p := recover(); p != nil {
				l.app.cfg.Log.Error("panic", "why", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			}
			l.app.hand.leave()
			<-l.slots
		}()
		<-l.answer(wired, request, from)
	}()
}

// answer acknowledges a request within 2.2 s. It returns a channel that is closed when everything the
// request caused has been done.
func (l *link) answer(wired context.Context, request socketmode.Request, from source) <-chan struct{} {
	defer l.acks.leave()
	in, err := l.app.readEnvelope(request, from)
	if err != nil {
		// Whatever is wrong with it will be wrong again: acknowledged, so that it does not come back.
		l.app.cfg.Log.Debug("acknowledged", "why", err)
		l.acknowledge(wired, request, nil)
		done := make(chan struct{})
		close(done)
		return done
	}
	if request.AcceptsResponsePayload {
		in.room = ackLimit
	}
	body, finished := l.app.answer(in)
	l.acknowledge(wired, request, body)
	return finished
}

// acknowledge queues the acknowledgement of a request.
func (l *link) acknowledge(wired context.Context, request socketmode.Request, body []byte) {
	var payload any
	if len(body) > 0 {
		payload = json.RawMessage(body)
	}
	if err := l.client.AckCtx(wired, request.EnvelopeID, payload); err != nil {
		l.app.cfg.Log.Warn("not acknowledged; Slack delivers the request again", "err", err)
	}
}

// readEnvelope reads what an envelope holds.
func (a *App) readEnvelope(request socketmode.Request, from source) (*inbound, error) {
	switch request.Type {
	case socketmode.RequestTypeSlashCommands:
		return readCommand(request.Payload, from)
	case socketmode.RequestTypeInteractive:
		return readInteraction(request.Payload, from)
	case socketmode.RequestTypeEventsAPI:
		e, err := parseEvent(request.Payload)
		if err != nil {
			return nil, err
		}
		return a.readEvent(e, from)
	}
	return nil, errors.New("an envelope of another type")
}
