package newsroom

import (
	"fmt"
	"net/http"
	"strconv"
)

// pemda is the site of a regional government: plain pages in tables, no feed,
// no sitemap, no structured data, nothing but lists of links with a pager.
type pemda struct{ room }

func newPemda(r room) http.Handler {
	p := pemda{r}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /robots.txt", text("User-agent: *\nDisallow: /cetak/\n"))
	mux.HandleFunc("GET /{$}", p.list)
	mux.HandleFunc("GET /berita", p.list)
	mux.HandleFunc("GET /berita/detail/{id}/{slug}", p.article)
	return mux
}

// perList is how many articles a list page has.
const perList = 5

func (p pemda) list(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.URL.Query().Get("halaman"))
	if err != nil {
		n = 1
	}
	articles, _ := p.page(n, perList)
	var numbers []int
	for i := 1; i <= (len(p.articles)+perList-1)/perList; i++ {
		numbers = append(numbers, i)
	}
	items := make([]map[string]any, len(articles))
	for i, a := range articles {
		items[i] = map[string]any{"A": a, "Link": fmt.Sprintf("/berita/detail/%d/%s", a.ID, a.Slug), "Date": longDate(a)}
	}
	render(w, r, pemdaList, map[string]any{"Items": items, "Pages": numbers})
}

func (p pemda) article(w http.ResponseWriter, r *http.Request) {
	a, ok := p.byID(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	render(w, r, pemdaPage, map[string]any{"A": a, "Date": longDate(a), "Blocks": blocksOf(a.Body)})
}

var monthNames = [...]string{"", "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"}

func longDate(a Article) string {
	t := a.Published
	return fmt.Sprintf("%s, %d %s %d %s WIB", weekdays[t.Weekday()], t.Day(), monthNames[t.Month()], t.Year(), t.Format("15:04"))
}
