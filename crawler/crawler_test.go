package crawler

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"pakta"
	"pakta/crawler/newsroom"
)

// memory is a store that keeps everything in memory.
type memory struct {
	mu        sync.Mutex
	order     []string
	addresses map[string]pakta.Address
	twins     map[string][]string // addresses by article
	articles  map[string]*pakta.Article
	pages     map[string]*pakta.Page
	states    map[string]pakta.SourceState
}

func newMemory() *memory {
	return &memory{addresses: map[string]pakta.Address{}, twins: map[string][]string{}, articles: map[string]*pakta.Article{}, pages: map[string]*pakta.Page{}, states: map[string]pakta.SourceState{}}
}

func (m *memory) Discover(_ context.Context, found []pakta.Address) (added int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range found {
		if f.State == "" {
			f.State = pakta.AddressPending
		}
		if m.twin(f) {
			continue
		}
		old, known := m.addresses[f.URL]
		if known && (old.Reason != pakta.OutOfRange && old.Reason != pakta.Unlikely || f.State != pakta.AddressPending) {
			continue
		}
		if m.addresses[f.URL] = f; !known {
			m.order = append(m.order, f.URL)
			m.twins[f.Article] = append(m.twins[f.Article], f.URL)
		}
		added++
	}
	return added, nil
}

// twin reports whether another address of the article is pending or fetched.
func (m *memory) twin(f pakta.Address) bool {
	for _, twin := range m.twins[f.Article] {
		state := m.addresses[twin].State
		if f.Article != "" && twin != f.URL && (state == pakta.AddressPending || state == pakta.AddressFetched || state == pakta.AddressUnchanged) {
			return true
		}
	}
	return false
}

func (m *memory) Due(_ context.Context, source string, now time.Time, limit int) ([]pakta.Address, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due []pakta.Address
	for _, u := range m.order {
		a := m.addresses[u]
		again := a.State == pakta.AddressFailed || !a.NotBefore.IsZero() && (a.State == pakta.AddressFetched || a.State == pakta.AddressUnchanged)
		if a.Source == source && (a.State == pakta.AddressPending || again && !a.NotBefore.After(now)) && len(due) < limit {
			due = append(due, a)
		}
	}
	return due, nil
}

func (m *memory) Finish(_ context.Context, out pakta.Outcome) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.addresses[out.Address.URL] = out.Address
	if out.Article != nil {
		m.articles[out.Article.ID] = out.Article
	}
	if out.Page != nil {
		m.pages[out.Page.URL] = out.Page
	}
	for _, p := range out.Parts {
		m.pages[p.URL] = p
	}
	return nil
}

func (m *memory) SourceState(_ context.Context, name string) (pakta.SourceState, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.states[name], nil
}

func (m *memory) SaveSourceState(_ context.Context, st pakta.SourceState) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.states[st.Name] = st
	return nil
}

func crawl(t *testing.T, m *memory, sources ...Source) []pakta.SourceRun {
	t.Helper()
	none := time.Duration(0)
	runs, err := Run(context.Background(), Options{Sources: sources, Store: m, Delay: &none, AllowPrivate: true})
	if err != nil {
		t.Fatal(err)
	}
	return runs
}

// TestNewsroom crawls the demonstration given by its addresses alone: every
// article arrives whole, and a second run asks for none again.
func TestNewsroom(t *testing.T) {
	rooms, err := newsroom.Start(context.Background(), newsroom.Options{Port: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer rooms.Close()
	var sources []Source
	for _, s := range rooms.Sites() {
		sources = append(sources, Source{Name: s.Name, URL: s.URL, Region: s.Region})
	}
	want, err := newsroom.Articles()
	if err != nil {
		t.Fatal(err)
	}
	m := newMemory()
	fetched := 0
	for _, r := range crawl(t, m, sources...) {
		if r.Problem != "" || r.Fetched != r.Discovered {
			t.Errorf("%s: %+v", r.Source, r)
		}
		fetched += r.Fetched
	}
	if fetched != len(want) {
		t.Errorf("%d articles fetched, want all %d", fetched, len(want))
	}
	byTitle := map[string]*pakta.Article{}
	for _, a := range m.articles {
		byTitle[a.Source+a.Title] = a
	}
	for _, w := range want {
		a := byTitle[w.Site+w.Title]
		if a == nil {
			t.Errorf("%s: %q did not arrive", w.Site, w.Title)
			continue
		}
		if !a.Published.Equal(w.Published) {
			t.Errorf("%q published %s, want %s", w.Title, a.Published, w.Published)
		}
		var text []string
		for _, p := range w.Body {
			if p = strings.TrimPrefix(p, "- "); !strings.HasPrefix(p, "BACA JUGA") {
				text = append(text, p)
			}
		}
		got := strings.ReplaceAll(strings.ReplaceAll(a.Text, "\n\n- ", "\n\n"), "\n\n", "\n")
		if got != strings.Join(text, "\n") {
			t.Errorf("%q: text is\n%s\nwant\n%s", w.Title, got, strings.Join(text, "\n"))
		}
	}
	for _, r := range crawl(t, m, sources...) {
		if r.Discovered != 0 || r.Known == 0 {
			t.Errorf("second run: %+v, want all known and none asked for", r)
		}
	}
}

// page is an article page with two paragraphs of a topic.
func page(title string) string {
	p := strings.Repeat("Pemerintah kabupaten menggelar kegiatan "+title+" bersama warga di alun-alun. ", 3)
	return "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1><div class=entry-content><p>" + p + "</p><p>" + p + " Selesai.</p></div></body></html>"
}

// TestStates: each address ends in the state that its answer means.
func TestStates(t *testing.T) {
	mux := http.NewServeMux()
	answers := map[string]http.HandlerFunc{
		"baik-saja-berita-satu":     func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, page("Berita Satu")) },
		"sudah-dihapus-dari-situs":  http.NotFound,
		"rusak-di-server-itu":       func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", 500) },
		"terlarang-oleh-robots-txt": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, page("Rahasia")) },
		"halaman-yang-tidak-ditemukan": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<title>Halaman tidak ditemukan</title><h1>404</h1><p>Maaf.</p>")
		},
		"bom-gzip-yang-besar-sekali": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			block := make([]byte, 1<<20)
			for range 30 {
				if _, err := z.Write(block); err != nil {
					return
				}
			}
			z.Close()
		},
		"lingkaran-alih-tanpa-akhir": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
		"putus-di-tengah-jalan": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000")
			fmt.Fprint(w, "<html>")
		},
	}
	for slug, h := range answers {
		mux.HandleFunc("/berita/"+slug, h)
	}
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "User-agent: *\nDisallow: /berita/terlarang-oleh-robots-txt\n")
	})
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		for slug := range answers {
			fmt.Fprintf(w, "<a href='/berita/%s'>Judul berita %s yang panjang</a>", slug, slug)
		}
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	m := newMemory()
	runs := crawl(t, m, Source{Name: "uji", URL: srv.URL + "/"})
	want := map[string]pakta.AddressState{
		"baik-saja-berita-satu": pakta.AddressFetched, "sudah-dihapus-dari-situs": pakta.AddressGone, "rusak-di-server-itu": pakta.AddressFailed,
		"terlarang-oleh-robots-txt": pakta.AddressRefused, "halaman-yang-tidak-ditemukan": pakta.AddressGone,
		"bom-gzip-yang-besar-sekali": pakta.AddressRejected, "lingkaran-alih-tanpa-akhir": pakta.AddressRejected, "putus-di-tengah-jalan": pakta.AddressFailed,
	}
	for slug, state := range want {
		if a := m.addresses[srv.URL+"/berita/"+slug]; a.State != state {
			t.Errorf("%s is %s (%s), want %s", slug, a.State, a.Reason, state)
		}
	}
	if runs[0].Discovered != len(want) || runs[0].Fetched != 1 || runs[0].Failed != 2 {
		t.Errorf("report %+v", runs[0])
	}
}

// TestRobotsDown: without its robots.txt a site is left alone, and the source
// says so.
func TestRobotsDown(t *testing.T) {
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			asked++
		}
		http.Error(w, "down", http.StatusServiceUnavailable)
	}))
	defer srv.Close()
	runs := crawl(t, newMemory(), Source{Name: "mati", URL: srv.URL})
	if runs[0].Problem == "" || asked != 0 {
		t.Errorf("problem %q, %d pages asked for; want a problem and none", runs[0].Problem, asked)
	}
}

// TestPrivate: without permission nothing is dialled, whatever the name.
func TestPrivate(t *testing.T) {
	hits := 0
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits++ }))
	defer srv.Close()
	none := time.Duration(0)
	u, _ := url.Parse(srv.URL)
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"} {
		runs, err := Run(context.Background(), Options{Sources: []Source{{Name: "x", URL: "http://" + host + ":" + u.Port() + "/"}}, Store: newMemory(), Delay: &none})
		if err != nil || runs[0].Problem == "" {
			t.Errorf("%s: %v, %+v, want a problem", host, err, runs)
		}
	}
	if hits > 0 {
		t.Errorf("%d requests arrived", hits)
	}
}

func TestPublic(t *testing.T) {
	for _, s := range []string{"10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.0.0.8", "192.168.1.1", "198.18.0.1",
		"0.0.0.0", "240.0.0.1", "255.255.255.255", "224.0.0.1", "::1", "::", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fc00::1", "fe80::1", "fec0::1", "ff02::1", "2001:db8::1"} {
		if public(netip.MustParseAddr(s)) {
			t.Errorf("public(%s) = true", s)
		}
	}
	for _, s := range []string{"8.8.8.8", "103.10.64.1", "2404:6800:4003::1", "::ffff:8.8.8.8"} {
		if !public(netip.MustParseAddr(s)) {
			t.Errorf("public(%s) = false", s)
		}
	}
}

// TestStop: a run that is ended leaves the rest pending and adds up.
func TestStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		for i := range 50 {
			fmt.Fprintf(w, "<a href='/berita/%d/judul-berita-nomor-%d'>Judul berita nomor %d</a>", 100+i, i, i)
		}
	})
	mux.HandleFunc("/berita/{id}/{slug}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("id") == "110" {
			cancel()
		}
		fmt.Fprint(w, page("Berita "+r.PathValue("id")))
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	none := time.Duration(0)
	m := newMemory()
	runs, err := Run(ctx, Options{Sources: []Source{{Name: "x", URL: srv.URL}}, Store: m, Delay: &none, AllowPrivate: true})
	if err != nil || runs[0].Pending == 0 || runs[0].Fetched == 0 {
		t.Fatalf("stopped run: %+v, %v", runs, err)
	}
	again := crawl(t, m, Source{Name: "x", URL: srv.URL})
	if again[0].Fetched != runs[0].Pending {
		t.Errorf("the next run fetched %d, want the %d that were left", again[0].Fetched, runs[0].Pending)
	}
}

func TestCanonical(t *testing.T) {
	tests := []struct{ in, want string }{
		{"HTTP://Contoh.ID:80/a/../b/?utm_source=x&b=2&a=1#top", "http://contoh.id/b/?a=1&b=2"},
		{"https://contoh.id", "https://contoh.id/"},
		{"https://user:pw@contoh.id/x?fbclid=1", "https://contoh.id/x"},
		{"javascript:alert(1)", ""}, {"ftp://contoh.id/", ""}, {"https:///x", ""},
		{"https://contoh.id/a/a/a/a", ""}, {"https://contoh.id/" + strings.Repeat("x", maxURL), ""},
	}
	for _, tt := range tests {
		if got, err := Canonical(tt.in); got != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("Canonical(%.60q) = %q, %v, want %q", tt.in, got, err, tt.want)
		}
	}
	one := ArticleID("https://www.contoh.id/2025/08/08/judul/")
	for _, twin := range []string{"http://contoh.id/2025/08/08/judul", "https://m.contoh.id/2025/08/08/judul/?page=2", "https://contoh.id/2025/08/08/judul/amp/",
		"https://contoh.id/2025/08/08/judul?utm_medium=wa&page=all"} {
		if ArticleID(twin) != one {
			t.Errorf("ArticleID(%s) is another", twin)
		}
	}
}

func TestRobots(t *testing.T) {
	tests := []struct {
		name, text, path string
		want             bool
	}{
		{"empty", "", "/x", true},
		{"disallow", "User-agent: *\nDisallow: /x", "/x/y", false},
		{"allow wins ties", "User-agent: *\nDisallow: /x\nAllow: /x", "/x", true},
		{"longest wins", "User-agent: *\nDisallow: /x\nAllow: /x/berita", "/x/berita/1", true},
		{"own group", "User-agent: *\nDisallow: /\n\nUser-agent: pakta\nDisallow: /a", "/b", true},
		{"rule before group", "Disallow: /\nUser-agent: *\nDisallow: /a", "/b", true},
		{"crawl-delay junk", "Crawl-delay: abc\nUser-agent: *\nCrawl-delay: x\nDisallow: /a", "/a", false},
		{"bom and cr", "\ufeffUser-agent: *\rDisallow: /a\r", "/a", false},
		{"wildcard", "User-agent: *\nDisallow: /*?print=", "/x?print=1", false},
		{"end", "User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", true},
		{"percent", "User-agent: *\nDisallow: /a%3cd", "/a%3Cd", false},
		{"html", "<html><body>Disallow: /</body>", "/", true},
	}
	for _, tt := range tests {
		u, err := url.Parse("https://contoh.id" + tt.path)
		if err != nil {
			t.Fatal(err)
		}
		if got := parseRobots([]byte(tt.text)).allows(u); got != tt.want {
			t.Errorf("%s: allows(%s) = %v, want %v", tt.name, tt.path, got, tt.want)
		}
	}
}

func TestParsePublished(t *testing.T) {
	for in, want := range map[string]string{
		"Jumat, 8 Agustus 2025 | 10.15 WIB": "2025-08-08T10:15:00+07:00", "Mon, 05 Feb 2024 10:00:00 WIB": "2024-02-05T10:00:00+07:00",
		"Senin, 5 Pebruari 2024 10:00:00 +0800": "2024-02-05T10:00:00+08:00", "6 Nop 2019": "2019-11-06T00:00:00+07:00",
		"12/05/2023 07:30 WITA": "2023-05-12T07:30:00+08:00", "2024-02-05T10:00:00Z": "2024-02-05T10:00:00Z", "March 4, 2021": "2021-03-04T00:00:00+07:00",
		"Wed, 08/06/2025 - 10:15": "2025-08-06T10:15:00+07:00", "08/20/2025": "2025-08-20T00:00:00+07:00", "Jumat, 06/08/2025": "2025-08-06T00:00:00+07:00", "06/08/2025": "2025-08-06T00:00:00+07:00",
	} {
		if got, ok := parsePublished(in); !ok || got.Format(time.RFC3339) != want {
			t.Errorf("parsePublished(%q) = %s, %v, want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "32/13/2024", "kemarin pagi sekali", "31 Februari 2024", "1 Januari 0001"} {
		if got, ok := parsePublished(in); ok {
			t.Errorf("parsePublished(%q) = %s, want nothing", in, got)
		}
	}
}

func TestFeeds(t *testing.T) {
	item := "<item><title>Satu</title><link>https://x.id/satu</link><pubDate>Mon, 05 Feb 2024 10:00:00 WIB</pubDate></item>"
	for name, body := range map[string]string{
		"sound": `<?xml version="1.0"?><rss version="2.0"><channel>` + item + `</channel></rss>`, "php warning": "<br />Warning: x\n<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>" + item + "</channel></rss>",
		"cut off": `<?xml version="1.0"?><rss version="2.0"><channel>` + item + `<item><title>Du`, "bad bytes": "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>" + item + "\xff\x01</channel></rss>",
	} {
		got, err := parseFeed([]byte(body))
		if err != nil || len(got) != 1 || got[0].published.UTC().Hour() != 3 {
			t.Errorf("%s: %+v, %v, want one item at 03:00 UTC", name, got, err)
		}
	}
}

func TestSitemaps(t *testing.T) {
	deep := strings.Repeat("<a>", 10_000)
	if _, _, err := parseSitemap([]byte(deep)); err == nil {
		t.Error("deep nesting: want an error")
	}
	links, more, err := parseSitemap([]byte(`<sitemapindex><sitemap><loc>https://x.id/post-sitemap.xml</loc></sitemap><sitemap><loc>https://x.id/category-sitemap.xml</loc></sitemap></sitemapindex>`))
	if err != nil || len(links) != 0 || len(more) != 1 || more[0].url != "https://x.id/post-sitemap.xml" {
		t.Errorf("index: %v, %v, %v", links, more, err)
	}
}

// FuzzReadArticle: any page gives an article in NFC and UTF-8, or an error;
// the same page the same.
func FuzzReadArticle(f *testing.F) {
	f.Add([]byte(page("Judul Berita")), "text/html")
	f.Add([]byte("<div>"+strings.Repeat("<div>", 600)+"x"), "text/html; charset=windows-1252")
	f.Add([]byte(`<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"headline":1}]}</script>`), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		p := &pakta.Page{URL: "https://x.id/a", Final: "https://x.id/a", Status: 200, Header: http.Header{"Content-Type": {contentType}}, Body: body}
		art, err := ReadArticle(p)
		if err != nil && !errors.Is(err, ErrNotArticle) {
			t.Fatalf("error %v, want one that wraps ErrNotArticle", err)
		}
		if art == nil {
			return
		}
		if s := art.Title + art.Text; !utf8.ValidString(s) || !norm.NFC.IsNormalString(art.Text) {
			t.Errorf("not UTF-8 in NFC: %q", s)
		}
		if again, _ := ReadArticle(p); !reflect.DeepEqual(again, art) {
			t.Error("another article from the same page")
		}
	})
}

// FuzzCanonical: what is canonical stays as it is.
func FuzzCanonical(f *testing.F) {
	f.Add("https://Contoh.id/a/./b?x=1&utm_a=2#c")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := Canonical(s)
		if err != nil {
			return
		}
		if again, err := Canonical(c); err != nil || again != c {
			t.Errorf("Canonical(%q) = %q, again %q, %v", s, c, again, err)
		}
	})
}

// FuzzRobots: no text panics, and a comment changes nothing.
func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$"), "/axb")
	f.Fuzz(func(t *testing.T, text []byte, path string) {
		u, err := url.Parse("https://x.id/" + strings.TrimPrefix(path, "/"))
		if err != nil {
			return
		}
		with := append([]byte("# comment\n"), text...)
		if len(with) < maxRobots && !strings.HasPrefix(string(text), "\ufeff") && parseRobots(text).allows(u) != parseRobots(with).allows(u) {
			t.Errorf("a comment changes the verdict on %s", u)
		}
	})
}

// BenchmarkReadArticle reads a page of usual clutter; see pages/s.
func BenchmarkReadArticle(b *testing.B) {
	body := []byte(page("Judul") + strings.Repeat("<div class=widget><a href='/x'>Berita lain</a></div>", 300))
	p := &pakta.Page{URL: "https://x.id/a", Final: "https://x.id/a", Header: http.Header{}, Body: body}
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := ReadArticle(p); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}
