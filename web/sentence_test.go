package web

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pakta"
)

func TestSentenceAround(t *testing.T) {
	long := strings.Repeat("kata yang panjang sekali ", 60)
	for _, tt := range []struct{ name, text, want string }{
		{"middle", "Satu kalimat. Dua [ada] di sini. Tiga.", "Dua [ada] di sini."},
		{"first", "[Satu] kalimat. Dua.", "[Satu] kalimat."},
		{"abbreviation", "Awal. Bupati Kab. Bogor H. Amin No. 5 [teken] naskah. Akhir.", "Bupati Kab. Bogor H. Amin No. 5 [teken] naskah."},
		{"paragraph", "Judul\n\nIsi [kata] lain\nBaris", "Isi [kata] lain"},
		{"quote", "Ia berkata, “Kami [sepakat].” Lalu pulang.", "Ia berkata, “Kami [sepakat].”"},
		{"evidence with its stop", "Satu. Dua [tiga.] Empat.", "Dua [tiga.]"},
		{"number", "Nilai 1.500 [juta] rupiah. Lagi.", "Nilai 1.500 [juta] rupiah."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, at := unbracket(tt.text)
			want, _ := unbracket(tt.want)
			s := sentenceAround(text, at)
			if got := text[s.start:s.end]; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	text, at := unbracket(long + "[inti] " + long)
	s := sentenceAround(text, at)
	if n := s.end - s.start; n > 2*maxContext+10 {
		t.Errorf("a text without stops gives %d bytes", n)
	}
	parts := cut(text, s, []span{at})
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
		if s.start > at.start || s.end < at.end || s.end-s.start > at.end-at.start+2*maxContext+32 {
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
