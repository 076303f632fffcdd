package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
)

// watch opens /control/live as a browser does, and returns what says what has come since it was asked last.
func (l *lab) watch() (news func() string) {
	l.Helper()
	dialer := &websocket.Dialer{NetDialContext: l.net.dial}
	ws, _, err := dialer.Dial("ws://slack.test/control/live", http.Header{"Origin": {"http://slack.test"}, "Sec-Fetch-Site": {"same-origin"}})
	if err != nil {
		l.Fatal(err)
	}
	heard := make(chan []notice, 100)
	go func() {
		defer close(heard)
		defer ws.Close()
		for {
			var all []notice
			if ws.ReadJSON(&all) != nil {
				return
			}
			heard <- all
		}
	}()
	return func() string {
		time.Sleep(time.Millisecond) // everybody else is done first
		var out []string
		for {
			select {
			case all, open := <-heard:
				if !open {
					return strings.Join(append(out, "end"), "; ")
				}
				for _, n := range all {
					if n.Kind == "exchange" {
						continue // they are many; TestLiveTellsOfExchanges has them
					}
					up := ""
					if n.Up != nil {
						up = fmt.Sprint(*n.Up)
					}
					out = append(out, strings.Join(strings.Fields(strings.Join([]string{n.Kind, n.Change, n.Channel, n.Author, n.Only, n.Person, up}, " ")), " "))
				}
			default:
				return strings.Join(out, "; ")
			}
		}
	}
}

func TestLive(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		news := l.watch()
		l.want(news(), "hello")
		var open slack.ModalViewRequest
		l.connect(&bot{
			command: func(c slack.SlashCommand) any {
				if c.Text == "open" {
					l.api.OpenView(c.TriggerID, open)
					return nil
				}
				return say("ok")
			},
			act: func(slack.InteractionCallback) any { return nil },
		})
		l.want(news(), "bot true")
		l.must("command", object{"user": "ana", "text": "/sent 3"})
		l.want(news(), "message posted COUTREACH1 UANA000001 UANA000001; message posted COUTREACH1 UPACELINE1 UANA000001")
		_, ts, _ := l.api.PostMessage("UBEN000001", text1("one"))
		l.api.UpdateMessage("DBEN000001", ts, text1("two"))
		l.api.DeleteMessage("DBEN000001", ts)
		l.want(news(), "message posted DBEN000001 UPACELINE1; message changed DBEN000001 UPACELINE1; message deleted DBEN000001 UPACELINE1")
		l.must("message", object{"user": "ben", "channel": "general", "text": "hello"})
		l.want(news(), "message posted CGENERAL01 UBEN000001")
		l.api.PublishView("UANA000001", slack.HomeTabViewRequest{Type: "home", Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}, "")
		l.want(news(), "home opened UANA000001")
		open = slack.ModalViewRequest{Type: "modal", Title: slack.NewTextBlockObject("plain_text", "Form", false, false), Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}
		l.must("command", object{"user": "ana", "text": "/sent open"})
		l.must("close", object{"user": "ana"})
		l.want(news(), "message posted COUTREACH1 UANA000001 UANA000001; modal opened UANA000001; modal closed UANA000001")
		l.must("advance", object{"by": "1h"})
		l.want(news(), "clock; clock")
		l.must("fault", object{"method": "chat.postMessage", "kind": "429"})
		l.must("mend", object{})
		l.want(news(), "faults; faults")
		l.must("disconnect", object{"reason": "drop"})
		l.want(strings.HasPrefix(news(), "bot false"), true)
		l.slack.Close()
		l.want(strings.HasSuffix(news(), "end"), true)
	})
}

func TestLiveTurnsOtherSitesAway(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		for _, c := range []struct{ url, origin string }{
			{"ws://slack.test/control/live", "https://evil.example"},
			{"ws://slack.test/control/live", "null"},
			{"ws://evil.example/control/live", "http://evil.example"},
		} {
			dialer := &websocket.Dialer{NetDialContext: l.net.dial}
			_, res, err := dialer.Dial(c.url, http.Header{"Origin": {c.origin}})
			if err == nil || res == nil || res.StatusCode != http.StatusForbidden {
				l.Errorf("%+v: %v %v", c, res, err)
			}
		}
	})
}

// A page that cannot follow is told to look again, and costs no more memory.
func TestLivePageThatFallsBehind(t *testing.T) {
	var hub live
	w := hub.join()
	for range 3 * noticeLimit {
		hub.tell(notice{Kind: "message"})
		hub.tell(notice{Kind: "exchange"})
	}
	all := hub.take(w)
	if len(all) > noticeLimit+1 || all[0].Kind != "again" {
		t.Errorf("%d are waiting, the first is %v", len(all), all[0])
	}
	w = hub.join()
	for n := range 100 {
		hub.tell(notice{Kind: "exchange", N: n})
	}
	if all = hub.take(w); len(all) != 2 || all[1].N != 99 {
		t.Errorf("exchanges are not told as one: %v", all)
	}
}

// What a page reads: a part of a room, the commands typed there, and the younger exchanges.
func TestMessagesInParts(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		l.connect(&bot{command: func(slack.SlashCommand) any { return say("ok") }})
		var stamps []string
		for i := range 5 {
			_, ts, _ := l.api.PostMessage(OutreachID, text1(fmt.Sprint(i)))
			stamps = append(stamps, ts)
		}
		l.must("command", object{"user": "ana", "text": "/sent 3"})
		l.must("message", object{"user": "ben", "channel": "outreach", "text": "<b>", "thread_ts": stamps[0]})
		read := func(query string) string {
			_, out := l.get("messages?channel=outreach" + query)
			list, _ := out.([]any)
			var all []string
			for _, m := range list {
				o := m.(map[string]any)
				all = append(all, fmt.Sprint(o["text"], o["ran"]))
			}
			return strings.ReplaceAll(strings.Join(all, " "), "<nil>", "")
		}
		for query, want := range map[string]string{
			"":                                      "0 1 2 3 4 &lt;b&gt;",
			"&as=ana":                               "0 1 2 3 4 ok &lt;b&gt;",
			"&as=ana&commands=1":                    "0 1 2 3 4 /sent 3 ok &lt;b&gt;",
			"&as=ben&commands=1&limit=2":            "4 &lt;b&gt;",
			"&before=" + stamps[3] + "&limit=2":     "1 2",
			"&from=" + stamps[4]:                    "4 &lt;b&gt;",
			"&ts=" + stamps[1] + "&ts=" + stamps[3]: "1 3",
			"&ts=" + stamps[1] + "&before=" + stamps[1]: "",
		} {
			l.want(read(query), want)
		}
		_, out := l.get("messages?channel=outreach&from=" + stamps[4])
		l.want(out.([]any)[1].(map[string]any)["thread_ts"], stamps[0])
		status, _ := l.get("messages?channel=outreach&limit=x")
		l.want(status, 400)
		_, out = l.get("log")
		all := out.([]any)
		last := all[len(all)-2].(map[string]any)["n"]
		_, out = l.get(fmt.Sprintf("log?after=%v", last))
		l.want(out, all[len(all)-1:])
	})
}

func TestReset(t *testing.T) {
	var fails error
	var seeds []string
	reset := func(ctx context.Context, seed string, wipe func()) error {
		if seed == "demo" {
			return errors.New("this sandbox keeps a file")
		}
		wipe()
		seeds = append(seeds, seed)
		return fails
	}
	bubble(t, func(c *Config) { c.Reset = reset }, func(l *lab) {
		var open slack.ModalViewRequest
		l.connect(&bot{command: func(c slack.SlashCommand) any { l.api.OpenView(c.TriggerID, open); return nil }})
		open = slack.ModalViewRequest{Type: "modal", Title: slack.NewTextBlockObject("plain_text", "Form", false, false), Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}
		l.must("command", object{"user": "ana", "text": "/sent"})
		l.api.PublishView("UANA000001", slack.HomeTabViewRequest{Type: "home", Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}, "")
		l.api.PostMessage(OutreachID, text1("old"))
		l.must("fault", object{"method": "chat.postMessage", "kind": "429"})
		l.must("advance", object{"by": "60h"})
		sights := []string{"messages?channel=outreach&as=ana&commands=1", "modal?user=ana", "home?peek=1&user=ana", "log"}
		var before []string
		for _, path := range sights {
			_, out := l.get(path)
			before = append(before, string(jsonBytes(out)))
		}
		for _, c := range []struct{ seed, want string }{{"demo", "keeps a file"}, {"full", "demo, empty"}} {
			status, out := l.post("reset", object{"seed": c.seed})
			l.want([]any{status, strings.Contains(out["error"].(string), c.want)}, []any{400, true})
		}
		for i, path := range sights { // a refusal leaves everything as it is
			_, out := l.get(path)
			l.want(string(jsonBytes(out)), before[i])
		}
		news := l.watch()
		l.want(news(), "hello")
		out := l.must("reset", object{"seed": "empty"})
		l.want(out["now"], monday)
		l.want(news(), "clock; reset")
		for i, path := range sights {
			_, out := l.get(path)
			l.want(out, []any{[]any{}, nil, nil, []any{}}[i])
		}
		_, state := l.get("state")
		l.want([]any{state.(map[string]any)["faults"], state.(map[string]any)["can_reset"], seeds}, []any{[]any{}, true, []string{"empty"}})
		_, ts, err := l.api.PostMessage(OutreachID, text1("new"))
		l.want([]any{ts, err}, []any{"1795424400.000000", nil})
		fails = errors.New("no store")
		status, out := l.post("reset", object{"seed": "empty"})
		l.want([]any{status, strings.Contains(out["error"].(string), "no store")}, []any{500, true})
	})
	bubble(t, nil, func(l *lab) {
		status, _ := l.post("reset", object{"seed": "empty"})
		l.want(status, 400)
	})
}
