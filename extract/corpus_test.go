package extract

import (
	"testing"

	"pakta/rules"
)

// newTestExtractor compiles the built-in rules.
func newTestExtractor(t testing.TB) *Extractor {
	t.Helper()
	set, err := rules.Load()
	if err != nil {
		t.Fatalf("rules.Load: %v", err)
	}
	return New(set)
}

// TestCorpus reads every example of corpus/.
func TestCorpus(t *testing.T) {
	examples, err := BuiltinExamples()
	if err != nil {
		t.Fatal(err)
	}
	x := newTestExtractor(t)
	for _, ex := range examples {
		if msg := ex.Check(x); msg != "" {
			t.Errorf("corpus/%s:%d: %s\n\t%s", ex.File, ex.Line, msg, ex.Art.Text)
		}
	}
}
