package web

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pakta"
)

// maxSentence bounds, in bytes, a sentence without its evidence, cut marks
// included.
const maxSentence = 2*360 + 32

func TestCutsShow(t *testing.T) {
	long := strings.Repeat("kata yang panjang sekali ", 60)
	text, at := unbracket(long + "[inti] " + long)
	parts := cut(text, sentenceAround(text, at), []span{at})
	if !strings.HasPrefix(parts[0].Text, ellipsis) || !strings.HasSuffix(parts[len(parts)-1].Text, ellipsis) {
		t.Errorf("cuts do not show: %v", parts)
	}
}

func unbracket(s string) (string, span) {
	at := span{strings.IndexByte(s, '['), strings.IndexByte(s, ']') - 1}
	return strings.NewReplacer("[", "", "]", "").Replace(s), at
}

// FuzzSentence holds that a sentence holds its evidence, is bounded and valid
// UTF-8, and that the parts between ellipses are the sentence.
func FuzzSentence(f *testing.F) {
	f.Add("Satu. Dua [ada] “di” sini. Tiga.", 6, 9)
	f.Add("é.é. é", 0, 2)
	f.Add("\n\n\n", 1, 2)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		text = strings.ToValidUTF8(text, "?")
		if start < 0 || end > len(text) || start >= end || !utf8.ValidString(text[start:end]) || !utf8.RuneStart(text[start]) {
			return
		}
		e := pakta.Evidence{Text: text[start:end], Start: start, End: end}
		at, ok := locate(text, e)
		if !ok {
			t.Fatalf("%q at %d:%d of %q is not found", e.Text, start, end, text)
		}
		s := sentenceAround(text, at)
		if s.start > at.start || s.end < at.end || s.end-s.start > at.end-at.start+maxSentence {
			t.Fatalf("%v around %v in %q", s, at, text)
		}
		var b strings.Builder
		for _, p := range cut(text, s, []span{at}) {
			if !utf8.ValidString(p.Text) {
				t.Fatalf("part %q", p.Text)
			}
			b.WriteString(p.Text)
		}
		if !strings.Contains(b.String(), text[s.start:s.end]) {
			t.Fatalf("parts %s lack %q", b.String(), text[s.start:s.end])
		}
	})
}
