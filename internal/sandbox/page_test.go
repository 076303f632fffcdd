package sandbox

import (
	"io"
	"net/http"
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

// The page writes data as text only, and asks nobody but the sandbox.
func TestPageIsSafeByConstruction(t *testing.T) {
	for _, never := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc"} {
		if strings.Contains(string(page), never) {
			t.Errorf("the page uses %s", never)
		}
	}
	if outside := regexp.MustCompile(`(src|href)="?(https?:)?//`).FindAll(page, -1); len(outside) > 0 {
		t.Errorf("the page fetches %q", outside)
	}
}
