package crawler

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"

	"pakta"
)

// fetcher asks for pages. It is safe for concurrent use.
type fetcher struct {
	collector *colly.Collector
	hosts     *hosts
	robots    *robotsCache
	now       func() time.Time
}

// newFetcher sets colly up to do nothing but fetch: visiting, politeness,
// robots.txt and limits are ours, because colly's count compressed bytes,
// share one queue between hosts, and ignore robots.txt.
func newFetcher(o *Options) *fetcher {
	c := colly.NewCollector(
		colly.AllowURLRevisit(), colly.IgnoreRobotsTxt(), colly.ParseHTTPErrorResponse(),
		colly.UserAgent(o.userAgent()), colly.MaxBodySize(0))
	c.WithTransport(newTransport(o.AllowPrivate))
	c.DisableCookies()
	c.SetRequestTimeout(pageTimeout)
	f := &fetcher{collector: c, hosts: newHosts(*o.Delay), now: o.Now}
	f.robots = &robotsCache{fetch: f.fetch, rules: map[string]*robotsEntry{}}
	c.SetRedirectHandler(f.redirect)
	return f
}

// redirect follows at most five hops, each within the site's twins or asked
// for again of robots.txt elsewhere.
func (f *fetcher) redirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return fmt.Errorf("more than %d redirects", maxRedirects)
	}
	if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return fmt.Errorf("redirect to scheme %q", req.URL.Scheme)
	}
	for _, v := range via {
		if v.URL.String() == req.URL.String() {
			return errors.New("redirects in a circle")
		}
	}
	return nil
}

// conditions are the validators of an earlier answer.
type conditions struct{ etag, lastModified string }

// get asks for a page when robots.txt allows it and it is the host's turn.
// Any status is an answer, not an error.
func (f *fetcher) get(ctx context.Context, address string, cond conditions) (*pakta.Page, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	rules, err := f.robots.of(ctx, u)
	if err != nil {
		return nil, err
	}
	if !rules.allows(u) {
		return nil, errRefused
	}
	f.hosts.slow(u.Host, rules.delay)
	return f.fetch(ctx, address, cond)
}

// errRefused: robots.txt does not allow the address.
var errRefused = errors.New("robots.txt does not allow it")

// fetch sends one request when it is the host's turn.
func (f *fetcher) fetch(ctx context.Context, address string, cond conditions) (*pakta.Page, error) {
	host := hostOf(address)
	release, err := f.hosts.wait(ctx, host)
	if err != nil {
		return nil, err
	}
	defer release()
	ctx, cancel := context.WithTimeout(ctx, pageTimeout)
	defer cancel()
	page, err := f.request(ctx, address, cond)
	if err != nil {
		return nil, err
	}
	if page.Status == http.StatusTooManyRequests || page.Status == http.StatusServiceUnavailable {
		f.hosts.backOff(host, retryAfter(page.Header.Get("Retry-After"), f.now()))
	}
	return page, nil
}

// request lets colly do one request.
func (f *fetcher) request(ctx context.Context, address string, cond conditions) (*pakta.Page, error) {
	c := f.collector.Clone()
	c.Context = ctx
	page := &pakta.Page{URL: address}
	c.OnResponse(func(r *colly.Response) {
		page.Final, page.Status, page.Body = r.Request.URL.String(), r.StatusCode, r.Body
		page.Header, page.Fetched = r.Headers.Clone(), f.now().UTC()
	})
	header := http.Header{"Accept": {"text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5"}, "Accept-Language": {"id,en;q=0.5"}}
	if cond.etag != "" {
		header.Set("If-None-Match", cond.etag)
	}
	if cond.lastModified != "" {
		header.Set("If-Modified-Since", cond.lastModified)
	}
	if err := c.Request(http.MethodGet, address, nil, nil, header); err != nil {
		return nil, err
	}
	if page.Status == 0 {
		return nil, errors.New("no answer")
	}
	return page, nil
}

// retryAfter reads the header of that name: seconds or a date; junk is a
// minute, and nothing is more than a day.
func retryAfter(value string, now time.Time) time.Duration {
	wait := time.Minute
	if s, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && s >= 0 {
		wait = time.Duration(min(s, int(maxRetryAfter/time.Second))) * time.Second
	} else if t, err := http.ParseTime(value); err == nil {
		wait = max(t.Sub(now), 0)
	}
	return min(wait, maxRetryAfter)
}

// classify names the class of an error, for reports.
func classify(err error) string {
	var dns *net.DNSError
	var timeout interface{ Timeout() bool }
	text := err.Error()
	switch {
	case errors.Is(err, ErrPrivate):
		return "private_address"
	case errors.Is(err, ErrTooLarge):
		return "too_large"
	case errors.Is(err, errRobots):
		return "robots"
	case errors.Is(err, errBusy):
		return "back_off"
	case errors.As(err, &dns):
		return "dns"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case strings.Contains(text, "redirect"):
		return "redirect"
	case strings.Contains(text, "tls:"), strings.Contains(text, "x509:"):
		return "tls"
	case strings.Contains(text, "EOF"), strings.Contains(text, "gzip"), strings.Contains(text, "flate"):
		return "cut_off"
	case strings.Contains(text, "refused"), strings.Contains(text, "reset"):
		return "connection"
	}
	return "other"
}
