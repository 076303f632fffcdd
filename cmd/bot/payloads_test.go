package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// record writes what the bot sent to Slack into a directory, for tools/payloads to check: a file for each call
// and each acknowledgement that carries more than text. Those that differ in digits only count as one.
func (c *conversation) record(dir string) error {
	if c.box == nil {
		return nil
	}
	var exchanges []struct {
		From, Method      string
		Request, Response json.RawMessage
	}
	if err := c.ask(http.MethodGet, "log", nil, &exchanges); err != nil {
		return err
	}
	name := strings.TrimPrefix(filepath.Base(c.dir), "script-") + "-" + c.engine + "-" + c.delivery
	rich := regexp.MustCompile(`"(blocks|metadata|view|response_action)":`)
	digits := regexp.MustCompile(`[0-9]+`)
	seen := map[string]bool{}
	for _, e := range exchanges {
		what, sent := e.Method, e.Request
		if e.From != "bot" {
			what, sent = "ack of "+e.Method, e.Response
		}
		shape := what + digits.ReplaceAllString(string(sent), "0")
		if seen[shape] || !rich.Match(sent) {
			continue
		}
		seen[shape] = true
		b, err := json.Marshal(map[string]any{"what": what, "sent": sent})
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%03d.json", name, len(seen))), b, 0o600); err != nil {
			return err
		}
	}
	return nil
}
