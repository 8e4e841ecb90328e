package web_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pakta"
	"pakta/index"
	"pakta/web"
)

var errNotHere = errors.New("not here")

// memory is a working archive and index of a few agreements.
type memory struct {
	agreements []*pakta.Agreement
	articles   map[string]*pakta.Article
	version    string
	fail       error
}

// Version is that of the index.
func (m *memory) Version() string { return m.version }

// Search finds agreements whose names or titles have all the words.
func (m *memory) Search(ctx context.Context, q index.Query) (*index.Result, error) {
	if m.fail != nil {
		return nil, m.fail
	}
	res := &index.Result{Index: m.version, Agreements: []*pakta.Agreement{}, Facets: map[string][]index.FacetCount{}}
	count := map[string]map[string]int{}
	for a := range m.Each(ctx, q) {
		if res.Total++; res.Total > q.From && len(res.Agreements) < q.Size {
			res.Agreements = append(res.Agreements, a)
		}
		for name, values := range facetValues(a) {
			for _, v := range values {
				if count[name] == nil {
					count[name] = map[string]int{}
				}
				count[name][v]++
			}
		}
	}
	for name, values := range count {
		for v, n := range values {
			res.Facets[name] = append(res.Facets[name], index.FacetCount{Value: v, Count: n})
		}
		slices.SortFunc(res.Facets[name], func(a, b index.FacetCount) int {
			if a.Count != b.Count {
				return b.Count - a.Count
			}
			return strings.Compare(a.Value, b.Value)
		})
	}
	return res, nil
}

func facetValues(a *pakta.Agreement) map[string][]string {
	v := map[string][]string{"kind": {string(a.Kind)}, "status": {string(a.Status)}}
	for _, p := range a.Parties {
		v["region"] = append(v["region"], string(p.Region))
	}
	for _, s := range a.Sectors {
		v["sector"] = append(v["sector"], s.Code)
	}
	for _, i := range a.Instruments {
		v["instrument"] = append(v["instrument"], string(i.Type))
	}
	if a.SignedOn != nil {
		v["year"] = []string{a.SignedOn.Value[:4]}
	}
	return v
}

// Each yields what matches.
func (m *memory) Each(_ context.Context, q index.Query) iter.Seq2[*pakta.Agreement, error] {
	return func(yield func(*pakta.Agreement, error) bool) {
		if m.fail != nil {
			yield(nil, m.fail)
			return
		}
		for _, a := range m.agreements {
			if fits(a, q) && !yield(a, nil) {
				return
			}
		}
	}
}

func fits(a *pakta.Agreement, q index.Query) bool {
	text := strings.ToLower(fmt.Sprint(a.Parties, a.Reports[0].Title))
	for word := range strings.FieldsSeq(strings.ToLower(q.Text)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	v := facetValues(a)
	for _, f := range []struct {
		name string
		want []string
	}{{"region", q.Regions}, {"sector", q.Sectors}, {"kind", q.Kinds}, {"status", q.Statuses}, {"instrument", q.Instruments}} {
		if len(f.want) > 0 && !slices.ContainsFunc(v[f.name], func(s string) bool { return slices.Contains(f.want, s) }) {
			return false
		}
	}
	signed := ""
	if a.SignedOn != nil {
		signed = a.SignedOn.Value
	}
	return signed >= q.Since && (q.Until == "" || signed != "" && signed[:min(len(signed), len(q.Until))] <= q.Until)
}

// Agreement is from memory.
func (m *memory) Agreement(_ context.Context, id string) (*pakta.Agreement, error) {
	for _, a := range m.agreements {
		if a.ID == id {
			return a, nil
		}
	}
	return nil, fmt.Errorf("agreement %q: %w", id, errNotHere)
}

// Article is from memory.
func (m *memory) Article(_ context.Context, id string) (*pakta.Article, error) {
	if a, ok := m.articles[id]; ok {
		return a, nil
	}
	return nil, errNotHere
}

// Runs is one run that ended well and one that did not.
func (m *memory) Runs(context.Context, int) ([]pakta.Run, error) {
	at := time.Date(2026, 3, 14, 19, 0, 0, 0, time.UTC)
	return []pakta.Run{
		{ID: 2, Started: at, Finished: at.Add(4 * time.Minute), Agreements: 3, Sources: []pakta.SourceRun{
			{Source: "suaratempirai", Method: "wordpress", Discovered: 41, Fetched: 38, Relevant: 7, Failed: 1, Unchanged: 2},
			{Source: "kominfo-lembah", Method: "list", Problem: "robots.txt answers 503; tried again next night"},
		}},
		{ID: 1, Started: at.AddDate(0, 0, -1), Error: "interrupted"},
	}, nil
}

// regions and sectors are a few real ones.
func regions() []pakta.Region {
	return []pakta.Region{
		{Code: "15", Name: "Provinsi Jambi", Short: "Jambi", Kind: pakta.Provinsi},
		{Code: "15.03", Name: "Kabupaten Sarolangun", Short: "Sarolangun", Kind: pakta.Kabupaten},
		{Code: "15.04", Name: "Kabupaten Batang Hari", Short: "Batang Hari", Kind: pakta.Kabupaten},
		{Code: "35", Name: "Provinsi Jawa Timur", Short: "Jawa Timur", Kind: pakta.Provinsi},
		{Code: "35.78", Name: "Kota Surabaya", Short: "Surabaya", Kind: pakta.Kota},
	}
}

func sectors() []pakta.Sector {
	return []pakta.Sector{
		{Code: "1.01", Name: "Pendidikan"}, {Code: "1.02", Name: "Kesehatan"}, {Code: "2.11", Name: "Lingkungan Hidup"},
		{Code: "2.09", Name: "Pangan"}, {Code: "2.15", Name: "Perhubungan"}, {Code: "3.26", Name: "Pariwisata"},
	}
}

// words is the evidence of the nth place of text in the article.
func words(a *pakta.Article, text, rule string) pakta.Evidence {
	start := strings.Index(a.Canonical(), text)
	if start < 0 {
		panic("the article does not say " + text)
	}
	return pakta.Evidence{Text: text, Start: start, End: start + len(text), Rule: rule, Report: a.ID}
}

func article(id, site, title, text string) *pakta.Article {
	at, err := pakta.ParseTime("2025-08-09T10:00:00+07:00")
	if err != nil {
		panic(err)
	}
	return &pakta.Article{ID: id, URL: "https://" + site + "/berita/" + id, Site: site, Title: title, Text: text, Published: at}
}

func reference(a *pakta.Article) pakta.ArticleRef {
	return pakta.ArticleRef{ID: a.ID, URL: pakta.Maybe(a.URL), Site: pakta.Maybe(a.Site), Title: a.Title, Published: a.Published}
}

// library is what most tests search in.
func library() *memory {
	m := &memory{articles: map[string]*pakta.Article{}, version: "g1-7"}
	one := article("a1", "suaratempirai.test", "Batang Hari dan Sarolangun Sepakat Bekerja Sama",
		"MUARA BULIAN - Pemkab Batang Hari dan Pemkab Sarolangun menandatangani kesepakatan bersama pada Jumat (8/8/2025). "+
			"Penandatanganan berlangsung di Aula Rumah Dinas Bupati Kab. Sarolangun.\n\n"+
			"Kerja sama mencakup pendidikan, kesehatan, dan lingkungan hidup, sesuai Undang-Undang Nomor 23 Tahun 2014. "+
			"Bupati Rahmat Tempirai berharap hasilnya segera terasa.")
	two := article("a2", "kabarlembah.test", "Dua Kabupaten Teken Kerja Sama Pendidikan",
		"Pemkab Batang Hari dan Pemkab Sarolangun meneken kesepakatan bersama, Kamis (7/8/2025), di bidang pendidikan.")
	m.articles["a1"], m.articles["a2"] = one, two
	m.agreements = append(m.agreements, joint(one, two))
	for i := range 30 {
		m.agreements = append(m.agreements, plain(i))
	}
	slices.SortFunc(m.agreements, func(a, b *pakta.Agreement) int { return strings.Compare(a.ID, b.ID) })
	return m
}

// joint is an agreement of two reports that disagree about the day.
func joint(one, two *pakta.Article) *pakta.Agreement {
	return &pakta.Agreement{
		Schema: pakta.AgreementSchemaID, ID: "15.03-15.04_KB_2025_1", Version: 2, IndependentReports: 2,
		Reports: []pakta.ArticleRef{reference(one), reference(two)},
		Status:  pakta.Signed, Kind: pakta.KSDD,
		SignedOn:    &pakta.SignedOn{Value: "2025-08-08", Precision: pakta.Day, Support: 1, Evidence: []pakta.Evidence{words(one, "Jumat (8/8/2025)", "date.numeric")}},
		Instruments: []pakta.Instrument{{Type: pakta.KesepakatanBersama, Support: 2, Evidence: []pakta.Evidence{words(one, "kesepakatan bersama", "instrument.kb"), words(two, "kesepakatan bersama", "instrument.kb")}}},
		Venue:       &pakta.Venue{Name: "Aula Rumah Dinas Bupati Sarolangun", Region: "15.03", Support: 1, Evidence: []pakta.Evidence{words(one, "Aula Rumah Dinas Bupati Kab. Sarolangun", "venue.hall")}},
		Parties: []pakta.Party{
			{Name: "Pemerintah Kabupaten Batang Hari", Type: pakta.RegionalGovernment, Region: "15.04", Support: 2, Evidence: []pakta.Evidence{words(one, "Pemkab Batang Hari", "party.pemkab"), words(two, "Pemkab Batang Hari", "party.pemkab")}},
			{Name: "Pemerintah Kabupaten Sarolangun", Type: pakta.RegionalGovernment, Region: "15.03", Support: 2, Evidence: []pakta.Evidence{words(one, "Pemkab Sarolangun", "party.pemkab"), words(two, "Pemkab Sarolangun", "party.pemkab")}},
		},
		Regions: []pakta.RegionMention{{Code: "15.04", Name: "Kabupaten Batang Hari", Province: "15", Roles: []pakta.RegionRole{pakta.RegionParty}, Support: 2, Evidence: []pakta.Evidence{words(one, "Batang Hari", "region.name")}}},
		Officials: []pakta.Official{
			{Name: "Rahmat Tempirai", Position: "Bupati", Region: "15.04", Roles: []pakta.OfficialRole{pakta.Speaker}, Support: 1, Evidence: []pakta.Evidence{words(one, "Bupati Rahmat Tempirai", "official.name")}},
			{Position: "Sekretaris Daerah", Acting: pakta.Pj, Roles: []pakta.OfficialRole{pakta.Attendee}, Evidence: []pakta.Evidence{{Text: "Penjabat Sekretaris Daerah", Start: 9000, End: 9026, Rule: "official.office", Report: "a1"}}},
		},
		LegalRefs: []pakta.LegalRef{{ID: "UU 23/2014", Type: "UU", Number: "23", Year: 2014, Title: "Pemerintahan Daerah", Known: true, Support: 1, Evidence: []pakta.Evidence{words(one, "Undang-Undang Nomor 23 Tahun 2014", "law.long")}}},
		Sectors: []pakta.SectorMention{
			{Code: "1.01", Name: "Pendidikan", Support: 2, Evidence: []pakta.Evidence{words(one, "pendidikan", "sector.term"), words(two, "bidang pendidikan", "sector.term")}},
			{Code: "1.02", Name: "Kesehatan", Support: 1, Evidence: []pakta.Evidence{words(one, "kesehatan", "sector.term")}},
			{Code: "2.11", Name: "Lingkungan Hidup", Support: 1, Evidence: []pakta.Evidence{words(one, "lingkungan hidup", "sector.term")}},
		},
		Evidence: pakta.ScalarEvidence{
			Status: []pakta.Evidence{words(one, "menandatangani", "status.signed"), words(two, "meneken", "status.signed")},
			Kind:   []pakta.Evidence{words(one, "Pemkab Batang Hari dan Pemkab Sarolangun", "kind.parties")},
		},
		Conflicts: []pakta.FieldConflict{{Field: "signed_on", Values: []pakta.ConflictValue{{Value: "2025-08-08", Reports: []string{"a1"}}, {Value: "2025-08-07", Reports: []string{"a2"}}}}},
		Links:     []pakta.Link{{Type: "implements", ID: "plain-03"}, {Type: "renews", ID: "gone"}},
	}
}

// plain is the ith of many small agreements.
func plain(i int) *pakta.Agreement {
	all := sectors()
	a := &pakta.Agreement{
		Schema: pakta.AgreementSchemaID, ID: fmt.Sprintf("plain-%02d", i), Version: 1, IndependentReports: 1,
		Reports: []pakta.ArticleRef{{ID: fmt.Sprintf("p%d", i), URL: "https://kabarlembah.test/1", Site: "kabarlembah.test", Title: fmt.Sprintf("Surabaya Perluas Kerja Sama Pengelolaan Sampah, Putaran %d", i)}},
		Status:  pakta.Statuses()[i%4], Kind: pakta.Kinds()[i%5],
		Instruments: []pakta.Instrument{{Type: pakta.InstrumentTypes()[i%6]}},
		Parties: []pakta.Party{
			{Name: "Pemerintah Kota Surabaya", Type: pakta.RegionalGovernment, Region: "35.78"},
			{Name: "Universitas Lembah Tempirai", Type: pakta.University},
		},
	}
	for j := range i % 7 {
		s := all[(i+j)%len(all)]
		if !slices.ContainsFunc(a.Sectors, func(m pakta.SectorMention) bool { return m.Code == s.Code }) {
			a.Sectors = append(a.Sectors, pakta.SectorMention{Code: s.Code, Name: s.Name})
		}
	}
	if i%5 != 4 {
		a.SignedOn = &pakta.SignedOn{Value: fmt.Sprintf("20%02d-%02d", 18+i%8, 1+i%12), Precision: pakta.Month}
	}
	return a
}

// options are those of a site over the memory.
func options(m *memory) web.Options {
	return web.Options{
		Search: m, Archive: m, NotFound: errNotHere, Regions: regions(), Sectors: sectors(), Version: "1.0", Demo: true,
		Stats: func(context.Context) (web.Stats, error) {
			return web.Stats{Pages: 4120, Articles: 4012, Records: 4012, Agreements: 31, Addresses: map[pakta.AddressState]int{pakta.AddressFetched: 4012, pakta.AddressFailed: 9}}, nil
		},
	}
}

func handler(t testing.TB, o web.Options) http.Handler {
	t.Helper()
	h, err := web.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}
