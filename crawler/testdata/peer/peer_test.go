package peer

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"

	"pakta"
	"pakta/crawler"
)

type saved struct {
	name, kind, want string
	url              *url.URL
	html             []byte
}

// pages reads a folder of ../pages.
func pages(t testing.TB, folder string) []saved {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "pages", folder, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages in %s: %v", folder, err)
	}
	var all []saved
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		head, html, _ := strings.Cut(string(raw), "-- page.html --\n")
		kind, want, _ := strings.Cut(head, "\n-- want --\n")
		fields, text, _ := strings.Cut(want, "\n\n")
		address, _, _ := strings.Cut(strings.TrimPrefix(fields, "url: "), "\n")
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, saved{filepath.Base(f), kind, text, u, []byte(html)})
	}
	return all
}

// readers are the three, each from bytes to text.
var readers = []struct {
	name string
	read func(s *saved) (string, error)
}{
	{"pakta", func(s *saved) (string, error) {
		art, err := crawler.ReadArticle(&pakta.Page{URL: s.url.String(), Final: s.url.String(), Status: 200, Header: http.Header{}, Body: s.html})
		if err != nil {
			return "", err
		}
		return art.Text, nil
	}},
	{"readability", func(s *saved) (string, error) {
		art, err := readability.FromReader(bytes.NewReader(s.html), s.url)
		if err != nil {
			return "", err
		}
		var b bytes.Buffer
		err = art.RenderText(&b)
		return b.String(), err
	}},
	{"trafilatura", func(s *saved) (string, error) {
		r, err := trafilatura.Extract(bytes.NewReader(s.html), trafilatura.Options{OriginalURL: s.url, ExcludeComments: true})
		if err != nil {
			return "", err
		}
		return r.ContentText, nil
	}},
}

// f1 compares the words of two texts, whatever their order.
func f1(got, want string) float64 {
	words := func(s string) map[string]int {
		n := map[string]int{}
		for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			n[w]++
		}
		return n
	}
	g, w := words(got), words(want)
	both, sum := 0, 0
	for k, n := range g {
		sum += n
		both += min(n, w[k])
	}
	for _, n := range w {
		sum += n
	}
	return 2 * float64(both) / float64(max(sum, 1))
}

// TestQuality: no other reader is better on the pages.
func TestQuality(t *testing.T) {
	for _, folder := range []string{"seen", "heldout"} {
		mean := map[string]float64{}
		all := pages(t, folder)
		for _, r := range readers {
			for _, s := range all {
				text, err := r.read(&s)
				if err != nil {
					text = ""
				}
				mean[r.name] += f1(text, s.want) / float64(len(all))
			}
			t.Logf("%s: %s mean F1 %.4f", folder, r.name, mean[r.name])
			if mean[r.name] > mean["pakta"] {
				t.Errorf("%s: %s reads better", folder, r.name)
			}
		}
	}
}

// wantRatio is how much faster than readability pakta's reader must be.
const wantRatio = 1.5

// TestSpeed reads all pages in turn with each reader, three rounds, and
// compares the best.
func TestSpeed(t *testing.T) {
	all := append(pages(t, "seen"), pages(t, "heldout")...)
	best := map[string]time.Duration{}
	for range 3 {
		for _, r := range readers {
			start := time.Now()
			for _, s := range all {
				_, _ = r.read(&s) // what cannot be read costs time too
			}
			if d := time.Since(start); best[r.name] == 0 || d < best[r.name] {
				best[r.name] = d
			}
		}
	}
	for _, r := range readers {
		t.Logf("%s: %.0f pages/s", r.name, float64(len(all))/best[r.name].Seconds())
	}
	if ratio := best["readability"].Seconds() / best["pakta"].Seconds(); ratio < wantRatio {
		t.Errorf("%.2f times as fast as readability, want %.1f", ratio, wantRatio)
	} else {
		t.Logf("%.2f times as fast as readability", ratio)
	}
}
