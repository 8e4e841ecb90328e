package newsroom

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"pakta"
)

// portal is a news portal: a news sitemap, long articles cut into pages with
// ?page=all, AMP twins, advertisements and scripts in the text.
type portal struct{ room }

func newPortal(r room) http.Handler {
	p := portal{r}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", text("User-agent: *\nDisallow: /search\nCrawl-delay: 0\nSitemap: "+r.base+"/sitemap-news.xml\n"))
	mux.HandleFunc("GET /{$}", p.home)
	mux.HandleFunc("GET /indeks", p.home)
	mux.HandleFunc("GET /sitemap-news.xml", p.sitemap)
	mux.HandleFunc("GET /read/{year}/{month}/{day}/{id}/{slug}", p.article)
	mux.HandleFunc("GET /amp/read/{year}/{month}/{day}/{id}/{slug}", p.amp)
	return mux
}

// path is that of the article and, with "/amp" before it, of its twin.
func (p portal) path(a Article) string {
	return fmt.Sprintf("/read/%s/%d/%s", a.Published.Format("2006/01/02"), a.ID, a.Slug)
}

// perPart is how many paragraphs a page of an article has.
const perPart = 5

func (p portal) article(w http.ResponseWriter, r *http.Request) {
	a, ok := p.byID(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	body, part := a.Body, r.URL.Query().Get("page")
	parts := (len(body) + perPart - 1) / perPart
	n, err := strconv.Atoi(part)
	if err != nil || n < 1 || n > parts {
		n = 1
	}
	if part != "all" {
		body = body[(n-1)*perPart : min(n*perPart, len(body))]
	}
	var numbers []int
	if parts > 1 && part != "all" {
		for i := 1; i <= parts; i++ {
			numbers = append(numbers, i)
		}
	}
	render(w, r, portalPage, map[string]any{
		"A": a, "Base": p.base, "Path": p.path(a), "Parts": numbers, "Blocks": blocksOf(body),
		"Date": weekdays[a.Published.In(pakta.WIB).Weekday()] + a.Published.In(pakta.WIB).Format(", 02/01/2006 | 15.04") + " WIB",
	})
}

var weekdays = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

func (p portal) amp(w http.ResponseWriter, r *http.Request) {
	a, ok := p.byID(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	render(w, r, portalAMP, map[string]any{"A": a, "Base": p.base, "Path": p.path(a), "Blocks": blocksOf(a.Body)})
}

func (p portal) home(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil {
		n = 1
	}
	articles, more := p.page(n, 10)
	items := make([]map[string]any, len(articles))
	for i, a := range articles {
		items[i] = map[string]any{"A": a, "Link": p.base + p.path(a)}
	}
	render(w, r, portalHome, map[string]any{"Base": p.base, "Items": items, "Next": n + 1, "More": more})
}

type newsURL struct {
	Loc   string `xml:"loc"`
	Date  string `xml:"http://www.google.com/schemas/sitemap-news/0.9 news>publication_date"`
	Title string `xml:"http://www.google.com/schemas/sitemap-news/0.9 news>title"`
}

func (p portal) sitemap(w http.ResponseWriter, _ *http.Request) {
	var urls []newsURL
	for _, a := range p.articles {
		urls = append(urls, newsURL{p.base + p.path(a), a.Published.Format(time.RFC3339), a.Title})
	}
	writeXML(w, "application/xml", struct {
		XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []newsURL `xml:"url"`
	}{URLs: urls})
}

// block is a paragraph, a list, or a line that leads away from the article.
type block struct {
	Text    string
	Items   []string
	Related bool
}

// blocksOf gathers the list items ("- ...") of a body.
func blocksOf(body []string) []block {
	var out []block
	for _, p := range body {
		item, isItem := strings.CutPrefix(p, "- ")
		n := len(out)
		switch {
		case isItem && n > 0 && out[n-1].Items != nil:
			out[n-1].Items = append(out[n-1].Items, item)
		case isItem:
			out = append(out, block{Items: []string{item}})
		default:
			out = append(out, block{Text: p, Related: strings.HasPrefix(strings.ToUpper(p), "BACA JUGA")})
		}
	}
	return out
}
