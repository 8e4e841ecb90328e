package web

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

const (
	// maxURI bounds path and query. A hundred filters fit; browsers and
	// proxies accept about as much.
	maxURI = 8 << 10

	// policy allows what the pages use, which is their own style sheet, icon
	// and forms, and no script at all.
	policy = "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; " +
		"form-action 'self'; frame-ancestors 'none'"
)

// guard puts around every route what holds for all: headers, limits, and that
// a panic is one answer's end and not the program's.
func (s *site) guard(next http.Handler) http.Handler {
	return compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := &answer{ResponseWriter: w, code: http.StatusOK}
		defer func() { s.served.count(a.code) }()
		defer s.catch(a, r)
		secure(w.Header())
		switch {
		case !s.knowsHost(r.Host):
			s.fail(a, r, errHost)
		case len(r.RequestURI) > maxURI:
			s.fail(a, r, errLength)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			s.fail(a, r, errMethod)
		default:
			next.ServeHTTP(a, r)
		}
	}))
}

func secure(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// catch turns a panic of a handler into an error page when nothing has been
// sent, and else breaks the connection, so that half an answer does not pass
// for a whole one.
func (s *site) catch(a *answer, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler || a.sent {
		s.Log.Error("answer broken off", "path", r.URL.Path, "panic", p)
		panic(http.ErrAbortHandler)
	}
	s.fail(a, r, fmt.Errorf("panic: %v", p))
}

// fail answers with an error, as a page or, under /api/, as JSON.
func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	id := requestID()
	f, ours := s.asFault(err, id)
	if ours {
		s.Log.Error("request failed", "id", id, "path", r.URL.Path, "err", err)
	}
	if f.code == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "2")
	}
	w.Header().Set("Cache-Control", "no-store")
	if strings.HasPrefix(r.URL.Path, "/api/") {
		s.failJSON(w, f)
		return
	}
	s.failPage(w, r, f)
}

// requestID is short enough to be read over the telephone.
func requestID() string {
	var b [4]byte
	rand.Read(b[:]) // never fails, says its documentation
	return hex.EncodeToString(b[:])
}

// knowsHost says whether the request was meant for this server: the Host
// header has an address, or localhost, or one of the configured names. A page
// elsewhere that points its own name at this machine (DNS rebinding) sends that
// name, never an address.
func (s *site) knowsHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.Trim(host, "[]"), ".")
	if strings.EqualFold(host, "localhost") || slices.Contains(s.Hosts, "*") {
		return true
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return slices.ContainsFunc(s.Hosts, func(h string) bool { return strings.EqualFold(strings.Trim(h, "[]"), host) })
}

// answer remembers whether anything has been sent, and with which status.
type answer struct {
	http.ResponseWriter
	sent bool
	code int
}

// WriteHeader notes that the answer has begun.
func (a *answer) WriteHeader(code int) {
	a.sent, a.code = true, code
	a.ResponseWriter.WriteHeader(code)
}

// Write notes that the answer has begun.
func (a *answer) Write(b []byte) (int, error) {
	a.sent = true
	return a.ResponseWriter.Write(b)
}

// Unwrap is for [http.ResponseController].
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
