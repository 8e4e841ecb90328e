package crawler

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
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

// Reader reads articles out of pages. Its zero value knows the sites of the
// bundled table.
type Reader struct {
	// Sites are tables of sites that come before the bundled one.
	Sites []SiteRule
}

// Reading tells how an article was read: which part of the page gave its
// text, and how its publication time was chosen.
type Reading struct {
	// Text is "site", "structured" or "generic".
	Text  string
	Times Times
}

// ReadArticle reads the article out of a page with the bundled table of
// sites; see [Reader.Read].
func ReadArticle(page *pakta.Page) (*pakta.Article, error) {
	art, _, err := (&Reader{}).Read(page)
	return art, err
}

// Read reads the article out of a page: by the site's rule where there is
// one, then structured data (JSON-LD, the state of programs, OpenGraph, posts
// of the WordPress interface, entries of feeds), then what the page looks like. Text comes in
// paragraphs with a blank line between, list items and rows of tables too;
// captions, related articles, share buttons and comments are left out. It is
// pure. The error wraps [ErrNotArticle] when there is none.
func (r *Reader) Read(page *pakta.Page) (*pakta.Article, *Reading, error) {
	if kind := binaryKind(page.Body); kind != "" {
		art := newArticle(page, "")
		return art, &Reading{}, fmt.Errorf("%w: %s", ErrNotArticle, kind)
	}
	body := toUTF8(page)
	if looksLikeJSON(body) {
		if post, link, ok := wordpressPost(body); ok {
			return readPost(page, &post, link)
		}
	}
	if entry, ok := readEntry(body); ok {
		return readPost(page, &entry, "")
	}
	root := parse(body)
	var rule structured
	var container *html.Node
	if site := siteFor([][]SiteRule{r.Sites, bundledSites()}, page); site != nil {
		rule, container = site.apply(root)
	}
	d := newDocument(root)
	data := d.readStructured()
	art := newArticle(page, firstOf(d.canonical, d.meta("og:url")))
	art.Title = d.titleText(firstOf(rule.headline, data.headline))
	art.Author = d.authorText(firstOf(rule.author, data.author))
	art.Section = clean(firstOf(data.section, d.meta("article:section", "articlesection")))
	reading := &Reading{Times: d.publishedTimes(data, page)}
	if reading.Times.Published.IsZero() {
		reading.Times.Published = firstTime(rule.published)
	}
	art.Published, art.Modified = reading.Times.Published, reading.Times.Modified
	art.Text, reading.Text = d.articleText(container, &data, art.Title)
	if strings.Contains(art.Text, "</p>") || strings.Contains(art.Text, "<br") { // shown to readers as it is
		art.Text = joinText(bodyLines(art.Text))
	}
	art.Title, art.Text = escapedTwice(art.Title), escapedTwice(art.Text)
	return art, reading, judge(art, d.title)
}

// escapedTwice undoes the entities of a text that was escaped once more than it
// is shown: no newsroom writes "&quot;".
func escapedTwice(s string) string {
	if strings.Contains(s, "&") && twice.MatchString(s) {
		return joinText(paragraphs(html.UnescapeString(s)))
	}
	return s
}

var twice = regexp.MustCompile(`&(?:quot|amp|nbsp|[lr][ds]quo|[mn]dash|hellip|#0?39|#8[0-9]{3});`)

// articleText takes the text of the site's rule, else what is written on the
// page, unless the data has clearly more of it: some pages show only the
// beginning, or nothing before their program runs.
func (d *document) articleText(container *html.Node, data *structured, title string) (text, how string) {
	if container != nil {
		if text = joinText(d.linesIn(container, title)); len(text) >= minText {
			return text, "site"
		}
	}
	text = joinText(d.bodyText(title))
	alt := joinText(data.body)
	if len(alt) > minText && (4*len(alt) > 5*len(text) || !sharesText(text, alt) && len(data.body) > 2) {
		return alt, "structured"
	}
	return text, "generic"
}

// sharesText reports whether the first long paragraph of b is in a.
func sharesText(a, b string) bool {
	for p := range strings.SplitSeq(b, "\n\n") {
		if len(p) >= minProse {
			return strings.Contains(a, p[:minProse])
		}
	}
	return true
}

// binaryKinds are the first bytes of files that servers send as pages.
var binaryKinds = []struct{ magic, kind string }{
	{"%PDF", "a PDF"}, {"\x89PNG", "an image"}, {"\xff\xd8\xff", "an image"}, {"GIF8", "an image"}, {"RIFF", "an image"}, {"PK\x03\x04", "an archive"}, {"\xd0\xcf\x11\xe0", "an old office file"}, {"\x1f\x8b", "compressed data"},
}

// binaryKind is what a body is that is no text; "" when it may be some.
func binaryKind(body []byte) string {
	for _, b := range binaryKinds {
		if bytes.HasPrefix(body, []byte(b.magic)) {
			return b.kind
		}
	}
	return ""
}

// looksLikeJSON reports whether a body begins as JSON does.
func looksLikeJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n\ufeff")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}

// readPost makes an article of a post of the WordPress interface, or of an
// entry of a feed.
func readPost(page *pakta.Page, post *structured, link string) (*pakta.Article, *Reading, error) {
	art := newArticle(page, link)
	art.Title, art.Author = clean(post.headline), clean(post.author)
	art.Published, art.Modified = inWIB(firstTime(post.published)), inWIB(firstTime(post.modified))
	art.Text = joinText(post.body)
	reading := &Reading{Text: "structured", Times: Times{Published: art.Published, Modified: art.Modified, Given: []string{"post: " + post.published}}}
	return art, reading, judge(art, "")
}

// inWIB shows a time in UTC in the zone that readers live in.
func inWIB(t pakta.Time) pakta.Time {
	if t.IsZero() {
		return t
	}
	return pakta.Time{Time: t.In(pakta.WIB)}
}

// newArticle has what is known of an article without reading it.
func newArticle(page *pakta.Page, canonical string) *pakta.Article {
	art := &pakta.Article{URL: canonicalOf(canonical, page)}
	if art.URL != "" {
		art.ID, art.Site = ArticleID(art.URL), siteHost(hostOf(art.URL))
	}
	if !page.Fetched.IsZero() {
		art.Fetched = pakta.Time{Time: page.Fetched}
	}
	return art
}

// judge says why what was read is no article.
func judge(art *pakta.Article, window string) error {
	low := strings.ToLower(art.Title + " " + window)
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
	if utf8.Valid(body) {
		if bytes.IndexByte(body, 0) >= 0 {
			body = bytes.ReplaceAll(body, []byte{0}, nil) // HTML makes a mark of it
		}
		return undouble(body)
	}
	if len(body) > 3 && (body[0] == 0xfe && body[1] == 0xff || body[0] == 0xff && body[1] == 0xfe) {
		// UTF-16: below
	} else if plain := bytes.ToValidUTF8(body, nil); len(body)-len(plain) < 1+len(body)/1000 {
		return undouble(bytes.ReplaceAll(plain, []byte{0}, nil))
	}
	out, err := encodingOf(body, page.Header.Get("Content-Type")).NewDecoder().Bytes(body)
	if err != nil {
		out = body
	}
	return bytes.ToValidUTF8(bytes.ReplaceAll(out, []byte{0}, nil), []byte("\ufffd"))
}

// canonicalOf is the article's address: what the page calls canonical when
// that is on the same site, else where it was found.
func canonicalOf(href string, page *pakta.Page) string {
	at := firstOf(page.Final, page.URL)
	base, err := url.Parse(at)
	if err != nil || at == "" {
		return at
	}
	u, err := base.Parse(strings.TrimSpace(href))
	if err == nil && href != "" && (u.Path != "/" || base.Path == "/") && sameSite(u.String(), at) {
		if c, err := Canonical(u.String()); err == nil {
			return articleAddress(c)
		}
	}
	if c, err := Canonical(at); err == nil {
		return articleAddress(c)
	}
	return at
}

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
	if isClean(s) {
		return s
	}
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

// isClean reports whether a text is ASCII and in one line already, as most are
// in most pages.
func isClean(s string) bool {
	space := true // before the text
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == ' ' && space {
			return false
		}
		space = s[i] == ' '
	}
	return !space || s == ""
}

// plainText is the text of a piece of HTML, as titles in feeds are.
func plainText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return clean(s)
	}
	return innerText(parse([]byte(s)))
}
