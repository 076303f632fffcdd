package sandbox

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"
)

// wireLimit is how many exchanges the journal keeps.
const wireLimit = 2000

// answerLimit is how long an answer may be, in bytes of JSON, to be kept whole in it: a page of a channel's history
// can be a hundred times that.
const answerLimit = 64 << 10

// object is a JSON object as it was read: numbers are json.Number.
type object = map[string]any

// An exchange is one request and its answer on the wire between this Slack and the bot.
type exchange struct {
	N        int       `json:"n"`  // counted from 1
	At       time.Time `json:"at"` // by the sandbox's clock
	From     string    `json:"from"`
	To       string    `json:"to"`
	Method   string    `json:"method"`
	Request  any       `json:"request"`
	Response any       `json:"response"`
	MS       float64   `json:"ms"` // real milliseconds
}

// A wire is the journal of exchanges, the oldest first, without secrets. It keeps the newest ones.
type wire struct {
	mu      sync.Mutex
	secrets []string
	kept    []exchange
	count   int
	told    func(n int) // is called after each; nil: nobody is told
}

func (w *wire) add(e exchange) {
	e.Request, e.Response = w.masked("", asObject(e.Request)), w.masked("", asObject(e.Response))
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.kept) == wireLimit {
		w.kept = w.kept[1:]
	}
	w.count++
	e.N = w.count
	w.kept = append(w.kept, e)
	if w.told != nil {
		w.told(e.N)
	}
}

// asObject makes an object of what is none: nothing, or plain text.
func asObject(v any) object {
	switch v := v.(type) {
	case object:
		return v
	case nil:
		return object{}
	case string:
		return object{"text": v}
	}
	return object{"value": v}
}

func (w *wire) all() []exchange { return w.since(0) }

// since returns what was written down behind number n.
func (w *wire) since(n int) []exchange {
	w.mu.Lock()
	defer w.mu.Unlock()
	i, _ := slices.BinarySearchFunc(w.kept, n+1, func(e exchange, n int) int { return e.N - n })
	return append([]exchange{}, w.kept[i:]...)
}

// written is the number of the newest exchange.
func (w *wire) written() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count
}

// clear forgets everything, and keeps counting.
func (w *wire) clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.kept = nil
}

// nested are the fields that carry JSON in a string.
var nested = map[string]bool{"blocks": true, "view": true, "payload": true, "metadata": true, "attachments": true}

// masked copies a value without tokens and secrets, and opens JSON that sits in a string.
func (w *wire) masked(name string, v any) any {
	switch v := v.(type) {
	case object:
		out := make(object, len(v))
		for k, x := range v {
			out[k] = w.masked(k, x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = w.masked("", x)
		}
		return out
	case string:
		if name == "token" || name == "authorization" {
			return "***"
		}
		if inner, err := decode([]byte(v)); nested[name] && err == nil {
			return w.masked("", inner)
		}
		for _, secret := range w.secrets {
			if secret != "" {
				v = strings.ReplaceAll(v, secret, "***")
			}
		}
		if before, _, found := strings.Cut(v, "?ticket="); found {
			return before + "?ticket=***"
		}
		return v
	}
	return v
}

// decode reads one JSON value and nothing behind it.
func decode(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, errTrailing
	}
	return v, nil
}

// plain turns any value into the JSON values that decode would have read.
func plain(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	out, err := decode(raw)
	if err != nil {
		return nil
	}
	return out
}

// brief is plain, and of a value that is too long for the journal how long it is.
func brief(v any) any {
	raw, err := json.Marshal(v)
	if err == nil && len(raw) > answerLimit {
		return object{"left_out": "a long answer", "bytes": len(raw)}
	}
	return plain(v)
}

func stringOf(o object, name string) string {
	text, _ := o[name].(string)
	return text
}

func listOf(o object, name string) []any {
	list, _ := o[name].([]any)
	return list
}

func objectOf(o object, name string) object {
	inner, _ := o[name].(object)
	return inner
}

// A shelf keeps the newest values by key and forgets the oldest beyond shelfLimit.
type shelf[V any] struct {
	values map[string]V
	order  []string
}

const shelfLimit = 10_000

func newShelf[V any]() *shelf[V] { return &shelf[V]{values: make(map[string]V)} }

func (s *shelf[V]) put(key string, v V) {
	if _, known := s.values[key]; !known {
		s.order = append(s.order, key)
	}
	s.values[key] = v
	if len(s.order) > shelfLimit {
		delete(s.values, s.order[0])
		s.order = s.order[1:]
	}
}

func (s *shelf[V]) get(key string) (V, bool) {
	v, ok := s.values[key]
	return v, ok
}

func (s *shelf[V]) take(key string) (V, bool) {
	v, ok := s.values[key]
	delete(s.values, key)
	return v, ok
}
