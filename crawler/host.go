package crawler

import (
	"context"
	"errors"
	"sync"
	"time"
)

// hosts sees to it that every host gets one request at a time, with a pause
// after each, whoever asks.
type hosts struct {
	delay time.Duration
	mu    sync.Mutex
	all   map[string]*host
}

// host is the queue for one host.
type host struct {
	turn  chan struct{} // holds one token when nobody asks
	delay time.Duration
	next  time.Time // not before
}

// errBusy: the host asked to be left alone for longer than a run can wait.
var errBusy = errors.New("the host asked to come back later")

// maxWait is how long a run waits for a host that asked for a pause; longer
// ones are for the next run.
const maxWait = 2 * time.Minute

func newHosts(delay time.Duration) *hosts { return &hosts{delay: delay, all: map[string]*host{}} }

func (h *hosts) of(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	x := h.all[name]
	if x == nil {
		x = &host{turn: make(chan struct{}, 1), delay: h.delay}
		x.turn <- struct{}{}
		h.all[name] = x
	}
	return x
}

// wait waits for the host's turn; release must be called when the request is
// done. The error is ctx's, or errBusy.
func (h *hosts) wait(ctx context.Context, name string) (release func(), err error) {
	x := h.of(name)
	select {
	case <-x.turn:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	h.mu.Lock()
	pause := time.Until(x.next)
	h.mu.Unlock()
	if pause > maxWait {
		x.turn <- struct{}{}
		return nil, errBusy
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		x.turn <- struct{}{}
		return nil, ctx.Err()
	}
	return func() {
		h.mu.Lock()
		if next := time.Now().Add(x.delay); next.After(x.next) {
			x.next = next
		}
		h.mu.Unlock()
		x.turn <- struct{}{}
	}, nil
}

// slow raises the pause of a host, as its robots.txt asks.
func (h *hosts) slow(name string, delay time.Duration) {
	x := h.of(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	x.delay = max(x.delay, min(delay, maxCrawlDelay))
}

// backOff leaves a host alone for a while.
func (h *hosts) backOff(name string, pause time.Duration) {
	x := h.of(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	x.next = time.Now().Add(pause)
}
