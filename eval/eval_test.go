package eval

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pakta"
)

// newTestScorer knows three regions and a sector.
func newTestScorer() *Scorer {
	return NewScorer([]pakta.Region{
		{Code: "15.01", Name: "Kabupaten Kerinci", Short: "Kerinci"},
		{Code: "15.02", Name: "Kabupaten Merangin", Short: "Merangin"},
		{Code: "15.72", Name: "Kota Sungai Penuh", Short: "Sungai Penuh"},
	}, []pakta.Sector{{Code: "1.02", Name: "Kesehatan"}})
}

func TestFields(t *testing.T) {
	if got := len(Fields()); got != 13 {
		t.Errorf("%d fields, want 13", got)
	}
	for _, f := range Fields() {
		if got, err := ParseField(f.String()); err != nil || got != f {
			t.Errorf("ParseField(%q) = %v, %v", f, got, err)
		}
		if comparisons[f] == nil {
			t.Errorf("%s is not compared", f)
		}
	}
	if _, err := ParseField("party"); err == nil {
		t.Error("ParseField takes a field that does not exist")
	}
}

func TestFold(t *testing.T) {
	for _, tt := range []struct {
		fold       func(string) string
		name, want string
	}{
		{fold, "Jum’at  (8/8)", "jum at 8 8"},
		{fold, "Café Åsa", "cafe a sa"}, // a combining mark parts words
		{foldPerson, "Drs. H. Ruslan Effendi, M.Si", "ruslan effendi"},
		{foldPerson, "dr. Salmah Yunus", "salmah yunus"},
		{foldPosition, "Plt. Sekda", "sekretaris daerah"},
		{foldPosition, "Walikota", "wali kota"},
		{foldPosition, "Pelaksana Tugas Kadis Kesehatan", "kepala dinas kesehatan"},
		{foldPosition, "Pjs Bupati", "bupati"},
		{foldLaw, "UU 23/2014", "uu 23/2014"},
		{foldLaw, "Perpu 2/2022 Pasal 3", "perpu 2/2022"},
		{foldLaw, "Peraturan Bersama", "peraturan bersama"},
	} {
		if got := tt.fold(tt.name); got != tt.want {
			t.Errorf("fold of %q = %q, want %q", tt.name, got, tt.want)
		}
	}
}

const labelled = `{"id":"a","title":"Merangin Teken MoU","text":"Bupati Merangin Ruslan Effendi bertemu Senin. Naskah diteken di Aula Rekaan bersama PT Rekaan Jaya Abadi.",
 "gold":{"is_agreement":true,"instruments":["nota_kesepahaman","lainnya"],"kind":"KSDPK","status":"signed","signed_on":"2025-08-11",
 "dates":[{"text":"11/8/2025","value":"2025-08-11"}],"venue":"Aula Rekaan","parties":[{"text":"Merangin","region":"Kabupaten Merangin"},{"text":"Rekaan Jaya","region":null}],
 "regions":["Kabupaten Merangin"],"officials":[{"name":"Ruslan Effendi","position":"Bupati"}],"legal_refs":["PP 28/2018"],"sectors":["1.02"]}}`

func TestScore(t *testing.T) {
	a, err := ParseArticle([]byte(labelled))
	if err != nil {
		t.Fatal(err)
	}
	text := a.Canonical()
	at := func(words string) []pakta.Evidence {
		i := strings.Index(text, words)
		return []pakta.Evidence{{Text: words, Start: i, End: i + len(words), Rule: "r"}}
	}
	rec := pakta.NewRecord(pakta.ArticleRef{ID: "a"}, "")
	rec.Agreement, rec.Status = true, pakta.Planned
	rec.Evidence.Status = at("diteken")
	rec.Instruments = []pakta.Instrument{{Type: pakta.NotaKesepahaman}}
	rec.Venue = &pakta.Venue{Name: "Aula Rekaan Lantai 2"}
	rec.Regions = []pakta.RegionMention{{Code: "15.02"}, {Code: "15.01", Name: "Kabupaten Kerinci", Evidence: at("Merangin Ruslan")}}
	rec.Parties = []pakta.Party{
		{Name: "Pemkab Merangin", Type: pakta.RegionalGovernment, Region: "15.02"},
		{Name: "PT Rekaan Jaya Abadi", Type: pakta.Company},
	}
	rec.Officials = []pakta.Official{{Name: "H. Ruslan Effendi", Position: "Wakil Bupati", Evidence: at("Ruslan Effendi")}, {Position: "Camat"}}
	got := newTestScorer().Score(a, rec)

	want := [numFields]Count{
		Relevance: {1, 0, 0}, Dates: {0, 0, 1}, Regions: {1, 1, 0}, LegalRefs: {0, 0, 1}, OfficialNames: {1, 0, 0}, OfficialPositions: {0, 1, 1},
		Instruments: {1, 0, 0}, Kind: {0, 0, 1}, Status: {0, 1, 1}, SignedOn: {0, 0, 1}, Venue: {1, 0, 0}, Parties: {2, 0, 0}, Sectors: {0, 0, 1},
	}
	if diff := cmp.Diff(want, got.Counts); diff != "" {
		t.Errorf("counts, want (-) and got (+):\n%s", diff)
	}
	faults := map[string]Fault{}
	for _, f := range got.Faults {
		faults[f.Value] = f
	}
	first := "Bupati Merangin Ruslan Effendi bertemu Senin."
	for _, want := range []Fault{
		{Article: "a", Field: Regions, Value: "Kabupaten Kerinci", Words: "Merangin Ruslan", Sentence: first, Rule: "r"},
		{Article: "a", Field: OfficialPositions, Missed: true, Value: "Ruslan Effendi, Bupati", Words: "Ruslan Effendi", Sentence: first},
		{Article: "a", Field: Sectors, Missed: true, Value: "1.02 Kesehatan"},
	} {
		if diff := cmp.Diff(want, faults[want.Value]); diff != "" {
			t.Errorf("fault %s, want (-) and got (+):\n%s", want.Value, diff)
		}
	}
}

// TestNoAgreement: what an article says about an agreement that it does not
// report is not counted.
func TestNoAgreement(t *testing.T) {
	a, err := ParseArticle([]byte(`{"id":"a","title":"Harga Cabai","text":"","gold":{"is_agreement":false,"sectors":["1.02"]}}`))
	if err != nil {
		t.Fatal(err)
	}
	rec := pakta.NewRecord(pakta.ArticleRef{}, "")
	rec.Agreement, rec.Status = true, pakta.Signed
	got := newTestScorer().Score(a, rec)
	want := [numFields]Count{Relevance: {Wrong: 1}}
	if diff := cmp.Diff(want, got.Counts); diff != "" {
		t.Errorf("counts, want (-) and got (+):\n%s", diff)
	}
	if len(got.Faults) != 1 || got.Faults[0].Sentence != "Harga Cabai" {
		t.Errorf("faults %+v, want one with the title", got.Faults)
	}
}

func TestParseArticleRejects(t *testing.T) {
	for _, line := range []string{``, `[]`, `{"title":"a"}`, `{"gold":{"is_agreement":true}}`, `{"title":"a","gold":{}}`, `{"title":"a","gold":{"is_agreement":1}}`} {
		if a, err := ParseArticle([]byte(line)); err == nil {
			t.Errorf("ParseArticle(%s) = %+v, want an error", line, a)
		}
	}
}

// TestReport: the figures follow from the counts, lie in their intervals, and
// are the same every time.
func TestReport(t *testing.T) {
	build := func() *Report {
		var tally Tally
		for i := range 40 {
			var r Result
			for f := range r.Counts {
				r.Counts[f] = Count{Right: 3}
			}
			if i%4 == 0 {
				r.Counts[Parties] = Count{Right: 1, Wrong: 2, Missed: 1}
			}
			tally.Add(r)
		}
		return tally.Report()
	}
	r := build()
	p := r.Fields[Parties]
	if p.Right != 100 || p.Wrong != 20 || p.Cases() != 110 || r.Lowest.Field != Parties || r.Articles != 40 {
		t.Errorf("parties %+v, lowest %v of %d", p, r.Lowest.Field, r.Articles)
	}
	if want := 2. * 100 / 230; p.F1()-want > 1e-9 || want-p.F1() > 1e-9 {
		t.Errorf("F1 = %v, want %v", p.F1(), want)
	}
	if i := p.Interval; i.Low >= p.F1() || i.High <= p.F1() || i.High-i.Low > 0.2 {
		t.Errorf("interval %v does not hold %v closely", i, p.F1())
	}
	if i := r.Fields[Dates].Interval; i != (Interval{1, 1}) {
		t.Errorf("interval without faults = %v", i)
	}
	first, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := json.Marshal(build()); err != nil || !slices.Equal(first, second) {
		t.Errorf("another report from the same results: %s and %s, %v", first, second, err)
	}
}

func TestEmptyReport(t *testing.T) {
	var tally Tally
	if r := tally.Report(); r.Articles != 0 || r.MacroF1 != 1 || len(r.Fields) != numFields {
		t.Errorf("report of nothing: %+v", r)
	}
}
