package crawler

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/unicode/norm"

	"pakta"
)

// ErrNotArticle: the page is no article; the text after it says what it is.
var ErrNotArticle = errors.New("not an article")

// errGone: the page says that the article is no more, though its status is 200.
var errGone = fmt.Errorf("%w: the page says that it does not exist", ErrNotArticle)

const (
	// minText is the least an article has, in bytes: two short sentences.
	minText = 120
	// maxText is the most that is read of one; books are no news.
	maxText = 400 << 10
)

// ReadArticle reads the article out of a page: structured data first (JSON-LD,
// OpenGraph), then the marks of common systems, then the block with the most
// prose. Text comes in paragraphs with a blank line between, list items on
// lines of their own; captions, related articles, share buttons and comments
// are left out. It is pure. The error wraps [ErrNotArticle] when there is
// none.
func ReadArticle(page *pakta.Page) (*pakta.Article, error) {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(toUTF8(page)))
	if err != nil {
		// Nested too deeply for the parser; nobody writes such pages by hand.
		return nil, fmt.Errorf("%w: %w", ErrNotArticle, err)
	}
	ld := readStructured(doc)
	art := &pakta.Article{
		Title:   clean(firstOf(ld.headline, meta(doc, "og:title"), meta(doc, "twitter:title"))),
		Author:  clean(firstOf(ld.author, meta(doc, "author"), meta(doc, "article:author"))),
		Section: clean(firstOf(ld.section, meta(doc, "article:section"))),
	}
	art.URL = canonicalOf(doc, page)
	if art.URL != "" {
		art.ID, art.Site = ArticleID(art.URL), siteHost(hostOf(art.URL))
	}
	if h := heading(doc, art.Title); h != "" {
		art.Title = h
	}
	art.Published = published(doc, ld, page)
	art.Modified = firstTime(ld.modified, meta(doc, "article:modified_time"))
	if !page.Fetched.IsZero() {
		art.Fetched = pakta.Time{Time: page.Fetched}
	}
	body := bodyText(doc, art.Title)
	if alt := strings.Join(paragraphs(ld.body), "\n\n"); len(alt) > len(body)*5/4 && len(alt) > minText {
		body = alt
	}
	art.Text = body
	return art, judge(art, doc)
}

// judge says why what was read is no article.
func judge(art *pakta.Article, doc *goquery.Document) error {
	low := strings.ToLower(art.Title + " " + clean(doc.Find("title").First().Text()))
	for _, gone := range []string{"404", "tidak ditemukan", "not found", "halaman tidak ada"} {
		if strings.Contains(low, gone) && len(art.Text) < 4*minText {
			return errGone
		}
	}
	for _, wall := range []string{"just a moment", "attention required", "captcha", "are you a robot", "access denied"} {
		if strings.Contains(low, wall) {
			return fmt.Errorf("%w: a wall against robots (%q)", ErrNotArticle, wall)
		}
	}
	switch {
	case art.Title == "":
		return fmt.Errorf("%w: no title", ErrNotArticle)
	case len(art.Text) < minText:
		return fmt.Errorf("%w: %d bytes of text", ErrNotArticle, len(art.Text))
	}
	return nil
}

// toUTF8 is the body as UTF-8, by the rules of the WHATWG: byte order mark,
// header, meta; valid UTF-8 is taken for it whatever the labels say.
func toUTF8(page *pakta.Page) []byte {
	body := page.Body
	if len(body) > 3 && (body[0] == 0xfe && body[1] == 0xff || body[0] == 0xff && body[1] == 0xfe) {
		// UTF-16: below
	} else if plain := bytes.ToValidUTF8(body, nil); len(body)-len(plain) < 1+len(body)/1000 {
		return plain
	}
	out, err := encodingOf(body, page.Header.Get("Content-Type")).NewDecoder().Bytes(body)
	if err != nil {
		out = body
	}
	return bytes.ToValidUTF8(out, []byte("\ufffd"))
}

// canonicalOf is the article's address: what the page calls canonical when
// that is on the same site, else where it was found.
func canonicalOf(doc *goquery.Document, page *pakta.Page) string {
	at := firstOf(page.Final, page.URL)
	base, err := url.Parse(at)
	if err != nil || at == "" {
		return at
	}
	for _, href := range []string{doc.Find(`link[rel="canonical"]`).First().AttrOr("href", ""), meta(doc, "og:url")} {
		u, err := base.Parse(strings.TrimSpace(href))
		if err != nil || href == "" || u.Path == "/" && base.Path != "/" || !sameSite(u.String(), at) {
			continue
		}
		if c, err := Canonical(u.String()); err == nil {
			return articleAddress(c)
		}
	}
	if c, err := Canonical(at); err == nil {
		return articleAddress(c)
	}
	return at
}

// meta is the content of a meta element by its property or name.
func meta(doc *goquery.Document, name string) string {
	for _, attr := range []string{"property", "name", "itemprop"} {
		if v := strings.TrimSpace(doc.Find(`meta[`+attr+`="`+name+`"]`).First().AttrOr("content", "")); v != "" {
			return v
		}
	}
	return ""
}

// heading is the page's own headline: of the h1 elements (or those of class
// title) the one that fits the structured title, else the only one.
func heading(doc *goquery.Document, title string) string {
	var all []string
	doc.Find("h1, .entry-title, .post-title, .judul, .title-detail, .contentheading, .itemTitle").Each(func(_ int, s *goquery.Selection) {
		if t := clean(s.Text()); len(t) >= 8 {
			all = append(all, t)
		}
	})
	for _, h := range all {
		if title != "" && (strings.HasPrefix(foldTitle(title), foldTitle(h)) || strings.HasPrefix(foldTitle(h), foldTitle(title))) {
			return h
		}
	}
	if title == "" && len(all) > 0 {
		return all[0]
	}
	if title == "" {
		t := clean(doc.Find("title").First().Text())
		for _, sep := range []string{" | ", " - ", " – ", " » "} {
			if i := strings.LastIndex(t, sep); i > 20 {
				return t[:i]
			}
		}
		for _, h := range doc.Find("h2, h3").Map(func(_ int, s *goquery.Selection) string { return clean(s.Text()) }) {
			if len(h) > 20 && strings.Contains(t, h) {
				return h
			}
		}
		return t
	}
	return ""
}

func foldTitle(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func firstOf(all ...string) string {
	for _, s := range all {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

func firstTime(all ...string) pakta.Time {
	for _, s := range all {
		if t := parseDate(s); !t.IsZero() {
			return t
		}
	}
	return pakta.Time{}
}

// clean makes one line of text as it is archived: NFC, single spaces, nothing
// invisible.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || r == '\u2028' || r == '\u2029' || r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < 0x20, r >= 0x7f && r < 0xa0, r == '\u00ad', r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e',
			r >= '\u2066' && r <= '\u2069', r == '\ufeff', r == '\u2060':
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}

// plainText is the text of a piece of HTML, as titles in feeds are.
func plainText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return clean(s)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(s))
	if err != nil {
		return clean(s)
	}
	return clean(doc.Text())
}
