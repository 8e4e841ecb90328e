package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"pakta"
)

// Offer is one way in which a site can be read.
type Offer struct {
	// Kind is wordpress, sitemap, feed, list or search.
	Kind string `json:"kind"`
	URL  string `json:"url"`
	// Articles is how many its first pages list.
	Articles int        `json:"articles"`
	Newest   pakta.Time `json:"newest"` // null: it says no times
}

// Finding is what a site offers to a reader who knows only its address.
type Finding struct {
	// URL is the address of the site as it calls itself, canonical.
	URL    string  `json:"url"`
	Method string  `json:"method"` // the best kind of offer
	Offers []Offer `json:"offers"`
	// Sample are articles as they would be read, newest first where times are
	// known.
	Sample []*pakta.Article `json:"-"`
	// Problems are addresses that were tried for the sample and are no articles.
	Problems []string `json:"problems,omitempty"`
}

// ErrNotSite: the address is of nothing that can be crawled, now or later.
var ErrNotSite = errors.New("not the address of a news site")

// probeReach is enough to see what a listing has.
var probeReach = reach{api: 1, sitemaps: 6, feeds: 1, lists: 2, searches: 1}

// maxTries is how many articles are asked for, for each one of the sample.
const maxTries = 2

// Inspect finds out how a site can be read, as a run would, but of each kind of
// listing only the first pages, and reads some articles. The name of the source
// and the store, sources and limits of o are not used. The error wraps
// [ErrNotSite] when trying again later is of no use. What was found out before
// an error is returned with it.
func Inspect(ctx context.Context, o Options, site Source, sample int) (*Finding, error) {
	o.setDefaults()
	o.Sources = []Source{site}
	c, err := Canonical(site.URL)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotSite, err)
	}
	var all []found
	d := &discovery{f: newFetcher(&o), source: Source{URL: c}, obey: o.ObeyNoIndex, reach: probeReach, now: o.Now(), count: &pakta.SourceRun{}, seen: map[string]bool{},
		take: func(_ context.Context, more []found) (int, error) {
			more = slices.DeleteFunc(more, func(f found) bool { return f.skip != "" })
			all = append(all, more...)
			return len(more), nil
		}}
	err = d.explore(ctx, nil)
	if moved := (*movedError)(nil); errors.As(err, &moved) {
		d.source.URL, d.yields = moved.to, nil
		err = d.explore(ctx, nil)
	}
	f := d.finding()
	if err != nil {
		return f, classifySite(ctx, err)
	}
	slices.SortStableFunc(all, func(a, b found) int { return b.published.Compare(a.published.Time) })
	return f, d.sample(ctx, &Reader{Sites: o.Sites}, f, all, sample)
}

// finding sums up what the listings gave.
func (d *discovery) finding() *Finding {
	f := &Finding{URL: d.source.URL, Method: d.method(), Offers: []Offer{}}
	for _, y := range d.yields {
		if y.seen > 0 {
			f.Offers = append(f.Offers, Offer{y.Kind, y.URL, y.seen, y.newest})
		}
	}
	return f
}

// sample reads articles, the newest first.
func (d *discovery) sample(ctx context.Context, r *Reader, f *Finding, all []found, n int) error {
	for _, x := range all[:min(len(all), n*maxTries)] {
		if len(f.Sample) == n {
			break
		}
		page, err := d.get(ctx, x.url)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil && page.Status != 200 {
			err = &statusError{page.Status}
		}
		var art *pakta.Article
		if err == nil {
			art, err = r.safely(page)
		}
		if err != nil {
			f.Problems = append(f.Problems, fmt.Sprintf("%s: %v", x.url, err))
			continue
		}
		if art.Published.IsZero() {
			art.Published = x.published
		}
		f.Sample = append(f.Sample, art)
	}
	return nil
}

// classifySite marks the errors that another try will not cure.
func classifySite(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var status *statusError
	switch {
	case nameless(err):
		return fmt.Errorf("%w: no host has that name; check the spelling", ErrNotSite)
	case errors.As(err, &status) && status.status < 500 && status.status != 429:
		return fmt.Errorf("%w: %w; open it in a browser and copy the address from there", ErrNotSite, err)
	case strings.Contains(err.Error(), "connection refused"):
		return fmt.Errorf("%w: nothing answers there; check host and port", ErrNotSite)
	case errors.Is(err, errNoArticles), errors.Is(err, ErrPrivate), errors.Is(err, errRefused):
		return fmt.Errorf("%w: %w", ErrNotSite, err)
	}
	return fmt.Errorf("%w; try again later", err)
}

// SameSite reports whether two addresses are of one site: http or https, with
// or without www or the like, whatever the page.
func SameSite(a, b string) bool { return sameSite(a, b) }

// SuggestName is a name for the source at an address: its host without www.
// and the like.
func SuggestName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.Trim(siteHost(strings.ToLower(u.Hostname())), "[]")
}
