package extract

import (
	"testing"

	"pakta"
)

// TestPanicOfRule: a rule that panics costs its article, which gets a record
// that says so, and no other.
func TestPanicOfRule(t *testing.T) {
	x := newTestExtractor(t)
	article := &pakta.Article{ID: "a", Title: "Kesepakatan Bersama", Text: "Bupati Sleman dan Bupati Bantul menandatangani kesepakatan bersama di Yogyakarta, Kamis (12/3/2026)."}
	want := x.Extract(article)
	lex := x.lex
	x.lex = nil // what a bug in a rule would be
	rec := x.Extract(article)
	if rec.Agreement || len(rec.Warnings) != 1 || rec.Warnings[0].Code != "extractor_failed" || rec.Article.ID != "a" {
		t.Errorf("Extract = %+v, want a record with nothing but the warning", rec)
	}
	x.lex = lex
	if again := x.Extract(article); again.Agreement != want.Agreement || len(again.Warnings) != len(want.Warnings) {
		t.Errorf("the next article: %+v, want %+v", again, want)
	}
}
