package main

import "runtime/debug"

const (
	// roomyPercent is how much the heap may grow, in percent of what is in use,
	// before it is cleared while articles are read. A page leaves half a megabyte
	// of garbage and next to nothing else, and an article a record beside the
	// megabytes of the rules, so at the usual 100 the heap is cleared many times a
	// second, which takes a tenth of the processor's time.
	roomyPercent = 300
	// crawlPercent is the same for a crawl, whose stacks take as long to look
	// through as its heap: so high that roomyMemory decides, but for large pages.
	crawlPercent = 800
	// roomyMemory is where the heap, in bytes, is cleared more often again, so
	// that large pages cannot make it many times what they take. Every source adds
	// sourceMemory: a connection and a stack are there all the time. Above
	// maxRoomyMemory nothing is added: 500 sources stay well below 400 MB, with
	// what SQLite has besides.
	roomyMemory    = 128 << 20
	sourceMemory   = 256 << 10
	maxRoomyMemory = 256 << 20
)

// roomyHeap sets the heap up for the reading of articles, until restore is called:
// for a crawl of so many sources at once, or for what is there already when they
// are 0. Who has set GOGC or GOMEMLIMIT knows better, and is left alone.
func roomyHeap(lookupEnv func(string) (string, bool), sources int) (restore func()) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if _, set := lookupEnv(name); set {
			return func() {}
		}
	}
	room := min(roomyMemory+int64(sources)*sourceMemory, maxRoomyMemory)
	growth := roomyPercent
	if sources > 0 {
		growth = crawlPercent
	}
	percent, limit := debug.SetGCPercent(growth), debug.SetMemoryLimit(room)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}
