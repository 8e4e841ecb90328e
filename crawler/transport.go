package crawler

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

var (
	// ErrTooLarge: an answer goes over its limit after decompression.
	ErrTooLarge = errors.New("the answer is too large")
	// errSlow: an answer comes in drops.
	errSlow = fmt.Errorf("the answer comes at less than %d bytes a second", minRate)
	// errPort: the address has the port of another service than the web's.
	errPort = errors.New("not a port of web servers")
)

// transport is the one way out: every request of the crawler goes through it.
type transport struct {
	base   *http.Transport
	dialer *net.Dialer
	lim    limits
	// lax asks the sites in trusted, which may have any certificate.
	lax     *http.Transport
	trusted map[string]bool
}

func newTransport(allowPrivate bool, lim limits) *transport {
	dialer := &net.Dialer{Timeout: lim.dial, KeepAlive: 30 * time.Second}
	if !allowPrivate {
		dialer.Control = guard
	}
	t := &transport{lim: lim, dialer: dialer, trusted: map[string]bool{}, base: newBase(dialer, lim), lax: newBase(dialer, lim)}
	t.lax.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} // for the hosts in trusted only
	return t
}

func newBase(dialer *net.Dialer, lim limits) *http.Transport {
	return &http.Transport{
		Proxy:                  nil, // a proxy would hide the target from the guard
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    lim.dial,
		ResponseHeaderTimeout:  lim.header,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        30 * time.Second,
		DisableCompression:     true, // decoded here, so that the limit counts what comes out
		ForceAttemptHTTP2:      true,
	}
}

// trust takes the certificates of the sources that ask for it unread.
func (t *transport) trust(sources []Source) {
	for _, s := range sources {
		if s.InsecureTLS {
			t.trusted[siteHost(strings.ToLower(hostOf(s.URL)))] = true
		}
	}
}

// way is how a host is asked.
func (t *transport) way(host string) *http.Transport {
	if t.trusted[siteHost(strings.ToLower(host))] {
		return t.lax
	}
	return t.base
}

// answer takes the body of an answer past colly, which would recode it by its
// label and copy it twice.
type answer struct{ body []byte }

// answerKey is the key of a request's *answer in its context.
type answerKey struct{}

// RoundTrip sends a request, reads the whole answer, decoded and bounded, into
// the request's answer, and hands back one without a body.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if badPorts[req.URL.Port()] {
		return nil, fmt.Errorf("%w: %s", errPort, req.URL.Host)
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	defer cancel(nil)
	req = req.Clone(ctx)
	req.Header.Set("Accept-Encoding", "gzip, deflate")
	req.Header.Del("Authorization") // from a user in the address
	res, err := t.way(req.URL.Host).RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close() // read to its end, or given up
	watched := &meter{r: res.Body}
	stop := watched.expect(t.lim.rateWindow, func() { cancel(errSlow) })
	defer stop()
	body, err := readBody(watched, res.Header.Get("Content-Encoding"), t.limit(req))
	if err != nil {
		if errors.Is(context.Cause(ctx), errSlow) {
			err = errSlow
		}
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if a, ok := ctx.Value(answerKey{}).(*answer); ok {
		a.body = body
	}
	res.Body = http.NoBody
	res.Header.Del("Content-Encoding")
	res.Header.Del("Content-Length")
	res.ContentLength, res.Uncompressed = 0, true
	return res, nil
}

// bodyLimit is how much of an answer is taken: over it the request fails, or
// the rest is left out.
type bodyLimit struct {
	bytes int64
	cut   bool
}

// limit is that of a request: robots.txt is cut at the size that RFC 9309 asks
// for, also where it was redirected to; sitemaps may be larger than pages.
func (t *transport) limit(req *http.Request) bodyLimit {
	switch path := req.URL.Path; {
	case req.Context().Value(robotsKey{}) != nil:
		return bodyLimit{maxRobots, true}
	case strings.Contains(path, "sitemap") || strings.HasSuffix(path, ".gz"):
		return bodyLimit{t.lim.sitemap, false}
	default:
		return bodyLimit{t.lim.body, false}
	}
}

// robotsKey marks the context of a request for robots.txt.
type robotsKey struct{}

// meter counts what comes in.
type meter struct {
	r io.Reader
	n atomic.Int64
}

// Read reads and counts.
func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.n.Add(int64(n))
	return n, err
}

// expect calls late when less than minRate comes in during a window, until
// stop is called.
func (m *meter) expect(window time.Duration, late func()) (stop func()) {
	done := make(chan struct{})
	least := int64(window.Seconds() * minRate)
	go func() {
		tick := time.NewTicker(window)
		defer tick.Stop()
		for before := int64(0); ; {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			now := m.n.Load()
			if now-before < least {
				late()
				return
			}
			before = now
		}
	}()
	return func() { close(done) }
}
