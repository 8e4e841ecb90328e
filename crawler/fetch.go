package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gocolly/colly/v2"

	"pakta"
)

// fetcher asks for pages. It is safe for concurrent use.
type fetcher struct {
	collector *colly.Collector
	hosts     *hosts
	machines  *machines // nil: hosts at one address do not share their turn
	robots    *robotsCache
	// slots are the answers that may be in memory at once.
	slots chan struct{}
	lim   limits
	now   func() time.Time
}

// newFetcher sets colly up to do nothing but fetch: visiting, politeness,
// robots.txt, redirects and limits are ours, because colly's count compressed
// bytes, share one queue between hosts, and ignore robots.txt.
func newFetcher(o *Options) *fetcher {
	lim := o.limits.or()
	c := colly.NewCollector(
		colly.AllowURLRevisit(), colly.IgnoreRobotsTxt(), colly.ParseHTTPErrorResponse(),
		colly.UserAgent(o.userAgent()), colly.MaxBodySize(0))
	out := newTransport(o.AllowPrivate, lim)
	out.dialer.Resolver = o.resolver
	out.trust(o.Sources)
	c.WithTransport(out)
	c.DisableCookies()
	c.SetRequestTimeout(lim.page)
	// A redirect is a request like any other: follow asks for it.
	c.SetRedirectHandler(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })
	f := &fetcher{collector: c, hosts: newHosts(*o.Delay, lim), slots: make(chan struct{}, o.Concurrency), lim: lim, now: o.Now}
	if o.OnePerIP {
		f.machines = newMachines(newHosts(*o.Delay, lim))
	}
	f.robots = &robotsCache{fetch: f.askRobots, now: o.Now, rules: map[string]*robotsEntry{}}
	return f
}

// conditions are the validators of an earlier answer.
type conditions struct{ etag, lastModified string }

// get asks for a page when robots.txt allows it and it is the host's turn.
// Any status but a redirect is an answer, not an error.
func (f *fetcher) get(ctx context.Context, address string, cond conditions) (*pakta.Page, error) {
	page, release, err := f.hold(ctx, address, cond)
	if err != nil {
		return nil, err
	}
	release()
	return page, nil
}

// hold is get for a page that is worked on: it counts as in memory until
// release is called, any number of times.
func (f *fetcher) hold(ctx context.Context, address string, cond conditions) (page *pakta.Page, release func(), err error) {
	return f.follow(ctx, address, cond, func(u *url.URL) error {
		rules, err := f.robots.of(ctx, u)
		if err != nil {
			return err
		}
		if !rules.allows(u) {
			return errRefused
		}
		f.hosts.slow(siteHost(strings.ToLower(u.Host)), rules.delay)
		return nil
	})
}

// askRobots asks for a robots.txt, which no other forbids.
func (f *fetcher) askRobots(ctx context.Context, address string) (*pakta.Page, error) {
	ctx = context.WithValue(ctx, robotsKey{}, true)
	page, release, err := f.follow(ctx, address, conditions{}, func(*url.URL) error { return nil })
	if err != nil {
		return nil, err
	}
	release()
	return page, nil
}

var (
	// errRefused: robots.txt does not allow the address.
	errRefused = errors.New("robots.txt does not allow it")
	// errRedirect: redirects lead nowhere.
	errRedirect = errors.New("redirects lead nowhere")
)

// follow asks for an address and goes where it redirects to. Every hop is
// permitted by may and waits for its host's turn.
func (f *fetcher) follow(ctx context.Context, address string, cond conditions, may func(*url.URL) error) (*pakta.Page, func(), error) {
	seen := map[string]bool{}
	for at := address; ; {
		u, err := url.Parse(at)
		if err != nil {
			return nil, nil, err
		}
		if u.Scheme != "http" && u.Scheme != "https" {
			return nil, nil, fmt.Errorf("%w: scheme %.20q", errRedirect, u.Scheme)
		}
		u.User, u.Fragment = nil, ""
		if at = u.String(); len(at) > maxURL {
			return nil, nil, fmt.Errorf("%w: address of %d bytes", errRedirect, len(at))
		}
		if seen[at] {
			return nil, nil, fmt.Errorf("%w: they go in a circle", errRedirect)
		}
		if len(seen) > maxRedirects {
			return nil, nil, fmt.Errorf("%w: more than %d", errRedirect, maxRedirects)
		}
		seen[at] = true
		if err := may(u); err != nil {
			return nil, nil, err
		}
		page, release, err := f.fetch(ctx, at, cond)
		if err != nil {
			return nil, nil, err
		}
		next := target(page, u)
		if next == "" {
			page.URL = address
			return page, release, nil
		}
		release()
		at = next
	}
}

// target is where an answer redirects to; empty for any other.
func target(page *pakta.Page, at *url.URL) string {
	switch page.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return ""
	}
	location := page.Header.Get("Location")
	if u, err := at.Parse(location); err == nil && location != "" {
		return u.String()
	}
	return ""
}

// fetch sends one request when it is the host's turn and there is room for
// the answer.
func (f *fetcher) fetch(ctx context.Context, address string, cond conditions) (*pakta.Page, func(), error) {
	host := siteHost(hostOf(address))
	done, err := f.hosts.wait(ctx, host)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	if f.machines != nil {
		done, err := f.machines.wait(ctx, hostOf(address))
		if err != nil {
			return nil, nil, err
		}
		defer done()
	}
	select {
	case f.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
	release := sync.OnceFunc(func() { <-f.slots })
	limited, cancel := context.WithTimeout(ctx, f.lim.page)
	defer cancel()
	page, err := f.request(limited, address, cond)
	if err != nil {
		release()
		if ctx.Err() == nil {
			f.hosts.answered(host, !unanswered(err))
		}
		return nil, nil, err
	}
	if page.Status == http.StatusTooManyRequests || page.Status == http.StatusServiceUnavailable {
		pause, said := retryAfter(page.Header.Get("Retry-After"), f.now())
		f.hosts.backOff(host, pause, said)
	} else {
		f.hosts.answered(host, true)
	}
	return page, release, nil
}

// request lets colly do one request.
func (f *fetcher) request(ctx context.Context, address string, cond conditions) (*pakta.Page, error) {
	var got answer
	c := f.collector.Clone()
	c.Context = context.WithValue(ctx, answerKey{}, &got)
	page := &pakta.Page{URL: address}
	c.OnResponse(func(r *colly.Response) {
		page.Final, page.Status, page.Body = address, r.StatusCode, got.body
		page.Header, page.Fetched = r.Headers.Clone(), f.now().UTC()
	})
	header := http.Header{"Accept": {"text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5"}, "Accept-Language": {"id,en;q=0.5"}}
	if cond.etag != "" {
		header.Set("If-None-Match", cond.etag)
	}
	if cond.lastModified != "" {
		header.Set("If-Modified-Since", cond.lastModified)
	}
	count(ctx, 1, 0)
	if err := c.Request(http.MethodGet, address, nil, nil, header); err != nil {
		return nil, err
	}
	if page.Status == 0 {
		return nil, errors.New("no answer")
	}
	count(ctx, 0, len(page.Body))
	return page, nil
}

// countKey is the key of the *pakta.SourceRun that a context's requests are
// counted in. One goroutine works for it.
type countKey struct{}

// count adds to the requests and bytes of the source that ctx works for.
func count(ctx context.Context, requests, bytes int) {
	if c, ok := ctx.Value(countKey{}).(*pakta.SourceRun); ok {
		c.Requests += requests
		c.Bytes += int64(bytes)
	}
}

// retryAfter reads the header of that name: seconds or a date, a day at most.
// said is false for junk.
func retryAfter(value string, now time.Time) (pause time.Duration, said bool) {
	value = strings.TrimSpace(value)
	s, err := strconv.ParseUint(value, 10, 64)
	switch {
	case err == nil:
		return time.Duration(min(s, uint64(maxRetryAfter/time.Second))) * time.Second, true
	case errors.Is(err, strconv.ErrRange):
		return maxRetryAfter, true
	}
	if t, err := http.ParseTime(value); err == nil && t.After(now) {
		return min(t.Sub(now), maxRetryAfter), true
	}
	return 0, false
}
