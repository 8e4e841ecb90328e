package crawler

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"pakta"
)

// pages answers with the pages of a list, ten posts on each, and after them
// what leads to the next: more is given its number, and not called for the last.
func (s *site) pages(path, key string, more func(next int) string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.FormValue(key))
		if err != nil {
			n = 1
		}
		fmt.Fprint(w, "<ul>", s.links((n-1)*10, n*10), "</ul>")
		if n*10 < s.posts {
			fmt.Fprint(w, more(n+1))
		}
	})
}

// items are the posts [from, to) as a program has them.
func (s *site) items(from, to int) []map[string]any {
	var all []map[string]any
	for i := from; i < min(to, s.posts); i++ {
		all = append(all, map[string]any{"id": i, "judul": fmt.Sprintf("Warta desa & kota nomor %d", i), "url": s.slug(i), "slug": strings.TrimPrefix(s.slug(i), "/artikel/"), "created_at": s.day(i).Format("2006-01-02 15:04:05")})
	}
	return all
}

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // of maps of texts and numbers
	}
	return string(text)
}

// scriptedSites are sites on which a script makes the list, or its further
// pages.
var scriptedSites = []oddSite{
	{"pager of Livewire", func(s *site) {
		s.pages("/{$}", "page", func(int) string { return `<button type="button" wire:click="nextPage" rel="next">&raquo;</button>` })
	}, "", kindList},
	{"pager of Livewire with a name", func(s *site) {
		s.pages("/{$}", "halaman", func(n int) string {
			return fmt.Sprintf(`<button wire:click="previousPage('halaman')">x</button><button wire:click="gotoPage(%d, 'halaman')">%d</button>`, n, n)
		})
	}, "", kindList},
	{"next page in an attribute", func(s *site) {
		s.pages("/{$}", "page", func(n int) string {
			return fmt.Sprintf(`<div class="infinite" data-next-url="/?page=%d"></div>`, n)
		})
	}, "", kindList},
	{"number of the next page in an attribute", func(s *site) {
		s.pages("/{$}", "page", func(n int) string { return fmt.Sprintf(`<div id=more data-next-page="%d"></div>`, n) })
	}, "", kindList},
	{"htmx when revealed", func(s *site) {
		s.pages("/{$}", "p", func(n int) string {
			return fmt.Sprintf(`<div hx-get="/?p=%d" hx-trigger="revealed" hx-swap=outerHTML>...</div>`, n)
		})
	}, "", kindList},
	{"button that loads more", func(s *site) {
		s.pages("/{$}", "page", func(n int) string { return fmt.Sprintf(`<button data-url="?page=%d">Muat lebih banyak</button>`, n) })
	}, "", kindList},
	{"button with the number of the page that is shown", func(s *site) {
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, s.links(0, 10), `<button id="more" data-url="/lagi" data-page="1">Muat lebih banyak</button>`)
		})
		s.pages("/lagi", "page", func(int) string { return "" })
	}, "", kindList},
	{"script that counts", func(s *site) {
		s.pages("/{$}", "page", func(n int) string {
			return strings.Repeat(`<button class="btn-load-more">Lagi</button><script>$.get("?page="+page)</script>`, max(0, 3-n))
		})
	}, "", kindList},
	{"pager in a list to choose from", func(s *site) {
		s.pages("/{$}", "nomor", func(n int) string {
			return fmt.Sprintf(`<select onchange="location=this.value"><option value="/?nomor=%d">%d</option></select>`, n, n)
		})
	}, "", kindList},
	{"numbers in addresses of any form", func(s *site) {
		list := func(w http.ResponseWriter, r *http.Request) {
			n := max(1, lastNumber(r.URL.Path))
			fmt.Fprint(w, s.links((n-1)*10, n*10))
			for i := 1; i <= 6; i++ {
				fmt.Fprintf(w, "<a href='/terkini-%d.html'>%d</a>", i, i)
			}
		}
		s.mux.HandleFunc("/{$}", list)
		s.mux.HandleFunc("/{page}", list)
	}, "", kindList},
	{"base of the machine it was made on", func(s *site) {
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `<base href="http://localhost/pemkab/">`, s.links(0, s.posts))
		})
	}, "", kindList},
	{"list in a frame of the page", func(s *site) {
		s.handle("/{$}", `<p>Selamat datang<iframe src="/isi/utama.php"></iframe>`)
		s.list("/isi/utama.php")
	}, "", kindList},
	{"fragments in JSON", func(s *site) {
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, s.links(0, 10), `<div data-next-url="/lagi?page=2"></div>`)
		})
		s.mux.HandleFunc("/lagi", func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.FormValue("page"))
			out := map[string]any{"html": s.links((n-1)*10, n*10), "next_page_url": nil}
			if n*10 < s.posts {
				out["next_page_url"] = fmt.Sprintf("%s/lagi?page=%d", s.URL, n+1)
			}
			fmt.Fprint(w, asJSON(out))
		})
	}, "", kindList},
	{"paginator of Laravel in JSON", func(s *site) {
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, s.links(0, 10), `<div data-load-more-url="/api/berita?page=2"></div>`)
		})
		s.mux.HandleFunc("/api/berita", func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.FormValue("page"))
			out := map[string]any{"current_page": n, "data": s.items((n-1)*10, n*10)}
			if n*10 < s.posts {
				out["next_page_url"] = fmt.Sprintf("%s/api/berita?page=%d", s.URL, n+1)
			}
			fmt.Fprint(w, asJSON(out))
		})
	}, "", kindList},
	{"Inertia without a server that renders", func(s *site) {
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
			n, err := strconv.Atoi(r.FormValue("page"))
			if err != nil {
				n = 1
			}
			list := map[string]any{"data": s.items((n-1)*10, n*10)}
			if n*10 < s.posts {
				list["next_page_url"] = fmt.Sprintf("/?page=%d", n+1)
			}
			fmt.Fprintf(w, `<div id="app" data-page="%s"></div>`, html.EscapeString(asJSON(map[string]any{"component": "Berita", "props": map[string]any{"berita": list}, "url": "/"})))
		})
	}, "", kindList},
	{"Next.js with slugs alone", func(s *site) {
		items := s.items(0, s.posts)
		for _, item := range items {
			delete(item, "url")
		}
		s.handle("/artikel", `<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">`+asJSON(map[string]any{"props": map[string]any{"pageProps": map[string]any{"posts": items}}})+`</script>`)
	}, "/artikel", kindList},
	{"Nuxt 2 with a function", func(s *site) {
		s.handle("/{$}", `<div id="__nuxt"></div><script>window.__NUXT__=(function(a){return {layout:a,data:[`+asJSON(s.items(0, s.posts))+`]}}("default"));</script>`)
	}, "", kindList},
}

// TestScriptedSites: what a script would load is found without running it.
func TestScriptedSites(t *testing.T) { testSites(t, scriptedSites) }

// TestDynamicViews: the posts of a blog whose pages are a program are read from
// its feed, and again from what was kept. While the feed cannot be had, they
// wait.
func TestDynamicViews(t *testing.T) {
	s := newSite(t, 3)
	down := true
	feed := `<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="x.css" type="text/css"?>`
	shell := func(w http.ResponseWriter, r *http.Request) {
		id := ""
		if n := r.PathValue("slug"); n != "" {
			id = fmt.Sprintf("<link rel='alternate' type='application/atom+xml' title='Kabar - Atom' href='%s/feeds/90000000%s/comments/default' />", s.URL, n[6:7])
		}
		w.Header().Set("Etag", `"tetap"`)
		if r.Header.Get("If-None-Match") == `"tetap"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprintf(w, "<!DOCTYPE html><html><head><title>Kabar Desa</title>%s<link rel='alternate' type='application/atom+xml' href='%s/feeds/posts/default'/></head><body><div id='content'></div><script src='dv.js'></script></body></html>", id, s.URL)
	}
	s.mux.HandleFunc("/{$}", shell)
	s.mux.HandleFunc("/2025/06/{slug}", shell)
	s.mux.HandleFunc("/feeds/posts/default", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, feed, "<feed xmlns='http://www.w3.org/2005/Atom'>")
		for i := range 3 {
			fmt.Fprintf(w, "<entry><title>Warta %d</title><link rel='alternate' type='text/html' href='%s/2025/06/warta-%d-desa.html'/></entry>", i, s.URL, i)
		}
		fmt.Fprint(w, "</feed>")
	})
	s.mux.HandleFunc("/feeds/posts/default/{id}", func(w http.ResponseWriter, r *http.Request) {
		if down {
			http.Error(w, "sibuk", http.StatusBadGateway)
			return
		}
		n := r.PathValue("id")[8:]
		fmt.Fprintf(w, "%s<entry xmlns='http://www.w3.org/2005/Atom'><published>2025-06-2%sT10:00:00.001+07:00</published><title type='text'>Warta Desa ke-%s</title><content type='html'>%s</content><author><name>Admin Desa</name></author></entry>",
			feed, n, n, html.EscapeString("<p>"+satu+" Ke-"+n+".</p><div>"+dua+"</div>"))
	})
	m := newMemory()
	if r := runSite(t, m, s, lastDay, time.Time{}, time.Time{}); r.Failed != 3 {
		t.Errorf("while the feed is down: %+v, want three to try again", r)
	}
	down = false
	if r := runSite(t, m, s, lastDay.Add(24*time.Hour), time.Time{}, time.Time{}); r.Fetched != 3 {
		t.Fatalf("%+v, want three articles", r)
	}
	address := s.URL + "/2025/06/warta-1-desa.html"
	art := m.articles[ArticleID(address)]
	if art == nil || art.Title != "Warta Desa ke-1" || art.Author != "Admin Desa" || art.Text != satu+" Ke-1.\n\n"+dua || art.Published.Format(time.DateOnly) != "2025-06-21" {
		t.Errorf("article %+v", art)
	}
	again, err := (&Reader{}).Reread(art, m.pages[address], func(a string) (*pakta.Page, error) { return m.pages[a], nil })
	if err != nil || !reflect.DeepEqual(art, again) {
		t.Errorf("read again: %+v, %v", again, err)
	}
}
