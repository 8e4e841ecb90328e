package crawler

import (
	"maps"
	"slices"
	"strings"
)

// Names that programs give the parts of an article in their data.
var (
	stateBodies  = []string{"articleBody", "content", "body", "isi", "konten", "content_html", "bodyHtml", "isi_berita", "text", "description", "deskripsi"}
	stateTitles  = []string{"title", "judul", "headline", "judul_berita", "name"}
	stateTimes   = []string{"datePublished", "publishedAt", "published_at", "publish_date", "date", "tanggal", "tanggal_publikasi", "createdAt", "created_at", "tgl_berita"}
	stateChanges = []string{"updatedAt", "updated_at", "dateModified", "modified"}
	stateAuthors = []string{"author", "penulis", "authors", "reporter", "editor_name", "user"}
	stateSection = []string{"category", "kategori", "section", "categories"}
)

// maxState is how deeply the state of a program is searched.
const maxState = 12

// findState looks through the state of a program for the object with a title
// and the longest text under a name for bodies. Keys are taken in order, so
// that the same state gives the same article.
func findState(v any, depth int) map[string]any {
	if depth > maxState {
		return nil
	}
	var best map[string]any
	size := minText
	consider := func(n map[string]any) {
		if l := len(stateText(n, stateBodies)); n != nil && l > size {
			best, size = n, l
		}
	}
	switch t := v.(type) {
	case []any:
		for _, x := range t {
			consider(findState(x, depth+1))
		}
	case map[string]any:
		if stateText(t, stateTitles) != "" {
			consider(t)
		}
		for _, k := range slices.Sorted(maps.Keys(t)) {
			consider(findState(t[k], depth+1))
		}
	}
	return best
}

// maxRevived bounds the values of a payload that are put together.
const maxRevived = 50_000

// revive puts the state together that Nuxt 3 writes as one flat list: objects
// and lists in it hold the places of their parts. Anything else is given back as
// it is.
func revive(v any) any {
	flat, ok := v.([]any)
	if !ok || len(flat) < 2 {
		return v
	}
	left := maxRevived
	var at func(i float64, depth int) any
	value := func(x any, depth int) any {
		if i, ok := x.(float64); ok {
			return at(i, depth+1)
		}
		return x // the name of a type: "ShallowReactive"
	}
	at = func(i float64, depth int) any {
		if left--; left < 0 || depth > 2*maxState || i < 0 || i >= float64(len(flat)) {
			return nil
		}
		switch t := flat[int(i)].(type) {
		case map[string]any:
			out := make(map[string]any, len(t))
			for k, x := range t {
				out[k] = value(x, depth)
			}
			return out
		case []any:
			out := make([]any, 0, len(t))
			for _, x := range t {
				out = append(out, value(x, depth))
			}
			return out
		default:
			return t
		}
	}
	if !refers(flat[0]) {
		return v
	}
	return at(0, 0)
}

// refers reports whether a value holds nothing but places.
func refers(v any) bool {
	switch t := v.(type) {
	case map[string]any:
		for _, x := range t {
			if _, ok := x.(float64); !ok {
				return false
			}
		}
		return len(t) > 0
	case []any: // the name of a type and a place
		if len(t) == 2 {
			_, ok := t[1].(float64)
			return ok
		}
	}
	return false
}

// stateText is the first text under one of the names.
func stateText(n map[string]any, names []string) string {
	for _, name := range names {
		if s := firstText(n[name]); s != "" {
			return s
		}
	}
	return ""
}

func stateOf(n map[string]any) structured {
	return structured{
		headline: unescaped(stateText(n, stateTitles)), author: stateText(n, stateAuthors), section: stateText(n, stateSection),
		published: stateText(n, stateTimes), modified: stateText(n, stateChanges), body: bodyLines(stateText(n, stateBodies)),
	}
}

// wordpressPost reads a post of the WordPress REST interface: one object, or
// an array of one. Times without a zone are in the site's, so the one in GMT
// is taken.
func wordpressPost(body []byte) (s structured, link string, ok bool) {
	v, ok := looseJSON(string(body))
	if list, isList := v.([]any); isList && len(list) == 1 {
		v = list[0]
	}
	n, isObject := v.(map[string]any)
	if !ok || !isObject || firstText(n["content"]) == "" || firstText(n["title"]) == "" {
		return structured{}, "", false
	}
	gmt := func(name string) string {
		if t := firstText(n[name+"_gmt"]); t != "" && !strings.HasSuffix(t, "Z") {
			return t + "Z"
		}
		return firstText(n[name])
	}
	author := firstText(n["author_name"])
	if embedded, isObject := n["_embedded"].(map[string]any); isObject && author == "" {
		author = firstText(embedded["author"])
	}
	return structured{
		headline: plainText(firstText(n["title"])), author: author, published: gmt("date"), modified: gmt("modified"), body: bodyLines(firstText(n["content"])),
	}, firstText(n["link"]), true
}
