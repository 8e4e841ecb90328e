package web

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

// compress sends what is text as gzip to clients that take it.
func compress(next http.Handler) http.Handler {
	writers := &sync.Pool{New: func() any {
		z, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
		if err != nil {
			panic(err) // only for an unknown level
		}
		return z
	}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if r.Method != http.MethodGet || !acceptsGzip(r.Header.Get("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		z := &zipped{ResponseWriter: w, writers: writers}
		defer z.close()
		next.ServeHTTP(z, r)
	})
}

func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		coding, q, _ := strings.Cut(part, ";")
		if strings.TrimSpace(coding) == "gzip" {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && !strings.HasPrefix(q, "q=0.0")
		}
	}
	return false
}

// zipped is an answer whose body is compressed once its header shows that it
// has one worth compressing.
type zipped struct {
	http.ResponseWriter
	writers *sync.Pool
	began   bool
	gz      *gzip.Writer // nil: as it is
}

// WriteHeader decides whether to compress.
func (z *zipped) WriteHeader(code int) {
	h := z.Header()
	bodiless := code == http.StatusNotModified || code == http.StatusNoContent
	if !z.began && !bodiless && compressible(h.Get("Content-Type")) {
		h.Set("Content-Encoding", "gzip")
		h.Del("Content-Length")
		z.gz = z.writers.Get().(*gzip.Writer)
		z.gz.Reset(z.ResponseWriter)
	}
	z.began = true
	z.ResponseWriter.WriteHeader(code)
}

func compressible(contentType string) bool {
	for _, prefix := range []string{"text/", "application/json", "image/svg"} {
		if strings.HasPrefix(contentType, prefix) {
			return true
		}
	}
	return false
}

// Write compresses b when the header said so.
func (z *zipped) Write(b []byte) (int, error) {
	if !z.began {
		z.WriteHeader(http.StatusOK)
	}
	if z.gz != nil {
		return z.gz.Write(b)
	}
	return z.ResponseWriter.Write(b)
}

// close ends the compressed body. A client that has gone is no error of ours.
// When the handler panicked, the end mark would make half an answer whole; the
// server then breaks the connection whatever was written.
func (z *zipped) close() {
	if z.gz == nil {
		return
	}
	_ = z.gz.Close()
	z.writers.Put(z.gz)
	z.gz = nil
}

// Unwrap is for [http.ResponseController].
func (z *zipped) Unwrap() http.ResponseWriter { return z.ResponseWriter }
