package crawler

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/mmcdole/gofeed"

	"pakta"
)

// feedPaths are where sites keep their feeds when no page names one.
var feedPaths = []string{"/feed/", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/feeds/posts/default"}

// maxFeeds bounds the feeds read of one site: further ones are of comments
// and single sections.
const maxFeeds = 3

// feeds reads the feeds that the home page names, else those at the usual
// places, and returns how many articles they list.
func (d *discovery) feeds(ctx context.Context, base string) (n int, err error) {
	addresses := d.home.feeds[:min(len(d.home.feeds), maxFeeds)]
	named := len(addresses) > 0
	if !named {
		for _, p := range feedPaths {
			addresses = append(addresses, base+p)
		}
	}
	for _, address := range addresses {
		items, err := d.feed(ctx, address)
		if err != nil {
			if !passable(ctx, err) {
				return n, err
			}
			continue
		}
		seen, _, err := d.offer(ctx, items)
		n += seen
		if err != nil {
			return n, err
		}
		if !named && seen > 0 {
			break
		}
	}
	return n, nil
}

func (d *discovery) feed(ctx context.Context, address string) ([]found, error) {
	page, err := d.get(ctx, address)
	if err != nil {
		return nil, err
	}
	if page.Status != 200 {
		return nil, errors.New("no feed")
	}
	return parseFeed(page.Body)
}

// parseFeed reads RSS, Atom or JSON Feed. What stands before the document (a
// warning of PHP) and bytes that are no text are cut out first, and of a
// document that breaks off the whole items are read.
func parseFeed(body []byte) ([]found, error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(cleanFeed(body)))
	if err != nil {
		feed, err = gofeed.NewParser().Parse(bytes.NewReader(mendFeed(cleanFeed(body))))
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
		all = append(all, found{item.Link, plainText(item.Title), parseDate(published), "feed"})
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
