package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A call is one call of the control API.
type call struct {
	ctx   context.Context
	query url.Values
	body  []byte
}

// A control is one call's verb and what it does.
type control struct {
	verb string
	do   func(s *Slack, c *call) (any, error)
}

// controls are all calls under /control/.
var controls = map[string]control{
	"command":    {http.MethodPost, (*Slack).doCommand},
	"message":    {http.MethodPost, (*Slack).doMessage},
	"press":      {http.MethodPost, (*Slack).doPress},
	"submit":     {http.MethodPost, (*Slack).doSubmit},
	"close":      {http.MethodPost, (*Slack).doClose},
	"shortcut":   {http.MethodPost, (*Slack).doShortcut},
	"replay":     {http.MethodPost, (*Slack).doReplay},
	"advance":    {http.MethodPost, (*Slack).doAdvance},
	"clock":      {http.MethodPost, (*Slack).doClock},
	"fault":      {http.MethodPost, (*Slack).addFault},
	"mend":       {http.MethodPost, (*Slack).mendFaults},
	"channel":    {http.MethodPost, (*Slack).alterChannel},
	"reset":      {http.MethodPost, (*Slack).doReset},
	"disconnect": {http.MethodPost, (*Slack).disconnect},
	"modal":      {http.MethodGet, (*Slack).seeModal},
	"home":       {http.MethodGet, (*Slack).seeHome},
	"messages":   {http.MethodGet, (*Slack).seeMessages},
	"log":        {http.MethodGet, (*Slack).seeLog},
	"state":      {http.MethodGet, (*Slack).seeState},
}

// A complaint is the caller's mistake: a sentence that names the fix, with its status.
type complaint struct {
	status int
	text   string
}

func (c complaint) Error() string { return c.text }

func wrong(format string, args ...any) error {
	return complaint{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

func missing(format string, args ...any) error {
	return complaint{http.StatusNotFound, fmt.Sprintf(format, args...)}
}

// serveControl answers a tester or the page: JSON in, JSON out, nobody from another site.
func (s *Slack) serveControl(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("call")
	what, known := controls[name]
	switch {
	case !s.ownHost(r) || !ownSite(r):
		fail(w, http.StatusForbidden, "this call comes from another site; open the sandbox's own page instead")
		return
	case !known:
		fail(w, http.StatusNotFound, "there is no /control/"+name)
		return
	case r.Method != what.verb:
		w.Header().Set("Allow", what.verb)
		fail(w, http.StatusMethodNotAllowed, "/control/"+name+" wants "+what.verb)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
	if err != nil {
		fail(w, http.StatusBadRequest, "the body could not be read; it may hold at most 1 MiB")
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	answer, err := what.do(s, &call{ctx: ctx, query: r.URL.Query(), body: body})
	if err != nil {
		fail(w, statusOf(err), err.Error())
		return
	}
	writeJSON(w, http.StatusOK, answer)
}

func statusOf(err error) int {
	var c complaint
	switch {
	case errors.As(err, &c):
		return c.status
	case errors.Is(err, errBackwards):
		return http.StatusBadRequest
	case errors.Is(err, errSilent):
		return http.StatusGatewayTimeout
	case errors.Is(err, errAbsent), errors.Is(err, errClosed), errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func fail(w http.ResponseWriter, status int, text string) {
	writeJSON(w, status, object{"error": text})
}

// ownHost reports whether a request was made by this sandbox's own address, and not by a name that somebody
// else bound to it.
func (s *Slack) ownHost(r *http.Request) bool {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	open := net.ParseIP(s.base.Hostname()).IsUnspecified() // it was told to listen on every address of the machine
	return host == "localhost" || ip != nil && (ip.IsLoopback() || open) || host != "" && host == s.base.Hostname()
}

// ownSite reports whether a request comes from a tool or from the sandbox's own page, and not from another
// site in the same browser.
func ownSite(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); !slices.Contains([]string{"", "same-origin", "none"}, site) {
		return false
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		from, err := url.Parse(origin)
		return err == nil && from.Host == r.Host
	}
	return true
}

// read takes the body as one JSON object with no unknown fields.
func (c *call) read(into any) error {
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.UseNumber()
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return wrong("the body has to be one JSON object as this call describes it: %v", err)
	}
	if d.More() {
		return wrong("something stands behind the JSON object; send one object")
	}
	return nil
}

// named finds the person a call names.
func named(who string) (Person, error) {
	p, ok := person(who)
	if !ok || who == "" {
		return Person{}, wrong("there is nobody called %q; people are %s", who, peopleNames())
	}
	return p, nil
}

// place finds where a person types: a channel by name, or "dm" for their direct messages with the bot.
func (s *Slack) place(p Person, channel string) (*room, error) {
	switch channel {
	case "":
		return s.rooms[OutreachID], nil
	case "dm", p.DM:
		return s.rooms[p.DM], nil
	}
	if c, ok := channelNamed(channel); ok {
		return s.rooms[c.ID], nil
	}
	return nil, wrong("there is no channel %q; channels are %s, or dm", channel, channelNames())
}
