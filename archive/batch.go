package archive

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// maxBatch is how many changes are committed at once: enough to make the fsync
// cheap beside the work of reading an article, few enough to be quick.
const maxBatch = 64

// When as many changes as busyBatch were committed together, more of them are
// about to come, and the next commit waits for them, as long as gatherTime: a
// commit of twenty costs hardly more than one of two. Who makes one change after
// another never waits.
const (
	busyBatch  = 4
	gatherTime = 10 * time.Millisecond
)

// change is one of the changes that are committed together.
type change struct {
	do   func(context.Context, *sql.Tx) error
	done chan error    // its end
	lead chan struct{} // asked to commit what waits
}

// batches commits changes of several goroutines together: a commit waits for
// the disk, and those that come meanwhile share the next one. The first to come
// commits for all, and hands over to one of those that came after.
type batches struct {
	mu      sync.Mutex
	waiting []*change
	leading bool
	last    int           // how many the last commit had
	full    chan struct{} // told when maxBatch wait
}

// gather waits for more changes when many come.
func (b *batches) gather() {
	b.mu.Lock()
	busy := b.last >= busyBatch && len(b.waiting) < maxBatch
	b.mu.Unlock()
	if !busy {
		return
	}
	timer := time.NewTimer(gatherTime)
	defer timer.Stop()
	select {
	case <-b.full:
	case <-timer.C:
	}
}

// take takes the changes of the next commit.
func (b *batches) take() []*change {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = min(len(b.waiting), maxBatch)
	batch := b.waiting[:b.last:b.last]
	b.waiting = b.waiting[b.last:]
	return batch
}

// commit makes a change, with others. When it returns nil, the change is on
// disk. One that fails makes no other fail: all of them are done again, each
// alone. Once begun, a change does not end with ctx, and do is given another.
func (a *Archive) commit(ctx context.Context, do func(context.Context, *sql.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c := &change{do, make(chan error, 1), make(chan struct{}, 1)}
	b := &a.batches
	b.mu.Lock()
	b.waiting = append(b.waiting, c)
	if !b.leading {
		b.leading = true
		c.lead <- struct{}{}
	}
	if len(b.waiting) >= maxBatch {
		select {
		case b.full <- struct{}{}:
		default: // told already
		}
	}
	b.mu.Unlock()
	for {
		select {
		case err := <-c.done:
			return err
		case <-c.lead:
			// Others' changes are in it, which must not end with this one's context.
			a.commitWaiting(context.WithoutCancel(ctx))
		}
	}
}

// commitWaiting commits what waits, and has the next in line go on.
func (a *Archive) commitWaiting(ctx context.Context) {
	b := &a.batches
	b.gather()
	batch := b.take()
	err := a.inTx(ctx, func(tx *sql.Tx) error {
		for _, c := range batch {
			if err := c.do(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range batch {
		if err != nil && len(batch) > 1 {
			c.done <- a.inTx(ctx, func(tx *sql.Tx) error { return c.do(ctx, tx) }) // to tell whose fault it was
		} else {
			c.done <- err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.leading = len(b.waiting) > 0; b.leading {
		b.waiting[0].lead <- struct{}{}
	}
}

// execer is a transaction, as far as what is kept needs it.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// preparedTx is a transaction that has some statements compiled: they
// are most of what a crawl does.
type preparedTx struct {
	*sql.Tx
	prepared map[string]*sql.Stmt
}

// ExecContext executes a statement, compiled or not.
func (p preparedTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if stmt := p.prepared[query]; stmt != nil {
		return p.StmtContext(ctx, stmt).ExecContext(ctx, args...)
	}
	return p.Tx.ExecContext(ctx, query, args...)
}

// prepare compiles the statements of Finish and Discover.
func (a *Archive) prepare(ctx context.Context) error {
	a.prepared = map[string]*sql.Stmt{}
	for _, query := range []string{pageSQL, articleSQL, recordSQL, addressSQL, discoverSQL} {
		stmt, err := a.write.PrepareContext(ctx, query)
		if err != nil {
			return err
		}
		a.prepared[query] = stmt // closed with the database
	}
	return nil
}
