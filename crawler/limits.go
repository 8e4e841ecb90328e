package crawler

import (
	"cmp"
	"time"
)

// Limits on what comes from outside. A newsroom stays far below them; what
// goes over them is a fault or an attack, and is counted as such.
const (
	maxBody      = 10 << 20  // bytes of a page after decompression; articles have 0.1 MB
	maxRobots    = 500 << 10 // RFC 9309 asks for at least this
	maxSitemap   = 50 << 20  // the sitemap protocol's own limit
	maxHeader    = 256 << 10 // bytes of all headers of an answer
	maxRedirects = 5
	maxURL       = 2000 // bytes; browsers and servers fail at about this
	maxSegments  = 12   // of a path: deeper ones are traps
	maxRepeats   = 2    // of one path segment: /a/a/a is a trap
	maxQueryKeys = 5    // more are filters of a shop or a trap

	maxSitemapURLs  = 50_000  // the protocol's limit for one file
	maxSitemapFiles = 200     // of one site in one run
	maxLists        = 300     // list pages of one site in one run
	maxLinks        = 5_000   // read of one page; portals have 500
	maxAPIPages     = 200     // of 100 posts each
	maxFeedPages    = 50      // of one feed: 25 to 150 items each
	maxSearches     = 40      // pages of results of one site in one run
	maxFound        = 100_000 // new addresses of one site in one run; the next goes on from there
	maxSeen         = 100_000 // addresses that a run remembers of one site, to offer each once
	maxParts        = 20      // pages of one article

	maxPages      = 20_000         // of one source in one run: at 2 s each, a night; the rest stays for the next
	maxRejected   = 100            // addresses in a row that are no articles: a calendar, a shop, a trap
	maxSame       = 20             // addresses in a row with one and the same text: a trap of session ids
	maxRefusals   = 10             // addresses in a row that the site does not give (403, 5xx, captcha): it has had enough
	maxSourceTime = 10 * time.Hour // for one source in one run, so that no slow host keeps the next night from beginning
	maxDiscovery  = 3 * time.Hour  // of that, for its listings

	maxCrawlDelay = 60 * time.Second // what robots.txt may ask for
	maxRetryAfter = 24 * time.Hour
	maxAttempts   = 5             // after so many failures an address is tried monthly
	retryBase     = 2 * time.Hour // doubles with each failure
	maxLayers     = 2             // of compression around one another: a .gz that is sent with gzip
)

// limits are the bounds of time that a test has shorter, and the bodies that it
// has smaller. The zero value of each is the default.
type limits struct {
	// dial and header end a connection that is not made, and an answer that
	// does not begin; page ends a request, body included.
	dial, header, page time.Duration
	// rateWindow is the time in which at least minRate bytes a second must have
	// come: who sends less holds a connection, not a page.
	rateWindow time.Duration
	// body is the bytes of a page after decompression, sitemap of a sitemap.
	body, sitemap int64
	// wait is how long a run waits for a host that asked for a pause; backOff is
	// the pause after an answer that asks for one without saying how long, which
	// doubles each time.
	wait, backOff time.Duration
	// silent is how many requests in a row a host may leave without an answer.
	silent int
	// pages is how many addresses of one source a run asks for; source is the
	// time it takes for it, discovery the part of it for listings.
	pages             int
	source, discovery time.Duration
}

// minRate is bytes a second of what is sent, compressed: a modem of 1995.
const minRate = 1 << 10

// or fills in the defaults.
func (l limits) or() limits {
	return limits{
		dial:       cmp.Or(l.dial, 10*time.Second),
		header:     cmp.Or(l.header, 20*time.Second),
		page:       cmp.Or(l.page, 60*time.Second),
		rateWindow: cmp.Or(l.rateWindow, 10*time.Second),
		body:       cmp.Or(l.body, maxBody),
		sitemap:    cmp.Or(l.sitemap, maxSitemap),
		wait:       cmp.Or(l.wait, 2*time.Minute),
		backOff:    cmp.Or(l.backOff, time.Minute),
		silent:     cmp.Or(l.silent, 6),
		pages:      cmp.Or(l.pages, maxPages),
		source:     cmp.Or(l.source, maxSourceTime),
		discovery:  cmp.Or(l.discovery, maxDiscovery),
	}
}
