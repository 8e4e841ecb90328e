package crawler

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"

	"pakta"
)

// entryID is in the head of every page of Blogspot: the feed of its comments,
// which has the id of the post.
var entryID = regexp.MustCompile(`<link[^<>]{0,300}/feeds/(\d{6,25})/comments/default`)

// entryOf is the address of the feed's entry for the post on a page; "" when
// it names none. Dynamic views of Blogspot have nothing but a program on their
// pages, and the post in their feed.
func entryOf(page *pakta.Page) string {
	m := entryID.FindSubmatch(page.Body[:min(len(page.Body), wallHead)])
	if m == nil {
		return ""
	}
	return origin(firstOf(page.Final, page.URL)) + "/feeds/posts/default/" + string(m[1])
}

// fromEntry reads the article of a page that shows none from the entry of the
// feed, which part has. The address stays the page's. The error is that of the
// page, of the entry, or part's.
func (r *Reader) fromEntry(page *pakta.Page, art *pakta.Article, err error, part func(string) (*pakta.Page, error)) (*pakta.Article, []*pakta.Page, error) {
	if !errors.Is(err, ErrNotArticle) || errors.Is(err, errGone) || art == nil {
		return art, nil, err
	}
	address := entryOf(page)
	if address == "" {
		return art, nil, err
	}
	p, perr := part(address)
	if perr != nil {
		return art, nil, fmt.Errorf("entry of the feed: %w", perr)
	}
	more, err := r.safely(p)
	if err != nil {
		return art, nil, err
	}
	more.ID, more.URL, more.Site, more.Fetched = art.ID, art.URL, art.Site, art.Fetched
	return more, []*pakta.Page{p}, nil
}

// atomEntry is an entry of Atom, as far as it tells of an article.
type atomEntry struct {
	XMLName   xml.Name `xml:"http://www.w3.org/2005/Atom entry"`
	Title     string   `xml:"title"`
	Content   string   `xml:"content"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Author    string   `xml:"author>name"`
}

// readEntry reads a body that is one entry of Atom; ok is false for any other.
func readEntry(body []byte) (s structured, ok bool) {
	head := body[:min(len(body), 1000)]
	if !bytes.HasPrefix(bytes.TrimSpace(head), []byte("<?xml")) || !bytes.Contains(head, []byte("<entry")) || bytes.Contains(head, []byte("<feed")) {
		return structured{}, false
	}
	body, err := boundFeed(cleanFeed(body))
	var e atomEntry
	if err != nil || xml.Unmarshal(body, &e) != nil {
		return structured{}, false
	}
	return structured{headline: plainText(e.Title), author: e.Author, published: e.Published, modified: e.Updated, body: bodyLines(e.Content)}, true
}
