package crawler

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestRobotsAnswers: what a site answers for its robots.txt decides whether it
// is crawled: 4xx allows all, 5xx and no answer nothing for now.
func TestRobotsAnswers(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	text := func(s string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s) }
	}
	hops := func(n int, end string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			at, _ := strconv.Atoi(r.FormValue("n"))
			if at == n {
				fmt.Fprint(w, end)
				return
			}
			http.Redirect(w, r, fmt.Sprintf("/robots.txt?n=%d", at+1), http.StatusFound)
		}
	}
	no := "User-agent: *\nDisallow: /\n"
	tests := []struct {
		name        string
		answer      http.HandlerFunc
		wantFetched int
		wantProblem bool
	}{
		{"none", status(404), 1, false}, {"gone", status(410), 1, false}, {"forbidden", status(403), 1, false}, {"unauthorized", status(401), 1, false},
		{"broken", status(500), 0, true}, {"overloaded", status(503), 0, true}, {"too many", status(429), 0, true},
		{"silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 0, true},
		{"reset", reset, 0, true},
		{"empty", text(""), 1, false}, {"HTML", text("<!doctype html><title>404</title><p>User-agent: *"), 1, false},
		{"forbids all", text(no), 0, true}, {"forbids others", text("User-agent: Jahatbot\nDisallow: /\n"), 1, false},
		{"five redirects", hops(5, no), 0, true}, {"six redirects", hops(6, no), 1, false},
		{"redirects in a circle", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/robots.txt", http.StatusFound) }, 1, false},
		{"fifty megabytes, rule first", text(no + strings.Repeat("# isi\n", 50<<20/6)), 0, true},
		{"fifty megabytes, rule last", text(strings.Repeat("# isi\n", 50<<20/6) + no), 1, false},
		{"a bomb", bomb("gzip", gzipped), 1, false},
		{"in drops", drip, 0, true},
		{"NUL and bytes that are no text", text("\x00\xff\xfe\nUser-agent: *\r\nDisallow: /\r\n\x00"), 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHostile(t, map[string]http.HandlerFunc{"biasa-saja-berita-ini": good("Biasa")})
			h.mux.HandleFunc("/robots.txt", tt.answer)
			m := newMemory()
			r := hostileRun(t, m, func(o *Options) { o.limits = quick; o.limits.wait, o.limits.header = 10*time.Second, 5*time.Second }, h.source())[0]
			if r.Fetched != tt.wantFetched || (r.Problem != "") != tt.wantProblem {
				t.Errorf("%+v, want %d fetched, problem %v", r, tt.wantFetched, tt.wantProblem)
			}
			if asked := h.count("/"); tt.wantProblem && asked != 0 {
				t.Errorf("the home page was asked for %d times", asked)
			}
		})
	}
}

// TestRobotsAfterADay: a robots.txt is relied on for a day.
func TestRobotsAfterADay(t *testing.T) {
	h := newHostile(t, nil)
	at := time.Now()
	o := Options{AllowPrivate: true, Delay: new(time.Duration), Now: func() time.Time { return at }}
	o.setDefaults()
	f := newFetcher(&o)
	for _, step := range []time.Duration{0, 23 * time.Hour, 2 * time.Hour} {
		at = at.Add(step)
		if _, err := f.get(context.Background(), h.URL+"/", conditions{}); err != nil {
			t.Fatal(err)
		}
	}
	if n := h.count("/robots.txt"); n != 2 {
		t.Errorf("robots.txt asked for %d times in 25 hours, want 2", n)
	}
}

// TestStarsInRobots: rules made of stars, which a careless matcher tries in
// every combination, come to an end.
func TestStarsInRobots(t *testing.T) {
	h := newHostile(t, map[string]http.HandlerFunc{"biasa-saja-berita-ini": good("Biasa")})
	h.mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "User-agent: *\n"+strings.Repeat("Disallow: /"+strings.Repeat("*a", 900)+"$\n", 250))
	})
	if r := hostileRun(t, newMemory(), nil, h.source())[0]; r.Fetched != 1 {
		t.Errorf("%+v, want the article", r)
	}
}

// TestRetryAfter reads the header in every form it comes in.
func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)
	tests := []struct {
		value string
		want  time.Duration
		said  bool
	}{
		{"120", 2 * time.Minute, true}, {" 0 ", 0, true}, {"86400", 24 * time.Hour, true}, {"999999", 24 * time.Hour, true},
		{"99999999999999999999999", 24 * time.Hour, true}, {"Sun, 01 Mar 2026 02:10:00 GMT", 10 * time.Minute, true},
		{"Sun, 01 Mar 2099 02:10:00 GMT", 24 * time.Hour, true}, {"Sun, 01 Mar 2020 02:10:00 GMT", 0, false},
		{"", 0, false}, {"-5", 0, false}, {"soon", 0, false}, {"1.5", 0, false}, {"1e9", 0, false},
	}
	for _, tt := range tests {
		if got, said := retryAfter(tt.value, now); got != tt.want || said != tt.said {
			t.Errorf("retryAfter(%q) = %s, %v, want %s, %v", tt.value, got, said, tt.want, tt.said)
		}
	}
}

// TestBackOffGrows: a host that asks for a pause without saying how long gets
// a longer one each time, until it answers.
func TestBackOffGrows(t *testing.T) {
	h := newHosts(0, limits{}.or())
	var pauses []time.Duration
	for range 3 {
		h.backOff("x.id", 0, false)
		pauses = append(pauses, time.Until(h.of("x.id").next).Round(time.Minute))
	}
	if fmt.Sprint(pauses) != "[1m0s 2m0s 4m0s]" {
		t.Errorf("pauses %v, want one, two and four minutes", pauses)
	}
	if _, err := h.wait(context.Background(), "x.id"); !errors.Is(err, errBusy) {
		t.Errorf("wait: %v, want errBusy: four minutes are for the next run", err)
	}
	h.answered("x.id", true)
	if h.backOff("x.id", 0, false); time.Until(h.of("x.id").next).Round(time.Minute) != time.Minute {
		t.Error("after an answer the pauses do not begin anew")
	}
}

// TestSiteAsksForPause: after 429 with a long Retry-After nothing more is
// asked of the site in this run, and what is left stays pending, unblamed.
func TestSiteAsksForPause(t *testing.T) {
	articles := map[string]http.HandlerFunc{}
	asked := 0
	for i := range 30 {
		articles["berita-nomor-ke-"+strconv.Itoa(i)] = func(w http.ResponseWriter, r *http.Request) {
			if asked++; asked > 5 {
				w.Header().Set("Retry-After", "3600")
				http.Error(w, "pelan-pelan", http.StatusTooManyRequests)
				return
			}
			good("Berita "+r.URL.Path)(w, r)
		}
	}
	h := newHostile(t, articles)
	m := newMemory()
	r := hostileRun(t, m, nil, h.source())[0]
	if asked != 6 || r.Fetched != 5 || r.Failed != 1 || r.Pending != 24 || r.Problem == "" {
		t.Errorf("%d asked, %+v; want 6 asked, 5 fetched, 1 failed, 24 pending and a problem", asked, r)
	}
	for _, a := range m.addresses {
		if a.State == "pending" && a.Attempts != 0 {
			t.Errorf("%s was blamed with %d attempts", a.URL, a.Attempts)
		}
	}
}

// TestWallMeansPause: a wall against robots, though its status is 200, is an
// answer that asks for a pause: nothing more is asked of the site.
func TestWallMeansPause(t *testing.T) {
	articles := map[string]http.HandlerFunc{}
	asked := 0
	for i := range 20 {
		articles["berita-nomor-ke-"+strconv.Itoa(i)] = func(w http.ResponseWriter, r *http.Request) {
			if asked++; asked > 3 {
				fmt.Fprint(w, "<title>Just a moment...</title><script>window._cf_chl_opt={}</script><p>Checking your browser.")
				return
			}
			good("Berita "+r.URL.Path)(w, r)
		}
	}
	h := newHostile(t, articles)
	m := newMemory()
	r := hostileRun(t, m, func(o *Options) { o.limits.backOff = time.Hour }, h.source())[0]
	if asked != 4 || r.Fetched != 3 || r.Failed != 1 || r.Errors["blocked"] != 1 || r.Pending != 16 || len(m.articles) != 3 {
		t.Errorf("%d asked, %+v, %d articles; want 3 articles, one that failed as blocked, 16 pending", asked, r, len(m.articles))
	}
}

// TestNobodyListens: a port at which nobody listens is a problem of its source.
func TestNobodyListens(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	h := newHostile(t, map[string]http.HandlerFunc{"biasa-saja-berita-ini": good("Biasa")})
	runs := hostileRun(t, newMemory(), nil, Source{Name: "mati", URL: closed.URL + "/"}, h.source())
	if runs[0].Problem == "" || runs[0].Errors["connection"] != 1 || runs[1].Fetched != 1 {
		t.Errorf("%+v\n%+v, want a problem of class connection, and the other's article", runs[0], runs[1])
	}
}

// TestShortPauseIsWaitedFor: a pause that a run can wait for is kept to, and
// the run goes on after it.
func TestShortPauseIsWaitedFor(t *testing.T) {
	var times []time.Time
	articles := map[string]http.HandlerFunc{}
	for i := range 4 {
		articles["berita-nomor-ke-"+strconv.Itoa(i)] = func(w http.ResponseWriter, r *http.Request) {
			if times = append(times, time.Now()); len(times) == 2 {
				w.Header().Set("Retry-After", "1")
				http.Error(w, "tunggu", http.StatusServiceUnavailable)
				return
			}
			good("Berita "+r.URL.Path)(w, r)
		}
	}
	h := newHostile(t, articles)
	r := hostileRun(t, newMemory(), func(o *Options) { o.limits.wait = 5 * time.Second }, h.source())[0]
	if r.Fetched != 3 || r.Failed != 1 || len(times) != 4 {
		t.Fatalf("%+v and %d requests, want 3 fetched, 1 failed", r, len(times))
	}
	if gap := times[2].Sub(times[1]); gap < time.Second {
		t.Errorf("asked again after %s, want a second at least", gap)
	}
}

// ledger notes when requests begin and end, whatever the path.
type ledger struct {
	mu       sync.Mutex
	inFlight int
	most     int
	ends     time.Time
	least    time.Duration // pause between the end of one and the begin of the next
	n        int
}

func (l *ledger) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		l.inFlight++
		l.most = max(l.most, l.inFlight)
		if pause := time.Since(l.ends); l.n > 0 && (l.least == 0 || pause < l.least) {
			l.least = pause
		}
		l.n++
		l.mu.Unlock()
		next.ServeHTTP(w, r)
		l.mu.Lock()
		l.inFlight--
		l.ends = time.Now()
		l.mu.Unlock()
	})
}

// TestOneRequestAtATime: two sources of one host, redirects, robots.txt and
// the parts of an article included, never ask at once, nor sooner than the pause
// after the last answer.
func TestOneRequestAtATime(t *testing.T) {
	h := newHostile(t, map[string]http.HandlerFunc{
		"biasa-saja-berita-ini": good("Biasa"),
		"pindah-ke-tempat-lain": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/berita/tempat-lain-itu-dia", http.StatusMovedPermanently)
		},
		"tempat-lain-itu-dia": good("Tempat Lain"),
		"terbagi-dua-halaman-panjang": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, page("Halaman "+r.FormValue("page"))+`<a href="?page=2">2</a>`)
		},
	})
	h.mux.HandleFunc("/kanal", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<a href='/berita/berita-kanal-nomor-satu'>Judul berita kanal nomor satu</a>")
	})
	h.mux.HandleFunc("/berita/berita-kanal-nomor-satu", good("Kanal"))
	var l ledger
	h.Config.Handler = l.wrap(h.Config.Handler)
	delay := 15 * time.Millisecond
	hostileRun(t, newMemory(), func(o *Options) { o.Delay = &delay }, h.source(), Source{Name: "kanal", URL: h.URL + "/kanal"})
	if l.most != 1 || l.least < delay || l.n < 12 {
		t.Errorf("%d requests, at most %d at once, %s apart at least; want one at once, %s apart", l.n, l.most, l.least, delay)
	}
}

// TestOnePerIP: sites at one IP address share their turn and the pause, when
// that is asked for.
func TestOnePerIP(t *testing.T) {
	var l ledger
	var sources []Source
	for i := range 3 {
		h := newHostile(t, map[string]http.HandlerFunc{"biasa-saja-berita-ini": good("Biasa " + strconv.Itoa(i)), "luar-biasa-berita-itu": good("Luar Biasa " + strconv.Itoa(i))})
		h.Config.Handler = l.wrap(h.Config.Handler)
		sources = append(sources, Source{Name: strconv.Itoa(i), URL: h.URL + "/"})
	}
	delay := 5 * time.Millisecond
	for _, r := range hostileRun(t, newMemory(), func(o *Options) { o.Delay, o.OnePerIP = &delay, true }, sources...) {
		if r.Fetched != 2 {
			t.Errorf("%+v, want both articles", r)
		}
	}
	if l.most != 1 || l.least < delay {
		t.Errorf("at most %d requests at once, %s apart at least; want one at once, %s apart", l.most, l.least, delay)
	}
}

// TestMachines: hosts are one machine by the address that their names have.
func TestMachines(t *testing.T) {
	asked := 0
	m := newMachines(newHosts(0, limits{}.or()))
	m.lookup = func(_ context.Context, _, host string) ([]netip.Addr, error) {
		asked++
		switch host {
		case "satu.example", "dua.example":
			return []netip.Addr{netip.MustParseAddr("203.0.113.9"), netip.MustParseAddr("203.0.113.7")}, nil
		case "tiga.example":
			return []netip.Addr{netip.MustParseAddr("203.0.113.8")}, nil
		}
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	for host, want := range map[string]string{"satu.example": "203.0.113.7", "dua.example:8080": "203.0.113.7", "tiga.example": "203.0.113.8", "tiada.example": ""} {
		if got := m.address(t.Context(), host); got != want || m.address(t.Context(), host) != want {
			t.Errorf("address(%s) = %q, want %q", host, got, want)
		}
	}
	if asked != 4 {
		t.Errorf("%d look-ups of four names, each twice; want 4", asked)
	}
}

// TestCrawlDelay: the pause that robots.txt asks for is kept, up to a minute.
func TestCrawlDelay(t *testing.T) {
	h := newHostile(t, nil)
	h.mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "User-agent: *\nCrawl-delay: 0.2\n")
	})
	o := Options{AllowPrivate: true, Delay: new(time.Duration)}
	o.setDefaults()
	f := newFetcher(&o)
	began := time.Now()
	for range 3 {
		if _, err := f.get(context.Background(), h.URL+"/", conditions{}); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took < 400*time.Millisecond {
		t.Errorf("three pages in %s, want 200 ms between them", took)
	}
	f.hosts.slow("x.id", 1e6*time.Hour)
	if d := f.hosts.of("x.id").delay; d != maxCrawlDelay {
		t.Errorf("a Crawl-delay of a century is a pause of %s, want %s", d, maxCrawlDelay)
	}
}

// TestSlowSitesHoldNobodyUp: sites that do not answer, answer in drops or
// never end leave the others their turn, though they are more than pages are
// asked for at once.
func TestSlowSitesHoldNobodyUp(t *testing.T) {
	var sources []Source
	for i, f := range []http.HandlerFunc{
		drip, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, flood, drip,
	} {
		h := newHostile(t, nil)
		h.mux.HandleFunc("/robots.txt", http.NotFound)
		h.mux.HandleFunc("/", f)
		sources = append(sources, Source{Name: "lambat-" + strconv.Itoa(i), URL: h.URL + "/pelan"})
	}
	for i := range 30 {
		h := newHostile(t, map[string]http.HandlerFunc{"biasa-saja-berita-ini": good("Biasa " + strconv.Itoa(i))})
		sources = append(sources, Source{Name: "cepat-" + strconv.Itoa(i), URL: h.URL + "/"})
	}
	began := time.Now()
	runs := hostileRun(t, newMemory(), func(o *Options) { o.limits, o.Concurrency = quick, 3 }, sources...)
	if took := time.Since(began); took > time.Minute {
		t.Errorf("the run took %s", took)
	}
	for _, r := range runs {
		if slow := strings.HasPrefix(r.Source, "lambat"); slow && r.Problem == "" || !slow && r.Fetched != 1 {
			t.Errorf("%+v, want a problem of slow sites and the article of others", r)
		}
	}
}

// TestSilentSiteIsLeft: a site that stops to answer in the middle of a run is
// not asked for its ten thousand other articles one by one.
func TestSilentSiteIsLeft(t *testing.T) {
	articles := map[string]http.HandlerFunc{}
	for i := range 40 {
		articles["berita-nomor-ke-"+strconv.Itoa(i)] = func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	}
	h := newHostile(t, articles)
	r := hostileRun(t, newMemory(), func(o *Options) { o.limits.silent, o.limits.header = 3, 50*time.Millisecond }, h.source())[0]
	if r.Failed != 3 || r.Pending != 37 || r.Problem == "" {
		t.Errorf("%+v, want 3 failed, 37 pending and a problem", r)
	}
}

// TestTimeOfASource: a source that is merely slow ends with its share of the
// run, and the rest stays for the next.
func TestTimeOfASource(t *testing.T) {
	articles := map[string]http.HandlerFunc{}
	for i := range 40 {
		articles["berita-nomor-ke-"+strconv.Itoa(i)] = func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(40 * time.Millisecond)
			good("Berita "+r.URL.Path)(w, r)
		}
	}
	h := newHostile(t, articles)
	m := newMemory()
	r := hostileRun(t, m, func(o *Options) { o.limits.source = 400 * time.Millisecond }, h.source())[0]
	if r.Fetched == 0 || r.Pending == 0 || r.Problem == "" {
		t.Errorf("%+v, want some fetched, some pending and a problem", r)
	}
	r2 := hostileRun(t, m, func(o *Options) { o.limits.pages = 2 }, h.source())[0]
	if r2.Fetched != 2 || r2.Pending != 40-r.Fetched-2 || r2.Problem != "" {
		t.Errorf("with two pages a run: %+v", r2)
	}
}
