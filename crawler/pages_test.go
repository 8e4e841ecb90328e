package crawler

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"pakta"
)

// savedPage is a page of testdata/pages with what is to be read in it.
type savedPage struct {
	name, kind                           string
	wantTitle, wantAuthor, wantText, url string
	wantPublished                        time.Time
	html                                 []byte
}

func (s *savedPage) page() *pakta.Page {
	return &pakta.Page{URL: s.url, Final: s.url, Status: 200, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: s.html}
}

// savedPages reads the pages of a folder of testdata/pages.
func savedPages(t testing.TB, folder string) []savedPage {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "pages", folder, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages in %s: %v", folder, err)
	}
	var all []savedPage
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		head, html, ok := strings.Cut(string(raw), "-- page.html --\n")
		kind, want, ok2 := strings.Cut(head, "\n-- want --\n")
		if !ok || !ok2 {
			t.Fatalf("%s: want the parts want and page.html", f)
		}
		s := savedPage{name: strings.TrimSuffix(filepath.Base(f), ".txtar"), kind: kind, html: []byte(html)}
		fields, text, _ := strings.Cut(want, "\n\n")
		s.wantText = strings.TrimSpace(text)
		for line := range strings.SplitSeq(fields, "\n") {
			key, value, _ := strings.Cut(line, ": ")
			switch key {
			case "url":
				s.url = value
			case "title":
				s.wantTitle = value
			case "author":
				s.wantAuthor = value
			case "published":
				if s.wantPublished, err = time.Parse(time.RFC3339, value); err != nil {
					t.Fatalf("%s: %v", f, err)
				}
			}
		}
		all = append(all, s)
	}
	return all
}

// tokenF1 compares the words of two texts, whatever their order.
func tokenF1(got, want string) float64 {
	words := func(s string) map[string]int {
		n := map[string]int{}
		for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			n[w]++
		}
		return n
	}
	g, w := words(got), words(want)
	both, ng, nw := 0, 0, 0
	for k, n := range g {
		ng += n
		both += min(n, w[k])
	}
	for _, n := range w {
		nw += n
	}
	if ng+nw == 0 {
		return 1
	}
	return 2 * float64(both) / float64(ng+nw)
}

// What the pages must reach: of all together, and of each kind.
const (
	wantMeanF1 = 0.97
	wantKindF1 = 0.93
)

// TestPages reads every saved page: its publication time, title and author
// exactly, its text by the words that it shares with the one wanted.
func TestPages(t *testing.T) {
	for _, folder := range []string{"seen", "heldout"} {
		t.Run(folder, func(t *testing.T) {
			sums, counts := map[string]float64{}, map[string]int{}
			total, n := 0.0, 0
			for _, s := range savedPages(t, folder) {
				f1 := checkPage(t, &s)
				sums[s.kind] += f1
				counts[s.kind]++
				total += f1
				n++
			}
			t.Logf("%s: %d pages, mean F1 %.4f", folder, n, total/float64(n))
			if total/float64(n) < wantMeanF1 {
				t.Errorf("mean F1 %.4f, want %.2f", total/float64(n), wantMeanF1)
			}
			for kind, sum := range sums {
				if f1 := sum / float64(counts[kind]); f1 < wantKindF1 {
					t.Errorf("kind %s: mean F1 %.4f, want %.2f", kind, f1, wantKindF1)
				}
			}
		})
	}
}

// checkPage reports what differs and returns the score of the text.
func checkPage(t *testing.T, s *savedPage) float64 {
	t.Helper()
	art, err := ReadArticle(s.page())
	if err != nil {
		t.Errorf("%s: %v", s.name, err)
		if art == nil {
			return 0
		}
	}
	if !art.Published.Equal(s.wantPublished) {
		t.Errorf("%s: published %v, want %v", s.name, art.Published, s.wantPublished)
	}
	if art.Title != s.wantTitle {
		t.Errorf("%s: title %q, want %q", s.name, art.Title, s.wantTitle)
	}
	if art.Author != s.wantAuthor {
		t.Errorf("%s: author %q, want %q", s.name, art.Author, s.wantAuthor)
	}
	f1 := tokenF1(art.Text, s.wantText)
	if f1 < 0.995 {
		t.Logf("%s: F1 %.4f", s.name, f1)
	}
	return f1
}

// BenchmarkReadPages reads the saved pages in turn; see pages/s.
func BenchmarkReadPages(b *testing.B) {
	all := append(savedPages(b, "seen"), savedPages(b, "heldout")...)
	size := 0
	for _, s := range all {
		size += len(s.html)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, s := range all {
			if _, err := ReadArticle(s.page()); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(all))/b.Elapsed().Seconds(), "pages/s")
}
