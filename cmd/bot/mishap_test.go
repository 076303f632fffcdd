package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/sandbox"
)

// mishaps are what becomes of a chat.postMessage, in percent: some 30 of a hundred are hit. What lands late does so
// within the 90 s of Slack's clock that the bot counts on.
var mishaps = []struct {
	name    string
	percent int
}{
	{"429", 6},               // nothing is done, and Retry-After says for how long to wait
	{"ratelimited", 2},       // the same as an answer
	{"500", 3},               // nothing is done, and nobody can know
	{"500 after landing", 4}, // it is done, and nobody can know
	{"internal_error", 2},    // an answer after which nobody knows, and nothing is done
	{"lost", 5},              // it is done, and the connection ends without an answer
	{"late", 4},              // the connection ends without an answer, and it is done up to 80 s later
	{"cut", 3},               // the connection ends before anything is done
	{"invalid_blocks", 1},    // a definite no to the blocks
	{"restricted_action", 1}, // a definite no for good: it waits for a person
}

// Percent of the calls around a post that fail.
const (
	lookTrouble  = 10 // conversations.history
	otherTrouble = 4  // conversations.info, users.info
)

// A shot is the moment of a request at which kill -9 hits the bot.
type shot string

const (
	beforeShot  shot = "before"  // a post has arrived, and is carried out or not
	landedShot  shot = "landed"  // it is carried out, and the answer has not been sent
	answerShot  shot = "answer"  // the answer is under way
	lookingShot shot = "looking" // the bot looks for a message
	askingShot  shot = "asking"  // the bot composes
)

var shots = []shot{beforeShot, landedShot, answerShot, lookingShot, askingShot}

// A slack is the sandbox's Slack behind a front on which mishaps happen. The clock stands until it is moved.
type slack struct {
	t     testing.TB
	box   *sandbox.Slack
	inner http.Handler
	url   string
	addr  string

	mu      sync.Mutex
	dice    *rand.Rand
	calm    bool     // nothing goes wrong by itself
	script  []string // mishaps of the next posts
	barred  bool     // the bot may not look into channels
	posts   int
	looks   int
	faults  map[string]int
	aim     shot // "": nobody is
	hits    map[shot]int
	victim  *puppet
	strays  []stray // in order of when they land
	open    map[net.Conn]bool
	arrived *sync.Cond // a connection has come or gone
}

// A stray is a request whose answer nobody waits for any more, and which is carried out later.
type stray struct {
	at     time.Time
	header http.Header
	body   []byte
}

func newSlack(t testing.TB, start time.Time, seed uint64, channels []sandbox.Channel) *slack {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &slack{t: t, url: "http://" + l.Addr().String(), addr: l.Addr().String(), dice: rand.New(rand.NewPCG(seed, 7)),
		faults: make(map[string]int), hits: make(map[shot]int), open: make(map[net.Conn]bool)}
	s.arrived = sync.NewCond(&s.mu)
	s.box = sandbox.New(sandbox.Config{URL: s.url, Start: start, BotToken: sandboxBotToken, AppToken: sandboxAppToken,
		SigningSecret: sandboxSecret, Channels: channels})
	s.inner = s.box.Handler()
	server := &httptest.Server{Listener: l, Config: &http.Server{Handler: s, ConnState: s.note}}
	server.Start()
	t.Cleanup(func() {
		server.Close()
		_ = s.box.Close()
	})
	return s
}

// note keeps track of connections. httptest.Server closes those that are idle at the end only.
func (s *slack) note(c net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch state {
	case http.StateNew:
		s.open[c] = true
	case http.StateClosed, http.StateHijacked:
		delete(s.open, c)
	}
	s.arrived.Broadcast()
}

// quiet returns when every request of a process that has ended is over: Slack's clock may move again. A connection
// of its own tells that all before it have been taken up.
func (s *slack) quiet() {
	s.t.Helper()
	c, err := net.Dial("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	mine := c.LocalAddr().String()
	s.mu.Lock()
	defer s.mu.Unlock()
	for !slices.ContainsFunc(slices.Collect(maps.Keys(s.open)), func(c net.Conn) bool { return c.RemoteAddr().String() == mine }) {
		s.arrived.Wait()
	}
	_ = c.Close()
	for len(s.open) > 0 {
		s.arrived.Wait()
	}
}

// draw returns true in so many of a hundred cases.
func (s *slack) draw(percent int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.calm && s.dice.IntN(100) < percent
}

func (s *slack) number(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dice.IntN(n)
}

func (s *slack) mishap() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posts++
	if len(s.script) > 0 {
		what := s.script[0]
		s.script = s.script[1:]
		s.faults[what]++
		return what
	}
	n := s.dice.IntN(100)
	for _, m := range mishaps {
		if n -= m.percent; n < 0 && !s.calm {
			s.faults[m.name]++
			return m.name
		}
	}
	return ""
}

// take aims at the bot: it is hit at the next request that has such a moment.
func (s *slack) take(aim shot, at *puppet) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.aim, s.victim = aim, at
}

// hit reports whether the bot is dead now.
func (s *slack) hit(moment shot) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.aim != moment {
		return false
	}
	s.aim = ""
	s.hits[moment]++
	s.victim.shoot()
	return true
}

func (s *slack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the bot has been killed over it
	}
	switch strings.TrimPrefix(r.URL.Path, "/api/") {
	case "chat.postMessage":
		s.post(w, r, body)
		return
	case "conversations.history":
		s.mu.Lock()
		s.looks++
		s.mu.Unlock()
		s.hit(lookingShot)
		if s.barred {
			fmt.Fprint(w, `{"ok":false,"error":"missing_scope","needed":"channels:history"}`)
			return
		}
		if s.draw(lookTrouble) {
			s.trouble(w)
			return
		}
	case "conversations.info", "users.info":
		s.hit(askingShot)
		if s.draw(otherTrouble) {
			s.trouble(w)
			return
		}
	}
	s.pass(w, r.Header, r.URL.Path, body)
}

// trouble answers a call that may be made again.
func (s *slack) trouble(w http.ResponseWriter) {
	switch s.number(3) {
	case 0:
		s.wait(w)
		w.WriteHeader(http.StatusTooManyRequests)
	case 1:
		w.WriteHeader(http.StatusInternalServerError)
	default:
		panic(http.ErrAbortHandler)
	}
}

func (s *slack) wait(w http.ResponseWriter) {
	w.Header().Set("Retry-After", strconv.Itoa(1+s.number(120)))
}

func (s *slack) pass(w http.ResponseWriter, header http.Header, path string, body []byte) {
	r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
	r.Header = header
	s.inner.ServeHTTP(w, r)
}

// post is chat.postMessage.
func (s *slack) post(w http.ResponseWriter, r *http.Request, body []byte) {
	if s.hit(beforeShot) {
		if s.number(2) == 0 {
			s.pass(httptest.NewRecorder(), r.Header, r.URL.Path, body)
		}
		panic(http.ErrAbortHandler)
	}
	answer := func(code string) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"ok":false,"error":%q}`, code)
	}
	switch what := s.mishap(); what {
	case "":
		record := httptest.NewRecorder()
		s.pass(record, r.Header, r.URL.Path, body)
		if s.hit(landedShot) {
			panic(http.ErrAbortHandler)
		}
		maps.Copy(w.Header(), record.Header())
		w.WriteHeader(record.Code)
		_, _ = w.Write(record.Body.Bytes())
		s.hit(answerShot)
	case "429":
		s.wait(w)
		w.WriteHeader(http.StatusTooManyRequests)
	case "500":
		w.WriteHeader(http.StatusInternalServerError)
	case "500 after landing":
		s.pass(httptest.NewRecorder(), r.Header, r.URL.Path, body)
		w.WriteHeader(http.StatusInternalServerError)
	case "lost":
		s.pass(httptest.NewRecorder(), r.Header, r.URL.Path, body)
		panic(http.ErrAbortHandler)
	case "late":
		at := s.box.Now().Add(time.Duration(1+s.number(80)) * time.Second)
		s.mu.Lock()
		s.strays = append(s.strays, stray{at: at, header: r.Header, body: body})
		slices.SortStableFunc(s.strays, func(a, b stray) int { return a.at.Compare(b.at) })
		s.mu.Unlock()
		panic(http.ErrAbortHandler)
	case "cut":
		panic(http.ErrAbortHandler)
	default:
		answer(what)
	}
}

// move brings Slack's clock to a moment; what lands late does so on the way. No request may be under way.
func (s *slack) move(to time.Time) {
	s.t.Helper()
	for {
		s.mu.Lock()
		var next *stray
		if len(s.strays) > 0 && !s.strays[0].at.After(to) {
			next = &s.strays[0]
			s.strays = s.strays[1:]
		}
		s.mu.Unlock()
		if next == nil {
			break
		}
		s.advance(next.at)
		s.pass(httptest.NewRecorder(), next.header, "/api/chat.postMessage", next.body)
	}
	s.advance(to)
}

func (s *slack) advance(to time.Time) {
	s.t.Helper()
	if !to.After(s.box.Now()) {
		return
	}
	r := httptest.NewRequest(http.MethodPost, s.url+"/control/advance", strings.NewReader(fmt.Sprintf(`{"to":%q}`, to.UTC().Format(time.RFC3339Nano))))
	w := httptest.NewRecorder()
	if s.inner.ServeHTTP(w, r); w.Code != http.StatusOK {
		s.t.Fatalf("advance to %s: %s", to, w.Body)
	}
}

// A standing is a message that stands in Slack.
type standing struct {
	channel, ts, text, name string
	at                      time.Time
}

// standings are all messages of the bot's own accord in some rooms, as Slack itself tells them.
func (s *slack) standings(rooms []string) []standing {
	s.t.Helper()
	var out []standing
	for _, room := range rooms {
		for cursor := ""; ; {
			form := url.Values{"channel": {room}, "limit": {"1000"}, "include_all_metadata": {"true"}, "cursor": {cursor}}.Encode()
			r := httptest.NewRequest(http.MethodPost, s.url+"/api/conversations.history", strings.NewReader(form))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Authorization", "Bearer "+sandboxBotToken)
			w := httptest.NewRecorder()
			s.inner.ServeHTTP(w, r)
			var page struct {
				OK       bool
				Messages []struct {
					TS, Text string
					Metadata struct {
						EventPayload struct{ Name string } `json:"event_payload"`
					}
				}
				More struct {
					Next string `json:"next_cursor"`
				} `json:"response_metadata"`
			}
			if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || !page.OK {
				s.t.Fatalf("%s: %v: %.200s", room, err, w.Body)
			}
			for _, m := range page.Messages {
				seconds, err := strconv.ParseFloat(m.TS, 64)
				if err != nil {
					s.t.Fatal(err)
				}
				out = append(out, standing{channel: room, ts: m.TS, text: m.Text, name: m.Metadata.EventPayload.Name, at: time.UnixMicro(int64(seconds * 1e6)).UTC()})
			}
			if cursor = page.More.Next; cursor == "" {
				break
			}
		}
	}
	return out
}
