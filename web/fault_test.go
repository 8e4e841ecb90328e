package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pakta/index"
	"pakta/web"
)

// broken is a searcher that panics, or waits until nobody wants the answer.
type broken struct {
	*memory
	waits chan error // nil: it panics
}

// Search does not end well.
func (b *broken) Search(ctx context.Context, q index.Query) (*index.Result, error) {
	if q.Text == "" {
		return b.memory.Search(ctx, q)
	}
	if b.waits == nil {
		panic("the index is upside down")
	}
	<-ctx.Done()
	b.waits <- ctx.Err()
	return nil, ctx.Err()
}

// TestPanicOfHandler: a handler that panics is one page that says so, with a
// number to ask about; the next request is answered.
func TestPanicOfHandler(t *testing.T) {
	m := library()
	o := options(m)
	o.Search = &broken{memory: m}
	h := handler(t, o)
	for _, path := range []string{"/?q=jalan", "/api/v1/search?q=jalan"} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil))
		if rec.Code != http.StatusInternalServerError || rec.Body.Len() == 0 || strings.Contains(rec.Body.String(), "upside down") {
			t.Errorf("%s: status %d, %.300s; want a page of status 500 that does not tell the inside", path, rec.Code, rec.Body)
		}
		rec = httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "http://localhost/", nil))
		if rec.Code != http.StatusOK {
			t.Errorf("after it: status %d", rec.Code)
		}
	}
}

// TestNothingButReading: no request changes anything, so that no other site can
// make a browser change anything.
func TestNothingButReading(t *testing.T) {
	h := handler(t, options(library()))
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, "PROPFIND"} {
		for _, path := range []string{"/", "/agreements/x", "/api/v1/search"} {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, httptest.NewRequest(method, "http://localhost"+path, strings.NewReader("q=x")))
			if rec.Code != http.StatusMethodNotAllowed {
				t.Errorf("%s %s: status %d, want %d", method, path, rec.Code, http.StatusMethodNotAllowed)
			}
		}
	}
}

// TestNoWayOut: no spelling of a path leads to a file that is no asset.
func TestNoWayOut(t *testing.T) {
	srv := httptest.NewServer(handler(t, options(library())))
	defer srv.Close()
	for _, path := range []string{
		"/static/../web.go", "/static/..%2f..%2fgo.mod", "/static/%2e%2e/%2e%2e/go.mod", "/static//etc/passwd", "/static/..\\..\\go.mod", "/static/style.css%00.html",
		"/static/", "/static", "/../../etc/passwd", "/%2e%2e%2f%2e%2e%2fetc/passwd", "/agreements/../../go.mod", "/agreements/..%2f..%2fgo.mod", "/static/%c0%ae%c0%ae/go.mod",
	} {
		conn, err := net.Dial("tcp", srv.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path)
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		body, _ := io.ReadAll(res.Body) // what came is looked at
		conn.Close()
		if res.StatusCode == http.StatusOK || strings.Contains(string(body), "module pakta") || strings.Contains(string(body), "root:") {
			t.Errorf("%s: status %d, %.100s", path, res.StatusCode, body)
		}
	}
}

// serveOn serves with the limits of the program on a free port until the test
// ends.
func serveOn(t *testing.T, h http.Handler) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- web.Serve(ctx, l, h) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// TestSlowClients: clients that send a byte now and then hold up nobody, and
// are hung up on; headers without end are refused.
func TestSlowClients(t *testing.T) {
	address := serveOn(t, handler(t, options(library())))
	var slow []net.Conn
	for range 200 {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
		slow = append(slow, conn)
	}
	res, err := http.Get("http://" + address + "/")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Errorf("beside 200 slow clients: status %d", res.StatusCode)
	}
	slow[0].SetReadDeadline(time.Now().Add(time.Minute))
	if answer, err := io.ReadAll(slow[0]); err != nil {
		t.Errorf("a slow client is still connected: %q, %v", answer, err)
	}
	req, err := http.NewRequest(http.MethodGet, "http://"+address+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10_000 {
		req.Header.Set(fmt.Sprintf("X-Banyak-%d", i), "banyak")
	}
	if res, err := http.DefaultClient.Do(req); err == nil {
		if res.Body.Close(); res.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("ten thousand headers: status %d, want %d", res.StatusCode, http.StatusRequestHeaderFieldsTooLarge)
		}
	}
}

// TestClientGone: a search that nobody waits for any more is ended.
func TestClientGone(t *testing.T) {
	m := library()
	b := &broken{memory: m, waits: make(chan error, 100)}
	o := options(m)
	o.Search = b
	address := serveOn(t, handler(t, o))
	for range 20 {
		ctx, cancel := context.WithCancel(t.Context())
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/api/v1/search?q=jalan", nil)
		if err != nil {
			t.Fatal(err)
		}
		gone := make(chan struct{})
		go func() {
			defer close(gone)
			if res, err := http.DefaultClient.Do(req); err == nil {
				res.Body.Close()
			}
		}()
		time.Sleep(5 * time.Millisecond) // a moment to leave at, not a wait for something
		cancel()
		<-gone
	}
	res, err := http.Get("http://" + address + "/")
	if err != nil {
		t.Fatal(err)
	}
	if res.Body.Close(); res.StatusCode != http.StatusOK {
		t.Errorf("after 20 clients that left: status %d", res.StatusCode)
	}
	for len(b.waits) > 0 {
		if err := <-b.waits; err == nil {
			t.Error("a search was not ended")
		}
	}
}
