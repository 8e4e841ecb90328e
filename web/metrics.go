package web

import (
	"bytes"
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
)

// Figure is one number for monitoring, in the terms of Prometheus.
type Figure struct {
	// Name is the metric's, such as pakta_articles; Help says what it counts, in
	// which unit. Figures of one name follow one another and have one Help.
	Name, Help string
	// Counter says that it only grows, until the process ends.
	Counter bool
	// Labels are names and values in turn.
	Labels []string
	Value  float64
}

// served counts answers by the first digit of their status.
type served [6]atomic.Int64

func (c *served) count(code int) {
	if i := code / 100; i < len(c) {
		c[i].Add(1)
	}
}

// figures are those of the server itself.
func (s *site) figures() []Figure {
	var out []Figure
	for i := 1; i < len(s.served); i++ {
		out = append(out, Figure{
			Name: "pakta_http_answers_total", Help: "Answers of the server, by class of status.", Counter: true,
			Labels: []string{"class", strconv.Itoa(i) + "xx"}, Value: float64(s.served[i].Load()),
		})
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	return append(out,
		Figure{Name: "pakta_heap_bytes", Help: "Memory in use for data.", Value: float64(mem.HeapInuse)},
		Figure{Name: "pakta_goroutines", Help: "Goroutines of the server.", Value: float64(runtime.NumGoroutine())})
}

// metrics answers with all figures in Prometheus' text format, version 0.0.4.
func (s *site) metrics(w http.ResponseWriter, r *http.Request) {
	figures := s.figures()
	if s.Figures != nil {
		more, err := s.Figures(r.Context())
		if err != nil {
			s.fail(w, r, fmt.Errorf("collect figures: %w", err))
			return
		}
		figures = append(more, figures...)
	}
	w.Header().Set("Cache-Control", "no-store")
	send(w, r, http.StatusOK, "text/plain; version=0.0.4; charset=utf-8", exposition(figures))
}

// escapeLabel is how the format writes the values of labels.
var escapeLabel = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)

func exposition(figures []Figure) []byte {
	var b bytes.Buffer
	last := ""
	for _, f := range figures {
		if f.Name != last {
			kind := "gauge"
			if f.Counter {
				kind = "counter"
			}
			fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n", f.Name, f.Help, f.Name, kind)
			last = f.Name
		}
		b.WriteString(f.Name)
		for i := 0; i+1 < len(f.Labels); i += 2 {
			b.WriteByte("{,"[min(i, 1)])
			fmt.Fprintf(&b, `%s="%s"`, f.Labels[i], escapeLabel.Replace(strings.ToValidUTF8(f.Labels[i+1], "\ufffd")))
		}
		if len(f.Labels) > 1 {
			b.WriteByte('}')
		}
		b.WriteByte(' ')
		b.WriteString(strconv.FormatFloat(f.Value, 'g', -1, 64))
		b.WriteByte('\n')
	}
	return b.Bytes()
}
