package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pakta"
)

// TestRevisit: an article is asked for again while it is young, with what the
// server knows it by; 304 and the same bytes are unchanged, and corrections
// arrive.
func TestRevisit(t *testing.T) {
	at := time.Date(2026, 3, 1, 2, 0, 0, 0, pakta.WIB)
	version, conditional := 1, []string{}
	stamped := func(title string) string {
		return strings.Replace(page(title), "<head>", `<head><meta property="article:published_time" content="2026-02-28T20:00:00+07:00">`, 1)
	}
	h := newHostile(t, map[string]http.HandlerFunc{
		"dengan-etag-dan-tanggal": func(w http.ResponseWriter, r *http.Request) {
			conditional = append(conditional, r.Header.Get("If-None-Match")+" "+r.Header.Get("If-Modified-Since"))
			w.Header().Set("Etag", fmt.Sprintf(`"v%d"`, version))
			w.Header().Set("Last-Modified", "Sat, 28 Feb 2026 13:00:00 GMT")
			if r.Header.Get("If-None-Match") == fmt.Sprintf(`"v%d"`, version) {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(w, stamped(fmt.Sprintf("Berita Versi %d", version)))
		},
		"tanpa-etag-selalu-utuh": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, stamped("Berita Tetap")) },
	})
	m := newMemory()
	crawlAt := func(after time.Duration) pakta.SourceRun {
		at = at.Add(after)
		return hostileRun(t, m, func(o *Options) { o.Now = func() time.Time { return at }; o.Revisit = 72 * time.Hour }, h.source())[0]
	}
	if r := crawlAt(0); r.Fetched != 2 {
		t.Fatalf("first night: %+v, want both fetched", r)
	}
	if r := crawlAt(time.Hour); r.Discovered != 0 {
		t.Errorf("an hour later: %+v, want nothing due", r)
	}
	if r := crawlAt(23 * time.Hour); r.Unchanged != 2 || r.Fetched != 0 {
		t.Errorf("second night: %+v, want both unchanged", r)
	}
	version = 2
	if r := crawlAt(36 * time.Hour); r.Unchanged != 1 || r.Fetched != 1 {
		t.Errorf("after a correction: %+v, want one fetched", r)
	}
	if art := m.articles[ArticleID(h.URL+"/berita/dengan-etag-dan-tanggal")]; art == nil || art.Title != "Berita Versi 2" {
		t.Errorf("the correction did not arrive: %+v", art)
	}
	if r := crawlAt(300 * time.Hour); r.Discovered != 0 {
		t.Errorf("weeks later: %+v, want nothing due", r)
	}
	const date = "Sat, 28 Feb 2026 13:00:00 GMT"
	if diff := cmp.Diff([]string{" ", `"v1" ` + date, `"v1" ` + date}, conditional); diff != "" {
		t.Errorf("validators sent (-want +got):\n%s", diff)
	}
}

// TestAgain: when an article is asked for again.
func TestAgain(t *testing.T) {
	now := time.Date(2026, 3, 10, 2, 0, 0, 0, time.UTC)
	tests := []struct {
		name    string
		age     time.Duration // negative: unknown
		before  bool
		revisit time.Duration
		want    time.Duration // from now; 0: not
	}{
		{"just published", 0, false, 72 * time.Hour, 20 * time.Hour},
		{"a day old", 24 * time.Hour, true, 72 * time.Hour, 24 * time.Hour},
		{"two days old", 48 * time.Hour, true, 72 * time.Hour, 0},
		{"years old", 9000 * time.Hour, false, 72 * time.Hour, 0},
		{"of unknown age", -1, false, 72 * time.Hour, 20 * time.Hour},
		{"of unknown age, the second time", -1, true, 72 * time.Hour, 0},
		{"switched off", 0, false, 0, 0},
		{"of unknown age, switched off", -1, false, 0, 0},
	}
	for _, tt := range tests {
		v := &visitor{run: &run{o: &Options{Revisit: tt.revisit, Now: func() time.Time { return now }}}}
		var published, want time.Time
		if tt.age >= 0 {
			published = now.Add(-tt.age)
		}
		if tt.want > 0 {
			want = now.Add(tt.want)
		}
		if got := v.again(published, tt.before); !got.Equal(want) {
			t.Errorf("%s: again at %s, want %s", tt.name, got, want)
		}
	}
}

// TestReportMustAddUp: a report in which an address has come to no end, or to
// two, is an error.
func TestReportMustAddUp(t *testing.T) {
	good := pakta.SourceRun{Source: "x", Discovered: 8, Fetched: 1, Unchanged: 1, Gone: 1, Refused: 1, Failed: 1, Rejected: 1, Skipped: 1, Pending: 1}
	if err := addsUp(&good); err != nil {
		t.Error(err)
	}
	for _, n := range []int{7, 9} {
		bad := good
		if bad.Discovered = n; addsUp(&bad) == nil {
			t.Errorf("%d discovered and 8 accounted for is no error", n)
		}
	}
}

// brokenStore fails one of its methods from some call on.
type brokenStore struct {
	*memory
	finish, due, discover int // calls left that work; negative: all
}

var errDisk = errors.New("the disk is broken")

func (b *brokenStore) Finish(ctx context.Context, out pakta.Outcome) error {
	if b.finish--; b.finish == -1 {
		return errDisk
	}
	return b.memory.Finish(ctx, out)
}

func (b *brokenStore) Due(ctx context.Context, source string, now time.Time, limit int) ([]pakta.Address, error) {
	if b.due--; b.due == -1 {
		return nil, errDisk
	}
	return b.memory.Due(ctx, source, now, limit)
}

func (b *brokenStore) Discover(ctx context.Context, found []pakta.Address) (int, error) {
	if b.discover--; b.discover == -1 {
		return 0, errDisk
	}
	return b.memory.Discover(ctx, found)
}

// TestStoreFails: whichever call of the store fails, the run fails and says
// so, its report adds up, and the next run gets what is left.
func TestStoreFails(t *testing.T) {
	articles := map[string]http.HandlerFunc{}
	for i := range 5 {
		articles[fmt.Sprintf("berita-nomor-ke-%d", i)] = good(fmt.Sprintf("Berita %d", i))
	}
	h := newHostile(t, articles)
	for name, broken := range map[string]*brokenStore{
		"finish": {finish: 2, due: -9, discover: -9}, "due": {finish: -9, due: 1, discover: -9}, "discover": {finish: -9, due: -9},
	} {
		broken.memory = newMemory()
		o := Options{Sources: []Source{h.source()}, Store: broken, Delay: new(time.Duration), AllowPrivate: true, limits: patient}
		runs, err := Run(context.Background(), o)
		if !errors.Is(err, errDisk) {
			t.Errorf("%s: error %v, want %v", name, err, errDisk)
		}
		if err := addsUp(&runs[0]); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if hostileRun(t, broken.memory, nil, h.source()); len(broken.articles) != 5 {
			t.Errorf("%s: %d articles after the next run, want 5", name, len(broken.articles))
		}
	}
}

// TestOneArticleManyAddresses: the forms in which one article is linked, found
// anywhere, are one article.
func TestOneArticleManyAddresses(t *testing.T) {
	const want = "https://kabar.example/2026/03/01/judul-berita-daerah"
	for _, twin := range []string{
		"http://kabar.example/2026/03/01/judul-berita-daerah", "https://www.kabar.example/2026/03/01/judul-berita-daerah/", "HTTPS://KABAR.example:443/2026/03/01/judul-berita-daerah",
		"https://m.kabar.example/2026/03/01/judul-berita-daerah", "https://mobile.kabar.example/2026/03/01/judul-berita-daerah", "https://amp.kabar.example/2026/03/01/judul-berita-daerah",
		want + "/amp", want + "/amp/", want + "?amp", want + "?amp=1", want + "?outputType=amp", want + "?page=1", want + "?page=all", want + "?single=1", want + "?showpage=all", want + "?halaman=2",
		want + "?utm_source=wa&utm_medium=x", want + "?fbclid=abc", want + "?gclid=abc", want + "?igshid=1", want + "?ref=depan", want + "?from=headline", want + "?PHPSESSID=abc", want + "?sid=1",
		want + "?replytocom=7", want + ";jsessionid=0A1B2C3D", want + ";JSESSIONID=9", "https://kabar.example/(S(lit3py55t21z5v55vlm25s55))/2026/03/01/judul-berita-daerah", want + "?session_id=9", want + "?print=1", want + "#komentar", want + "/./", "https://kabar.example/2026/03/02/../01/judul-berita-daerah",
	} {
		if ArticleID(twin) != ArticleID(want) {
			t.Errorf("%s is another article", twin)
		}
	}
	for _, other := range []string{
		"https://kabar.example/2026/03/01/judul-berita-daerah-2", "https://kabar.example/2026/03/02/judul-berita-daerah", "https://lain.example/2026/03/01/judul-berita-daerah",
		want + "?id=7", "https://jambi.kabar.example/2026/03/01/judul-berita-daerah", "https://kabar.example/2026/03/01/JUDUL-berita-daerah",
	} {
		if ArticleID(other) == ArticleID(want) {
			t.Errorf("%s is the same article", other)
		}
	}
}

// TestTwinsAreOneArticle: an article that is served under two addresses is
// kept once, by its canonical link or its text; a theme that calls one page
// canonical everywhere loses no article.
func TestTwinsAreOneArticle(t *testing.T) {
	with := func(canonical, title string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, strings.Replace(page(title), "<head>", "<head><link rel=canonical href='http://"+r.Host+canonical+"'>", 1))
		}
	}
	tests := []struct {
		name         string
		articles     map[string]http.HandlerFunc
		wantArticles int
	}{
		{"canonical", map[string]http.HandlerFunc{"satu-berita-dua-alamat": with("/berita/satu-berita-dua-alamat", "Sama"), "alamat-lain-berita-sama": with("/berita/satu-berita-dua-alamat", "Sama")}, 1},
		{"same text", map[string]http.HandlerFunc{"satu-berita-dua-alamat": good("Sama"), "alamat-lain-berita-sama": good("Sama")}, 1},
		{"canonical that lies", map[string]http.HandlerFunc{"berita-yang-pertama-sekali": with("/berita/selalu-yang-ini-saja", "Satu"), "berita-yang-kedua-sekali": with("/berita/selalu-yang-ini-saja", "Dua")}, 2},
	}
	for _, tt := range tests {
		h := newHostile(t, tt.articles)
		m := newMemory()
		r := hostileRun(t, m, nil, h.source())[0]
		if len(m.articles) != tt.wantArticles || r.Fetched != tt.wantArticles || r.Skipped != 2-tt.wantArticles {
			t.Errorf("%s: %d articles, %+v; want %d", tt.name, len(m.articles), r, tt.wantArticles)
		}
	}
}

// TestManyFeedsOneArticle: what twenty sources list at once is asked for once.
func TestManyFeedsOneArticle(t *testing.T) {
	h := newHostile(t, nil)
	h.mux = http.NewServeMux()
	var sources []Source
	for i := range 20 {
		at := fmt.Sprintf("/kanal-%d/", i)
		h.mux.HandleFunc(at+"{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<p>Selamat datang") })
		h.mux.HandleFunc(at+"feed/", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<rss version='2.0'><channel>")
			for n := range 5 {
				fmt.Fprintf(w, "<item><title>Judul %d</title><link>%s/berita/judul-yang-sama-%d?utm_source=kanal-%d</link></item>", n, h.URL, n, i)
			}
			fmt.Fprint(w, "</channel></rss>")
		})
		sources = append(sources, Source{Name: fmt.Sprint(i), URL: h.URL + at})
	}
	h.mux.HandleFunc("/berita/{slug}", func(w http.ResponseWriter, r *http.Request) { good(r.URL.Path)(w, r) })
	m := newMemory()
	fetched := 0
	for _, r := range hostileRun(t, m, func(o *Options) { o.Concurrency = 20 }, sources...) {
		if fetched += r.Fetched; r.Problem != "" || r.Discovered+r.Known != 5 {
			t.Errorf("%+v, want five articles, taken up or known", r)
		}
	}
	for n := range 5 {
		if asked := h.count(fmt.Sprintf("/berita/judul-yang-sama-%d", n)); asked != 1 {
			t.Errorf("article %d was asked for %d times", n, asked)
		}
	}
	if fetched != 5 || len(m.articles) != 5 {
		t.Errorf("%d fetched and %d articles, want 5", fetched, len(m.articles))
	}
}

// TestTwinsOfEarlierRuns: an article that was read is not asked for under
// another form of its address in a later night; one that was gone is.
func TestTwinsOfEarlierRuns(t *testing.T) {
	h := newHostile(t, nil)
	h.mux = http.NewServeMux()
	at := time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)
	var listed []string
	h.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, links(listed...)) })
	h.mux.HandleFunc("/berita/judul-yang-dibaca-kemarin", good("Dibaca"))
	h.mux.HandleFunc("/berita/judul-yang-dibaca-kemarin/", good("Dibaca"))
	h.mux.HandleFunc("/berita/judul-yang-hilang-kemarin", http.NotFound)
	h.mux.HandleFunc("/berita/judul-yang-hilang-kemarin/", good("Hilang"))
	m := newMemory()
	night := func(paths ...string) pakta.SourceRun {
		at, listed = at.Add(24*time.Hour), paths
		return hostileRun(t, m, func(o *Options) { o.Now = func() time.Time { return at } }, h.source())[0]
	}
	if r := night("/berita/judul-yang-dibaca-kemarin", "/berita/judul-yang-hilang-kemarin"); r.Fetched != 1 || r.Gone != 1 {
		t.Fatalf("first night: %+v, want one fetched and one gone", r)
	}
	r := night("/berita/judul-yang-dibaca-kemarin/", "/berita/judul-yang-hilang-kemarin/")
	if r.Discovered != 1 || r.Fetched != 1 || h.count("/berita/judul-yang-dibaca-kemarin/") != 0 {
		t.Errorf("second night: %+v, want the one that was gone and not the other", r)
	}
}

// TestPartsAreKept: of an article in pages all pages are kept, and the article
// can be read from them again.
func TestPartsAreKept(t *testing.T) {
	h := newHostile(t, map[string]http.HandlerFunc{"berita-panjang-tiga-halaman": func(w http.ResponseWriter, r *http.Request) {
		n := "1" + r.FormValue("page")
		p := strings.Repeat("Kalimat pada halaman "+n+" dari berita yang panjang ini. ", 4)
		fmt.Fprint(w, "<title>Berita Panjang</title><h1>Berita Panjang Tiga Halaman</h1><div class=entry-content><p>"+p+"</p><p>"+p+
			"Habis.</p></div><a href='?page=2'>2</a><a href='?page=3'>3</a>")
	}})
	m := newMemory()
	hostileRun(t, m, nil, h.source())
	address := h.URL + "/berita/berita-panjang-tiga-halaman"
	art := m.articles[ArticleID(address)]
	if art == nil || len(m.pages) != 3 {
		t.Fatalf("%v and %d pages, want an article and 3", art, len(m.pages))
	}
	for _, n := range []string{"halaman 1 ", "halaman 12 ", "halaman 13 "} {
		if !strings.Contains(art.Text, n) {
			t.Errorf("the text lacks %q", n)
		}
	}
	again, parts, err := (&Reader{}).ReadWhole(m.pages[address], func(a string) (*pakta.Page, error) {
		if p := m.pages[a]; p != nil {
			return p, nil
		}
		return nil, errors.New("not kept")
	})
	if err != nil || len(parts) != 2 || again.Text != art.Text {
		t.Errorf("read again: %v, %d parts, the same text %v", err, len(parts), again.Text == art.Text)
	}
}

// TestImpossibleDates: no article comes from the future, or from before the
// web.
func TestImpossibleDates(t *testing.T) {
	at := time.Date(2026, 3, 1, 2, 0, 0, 0, pakta.WIB)
	dates := map[string]bool{"2026-02-28": true, "2026-03-02": true, "2026-03-04": false, "2099-01-01": false, "1970-01-01": false, "0001-01-01": false, "1999-08-01": true}
	articles := map[string]http.HandlerFunc{}
	for date := range dates {
		articles["berita-bertanggal-"+date] = func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, strings.Replace(page("Bertanggal "+date), "<head>", `<head><meta property="article:published_time" content="`+date+`T08:00:00+07:00">`, 1))
		}
	}
	h := newHostile(t, articles)
	m := newMemory()
	hostileRun(t, m, func(o *Options) { o.Now = func() time.Time { return at } }, h.source())
	for date, want := range dates {
		art := m.articles[ArticleID(h.URL+"/berita/berita-bertanggal-"+date)]
		if art == nil {
			t.Errorf("%s: no article", date)
		} else if got := !art.Published.IsZero() && art.Published.Format("2006-01-02") == date; got != want {
			t.Errorf("%s: published %s, taken %v, want %v", date, art.Published, got, want)
		}
	}
}
