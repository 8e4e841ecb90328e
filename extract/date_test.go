package extract

import (
	"strings"
	"testing"

	"pakta"
)

// TestWeekdayDisagrees checks the warning of a weekday that is not the date's,
// and what it says would mend it.
func TestWeekdayDisagrees(t *testing.T) {
	x := newTestExtractor(t)
	tests := []struct {
		text string
		want string // part of the message, "" for no warning
	}{
		{"Naskah kerja sama diteken Jumat (8/8/2025).", ""},
		{"Naskah kerja sama diteken Jum'at, 8 Agustus 2025.", ""},
		{"Naskah kerja sama diteken Kamis (8/8/2025).", "a year earlier"},
		{"Naskah kerja sama diteken Sabtu (8/8/2025).", "a year later"},
		{"Naskah kerja sama diteken Selasa (6/3/2025).", "day and month exchanged"},
		{"Naskah kerja sama diteken Senin (8/8/2025).", "the weekday is not that of the date"},
	}
	for _, tt := range tests {
		rec := x.Extract(&pakta.Article{Title: "Kerja sama", Text: tt.text})
		got := ""
		for _, w := range rec.Warnings {
			if w.Code == "weekday_disagrees" {
				got = w.Message
			}
		}
		if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("warning of %q = %q, want %q", tt.text, got, tt.want)
		}
		if len(rec.Dates) != 1 {
			t.Errorf("dates of %q = %v, want the one that is written", tt.text, rec.Dates)
		}
	}
}

// TestDateRoles checks what the words around a date say it is the date of.
func TestDateRoles(t *testing.T) {
	x := newTestExtractor(t)
	tests := []struct {
		text, value string
		want        pakta.DateRole
	}{
		{"Kerja sama itu berlaku sejak 1 Januari 2026.", "2026-01-01", pakta.DateEffective},
		{"Kerja sama itu berakhir 31 Desember 2030.", "2030-12-31", pakta.DateExpires},
		{"Kerja sama itu berlaku sejak 1 Januari 2026 sampai dengan 31 Desember 2030.", "2030-12-31", pakta.DateExpires},
		{"Kerja sama itu ditandatangani 8 Agustus 2025.", "2025-08-08", pakta.DateSigned},
		{"Kerja sama itu akan ditandatangani 8 Agustus 2025.", "2025-08-08", pakta.DatePlanned},
		{"Kerja sama itu dibahas 8 Agustus 2025 bersama camat, kepala desa dan tokoh warga dua kabupaten.", "2025-08-08", pakta.DateMentioned},
		{"Sabtu, 17 Januari 2026 - 11:32 WIB\nKerja sama itu dibahas lagi.", "2026-01-17", pakta.DatePublished},
	}
	for _, tt := range tests {
		rec := x.Extract(&pakta.Article{Title: "Kerja sama", Text: tt.text})
		got := pakta.DateRole("")
		for _, d := range rec.Dates {
			if d.Value == tt.value {
				got = d.Role
			}
		}
		if got != tt.want {
			t.Errorf("role of %s in %q = %q, want %q", tt.value, tt.text, got, tt.want)
		}
	}
}

// TestLawUnknown checks the warning of a law that its table does not have
// while it has others of the year.
func TestLawUnknown(t *testing.T) {
	x := newTestExtractor(t)
	rec := x.Extract(&pakta.Article{
		Title: "Kerja sama", Text: "Kerja sama itu merujuk Permendagri Nomor 23 Tahun 2020 tentang kerja sama daerah.",
	})
	if len(rec.LegalRefs) != 1 || rec.LegalRefs[0].Known {
		t.Fatalf("legal refs = %+v, want Permendagri 23/2020, unknown", rec.LegalRefs)
	}
	if len(rec.Warnings) != 1 || rec.Warnings[0].Code != "law_unknown" || !strings.Contains(rec.Warnings[0].Message, "Permendagri 22/2020") {
		t.Errorf("warnings = %+v, want law_unknown that names Permendagri 22/2020", rec.Warnings)
	}
}
