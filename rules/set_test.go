package rules

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func load(t testing.TB, overlays ...fs.FS) *Set {
	t.Helper()
	s, err := Load(overlays...)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return s
}

// TestBuiltin checks the numbers that the sources of the tables give.
func TestBuiltin(t *testing.T) {
	s := load(t)
	if got := len(s.Regions()); got != 552 {
		t.Errorf("%d regions, want 552: 38 provinces, 416 kabupaten, 98 kota", got)
	}
	if got := len(s.Sectors()); got != 32 {
		t.Errorf("%d sectors, want the 32 urusan of UU 23/2014", got)
	}
	if l, ok := s.Law("PP 28/2018"); !ok || l.Title != "Kerja Sama Daerah" {
		t.Errorf("PP 28/2018: got %+v, %v", l, ok)
	}
	for _, name := range s.Tables() {
		if len(s.Entries(name)) == 0 {
			t.Errorf("table %s is empty", name)
		}
	}
	if !strings.HasPrefix(s.Version(), "1+") || len(s.Version()) != 10 {
		t.Errorf("version %q, want 1+ and eight hex digits", s.Version())
	}
}

func TestFindRegions(t *testing.T) {
	s := load(t)
	tests := []struct {
		name      string
		wantCodes []string
	}{
		{"15.04", []string{"15.04"}},
		{"batanghari", []string{"15.04"}},
		{"Kabupaten Batang Hari", []string{"15.04"}},
		{"bandung", []string{"32.04", "32.73"}},
		{"Kota Bandung", []string{"32.73"}},
		{"Jatim", []string{"35"}},
		{"Atlantis", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, r := range s.FindRegions(tt.name) {
			got = append(got, r.Code)
		}
		slices.Sort(got)
		if !slices.Equal(got, tt.wantCodes) {
			t.Errorf("FindRegions(%q) = %v, want %v", tt.name, got, tt.wantCodes)
		}
	}
}

func TestOverlay(t *testing.T) {
	base := load(t)
	over := fstest.MapFS{"forums.csv": {Data: []byte("# own\nid,forms\nGelora,Gelora Raya\nSarbagita,Sarbagita;Kawasan Sarbagita\n-Kedungsepur\n")}}
	s := load(t, over)
	find := func(set *Set, id string) *Entry {
		es := set.Entries("forums")
		if i := slices.IndexFunc(es, func(e Entry) bool { return e.ID == id }); i >= 0 {
			return &es[i]
		}
		return nil
	}
	if e := find(s, "Gelora"); e == nil || e.Forms[0] != "Gelora Raya" {
		t.Errorf("the added row is not there: %+v", e)
	}
	if e := find(s, "Sarbagita"); e == nil || !slices.Contains(e.Forms, "Kawasan Sarbagita") {
		t.Errorf("the replaced row is the old one: %+v", e)
	}
	if find(s, "Kedungsepur") != nil || find(base, "Kedungsepur") == nil {
		t.Error("the removed row is still there, or was never there")
	}
	if s.Version() == base.Version() {
		t.Error("the version does not change with the data")
	}
	reordered := fstest.MapFS{"forums.csv": {Data: []byte("id,forms\n-Kedungsepur\nSarbagita,Sarbagita;Kawasan Sarbagita\nGelora,Gelora Raya\n")}}
	if got := load(t, reordered).Version(); got != s.Version() {
		t.Errorf("the order of lines changes the version: %s, %s", got, s.Version())
	}
}

// TestOrderOfRows: the order of rows in the files makes no difference.
func TestOrderOfRows(t *testing.T) {
	want := load(t)
	got, complaints := build(shuffled(t), nil)
	if len(complaints) > 0 {
		t.Fatal(complaints)
	}
	if g, w := got.hash(), want.hash(); g != w {
		t.Errorf("hash %s of shuffled rows, want %s", g, w)
	}
	for _, name := range want.Tables() {
		same := func(a, b Entry) bool {
			return a.ID == b.ID && slices.Equal(a.Forms, b.Forms) && slices.Equal(a.cells, b.cells)
		}
		if !slices.EqualFunc(got.Entries(name), want.Entries(name), same) {
			t.Errorf("table %s differs after shuffling", name)
		}
	}
}

// shuffled is the built-in data with the rows of each file in another order.
func shuffled(t *testing.T) fs.FS {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	out := fstest.MapFS{}
	for _, table := range schema {
		data, err := fs.ReadFile(builtin(), table.file())
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(data))
		r.Comment, r.FieldsPerRecord = '#', -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		body := rows[1:]
		random.Shuffle(len(body), func(i, j int) { body[i], body[j] = body[j], body[i] })
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		out[table.file()] = &fstest.MapFile{Data: b.Bytes()}
	}
	return out
}

// TestComplaints: every mistake is told with file and line, all at once.
func TestComplaints(t *testing.T) {
	over := fstest.MapFS{
		"forums.csv":      {Data: []byte("id,forms\n,Tanpa Nama\nX\nY,\n-Tidak Ada\nZ,Satu\nZ,Dua\n")},
		"instruments.csv": {Data: []byte("id,forms,type\nsurat,surat sakti,sakti\n")},
		"sectors.csv":     {Data: []byte("kode,nama\n")},
		"sectros.csv":     {Data: []byte("id\n")},
		"months.csv":      {Data: []byte("id,forms\n13,Tigabelas\n\"5,Mei\n")},
		"words.csv":       {Data: []byte("id,words,what\ndate.day,pada hari,two words\ndate.month,bulan;bulan,twice\ndate.year,,none\n")},
	}
	_, err := Load(over)
	var got Complaints
	if !errors.As(err, &got) {
		t.Fatalf("Load = %v, want Complaints", err)
	}
	wants := []string{
		"forums.csv:2: the first column (id) is empty",
		"forums.csv:3: 1 cells; want 2",
		"forums.csv:4: the column forms is empty",
		`forums.csv:5: cannot remove "Tidak Ada"`,
		`forums.csv:7: id "Z" stands twice`,
		`instruments.csv:2: type "sakti": want one of`,
		"months.csv:2: id \"13\": want a whole number from 1 to 12",
		"months.csv:3:",
		"sectors.csv:1: columns are kode,nama; want",
		"sectros.csv:1: no such table",
		`words.csv:2: "pada hari": want single words`,
		`words.csv:3: "bulan" stands twice`,
		"words.csv:4: words or what is empty",
	}
	lines := strings.Split(got.Error(), "\n")
	for i, want := range wants {
		if i >= len(lines) || !strings.HasPrefix(lines[i], want) {
			t.Errorf("complaint %d: got %q, want %q", i, append(lines, make([]string, len(wants))...)[i], want)
		}
	}
}

// BenchmarkLoad is the start-up cost of every command that reads articles.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}

// FuzzOverlay: any bytes as a rule file give a set or complaints, no panic.
func FuzzOverlay(f *testing.F) {
	f.Add([]byte("id,forms\nX,satu;dua\n"))
	f.Add([]byte("id,forms\n\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Load(fstest.MapFS{"forums.csv": {Data: data}})
		if (s == nil) == (err == nil) {
			t.Errorf("Load = %v, %v: want a set or an error", s, err)
		}
	})
}
