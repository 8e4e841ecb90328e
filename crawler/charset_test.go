package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// TestCharsets: text arrives as it was written, whatever the labels say, and
// the page is kept byte for byte.
func TestCharsets(t *testing.T) {
	const sentence = "Jum’at itu “kerja sama” café – 5 µg ditandatangani para bupati di kota. "
	html := func(meta string) string {
		return "<html><head>" + meta + "<title>Kerja sama café</title></head><body><h1>Kerja sama café</h1><div class=entry-content><p>" +
			strings.Repeat(sentence, 3) + "</p><p>" + strings.Repeat(sentence, 3) + "</p></div></body></html>"
	}
	as := func(e encoding.Encoding, s string) string {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	latin := charmap.Windows1252
	tests := []struct{ slug, label, body string }{
		{"utf8-dengan-label-benar", "text/html; charset=utf-8", html("")},
		{"utf8-tanpa-label-apa", "text/html", html("")},
		{"utf8-berlabel-latin-satu", "text/html; charset=iso-8859-1", html("")},
		{"utf8-berlabel-windows-salah", "text/html; charset=windows-1252", html(`<meta charset="windows-1252">`)},
		{"utf8-berlabel-entah-apa", "text/html; charset=utf-tujuh-setengah", html("")},
		{"utf8-dengan-tanda-urutan", "text/html; charset=windows-1252", "\ufeff" + html("")},
		{"latin-dengan-label-benar", "text/html; charset=windows-1252", as(latin, html(""))},
		{"latin-berlabel-utf8-salah", "text/html; charset=utf-8", as(latin, html(`<meta charset="windows-1252">`))},
		{"latin-berlabel-utf8-dua-kali", "text/html; charset=utf-8", as(latin, html(`<meta charset="utf-8">`))},
		{"latin-hanya-di-meta", "text/html", as(latin, html(`<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">`))},
		{"latin-berlabel-iso-lama", "text/html; charset=ISO-8859-1", as(latin, html(""))},
		{"latin-tanpa-label-apa", "text/html", as(latin, html(""))},
		{"utf16-kecil-dengan-tanda", "text/html", as(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), html(""))},
		{"utf16-besar-dengan-tanda", "text/html; charset=utf-16", as(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), html(""))},
	}
	articles := map[string]http.HandlerFunc{}
	for _, tt := range tests {
		articles[tt.slug] = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", tt.label)
			fmt.Fprint(w, tt.body)
		}
	}
	for _, tt := range tests {
		h := newHostile(t, map[string]http.HandlerFunc{tt.slug: articles[tt.slug]})
		m := newMemory()
		hostileRun(t, m, nil, h.source())
		address := h.URL + "/berita/" + tt.slug
		art := m.articles[ArticleID(address)]
		if art == nil {
			t.Errorf("%s: %s (%s), want an article", tt.slug, m.addresses[address].State, m.addresses[address].Reason)
			continue
		}
		if !strings.Contains(art.Text, strings.TrimSpace(sentence)) || art.Title != "Kerja sama café" {
			t.Errorf("%s: title %q, text %.100q", tt.slug, art.Title, art.Text)
		}
		if string(m.pages[address].Body) != tt.body {
			t.Errorf("%s: the page is not kept byte for byte", tt.slug)
		}
	}
}
