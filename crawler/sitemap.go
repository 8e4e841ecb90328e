package crawler

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"pakta"
)

// sitemapPaths are where sites keep their sitemaps when robots.txt names none.
var sitemapPaths = []string{"/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/news-sitemap.xml", "/sitemap-news.xml"}

// findSitemaps reads the sitemaps that robots.txt names, else the first of
// those at the usual places.
func (d *discovery) findSitemaps(ctx context.Context, base string, before []pakta.Listing) error {
	u, err := url.Parse(base)
	if err != nil {
		return err
	}
	rules, err := d.f.robots.of(ctx, u)
	if err != nil {
		return err
	}
	for _, address := range rules.sitemaps {
		if err := d.sitemaps(ctx, recall(before, kindSitemap, address)); !passable(ctx, err) {
			return err
		}
	}
	for _, p := range sitemapPaths {
		if d.gave(kindSitemap) > 0 {
			return nil
		}
		if err := d.sitemaps(ctx, recall(before, kindSitemap, base+p)); !passable(ctx, err) {
			return err
		}
	}
	return nil
}

// sitemaps reads a sitemap and those it names, the newest first. Parts that
// have not changed since they were read, or lie outside the dates asked for,
// are left out.
func (d *discovery) sitemaps(ctx context.Context, l pakta.Listing) error {
	y := d.begin(l)
	queue, done := []found{{url: l.URL}}, map[string]bool{}
	for i := 0; i < len(queue) && d.sitemapFiles < d.reach.sitemaps; i++ {
		if done[queue[i].url] || !sameSite(queue[i].url, d.source.URL) {
			continue
		}
		done[queue[i].url] = true
		d.sitemapFiles++
		links, more, err := d.sitemap(ctx, queue[i].url)
		if err != nil {
			if y.partial = true; i == 0 || !passable(ctx, err) {
				return err
			}
			continue
		}
		slices.SortStableFunc(more, func(a, b found) int { return b.modified.Compare(a.modified.Time) })
		for _, m := range more {
			old := d.span.open() && !l.Read.IsZero() && !m.modified.IsZero() && m.modified.Before(l.Read.Add(-overlap))
			if !old && !d.span.excludes(m) {
				queue = append(queue, m)
			}
		}
		if _, _, err := d.offer(ctx, y, links); err != nil {
			return err
		}
	}
	return nil
}

// sitemap reads one file: the articles in it, or the sitemaps it names.
func (d *discovery) sitemap(ctx context.Context, address string) (links, more []found, err error) {
	page, err := d.get(ctx, address)
	if err != nil {
		return nil, nil, err
	}
	if page.Status != 200 {
		return nil, nil, &statusError{page.Status}
	}
	return parseSitemap(page.Body)
}

// maxTokens bounds the tags and texts read of one sitemap: forty for each of
// the addresses that it may have.
const maxTokens = 40 * maxSitemapURLs

// maxDepth bounds the nesting of XML: a sitemap has four levels.
const maxDepth = 32

// parseSitemap reads a sitemap or sitemap index as far as it is sound. It
// streams, and knows no entities but those of XML, so bombs do not go off.
func parseSitemap(body []byte) (links, more []found, err error) {
	if i := bytes.IndexByte(body, '<'); i > 0 {
		body = body[i:] // a warning of PHP before the XML
	}
	if !utf8.Valid(body) {
		body = bytes.ToValidUTF8(body, nil)
	}
	dec := xml.NewDecoder(bytes.NewReader(body))
	dec.Strict = false
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var stack []string
	var cur found
	for n := 0; n < maxTokens && len(links) < maxSitemapURLs && len(more) < maxSitemapFiles; n++ {
		token, err := dec.Token()
		if err != nil {
			if len(links)+len(more) > 0 {
				err = nil
			}
			return links, more, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if len(stack) >= maxDepth {
				return links, more, errors.New("nested too deeply")
			}
			if stack = append(stack, t.Name.Local); t.Name.Local == "url" || t.Name.Local == "sitemap" {
				cur = found{how: kindSitemap}
			}
		case xml.EndElement:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
			switch {
			case t.Name.Local == "url" && likelyArticle(cur.url, ""):
				links = append(links, cur)
			case t.Name.Local == "sitemap" && cur.url != "" && !skippedSitemap(cur.url):
				more = append(more, cur)
			}
		case xml.CharData:
			cur.note(stack, strings.TrimSpace(string(t)))
		}
	}
	return links, more, nil
}

// note keeps the text of an element that matters.
func (f *found) note(stack []string, text string) {
	if len(stack) < 2 || text == "" {
		return
	}
	text = text[:min(len(text), maxURL+1)]
	parent := stack[len(stack)-2]
	switch name := stack[len(stack)-1]; {
	case name == "loc" && (parent == "url" || parent == "sitemap") && len(f.url) <= maxURL:
		f.url += text
	case name == "publication_date":
		f.published, _ = pakta.ParseTime(text) // unknown when it does not parse
	case name == "lastmod":
		f.modified, _ = pakta.ParseTime(text) // likewise
	case name == "title" && parent == "news" && len(f.title) <= maxURL:
		f.title += text
	}
}

// skippedSitemap reports the parts of a sitemap index that list no articles.
func skippedSitemap(address string) bool {
	base := strings.ToLower(path.Base(address))
	for _, s := range []string{"category", "tag", "author", "users", "taxonom", "image", "video", "page-sitemap", "posts-page"} {
		if strings.Contains(base, s) {
			return true
		}
	}
	return false
}
