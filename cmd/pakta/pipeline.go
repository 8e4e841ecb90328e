package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"pakta"
	"pakta/archive"
	"pakta/extract"
	"pakta/index"
	"pakta/merge"
)

const (
	// indexWait is how long a run waits for the index: a search holds it for
	// some milliseconds, a server for good.
	indexWait = 2 * time.Second
	// wrapUp is how long a stopped run may take to merge and index what it got.
	// What is left undone, the next run does.
	wrapUp = 20 * time.Second
)

// pipeline is the archive as the crawler sees it: an article that is kept is
// read at once, and its record kept in the same transaction.
type pipeline struct {
	*archive.Archive
	extractor *extract.Extractor

	mu       sync.Mutex
	relevant map[string]int // fetched articles that report an agreement, by source
}

// newPipeline puts the extractor in front of the archive.
func newPipeline(a *archive.Archive, x *extract.Extractor) *pipeline {
	return &pipeline{Archive: a, extractor: x, relevant: map[string]int{}}
}

// Finish keeps what became of an address, with the record of its article.
func (p *pipeline) Finish(ctx context.Context, out pakta.Outcome) error {
	if out.Article == nil {
		return p.Archive.Finish(ctx, out, nil)
	}
	out.Article = extract.Normalize(out.Article)
	rec := p.extractor.Extract(out.Article)
	if err := p.Archive.Finish(ctx, out, rec); err != nil {
		return err
	}
	if rec.Agreement {
		p.mu.Lock()
		p.relevant[out.Address.Source]++
		p.mu.Unlock()
	}
	return nil
}

// publish merges the archive's records into agreements and, unless a server
// does that, brings the index up to date. It returns how many agreements
// changed. When ctx is done already it still tries, for wrapUp.
func publish(ctx context.Context, e *env, a *archive.Archive) (changed int, err error) {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), wrapUp)
		defer cancel()
	}
	changed, err = a.Derive(ctx, merge.Agreements)
	if err != nil {
		return 0, fmt.Errorf("merge records: %w", err)
	}
	ix, err := index.Open(ctx, dataDir(e.data).index(), index.Options{LockWait: indexWait})
	if errors.Is(err, index.ErrLocked) {
		return changed, nil // whoever holds it follows the archive
	}
	if err != nil {
		return changed, fmt.Errorf("open index: %w", err)
	}
	e.tellAside(ix)
	_, err = ix.Follow(ctx, a)
	if err := errors.Join(err, ix.Close()); err != nil {
		return changed, fmt.Errorf("bring index up to date: %w", err)
	}
	return changed, nil
}

// openArchive makes the data directory and opens the archive in it.
func openArchive(ctx context.Context, e *env) (*archive.Archive, error) {
	dir := dataDir(e.data)
	if err := dir.make(); err != nil {
		return nil, err
	}
	return archive.Open(ctx, dir.archive())
}

// openExisting opens the archive of a data directory that something was
// archived in, and makes nothing when there is none.
func openExisting(ctx context.Context, e *env) (*archive.Archive, error) {
	if !dataDir(e.data).exists() {
		return nil, fmt.Errorf(`nothing is archived in %s yet; run "pakta crawl" or "pakta import", or choose another directory with --data`, e.data)
	}
	return archive.Open(ctx, dataDir(e.data).archive())
}

// tellAside tells that the index was damaged and is made anew.
func (e *env) tellAside(ix *index.Index) {
	if dir := ix.SetAside(); dir != "" {
		e.say("pakta: the index was damaged; it is rebuilt from the archive, the old one is kept in %s", dir)
	}
}
