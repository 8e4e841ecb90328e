package pakta_test

import (
	"strings"
	"testing"

	"pakta"
)

func TestSentenceAround(t *testing.T) {
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
			plain := strings.NewReplacer("[", "", "]", "")
			start, end := strings.IndexByte(tt.text, '['), strings.IndexByte(tt.text, ']')-1
			text := plain.Replace(tt.text)
			from, to := pakta.SentenceAround(text, start, end)
			if got, want := text[from:to], plain.Replace(tt.want); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestSentenceWithoutStopsIsBounded(t *testing.T) {
	long := strings.Repeat("kata yang panjang sekali ", 60)
	const bound = 800 // bytes
	if from, to := pakta.SentenceAround(long+long, len(long), len(long)+4); to-from > bound {
		t.Errorf("a text without stops gives %d bytes", to-from)
	}
}
