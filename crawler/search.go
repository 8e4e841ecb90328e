package crawler

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"pakta"
)

// searchWords are what a site's own search is asked for: the names that
// newsrooms give to agreements between governments.
var searchWords = []string{"kerja sama daerah", "kesepakatan bersama", "perjanjian kerja sama", "nota kesepahaman", "MoU"}

// searchKeys are the names of the field of words in a search form.
var searchKeys = []string{"s", "q", "keyword", "keywords", "cari", "search", "query", "kata", "kata_kunci"}

// searchPaths are where sites search when no page of theirs has a form.
var searchPaths = []string{"/?s=", "/search?q=", "/?q="}

// searchForms lists the searches of a page, as addresses that end where the
// words belong.
func searchForms(doc *goquery.Document, absolute func(string) string) (all []string) {
	doc.Find("form").EachWithBreak(func(_ int, form *goquery.Selection) bool {
		u, err := url.Parse(absolute(form.AttrOr("action", "")))
		if err != nil || strings.EqualFold(form.AttrOr("method", "get"), "post") {
			return true
		}
		word, q := "", url.Values{}
		form.Find("input[name]").Each(func(_ int, in *goquery.Selection) {
			name := in.AttrOr("name", "")
			switch typ := strings.ToLower(in.AttrOr("type", "text")); {
			case typ == "hidden":
				q.Set(name, in.AttrOr("value", ""))
			case word == "" && slices.Contains(searchKeys, strings.ToLower(name)):
				word = name
			}
		})
		if word != "" {
			u.RawQuery, u.Fragment = strings.TrimPrefix(q.Encode()+"&"+url.QueryEscape(word)+"=", "&"), ""
			if a := u.String(); len(a) < maxURL && !slices.Contains(all, a) {
				all = append(all, a)
			}
		}
		return len(all) < len(searchPaths)
	})
	return all
}

// searches are the searches of a site: those its page has, else the usual.
func (l *listPage) searches(base string) (all []string) {
	if len(l.forms) > 0 {
		return l.forms
	}
	for _, p := range searchPaths {
		all = append(all, base+p)
	}
	return all
}

// search asks the first search that answers for all words. Only what the front
// page does not list counts: many sites show that for any query. Weak case:
// a search that gives articles at random.
func (d *discovery) search(ctx context.Context, addresses []string, l pakta.Listing) error {
	for _, address := range addresses {
		if !sameSite(address, d.source.URL) {
			continue
		}
		if l.Kind, l.URL = kindSearch, address; len(addresses) > 1 {
			l = pakta.Listing{Kind: kindSearch, URL: address}
		}
		y := d.begin(l)
		if err := d.results(ctx, y); !passable(ctx, err) {
			return err
		}
		if y.seen > 0 {
			return nil
		}
	}
	return nil
}

// results reads the pages of results for all words.
func (d *discovery) results(ctx context.Context, y *yield) error {
	asked := 0
	for _, words := range searchWords {
		queue, done := []string{y.URL + url.QueryEscape(words)}, map[string]bool{}
		for i := 0; i < len(queue) && asked < d.reach.searches; i++ {
			if done[queue[i]] {
				continue
			}
			done[queue[i]] = true
			asked++
			page, err := d.get(ctx, queue[i])
			if err != nil {
				return err
			}
			if page.Status != 200 {
				break
			}
			l := d.readList(page)
			for j := range l.articles {
				l.articles[j].how = kindSearch
			}
			l.articles = slices.DeleteFunc(l.articles, func(f found) bool { return d.home.shows(f.url) })
			dull, err := d.listPage(ctx, y, l)
			if err != nil {
				return err
			}
			if dull == 0 {
				queue = append(queue, l.resultPages(page.Final, words)...)
			}
		}
		if asked == 1 && y.seen == 0 {
			return nil // no search there
		}
	}
	return nil
}

// resultPages are the further pages of results: links that carry the words.
func (l *listPage) resultPages(final, words string) (all []string) {
	for _, a := range l.lists {
		u, err := url.Parse(a)
		if err != nil || len(a) > maxURL || !sameSite(a, final) {
			continue
		}
		for _, v := range u.Query() {
			if strings.EqualFold(v[0], words) {
				all = append(all, a)
				break
			}
		}
	}
	return all
}

// shows reports whether the page, which may be nil, links to an article.
func (l *listPage) shows(address string) bool {
	return l != nil && slices.ContainsFunc(l.articles, func(f found) bool { return f.url == address })
}
