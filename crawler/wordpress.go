package crawler

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"pakta"
)

// postsPerPage is the most that WordPress gives at once.
const postsPerPage = 100

// wordpress reads the REST interface of WordPress, newest post first: what is
// new since it was last read, then on from where the last walk into the past
// ended. A range of dates is read from end to end.
func (d *discovery) wordpress(ctx context.Context, l pakta.Listing) error {
	y := d.begin(l)
	if !d.span.until.IsZero() {
		_, err := d.posts(ctx, y, d.span, false)
		return err
	}
	newest := d.span
	whole, err := d.posts(ctx, y, newest, true)
	if err != nil || l.Reached.IsZero() || l.Whole {
		y.reach(whole, d.span.since)
		return err
	}
	past := span{d.span.since, l.Reached.Add(time.Second)}
	if past.before(l.Reached) {
		return nil // the past that is asked for has been read
	}
	whole, err = d.posts(ctx, y, past, false)
	y.reach(whole, d.span.since)
	return err
}

// reach notes how far back posts were read. A walk that was cut short goes on
// from there in the next run.
func (y *yield) reach(whole bool, since time.Time) {
	if !y.oldest.IsZero() && (y.Reached.IsZero() || y.oldest.Before(y.Reached)) {
		y.Reached = y.oldest.UTC()
	}
	if whole && since.IsZero() {
		y.Whole = true
	}
}

// posts walks the pages of one span. It tells whether it came to the end of
// it. With stop it ends where the last reading began.
func (d *discovery) posts(ctx context.Context, y *yield, s span, stop bool) (whole bool, err error) {
	for n := 1; n <= d.reach.api; n++ {
		all, err := d.postPage(ctx, y.URL, s, n)
		if err != nil {
			y.partial = true
			return false, err
		}
		_, added, err := d.offer(ctx, y, all)
		if err != nil {
			return false, err
		}
		if len(all) < postsPerPage {
			return true, nil
		}
		if stop && d.settled(y.Listing, added, all) {
			return false, nil
		}
	}
	return false, nil
}

// postPage reads one page of the REST interface. WordPress answers a page past
// the last with status 400.
func (d *discovery) postPage(ctx context.Context, api string, s span, n int) ([]found, error) {
	address, err := postsAddress(api, s, n)
	if err != nil {
		return nil, err
	}
	page, err := d.get(ctx, address)
	if err != nil {
		return nil, err
	}
	if page.Status == http.StatusBadRequest && n > 1 {
		return nil, nil
	}
	if page.Status != http.StatusOK {
		return nil, &statusError{page.Status}
	}
	var posts []struct {
		Link    string `json:"link"`
		DateGMT string `json:"date_gmt"`
		Title   struct {
			Rendered string `json:"rendered"`
		} `json:"title"`
	}
	if err := boundJSON(page.Body); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(page.Body, &posts); err != nil {
		return nil, fmt.Errorf("posts of the WordPress interface: %w", err)
	}
	all := make([]found, 0, len(posts))
	for _, p := range posts {
		published, _ := pakta.ParseTime(p.DateGMT + "Z") // unknown when it does not parse
		all = append(all, found{url: p.Link, title: plainText(p.Title.Rendered), published: published, how: kindWordPress})
	}
	return all, nil
}

// postsAddress is the address of page n of the posts. The interface lies below
// a path, or, on sites without rewriting, in the query: /?rest_route=/.
func postsAddress(api string, s span, n int) (string, error) {
	u, err := url.Parse(api)
	if err != nil {
		return "", err
	}
	q := u.Query()
	if route := q.Get("rest_route"); route != "" {
		q.Set("rest_route", strings.TrimSuffix(route, "/")+"/wp/v2/posts")
	} else {
		u = u.JoinPath("wp", "v2", "posts")
	}
	q.Set("per_page", fmt.Sprint(postsPerPage))
	q.Set("page", fmt.Sprint(n))
	q.Set("_fields", "link,date_gmt,title")
	q.Set("orderby", "date")
	q.Set("order", "desc")
	if !s.since.IsZero() {
		q.Set("after", s.since.Add(-time.Second).UTC().Format(time.RFC3339)) // after is exclusive
	}
	if !s.until.IsZero() {
		q.Set("before", s.until.UTC().Format(time.RFC3339))
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// api is the address of the REST interface: what the page names, or the usual
// one.
func (l *listPage) api(base string) string {
	if l.rest != "" {
		return l.rest
	}
	return base + "/wp-json/"
}
