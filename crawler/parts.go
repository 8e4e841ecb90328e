package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"pakta"
)

// ReadWhole reads an article of one or more pages: with the page that shows
// all of it where the first one links such, else page by page. It asks part for
// the further ones and returns those that it used; what part does not have is
// left out, and the error is part's last. The article is never nil then.
func (r *Reader) ReadWhole(page *pakta.Page, part func(address string) (*pakta.Page, error)) (*pakta.Article, []*pakta.Page, error) {
	art, err := r.safely(page)
	art, parts, err := r.fromEntry(page, art, err, part)
	if err != nil {
		return nil, nil, err
	}
	more, err := r.joinParts(page, art, part)
	return art, append(parts, more...), err
}

// Reread reads an article that is kept again, from its kept pages. What only
// the crawl knew stays as it was: id, address, source and home, when it was
// fetched, and the publication time where the page has none that can be true.
// The error wraps [ErrNotArticle] when the page gives no article any more.
func (r *Reader) Reread(old *pakta.Article, page *pakta.Page, part func(address string) (*pakta.Page, error)) (*pakta.Article, error) {
	art, _, err := r.ReadWhole(page, part)
	if art == nil {
		return nil, err
	}
	art.ID, art.URL, art.Site, art.Source, art.Region, art.Fetched = old.ID, old.URL, old.Site, old.Source, old.Region, old.Fetched
	art.Published, art.Modified = believable(art.Published, old.Fetched.Time), believable(art.Modified, old.Fetched.Time)
	if art.Published.IsZero() {
		art.Published = old.Published
	}
	return art, nil
}

// PartOf gives the address of the first page of the article that an address is
// a further page of; ok is false for any other address.
func PartOf(address string) (first string, ok bool) {
	c, err := Canonical(address)
	if err != nil {
		return "", false
	}
	first = articleAddress(c)
	return first, first != c
}

// joinParts adds the text of the further pages to the first one's article.
func (r *Reader) joinParts(page *pakta.Page, art *pakta.Article, part func(string) (*pakta.Page, error)) (used []*pakta.Page, err error) {
	whole, next := partsOf(page)
	if whole != "" {
		p, more, err := r.readPart(whole, part)
		if err == nil && len(more.Text) >= len(art.Text) {
			art.Text = more.Text
			return []*pakta.Page{p}, nil
		}
	}
	for n := 0; n < len(next) && n < maxParts; n++ {
		p, more, err := r.readPart(next[n], part)
		if err != nil {
			return used, err
		}
		art.Text = appendNew(art.Text, more.Text)
		used = append(used, p)
	}
	return used, nil
}

func (r *Reader) readPart(address string, part func(string) (*pakta.Page, error)) (*pakta.Page, *pakta.Article, error) {
	p, err := part(address)
	if err != nil {
		return nil, nil, err
	}
	more, err := r.safely(p)
	if errors.Is(err, ErrNotArticle) && more != nil && more.Text != "" {
		return p, more, nil // a last page may be shorter than any article
	}
	return p, more, err
}

// part asks for further pages of an article.
func (v *visitor) part(ctx context.Context) func(string) (*pakta.Page, error) {
	return func(address string) (*pakta.Page, error) {
		page, err := v.f.get(ctx, address, conditions{})
		if err == nil && temporary(page.Status) {
			err = fmt.Errorf("status %d", page.Status)
		}
		return page, err
	}
}

// appendNew adds the paragraphs of a part that the text does not have yet.
func appendNew(text, more string) string {
	for p := range strings.SplitSeq(more, "\n\n") {
		if !strings.Contains(text, p) {
			text += "\n\n" + p
		}
	}
	return text
}

// partKeys and partClasses are in the pages that are cut into parts. Looking for
// them is cheaper than reading the links.
var (
	partKeys    = [][]byte{[]byte("page="), []byte("halaman="), []byte("single="), []byte("showall=")}
	partClasses = [][]byte{[]byte("post-page-numbers"), []byte("page-links")}
)

// mayHaveParts reports whether a page may be cut into parts: it has a key in a
// query, or a class.
func mayHaveParts(body []byte) bool {
	has := func(mark []byte) bool { return bytes.Contains(body, mark) }
	return bytes.IndexByte(body, '?') >= 0 && slices.ContainsFunc(partKeys, has) || has([]byte("page-")) && slices.ContainsFunc(partClasses, has)
}

// partsOf finds the further pages of the article on a page: links to the same
// path with page=all or single=1, with page=2, page=3 ..., or with a number
// at its end as WordPress has it.
func partsOf(page *pakta.Page) (whole string, next []string) {
	if !mayHaveParts(page.Body) {
		return "", nil
	}
	base, err := url.Parse(page.Final)
	if err != nil {
		return "", nil
	}
	p := parts{base: base, last: 1}
	goquery.NewDocumentFromNode(parse(toUTF8(page))).Find("a[href], link[rel=next]").Each(func(_ int, s *goquery.Selection) {
		u, err := base.Parse(strings.TrimSpace(s.AttrOr("href", "")))
		if err != nil || u.Host != base.Host {
			return
		}
		if strings.TrimSuffix(u.Path, "/") == strings.TrimSuffix(base.Path, "/") {
			p.query(u)
		} else if s.Is(".post-page-numbers, .page-links a") {
			p.path(u)
		}
	})
	return p.whole, p.next()
}

// parts is what the links of a page say of its article's further pages.
type parts struct {
	base  *url.URL
	whole string
	last  int
	key   string // of the query; "" when the number is the end of the path
}

// query reads a link to the same path.
func (p *parts) query(u *url.URL) {
	for k, v := range u.Query() {
		if !paging[strings.ToLower(k)] {
			continue
		}
		if v[0] == "all" || v[0] == "semua" || (k == "single" || k == "showall") && v[0] == "1" {
			p.whole = u.String()
		} else if n, err := strconv.Atoi(v[0]); err == nil && n > p.last && n <= maxParts {
			p.last, p.key = n, k
		}
	}
}

// path reads a link to a numbered path below the page's.
func (p *parts) path(u *url.URL) {
	rest, ok := strings.CutPrefix(strings.TrimSuffix(u.Path, "/"), strings.TrimSuffix(p.base.Path, "/")+"/")
	if n, err := strconv.Atoi(rest); ok && err == nil && n > p.last && n <= maxParts && p.key == "" {
		p.last = n
	}
}

// next are the addresses of the pages from the second on.
func (p *parts) next() []string {
	var all []string
	for n := 2; n <= p.last; n++ {
		u := *p.base
		if p.key == "" {
			u.Path = strings.TrimSuffix(u.Path, "/") + "/" + strconv.Itoa(n) + "/"
		} else {
			q := u.Query()
			q.Set(p.key, strconv.Itoa(n))
			u.RawQuery = q.Encode()
		}
		all = append(all, u.String())
	}
	return all
}
