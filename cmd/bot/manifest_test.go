package main

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/look"
)

const manifestDir = "../../manifest"

// TestManifestFiles checks that the manifests in the repository are what the table of verbs gives. UPDATE=1
// writes them.
func TestManifestFiles(t *testing.T) {
	for file, address := range map[string]string{"socket-mode.json": "", "http.json": "https://paceline.example.com"} {
		want, err := manifest(commands.DefaultNames(), address)
		if err != nil {
			t.Fatal(err)
		}
		sameAsFile(t, filepath.Join(manifestDir, file), want)
	}
}

// sameAsFile compares what is generated with what is kept, or keeps it with UPDATE=1.
func sameAsFile(t *testing.T, file string, want []byte) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (UPDATE=1 go test ./cmd/bot writes it)", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is out of date: run UPDATE=1 go test ./cmd/bot", file)
	}
}

// schema is Slack's own, from github.com/slackapi/manifest-schema.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseRegexpEngine(func(pattern string) (jsonschema.Regexp, error) {
		if re, err := regexp.Compile(pattern); err == nil {
			return re, nil
		}
		return unmatchable(pattern), nil // looks ahead, which Go cannot; nothing of ours may need it
	})
	s, err := c.Compile(filepath.Join(manifestDir, "testdata/slack-manifest.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type unmatchable string

func (unmatchable) MatchString(string) bool { return false }
func (u unmatchable) String() string        { return string(u) }

func TestManifestFitsSlacksSchema(t *testing.T) {
	s := schema(t)
	for name, c := range map[string]struct {
		names   look.Names
		address string
	}{
		"socket":  {commands.DefaultNames(), ""},
		"http":    {commands.DefaultNames(), "https://paceline.example.com/"},
		"renamed": {look.Names{Main: "/li", Sent: "/li-sent", Budget: "/li-left"}, ""},
	} {
		b, err := manifest(c.names, c.address)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(string(b), "//slack") {
			t.Errorf("%s: an address has a doubled slash:\n%s", name, b)
		}
		// The control: the schema must be able to refuse.
		doc.(map[string]any)["features"].(map[string]any)["slash_commands"].([]any)[0].(map[string]any)["command"] = "sent"
		if s.Validate(doc) == nil {
			t.Errorf("%s: the schema takes a command without a slash", name)
		}
	}
}

// TestManifestModes checks what the schema cannot know: Socket Mode names no address, HTTP names all three.
func TestManifestModes(t *testing.T) {
	socket, err := manifest(commands.DefaultNames(), "")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(socket), "url") {
		t.Errorf("the manifest for Socket Mode names an address:\n%s", socket)
	}
	http, err := manifest(commands.DefaultNames(), "https://x.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/slack/commands", "/slack/interactions", "/slack/events"} {
		if !strings.Contains(string(http), `"https://x.example`+path+`"`) {
			t.Errorf("the manifest for HTTP lacks %s", path)
		}
	}
}

func TestPrintManifest(t *testing.T) {
	run := func(args ...string) (string, string, error) {
		var out, errOut bytes.Buffer
		err := printManifest(args, &out, &errOut)
		return out.String(), errOut.String(), err
	}
	out, _, err := run("-link")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(strings.TrimSpace(out))
	if err != nil || u.Host != "api.slack.com" || u.Query().Get("new_app") != "1" {
		t.Errorf("link = %q, %v", out, err)
	}
	var m map[string]any
	if err := json.Unmarshal([]byte(u.Query().Get("manifest_json")), &m); err != nil {
		t.Errorf("the link's manifest: %v", err)
	}
	out, errOut, err := run("-command", "li", "-short", "/li-sent,li-left")
	if err != nil || !strings.Contains(out, `"/li-left"`) || !strings.Contains(errOut, "PACELINE_COMMAND=/li PACELINE_SHORT=/li-sent,/li-left") {
		t.Errorf("renamed: %v\n%s%s", err, out, errOut)
	}
	for _, bad := range [][]string{{"-command", "Big Name"}, {"-http", "http://x.example"}, {"-http", "paceline.example.com"}, {"-short", "/sent"}, {"-short", "/sent,/sent"}, {"extra"}} {
		if _, _, err := run(bad...); err == nil {
			t.Errorf("manifest %q was taken", bad)
		}
	}
}
