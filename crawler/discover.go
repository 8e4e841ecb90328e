package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"pakta"
)

// found is an article address as a listing gives it.
type found struct {
	url       string
	title     string
	published pakta.Time
	how       string // wordpress, feed, sitemap, list
}

// discovery looks for the articles of one source in one run.
type discovery struct {
	f      *fetcher
	source Source
	// take is given what each listing page brings and tells how many of the
	// addresses were not known before.
	take  func(ctx context.Context, all []found) (added int, err error)
	seen  map[string]bool // in this run
	count *pakta.SourceRun
	home  *listPage
}

// errStop ends a discovery that has found enough.
var errStop = errors.New("enough addresses")

// run tries what sites offer, best first. WordPress and sitemaps list
// everything; feeds only the newest; list pages are read when nothing else
// lists the site. It returns how articles were found.
func (d *discovery) run(ctx context.Context) (method string, err error) {
	page, err := d.get(ctx, d.source.URL)
	if err != nil {
		return "", err
	}
	if page.Status >= 400 {
		return "", fmt.Errorf("the site answers with status %d", page.Status)
	}
	d.home = readList(page)
	base := origin(page.Final)
	wordpress, err := d.wordpress(ctx, base)
	if err != nil {
		return "", err
	}
	sitemaps := 0
	if wordpress == 0 {
		if sitemaps, err = d.sitemaps(ctx, base); err != nil {
			return "", err
		}
	}
	feeds, err := d.feeds(ctx, base)
	if err != nil {
		return "", err
	}
	lists := 0
	if wordpress == 0 && sitemaps == 0 {
		if lists, err = d.lists(ctx, page); err != nil {
			return "", err
		}
	}
	switch {
	case wordpress > 0:
		return "wordpress", nil
	case sitemaps > 0:
		return "sitemap", nil
	case lists > feeds:
		return "list", nil
	case feeds > 0:
		return "feed", nil
	}
	return "", errors.New("no articles were found: the site has no feed, no sitemap, and no list of links to articles")
}

// get asks for a page of the listing kind and counts it.
func (d *discovery) get(ctx context.Context, address string) (*pakta.Page, error) {
	page, err := d.f.get(ctx, address, conditions{})
	d.count.Requests++
	if page != nil {
		d.count.Bytes += int64(len(page.Body))
	}
	return page, err
}

// passable reports whether discovery may go on without what failed: anything
// but the end of the run.
func passable(ctx context.Context, err error) bool {
	return err == nil || ctx.Err() == nil && !errors.Is(err, errStop)
}

// offer hands addresses on that are of the site, new to this run and no
// obvious list pages. It returns how many there were, and how many of them the
// store did not know.
func (d *discovery) offer(ctx context.Context, all []found) (n, added int, err error) {
	var fresh []found
	for _, f := range all {
		c, err := Canonical(f.url)
		if err != nil || !sameSite(c, d.source.URL) {
			continue
		}
		f.url = articleAddress(c)
		id := ArticleID(f.url)
		if d.seen[id] {
			n++
			continue
		}
		if len(d.seen) >= maxFound {
			return n, added, errStop
		}
		d.seen[id] = true
		fresh = append(fresh, f)
		n++
	}
	if len(fresh) > 0 {
		added, err = d.take(ctx, fresh)
	}
	return n, added, err
}

func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Scheme + "://" + u.Host
}

// wordpress reads the REST interface of WordPress, newest post first, until a
// page has nothing new. It returns how many posts it saw.
func (d *discovery) wordpress(ctx context.Context, base string) (n int, err error) {
	api := d.home.api
	if api == "" {
		api = base + "/wp-json/"
	}
	for page := 1; page <= maxAPIPages; page++ {
		posts, err := d.posts(ctx, api, page)
		if err != nil {
			if !passable(ctx, err) {
				return n, err
			}
			return n, nil // no WordPress, or its interface is closed
		}
		seen, added, err := d.offer(ctx, posts)
		n += seen
		if err != nil || added == 0 || len(posts) < postsPerPage {
			return n, err
		}
	}
	return n, nil
}

// postsPerPage is the most that WordPress gives at once.
const postsPerPage = 100

// posts reads one page of the REST interface.
func (d *discovery) posts(ctx context.Context, api string, n int) ([]found, error) {
	q := url.Values{
		"per_page": {fmt.Sprint(postsPerPage)}, "page": {fmt.Sprint(n)}, "_fields": {"link,date_gmt,title"},
		"orderby": {"date"}, "order": {"desc"},
	}
	if !d.source.since.IsZero() {
		q.Set("after", d.source.since.UTC().Format(time.RFC3339))
	}
	page, err := d.get(ctx, strings.TrimSuffix(api, "/")+"/wp/v2/posts?"+q.Encode())
	if err != nil {
		return nil, err
	}
	var posts []struct {
		Link    string `json:"link"`
		DateGMT string `json:"date_gmt"`
		Title   struct {
			Rendered string `json:"rendered"`
		} `json:"title"`
	}
	if page.Status != http.StatusOK {
		return nil, fmt.Errorf("status %d", page.Status)
	}
	if err := json.Unmarshal(page.Body, &posts); err != nil {
		return nil, err
	}
	var all []found
	for _, p := range posts {
		published, _ := pakta.ParseTime(p.DateGMT + "Z") // unknown when it does not parse
		all = append(all, found{p.Link, plainText(p.Title.Rendered), published, "wordpress"})
	}
	return all, nil
}
