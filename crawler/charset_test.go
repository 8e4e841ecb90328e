package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
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
	doubled := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			if r := latin.DecodeByte(c); r != utf8.RuneError {
				b.WriteRune(r)
			} else {
				b.WriteRune(rune(c))
			}
		}
		return b.String()
	}
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
		{"utf8-dua-kali-berlapis", "text/html; charset=utf-8", doubled(html(""))},
		{"utf8-dua-kali-sebagian", "text/html; charset=utf-8", strings.Replace(doubled(html("")), "</p>", "</p><p>Kalimat “utuh” di antaranya.</p>", 1)},
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

// TestInvisibleCharacters: what no reader sees and some programs choke on is
// out of titles and texts, and the words around it stay whole.
func TestInvisibleCharacters(t *testing.T) {
	sentence := "Pemerintah kabu\u00adpaten meng\u200bgelar ker\u202eja\u202c sama\x00 \x07dengan\u2028daerah\u2066 lain\ufeff di&#8203; aula&#55357; kan\x1btor itu kemarin. "
	for name, sentence := range map[string]string{"huruf-yang-tak-kasat-mata": sentence, "huruf-rusak-dan-tak-kasat": strings.Replace(sentence, "kan\x1btor", "kan\x1btor\xff", 1)} {
		h := newHostile(t, map[string]http.HandlerFunc{name: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<title>Ker\u202eja\x00 Sa\u200bma</title><h1>Ker\u202eja\x00 Sa\u200bma</h1><div class=entry-content><p>", strings.Repeat(sentence, 3), "</p><p>", strings.Repeat(sentence, 2), "</p></div>")
		}})
		m := newMemory()
		hostileRun(t, m, nil, h.source())
		art := m.articles[ArticleID(h.URL+"/berita/"+name)]
		if art == nil {
			t.Fatalf("%s: no article", name)
		}
		if !utf8.ValidString(art.Text) || !norm.NFC.IsNormalString(art.Text) || art.Title != "Kerja Sama" {
			t.Errorf("%s: title %q, text %q", name, art.Title, art.Text)
		}
		for _, r := range art.Title + art.Text {
			if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || strings.ContainsRune("\u00ad\u200b\u202a\u202c\u202e\u2028\u2066\ufeff", r) {
				t.Errorf("%s: %U is left", name, r)
			}
		}
		for _, words := range []string{"Pemerintah kabupaten menggelar kerja sama", "dengan daerah lain di aula"} {
			if !strings.Contains(art.Text, words) {
				t.Errorf("%s: the text lacks %q: %q", name, words, art.Text)
			}
		}
	}
}
