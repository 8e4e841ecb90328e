package newsroom

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"net/http"
)

//go:embed pages/*.html
var pageFiles embed.FS

// pages are all templates; parsing them is cheap enough to do once at start.
var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// The templates by name.
const (
	kabarHome  = "kabar_home.html"
	kabarPage  = "kabar_page.html"
	portalHome = "portal_home.html"
	portalPage = "portal_page.html"
	portalAMP  = "portal_amp.html"
	pemdaList  = "pemda_list.html"
	pemdaPage  = "pemda_page.html"
)

// render writes a page with a validator, and 304 to those who have it.
func render(w http.ResponseWriter, r *http.Request, name string, data any) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	sum := sha256.Sum256(b.Bytes())
	etag := `"` + hex.EncodeToString(sum[:8]) + `"`
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes()) // the client may have gone
}
