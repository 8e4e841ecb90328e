package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"pakta"
	"pakta/crawler/newsroom"
)

// BenchmarkAgreement reads an article that reports an agreement: a short one,
// with every field in it.
func BenchmarkAgreement(b *testing.B) {
	benchExtract(b, []*pakta.Article{{ID: "a", Title: "Merangin dan Kerinci Teken Kesepakatan Bersama", Text: kesepakatan}})
}

// BenchmarkAgreements reads the bundled articles that report agreements.
func BenchmarkAgreements(b *testing.B) {
	x := newTestExtractor(b)
	var agreements []*pakta.Article
	for _, a := range bundled(b) {
		if x.Extract(a).Agreement {
			agreements = append(agreements, a)
		}
	}
	benchExtract(b, agreements)
}

// BenchmarkBundled reads all bundled articles.
func BenchmarkBundled(b *testing.B) { benchExtract(b, bundled(b)) }

// BenchmarkRelevant passes over an article without any word of agreements.
func BenchmarkRelevant(b *testing.B) {
	x := newTestExtractor(b)
	art := &pakta.Article{ID: "a", Title: "Harga cabai naik", Text: strings.Repeat("Harga cabai merah di Pasar Bangko naik menjadi enam puluh ribu rupiah per kilogram karena hujan. ", 30)}
	against(b, []*pakta.Article{art}, func(a *pakta.Article) {
		if x.Relevant(a) {
			b.Fatal("no word of it is about agreements")
		}
	})
}

// BenchmarkOrdinary passes over ordinary news of our own corpus: the articles
// without a word of agreements are told apart, which allocates nothing.
func BenchmarkOrdinary(b *testing.B) {
	x := newTestExtractor(b)
	var ordinary []*pakta.Article
	for _, a := range corpusArticles(b, "ordinary.jsonl") {
		if !x.Relevant(a) {
			ordinary = append(ordinary, a)
		}
	}
	against(b, ordinary, func(a *pakta.Article) { x.Relevant(a) })
}

// BenchmarkHostile reads a piece of each hostile text.
func BenchmarkHostile(b *testing.B) {
	var articles []*pakta.Article
	for _, h := range hostile {
		articles = append(articles, &pakta.Article{ID: h.name, Title: "Merangin dan Kerinci", Text: hostileText(h.unit, 1<<14)})
	}
	benchExtract(b, articles)
}

// BenchmarkNew loads the rules and compiles them into an extractor; "MB" is
// what they hold of the heap.
func BenchmarkNew(b *testing.B) {
	before := heap()
	x := newTestExtractor(b)
	held := heap() - before
	for b.Loop() {
		newTestExtractor(b)
	}
	b.ReportMetric(float64(held)/1e6, "MB")
	runtime.KeepAlive(x)
}

// heap is the number of bytes in use after a collection.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what the first one left to sweep
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func benchExtract(b *testing.B, articles []*pakta.Article) {
	x := newTestExtractor(b)
	against(b, articles, func(a *pakta.Article) { x.Extract(a) })
}

// heapPercent is how far commands that read articles let the heap grow before
// it is cleared; see roomyHeap in cmd/pakta.
const heapPercent = 300

// against runs fn on the articles and, in the same run, a bare loop that does
// nothing but count their words. What counts is the text that is read, title
// and body. MB/s is by processor time, all threads and the garbage collector
// included, so that it is the figure of one core also when the machine is busy;
// "of-split" is the ratio of the speeds, which holds on another machine too.
func against(b *testing.B, articles []*pakta.Article, fn func(*pakta.Article)) {
	defer debug.SetGCPercent(debug.SetGCPercent(heapPercent))
	texts, size := make([]string, len(articles)), 0
	for i, a := range articles {
		texts[i] = a.Canonical()
		size += len(texts[i])
	}
	b.ReportAllocs()
	begin := processorTime(b)
	for b.Loop() {
		for _, a := range articles {
			fn(a)
		}
	}
	ours := processorTime(b) - begin
	words := 0
	begin = processorTime(b)
	for range b.N {
		for _, text := range texts {
			words += countWords(text)
		}
	}
	bare := processorTime(b) - begin
	if words == 0 {
		b.Fatal("no words")
	}
	b.ReportMetric(float64(size)*float64(b.N)/1e6/ours.Seconds(), "MB/s")
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-split")
}

// processorTime is what the process has used so far.
func processorTime(tb testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// countWords counts what stands between white space and punctuation.
func countWords(s string) int {
	n, inside := 0, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c|0x20-'a' < 26 || c-'0' < 10 || c >= 0x80
		if letter && !inside {
			n++
		}
		inside = letter
	}
	return n
}

// bundled are the articles of the demonstration.
func bundled(tb testing.TB) []*pakta.Article {
	all, err := newsroom.Articles()
	if err != nil {
		tb.Fatal(err)
	}
	var out []*pakta.Article
	for _, a := range all {
		out = append(out, &pakta.Article{ID: a.Slug, Title: a.Title, Text: strings.Join(a.Body, "\n\n"), Published: pakta.Time{Time: a.Published}})
	}
	return out
}

// corpusArticles are those of a file of testdata/corpus.
func corpusArticles(tb testing.TB, name string) []*pakta.Article {
	f, err := os.Open(filepath.Join("..", "testdata", "corpus", name))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var out []*pakta.Article
	for dec := json.NewDecoder(f); dec.More(); {
		var a pakta.Article
		if err := dec.Decode(&a); err != nil {
			tb.Fatal(err)
		}
		out = append(out, &a)
	}
	return out
}
