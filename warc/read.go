package warc

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"pakta"
)

const (
	// maxBlock is the longest record that is read, packed as it is: the longest
	// page that the crawler takes, with room for its headers.
	maxBlock = 12 << 20
	// maxBody is the longest page after decompression.
	maxBody = 10 << 20
	// maxHead is the most that the headers of a record may have.
	maxHead = 64 << 10
)

// RecordError: a record cannot be read. The reader goes on after it.
type RecordError struct {
	// Record counts from 1; the first is mostly the one about the file.
	Record int
	Err    error
}

// Error says which record it was.
func (e *RecordError) Error() string { return fmt.Sprintf("record %d: %v", e.Record, e.Err) }

// Unwrap gives what was wrong with it.
func (e *RecordError) Unwrap() error { return e.Err }

var (
	errHead   = errors.New("no header of a WARC record")
	errLarge  = errors.New("the page is too large")
	errPacked = errors.New("the page is compressed in a way that is not known here")
)

// Reader reads the pages of a web archive. It is not safe for concurrent use.
type Reader struct {
	file   *bufio.Reader
	member *gzip.Reader  // of a packed file
	in     *bufio.Reader // what records are read from
	n      int
	// Skipped counts the records that are no HTML pages of status 200.
	Skipped int
}

// NewReader reads a web archive, packed or plain.
func NewReader(r io.Reader) *Reader { return &Reader{file: bufio.NewReaderSize(r, 1<<16)} }

// Next is the next HTML page that was answered with status 200. The error is
// io.EOF at the end, a [*RecordError] for a record that cannot be read, after
// which Next may be called again, or that of the file.
func (r *Reader) Next() (*pakta.Page, error) {
	for {
		if err := r.open(); err != nil {
			return nil, err
		}
		page, err := r.record()
		var whole *RecordError
		switch {
		case errors.As(err, &whole): // the next one begins after it
			r.n++
			return nil, err
		case errors.Is(err, io.EOF):
			r.in = nil // the member, or a plain file, has ended
			continue
		case err != nil:
			r.n++
			bad := &RecordError{r.n, err}
			if err := r.resync(); err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			return nil, bad
		}
		r.n++
		if page == nil {
			r.Skipped++
			continue
		}
		return page, nil
	}
}

// open makes sure that there is something to read records from: the next
// member of a packed file, or the file itself.
func (r *Reader) open() error {
	if r.in != nil {
		return nil
	}
	head, err := r.file.Peek(2)
	if len(head) == 0 {
		return err
	}
	if len(head) < 2 || head[0] != 0x1f || head[1] != 0x8b {
		r.member, r.in = nil, r.file
		return nil
	}
	if r.member == nil {
		r.member, err = gzip.NewReader(r.file)
	} else {
		err = r.member.Reset(r.file)
	}
	if err != nil {
		r.member = nil
		if err := r.resync(); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		r.n++
		return &RecordError{r.n, err}
	}
	r.member.Multistream(false)
	r.in = bufio.NewReader(r.member)
	return nil
}

// record reads one record; the page is nil when it holds none. io.EOF is the
// end, between records.
func (r *Reader) record() (*pakta.Page, error) {
	header, err := readHead(r.in)
	if err != nil {
		return nil, err
	}
	length, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return nil, fmt.Errorf("%w: Content-Length %.40q", errHead, header.Get("Content-Length"))
	}
	if header.Get("Warc-Type") != "response" || !strings.HasPrefix(header.Get("Content-Type"), "application/http") {
		return nil, r.pass(length)
	}
	if length > maxBlock {
		if err := r.pass(length); err != nil {
			return nil, err
		}
		return nil, nil // counted as skipped: nothing is wrong with the file
	}
	block, err := io.ReadAll(io.LimitReader(r.in, length))
	if err == nil && int64(len(block)) < length {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, err
	}
	page, err := readPage(header, block)
	if err != nil {
		return nil, &RecordError{r.n + 1, err}
	}
	return page, nil
}

// pass reads over the block of a record.
func (r *Reader) pass(length int64) error {
	n, err := io.CopyN(io.Discard, r.in, length)
	if errors.Is(err, io.EOF) && n < length {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readHead reads the header of a record, after the blank lines that end the one
// before.
func readHead(in *bufio.Reader) (textproto.MIMEHeader, error) {
	var head bytes.Buffer
	for {
		line, err := in.ReadSlice('\n')
		blank := len(bytes.TrimSpace(line)) == 0
		switch {
		case head.Len() == 0 && blank && err == nil:
			continue
		case head.Len() == 0 && blank && errors.Is(err, io.EOF):
			return nil, io.EOF
		case errors.Is(err, io.EOF):
			return nil, io.ErrUnexpectedEOF
		case err != nil:
			return nil, fmt.Errorf("%w: %w", errHead, err)
		case head.Len() == 0 && !bytes.HasPrefix(line, []byte("WARC/")):
			return nil, fmt.Errorf("%w: %.40q", errHead, line)
		case head.Len() == 0:
			head.WriteByte('\n') // the version says nothing that matters here
			continue
		case head.Len()+len(line) > maxHead:
			return nil, fmt.Errorf("%w: longer than %d bytes", errHead, maxHead)
		}
		head.Write(line)
		if blank {
			break
		}
	}
	header, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(head.Bytes()[1:]))).ReadMIMEHeader()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errHead, err)
	}
	return header, nil
}

// resync goes on after what cannot be read: to the next member of a packed
// file, to the next line that begins a record in a plain one.
func (r *Reader) resync() error {
	r.in = nil
	mark := []byte("\nWARC/")
	if r.member != nil {
		mark = []byte{0x1f, 0x8b, 0x08}
	}
	for {
		head, err := r.file.Peek(r.file.Size())
		if i := bytes.Index(head, mark); i >= 0 {
			if mark[0] == '\n' {
				i++
			}
			_, err := r.file.Discard(i)
			return err
		}
		if err != nil && len(head) < len(mark) {
			_, derr := r.file.Discard(len(head))
			return errors.Join(derr, err)
		}
		if _, err := r.file.Discard(max(len(head)-len(mark)+1, 1)); err != nil {
			return err
		}
	}
}

// readPage makes a page of a response; nil when it is none of HTML with status
// 200.
func readPage(header textproto.MIMEHeader, block []byte) (*pakta.Page, error) {
	res, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close() // in memory
	kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if res.StatusCode != http.StatusOK || err == nil && kind != "text/html" && kind != "application/xhtml+xml" || kind == "" {
		return nil, nil
	}
	body, err := readBody(res, block)
	if err != nil {
		return nil, err
	}
	target := strings.Trim(header.Get("Warc-Target-Uri"), "<>") // of WARC/1.0
	page := &pakta.Page{URL: target, Final: target, Status: res.StatusCode, Header: res.Header, Body: body}
	if asked := header.Get(askedHeader); asked != "" {
		page.URL = asked
	}
	for _, name := range []string{"Content-Encoding", "Transfer-Encoding", "Content-Length"} {
		page.Header.Del(name)
	}
	if page.Fetched, err = time.Parse(time.RFC3339Nano, header.Get("Warc-Date")); err != nil {
		page.Fetched = time.Time{} // unknown
	}
	return page, nil
}

// readBody undoes chunks and compression. Some crawlers undo the chunks and
// keep the header that announces them.
func readBody(res *http.Response, block []byte) ([]byte, error) {
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		_, rest, ok := bytes.Cut(block, []byte("\r\n\r\n"))
		if len(res.TransferEncoding) == 0 || !ok || len(raw) > 0 {
			return nil, err
		}
		raw = rest
	}
	in := io.Reader(bytes.NewReader(raw))
	switch enc := strings.ToLower(strings.TrimSpace(res.Header.Get("Content-Encoding"))); {
	case len(raw) > 2 && raw[0] == 0x1f && raw[1] == 0x8b:
		if in, err = gzip.NewReader(in); err != nil {
			return nil, err
		}
	case enc == "deflate" && len(raw) > 2 && raw[0] == 0x78:
		if in, err = zlib.NewReader(in); err != nil {
			return nil, err
		}
	case enc == "deflate":
		in = flate.NewReader(in)
	case enc != "" && enc != "identity" && enc != "gzip" && enc != "x-gzip" && !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<")):
		return nil, fmt.Errorf("%w: %.20q", errPacked, enc)
	}
	body, err := io.ReadAll(io.LimitReader(in, maxBody+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxBody {
		return nil, errLarge
	}
	return body, nil
}
