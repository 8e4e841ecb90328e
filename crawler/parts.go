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

// join completes an article that is cut into pages: with the address that
// shows all of it where the page links one, else page by page. What cannot be
// had is left out; the error is that of the last request.
func (r *run) join(ctx context.Context, c *pakta.SourceRun, page *pakta.Page, art *pakta.Article) error {
	whole, next := partsOf(page)
	if whole != "" {
		more, err := r.part(ctx, c, whole)
		if err == nil && len(more.Text) >= len(art.Text) {
			art.Text = more.Text
			return nil
		}
	}
	var err error
	for n := 0; n < len(next) && n < maxParts; n++ {
		var more *pakta.Article
		if more, err = r.part(ctx, c, next[n]); err != nil {
			return err
		}
		art.Text = appendNew(art.Text, more.Text)
	}
	return err
}

// part asks for a further page of an article.
func (r *run) part(ctx context.Context, c *pakta.SourceRun, address string) (*pakta.Article, error) {
	page, err := r.f.get(ctx, address, conditions{})
	c.Requests++
	if err != nil {
		return nil, err
	}
	c.Bytes += int64(len(page.Body))
	return ReadArticle(page)
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
