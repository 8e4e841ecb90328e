package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pakta"
)

func pageOf(path, body string) *pakta.Page {
	return &pakta.Page{URL: "https://kabar.example" + path, Final: "https://kabar.example" + path, Status: 200, Body: []byte(body),
		Header:  http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Etag": {`"x"`}, "X-Lines": {"a", "b"}},
		Fetched: time.Date(2026, 3, 1, 2, 3, 4, 0, time.UTC)}
}

func archiveOf(t *testing.T, pages ...*pakta.Page) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, "pakta/test")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if err := w.Write(p); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// readAll reads an archive to its end.
func readAll(t *testing.T, r *Reader) (pages []*pakta.Page, bad []error) {
	t.Helper()
	for range 1000 {
		page, err := r.Next()
		var record *RecordError
		switch {
		case errors.Is(err, io.EOF):
			return pages, bad
		case errors.As(err, &record):
			bad = append(bad, err)
		case err != nil:
			t.Fatal(err)
		default:
			pages = append(pages, page)
		}
	}
	t.Fatal("the reader does not end")
	return nil, nil
}

// TestRoundTrip: what is written is read, packed and plain, and the same pages
// give the same bytes.
func TestRoundTrip(t *testing.T) {
	moved := pageOf("/tujuan", "<p>pindah\r\n\r\nWARC/1.1\r\n")
	moved.URL = "https://kabar.example/asal"
	want := []*pakta.Page{pageOf("/satu", "<p>satu"), moved, pageOf("/kosong", ""), pageOf("/besar", strings.Repeat("<p>besar\x00\xff", 100_000))}
	packed := archiveOf(t, want...)
	if again := archiveOf(t, want...); !bytes.Equal(packed, again) {
		t.Error("the same pages give other bytes")
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	var whole bytes.Buffer
	one := gzip.NewWriter(&whole)
	one.Write(plain)
	one.Close()
	for name, file := range map[string][]byte{"a member a record": packed, "plain": plain, "one member": whole.Bytes()} {
		r := NewReader(bytes.NewReader(file))
		got, bad := readAll(t, r)
		for _, p := range got {
			if len(p.Body) == 0 {
				p.Body = []byte{}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || len(bad) > 0 || r.Skipped != 1 {
			t.Errorf("%s: %v, %d skipped\n%s", name, bad, r.Skipped, diff)
		}
	}
}

// TestHeadersDoNotBreakOut: a header with a line feed does not begin another.
func TestHeadersDoNotBreakOut(t *testing.T) {
	p := pageOf("/satu", "<p>satu")
	p.Header["X-Jahat"] = []string{"a\r\nContent-Length: 0\r\n\r\n"}
	got, bad := readAll(t, NewReader(bytes.NewReader(archiveOf(t, p))))
	if len(bad) > 0 || len(got) != 1 || string(got[0].Body) != "<p>satu" {
		t.Errorf("%v, %v", got, bad)
	}
}

// rec is a record in the manner of other crawlers.
func rec(kind, contentType, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <https://kabar.example/a>\r\nWARC-Date: 2026-03-01T02:03:04Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, contentType, len(block), block)
}

func zipped(s string) string {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	io.WriteString(z, s)
	z.Close()
	return out.String()
}

// TestForeignRecords: records as other crawlers write them, and broken ones;
// after each the reader finds the next page.
func TestForeignRecords(t *testing.T) {
	const http11 = "application/http; msgtype=response"
	html := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	chunked := html + "Transfer-Encoding: chunked\r\n\r\n"
	tests := []struct {
		name, record       string
		wantBody           string // of a page; empty: none
		wantBad, wantSkips int
	}{
		{"plain", rec("response", http11, html+"\r\n<p>isi"), "<p>isi", 0, 0},
		{"chunked", rec("response", http11, chunked+"3\r\n<p>\r\n3\r\nisi\r\n0\r\n\r\n"), "<p>isi", 0, 0},
		{"said to be chunked", rec("response", http11, chunked+"<p>isi"), "<p>isi", 0, 0},
		{"gzip", rec("response", http11, html+"Content-Encoding: gzip\r\n\r\n"+zipped("<p>isi")), "<p>isi", 0, 0},
		{"gzip in chunks", rec("response", http11, chunked[:len(chunked)-2]+"Content-Encoding: gzip\r\n\r\n"+fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(zipped("<p>isi")), zipped("<p>isi"))), "<p>isi", 0, 0},
		{"said to be brotli", rec("response", http11, html+"Content-Encoding: br\r\n\r\n<p>isi"), "<p>isi", 0, 0},
		{"brotli", rec("response", http11, html+"Content-Encoding: br\r\n\r\n\x0b\x02\x80abc\x03"), "", 1, 0},
		{"bomb", rec("response", http11, html+"Content-Encoding: gzip\r\n\r\n"+zipped(strings.Repeat("a", 15<<20))), "", 1, 0},
		{"not found", rec("response", http11, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>x"), "", 0, 1},
		{"picture", rec("response", http11, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"), "", 0, 1},
		{"request", rec("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"), "", 0, 1},
		{"name lookup", rec("response", "text/dns", "20260301 kabar.example"), "", 0, 1},
		{"no HTTP in it", rec("response", http11, "\x00\x01\x02"), "", 1, 0},
		{"no record", "ini bukan WARC\r\n\r\n", "", 1, 0},
		{"no length", strings.Replace(rec("response", http11, html+"\r\n<p>isi"), "Content-Length", "Content-Panjang", 1), "", 1, 0},
		{"length of minus one", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\n", "", 1, 0},
		{"header without end", "WARC/1.0\r\nX: " + strings.Repeat("x", 300<<10) + "\r\n", "", 1, 0},
	}
	end := rec("response", http11, html+"\r\n<p>akhir")
	for _, tt := range tests {
		for form, file := range map[string]string{"plain": tt.record + "\r\n" + end, "packed": zipped(tt.record) + zipped(end)} {
			r := NewReader(strings.NewReader(file))
			pages, bad := readAll(t, r)
			var got []string
			for _, p := range pages {
				got = append(got, string(p.Body))
			}
			want := []string{"<p>akhir"}
			if tt.wantBody != "" {
				want = []string{tt.wantBody, "<p>akhir"}
			}
			if !cmp.Equal(want, got) || len(bad) != tt.wantBad || r.Skipped != tt.wantSkips {
				t.Errorf("%s, %s: %q, bad %v, %d skipped; want %q, %d bad, %d skipped", tt.name, form, got, bad, r.Skipped, want, tt.wantBad, tt.wantSkips)
			}
		}
	}
}

// TestDamagedFile: of a file that is cut off, or has a hole, the whole records
// are read.
func TestDamagedFile(t *testing.T) {
	file := archiveOf(t, pageOf("/satu", "<p>satu"), pageOf("/dua", "<p>dua"), pageOf("/tiga", "<p>tiga"))
	if pages, bad := readAll(t, NewReader(bytes.NewReader(file[:len(file)-20]))); len(pages) != 2 || len(bad) != 1 {
		t.Errorf("cut off: %d pages, %v, want 2 and one bad record", len(pages), bad)
	}
	hole := bytes.Clone(file)
	at := bytes.LastIndex(hole[:len(hole)/2], []byte{0x1f, 0x8b, 8})
	copy(hole[at+30:], bytes.Repeat([]byte{0xff}, 40))
	if pages, bad := readAll(t, NewReader(bytes.NewReader(hole))); len(pages) != 2 || len(bad) == 0 {
		t.Errorf("with a hole: %d pages, %v, want 2 and a bad record", len(pages), bad)
	}
	if pages, bad := readAll(t, NewReader(strings.NewReader(""))); len(pages)+len(bad) != 0 {
		t.Errorf("empty: %v, %v", pages, bad)
	}
}

// FuzzReader: no file panics or keeps the reader for ever.
func FuzzReader(f *testing.F) {
	f.Add([]byte(rec("response", "application/http", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nx")))
	f.Add([]byte(zipped("WARC/1.1\r\n\r\n")))
	f.Fuzz(func(t *testing.T, file []byte) {
		r := NewReader(bytes.NewReader(file))
		for n := 0; ; n++ {
			_, err := r.Next()
			var record *RecordError
			if err != nil && !errors.As(err, &record) {
				return
			}
			if n > len(file)+1 {
				t.Fatal("more records than bytes")
			}
		}
	})
}
