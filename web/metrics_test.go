package web

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestExposition(t *testing.T) {
	got := string(exposition([]Figure{
		{Name: "pakta_articles", Help: "Articles.", Value: 46},
		{Name: "pakta_new", Help: "New articles.", Labels: []string{"source", "a \"b\"\\c\nd\xff"}, Value: 1.5},
		{Name: "pakta_new", Help: "New articles.", Labels: []string{"source", "x", "class", "y"}, Value: 1e18},
		{Name: "pakta_answers_total", Help: "Answers.", Counter: true, Value: 0},
	}))
	const want = `# HELP pakta_articles Articles.
# TYPE pakta_articles gauge
pakta_articles 46
# HELP pakta_new New articles.
# TYPE pakta_new gauge
pakta_new{source="a \"b\"\\c\nd�"} 1.5
pakta_new{source="x",class="y"} 1e+18
# HELP pakta_answers_total Answers.
# TYPE pakta_answers_total counter
pakta_answers_total 0
`
	if got != strings.ReplaceAll(want, `\ufffd`, "\ufffd") {
		t.Errorf("exposition:\n%s\nwant\n%s", got, want)
	}
}

func TestMetrics(t *testing.T) {
	fails := false
	handler, err := New(Options{Search: &shelf{}, Archive: &shelf{}, Figures: func(context.Context) ([]Figure, error) {
		if fails {
			return nil, errors.New("no disk")
		}
		return []Figure{{Name: "pakta_articles", Help: "Articles.", Value: 3}}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		handler.ServeHTTP(rec, httptest.NewRequest("GET", "http://localhost"+path, nil))
		return rec
	}
	ask("/nowhere")
	got := ask("/metrics")
	for _, want := range []string{"pakta_articles 3\n", `pakta_http_answers_total{class="4xx"} 1`, "pakta_goroutines "} {
		if !strings.Contains(got.Body.String(), want) {
			t.Errorf("/metrics lacks %q:\n%s", want, got.Body)
		}
	}
	if fails = true; ask("/metrics").Code != 500 {
		t.Error("/metrics without an archive: no error")
	}
}
