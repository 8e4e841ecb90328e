package warc

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/base32"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"pakta"
)

// askedHeader is a header of our own: the address that was asked for, where
// redirects led from it to the one that answered.
const askedHeader = "Pakta-Asked-URI"

// Writer writes a web archive. It is not safe for concurrent use.
type Writer struct {
	w   io.Writer
	zip *gzip.Writer
}

// NewWriter begins a web archive with the record that says what software
// made it. Everything is written to w at once; closing w is the caller's.
func NewWriter(w io.Writer, software string) (*Writer, error) {
	out := &Writer{w: w, zip: gzip.NewWriter(w)}
	block := []byte("software: " + software + "\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n")
	err := out.record(record{kind: "warcinfo", contentType: "application/warc-fields", block: block})
	return out, err
}

// Write adds a page as the response that it was. Its body is kept decoded, so
// the headers that say how it was packed are left out.
func (w *Writer) Write(p *pakta.Page) error {
	var block bytes.Buffer
	status := p.Status
	if status == 0 {
		status = http.StatusOK
	}
	fmt.Fprintf(&block, "HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
	for _, name := range slices.Sorted(maps.Keys(p.Header)) {
		switch http.CanonicalHeaderKey(name) {
		case "Content-Encoding", "Content-Length", "Transfer-Encoding":
			continue
		}
		for _, value := range p.Header[name] {
			fmt.Fprintf(&block, "%s: %s\r\n", oneLine(name), oneLine(value))
		}
	}
	fmt.Fprintf(&block, "Content-Length: %d\r\n\r\n", len(p.Body))
	block.Write(p.Body)
	rec := record{
		kind: "response", contentType: "application/http;msgtype=response", block: block.Bytes(), payload: p.Body, date: p.Fetched, target: p.Final,
	}
	if rec.target == "" {
		rec.target = p.URL
	}
	if rec.target != p.URL {
		rec.asked = p.URL
	}
	if err := w.record(rec); err != nil {
		return fmt.Errorf("write page %s: %w", p.URL, err)
	}
	return nil
}

// record is one record to write.
type record struct {
	kind, contentType, target, asked string
	block, payload                   []byte
	date                             time.Time
}

// record writes a record as a gzip member.
func (w *Writer) record(r record) error {
	date := r.date.UTC().Format(time.RFC3339)
	digest := sha1.Sum(r.block)
	var head bytes.Buffer
	fmt.Fprintf(&head, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: %s\r\nWARC-Date: %s\r\n", r.kind, recordID(r.kind, r.target, date, digest[:]), date)
	if r.target != "" {
		fmt.Fprintf(&head, "WARC-Target-URI: %s\r\n", oneLine(r.target))
	}
	if r.asked != "" {
		fmt.Fprintf(&head, "%s: %s\r\n", askedHeader, oneLine(r.asked))
	}
	fmt.Fprintf(&head, "WARC-Block-Digest: %s\r\n", digestText(digest))
	if r.payload != nil {
		fmt.Fprintf(&head, "WARC-Payload-Digest: %s\r\n", digestText(sha1.Sum(r.payload)))
	}
	fmt.Fprintf(&head, "Content-Type: %s\r\nContent-Length: %d\r\n\r\n", r.contentType, len(r.block))
	w.zip.Reset(w.w)
	for _, part := range [][]byte{head.Bytes(), r.block, []byte("\r\n\r\n")} {
		if _, err := w.zip.Write(part); err != nil {
			return err
		}
	}
	return w.zip.Close()
}

// recordID is made of what the record holds, so that the same pages give the
// same file: a UUID of version 5 in all but its name space.
func recordID(parts ...any) string {
	sum := sha1.Sum(fmt.Append(nil, parts...))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// digestText is a digest in the form that other tools write; SHA-1 names
// content here and protects nothing.
func digestText(sum [sha1.Size]byte) string {
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// oneLine keeps a value of a stranger from beginning another header.
func oneLine(s string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(s) }
