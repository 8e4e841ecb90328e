package crawler

import (
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pakta"
)

// site is a fake site: posts of one day each, the newest first, and what lists
// them.
type site struct {
	*httptest.Server
	mux *http.ServeMux

	mu    sync.Mutex
	posts int
	asked map[string]int
}

// lastDay is when the newest of the first posts was published.
var lastDay = time.Date(2025, 6, 30, 9, 0, 0, 0, pakta.WIB)

func newSite(t *testing.T, posts int) *site {
	t.Helper()
	s := &site{mux: http.NewServeMux(), posts: posts, asked: map[string]int{}}
	s.mux.HandleFunc("/artikel/{slug}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, page("Warta "+strings.TrimPrefix(r.PathValue("slug"), "warta-desa-dan-kota-")))
	})
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked[r.URL.Path]++
		mux := s.mux
		s.mu.Unlock()
		if _, pattern := mux.Handler(r); pattern == "" && r.URL.Path == "/" {
			fmt.Fprint(w, "<html>Selamat datang</html>")
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) slug(i int) string   { return fmt.Sprintf("/artikel/warta-desa-dan-kota-%d", i) }
func (s *site) day(i int) time.Time { return lastDay.AddDate(0, 0, -i) }
func (s *site) handle(p, body string) {
	s.mux.HandleFunc(p, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) })
}

func (s *site) links(from, to int) string {
	var b strings.Builder
	for i := from; i < min(to, s.posts); i++ {
		fmt.Fprintf(&b, "<li><a href='%s'>Warta desa dan kota nomor %d</a> <span class=tanggal>%s</span></li>", s.slug(i), i, s.day(i).Format("2006-01-02"))
	}
	return b.String()
}

// kinds are sites that can be read in one way each.
var kinds = map[string]func(*site){
	"wordpress": func(s *site) {
		s.handle("/{$}", "<html>Selamat datang</html>")
		s.mux.HandleFunc("/wp-json/wp/v2/posts", func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.FormValue("page"))
			var out []string
			for i := range s.posts {
				at := s.day(i).UTC().Format("2006-01-02T15:04:05")
				if (r.FormValue("after") == "" || at+"Z" > r.FormValue("after")) && (r.FormValue("before") == "" || at+"Z" < r.FormValue("before")) {
					out = append(out, fmt.Sprintf(`{"link":"%s%s","date_gmt":"%s","title":{"rendered":"Warta"}}`, s.URL, s.slug(i), at))
				}
			}
			if n > 1 && (n-1)*postsPerPage >= len(out) {
				http.Error(w, `{"code":"rest_post_invalid_page_number"}`, http.StatusBadRequest)
				return
			}
			fmt.Fprintf(w, "[%s]", strings.Join(out[(n-1)*postsPerPage:min(n*postsPerPage, len(out))], ","))
		})
	},
	"gzip sitemap index": func(s *site) {
		s.handle("/{$}", "<html>Selamat datang</html>")
		s.handle("/sitemap_index.xml", "<sitemapindex><sitemap><loc>"+s.URL+"/peta-1.xml.gz</loc><lastmod>2025-06-30</lastmod></sitemap></sitemapindex>")
		s.mux.HandleFunc("/peta-1.xml.gz", func(w http.ResponseWriter, _ *http.Request) {
			z := gzip.NewWriter(w)
			fmt.Fprint(z, "<urlset>")
			for i := range s.posts {
				fmt.Fprintf(z, "<url><loc>%s%s</loc><news:news><news:publication_date>%s</news:publication_date></news:news></url>", s.URL, s.slug(i), s.day(i).Format(time.RFC3339))
			}
			fmt.Fprint(z, "</urlset>")
			z.Close()
		})
	},
	"atom": func(s *site) {
		s.handle("/{$}", `<link rel=alternate type="application/atom+xml" href="/kabar.atom"><p>Selamat datang`)
		s.mux.HandleFunc("/kabar.atom", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">`)
			for i := range s.posts {
				fmt.Fprintf(w, `<entry><title>Warta</title><link href="%s%s"/><published>%s</published></entry>`, s.URL, s.slug(i), s.day(i).Format(time.RFC3339))
			}
			fmt.Fprint(w, "</feed>")
		})
	},
	"json feed": func(s *site) {
		s.handle("/{$}", `<link rel=alternate type="application/feed+json" href="/umpan.json"><p>Selamat datang`)
		s.mux.HandleFunc("/umpan.json", func(w http.ResponseWriter, _ *http.Request) {
			var out []string
			for i := range s.posts {
				out = append(out, fmt.Sprintf(`{"id":"%d","url":"%s%s","title":"Warta","date_published":"%s"}`, i, s.URL, s.slug(i), s.day(i).Format(time.RFC3339)))
			}
			fmt.Fprintf(w, `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[%s]}`, strings.Join(out, ","))
		})
	},
	"blogspot": func(s *site) {
		s.handle("/{$}", "<html>Selamat datang</html>")
		s.mux.HandleFunc("/feeds/posts/default", func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.FormValue("start-index"))
			fmt.Fprint(w, `<?xml version='1.0' encoding='UTF-8'?><feed xmlns="http://www.w3.org/2005/Atom">`)
			if n+25 < s.posts {
				fmt.Fprintf(w, `<link rel='next' type='application/atom+xml' href='%s/feeds/posts/default?start-index=%d&amp;max-results=25'/>`, s.URL, n+25)
			}
			for i := n; i < min(n+25, s.posts); i++ {
				fmt.Fprintf(w, `<entry><title>Warta</title><link rel='alternate' type='text/html' href='%s%s'/><published>%s</published></entry>`, s.URL, s.slug(i), s.day(i).Format(time.RFC3339))
			}
			fmt.Fprint(w, "</feed>")
		})
	},
	"list ?page=2":    pagedBy("/?page=%d", "2"),
	"list /page/2/":   pagedBy("/page/%d/", "3"),
	"list Berikutnya": pagedBy("/arsip-lama/%d", "Berikutnya »"),
	"search form only": func(s *site) {
		s.handle("/{$}", "<form action=/temukan><input type=hidden name=jenis value=teks><input name=cari></form>")
		s.mux.HandleFunc("/temukan", func(w http.ResponseWriter, r *http.Request) {
			if r.FormValue("jenis") == "teks" && r.FormValue("cari") == "kesepakatan bersama" || r.FormValue("cari") == "kerja sama daerah" {
				fmt.Fprint(w, s.links(0, s.posts))
			}
		})
	},
}

// pagedBy makes a site of list pages of ten, with a link to the next.
func pagedBy(address, text string) func(*site) {
	return func(s *site) {
		list := func(w http.ResponseWriter, r *http.Request) {
			n := 1
			for _, v := range append(strings.Split(r.URL.Path, "/"), r.FormValue("page")) {
				if m, err := strconv.Atoi(v); err == nil {
					n = m
				}
			}
			fmt.Fprint(w, "<ul>", s.links((n-1)*10, n*10), "</ul>")
			if n*10 < s.posts {
				fmt.Fprintf(w, "<a href='"+address+"'>%s</a>", n+1, text)
			}
		}
		s.mux.HandleFunc("/{$}", list)
		s.mux.HandleFunc("/page/{n}/", list)
		s.mux.HandleFunc("/arsip-lama/{n}", list)
	}
}

// runSite makes one run over a site.
func runSite(t *testing.T, m *memory, s *site, now, since, until time.Time) pakta.SourceRun {
	t.Helper()
	none := time.Duration(0)
	runs, err := Run(context.Background(), Options{Sources: []Source{{Name: "x", URL: s.URL + "/"}}, Store: m, Delay: &none, AllowPrivate: true,
		Since: since, Until: until, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return runs[0]
}

// TestKindsOfSites: a site is read to its end by the one way it offers; the
// next run goes there straight, and finds what is new.
func TestKindsOfSites(t *testing.T) {
	wantMethod := map[string]string{"wordpress": kindWordPress, "gzip sitemap index": kindSitemap, "atom": kindFeed, "json feed": kindFeed,
		"blogspot": kindFeed, "search form only": kindSearch}
	for name, build := range kinds {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, 57)
			build(s)
			m := newMemory()
			first := runSite(t, m, s, lastDay, time.Time{}, time.Time{})
			want := wantMethod[name]
			if want == "" {
				want = kindList
			}
			if first.Problem != "" || first.Method != want || first.Fetched != 57 {
				t.Fatalf("first run: method %q, %d fetched, problem %q; want %q and 57", first.Method, first.Fetched, first.Problem, want)
			}
			s.mu.Lock()
			s.posts = 60 // numbers 57 to 59 are new; their dates lie in the past
			s.mu.Unlock()
			second := runSite(t, m, s, lastDay.Add(24*time.Hour), time.Time{}, time.Time{})
			if second.Problem != "" || second.Requests >= first.Requests {
				t.Errorf("second run: %+v, want fewer requests than %d", second, first.Requests)
			}
		})
	}
}

// TestBackFill: a range of dates is read whole after the newest have been,
// and what was passed over at first.
func TestBackFill(t *testing.T) {
	since, until := s2025(6, 10), s2025(6, 20)
	for _, name := range []string{"wordpress", "gzip sitemap index", "blogspot", "list ?page=2", "list Berikutnya"} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, 57)
			kinds[name](s)
			m := newMemory()
			head := runSite(t, m, s, lastDay, s2025(6, 25), time.Time{})
			if head.Fetched != 6 {
				t.Errorf("since 25 June: %d fetched, want 6", head.Fetched)
			}
			fill := runSite(t, m, s, lastDay, since, until)
			if fill.Fetched != 10 {
				t.Errorf("10 to 19 June: %d fetched, want 10", fill.Fetched)
			}
			rest := runSite(t, m, s, lastDay, time.Time{}, time.Time{})
			if rest.Fetched != 57-16 {
				t.Errorf("all: %d fetched, want the %d that are left", rest.Fetched, 57-16)
			}
		})
	}
}

func s2025(month time.Month, day int) time.Time {
	return time.Date(2025, month, day, 0, 0, 0, 0, pakta.WIB)
}

// TestRediscovery: a listing that gives nothing any more is replaced by
// another in the same run.
func TestRediscovery(t *testing.T) {
	s := newSite(t, 12)
	kinds["atom"](s)
	m := newMemory()
	runSite(t, m, s, lastDay, time.Time{}, time.Time{})
	s.mu.Lock()
	s.mux, s.posts = http.NewServeMux(), 14
	s.mux.HandleFunc("/artikel/{slug}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, page(r.PathValue("slug"))) })
	kinds["list ?page=2"](s)
	s.mu.Unlock()
	if r := runSite(t, m, s, lastDay.Add(time.Hour), time.Time{}, time.Time{}); r.Method != kindList || r.Fetched != 2 {
		t.Errorf("after the feed is gone: %+v, want 2 fetched by lists", r)
	}
}

// TestFeedIDsSayNothing: a feed that gives every item one id, or new ids each
// time, brings each article once, and loses none.
func TestFeedIDsSayNothing(t *testing.T) {
	for name, id := range map[string]func(item, reading int) string{
		"one for all":    func(int, int) string { return "tetap" },
		"another's":      func(item, _ int) string { return fmt.Sprint((item + 1) % 7) },
		"new each time":  func(item, reading int) string { return fmt.Sprint(item, "-", reading) },
		"none":           func(int, int) string { return "" },
		"an address not": func(int, int) string { return "http://lain.example/?p=1" },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, 7)
			reading := 0
			s.mux.HandleFunc("/rss", func(w http.ResponseWriter, _ *http.Request) {
				reading++
				fmt.Fprint(w, `<rss version="2.0"><channel>`)
				for i := range s.posts {
					fmt.Fprintf(w, "<item><title>Warta %d</title><guid>%s</guid><link>%s%s</link></item>", i, id(i, reading), s.URL, s.slug(i))
				}
				fmt.Fprint(w, "</channel></rss>")
			})
			m := newMemory()
			if r := runSite(t, m, s, lastDay, time.Time{}, time.Time{}); r.Fetched != 7 || len(m.articles) != 7 {
				t.Errorf("first run: %+v and %d articles, want 7", r, len(m.articles))
			}
			if r := runSite(t, m, s, lastDay.Add(24*time.Hour), time.Time{}, time.Time{}); r.Discovered != 0 || r.Overflow != 0 {
				t.Errorf("second run: %+v, want nothing new", r)
			}
		})
	}
}

// TestOverflow: a feed that has nothing but unseen items is polled sooner.
func TestOverflow(t *testing.T) {
	s := newSite(t, 0)
	at := 0
	s.handle("/{$}", `<link rel=alternate type="application/rss+xml" href="/rss">`)
	s.mux.HandleFunc("/rss", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<rss version="2.0"><channel>`)
		for i := at; i < at+10; i++ {
			fmt.Fprintf(w, "<item><title>W</title><link>%s%s</link><pubDate>%s</pubDate></item>", s.URL, s.slug(i), lastDay.Add(time.Duration(i)*time.Hour).Format(time.RFC1123Z))
		}
		fmt.Fprint(w, "</channel></rss>")
	})
	m := newMemory()
	now := lastDay
	if r := runSite(t, m, s, now, time.Time{}, time.Time{}); r.Overflow != 0 || !r.NextPoll.IsZero() {
		t.Errorf("first run: %+v, want no overflow", r)
	}
	at = 30
	if r := runSite(t, m, s, now, time.Time{}, time.Time{}); r.Overflow != 1 || !r.NextPoll.Equal(now.Add(4*time.Hour+30*time.Minute)) {
		t.Errorf("all unseen: overflow %d, next poll %s, want 1 and half the 9 hours of the feed later", r.Overflow, r.NextPoll)
	}
	for range 2 {
		runSite(t, m, s, now, time.Time{}, time.Time{})
	}
	if r := runSite(t, m, s, now, time.Time{}, time.Time{}); !r.NextPoll.IsZero() {
		t.Errorf("nothing lost for three runs: next poll %s, want the schedule's", r.NextPoll)
	}
}
