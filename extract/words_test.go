package extract

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"pakta/rules"
)

// TestWordLists holds the grammars to the table of words: every list that one
// asks for is there, and every one that is there is asked for.
func TestWordLists(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`lex\.words\("([^"]*)"\)`).FindAllSubmatch(code, -1) {
			asked[string(m[1])] = true
		}
	}
	if len(asked) == 0 {
		t.Fatal("no grammar asks for words: is the pattern of this test still right?")
	}
	set, err := rules.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range set.Entries("words") {
		if !asked[e.ID] {
			t.Errorf("%s:%d: no grammar asks for %q", e.File, e.Line, e.ID)
		}
		delete(asked, e.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(asked)) {
		t.Errorf("a grammar asks for the words %q, which rules/data/words.csv does not have", id)
	}
}
