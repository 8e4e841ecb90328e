package extract

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"pakta"
)

// kesepakatan is an article of our own with every field in it.
const kesepakatan = `SAROLANGUN, Kabar Nusa - Pemerintah Kabupaten Merangin dan Pemerintah Kabupaten Kerinci menandatangani kesepakatan bersama pada hari Jum'at (8/8/2025) di Aula Kantor Bupati Merangin.

Naskah Nomor 100.3.7.1/12/KSB/2025 diteken Bupati Merangin Drs. H. Ruslan Effendi, M.Si. dan Bupati Kerinci Hj. Salmah Yunus.

Ruang lingkup kerja sama meliputi pendidikan, kesehatan, ketahanan pangan, serta pariwisata sebagaimana diatur dalam Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah.

Kesepakatan berlaku selama lima tahun. "Kita harus segera bekerja," kata Bupati Ruslan.

BACA JUGA: Wali Kota Jambi Buka Pasar Murah`

func TestExtract(t *testing.T) {
	x := newTestExtractor(t)
	r := x.Extract(&pakta.Article{ID: "a", Title: "Merangin dan Kerinci Teken Kesepakatan Bersama", Text: kesepakatan})
	got := map[string]any{
		"agreement": r.Agreement, "status": r.Status, "kind": r.Kind, "signed_on": r.SignedOn.Value, "venue": r.Venue.Name, "months": *r.DurationMonths,
		"parties": codes(r.Parties, func(p pakta.Party) string { return string(p.Region) }), "regions": codes(r.Regions, func(p pakta.RegionMention) string { return p.Code }),
		"officials": codes(r.Officials, func(o pakta.Official) string { return string(o.Name + ", " + o.Position + " " + o.Region) }),
		"laws":      codes(r.LegalRefs, func(l pakta.LegalRef) string { return l.ID }), "sectors": codes(r.Sectors, func(s pakta.SectorMention) string { return s.Code }),
		"numbers":     codes(r.Numbers, func(n pakta.Number) string { return n.Value }),
		"instruments": codes(r.Instruments, func(i pakta.Instrument) string { return string(i.Type) }),
	}
	want := map[string]any{
		"agreement": true, "status": pakta.Signed, "kind": pakta.KSDD, "signed_on": "2025-08-08", "venue": "Aula Kantor Bupati Merangin", "months": 60,
		"parties": "15.01|15.02", "regions": "15.01|15.02", "officials": "Ruslan Effendi, Bupati 15.02|Salmah Yunus, Bupati 15.01",
		"laws": "UU 23/2014", "sectors": "1.01|1.02|2.09|3.26", "numbers": "100.3.7.1/12/KSB/2025", "instruments": "kesepakatan_bersama",
	}
	for k := range want {
		if !reflect.DeepEqual(got[k], want[k]) {
			t.Errorf("%s = %v, want %v", k, got[k], want[k])
		}
	}
	checkEvidence(t, r, r.Article.Title+"\n\n"+kesepakatan)
}

func codes[T any](values []T, code func(T) string) string {
	var out []string
	for _, v := range values {
		out = append(out, code(v))
	}
	slices.Sort(out)
	return strings.Join(out, "|")
}

// checkEvidence: the text of every piece of evidence is that of its bytes.
func checkEvidence(t *testing.T, r *pakta.Record, text string) {
	t.Helper()
	r.EachEvidence(func(e pakta.Evidence) {
		if e.Start < 0 || e.End > len(text) || e.Start >= e.End || text[e.Start:e.End] != e.Text || e.Rule == "" {
			t.Errorf("evidence %+v is not what stands there", e)
		}
	})
}

// TestNoAgreement: the vocabulary alone makes no agreement.
func TestNoAgreement(t *testing.T) {
	x := newTestExtractor(t)
	for title, text := range map[string]string{
		"KUA-PPAS":   "Bupati Merangin dan pimpinan DPRD Merangin menandatangani nota kesepakatan KUA-PPAS APBD 2026 dalam rapat paripurna, Senin (11/8/2025).",
		"Damai":      "Warga dua desa di Kabupaten Merangin menandatangani kesepakatan bersama untuk berdamai setelah bentrok.",
		"Sepak bola": "Klub itu menandatangani kontrak kerja sama dengan pemain baru untuk kompetisi liga.",
		"Harga":      "Harga cabai di Pasar Bangko naik.",
		"":           "",
	} {
		if r := x.Extract(&pakta.Article{ID: title, Title: title, Text: text}); r.Agreement {
			t.Errorf("%q: an agreement with score %v by %v", title, r.Score, r.Reasons)
		}
	}
}

// TestConcurrent: many goroutines get the same bytes.
func TestConcurrent(t *testing.T) {
	x := newTestExtractor(t)
	art := &pakta.Article{ID: "a", Title: "Merangin dan Kerinci", Text: kesepakatan}
	want, err := json.Marshal(x.Extract(art))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got, err := json.Marshal(x.Extract(art)); err != nil || string(got) != string(want) {
					t.Error("another record from the same article")
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestReused: what one extraction leaves in its rooms has no part in the next.
func TestReused(t *testing.T) {
	x := newTestExtractor(t)
	for _, a := range bundled(t) {
		used := x.pool.Get()
		want := x.Extract(a) // in rooms of its own
		x.pool.Get()
		x.pool.Put(used)
		if got := x.Extract(a); !reflect.DeepEqual(got, want) {
			t.Errorf("Extract(%s) in rooms of other articles = %+v, want %+v", a.ID, got, want)
		}
	}
}

// TestGateSpellings reads an article whose only gate word is in a variant
// spelling.
func TestGateSpellings(t *testing.T) {
	x := newTestExtractor(t)
	a := &pakta.Article{Title: "Kerinci jajaki kerjasama daerah", Text: "Kerinci dan Merangin menjajaki kerjasama."}
	if !x.Relevant(a) {
		t.Errorf("Relevant(%q) = false, want true", a.Text)
	}
}
