package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strconv"
)

//go:embed static
var staticFiles embed.FS

// asset is a file that pages refer to.
type asset struct {
	body        []byte
	contentType string
	hash        string // hex, of the body
}

// contentTypes are those of the assets; a file of another kind is a mistake.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
}

func loadAssets() (map[string]asset, error) {
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		return nil, err
	}
	assets := make(map[string]asset, len(entries))
	for _, e := range entries {
		body, err := staticFiles.ReadFile("static/" + e.Name())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(body)
		assets[e.Name()] = asset{body: body, contentType: contentTypes[path.Ext(e.Name())], hash: hex.EncodeToString(sum[:6])}
	}
	return assets, nil
}

// assetURL is the address of an asset. It changes with the content, so that
// browsers may keep what it answers for ever.
func (s *site) assetURL(name string) string {
	return "/static/" + name + "?v=" + s.assets[name].hash
}

// static serves the assets, by name and not from a directory: there is no
// path to climb out of.
func (s *site) static(w http.ResponseWriter, r *http.Request) {
	a, ok := s.assets[r.PathValue("name")]
	if !ok {
		s.fail(w, r, errNoRoute)
		return
	}
	h := w.Header()
	h.Set("ETag", weak(a.hash))
	h.Set("Cache-Control", "no-cache")
	if r.URL.Query().Get("v") == a.hash {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if matches(r, weak(a.hash)) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	send(w, r, http.StatusOK, a.contentType, a.body)
}

// send answers with a body of known length; without it to HEAD.
func send(w http.ResponseWriter, r *http.Request, code int, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client has gone
	}
}
