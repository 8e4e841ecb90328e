package web

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"iter"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"pakta"
	"pakta/index"
)

// shelf is a searcher and an archive of a few agreements in memory.
type shelf struct {
	agreements []*pakta.Agreement
	articles   map[string]*pakta.Article
	version    string
}

func (s *shelf) Search(_ context.Context, q index.Query) (*index.Result, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	res := &index.Result{Index: "1", Agreements: []*pakta.Agreement{}, Facets: map[string][]index.FacetCount{"region": {{Value: "15.04", Count: 1}}}}
	for _, a := range s.agreements {
		in := func(p pakta.Party) bool { return len(q.Regions) == 0 || slices.Contains(q.Regions, string(p.Region)) }
		if strings.Contains(strings.ToLower(a.Reports[0].Title), strings.ToLower(q.Text)) && slices.ContainsFunc(a.Parties, in) {
			res.Agreements = append(res.Agreements, a)
		}
	}
	res.Total = len(res.Agreements)
	return res, nil
}

func (s *shelf) Each(context.Context, index.Query) iter.Seq2[*pakta.Agreement, error] {
	return func(yield func(*pakta.Agreement, error) bool) {
		for _, a := range s.agreements {
			if !yield(a, nil) {
				return
			}
		}
	}
}

func (s *shelf) Version() string { return cmp.Or(s.version, "1") }

func (s *shelf) Agreement(_ context.Context, id string) (*pakta.Agreement, error) {
	for _, a := range s.agreements {
		if a.ID == id {
			return a, nil
		}
	}
	return nil, fs.ErrNotExist
}

func (s *shelf) Article(_ context.Context, id string) (*pakta.Article, error) {
	if a, ok := s.articles[id]; ok {
		return a, nil
	}
	return nil, fs.ErrNotExist
}

func (s *shelf) Runs(context.Context, int) ([]pakta.Run, error) { return nil, nil }

const hostile = `<script>alert("x")</script>`

// newTestSite serves two agreements: a plain one, and one whose every text is
// an attack.
func newTestSite(t *testing.T) http.Handler {
	t.Helper()
	const text = "Pembuka. Pemkab Batang Hari dan mitranya meneken naskah. Penutup."
	plain := &pakta.Agreement{
		Schema: pakta.AgreementSchemaID, ID: "15.04_KB_2025_1", Version: 1, Status: pakta.Signed, Kind: pakta.KSDPK,
		Reports:  []pakta.ArticleRef{{ID: "a", Title: "Kerja sama sampah", URL: "https://contoh.id/a", Site: "contoh.id"}},
		SignedOn: &pakta.SignedOn{Value: "2025-08-08", Precision: pakta.Day},
		Parties: []pakta.Party{{Name: "Pemkab Batang Hari", Type: pakta.RegionalGovernment, Region: "15.04", Support: 1,
			Evidence: []pakta.Evidence{{Text: "Pemkab Batang Hari", Start: len("Judul\n\nPembuka. "), End: len("Judul\n\nPembuka. Pemkab Batang Hari"), Rule: "party.government", Report: "a"}}}},
	}
	attack := &pakta.Agreement{
		Schema: pakta.AgreementSchemaID, ID: "x", Version: 1,
		Reports: []pakta.ArticleRef{{ID: "b", Title: hostile, URL: "javascript:alert(1)", Site: hostile}},
		Parties: []pakta.Party{{Name: hostile, Type: pakta.Company, Evidence: []pakta.Evidence{{Text: hostile, Start: -5, End: 1 << 40, Rule: hostile, Report: "b"}}}},
		Venue:   &pakta.Venue{Name: hostile},
	}
	s := &shelf{agreements: []*pakta.Agreement{plain, attack}, articles: map[string]*pakta.Article{"a": {ID: "a", Title: "Judul", Text: text}}}
	h, err := New(Options{
		Search: s, Archive: s, Version: "0", Demo: true,
		Regions: []pakta.Region{{Code: "15", Name: "Provinsi Jambi", Short: "Jambi", Kind: pakta.Provinsi}, {Code: "15.04", Name: "Kabupaten Batang Hari", Kind: pakta.Kabupaten}},
		Sectors: []pakta.Sector{{Code: "1.01", Name: "Pendidikan"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestPages: address in, what must and must not come out.
func TestPages(t *testing.T) {
	h := newTestSite(t)
	tests := []struct {
		path     string
		wantCode int
		want     []string
		wantNot  []string
	}{
		{"/", 200, []string{"Kerja sama daerah", "Kabupaten Batang Hari", "2 kesepakatan", "rekaan"}, []string{"<script", "javascript:"}},
		{"/?lang=en", 200, []string{"2 agreements", `lang="en"`, "8 August 2025"}, nil},
		{"/?q=sampah", 200, []string{"1 kesepakatan", `value="sampah"`}, nil},
		{"/?q=tiada", 200, []string{"Tidak ada kesepakatan yang cocok"}, nil},
		{"/?region=15.04&lang=en", 200, []string{"1 agreement"}, nil},
		{"/?q=%22buka", 400, []string{"tanda petik"}, nil},
		{"/?q=" + strings.Repeat("a", 5000), 400, nil, nil},
		{"/agreements/15.04_KB_2025_1", 200, []string{"<mark>Pemkab Batang Hari</mark> dan mitranya", "https://contoh.id/a", "noopener noreferrer nofollow", "8 Agustus 2025"}, []string{"Penutup"}},
		{"/agreements/x", 200, []string{"&lt;script&gt;"}, []string{"<script", `href="javascript`}},
		{"/agreements/none", 404, []string{"404"}, nil},
		{"/about", 200, []string{"Tentang pakta"}, nil},
		{"/status?lang=en", 200, []string{"There was no run yet"}, nil},
		{"/nothing", 404, []string{"Tidak ditemukan"}, nil},
		{"/api/v1/search?q=sampah", 200, []string{`"total":1`, `"agreements":[`, `"facets"`, `"index":"1"`}, nil},
		{"/api/v1/search?colour=red", 400, []string{"colour"}, nil},
		{"/api/v1/agreements/15.04_KB_2025_1", 200, []string{`"schema":"pakta.agreement/1"`}, nil},
		{"/api/v1/export?format=jsonl", 200, []string{`"id":"x"`}, nil},
		{"/healthz", 200, nil, nil},
	}
	for _, tt := range tests {
		rec := httptest.NewRecorder()
		req := httptest.NewRequest(http.MethodGet, "http://localhost"+tt.path, nil)
		h.ServeHTTP(rec, req)
		body := rec.Body.String()
		if rec.Code != tt.wantCode {
			t.Errorf("%.60s: status %d, want %d: %.300s", tt.path, rec.Code, tt.wantCode, body)
		}
		for _, w := range tt.want {
			if !strings.Contains(body, w) {
				t.Errorf("%.60s: lacks %q", tt.path, w)
			}
		}
		for _, w := range tt.wantNot {
			if strings.Contains(body, w) {
				t.Errorf("%.60s: has %q", tt.path, w)
			}
		}
		if rec.Header().Get("Content-Security-Policy") == "" || rec.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%.60s: security headers %v", tt.path, rec.Header())
		}
	}
}

// TestHost: a name that somebody else points at this machine is refused.
func TestHost(t *testing.T) {
	h := newTestSite(t)
	for host, want := range map[string]int{"localhost:8080": 200, "127.0.0.1": 200, "192.0.2.7:8080": 200, "[2001:db8::1]:8080": 200, "jahat.example": http.StatusMisdirectedRequest} {
		rec := httptest.NewRecorder()
		req := httptest.NewRequest(http.MethodGet, "/about", nil)
		req.Host = host
		h.ServeHTTP(rec, req)
		if rec.Code != want {
			t.Errorf("host %s: status %d, want %d", host, rec.Code, want)
		}
	}
}

// TestUnchanged: who has the page gets 304, until the index changes.
func TestUnchanged(t *testing.T) {
	s := &shelf{version: "1"}
	h, err := New(Options{Search: s, Archive: s, Version: "0"})
	if err != nil {
		t.Fatal(err)
	}
	get := func(tag string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		req := httptest.NewRequest(http.MethodGet, "http://localhost/", nil)
		req.Header.Set("If-None-Match", tag)
		h.ServeHTTP(rec, req)
		return rec
	}
	tag := get("").Header().Get("ETag")
	if rec := get(tag); rec.Code != http.StatusNotModified || rec.Body.Len() != 0 {
		t.Errorf("status %d with %d bytes, want 304 and none", rec.Code, rec.Body.Len())
	}
	s.version = "2"
	if rec := get(tag); rec.Code != http.StatusOK || rec.Header().Get("ETag") == tag {
		t.Errorf("after the index changed: status %d, ETag %s, want 200 and another", rec.Code, rec.Header().Get("ETag"))
	}
}

// TestCatalog: both languages have every text.
func TestCatalog(t *testing.T) {
	c, err := loadCatalog()
	if err != nil {
		t.Fatal(err)
	}
	for key, text := range c[english] {
		if other := c[indonesian][key]; text == "" || other == "" && !strings.HasPrefix(key, "sector.") {
			t.Errorf("%s: %q in English, %q in Indonesian", key, text, other)
		}
	}
	if _, err := New(Options{}); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("New without a searcher = %v, want what is missing", err)
	}
}
