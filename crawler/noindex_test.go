package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"pakta"
)

// TestNoIndex: what asks not to be indexed is marked, or left out when that is
// obeyed; what only seems to ask is neither.
func TestNoIndex(t *testing.T) {
	head := func(meta string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, strings.Replace(page("Berita "+r.URL.Path), "<head>", "<head>"+meta, 1))
		}
	}
	header := func(value string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Add("X-Robots-Tag", value)
			good("Berita "+r.URL.Path)(w, r)
		}
	}
	asks := map[string]http.HandlerFunc{
		"di-kepala-halaman-ini": head(`<meta name="robots" content="noindex, follow">`), "di-kepala-dengan-none": head(`<META CONTENT=none NAME=robots>`),
		"untuk-kami-sendiri-saja": head(`<meta name='pakta' content='NOINDEX'/>`), "di-kepala-jawaban-server": header("noindex, nofollow"), "jawaban-untuk-kami-saja": header("pakta: noindex"),
	}
	others := map[string]http.HandlerFunc{
		"tanpa-kata-apa-pun": good("Biasa"), "untuk-robot-lain-saja": head(`<meta name="googlebot" content="noindex">`), "jawaban-untuk-robot-lain": header("googlebot: noindex"),
		"boleh-dengan-batas-gambar": head(`<meta name="robots" content="index, follow, max-image-preview:large">`),
		"dalam-teks-berita-saja":    good("Menulis &lt;meta name=robots content=noindex> di Situs"), "bukan-untuk-robot-apa": head(`<meta name="description" content="noindex">`),
	}
	all := map[string]http.HandlerFunc{}
	for _, m := range []map[string]http.HandlerFunc{asks, others} {
		for slug, f := range m {
			all[slug] = f
		}
	}
	h := newHostile(t, all)
	for _, obey := range []bool{false, true} {
		m := newMemory()
		r := hostileRun(t, m, func(o *Options) { o.ObeyNoIndex = obey }, h.source())[0]
		if r.NoIndex != len(asks) || obey && r.Skipped != len(asks) || !obey && r.Fetched != len(all) {
			t.Errorf("obeyed %t: %+v, want %d that ask", obey, r, len(asks))
		}
		for slug := range all {
			a := m.addresses[h.URL+"/berita/"+slug]
			_, marked := asks[slug]
			want := pakta.AddressFetched
			if obey && marked {
				want = pakta.AddressSkipped
			}
			if a.State != want || (a.Reason == NoIndex) != marked {
				t.Errorf("obeyed %t: %s is %s (%s), want %s", obey, slug, a.State, a.Reason, want)
			}
		}
	}
}

// TestNoFollow: the links of a list that asks not to follow them are left when
// that is obeyed.
func TestNoFollow(t *testing.T) {
	s := newSite(t, 5)
	s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<head><meta name="robots" content="nofollow"></head>`, s.links(0, 5))
	})
	for _, obey := range []bool{false, true} {
		r := hostileRun(t, newMemory(), func(o *Options) { o.ObeyNoIndex = obey }, Source{Name: "x", URL: s.URL + "/"})[0]
		if want := map[bool]int{false: 5, true: 0}[obey]; r.Fetched != want {
			t.Errorf("obeyed %t: %+v, want %d articles", obey, r, want)
		}
	}
}
