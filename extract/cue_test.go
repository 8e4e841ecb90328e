package extract

import "testing"

func TestCueClasses(t *testing.T) {
	for c := cueUnknown; c < cueClasses; c++ {
		if got := parseCueClass(c.String()); c.String() == "" || got != c {
			t.Errorf("parseCueClass(%q) = %d, want %d", c.String(), got, c)
		}
	}
	x := newTestExtractor(t)
	for i, c := range x.deals.cues {
		if c == cueUnknown {
			e := &x.lex.entries[listCues][i]
			t.Errorf("cue %q has the class %q, which no grammar knows", e.ID, e.Attr("class"))
		}
	}
}
