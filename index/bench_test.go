package index

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
)

// BenchmarkFollow indexes an archive, and in the same run the same documents,
// made beforehand, by a loop that does nothing but fill Bleve's batches. The
// ratio of both speeds is "of-bare".
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
	var ours, bare time.Duration
	n := 0
	for b.Loop() {
		bare += timed(func() { fill(b, docs) })
		ours += timed(func() { opened(b, filepath.Join(b.TempDir(), "index"), h) })
		n += len(docs)
	}
	b.ReportMetric(float64(n)/ours.Seconds(), "docs/s")
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bare")
}

func timed(f func()) time.Duration {
	begin := time.Now()
	f()
	return time.Since(begin)
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
