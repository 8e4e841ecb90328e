package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"

	"pakta"
)

// Errors that a caller decides on.
var (
	// ErrClosed: the index was closed.
	ErrClosed = errors.New("the index is closed")
	// ErrStuck: Bleve did not finish a batch in time. The process should end
	// and start again; nothing is lost.
	ErrStuck = errors.New("the index is stuck: start pakta again")
)

const (
	// defaultLockWait is how long Open waits for another process: longer
	// than a search, shorter than patience.
	defaultLockWait = 5 * time.Second
	// batchSize is where Bleve's throughput levels off; larger batches cost
	// memory (1,000: 384 MB at its peak).
	batchSize = 400
	// batchTimeout is far above the second that a batch takes. Bleve hangs
	// for ever when its merger has panicked.
	batchTimeout = 60 * time.Second
	// searchTimeout bounds one search.
	searchTimeout = 5 * time.Second
)

// Options say how an index is opened. The zero value is the default.
type Options struct {
	// LockWait is how long Open waits for another process; 0 is 5 seconds.
	LockWait time.Duration
}

// Index is an open index. It is safe for concurrent use.
type Index struct {
	dir      string
	lockFile *os.File
	aside    string

	mu     sync.RWMutex // held for writing while bleve is exchanged or closed
	bleve  bleve.Index
	closed bool

	follow sync.Mutex // one Follow at a time
	state  state
}

// state is how far the index has followed which archive. It is stored with
// the documents.
type state struct {
	Generation string `json:"generation"`
	Seq        int64  `json:"seq"`
	Mapping    string `json:"mapping"`
}

var stateKey = []byte("pakta.state")

// Open opens the index in a folder, which is made when there is none. A
// damaged one is set aside and a new one begun, see [Index.SetAside]. The
// error is [ErrLocked] when another process holds it for longer than LockWait.
func Open(ctx context.Context, dir string, o Options) (*Index, error) {
	if o.LockWait == 0 {
		o.LockWait = defaultLockWait
	}
	f, err := lock(ctx, dir+".lock", o.LockWait)
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	x := &Index{dir: dir, lockFile: f}
	if err := x.open(); err != nil {
		f.Close() // frees the lock
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	return x, nil
}

// open opens or begins the index; the lock is held.
func (x *Index) open() error {
	if !exists(x.dir) {
		return x.begin()
	}
	err := inspect(x.dir, false)
	if err == nil {
		x.bleve, err = bleve.OpenUsing(x.dir, map[string]any{"bolt_timeout": "2s"})
	}
	if err == nil {
		if err = x.loadState(); err == nil && x.state.Mapping == mappingVersion {
			return nil
		}
		x.bleve.Close() // it is begun anew
		if err == nil {
			return x.rebuild()
		}
	}
	if x.aside, err = setAside(x.dir, time.Now()); err != nil {
		return err
	}
	return x.begin()
}

// rebuild begins anew in the place of a sound index that is of no use.
func (x *Index) rebuild() error {
	if err := os.RemoveAll(x.dir); err != nil {
		return err
	}
	return x.begin()
}

// begin makes an empty index.
func (x *Index) begin() error {
	m, err := newMapping()
	if err != nil {
		return err
	}
	if x.bleve, err = bleve.New(x.dir, m); err != nil {
		return err
	}
	x.state = state{Mapping: mappingVersion}
	return x.saveState()
}

func (x *Index) loadState() error {
	text, err := x.bleve.GetInternal(stateKey)
	if err != nil {
		return err
	}
	x.state = state{}
	return json.Unmarshal(text, &x.state)
}

func (x *Index) saveState() error {
	text, err := json.Marshal(x.state)
	if err != nil {
		return err
	}
	return x.bleve.SetInternal(stateKey, text)
}

// SetAside is where a damaged index was moved by Open, empty when it was sound.
func (x *Index) SetAside() string { return x.aside }

// Close closes the index and frees it for others. It waits for searches.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	return errors.Join(x.bleve.Close(), x.lockFile.Close())
}

// Seq is the sequence number of the archive that the index has followed to.
func (x *Index) Seq() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.state.Seq
}

// Version changes whenever the answers of the index may.
func (x *Index) Version() string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.version()
}

func (x *Index) version() string {
	return mappingVersion + "+" + x.state.Generation[:min(8, len(x.state.Generation))] + "@" + strconv.FormatInt(x.state.Seq, 10)
}

// Source is an archive as an index follows it.
type Source interface {
	// Changes are the agreements that changed after a sequence number, oldest
	// first, limit at most.
	Changes(ctx context.Context, after int64, limit int) ([]pakta.Change, error)
	// Generation identifies the archive.
	Generation(ctx context.Context) (string, error)
}

// Follow brings the index up to date with src and returns how many changes
// that took. It may be ended and repeated at any time. An index of another
// archive, or one that is ahead of a restored one, is begun anew.
func (x *Index) Follow(ctx context.Context, src Source) (n int, err error) {
	x.follow.Lock()
	defer x.follow.Unlock()
	if err := x.sameArchive(ctx, src); err != nil {
		return 0, fmt.Errorf("follow archive: %w", err)
	}
	for {
		changes, err := src.Changes(ctx, x.Seq(), batchSize)
		if err != nil || len(changes) == 0 {
			return n, err
		}
		if err := x.apply(ctx, changes); err != nil {
			return n, fmt.Errorf("index changes up to %d: %w", changes[len(changes)-1].Seq, err)
		}
		n += len(changes)
	}
}

// sameArchive begins anew when src is not the archive followed so far.
func (x *Index) sameArchive(ctx context.Context, src Source) error {
	generation, err := src.Generation(ctx)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return ErrClosed
	}
	if x.state.Generation == generation {
		return nil
	}
	if x.state.Seq > 0 {
		if err := x.bleve.Close(); err != nil {
			return err
		}
		if err := x.rebuild(); err != nil {
			return err
		}
	}
	x.state.Generation = generation
	return x.saveState()
}

// apply writes changes and the number of the last one in one batch.
func (x *Index) apply(ctx context.Context, changes []pakta.Change) error {
	next, err := x.write(ctx, changes)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.state = next
	return nil
}

// write puts the changes into Bleve and returns the state written with them.
func (x *Index) write(ctx context.Context, changes []pakta.Change) (state, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return state{}, ErrClosed
	}
	batch := x.bleve.NewBatch()
	for _, c := range changes {
		if err := put(batch, c); err != nil {
			return state{}, err
		}
	}
	next := x.state
	next.Seq = changes[len(changes)-1].Seq
	text, err := json.Marshal(next)
	if err != nil {
		return state{}, err
	}
	batch.SetInternal(stateKey, text)
	return next, x.run(ctx, batch)
}

func put(batch *bleve.Batch, c pakta.Change) error {
	if c.Agreement == nil {
		batch.Delete(c.ID)
		return nil
	}
	source, err := json.Marshal(c.Agreement)
	if err != nil {
		return fmt.Errorf("agreement %s: %w", c.ID, err)
	}
	return batch.Index(c.ID, newDocument(c.Agreement, string(source)))
}

// run executes a batch under a watchdog.
func (x *Index) run(ctx context.Context, batch *bleve.Batch) error {
	done := make(chan error, 1)
	go func() { done <- x.bleve.Batch(batch) }()
	timer := time.NewTimer(batchTimeout)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return ErrStuck
	case <-ctx.Done():
		// The batch cannot be called back, and the index must not be closed
		// under it.
		select {
		case err := <-done:
			return errors.Join(err, ctx.Err())
		case <-timer.C:
			return ErrStuck
		}
	}
}

// Result is what a search found.
type Result struct {
	Total      int                     `json:"total"`
	Index      string                  `json:"index"`
	Agreements []*pakta.Agreement      `json:"agreements"`
	Facets     map[string][]FacetCount `json:"facets"`
}

// FacetCount is how many of all agreements found have a value.
type FacetCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// defaultSize is how many agreements a page has when the query does not say.
const defaultSize = 20

// Search answers a query. Errors wrap [ErrQuery] when the query is at fault.
func (x *Index) Search(ctx context.Context, q Query) (*Result, error) {
	q = q.clone()
	if err := q.Check(); err != nil {
		return nil, err
	}
	if q.Size == 0 {
		q.Size = defaultSize
	}
	req := bleve.NewSearchRequestOptions(bleveQuery(q), q.Size, q.From, false)
	req.SortByCustom(sortOrder(q))
	addFacets(req)
	x.mu.RLock()
	defer x.mu.RUnlock()
	res, err := x.request(ctx, req)
	if err != nil {
		return nil, err
	}
	out := &Result{Total: int(res.Total), Index: x.version(), Agreements: []*pakta.Agreement{}, Facets: map[string][]FacetCount{}}
	if out.Agreements, err = agreementsOf(res, out.Agreements); err != nil {
		return nil, err
	}
	for _, f := range facets {
		counts := []FacetCount{}
		for _, t := range res.Facets[f.name].Terms.Terms() {
			if t.Term != "" {
				counts = append(counts, FacetCount{t.Term, t.Count})
			}
		}
		out.Facets[f.name] = counts
	}
	return out, nil
}

// request asks Bleve for hits with their stored agreements; mu is held.
func (x *Index) request(ctx context.Context, req *bleve.SearchRequest) (*bleve.SearchResult, error) {
	if x.closed {
		return nil, ErrClosed
	}
	ctx, cancel := context.WithTimeout(ctx, searchTimeout)
	defer cancel()
	req.Fields = []string{"source"}
	res, err := x.bleve.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return res, nil
}

func agreementsOf(res *bleve.SearchResult, into []*pakta.Agreement) ([]*pakta.Agreement, error) {
	for _, hit := range res.Hits {
		source, _ := hit.Fields["source"].(string)
		ag := new(pakta.Agreement)
		if err := json.Unmarshal([]byte(source), ag); err != nil {
			return nil, fmt.Errorf("read agreement %s from the index: %w", hit.ID, err)
		}
		into = append(into, ag)
	}
	return into, nil
}

// Each yields all agreements that fit the query, by id, whatever its Sort,
// From and Size. It holds one page of them at a time.
func (x *Index) Each(ctx context.Context, q Query) iter.Seq2[*pakta.Agreement, error] {
	return func(yield func(*pakta.Agreement, error) bool) {
		q = q.clone()
		q.Sort, q.From, q.Size = "id", 0, maxSize
		if err := q.Check(); err != nil {
			yield(nil, err)
			return
		}
		for after := ""; ; {
			page, err := x.page(ctx, q, after)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, ag := range page {
				if !yield(ag, nil) {
					return
				}
			}
			if len(page) < maxSize {
				return
			}
			after = page[len(page)-1].ID
		}
	}
}

// page is the next agreements by id after one.
func (x *Index) page(ctx context.Context, q Query, after string) ([]*pakta.Agreement, error) {
	req := bleve.NewSearchRequestOptions(bleveQuery(q), q.Size, 0, false)
	req.SortByCustom(sortOrder(q))
	if after != "" {
		req.SetSearchAfter([]string{after})
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	res, err := x.request(ctx, req)
	if err != nil {
		return nil, err
	}
	return agreementsOf(res, nil)
}

// clone copies the lists, which Check brings to their written form.
func (q Query) clone() Query {
	for _, f := range q.listFields() {
		*f.values = slices.Clone(*f.values)
	}
	return q
}
