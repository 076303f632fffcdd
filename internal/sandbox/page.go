package sandbox

import (
	_ "embed" // the page is part of the binary
	"net/http"
)

//go:embed page.html
var page []byte

// servePage is the one page a visitor needs. It fetches nothing from outside.
func (s *Slack) servePage(w http.ResponseWriter, r *http.Request) {
	if !s.ownHost(r) {
		http.Error(w, "open this page by the sandbox's own address", http.StatusForbidden)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; "+
		"frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	w.Write(page)
}
