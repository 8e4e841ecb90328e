package crawler

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"

	"pakta"
)

// feedPaths are where sites keep their feeds when no page names one.
var feedPaths = []string{"/feed/", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/feeds/posts/default",
	"/feed.json", "/feed/json", "/?feed=rss2", "/index.php?format=feed&type=rss", "/index.php/feed", "/index.php/rss", "/rss.php"}

// maxFeeds bounds the feeds read of one site: further ones are of comments
// and single sections.
const maxFeeds = 3

// feeds reads the feeds that the home page names in its head, else the first
// of those that it links to or that lie at the usual places.
func (d *discovery) feeds(ctx context.Context, before []pakta.Listing) error {
	named := d.home.feeds[:min(len(d.home.feeds), maxFeeds)]
	others := append(slices.Clone(d.home.feedLinks[:min(len(d.home.feedLinks), maxFeeds)]), d.below("feed/", "rss")...)
	for _, p := range feedPaths {
		others = append(others, origin(d.base)+p)
	}
	for i, address := range slices.Concat(named, others) {
		if i >= len(named) && d.fed() {
			return nil
		}
		if err := d.feed(ctx, recall(before, kindFeed, address)); !passable(ctx, err) {
			return err
		}
	}
	return nil
}

// fed reports whether a feed gave anything, or is as it was.
func (d *discovery) fed() bool {
	return slices.ContainsFunc(d.yields, func(y *yield) bool { return y.Kind == kindFeed && (y.seen > 0 || y.unchanged) })
}

// below are addresses in the folder of the front page; none when that is the
// root of its host.
func (d *discovery) below(names ...string) (all []string) {
	u, err := url.Parse(d.base)
	if err != nil || strings.Trim(u.Path, "/") == "" {
		return nil
	}
	folder := *u
	folder.RawQuery, folder.Path = "", u.Path[:strings.LastIndexByte(u.Path, '/')+1]
	if !strings.Contains(path.Base(u.Path), ".") && !strings.HasSuffix(u.Path, "/") {
		folder.Path = u.Path + "/"
	}
	for _, name := range names {
		all = append(all, folder.String()+name)
	}
	return all
}

// feed reads one feed. When nothing in it was seen before, its further pages
// are read, where it has any, until one has something known; a feed without
// them may have lost items, and counts as an overflow.
func (d *discovery) feed(ctx context.Context, l pakta.Listing) error {
	y := d.begin(l)
	cond := conditions{l.ETag, l.LastModified}
	if !d.span.open() {
		cond = conditions{}
	}
	next := l.URL
	for n := 0; n < d.reach.feeds && next != ""; n++ {
		page, err := d.getIf(ctx, next, cond)
		if err != nil {
			return err
		}
		if y.unchanged = n == 0 && page.Status == http.StatusNotModified; y.unchanged {
			return nil
		}
		if page.Status != http.StatusOK && n > 0 {
			return nil // past the last page
		}
		if page.Status != http.StatusOK {
			return &statusError{page.Status}
		}
		items, err := parseFeed(page.Body)
		if err != nil {
			return err
		}
		resolve(items, page.Final)
		if n == 0 {
			y.ETag, y.LastModified, cond = page.Header.Get("Etag"), page.Header.Get("Last-Modified"), conditions{}
		}
		fresh, added, err := d.offer(ctx, y, items)
		if err != nil {
			return err
		}
		next = nextFeed(page, len(items))
		unseen := len(items) > 0 && added == fresh && fresh == len(items)
		if d.span.until.IsZero() && (fresh == 0 || !unseen && !l.Read.IsZero()) {
			return nil
		}
		if unseen && !l.Read.IsZero() && next == "" {
			d.count.Overflow++
		}
	}
	return nil
}

// nextLink is the link to the older entries of an Atom feed or of RSS with
// Atom's links.
var (
	nextLink = regexp.MustCompile(`<(?:atom:)?link\s[^>]{0,200}rel=["']next["'][^>]{0,1000}>`)
	hrefOf   = regexp.MustCompile(`href=["']([^"']+)["']`)
)

// wordpressFeed is in every feed of WordPress, which has pages and does not
// say so.
var wordpressFeed = regexp.MustCompile(`<generator[^>]{0,100}>\s*https?://wordpress\.org/`)

// nextFeed is the address of the older items of a feed, or empty.
func nextFeed(page *pakta.Page, items int) string {
	if items > 0 && wordpressFeed.Match(page.Body) {
		return nextPaged(page.Final)
	}
	var href string
	if m := hrefOf.FindSubmatch(nextLink.Find(page.Body)); m != nil {
		href = html.UnescapeString(string(m[1]))
	} else if bytes.HasPrefix(bytes.TrimSpace(page.Body), []byte("{")) {
		var doc struct {
			Next string `json:"next_url"`
		}
		if json.Unmarshal(page.Body, &doc) == nil {
			href = doc.Next
		}
	}
	u, err := url.Parse(page.Final)
	if href == "" || err != nil {
		return ""
	}
	if u, err = u.Parse(href); err != nil || !sameSite(u.String(), page.Final) || u.String() == page.Final {
		return ""
	}
	return u.String()
}

// nextPaged is the address of the next page of a feed of WordPress.
func nextPaged(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	q := u.Query()
	n, err := strconv.Atoi(firstOf(q.Get("paged"), "1"))
	if err != nil {
		return ""
	}
	q.Set("paged", strconv.Itoa(n+1))
	u.RawQuery = q.Encode()
	return u.String()
}

// parseFeed reads RSS, Atom or JSON Feed. What stands before the document (a
// warning of PHP) and bytes that are no text are cut out first, and of a
// document that breaks off the whole items are read.
func parseFeed(body []byte) ([]found, error) {
	body, err := boundFeed(cleanFeed(body))
	if err != nil {
		return nil, err
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		feed, err = gofeed.NewParser().Parse(bytes.NewReader(mendFeed(body)))
	}
	if err != nil {
		return nil, err
	}
	var all []found
	for _, item := range feed.Items {
		published := item.Published
		if published == "" {
			published = item.Updated
		}
		all = append(all, found{url: itemLink(item), title: plainText(item.Title), published: parseDate(published), how: kindFeed})
	}
	return all, nil
}

// itemLink is the address of an item: its link, else an id that is one. Feeds
// that go through a counter have the address that it leads to beside it.
func itemLink(item *gofeed.Item) string {
	for _, e := range item.Extensions["feedburner"]["origLink"] {
		return e.Value
	}
	if item.Link == "" && strings.HasPrefix(item.GUID, "http") {
		return item.GUID
	}
	return item.Link
}

// resolve makes the addresses that a listing gives absolute.
func resolve(all []found, listing string) {
	base, err := url.Parse(listing)
	if err != nil {
		return
	}
	for i := range all {
		if u, err := base.Parse(strings.TrimSpace(all[i].url)); err == nil && all[i].url != "" {
			all[i].url = u.String()
		}
	}
}

func cleanFeed(body []byte) []byte {
	for _, start := range []string{"<?xml", "<rss", "<feed", "<rdf:RDF"} {
		if i := bytes.Index(body, []byte(start)); i >= 0 {
			body = body[i:]
			break
		}
	}
	body = bytes.ToValidUTF8(declaredUTF8(body), nil)
	return bytes.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' && r != '\r' {
			return -1
		}
		return r
	}, body)
}

// declared is the encoding that an XML document says it is in.
var declared = regexp.MustCompile(`^<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9_-]{1,40})["'][^>]{0,100}\?>`)

// declaredUTF8 is a document in UTF-8, without the declaration of another
// encoding.
func declaredUTF8(body []byte) []byte {
	m := declared.FindSubmatch(body)
	if m == nil || strings.EqualFold(string(m[1]), "utf-8") {
		return body
	}
	rest := body[len(m[0]):]
	if enc, _ := charset.Lookup(string(m[1])); enc != nil && !utf8.Valid(rest) {
		if out, err := enc.NewDecoder().Bytes(rest); err == nil {
			return out
		}
	}
	return rest
}

// mendFeed closes a document that breaks off after its last whole item.
func mendFeed(body []byte) []byte {
	for _, ends := range [][2]string{{"</item>", "</channel></rss>"}, {"</entry>", "</feed>"}} {
		if i := bytes.LastIndex(body, []byte(ends[0])); i >= 0 {
			return append(bytes.Clone(body[:i+len(ends[0])]), ends[1]...)
		}
	}
	return body
}

// parseDate reads the dates of feeds and pages; unknown when it cannot.
func parseDate(s string) pakta.Time {
	if t, ok := parsePublished(strings.TrimSpace(s)); ok {
		return t
	}
	return pakta.Time{}
}
