package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"pakta"
)

// slowStore takes its time to keep an address, unless so many are being kept as
// there should be at once.
type slowStore struct {
	*memory
	want int
	wait time.Duration

	slow    sync.Mutex
	now     int
	most    int
	reached chan struct{}
}

func (s *slowStore) Finish(ctx context.Context, out pakta.Outcome) error {
	s.slow.Lock()
	s.now++
	if s.most = max(s.most, s.now); s.now == s.want {
		close(s.reached)
	}
	s.slow.Unlock()
	select {
	case <-s.reached:
	case <-time.After(s.wait):
	}
	s.slow.Lock()
	s.now--
	s.slow.Unlock()
	return s.memory.Finish(ctx, out)
}

// TestKeepingMakesRoom: while pages wait for the store, others are asked for:
// four for each place when they are small, one when they are large.
func TestKeepingMakesRoom(t *testing.T) {
	const sources = 8
	for _, tt := range []struct {
		name     string
		padding  int
		wait     time.Duration
		wantMost int
	}{{"small", 0, 10 * time.Second, keepingPerSlot}, {"large", 2 * largePage, 50 * time.Millisecond, 1}} {
		m := newMemory()
		s := &slowStore{memory: m, want: keepingPerSlot, wait: tt.wait, reached: make(chan struct{})}
		var all []Source
		for i := range sources {
			h := newHostile(t, map[string]http.HandlerFunc{"berita-yang-panjang": func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprint(w, page(fmt.Sprintf("Judul berita nomor %d", i)), "<!--", strings.Repeat("x", tt.padding), "-->")
			}})
			all = append(all, Source{Name: fmt.Sprint("sumber-", i), URL: h.URL + "/"})
		}
		runs := hostileRun(t, m, func(o *Options) { o.Store, o.Concurrency = s, 1 }, all...)
		for _, r := range runs {
			if r.Fetched != 1 {
				t.Errorf("%s pages: %+v, want one fetched", tt.name, r)
			}
		}
		if s.most != tt.wantMost {
			t.Errorf("%s pages: %d kept at once, want %d", tt.name, s.most, tt.wantMost)
		}
	}
}
