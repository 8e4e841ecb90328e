package crawler

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// ErrTooLarge: an answer goes over its limit after decompression.
var ErrTooLarge = errors.New("the answer is too large")

// transport is the one way out: every request of the crawler goes through it.
type transport struct {
	base *http.Transport
}

func newTransport(allowPrivate bool) *transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second}
	if !allowPrivate {
		dialer.Control = guard
	}
	return &transport{base: &http.Transport{
		Proxy:                  nil, // a proxy would hide the target from the guard
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    dialTimeout,
		ResponseHeaderTimeout:  headerTimeout,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        30 * time.Second,
		DisableCompression:     true, // decoded here, so that the limit counts what comes out
		ForceAttemptHTTP2:      true,
	}}
}

// RoundTrip sends a request and hands back an answer whose body is decoded
// and bounded.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Header.Set("Accept-Encoding", "gzip, deflate")
	res, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := decode(res)
	if err != nil {
		res.Body.Close() // the first error is the one to tell
		return nil, err
	}
	limit := int64(maxBody)
	if strings.Contains(req.URL.Path, "sitemap") || strings.HasSuffix(req.URL.Path, ".gz") {
		limit = maxSitemap
	}
	res.Body = &bounded{r: body, close: res.Body, left: limit}
	res.Header.Del("Content-Encoding")
	res.Header.Del("Content-Length")
	res.ContentLength, res.Uncompressed = -1, true
	return res, nil
}

// decode undoes the content encoding. What says it is gzip and is not is
// taken as it is, and what is gzip without saying so (sitemap.xml.gz) is
// unpacked.
func decode(res *http.Response) (io.Reader, error) {
	buf := bufio.NewReader(res.Body)
	head, _ := buf.Peek(2) // a short body shows when it is read
	zipped := len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b
	switch enc := strings.ToLower(strings.TrimSpace(res.Header.Get("Content-Encoding"))); {
	case zipped:
		return gzip.NewReader(buf)
	case enc == "deflate" && len(head) == 2 && head[0] == 0x78:
		return zlib.NewReader(buf)
	case enc == "deflate":
		return flate.NewReader(buf), nil
	case enc == "" || enc == "identity" || enc == "gzip" || enc == "x-gzip" || enc == "utf-8":
		return buf, nil
	default:
		return nil, fmt.Errorf("content encoding %.20q was not asked for", enc)
	}
}

// bounded reads up to a limit and then fails.
type bounded struct {
	r     io.Reader
	close io.Closer
	left  int64
}

// Read reads; over the limit it fails with ErrTooLarge.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, ErrTooLarge
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return n, ErrTooLarge
	}
	return n, err
}

// Close closes the connection's body.
func (b *bounded) Close() error { return b.close.Close() }
