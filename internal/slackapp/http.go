package slackapp

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
)

// maxBody is the longest request that is read, in bytes. A modal of 100 full sections is some
// 300 KB.
const maxBody = 1 << 20

// The media types Slack uses.
const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"
)

// Handler returns what answers Slack over HTTP: POST /slack/commands, /slack/interactions and
// /slack/events. Nothing of a request is parsed before its signature is found good. Without a signing
// secret every request is answered 404.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	if a.secret == nil {
		mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "this bot receives by Socket Mode, not by HTTP", http.StatusNotFound)
		})
		return mux
	}
	mux.Handle("/slack/commands", a.door(formType, readCommandForm))
	mux.Handle("/slack/interactions", a.door(formType, readInteractionForm))
	mux.Handle("/slack/events", a.door(jsonType, nil))
	return mux
}

// door admits one kind of request. A nil read stands for events.
func (a *App) door(media string, read func([]byte, source) (*inbound, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		from := source{at: a.cfg.Now()}
		if r.Method == http.MethodGet && r.URL.Query().Get("ssl_check") == "1" {
			return
		}
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "only POST is answered here", http.StatusMethodNotAllowed)
			return
		}
		body, err := readBody(w, r)
		if err != nil {
			if _, long := errors.AsType[*http.MaxBytesError](err); long {
				http.Error(w, "the request is longer than 1 MiB", http.StatusRequestEntityTooLarge)
			} else {
				http.Error(w, "the request could not be read", http.StatusBadRequest)
			}
			return
		}
		if err := a.secret.check(r.Header, body, from.at); err != nil {
			if errors.Is(err, errUnsigned) && sslCheck(body) {
				return
			}
			a.cfg.Log.Info("request refused", "why", err)
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		from.name = r.Header.Get("X-Slack-Signature")
		if !isMedia(r.Header.Get("Content-Type"), media) {
			http.Error(w, "the content type must be "+media, http.StatusBadRequest)
			return
		}

		var in *inbound
		if read != nil {
			in, err = read(body, from)
		} else if e, bad := parseEvent(body); bad != nil {
			err = bad
		} else if e.Type == "url_verification" {
			writeJSON(w, challenge(e.Challenge))
			return
		} else {
			in, err = a.readEvent(e, from)
		}
		switch {
		case errors.Is(err, errNothing):
			a.cfg.Log.Debug("acknowledged", "why", err)
			return
		case err != nil:
			a.cfg.Log.Info("request refused", "why", err)
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		in.room = maxBody
		ack, _ := a.answer(in)
		if len(ack) > 0 {
			writeJSON(w, ack)
		}
	}
}

// readBody reads at most maxBody bytes. Memory grows with what arrives, not with what is announced.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength > maxBody {
		return nil, &http.MaxBytesError{Limit: maxBody}
	}
	var b bytes.Buffer
	if n := r.ContentLength; n > 0 {
		b.Grow(int(min(n, 16<<10)) + bytes.MinRead)
	}
	_, err := b.ReadFrom(io.Reader(http.MaxBytesReader(w, r.Body, maxBody)))
	return b.Bytes(), err
}

// isMedia reports whether a Content-Type header names a media type, whatever its parameters.
func isMedia(header, media string) bool {
	name, _, _ := strings.Cut(header, ";")
	return strings.EqualFold(strings.TrimSpace(name), media)
}

func writeJSON(w http.ResponseWriter, body []byte) {
	w.Header()["Content-Type"] = []string{jsonType}
	_, _ = w.Write(body) // who hung up has no answer to lose
}

// challenge is how an address shows Slack that it is ours.
func challenge(word string) []byte {
	body, err := json.Marshal(struct {
		Challenge string `json:"challenge"`
	}{word})
	if err != nil {
		return nil
	}
	return body
}
