package crawler

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"pakta"
)

// list answers with a list of all posts.
func (s *site) list(p string) {
	s.mux.HandleFunc(p, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<ul>", s.links(0, s.posts), "</ul>") })
}

// rss answers with a feed of the posts [from, to).
func (s *site) rss(p, head string, from, to int) {
	s.mux.HandleFunc(p, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s.feedOf(head, from, min(to, s.posts))) })
}

func (s *site) feedOf(head string, from, to int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0"><channel>%s`, head)
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "<item><title>Warta nomor %d</title><link>%s%s</link><pubDate>%s</pubDate></item>", i, s.URL, s.slug(i), s.day(i).Format(time.RFC1123Z))
	}
	return b.String() + "</channel></rss>"
}

// rest answers as the interface of WordPress, which gives limit posts at
// most, and refuses to be asked for more than most at once.
func (s *site) rest(route string, limit, most int) {
	s.mux.HandleFunc("/wp-json/wp/v2/"+route, func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.FormValue("page"))
		size, _ := strconv.Atoi(r.FormValue("per_page"))
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		if size > most {
			http.Error(w, `{"code":"rest_invalid_param","message":"Parameter tidak valid: per_page"}`, http.StatusBadRequest)
			return
		}
		size = min(size, limit)
		pages := (s.posts + size - 1) / size
		if n > pages {
			http.Error(w, `{"code":"rest_post_invalid_page_number"}`, http.StatusBadRequest)
			return
		}
		w.Header().Set("X-WP-Total", strconv.Itoa(s.posts))
		w.Header().Set("X-WP-TotalPages", strconv.Itoa(pages))
		var out []string
		for i := (n - 1) * size; i < min(n*size, s.posts); i++ {
			out = append(out, fmt.Sprintf(`{"link":"%s%s","date_gmt":"%s","title":{"rendered":"Warta &#8220;baru&#8221;"}}`, s.URL, s.slug(i), s.day(i).UTC().Format("2006-01-02T15:04:05")))
		}
		fmt.Fprintf(w, "[%s]", strings.Join(out, ","))
	})
}

// closed answers for an interface that is only for those who log in.
func closed(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(http.StatusUnauthorized)
	fmt.Fprint(w, `{"code":"rest_not_logged_in","message":"Anda belum masuk log.","data":{"status":401}}`)
}

// oddSite is a site of 57 posts.
type oddSite struct {
	name  string
	build func(*site)
	path  string // of the source; "" is /
	want  string // method
}

// oddSites are ways in which real sites differ from what their systems do by
// themselves.
var oddSites = []oddSite{
	{"interface that gives thirty at most", func(s *site) { s.rest("posts", 30, 100) }, "", kindWordPress},
	{"interface that refuses a hundred", func(s *site) { s.rest("posts", 100, 20) }, "", kindWordPress},
	{"interface that is named in a header", func(s *site) {
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Add("Link", `<`+s.URL+`/wp-json/>; rel="https://api.w.org/"`)
			fmt.Fprint(w, "<p>Selamat datang")
		})
		s.rest("posts", 100, 100)
	}, "", kindWordPress},
	{"news under a type of their own", func(s *site) {
		s.handle("/wp-json/wp/v2/posts", `[{"link":"`+s.URL+s.slug(0)+`","date_gmt":"2025-06-30T02:00:00","title":{"rendered":"Hello world!"}}]`)
		s.handle("/wp-json/wp/v2/types", `{"post":{"slug":"post","rest_base":"posts"},"page":{"hierarchical":true,"rest_base":"pages"},"wp_block":{"rest_base":"blocks"},
			"berita":{"slug":"berita","hierarchical":false,"rest_base":"kabar","rest_namespace":"wp/v2"},"jahat":{"rest_base":"../../admin"}}`)
		s.rest("kabar", 100, 100)
	}, "", kindWordPress},
	{"news that the interface does not have", func(s *site) {
		s.handle("/wp-json/wp/v2/posts", `[{"link":"`+s.URL+s.slug(0)+`","date_gmt":"2025-06-30T02:00:00","title":{"rendered":"Hello world!"}}]`)
		s.list("/{$}")
	}, "", kindWordPress},
	{"interface closed, feed with pages", func(s *site) {
		s.mux.HandleFunc("/wp-json/", closed)
		s.handle("/{$}", `<link rel="alternate" type="application/rss+xml" title="Kabar &raquo; Feed" href="/feed/"><link rel="alternate" type="application/rss+xml" href="/comments/feed/">`)
		s.mux.HandleFunc("/feed/", func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.FormValue("paged"))
			n = max(n, 1)
			if (n-1)*10 >= s.posts {
				http.NotFound(w, r)
				return
			}
			fmt.Fprint(w, s.feedOf("<generator>https://wordpress.org/?v=6.1.9</generator>", (n-1)*10, min(n*10, s.posts)))
		})
	}, "", kindFeed},
	{"interface that is a page, sitemap of WordPress", func(s *site) {
		s.handle("/wp-json/", "<!doctype html><title>Terlarang</title>")
		s.handle("/robots.txt", "User-agent: *\nDisallow: /wp-admin/\nSitemap: "+s.URL+"/wp-sitemap.xml\n")
		s.handle("/wp-sitemap.xml", "<?xml version='1.0'?><sitemapindex><sitemap><loc>"+s.URL+"/wp-sitemap-posts-post-1.xml</loc></sitemap><sitemap><loc>"+s.URL+"/wp-sitemap-users-1.xml</loc></sitemap></sitemapindex>")
		s.handle("/wp-sitemap-posts-post-1.xml", s.urlset(func(i int) string { return s.slug(i) }))
	}, "", kindSitemap},
	{"sitemap that was left behind", func(s *site) {
		s.handle("/sitemap.xml", "<urlset><url><loc>"+s.URL+s.slug(56)+"</loc></url><url><loc>"+s.URL+s.slug(55)+"</loc></url></urlset>")
		s.list("/{$}")
	}, "", kindSitemap},
	{"sitemap that is a text", func(s *site) {
		var b strings.Builder
		for i := range s.posts {
			fmt.Fprintf(&b, "%s%s\r\n", s.URL, s.slug(i))
		}
		s.handle("/robots.txt", "Sitemap: "+s.URL+"/peta.txt\n")
		s.handle("/peta.txt", b.String())
	}, "", kindSitemap},
	{"sitemap that is a feed", func(s *site) {
		s.handle("/robots.txt", "Sitemap: "+s.URL+"/atom.xml?redirect=false\n")
		s.rss("/atom.xml", "", 0, 57)
	}, "", kindSitemap},
	{"sitemap of addresses like no article's", func(s *site) {
		s.mux.HandleFunc("/{slug}", func(w http.ResponseWriter, r *http.Request) { good(r.URL.Path)(w, r) })
		s.handle("/sitemap.xml", "<sitemapindex><sitemap><loc>"+s.URL+"/post-sitemap.xml</loc></sitemap></sitemapindex>")
		s.handle("/post-sitemap.xml", s.urlset(func(i int) string { return fmt.Sprintf("/warta-%d", i) }))
	}, "", kindSitemap},
	{"feed at /index.php/feed", func(s *site) { s.rss("/index.php/feed", "", 0, 57) }, "", kindFeed},
	{"feed at /rss.xml", func(s *site) { s.rss("/rss.xml", "", 0, 57) }, "", kindFeed},
	{"feed that is named and gone", func(s *site) {
		s.handle("/{$}", `<link rel=alternate type="application/rss+xml" href="/tidak/ada.xml"><p>Selamat datang`)
		s.rss("/rss", "", 0, 57)
	}, "", kindFeed},
	{"feed that readers are shown", func(s *site) {
		s.handle("/{$}", `<p>Selamat datang</p><a href="/warta/umum/rss.xml"><img src=rss.png></a>`)
		s.rss("/warta/umum/rss.xml", "", 0, 57)
	}, "", kindFeed},
	{"feed in windows-1252", func(s *site) {
		feed := strings.Replace(s.feedOf("<title>Kabar “Nusa”</title>", 0, 57), `version="1.0"`, `version="1.0" encoding="windows-1252"`, 1)
		old, _ := charmap.Windows1252.NewEncoder().String(feed)
		s.handle("/rss", old)
	}, "", kindFeed},
	{"feed below a folder", func(s *site) {
		s.handle("/berita/{$}", "<p>Selamat datang di bagian berita")
		s.rss("/berita/feed/", "", 0, 57)
	}, "/berita/", kindFeed},
	{"sitemap below a folder", func(s *site) {
		s.handle("/kabar/index.php", "<p>Selamat datang di bagian berita")
		s.handle("/kabar/sitemap.xml", s.urlset(func(i int) string { return s.slug(i) }))
	}, "/kabar/index.php", kindSitemap},
	{"front page refused, feed open", func(s *site) {
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "Forbidden", http.StatusForbidden) })
		s.rss("/feed/", "", 0, 57)
	}, "", kindFeed},
	{"front page broken, sitemap well", func(s *site) {
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "Fatal error", http.StatusInternalServerError)
		})
		s.handle("/sitemap.xml", s.urlset(func(i int) string { return s.slug(i) }))
	}, "", kindSitemap},
	{"page of welcome that refreshes", func(s *site) {
		s.handle("/{$}", `<meta http-equiv="Refresh" content="0; url='web/beranda'"><title>Selamat datang</title>`)
		s.list("/web/beranda")
	}, "", kindList},
	{"page of welcome that sends on", func(s *site) {
		s.handle("/{$}", `<script>window.location.href = "/id/home";</script>`)
		s.list("/id/home")
	}, "", kindList},
	{"page of welcome with a door", func(s *site) {
		s.handle("/{$}", `<a href="/masuk-situs"><img src="kantor.jpg"></a>`)
		s.list("/masuk-situs")
	}, "", kindList},
	{"frames of 2009", func(s *site) {
		s.handle("/{$}", `<frameset rows="20%,80%"><frame src="atas.htm"><frame src="isi.htm"></frameset>`)
		s.list("/isi.htm")
	}, "", kindList},
	{"numbers of CodeIgniter", func(s *site) {
		list := func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.PathValue("from"))
			fmt.Fprint(w, "<ul>", s.links(n, n+10), "</ul><div>")
			for i := range 6 {
				fmt.Fprintf(w, "<a href='/berita/%d' data-ci-pagination-page='%d'>%d</a>", i*10, i+1, i+1)
			}
		}
		s.handle("/{$}", `<a href="/berita">Berita</a>`)
		s.mux.HandleFunc("/berita", list)
		s.mux.HandleFunc("/berita/{from}", list)
	}, "", kindList},
	{"relative links with a base", func(s *site) {
		s.mux.HandleFunc("/portal/depan.html", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, `<base href="`+s.URL+`/">`, strings.ReplaceAll(s.links(0, s.posts), "'/artikel/", "'artikel/"))
		})
	}, "/portal/depan.html", kindList},
	{"links to AMP pages only", func(s *site) {
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, strings.ReplaceAll(s.links(0, s.posts), "'> ", "/amp/'>"), strings.ReplaceAll(s.links(0, s.posts), "'>", "?amp=1'>"))
		})
	}, "", kindList},
	{"list in windows-1252", func(s *site) {
		old, _ := charmap.Windows1252.NewEncoder().String("<title>Kabar “kita”</title>" + strings.ReplaceAll(s.links(0, s.posts), "Warta desa", "Warta “desa”"))
		s.handle("/{$}", old)
	}, "", kindList},
	{"script whose page is no page of an article", func(s *site) {
		s.numbered("/index.php", "/index.php?page=detail&id=%d")
		s.numberedList("/{$}", "/index.php?page=detail&id=%d")
	}, "", kindList},
	{"modules of PHP-Nuke", func(s *site) {
		s.numbered("/modules.php", "/modules.php?name=News&file=article&sid=%d")
		s.numberedList("/{$}", "/modules.php?name=News&file=article&sid=%d")
	}, "", kindList},
	{"nodes of Drupal, pages from 0", func(s *site) {
		s.numbered("/node/{n}", "/node/%d")
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.FormValue("page"))
			for i := n * 10; i < min(n*10+10, s.posts); i++ {
				fmt.Fprintf(w, "<h2><a href='/node/%d'>Warta desa dan kota nomor %d</a></h2>", 100+i, i)
			}
			fmt.Fprintf(w, "<a title='Go to next page' href='/?page=%d'>next ›</a>", n+1)
		})
	}, "", kindList},
	{"addresses without words", func(s *site) {
		s.numbered("/arsip/{n}", "/arsip/x%dz")
		s.numberedList("/{$}", "/arsip/x%dz")
	}, "", kindList},
	{"headlines that are cut, whole in the title", func(s *site) {
		s.numbered("/b/{n}", "/b/%d")
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			for i := range s.posts {
				fmt.Fprintf(w, `<a href="/b/%d" title="Warta desa dan kota nomor %d">Warta desa...</a>`, 100+i, i)
			}
		})
	}, "", kindList},
	{"pictures for headlines", func(s *site) {
		s.numbered("/b/{n}", "/b/%d")
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			for i := range s.posts {
				fmt.Fprintf(w, `<a href="/b/%d"><img src=x.jpg alt="Warta desa dan kota nomor %d"></a>`, 100+i, i)
			}
		})
	}, "", kindList},
	{"cards that a script opens", func(s *site) {
		s.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
			for i := range s.posts {
				fmt.Fprintf(w, `<div class=card onclick="window.location.href='%s'"><h4>Warta desa dan kota nomor %d</h4></div>`, s.slug(i), i)
			}
		})
	}, "", kindList},
	{"pager with a name of its own", func(s *site) {
		s.pages("/{$}", "halberita", func(n int) string { return fmt.Sprintf("<a href='/?module=berita&halberita=%d'>%d</a>", n, n) })
	}, "", kindList},
	{"feed with relative addresses", func(s *site) {
		s.handle("/umpan/rss.xml", strings.ReplaceAll(s.feedOf("", 0, 57), "<link>"+s.URL+"/", "<link>../"))
		s.handle("/{$}", `<link rel="alternate" type="application/rss+xml" href="/umpan/rss.xml">`)
	}, "", kindFeed},
	{"feed with ids for addresses", func(s *site) {
		s.handle("/rss", strings.NewReplacer("<link>", "<guid>", "</link>", "</guid>").Replace(s.feedOf("", 0, 57)))
	}, "", kindFeed},
	{"slugs of three words", func(s *site) {
		s.mux.HandleFunc("/{slug}", func(w http.ResponseWriter, r *http.Request) { good(r.URL.Path)(w, r) })
		var b strings.Builder
		for i := range s.posts {
			fmt.Fprintf(&b, "<p><a href='/warta-desa-%c%c'>Warta desa yang cukup panjang</a></p>", 'a'+i/10, 'a'+i%10)
		}
		s.handle("/{$}", b.String())
	}, "", kindList},
}

// numbered answers below a pattern with the post of each address, and says how
// such are written.
func (s *site) numbered(pattern, address string) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		for i := range s.posts {
			if r.URL.RequestURI() == canonicalPath(fmt.Sprintf(address, 100+i)) {
				good(fmt.Sprintf("Warta Nomor %d", i))(w, r)
				return
			}
		}
		http.NotFound(w, r)
	})
}

// canonicalPath is an address without its host as the crawler asks for it.
func canonicalPath(path string) string {
	c, err := Canonical("http://x.example" + path)
	if err != nil {
		panic(err) // of the test's own
	}
	return strings.TrimPrefix(c, "http://x.example")
}

// numberedList answers with links to all posts.
func (s *site) numberedList(pattern, address string) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
		for i := range s.posts {
			fmt.Fprintf(w, "<h3><a href='"+address+"'>Warta desa dan kota nomor %d</a></h3>", 100+i, i)
		}
	})
}

// urlset is a sitemap of all posts.
func (s *site) urlset(path func(int) string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for i := range s.posts {
		fmt.Fprintf(&b, "<url><loc>%s%s</loc></url>", s.URL, path(i))
	}
	return b.String() + "</urlset>"
}

// TestOddSites: what a site has is found, however it differs from others of
// its kind; the second run goes there straight and asks for nothing twice.
func TestOddSites(t *testing.T) { testSites(t, oddSites) }

// testSites crawls sites twice.
func testSites(t *testing.T, sites []oddSite) {
	t.Helper()
	for _, tt := range sites {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, 57)
			tt.build(s)
			m := newMemory()
			run := func(now time.Time) pakta.SourceRun {
				runs, err := Run(context.Background(), Options{Sources: []Source{{Name: "x", URL: s.URL + firstOf(tt.path, "/")}}, Store: m, Delay: new(time.Duration), AllowPrivate: true,
					Now: func() time.Time { return now }})
				if err != nil {
					t.Fatal(err)
				}
				return runs[0]
			}
			first := run(lastDay)
			if first.Method != tt.want || first.Fetched+first.Skipped != 57 || first.Problem != "" {
				t.Fatalf("first run: %+v, want method %s and 57 posts", first, tt.want)
			}
			if second := run(lastDay.Add(24 * time.Hour)); second.Discovered != 0 || second.Problem != "" || second.Requests >= first.Requests-57 {
				t.Errorf("second run: %+v, want nothing new and fewer requests than the first one's %d", second, first.Requests-57)
			}
		})
	}
}

// TestBigSitemapIndex: of an index with more parts than one run reads, oldest
// first as sites write it, the newest are read first and the others in the
// nights after.
func TestBigSitemapIndex(t *testing.T) {
	const parts = maxSitemapFiles + 60
	for name, lastmod := range map[string]bool{"with times": true, "with months in the address": false} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, parts)
			var b strings.Builder
			for i := parts - 1; i >= 0; i-- {
				day := lastDay.AddDate(0, -i, 0)
				fmt.Fprintf(&b, "<sitemap><loc>%s/peta/%s/%d.xml</loc>", s.URL, day.Format("2006-01"), i)
				if lastmod {
					fmt.Fprintf(&b, "<lastmod>%s</lastmod>", day.Format(time.RFC3339))
				}
				b.WriteString("</sitemap>")
			}
			s.handle("/sitemap.xml", "<sitemapindex>"+b.String()+"</sitemapindex>")
			s.mux.HandleFunc("/peta/{month}/{n}", func(w http.ResponseWriter, r *http.Request) {
				n, _ := strconv.Atoi(strings.TrimSuffix(r.PathValue("n"), ".xml"))
				fmt.Fprintf(w, "<urlset><url><loc>%s%s</loc></url></urlset>", s.URL, s.slug(n))
			})
			m := newMemory()
			first := runSite(t, m, s, lastDay, time.Time{}, time.Time{})
			if _, newest := m.addresses[s.URL+s.slug(0)]; !newest || first.Fetched != maxSitemapFiles-1 {
				t.Errorf("first run: %+v, newest found %t, want the %d newest", first, newest, maxSitemapFiles-1)
			}
			if second := runSite(t, m, s, lastDay.Add(24*time.Hour), time.Time{}, time.Time{}); second.Fetched != parts-first.Fetched {
				t.Errorf("second run: %+v, want the %d that are left", second, parts-first.Fetched)
			}
			if third := runSite(t, m, s, lastDay.Add(48*time.Hour), time.Time{}, time.Time{}); third.Discovered != 0 || lastmod && third.Requests > 5 {
				t.Errorf("third run: %+v, want nothing new, and few requests where the index says what changed", third)
			}
		})
	}
}

// TestAgreementsOfABigSite: of a site with more posts than a run reads, those
// about agreements are found in the first.
func TestAgreementsOfABigSite(t *testing.T) {
	s := newSite(t, 0)
	old := "/artikel/warta-desa-dan-kota-lama"
	s.mux.HandleFunc("/wp-json/wp/v2/posts", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-WP-TotalPages", strconv.Itoa(maxAPIPages+1))
		n, _ := strconv.Atoi(r.FormValue("page"))
		switch {
		case r.FormValue("search") == "kerja sama daerah" && n == 1:
			w.Header().Set("X-WP-TotalPages", "1")
			fmt.Fprintf(w, `[{"link":"%s%s","date_gmt":"2012-01-05T03:00:00","title":{"rendered":"Warta lama"}}]`, s.URL, old)
		case r.FormValue("search") != "":
			w.Header().Set("X-WP-TotalPages", "0")
			fmt.Fprint(w, "[]")
		default:
			fmt.Fprintf(w, `[{"link":"%s%s","date_gmt":"%s","title":{"rendered":"Warta"}}]`, s.URL, s.slug(n), s.day(n).UTC().Format("2006-01-02T15:04:05"))
		}
	})
	m := newMemory()
	runSite(t, m, s, lastDay, time.Time{}, time.Time{})
	if a := m.addresses[s.URL+old]; a.State != pakta.AddressFetched && a.State != pakta.AddressSkipped {
		t.Errorf("the agreement of 2012 is %q, want it found", a.State)
	}
	if i := slices.IndexFunc(m.states["x"].Listings, func(l pakta.Listing) bool { return l.Kind == kindWordPress }); i < 0 || m.states["x"].Listings[i].Whole || m.states["x"].Listings[i].Reached.Year() != 2024 {
		t.Errorf("state %+v, want a listing that was read back to its 200th post, not to 2012", m.states["x"])
	}
}

// TestNothingIsDropped: what a listing gives and is not asked for is counted,
// with the reason, and taken up when another place says that it is an article.
func TestNothingIsDropped(t *testing.T) {
	s := newSite(t, 3)
	s.handle("/sitemap.xml", "<urlset><url><loc>https://lain.example/berita/satu-dua-tiga-empat</loc></url><url><loc>"+s.URL+"/produk-unggulan</loc></url><url><loc>"+s.URL+"/x/x/x/x/satu-dua-tiga-empat</loc></url>"+
		"<url><loc>"+s.URL+s.slug(0)+"</loc></url></urlset>")
	m := newMemory()
	r := runSite(t, m, s, lastDay, time.Time{}, time.Time{})
	if r.Discovered != 3 || r.Fetched != 1 || r.Skipped != 2 || r.Errors["address"] != 1 {
		t.Errorf("%+v, want one fetched, two skipped, one that is no address", r)
	}
	if a := m.addresses["https://lain.example/berita/satu-dua-tiga-empat"]; a.Reason != otherSite {
		t.Errorf("the other site's: %+v, want skipped as %q", a, otherSite)
	}
	if a := m.addresses[s.URL+"/produk-unggulan"]; a.Reason != pakta.Unlikely {
		t.Errorf("the unlikely one: %+v, want skipped as %q", a, pakta.Unlikely)
	}
	s.mux.HandleFunc("/produk-unggulan", good("Produk Unggulan"))
	s.handle("/feed/", `<rss version="2.0"><channel><item><title>Produk unggulan desa dipamerkan</title><link>`+s.URL+`/produk-unggulan</link></item></channel></rss>`)
	r = runSite(t, m, s, lastDay.Add(31*24*time.Hour), time.Time{}, time.Time{})
	if a := m.addresses[s.URL+"/produk-unggulan"]; a.State != pakta.AddressFetched {
		t.Errorf("after the feed listed it: %+v in %+v, want it fetched", a, r)
	}
}
