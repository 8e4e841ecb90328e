package crawler

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// hosts sees to it that every site gets one request at a time, with a pause
// after each, whoever asks. A site and its twins (www, m, amp) are one.
type hosts struct {
	delay time.Duration
	lim   limits
	mu    sync.Mutex
	all   map[string]*host
}

// host is the queue for one site.
type host struct {
	turn  chan struct{} // holds one token when nobody asks
	delay time.Duration
	next  time.Time // not before
	// refused counts answers in a row that ask for a pause, silent the requests
	// in a row that had no answer.
	refused, silent int
}

var (
	// errBusy: the host asked to be left alone for longer than a run can wait.
	errBusy = errors.New("the site asked to come back later")
	// errSilent: the host did not answer the last requests.
	errSilent = errors.New("the site does not answer")
)

// away reports whether an error says that a site as a whole is not to be had
// in this run, whatever the address.
func away(err error) bool { return errors.Is(err, errBusy) || errors.Is(err, errSilent) }

func newHosts(delay time.Duration, lim limits) *hosts {
	return &hosts{delay: delay, lim: lim, all: map[string]*host{}}
}

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
// done. The error is ctx's, errBusy or errSilent.
func (h *hosts) wait(ctx context.Context, name string) (release func(), err error) {
	x := h.of(name)
	select {
	case <-x.turn:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := h.pause(ctx, x); err != nil {
		x.turn <- struct{}{}
		return nil, err
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

// pause waits until the host may be asked again.
func (h *hosts) pause(ctx context.Context, x *host) error {
	h.mu.Lock()
	pause, silent, next := time.Until(x.next), x.silent, x.next
	h.mu.Unlock()
	switch {
	case silent >= h.lim.silent:
		return fmt.Errorf("%w: nothing came of %d requests in a row", errSilent, silent)
	case pause > h.lim.wait:
		return fmt.Errorf("%w: not before %s", errBusy, next.UTC().Format(time.RFC3339))
	case pause <= 0:
		return ctx.Err()
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// slow raises the pause of a host, as its robots.txt asks.
func (h *hosts) slow(name string, delay time.Duration) {
	x := h.of(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	x.delay = max(x.delay, min(delay, maxCrawlDelay))
}

// backOff leaves a host alone for a while: as long as it asked for, or, when
// it did not say, longer each time.
func (h *hosts) backOff(name string, asked time.Duration, said bool) {
	x := h.of(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	if !said {
		asked = min(h.lim.backOff<<min(x.refused, 16), maxRetryAfter)
	}
	x.refused++
	x.silent = 0
	x.next = time.Now().Add(asked)
}

// answered notes whether a request had an answer.
func (h *hosts) answered(name string, ok bool) {
	x := h.of(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	if !ok {
		x.silent++
		return
	}
	x.silent, x.refused = 0, 0
}
