package crawler

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"pakta"
)

// Run crawls all sources once and reports what became of every address. A
// source that breaks is reported in its Problem and stops no other. When ctx
// ends, the run stops: what is in flight stays pending for the next one. The
// error is one of the store, or of a report that does not add up.
func Run(ctx context.Context, o Options) ([]pakta.SourceRun, error) {
	o.setDefaults()
	r := &run{o: &o, f: newFetcher(&o), reader: &Reader{Sites: o.Sites}, lim: o.limits.or(), finders: make(chan struct{}, o.Concurrency),
		keeping: make(chan struct{}, keepingPerSlot*o.Concurrency), large: make(chan struct{}, o.Concurrency), left: o.Max,
		counts: make([]pakta.SourceRun, len(o.Sources))}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make([]error, len(o.Sources))
	var wg sync.WaitGroup
	for i := range o.Sources {
		wg.Go(func() {
			if errs[i] = r.crawl(ctx, &o.Sources[i], &r.counts[i]); errs[i] != nil {
				cancel() // the store is broken: no other source can go on either
			}
		})
	}
	wg.Wait()
	err := errors.Join(errs...)
	for i := range r.counts {
		err = errors.Join(err, addsUp(&r.counts[i]))
	}
	return r.counts, err
}

// addsUp makes sure that every address taken up came to one end.
func addsUp(c *pakta.SourceRun) error {
	sum := c.Fetched + c.Unchanged + c.Gone + c.Refused + c.Failed + c.Rejected + c.Skipped + c.Pending
	if sum != c.Discovered {
		return fmt.Errorf("source %s: %d addresses taken up, %d accounted for; this is a bug, please report it", c.Source, c.Discovered, sum)
	}
	return nil
}

// run is the state that the sources of one run share.
type run struct {
	o      *Options
	f      *fetcher
	reader *Reader
	lim    limits
	counts []pakta.SourceRun
	// keeping are the pages that are being kept, large those of them that are
	// large: keeping waits for the disk, and must not keep others from being asked
	// for.
	keeping, large chan struct{}
	// finders are the sources that may be looked through for new articles at
	// once: a sitemap is fifty pages in memory.
	finders chan struct{}

	mu          sync.Mutex
	left        int // of Options.Max
	done, total int
}

// crawl takes one source: what is new is found first and kept, then asked for.
func (r *run) crawl(ctx context.Context, s *Source, c *pakta.SourceRun) error {
	c.Source, c.Errors = s.Name, map[string]int{}
	if ctx.Err() != nil {
		return nil
	}
	began := time.Now()
	ctx = context.WithValue(ctx, countKey{}, c)
	state, err := r.o.Store.SourceState(ctx, s.Name)
	if err != nil {
		return r.storeError(ctx, err)
	}
	state.Name = s.Name
	if err := r.find(ctx, s, c, &state); err != nil {
		return r.storeError(ctx, err)
	}
	// Kept before the articles are fetched: that takes hours, and may be killed.
	if err := r.o.Store.SaveSourceState(context.WithoutCancel(ctx), state); err != nil {
		return err
	}
	v := &visitor{run: r, source: s, count: c, until: began.Add(r.lim.source), seen: map[string]string{}, targets: map[string]int{}}
	err = v.visitDue(ctx)
	if c.New > 0 {
		state.LastNew = r.o.Now().UTC()
	}
	c.LastNew = state.LastNew
	if err != nil || c.New == 0 {
		return r.storeError(ctx, err)
	}
	return r.storeError(ctx, r.o.Store.SaveSourceState(context.WithoutCancel(ctx), state))
}

// find looks for new articles of a source and keeps their addresses. What
// goes wrong at the site is a Problem; the error is one of the store.
func (r *run) find(ctx context.Context, s *Source, c *pakta.SourceRun, state *pakta.SourceState) error {
	select {
	case r.finders <- struct{}{}:
		defer func() { <-r.finders }()
	case <-ctx.Done():
		return ctx.Err()
	}
	d := &discovery{f: r.f, source: *s, obey: r.o.ObeyNoIndex, span: r.o.span(), reach: fullReach(), now: r.o.Now(), count: c, seen: map[string]bool{},
		take: func(_ context.Context, all []found) (int, error) { return r.discover(ctx, s, c, all) }}
	limited, cancel := context.WithTimeout(ctx, r.lim.discovery)
	defer cancel()
	err := d.run(limited, state)
	var broken *storeError
	switch {
	case errors.As(err, &broken):
		return err
	case err == nil || ctx.Err() != nil || errors.Is(err, errStop):
	case limited.Err() != nil:
		c.Problem = fmt.Sprintf("%s is slow: its listings could not be read in %s; what was found is fetched", s.URL, r.lim.discovery)
		c.Errors["timeout"]++
	default:
		c.Problem = fmt.Sprintf("%s cannot be read: %v", s.URL, err)
		c.Errors[classify(err)]++
	}
	if c.Method = d.method(); c.Method == "" {
		c.Method = state.Method
	}
	d.plan(state, c)
	return nil
}

// storeError marks an error of the store, so that it is not taken for one of
// the site.
type storeError struct{ error }

func (e *storeError) Unwrap() error { return e.error }

// storeError lets errors pass but those that only say that the run was ended.
func (r *run) storeError(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// discover keeps addresses that a listing gave. Those outside the dates asked
// for, of other sites, or unlike articles are kept as skipped, and end there.
func (r *run) discover(ctx context.Context, s *Source, c *pakta.SourceRun, all []found) (int, error) {
	var wanted, skipped []pakta.Address
	for _, f := range all {
		ad := pakta.Address{URL: f.url, Source: s.Name, Article: ArticleID(f.url), Found: f.how, Title: f.title, Published: f.published, Run: r.o.RunID}
		if r.o.span().excludes(f) {
			f.skip = firstOf(f.skip, pakta.OutOfRange)
		}
		if f.skip != "" {
			ad.State, ad.Reason = pakta.AddressSkipped, f.skip
			skipped = append(skipped, ad)
			continue
		}
		wanted = append(wanted, ad)
	}
	added, err := r.o.Store.Discover(ctx, wanted)
	if err != nil {
		return 0, &storeError{err}
	}
	passed, err := r.o.Store.Discover(ctx, skipped)
	if err != nil {
		return 0, &storeError{err}
	}
	c.Discovered += passed
	c.Skipped += passed
	c.Known += len(all) - added - passed
	return added, nil
}

const (
	// keepingPerSlot is how many pages may be kept at once for each that is asked
	// for and read. A commit of many costs the disk hardly more than one of few.
	keepingPerSlot = 4
	// largePage is the size from which there may be only one for each, so that
	// memory stays bounded.
	largePage = 256 << 10
)

// handOver makes room for another page when what became of one waits only to
// be kept; kept must be called when it is.
func (r *run) handOver(out *pakta.Outcome, release func()) (kept func()) {
	size := 0
	for _, p := range append(out.Parts, out.Page) {
		if p != nil {
			size += len(p.Body)
		}
	}
	room := r.keeping
	if size > largePage {
		room = r.large
	}
	room <- struct{}{} // comes free soon: nobody waits in it for anything but the store
	release()
	return func() { <-room }
}

// spend takes one article from the run's limit.
func (r *run) spend() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.o.Max == 0 {
		return true
	}
	r.left--
	return r.left >= 0
}

// announce adds to the addresses that progress is measured by.
func (r *run) announce(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.total += n
}

// tally counts an outcome and tells the progress.
func (r *run) tally(c *pakta.SourceRun, out *pakta.Outcome) {
	switch out.Address.State {
	case pakta.AddressFetched:
		c.Fetched++
	case pakta.AddressUnchanged:
		c.Unchanged++
	case pakta.AddressGone:
		c.Gone++
	case pakta.AddressRefused:
		c.Refused++
	case pakta.AddressFailed:
		c.Failed++
	case pakta.AddressRejected:
		c.Rejected++
	case pakta.AddressSkipped:
		c.Skipped++
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	r.o.Progress(Progress{Done: r.done, Total: r.total, Source: c.Source})
}
