package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gocolly/colly/v2"

	"pakta"
	"pakta/archive"
	"pakta/crawler"
	"pakta/extract"
	"pakta/rules"
)

// cluster is many small newsrooms on one listener: every host is another
// address of the loopback interface.
type cluster struct {
	port         string
	hosts, pages int // pages of each host
	mu           sync.Mutex
	asked        map[string]int // articles, by address
}

// startCluster serves hosts with so many articles each, until the test ends.
func startCluster(tb testing.TB, hosts, pages int) *cluster {
	tb.Helper()
	listener, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		tb.Fatal(err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		tb.Fatal(err)
	}
	c := &cluster{port: port, hosts: hosts, pages: pages, asked: map[string]int{}}
	srv := &http.Server{Handler: c, ReadHeaderTimeout: time.Minute}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(listener) }()
	tb.Cleanup(func() {
		srv.Close()
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			tb.Error(err)
		}
	})
	if conn, err := net.Dial("tcp", "127.1.0.1:"+port); err != nil {
		tb.Skip("only 127.0.0.1 is on the loopback interface here")
	} else {
		conn.Close()
	}
	return c
}

func (c *cluster) base(host int) string {
	return fmt.Sprintf("http://127.1.%d.%d:%s", host/250, host%250+1, c.port)
}

func (c *cluster) article(host, page int) string {
	return fmt.Sprintf("%s/berita/%d/warta-daerah-nomor-%d", c.base(host), 1000+page, page)
}

// ServeHTTP answers as a small site with a sitemap.
func (c *cluster) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	base := "http://" + r.Host
	switch {
	case r.URL.Path == "/robots.txt":
		fmt.Fprintf(w, "User-agent: *\nDisallow: /admin\nSitemap: %s/sitemap.xml\n", base)
	case r.URL.Path == "/":
		fmt.Fprint(w, "<html><title>Warta</title><link rel=alternate type='application/rss+xml' href='/feed'><p>Selamat datang di warta daerah.")
	case r.URL.Path == "/feed":
		fmt.Fprintf(w, "<?xml version='1.0'?><rss version='2.0'><channel><item><title>Warta nomor 0</title><link>%s/berita/1000/warta-daerah-nomor-0</link></item></channel></rss>", base)
	case r.URL.Path == "/sitemap.xml":
		var b bytes.Buffer
		b.WriteString("<urlset>")
		for i := range c.pages {
			fmt.Fprintf(&b, "<url><loc>%s/berita/%d/warta-daerah-nomor-%d</loc></url>", base, 1000+i, i)
		}
		b.WriteString("</urlset>")
		w.Write(b.Bytes())
	case strings.HasPrefix(r.URL.Path, "/berita/"):
		c.mu.Lock()
		c.asked[base+r.URL.Path]++
		c.mu.Unlock()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(loadPage(r.Host + r.URL.Path))
	default:
		http.NotFound(w, r)
	}
}

// loadPage is a page of some 30 KB in the manner of a theme: a menu, an
// article, teasers. One in ten reports an agreement.
func loadPage(key string) []byte {
	n := 0
	for _, c := range key {
		n = n*31 + int(c)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Warta %s | Kabar</title><meta property="og:title" content="Warta %s">
<meta property="article:published_time" content="2026-03-%02dT08:00:00+07:00"><link rel="canonical" href="http://%s"><style>%s</style></head><body><nav><ul>`,
		key, key, n&15+1, key, strings.Repeat(".menu a{color:#333}\n", 200))
	for i := range 60 {
		fmt.Fprintf(&b, `<li class="menu-item"><a href="/kanal/%d">Kanal %d</a></li>`, i, i)
	}
	fmt.Fprintf(&b, `</ul></nav><main><article><h1 class="entry-title">Warta %s</h1><div class="entry-content">`, key)
	for i := range 12 {
		fmt.Fprintf(&b, "<p>Pemerintah daerah pada bagian %d menyampaikan bahwa kegiatan warga %s berjalan lancar dan dihadiri banyak orang. Warga berharap kegiatan serupa "+
			"digelar lagi tahun depan, dengan persiapan yang lebih baik dan peserta yang lebih banyak dari semua kecamatan.</p>\n", i, key)
	}
	if n%10 == 0 {
		b.WriteString("<p>Bupati Batang Hari dan Bupati Sarolangun menandatangani kesepakatan bersama tentang kerja sama daerah di bidang pendidikan, Senin (2/3/2026).</p>")
	}
	b.WriteString(`</div></article></main><aside>`)
	for i := range 80 {
		fmt.Fprintf(&b, `<div class="widget"><a href="/berita/%d/berita-lain-%d"><img src="/gambar/%d.jpg" alt=""><span class="judul">Berita lain dari daerah, nomor %d</span></a></div>`, i, i, i, i)
	}
	b.WriteString(`</aside><footer><p>Redaksi, pedoman, kontak.</p></footer></body></html>`)
	return b.Bytes()
}

// load is what a run over a cluster came to.
type load struct {
	// The crawl, a loop that takes one page after another, and one that has
	// sixteen at once.
	crawl, loop, parallel pace
	resident              int // most of the process during the crawl, MB, servers included
}

// pace is how fast pages were taken, the servers included.
type pace struct {
	perSecond float64
	// processor is milliseconds a page, of all threads together: a busy machine
	// changes it less than the clock.
	processor float64
}

// measure runs f, which takes so many pages.
func measure(tb testing.TB, pages int, f func()) pace {
	tb.Helper()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			tb.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	began, before := time.Now(), used()
	f()
	n := float64(pages)
	return pace{n / time.Since(began).Seconds(), (used() - before).Seconds() * 1000 / n}
}

// crawlCluster crawls a cluster with the whole pipeline, then downloads and
// parses the same articles with nothing but colly, one after another and
// sixteen at once, and compares.
func crawlCluster(tb testing.TB, hosts, pages int) load {
	tb.Helper()
	ctx := context.Background()
	c := startCluster(tb, hosts, pages)
	store, err := archive.Open(ctx, filepath.Join(tb.TempDir(), "pakta.db"))
	if err != nil {
		tb.Fatal(err)
	}
	defer store.Close()
	set, err := rules.Load()
	if err != nil {
		tb.Fatal(err)
	}
	var sources []crawler.Source
	for i := range hosts {
		sources = append(sources, crawler.Source{Name: fmt.Sprintf("warta-%03d", i), URL: c.base(i) + "/"})
	}
	resetPeak()
	restore := roomyHeap(os.LookupEnv, len(sources)) // as a crawl does; the loop has the heap that Go gives it
	var got load
	var runs []pakta.SourceRun
	got.crawl = measure(tb, hosts*pages, func() {
		runs, err = crawler.Run(ctx, crawler.Options{Sources: sources, Store: newPipeline(store, extract.New(set)), Delay: new(time.Duration), AllowPrivate: true})
	})
	restore()
	if err != nil {
		tb.Fatal(err)
	}
	got.resident = residentPeak(tb)
	c.check(tb, runs)
	checkKept(ctx, tb, store, hosts*pages)
	got.loop = measure(tb, hosts*pages, func() { c.bare(tb, false) })
	got.parallel = measure(tb, hosts*pages, func() { c.bare(tb, true) })
	return got
}

// check makes sure that every article was asked for once and came to an end.
func (c *cluster) check(tb testing.TB, runs []pakta.SourceRun) {
	tb.Helper()
	fetched := 0
	for _, r := range runs {
		if fetched += r.Fetched; r.Fetched != c.pages || r.Discovered != c.pages {
			tb.Errorf("%+v, want all %d fetched", r, c.pages)
			return
		}
	}
	for h := range c.hosts {
		for p := range c.pages {
			if n := c.asked[c.article(h, p)]; n != 1 {
				tb.Errorf("%s was asked for %d times", c.article(h, p), n)
				return
			}
		}
	}
}

// checkKept makes sure that so many articles are in the archive, each once.
func checkKept(ctx context.Context, tb testing.TB, store *archive.Archive, want int) {
	tb.Helper()
	urls := map[string]bool{}
	for art, err := range store.Articles(ctx) {
		if err != nil {
			tb.Fatal(err)
		}
		urls[art.URL] = true
	}
	if len(urls) != want {
		tb.Errorf("%d articles in the archive, want %d", len(urls), want)
	}
}

// bare downloads all articles and parses them, with nothing else.
func (c *cluster) bare(tb testing.TB, parallel bool) {
	tb.Helper()
	col := colly.NewCollector(colly.Async(parallel))
	if err := col.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: 16}); err != nil {
		tb.Fatal(err)
	}
	var parsed atomic.Int64
	col.OnResponse(func(r *colly.Response) {
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(r.Body))
		if err == nil && doc.Find("title").Length() == 1 {
			parsed.Add(1)
		}
	})
	for p := range c.pages {
		for h := range c.hosts {
			if err := col.Visit(c.article(h, p)); err != nil {
				tb.Fatal(err)
			}
		}
	}
	col.Wait()
	if parsed.Load() != int64(c.hosts*c.pages) {
		tb.Fatalf("%d pages parsed, want %d", parsed.Load(), c.hosts*c.pages)
	}
}

// resetPeak makes the kernel count the peak of resident memory anew.
func resetPeak() {
	// Where it cannot, the peak is that of the whole process, which is higher.
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// residentPeak is the most memory the process had resident, in MB; 0 where the
// system does not say.
func residentPeak(tb testing.TB) int {
	tb.Helper()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				tb.Fatal(err)
			}
			return kb >> 10
		}
	}
	return 0
}

// maxResident is what a crawl of 500 hosts may take, in MB.
const maxResident = 400

// TestCrawlLoad crawls a small cluster: nothing is lost, nothing comes twice.
func TestCrawlLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	got := crawlCluster(t, 60, 10)
	t.Logf("pages/s and ms of processor a page: %.2f, bare loop %.2f, in parallel %.2f; %d MB resident", got.crawl, got.loop, got.parallel, got.resident)
}

// BenchmarkCrawlLoad crawls 500 hosts with 20,000 articles once, beside a bare
// loop; see pages/s, ratio and MB.
func BenchmarkCrawlLoad(b *testing.B) {
	for b.Loop() {
		got := crawlCluster(b, 500, 40)
		b.ReportMetric(got.crawl.perSecond, "pages/s")
		b.ReportMetric(got.crawl.processor, "cpu-ms/page")
		b.ReportMetric(got.loop.perSecond, "loop-pages/s")
		b.ReportMetric(got.loop.processor, "loop-cpu-ms/page")
		b.ReportMetric(got.parallel.perSecond, "parallel-pages/s")
		b.ReportMetric(got.parallel.processor, "parallel-cpu-ms/page")
		b.ReportMetric(got.crawl.perSecond/got.loop.perSecond, "of-loop")
		b.ReportMetric(got.crawl.perSecond/got.parallel.perSecond, "of-parallel")
		b.ReportMetric(float64(got.resident), "MB")
		if got.resident > maxResident {
			b.Errorf("%d MB resident, want at most %d", got.resident, maxResident)
		}
	}
}
