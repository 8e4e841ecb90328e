package main

import (
	"context"
	"iter"
	"runtime"
	"sync"
)

// chunkSize is how many items a worker takes at a time: enough to make the
// handing over cheap beside the extraction of a short article, few enough for
// memory to stay small when articles are long.
const chunkSize = 16

// ordered calls work for every item of in, on all cores at once, and emit with
// the results in the order of the items, on the caller's goroutine. At most a
// few chunks a core are in memory. It stops at the first error of emit, or
// when ctx is done, and returns that error; it always returns with its
// goroutines ended, but waits for in to yield once more to do so.
func ordered[In, Out any](ctx context.Context, in iter.Seq[In], work func(In) Out, emit func(Out) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	workers := runtime.GOMAXPROCS(0)
	jobs := make(chan job[In, Out])
	// queue holds the jobs in order; its size bounds how far the fastest
	// worker can run ahead of the slowest.
	queue := make(chan job[In, Out], 2*workers)
	var all sync.WaitGroup
	defer all.Wait()
	defer cancel(nil)
	all.Go(func() {
		defer close(queue)
		defer close(jobs)
		feed(ctx, in, jobs, queue)
	})
	for range workers {
		all.Go(func() {
			for j := range jobs {
				out := make([]Out, len(j.in))
				for i, item := range j.in {
					out[i] = work(item)
				}
				j.out <- out
			}
		})
	}
	for j := range queue {
		for _, out := range <-j.out {
			if err := emit(out); err != nil {
				return err
			}
		}
	}
	return context.Cause(ctx)
}

// job is a chunk of items and where its results go.
type job[In, Out any] struct {
	in  []In
	out chan []Out // buffered, so that a worker never waits for the emitter
}

// feed cuts in into chunks and hands each to the emitter and to a worker,
// until in ends or ctx is done.
func feed[In, Out any](ctx context.Context, in iter.Seq[In], jobs, queue chan<- job[In, Out]) {
	var chunk []In
	send := func() bool {
		j := job[In, Out]{chunk, make(chan []Out, 1)}
		chunk = nil
		select {
		case queue <- j:
		case <-ctx.Done():
			return false
		}
		// What the emitter waits for must reach a worker: they always come back
		// for more, so this does not block for long.
		jobs <- j
		return true
	}
	for item := range in {
		if chunk = append(chunk, item); len(chunk) >= chunkSize && !send() {
			return
		}
		if ctx.Err() != nil {
			return
		}
	}
	if len(chunk) > 0 {
		send()
	}
}
