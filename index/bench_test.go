package index

import (
	"encoding/json"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
)

// BenchmarkFollow indexes an archive, and in the same run the same documents,
// made beforehand, by a loop that does nothing but fill Bleve's batches. The
// ratio of both speeds is "of-bare": of processor time, which merging in the
// background is part of and a busy machine does not change; "docs/s" is by the
// clock. Both open a new index and close it.
func BenchmarkFollow(b *testing.B) {
	h := sample(4000)
	docs := make([]document, len(h.changes))
	for i, c := range h.changes {
		source, err := json.Marshal(c.Agreement)
		if err != nil {
			b.Fatal(err)
		}
		docs[i] = newDocument(c.Agreement, string(source))
	}
	var ours, bare, clock time.Duration
	n := 0
	for b.Loop() {
		bare += processorTime(b, func() { fill(b, docs) })
		begin := time.Now()
		ours += processorTime(b, func() { follow(b, h) })
		clock += time.Since(begin)
		n += len(docs)
	}
	b.ReportMetric(float64(n)/clock.Seconds(), "docs/s")
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bare")
}

// processorTime is what the process uses while f runs, all threads together.
func processorTime(b *testing.B, f func()) time.Duration {
	b.Helper()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	runtime.GC() // what was left before is not counted
	begin := used()
	f()
	return used() - begin
}

// follow indexes the archive with the program's own code.
func follow(b *testing.B, h *history) {
	x, err := Open(b.Context(), filepath.Join(b.TempDir(), "index"), Options{})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := x.Follow(b.Context(), h); err != nil {
		b.Fatal(err)
	}
	if err := x.Close(); err != nil {
		b.Fatal(err)
	}
}

// fill is the bare loop.
func fill(b *testing.B, docs []document) {
	m, err := newMapping()
	if err != nil {
		b.Fatal(err)
	}
	x, err := bleve.New(filepath.Join(b.TempDir(), "bare"), m)
	if err != nil {
		b.Fatal(err)
	}
	for len(docs) > 0 {
		batch := x.NewBatch()
		n := min(batchSize, len(docs))
		for i := range docs[:n] {
			if err := batch.Index(docs[i].ID, docs[i]); err != nil {
				b.Fatal(err)
			}
		}
		if err := x.Batch(batch); err != nil {
			b.Fatal(err)
		}
		docs = docs[n:]
	}
	if err := x.Close(); err != nil {
		b.Fatal(err)
	}
}
