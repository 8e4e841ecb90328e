package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"pakta"
)

// links is a page that links to each path under a headline of its own.
func links(paths ...string) string {
	var b strings.Builder
	for _, p := range paths {
		fmt.Fprintf(&b, "<p><a href='%s'>Judul yang cukup panjang untuk %s</a></p>", p, p)
	}
	return b.String()
}

// TestTraps: pages that never run out of links end, with the articles that
// there are, and few requests.
func TestTraps(t *testing.T) {
	tests := []struct {
		name string
		// serve adds the trap below /; the home page links to /jebakan.
		serve        func(*http.ServeMux)
		wantRequests int // at most
		wantArticles int
	}{
		{"calendar", func(mux *http.ServeMux) {
			mux.HandleFunc("/jebakan", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/agenda/2025/1/", http.StatusFound) })
			mux.HandleFunc("/agenda/{year}/{month}/", func(w http.ResponseWriter, r *http.Request) {
				y, _ := strconv.Atoi(r.PathValue("year"))
				m, _ := strconv.Atoi(r.PathValue("month"))
				for d := range 28 {
					fmt.Fprintf(w, "<a href='/agenda/%d/%d/%d/kegiatan-hari-ini-%d'>%d</a>", y, m, d+1, d, d+1)
				}
				fmt.Fprintf(w, "<a href='/agenda/%d/%d/'>selanjutnya</a>", y+m/12, m%12+1)
			})
			mux.HandleFunc("/agenda/{y}/{m}/{d}/{x}", func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprint(w, "<title>Agenda</title><p>Tidak ada kegiatan.")
			})
		}, 450, 0},
		{"session ids in the path", func(mux *http.ServeMux) {
			n := 0
			mux.HandleFunc("/{rest...}", func(w http.ResponseWriter, _ *http.Request) {
				n++
				fmt.Fprint(w, page("Selamat Datang di Situs Kami")+links(fmt.Sprintf("/s%d/berita-utama-hari-ini-%d", n, n), fmt.Sprintf("/s%d/berita-kedua-hari-ini-%d", n, n+1)))
			})
		}, 450, 1},
		{"session ids in the query", func(mux *http.ServeMux) {
			n := 0
			mux.HandleFunc("/{rest...}", func(w http.ResponseWriter, _ *http.Request) {
				n++
				fmt.Fprint(w, page("Selamat Datang di Situs Kami")+links(fmt.Sprintf("/berita-utama-hari-ini?PHPSESSID=%d", n), fmt.Sprintf("/berita-utama-hari-ini?sid=x%d", n)))
			})
		}, 400, 1},
		{"path that repeats", func(mux *http.ServeMux) {
			mux.HandleFunc("/{rest...}", func(w http.ResponseWriter, r *http.Request) {
				fmt.Fprint(w, page("Halaman "+strconv.Itoa(len(r.URL.Path)))+links(strings.TrimSuffix(r.URL.Path, "/")+"/berita-dari-daerah-kami"))
			})
		}, 60, 3},
		{"path that grows", func(mux *http.ServeMux) {
			mux.HandleFunc("/{rest...}", func(w http.ResponseWriter, r *http.Request) {
				n := strings.Count(r.URL.Path, "/")
				fmt.Fprint(w, page("Halaman "+r.URL.Path)+links(strings.TrimSuffix(r.URL.Path, "/")+fmt.Sprintf("/berita-dari-daerah-kami-%d", n)))
			})
		}, 100, maxSegments},
		{"filters that combine", func(mux *http.ServeMux) {
			mux.HandleFunc("/{rest...}", func(w http.ResponseWriter, r *http.Request) {
				q := r.URL.Query()
				for _, k := range []string{"warna", "ukuran", "urut", "merek", "harga", "kota", "kondisi", "kirim"} {
					q.Set(k, strconv.Itoa(len(r.URL.RawQuery)))
					fmt.Fprintf(w, "<a href='/berita?%s'>Berita yang disaring menurut %s dan lain-lain</a>", q.Encode(), k)
				}
			})
		}, 450, 0},
		{"pages of a list without end", func(mux *http.ServeMux) {
			mux.HandleFunc("/jebakan", func(w http.ResponseWriter, r *http.Request) {
				n, _ := strconv.Atoi(r.FormValue("page"))
				fmt.Fprintf(w, "<a href='/jebakan?page=%d'>Berikutnya</a>", n+1)
			})
		}, 100, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHostile(t, nil)
			inner := http.NewServeMux()
			tt.serve(inner)
			h.Config.Handler = func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					h.mu.Lock()
					h.asked["all"]++
					h.mu.Unlock()
					switch {
					case r.URL.Path == "/robots.txt" || strings.HasPrefix(r.URL.Path, "/wp-json") || strings.Contains(r.URL.Path, "feed") ||
						strings.HasSuffix(r.URL.Path, ".xml") || strings.HasPrefix(r.URL.Path, "/rss"):
						http.NotFound(w, r)
					case r.URL.Path == "/":
						fmt.Fprint(w, "<a href='/jebakan'>Semua berita</a>", links("/jebakan/berita-dari-daerah-kami"))
					default:
						next.ServeHTTP(w, r)
					}
				})
			}(inner)
			m := newMemory()
			r := hostileRun(t, m, nil, h.source())[0]
			if n := h.count("all"); n > tt.wantRequests || len(m.articles) > tt.wantArticles {
				t.Errorf("%d requests and %d articles, want at most %d and %d: %+v", n, len(m.articles), tt.wantRequests, tt.wantArticles, r)
			}
		})
	}
}

// TestSoftErrors: answers with status 200 that are no articles, in the ways of
// real sites, end as what they mean.
func TestSoftErrors(t *testing.T) {
	html := func(s string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s) }
	}
	to := func(path string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, path, http.StatusFound) }
	}
	filler := strings.Repeat("Silakan periksa kembali alamat yang Anda tuju atau gunakan kotak pencarian. ", 4)
	other := newHostile(t, map[string]http.HandlerFunc{"apa-saja-di-sana": good("Di Sana")})
	tests := []struct {
		slug   string
		answer http.HandlerFunc
		want   pakta.AddressState
	}{
		{"tidak-ditemukan-bahasa-indonesia", html("<title>Halaman tidak ditemukan - Kabar</title><h1>Halaman tidak ditemukan</h1><p>" + filler), pakta.AddressGone},
		{"tidak-ditemukan-bahasa-inggris", html("<title>404 Not Found</title><h1>Not Found</h1><p>The page is gone.</p>"), pakta.AddressGone},
		{"dialihkan-ke-halaman-depan", to("/"), pakta.AddressGone},
		{"dialihkan-ke-daftar-kategori", to("/kategori/daerah"), pakta.AddressGone},
		{"dialihkan-ke-halaman-masuk", to("/login?next=/berita"), pakta.AddressRejected},
		{"dialihkan-ke-situs-lain", to(other.URL + "/berita/apa-saja-di-sana"), pakta.AddressRejected},
		{"dialihkan-ke-skema-aneh", to("javascript:alert(1)"), pakta.AddressRejected},
		{"dialihkan-tanpa-tujuan-jelas", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(302) }, pakta.AddressRejected},
		{"dialihkan-berputar-putar-terus", to("/berita/dialihkan-berputar-putar-balik"), pakta.AddressRejected},
		{"dialihkan-berputar-putar-balik", to("/berita/dialihkan-berputar-putar-terus"), pakta.AddressRejected},
		{"dialihkan-ke-diri-sendiri", func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "sesi", Value: "1"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		}, pakta.AddressRejected},
		{"dialihkan-ke-alamat-panjang", to("/berita/" + strings.Repeat("panjang-", 400)), pakta.AddressRejected},
		{"halaman-untuk-masuk-dulu", html("<title>Masuk - Kabar</title><h1>Masuk ke akun Anda</h1><form><input type=password></form><p>" + filler + "</p><p>" + filler), pakta.AddressRejected},
		{"dinding-cloudflare-sebentar-lagi", html("<title>Just a moment...</title><script>window._cf_chl_opt={}</script><p>Checking your browser before accessing."), pakta.AddressFailed},
		{"dinding-captcha-buatan-sendiri", html("<title>Verifikasi bahwa Anda bukan robot</title><div class=g-recaptcha></div><p>" + filler), pakta.AddressFailed},
		{"hanya-skrip-tanpa-teks", html("<title>Memuat</title><div id=app></div><script src=/app.js></script>"), pakta.AddressRejected},
		{"artikel-dengan-captcha-komentar", html(page("Artikel dengan Komentar") + "<form class=comment><div class=g-recaptcha></div></form>"), pakta.AddressFetched},
		{"artikel-joomla-dengan-login", html(page("Artikel Joomla") + "<form id=login-form><input type=password></form>"), pakta.AddressFetched},
	}
	articles := map[string]http.HandlerFunc{}
	for _, tt := range tests {
		articles[tt.slug] = tt.answer
	}
	h := newHostile(t, articles)
	h.mux.HandleFunc("/login", good("Silakan Masuk ke Akun Anda"))
	h.mux.HandleFunc("/kategori/daerah", good("Daftar Berita Daerah"))
	m := newMemory()
	hostileRun(t, m, func(o *Options) { o.limits.wait = time.Second }, h.source())
	for _, tt := range tests {
		if a := m.addresses[h.URL+"/berita/"+tt.slug]; a.State != tt.want {
			t.Errorf("%s is %s (%s), want %s", tt.slug, a.State, a.Reason, tt.want)
		}
	}
}

// TestManyRedirectsToOne: dead articles that are all sent to one page do not
// all become that page.
func TestManyRedirectsToOne(t *testing.T) {
	articles := map[string]http.HandlerFunc{"maaf-berita-tidak-tersedia": good("Maaf")}
	for i := range 12 {
		articles["berita-lama-nomor-"+strconv.Itoa(i)] = func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/berita/maaf-berita-tidak-tersedia", http.StatusFound)
		}
	}
	h := newHostile(t, articles)
	m := newMemory()
	r := hostileRun(t, m, nil, h.source())[0]
	if r.Fetched != 1 || len(m.articles) != 1 || r.Gone < 6 {
		t.Errorf("%+v and %d articles, want one article and the others gone or skipped", r, len(m.articles))
	}
}

// TestRedirectChains: five hops are followed, six are not.
func TestRedirectChains(t *testing.T) {
	h := newHostile(t, nil)
	h.mux.HandleFunc("/lompat/{n}/{slug}", func(w http.ResponseWriter, r *http.Request) {
		n, _ := strconv.Atoi(r.PathValue("n"))
		if n == 0 {
			good("Sampai")(w, r)
			return
		}
		http.Redirect(w, r, fmt.Sprintf("/lompat/%d/%s", n-1, r.PathValue("slug")), http.StatusMovedPermanently)
	})
	o := Options{AllowPrivate: true, Delay: new(time.Duration)}
	o.setDefaults()
	f := newFetcher(&o)
	if p, err := f.get(context.Background(), h.URL+"/lompat/5/x", conditions{}); err != nil || p.Status != 200 || !strings.HasSuffix(p.Final, "/lompat/0/x") {
		t.Errorf("five hops: %v, %v", p, err)
	}
	if _, err := f.get(context.Background(), h.URL+"/lompat/6/x", conditions{}); err == nil || classify(err) != "redirect" {
		t.Errorf("six hops: %v, want an error of class redirect", err)
	}
}

// TestRedirectAsksRobots: a redirect leads around nobody's robots.txt.
func TestRedirectAsksRobots(t *testing.T) {
	h := newHostile(t, map[string]http.HandlerFunc{
		"pindah-ke-tempat-terlarang": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/rahasia/berita-yang-terlarang", http.StatusFound)
		}})
	h.mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /rahasia/\n") })
	h.mux.HandleFunc("/rahasia/", good("Rahasia"))
	if r := hostileRun(t, newMemory(), nil, h.source())[0]; r.Refused != 1 || h.count("/rahasia/berita-yang-terlarang") != 0 {
		t.Errorf("%+v, and the forbidden page was asked for %d times", r, h.count("/rahasia/berita-yang-terlarang"))
	}
}

// TestPanicOfReader: a page that breaks the reader is one rejected address.
func TestPanicOfReader(t *testing.T) {
	art, err := (&Reader{}).safely(nil)
	if art != nil || err == nil || !strings.Contains(err.Error(), "broke off") {
		t.Errorf("safely: %v, %v, want an error that says so", art, err)
	}
}
