package crawler

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"pakta"
)

// sitemapPaths are where sites keep their sitemaps when robots.txt names none.
var sitemapPaths = []string{"/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/news-sitemap.xml", "/sitemap-news.xml"}

// findSitemaps reads the sitemaps that robots.txt names, else the first of
// those at the usual places.
func (d *discovery) findSitemaps(ctx context.Context, before []pakta.Listing) error {
	u, err := url.Parse(d.base)
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
	usual := d.below("sitemap.xml", "sitemap_index.xml")
	for _, p := range sitemapPaths {
		usual = append(usual, origin(d.base)+p)
	}
	for _, address := range usual {
		if d.gave(kindSitemap) > 0 {
			return nil
		}
		if err := d.sitemaps(ctx, recall(before, kindSitemap, address)); !passable(ctx, err) {
			return err
		}
	}
	return nil
}

// sitemaps reads a sitemap and those it names, the newest first. Parts that
// have not changed since they were read, or lie outside the dates asked for,
// are left out. What one run does not come to is read from there on in the next.
func (d *discovery) sitemaps(ctx context.Context, l pakta.Listing) error {
	y := d.begin(l)
	queue, done := []found{{url: l.URL}}, map[string]bool{}
	for i := 0; i < len(queue); i++ {
		if done[queue[i].url] || !d.ours(queue[i].url) {
			continue
		}
		if d.sitemapFiles >= d.reach.sitemaps {
			y.reachedSitemap(queue[i])
			return nil
		}
		done[queue[i].url] = true
		d.sitemapFiles++
		links, more, err := d.sitemap(ctx, queue[i].url)
		if err == nil {
			slices.SortStableFunc(more, newestSitemap)
			for _, m := range resumed(more, l.Part) {
				if !d.readBefore(l, m) && !d.span.excludes(m) {
					queue = append(queue, m)
				}
			}
			_, _, err = d.offer(ctx, y, links)
		}
		switch {
		case err == nil:
		case i > 0 && !passable(ctx, err):
			y.reachedSitemap(queue[i])
			return err
		case i == 0:
			y.partial = true
			return err
		default:
			y.partial = true
		}
	}
	y.Part, y.Whole = "", y.Whole || d.span.open() && !y.partial
	return nil
}

// reachedSitemap notes where the reading of a sitemap index ended.
func (y *yield) reachedSitemap(next found) {
	if y.Whole = false; next.modified.IsZero() {
		y.Part = next.url
		return
	}
	y.Reached = next.modified.Add(time.Second).UTC()
}

// newParts is how many parts of a sitemap index are read in every run, wherever
// the last one ended: new articles are in the newest.
const newParts = 20

// resumed orders the parts of an index, which come newest first, for a run that
// goes on at one of them.
func resumed(parts []found, at string) []found {
	i := slices.IndexFunc(parts, func(f found) bool { return f.url == at })
	if i <= newParts {
		return parts
	}
	return slices.Concat(parts[:newParts], parts[i:], parts[newParts:i])
}

// readBefore reports whether a part of a sitemap is as it was when it was
// read.
func (d *discovery) readBefore(l pakta.Listing, m found) bool {
	if !d.span.open() || l.Read.IsZero() || m.modified.IsZero() || !m.modified.Before(l.Read.Add(-overlap)) {
		return false
	}
	return l.Whole || l.Reached.IsZero() || m.modified.After(l.Reached)
}

// newestSitemap orders the parts of a sitemap: by their last change, the month
// that their address names, or the number at its end, which counts up.
func newestSitemap(a, b found) int {
	return cmp.Or(b.changed().Compare(a.changed()), cmp.Compare(lastNumber(b.url), lastNumber(a.url)))
}

// changed is when a part of a sitemap was changed last, as far as is known.
func (f *found) changed() time.Time {
	if f.modified.IsZero() {
		if _, to, ok := datesOf(f.url); ok {
			return to
		}
	}
	return f.modified.Time
}

var numbers = regexp.MustCompile(`\d{1,9}`)

// lastNumber is the last number in an address; 1 when there is none.
func lastNumber(address string) int {
	all := numbers.FindAllString(address, -1)
	if len(all) == 0 {
		return 1
	}
	return atoi(all[len(all)-1])
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
	links, more, err = parseSitemap(page.Body)
	if len(links)+len(more) == 0 {
		if links = otherSitemap(page.Body); len(links) > 0 {
			err = nil
		}
	}
	resolve(links, page.Final)
	resolve(more, page.Final)
	for i := range links {
		if f := &links[i]; f.skip != "" && (!f.published.IsZero() || postSitemap.MatchString(path.Base(address))) {
			f.skip = "" // the sitemap knows better than its address
		}
	}
	return links, more, err
}

// postSitemap is the name of a sitemap of nothing but posts or news.
var postSitemap = regexp.MustCompile(`(?i)(^|[_.-])(posts?|news|berita|artikels?|articles?)([_.-]|\d|$)`)

// otherSitemap reads what sites name as their sitemap and is none: a list of
// addresses, one a line, or a feed.
func otherSitemap(body []byte) (links []found) {
	body = bytes.TrimSpace(body)
	if !bytes.HasPrefix(body, []byte("http")) {
		links, _ = parseFeed(body) // nothing when it is no feed either
		for i := range links {
			links[i].how = kindSitemap
		}
		return links
	}
	for line := range bytes.Lines(body) {
		if f := (found{url: string(bytes.TrimSpace(line[:min(len(line), maxURL)])), how: kindSitemap}); f.judge() && len(links) < maxSitemapURLs {
			links = append(links, f)
		}
	}
	return links
}

// judge marks an address that is not like those of articles, and reports
// whether it can be one at all.
func (f *found) judge() bool {
	u, err := url.Parse(f.url)
	if err != nil || strings.Trim(u.Path, "/") == "" && u.RawQuery == "" || notArticle.MatchString(u.Path) || furniture.MatchString(u.Path) {
		return false
	}
	if !likelyArticle(f.url, f.title) {
		f.skip = pakta.Unlikely
	}
	return true
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
	for n := 0; n < maxTokens && len(links) < maxSitemapURLs && len(more) < maxSitemapURLs; n++ {
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
			case t.Name.Local == "url" && cur.judge():
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
