package web

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"pakta"
	"pakta/index"
)

// Searcher answers queries. It is safe for concurrent use.
type Searcher interface {
	Search(ctx context.Context, q index.Query) (*index.Result, error)
	// Each yields all agreements that match, ordered by id.
	Each(ctx context.Context, q index.Query) iter.Seq2[*pakta.Agreement, error]
	// Version changes with every change of what Search may answer.
	Version() string
}

// Archive is what the pages read beside the index. It is safe for concurrent
// use.
type Archive interface {
	// Agreement and Article answer [Options.NotFound] for an unknown id.
	Agreement(ctx context.Context, id string) (*pakta.Agreement, error)
	Article(ctx context.Context, id string) (*pakta.Article, error)
	// Runs are the last runs, newest first.
	Runs(ctx context.Context, limit int) ([]pakta.Run, error)
}

// Stats counts what the archive holds.
type Stats struct {
	Pages, Articles, Records, Agreements int
	Addresses                            map[pakta.AddressState]int
}

// SourceState is how one source fares.
type SourceState struct {
	Name          string
	Read, LastNew time.Time // zero: never
	New, Complete int       // articles of the last run
	Alarms        []string  // kinds, as the texts "alarm.*" name them
}

// Options are what [New] needs. Search and Archive are required.
type Options struct {
	Search  Searcher
	Archive Archive
	// Stats counts what is archived for the status page; nil leaves the
	// counts out.
	Stats func(context.Context) (Stats, error)
	// Figures are numbers for monitoring, shown at /metrics beside the server's
	// own; nil leaves them out.
	Figures func(context.Context) ([]Figure, error)
	// Sources is how the sources fare, for the status page; nil leaves it out.
	Sources func(context.Context) ([]SourceState, error)
	// NotFound is the error that Archive answers for what it does not have;
	// nil means [fs.ErrNotExist].
	NotFound error

	// Regions and Sectors fill the filters and name the codes, in the order
	// they are shown in. Codes that are not among them are shown bare.
	Regions []pakta.Region
	Sectors []pakta.Sector

	// Version is that of the program, for the foot of the pages.
	Version string
	// Demo says on every page that the articles are invented.
	Demo bool
	// Hosts are the names, without port, that the server answers to beside
	// the loopback ones ("localhost", 127.0.0.0/8, ::1); "*" means any. A web
	// page elsewhere can point a name of its own at this machine, and would
	// otherwise read what the browser's user may read.
	Hosts []string
	// Log gets what goes wrong inside; nil means it goes nowhere. Client
	// errors are not logged.
	Log *slog.Logger
	// Timeout bounds one search; zero means defaultTimeout.
	Timeout time.Duration
}

const (
	// defaultTimeout is long for an index that answers in milliseconds, and
	// short for a person who waits.
	defaultTimeout = 5 * time.Second

	// maxSearches bounds the searches that run at once. More would not be
	// faster on the machines this runs on, and each may hold megabytes.
	maxSearches = 16
)

// site is the handler's state; nothing in it changes after New but its counters.
type site struct {
	Options
	texts  catalog
	names  names
	pages  templates
	assets map[string]asset
	// searches holds a token for every search under way.
	searches chan struct{}
	served   served
}

// New builds the handler. It fails when a required option is missing. The
// handler is safe for concurrent use.
func New(o Options) (http.Handler, error) {
	if o.Search == nil || o.Archive == nil {
		return nil, errors.New("web: Options.Search and Options.Archive are required")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.NotFound == nil {
		o.NotFound = fs.ErrNotExist
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	o.Hosts = slices.Clone(o.Hosts)
	s := &site{Options: o, searches: make(chan struct{}, maxSearches)}
	var err error
	if s.texts, err = loadCatalog(); err != nil {
		return nil, fmt.Errorf("web: read texts: %w", err)
	}
	if s.names, err = newNames(o.Regions, o.Sectors); err != nil {
		return nil, fmt.Errorf("web: read names: %w", err)
	}
	if s.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("web: read assets: %w", err)
	}
	if s.pages, err = parseTemplates(); err != nil {
		return nil, fmt.Errorf("web: parse templates: %w", err)
	}
	return s.guard(s.routes()), nil
}

// routes is the table of addresses.
func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page(s.searchPage))
	mux.HandleFunc("GET /agreements/{id}", s.page(s.agreementPage))
	mux.HandleFunc("GET /about", s.page(s.aboutPage))
	mux.HandleFunc("GET /status", s.page(s.statusPage))
	mux.HandleFunc("GET /healthz", s.health)
	mux.HandleFunc("GET /metrics", s.metrics)
	mux.HandleFunc("GET /static/{name}", s.static)
	mux.HandleFunc("GET /api/v1/search", s.api(s.apiSearch))
	mux.HandleFunc("GET /api/v1/agreements/{id}", s.api(s.apiAgreement))
	mux.HandleFunc("GET /api/v1/export", s.api(s.apiExport))
	mux.HandleFunc("GET /api/", s.api(func(http.ResponseWriter, *http.Request) error { return errNoRoute }))
	mux.HandleFunc("GET /", s.page(func(*view) error { return errNoRoute }))
	return mux
}

// search asks the index within the time and the number of searches allowed.
func (s *site) search(ctx context.Context, q index.Query) (*index.Result, error) {
	ctx, cancel := context.WithTimeout(ctx, s.Timeout)
	defer cancel()
	select {
	case s.searches <- struct{}{}:
		defer func() { <-s.searches }()
	case <-ctx.Done():
		return nil, errBusy
	}
	return s.Search.Search(ctx, q)
}
