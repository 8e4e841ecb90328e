package extract

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"pakta"
)

// TestCutAnywhere: an article that ends or begins in the middle of anything, as
// teasers and broken pages do, is read like any other.
func TestCutAnywhere(t *testing.T) {
	x := newTestExtractor(t)
	for _, a := range labelled(t) {
		for i, r := range a.Text {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				continue
			}
			for _, text := range []string{a.Text[:i], a.Text[i:]} {
				cut := *a
				cut.Text = text
				checkRecord(t, x.Extract(&cut), Normalize(&cut).Canonical())
			}
		}
	}
}

// FuzzSplice: pieces of articles put together at random are read like any
// article. What a fuzzer makes of bytes is seldom Indonesian; this always is.
func FuzzSplice(f *testing.F) {
	x, articles := newTestExtractor(f), labelled(f)
	for seed := range uint64(500) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		a := Normalize(splice(rand.New(rand.NewPCG(seed, 0)), articles))
		rec, _ := x.Explain(a)
		checkRecord(t, rec, a.Canonical())
	})
}

// labelled are the articles of our own that report agreements, and their like.
func labelled(tb testing.TB) []*pakta.Article {
	return append(corpusArticles(tb, "seen.jsonl"), corpusArticles(tb, "heldout.jsonl")...)
}

// splice makes an article of pieces of others, with words lost, in capitals or
// small, and marks where none belong.
func splice(r *rand.Rand, articles []*pakta.Article) *pakta.Article {
	out := &pakta.Article{ID: "splice"}
	if r.IntN(2) == 0 {
		out.Title = articles[r.IntN(len(articles))].Title
	}
	var words []string
	for range 1 + r.IntN(4) {
		from := strings.SplitAfter(articles[r.IntN(len(articles))].Text, " ")
		start := r.IntN(len(from))
		words = append(words, from[start:min(len(from), start+1+r.IntN(40))]...)
	}
	marks := []string{"(", ")", "\"", ", ", ". ", "/", "-", "\n\n", ": ", "& ", "1", "2025 ", "Nomor ", "Kab. ", "dan ", "Bupati ", "dengan "}
	for range r.IntN(8) {
		switch i := r.IntN(len(words)); r.IntN(4) {
		case 0:
			words[i] = ""
		case 1:
			words[i] = strings.ToUpper(words[i])
		case 2:
			words[i] = strings.ToLower(words[i])
		default:
			words[i] = marks[r.IntN(len(marks))] + words[i]
		}
	}
	out.Text = strings.Join(words, "")
	return out
}
