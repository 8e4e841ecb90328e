package extract

import (
	"slices"
	"strings"
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
			t.Errorf("%s:%d: %s\n\t%s", ex.File, ex.Line, msg, ex.Art.Text)
		}
	}
}

// TestCorpusSize: every field that people ask about has enough examples, near
// misses among them.
func TestCorpusSize(t *testing.T) {
	const sentences, nearMisses = 40, 5
	examples, err := BuiltinExamples()
	if err != nil {
		t.Fatal(err)
	}
	all, none := map[string]int{}, map[string]int{}
	for _, ex := range examples {
		all[ex.Field]++
		if len(ex.Want) == 0 {
			none[ex.Field]++
		}
	}
	for _, field := range []string{"date", "law", "region", "official", "sector", "party", "instrument", "status", "venue"} {
		if all[field] < sentences || none[field] < nearMisses {
			t.Errorf("%s: %d sentences, %d of them near misses; want %d and %d", field, all[field], none[field], sentences, nearMisses)
		}
	}
}

// TestCheck: what can be wrong with a reading is told apart.
func TestCheck(t *testing.T) {
	x := newTestExtractor(t)
	tests := []struct {
		file, lines string
		want        string
	}{
		{"region.txt", "= 15.04\nBantuan tiba di [Batanghari] pagi.", ""},
		{"region.txt", "= 15.04\nBantuan tiba di Batanghari pagi.", ""},
		{"region.txt", "= 15.04\nBantuan tiba di Batanghari [pagi].", "not found: 15.04 [pagi]; not wanted: 15.04 [Batanghari]"},
		{"region.txt", "= 15.04\nBantuan [tiba di Batanghari] pagi.", "half found: 15.04 [Batanghari], want 15.04 [tiba di Batanghari]"},
		{"region.txt", "= 15.03\nBantuan tiba di [Batanghari] pagi.", "wrong value: 15.04 [Batanghari], want 15.03 [Batanghari]"},
		{"region.txt", "= 15.03\nBantuan tiba di Batanghari pagi.", "wrong value: 15.04 [Batanghari], want 15.03"},
		{"region.txt", "@ title Kerinci Panen\n= none\nBantuan tiba pagi.", ""},
		{"region.txt", "= 15.04 + 15.03\nBantuan tiba di [Batanghari] pagi.", "not found: 15.03 [Batanghari]"},
		{"official.txt", "= Ruslan Effendi; Bupati\n[Bupati Kerinci Ruslan Effendi] hadir.", ""},
		{"official.txt", "= Ruslan Effendi; Bupati; -\n[Bupati Kerinci Ruslan Effendi] hadir.",
			"wrong value: Ruslan Effendi; Bupati; 15.01; - [Bupati Kerinci Ruslan Effendi], want Ruslan Effendi; Bupati; - [Bupati Kerinci Ruslan Effendi]"},
	}
	for _, tt := range tests {
		examples, err := parseExamples(strings.NewReader(tt.lines), tt.file)
		if err != nil || len(examples) != 1 {
			t.Errorf("parseExamples(%q) = %d examples, %v", tt.lines, len(examples), err)
			continue
		}
		if got := examples[0].Check(x); got != tt.want {
			t.Errorf("%q: Check = %q, want %q", tt.lines, got, tt.want)
		}
	}
}

// TestFoundTwice: overlapping readings of one value are one too many.
func TestFoundTwice(t *testing.T) {
	c := comparison{
		text: "Kabupaten Kerinci",
		want: []Reading{{"15.01", 0, 17}},
		got:  []Reading{{"15.01", 0, 17}, {"15.01", 10, 17}},
	}
	c.compareSpans()
	if want := []string{"found twice: 15.01 [Kerinci]"}; !slices.Equal(c.problems, want) {
		t.Errorf("problems = %q, want %q", c.problems, want)
	}
}

// TestBadExamples: mistakes of a corpus file are told with file and line.
func TestBadExamples(t *testing.T) {
	for lines, want := range map[string]string{
		"= 15.04\n[Batanghari":              "region.txt:2: a bracket is not closed",
		"= 15.04\nBatang]hari":              "region.txt:2: a bracket closes that was not opened",
		"= 15.04\n[Batang[hari]":            "region.txt:2: a bracket opens inside another",
		"= 15.04 | 15.03\n[Batanghari]":     "region.txt:2: 2 values for 1 brackets",
		"= none\n[Batanghari]":              "region.txt:2: 0 values for 1 brackets",
		"@ author X\n= none\nBatanghari":    "region.txt:1: @ author: want published",
		"@ published 8/8\n= none\nMenunggu": "region.txt:1: time",
		"= none\nMe\u0001nunggu":            "region.txt:2: the text is not normalised",
	} {
		if _, err := parseExamples(strings.NewReader(lines), "region.txt"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("parseExamples(%q) = %v, want %q", lines, err, want)
		}
	}
}
