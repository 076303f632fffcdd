package sandbox

import (
	"io"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"
)

func TestPage(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		res, err := l.client.Get("http://slack.test/")
		if err != nil {
			l.Fatal(err)
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") || !strings.Contains(string(body), "<title>Paceline sandbox</title>") {
			l.Errorf("%d %s %.80s", res.StatusCode, res.Header.Get("Content-Type"), body)
		}
		if policy := res.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "connect-src 'self'") {
			l.Error(policy)
		}
	})
}

// The page writes data as text only, and asks nobody but the sandbox. Every part of it can be fetched.
func TestPageIsSafeByConstruction(t *testing.T) {
	never := []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "setHTML", "document.write", "eval(", "new Function", "srcdoc", "DOMParser",
		"createContextualFragment", "style=\"", "onclick=\"", "@import", "sourceMappingURL"}
	outside := regexp.MustCompile(`(?i)((src|href)\s*=\s*["']?|url\(\s*["']?|(from|import)\s*\(?\s*["'])(https?:)?//`)
	seen := 0
	bubble(t, nil, func(l *lab) {
		err := fs.WalkDir(pageFiles, "page", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			seen++
			body, err := fs.ReadFile(pageFiles, name)
			if err != nil {
				return err
			}
			if path.Ext(name) != ".json" {
				for _, word := range never {
					if strings.Contains(string(body), word) {
						l.Errorf("%s uses %s", name, word)
					}
				}
				for _, found := range outside.FindAll(body, -1) {
					l.Errorf("%s fetches %q", name, found)
				}
			}
			res, err := l.client.Get("http://slack.test/" + name)
			if err != nil {
				return err
			}
			defer res.Body.Close()
			served, _ := io.ReadAll(res.Body)
			if res.StatusCode != http.StatusOK || string(served) != string(body) || !strings.Contains(res.Header.Get("Content-Security-Policy"), "trusted-types 'none'") {
				l.Errorf("%s is served as %d %v", name, res.StatusCode, res.Header)
			}
			return nil
		})
		if err != nil {
			l.Fatal(err)
		}
	})
	if seen < 3 {
		t.Errorf("the page has %d files", seen)
	}
}

func TestPageIsKept(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		ask := func(file, tag string) *http.Response {
			req, _ := http.NewRequest(http.MethodGet, "http://slack.test"+file, nil)
			req.Header.Set("If-None-Match", tag)
			res, err := l.client.Do(req)
			if err != nil {
				l.Fatal(err)
			}
			res.Body.Close()
			return res
		}
		first := ask("/", "")
		l.want([]any{first.StatusCode, ask("/", first.Header.Get("ETag")).StatusCode}, []any{200, 304})
		for file, want := range map[string]int{"/page/": 404, "/page/nothing.js": 404, "/page/..%2fpage.go": 404, "/page/%2e%2e/doc.go": 404, "/page/blocks": 404, "/page/index.html": 200} {
			if res := ask(file, ""); res.StatusCode != want {
				l.Errorf("%s: %d, want %d", file, res.StatusCode, want)
			}
		}
	})
}
