package merge

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pakta"
)

// rec makes a record: regions are codes of parties, body a counterpart.
func rec(id, site, published, signed string, status pakta.Status, body string, regions ...string) *pakta.Record {
	t, err := pakta.ParseTime(published)
	if err != nil {
		panic(err)
	}
	r := pakta.NewRecord(pakta.ArticleRef{ID: id, Site: pakta.Maybe(site), Title: "Berita " + id, Published: t}, "1+test")
	r.Agreement, r.Status, r.Kind = true, status, pakta.KSDD
	for _, code := range regions {
		r.Parties = append(r.Parties, pakta.Party{Name: code, Type: pakta.RegionalGovernment, Region: pakta.Maybe(code),
			Evidence: []pakta.Evidence{{Text: id + code, End: 1, Rule: "test"}}})
	}
	if body != "" {
		r.Kind = pakta.KSDPK
		r.Parties = append(r.Parties, pakta.Party{Name: body, Type: pakta.Company, Evidence: []pakta.Evidence{{Text: body + id, End: 1, Rule: "test"}}})
	}
	if signed != "" {
		r.SignedOn = &pakta.SignedOn{Value: signed, Precision: pakta.Day, Evidence: []pakta.Evidence{{Text: signed, End: 1, Rule: "test"}}}
	}
	r.Instruments = []pakta.Instrument{{Type: pakta.KesepakatanBersama, Evidence: []pakta.Evidence{{Text: "kb" + id, End: 1, Rule: "test"}}}}
	return r
}

func TestAgreements(t *testing.T) {
	tests := []struct {
		name    string
		records []*pakta.Record
		want    [][]string // reports of each agreement
	}{
		{"same parties, same day", []*pakta.Record{
			rec("a", "x", "2025-03-12", "2025-03-11", pakta.Signed, "", "15.04", "15.03"),
			rec("b", "y", "2025-03-13", "2025-03-11", pakta.Signed, "", "15.03", "15.04")}, [][]string{{"a", "b"}}},
		{"three days apart", []*pakta.Record{
			rec("a", "x", "2025-03-12", "2025-03-11", pakta.Signed, "", "15.04", "15.03"),
			rec("b", "y", "2025-03-14", "2025-03-14", pakta.Signed, "", "15.03", "15.04")}, [][]string{{"a", "b"}}},
		{"a chain of near days is not one signing", []*pakta.Record{
			rec("a", "x", "2025-03-12", "2025-03-11", pakta.Signed, "", "15.04", "15.03"),
			rec("b", "y", "2025-03-14", "2025-03-14", pakta.Signed, "", "15.03", "15.04"),
			rec("c", "z", "2025-03-17", "2025-03-17", pakta.Signed, "", "15.03", "15.04")}, [][]string{{"a", "b"}, {"c"}}},
		{"other parties", []*pakta.Record{
			rec("a", "x", "2025-03-12", "2025-03-11", pakta.Signed, "", "15.04", "15.03"),
			rec("b", "y", "2025-03-12", "2025-03-11", pakta.Signed, "", "15.04", "15.02")}, [][]string{{"a"}, {"b"}}},
		{"plan, then signing", []*pakta.Record{
			rec("a", "x", "2025-01-12", "", pakta.Planned, "", "15.04", "15.03"),
			rec("b", "y", "2025-03-12", "2025-03-11", pakta.Signed, "", "15.04", "15.03")}, [][]string{{"a", "b"}}},
		{"one region, same counterpart", []*pakta.Record{
			rec("a", "x", "2025-03-12", "2025-03-11", pakta.Signed, "PT Air Bersih (Persero)", "15.04"),
			rec("b", "y", "2025-03-12", "2025-03-11", pakta.Signed, "Air Bersih", "15.04")}, [][]string{{"a", "b"}}},
		{"one region, other counterpart", []*pakta.Record{
			rec("a", "x", "2025-03-12", "2025-03-11", pakta.Signed, "PT Air Bersih", "15.04"),
			rec("b", "y", "2025-03-12", "2025-03-11", pakta.Signed, "Universitas Rekaan", "15.04")}, [][]string{{"a"}, {"b"}}},
		{"no region", []*pakta.Record{
			rec("a", "x", "2025-03-12", "2025-03-11", pakta.Signed, "PT Air Bersih"),
			rec("b", "y", "2025-03-12", "2025-03-11", pakta.Signed, "PT Air Bersih")}, [][]string{{"a"}, {"b"}}},
	}
	for _, tt := range tests {
		var got [][]string
		for _, ag := range Agreements(tt.records, nil) {
			var ids []string
			for _, r := range ag.Reports {
				ids = append(ids, r.ID)
			}
			got = append(got, ids)
		}
		slices.SortFunc(got, slices.Compare)
		if fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: joined as %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestConsensus(t *testing.T) {
	a := rec("a", "x", "2025-03-12", "2025-03-11", pakta.Signed, "", "15.04", "15.03")
	b := rec("b", "y", "2025-03-12", "2025-03-11", pakta.Signed, "", "15.04", "15.03")
	c := rec("c", "z", "2025-03-13", "2025-03-12", pakta.Planned, "", "15.04", "15.03")
	copied := rec("d", "y", "2025-03-14", "2025-03-11", pakta.Signed, "", "15.04", "15.03")
	ags := Agreements([]*pakta.Record{a, b, c, copied}, nil)
	if len(ags) != 1 {
		t.Fatalf("%d agreements, want 1", len(ags))
	}
	ag := ags[0]
	if ag.ID != "15.03-15.04_KB_2025_1" {
		t.Errorf("id %s", ag.ID)
	}
	if ag.IndependentReports != 3 {
		t.Errorf("%d independent reports, want 3: two come from one site", ag.IndependentReports)
	}
	if ag.SignedOn.Value != "2025-03-11" || ag.SignedOn.Support != 2 {
		t.Errorf("signed_on %+v, want the day that two sites give", ag.SignedOn)
	}
	if ag.Status != pakta.Signed {
		t.Errorf("status %s: a signing follows a plan", ag.Status)
	}
	i := slices.IndexFunc(ag.Conflicts, func(c pakta.FieldConflict) bool { return c.Field == "signed_on" })
	if i < 0 || len(ag.Conflicts[i].Values) != 2 {
		t.Errorf("conflicts %+v, want two days of signing", ag.Conflicts)
	}
	for _, p := range ag.Parties {
		if p.Support != 3 || len(p.Evidence) != 4 || p.Evidence[0].Report == "" {
			t.Errorf("party %s: support %d, evidence %v", p.Name, p.Support, p.Evidence)
		}
	}
}

// TestStableIDs: an agreement keeps its id when reports are added and when a
// new agreement would take its place.
func TestStableIDs(t *testing.T) {
	later := rec("m", "x", "2025-06-02", "2025-06-01", pakta.Signed, "", "15.04", "15.03")
	first := Agreements([]*pakta.Record{later}, nil)
	earlier := rec("e", "y", "2025-02-02", "2025-02-01", pakta.Signed, "", "15.04", "15.03")
	second := Agreements([]*pakta.Record{earlier, later}, first)
	ids := map[string]string{}
	for _, ag := range second {
		ids[ag.Reports[0].ID] = ag.ID
	}
	if ids["m"] != first[0].ID || ids["e"] != "15.03-15.04_KB_2025_2" {
		t.Errorf("ids %v, want m to keep %s and e to get the next", ids, first[0].ID)
	}
}

// TestOrderDoesNotMatter: shuffled input gives the same bytes.
func TestOrderDoesNotMatter(t *testing.T) {
	var records []*pakta.Record
	for i := range 60 {
		records = append(records, rec(fmt.Sprintf("r%02d", i), fmt.Sprint("s", i%7), fmt.Sprintf("2025-03-%02d", 1+i%28),
			fmt.Sprintf("2025-03-%02d", 1+i%28), pakta.Signed, "", "15.04", fmt.Sprintf("15.0%d", i%4)))
	}
	want, err := json.Marshal(Agreements(records, nil))
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(20) {
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		got, err := json.Marshal(Agreements(records, nil))
		if err != nil || string(got) != string(want) {
			t.Fatalf("seed %d: another result for another order", seed)
		}
	}
}

// BenchmarkAgreements merges 10,000 records of 2,500 pairs of regions.
func BenchmarkAgreements(b *testing.B) {
	var records []*pakta.Record
	for i := range 10_000 {
		records = append(records, rec(fmt.Sprintf("r%05d", i), fmt.Sprint("s", i%50), fmt.Sprintf("2025-%02d-%02d", 1+i%12, 1+i%28),
			fmt.Sprintf("2025-%02d-%02d", 1+i%12, 1+i%28), pakta.Signed, "", fmt.Sprintf("%02d.%02d", 11+i%50, 1), fmt.Sprintf("%02d.%02d", 11+i%50, 2+i%49)))
	}
	for b.Loop() {
		Agreements(records, nil)
	}
}
