package crawler

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"pakta"
)

// nextMarks are attributes in which themes keep what a script loads when the
// reader has come to the end of a list: an address, or the number of a page.
var nextMarks = []string{
	"data-next-url", "data-nexturl", "data-next-page-url", "data-next-page", "data-nextpage", "data-next-href", "data-next-link", "data-next",
	"data-load-url", "data-loadmore-url", "data-load-more-url", "data-more-url", "data-infinite-url", "data-pagination-next", "ic-append-from",
}

// moreMarks are attributes that say so of the elements only whose text does,
// or whose trigger is that they come into view.
var moreMarks = []string{"data-url", "data-href", "data-action", "hx-get", "data-hx-get", "up-href"}

// wireClick is the pager of Livewire, in versions 2 and 3: nextPage, gotoPage(2),
// gotoPage(2, 'halaman').
var wireClick = regexp.MustCompile(`^\s*(?:nextPage|gotoPage)\s*(?:\(\s*(\d{1,5})?\s*,?\s*(?:['"]([A-Za-z_]{1,30})['"])?\s*\))?\s*$`)

// loaded are the further pages of a list that a script loads instead of a link
// that leads there.
func loaded(doc *goquery.Document, at *url.URL, absolute func(string) string) (all []string) {
	add := func(value string) {
		if value = strings.TrimSpace(value); value == "" || value == "#" {
			return
		}
		if n, err := strconv.Atoi(value); err == nil {
			all = append(all, pageOf(at, "page", n))
		} else if strings.ContainsAny(value, "/?=") {
			all = append(all, absolute(value))
		}
	}
	for _, mark := range nextMarks {
		doc.Find("[" + mark + "]").Each(func(_ int, s *goquery.Selection) { add(s.AttrOr(mark, "")) })
	}
	for _, mark := range moreMarks {
		doc.Find("[" + mark + "]").Each(func(_ int, s *goquery.Selection) {
			trigger := firstOf(s.AttrOr("hx-trigger", ""), s.AttrOr("data-hx-trigger", ""))
			if strings.Contains(trigger, "revealed") || strings.Contains(trigger, "intersect") || turnsPage(strings.Join(strings.Fields(s.Text()), " ")) {
				value := s.AttrOr(mark, "")
				if n, err := strconv.Atoi(s.AttrOr("data-page", "")); err == nil { // the one that is shown
					if u, err := at.Parse(value); err == nil {
						value = pageOf(u, "page", n+1)
					}
				}
				add(value)
			}
		})
	}
	doc.Find(`[wire\:click]`).Each(func(_ int, s *goquery.Selection) {
		m := wireClick.FindStringSubmatch(s.AttrOr("wire:click", ""))
		if m == nil {
			return
		}
		key := firstOf(m[2], "page")
		n, err := strconv.Atoi(m[1])
		if err != nil {
			n = numberOf(at, key) + 1
		}
		all = append(all, pageOf(at, key, n))
	})
	return all[:min(len(all), maxLoaded)]
}

var (
	// loadsMore is in pages whose script asks for further ones by number.
	loadsMore = regexp.MustCompile(`(?i)load[-_]?more|infinite[-_]?scroll|muat[-_ ]lebih|["'?&]page=["']\s*\+`)
	// pageKey is a query key that counts pages one by one.
	pageKey = regexp.MustCompile(`(?i)^(p|pg|hal[a-z]*|[a-z]*_?page[a-z]*|page\[number\])$`)
)

// guessNext is the next page of a list that does not say where it is, but counts
// its pages in its address, or has a script that does. It is asked for when this
// one had anything new.
func guessNext(doc *goquery.Document, at *url.URL, lists []string) string {
	q := at.Query()
	for _, key := range slices.Sorted(maps.Keys(q)) {
		n, err := strconv.Atoi(q.Get(key))
		if err != nil || !pageKey.MatchString(key) || strings.HasPrefix(strings.ToLower(key), "per") {
			continue
		}
		for _, address := range lists {
			if u, err := url.Parse(address); err == nil && u.Query().Get(key) != "" {
				return "" // it has a pager
			}
		}
		return pageOf(at, key, n+1)
	}
	more := doc.Find("script:not([src]), button, a, div[id], div[class]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		text := s.AttrOr("id", "") + " " + s.AttrOr("class", "")
		if s.Is("script") {
			text = s.Text()
		}
		return loadsMore.MatchString(text[:min(len(text), maxDoor)])
	})
	if more.Length() == 0 || len(at.RawQuery) > 0 {
		return ""
	}
	return pageOf(at, "page", 2)
}

// maxLoaded is how many further pages one page may name in that way.
const maxLoaded = 100

// numberOf is the number of the page at an address; the first has 1, and
// mostly does not say so.
func numberOf(at *url.URL, key string) int {
	if n, err := strconv.Atoi(at.Query().Get(key)); err == nil {
		return n
	}
	return 1
}

// pageOf is the address of another page of the list at an address.
func pageOf(at *url.URL, key string, n int) string {
	u := *at
	q := u.Query()
	q.Set(key, strconv.Itoa(n))
	u.RawQuery, u.Fragment = q.Encode(), ""
	return u.String()
}

// Names of the parts of lists in JSON.
var (
	itemLinks = []string{"url", "link", "permalink", "href", "full_url", "web_url"}
	nextLinks = []string{"next_page_url", "nextPageUrl", "next_url", "nextUrl", "next", "load_more_url"}
)

// jsonList makes of what scripts load as JSON, and of the state of a program,
// the HTML that a server would have written: fragments as they are, a link for
// each object with a title and an address, and one to the next page. Weak case:
// objects with a slug alone are taken to lie below the section that lists them.
type jsonList struct {
	strings.Builder
	section string // path of the section; "" when the list is none's
}

// listHTML is the list in a value, on the page at an address.
func listHTML(v any, at *url.URL) string {
	l := &jsonList{}
	if sectionDir.MatchString(at.Path) {
		l.section = strings.TrimSuffix(at.Path, "/")
	}
	l.write(v, 0)
	return l.String()
}

func (l *jsonList) write(v any, depth int) {
	if depth > maxState {
		return
	}
	switch t := v.(type) {
	case string:
		if strings.Contains(t, "<a ") {
			l.WriteString(t)
		}
	case []any:
		for _, x := range t {
			l.write(x, depth+1)
		}
	case map[string]any:
		l.item(t)
		if next := stateText(t, nextLinks); strings.ContainsAny(next, "/?") {
			fmt.Fprintf(l, "<a rel=next href='%s'>&raquo;</a>", html.EscapeString(next))
		}
		for _, k := range slices.Sorted(maps.Keys(t)) {
			l.write(t[k], depth+1)
		}
	}
}

// item writes the link to an object with a title.
func (l *jsonList) item(t map[string]any) {
	title, link := plainText(stateText(t, stateTitles)), stateText(t, itemLinks)
	if slug := firstText(t["slug"]); link == "" && l.section != "" && slugWords.MatchString(slug) {
		link = l.section + "/" + slug
	}
	if title != "" && strings.Contains(link, "/") {
		fmt.Fprintf(l, "<p><a href='%s'>%s</a> <time datetime='%s'></time></p>", html.EscapeString(link), html.EscapeString(title), html.EscapeString(stateText(t, stateTimes)))
	}
}

// listDocument is what a list page has to read: its HTML, or that of what it
// gives as JSON.
func listDocument(page *pakta.Page, at *url.URL) (*goquery.Document, error) {
	body := toUTF8(page)
	if looksLikeJSON(body) && boundJSON(body) == nil {
		if v, ok := looseJSON(string(body)); ok {
			body = []byte(listHTML(v, at))
		}
	}
	return goquery.NewDocumentFromReader(bytes.NewReader(body))
}

// stateList is the list in the state of a program, of which the page itself
// shows nothing; nil when there is none.
func stateList(doc *goquery.Document, at *url.URL) *goquery.Document {
	var b strings.Builder
	doc.Find("script#__NEXT_DATA__, script#__NUXT_DATA__, [data-page], script:not([src])").Each(func(_ int, s *goquery.Selection) {
		text := firstOf(s.AttrOr("data-page", ""), s.Text())
		if state := nuxtState(text); state != "" {
			text = state
		}
		if text = strings.TrimSpace(text); len(text) > maxScript || !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
			return
		}
		if v, ok := looseJSON(text); ok {
			b.WriteString(listHTML(revive(v), at))
		}
	})
	if b.Len() == 0 {
		return nil
	}
	list, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		return nil // of a builder, which has none
	}
	return list
}
