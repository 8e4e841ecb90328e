package crawler

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"pakta"
)

// TestNotPublic: no special range of the IANA's registries is public, in any
// way of writing it, and ordinary hosts are.
func TestNotPublic(t *testing.T) {
	for _, s := range []string{
		// IPv4: this network, private, shared, loopback, link-local and metadata,
		// protocol assignments, documentation, AS112, AMT, 6to4 relays,
		// benchmarks, multicast, reserved, broadcast.
		"0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.0.1", "169.254.169.254",
		"172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.0.170", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.1.1",
		"192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
		// IPv6: unspecified, loopback, those with an IPv4 address inside, discard,
		// Teredo and other protocols, documentation, SRv6, unique local, link and
		// site local, multicast.
		"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
		"64:ff9b:1::1", "100::1", "100:0:0:1::1", "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::",
		"2620:4f:8000::1", "3fff::1", "3fff:fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "febf::1", "fec0::1", "ff02::1", "ff0e::1",
	} {
		if public(netip.MustParseAddr(s)) {
			t.Errorf("public(%s) = true", s)
		}
		if err := guard("tcp4", netip.AddrPortFrom(netip.MustParseAddr(s), 80).String(), nil); err == nil {
			t.Errorf("guard(%s) lets it pass", s)
		}
	}
	for _, s := range []string{"1.1.1.1", "8.8.8.8", "103.10.64.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2404:6800:4003::1", "2001:200::1", "2a00:1450::1", "::ffff:8.8.8.8"} {
		if !public(netip.MustParseAddr(s)) {
			t.Errorf("public(%s) = false", s)
		}
	}
	for _, s := range []string{"", "contoh.id:80", "/tmp/socket", "1.1.1.1"} {
		if guard("tcp", s, nil) == nil {
			t.Errorf("guard(%q) lets it pass", s)
		}
	}
}

// TestAddressesNotDialled: what is not public, not of the web or not a web
// server's port is refused before a connection is made, in every spelling.
func TestAddressesNotDialled(t *testing.T) {
	hits := make(chan string, 100)
	victim := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { hits <- r.Host }))
	defer victim.Close()
	_, port, _ := net.SplitHostPort(victim.Listener.Addr().String())
	for _, address := range []string{
		"http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://LOCALHOST.:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::1]:PORT/",
		"http://0.0.0.0:PORT/", "http://0:PORT/", "http://2130706433:PORT/", "http://0x7f.1:PORT/", "http://127.1:PORT/", "http://[::]:PORT/",
		"http://user:pass@127.0.0.1:PORT/", "http://[64:ff9b::7f00:1]:PORT/", "https://127.0.0.1:PORT/",
		"file:///etc/passwd", "gopher://127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/", "javascript:alert(1)", "//127.0.0.1:PORT/", "",
	} {
		address = strings.ReplaceAll(address, "PORT", port)
		none := time.Duration(0)
		runs, err := Run(context.Background(), Options{Sources: []Source{{Name: "x", URL: address}}, Store: newMemory(), Delay: &none, limits: quick})
		if err != nil || runs[0].Problem == "" || runs[0].Discovered != 0 {
			t.Errorf("%s: %+v, %v, want a problem", address, runs, err)
		}
	}
	if len(hits) > 0 {
		t.Errorf("%d requests arrived, the first for %s", len(hits), <-hits)
	}
	for _, bad := range []string{"22", "25", "6667", "0"} {
		runs := hostileRun(t, newMemory(), nil, Source{Name: "x", URL: "http://127.0.0.1:" + bad + "/"})
		if runs[0].Errors["port"] != 1 {
			t.Errorf("port %s: %+v, want an error of class port, even where private addresses are allowed", bad, runs[0])
		}
	}
}

// TestDialledAddressCounts: the address that is dialled is judged, not the
// name: a name that is looked up to a private address is refused, each time.
func TestDialledAddressCounts(t *testing.T) {
	tr := newTransport(false, limits{}.or())
	for range 2 {
		_, err := tr.base.DialContext(context.Background(), "tcp", "localhost:80")
		if err == nil || !strings.Contains(err.Error(), ErrPrivate.Error()) {
			t.Errorf("dial localhost: %v, want %v", err, ErrPrivate)
		}
	}
}

// TestRedirectToPrivate: a redirect is dialled under the same rules. The
// guard stands aside for the first server only.
func TestRedirectToPrivate(t *testing.T) {
	hits := 0
	victim := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits++ }))
	defer victim.Close()
	lure := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, victim.URL+"/rahasia", http.StatusFound)
	}))
	defer lure.Close()
	none := time.Duration(0)
	o := Options{Store: newMemory(), Delay: &none, limits: quick}
	o.setDefaults()
	f := newFetcher(&o)
	tr := newTransport(false, quick.or())
	guarded := tr.base.DialContext
	tr.base.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if addr == lure.Listener.Addr().String() {
			return (&net.Dialer{}).DialContext(ctx, network, addr)
		}
		return guarded(ctx, network, addr)
	}
	f.collector.WithTransport(tr)
	_, err := f.get(context.Background(), lure.URL+"/", conditions{})
	if err == nil || classify(err) != "private_address" || hits != 0 {
		t.Errorf("get: %v, %d requests at the private address; want an error of class private_address and none", err, hits)
	}
}

// TestProxyIsIgnored: a proxy of the environment would hide from the guard
// what is dialled.
func TestProxyIsIgnored(t *testing.T) {
	asked := 0
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked++; fmt.Fprint(w, "lewat") }))
	defer proxy.Close()
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, proxy.URL)
	}
	tr := newTransport(false, quick.or())
	if u := tr.base.Proxy; u != nil {
		t.Error("the transport asks for a proxy")
	}
	req, err := http.NewRequest(http.MethodGet, "http://192.0.2.1/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.RoundTrip(req); err == nil || asked != 0 {
		t.Errorf("RoundTrip: %v, the proxy was asked %d times; want an error and never", err, asked)
	}
}

// TestUserOfAddressIsDropped: a user and password in a link are not sent.
func TestUserOfAddressIsDropped(t *testing.T) {
	var seen []string
	h := newHostile(t, map[string]http.HandlerFunc{"berita-dengan-sandi-rahasia": func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Get("Authorization"))
		good("Sandi")(w, r)
	}})
	u, _ := url.Parse(h.URL)
	h.mux.HandleFunc("/lompat-ke-berita-itu", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://user:pass@"+u.Host+"/berita/berita-dengan-sandi-rahasia", http.StatusFound)
	})
	m := newMemory()
	m.Discover(context.Background(), []pakta.Address{{URL: h.URL + "/lompat-ke-berita-itu", Source: "musuh"}})
	hostileRun(t, m, nil, h.source())
	for _, s := range seen {
		if s != "" {
			t.Errorf("Authorization %q was sent", s)
		}
	}
	if len(seen) == 0 {
		t.Error("the article was not asked for")
	}
}
