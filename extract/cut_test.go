package extract

import (
	"testing"
	"unicode"
)

// TestCutAnywhere: an article that ends or begins in the middle of anything, as
// teasers and broken pages do, is read like any other.
func TestCutAnywhere(t *testing.T) {
	x := newTestExtractor(t)
	for _, file := range []string{"seen.jsonl", "heldout.jsonl"} {
		for _, a := range corpusArticles(t, file) {
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
}
