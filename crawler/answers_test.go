package crawler

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pakta"
)

// quick are limits with which a test of what never ends, ends.
var quick = limits{
	dial: time.Second, header: 1500 * time.Millisecond, page: 4 * time.Second, rateWindow: time.Second,
	wait: 100 * time.Millisecond, backOff: 20 * time.Millisecond, silent: 100,
}

// patient are limits for tests of what ends by itself, however busy the machine.
var patient = limits{
	dial: time.Minute, header: time.Minute, page: 2 * time.Minute, rateWindow: time.Minute,
	wait: quick.wait, backOff: quick.backOff, silent: quick.silent,
}

// hostile is a server with a home page that links to articles, each of which
// answers as it likes. It counts the requests by path.
type hostile struct {
	*httptest.Server
	mux   *http.ServeMux
	mu    sync.Mutex
	asked map[string]int
}

func newHostile(t *testing.T, articles map[string]http.HandlerFunc) *hostile {
	t.Helper()
	return newHostileState(t, articles, nil)
}

// newHostileState is newHostile with a function that sees every change of a
// connection's state.
func newHostileState(t *testing.T, articles map[string]http.HandlerFunc, state func(net.Conn, http.ConnState)) *hostile {
	t.Helper()
	h := &hostile{mux: http.NewServeMux(), asked: map[string]int{}}
	for slug, f := range articles {
		h.mux.HandleFunc("/berita/"+slug, f)
	}
	h.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		for slug := range articles {
			fmt.Fprintf(w, "<p><a href='/berita/%s'>Judul berita %s yang panjang</a></p>", slug, slug)
		}
	})
	h.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		h.asked[r.URL.Path]++
		h.mu.Unlock()
		h.mux.ServeHTTP(w, r)
	}))
	h.Config.ConnState = state
	h.Start()
	t.Cleanup(h.Close)
	return h
}

func (h *hostile) count(path string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.asked[path]
}

func (h *hostile) source() Source { return Source{Name: "musuh", URL: h.URL + "/"} }

// hostileRun makes a run with patient limits and no pause; change may alter its
// options.
func hostileRun(t *testing.T, m *memory, change func(*Options), sources ...Source) []pakta.SourceRun {
	t.Helper()
	none := time.Duration(0)
	o := Options{Sources: sources, Store: m, Delay: &none, AllowPrivate: true, limits: patient}
	if change != nil {
		change(&o)
	}
	runs, err := Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return runs
}

// good answers with an article.
func good(title string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, page(title)) }
}

// wire answers with bytes on the connection itself and hangs up.
func wire(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		fmt.Fprint(conn, answer) // the client may have gone
		conn.Close()
	}
}

// reset answers with a part of a page and resets the connection.
func reset(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<html>") // likewise
	conn.(*net.TCPConn).SetLinger(0)
	conn.Close()
}

// drip sends a byte now and then until the client goes.
func drip(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		fmt.Fprint(w, " ")
		http.NewResponseController(w).Flush()
		time.Sleep(20 * time.Millisecond)
	}
}

// flood sends without end, as fast as it goes.
func flood(w http.ResponseWriter, r *http.Request) {
	block := bytes.Repeat([]byte("<p>banyak sekali "), 4096)
	for r.Context().Err() == nil {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

// packed is an article in layers of compression, under a label.
func packed(label string, layers ...func(io.Writer) io.WriteCloser) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", label)
		fmt.Fprint(w, pack(page("Berita "+r.URL.Path), layers...))
	}
}

// pack compresses a text, the first layer innermost.
func pack(text string, layers ...func(io.Writer) io.WriteCloser) string {
	for _, layer := range layers {
		var out bytes.Buffer
		z := layer(&out)
		io.WriteString(z, text) // into memory
		z.Close()
		text = out.String()
	}
	return text
}

func gzipped(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }
func zlibbed(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }
func deflated(w io.Writer) io.WriteCloser {
	z, _ := flate.NewWriter(w, 6) // 6 is a level
	return z
}

// bomb sends 100 MB as some 100 KB.
func bomb(label string, layers ...func(io.Writer) io.WriteCloser) http.HandlerFunc {
	text := pack("<html>"+strings.Repeat("<p>bom bom bom bom", 100<<20/18), layers...)
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", label)
		fmt.Fprint(w, text)
	}
}

// TestAnswers: whatever an answer does, its address ends in the state and
// class of error that it deserves, the rest of the site is read, and memory
// stays flat.
func TestAnswers(t *testing.T) {
	tests := []struct {
		slug      string
		answer    http.HandlerFunc
		wantState pakta.AddressState
		wantError string
	}{
		{"biasa-saja-berita-ini", good("Berita Biasa"), pakta.AddressFetched, ""},
		{"gzip-dengan-label-benar", packed("gzip", gzipped), pakta.AddressFetched, ""},
		{"gzip-tanpa-label-apa", packed("", gzipped), pakta.AddressFetched, ""},
		{"gzip-dua-kali-dibungkus", packed("gzip, gzip", gzipped, gzipped), pakta.AddressFetched, ""},
		{"gzip-tiga-kali-dibungkus", packed("gzip", gzipped, gzipped, gzipped), pakta.AddressFailed, "encoding"},
		{"label-gzip-isi-polos", packed("gzip"), pakta.AddressFetched, ""},
		{"deflate-zlib-yang-lazim", packed("deflate", zlibbed), pakta.AddressFetched, ""},
		{"deflate-mentah-tanpa-zlib", packed("deflate", deflated), pakta.AddressFetched, ""},
		{"label-ikut-permintaan-saja", packed("gzip, deflate", gzipped), pakta.AddressFetched, ""},
		{"brotli-yang-tak-diminta", packed("br"), pakta.AddressFailed, "encoding"},
		{"zstd-yang-tak-diminta", packed("zstd"), pakta.AddressFailed, "encoding"},
		{"bom-gzip-yang-besar", bomb("gzip", gzipped), pakta.AddressRejected, "too_large"},
		{"bom-deflate-yang-besar", bomb("deflate", zlibbed), pakta.AddressRejected, "too_large"},
		{"bom-dalam-bom-gzip", bomb("gzip", gzipped, gzipped), pakta.AddressRejected, "too_large"},
		{"halaman-tanpa-akhir-deras", flood, pakta.AddressRejected, "too_large"},
		{"tetes-demi-tetes-lambat", drip, pakta.AddressFailed, "slow"},
		{"diam-seribu-bahasa-saja", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, pakta.AddressFailed, "timeout"},
		{"kepala-sebesar-satu-megabita", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Besar", strings.Repeat("x", 1<<20))
			fmt.Fprint(w, page("Kepala"))
		}, pakta.AddressFailed, "protocol"},
		{"panjang-lebih-dari-isi", wire("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + page("Kurang")), pakta.AddressFailed, "cut_off"},
		{"potongan-chunked-terputus", wire("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n<html>"), pakta.AddressFailed, "cut_off"},
		{"gzip-yang-terpotong-tengah", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			text := pack(page("Terpotong"), gzipped)
			fmt.Fprint(w, text[:len(text)/2])
		}, pakta.AddressFailed, "cut_off"},
		{"sambungan-diputus-paksa-server", reset, pakta.AddressFailed, "connection"},
		{"jawaban-bukan-http-sama", wire("220 mail.contoh.id ESMTP\r\n"), pakta.AddressFailed, "protocol"},
		{"kosong-tanpa-isi-sama", func(http.ResponseWriter, *http.Request) {}, pakta.AddressRejected, "not_article"},
		{"satu-bita-saja-isinya", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "x") }, pakta.AddressRejected, "not_article"},
		{"pdf-berkedok-halaman-html", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "%PDF-1.7\n"+strings.Repeat("\x00\x01\xfe binary ", 500))
		}, pakta.AddressRejected, "not_article"},
		{"bersarang-sangat-dalam-sekali", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "<title>Dalam</title>"+strings.Repeat("<div>", 200_000)+"<p>"+strings.Repeat("Kalimat yang biasa saja. ", 20))
		}, pakta.AddressFetched, ""},
		{"server-sedang-rusak-parah", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "rusak", http.StatusBadGateway) }, pakta.AddressFailed, "status"},
		{"ditolak-oleh-penjaga-situs", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "tidak", http.StatusForbidden) }, pakta.AddressFailed, "status"},
		{"cara-tidak-dikenal-server", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "?", http.StatusMethodNotAllowed) }, pakta.AddressRejected, ""},
		{"sudah-dihapus-selama-lamanya", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "x", http.StatusGone) }, pakta.AddressGone, ""},
	}
	answers := map[string]http.HandlerFunc{}
	classes := map[string]int{}
	for _, tt := range tests {
		answers[tt.slug] = tt.answer
		if tt.wantError != "" {
			classes[tt.wantError]++
		}
	}
	h := newHostile(t, answers)
	m := newMemory()
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	runs := hostileRun(t, m, func(o *Options) { o.limits = quick; o.limits.backOff = time.Millisecond }, h.source())
	runtime.ReadMemStats(&after)
	if grown := int64(after.Sys) - int64(before.Sys); grown > 100<<20 {
		t.Errorf("the process grew by %d MB; a bomb went off", grown>>20)
	}
	for _, tt := range tests {
		if a := m.addresses[h.URL+"/berita/"+tt.slug]; a.State != tt.wantState {
			t.Errorf("%s is %s (%s), want %s", tt.slug, a.State, a.Reason, tt.wantState)
		}
	}
	for class, want := range classes {
		if runs[0].Errors[class] < want {
			t.Errorf("%d errors of class %s, want %d: %v", runs[0].Errors[class], class, want, runs[0].Errors)
		}
	}
	if runs[0].Discovered != len(tests) || runs[0].Pending != 0 {
		t.Errorf("report %+v, want all %d addresses to come to an end", runs[0], len(tests))
	}
}

// TestFailedIsTriedAgain: what was cut off is not kept, and is read when it
// comes whole.
func TestFailedIsTriedAgain(t *testing.T) {
	broken := true
	h := newHostile(t, map[string]http.HandlerFunc{"kadang-putus-kadang-tidak": func(w http.ResponseWriter, r *http.Request) {
		if broken {
			w.Header().Set("Content-Length", "50000")
		}
		good("Kadang Putus")(w, r)
	}})
	m := newMemory()
	at := time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)
	clock := func(o *Options) { o.Now = func() time.Time { return at } }
	if runs := hostileRun(t, m, clock, h.source()); runs[0].Failed != 1 || len(m.articles) != 0 {
		t.Fatalf("first run: %+v and %d articles, want one failure and none", runs[0], len(m.articles))
	}
	broken = false
	if runs := hostileRun(t, m, clock, h.source()); runs[0].Discovered != 0 {
		t.Errorf("at once again: %+v, want nothing due", runs[0])
	}
	at = at.Add(24 * time.Hour)
	if runs := hostileRun(t, m, clock, h.source()); runs[0].Fetched != 1 || len(m.articles) != 1 {
		t.Errorf("next night: %+v, want the article", runs[0])
	}
}

// TestKeepAliveDies: a server that closes every connection after one answer,
// and one that closes idle ones, lose nothing.
func TestKeepAliveDies(t *testing.T) {
	articles := map[string]http.HandlerFunc{}
	for i := range 20 {
		articles["berita-nomor-ke-"+strconv.Itoa(i)] = good("Berita " + strconv.Itoa(i))
	}
	h := newHostileState(t, articles, func(c net.Conn, s http.ConnState) {
		if s == http.StateIdle {
			c.Close()
		}
	})
	if runs := hostileRun(t, newMemory(), nil, h.source()); runs[0].Fetched != 20 {
		t.Errorf("report %+v, want 20 fetched", runs[0])
	}
}

// TestInsecureTLS: a certificate that nobody vouches for is taken from a source
// that says so, and from no other site that it leads to.
func TestInsecureTLS(t *testing.T) {
	other := httptest.NewTLSServer(good("Milik Situs Lain"))
	defer other.Close()
	mux := http.NewServeMux()
	mux.Handle("/berita-dari-situs-ini", good("Milik Situs Ini"))
	mux.Handle("/berita-dari-situs-lain", http.RedirectHandler(other.URL+"/berita-dari-situs-lain", http.StatusFound))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<a href="/berita-dari-situs-ini">Berita dari situs ini yang panjang</a> <a href="/berita-dari-situs-lain">Berita dari situs lain yang panjang</a>`)
	})
	lax := httptest.NewTLSServer(mux)
	defer lax.Close()
	store := newMemory()
	runs := hostileRun(t, store, nil, Source{Name: "kedaluwarsa", URL: lax.URL + "/", InsecureTLS: true})
	if runs[0].Fetched != 1 || runs[0].Errors["tls"] != 1 {
		t.Errorf("run %+v, want the site's own article fetched, the other refused for its certificate", runs[0])
	}
}

// TestBrokenTLS: a certificate that nobody vouches for, and a server that
// never shakes hands, are problems of their source and of no other.
func TestBrokenTLS(t *testing.T) {
	signed := httptest.NewTLSServer(good("Rahasia"))
	defer signed.Close()
	deaf, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer deaf.Close()
	h := newHostile(t, map[string]http.HandlerFunc{"biasa-saja-berita-ini": good("Biasa")})
	runs := hostileRun(t, newMemory(), func(o *Options) { o.limits.dial = 3 * time.Second },
		Source{Name: "palsu", URL: signed.URL + "/"}, Source{Name: "tuli", URL: "https://" + deaf.Addr().String() + "/"}, h.source())
	if runs[0].Problem == "" || runs[0].Errors["tls"] != 1 {
		t.Errorf("self-signed: %+v, want a problem of class tls", runs[0])
	}
	if runs[1].Problem == "" || runs[1].Errors["timeout"] != 1 {
		t.Errorf("no handshake: %+v, want a problem of class timeout", runs[1])
	}
	if runs[2].Fetched != 1 {
		t.Errorf("the third source: %+v, want its article", runs[2])
	}
}
