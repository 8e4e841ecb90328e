package crawler

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed"

	"pakta"
)

// feedPaths are where sites keep their feeds when no page names one.
var feedPaths = []string{"/feed/", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/feeds/posts/default",
	"/feed.json", "/feed/json", "/?feed=rss2", "/index.php?format=feed&type=rss"}

// maxFeeds bounds the feeds read of one site: further ones are of comments
// and single sections.
const maxFeeds = 3

// feeds reads the feeds that the home page names, else the first of those at
// the usual places that lists articles.
func (d *discovery) feeds(ctx context.Context, base string, before []pakta.Listing) error {
	addresses := d.home.feeds[:min(len(d.home.feeds), maxFeeds)]
	named := len(addresses) > 0
	if !named {
		for _, p := range feedPaths {
			addresses = append(addresses, base+p)
		}
	}
	for _, address := range addresses {
		if err := d.feed(ctx, recall(before, kindFeed, address)); !passable(ctx, err) {
			return err
		}
		if !named && d.gave(kindFeed) > 0 {
			return nil
		}
	}
	return nil
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
		if page.Status != http.StatusOK {
			return &statusError{page.Status}
		}
		items, err := parseFeed(page.Body)
		if err != nil {
			return err
		}
		if n == 0 {
			y.ETag, y.LastModified, cond = page.Header.Get("Etag"), page.Header.Get("Last-Modified"), conditions{}
		}
		fresh, added, err := d.offer(ctx, y, items)
		if err != nil {
			return err
		}
		next = nextFeed(page)
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

// nextFeed is the address of the older items of a feed, or empty.
func nextFeed(page *pakta.Page) string {
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
		all = append(all, found{url: item.Link, title: plainText(item.Title), published: parseDate(published), how: kindFeed})
	}
	return all, nil
}

func cleanFeed(body []byte) []byte {
	for _, start := range []string{"<?xml", "<rss", "<feed", "<rdf:RDF"} {
		if i := bytes.Index(body, []byte(start)); i >= 0 {
			body = body[i:]
			break
		}
	}
	body = bytes.ToValidUTF8(body, nil)
	return bytes.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' && r != '\r' {
			return -1
		}
		return r
	}, body)
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
