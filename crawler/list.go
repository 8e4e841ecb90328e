package crawler

import (
	"context"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"pakta"
)

// listPage is what a page says of other pages.
type listPage struct {
	feeds     []string // those that the head names
	feedLinks []string // those that readers are shown
	rest      string   // WordPress REST interface, when the page names it
	forms     []string // addresses of searches, up to the words to search for
	articles  []found
	lists     []string // sections and further pages of lists
	others    []string // links to neither
	guess     string   // the next page of a list that does not say where it is
	door      string   // where a page without content sends its reader
}

// readList reads the links of a page, or else those in the state of the program
// that makes it.
func readList(page *pakta.Page) *listPage {
	l := &listPage{}
	at, err := url.Parse(page.Final)
	if err != nil {
		return l
	}
	doc, err := listDocument(page, at)
	if err != nil {
		return l
	}
	base := at
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if b, err := base.Parse(href); err == nil && sameSite(b.String(), page.Final) { // not the one it was made on
			base = b
		}
	}
	absolute := func(href string) string {
		u, err := base.Parse(strings.TrimSpace(href))
		if err != nil {
			return ""
		}
		return u.String()
	}
	l.head(doc, absolute)
	if m := restLink.FindStringSubmatch(strings.Join(page.Header.Values("Link"), ", ")); m != nil && l.rest == "" {
		l.rest = absolute(m[1])
	}
	l.forms = searchForms(doc, absolute)
	l.links(doc, page.Final, absolute)
	if len(l.articles) == 0 {
		if state := stateList(doc, at); state != nil {
			l.links(state, page.Final, absolute)
		}
	}
	for _, address := range loaded(doc, at, absolute) {
		if len(address) <= maxURL && sameSite(address, page.Final) {
			l.lists = append(l.lists, address)
		}
	}
	l.guess = guessNext(doc, at, l.lists)
	doc.Find("frame[src], iframe[src]").Each(func(_ int, s *goquery.Selection) { l.others = append(l.others, absolute(s.AttrOr("src", ""))) })
	l.door = door(doc, page, absolute)
	return l
}

// head reads what the head names.
func (l *listPage) head(doc *goquery.Document, absolute func(string) string) {
	doc.Find("link[href]").Each(func(_ int, s *goquery.Selection) {
		rel, typ, href := s.AttrOr("rel", ""), s.AttrOr("type", ""), absolute(s.AttrOr("href", ""))
		switch {
		case rel == "https://api.w.org/":
			l.rest = href
		case strings.Contains(rel, "alternate") && (strings.Contains(typ, "rss") || strings.Contains(typ, "atom") || strings.Contains(typ, "feed+json")) &&
			!strings.Contains(href, "comment"):
			l.feeds = append(l.feeds, href)
		case rel == "next":
			l.lists = append(l.lists, href)
		}
	})
}

// links sorts the links of a page by what they lead to.
func (l *listPage) links(doc *goquery.Document, at string, absolute func(string) string) {
	alike := map[string][]found{}
	links := doc.Find("a[href], [onclick], [data-href], select[onchange] option[value]")
	links.Slice(0, min(links.Length(), maxLinks)).Each(func(_ int, s *goquery.Selection) {
		to := linked(s)
		href := absolute(to)
		if to == "" || len(href) > maxURL || !sameSite(href, at) {
			return
		}
		text := linkText(s)
		f := func() found { return found{url: href, title: headline(text), published: dateBeside(s), how: kindList} }
		switch {
		case isPager(href, text) || s.AttrOr("rel", "") == "next":
			l.lists = append(l.lists, href)
		case likelyArticle(href, text):
			l.articles = append(l.articles, f())
		case feedLink.MatchString(href):
			l.feedLinks = append(l.feedLinks, href)
		default:
			if isSection(href, text) {
				l.lists = append(l.lists, href)
			} else {
				l.others = append(l.others, href)
			}
			if key := shape(href); headline(text) != "" && key != "" {
				alike[key] = append(alike[key], f())
			}
		}
	})
	if len(l.articles) > 0 {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(alike)) {
		if len(alike[key]) >= minShaped {
			l.articles = append(l.articles, alike[key]...)
		}
	}
}

// minShaped is how many links with headlines, to addresses of one shape, are
// taken for articles on a page that has no others.
const minShaped = 4

// shape is what the addresses of a site's articles have in common: the folder,
// and the keys of the query; "" for what is never one.
func shape(address string) string {
	u, err := url.Parse(address)
	if err != nil || notArticle.MatchString(u.Path) || furniture.MatchString(u.Path) {
		return ""
	}
	return u.Path[:strings.LastIndexByte(u.Path, '/')+1] + "?" + strings.Join(slices.Sorted(maps.Keys(u.Query())), "&")
}

// linked is where a link leads, or an element that a script makes one.
func linked(s *goquery.Selection) string {
	if m := sentOn.FindStringSubmatch(s.AttrOr("onclick", "")); m != nil && !s.Is("a[href^='/'], a[href^=http]") {
		return m[1] + m[2]
	}
	if s.Is("option") && !strings.ContainsAny(s.AttrOr("value", ""), "/?") {
		return ""
	}
	return firstOf(s.AttrOr("href", ""), s.AttrOr("data-href", ""), s.AttrOr("value", ""))
}

// linkText is the text of a link: its heading, when it holds a whole teaser;
// what it is called, when it is cut or a picture.
func linkText(s *goquery.Selection) string {
	if heading := s.Find("h1, h2, h3, h4, h5, h6").First(); heading.Length() > 0 {
		if text := oneLine(heading.Text()); headline(text) != "" {
			return text
		}
	}
	text := oneLine(s.Text())
	if text == "" || strings.HasSuffix(text, "...") || strings.HasSuffix(text, "…") {
		return firstOf(oneLine(s.AttrOr("title", "")), oneLine(s.Find("img[alt]").First().AttrOr("alt", "")), text)
	}
	return text
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// feedLink is the address of a feed that a page links to for its readers.
var feedLink = regexp.MustCompile(`(?i)/(rss|feed|atom)(\.xml|\.php)?/?$`)

// sentOn is how scripts send a reader on, and refreshURL how a head does. They
// run over short texts.
var (
	sentOn     = regexp.MustCompile(`(?:^|[\s;{.])location(?:\.href)?\s*=\s*["']([^"'\s]{1,500})["']|location\.replace\(\s*["']([^"'\s]{1,500})["']`)
	refreshURL = regexp.MustCompile(`(?i)^\s*\d{1,2}(?:\.\d+)?\s*[;,]\s*url\s*=\s*["']?([^"']{1,500})`)
)

// maxDoor is the longest page, in bytes, that may be nothing but a door.
const maxDoor = 20 << 10

// door is the address that a page sends its reader on to; "" when it does not.
// Portals reload themselves, which is no such thing.
func door(doc *goquery.Document, page *pakta.Page, absolute func(string) string) string {
	to := ""
	doc.Find("meta[http-equiv]").Each(func(_ int, s *goquery.Selection) {
		if m := refreshURL.FindStringSubmatch(s.AttrOr("content", "")); m != nil && strings.EqualFold(s.AttrOr("http-equiv", ""), "refresh") {
			to = absolute(m[1])
		}
	})
	if to == "" && len(page.Body) < maxDoor {
		doc.Find("script").Each(func(_ int, s *goquery.Selection) {
			if m := sentOn.FindStringSubmatch(s.Text()); m != nil {
				to = absolute(m[1] + m[2])
			}
		})
	}
	if ArticleID(to) == ArticleID(page.Final) {
		return ""
	}
	return to
}

// headline is the text of a link when it can be the title of an article.
func headline(text string) string {
	if n := len(text); n < 20 || n > 300 {
		return ""
	}
	return text
}

// listItem is a list page to read.
type listItem struct {
	address string
	dull    int // pages of this list that brought nothing new, in a row
}

// lists walks the list pages of a site, from the home page over its sections
// and their further pages. The pages of a list after some that brought nothing
// new, or nothing within the dates asked for, are left out.
func (d *discovery) lists(ctx context.Context, home *pakta.Page, l pakta.Listing) error {
	y := d.begin(l)
	if _, err := d.listPage(ctx, y, d.home); err != nil {
		return err
	}
	queue, done := []listItem{}, map[string]bool{listKey(home.Final): true}
	enqueue := func(addresses []string, dull int) {
		for _, a := range addresses {
			if c, err := Canonical(a); err == nil && !done[listKey(c)] && sameSite(c, d.source.URL) {
				done[listKey(c)] = true
				queue = append(queue, listItem{c, dull})
			}
		}
	}
	if y.seen > 0 {
		enqueue([]string{d.home.guess}, 0)
	}
	if enqueue(d.home.lists, 0); len(queue) == 0 && y.seen == 0 {
		enqueue(d.home.others[:min(len(d.home.others), maxOthers)], 0) // a page of welcome
	}
	for i := 0; i < len(queue) && i < d.reach.lists; i++ {
		page, err := d.get(ctx, queue[i].address)
		if !passable(ctx, err) {
			return err
		}
		if err != nil || page.Status != 200 {
			y.partial = y.partial || err != nil
			continue
		}
		next := d.readList(page)
		dull, err := d.listPage(ctx, y, next)
		if err != nil {
			return err
		}
		if dull == 0 {
			enqueue([]string{next.guess}, 0)
		}
		if dull += queue[i].dull * dull; dull < maxDull {
			enqueue(next.lists, dull)
		}
	}
	return nil
}

// maxOthers is how many links of a page without articles and sections are
// looked behind.
const maxOthers = 10

// listPage takes the articles of a list page up. It returns 1 for a page after
// which its list need not be read on, were there only such ones, and 0 for
// others. When dates are asked for, or the lists were never read whole, known
// articles are no reason to stop.
func (d *discovery) listPage(ctx context.Context, y *yield, l *listPage) (dull int, err error) {
	fresh, added, err := d.offer(ctx, y, l.articles)
	old := 0
	for _, f := range l.articles {
		if d.span.older(f) {
			old++
		}
	}
	walking := !d.span.open() || y.Read.IsZero()
	if fresh == 0 || added == 0 && !walking || old > 0 && old == len(l.articles) {
		return 1, err
	}
	return 0, err
}

// dateBeside is the date that stands beside a link in a list, within the
// largest element around it that has no other headline.
func dateBeside(link *goquery.Selection) pakta.Time {
	href := link.AttrOr("href", "")
	for p, n := link, 0; n < 5 && p.Length() > 0 && small(p.Nodes[0]); p, n = p.Parent(), n+1 {
		other := p.Find("a[href]").FilterFunction(func(_ int, a *goquery.Selection) bool {
			return a.AttrOr("href", "") != href && headline(strings.TrimSpace(a.Text())) != ""
		})
		if other.Length() > 0 {
			break
		}
		mark := p.Find("time, [class*=date], [class*=tanggal], [class*=waktu]").First()
		for _, text := range []string{mark.AttrOr("datetime", ""), mark.Text()} {
			if t := parseDate(text); !t.IsZero() {
				return t
			}
		}
	}
	return pakta.Time{}
}

// maxTeaser is how many nodes the teaser of one article may have; a theme's
// have some forty.
const maxTeaser = 300

// small reports whether an element can be the teaser of one article. A page of
// a hundred thousand links in one element is not looked through for each.
func small(n *html.Node) bool {
	count := 0
	for range n.Descendants() {
		if count++; count > maxTeaser {
			return false
		}
	}
	return true
}

// maxDull is how many list pages in a row may bring nothing new before their
// list is left. Sections share articles, so one is not enough.
const maxDull = 2

// listKey tells list pages apart: the first page of a list is often linked
// with and without its number.
func listKey(address string) string {
	return strings.TrimSuffix(strings.NewReplacer("?page=1&", "?", "?halaman=1&", "?").Replace(address+"&"), "&")
}

// The shapes of addresses. They run over one address each, of bounded length.
var (
	pagerPath  = regexp.MustCompile(`(?i)/(page|halaman|hal|index|p)/\d{1,5}/?$`)
	numberPath = regexp.MustCompile(`/\d{1,5}/?$`) // CodeIgniter counts articles: /berita/10
	numberText = regexp.MustCompile(`^\d{1,4}$`)
	pagerKey   = regexp.MustCompile(`(?i)^(p|pg|start|offset|limitstart|hal[a-z]*|[a-z_]*page[a-z]*|no_?hal)$`)
	idInPath   = regexp.MustCompile(`(?i)(/|-|_)\d{2,}([-/._]|$)|/\d+/[a-z0-9]+-`)
	datePath   = regexp.MustCompile(`/(19|20)\d\d/\d{1,2}/`)
	slugWords  = regexp.MustCompile(`[a-z0-9]+(-[a-z0-9]+){2,}`)
	articleDir = regexp.MustCompile(`(?i)/(read|baca|detail|berita|news|artikel|article|post|view|siaran-pers|kabar|show|konten|node|publikasi|warta|pengumuman|kegiatan|story)/[^/]+`)
	notArticle = regexp.MustCompile(`(?i)/(tag|tags|category|kategori|author|penulis|search|login|wp-admin|wp-content|wp-login|feed|rss|amp-stories|topic|topik|indeks|label|user|galeri|download|unduh|video|foto)(/|$)|\.(jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|zip|rar|mp4|mp3|css|js|xml|ico)$`)
	furniture  = regexp.MustCompile(`(?i)/(tentang|about|redaksi|kontak|contact|privacy|kebijakan|disclaimer|pedoman|iklan|advertise|sitemap|profil|visi|sejarah|struktur)[^/]*/?$`)
	sectionDir = regexp.MustCompile(`(?i)/(berita|news|artikel|kabar|siaran-pers|pengumuman|informasi|arsip|indeks|index|category|kategori|daerah|nasional|politik|ekonomi|pemerintahan|regional|topik|tag|blog|read|post)s?(/[^/]+)?/?(\.html?|\.php)?$`)
)

// isPager reports whether a link leads to a further page of a list.
func isPager(address, text string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	if pagerPath.MatchString(u.Path) || numberPath.MatchString(u.Path) && numberText.MatchString(text) && !datePath.MatchString(u.Path) {
		return true
	}
	if n, err := strconv.Atoi(text); err == nil && numberText.MatchString(text) && !datePath.MatchString(u.Path) && counts(u, n) {
		return true
	}
	numbered := false
	for k, v := range u.Query() {
		if _, err := strconv.Atoi(v[0]); err == nil && pagerKey.MatchString(k) {
			numbered = true
		}
	}
	return turnsPage(text) || numbered && len(text) < 20
}

// counts reports whether the last number of an address is n, or one less, as
// where pages are counted from 0.
func counts(u *url.URL, n int) bool {
	all := numbers.FindAllString(u.Path+"?"+u.RawQuery, -1)
	return len(all) > 0 && (atoi(all[len(all)-1]) == n || atoi(all[len(all)-1]) == n-1)
}

// turnsPage reports whether the text of a link says that it leads to older
// articles, whatever its address.
func turnsPage(text string) bool {
	low := strings.ToLower(strings.Trim(text, " »›>→"))
	if low == "" {
		return text != ""
	}
	for _, w := range []string{"berikutnya", "selanjutnya", "next", "older posts", "older", "postingan lama", "posting lama", "halaman berikutnya",
		"halaman selanjutnya", "berita sebelumnya", "berita lama", "next page", "lebih lama",
		"muat lebih banyak", "muat lainnya", "muat lagi", "lihat lebih banyak", "tampilkan lebih banyak", "load more", "show more"} {
		if low == w {
			return true
		}
	}
	return false
}

// likelyArticle reports whether an address, with the text of the link to it,
// looks like that of an article. Pages that turn out to be none are rejected
// when they are read.
func likelyArticle(address, text string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Path == "" || u.Path == "/" && u.RawQuery == "" || notArticle.MatchString(u.Path) || furniture.MatchString(u.Path) {
		return false
	}
	path := strings.ToLower(u.Path)
	slug := slugWords.FindString(path[strings.LastIndex(strings.TrimSuffix(path, "/"), "/")+1:])
	switch {
	case datePath.MatchString(path) && slug != "":
		return true
	case idInPath.MatchString(path) && (slug != "" || articleDir.MatchString(path)):
		return true
	case articleDir.MatchString(path) && (slug != "" || headline(text) != ""):
		return true
	case strings.Count(slug, "-") >= 3, slug != "" && headline(text) != "":
		return true
	}
	for k, v := range u.Query() {
		if idKey.MatchString(k) && v[0] != "" && headline(text) != "" {
			return true
		}
	}
	return false
}

// idKey is a query key that says which article is shown.
var idKey = regexp.MustCompile(`(?i)^(p|id|[ans]id|(id|kd|no)_?(berita|artikel|news|post)|(berita|artikel|news|post|article)(_?id)?)$`)

// isSection reports whether a link leads to a list of articles.
func isSection(address, text string) bool {
	u, err := url.Parse(address)
	if err != nil || len(text) > 40 || furniture.MatchString(u.Path) {
		return false
	}
	low := strings.ToLower(text)
	for _, w := range []string{"berita", "news", "artikel", "kabar", "siaran pers", "arsip", "indeks", "daerah", "pemerintahan", "lihat semua", "selengkapnya"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return sectionDir.MatchString(u.Path)
}
