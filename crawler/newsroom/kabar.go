package newsroom

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// kabar is an outlet in the manner of WordPress: REST interface, feed,
// sitemaps, JSON-LD, and a theme full of clutter.
type kabar struct{ room }

func newKabar(r room) http.Handler {
	k := kabar{r}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", text("User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: "+r.base+"/wp-sitemap.xml\n"))
	mux.HandleFunc("GET /{$}", k.home)
	mux.HandleFunc("GET /page/{n}/", k.home)
	mux.HandleFunc("GET /feed/", k.feed)
	mux.HandleFunc("GET /wp-sitemap.xml", k.sitemapIndex)
	mux.HandleFunc("GET /wp-sitemap-posts-post-1.xml", k.sitemap)
	mux.HandleFunc("GET /wp-json/wp/v2/posts", k.posts)
	mux.HandleFunc("GET /", k.article) // /2025/08/08/slug/
	return mux
}

// text serves a fixed text.
func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprint(w, s) // the client may have gone
	}
}

func (k kabar) link(a Article) string {
	return k.base + a.Published.Format("/2006/01/02/") + a.Slug + "/"
}

func (k kabar) article(w http.ResponseWriter, r *http.Request) {
	i := slices.IndexFunc(k.articles, func(a Article) bool { return k.link(a) == k.base+r.URL.Path })
	if i < 0 {
		http.NotFound(w, r)
		return
	}
	a := k.articles[i]
	ld, err := json.Marshal(map[string]any{
		"@context": "https://schema.org",
		"@graph": []any{
			map[string]any{"@type": "WebSite", "name": "Kabar Nusa", "url": k.base},
			map[string]any{"@type": "NewsArticle", "headline": a.Title, "datePublished": a.Published.Format(time.RFC3339),
				"articleSection": []string{a.Section}, "author": map[string]any{"@type": "Person", "name": a.Author}, "mainEntityOfPage": k.link(a)},
		},
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	render(w, r, kabarPage, map[string]any{"A": a, "Link": k.link(a), "Base": k.base, "LD": template.JS(ld), "Others": k.others(a), "Blocks": blocksOf(a.Body)})
}

// others are links to further articles, as sidebars have them.
func (k kabar) others(a Article) []map[string]string {
	var out []map[string]string
	for _, o := range k.articles {
		if o.ID != a.ID && len(out) < 6 {
			out = append(out, map[string]string{"Link": k.link(o), "Title": o.Title})
		}
	}
	return out
}

func (k kabar) home(w http.ResponseWriter, r *http.Request) {
	n := 1
	if p := r.PathValue("n"); p != "" {
		n, _ = strconv.Atoi(p) // junk is an empty page
	}
	articles, more := k.page(n, 8)
	if len(articles) == 0 {
		http.NotFound(w, r)
		return
	}
	items := make([]map[string]any, len(articles))
	for i, a := range articles {
		items[i] = map[string]any{"A": a, "Link": k.link(a)}
	}
	render(w, r, kabarHome, map[string]any{"Base": k.base, "Items": items, "Next": n + 1, "More": more})
}

type rssItem struct {
	Title   string `xml:"title"`
	Link    string `xml:"link"`
	PubDate string `xml:"pubDate"`
	GUID    string `xml:"guid"`
}

func (k kabar) feed(w http.ResponseWriter, _ *http.Request) {
	var feed struct {
		XMLName xml.Name  `xml:"rss"`
		Version string    `xml:"version,attr"`
		Title   string    `xml:"channel>title"`
		Link    string    `xml:"channel>link"`
		Items   []rssItem `xml:"channel>item"`
	}
	feed.Version, feed.Title, feed.Link = "2.0", "Kabar Nusa", k.base
	articles, _ := k.page(1, 10)
	for _, a := range articles {
		feed.Items = append(feed.Items, rssItem{a.Title, k.link(a), a.Published.Format(time.RFC1123Z), fmt.Sprintf("%s/?p=%d", k.base, a.ID)})
	}
	writeXML(w, "application/rss+xml; charset=UTF-8", feed)
}

func writeXML(w http.ResponseWriter, contentType string, v any) {
	w.Header().Set("Content-Type", contentType)
	fmt.Fprint(w, xml.Header)       // the client may have gone
	_ = xml.NewEncoder(w).Encode(v) // likewise
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

func (k kabar) sitemapIndex(w http.ResponseWriter, _ *http.Request) {
	writeXML(w, "application/xml", struct {
		XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Maps    []sitemapURL `xml:"sitemap"`
	}{Maps: []sitemapURL{{Loc: k.base + "/wp-sitemap-posts-post-1.xml"}}})
}

func (k kabar) sitemap(w http.ResponseWriter, _ *http.Request) {
	var urls []sitemapURL
	for _, a := range k.articles {
		urls = append(urls, sitemapURL{k.link(a), a.Published.Format(time.RFC3339)})
	}
	writeXML(w, "application/xml", struct {
		XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []sitemapURL `xml:"url"`
	}{URLs: urls})
}

// posts is the REST interface: per_page, page, after and search.
func (k kabar) posts(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	size, err := strconv.Atoi(q.Get("per_page"))
	if err != nil || size < 1 || size > 100 {
		size = 10
	}
	n, err := strconv.Atoi(q.Get("page"))
	if err != nil {
		n = 1
	}
	match := room{base: k.base}
	after, _ := time.Parse(time.RFC3339, q.Get("after")) // zero takes all
	for _, a := range k.articles {
		if a.Published.After(after) && strings.Contains(strings.ToLower(a.Title), strings.ToLower(q.Get("search"))) {
			match.articles = append(match.articles, a)
		}
	}
	articles, _ := match.page(n, size)
	w.Header().Set("X-WP-Total", strconv.Itoa(len(match.articles)))
	w.Header().Set("X-WP-TotalPages", strconv.Itoa((len(match.articles)+size-1)/size))
	if len(articles) == 0 && n > 1 {
		writeJSON(w, http.StatusBadRequest, map[string]string{"code": "rest_post_invalid_page_number"})
		return
	}
	out := []map[string]any{}
	for _, a := range articles {
		out = append(out, map[string]any{
			"id": a.ID, "link": k.link(a), "date": a.Published.Format("2006-01-02T15:04:05"), "date_gmt": a.Published.UTC().Format("2006-01-02T15:04:05"),
			"title": map[string]string{"rendered": template.HTMLEscapeString(a.Title)},
		})
	}
	writeJSON(w, http.StatusOK, out)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client may have gone
}
