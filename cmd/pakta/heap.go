package main

import "runtime/debug"

const (
	// crawlHeap is how much the heap may grow, in percent of what is in use,
	// before it is cleared during a crawl. A page leaves half a megabyte of
	// garbage and next to nothing else, so at the usual 100 the heap is cleared
	// fifteen times a second, which takes a tenth of the processor's time.
	crawlHeap = 300
	// crawlMemory is where the heap, in bytes, is cleared more often again, so
	// that large pages cannot make it four times what they take. Every source adds
	// sourceMemory: a connection and a stack are there all the time. Above
	// maxCrawlMemory nothing is added.
	crawlMemory    = 128 << 20
	sourceMemory   = 256 << 10
	maxCrawlMemory = 224 << 20
)

// roomyHeap sets the heap up for a crawl of so many sources, until restore is
// called. Who has set GOGC or GOMEMLIMIT knows better, and is left alone.
func roomyHeap(lookupEnv func(string) (string, bool), sources int) (restore func()) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if _, set := lookupEnv(name); set {
			return func() {}
		}
	}
	room := min(crawlMemory+int64(sources)*sourceMemory, maxCrawlMemory)
	percent, limit := debug.SetGCPercent(crawlHeap), debug.SetMemoryLimit(room)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
