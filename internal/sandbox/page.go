package sandbox

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
)

// The page is part of the binary: plain modules and style sheets, as they were written.
//
//go:embed page
var pageFiles embed.FS

// pagePolicy lets the page fetch from this sandbox only, and lets no text become code, also by mistake.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; " +
	"frame-ancestors 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// pageKinds are the kinds of file the page is made of.
var pageKinds = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".svg":  "image/svg+xml",
}

// servePage serves the page at /, the gallery at /gallery, and what they are made of under /page/.
func (s *Slack) servePage(w http.ResponseWriter, r *http.Request) {
	if !s.ownHost(r) {
		http.Error(w, "open this page by the sandbox's own address", http.StatusForbidden)
		return
	}
	name := r.PathValue("file")
	switch r.URL.Path {
	case "/":
		name = "index.html"
	case "/gallery":
		name = "gallery.html"
	}
	body, err := fs.ReadFile(pageFiles, path.Join("page", path.Clean("/"+name)))
	kind := pageKinds[path.Ext(name)]
	if err != nil || kind == "" {
		http.NotFound(w, r)
		return
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache") // kept, and asked for again each time
	h.Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Write(body)
}
