package extract

import (
	"testing"

	"pakta"
)

func TestTopic(t *testing.T) {
	tests := []struct {
		name, title, text string
		want              string // codes
	}{
		{
			name:  "named in the title and again",
			title: "Merangin dan Pengadilan Agama Bangko Teken MoU, KTP Langsung Jadi",
			text:  "Pemerintah Kabupaten Merangin dan Pengadilan Agama Bangko menandatangani nota kesepahaman, Senin (11/8/2025). Warga senang.\n\nSesudah putusan dibacakan, kartu keluarga dicetak hari itu juga.",
			want:  "2.12",
		},
		{
			name:  "named in passing",
			title: "Merangin dan Kerinci Teken MoU",
			text:  "Pemerintah Kabupaten Merangin dan Pemerintah Kabupaten Kerinci menandatangani nota kesepahaman, Senin (11/8/2025). Warga senang.\n\nSesudah acara, kartu keluarga dibagikan. Warga juga mengurus KTP elektronik.",
			want:  "",
		},
	}
	x := newTestExtractor(t)
	for _, test := range tests {
		rec := x.Extract(&pakta.Article{Title: test.title, Text: test.text})
		got := ""
		for _, s := range rec.Sectors {
			got += s.Code
		}
		if got != test.want {
			t.Errorf("%s: sectors %q, want %q", test.name, got, test.want)
		}
	}
}
