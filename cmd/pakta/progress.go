package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

const (
	// redrawEvery keeps a bar lively without flicker over slow connections.
	redrawEvery = 200 * time.Millisecond
	// logEvery is often enough to see that a run lives, and seldom enough for
	// a night's log to be read.
	logEvery = 5 * time.Second
	barWidth = 24
)

// progress shows how far a run is: a bar on a terminal, a line every few
// seconds elsewhere. It may be updated from several goroutines at once.
type progress struct {
	w        io.Writer
	label    string
	terminal bool
	started  time.Time
	stop     chan struct{}
	stopped  sync.WaitGroup

	mu    sync.Mutex
	done  int
	total int // 0: not known
	note  string
	shown string
}

// newProgress begins to show progress on w until finish.
func newProgress(w io.Writer, terminal bool, label string) *progress {
	p := &progress{w: w, label: label, terminal: terminal, started: time.Now(), stop: make(chan struct{})}
	every := logEvery
	if terminal {
		every = redrawEvery
	}
	p.stopped.Go(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.show()
			case <-p.stop:
				return
			}
		}
	})
	return p
}

// update sets what is shown next. Total is 0 when it is not known; note may
// say what is worked on.
func (p *progress) update(done, total int, note string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.total, p.note = done, total, note
}

// finish stops showing and clears the bar.
func (p *progress) finish() {
	close(p.stop)
	p.stopped.Wait()
	if p.terminal && p.shown != "" {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// show writes the present state, if it is not what was written last.
func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	line := p.line()
	if line == p.shown {
		return
	}
	p.shown = line
	if p.terminal {
		fmt.Fprint(p.w, "\r"+line+"\x1b[K")
		return
	}
	fmt.Fprintln(p.w, line)
}

// line is the state as one line, without its end.
func (p *progress) line() string {
	var b strings.Builder
	b.WriteString(p.label)
	if p.total > 0 && p.terminal {
		full := min(barWidth, barWidth*p.done/p.total)
		b.WriteString(" [" + strings.Repeat("=", full) + strings.Repeat(" ", barWidth-full) + "]")
	}
	fmt.Fprintf(&b, " %d", p.done)
	if p.total > 0 {
		fmt.Fprintf(&b, "/%d", p.total)
	}
	if s := time.Since(p.started).Seconds(); s >= 1 && p.done > 0 {
		fmt.Fprintf(&b, " (%.0f/s)", float64(p.done)/s)
	}
	if p.note != "" {
		b.WriteString(" " + oneLine(p.note, 60))
	}
	return b.String()
}

// oneLine makes text from outside fit to print: no control characters, which
// could command the terminal, and at most limit runes.
func oneLine(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r >= '\u202a' && r <= '\u202e' {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return s
}
