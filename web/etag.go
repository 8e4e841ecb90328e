package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// etag makes an entity tag of everything an answer depends on beside its
// address.
func etag(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return weak(hex.EncodeToString(sum[:8]))
}

// weak is the form of all our tags: the answer may be compressed on its way.
func weak(tag string) string { return `W/"` + tag + `"` }

// matches says whether the client has the answer of that tag already.
func matches(r *http.Request, tag string) bool {
	header := r.Header.Get("If-None-Match")
	if strings.TrimSpace(header) == "*" {
		return true
	}
	for part := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(part), "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
