package crawler

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"pakta"
)

// nameServer is a server of names on the loopback interface. It counts what it was
// asked, and gives for each name the addresses of the next turn, the last for
// ever; a name that it does not have does not exist.
type nameServer struct {
	mu    sync.Mutex
	turns map[string][]string // IPv4; "" is a failure of the server
	asked map[string]int
}

// serveNames starts a server of names and gives a resolver that asks it.
func serveNames(t *testing.T, turns map[string][]string) (*nameServer, *net.Resolver) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &nameServer{turns: turns, asked: map[string]int{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		b := make([]byte, 1500)
		for {
			size, from, err := conn.ReadFrom(b)
			if err != nil {
				return // closed
			}
			if answer, err := n.answer(b[:size]); err == nil {
				conn.WriteTo(answer, from) // a datagram may be lost
			}
		}
	}()
	t.Cleanup(func() { conn.Close(); <-done })
	return n, &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func (n *nameServer) answer(query []byte) ([]byte, error) {
	var p dnsmessage.Parser
	head, err := p.Start(query)
	if err != nil {
		return nil, err
	}
	q, err := p.Question()
	if err != nil {
		return nil, err
	}
	m := dnsmessage.Message{Header: dnsmessage.Header{ID: head.ID, Response: true}, Questions: []dnsmessage.Question{q}}
	ip, known := n.next(strings.TrimSuffix(q.Name.String(), "."), q.Type)
	switch {
	case !known:
		m.RCode = dnsmessage.RCodeNameError
	case ip == "":
		m.RCode = dnsmessage.RCodeServerFailure
	case q.Type == dnsmessage.TypeA:
		m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET}, Body: &dnsmessage.AResource{A: [4]byte(net.ParseIP(ip).To4())}}}
	}
	return m.Pack()
}

// next is the address that a name has now; each question for one takes a turn.
func (n *nameServer) next(name string, kind dnsmessage.Type) (ip string, known bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	turns := n.turns[name]
	if len(turns) == 0 {
		n.asked[name]++
		return "", false
	}
	if ip = turns[0]; kind == dnsmessage.TypeA {
		if n.asked[name]++; len(turns) > 1 {
			n.turns[name] = turns[1:]
		}
	}
	return ip, true
}

// portOf is the port of a test server.
func portOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Port()
}

// TestNamesThatDoNotExist: a site without an address is a problem that stops no
// other. An article whose host has none fails, each time for longer, is visible
// as that, and is read when the name is back.
func TestNamesThatDoNotExist(t *testing.T) {
	h := newHostile(t, map[string]http.HandlerFunc{"biasa-saja-berita-ini": good("Biasa"), "di-bagian-yang-hilang": good("Bagian")})
	n, resolver := serveNames(t, map[string][]string{"kabar.test": {"127.0.0.1"}, "sakit.test": {""}})
	at := time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)
	lost := "http://bagian.kabar.test:" + portOf(t, h.URL) + "/berita/di-bagian-yang-hilang"
	h.mux = http.NewServeMux()
	h.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, links("/berita/biasa-saja-berita-ini")) })
	h.mux.HandleFunc("/rss", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "<rss version='2.0'><channel><item><title>Bagian</title><link>%s</link></item></channel></rss>", lost)
	})
	h.mux.HandleFunc("/berita/", func(w http.ResponseWriter, r *http.Request) { good(r.URL.Path)(w, r) })
	m := newMemory()
	night := func() []pakta.SourceRun {
		at = at.Add(24 * time.Hour)
		return hostileRun(t, m, func(o *Options) { o.Now, o.resolver = func() time.Time { return at }, resolver },
			Source{Name: "tiada", URL: "http://tiada.test/"}, Source{Name: "sakit", URL: "http://sakit.test/"}, Source{Name: "kabar", URL: "http://kabar.test:" + portOf(t, h.URL) + "/"})
	}
	runs := night()
	if runs[0].Problem == "" || runs[0].Errors["dns"] != 1 || runs[1].Problem == "" || runs[1].Errors["dns"] != 1 {
		t.Errorf("%+v\n%+v, want problems of class dns", runs[0], runs[1])
	}
	if runs[2].Fetched != 1 || runs[2].Failed != 1 || runs[2].Errors["dns"] != 1 {
		t.Errorf("%+v, want one article, and one that failed for its name", runs[2])
	}
	for attempt := 1; attempt <= maxAttempts; attempt++ {
		a := m.addresses[lost]
		if a.State != pakta.AddressFailed || a.Attempts != attempt || !strings.Contains(a.Reason, "no such host") {
			t.Fatalf("after %d attempts: %+v, want failed", attempt, a)
		}
		if wait := a.NotBefore.Sub(at); attempt == maxAttempts && wait < 29*24*time.Hour {
			t.Errorf("after %d attempts it is tried again in %s, want a month", attempt, wait)
		}
		if attempt < maxAttempts {
			night()
		}
	}
	n.mu.Lock()
	n.turns["bagian.kabar.test"] = []string{"127.0.0.1"}
	n.mu.Unlock()
	at = at.Add(31 * 24 * time.Hour)
	night()
	if a := m.addresses[lost]; a.State != pakta.AddressFetched || a.Attempts != 0 {
		t.Errorf("after the name is back: %+v, want it fetched", a)
	}
}

// TestNameThatMoves: a name that is public when it is looked at first and
// private when it is dialled is refused: what is dialled counts.
func TestNameThatMoves(t *testing.T) {
	hits := 0
	victim := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits++ }))
	defer victim.Close()
	n, resolver := serveNames(t, map[string][]string{"pindah.test": {"192.0.2.1", "127.0.0.1"}})
	o := Options{Sources: []Source{{Name: "x", URL: "http://pindah.test:" + portOf(t, victim.URL) + "/"}}, Store: newMemory(), Delay: new(time.Duration), limits: quick, resolver: resolver}
	for range 3 {
		runs, err := Run(context.Background(), o)
		if err != nil || runs[0].Errors["private_address"] != 1 {
			t.Errorf("%+v, %v, want an error of class private_address", runs, err)
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if hits != 0 || n.asked["pindah.test"] < 3 {
		t.Errorf("%d requests at the private address, the name looked up %d times; want none, each time", hits, n.asked["pindah.test"])
	}
}

// TestEndlessAtModerateRate: an answer that comes fast enough to be one, and
// never ends, ends with the time of a page; the next article and the next site
// are read.
func TestEndlessAtModerateRate(t *testing.T) {
	h := newHostile(t, map[string]http.HandlerFunc{
		"halaman-yang-tak-berujung": func(w http.ResponseWriter, r *http.Request) {
			for block := bytes.Repeat([]byte("x"), 8<<10); r.Context().Err() == nil; time.Sleep(20 * time.Millisecond) {
				if _, err := w.Write(block); err != nil {
					return
				}
				http.NewResponseController(w).Flush()
			}
		},
		"biasa-saja-berita-ini": good("Biasa"),
	})
	other := newHostile(t, map[string]http.HandlerFunc{"luar-biasa-berita-itu": good("Luar Biasa")})
	m := newMemory()
	runs := hostileRun(t, m, func(o *Options) { o.limits = quick; o.limits.page = 1500 * time.Millisecond },
		h.source(), Source{Name: "lain", URL: other.URL + "/"})
	if a := m.addresses[h.URL+"/berita/halaman-yang-tak-berujung"]; a.State != pakta.AddressFailed || runs[0].Errors["timeout"] != 1 {
		t.Errorf("the endless page is %s (%s), errors %v; want failed of class timeout", a.State, a.Reason, runs[0].Errors)
	}
	if runs[0].Fetched != 1 || runs[1].Fetched != 1 {
		t.Errorf("%+v\n%+v, want one article of each", runs[0], runs[1])
	}
}

// TestNoCookies: what a site wants to be remembered is not, and its session ids
// make no new articles.
func TestNoCookies(t *testing.T) {
	visits := 0
	h := newHostile(t, nil)
	h.mux = http.NewServeMux()
	var cookies []string
	h.mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, links(fmt.Sprintf("/berita/judul-di-java-itu;jsessionid=A%dF", visits), fmt.Sprintf("/berita/judul-di-php-itu?PHPSESSID=a%df", visits), fmt.Sprintf("/(S(abcdefgh%d))/berita/judul-di-asp-itu", visits)))
	})
	h.mux.HandleFunc("/berita/{slug}", func(w http.ResponseWriter, r *http.Request) { good(r.URL.Path)(w, r) })
	inner := h.Config.Handler
	h.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		visits++
		http.SetCookie(w, &http.Cookie{Name: "sesi", Value: fmt.Sprint(visits)})
		if c := r.Header.Get("Cookie"); c != "" {
			cookies = append(cookies, c)
		}
		h.mu.Unlock()
		inner.ServeHTTP(w, r)
	})
	m := newMemory()
	if r := hostileRun(t, m, nil, h.source())[0]; r.Fetched != 3 {
		t.Errorf("first night: %+v, want three articles", r)
	}
	if r := hostileRun(t, m, nil, h.source())[0]; r.Discovered != 0 || r.Known != 3 {
		t.Errorf("second night: %+v, want all three known", r)
	}
	if len(cookies) > 0 {
		t.Errorf("cookies were sent: %q", cookies)
	}
}

// TestInterimAnswers: a few interim answers before the real one are passed
// over; a flood of them ends.
func TestInterimAnswers(t *testing.T) {
	early := func(n int) http.HandlerFunc {
		return wire(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n", n) +
			"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + page("Setelah Isyarat"))
	}
	h := newHostile(t, map[string]http.HandlerFunc{"dengan-dua-isyarat-awal": early(2), "dengan-banjir-isyarat-awal": early(200_000)})
	m := newMemory()
	hostileRun(t, m, nil, h.source())
	for slug, want := range map[string]pakta.AddressState{"dengan-dua-isyarat-awal": pakta.AddressFetched, "dengan-banjir-isyarat-awal": pakta.AddressFailed} {
		if a := m.addresses[h.URL+"/berita/"+slug]; a.State != want {
			t.Errorf("%s is %s (%s), want %s", slug, a.State, a.Reason, want)
		}
	}
}

// goAway speaks HTTP/2 on a connection: it goes away without an answer on the
// first, resets the stream on the second, and answers from the third on.
func goAway(conn net.Conn, turn int) error {
	if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
		return err
	}
	f := http2.NewFramer(conn, conn)
	if err := f.WriteSettings(); err != nil {
		return err
	}
	for {
		frame, err := f.ReadFrame()
		if err != nil {
			return err
		}
		head, asked := frame.(*http2.HeadersFrame)
		switch {
		case !asked:
		case turn == 1:
			return f.WriteGoAway(0, http2.ErrCodeNo, nil) // nothing was worked on
		case turn == 2:
			if err := f.WriteRSTStream(head.StreamID, http2.ErrCodeRefusedStream); err != nil {
				return err
			}
			turn++
		default:
			var b bytes.Buffer
			hpack.NewEncoder(&b).WriteField(hpack.HeaderField{Name: ":status", Value: "200"}) // into memory
			if err := errors.Join(f.WriteHeaders(http2.HeadersFrameParam{StreamID: head.StreamID, BlockFragment: b.Bytes(), EndHeaders: true}),
				f.WriteData(head.StreamID, true, []byte(page("Setelah Pergi")))); err != nil {
				return err
			}
		}
	}
}

// TestServerGoesAway: a server of HTTP/2 that goes away before it has worked on
// a request, or refuses a stream, is asked again, once each.
func TestServerGoesAway(t *testing.T) {
	cert := httptest.NewTLSServer(nil)
	defer cert.Close()
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: cert.TLS.Certificates, NextProtos: []string{"h2"}})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var wg sync.WaitGroup
	defer wg.Wait()
	turns := make(chan int, 100)
	wg.Go(func() {
		for turn := 1; ; turn++ {
			conn, err := l.Accept()
			if err != nil {
				return // closed
			}
			turns <- turn
			wg.Go(func() { goAway(conn, turn); conn.Close() }) // the client may have gone
		}
	})
	o := Options{AllowPrivate: true, Delay: new(time.Duration), limits: quick}
	o.setDefaults()
	f := newFetcher(&o)
	tr := newTransport(true, quick.or())
	roots := x509.NewCertPool()
	roots.AddCert(cert.Certificate())
	tr.base.TLSClientConfig = &tls.Config{RootCAs: roots}
	defer tr.base.CloseIdleConnections()
	f.collector.WithTransport(tr)
	page, err := f.request(t.Context(), "https://"+l.Addr().String()+"/berita", conditions{})
	if err != nil || page.Status != 200 || !strings.Contains(string(page.Body), "Setelah Pergi") {
		t.Errorf("request: %v, %v", page, err)
	}
	if len(turns) != 2 {
		t.Errorf("%d connections, want a second one after the server went away", len(turns))
	}
	l.Close()
}
