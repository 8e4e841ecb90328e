package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"pakta"
)

// The kinds of listings, as reports and states name them.
const (
	kindWordPress = "wordpress"
	kindSitemap   = "sitemap"
	kindFeed      = "feed"
	kindList      = "list"
	kindSearch    = "search"
)

const (
	// rediscoverAfter is how long what was found out about a site is relied on;
	// sites are rebuilt every few years.
	rediscoverAfter = 30 * 24 * time.Hour
	// quietAfter is how long a source may have nothing new before its site is
	// looked at anew: small governments post weekly, but a feed that was left
	// behind by a new theme must not go unnoticed for a month.
	quietAfter = 4 * 24 * time.Hour
)

// found is an article address as a listing gives it.
type found struct {
	url       string
	title     string
	published pakta.Time
	how       string     // a kind of listing
	modified  pakta.Time // last change, when that is all a listing says
	skip      string     // why it is not asked for; "" when it is
}

// yield is what one listing gave in this run.
type yield struct {
	pakta.Listing
	seen           int
	unchanged      bool       // a feed that answered 304
	newest, oldest pakta.Time // of what was published when
	partial        bool       // something of it could not be read
}

// reach is how many pages of each kind of listing are read.
type reach struct{ api, sitemaps, feeds, lists, searches int }

func fullReach() reach {
	return reach{maxAPIPages, maxSitemapFiles, maxFeedPages, maxLists, maxSearches}
}

// discovery looks for the articles of one source in one run.
type discovery struct {
	f      *fetcher
	source Source
	obey   bool // nofollow
	span   span
	reach  reach
	now    time.Time
	// take is given what each listing page brings and tells how many of the
	// addresses were not known before.
	take   func(ctx context.Context, all []found) (added int, err error)
	seen   map[string]bool // in this run, by id: whether it was wanted
	count  *pakta.SourceRun
	home   *listPage
	base   string // address of the front page, as it answered
	yields []*yield
	// sitemapFiles counts the files read, of all sitemaps together, added the
	// addresses that the store did not know.
	sitemapFiles, added int
}

// errStop ends a discovery that has found enough.
var errStop = errors.New("enough addresses")

// run reads the listings that are remembered of the source, and looks for
// others when there are none, when they give nothing any more, or when they
// were found out too long ago. It brings st up to date.
func (d *discovery) run(ctx context.Context, st *pakta.SourceState) error {
	if !d.stale(st) {
		err := d.remembered(ctx, st)
		if err != nil || d.total() > 0 {
			d.learn(st)
			return err
		}
		d.yields = nil
	}
	err := d.explore(ctx, st.Listings)
	if d.total() > 0 {
		st.Listings, st.Checked = nil, d.now.UTC()
		d.learn(st)
	}
	return err
}

// stale reports whether a site must be looked at anew.
func (d *discovery) stale(st *pakta.SourceState) bool {
	quiet := st.LastNew
	if st.Checked.After(quiet) {
		quiet = st.Checked
	}
	return len(st.Listings) == 0 || d.now.Sub(st.Checked) > rediscoverAfter || d.now.Sub(quiet) > quietAfter
}

// learn keeps what the listings gave for the next run.
func (d *discovery) learn(st *pakta.SourceState) {
	at := map[string]int{}
	for i, l := range st.Listings {
		at[l.Kind+l.URL] = i
	}
	for _, y := range d.yields {
		if y.seen == 0 && !y.unchanged {
			continue
		}
		if !y.partial && d.span.open() {
			y.Read = d.now.UTC()
		}
		if i, known := at[y.Kind+y.URL]; known {
			st.Listings[i] = y.Listing
			continue
		}
		st.Listings = append(st.Listings, y.Listing)
	}
	if m := d.method(); m != "" {
		st.Method = m
	}
}

// method is the best kind of listing that gave anything.
func (d *discovery) method() string {
	counts := map[string]int{}
	for _, y := range d.yields {
		counts[y.Kind] += y.seen
		if y.unchanged {
			counts[y.Kind]++
		}
	}
	for _, kind := range []string{kindWordPress, kindSitemap} {
		if counts[kind] > 0 {
			return kind
		}
	}
	best := ""
	for _, kind := range []string{kindFeed, kindList, kindSearch} {
		if counts[kind] > counts[best] {
			best = kind
		}
	}
	return best
}

// total is how much the listings gave; an unchanged feed counts as one.
func (d *discovery) total() (n int) {
	for _, y := range d.yields {
		if n += y.seen; y.unchanged {
			n++
		}
	}
	return n
}

// gave is how many addresses the listings of one kind gave.
func (d *discovery) gave(kind string) (n int) {
	for _, y := range d.yields {
		if y.Kind == kind {
			n += y.seen
		}
	}
	return n
}

// remembered reads the listings of the last time. One that cannot be had any
// more is passed over; when none gives anything, the site is looked at anew.
func (d *discovery) remembered(ctx context.Context, st *pakta.SourceState) error {
	for _, l := range st.Listings {
		if err := d.read(ctx, l); !passable(ctx, err) {
			return err
		}
	}
	return nil
}

// read reads one listing.
func (d *discovery) read(ctx context.Context, l pakta.Listing) error {
	switch l.Kind {
	case kindWordPress:
		return d.wordpress(ctx, l)
	case kindSitemap:
		return d.sitemaps(ctx, l)
	case kindFeed:
		return d.feed(ctx, l)
	case kindList:
		home, err := d.get(ctx, l.URL)
		if err != nil {
			return err
		}
		d.home = d.readList(home)
		return d.lists(ctx, home, l)
	case kindSearch:
		return d.search(ctx, []string{l.URL}, l)
	}
	return nil // of a later version of pakta
}

// explore tries what sites offer, best first. WordPress and sitemaps list
// everything; feeds only the newest; list pages are read when nothing else
// lists the site, and its search when even those do not, or when a range of
// dates is asked for that they may not reach.
func (d *discovery) explore(ctx context.Context, before []pakta.Listing) error {
	page, err := d.front(ctx)
	if err != nil {
		return err
	}
	d.base = page.Final
	base := origin(page.Final)
	if err := d.wordpressTypes(ctx, d.home.api(base), before); !passable(ctx, err) {
		return err
	}
	if d.gave(kindWordPress) == 0 {
		if err := d.findSitemaps(ctx, before); !passable(ctx, err) {
			return err
		}
	}
	if err := d.feeds(ctx, before); !passable(ctx, err) {
		return err
	}
	unlisted, err := d.unlisted(ctx)
	if err != nil {
		return err
	}
	if unlisted || d.gave(kindWordPress)+d.gave(kindSitemap) == 0 {
		if err := d.lists(ctx, page, recall(before, kindList, page.Final)); !passable(ctx, err) {
			return err
		}
		if d.total() == 0 || !d.span.open() {
			if err := d.search(ctx, d.home.searches(base), pakta.Listing{}); !passable(ctx, err) {
				return err
			}
		}
	}
	if d.total() > 0 {
		return nil
	}
	if page.Status >= 400 {
		return &statusError{page.Status}
	}
	return errNoArticles
}

// minUnlisted is how many articles on the front page must be in no listing.
const minUnlisted = 3

// unlisted reports whether the front page shows articles that neither its
// interface nor its sitemap has: sitemaps are made once and left behind, and
// news are kept where the interface does not look. Only where everything is
// asked for, since else they may lie outside the dates.
func (d *discovery) unlisted(ctx context.Context) (bool, error) {
	if !d.span.open() || d.gave(kindWordPress)+d.gave(kindSitemap) == 0 {
		return false, nil
	}
	_, added, err := d.offer(ctx, &yield{}, d.home.articles)
	return added >= minUnlisted && 2*added > len(d.home.articles), err
}

// errNoArticles: nothing that lists articles was found.
var errNoArticles = errors.New("no articles were found: the site has no WordPress interface, sitemap or feed that can be read, no list of links to articles, and no search; " +
	"give the address of the page that lists its news")

// maxDoors is how many pages in a row may send a reader on from the front.
const maxDoors = 3

// front reads the page at the source's address, or the one that it sends a
// reader on to. A front page that is refused or broken has no links; interface,
// feeds and sitemaps may be well all the same.
func (d *discovery) front(ctx context.Context) (*pakta.Page, error) {
	address := d.source.URL
	for range maxDoors {
		page, err := d.get(ctx, address)
		if err != nil {
			return nil, err
		}
		if !sameSite(page.Final, d.source.URL) {
			return nil, &movedError{origin(page.Final) + "/"}
		}
		if page.Status >= 400 {
			if !temporary(page.Status) || page.Status == http.StatusTooManyRequests || page.Status == http.StatusServiceUnavailable {
				return nil, &statusError{page.Status}
			}
			d.home = &listPage{}
			return page, nil
		}
		d.home = d.readList(page)
		if d.home.door == "" || len(d.home.articles) > 0 {
			return page, nil
		}
		address = d.home.door
	}
	return nil, fmt.Errorf("%w: the front page sends readers on and on", errRedirect)
}

// movedError: the site answers from another host.
type movedError struct{ to string }

// Error says where it is now.
func (e *movedError) Error() string {
	return fmt.Sprintf("the site has moved to %s: change its address in the configuration", e.to)
}

// statusError is an answer of a status that a site's front page has not.
type statusError struct{ status int }

// Error says which status it was.
func (e *statusError) Error() string { return fmt.Sprintf("the site answers with status %d", e.status) }

// recall is what is known of a listing, or a new one.
func recall(before []pakta.Listing, kind, address string) pakta.Listing {
	for _, l := range before {
		if l.Kind == kind && l.URL == address {
			return l
		}
	}
	return pakta.Listing{Kind: kind, URL: address}
}

// get asks for a page of the listing kind.
func (d *discovery) get(ctx context.Context, address string) (*pakta.Page, error) {
	return d.getIf(ctx, address, conditions{})
}

// getIf asks for a page unless it is as it was. The fetcher counts it.
func (d *discovery) getIf(ctx context.Context, address string, cond conditions) (*pakta.Page, error) {
	return d.f.get(ctx, address, cond)
}

// passable reports whether discovery may go on without what failed: anything
// but the end of the run, or of the store.
func passable(ctx context.Context, err error) bool {
	var broken *storeError
	return err == nil || ctx.Err() == nil && !errors.Is(err, errStop) && !errors.As(err, &broken)
}

// begin opens the account of a listing.
func (d *discovery) begin(l pakta.Listing) *yield {
	y := &yield{Listing: l}
	d.yields = append(d.yields, y)
	return y
}

// offer hands addresses on that are of the site and new to this run. It
// returns how many were not seen in this run before, and how many of them the
// store did not know.
func (d *discovery) offer(ctx context.Context, y *yield, all []found) (fresh, added int, err error) {
	if d.added >= maxFound {
		y.partial = y.Kind != kindSitemap // which notes where it ended
		return 0, 0, errStop
	}
	var out []found
	for _, f := range all {
		c, err := Canonical(f.url)
		if err != nil {
			d.mistake(f.url)
			continue
		}
		if !d.ours(c) {
			f.skip = otherSite
		}
		if f.skip == "" {
			y.seen++
			y.note(f.published)
		}
		f.url = articleAddress(c)
		id := ArticleID(f.url)
		if taken, seen := d.seen[id]; taken || seen && f.skip != "" {
			continue
		}
		if len(d.seen) >= maxSeen {
			clear(d.seen) // the store knows them
		}
		d.seen[id] = f.skip == ""
		out = append(out, f)
	}
	if len(out) > 0 {
		added, err = d.take(ctx, out)
		d.added += added
	}
	return len(out), added, err
}

// otherSite is the Reason of addresses that a site lists and that are not its
// own.
const otherSite = "at another site"

// ours reports whether an address is of the source's site, or of a part of it
// with a name of its own: regional.contoh.id of contoh.id.
func (d *discovery) ours(address string) bool {
	return sameSite(address, d.source.URL) || strings.HasSuffix(siteHost(hostOf(address)), "."+siteHost(hostOf(d.source.URL)))
}

// mistake counts what a listing gives and is no address of an article: of
// another scheme, too long, or of the kind that only traps have.
func (d *discovery) mistake(address string) {
	if d.count.Errors != nil && address != "" {
		d.count.Errors["address"]++
	}
}

// note widens the times of what a listing gave.
func (y *yield) note(t pakta.Time) {
	if t.IsZero() {
		return
	}
	if y.newest.IsZero() || t.After(y.newest.Time) {
		y.newest = t
	}
	if y.oldest.IsZero() || t.Before(y.oldest.Time) {
		y.oldest = t
	}
}

// settled reports whether a walk from the newest on may end at a page that had
// nothing new: the listing was read whole before, and the page lies wholly in
// the time that was read then, or says nothing of times.
func (d *discovery) settled(l pakta.Listing, added int, all []found) bool {
	if added > 0 || l.Read.IsZero() || !d.span.until.IsZero() {
		return false
	}
	for _, f := range all {
		if f.published.After(l.Read.Add(-overlap)) {
			return false
		}
	}
	return true
}

// overlap is how far into the past of the last reading a walk goes on. Posts
// are dated back by hours, or wait for an editor for a day.
const overlap = 48 * time.Hour

func origin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Scheme + "://" + strings.ToLower(u.Host)
}
