package crawler

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"pakta"
)

// postsPerPage is the most that WordPress gives at once.
const postsPerPage = 100

// restPosts is the part of the interface that lists posts of all types.
const restPosts = "/wp/v2/"

// wordpressTypes reads the posts, then what the site lists under types of its
// own: governments keep their news in "berita", apart from posts.
func (d *discovery) wordpressTypes(ctx context.Context, api string, before []pakta.Listing) error {
	if err := d.wordpress(ctx, recall(before, kindWordPress, api)); err != nil {
		return err
	}
	for _, route := range d.postTypes(ctx, api) {
		if err := d.wordpress(ctx, recall(before, kindWordPress, route)); !passable(ctx, err) {
			return err
		}
	}
	return nil
}

// maxPostTypes bounds the types read of one site.
const maxPostTypes = 8

// ownTypes are the types that WordPress and its plugins come with and that
// hold no news: pages, pictures, menus, templates, products, events, forms.
var ownTypes = regexp.MustCompile(`^(post|page|attachment|revision|nav_menu|menu|wp_|custom_css|oembed|user_request|elementor|e-|e_|product|shop|tribe_|event|agenda|jet-|acf|slide|galer|galler|testimon|team|staff|pegawai|faq|popup|form|wpcf7|download|dokumen|document|ml-slider|envira|foogallery|portfolio|service|layanan|divi|et_|fl-|fusion|avada|astra|kadence|blocks|reusable|forum|topic|reply|video|foto|infografis|banner|iklan)`)

// postTypes are the routes of the types that a site made for itself. What
// cannot be read has none.
func (d *discovery) postTypes(ctx context.Context, api string) (routes []string) {
	u, err := url.Parse(api)
	if err != nil || strings.Contains(u.Path+u.Query().Get("rest_route"), restPosts) {
		return nil
	}
	at := func(name string) string {
		w := *u
		if q := u.Query(); q.Get("rest_route") != "" {
			q.Set("rest_route", strings.TrimSuffix(q.Get("rest_route"), "/")+restPosts+name)
			w.RawQuery = q.Encode()
			return w.String()
		}
		return w.JoinPath(restPosts, name).String()
	}
	page, err := d.get(ctx, at("types"))
	if err != nil || page.Status != http.StatusOK || boundJSON(page.Body) != nil {
		return nil
	}
	var types map[string]struct {
		Base      string `json:"rest_base"`
		Namespace string `json:"rest_namespace"`
		Tree      bool   `json:"hierarchical"`
	}
	if json.Unmarshal(page.Body, &types) != nil {
		return nil
	}
	for _, slug := range slices.Sorted(maps.Keys(types)) {
		t := types[slug]
		if t.Tree || ownTypes.MatchString(slug) || t.Namespace != "" && t.Namespace != "wp/v2" || !plainBase.MatchString(t.Base) || len(routes) == maxPostTypes {
			continue
		}
		routes = append(routes, at(t.Base))
	}
	return routes
}

// plainBase is a route that is nothing but a name.
var plainBase = regexp.MustCompile(`^[A-Za-z0-9_-]{1,60}$`)

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
	q := postQuery{span: s, size: postsPerPage}
	for q.page = 1; q.page <= d.reach.api; q.page++ {
		page, err := d.postPage(ctx, y.URL, q)
		for q.page == 1 && q.size > minPostsPerPage && tooMany(err) {
			q.size /= 5
			page, err = d.postPage(ctx, y.URL, q)
		}
		if err != nil {
			y.partial = true
			return false, err
		}
		if q.page == 1 && stop && y.Reached.IsZero() && page.pages > d.reach.api && d.reach.api > probeReach.api {
			if err := d.postSearch(ctx, y.URL, q); !passable(ctx, err) {
				return false, err
			}
		}
		fresh, added, err := d.offer(ctx, y, page.posts)
		if err != nil {
			return false, err
		}
		if page.last || q.page > 1 && fresh == 0 {
			return true, nil // the end, or a site that gives every page the same
		}
		if stop && d.settled(y.Listing, added, page.posts) {
			return false, nil
		}
	}
	return false, nil
}

// maxPostSearch is how many pages of posts are read for one of the words.
const maxPostSearch = 10

// postSearch asks for the posts about agreements first: a site with more posts
// than one run reads is read through in weeks.
func (d *discovery) postSearch(ctx context.Context, api string, q postQuery) error {
	aside := &yield{} // says nothing about how far back posts were read
	for _, q.words = range searchWords {
		for q.page = 1; q.page <= maxPostSearch; q.page++ {
			page, err := d.postPage(ctx, api, q)
			if err != nil {
				return err
			}
			if _, _, err := d.offer(ctx, aside, page.posts); err != nil {
				return err
			}
			if page.last {
				break
			}
		}
	}
	return nil
}

// postQuery is what is asked of the REST interface: page of so many posts of a
// span, with words in them when there are any.
type postQuery struct {
	span
	size, page int
	words      string
}

// minPostsPerPage is the least that is asked for at once.
const minPostsPerPage = 4

// tooMany reports whether posts may be had in smaller pages: plugins forbid a
// hundred at once, and small servers run out of memory over them.
func tooMany(err error) bool {
	var status *statusError
	return errors.As(err, &status) && (status.status == http.StatusBadRequest || status.status == http.StatusInternalServerError ||
		status.status == http.StatusBadGateway || status.status == http.StatusGatewayTimeout)
}

// postPage is one page of posts; last says that none comes after it. pages is
// how many there are, 0 when the site does not say.
type postPage struct {
	posts []found
	pages int
	last  bool
}

// postPage reads one page of the REST interface. WordPress answers a page past
// the last with status 400, and says how many there are in a header. Sites give
// fewer posts than were asked for, so a short page alone is no end.
func (d *discovery) postPage(ctx context.Context, api string, q postQuery) (postPage, error) {
	address, err := postsAddress(api, q)
	if err != nil {
		return postPage{}, err
	}
	page, err := d.get(ctx, address)
	if err != nil {
		return postPage{}, err
	}
	if page.Status == http.StatusBadRequest && q.page > 1 {
		return postPage{last: true}, nil
	}
	if page.Status != http.StatusOK {
		return postPage{}, &statusError{page.Status}
	}
	all, err := parsePosts(page.Body)
	if err != nil {
		return postPage{}, err
	}
	pages, err := strconv.Atoi(page.Header.Get("X-WP-TotalPages"))
	return postPage{all, pages, len(all) == 0 || err == nil && q.page >= pages}, nil
}

// parsePosts reads the posts of the REST interface. What stands before the
// JSON is a warning of PHP.
func parsePosts(body []byte) ([]found, error) {
	var posts []struct {
		Link    string `json:"link"`
		DateGMT string `json:"date_gmt"`
		Title   struct {
			Rendered string `json:"rendered"`
		} `json:"title"`
	}
	if err := boundJSON(body); err != nil {
		return nil, err
	}
	if i := bytes.Index(body, []byte("[{")); i > 0 {
		body = body[i:]
	}
	if err := json.Unmarshal(bytes.TrimPrefix(body, []byte("\ufeff")), &posts); err != nil {
		return nil, fmt.Errorf("posts of the WordPress interface: %w", err)
	}
	all := make([]found, 0, len(posts))
	for _, p := range posts {
		published, _ := pakta.ParseTime(p.DateGMT + "Z") // unknown when it does not parse
		all = append(all, found{url: p.Link, title: plainText(p.Title.Rendered), published: published, how: kindWordPress})
	}
	return all, nil
}

// postsAddress is the address of a page of the posts, or of what is listed
// under another name: /wp/v2/berita. The interface lies below a path, or, on
// sites without rewriting, in the query: /?rest_route=/.
func postsAddress(api string, ask postQuery) (string, error) {
	u, err := url.Parse(api)
	if err != nil {
		return "", err
	}
	q := u.Query()
	switch route := q.Get("rest_route"); {
	case strings.Contains(u.Path+route, restPosts):
	case route != "":
		q.Set("rest_route", strings.TrimSuffix(route, "/")+restPosts+"posts")
	default:
		u = u.JoinPath(restPosts, "posts")
	}
	q.Set("per_page", fmt.Sprint(ask.size))
	q.Set("page", fmt.Sprint(ask.page))
	q.Set("_fields", "link,date_gmt,title")
	q.Set("orderby", "date")
	q.Set("order", "desc")
	if !ask.since.IsZero() {
		q.Set("after", ask.since.Add(-time.Second).UTC().Format(time.RFC3339)) // after is exclusive
	}
	if !ask.until.IsZero() {
		q.Set("before", ask.until.UTC().Format(time.RFC3339))
	}
	if ask.words != "" {
		q.Set("search", ask.words)
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// api is the address of the REST interface: what the page names, in its head or
// in a header, or the usual one.
func (l *listPage) api(base string) string {
	return firstOf(l.rest, base+"/wp-json/")
}

// restLink is the header that names the interface. Themes take the link out of
// their head and leave it.
var restLink = regexp.MustCompile(`<([^<>]{1,1000})>\s*;\s*rel="?https://api\.w\.org/`)
