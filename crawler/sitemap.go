package crawler

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"

	"pakta"
)

// sitemapPaths are where sites keep their sitemaps when robots.txt names none.
var sitemapPaths = []string{"/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/news-sitemap.xml", "/sitemap-news.xml"}

// sitemaps reads the sitemaps that robots.txt names, else those at the usual
// places, and returns how many addresses they list.
func (d *discovery) sitemaps(ctx context.Context, base string) (n int, err error) {
	u, err := url.Parse(base)
	if err != nil {
		return 0, err
	}
	rules, err := d.f.robots.of(ctx, u)
	if err != nil {
		return 0, err
	}
	queue, named := rules.sitemaps, len(rules.sitemaps) > 0
	if !named {
		for _, p := range sitemapPaths {
			queue = append(queue, base+p)
		}
	}
	done := map[string]bool{}
	for i := 0; i < len(queue) && i < maxSitemapFiles; i++ {
		if done[queue[i]] || !sameSite(queue[i], base) {
			continue
		}
		done[queue[i]] = true
		links, more, err := d.sitemap(ctx, queue[i])
		if err != nil {
			if !passable(ctx, err) {
				return n, err
			}
			continue
		}
		queue = append(queue, more...)
		seen, _, err := d.offer(ctx, links)
		n += seen
		if err != nil {
			return n, err
		}
		if !named && len(links)+len(more) > 0 && i < len(sitemapPaths) {
			queue = append(queue[:i+1], queue[len(sitemapPaths):]...) // one of the usual places is enough
		}
	}
	return n, nil
}

// sitemap reads one file: the articles in it, or the sitemaps it names.
func (d *discovery) sitemap(ctx context.Context, address string) (links []found, more []string, err error) {
	page, err := d.get(ctx, address)
	if err != nil {
		return nil, nil, err
	}
	if page.Status != 200 {
		return nil, nil, errors.New("no sitemap")
	}
	return parseSitemap(page.Body)
}

// maxDepth bounds the nesting of XML: a sitemap has four levels.
const maxDepth = 32

// parseSitemap reads a sitemap or sitemap index as far as it is sound. It
// streams, and knows no entities but those of XML, so bombs do not go off.
func parseSitemap(body []byte) (links []found, more []string, err error) {
	if i := bytes.IndexByte(body, '<'); i > 0 {
		body = body[i:] // a warning of PHP before the XML
	}
	dec := xml.NewDecoder(bytes.NewReader(bytes.ToValidUTF8(body, nil)))
	dec.Strict = false
	dec.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var stack []string
	var cur found
	for len(links) < maxSitemapURLs && len(more) < maxSitemapFiles {
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
				cur = found{how: "sitemap"}
			}
		case xml.EndElement:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
			switch {
			case t.Name.Local == "url" && likelyArticle(cur.url, ""):
				links = append(links, cur)
			case t.Name.Local == "sitemap" && cur.url != "" && !skippedSitemap(cur.url):
				more = append(more, cur.url)
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
	parent := stack[len(stack)-2]
	switch name := stack[len(stack)-1]; {
	case name == "loc" && (parent == "url" || parent == "sitemap"):
		f.url += text
	case name == "publication_date":
		f.published, _ = pakta.ParseTime(text) // unknown when it does not parse
	case name == "title" && parent == "news":
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
