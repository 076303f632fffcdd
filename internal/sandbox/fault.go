package sandbox

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A fault is a misfortune to happen to the next calls of a method.
type fault struct {
	id         int
	method     string // a Web API method, or "response_url"
	kind       string
	times      int
	retryAfter int
}

// faultKinds are the misfortunes: 429 and 500 do nothing and say so; lost does it and closes the connection
// without an answer; slow does it and answers in time, but not soon; late does it after the client has given up;
// cut closes the connection before anything; blocks and scope are refusals: of the message's blocks, and for want of
// the scope that the method takes.
var faultKinds = []string{"429", "500", "lost", "slow", "late", "cut", "blocks", "scope"}

// slowness is how long a slow call takes.
const slowness = 2 * time.Second

// lateness is how long a late call waits for its client to give up.
const lateness = 12 * time.Second

// takeFault returns the oldest fault waiting for a method, and uses it up.
func (s *Slack) takeFault(method string) *fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if f.method == method {
			if f.times--; f.times <= 0 {
				s.faults = slices.Delete(s.faults, i, i+1)
			}
			s.live.tell(notice{Kind: "faults"})
			return f
		}
	}
	return nil
}

// faulty answers a call with do, or with the fault that waits for it, and writes it down.
func (s *Slack) faulty(w http.ResponseWriter, r *http.Request, method string, entry *exchange, began time.Time, do func() (int, any)) {
	status, answer, gone := http.StatusOK, any(nil), false
	f := s.takeFault(method)
	switch {
	case f == nil:
		status, answer = do()
	case f.kind == "429":
		w.Header().Set("Retry-After", strconv.Itoa(f.retryAfter))
		status, answer = http.StatusTooManyRequests, object{"ok": false, "error": "ratelimited"}
	case f.kind == "500":
		status, answer = http.StatusInternalServerError, object{"ok": false, "error": "internal_error"}
	case f.kind == "blocks" && method == "response_url":
		status, answer = http.StatusBadRequest, refuse("invalid_blocks").json()
	case f.kind == "blocks":
		answer = refuse("invalid_blocks").json()
	case f.kind == "scope":
		answer = (&refusal{code: "missing_scope", needed: methods[method].scope}).json()
	case f.kind == "cut":
		gone = true
	case f.kind == "lost":
		_, answer = do()
		gone = true
	case f.kind == "slow":
		s.hold(r.Context(), slowness)
		status, answer = do()
	case f.kind == "late":
		s.hold(r.Context(), lateness)
		status, answer = do()
	}
	if f != nil && (f.kind == "500" || f.kind == "cut" || f.kind == "lost") {
		s.failing(f)
	}
	entry.Response = brief(answer)
	if f != nil {
		entry.Response = object{"fault": f.kind, "answer": brief(answer)}
	}
	entry.MS = float64(time.Since(began).Microseconds()) / 1000
	s.wire.add(*entry)
	if gone {
		panic(http.ErrAbortHandler) // the server closes the connection and says nothing
	}
	if text, ok := answer.(string); ok {
		w.WriteHeader(status)
		w.Write([]byte(text))
		return
	}
	writeJSON(w, status, answer)
}

// faultMethods are the calls that misfortunes can happen to, those that are used most first.
func faultMethods() []string {
	all := slices.Sorted(maps.Keys(methods))
	return append([]string{"response_url"}, all...)
}

// hold waits for a while of real time, or until the caller or the sandbox gives up.
func (s *Slack) hold(ctx context.Context, while time.Duration) {
	wait := time.NewTimer(while)
	defer wait.Stop()
	select {
	case <-ctx.Done():
	case <-wait.C:
	case <-s.ctx.Done():
	}
}

// mendFaults is /control/mend: misfortunes still to come are called off, one by its id or all of them.
func (s *Slack) mendFaults(c *call) (any, error) {
	in := struct{ ID *int }{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	before := len(s.faults)
	s.faults = slices.DeleteFunc(s.faults, func(f *fault) bool { return in.ID == nil || f.id == *in.ID })
	if in.ID != nil && before == len(s.faults) {
		return nil, missing("no fault with the id %d is waiting; it may have happened meanwhile", *in.ID)
	}
	s.live.tell(notice{Kind: "faults"})
	return object{"faults": s.waiting()}, nil
}

// addFault is /control/fault.
func (s *Slack) addFault(c *call) (any, error) {
	in := struct {
		Method     string `json:"method"`
		Kind       string `json:"kind"`
		Times      *int   `json:"times"`
		RetryAfter int    `json:"retry_after"`
	}{}
	if err := c.read(&in); err != nil {
		return nil, err
	}
	if _, known := methods[in.Method]; !known && in.Method != "response_url" {
		return nil, wrong("method %q is unknown; give a Web API method such as chat.postMessage, or response_url", in.Method)
	}
	if !slices.Contains(faultKinds, in.Kind) {
		return nil, wrong("kind %q is unknown; kinds are %s", in.Kind, strings.Join(faultKinds, ", "))
	}
	times := 1
	if in.Times != nil {
		times = *in.Times
	}
	if times < 1 || times > 1_000_000 {
		return nil, wrong("times has to be 1 or more")
	}
	if in.RetryAfter < 0 {
		return nil, wrong("retry_after is in seconds and cannot be negative")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault{id: s.next(), method: in.Method, kind: in.Kind, times: times, retryAfter: max(1, in.RetryAfter)})
	s.live.tell(notice{Kind: "faults"})
	return object{"faults": s.waiting()}, nil
}

// waiting lists the faults still to come. The mutex must be held.
func (s *Slack) waiting() []any {
	list := []any{}
	for _, f := range s.faults {
		list = append(list, object{"id": f.id, "method": f.method, "kind": f.kind, "times": f.times})
	}
	return list
}
