package crawler

import (
	"bytes"
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"pakta"
)

// ReadWhole reads an article of one or more pages: with the page that shows
// all of it where the first one links such, else page by page. It asks part for
// the further ones and returns those that it used; what part does not have is
// left out, and the error is part's last. The article is never nil then.
func ReadWhole(page *pakta.Page, part func(address string) (*pakta.Page, error)) (*pakta.Article, []*pakta.Page, error) {
	art, err := ReadArticle(page)
	if err != nil {
		return nil, nil, err
	}
	parts, err := joinParts(page, art, part)
	return art, parts, err
}

// joinParts adds the text of the further pages to the first one's article.
func joinParts(page *pakta.Page, art *pakta.Article, part func(string) (*pakta.Page, error)) (used []*pakta.Page, err error) {
	whole, next := partsOf(page)
	if whole != "" {
		p, more, err := readPart(whole, part)
		if err == nil && len(more.Text) >= len(art.Text) {
			art.Text = more.Text
			return []*pakta.Page{p}, nil
		}
	}
	for n := 0; n < len(next) && n < maxParts; n++ {
		p, more, err := readPart(next[n], part)
		if err != nil {
			return used, err
		}
		art.Text = appendNew(art.Text, more.Text)
		used = append(used, p)
	}
	return used, nil
}

func readPart(address string, part func(string) (*pakta.Page, error)) (*pakta.Page, *pakta.Article, error) {
	p, err := part(address)
	if err != nil {
		return nil, nil, err
	}
	more, err := safely(p)
	return p, more, err
}

// join asks for the further pages of an article.
func (v *visitor) join(ctx context.Context, page *pakta.Page, art *pakta.Article) ([]*pakta.Page, error) {
	return joinParts(page, art, func(address string) (*pakta.Page, error) { return v.f.get(ctx, address, conditions{}) })
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

// partsOf finds the further pages of the article on a page: links to the same
// path with page=all or single=1, or with page=2, page=3 ...
func partsOf(page *pakta.Page) (whole string, next []string) {
	if !bytes.Contains(page.Body, []byte("page=")) && !bytes.Contains(page.Body, []byte("halaman=")) && !bytes.Contains(page.Body, []byte("single=")) {
		return "", nil
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(toUTF8(page)))
	base, berr := url.Parse(page.Final)
	if err != nil || berr != nil {
		return "", nil
	}
	last := 1
	key := ""
	doc.Find("a[href], link[rel=next]").Each(func(_ int, s *goquery.Selection) {
		u, err := base.Parse(strings.TrimSpace(s.AttrOr("href", "")))
		if err != nil || u.Host != base.Host || strings.TrimSuffix(u.Path, "/") != strings.TrimSuffix(base.Path, "/") {
			return
		}
		for k, v := range u.Query() {
			if !paging[strings.ToLower(k)] {
				continue
			}
			if v[0] == "all" || v[0] == "semua" || (k == "single" || k == "showall") && v[0] == "1" {
				whole = u.String()
			} else if n, err := strconv.Atoi(v[0]); err == nil && n > last && n <= maxParts {
				last, key = n, k
			}
		}
	})
	for n := 2; n <= last; n++ {
		u := *base
		q := u.Query()
		q.Set(key, strconv.Itoa(n))
		u.RawQuery = q.Encode()
		next = append(next, u.String())
	}
	return whole, next
}
