package pakta

import (
	"net/http"
	"time"
)

// Page is what a server answered, byte for byte. It is kept so that nothing
// need be fetched twice.
type Page struct {
	URL string // address asked for, canonical
	// Final is the address that answered, after redirects.
	Final  string
	Status int
	Header http.Header
	// Body is decoded from its transfer encoding (gzip), not from its charset.
	Body    []byte
	Fetched time.Time // UTC
}

// AddressState is where an address of a site stands.
type AddressState string

// The states. Every address that a run takes up ends it in exactly one other
// than AddressPending, unless the run is stopped.
const (
	AddressPending   AddressState = "pending"   // known, not yet asked for
	AddressFetched   AddressState = "fetched"   // page and article are kept
	AddressUnchanged AddressState = "unchanged" // as it was when last fetched
	AddressGone      AddressState = "gone"      // 404, 410, or a page that says so
	AddressRefused   AddressState = "refused"   // robots.txt forbids it
	AddressFailed    AddressState = "failed"    // will be tried again
	AddressRejected  AddressState = "rejected"  // answered, but not with an article
	AddressSkipped   AddressState = "skipped"   // not asked for, with a reason
)

// AddressStates lists all states.
func AddressStates() []AddressState {
	return []AddressState{AddressPending, AddressFetched, AddressUnchanged, AddressGone, AddressRefused,
		AddressFailed, AddressRejected, AddressSkipped}
}

// Address is one article address of a source, as the frontier knows it.
type Address struct {
	URL    string // canonical; the key
	Source string // name of the source that found it first
	// Article is the id of the article that it is an address of, as far as an
	// address tells; its twins (http, www, final slash) have the same. "" is
	// unknown.
	Article string
	// Found is how it was found: wordpress, sitemap, feed, list, search.
	Found string
	// Title and Published are what the place where it was found says of it.
	Title     string
	Published Time

	State  AddressState
	Reason string // why it failed, or was refused, rejected, skipped
	// Attempts counts requests that failed since the last success.
	Attempts int
	// NotBefore is when it may be asked for (again); zero means at once.
	NotBefore time.Time
	// Run is the id of the run that last changed the address.
	Run int64

	// ETag, LastModified and Hash (hex SHA-256 of the body) are those of the
	// last page kept.
	ETag, LastModified, Hash string
}

// OutOfRange is the Reason of addresses that were skipped because a run asked
// for other dates. They become pending again when they are found in a run that
// asks for theirs.
const OutOfRange = "published outside the dates asked for"

// Unlikely is the Reason of addresses that were skipped because they do not
// look like those of articles. They become pending when they are found in a
// place that says they are.
const Unlikely = "its address is not like those of articles"

// Outcome is what became of one address: the address in its new state and,
// when it is AddressFetched, the page, the further pages of an article that is
// cut into several, and the article read from them.
type Outcome struct {
	Address Address
	Page    *Page
	Parts   []*Page
	Article *Article
}

// SourceState is what is remembered of a source between runs.
type SourceState struct {
	Name string
	// Method is how the source's new articles were found last: wordpress,
	// sitemap, feed, list, search.
	Method string
	// Listings are the places that Method and its companions read.
	Listings []Listing
	// Checked is when Listings were found out, UTC.
	Checked time.Time
	// LastNew is when the source last had an article that was not known, UTC.
	LastNew time.Time
	// Poll is when the source should be read again, before the next run of the
	// schedule, UTC; zero is with that run. PollEvery is the pause that led to it.
	Poll      time.Time
	PollEvery time.Duration
	// Notes are further keys that the crawler keeps for itself.
	Notes map[string]string
}

// Listing is one place where a source lists articles.
type Listing struct {
	// Kind is wordpress, sitemap, feed, list or search.
	Kind string
	URL  string
	// Read is when everything new in it was last read, UTC; zero: never whole.
	Read time.Time
	// Reached is the publication time back to which it was read, and Whole says
	// that nothing older is in it. WordPress and sitemaps are read in stretches.
	Reached time.Time
	Whole   bool
	// Part is the part of a sitemap index that says no times where its reading
	// goes on; "" is at the newest.
	Part string `json:",omitempty"`
	// ETag and LastModified are the validators of a feed's last answer.
	ETag, LastModified string
}

// Run is the report of one crawl.
type Run struct {
	ID       int64       `json:"id"`
	Started  time.Time   `json:"started"`
	Finished time.Time   `json:"finished,omitzero"` // zero: still running, or killed
	Sources  []SourceRun `json:"sources"`
	// Agreements counts agreements that the run added or changed.
	Agreements int    `json:"agreements"`
	Error      string `json:"error,omitempty"`
}

// SourceRun is what one run did with one source. Discovered is the sum of the
// outcomes from Fetched to Pending.
type SourceRun struct {
	Source     string `json:"source"`
	Method     string `json:"method"`
	Discovered int    `json:"discovered"` // addresses taken up: new ones and those due again
	Fetched    int    `json:"fetched"`
	Unchanged  int    `json:"unchanged"`
	Gone       int    `json:"gone"`
	Refused    int    `json:"refused"`
	Failed     int    `json:"failed"`
	Rejected   int    `json:"rejected"`
	Skipped    int    `json:"skipped"`
	Pending    int    `json:"pending"` // left for the next run: stopped, or over the limit
	// Known counts addresses that were found again and not asked for.
	Known int `json:"known"`
	// Overflow counts feeds all of whose items were unseen, although they had
	// been read before: some items may have come and gone in between. Such a
	// source is read again at NextPoll, UTC, before the next scheduled run.
	Overflow int       `json:"overflow,omitempty"`
	NextPoll time.Time `json:"next_poll,omitzero"`
	// New counts fetched articles that were not known before; Complete those of
	// all fetched ones that have a title, a date and three paragraphs.
	New      int `json:"new"`
	Complete int `json:"complete"`
	// LastNew is when the source last had a new article, UTC.
	LastNew time.Time `json:"last_new,omitzero"`
	// NoIndex counts articles whose page asks not to be indexed, fetched or
	// skipped.
	NoIndex int `json:"noindex,omitempty"`
	// Relevant counts fetched articles that report an agreement.
	Relevant int `json:"relevant"`
	// Requests counts all requests sent, those for robots.txt, feeds and
	// lists included; Bytes what they brought, decompressed.
	Requests int   `json:"requests"`
	Bytes    int64 `json:"bytes"`
	// Errors counts failures by class: timeout, dns, tls, status, too_large ...
	Errors map[string]int `json:"errors,omitempty"`
	// Problem is what stopped the source as a whole, and what to do.
	Problem string `json:"problem,omitempty"`
}
