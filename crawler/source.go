package crawler

import (
	"context"
	"net"
	"time"

	"pakta"
)

// Source is a site to crawl. Name and URL are enough: how it is read is found
// out.
type Source struct {
	Name string
	// URL is the address of the site, or of the section to begin with.
	URL string
	// Region is the code of the region the site is at home in; may be empty.
	Region string
	// InsecureTLS takes the site's certificate whoever it is from: many
	// government sites let theirs run out. Other sites that it leads to need a
	// good one.
	InsecureTLS bool
}

// Store keeps what a crawl finds. Its methods are called by several
// goroutines.
type Store interface {
	// Discover adds addresses as pending, or as skipped where they say so, and
	// tells how many were not known. One that is known as [pakta.OutOfRange] or
	// [pakta.Unlikely] and is found as pending becomes so, and counts as not known.
	// One is known, too, when another of the same Article is pending or fetched.
	Discover(ctx context.Context, found []pakta.Address) (added int, err error)
	// Due lists addresses of a source to be asked for, in order of discovery.
	Due(ctx context.Context, source string, now time.Time, limit int) ([]pakta.Address, error)
	// Finish keeps what became of one address.
	Finish(ctx context.Context, out pakta.Outcome) error
	SourceState(ctx context.Context, name string) (pakta.SourceState, error)
	SaveSourceState(ctx context.Context, st pakta.SourceState) error
}

// Options say what a run crawls and how.
type Options struct {
	Sources []Source
	Store   Store
	// RunID is written to every address that the run changes.
	RunID int64
	// Contact is told to sites in the user agent: "mailto:..." or a page.
	Contact string
	// Delay is the pause after each request to a host; nil is 2 seconds.
	Delay *time.Duration
	// Concurrency is how many pages are asked for and read at once, of so many
	// hosts, and how many sources are looked through for new articles at once;
	// 0 is 16.
	Concurrency int
	// AllowPrivate lets sources have loopback and private addresses.
	AllowPrivate bool
	// OnePerIP makes all hosts at one IP address share one queue, with the pause
	// between requests.
	OnePerIP bool
	// ObeyNoIndex skips articles whose page asks not to be indexed, and the
	// links of pages that ask not to follow them. Otherwise such articles are
	// marked with [NoIndex]: the archive is no search engine.
	ObeyNoIndex bool
	// Since passes over articles known to be older; zero passes over none.
	Since time.Time
	// Until passes over articles known to be published at this time or later;
	// zero passes over none. With it, listings are read back to Since even where
	// they bring nothing new.
	Until time.Time
	// Revisit is the age up to which articles are asked for again, at growing
	// pauses, because newsrooms correct what they published; 0 is never.
	Revisit time.Duration
	// Max is how many articles a run asks for; 0 is no limit.
	Max int
	// Sites are tables of sites that come before the bundled one.
	Sites []SiteRule
	// Progress is told of every address that is done; calls do not overlap.
	// May be nil.
	Progress func(Progress)
	// Now is the clock; nil is time.Now.
	Now func() time.Time

	limits limits
	// resolver looks names up; nil is the system's. Tests have their own.
	resolver *net.Resolver
}

// Progress is how far a run has come.
type Progress struct {
	Done, Total int    // addresses taken up so far
	Source      string // whose address was done last
}

const (
	defaultDelay       = 2 * time.Second
	defaultConcurrency = 16
)

func (o *Options) setDefaults() {
	if o.Delay == nil {
		d := defaultDelay
		o.Delay = &d
	}
	if o.Concurrency <= 0 {
		o.Concurrency = defaultConcurrency
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
}

// userAgent says who asks, and where to complain.
func (o *Options) userAgent() string {
	ua := "pakta/1 (research on cooperation between regional governments"
	if o.Contact != "" {
		ua += "; " + o.Contact
	}
	return ua + ")"
}

// span is the range of dates that the run is about.
func (o *Options) span() span { return span{o.Since, o.Until} }
