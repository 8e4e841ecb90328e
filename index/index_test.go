package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pakta"
)

// history is an archive in memory.
type history struct {
	generation string
	changes    []pakta.Change
}

func (h *history) Generation(context.Context) (string, error) { return h.generation, nil }

func (h *history) Changes(_ context.Context, after int64, limit int) ([]pakta.Change, error) {
	var out []pakta.Change
	for _, c := range h.changes {
		if c.Seq > after && len(out) < limit {
			out = append(out, c)
		}
	}
	return out, nil
}

func (h *history) add(ag *pakta.Agreement) {
	h.changes = append(h.changes, pakta.Change{Seq: int64(len(h.changes) + 1), ID: ag.ID, Agreement: ag})
}

// sample makes n agreements with known values.
func sample(n int) *history {
	h := &history{generation: "aaaaaaaaaaaa"}
	for i := range n {
		year := 2019 + i%7
		h.add(&pakta.Agreement{
			Schema: pakta.AgreementSchemaID, ID: fmt.Sprintf("ag-%03d", i), Kind: pakta.Kinds()[i%5], Status: pakta.Statuses()[i%4],
			SignedOn: &pakta.SignedOn{Value: fmt.Sprintf("%d-0%d-15", year, 1+i%9), Precision: pakta.Day},
			Reports:  []pakta.ArticleRef{{ID: fmt.Sprint(i), Title: fmt.Sprintf("Pemkab Teken Kerja Sama Nomor %d", i)}},
			Parties: []pakta.Party{
				{Name: "Pemerintah Kabupaten Batang Hari", Type: pakta.RegionalGovernment, Region: pakta.Maybe([]string{"15.04", "15.03", "32.73"}[i%3])},
				{Name: "Universitas Rekaan", Type: pakta.University},
			},
			Officials:   []pakta.Official{{Name: "Sri Wahyuningsih", Position: "Bupati"}},
			Instruments: []pakta.Instrument{{Type: pakta.InstrumentTypes()[i%6]}},
			Sectors:     []pakta.SectorMention{{Code: []string{"1.01", "2.11", "3.26"}[i%3], Name: "Pariwisata"}},
			LegalRefs:   []pakta.LegalRef{{ID: "UU 23/2014", Title: "Pemerintahan Daerah"}},
		})
	}
	return h
}

func opened(t testing.TB, dir string, h *history) *Index {
	t.Helper()
	x, err := Open(context.Background(), dir, Options{LockWait: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	if h != nil {
		if _, err := x.Follow(context.Background(), h); err != nil {
			t.Fatal(err)
		}
	}
	return x
}

func total(t testing.TB, x *Index, q Query) int {
	t.Helper()
	res, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("Search(%+v): %v", q, err)
	}
	return res.Total
}

func TestSearch(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "index"), sample(60))
	tests := []struct {
		name string
		q    Query
		want int
	}{
		{"everything", Query{}, 60},
		{"region", Query{Regions: []string{"15.04"}}, 20},
		{"province", Query{Regions: []string{"15"}}, 40},
		{"two regions", Query{Regions: []string{"15.04", "32.73"}}, 40},
		{"sector and region", Query{Regions: []string{"15.04"}, Sectors: []string{"2.11"}}, 0},
		{"instrument in words", Query{Instruments: []string{"Nota Kesepahaman"}}, 10},
		{"year", Query{Since: "2020", Until: "2020"}, 9},
		{"month", Query{Since: "2019-01", Until: "2019-01"}, 1},
		{"law", Query{Laws: []string{"uu 23/2014"}}, 60},
		{"official", Query{Officials: []string{"sri wahyuningsih"}}, 60},
		{"other official", Query{Officials: []string{"sri mulyati"}}, 0},
		{"kerja sama, joined", Query{Text: "kerjasama"}, 60},
		{"kerja is not kerja sama", Query{Text: "kerja"}, 10}, // rencana kerja
		{"a word of a name", Query{Text: "batang"}, 60},
		{"name apart", Query{Text: "batang hari"}, 60},
		{"name together", Query{Text: "batanghari"}, 60},
		{"name as a phrase", Query{Text: `"batang hari"`}, 60},
		{"mou", Query{Text: "mou"}, 10},
		{"phrase", Query{Text: `"universitas rekaan"`}, 60},
		{"no phrase", Query{Text: `"rekaan universitas"`}, 0},
		{"not", Query{Text: "universitas -mou"}, 50},
		{"hostile", Query{Text: `*** \\ ?? ~ ^`}, 60},
	}
	for _, tt := range tests {
		if got := total(t, x, tt.q); got != tt.want {
			t.Errorf("%s: %d agreements, want %d", tt.name, got, tt.want)
		}
	}
}

func TestSearchOrderAndFacets(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "index"), sample(30))
	res, err := x.Search(context.Background(), Query{Size: 30})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(res.Agreements, func(a, b *pakta.Agreement) int { return strings.Compare(b.SignedOn.Value, a.SignedOn.Value) }) {
		t.Error("without a text the newest come first")
	}
	if got := res.Facets["region"]; len(got) != 3 || got[0].Count != 10 {
		t.Errorf("facet region = %v, want three of ten", got)
	}
	var ids []string
	for ag, err := range x.Each(context.Background(), Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, ag.ID)
	}
	if len(ids) != 30 || !slices.IsSorted(ids) {
		t.Errorf("Each gave %d ids, sorted %v", len(ids), slices.IsSorted(ids))
	}
}

func TestEachPages(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "index"), sample(2*maxSize+7))
	n := 0
	for _, err := range x.Each(context.Background(), Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 2*maxSize+7 {
		t.Errorf("Each gave %d agreements, want %d", n, 2*maxSize+7)
	}
}

func TestBadQueries(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "index"), nil)
	for _, q := range []Query{
		{Text: strings.Repeat("a ", 600)}, {Text: `"open`}, {From: -1}, {From: maxFrom + 1}, {Size: maxSize + 1},
		{Sort: "price"}, {Since: "yesterday"}, {Kinds: []string{"XYZ"}},
	} {
		if _, err := x.Search(context.Background(), q); !errors.Is(err, ErrQuery) {
			t.Errorf("Search(%.40v) = %v, want ErrQuery", q, err)
		}
	}
}

// TestQueriesOfDeath: queries that cost other engines seconds give an answer or
// an error of the query.
func TestQueriesOfDeath(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "index"), sample(60))
	for _, text := range []string{
		"*an*", "*", "?????", "/.*.*.*.*a/", "/(a+)+$/", "per*", "kerja~2", "kerja^1000000000", strings.Repeat("(", 100_000), strings.Repeat("kata ", 5_000),
		strings.Repeat(`"a b" `, 100), strings.Repeat("-x ", 300), "text:*", "\x00\xff", "+", "-", `""`, "a\u0000b", strings.Repeat("é", 400), "region:", "since:9999999999",
	} {
		q, err := ParseQuery(text)
		if err == nil {
			_, err = x.Search(context.Background(), q)
		}
		if err != nil && !errors.Is(err, ErrQuery) {
			t.Errorf("%.40q: %v, want an answer or ErrQuery", text, err)
		}
	}
	for _, q := range []Query{{From: 1_000_000_000}, {Size: 1_000_000_000}, {Regions: make([]string, 10_000)}} {
		if _, err := x.Search(context.Background(), q); err != nil && !errors.Is(err, ErrQuery) {
			t.Errorf("%.60v: %v, want an answer or ErrQuery", q, err)
		}
	}
}

// TestFollow: repeated following changes nothing, tombstones delete, another
// archive starts anew, and a reopened index goes on where it was.
func TestFollow(t *testing.T) {
	dir, h, ctx := filepath.Join(t.TempDir(), "index"), sample(10), context.Background()
	x := opened(t, dir, h)
	if n, err := x.Follow(ctx, h); n != 0 || err != nil {
		t.Errorf("a second Follow = %d, %v, want nothing to do", n, err)
	}
	h.changes = append(h.changes, pakta.Change{Seq: 11, ID: "ag-003"})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = opened(t, dir, nil)
	if n, err := x.Follow(ctx, h); n != 1 || err != nil {
		t.Errorf("Follow after reopening = %d, %v, want the one change", n, err)
	}
	if got := total(t, x, Query{}); got != 9 {
		t.Errorf("after a tombstone %d agreements, want 9", got)
	}
	other := sample(4)
	other.generation = "bbbbbbbbbbbb"
	if _, err := x.Follow(ctx, other); err != nil {
		t.Fatal(err)
	}
	if got := total(t, x, Query{}); got != 4 {
		t.Errorf("after following another archive %d agreements, want its 4", got)
	}
}

func TestLocked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	opened(t, dir, nil)
	_, err := Open(context.Background(), dir, Options{LockWait: 50 * time.Millisecond})
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("a second Open = %v, want ErrLocked with the process id", err)
	}
}

// TestDamage: whatever is broken, Open sets the folder aside with its
// segments and the index is whole again after following.
func TestDamage(t *testing.T) {
	damages := map[string]func(t *testing.T, dir string){
		"root.bolt missing": func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "store", "root.bolt")) },
		"root.bolt empty":   func(t *testing.T, dir string) { truncate(t, filepath.Join(dir, "store", "root.bolt"), 0) },
		"root.bolt cut":     func(t *testing.T, dir string) { truncate(t, filepath.Join(dir, "store", "root.bolt"), 9000) },
		"segment missing":   func(t *testing.T, dir string) { remove(t, segment(t, dir)) },
		"segment empty":     func(t *testing.T, dir string) { truncate(t, segment(t, dir), 0) },
		"meta empty":        func(t *testing.T, dir string) { truncate(t, filepath.Join(dir, "index_meta.json"), 0) },
		"segment cut":       func(t *testing.T, dir string) { truncate(t, segment(t, dir), 100) },
		"segments missing":  func(t *testing.T, dir string) { removeAll(t, filepath.Join(dir, "store", "*.zap")) },
		"store missing":     func(t *testing.T, dir string) { removeAll(t, filepath.Join(dir, "store")) },
		"root.bolt zeros": func(t *testing.T, dir string) {
			overwrite(t, filepath.Join(dir, "store", "root.bolt"), make([]byte, 64<<10))
		},
		"root.bolt other": func(t *testing.T, dir string) {
			overwrite(t, filepath.Join(dir, "store", "root.bolt"), bytes.Repeat([]byte("bukan bolt"), 7000))
		},
		"meta broken": func(t *testing.T, dir string) {
			overwrite(t, filepath.Join(dir, "index_meta.json"), []byte(`{"storage":`))
		},
		"meta missing": func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "index_meta.json")) },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir, h := filepath.Join(t.TempDir(), "index"), sample(20)
			x := opened(t, dir, h)
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
			before, _ := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
			damage(t, dir)
			x = opened(t, dir, h)
			if got := total(t, x, Query{}); got != 20 {
				t.Errorf("%d agreements after the repair, want 20", got)
			}
			if x.SetAside() == "" {
				t.Fatal("the damaged folder was not set aside")
			}
			after, _ := filepath.Glob(filepath.Join(x.SetAside(), "store", "*.zap"))
			if whole := !strings.Contains(name, "missing"); whole && len(after) < len(before)-1 {
				t.Errorf("%d of %d segments are left in the folder set aside", len(after), len(before))
			}
		})
	}
}

func segment(t *testing.T, dir string) string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
	if err != nil || len(all) == 0 {
		t.Fatalf("no segments: %v", err)
	}
	return all[len(all)-1]
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func removeAll(t *testing.T, pattern string) {
	t.Helper()
	all, err := filepath.Glob(pattern)
	if err != nil || len(all) == 0 {
		t.Fatalf("nothing fits %s: %v", pattern, err)
	}
	for _, path := range all {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
}

func overwrite(t *testing.T, path string, with []byte) {
	t.Helper()
	if err := os.WriteFile(path, with, 0o600); err != nil {
		t.Fatal(err)
	}
}

func truncate(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

// TestRot: bits that changed in a segment are found by looking, and the file
// is named.
func TestRot(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := opened(t, dir, sample(20))
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Inspect(t.Context(), dir); err != nil {
		t.Errorf("a sound index: %v", err)
	}
	path := segment(t, dir)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(b) / 2; i < min(len(b)/2+64, len(b)); i++ {
		b[i] ^= 0x55
	}
	overwrite(t, path, b)
	if err := Inspect(t.Context(), dir); err == nil || !strings.Contains(err.Error(), filepath.Base(path)) {
		t.Errorf("Inspect = %v, want the segment %s named", err, filepath.Base(path))
	}
}

func TestClosed(t *testing.T) {
	x := opened(t, filepath.Join(t.TempDir(), "index"), sample(1))
	x.Close()
	if _, err := x.Search(context.Background(), Query{}); !errors.Is(err, ErrClosed) {
		t.Errorf("Search = %v, want ErrClosed", err)
	}
	if _, err := x.Follow(context.Background(), sample(2)); !errors.Is(err, ErrClosed) {
		t.Errorf("Follow = %v, want ErrClosed", err)
	}
}

// TestStem: forms of one word find one another, and different words do not.
func TestStem(t *testing.T) {
	for _, same := range [][]string{
		{"penandatanganan", "menandatangani"}, {"perdagangan", "berdagang"}, {"kesehatan", "sehat"}, {"naskahnya", "naskah"},
	} {
		for _, w := range same[1:] {
			if stem(w) != stem(same[0]) {
				t.Errorf("stem(%q) = %q, stem(%q) = %q, want the same", same[0], stem(same[0]), w, stem(w))
			}
		}
	}
	for _, w := range []string{"solo", "uu23", "batu", "bima", "x"} {
		if got := stem(w); got != w {
			t.Errorf("stem(%q) = %q, want it left alone", w, got)
		}
	}
}

// FuzzParseQuery: what parses is written and parsed back to the same.
func FuzzParseQuery(f *testing.F) {
	f.Add(`kerja sama region:15.04 sector:"2.11" -mou "nota kesepahaman" since:2020-01`)
	f.Add(`law:"UU 23/2014" kind:ksdd`)
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ParseQuery(s)
		if err != nil {
			if !errors.Is(err, ErrQuery) {
				t.Errorf("ParseQuery(%q): %v, want ErrQuery", s, err)
			}
			return
		}
		again, err := ParseQuery(q.String())
		if err != nil || again.String() != q.String() {
			t.Errorf("ParseQuery(%q) = %q; back: %q, %v", s, q.String(), again.String(), err)
		}
	})
}
