package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
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
	r := &run{o: &o, f: newFetcher(&o), left: o.Max, counts: make([]pakta.SourceRun, len(o.Sources))}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	slots := make(chan struct{}, o.Concurrency)
	errs := make([]error, len(o.Sources))
	var wg sync.WaitGroup
	for i := range o.Sources {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if errs[i] = r.crawl(ctx, &o.Sources[i], &r.counts[i]); errs[i] != nil {
				cancel() // the store is broken: no other source can go on either
			}
		})
	}
	wg.Wait()
	err := errors.Join(errs...)
	for _, c := range r.counts {
		if sum := c.Fetched + c.Unchanged + c.Gone + c.Refused + c.Failed + c.Rejected + c.Skipped + c.Pending; sum != c.Discovered {
			err = errors.Join(err, fmt.Errorf("source %s: %d addresses taken up, %d accounted for", c.Source, c.Discovered, sum))
		}
	}
	return r.counts, err
}

// run is the state that the sources of one run share.
type run struct {
	o      *Options
	f      *fetcher
	counts []pakta.SourceRun

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
	state, err := r.o.Store.SourceState(ctx, s.Name)
	if err != nil {
		return r.storeError(ctx, err)
	}
	state.Name = s.Name
	d := &discovery{f: r.f, source: *s, span: r.o.span(), reach: fullReach(), now: r.o.Now(), count: c, seen: map[string]bool{},
		take: func(ctx context.Context, all []found) (int, error) { return r.discover(ctx, s, c, all) }}
	err = d.run(ctx, &state)
	var broken *storeError
	switch {
	case errors.As(err, &broken):
		return r.storeError(ctx, err)
	case err != nil && ctx.Err() == nil && !errors.Is(err, errStop):
		c.Problem = fmt.Sprintf("%s cannot be read: %v", s.URL, err)
		c.Errors[classify(err)]++
	}
	if c.Method = d.method(); c.Method == "" {
		c.Method = state.Method
	}
	d.plan(&state, c)
	// Kept before the articles are fetched: that takes hours, and may be killed.
	if err := r.o.Store.SaveSourceState(context.WithoutCancel(ctx), state); err != nil {
		return err
	}
	fresh, err := r.fetchDue(ctx, s, c)
	if err != nil {
		return r.storeError(ctx, err)
	}
	if !fresh {
		return nil
	}
	state.LastNew = r.o.Now().UTC()
	return r.storeError(ctx, r.o.Store.SaveSourceState(context.WithoutCancel(ctx), state))
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
// for are kept as skipped, and end there.
func (r *run) discover(ctx context.Context, s *Source, c *pakta.SourceRun, all []found) (int, error) {
	var wanted, skipped []pakta.Address
	for _, f := range all {
		ad := pakta.Address{URL: f.url, Source: s.Name, Found: f.how, Title: f.title, Published: f.published, Run: r.o.RunID}
		if r.o.span().excludes(f) {
			ad.State, ad.Reason = pakta.AddressSkipped, pakta.OutOfRange
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

// dueBatch is how many addresses are taken from the store at a time; a
// frontier of a million must not be in memory.
const dueBatch = 200

// fetchDue asks for what is due until nothing is, and tells whether an
// article was new. An address that fails again in this run is not due again,
// because its time lies ahead.
func (r *run) fetchDue(ctx context.Context, s *Source, c *pakta.SourceRun) (fresh bool, err error) {
	for {
		due, err := r.o.Store.Due(ctx, s.Name, r.o.Now(), dueBatch)
		if err != nil || len(due) == 0 {
			return fresh, err
		}
		c.Discovered += len(due)
		r.announce(len(due))
		for i, ad := range due {
			if ctx.Err() != nil || !r.spend() {
				c.Pending += len(due) - i
				return fresh, nil
			}
			out := r.visit(ctx, s, c, ad)
			if out.Address.State == pakta.AddressPending {
				c.Pending += len(due) - i
				return fresh, nil // the run was ended meanwhile
			}
			// Kept even when the run ends now: it was asked for, and must not be again.
			if err := r.o.Store.Finish(context.WithoutCancel(ctx), out); err != nil {
				c.Pending += len(due) - i
				return fresh, err
			}
			r.tally(c, &out)
			fresh = fresh || out.Address.State == pakta.AddressFetched
		}
	}
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

// visit asks for one address and says what became of it.
func (r *run) visit(ctx context.Context, s *Source, c *pakta.SourceRun, ad pakta.Address) pakta.Outcome {
	ad.Run = r.o.RunID
	page, err := r.f.get(ctx, ad.URL, conditions{ad.ETag, ad.LastModified})
	c.Requests++
	if err != nil {
		return pakta.Outcome{Address: r.failure(ctx, c, ad, err)}
	}
	c.Bytes += int64(len(page.Body))
	switch {
	case page.Status == http.StatusNotModified:
		ad.State, ad.Reason = pakta.AddressUnchanged, ""
	case page.Status == http.StatusNotFound || page.Status == http.StatusGone:
		ad.State, ad.Reason = pakta.AddressGone, fmt.Sprintf("status %d", page.Status)
	case page.Status == http.StatusTooManyRequests || page.Status >= 500:
		return pakta.Outcome{Address: r.failure(ctx, c, ad, fmt.Errorf("status %d", page.Status))}
	case page.Status >= 300:
		ad.State, ad.Reason = pakta.AddressRejected, fmt.Sprintf("status %d", page.Status)
	case !sameSite(page.Final, ad.URL):
		ad.State, ad.Reason = pakta.AddressRejected, "redirects to another site"
	default:
		return r.read(ctx, s, c, ad, page)
	}
	return pakta.Outcome{Address: ad}
}

// failure puts an address off: an hour or two at first, a month in the end.
func (r *run) failure(ctx context.Context, c *pakta.SourceRun, ad pakta.Address, err error) pakta.Address {
	if ctx.Err() != nil {
		ad.State = pakta.AddressPending
		return ad
	}
	if errors.Is(err, errRefused) {
		ad.State, ad.Reason = pakta.AddressRefused, err.Error()
		return ad
	}
	class := classify(err)
	c.Errors[class]++
	if class == "too_large" || class == "private_address" || class == "redirect" {
		ad.State, ad.Reason = pakta.AddressRejected, err.Error()
		return ad
	}
	ad.Attempts++
	ad.State, ad.Reason = pakta.AddressFailed, err.Error()
	wait := 30 * 24 * time.Hour
	if ad.Attempts < maxAttempts {
		wait = retryBase << (ad.Attempts - 1)
	}
	ad.NotBefore = r.o.Now().Add(wait)
	return ad
}

// read makes the article of a page, its further pages included.
func (r *run) read(ctx context.Context, s *Source, c *pakta.SourceRun, ad pakta.Address, page *pakta.Page) pakta.Outcome {
	ad.ETag, ad.LastModified = page.Header.Get("Etag"), page.Header.Get("Last-Modified")
	sum := sha256.Sum256(page.Body)
	hash := hex.EncodeToString(sum[:])
	if hash == ad.Hash {
		ad.State, ad.Reason = pakta.AddressUnchanged, ""
		return pakta.Outcome{Address: ad}
	}
	ad.Hash, ad.Attempts, ad.NotBefore, ad.Reason = hash, 0, time.Time{}, ""
	art, err := ReadArticle(page)
	if err != nil {
		ad.State, ad.Reason = pakta.AddressRejected, err.Error()
		if errors.Is(err, errGone) {
			ad.State = pakta.AddressGone
		}
		c.Errors["not_article"]++
		return pakta.Outcome{Address: ad}
	}
	if err := r.join(ctx, c, page, art); err != nil && ctx.Err() != nil {
		ad.State = pakta.AddressPending
		return pakta.Outcome{Address: ad}
	}
	art.Source, art.Region = s.Name, s.Region
	if art.Published.IsZero() {
		art.Published = ad.Published
	}
	if now := r.o.Now(); art.Published.After(now.Add(48 * time.Hour)) {
		art.Published = pakta.Time{} // no article comes from the future
	}
	ad.State = pakta.AddressFetched
	return pakta.Outcome{Address: ad, Page: page, Article: art}
}
