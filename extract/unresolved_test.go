package extract

import (
	"slices"
	"strings"
	"testing"

	"pakta"
)

// TestUnresolvedFields checks that what the text leaves open is said to be
// open, and that the field is empty then.
func TestUnresolvedFields(t *testing.T) {
	x := newTestExtractor(t)
	tests := []struct {
		title, text string
		field       string
		reason      pakta.UnresolvedReason
		want        string
	}{
		{"Kerja sama", "Kerja sama dengan Bogor dibahas lagi.", "regions", pakta.Ambiguous, "could be Kabupaten Bogor or Kota Bogor"},
		{"Kerja sama", "Kerja sama itu diteken 11 Maret di aula.", "dates", pakta.Ambiguous, "does not say which year"},
		{
			"Teken MoU", "Pemkab Kaur menandatangani nota kesepahaman dengan 12 perguruan tinggi.",
			"parties", pakta.Ambiguous, "told by its sort only",
		},
		{
			"Teken MoU", "Pemkab Kaur dan Pemkab Seluma menandatangani nota kesepahaman dengan Bogor.",
			"parties", pakta.Ambiguous, "could be Kabupaten Bogor or Kota Bogor",
		},
		{
			"Teken MoU", "Pemkab Kaur menandatangani nota kesepahaman dengan Badan Pengelola Teluk Rekaan (BPTR).",
			"kind", pakta.Ambiguous, "may be a body of the state or not",
		},
		{
			"Kaur dan Seluma Akan Teken MoU", "Pemkab Kaur dan Pemkab Seluma menandatangani nota kesepahaman, Rabu (11/3/2026).",
			"status", pakta.Conflict, "headline",
		},
		{
			"Teken MoU", "MoU itu diteken Pemkab Kaur dan Pemkab Seluma, Rabu (11/3/2026). MoU itu ditandatangani Pemkab Kaur dan Pemkab Seluma, Kamis (12/3/2026).",
			"signed_on", pakta.Conflict, "2026-03-11 or on 2026-03-12",
		},
	}
	for _, tt := range tests {
		rec := x.Extract(&pakta.Article{Title: tt.title, Text: tt.text})
		has := func(u pakta.Unresolved) bool {
			return u.Field == tt.field && u.Reason == tt.reason && strings.Contains(u.Message, tt.want) && len(u.Evidence) > 0
		}
		if !slices.ContainsFunc(rec.Unresolved, has) {
			t.Errorf("unresolved of %q = %+v, want %s: %s", tt.text, rec.Unresolved, tt.field, tt.want)
		}
		checkEvidence(t, rec, tt.title+"\n\n"+tt.text)
		if tt.field == "status" && rec.Status != "" || tt.field == "kind" && rec.Kind != "" || tt.field == "signed_on" && rec.SignedOn != nil {
			t.Errorf("%s of %q is given though it is open", tt.field, tt.text)
		}
	}
}

// TestResolvedFields: what the text does not speak of, or settles, is not open.
func TestResolvedFields(t *testing.T) {
	x := newTestExtractor(t)
	for _, text := range []string{
		"Pemkab Kaur dan Pemkab Seluma menandatangani nota kesepahaman.",
		"Pemkab Kaur dan Kejari Kaur akan menandatangani nota kesepahaman.",
		"Pemkab Kaur dan Nodeflux Nusantara menandatangani nota kesepahaman, Rabu (11/3/2026).",
	} {
		if rec := x.Extract(&pakta.Article{Title: "Teken MoU", Text: text}); len(rec.Unresolved) > 0 {
			t.Errorf("unresolved of %q = %+v, want none", text, rec.Unresolved)
		}
	}
}
