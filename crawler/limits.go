package crawler

import "time"

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

	maxSitemapURLs  = 50_000 // the protocol's limit for one file
	maxSitemapFiles = 200    // of one site in one run
	maxLists        = 300    // list pages of one site in one run
	maxAPIPages     = 200    // of 100 posts each
	maxFeedPages    = 50     // of one feed: 25 to 150 items each
	maxSearches     = 40     // pages of results of one site in one run
	maxFound        = 100_000
	maxParts        = 20 // pages of one article

	dialTimeout   = 10 * time.Second
	headerTimeout = 20 * time.Second
	pageTimeout   = 60 * time.Second // for one request, body included

	maxCrawlDelay = 60 * time.Second // what robots.txt may ask for
	maxRetryAfter = 24 * time.Hour
	maxAttempts   = 5             // after so many failures an address is tried monthly
	retryBase     = 2 * time.Hour // doubles with each failure
)
