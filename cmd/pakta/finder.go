package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"time"

	"pakta"
	"pakta/index"
)

const (
	// searchWait is how long a search waits for the index when no server can
	// be asked: a crawl that ends holds it while it brings it up to date.
	searchWait = 10 * time.Second
	// askTimeout bounds the wait for a server's answer to begin.
	askTimeout = 30 * time.Second
)

// finder answers queries: the index itself, or the server that holds it.
type finder interface {
	Search(ctx context.Context, q index.Query) (*index.Result, error)
	Each(ctx context.Context, q index.Query) iter.Seq2[*pakta.Agreement, error]
}

// openFinder gives the index of the data directory, brought up to date, or,
// while a server holds it, that server.
func openFinder(ctx context.Context, e *env) (f finder, done func(), err error) {
	store, err := openExisting(ctx, e)
	if err != nil {
		return nil, nil, err
	}
	dir := dataDir(e.data)
	ix, err := index.Open(ctx, dir.index(), index.Options{LockWait: indexWait / 10})
	if errors.Is(err, index.ErrLocked) {
		if s, serr := dir.readServer(); serr == nil {
			store.Close() // nothing was written
			return remote{s.Address}, func() {}, nil
		}
		ix, err = index.Open(ctx, dir.index(), index.Options{LockWait: searchWait})
	}
	if err != nil {
		store.Close() // the first error is the one to report
		return nil, nil, fmt.Errorf("open index: %w", err)
	}
	done = func() {
		ix.Close() // a search leaves nothing unwritten
		store.Close()
	}
	e.tellAside(ix)
	if _, err := ix.Follow(ctx, store); err != nil {
		done()
		return nil, nil, fmt.Errorf("bring index up to date: %w", err)
	}
	return ix, done, nil
}

// remote asks the server at an address (host:port).
type remote struct{ address string }

// Search asks for one page of results.
func (r remote) Search(ctx context.Context, q index.Query) (*index.Result, error) {
	body, err := r.get(ctx, "/api/v1/search", q)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	var result index.Result
	if err := json.NewDecoder(body).Decode(&result); err != nil {
		return nil, fmt.Errorf("read the answer of the server at %s: %w", r.address, err)
	}
	return &result, nil
}

// Each asks for all agreements that match, in the order of their ids.
func (r remote) Each(ctx context.Context, q index.Query) iter.Seq2[*pakta.Agreement, error] {
	return func(yield func(*pakta.Agreement, error) bool) {
		body, err := r.get(ctx, "/api/v1/export?format=jsonl", q)
		if err != nil {
			yield(nil, err)
			return
		}
		defer body.Close()
		for dec := json.NewDecoder(bufio.NewReader(body)); ; {
			var a pakta.Agreement
			if err := dec.Decode(&a); errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				yield(nil, fmt.Errorf("read the answer of the server at %s: %w", r.address, err))
				return
			}
			if !yield(&a, nil) {
				return
			}
		}
	}
}

// get sends one request and gives the body of a good answer.
func (r remote) get(ctx context.Context, path string, q index.Query) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+r.address+path, nil)
	if err != nil {
		return nil, fmt.Errorf("ask the server at %s: %w", r.address, err)
	}
	values := req.URL.Query()
	for name, list := range queryValues(q) {
		values[name] = list
	}
	req.URL.RawQuery = values.Encode()
	// The server is this machine's: a proxy of the environment is not asked.
	client := &http.Client{Transport: &http.Transport{ResponseHeaderTimeout: askTimeout, DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask the server that holds the index: %w; if it hangs, restart it", err)
	}
	if resp.StatusCode != http.StatusOK {
		defer resp.Body.Close()
		return nil, r.refused(resp)
	}
	return resp.Body, nil
}

// refused makes an error of an answer that is none: the server's own message
// where it is JSON.
func (r remote) refused(resp *http.Response) error {
	var said struct {
		Error string `json:"error"`
	}
	text, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<16)) // the status alone tells enough
	if json.Unmarshal(text, &said) == nil && said.Error != "" {
		err := errors.New(said.Error)
		if resp.StatusCode == http.StatusBadRequest {
			return &usageError{err}
		}
		return err
	}
	return fmt.Errorf("the server at %s answered %s", r.address, resp.Status)
}
