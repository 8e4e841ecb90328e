package crawler

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestHostileListings: feeds, sitemaps and interfaces made to hurt cost little
// memory, end, and what is sound in them is found, or else the site's list.
func TestHostileListings(t *testing.T) {
	entity := `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>`
	external := `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>`
	item := func(path string) string {
		return "<item><title>Satu</title><link>BASE" + path + "</link></item>"
	}
	loc := func(path string) string { return "<url><loc>BASE" + path + "</loc></url>" }
	rss := func(s string) string {
		return `<?xml version="1.0"?><rss version="2.0"><channel>` + s + `</channel></rss>`
	}
	const one, two = "/berita/berita-dari-peta-situs", "/berita/berita-dari-daftar-depan"
	tests := []struct {
		name, path, body string
		want             []string // articles
	}{
		{"sitemap of entities", "/sitemap.xml", entity + "<urlset>" + loc(one) + "<url><loc>&d;</loc></url></urlset>", []string{one, two}},
		{"sitemap with an external entity", "/sitemap.xml", external + "<urlset><url><loc>BASE/berita/&x;</loc></url></urlset>", []string{two}},
		{"sitemap that nests", "/sitemap.xml", strings.Repeat("<a>", 2_000_000), []string{two}},
		{"sitemap of nothing", "/sitemap.xml", "<urlset>" + strings.Repeat("<url/>", 5_000_000), []string{two}},
		{"sitemap with one long address", "/sitemap.xml", "<urlset><url><loc>BASE/" + strings.Repeat("berita-", 500_000) + "</loc></url>" + loc(one), []string{one, two}},
		{"sitemap with addresses of others", "/sitemap.xml", "<urlset><url><loc>https://orang-lain.example/berita/satu-dua-tiga</loc></url><url><loc>javascript:alert(1)</loc></url><url><loc> BASE" + one + " </loc></url></urlset>", []string{one, two}},
		{"sitemap index that names itself", "/sitemap.xml", "<sitemapindex>" + strings.Repeat("<sitemap><loc>BASE/sitemap.xml</loc></sitemap>", 1000) + "</sitemapindex>", []string{two}},
		{"sitemap that is a page", "/sitemap.xml", "<!doctype html><title>404</title><p>Tidak ada", []string{two}},
		{"gzip sitemap that is none", "/sitemap.xml", "\x1f\x8bbukan gzip", []string{two}},
		{"gzip in gzip", "/sitemap.xml", pack("<urlset>"+strings.ReplaceAll(loc(one), "BASE", "")+"</urlset>", gzipped, gzipped), []string{one, two}},
		{"sitemap bomb", "/sitemap.xml", pack("<urlset>"+strings.Repeat("<url><loc>x</loc></url>", 4_000_000), gzipped), []string{two}},
		{"feed of entities", "/feed/", entity + `<rss version="2.0"><channel>` + item(one) + `<item><title>&d;</title></item></channel></rss>`, []string{one, two}},
		{"feed that nests", "/feed/", rss(item(one) + strings.Repeat("<x:y>", 1_500_000)), []string{two}},
		{"feed of a million empty items", "/feed/", rss(item(one) + strings.Repeat("<item/>", 1_200_000)), []string{two}},
		{"feed of a million small items", "/feed/", rss(item(one) + strings.Repeat("<item></item>", 700_000)), []string{one, two}},
		{"feed that is empty", "/feed/", rss(""), []string{two}},
		{"feed that is a page", "/feed/", "<!doctype html><title>404</title>", []string{two}},
		{"feed behind a warning of PHP", "/feed/", "<br />\n<b>Warning</b>: x in y on line 3\n" + rss(item(one)), []string{one, two}},
		{"feed that breaks off", "/feed/", strings.TrimSuffix(rss(item(one)+"<item><title>Du"), "</channel></rss>"), []string{one, two}},
		{"feed with bytes that are no text", "/feed/", rss(item(one) + "<item><title>\xff\xfe\x01</title></item>"), []string{one, two}},
		{"feed with an undeclared entity", "/feed/", rss(item(one) + "<item><title>A &nbsp; B</title></item>"), []string{one, two}},
		{"JSON feed of a million items", "/feed.json", `{"version":"https://jsonfeed.org/version/1.1","items":[` + strings.Repeat("{},", 3_000_000) + `{}]}`, []string{two}},
		{"interface of a million posts", "/wp-json/wp/v2/posts", "[" + strings.Repeat("{},", 3_000_000) + "{}]", []string{two}},
		{"interface that nests", "/wp-json/wp/v2/posts", strings.Repeat(`[`, 5_000_000), []string{two}},
		{"interface that is a page", "/wp-json/wp/v2/posts", "<!doctype html><title>Terlarang</title>", []string{two}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHostile(t, map[string]http.HandlerFunc{one[len("/berita/"):]: good("Satu"), two[len("/berita/"):]: good("Dua")})
			h.mux = http.NewServeMux()
			h.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, links(two)) })
			h.mux.HandleFunc(one, good("Satu"))
			h.mux.HandleFunc(two, good("Dua"))
			body := strings.ReplaceAll(tt.body, "BASE", h.URL)
			h.mux.HandleFunc(tt.path, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
			m := newMemory()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r := hostileRun(t, m, func(o *Options) { o.limits.page = time.Minute }, h.source())[0]
			runtime.ReadMemStats(&after)
			if grown := int64(after.Sys) - int64(before.Sys); grown > 300<<20 {
				t.Errorf("the process grew by %d MB", grown>>20)
			}
			if r.Fetched != len(tt.want) {
				t.Errorf("%+v, want %d articles", r, len(tt.want))
			}
			for _, p := range tt.want {
				if a := m.addresses[h.URL+p]; a.State != "fetched" {
					t.Errorf("%s is %q (%s), want fetched", p, a.State, a.Reason)
				}
			}
		})
	}
}

// TestHostileListPages: list pages with a hundred thousand links, and with
// markup that is slow to read, come to an end, and what is taken from them is
// bounded.
func TestHostileListPages(t *testing.T) {
	var many strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&many, "<a href=/berita/judul-yang-panjang-%d>Judul yang panjang sekali %d</a> <i class=date>x</i>", i, i)
	}
	for name, body := range map[string]string{
		"links in one element": "<div>" + many.String(), "anchors that nest": strings.Repeat("<a href=/berita/x-y-z-1><p>", 100_000),
		"tables that nest": strings.Repeat("<table><tr><td><a href=/berita/x-y-z-1>", 50_000), "attributes": "<div " + strings.Repeat("a b c d ", 200_000) + ">",
		"forms that nest": strings.Repeat("<form><select><option>", 100_000), "formatting that nests": strings.Repeat("<b><i><u><s>", 100_000) + strings.Repeat("<p>x</b>", 10_000),
	} {
		t.Run(name, func(t *testing.T) {
			h := newHostile(t, nil)
			h.mux = http.NewServeMux()
			h.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
			m := newMemory()
			hostileRun(t, m, func(o *Options) { o.limits.pages, o.limits.page, o.limits.header = 1, time.Minute, time.Minute }, h.source())
			if n := len(m.addresses); n > maxLinks {
				t.Errorf("%d addresses, want %d at most", n, maxLinks)
			}
		})
	}
}
